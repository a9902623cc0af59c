"""axe-core finds no serious fault, in both themes and at both widths; print shows tables and no controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support import report_document as made

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from support.browser import Opened

pytest_plugins = ("support.browser",)
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_serious(opened: Opened, report: str, width: int, theme: str) -> None:
    assert serious_in(opened(report, width, theme)) == []


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_nor_does_it_in_the_other_theme(opened: Opened, width: int, theme: str) -> None:
    assert serious_in(opened(made.small(), width, theme)) == []


def serious_in(page: Page) -> list[tuple[str, list[str]]]:
    from axe_playwright_python.sync_playwright import Axe

    page.get_by_role("button", name="Keys").click()
    for table in page.get_by_role("button", name="Table").all():
        table.click()
    found = Axe().run(page).response["violations"]
    serious = [fault for fault in found if fault["impact"] in {"serious", "critical"}]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in serious]


def test_theme_can_be_turned(opened: Opened, report: str) -> None:
    page = opened(report, theme="dark")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "light"


def test_print_has_tables_and_no_controls(opened: Opened, report: str) -> None:
    page = opened(report)
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    assert not page.locator("canvas, .controls, nav").filter(visible=True).count()
    regions = page.locator(".sheet")
    assert regions.count() > 0
    assert all(region.locator("table").first.is_visible() for region in regions.all())
    assert page.locator("#story .verdict").first.is_visible()
