"""The night plays, an aircraft is clicked, its story is told under each option."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from support import report_document as made
from support.report_film import UNIT_M

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from support.browser import Opened

pytest_plugins = ("support.browser",)
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


WIDTHS = pytest.mark.parametrize("width", [1280, 390])


def time_of(page: Page) -> float:
    return float(page.evaluate("holdfire.t"))


def shown(page: Page, name: str) -> object:
    return page.evaluate(f"holdfire.shown.get().{name}")


def test_film_is_read_as_it_was_written(opened: Opened) -> None:
    film = made.night(made.NIGHT)
    page = opened(made.small())
    read = page.evaluate("[Array.from(holdfire.shown.get().film.values), Array.from(holdfire.shown.get().film.at)]")
    assert read[0] == film.numbers()
    assert len(read[1]) == len(film.series)


def test_opens_at_the_drone_that_the_options_part_over(opened: Opened) -> None:
    page = opened(made.small())
    assert shown(page, "options") == [made.LOOK, made.RADAR]
    assert shown(page, "selected") == made.DRONE
    assert 0 < time_of(page) < made.FIRED_S
    parting = page.locator("[data-part=parting]").inner_text()
    assert "Not engaged under “Force only after a visual identification”: arrived." in parting
    assert "not engaged, arrived | engaged, shot down" in page.locator(".chips button").first.inner_text()


def test_opens_at_the_night_in_which_one_option_alone_engaged(opened: Opened) -> None:
    quiet, parted = made.night(made.NIGHT, parted=False), made.night(made.QUIET_NIGHT)
    page = opened(made.written(made.document(), [quiet, parted]))
    assert page.evaluate("holdfire.shown.get().film.header.replication") == made.QUIET_NIGHT
    assert shown(page, "selected") == made.DRONE


def test_opens_sooner_at_whom_radar_alone_engaged_than_at_whom_a_look_alone_did(opened: Opened) -> None:
    turned, parted = made.night(made.NIGHT), made.night(made.QUIET_NIGHT)
    turned.header["own"][:2] = turned.header["own"][1::-1]
    page = opened(made.written(made.document(), [turned, parted]))
    assert page.evaluate("holdfire.shown.get().film.header.replication") == made.QUIET_NIGHT


@WIDTHS
def test_plays_and_pauses(opened: Opened, report: str, width: int) -> None:
    page = opened(report, width)
    page.get_by_role("button", name="From the start").click()
    page.locator("[data-control=speed]").select_option("60")
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Pause").click()
    stopped = time_of(page)
    assert 20 < stopped < 400
    page.wait_for_timeout(200)
    assert time_of(page) == stopped
    assert page.locator("[data-part=time] b").inner_text() != made.document()["scenario"]["start"][11:19]


@WIDTHS
def test_click_on_an_aircraft_tells_its_story(opened: Opened, width: int) -> None:
    page = opened(made.small(), width)
    page.evaluate("holdfire.shown.set({ selected: null }); holdfire.go(2000)")
    film = made.night(made.NIGHT)
    _, series = film.header["own"][0]["truth"][0]
    east, north, _ = film.series[series][2000 // 10 - film.header["series"][series]["first"]] * float(UNIT_M)
    view = page.evaluate("({ ...holdfire.view, width: holdfire.pane(0).width, height: holdfire.pane(0).height })")
    x = view["width"] / 2 + (east - view["east"]) * view["scale"]
    y = view["height"] / 2 - (north - view["north"]) * view["scale"]
    page.locator(".map").first.click(position={"x": x, "y": y})
    assert shown(page, "selected") == made.DRONE
    for summary in page.locator("#story summary").all():
        summary.click()
    left, right = (page.locator(f"[data-story={option}]").inner_text() for option in (made.LOOK, made.RADAR))
    for said in (
        "Not engaged: no look had established",
        "engage is withheld",
        "VC-4",
        "VC-9",
        "NL",
        "visual_class",
        "eye",
        "31 s",
        "never",
    ):
        assert said in left
    assert "Force permitted, if visual_class had been one-way-attack-type" in left
    for rule, because in made.BECAUSE[made.LOOK].items():
        assert re.search(rf"visual-confirmation: {rule} {because} The set visual-confirmation", left)
    assert made.BECAUSE[made.RADAR]["RP-4"] in right
    for said in ("Shot down", "RP-4", "air-operations-commander", "Force withheld, if transponder had been civil"):
        assert said in right


@WIDTHS
def test_switching_an_option_switches_its_story(opened: Opened, width: int) -> None:
    page = opened(made.small(), width)
    page.locator("[data-side='1']").select_option(made.LOOK)
    assert page.locator("[data-story]").count() == 1
    page.locator("[data-side='0']").select_option(made.DANGER)
    assert "Shot down" in page.locator(f"[data-story={made.DANGER}]").inner_text()


@WIDTHS
def test_other_night_is_read_when_it_is_chosen(opened: Opened, width: int) -> None:
    page = opened(made.small(), width)
    page.locator(".chooser select").first.select_option(index=1)
    page.get_by_text("Both options did the same").wait_for()
    assert page.evaluate("holdfire.shown.get().film.header.replication") == made.QUIET_NIGHT


def test_moment_can_be_linked(opened: Opened) -> None:
    page = opened(made.small())
    page.evaluate("holdfire.shown.set({ selected: 'D02' }); holdfire.go(1234)")
    page.wait_for_timeout(600)
    assert re.search(r"#night=4&left=visual-confirmation&right=radar-permitted&t=1234&aircraft=D02$", page.url)
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert (time_of(page), shown(page, "selected")) == (1234, "D02")


def test_aircraft_without_a_story_has_what_the_film_says(opened: Opened) -> None:
    page = opened(made.small())
    page.evaluate("holdfire.shown.set({ selected: 'D02' })")
    said = page.locator(f"[data-story={made.LOOK}]").inner_text()
    assert "Fell." in said
    assert "taken for unknown identity" in said
    assert "holdfire trace RESULTS --option visual-confirmation --replication 4 --aircraft D02" in said


@WIDTHS
def test_table_behind_the_map_selects(opened: Opened, width: int) -> None:
    page = opened(made.small(), width)
    page.locator("[data-layer=traffic]").uncheck()
    page.get_by_role("button", name="Table of aircraft").click()
    names = page.locator("#night .behind tbody th").all_inner_texts()
    assert names == ["D01", "D02", "D03", "A0001"]
    page.get_by_role("button", name="D03", exact=True).click()
    assert shown(page, "selected") == "D03"


@WIDTHS
def test_layers_change_what_is_drawn(opened: Opened, width: int) -> None:
    page = opened(made.small(), width)

    def picture() -> object:
        page.wait_for_timeout(150)
        return page.evaluate("document.querySelector('.map canvas').toDataURL()")

    page.evaluate("holdfire.view.scale /= 4; holdfire.view.seen++; holdfire.draw()")
    seen = [picture()]
    for layer in ("truth", "picture", "traffic", "trails", "borders", "waters", "coverage", "places", "labels"):
        page.locator(f"[data-layer={layer}]").click()
        seen.append(picture())
        if layer in {"truth", "picture"}:
            page.locator(f"[data-layer={layer}]").click()
    assert len(set(seen)) == len(seen)


@WIDTHS
def test_coverage_says_what_is_counted_and_its_table_lists_every_sensor(opened: Opened, width: int) -> None:
    page = opened(made.small(), width)
    page.locator("[data-layer=coverage]").check()
    assert page.get_by_label("seen by standing radars").is_visible()
    assert "No other sensors are counted" in page.locator("[data-part=left-out]").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Table of sensors").click()
    rows = page.get_by_role("region", name="Table of sensors").locator("tbody tr").all_inner_texts()
    assert [row.split("\t")[0::3] for row in rows] == [["radar", "yes"], ["ears", "no"]]
