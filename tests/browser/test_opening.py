"""A report opens from disk without a network, at both widths, and says what state it is in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from support import report_document as made

if TYPE_CHECKING:
    from support.browser import Opened

pytest_plugins = ("support.browser",)
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.mark.parametrize("width", [1280, 390])
def test_opens_offline_and_fits_the_window(opened: Opened, report: str, width: int) -> None:
    page = opened(report, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("state", "said"), [("unfinished", "not finished"), ("broken", "broken")])
def test_half_a_study_says_so_and_shows_what_there_is(opened: Opened, state: str, said: str) -> None:
    document = made.document(films=0) | {
        "state": state, "problems": ["chunk 3 of 4 is missing: holdfire run made-up --resume --out results"],
        "comparison": None, "ladder": None, "stress": None, "validation": None, "map": None, "sentences": [],
    }  # fmt: skip
    page = opened(made.written(document, []), night=False)
    banner = page.locator("section.problems").inner_text()
    assert said in banner
    assert "chunk 3 of 4 is missing" in banner
    assert "no comparison" in page.locator("main").inner_text()
    assert page.locator("#assumptions").is_visible()


def test_what_was_tried_beforehand_is_said_to_be_of_other_nights(opened: Opened) -> None:
    document = made.document(films=0)
    by = {"seed": 7, "version": "0.0.9", "same_code": False}
    document = document | {"stress": document["stress"] | {"beforehand": by}}
    lead = opened(made.written(document, []), night=False).locator("#assumptions .lead").inner_text()
    assert "20 nights of seed 7, rehearsed beforehand with holdfire 0.0.9: not the nights" in lead


def test_broken_study_still_shows_its_comparison(opened: Opened) -> None:
    document = made.document(films=0) | {"state": "broken", "problems": ["nights.parquet cannot be read"], "map": None}
    page = opened(made.written(document, []), night=False)
    assert page.locator("[data-chart=stopped]").is_visible()


def test_broken_film_is_said_and_the_rest_shown(opened: Opened) -> None:
    text = made.small()
    start = text.index('id="film-0">') + len('id="film-0">')
    page = opened(text[: start + 400] + text[text.index("</script>", start) :])
    assert page.locator("[data-chart=stopped]").is_visible()
    page.locator(".chooser select").first.select_option(index=0)
    page.locator(".fault").wait_for()
    assert "night 4 cannot be shown" in page.locator(".fault").inner_text()


def test_page_without_report_says_how_to_make_one(opened: Opened) -> None:
    page = opened(made.PAGE.read_text("utf-8"), night=False)
    assert "holdfire report" in page.locator("[role=alert]").inner_text()


def test_title_is_the_scenario(opened: Opened) -> None:
    assert opened(made.small()).title() == made.document()["scenario"]["title"]
