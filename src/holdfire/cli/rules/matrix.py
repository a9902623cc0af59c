"""`holdfire rules matrix`: who may engage in seven situations, by each rule set that ships."""

from __future__ import annotations

from holdfire.cli.output import Json, console, print_json, table
from holdfire.examine.answer import Answer
from holdfire.examine.matrix import matrix
from holdfire.logic.words import ROLE_WORDS
from holdfire.messages.actions import Action
from holdfire.messages.authority import Role
from holdfire.messages.caution import CAUTION

CODES = {
    Role.CREW: "CREW",
    Role.MISSION_COMMANDER: "MCDR",
    Role.AIR_OPERATIONS_COMMANDER: "AOC",
    Role.POLICE: "POL",
    Role.INTERIOR: "INT",
    Role.NATIONAL_AUTHORITY: "NAT",
}


def matrix_(*, json: Json = False) -> int:
    """Show how the rule sets that ship differ on seven situations."""
    made = matrix()
    if json:
        print_json(
            "rules-matrix",
            rulesets=list(made.rulesets),
            situations=[
                {
                    "letter": letter,
                    "id": answers[0].situation.id,
                    "title": answers[0].situation.title,
                    "really": answers[0].situation.really,
                    "engage": {found.asked.id: engaging(found) or None for found in answers},
                }
                for letter, answers in made.rows
            ],
        )
        return 0
    out = console()
    out.print("Who may engage, by six archetypes\n", style="bold")
    for letter, answers in made.rows:
        situation = answers[0].situation
        out.print(f"({letter}) {situation.title}.")
        out.print(f"    Really: {situation.really}.")
    shown = table("rule set", *(f"({letter})" for letter, _ in made.rows))
    for column, name in enumerate(made.rulesets):
        shown.add_row(name, *(code(answers[column]) for _, answers in made.rows))
    out.print()
    out.print(shown)
    used = {role for _, answers in made.rows for found in answers for role in engaging(found)}
    out.print("; ".join(f"{CODES[role]}: {ROLE_WORDS[role]}" for role in Role if role in used))
    out.print("\nArchetypes, not the rules in force of any state. Self-defence stands beside every set.")
    out.print(CAUTION)
    out.print("Why? For instance: holdfire rules explain radar-permitted --evidence medical-helicopter")
    return 0


def engaging(found: Answer) -> list[Role]:
    """Return who may authorise engaging; nobody where it is held."""
    permission = found.ruling.permitted.get(Action.ENGAGE)
    return sorted(permission.authorities) if permission else []


def code(found: Answer) -> str:
    """Return a table cell: held, or the authority in four letters."""
    return "/".join(CODES[role] for role in engaging(found)) or "held"
