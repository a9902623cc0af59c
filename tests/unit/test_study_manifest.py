"""Plans and manifests: what was run, and what may be added to it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from holdfire.errors import InputError, UnknownNameError, UnreadableError
from holdfire.study import manifest as manifests
from holdfire.study.plan import chunks
from holdfire.study.subject import chosen
from support.fake_engine import FakeEngine, subject

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.study.manifest import Manifest
    from holdfire.study.subject import Subject


def made(about: Subject | None = None, seed: int = 1, replications: int = 20) -> Manifest:
    return manifests.make(about or subject(), seed, replications, 10)


@pytest.mark.parametrize("replications", [1, 9, 10, 11, 200])
def test_chunks_hold_every_replication_once(replications: int) -> None:
    plan = chunks(replications)
    assert [each for chunk in plan for each in chunk.replications] == list(range(replications))
    assert [chunk.index for chunk in plan] == list(range(len(plan)))
    assert all(chunk.first % 10 == 0 for chunk in plan)


def test_a_manifest_builds_its_engine_again(tmp_path: Path) -> None:
    manifests.write(tmp_path, made())
    engine = manifests.recipe(manifests.read(tmp_path)).build()
    assert isinstance(engine, FakeEngine)
    assert tuple(engine.options) == tuple(subject().options)
    assert engine.scenario == subject().data


def test_a_manifest_is_json_of_all_that_a_reader_needs(tmp_path: Path) -> None:
    manifests.write(tmp_path, made())
    text = json.loads((tmp_path / "manifest.json").read_text())
    assert text == made()
    assert {"scenario", "options", "seed", "library", "versions", "platform", "assumptions", "bibliography"} <= set(
        text
    )
    assert {"holdfire", "source", "python", "numpy", "numba"} <= set(text["versions"])
    assert text["scenario"]["sha256"] == manifests.digest(json.dumps(dict(subject().data), sort_keys=True))


def test_the_same_is_resumed_and_more_too(tmp_path: Path) -> None:
    manifests.refuse_other(made(), made(), tmp_path)
    manifests.refuse_other(made(), made(replications=21), tmp_path)
    with pytest.raises(InputError, match="begun with 20 replications and 19 are asked: more may be asked, not fewer"):
        manifests.refuse_other(made(), made(replications=19), tmp_path)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (made(seed=2), "seed: 1 there, 2 asked"),
        (made(subject(size=4)), "scenario.data.size: 3 there, 4 asked"),
        (made(subject(wind=1)), "scenario.data.wind: nothing there, 1 asked"),
        (made(replace(subject(), options={"as-was": "As it was"})), r"options\[1\]: a mapping there, nothing asked"),
        (made(replace(subject(), library={"rulesets/visual.yaml": "1"})), "library.rulesets/visual.yaml: '000"),
        ({**made(), "versions": {**made()["versions"], "numpy": "9.9"}}, "versions.numpy: '.*' there, '9.9' asked"),
    ],
)
def test_anything_else_is_refused_by_the_field_with_both_values(tmp_path: Path, other: Manifest, said: str) -> None:
    with pytest.raises(InputError, match=said):
        manifests.refuse_other(made(), other, tmp_path)


def test_many_differences_are_counted(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="and 6 more"):
        manifests.refuse_other(made(), made(subject(**{f"item{index}": index for index in range(9)})), tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"document": "comparison"}', "\x00"])
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(UnreadableError, match=r"manifest\.json"):
        manifests.read(tmp_path)


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="holds no results"):
        manifests.read(tmp_path)


def test_options_are_chosen_in_the_order_asked() -> None:
    available = ("as-was", "radar-permitted", "visual")
    assert chosen(available, None) == available
    assert chosen(available, "visual, as-was") == ("visual", "as-was")
    with pytest.raises(UnknownNameError, match="did you mean 'radar-permitted'"):
        chosen(available, "radar-permited")
    with pytest.raises(InputError, match="named 2 times"):
        chosen(available, "visual,visual")
    with pytest.raises(InputError, match="has an empty name"):
        chosen(available, " , ")
