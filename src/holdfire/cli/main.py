"""`holdfire`: the commands, and what each exit status means.

0 answered and good; 1 answered, and a check failed; 2 the input is unusable; 3 stopped, resumable.
A command's module is imported only when that command runs, so that help comes at once.
"""

from __future__ import annotations

import os
import sys

from cyclopts import App, CycloptsError

from holdfire import __version__
from holdfire.errors import HoldfireError, InputError

STATUS = "Exit status: 0 answered and good; 1 answered, and a check failed; 2 unusable input; 3 stopped, resumable."

EXTRAS = {"z3": "verify", "asterix": "feeds", "rs1090": "feeds", "highspy": "place"}
"""What some commands need that is not always installed, and the extra that brings it."""
_NOBODY_READS = 141
"""128 and the number of SIGPIPE, as other tools end whose reader has seen enough: no script takes it for good."""


def build() -> App:
    """Return the tree of commands."""
    app = App(
        name="holdfire",
        version=__version__,
        help="Rehearse rules of engagement before anyone flies with them.\n\n"
        "holdfire analyses and rehearses; it controls nothing.",
        help_format="plaintext",  # the default, Markdown, takes half of the time
        help_epilogue=STATUS,
    )
    for name, summary in {
        "demo": "Rehearse the night of 9 to 10 September 2025 over Poland under five rule sets.",
        "run": "Rehearse a scenario under each of its options, and keep what came of it.",
        "compare": "Compare the options of a study: every figure with its interval.",
        "stress": "Try assumed numbers at both ends of their ranges: which turn an answer round?",
        "explore": "Rehearse a few nights at each of many points of what nobody knows.",
        "answer": "Say what survives ignorance: trade-off, regret, and which unknown flips what.",
        "brief": "Write a brief of two pages, every number of which leads to its run and night.",
        "claim": "Check a claim: supported, contradicted or not decidable, and what turns it.",
        "trace": "Tell one aircraft's night, ruling by ruling.",
        "report": "Write one page of a study: comparison, map, and nights to be played.",
        "ladder": "Show a ladder of escalation, or how high both sides come on it in a study.",
        "validate": "Hold a scenario against what really happened.",
        "coverage": "Say how much of a border is watched, at which heights, and how long an intruder is unseen.",
        "options": "List the options of the catalogue, or what each would change in a scenario.",
        "track": "Make an air picture of radar recordings, and hold it against the truth.",
    }.items():
        app.command(f"holdfire.cli.{name}:{name}_", name=name, help=summary)
    rules = App(
        name="rules",
        help="Read, check, show and explain rule sets.",
        help_format="plaintext",
        help_epilogue=STATUS,
    )
    app.command(rules)
    for name, summary in {
        "list": "List the rule sets that ship.",
        "show": "Show one rule set as a table, with its sources.",
        "check": "Check rule-set files: every error at once, with its line and column.",
        "diff": "Say exactly where two sets rule differently, or prove that they nowhere do.",
        "seams": "Say where the same aircraft meets another ruling across a border, a flag or a chain of command.",
        "explain": "Say what a set permits on some evidence, why, and what is missing.",
        "compose": "Show which sets bind a crew together, who must agree, and who withholds.",
        "margin": "Find the smallest change of evidence that turns a ruling.",
        "history": "Try rule sets against historical cases, for both kinds of error.",
        "inject": "Rule on a historical case moment by moment, then see every set and the truth.",
        "prove": "Prove properties of a rule set over all evidence, or show where it breaks them.",
        "verify-certificate": "Check a certificate of `rules prove` again.",
        "matrix": "Show how the rule sets that ship differ on thirteen situations.",
        "schema": "Print the JSON Schema of a file, for editors.",
    }.items():
        module = name.replace("-", "_")
        rules.command(f"holdfire.cli.rules.{module}:{module}_", name=name, help=summary)
    scenario = App(
        name="scenario",
        help="List, check and begin scenarios.",
        help_format="plaintext",
        help_epilogue=STATUS,
    )
    app.command(scenario)
    for name, summary in {
        "list": "List the scenarios that ship.",
        "check": "Check scenario files: every error at once, with its line and column.",
        "new": "Write a small scenario to begin from.",
        "schema": "Print the JSON Schema of a scenario file, for editors.",
    }.items():
        scenario.command(f"holdfire.cli.scenario.{name}:{name}_", name=name, help=summary)
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    tokens = sys.argv[1:] if arguments is None else arguments
    sys.exit(run(tokens))


def run(tokens: list[str]) -> int:
    """Run one command; return its exit status."""
    try:
        result = build()(tokens, exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except CycloptsError as error:
        command = " ".join(["holdfire", *(error.command_chain or ())])
        return _refuse(error, tokens, hint=f"Try: {command} --help")
    except (HoldfireError, ImportError) as error:
        told = _missing(error) if isinstance(error, ImportError) else error
        _refuse(told, tokens)
        return told.exit_status
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        return 3
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NOBODY_READS
    except OSError as error:  # of the output: what is read has its own errors
        sys.stderr.write(f"the output cannot be written ({error.strerror}): free some space, or name another place\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    return int(result or 0)


def _missing(error: ImportError) -> HoldfireError:
    """Return what to say of a module that an extra brings; raises the error again where none does."""
    cause = error.__cause__ if isinstance(error.__cause__, ImportError) else error
    if cause.name not in EXTRAS:
        raise error
    extra = EXTRAS[cause.name]
    return InputError(f"{cause.name} is not installed: pip install 'holdfire[{extra}]' brings it")


def _refuse(error: Exception, tokens: list[str], hint: str | None = None) -> int:
    from holdfire.cli.output import print_fault

    print_fault(error, as_json="--json" in tokens)
    if hint:
        sys.stderr.write(f"{hint}\n")
    return 2
