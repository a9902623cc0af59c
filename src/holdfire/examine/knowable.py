"""What a scenario's sensors, crews and settings can ever tell of an aircraft, and what they never can.

It says what `identify`, and the crews whose reports it reads, could write at all, however good the night: an item
that is told here may still not be known of one aircraft. Each line of `_TOLD` names who tells an item.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from holdfire.catalogue import load_sensor
from holdfire.logic.conditions import Members, Observed, OnUnknown, Range, Within
from holdfire.logic.ruleset import Forbid
from holdfire.logic.words import condition_in_words, title
from holdfire.messages.vocabulary import ITEM
from holdfire.sense.stated import RadarModel, StationModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from holdfire.logic.ruleset import Entry, RuleSet
    from holdfire.scenario.load import Loaded
    from holdfire.scenario.schema import Scenario
    from holdfire.sense.sensor import Model

_KINDS: Final = {
    "radar": "radar", "ads-b": "iff-ssr", "imager": "eo-ir", "eyes": "eye", "acoustic": "acoustic", "rf": "rf",
    "reports": "report",
}  # fmt: skip
_BY_VOICE: Final = ("observe", "interrogate", "hail", "identify", "escort", "warn", "divert")
_NUMBER: Final = frozenset({"any number"})
NOBODY: Final = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Watch:
    """Who watches and who flies."""

    night: Scenario
    sensors: tuple[Model, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of sensor that can report an aircraft, crews' eyes among them."""
        found = {_KINDS[each.kind] for each in self.sensors if each.kind in _KINDS}
        return frozenset(found | ({"iff-ssr"} if self.asks else set()) | ({"eye"} if self.crews else set()))

    @property
    def asks(self) -> bool:
        """Whether a radar interrogates transponders."""
        return any(isinstance(each, RadarModel) and each.secondary is not None for each in self.sensors)

    @property
    def asks_friends(self) -> bool:
        """Whether a radar asks for friends."""
        radars = (each.secondary for each in self.sensors if isinstance(each, RadarModel))
        return any(each is not None and each.military for each in radars)

    @property
    def height(self) -> bool:
        """Whether some sensor measures or reads heights."""
        measured = any(
            isinstance(each, StationModel) or (isinstance(each, RadarModel) and each.elevation_sd_deg is not None)
            for each in self.sensors
        )
        return measured or self.asks or "eo-ir" in self.kinds

    @property
    def crews(self) -> bool:
        """Whether anybody can be sent to an aircraft."""
        return self.night.own_number() > 0

    @property
    def looks(self) -> bool:
        """Whether somebody can look at an aircraft."""
        return self.crews or "eo-ir" in self.kinds

    @property
    def done(self) -> frozenset[str]:
        """Actions that somebody could carry out."""
        if not self.crews:
            return frozenset({"observe", "interrogate", "hail"})
        ours = [each for base in self.night.bases for each in base.aircraft] + list(self.night.patrols)
        armed = any(each.missiles or each.gun_bursts for each in ours)
        force = {"engage", "warn-by-fire"} if armed else set()
        return frozenset({*_BY_VOICE, "intercept", *force, *({"disrupt"} if any(e.jams for e in ours) else ())})


def _if(there: bool, *values: str) -> frozenset[str]:  # noqa: FBT001
    return frozenset(values) if there else NOBODY


def _all(item: str) -> frozenset[str]:
    return frozenset(ITEM[item].values)


def _transponder(watch: Watch) -> frozenset[str]:
    heard = "iff-ssr" in watch.kinds
    found = _if(watch.asks, "civil", "7500", "7600", "7700", "silent", "inconsistent") | _if(heard, "civil")
    asked = watch.asks_friends or watch.crews
    return found | _if(asked, "military") | _if(heard and watch.night.priors.suspects_spoofing, "spoof-suspected")


def _classes(watch: Watch) -> frozenset[str]:
    return _all("visual_class") if watch.looks else NOBODY


_TOLD: Final[dict[str, tuple[Callable[[Watch], frozenset[str]], str]]] = {
    "zone": (
        lambda w: frozenset({"none", *(s.zone for s in w.night.sites if s.zone)}) if any(s.zone for s in w.night.sites)
        else NOBODY, "no site of it has a published zone",
    ),
    "hijack_suspected": (lambda w: _if(w.asks, "true"), "only code 7500 tells it, and nothing tells that it is not so"),
    "transponder": (_transponder, "who would have to ask or hear so is not there"),
    "iff": (
        lambda w: _all("iff") if w.asks_friends or w.crews else NOBODY, "nobody asks for friends",
    ),
    "flight_plan": (lambda w: _all("flight_plan") if w.night.others_number() > 0 else NOBODY, "no plan is filed in it"),
    "airway": (lambda _: NOBODY, "nothing in a scenario tells airways"),
    "friends": (lambda _: NOBODY, "nothing in a scenario tells where friends are"),
    "harm_of_not_acting": (lambda _: NOBODY, "nothing in a scenario tells how many an attack would harm"),
    "visual_class": (_classes, "nobody and no camera looks"),
    "visual_load": (lambda w: _all("visual_load") if w.looks else NOBODY, "nobody and no camera looks"),
    "complying": (lambda w: _all("complying") if w.crews else NOBODY, "nobody is there to see it obey"),
    "attack": (
        lambda w: _if(w.crews, "none-seen", "on-protected"), "crews see dives on what is protected, nothing else",
    ),
    "alert": (
        lambda w: frozenset(each.alert for each in w.night.states if each.guards), "no state that guards declares so",
    ),
    "independent_kinds": (lambda w: w.kinds, "no such sensor stands or flies"),
    "position_kinds": (lambda w: w.kinds - {"eye", "report"}, "no such sensor that measures stands or flies"),
    "class_kinds": (
        lambda w: w.kinds & {"eye", "eo-ir", "iff-ssr"} | _if(w.crews, "iff-ssr"),
        "nothing of that kind there tells what it is",
    ),
    "warned": (
        lambda w: _if(w.crews, "hailed", "signalled") | _if("warn-by-fire" in w.done, "warned-by-fire")
        | _if(not w.crews, "hailed"), "nobody can warn so",
    ),
    "seen_as": (_classes, "nobody and no camera looks"),
    "done": (lambda w: w.done, "nobody can do so"),
    "altitude_m": (lambda w: _NUMBER if w.height else NOBODY, "no sensor measures heights"),
    "climb_m_s": (lambda w: _NUMBER if w.height else NOBODY, "no sensor measures heights"),
    "cpa_m": (lambda w: _NUMBER if w.night.sites else NOBODY, "no site is protected"),
    "time_to_cpa_s": (lambda w: _NUMBER if w.night.sites else NOBODY, "no site is protected"),
    "warned_s": (lambda w: _NUMBER if w.crews else NOBODY, "nobody can warn"),
}  # fmt: skip
"""Who tells an item, as the values that can be told, and why others cannot; all else follows from any track."""


def watch(loaded: Loaded) -> Watch:
    """Return who watches in a scenario as its file says, its options left out."""
    models = dict.fromkeys(each.model for each in loaded.scenario.sensors)
    return Watch(loaded.scenario, tuple(load_sensor(name, loaded.folder).stated for name in models))


def told(item: str, there: Watch) -> frozenset[str]:
    """Return the values of an item that can ever be known there; of a number, `any number`."""
    if item in _TOLD:
        return _TOLD[item][0](there)
    return frozenset(ITEM[item].values) or _NUMBER


def never_known(ruleset: RuleSet, loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Yield each condition that can never be known to hold in a scenario: its entry, and a sentence that says why."""
    there = watch(loaded)
    for entry in ruleset.entries():
        for clause in entry.when:
            condition = clause.condition
            if isinstance(condition, Observed) and not _can_hold(condition, there):
                name = condition.item.name
                why = _TOLD[name][1] if name in _TOLD else "only one sensor watches"
                if not told(name, there):
                    why = f"{title(condition.item)} is never known there ({why})"
                asked = condition_in_words(condition)
                yield (
                    entry.id,
                    f"{entry.id} asks in {loaded.scenario.id} in vain: {asked}: {why}{_so(entry, condition)}",
                )


def _so(entry: Entry, condition: Observed) -> str:
    """Return what follows for an entry of a condition that never holds."""
    if not isinstance(entry, Forbid):
        return "; so it never holds there"
    return "; so it always lets go there" if condition.on_unknown is OnUnknown.RELEASE else ""


def _can_hold(condition: Observed, there: Watch) -> bool:
    item, can_be = condition.item, told(condition.item.name, there)
    if not can_be or (condition.verified and len(there.night.sensors) < 2):
        return False
    match condition.test:
        case Range():
            return True
        case Within(codes):
            return bool({item.values[code] for code in codes} & can_be)
        case Members(every, some, at_least):
            named, one_of = ({item.values[code] for code in codes} for codes in (every, some))
            return named <= can_be and (not one_of or bool(one_of & can_be)) and at_least <= len(can_be)
