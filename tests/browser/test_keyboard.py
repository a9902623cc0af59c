"""Everything can be reached and done by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from support.browser import Opened

pytest_plugins = ("support.browser",)
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

REACHED = """() => {
  const all = [...document.querySelectorAll("a[href], button, select, input, summary, [tabindex='0']")];
  const there = all.filter((one) => !one.disabled && one.checkVisibility({ visibilityProperty: true }));
  return [there.length, there.filter((one) => !one.dataset.reached).map((one) => one.outerHTML.slice(0, 120))];
}"""


def state(page: Page, name: str) -> Any:
    return page.evaluate(f"holdfire.{name}")


@pytest.mark.parametrize("width", [1280, 390])
def test_tab_reaches_everything(opened: Opened, report: str, width: int) -> None:
    page = opened(report, width)
    many, _ = page.evaluate(REACHED)
    for _ in range(many + 5):
        page.keyboard.press("Tab")
        page.evaluate("if (document.activeElement) document.activeElement.dataset.reached = 'yes'")
    assert page.evaluate(REACHED)[1] == []


def test_keys_play_and_move(opened: Opened, report: str) -> None:
    page = opened(report)
    page.locator(".map").first.focus()
    page.keyboard.press("Home")
    for key, moved in (("ArrowRight", 10), ("Shift+ArrowRight", 310), ("ArrowLeft", 300), ("Shift+ArrowLeft", 0)):
        page.keyboard.press(key)
        assert state(page, "t") == moved
    page.keyboard.press("End")
    assert state(page, "t") == state(page, "duration_s")
    page.keyboard.press("Home")
    page.keyboard.press("5")
    page.keyboard.press("Space")
    page.wait_for_timeout(600)
    assert state(page, "shown.get().playing") is True
    page.keyboard.press("Space")
    assert state(page, "shown.get().playing") is False
    assert state(page, "t") > 5


def test_keys_zoom_pan_and_select(opened: Opened, report: str) -> None:
    page = opened(report)
    page.locator(".map").first.focus()
    scale, east = state(page, "view.scale"), state(page, "view.east")
    page.keyboard.press("+")
    assert state(page, "view.scale") == pytest.approx(1.5 * scale)
    page.keyboard.press("Alt+ArrowRight")
    assert state(page, "view.east") > east
    page.keyboard.press("-")
    page.keyboard.press("0")
    assert state(page, "view.scale") == pytest.approx(scale)
    before = state(page, "shown.get().selected")
    page.keyboard.press("]")
    assert state(page, "shown.get().selected") != before
    page.keyboard.press("[")
    assert state(page, "shown.get().selected") == before
    page.keyboard.press("?")
    assert page.get_by_role("region", name="Keys").is_visible()


def test_options_tables_and_rulings_open_by_keys(opened: Opened, report: str) -> None:
    page = opened(report)
    chooser = page.locator("[data-side='0']")
    chooser.focus()
    before = chooser.input_value()
    page.keyboard.press("ArrowDown")
    assert chooser.input_value() != before
    assert state(page, "shown.get().options[0]") == chooser.input_value()
    table = page.get_by_role("button", name="Table").first
    table.focus()
    page.keyboard.press("Enter")
    assert table.get_attribute("aria-expanded") == "true"
    ruling = page.locator("#story summary").first
    ruling.focus()
    was = page.locator("#story details").first.get_attribute("open")
    page.keyboard.press("Enter")
    assert page.locator("#story details").first.get_attribute("open") != was


def test_keys_do_not_take_what_others_need(opened: Opened, report: str) -> None:
    page = opened(report)
    page.locator("#again").scroll_into_view_if_needed()
    page.evaluate("document.activeElement.blur()")
    time = state(page, "t")
    page.keyboard.press("ArrowRight")
    assert state(page, "t") == time
