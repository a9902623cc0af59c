"""Zen-engine beside holdfire on one decision table of twenty rows: the same question, the same evidence, one run.

Both are made from `ROWS`. A row is a permission to engage; the first row that fits is the answer. Zen takes a
dictionary and gives one. It is measured twice: as its documentation shows it (`create_decision` and `evaluate`), and
with the table compiled ahead by a static loader, which is its fastest way. Holdfire is measured by dictionaries, one at
a time, and by rows of records, all in one call. What the batch saves beside zen is mostly the overhead of calls.
"""

from __future__ import annotations

import json
import statistics
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import zen

from holdfire import seed
from holdfire.assess.table import assess_rows, criteria_table
from holdfire.logic.kernels import observe
from holdfire.logic.parse import parse
from holdfire.logic.table import atoms, bits_for, plan
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.evidence import Basis, Evidence, Known
from holdfire.messages.layout import ASSESSMENT, RULING, evidence_records
from holdfire.messages.vocabulary import ITEM
from holdfire.rules.table import rule_rows, rule_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

Given = dict[str, str | float]

ENGAGE = ALL_ACTIONS.index(Action.ENGAGE)
TRACKS, ROUNDS = 2000, 7
NAMED, NUMBERS = ("airspace", "transponder", "occupancy"), ("speed_m_s", "cpa_m")
ROWS: list[dict[str, Any]] = [
    {
        "airspace": ["own", "allied"] if row % 4 == 0 else ["own"],
        "transponder": [ITEM["transponder"].values[row % 8], ITEM["transponder"].values[(3 * row + 1) % 8]],
        "speed_m_s": 60.0 + 11.0 * row,
        "cpa_m": 9000.0 - 300.0 * row,
        **({"occupancy": ["uncrewed"]} if row % 2 else {}),
    }
    for row in range(20)
]
"""What each row asks: one of these names; at least this speed; at most this distance of approach."""


def evidence(count: int) -> list[Given]:
    """Return what is known of many aircraft, every item of it, drawn evenly."""
    out: list[Given] = []
    for row in range(count):
        u = [seed.uniform(2, 0, row, place, 0, 0, 0) for place in range(5)]
        names = {name: ITEM[name].values[int(v * len(ITEM[name].values))] for name, v in zip(NAMED, u, strict=False)}
        out.append({**names, "speed_m_s": round(300.0 * u[3], 1), "cpa_m": round(20_000.0 * u[4], 0)})
    return out


class Zen:
    """The table as a JSON decision model."""

    def __init__(self) -> None:
        fields = (*NAMED, *NUMBERS)
        rules = [
            {
                "_id": f"r{row}",
                "row": str(row),
                **{f"i{place}": _asked(each, name) for place, name in enumerate(fields)},
            }
            for row, each in enumerate(ROWS)
        ]
        table = {
            "hitPolicy": "first",
            "inputs": [{"id": f"i{place}", "name": name, "field": name} for place, name in enumerate(fields)],
            "outputs": [{"id": "row", "name": "row", "field": "row"}],
            "rules": rules,
        }
        nodes = [("in", "inputNode", {}), ("table", "decisionTableNode", table), ("out", "outputNode", {})]
        place = {"x": 0, "y": 0}
        model: dict[str, Any] = {
            "nodes": [{"id": i, "name": i, "type": kind, "position": place, "content": c} for i, kind, c in nodes],
            "edges": [
                {"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b}
                for a, b in (("in", "table"), ("table", "out"))
            ],
        }
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": {"table": model}}})
        self.decision = self.engine.create_decision(json.dumps(model))

    def documented(self, given: Given) -> int:
        """Return the first row that fits, or -1, as the documentation shows it."""
        found: dict[str, int] | None = self.decision.evaluate(given)["result"]
        return found["row"] if found else -1

    def loaded(self, given: Given) -> int:
        """Return the same from the table that a loader has compiled."""
        found: dict[str, int] | None = self.engine.evaluate("table", given)["result"]
        return found["row"] if found else -1


def _asked(row: dict[str, Any], name: str) -> str:
    if name not in row:
        return ""
    if name in NAMED:
        return ", ".join(f'"{value}"' for value in row[name])
    return f"{'>=' if name == 'speed_m_s' else '<='} {row[name]}"


class Holdfire:
    """The table as a rule set, compiled."""

    def __init__(self) -> None:
        rules = [
            {"id": f"R-{row}", "permit": ["engage"], "by": "crew", "when": _when(each), "because": "Measured.",
             "source": ["own"]}
            for row, each in enumerate(ROWS)
        ]  # fmt: skip
        head = {"id": "twenty-rows", "title": "Twenty rows", "kind": "hypothetical", "summary": "To be measured."}
        self.ruleset = parse(
            {**head, "sources": [{"id": "own", "title": "Made up", "grade": "assumed"}], "rules": rules}
        )
        made = plan(self.ruleset)
        self.atoms = atoms(made)
        self.criteria = criteria_table(self.ruleset, made)
        self.rules = rule_table(self.ruleset, made, self.atoms.assessed)
        self.room = {count: (bits_for(count, made.words), np.zeros(count, ASSESSMENT), np.zeros(count, RULING),
                             np.zeros((count, 0, 2))) for count in (1, TRACKS)}  # fmt: skip

    def batch(self, rows: Records) -> NDArray[np.int16]:
        """Return the first row that fits, or -1, of many records at once."""
        found, assessed, ruled, held = self.room[rows.size]
        observe(self.atoms, rows, held, found)
        assess_rows(self.criteria, found, assessed)
        rule_rows(self.rules, found, assessed, ruled)
        out: NDArray[np.int16] = ruled["rule"][:, ENGAGE]
        return out

    def one(self, given: Given) -> int:
        """Return the same of one dictionary."""
        return int(self.batch(records([given]))[0])


def _when(row: dict[str, Any]) -> dict[str, Any]:
    numbers = {"speed_m_s": {"at_least": row["speed_m_s"]}, "cpa_m": {"at_most": row["cpa_m"]}}
    return {**{name: row[name] for name in NAMED if name in row}, **numbers}


def records(given: list[Given]) -> Records:
    """Return records of evidence, exact and as of now."""
    rows = [Evidence(Basis.HYPOTHETICAL, {name: Known(v, 0.0) for name, v in each.items()}) for each in given]
    return evidence_records(rows)


def microseconds(call: Callable[[], object], rulings: int) -> float:
    """Return the CPU microseconds a ruling, the median of some rounds."""
    spent = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        call()
        spent.append((time.process_time() - begin) / rulings * 1e6)
    return statistics.median(spent)


def measure() -> dict[str, float]:
    """Return CPU microseconds a ruling of both, and their ratios; refuses to compare what answers differently."""
    given = evidence(TRACKS)
    peer, ours, rows = Zen(), Holdfire(), records(given)
    answers = ours.batch(rows).tolist()
    few = given[:200]
    if answers != [peer.loaded(each) for each in given] or answers[:200] != [peer.documented(each) for each in few]:
        message = "zen-engine and holdfire answer differently: nothing is compared"
        raise ValueError(message)
    assert answers[:200] == [ours.one(each) for each in few]  # noqa: S101
    documented = microseconds(lambda: [peer.documented(each) for each in few], len(few))
    loaded = microseconds(lambda: [peer.loaded(each) for each in given], TRACKS)
    one = microseconds(lambda: [ours.one(each) for each in few], len(few))
    batch = microseconds(lambda: [ours.batch(rows) for _ in range(20)], 20 * TRACKS)
    return {
        "zen_documented_us": documented, "zen_loaded_us": loaded, "one_us": one, "batch_us": batch,
        "zen_single_ratio": documented / one, "zen_batch_ratio": documented / batch,
        "zen_loaded_single_ratio": loaded / one, "zen_loaded_batch_ratio": loaded / batch,
        "zen_answers_share": sum(answer >= 0 for answer in answers) / TRACKS,
    }  # fmt: skip


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:28}{value:>16,.4g}")
