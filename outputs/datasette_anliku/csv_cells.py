"""CSV that Datasette streams out, with no cell that a spreadsheet would run: text of articles comes from anywhere."""

from __future__ import annotations

import codecs
import re

from outputs.export import guarded

_CELL = re.compile(r'("?)((?:(?<=")(?:[^"]++|"")*+|[^",\r\n]*+)"?)(,|\r?\n|\Z)')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


class Cells:
    """The body of one answer, taken part by part. What is no formula goes out as it came."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        """Of a line."""
        self._record: list[str] = []
        """Lines of a record in which a quotation mark is still open."""
        self._open = False

    def take(self, part: bytes, *, more: bool) -> bytes:
        """What can go out once this part has come; at the end (`more` is false) all of it."""
        *lines, rest = (self._rest + self._decoder.decode(part, not more)).split("\n")
        self._rest = rest if more else ""
        whole: list[str] = []
        for line in [*(f"{line}\n" for line in lines), *([] if more or not rest else [rest])]:
            self._record.append(line)
            self._open ^= bool(line.count('"') % 2)
            if not self._open or (line is rest):
                whole.append(_CELL.sub(_guarded, "".join(self._record)))
                self._record = []
        return "".join(whole).encode("utf-8")


def _guarded(cell: re.Match[str]) -> str:
    mark, text, end = cell.groups()
    return mark + (text if _NUMBER.fullmatch(text) else str(guarded(text))) + end
