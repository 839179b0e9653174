"""What a run has given out, what came back, and what of it is stored: the books of the batch driver."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.watch import File, Watch
from models.article import Failure
from pipeline.engines.chunks import Item

if TYPE_CHECKING:
    from pipeline.batch import Report, Sink


class _Done(NamedTuple):
    """A file that was read to its end, and how many items had been given out by then."""

    file: File
    upto: int


class Ledger:
    """Which articles are to be done, and the writing of what came of them. Results come back in the order in which
    articles were given out. It holds what is in flight and no more, however many articles there are."""

    def __init__(
        self, library: Sink, run: object, report: Report, watch: Watch, *, version: str, redo: bool, again: bool
    ) -> None:
        self.library = library
        self.run = run
        self.report = report
        self.watch = watch
        self.version = version
        self.redo = redo
        self.forgotten = frozenset() if again else library.forgotten()
        self.failed: set[str] = set()
        """Ids of articles that failed in this run: the library does not know them."""
        self.waiting: set[str] = set()
        """Ids of those given out and not stored yet."""
        self.out: deque[tuple[str | None, int]] = deque()
        """The same in order, with their characters; null and 0 for a failure of the reader."""
        self.given = 0
        self.back = 0
        self.spoilt: deque[int] = deque()
        """Numbers of the items given out that failed, for as long as their file is not done with."""
        self.files: deque[_Done] = deque()
        self.packed: list[Any] = []
        self.failures: list[Failure] = []
        self.characters = 0
        """Of the articles whose results are to be stored."""

    def choose(self, items: Iterable[Item], limit: int | None) -> Iterator[Item]:
        """Failures, and the articles that are still to do; the others are counted. Stops after `limit` articles."""
        for item in items:
            self._close_files()
            if isinstance(item, Failure):
                yield self._give(item, None, 0)
                continue
            self.report.read += 1
            if self._wanted(identity := item.id):
                self.waiting.add(identity)
                yield self._give(item, identity, len(item.raw))
            if limit is not None and self.report.read >= limit:
                return
        self._close_files()

    def put(self, result: Any) -> None:
        """Take the result of the next item."""
        identity, characters = self.out.popleft()
        self.characters += characters
        self.back += 1
        self.report.done += 1
        if isinstance(result, Failure):
            self.failures.append(result)
            self.report.fail([result])
            self.spoilt.append(self.back)
            if identity is not None:
                self.failed.add(identity)
                self.waiting.discard(identity)
        else:
            self.packed.append((identity, result))

    @property
    def waits(self) -> int:
        """How many results are to be stored."""
        return len(self.packed) + len(self.failures)

    def flush(self) -> None:
        """Store what came back, in one transaction."""
        done = self._files_done()
        if not (self.packed or self.failures or done):
            return
        began = time.process_time()
        packed, failures = self.packed, self.failures
        self.packed, self.failures, self.characters = [], [], 0
        unwritten = self.library.store(self.run, [one for _, one in packed], failures, done)
        self.report.storing += time.process_time() - began
        self.report.fail(unwritten)
        self.report.written += len(packed) - len(unwritten)
        self.waiting.difference_update(identity for identity, _ in packed)

    def _wanted(self, identity: str) -> bool:
        held = self.library.held(identity)
        if identity in self.waiting or identity in self.failed or (held is not None and held[1] == self.run):
            self.report.repeated += 1
        elif identity in self.forgotten:
            self.report.forgotten += 1
        elif held is not None and held[0] == self.version and not self.redo:
            self.report.skipped += 1
        else:
            return True
        return False

    def _give(self, item: Item, identity: str | None, characters: int) -> Item:
        self.given += 1
        self.out.append((identity, characters))
        return item

    def _close_files(self) -> None:
        """The reader has gone on from these: all their items were given out."""
        self.report.left_out = self.watch.left_out
        self.files.extend(_Done(file, self.given) for file in self.watch.finished)
        self.watch.finished.clear()

    def _files_done(self) -> list[File]:
        """Files whose items have all come back, but for those with a failure among them: the next run is to read them
        again."""
        done: list[File] = []
        while self.files and self.files[0].upto <= self.back:
            file, upto = self.files.popleft()
            whole = True
            while self.spoilt and self.spoilt[0] <= upto:
                self.spoilt.popleft()
                whole = False
            if whole:
                done.append(file)
        return done
