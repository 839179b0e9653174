"""Every value of a record with the rule that read it, and how sure that rule is."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table

from models.case import LAYERS, CaseRecord
from models.span import Finding
from outputs.quotes import reading, safe

_PLAIN = {"start", "end", "text", "norm", "provenance", "optional"}


def explanation(record: CaseRecord) -> RenderableType:
    """One table a layer: offsets, the run, its values, the rule, the confidence and what was missing."""
    parts: list[RenderableType] = []
    for layer in LAYERS:
        findings = record.layer(layer)
        if findings:
            table = Table("offsets", "text", "values", "rule", "confidence", show_lines=False, pad_edge=False)
            for finding in findings:
                source = finding.provenance
                table.add_row(
                    f"{finding.start}–{finding.end}",
                    safe(reading(finding)),
                    safe(_values(finding)),
                    f"{source.extractor}/{source.rule} {source.version}",
                    source.confidence + (f": {source.reason}" if source.reason else ""),
                )
            parts += [Rule(layer, align="left", style="dim"), table]
    return Group(*parts)


def _values(finding: Finding) -> str:
    values = finding.model_dump(mode="json", by_alias=True, exclude=_PLAIN, exclude_none=True)
    return ", ".join(f"{name}={_short(value)}" for name, value in values.items() if value not in ([], ""))


def _short(value: object) -> object:
    return value.get("text", value) if isinstance(value, dict) else value
