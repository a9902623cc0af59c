"""Who was wrongly fired at, in words: a ratio between options or a bound, never a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from holdfire.study.phrases import named, nights_of, percent, plain, under
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


def wrongful(comparison: Json) -> str:
    """Say who was wrongly fired at, as a ratio between options or as a bound, never as a rate."""
    clauses = list(filter(None, (_fired_at(comparison, name, who) for name, who in WRONGFUL.items())))
    if clauses:
        return " ".join(filter(None, (*clauses, _unseen(comparison), *_causes(comparison))))
    bound = percent(figure(comparison, "wrongful_civil")[comparison["base"]]["nights_with_any"]["high"])
    where = " under any option" if len(comparison["options"]) > 1 else ""
    none = (
        f"No civil or friendly aircraft was fired at in {nights_of(comparison)}{where}: that bounds it below "
        f"{bound} % of nights for each (95 %), and does not exclude it."
    )
    return " ".join((none, *_causes(comparison)))


def _causes(comparison: Json) -> Iterator[str]:
    """Say how many engagements each cause has under all options together, and where harm by what fell is likeliest."""
    counted = [
        (words, sum(each["total"] for each in figure(comparison, f"traced_{name.replace('-', '_')}").values()))
        for name, words in _TRACED.items()
    ]
    if any(total for _, total in counted):
        listed = ", ".join(f"{words} {total:.0f}" for words, total in counted)
        yield f"Traced to their causes, all options together: {listed}."
    harmed = [said for name, words in _FELL.items() if (said := _harm(comparison, name, words))]
    if harmed:
        text = " and ".join(harmed)
        yield f"{text[0].upper()}{text[1:]}."


def _harm(comparison: Json, name: str, words: str) -> str:
    """Say in how many nights somebody is expected to be harmed by what fell, under the option with most of them."""
    shares = {option: found["nights_with_any"] for option, found in figure(comparison, name).items()}
    most = max(share["k"] for share in shares.values())
    if not most:
        return ""
    tops = sorted(option for option, share in shares.items() if share["k"] == most)
    share, people = shares[tops[0]], figure(comparison, name)[tops[0]]["total"]
    ends = f"between {percent(share['low'])} and {percent(share['high'])} %, 95 %"
    said = f"{words} may harm people in {most} of {share['n']} nights {under(titles_of(comparison), tops)}"
    return f"{said} ({ends}; in all {plain(people)[0]} people expected)"


def _fired_at(comparison: Json, name: str, who: str) -> str:
    found, base, titles = figure(comparison, name), comparison["base"], titles_of(comparison)
    most = max(option["total"] for option in found.values())
    if most == 0:
        return ""
    tops = sorted(option for option, each in found.items() if each["total"] == most)
    first = f"{who.capitalize()} are fired at most {under(titles, tops)}"
    others = [option for option in tops if option != base]
    if len(found) == 1:
        high = percent(found[base]["nights_with_any"]["high"])
        return f"{who.capitalize()} were fired at, in fewer than {high} % of nights (95 %); nothing is set beside it."
    if len(tops) == len(found):
        return _as_many(comparison, name, who, most)
    if base in tops:
        least = min((option for option in found if option != base), key=lambda each: (found[each]["total"], each))
        said = f"under {named(titles, [least])} {_ratio(found[least]['against_base']['ratio'], 'there')}"
    else:
        said = _ratio(found[others[0]]["against_base"]["ratio"], f"under {named(titles, [base])}")
    return f"{first}, {said}."


def _as_many(comparison: Json, name: str, who: str, total: float) -> str:
    """Say that as many were seen under every option, and which ratios between them that leaves possible."""
    found, base, several = figure(comparison, name), comparison["base"], total != 1
    each, nights = f"{total:.0f} {who} {'were' if several else 'was'} fired at", nights_of(comparison)
    ratios = [option["against_base"]["ratio"] for option in found.values() if option["against_base"]]
    ends = [ratio for ratio in ratios if ratio["low"] is not None]
    if not ends:
        high = percent(found[base]["nights_with_any"]["high"])
        return (
            f"{each} in {nights} under every option, in the same nights: that bounds it below {high} % of nights for "
            "each (95 %), and gives no ratio."
        )
    low, high = plain(min(ratio["low"] for ratio in ends), max(ratio["high"] for ratio in ends))
    few = ", on few nights" if any(ratio["few"] for ratio in ends) else ""
    return (
        f"{each} in {nights} under every option: that does not exclude from {low} to {high} times as many as under "
        f"{named(titles_of(comparison), [base])} (95 %{few})."
    )


def _ratio(ratio: Json, there: str) -> str:
    """Return how often, as a ratio to the base, or that it cannot be told."""
    few = ", on few nights" if ratio["few"] else ""
    above, below = ratio["above"], ratio["below"]
    if above is not None and above > 1:
        return f"more than {plain(above)[0]} times as often as {there} (95 %{few})"
    if below is not None and below < 1:
        return f"less than {plain(below)[0]} times as often as {there} (95 %{few})"
    if ratio["low"] is None:
        return f"on too few nights to be told from what is seen {there}"
    low, high = plain(ratio["low"], ratio["high"])
    doubt = ", which does not tell them apart" if ratio["low"] <= 1 <= ratio["high"] else ""
    return f"{plain(ratio['value'])[0]} times as often as {there} (between {low} and {high}, 95 %{few}{doubt})"


def _unseen(comparison: Json) -> str:
    """Bound what was never seen under the options under which neither was."""
    shares = [figure(comparison, name) for name in WRONGFUL]
    none = sorted(option for option in titles_of(comparison) if all(each[option]["total"] == 0 for each in shares))
    if not none:
        return ""
    bound = percent(shares[0][none[0]]["nights_with_any"]["high"])
    where, nights = under(titles_of(comparison), none).removeprefix("u"), nights_of(comparison)
    return f"U{where} neither was seen in {nights}: each in fewer than {bound} % of them (95 %)."
