"""`holdfire rules list`."""

from __future__ import annotations

from holdfire.catalogue import ids, load_ruleset
from holdfire.cli.output import Json, console, print_json, table


def list_(*, json: Json = False) -> int:
    """List the rule sets that ship."""
    sets = [load_ruleset(name) for name in ids("rulesets")]
    if json:
        print_json(
            "rules-list",
            rulesets=[
                {
                    "id": each.id,
                    "title": each.title,
                    "kind": each.kind,
                    "summary": each.summary,
                    "extends": each.extends,
                    "criteria": len(each.criteria),
                    "rules": len(each.rules),
                }
                for each in sets
            ],
        )
        return 0
    shown = table("id", "kind", "title", "rules", "extends")
    for each in sets:
        shown.add_row(each.id, each.kind, each.title, str(len(each.rules)), each.extends or "")
    console().print(shown)
    return 0
