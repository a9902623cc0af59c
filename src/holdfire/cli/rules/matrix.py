"""`holdfire rules matrix`: who may engage in thirteen situations, by each rule set that ships."""

from __future__ import annotations

from holdfire.cli.output import Json
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.examine.matrix import CODES, Matrix, engaging, matrix
from holdfire.logic.words import ROLE_WORDS
from holdfire.messages.authority import Role
from holdfire.messages.caution import CAUTION


def matrix_(*, json: Json = False, html: Html = None) -> int:
    """Show how the rule sets that ship differ on thirteen situations."""
    made = matrix()
    present(_sheet(made), "rules-matrix", _data(made), json=json, html=html)
    return 0


def _data(made: Matrix) -> dict[str, object]:
    return {
        "rulesets": list(made.rulesets),
        "situations": [
            {
                "letter": letter,
                "id": answers[0].situation.id,
                "title": answers[0].situation.title,
                "really": answers[0].situation.really,
                "engage": {found.asked.id: engaging(found) or None for found in answers},
            }
            for letter, answers in made.rows
        ],
        "caution": CAUTION,
    }


def _sheet(made: Matrix) -> Sheet:
    sheet = Sheet("Who may engage, by every rule set that ships")
    for letter, answers in made.rows:
        situation = answers[0].situation
        sheet.say(f"({letter}) {situation.title}.")
        sheet.say(f"Really: {situation.really}.", indent=2)
    for title, letters, rows in made.tables():
        sheet.table(("rule set", *(f"({letter})" for letter in letters)), rows, title=title)
    used = {role for _, answers in made.rows for found in answers for role in engaging(found)}
    sheet.say("; ".join(f"{CODES[role]}: {ROLE_WORDS[role]}" for role in Role if role in used))
    sheet.say(
        "Archetypes, reconstructions and a negative control, not the rules in force of any state; harmonised-strict "
        "is computed and no proposal. Self-defence stands beside every set."
    )
    sheet.say(CAUTION)
    sheet.say("Why? For instance: holdfire rules explain radar-permitted --evidence medical-helicopter")
    return sheet
