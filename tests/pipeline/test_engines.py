"""Engines: order, bounded windows, workers that die, a dask cluster of two workers one of which is killed."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

import corpus
from corpus.generate import Generator, write
from models.article import Article, Failure
from outputs.shards.folder import ShardFolder
from outputs.shards.folder import write as write_shard
from pipeline.batch import Report, Settings
from pipeline.engines import Dask, Died, Engine, Here, Local
from pipeline.engines import dask as dask_engine
from pipeline.engines.chunks import chunks
from pipeline.engines.errors import NoDask, NoScheduler, OtherVersion, Threaded
from pipeline.engines.local import WINDOW
from pipeline.extract import extractor
from pipeline.shards import run_shards


def double(number: int) -> int:
    return number * 2


def kill_at_five(number: int) -> int:
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(folder: str, number: int) -> int:
    """The first worker that sees 5 is killed; the second time it is an input like any other."""
    mark = Path(folder) / "died"
    if number == 5 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.01)
    return number


def no_version(number: int) -> int:
    raise OtherVersion(found="a", wanted="b")


@pytest.mark.parametrize("engine", [Here(), Local(2)])
def test_outputs_come_in_the_order_of_the_inputs(engine: Engine) -> None:
    assert list(engine.map(double, range(20))) == [number * 2 for number in range(20)]


def test_a_chunk_has_so_many_articles_or_characters() -> None:
    failure = Failure(source="x", stage="read", error="E", message="m")
    items = [*(Article(source=str(n), raw="字" * length) for n, length in enumerate((1, 2, 9, 1, 1, 1))), failure]
    assert [len(chunk) for chunk in chunks(items, 3)] == [3, 3, 1]
    assert [len(chunk) for chunk in chunks(items, 3, characters=10)] == [3, 3, 1]
    assert [len(chunk) for chunk in chunks(items, 3, characters=3)] == [2, 1, 3, 1]


def test_no_more_is_read_than_there_is_work_for() -> None:
    read: list[int] = []

    def inputs() -> Iterator[int]:
        for number in range(1000):
            read.append(number)
            yield number

    outputs = Local(2).map(double, inputs())
    for done in range(1, 6):
        next(outputs)
        assert len(read) <= 2 * WINDOW + done
    outputs.close()  # type: ignore[attr-defined]


def test_an_input_that_kills_its_worker_is_told_and_the_others_are_done() -> None:
    assert list(Local(2).map(kill_at_five, range(9))) == [Died(5) if n == 5 else n for n in range(9)]


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    assert list(Local(2).map(partial(die_once, str(tmp_path)), range(12))) == list(range(12))
    assert (tmp_path / "died").exists()


def test_errors_of_ours_come_back_from_a_worker() -> None:
    with pytest.raises(OtherVersion, match="a worker runs a, the driver b"):
        list(Local(1).map(no_version, [1]))
    assert str(pickle.loads(pickle.dumps(OtherVersion(found="a", wanted="b")))) == str(
        OtherVersion(found="a", wanted="b")
    )


DRIVER = """
import sys, time
from pipeline.engines import Local
def main():
    for _ in Local(2).map(time.sleep, [0.01, 0.01, 600, 600]): print(flush=True)
if __name__ == "__main__": main()
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes as Linux shows them")
def test_workers_end_when_their_driver_is_killed(tmp_path: Path) -> None:
    from benchmarks.processes import is_worker, workers

    script = tmp_path / "driver.py"
    script.write_text(DRIVER)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as driver:
        assert driver.stdout
        driver.stdout.readline()
        found = workers(driver.pid)
        assert found
        driver.kill()
    until = time.monotonic() + 20
    while any(map(is_worker, found)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_worker, found))


# dask


def when_there(file: Path) -> str:
    """The address that a scheduler has written into its file."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError, ValueError, KeyError):
            return str(json.loads(file.read_text())["address"])
        time.sleep(0.05)
    raise TimeoutError(file)


def test_dask_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoDask, match=r"pip install 'anliku\[dask\]'"):
        Dask("tcp://127.0.0.1:1")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Address of a scheduler, and its two workers: plain processes, without a nanny that would start them again."""
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    address = tmp_path / "scheduler.json"
    processes = [
        subprocess.Popen([*dask, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file",
                          str(address)], stderr=subprocess.DEVNULL)
    ]  # fmt: skip
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(address), "--nthreads", "1",
              "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]  # fmt: skip
    processes += [subprocess.Popen(worker, stderr=subprocess.DEVNULL) for _ in range(2)]
    try:
        yield when_there(address), processes[1:]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def shards_of(source: Path, folder: Path, engine: Engine, told: list[int] | None = None, kill: object = None) -> Report:
    def tell(report: Report) -> None:
        if report.written and callable(kill) and told is not None and not told:
            told.append(report.written)
            kill()

    shelf = ShardFolder(folder)
    settings = Settings(tagger="jieba")
    items = corpus.read([str(source)])
    return run_shards(items, shelf, partial(write_shard, shelf.path), settings, engine, size=8, on_progress=tell)


def test_a_killed_dask_worker_costs_its_batch_only(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    source = tmp_path / "generated.jsonl.gz"
    write(Generator(1), 72, source)
    killed: list[int] = []
    began = time.monotonic()
    report = shards_of(source, tmp_path / "dask", Dask(address), killed, workers[0].kill)
    assert time.monotonic() - began < 60
    assert killed
    assert killed[0] < 72, "killed while the run went on"
    assert (report.written, report.failed) == (72, 0)
    shards_of(source, tmp_path / "local", Here())
    names = sorted(path.name for path in (tmp_path / "local").iterdir())
    assert len(names) == 10, "nine shards and the manifest"
    # What the killed worker was writing may lie there still; whoever opens the folder for writing next takes it away.
    ShardFolder(tmp_path / "dask").begin(extractor("jieba", None).version)
    assert names == sorted(path.name for path in (tmp_path / "dask").iterdir())
    for name in names:
        assert (tmp_path / "dask" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()


def test_no_scheduler_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_engine, "CONNECT_SECONDS", 1)
    with pytest.raises(NoScheduler, match="dask scheduler"):
        list(Dask("tcp://127.0.0.1:9").map(double, [1]))


def test_workers_with_several_threads_are_refused() -> None:
    client = SimpleNamespace(wait_for_workers=lambda *_, **__: None, nthreads=lambda: {"tcp://x:1": 4})
    with pytest.raises(Threaded, match="--nthreads 1"):
        Dask("tcp://x:2")._check(client)
