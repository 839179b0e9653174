"""Following a reading: bytes, files done with, files left out."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import corpus
from corpus.watch import File, Watch


def lines(count: int) -> bytes:
    return "".join(
        json.dumps({"text": f"全县选派{n}名干部。"}, ensure_ascii=False) + "\n" for n in range(count)
    ).encode()


def test_bytes_and_finished_files_follow_the_reading(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全县选派5名干部。", "utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines(50)))
    watch = Watch()
    items = corpus.read([str(tmp_path)], watch=watch)
    next(items)
    assert watch.bytes <= (tmp_path / "a.txt").stat().st_size
    assert watch.finished == []
    next(items)
    assert [Path(file.path).name for file in watch.finished] == ["a.txt"]
    assert len(list(items)) == 49
    assert watch.bytes == corpus.total_bytes([str(tmp_path)]) == sum(p.stat().st_size for p in tmp_path.iterdir())
    assert [Path(file.path).name for file in watch.finished] == ["a.txt", "b.jsonl.gz"]


def test_files_can_be_left_out_and_that_is_no_error(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    watch = Watch(lambda file: not file.path.endswith("a.txt"))
    assert [item.source for item in corpus.read([str(tmp_path)], watch=watch)] == [str(tmp_path / "b.txt")]
    none = Watch(lambda file: False)
    assert list(corpus.read([str(tmp_path)], watch=none)) == []
    assert (none.left_out, none.finished, none.bytes) == (2, [], 10)


def test_a_file_is_told_with_its_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一二三", "utf-8")
    seen: list[File] = []
    list(corpus.read([str(path)], watch=Watch(lambda file: bool(seen.append(file)) or True)))
    assert seen == [File(str(path), 9, path.stat().st_mtime_ns)]


def test_the_size_of_standard_input_is_unknown(tmp_path: Path) -> None:
    assert corpus.total_bytes([str(tmp_path), "-"]) is None
    assert corpus.total_bytes([str(tmp_path / "absent")]) == 0


def test_what_has_no_reader_is_counted_in_folders_and_archives_alike(tmp_path: Path) -> None:
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as archive:
        for name in ("b.txt", "pictures/2.png", "__MACOSX/b.png", ".DS_Store"):
            archive.writestr(name, "全县选派5名干部。")
    (tmp_path / "style").mkdir()
    for name, data in {
        "1.PNG": b"", "a.txt": b"text", ".hidden.png": b"", "README": b"", "style/a.css": b"", "z.zip": inside.getvalue(),
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    watch = Watch()
    assert [item.source for item in corpus.read([str(tmp_path)], watch=watch)] == [
        str(tmp_path / "a.txt"), f"{tmp_path / 'z.zip'}!b.txt"]  # fmt: skip
    assert watch.unread == {".png": 2, ".css": 1, "no suffix": 1}
    assert watch.unread_names == [str(tmp_path / name) for name in ("1.PNG", "README", "style/a.css")]
    assert list(corpus.read([f"{tmp_path}/*.PNG"], watch=(globbed := Watch())))  # nothing readable is a failure as well
    assert globbed.unread == {".png": 1}
