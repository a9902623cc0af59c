"""Claims: what sentences mean, what they are refused for, and verdicts of nights in which the answer is known."""

from __future__ import annotations

import json
import re
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from holdfire.claim import alert, priced
from holdfire.claim.check import Rehearsed, check, understood
from holdfire.claim.grammar import parse
from holdfire.claim.kinds import KINDS, Claim, explicit
from holdfire.claim.measure import Asked, measured
from holdfire.claim.priced import CLOSING, USED
from holdfire.claim.stage import staged
from holdfire.cli.main import run
from holdfire.errors import InputError, UnknownNameError
from holdfire.scenario.load import load_scenario
from holdfire.study.collect import connect
from holdfire.study.words_cost import NOT_COUNTED
from support.made_study import study
from support.tried import quiet

if TYPE_CHECKING:
    from collections.abc import Mapping

POLAND = "poland-2025-09-10"
TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial-night.md"


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_is_read_as_its_kind_and_named_in_the_reference(kind: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "claim.md").read_text("utf-8")
    for text in KINDS[kind].examples:
        assert parse(text).kind == kind
        assert text in page


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "Fighters at 15 minutes' readiness could not have reached the MiGs.",
            Claim("arrived", "migs", modal="could", negated=True, settings={"readiness_min": 15.0}),
        ),
        (
            "fighters on 20 minutes notice from Lask would have intercepted the strike drones in time",
            Claim("arrived", "strike drones", settings={"readiness_min": 20.0, "base": "lask"}),
        ),
        ("no fighters could have reached the drones", Claim("arrived", "drones", modal="could", negated=True)),
        (
            "nobody could have seen the MiGs",
            Claim("seen", "migs", modal="could", negated=True, settings={"step": "detected"}),
        ),
        (
            "not all drones were tracked",
            Claim("seen", "drones", negated=True, every=True, settings={"step": "tracked"}),
        ),
        ("radar permitted force against drones", Claim("permitted", "drones", "radar")),
        (
            "fire on the geran would not have been permitted under visual-confirmation",
            Claim("permitted", "geran", "visual-confirmation", negated=True),
        ),
        (
            "radar would have stopped fewer drones than visual",
            Claim("stopped", "drones", "radar", "visual", settings={"more": -1.0}),
        ),
        (
            "visual would have stopped fewer than three drones",
            Claim("stopped", "drones", "visual", negated=True, settings={"count": 3.0}),
        ),
        ("visual stopped more than 2", Claim("stopped", option="visual", settings={"count": 3.0})),
        (
            "a costs 2.5 million euros more than b",
            Claim("costs", option="a", than="b", settings={"more": 1.0, "meur": 2.5}),
        ),
        ("a costs less than b by 1 M€", Claim("costs", option="a", than="b", settings={"more": -1.0, "meur": 1.0})),
    ],
)  # fmt: skip
def test_a_sentence_means_what_it_says(text: str, meant: Claim) -> None:
    assert parse(text) == meant


def test_what_is_no_claim_is_told_the_kinds_that_there_are() -> None:
    with pytest.raises(InputError) as caught:
        parse("the alliance is divided")
    told = str(caught.value)
    assert told.startswith("'the alliance is divided' is no claim of a kind that can be checked; write one as\n")
    for kind, each in KINDS.items():
        assert f"  {kind}: {each.examples[0]!r}" in told


def test_a_claim_by_its_parts_is_that_of_the_sentence() -> None:
    parts = ("who=migs", "readiness_min=15", "modal=could", "not=true")
    assert explicit("arrived", parts) == parse("fighters at 15 minutes' readiness could not have reached the migs")


@pytest.mark.parametrize(
    ("kind", "parts", "told"),
    [
        ("arived", (), "no kind of claim is called 'arived': did you mean 'arrived'?"),
        ("arrived", ("readines_min=15",), "arrived takes no setting 'readines_min=15': did you mean 'readiness_min'?"),
        ("arrived", ("readiness_min",), "arrived takes no setting 'readiness_min': write it as name=value"),
        ("arrived", ("readiness_min=soon",), "readiness_min is 'soon': write a number from 0 up"),
        ("seen", ("step=smelt",), "step is 'smelt': write one of seen, detected, tracked, identified"),
        ("costs", ("not=perhaps",), "not is 'perhaps': write one of true, false"),
    ],
)
def test_parts_that_do_not_fit_are_refused(kind: str, parts: tuple[str, ...], told: str) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(told)}"):
        explicit(kind, parts)


@pytest.mark.parametrize(
    ("text", "groups", "option"),
    [
        ("the drones would have been tracked", 3, "as-was"),
        ("the strike drones would have been tracked", 1, "as-was"),
        ("the Gerberas would have been tracked", 2, "as-was"),
        ("more-patrols would have stopped all intruders", 3, "more-patrols"),
        ("force only after a look would have stopped 2 drones", 3, "visual-confirmation"),
    ],
)
def test_names_are_those_of_the_scenario(text: str, groups: int, option: str) -> None:
    asked = understood(parse(text), POLAND)
    assert (len(asked.groups), asked.option) == (groups, option)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the migs were seen", "nobody in poland-2025-09-10 is called 'migs'"),
        ("the gerbena was seen", "nobody in poland-2025-09-10 is called 'gerbena': did you mean 'gerbera'?"),
        ("as-was stopped more than as-was", "as-was is held against itself: name another option after `than`"),
    ],
)
def test_names_that_a_scenario_lacks_are_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(told)}"):
        understood(parse(text), POLAND)


def test_a_claim_on_alert_leaves_out_who_is_in_the_air_and_other_bases() -> None:
    data = load_scenario(POLAND).data
    made, notes = staged(data, parse("fighters at 15 minutes' readiness from lask could have reached the drones"))
    assert [each["part"] for each in made["patrols"] if each.get("part", "fighter") == "fighter"] == []
    assert {each["id"]: len(each.get("aircraft", ())) for each in made["bases"] if each.get("aircraft")} == {"lask": 1}
    assert all(each["readiness_min"] == 15 for base in made["bases"] for each in base.get("aircraft", ()))
    assert len(notes) == 3
    with pytest.raises(UnknownNameError, match="no base is called 'lasc': did you mean 'lask'"):
        staged(data, parse("fighters from lasc could have reached the drones"))


@pytest.fixture
def crossing(tmp_path: Path) -> str:
    found = re.search(r"```yaml file=crossing.yaml\n(.*?)```", TUTORIAL.read_text("utf-8"), re.DOTALL)
    assert found
    (tmp_path / "crossing.yaml").write_text(found[1], "utf-8")
    return str(tmp_path / "crossing.yaml")


def answered(text: str, scenario: str, folder: Path, nights: int = 6) -> Mapping[str, Any]:
    return check(parse(text), scenario, Rehearsed(folder, nights, 1, 1), quiet)


@pytest.mark.compiled
def test_what_happens_every_night_is_supported_and_its_denial_contradicted(crossing: str, tmp_path: Path) -> None:
    made = answered("the drones would have been tracked", crossing, tmp_path / "a", 8)
    assert (made["verdict"], made["flips"]) == ("supported", [])
    assert (made["measured"]["k"], made["measured"]["nights"]) == (8, 8)
    denied = answered("the drones were not tracked", crossing, tmp_path / "a", 8)
    assert denied["verdict"] == "contradicted"


@pytest.mark.compiled
def test_the_assumption_that_turns_a_claim_is_named(crossing: str, tmp_path: Path) -> None:
    """Whether radar alone stops more hangs on how many crews hold fire; as assumed, on six nights, it is open."""
    made = answered("radar would have stopped at least 1 drone", crossing, tmp_path / "a")
    assert made["verdict"] in {"supported", "contradicted", "not decidable"}
    for each in made["flips"]:
        assert each["verdict"] != made["as_assumed"]
        assert made["verdict"] == "not decidable"
        assert each["place"] in KINDS["stopped"].places
        assert each["called"] in " ".join(made["sentences"])


@pytest.fixture
def dear(crossing: str) -> str:
    """The crossing with an option that differs by what it costs to have: 0.4 to 1.2 million euros a day."""
    data: Any = load_scenario(crossing).data
    wires = {"id": "wires", "what": "wire", "number": 4, "eur_a_day": {"low": 1e5, "high": 3e5}, "source": ["own"]}
    data["options"].append({"id": "dear", "title": "Wires along the border", "add": {"upkeep": [wires]}})
    path = Path(crossing).with_name("dear.yaml")
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return str(path)


@pytest.mark.compiled
@pytest.mark.parametrize(
    ("meur", "verdict", "turned"),
    [
        (0.3, "supported", []),
        (0.6, "not decidable", [("low", "100000", "contradicted")]),
        (1.0, "not decidable", [("high", "300000", "supported")]),
        (1.4, "contradicted", []),
    ],
)
def test_a_claim_on_cost_holds_only_at_both_ends_of_what_it_costs_to_have(
    dear: str, tmp_path: Path, meur: float, verdict: str, turned: list[tuple[str, str, str]]
) -> None:
    made = answered(f"dear costs at least {meur} million euros more than look-first", dear, tmp_path / "a", 2)
    assert made["verdict"] == verdict
    assert [(each["end"], each["value"], each["verdict"]) for each in made["flips"]] == turned
    told = " ".join(made["sentences"])
    assert "what it costs to have each wire, EUR a day (upkeep.wires.eur_a_day)" in told
    assert NOT_COUNTED in told
    assert {"upkeep.wires.eur_a_day", USED} <= {each["place"] for each in made["numbers"]}


@pytest.mark.parametrize(("closing_meur", "place"), [(nan, USED), (0.0, USED + CLOSING)])
def test_what_is_used_is_paid_at_both_ends_without_what_it_costs_to_have(
    closing_meur: float, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Flying comes to 1 to 3 more under one option; 4 wires at 0.1 to 0.3 are no part of that."""
    wires = {"id": "wires", "what": "wire", "number": 4, "eur_a_day": {"low": 1e5, "high": 3e5}, "source": ["own"]}
    results = study(
        cost_closing_meur=dict.fromkeys(("was", "radar"), closing_meur),
        cost_own_meur={"radar": 2 + 0.8},
        cost_own_low_meur={"radar": 1 + 0.4},
        cost_own_high_meur={"radar": 3 + 1.2},
    )
    options = [{"id": "was", "title": "W"}, {"id": "radar", "title": "R", "add": {"upkeep": [wires]}}]
    results.manifest["scenario"]["data"] = {"id": "night", "upkeep": [], "options": options}
    monkeypatch.setattr(priced, "load", lambda _: results)
    monkeypatch.setattr(priced, "with_option", lambda _, option: {"upkeep": [wires] if option == "radar" else []})
    asked = Asked(parse("radar costs more than was"), (), "radar", "was")
    found = {(trial.place, end): round(there.value, 9) for trial, end, there in priced.priced(asked, tmp_path)}
    assert found == {
        (place, "low"): 1.8, (place, "high"): 3.8,
        ("upkeep.wires.eur_a_day", "low"): 2.4, ("upkeep.wires.eur_a_day", "high"): 3.2,
    }  # fmt: skip


@pytest.mark.compiled
def test_the_command_says_its_verdict_by_its_status(crossing: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--scenario", crossing, "--nights", "8", "--workers", "1"]
    assert run(["claim", "the drones would have been tracked", *asked]) == 0
    told = "Supported\nUnder look-first at least one of the Gerbera is tracked in 8 of 8 nights"
    assert capsys.readouterr().out.startswith(told)
    assert run(["claim", "--kind", "seen", "--set", "step=tracked", "--set", "not=true", *asked]) == 1
    assert capsys.readouterr().out.startswith("Contradicted\n")
    assert run(["claim", "who knows", *asked]) == 2
    assert "is no claim of a kind that can be checked" in capsys.readouterr().err
    assert run(["claim", *asked]) == 2
    assert capsys.readouterr().err == "say the claim in a sentence, or by --kind and --set, and not both\n"
    assert run(["claim", "fighters at 9 minutes' readiness could have reached the drones", *asked]) == 2
    assert "crossing has no fighters on alert" in capsys.readouterr().err


def made_nights(folder: Path, found: list[tuple[int, int, float, float]]) -> None:
    """Write a study's tables: in each night a responder, when it is ordered first and what time it finds the intruder.

    The one intruder is tracked at 700 s, comes in at 1,200 s and is out again at 1,900 s; two crews stand on alert.
    """
    connection = connect()
    n = max(each[0] for each in found) + 1
    connection.execute(
        "CREATE TABLE aircraft AS SELECT 'as-was' AS option, i AS replication, 7 AS aircraft, 'intruder' AS part, "
        "0 AS line, 1200.0 AS entered_s, 1900.0 AS left_s, 700.0 AS tracked_s FROM range($n) r(i)",
        {"n": n},
    )
    connection.execute(
        "CREATE TABLE events (option VARCHAR, replication BIGINT, time_s DOUBLE, what VARCHAR, aircraft BIGINT, "
        "responder BIGINT)"
    )
    for night, responder, ordered_s, found_s in found:
        told = [(ordered_s, "scramble", 9), (1250.0, "scramble", 7), (found_s, "found", 7)]
        for time_s, what, aircraft in told:
            connection.execute(
                "INSERT INTO events VALUES ('as-was', ?, ?, ?, ?, ?)", [night, time_s, what, aircraft, responder]
            )
    for name in ("aircraft", "events"):
        connection.execute(f"COPY {name} TO '{folder / name}.parquet' (FORMAT parquet)")
    connection.close()
    base = {"id": "amari", "aircraft": [{"platform": "f-35a", "number": 2}]}
    kept = {"document": "manifest", "scenario": {"data": {"bases": [base]}}}
    (folder / "manifest.json").write_text(json.dumps(kept), "utf-8")


def test_a_crew_that_other_traffic_had_set_going_does_not_count_as_on_alert(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ordered at 300 s it was cued by something else; at 800 s not; found at 2,000 s they had left."""
    found = [(0, 0, 300.0, 1800.0), (1, 0, 800.0, 1800.0), (2, 0, 800.0, 2000.0)]
    found += [(3, 0, 300.0, 1800.0), (3, 1, 800.0, 1850.0), (4, 0, 300.0, 1800.0), (4, 1, 400.0, 1850.0)]
    made_nights(tmp_path, found)
    monkeypatch.setattr(alert, "read", lambda folder: json.loads((folder / "manifest.json").read_text("utf-8")))
    assert alert.nights(tmp_path, "as-was", [0]) == [
        (1, 0, 1, 1), (1, 1, 0, 1), (1, 0, 0, 1), (1, 1, 0, 1), (1, 0, 1, 0),
    ]  # fmt: skip
    claim = parse("fighters at 15 minutes' readiness could not have reached the MiGs")
    made = measured(Asked(claim, (0,), "as-was", None), tmp_path)
    assert made is not None
    assert (made.k, made.nights, made.cued, made.left_out) == (2, 4, 2, 1)
    assert alert.nights(tmp_path, "as-was", [5]) == []


@pytest.mark.compiled
def test_the_claim_of_the_record_is_answered_by_crews_on_alert_and_lists_what_was_tried(tmp_path: Path) -> None:
    text = "fighters at 15 minutes' readiness could not have reached the MiGs"
    made = answered(text, "estonia-2025-09-19", tmp_path / "a", 2)
    assert (made["groups"], made["called"]) == (["interceptors"], ["MiG-31"])
    told = " ".join(made["sentences"])
    assert "at least one of the MiG-31" in told
    assert "interceptors" not in told
    assert len(made["numbers"]) == made["tried"] > 1
    assert made["flips"] or all(each["called"] in told for each in made["numbers"])
