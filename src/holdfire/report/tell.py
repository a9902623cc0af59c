"""A story as data, for the page and for `holdfire trace --json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.messages.story import Denied, Entry, Flip, Story

    Json = dict[str, Any]


def story_data(story: Story) -> Json:
    """Return a story as the page reads it; of what a ruling withholds only what is news, and force always."""
    return {
        "verdict": story.verdict,
        "facts": [list(fact) for fact in story.facts],
        "chain": chain_data(story),
        "entries": [
            _entry(entry, withheld) for entry, withheld in zip(story.entries, _news(story.entries), strict=True)
        ],
    }


def chain_data(story: Story) -> list[Json]:
    """Return the steps of a story with their times."""
    return [{"step": step, "t": time_s} for step, time_s in story.chain]


def flips_data(flips: Sequence[Flip]) -> list[Json]:
    """Return flips, each change as what it was and what it would have to be."""
    return [
        {"to": flip.to, "changes": [{"item": c.item, "from": c.before, "to": c.after} for c in flip.changes]}
        for flip in flips
    ]


def _entry(entry: Entry, withheld: Sequence[Denied]) -> Json:
    out: Json = {"t": entry.time_s, "kind": entry.kind, "text": entry.text}
    if entry.kind == "ruling":
        out["evidence"] = [asdict(each) for each in entry.evidence]
        out["permitted"] = [asdict(each) for each in entry.permitted]
        out["withheld"] = [asdict(each) for each in withheld]
        out["flips"] = flips_data(entry.flips)
    return out


def _news(entries: Sequence[Entry]) -> Iterator[list[Denied]]:
    """Yield, for each entry, what it withholds and did not before, or for other reasons."""
    said: dict[str, object] = {}
    for entry in entries:
        news = [each for each in entry.withheld if each.action == "engage" or said.get(each.action) != reasons(each)]
        if entry.kind == "ruling":
            said = {each.action: reasons(each) for each in entry.withheld}
        yield news


def reasons(denied: Denied) -> object:
    """Return why an action is withheld, without what was seen and how long ago."""
    return denied.forbidden_by, denied.caveats, tuple(text.rpartition(" (")[0] for text in denied.missing)
