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

_MODAL: Final = r"(?P<modal>could|can|would|will|did|was|were|is|are)?(?P<not> ?(?:not|never|n['’]t))?"
_HAVE: Final = r"(?: (?:have|be|been|has))*"
_WHO: Final = r"(?P<all>all |every |not all )?(?:of )?(?:the )?(?P<who>[\w .-]+?)"
_OPTION: Final = r"[\"“]?(?P<option>[\w+~., -]+?)[\"”]?"
_THAN: Final = r"[\"“]?(?P<than>[\w+~., -]+?)[\"”]?"
_N: Final = r"(?P<count>\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
_MEUR: Final = r"(?P<meur>\d+(?:\.\d+)?) ?(?:m€|meur|million(?: euros?)?)"
_REACH: Final = r"(?:reach|reached|intercept|intercepted|catch|caught|meet|met)"
_WORDS: Final = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
_IN_TIME: Final = r"(?: in time| before (?:they|it) left)?"

_PATTERNS: Final[tuple[tuple[str, str], ...]] = (
    ("arrived", rf"(?P<nobody>no )?(?:fighters|interceptors|aircraft|jets)(?: (?:at|on|with) (?P<readiness>\d+(?:\.\d+)?)[ -]?"
     rf"(?:min|minute|minutes)['’]?s?(?: of)?(?: readiness| notice| alert)?)?(?: from (?P<base>[\w -]+?))? {_MODAL}{_HAVE} {_REACH} {_WHO}{_IN_TIME}"),
    ("arrived", rf"{_WHO} {_MODAL}{_HAVE} {_REACH}(?: by fighters)?(?: at (?P<readiness>\d+(?:\.\d+)?) minutes['’]? (?:readiness|notice))?"
     rf"(?: from (?P<base>[\w -]+?))?{_IN_TIME}(?: under {_OPTION})?"),
    ("seen", rf"(?P<nobody>nobody|no radar|no sensor) {_MODAL}{_HAVE} (?P<step>see|seen|saw|detect|detected|track|tracked|identify|identified)"
     rf" {_WHO}(?: under {_OPTION})?"),
    ("seen", rf"{_WHO} {_MODAL}{_HAVE} (?P<step>seen|detected|tracked|identified)(?: under {_OPTION})?"),
    ("permitted", rf"{_OPTION} {_MODAL}{_HAVE} ?(?P<verb>permits?|permitted|allows?|allowed) (?:force|fire|engaging)(?: against| on| at)? {_WHO}"),
    ("permitted", rf"(?:force|fire)(?: against| on| at)? {_WHO} {_MODAL}{_HAVE} (?:permitted|allowed) (?:under|by) {_OPTION}"),
    ("stopped", rf"{_OPTION} {_MODAL}{_HAVE} ?(?:stops?|stopped|shoots? down|shot down) (?P<more>more|fewer)(?: of)?(?: the)?(?: (?P<who>[\w .-]+?))? than {_THAN}"),
    ("stopped", rf"{_OPTION} {_MODAL}{_HAVE} ?(?:stops?|stopped|shoots? down|shot down) (?P<bound>at least |more than |fewer than |at most )?{_N}"
     r"(?: of)?(?: the)?(?: (?P<who>[\w .-]+))?"),
    ("stopped", rf"{_OPTION} {_MODAL}{_HAVE} ?(?:stops?|stopped|shoots? down|shot down) {_WHO}"),
    ("costs", rf"{_OPTION} {_MODAL}{_HAVE} ?costs? (?:(?:at least|over) )?{_MEUR} (?P<more>more|less) than {_THAN}"),
    ("costs", rf"{_OPTION} {_MODAL}{_HAVE} ?costs? (?P<more>more|less) than {_MEUR}"),
    ("costs", rf"{_OPTION} {_MODAL}{_HAVE} ?costs? (?P<more>more|less) than {_THAN}(?: by (?:at least )?{_MEUR})?"),
)  # fmt: skip


def parse(text: str) -> Claim:
    """Return the claim that a sentence makes; raises `InputError`, with the kinds that there are, where it makes none."""
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


def _common(said: dict[str, str]) -> dict[str, object]:
    """Return what all kinds share: whom, whether all of them, could or would, and whether it is denied."""
    denied = bool(said.get("not")) ^ bool(said.get("nobody")) ^ (said.get("all") == "not all")
    return {
        "who": said.get("who") or ALL_OF_THEM,
        "option": said.get("option", ""),
        "than": said.get("than", ""),
        "modal": "could" if said.get("modal") in {"could", "can"} else "would",
        "negated": denied,
        "every": bool(said.get("all")),
    }


def _arrived(said: dict[str, str]) -> Claim:
    settings: dict[str, float | str] = {}
    if said.get("readiness"):
        settings["readiness_min"] = float(said["readiness"])
    if said.get("base"):
        settings["base"] = said["base"]
    return Claim("arrived", settings=settings, **_common(said))  # type: ignore[arg-type]  # fields by name


def _seen(said: dict[str, str]) -> Claim:
    step = next(value for name, value in _STEP_OF.items() if said["step"].startswith(name))
    return Claim("seen", settings={"step": step}, **_common(said))  # type: ignore[arg-type]


_STEP_OF: Final = {
    "see": "detected",
    "saw": "detected",
    "detect": "detected",
    "track": "tracked",
    "identif": "identified",
}


def _permitted(said: dict[str, str]) -> Claim:
    return Claim("permitted", **_common(said))  # type: ignore[arg-type]


def _stopped(said: dict[str, str]) -> Claim:
    settings: dict[str, float | str] = {}
    negated = bool(_common(said)["negated"])
    if said.get("more"):
        settings["more"] = 1.0 if said["more"] == "more" else -1.0
    if said.get("count"):
        count = _WORDS.get(said["count"]) or int(said["count"])
        bound = said.get("bound", "")
        settings["count"] = float(count + (bound in {"more than", "at most"}))
        negated ^= bound in {"fewer than", "at most"}  # fewer than 3 denies at least 3
    return Claim("stopped", settings=settings, **{**_common(said), "negated": negated})  # type: ignore[arg-type]


def _costs(said: dict[str, str]) -> Claim:
    settings: dict[str, float | str] = {"more": 1.0 if said["more"] == "more" else -1.0}
    if said.get("meur"):
        settings["meur"] = float(said["meur"])
    return Claim("costs", settings=settings, **_common(said))  # type: ignore[arg-type]


_MAKE: Final[dict[str, Callable[[dict[str, str]], Claim]]] = {
    "arrived": _arrived,
    "seen": _seen,
    "permitted": _permitted,
    "stopped": _stopped,
    "costs": _costs,
}
