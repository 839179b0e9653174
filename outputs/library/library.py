"""The case library: one SQLite file, one writer, an article's rows whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from models.article import Article, Failure
from models.case import CaseRecord
from models.review import Review
from outputs.library import (
    content,
    duplicates,
    forgotten,
    observations,
    read_files,
    reviewed,
    rows,
    schema,
    search_index,
)
from outputs.library.connection import connect
from outputs.library.errors import BUSY_SECONDS, LibraryError, NoSuchArticle, explained
from outputs.library.layers import LAYERS
from outputs.library.packed import Sealed, bad_record, of_run, pack, seal

GROUP = 50
"""Articles whose rows are in memory at once."""

_INSERT = {
    table: rows.insert(table, columns)
    for table, columns in {**rows.COLUMNS, "observations": observations.COLUMNS}.items()
}

DELETES = (
    *(f"DELETE FROM {table} WHERE article = :article" for table in schema.OF_ARTICLE),
    "DELETE FROM duplicates WHERE article_id = :id",
    "DELETE FROM duplicates WHERE lead_id = :id",
    "DELETE FROM articles WHERE article = :article",
)
"""What goes when an article goes: of its number and its id."""


class Run(NamedTuple):
    """A row of the `runs` table. Times are ISO 8601, UTC."""

    id: int
    started: str
    finished: str | None
    """Null: it was stopped, or still goes on."""
    version: str
    settings: dict[str, Any]
    counts: dict[str, int]
    report: dict[str, Any]
    """Durations and fill rates (outputs/fill_rates.py); empty where the run did not come to its end."""


class Library:
    """A case library, to be used in a `with` statement.

    >>> with Library("library.db") as library:  # doctest: +SKIP
    ...     library.stats()["articles"]

    A missing file is made and an older schema brought up, unless `read_only`. Every method raises an error of
    `outputs.library.errors` where the file is locked, full, read-only or damaged.
    """

    def __init__(self, path: Path | str, *, read_only: bool = False, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = Path(path)
        self.busy_seconds = busy_seconds
        self.db = connect(self.path, read_only=read_only, busy_seconds=busy_seconds)
        """sqlite-utils' view of the file, for queries of one's own."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.DatabaseError):  # of a query that went past `query` and `rows`
            with explained(self.path, self.busy_seconds):
                raise error

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction for writing, taken at once, so that it cannot fail halfway for want of the lock. Inside
        another one it is part of that."""
        if self.db.conn.in_transaction:
            yield self.db.conn
            return
        with explained(self.path, self.busy_seconds):
            self.db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self.db.conn
                self.db.conn.execute("COMMIT")
            except BaseException:
                self.db.rollback()
                raise

    def query(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> Iterator[dict[str, Any]]:
        """Rows of a query, as they come, by column."""
        with explained(self.path, self.busy_seconds):
            cursor = self.db.conn.execute(sql, values)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                yield dict(zip(names, row, strict=True))

    def rows(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of a query, as they come."""
        with explained(self.path, self.busy_seconds):
            # Not `yield from`, which would close the cursor of a reader that stopped early, after the file was closed.
            for row in self.db.conn.execute(sql, values):  # noqa: UP028
                yield row

    # Writing

    def done(self, article_id: str, version: str) -> bool:
        """Whether this version has already made the record of that article."""
        found = self.query("SELECT 1 FROM articles WHERE id = ? AND version = ?", (article_id, version))
        return next(found, None) is not None

    @staticmethod
    def pack(extracted: tuple[Article, CaseRecord, str]) -> Sealed | Failure:
        """What `store` takes, made of an article, its record and its clean body."""
        made = pack(extracted)
        return made if isinstance(made, Failure) else seal(made)

    def held(self, article_id: str) -> tuple[str, int | None] | None:
        """Version that made an article's record and the run that wrote it; None where there is none."""
        found = self.rows("SELECT version, run_id FROM articles WHERE id = ?", (article_id,))
        return next(((str(version), run) for version, run in found), None)

    def write(self, run: int | None, batch: Sequence[tuple[Article, CaseRecord, str]]) -> list[Failure]:
        """Store articles with their records and clean bodies (a line a block), in one transaction.

        What the library held of them goes first, so no stale row stays. Their failures go too. An article that
        cannot be stored becomes a failure of stage `write`, recorded and returned; the others are stored.
        """
        packed = [self.pack(one) for one in batch]
        failures = [one for one in packed if isinstance(one, Failure)]
        return failures + self.store(run, [one for one in packed if isinstance(one, Sealed)], failures)

    def store(
        self,
        run: int | None,
        packed: Sequence[Sealed],
        failures: Sequence[Failure] = (),
        files: Sequence[read_files.File] = (),
    ) -> list[Failure]:
        """Store packed articles as `write` does, failures, and files that were read to their end without one, in one
        transaction. The failures of storing, recorded too; then the files are not kept."""
        latest = list({one.article_id: one for one in packed}.values())
        # Files are read again for it: not while the library is locked.
        return self._store(run, latest, failures, read_files.rows(run, files))

    def _store(
        self, run: int | None, latest: Sequence[Sealed], failures: Sequence[Failure], files: Sequence[read_files.Row]
    ) -> list[Failure]:
        try:
            with self.transaction() as db:
                for failure in failures:
                    _fail(db, run, failure)
                for at in range(0, len(latest), GROUP):
                    self._replace(db, run, latest[at : at + GROUP])
                db.executemany(read_files.INSERT, files)
            return []
        except (LibraryError, sqlite3.OperationalError):
            raise  # the file, not the articles
        except Exception as error:  # the boundary of one article: a lone surrogate, a bug of ours
            if len(latest) > 1:
                self._store(run, [], failures, [])
                return [failure for one in latest for failure in self._store(run, [one], [], [])]
            if not latest:
                raise
            failure = bad_record(latest[0].source, latest[0].article_id, error)
            self._store(run, [], [*failures, failure], [])
            return [failure]

    def unchanged(self, file: read_files.File, version: str) -> bool:
        """Whether a file is what it was when this version last read it to its end, all its articles without a
        failure."""
        stamp = read_files.known(self.db.conn, file.path, version)
        return stamp is not None and read_files.same(file, stamp)

    def _replace(self, db: sqlite3.Connection, run: int | None, sealed: Sequence[Sealed]) -> None:
        packed = [one.open() for one in sealed]
        ids = [one.article_id for one in packed]
        self._delete(db, ids)
        forgotten.readmit(db, ids)
        last = db.execute("SELECT coalesce(max(article), 0) FROM articles").fetchone()[0]
        numbered = list(enumerate(packed, last + 1))
        for table, insert in _INSERT.items():
            if table in rows.UNNUMBERED:
                db.executemany(insert, [row for one in packed for row in one.rows[table]])
            elif table == "articles":
                db.executemany(insert, ((nr, *of_run(row, run)) for nr, one in numbered for row in one.rows[table]))
            else:
                db.executemany(insert, ((nr, *row) for nr, one in numbered for row in one.rows[table]))
        search_index.add(db, ((nr, one.entry) for nr, one in numbered))
        self._lay_over(db, ids)
        db.executemany("DELETE FROM failures WHERE source = ?", [(one.source,) for one in packed])

    def _delete(self, db: sqlite3.Connection, article_ids: Sequence[str]) -> None:
        marks = ",".join("?" * len(article_ids))
        sql = f"SELECT article, id FROM articles WHERE id IN ({marks}) ORDER BY article"
        held = [{"article": article, "id": id_} for article, id_ in db.execute(sql, article_ids)]
        if held:
            search_index.remove(db, [one["article"] for one in held])
            for delete in DELETES:
                db.executemany(delete, held)

    def _lay_over(self, db: sqlite3.Connection, article_ids: Sequence[str]) -> None:
        """Lay the reviews of fresh rows over them, and make what is derived from what stands."""
        marks = ",".join("?" * len(article_ids))
        sql = f"SELECT DISTINCT article_id FROM reviews WHERE article_id IN ({marks})"
        known = {row[0] for row in db.execute(sql, article_ids)}
        for article_id in article_ids:
            if article_id in known:
                number, article, record = self.number(article_id), self.article(article_id), self.record(article_id)
                laid = reviewed.lay_over(article, record, self.reviews(article_id))
                for layer, id_ in laid.replaced:
                    db.execute(f"UPDATE {layer} SET replaced = 1 WHERE article = ? AND id = ?", (number, id_))
                for table, values in laid.rows.items():
                    db.executemany(_INSERT[table], [(number, *row) for row in values])
                observations.renew(db, number)

    def forget(self, article_ids: Iterable[str]) -> bool:
        """Take articles out for good: with their reviews and failures, out of the search index and the free pages of
        the file, and out of later runs (`forgotten`). Ids that are not there any more are cleaned up after again. False
        where another program still reads the file, so that old pages remain in its `-wal` until the next time."""
        wanted = sorted(set(article_ids))
        with explained(self.path, self.busy_seconds):
            self.db.execute("PRAGMA secure_delete = ON")
        with self.transaction() as db:
            from_ = forgotten.sources(db, wanted)
            for at in range(0, len(wanted), 500):
                self._delete(db, wanted[at : at + 500])
            forgotten.erase(db, wanted, from_)
        with explained(self.path, self.busy_seconds):
            return forgotten.scrub(self.db.conn)

    def forgotten(self) -> frozenset[str]:
        """Ids of the articles that were forgotten: hashes, all that is left of them."""
        with explained(self.path, self.busy_seconds):
            return forgotten.ids(self.db.conn)

    # Reviews (what one does with them is in outputs/reviews.py)

    def reviews(self, article_id: str | None = None) -> list[Review]:
        """All reviews, or those of an article, in the order in which they came."""
        where, values = ("WHERE article_id = ?", (article_id,)) if article_id else ("", ())
        return [reviewed.load(row) for row in self.query(f"SELECT * FROM reviews {where} ORDER BY nr", values)]

    def add_reviews(self, reviews: Sequence[Review]) -> int:
        """Keep reviews and lay them over what they are about, in one transaction; how many were new. Those of forgotten
        articles are not kept: they quote them."""
        with self.transaction() as db:
            gone = forgotten.ids(db)
            reviews = [review for review in reviews if review.article_id not in gone]
            before = db.total_changes
            db.executemany(reviewed.INSERT, [reviewed.dump(review) for review in reviews])
            new = db.total_changes - before
            for article_id in sorted({review.article_id for review in reviews}):
                if not self.held(article_id):
                    continue
                number = (self.number(article_id),)
                for layer in reviewed.BY_NAME:
                    db.execute(f"DELETE FROM {layer} WHERE article = ? AND review_id IS NOT NULL", number)
                    db.execute(f"UPDATE {layer} SET replaced = 0 WHERE article = ? AND replaced = 1", number)
                self._lay_over(db, [article_id])
            return new

    # Duplicates

    def compared(self) -> bool:
        """Whether every article has been compared with the others."""
        return duplicates.complete(self.db.conn)

    def bodies(self) -> Iterator[tuple[str, str]]:
        """Id and clean body of every article, the earliest published first, those without a date last."""
        return self.rows("SELECT id, body_text FROM articles ORDER BY published IS NULL, published, id")

    def body(self, article_id: str) -> str:
        """The clean body of an article. NoSuchArticle where there is none."""
        return str(self._row(article_id)["body_text"])

    def set_duplicates(self, copies: Mapping[str, tuple[str, float]]) -> None:
        """Say which articles repeat which: by id of a copy, the id of its lead and their similarity. All others repeat
        none."""
        with self.transaction() as db:
            duplicates.replace(db, copies)

    # Runs and failures

    def start_run(self, version: str, settings: Mapping[str, Any]) -> int:
        """Begin a run; its number."""
        with self.transaction() as db:
            cursor = db.execute(
                "INSERT INTO runs(started, version, settings) VALUES (?, ?, ?)",
                (_now(), version, json.dumps(dict(settings), ensure_ascii=False, sort_keys=True)),
            )
            return int(cursor.lastrowid or 0)

    def finish_run(self, run: int, counts: Mapping[str, int]) -> None:
        """End a run, with its counts."""
        with self.transaction() as db:
            db.execute("UPDATE runs SET finished = ?, counts = ? WHERE id = ?", (_now(), json.dumps(dict(counts)), run))

    def keep_report(self, run: int, report: Mapping[str, Any]) -> None:
        """Keep what there is to say of a run, for the next one to be compared with."""
        with self.transaction() as db:
            db.execute("UPDATE runs SET report = ? WHERE id = ?", (json.dumps(dict(report), ensure_ascii=False), run))

    def runs(self) -> list[Run]:
        """All runs, the last one first."""
        return [
            Run(**{**row, **{name: json.loads(row[name] or "{}") for name in ("settings", "counts", "report")}})
            for row in self.query("SELECT * FROM runs ORDER BY id DESC")
        ]

    def failures(self) -> list[Failure]:
        """All failures that no later run has mended, by source."""
        sql = "SELECT source, stage, error, message FROM failures ORDER BY source, stage"
        return [Failure(**row) for row in self.query(sql)]

    # Reading

    def articles(self) -> Iterator[str]:
        """Ids of all articles, in order of id."""
        return (row["id"] for row in self.query("SELECT id FROM articles ORDER BY id"))

    def article(self, article_id: str) -> Article:
        """The article as it was read. NoSuchArticle where there is none."""
        return rows.article(self._row(article_id))

    def number(self, article_id: str) -> int:
        """The number of an article in this file, by which its rows are found (`article`). NoSuchArticle."""
        for (number,) in self.rows("SELECT article FROM articles WHERE id = ?", (article_id,)):
            return int(number)
        raise NoSuchArticle(path=self.path, article_id=article_id)

    def record(self, article_id: str, *, reviewed: bool = False) -> CaseRecord:
        """The record as it was written, or with what reviews make of it. NoSuchArticle where there is none."""
        values = self._row(article_id)
        chosen = "replaced = 0" if reviewed else "review_id IS NULL"

        def table(name: str, where: str = "1") -> list[dict[str, Any]]:
            sql = f"SELECT * FROM {name} WHERE article = ? AND {where} ORDER BY nr"
            return list(self.query(sql, (values["article"],)))

        layers = {layer.name: table(layer.name, chosen) for layer in LAYERS}
        return rows.record(values, table("cases"), layers, table("roles"))

    def _row(self, article_id: str) -> dict[str, Any]:
        for row in self.query("SELECT * FROM articles WHERE id = ?", (article_id,)):
            return row
        raise NoSuchArticle(path=self.path, article_id=article_id)

    def stats(self) -> dict[str, int]:
        """Number of rows by table; of the layers as extracted, of duplicates the copies."""
        with explained(self.path, self.busy_seconds):
            found = content.counts(self.db.conn)
            for table in ("reviews", "runs"):
                found[table] = int(self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            return {**found, "duplicates": duplicates.count(self.db.conn)}

    def digest(self) -> str:
        """Hash of all that was read: equal in two libraries that hold the same, however and whenever they were
        made."""
        with explained(self.path, self.busy_seconds):
            return content.digest(self.db.conn)

    def rebuild_search(self) -> None:
        """Make the search index anew."""
        with self.transaction() as db:
            search_index.rebuild(db)


def _fail(db: sqlite3.Connection, run: int | None, failure: Failure) -> None:
    values = (failure.source, failure.stage, failure.error, failure.message)
    db.execute(
        "INSERT OR REPLACE INTO failures(source, stage, error, message, run_id) VALUES (?, ?, ?, ?, ?)",
        (*(value.encode("utf-8", "backslashreplace").decode() for value in values), run),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
