"""What a reviewer of a record looks at first."""

from __future__ import annotations

from models.case import LAYERS, CaseRecord
from models.span import Finding
from outputs.labels import label
from outputs.quotes import reading
from outputs.reasons import certainty, said


def doubts(record: CaseRecord, *, brief: bool = False, language: str = "zh") -> list[str]:
    """A line for each thing that is uncertain: no place, readings that the evidence did not decide, numbers that do not
    add up, findings whose rule is not sure. Each once. `brief`: those of medium confidence are only counted.
    `language`: zh or en."""
    lines = []
    medium = 0
    if record.kind != "other" and not record.jurisdictions:
        lines.append(said("no_place", language))
    for layer in LAYERS:
        for finding in record.layer(layer):
            if brief and finding.provenance.confidence == "medium" and not _undecided(finding):
                medium += 1
            elif doubt := _doubt(finding, language):
                name = label("layers", layer) if language == "zh" else layer
                lines.append(f"{name}“{reading(finding)}”{'：' if language == 'zh' else ': '}{doubt}")
    lines = list(dict.fromkeys(lines))
    return [*lines, said("more", language).format(medium)] if medium else lines


def _undecided(finding: Finding) -> bool:
    return bool(getattr(finding, "flags", ()) or getattr(finding, "candidates", ()))


def _doubt(finding: Finding, language: str) -> str:
    source = finding.provenance
    parts = certainty(getattr(finding, "flags", ()), source.confidence, source.reason, language)
    readings = [" › ".join(candidate.path) for candidate in getattr(finding, "candidates", ())]
    if readings:
        parts.insert(
            len(getattr(finding, "flags", ())), said("perhaps", language).format(said("or", language).join(readings))
        )
    return ("；" if language == "zh" else "; ").join(parts)
