"""The progress line: counts, pace, time left."""

from __future__ import annotations

from pipeline.batch import Report
from pipeline.cli.progress import Pace, line, shown


def test_nothing_is_said_of_pace_before_there_is_one() -> None:
    assert line(Report(read=1234, written=1200, failed=3), Pace(None)) == "1,234 read, 1,200 written, 3 failed"


def test_articles_a_second_and_time_left_come_from_the_last_minute() -> None:
    pace = Pace(10_000)
    pace.update(0.0, 0, 6000)  # what the library held went by in no time
    for second in range(1, 71):
        pace.update(float(second), second * 20, 6000 + second * 40)
    assert pace.speed == 20
    assert pace.left == (10_000 - 8800) / 40
    assert line(Report(read=9, written=8), pace).endswith("20.0 articles/s, 0:00:30 left")


def test_time_left_is_unknown_where_the_size_is() -> None:
    pace = Pace(None)
    pace.update(0.0, 0, 0)
    pace.update(2.0, 10, 100)
    assert (pace.speed, pace.left) == (5, None)


def test_samples_do_not_pile_up() -> None:
    pace = Pace(100)
    for tick in range(100_000):
        pace.update(tick / 100, tick, tick)
    assert len(pace.samples) < 70


def test_progress_is_told_without_a_terminal() -> None:
    with shown(lambda: 5, 10, quiet=True) as tell:
        tell(Report(read=1))
