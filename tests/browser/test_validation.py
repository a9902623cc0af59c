"""What a validation cannot say is said: no public figure, no score, and what was fitted or could not be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support import report_document as made

if TYPE_CHECKING:
    from support.browser import Opened

pytest_plugins = ("support.browser",)
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def test_fact_without_a_public_figure_says_so(opened: Opened) -> None:
    page = opened(made.small())
    fact = page.locator("[data-chart=take-off]")
    assert "observed not public" in fact.inner_text()
    assert "Not scored: no public figure." in fact.inner_text()
    assert fact.locator("rect.observed").count() == 0
    assert "observed at least 1" in page.locator("[data-chart=stray]").inner_text()


def test_each_fact_and_each_sentence_of_the_reading_is_there(opened: Opened) -> None:
    page = opened(made.small())
    told = made.document()["validation"]
    page.get_by_role("button", name="Table of observations").click()
    table = page.locator("#validation table")
    assert table.locator("tbody tr").count() == len(told["facts"])
    for naive in filter(None, (fact["naive"] for fact in told["facts"])):
        assert naive["how"] in table.inner_text()
    said = page.locator("#validation .reading").inner_text()
    for sentence in (*told["reading"], *told["left_out"], *told["not_left_out"], told["fitted"][0]["what"]):
        assert sentence in said
