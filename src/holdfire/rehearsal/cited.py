"""What the rules say for themselves that stories cite by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.messages.film import CitedSet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.messages.story import Entry, Story
    from holdfire.setting import Rules


def cited(rules: Rules, option: int, stories: Sequence[Story]) -> dict[str, CitedSet]:
    """Return the sets that the stories of an option cite, by id, each with the reasons of the rules cited."""
    bound = [*rules.options[option].values(), *([rules.chain] if rules.chain else []), rules.defence]
    texts = {each.id: each for each in bound}
    out: dict[str, CitedSet] = {}
    for name, rule in sorted({pair for story in stories for entry in story.entries for pair in _named(entry)}):
        because = next(each.because for each in texts[name].rules if each.id == rule)
        out.setdefault(name, CitedSet(texts[name].title, {})).because[rule] = because
    return out


def _named(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the set and the rule of whatever is cited as `set: rule` or `set: rule: what is missing`."""
    texts = [text for each in entry.permitted for text in each.rules]
    texts += [text for each in entry.withheld for text in (*each.forbidden_by, *each.missing)]
    for text in texts:
        name, rule, *_ = text.split(": ", 2)
        yield name, rule
