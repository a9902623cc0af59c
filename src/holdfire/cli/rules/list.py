"""`holdfire rules list`."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from holdfire.catalogue import ids, load_ruleset
from holdfire.cli.output import Json
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.examine.computed import HOST, STRICT
from holdfire.logic.ruleset import SetKind

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet

KINDS = get_args(SetKind)
COMPUTED = (
    (STRICT, "What every national reconstruction permits: their intersection"),
    (f"{HOST}:SET", "The host's set, which binds every flag"),
)


def list_(*, json: Json = False, html: Html = None) -> int:
    """List the rule sets that ship."""
    sets = [load_ruleset(name) for name in ids("rulesets")]
    data = {
        "rulesets": [
            {
                "id": each.id,
                "title": each.title,
                "kind": each.kind,
                "summary": each.summary,
                "extends": each.extends,
                "effective_from": each.effective_from.isoformat() if each.effective_from else None,
                "criteria": len(each.criteria),
                "rules": len(each.rules),
            }
            for each in sets
        ],
        "computed": [{"name": name, "title": title} for name, title in COMPUTED],
    }
    sheet = Sheet("Rule sets that ship")
    for kind in dict.fromkeys(each.kind for each in sorted(sets, key=lambda each: KINDS.index(each.kind))):
        rows = [(each.id, _title(each), str(len(each.rules))) for each in sets if each.kind == kind]
        sheet.table(("id", "title", "rules"), rows, title=kind.capitalize())
    sheet.say("Computed from them, not proposals, wherever a command shows, proves or rules on evidence:")
    sheet.table(("name", "what it is"), COMPUTED)
    present(sheet, "rules-list", data, json=json, html=html)
    return 0


def _title(ruleset: RuleSet) -> str:
    return f"{ruleset.title} (a variant of {ruleset.extends})" if ruleset.extends else ruleset.title
