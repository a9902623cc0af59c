"""What a rule may ask: every item is sound, and the items fit the records."""

from __future__ import annotations

import re
from math import inf
from typing import get_args

import pytest

from holdfire.messages.actions import ALL_ACTIONS, BIT, Action, bits
from holdfire.messages.evidence import INFORMANTS
from holdfire.messages.vocabulary import INDEX, ITEM, ITEMS, KINDS_OF_SENSOR, STATES, Item, Kind
from holdfire.units import Unit

SUFFIXES: dict[Unit, str] = {"m": "_m", "s": "_s", "m/s": "_m_s", "people": "people_"}

every_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)


def test_the_items_fit_the_bits_of_a_word() -> None:
    assert len(ITEMS) <= 64


def test_numbers_stand_last() -> None:
    kinds = [item.kind is Kind.NUMBER for item in ITEMS]
    assert kinds == sorted(kinds)


def test_names_are_unique_and_found() -> None:
    assert len(ITEM) == len(INDEX) == len(ITEMS)
    assert [ITEM[item.name] for item in ITEMS] == list(ITEMS)
    assert [ITEMS[INDEX[item.name]] for item in ITEMS] == list(ITEMS)


def test_no_item_takes_the_name_of_an_assessment() -> None:
    assert not {"intent", "act", "identity"} & ITEM.keys()


@every_item
def test_an_item_says_what_it_means(item: Item) -> None:
    assert item.meaning.strip()
    assert not item.meaning.endswith(".")
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", item.name)


@every_item
def test_an_item_has_an_age_beyond_which_it_is_unknown(item: Item) -> None:
    assert 0 < item.max_age_s <= inf


@every_item
def test_the_values_of_an_item_are_unique_and_few_enough(item: Item) -> None:
    assert len(set(item.values)) == len(item.values)
    most = {Kind.CHOICE: 64, Kind.FLAG: 2, Kind.SET: 16, Kind.NUMBER: 0}[item.kind]
    assert len(item.values) <= most
    assert bool(item.values) == (item.kind is not Kind.NUMBER)


@every_item
def test_a_number_has_its_unit_in_its_name(item: Item) -> None:
    assert item.unit in get_args(Unit)
    if item.kind is not Kind.NUMBER:
        assert item.unit == ""
    elif item.unit == "people":
        assert item.name.startswith(SUFFIXES["people"])
    elif item.unit == "m/s":
        assert item.name.endswith(SUFFIXES["m/s"])
    else:
        assert item.name.endswith(SUFFIXES[item.unit])
        assert not item.name.endswith("_m_s")


@every_item
def test_a_flag_is_false_or_true_in_that_order(item: Item) -> None:
    if item.kind is Kind.FLAG:
        assert item.values == ("false", "true")


def test_the_items_about_actions_name_them_all_in_order() -> None:
    assert ITEM["done"].values == tuple(action.value for action in ALL_ACTIONS)


def test_states_are_two_letters_or_none() -> None:
    assert all(re.fullmatch(r"[A-Z]{2}", state) for state in STATES[:-1])
    assert STATES[-1] == "none"
    assert list(STATES[:-1]) == sorted(STATES[:-1])


def test_every_kind_of_sensor_can_inform() -> None:
    assert set(KINDS_OF_SENSOR) <= set(INFORMANTS)


def test_actions_have_a_bit_each_and_observing_is_the_first() -> None:
    assert ALL_ACTIONS[0] is Action.OBSERVE
    assert [BIT[action] for action in ALL_ACTIONS] == [1 << place for place in range(len(ALL_ACTIONS))]
    assert bits(ALL_ACTIONS) == (1 << len(ALL_ACTIONS)) - 1
    assert bits([Action.HAIL, Action.HAIL]) == BIT[Action.HAIL]
    assert bits([]) == 0
