"""Who was wrongly fired at, in words: a ratio between options or a bound, never a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from holdfire.study.phrases import named, nights_of, percent, plain, under
from holdfire.study.said import Kind, Number, Of, Said, say, together
from holdfire.study.versus import WRONGFUL, figure, titles_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

_TRACED: Final = {
    "wrong-look": "a wrong look",
    "misassociation": "another aircraft's plots, reply or look",
    "wrong-reply": "a missing or wrong reply",
    "departure": "a departure from the rule",
    "rule": "the rule itself",
}
_FELL: Final = {"people_harmed_debris": "debris", "people_harmed_weapon": "stray weapons"}
"""Causes of harm that nobody was fired at for."""


def most_endangering(comparison: Json) -> list[str]:
    """Return the options under which most civil and friendly aircraft were fired at, by id; none if nobody was."""
    totals = {
        option["id"]: sum(figure(comparison, name)[option["id"]]["total"] for name in WRONGFUL)
        for option in comparison["options"]
    }
    most = max(totals.values())
    return sorted(option for option, total in totals.items() if total == most > 0)


def wrongful(comparison: Json) -> Said:
    """Say who was wrongly fired at, as a ratio between options or as a bound, never as a rate."""
    clauses = list(filter(None, (_fired_at(comparison, name, who) for name, who in WRONGFUL.items())))
    if clauses:
        return together((*clauses, _unseen(comparison), *_causes(comparison)))
    every = figure(comparison, "wrongful_civil")
    bound = _share_below(every[comparison["base"]], tuple(WRONGFUL), tuple(every))
    where = " under any option" if len(comparison["options"]) > 1 else ""
    none = say(
        "No civil or friendly aircraft was fired at in {}{}: that bounds it below {} % of nights for each (95 %), and "
        "does not exclude it.",
        nights_of(comparison), where, bound,
    )  # fmt: skip
    return together((none, *_causes(comparison)))


def _causes(comparison: Json) -> Iterator[Said]:
    """Say how many engagements each cause has under all options together, and where harm by what fell is likeliest."""
    every = tuple(each["id"] for each in comparison["options"])
    counted = []
    for name, words in _TRACED.items():
        column = f"traced_{name.replace('-', '_')}"
        total = sum(each["total"] for each in figure(comparison, column).values())
        counted.append((words, Number(f"{total:.0f}", Of((column,), every, kind=Kind.TOTAL)), total))
    if any(total for *_, total in counted):
        listed = together((say("{} {}", words, number) for words, number, _ in counted), ", ")
        yield say("Traced to their causes, all options together: {}.", listed)
    harmed = [said for name, words in _FELL.items() if (said := _harm(comparison, name, words))]
    if harmed:
        yield say("Besides, {}.", together(harmed, " and "))


def _harm(comparison: Json, name: str, words: str) -> Said:
    """Say in how many nights somebody is expected to be harmed by what fell, under the option with most of them."""
    shares = {option: found["nights_with_any"] for option, found in figure(comparison, name).items()}
    most = max(share["k"] for share in shares.values())
    if not most:
        return Said()
    tops = tuple(sorted(option for option, share in shares.items() if share["k"] == most))
    share, people = shares[tops[0]], figure(comparison, name)[tops[0]]["total"]
    of = Of((name,), tops, kind=Kind.SHARE)
    low, high = (Number(percent(share[end]), of) for end in ("low", "high"))
    return say(
        "{} may harm people in {} of {} nights {} (between {} and {} %, 95 %; in all {} people expected)",
        words, Number(str(most), of), str(share["n"]), under(titles_of(comparison), tops), low, high,
        Number(plain(people)[0], Of((name,), tops[:1], kind=Kind.TOTAL)),
    )  # fmt: skip


def _share_below(found: Json, figures: tuple[str, ...], options: tuple[str, ...]) -> Number:
    """Return the share of nights that any are below."""
    return Number(percent(found["nights_with_any"]["high"]), Of(figures, options, kind=Kind.SHARE))


def _fired_at(comparison: Json, name: str, who: str) -> Said:
    found, base, titles = figure(comparison, name), comparison["base"], titles_of(comparison)
    most = max(option["total"] for option in found.values())
    if most == 0:
        return Said()
    tops = sorted(option for option, each in found.items() if each["total"] == most)
    first = f"{who.capitalize()} are fired at most {under(titles, tops)}"
    others = [option for option in tops if option != base]
    if len(found) == 1:
        high = _share_below(found[base], (name,), (base,))
        told = "{} were fired at, in fewer than {} % of nights (95 %); nothing is set beside it."
        return say(told, who.capitalize(), high)
    if len(tops) == len(found):
        return _as_many(comparison, name, who, most)
    if base in tops:
        least = min((option for option in found if option != base), key=lambda each: (found[each]["total"], each))
        of = Of((name,), (least,), base, Kind.RATIO)
        often = _ratio(found[least]["against_base"]["ratio"], "there", of)
        return say("{}, under {} {}.", first, named(titles, [least]), often)
    of = Of((name,), (others[0],), base, Kind.RATIO)
    return say(
        "{}, {}.", first, _ratio(found[others[0]]["against_base"]["ratio"], f"under {named(titles, [base])}", of)
    )


def _as_many(comparison: Json, name: str, who: str, total: float) -> Said:
    """Say that as many were seen under every option, and which ratios between them that leaves possible."""
    found, base, several = figure(comparison, name), comparison["base"], total != 1
    count = Number(f"{total:.0f}", Of((name,), tuple(found), kind=Kind.TOTAL))
    each = say(
        "{} {} {} fired at in {} under every option", count, who, "were" if several else "was", nights_of(comparison)
    )
    ratios = {option: it["against_base"]["ratio"] for option, it in found.items() if it["against_base"]}
    ends = {option: ratio for option, ratio in ratios.items() if ratio["low"] is not None}
    if not ends:
        high = _share_below(found[base], (name,), tuple(found))
        told = "{}, in the same nights: that bounds it below {} % of nights for each (95 %), and gives no ratio."
        return say(told, each, high)
    least, most = min(ends, key=lambda at: (ends[at]["low"], at)), max(ends, key=lambda at: (ends[at]["high"], at))
    low, high = (
        Number(text, Of((name,), (option,), base, Kind.RATIO))
        for text, option in zip(plain(ends[least]["low"], ends[most]["high"]), (least, most), strict=True)
    )
    few = ", on few nights" if any(ratio["few"] for ratio in ends.values()) else ""
    return say(
        "{}: that does not exclude from {} to {} times as many as under {} (95 %{}).",
        each, low, high, named(titles_of(comparison), [base]), few,
    )  # fmt: skip


def _ratio(ratio: Json, there: str, of: Of) -> Said:
    """Return how often, as a ratio to the base, or that it cannot be told."""
    few = ", on few nights" if ratio["few"] else ""
    above, below = ratio["above"], ratio["below"]
    if above is not None and above > 1:
        return say("more than {} times as often as {} (95 %{})", Number(plain(above)[0], of), there, few)
    if below is not None and below < 1:
        return say("less than {} times as often as {} (95 %{})", Number(plain(below)[0], of), there, few)
    if ratio["low"] is None:
        return say("on too few nights to be told from what is seen {}", there)
    low, high, value = (Number(text, of) for text in (*plain(ratio["low"], ratio["high"]), *plain(ratio["value"])))
    doubt = ", which does not tell them apart" if ratio["low"] <= 1 <= ratio["high"] else ""
    told = "{} times as often as {} (between {} and {}, 95 %{}{})"
    return say(told, value, there, low, high, few, doubt)


def _unseen(comparison: Json) -> Said:
    """Bound what was never seen under the options under which neither was."""
    shares = [figure(comparison, name) for name in WRONGFUL]
    none = sorted(option for option in titles_of(comparison) if all(each[option]["total"] == 0 for each in shares))
    if not none:
        return Said()
    bound = _share_below(shares[0][none[0]], tuple(WRONGFUL), tuple(none))
    where, nights = under(titles_of(comparison), none).removeprefix("u"), nights_of(comparison)
    return say("U{} neither was seen in {}: each in fewer than {} % of them (95 %).", where, nights, bound)
