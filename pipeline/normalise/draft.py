"""A text in the making that never forgets which raw characters it stems from."""

from __future__ import annotations

from typing import Literal, NamedTuple

from models.text import Change, NormalText, Reason, Run


class Edit(NamedTuple):
    """Replace `[start, end)` of the draft's text. Either letter for letter (`new` as long as what it replaces), or
    the whole run by at most one character: so that every character of the result has one plain origin."""

    start: int
    end: int
    new: str
    reason: Reason


class Piece(NamedTuple):
    """`text` stems from raw `[start, end)`: letter for letter where the lengths agree, else it is one or no
    character for the whole run. Pieces cover the raw text without gap, in order."""

    start: int
    end: int
    text: str
    reason: Reason | None


class Draft:
    """The text so far and its origins. `apply` makes one pass of edits; passes may build on each other."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self._pieces = [Piece(0, len(raw), raw, None)] if raw else []

    def apply(self, edits: list[Edit]) -> None:
        """Carry out `edits`, which count in `self.text`, are in order and do not overlap."""
        if not edits:
            return
        cursor = _Cursor(self._pieces)
        out: list[Piece] = []
        for edit in edits:
            cursor.copy(edit.start, out)
            replaced: list[Piece] = []
            cursor.copy(edit.end, replaced, stop_before_deletions=True)
            if len(edit.new) == edit.end - edit.start:
                at = 0
                for piece in replaced:
                    new = edit.new[at : at + len(piece.text)]
                    out.append(Piece(piece.start, piece.end, new, edit.reason) if new else piece)
                    at += len(piece.text)
            elif len(edit.new) <= 1:
                out.append(Piece(replaced[0].start, replaced[-1].end, edit.new, edit.reason))
            else:
                raise ValueError(f"{edit} is neither letter for letter nor at most one character")
        cursor.copy(len(self.text), out)
        cursor.rest(out)
        self._pieces = out
        self.text = "".join([piece.text for piece in out])

    def finish(self, script: Literal["hans", "hant", "mixed"]) -> NormalText:
        """The text as it stands now, with compact runs and the log of changes."""
        runs: list[Run] = []
        changes: list[Change] = []
        at = 0
        begin: Piece | None = None
        begin_at = 0
        end_raw = 0
        for piece in self._pieces:
            if piece.reason is not None and (old := self.raw[piece.start : piece.end]) != piece.text:
                changes.append(Change(start=piece.start, end=piece.end, old=old, new=piece.text, reason=piece.reason))
            if not piece.text:
                continue
            aligned = len(piece.text) == piece.end - piece.start
            if begin is not None and not (aligned and piece.start == end_raw):
                runs.append(Run(start=begin_at, length=at - begin_at, raw=begin.start, raw_end=end_raw))
                begin = None
            if not aligned:
                runs.append(Run(start=at, length=1, raw=piece.start, raw_end=piece.end, step=0))
            elif begin is None:
                begin, begin_at = piece, at
            at += len(piece.text)
            end_raw = piece.end
        if begin is not None:
            runs.append(Run(start=begin_at, length=at - begin_at, raw=begin.start, raw_end=end_raw))
        return NormalText(
            text=self.text, raw_length=len(self.raw), runs=tuple(runs), changes=tuple(changes), script=script
        )


class _Cursor:
    """Reads pieces up to an offset of the text, and splits those that run letter for letter."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._index = 0
        self._used = 0
        self._at = 0

    def copy(self, until: int, out: list[Piece], *, stop_before_deletions: bool = False) -> None:
        """Append to `out` what lies before `until`. Deletions that stand right at `until` go along unless told not
        to: those before an edit stay outside it, and those after it too."""
        while self._index < len(self._pieces):
            piece = self._pieces[self._index]
            left = len(piece.text) - self._used
            if left == 0:
                if self._at == until and stop_before_deletions:
                    return
                out.append(piece)
                self._index += 1
                continue
            if self._at >= until:
                return
            take = min(left, until - self._at)
            self._at += take
            if take == len(piece.text):
                out.append(piece)
                self._index += 1
                continue
            a, b = self._used, self._used + take
            out.append(Piece(piece.start + a, piece.start + b, piece.text[a:b], piece.reason))
            if b == len(piece.text):
                self._index, self._used = self._index + 1, 0
            else:
                self._used = b

    def rest(self, out: list[Piece]) -> None:
        """Whatever is left: deletions at the end of the text."""
        out.extend(self._pieces[self._index :])
