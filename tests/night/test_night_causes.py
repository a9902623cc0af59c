"""Whole nights in which the innocent are fired at: each engagement is traced to one cause, and told with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.messages.aircraft import Part
from holdfire.messages.response import What
from holdfire.messages.score import TRACED
from holdfire.rehearsal.engine import engine_from
from support.rehearsed import busy

if TYPE_CHECKING:
    from holdfire.messages.night import OptionNight
    from holdfire.rehearsal.engine import Rehearsal

NEVER = {"low": 1e-6, "high": 1e-6}
NIGHTS = 6


def innocent(conduct: dict[str, Any], general_aviation: float, silent_airliners: float, mistakes: float) -> Rehearsal:
    """No intruder, a set that permits nearly everything, and traffic of which some answers nobody."""
    data = busy(1.0) | {"intruders": [], "options": [{"id": "as-was", "title": "As it was"}]}
    data["conduct"] |= {"hold_share": {"low": 0.0, "high": 0.0}, **conduct}
    data["night"] |= {"misidentification_factor": mistakes}
    data["background"]["general_aviation"] |= {"at_once": general_aviation, "silent_share": 0.6, "no_radio_share": 1.0}
    data["background"]["airliners"] |= {"silent_share": silent_airliners, "no_radio_share": 0.5}
    data["background"]["friendly_drones"] |= {"number": 3, "appears_h": {"low": 0.0, "high": 0.4}}
    for state in data["states"]:
        if state["id"] in {"PL", "NL"}:
            state["ruleset"] = "any-violator"
    return engine_from(data, ["as-was"])


def causes(night: OptionNight) -> dict[str, float]:
    return {name: night.figures[f"traced_{name.replace('-', '_')}"] for name in TRACED}


def test_who_carries_none_is_fired_at_by_the_rule_and_whose_fails_by_a_wrong_reply() -> None:
    made = innocent({"departures_per_contact_h": NEVER}, 0.0, 1.0, 1.0)
    nights = [made.rehearse(1, replication)[0] for replication in range(NIGHTS)]
    seen = {name for night in nights for name, count in causes(night).items() if count}
    assert seen >= {"rule", "wrong-reply"}
    replication, night = next(each for each in enumerate(nights) if causes(each[1])["wrong-reply"])
    told = []
    for row in night.aircraft[np.isfinite(night.aircraft["engaged_s"])]:
        facts = dict(made.trace("as-was", 1, replication, int(row["aircraft"])).facts)
        told.append(facts["which is traced to"])
    assert sorted(told) == sorted(name for name, count in causes(night).items() for _ in range(int(count)))


def test_every_wrongful_engagement_has_one_cause_and_what_fell_of_it_is_wrongful_harm() -> None:
    made = innocent({"departures_per_contact_h": {"low": 0.5, "high": 1.0}}, 8.0, 0.5, 20.0)
    nights = [made.rehearse(1, replication)[0] for replication in range(NIGHTS)]
    assert {name for night in nights for name, count in causes(night).items() if count} >= {"wrong-look", "departure"}
    for night in nights:
        figures = night.figures
        assert sum(causes(night).values()) == figures["wrongful_civil"] + figures["wrongful_friendly"]
        assert figures["traced_departure"] == figures["wrongful_departure"]
        assert figures["traced_wrong_look"] <= figures["wrongful_wrong_look"]
        assert figures["traced_misassociation"] >= figures["wrongful_wrong_aircraft"]
        assert (night.aircraft["part"] != Part.INTRUDER).all()
        harmed = figures["people_harmed_debris"] + figures["people_harmed_weapon"]
        assert figures["people_harmed_wrongful"] == pytest.approx(harmed)  # nobody else was fired at
    assert sum(int((night.events["what"] == What.DEBRIS).sum()) for night in nights) > 0
    assert sum(night.figures["people_harmed_wrongful"] for night in nights) > 0
