"""The kinds of claim that can be checked, what each may say, and which assumed numbers it rests on first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from holdfire.errors import InputError, UnknownNameError
from holdfire.findings import did_you_mean


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of claim: what it asks, sentences that it reads, what may be set, and the places that are tried."""

    asks: str
    examples: tuple[str, ...]
    settings: tuple[str, ...]
    places: tuple[str, ...]


_TIMES: Final = (
    "states.*.roles.*.answers_s",
    "bases.*.aircraft.*.readiness_min",
    "intruders.*.endurance_h",
    "intruders.*.failures_per_h",
    "conduct.transit_m_s",
    "conduct.answers_s",
)
KINDS: Final[dict[str, Kind]] = {
    "arrived": Kind(
        "did fighters reach them before they had left?",
        (
            "fighters at 15 minutes' readiness could not have reached the drones",
            "fighters from Lask would have intercepted the strike drones",
            "the drones could have been reached in time",
        ),
        ("who", "readiness_min", "base", "option", "modal", "not", "all"),
        _TIMES,
    ),
    "seen": Kind(
        "were they seen: detected, tracked or identified?",
        ("the drones would have been tracked", "nobody could have seen the drones", "not all drones were detected"),
        ("who", "step", "option", "modal", "not", "all"),
        ("intruders.*.endurance_h", "intruders.*.failures_per_h", "states.*.roles.*.answers_s", "conduct.finds_km"),
    ),
    "permitted": Kind(
        "did the rules permit force against them?",
        (
            "radar-permitted permits force against the drones",
            "force against the strike drones would not have been permitted under visual-confirmation",
        ),
        ("who", "option", "modal", "not", "all"),
        ("night.misidentification_factor", *_TIMES[:4]),
    ),
    "stopped": Kind(
        "how many did an option stop?",
        (
            "radar-permitted would have stopped more drones than as-was",
            "more-patrols would have stopped at least 3 drones",
            "as-was would not have stopped all drones",
        ),
        ("who", "option", "than", "count", "more", "modal", "not", "all"),
        ("weapons/*.yaml: success_share", "conduct.hold_share", "night.misidentification_factor", *_TIMES[:4]),
    ),
    "costs": Kind(
        "does an option cost our own side more?",
        (
            "more-patrols costs more than as-was",
            "more-patrols costs at least 0.2 million euros more than as-was",
            "as-was costs less than 3 million euros",
        ),
        ("option", "than", "meur", "more", "not"),
        ("bases.*.aircraft.*.readiness_min", "intruders.*.endurance_h", "intruders.*.failures_per_h",
         "weapons/*.yaml: success_share", "conduct.hold_share", "closing.least_min", "closing.diverted_share",
         "closing.cancelled_share"),
    ),
}  # fmt: skip
STEPS: Final = {"seen": "detected", "detected": "detected", "tracked": "tracked", "identified": "identified"}
ALL_OF_THEM: Final = "intruders"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.

    Attributes
    ----------
    kind
        One of `KINDS`.
    who
        Whom it is about, as it was written.
    option, than
        As written; empty: the first of the scenario.
    modal
        `could`: in one night of ten or more; `would`: in more than half of all nights.
    negated
        It says that it is not so.
    every
        Of all of them in a night, not of any.
    settings
        `readiness_min`, `base`, `step`, `count`, `meur`, and `more` (1.0) or less (-1.0).
    """

    kind: str
    who: str = ALL_OF_THEM
    option: str = ""
    than: str = ""
    modal: str = "would"
    negated: bool = False
    every: bool = False
    settings: dict[str, float | str] = field(default_factory=dict)

    @property
    def on_alert(self) -> bool:
        """Whether it is about fighters on alert: of some readiness, or from some base."""
        return self.kind == "arrived" and not {"readiness_min", "base"}.isdisjoint(self.settings)


def known_kind(kind: str) -> str:
    """Return a kind; raises `UnknownNameError` where there is none of that name."""
    if kind not in KINDS:
        message = f"no kind of claim is called {kind!r}{did_you_mean(kind, KINDS)} (there are {', '.join(KINDS)})"
        raise UnknownNameError(message)
    return kind


def explicit(kind: str, given: tuple[str, ...]) -> Claim:
    """Return the claim of a kind with settings as `who=drones`; raises `InputError` for what it does not take."""
    allowed = KINDS[known_kind(kind)].settings
    found: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or name not in allowed:
            there = did_you_mean(name, allowed) if equals else ": write it as name=value"
            message = f"{kind} takes no setting {each!r}{there} (it takes {', '.join(allowed)})"
            raise InputError(message)
        found[name] = value
    settings: dict[str, float | str] = {}
    settings |= {name: _number(name, found[name]) for name in ("readiness_min", "count", "meur") if name in found}
    settings |= {name: found[name] for name in ("base", "step") if name in found}
    modal = _one_of("modal", found.get("modal", "would"), ("could", "would"))
    if "step" in found:
        settings["step"] = STEPS[_one_of("step", found["step"], tuple(STEPS))]
    if "more" in found:
        settings["more"] = 1.0 if _truth("more", found["more"]) else -1.0
    return Claim(
        kind, found.get("who", ALL_OF_THEM), found.get("option", ""), found.get("than", ""), modal,
        _truth("not", found.get("not", "false")), _truth("all", found.get("all", "false")),
        settings,
    )  # fmt: skip


def _number(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value < 1e6:
        message = f"{name} is {text!r}: write a number from 0 up"
        raise InputError(message)
    return value


def _one_of(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        message = f"{name} is {text!r}: write one of {', '.join(allowed)}{did_you_mean(text, allowed)}"
        raise InputError(message)
    return text


def _truth(name: str, text: str) -> bool:
    return _one_of(name, text, ("true", "false")) == "true"
