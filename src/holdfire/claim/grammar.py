"""From a sentence to a claim, by a small grammar: a few wordings of each kind, and nothing guessed.

Case and a full stop at the end do not matter. WHO is a group, an aircraft type or `drones`, OPTION an id or a title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from holdfire.claim.kinds import ALL_OF_THEM, KINDS, Claim
from holdfire.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

_MODAL: Final = r"(?P<modal>could|can|would|will|did|was|were|is|are)?(?P<not> ?(?:not|never|n['’]t))?"  # noqa: RUF001
_HAVE: Final = r"(?: (?:have|be|been|has))*"
_DOES: Final = f"{_MODAL}{_HAVE} ?"
_WHO: Final = r"(?P<all>all |every |not all )?(?:of )?(?:the )?(?P<who>[\w .-]+?)"
_THEM: Final = r"(?: (?P<who>[\w .-]+?))?"
_OPTION: Final = r"[\"“]?(?P<option>[\w+~., -]+?)[\"”]?"
_THAN: Final = r"[\"“]?(?P<than>[\w+~., -]+?)[\"”]?"
_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT: Final = rf"(?P<bound>at least |more than |fewer than |at most )?(?P<count>\d+|{'|'.join(_NUMBERS)})"
_MEUR: Final = r"(?P<meur>\d+(?:\.\d+)?) ?(?:m€|meur|million(?: euros?)?)"
_REACH: Final = r"(?:reach|reached|intercept|intercepted|catch|caught|meet|met)"
_PERMIT: Final = "(?:permits?|permitted|allows?|allowed)"
_STOP: Final = r"(?:stops?|stopped|shoots? down|shot down)"
_SEE: Final = r"(?P<step>see|seen|saw|detect|detected|track|tracked|identify|identified)"
_ALERT: Final = (
    r"(?: (?:at|on|with) (?P<readiness>\d+(?:\.\d+)?)[ -]?(?:minutes?|min)['’]?(?: of)?"  # noqa: RUF001
    r"(?: readiness| notice| alert)?)?"
)
_US: Final = "(?:fighters|interceptors|aircraft|jets)"
_FROM: Final = r"(?: from (?P<base>[\w -]+?))?"
_IN_TIME: Final = r"(?: in time| before (?:they|it) left)?"
_UNDER: Final = rf"(?: under {_OPTION})?"

_PATTERNS: Final[tuple[tuple[str, str], ...]] = (
    ("arrived", rf"(?P<nobody>no )?{_US}{_ALERT}{_FROM} {_DOES}{_REACH} {_WHO}{_IN_TIME}"),
    ("arrived", rf"{_WHO} {_DOES}{_REACH}(?: by fighters)?{_ALERT}{_FROM}{_IN_TIME}{_UNDER}"),
    ("seen", rf"(?P<nobody>nobody|no radar|no sensor) {_DOES}{_SEE} {_WHO}{_UNDER}"),
    ("seen", rf"{_WHO} {_DOES}{_SEE}{_UNDER}"),
    ("permitted", rf"{_OPTION} {_DOES}{_PERMIT} (?:force|fire)(?: against| on| at)? {_WHO}"),
    ("permitted", rf"(?:force|fire)(?: against| on| at)? {_WHO} {_DOES}(?:permitted|allowed) (?:under|by) {_OPTION}"),
    ("stopped", rf"{_OPTION} {_DOES}{_STOP} {_COUNT}(?: of)?(?: the)?(?: (?P<who>[\w .-]+))?"),
    ("stopped", rf"{_OPTION} {_DOES}{_STOP} (?P<more>more|fewer)(?: of)?(?: the)?{_THEM} than {_THAN}"),
    ("stopped", rf"{_OPTION} {_DOES}{_STOP} {_WHO}"),
    ("costs", rf"{_OPTION} {_DOES}costs? (?:at least |over )?{_MEUR} (?P<more>more|less) than {_THAN}"),
    ("costs", rf"{_OPTION} {_DOES}costs? (?P<more>more|less) than {_MEUR}"),
    ("costs", rf"{_OPTION} {_DOES}costs? (?P<more>more|less) than {_THAN}(?: by (?:at least )?{_MEUR})?"),
)  # fmt: skip


def parse(text: str) -> Claim:
    """Return the claim that a sentence makes; raises `InputError`, with the kinds there are, where it makes none."""
    plain = re.sub(r"\s+", " ", text.strip().rstrip(".")).replace("couldn't", "could not").replace("cannot", "can not")
    for kind, pattern in _PATTERNS:
        found = re.fullmatch(pattern, plain, re.IGNORECASE)
        if found:
            return _MAKE[kind]({name: (value or "").strip().lower() for name, value in found.groupdict().items()})
    listed = "\n".join(f"  {kind}: {'; '.join(repr(each) for each in of.examples[:2])}" for kind, of in KINDS.items())
    message = (
        f"{text!r} is no claim of a kind that can be checked; write one as\n{listed}\nor name its parts with --kind"
    )
    raise InputError(message)


def _denied(said: dict[str, str]) -> bool:
    return bool(said.get("not")) ^ bool(said.get("nobody")) ^ (said.get("all") == "not all")


def _claim(kind: str, said: dict[str, str], settings: dict[str, float | str], *, denied: bool) -> Claim:
    """Return a claim with what all kinds share: whom, whether all of them, could or would."""
    return Claim(
        kind,
        said.get("who") or ALL_OF_THEM,
        said.get("option", ""),
        said.get("than", ""),
        "could" if said.get("modal") in {"could", "can"} else "would",
        denied,
        bool(said.get("all")),
        settings,
    )


def _arrived(said: dict[str, str]) -> Claim:
    settings: dict[str, float | str] = {}
    if said.get("readiness"):
        settings["readiness_min"] = float(said["readiness"])
    if said.get("base"):
        settings["base"] = said["base"]
    return _claim("arrived", said, settings, denied=_denied(said))


_STEP_OF: Final = {
    "see": "detected", "saw": "detected", "detect": "detected", "track": "tracked", "identif": "identified",
}  # fmt: skip


def _seen(said: dict[str, str]) -> Claim:
    step = next(value for name, value in _STEP_OF.items() if said["step"].startswith(name))
    return _claim("seen", said, {"step": step}, denied=_denied(said))


def _permitted(said: dict[str, str]) -> Claim:
    return _claim("permitted", said, {}, denied=_denied(said))


def _stopped(said: dict[str, str]) -> Claim:
    settings: dict[str, float | str] = {}
    denied = _denied(said)
    if said.get("more"):
        settings["more"] = 1.0 if said["more"] == "more" else -1.0
    if word := said.get("count"):
        count = _NUMBERS.index(word) + 1 if word in _NUMBERS else int(word)
        bound = said.get("bound", "")
        settings["count"] = float(count + (bound in {"more than", "at most"}))
        denied ^= bound in {"fewer than", "at most"}  # fewer than 3 denies at least 3
    return _claim("stopped", said, settings, denied=denied)


def _costs(said: dict[str, str]) -> Claim:
    settings: dict[str, float | str] = {"more": 1.0 if said["more"] == "more" else -1.0}
    if said.get("meur"):
        settings["meur"] = float(said["meur"])
    return _claim("costs", said, settings, denied=_denied(said))


_MAKE: Final[dict[str, Callable[[dict[str, str]], Claim]]] = {
    "arrived": _arrived,
    "seen": _seen,
    "permitted": _permitted,
    "stopped": _stopped,
    "costs": _costs,
}
