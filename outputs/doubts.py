"""What a reviewer of a record looks at first."""

from __future__ import annotations

from models.case import LAYERS, CaseRecord
from models.span import Finding
from outputs.labels import label
from outputs.quotes import reading


def doubts(record: CaseRecord, *, brief: bool = False) -> list[str]:
    """A line for each thing that is uncertain: no place, readings that the evidence did not decide, numbers that do not
    add up, findings whose rule is not sure. Each once. `brief`: those of medium confidence are only counted."""
    lines = []
    medium = 0
    if record.kind != "other" and not record.jurisdictions:
        lines.append("没有识别出这篇报道的地方，因此不进入县域比较。")
    for layer in LAYERS:
        for finding in record.layer(layer):
            if brief and finding.provenance.confidence == "medium" and not _undecided(finding):
                medium += 1
            elif doubt := _doubt(finding):
                lines.append(f"{label('layers', layer)}“{reading(finding)}”：{doubt}")
    lines = list(dict.fromkeys(lines))
    return [*lines, f"另有 {medium} 处把握中。"] if medium else lines


def _undecided(finding: Finding) -> bool:
    return bool(getattr(finding, "flags", ()) or getattr(finding, "candidates", ()))


def _doubt(finding: Finding) -> str:
    said = [label("flag", flag) for flag in getattr(finding, "flags", ())]
    readings = [" › ".join(candidate.path) for candidate in getattr(finding, "candidates", ())]
    if readings:
        said.append("也可能是 " + " 或 ".join(readings))
    if finding.provenance.confidence != "high":
        sure = f"把握{label('confidence', finding.provenance.confidence)}"
        said.append(f"{sure}（{finding.provenance.reason}）" if finding.provenance.reason else sure)
    return "；".join(said)
