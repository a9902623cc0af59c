"""On the page of a real study a reader finds why a drone was let be under one option and engaged under the other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from holdfire.catalogue import load_ruleset
from support.film_reader import films_in, report_in
from support.short_study import LOOK, RADAR, ShortStudy, short_study

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from support.browser import Opened

pytest_plugins = ("support.browser",)
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.compiled]


@pytest.fixture(scope="module")
def study() -> ShortStudy:
    return short_study()


def shown(page: Page, name: str) -> Any:
    return page.evaluate(f"holdfire.shown.get().{name}")


def engaged_s(study: ShortStudy, option: str) -> float:
    asked = "SELECT engaged_s FROM read_parquet(?) WHERE option = ? AND replication = ? AND name = ?"
    with duckdb.connect() as connection:
        table = str(study.folder / "aircraft.parquet")
        row = connection.execute(asked, [table, option, study.night, study.drone]).fetchone()
    assert row
    return float(row[0])


def because(ruleset: str, rule: str) -> str:
    return next(each.because for each in load_ruleset(ruleset).rules if each.id == rule)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_opens_at_the_question_and_answers_it(opened: Opened, study: ShortStudy, width: int) -> None:
    page = opened(study.page, width)
    assert shown(page, "film.header.replication") == study.night
    assert (shown(page, "options"), shown(page, "selected")) == ([LOOK, RADAR], study.drone)
    parting = page.locator("[data-part=parting]").inner_text()
    assert parting.startswith("Not engaged under “Force only after a look”")
    start = datetime.fromisoformat(report_in(study.page)["scenario"]["start"])
    clock = (start + timedelta(seconds=engaged_s(study, RADAR))).strftime("%H:%M:%S")
    assert f"Engaged under “Force on radar data”, at {clock}: shot down." in parting
    held, fired = (page.locator(f"[data-story={option}] [data-part=decisive]").inner_text() for option in (LOOK, RADAR))
    for said in (
        "engage is withheld",
        "VC-1",
        because("visual-confirmation", "VC-1"),
        "visual class one-way-attack-type",
    ):
        assert said in held
    assert load_ruleset("visual-confirmation").title in held
    turned = "occupancy had been uncrewed instead of not known and visual class had been one-way-attack-type"
    assert f"Force permitted, if {turned}" in held
    for said in ("engage is permitted, by air-operations-commander", "RP-1", because("radar-permitted", "RP-1")):
        assert said in fired


def test_the_drone_is_found_on_the_map_too(opened: Opened, study: ShortStudy) -> None:
    page = opened(study.page)
    film = films_in(study.page)[study.night]
    names = [one["name"] for one in film.header["aircraft"]]
    mine = [
        series for place, series in film.header["truth"] + film.header["own"][0]["truth"] if names[place] == study.drone
    ]
    step = film.header["series"][mine[0]]["first"] + 10
    east, north, _ = film.series[mine[0]][10] * 50.0
    page.evaluate(f"holdfire.shown.set({{ selected: null }}); holdfire.go({10 * step})")
    view = page.evaluate("({ ...holdfire.view, width: holdfire.pane(0).width, height: holdfire.pane(0).height })")
    x, y = (
        view["width"] / 2 + (east - view["east"]) * view["scale"],
        view["height"] / 2 - (north - view["north"]) * view["scale"],
    )
    page.locator(".map").first.click(position={"x": x, "y": y})
    assert shown(page, "selected") == study.drone
    page.locator("[data-side='0']").select_option(RADAR)
    assert page.locator("[data-story]").count() == 1
    assert "shot down" in page.locator(f"[data-story={RADAR}] [data-part=verdict]").inner_text()


def pressed_until(page: Page, key: str, reached: str) -> None:
    """Press a key until something is so."""
    for _ in range(200):
        page.keyboard.press(key)
        if page.evaluate(reached):
            return
    pytest.fail(f"{key} never leads to {reached}")


def test_keys_alone_lead_to_the_answer(opened: Opened, study: ShortStudy) -> None:
    page = opened(study.page, 390)
    page.evaluate("holdfire.shown.set({ selected: null })")
    pressed_until(page, "Tab", "document.activeElement.hash === '#night'")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    pressed_until(page, "]", f"holdfire.shown.get().selected === '{study.drone}'")
    pressed_until(page, "Tab", f"document.activeElement.matches('[data-story={LOOK}] [data-part=decisive] summary')")
    page.keyboard.press("Enter")
    known = page.locator(f"[data-story={LOOK}] [data-part=decisive] details").first
    assert known.get_attribute("open") is not None
    assert "airspace" in known.inner_text()
    assert because("visual-confirmation", "VC-1") in page.locator(f"[data-story={LOOK}]").inner_text()
