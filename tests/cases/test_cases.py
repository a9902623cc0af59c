"""Cases that a lawyer can read: a situation, a rule set, the answer and its reasons. A new file is a new test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from holdfire.catalogue import load_ruleset, load_situation
from holdfire.examine.answer import answer
from holdfire.messages.actions import Action
from holdfire.reader.document import read

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
CASES = [(path, index) for path in FILES for index in range(len(read(path).data))]  # type: ignore[arg-type]


@pytest.mark.parametrize(("path", "index"), CASES, ids=lambda value: getattr(value, "stem", value))
def test_case(path: Path, index: int) -> None:
    cases: Any = read(path).data
    case = cases[index]
    ruling = answer(load_ruleset(case["ruleset"]), load_situation(case["situation"])).ruling
    action = Action(case["action"])
    permission = ruling.permitted.get(action)
    if case["answer"] == "permitted":
        assert permission is not None, case["name"]
        assert sorted(permission.authorities) == case["by"]
        assert [state.rule for state in permission.rules] == case["rules"]
        assert [state.rule for state in permission.let_go] == case.get("let_go", [])
    else:
        assert permission is None, case["name"]
        withheld = ruling.withheld[action]
        assert [state.rule for state in withheld.forbidden_by] == case.get("forbidden_by", [])
        assert list(withheld.caveats) == [case["ruleset"]]
