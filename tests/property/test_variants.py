"""A variant equals its expansion: the same set written out in full, entry by entry, says and rules the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numba
import pytest
import yaml

from holdfire.catalogue import load_ruleset
from holdfire.logic.parse import parse
from holdfire.logic.variant import expand
from support.draws import Draws
from support.random_rules import random_held, random_rows, random_text
from support.readings import compiled

if TYPE_CHECKING:
    from pathlib import Path

Raw = dict[str, Any]

COMPILED = not vars(numba.config)["DISABLE_JIT"]
SETS, ROWS = (40, 200) if COMPILED else (6, 5)
SECTIONS = ("intent", "act", "identity", "rules")


def drawn(name: int) -> tuple[Raw, Raw, Raw]:
    """A parent, a variant of it, and what the variant stands for, written out without the help of `expand`."""
    draws = Draws(name + 5_000_000)
    parent = random_text(draws, release=True, rules=9)
    other = random_text(draws, release=True, rules=9)
    variant: Raw = {"id": "changed", "title": "Changed", "kind": "proposal", "summary": "Drawn.", "extends": "random"}
    whole: Raw = {**variant, "sources": parent["sources"]}
    del whole["extends"]
    whole |= {"roles": parent["roles"]} if "roles" in parent else {}
    remove: list[str] = []
    for section in SECTIONS:
        out, theirs = [], {each["id"]: each for each in other[section]}
        for entry in parent[section]:
            if draws.chance(0.2) and (section != "rules" or other["rules"]):
                remove.append(entry["id"])
            elif entry["id"] in theirs and draws.chance(0.4):
                variant.setdefault("replace", {}).setdefault(section, []).append(theirs[entry["id"]])
                out.append(theirs[entry["id"]])
            else:
                out.append(entry)
        new = [{**each, "id": f"{each['id']}-new"} for each in other[section] if draws.chance(0.4)]
        if section == "rules" and not out + new:
            new = [{**other["rules"][0], "id": "R-new"}]
        if new:
            variant.setdefault("add", {})[section] = new
        whole[section] = out + new
    return parent, variant | ({"remove": remove} if remove else {}), whole


@pytest.mark.parametrize("name", range(SETS))
def test_a_variant_equals_its_expansion(name: int) -> None:
    parent, variant, whole = drawn(name)
    one, other = parse(expand(variant, parent)), parse(whole)
    assert one == other
    rows, held = random_rows(name, ROWS), random_held(name, ROWS, len(other.timers()))
    for ours, theirs in zip(compiled(one, rows, held), compiled(other, rows, held), strict=True):
        assert ours.tobytes() == theirs.tobytes()


@pytest.mark.parametrize("name", range(4))
def test_a_file_that_extends_another_is_the_file_written_out(name: int, tmp_path: Path) -> None:
    parent, variant, whole = drawn(name)
    for text, called in ((parent, "random"), (variant | {"extends": "random.yaml"}, "changed"), (whole, "whole")):
        (tmp_path / f"{called}.yaml").write_text(yaml.safe_dump(text, sort_keys=False))
    one, other = (load_ruleset(str(tmp_path / f"{called}.yaml")) for called in ("changed", "whole"))
    assert one.extends == "random.yaml"
    assert replace(one, extends=None, origin=()) == other
    own = {entry["id"] for part in ("replace", "add") for each in variant.get(part, {}).values() for entry in each}
    assert dict(one.origin).keys() == {entry.id for entry in one.entries()} - own


def test_the_variants_drawn_replace_remove_and_add() -> None:
    keys = [set(drawn(name)[1]) for name in range(SETS)]
    assert all(any(key in each for each in keys) for key in ("replace", "remove", "add"))
