"""A claim rehearsed: as assumed, then with each number that it rests on at both ends of its range."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from holdfire.claim.kinds import KINDS
from holdfire.claim.measure import Asked, Measured, measured
from holdfire.claim.names import called, groups, option_of
from holdfire.claim.priced import priced
from holdfire.claim.sentences import sentences
from holdfire.claim.stage import staged
from holdfire.errors import InputError
from holdfire.scenario.load import load_scenario
from holdfire.study import manifest as manifests
from holdfire.study.about import about
from holdfire.study.run import Request, run_study
from holdfire.study.vary import trials

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from holdfire.claim.kinds import Claim
    from holdfire.study.run import Tell
    from holdfire.study.subject import Subject
    from holdfire.study.vary import Trial

    Json = dict[str, Any]

SUPPORTED, CONTRADICTED, UNDECIDED = "supported", "contradicted", "not decidable"
_VERDICT: Final = {1: SUPPORTED, -1: CONTRADICTED, 0: UNDECIDED}


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """How a claim is rehearsed: nights, seed and workers, and the folder that keeps them."""

    folder: Path
    nights: int
    seed: int
    workers: int


def understood(claim: Claim, scenario: str) -> Asked:
    """Return a claim in the terms of a scenario; raises `InputError` for names that it does not have."""
    loaded = load_scenario(scenario)
    titles = {option.id: option.title for option in loaded.scenario.options}
    first = next(iter(titles))
    option = option_of(titles, claim.option) if claim.option else first
    than = option_of(titles, claim.than) if claim.than else None
    if than == option:
        message = f"{option} is held against itself: name another option after `than`"
        raise InputError(message)
    return Asked(claim, tuple(groups(loaded.data, claim.who)), option, than)


def check(claim: Claim, scenario: str, how: Rehearsed, tell: Tell) -> Json:
    """Return the answer to a claim, ready for JSON.

    A claim is `supported` where its interval lies on its side of the bound, `contradicted` where on the other. Where
    one assumed number at an end of its range turns that round, it is `not decidable`, and the number is named. What
    is claimed of cost must hold at both ends of every price, too.

    Raises
    ------
    InputError
        A claim that names what the scenario does not have.
    StoppedError
        Where it was interrupted: what is rehearsed is kept.
    """
    asked = understood(claim, scenario)
    subject = about(scenario, ",".join(asked.options))
    data, notes = staged(subject.data, claim)
    subject = replace(subject, data=data)
    settled = {"bases.*.aircraft.*.readiness_min"} if "readiness_min" in claim.settings else set()
    tried = [each for place in KINDS[claim.kind].places if place not in settled for each in _trials(data, place)]
    total = how.nights * (1 + 2 * len(tried))
    found = _measured(asked, subject, how, "as-assumed", _onward(tell, 0, total))
    ends = []
    for number, trial in enumerate(tried):
        for end, at in enumerate((trial.at_low, trial.at_high)):
            before = how.nights * (1 + 2 * number + end)
            name = f"{number:02}-{('low', 'high')[end]}"
            there = _measured(asked, replace(subject, data=at), how, name, _onward(tell, before, total))
            ends.append((trial, ("low", "high")[end], there))
    paid = list(priced(asked, how.folder / "as-assumed")) if claim.kind == "costs" else []
    return _answer(asked, subject, notes, found, ends, paid)


def _trials(data: Mapping[str, Any], place: str) -> list[Trial]:
    try:
        return trials(dict(data), [place])
    except InputError:  # the scenario has no such number
        return []


def _measured(asked: Asked, subject: Subject, how: Rehearsed, name: str, tell: Tell) -> Measured | None:
    out = how.folder / name
    out.mkdir(parents=True, exist_ok=True)
    resume = (out / manifests.NAME).exists()
    run_study(subject, Request(out, how.nights, how.seed, how.workers, resume=resume), tell)
    return measured(asked, out)


def _onward(tell: Tell, before: int, total: int) -> Tell:
    def onward(what: str, done: int, _of: int) -> None:
        if what == "rehearsing":
            tell(what, before + done, total)

    return onward


def _answer(
    asked: Asked,
    subject: Subject,
    notes: list[str],
    found: Measured | None,
    ends: list[tuple[Trial, str, Measured | None]],
    paid: list[tuple[Trial, str, Measured]],
) -> Json:
    """Return the answer; at an end of a price (`paid`) it is turned where it is not the same, or open."""
    sign = -1 if asked.claim.negated else 1
    side = sign * found.side if found else 0
    prices = {trial.place for trial, *_ in paid}
    turned = [
        {
            "place": trial.place,
            "called": trial.called or trial.place,
            "end": end,
            "value": getattr(trial, end),
            "as_run": trial.as_run,
            "verdict": _VERDICT[sign * there.side],
            "measured": asdict(there),
        }
        for trial, end, there in (*ends, *paid)
        if there and sign * there.side not in ({side} if trial.place in prices else {0, side})
    ]
    made = {
        "scenario": subject.id,
        "claim": asdict(asked.claim),
        "called": [called(subject.data, each) for each in asked.groups],
        "groups": [subject.data["intruders"][each]["id"] for each in asked.groups],
        "option": asked.option,
        "than": asked.than,
        "as_assumed": _VERDICT[side],
        "verdict": UNDECIDED if turned else _VERDICT[side],
        "measured": asdict(found) if found else None,
        "flips": turned,
        "tried": len((*ends, *paid)) // 2,
        "numbers": [
            {"place": each.place, "called": each.called or each.place}
            for each, end, _ in (*ends, *paid)
            if end == "low"
        ],
        "notes": notes,
    }
    return {**made, "sentences": sentences(made)}
