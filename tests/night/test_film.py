"""A film is the night: held against an independent run, its digest that of the study, its stories those of a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.catalogue import load_ruleset
from holdfire.loop import CYCLE
from holdfire.messages.aircraft import Part, Status
from holdfire.messages.film import STEP_S, UNIT_M, UNKNOWN_H
from holdfire.messages.track import Stand
from holdfire.report.encode import encode
from support import rehearsed

if TYPE_CHECKING:
    from holdfire.messages.film import FilmedNight, Series
    from holdfire.rehearsal.engine import Rehearsal

SEED, REPLICATION = 1, 0
AT_S = (600, 2400, 4200)
OPTION = "perceived-danger"


@pytest.fixture(scope="module")
def films(engine: Rehearsal) -> dict[str, FilmedNight]:
    """A busy night under five options, and the stories of its first intruders."""
    aircraft = rehearsed.begun(engine, SEED, REPLICATION).night.world.aircraft
    intruders = np.flatnonzero(aircraft["part"] == Part.INTRUDER)[:4].tolist()
    return {night.option: night for night in engine.film(SEED, REPLICATION, dict.fromkeys(engine.options, intruders))}


def test_each_film_is_the_night_of_the_study(engine: Rehearsal, films: dict[str, FilmedNight]) -> None:
    nights = engine.rehearse(SEED, REPLICATION)
    assert {night.option: night.digest for night in nights} == {name: film.digest for name, film in films.items()}
    assert len({film.digest for film in films.values()}) > 1
    for night in nights:
        film = films[night.option]
        assert np.array_equal(night.events, film.events)
        for row in night.aircraft:
            status = Status(int(row["status"]))
            if status not in {Status.WAITING, Status.FLYING}:
                assert film.ends[int(row["aircraft"])][1] == status.name.lower()


def at(series: Series, step: int) -> np.ndarray[tuple[int], np.dtype[np.int16]] | None:
    return series.points[step - series.first] if 0 <= step - series.first < len(series.points) else None


def held_against(points: dict[int, np.ndarray[tuple[int], np.dtype[np.int16]]], records: dict[int, np.void]) -> None:
    assert points.keys() == records.keys()
    for name, point in points.items():
        record = records[name]
        for column, field in enumerate(("x_m", "y_m", "h_m")):
            if np.isnan(record[field]):
                assert point[column] <= UNKNOWN_H
            else:
                assert abs(UNIT_M * float(point[column]) - record[field]) <= UNIT_M / 2


def test_positions_are_those_of_an_independent_run(engine: Rehearsal, films: dict[str, FilmedNight]) -> None:
    run, film = rehearsed.begun(engine, SEED, REPLICATION), films[OPTION]
    place, since = engine.options.index(OPTION), 0
    for time_s in AT_S:
        rehearsed.on(run, place, since, time_s + 1)
        since, step = time_s + 1, time_s // STEP_S
        world, tracks = run.night.world, run.night.picture.tracks
        flying = {int(each): world.aircraft[each] for each in world.active[: world.counts[0]]}
        held_against({of: point for of, series in film.truth if (point := at(series, step)) is not None}, flying)
        used = tracks.track[tracks.used[: tracks.counts[0]]]
        believed = {int(each["number"]): each for each in used if each["stand"] >= Stand.CONFIRMED}
        shown = {each.number: point for each in film.tracks if (point := at(each.series, step)) is not None}
        held_against(shown, believed)
        assert shown


def test_a_series_has_no_gap_and_none_overlaps_another_of_the_same(films: dict[str, FilmedNight]) -> None:
    for film in films.values():
        for named in ([*film.truth], [(each.number, each.series) for each in film.tracks]):
            ends: dict[int, int] = {}
            for name, series in sorted(named, key=lambda each: (each[0], each[1].first)):
                assert series.first > ends.get(name, -2) + 1
                ends[name] = series.first + len(series.points) - 1
                assert 0 < len(series.points) <= film.steps
        assert film.steps == int(rehearsed.HOURS * 3600) // STEP_S
        assert film.identities.keys() == {each.number for each in film.tracks}


def test_stories_have_evidence_verdict_and_chain(films: dict[str, FilmedNight]) -> None:
    assert CYCLE < STEP_S
    rulings = [
        entry for film in films.values() for story in film.stories for entry in story.entries if entry.kind == "ruling"
    ]
    assert rulings
    assert all(entry.evidence and entry.permitted and entry.withheld for entry in rulings)
    for entry in rulings:
        force = any(each.action == "engage" for each in entry.permitted)
        assert {flip.to for flip in entry.flips} <= {"withheld" if force else "permitted"}
    assert any(len(flip.changes) > 1 for entry in rulings for flip in entry.flips)
    for film in films.values():
        for story in film.stories:
            assert story.verdict.endswith(".")
            assert story.chain[0][0] == "detected"
            times = [entry.time_s for entry in story.entries]
            assert times == sorted(times)


def test_every_rule_that_a_story_cites_says_why(films: dict[str, FilmedNight]) -> None:
    for film in films.values():
        entries = [entry for story in film.stories for entry in story.entries]
        texts = {text for entry in entries for each in entry.permitted for text in each.rules}
        texts |= {text for entry in entries for each in entry.withheld for text in (*each.forbidden_by, *each.missing)}
        told = {(name, rule): why for name, each in film.cited.items() for rule, why in each.because.items()}
        assert told.keys() == {tuple(text.split(": ")[:2]) for text in texts}
        for (name, rule), why in told.items():
            ruleset = load_ruleset(name)
            assert ruleset.title == film.cited[name].title
            assert why in {each.because for each in ruleset.rules if each.id == rule}


def test_a_trace_is_the_story_of_the_film(engine: Rehearsal, films: dict[str, FilmedNight]) -> None:
    story = films[OPTION].stories[0]
    assert engine.trace(OPTION, SEED, REPLICATION, story.aircraft) == story


def test_filmed_again_it_is_the_same_to_the_byte(engine: Rehearsal, films: dict[str, FilmedNight]) -> None:
    two = {name: films[name] for name in ("as-was", OPTION)}
    places = {name: [story.aircraft for story in film.stories] for name, film in two.items()}
    again = engine.film(SEED, REPLICATION, places)
    assert encode(REPLICATION, again) == encode(REPLICATION, list(two.values()))
