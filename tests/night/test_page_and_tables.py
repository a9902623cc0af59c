"""What a page tells of a real night is what its study's tables hold: read back from the page, and from the Parquet."""

from __future__ import annotations

import re
from collections import Counter
from math import hypot, isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import pytest

from support.film_reader import films_in, report_in
from support.recomputed import assert_follows
from support.short_study import short_study

if TYPE_CHECKING:
    from pathlib import Path

    from support.film_reader import Read
    from support.short_study import ShortStudy

    Row = dict[str, Any]

STEPS = ("detected", "tracked", "tasked", "intercepted", "permitted", "authorised", "engaged", "ended")
FIRST = {"tasked": "tasked_s", "found": "intercepted_s", "granted": "authorised_s", "fired": "engaged_s"}
STEP_S, UNIT_M = 10, 50
FASTEST_M_S = 60.0  # above any drone of the scenario
UP = ("waiting", "flying")


class Told(NamedTuple):
    """One aircraft of one night under one option: its row of the table, and what the page has of it."""

    row: Row
    story: dict[str, Any]
    end: list[Any] | None
    events: list[dict[str, Any]]
    last: list[tuple[int, Any]]  # where its stretches end: step, and position in units


@pytest.fixture(scope="module")
def study() -> ShortStudy:
    return short_study()


@pytest.fixture(scope="module")
def told(study: ShortStudy) -> list[Told]:
    """Every aircraft of the table in the nights that the page plays."""
    films = films_in(study.page)
    assert len(films) > 1
    rows = [row for row in table(study.folder, "aircraft") if row["replication"] in films]
    return [of(films[row["replication"]], row) for row in rows]


def table(folder: Path, name: str) -> list[Row]:
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT * FROM read_parquet('{folder / name}.parquet')")  # noqa: S608
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def of(film: Read, row: Row) -> Told:
    header = film.header
    own = header["own"][header["options"].index(row["option"])]
    (place,) = [at for at, one in enumerate(header["aircraft"]) if one["name"] == row["name"]]
    flown = [series for each, series in [*header["truth"], *own["truth"]] if each == place]
    last = [(header["series"][each]["first"] + len(film.series[each]) - 1, film.series[each][-1]) for each in flown]
    return Told(
        row, own["stories"][str(place)], own["ends"].get(str(place)),
        [event for event in own["events"] if event["of"] == place], last,
    )  # fmt: skip


def first(entries: list[dict[str, Any]], **asked: Any) -> float | None:
    return next((each["t"] for each in entries if all(each[name] == value for name, value in asked.items())), None)


def or_never(time_s: float) -> float | None:
    return time_s if isfinite(time_s) else None


def test_somebody_is_engaged_and_somebody_is_not(told: list[Told]) -> None:
    assert {isfinite(each.row["engaged_s"]) for each in told} == {True, False}
    assert {each.row["status"] for each in told} >= {"shot_down", "flying"}


def test_each_ends_as_and_when_the_table_says(told: list[Told]) -> None:
    for row, story, end, _, last in told:
        assert end == (None if row["status"] in UP else [row["ended_s"], row["status"]])
        assert dict(story["facts"])["how it ended"] == row["status"].replace("_", " ")
        step, (east, north, _) = max(last, key=lambda each: each[0])
        off_m = hypot(UNIT_M * float(east) - row["ended_x_m"], UNIT_M * float(north) - row["ended_y_m"])
        assert off_m <= UNIT_M + FASTEST_M_S * STEP_S
        assert not isfinite(row["ended_s"]) or 0 <= row["ended_s"] - STEP_S * step <= STEP_S


def test_each_chain_has_the_times_of_the_table(told: list[Told]) -> None:
    for row, story, *_ in told:
        assert {link["step"]: link["t"] for link in story["chain"]} == {
            step: or_never(row[f"{step}_s"]) for step in STEPS
        }


def test_each_story_tells_its_steps_at_the_times_of_the_table(told: list[Told]) -> None:
    for row, story, *_ in told:
        plots = first(story["entries"], kind="plots")
        assert plots is not None
        assert row["detected_s"] <= plots <= row["tracked_s"]
        assert first(story["entries"], text="it crosses the border") == or_never(row["entered_s"])
        rulings = [each for each in story["entries"] if each["kind"] == "ruling"]
        permits = [each["t"] for each in rulings if any(one["action"] == "engage" for one in each["permitted"])]
        assert min(permits, default=None) == or_never(row["permitted_s"])
        assert min(each["t"] for each in rulings) >= row["tracked_s"]


def test_each_verdict_has_the_numbers_of_the_table(told: list[Told]) -> None:
    for row, story, *_ in told:
        facts = dict(story["facts"])
        assert facts["warhead"] == ("yes" if row["payload"] else "no")
        deepest = f"{row['depth_m'] / 1000:.0f} km" if isfinite(row["depth_m"]) else None
        assert facts.get("deepest behind the border") == deepest
        after = re.search(r"([\d.]+) (s|min) after crossing", story["verdict"])
        assert (after is None) == (not isfinite(row["ended_s"]))
        if after:
            seconds = float(after[1]) * {"s": 1, "min": 60}[after[2]]
            assert seconds == pytest.approx(row["ended_s"] - row["entered_s"], abs=3.1)
        assert ("shot down" in story["verdict"]) == (row["status"] == "shot_down")


def test_tasks_looks_and_shots_are_those_of_both_tables(told: list[Told], study: ShortStudy) -> None:
    kept = Counter(
        (each["option"], each["replication"], each["aircraft"], each["what"]) for each in table(study.folder, "events")
    )
    for row, story, _, events, _ in told:
        counted = Counter(event["what"] for event in events)
        assert counted["fired"] == row["shots"]
        for what, column in FIRST.items():
            assert first(events, what=what) == or_never(row[column]), (row["name"], what)
        key = row["option"], row["replication"], row["aircraft"]
        assert counted == Counter({what: n for (*of_whom, what), n in kept.items() if tuple(of_whom) == key})
        told_of = Counter((each["t"], each["text"]) for each in story["entries"] if each["kind"] in ("event", "truth"))
        assert told_of >= Counter((event["t"], event["text"]) for event in events)


def test_no_look_is_older_in_the_evidence_than_in_the_table(told: list[Told], study: ShortStudy) -> None:
    kept, since = table(study.folder, "events"), list[float]()
    for row, story, *_ in told:
        key = {name: row[name] for name in ("option", "replication", "aircraft")}
        looks = [each["time_s"] for each in kept if each["what"] == "looked" and key.items() <= each.items()]
        rulings = [each for each in story["entries"] if each["kind"] == "ruling"]
        seen = [(each["t"], item) for each in rulings for item in each["evidence"] if item["item"] == "visual class"]
        since += [time_s - item["age_s"] - min(looks) for time_s, item in seen if item["source"] == "eye"]
    assert min(since) == 0.0


def test_each_event_is_that_of_the_table_in_its_order(study: ShortStudy) -> None:
    names = {
        (row["option"], row["replication"], row["aircraft"]): row["name"] for row in table(study.folder, "aircraft")
    }
    kept = table(study.folder, "events")

    def called(event: Row, who: str) -> str | None:
        place = event[who]
        return None if place < 0 else names.get((event["option"], event["replication"], place), f"A{place:04}")

    for replication, film in films_in(study.page).items():
        aircraft = [one["name"] for one in film.header["aircraft"]] + [None]
        for option, own in zip(film.header["options"], film.header["own"], strict=True):
            mine = [each for each in kept if (each["option"], each["replication"]) == (option, replication)]
            assert [
                (each["t"], each["what"], each["track"], aircraft[each["of"]], aircraft[each["by"]])
                for each in own["events"]
            ] == [
                (each["time_s"], each["what"], each["number"], called(each, "aircraft"), called(each, "responder"))
                for each in mine
            ]


def counts(film: Read, own: dict[str, Any]) -> dict[str, int]:
    """What a night's figures count, counted in its film alone."""
    intruders = {str(at) for at, one in enumerate(film.header["aircraft"]) if one["part"] == "intruder"}
    chains = [
        {link["step"]: link["t"] for link in story["chain"]} for at, story in own["stories"].items() if at in intruders
    ]
    reached = {
        name: sum(chain[name] is not None for chain in chains)
        for name in ("detected", "tracked", "intercepted", "engaged")
    }
    whats = Counter(event["what"] for event in own["events"])
    ended = Counter(end[1] for at, end in own["ends"].items() if at in intruders)
    return reached | {
        "entered": whats["entered"], "shots": whats["fired"], "held_by_crew": whats["held"],
        "stopped": ended["shot_down"] + ended["disrupted"], "fell": ended["fell"], "arrived": ended["arrived"],
    }  # fmt: skip


def test_each_night_counts_what_its_row_counts(study: ShortStudy) -> None:
    nights = {(row["option"], row["replication"]): row for row in table(study.folder, "nights")}
    for replication, film in films_in(study.page).items():
        for option, own in zip(film.header["options"], film.header["own"], strict=True):
            counted = counts(film, own)
            assert counted == {name: nights[option, replication][name] for name in counted}


def test_every_number_of_the_comparison_is_that_of_the_table(study: ShortStudy) -> None:
    seen = assert_follows(report_in(study.page)["comparison"], study.folder)
    assert min(seen[reading] for reading in ("mean", "median", "rare", "rank")) > 1
