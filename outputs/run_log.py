"""A library that writes down what befalls it: one line of JSON a failure, one at the beginning and the end of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from models.article import Failure
from models.errors import CannotWrite
from outputs.jsonl import json_line
from outputs.library import Library
from outputs.library.packed import Sealed
from outputs.library.read_files import File


class Log:
    """Lines of JSON at the end of a file, each written at once, so that a run that is killed leaves what it knew."""

    def __init__(self, path: Path) -> None:
        try:
            self._file: IO[str] = path.open("a", encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise CannotWrite(path=path, problem=error.strerror or error) from error

    def line(self, event: str, **values: object) -> None:
        """One line: the time (UTC), the event, and what there is to say of it."""
        said = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **values}
        self._file.write(json_line(said) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class LoggedLibrary(Library):
    """A library whose runs and failures are logged as they come."""

    def __init__(self, path: Path | str, log: Log) -> None:
        super().__init__(path)
        self.log = log

    def start_run(self, version: str, settings: Mapping[str, Any]) -> int:
        """Begin a run; its number."""
        run = super().start_run(version, settings)
        self.log.line("run_started", run=run, library=str(self.path), version=version, settings=dict(settings))
        return run

    def store(
        self, run: int | None, packed: Sequence[Sealed], failures: Sequence[Failure] = (), files: Sequence[File] = ()
    ) -> list[Failure]:
        """As the library does; failures are logged once they are stored."""
        found = super().store(run, packed, failures, files)
        for failure in (*failures, *found):
            self.log.line("failure", run=run, **failure.model_dump())
        return found

    def finish_run(self, run: int, counts: Mapping[str, int]) -> None:
        """End a run."""
        super().finish_run(run, counts)
        self.log.line("run_finished", run=run, counts=dict(counts))
