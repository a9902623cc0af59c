"""Every number that the page shows of the comparison is the one in its data."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.browser import Opened

pytest_plugins = ("support.browser",)
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

SHOWN = """() => [...document.querySelectorAll("[data-figure]")].map(
  (one) => ({ ...one.dataset, text: one.textContent }))"""
MINUS = "\N{MINUS SIGN}"


def known(document: dict[str, Any]) -> dict[tuple[str, str, str], float]:
    """Return every number of the comparison by figure, option and field."""
    found: dict[tuple[str, str, str], float] = {}
    for group in document["comparison"]["groups"]:
        for figure in group["figures"]:
            for option, told in figure["options"].items():
                parts = told | (told["against_base"] or {})
                for part in ("estimate", "nights_with_any", "difference", "ratio"):
                    for name, value in (parts.get(part) or {}).items():
                        found[figure["name"], option, f"{part}.{name}"] = value
                for side, share in (parts.get("shift") or {}).items():
                    found |= {(figure["name"], option, f"shift.{side}.{name}"): value for name, value in share.items()}
    return found


def test_shown_numbers_are_those_of_the_data(opened: Opened, report: str) -> None:
    document = json.loads(re.search(r'id="report">(.*?)</script>', report, re.DOTALL).group(1))  # type: ignore[union-attr]
    page = opened(report)
    for table in page.get_by_role("button", name="Table").all():
        table.click()
    data, seen = known(document), set()
    figures = {figure for figure, _, _ in data}
    for one in (each for each in page.evaluate(SHOWN) if each["figure"] in figures):
        key = (one["figure"], one["option"], one["field"])
        value, percent = float(one["value"]), "%" in one["text"]
        assert value == data[key], key
        number = float(re.sub(r"[^0-9.e-]", "", one["text"].split(" ")[0].replace(MINUS, "-")))
        assert number == pytest.approx(100 * value if percent else value, rel=6e-3, abs=0.5 if percent else 1e-9), one
        seen.add(key)
    wanted = set(to_be_shown(document))
    assert {field.rpartition(".")[0] for *_, field in wanted} >= {"estimate", "difference", "nights_with_any"}
    assert not wanted - seen


def to_be_shown(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield every estimate and every difference with both ends, or the bound that stands in their place."""
    for figure in (each for group in document["comparison"]["groups"] for each in group["figures"]):
        for option, told in figure["options"].items():
            for field in (*estimated(figure["reading"], told), *set_against(told)):
                yield figure["name"], option, field


def estimated(reading: str, told: dict[str, Any]) -> list[str]:
    if "nights_with_any" in told:
        return there("nights_with_any", told["nights_with_any"], ("n", "low", "high"))
    found = told["estimate"]
    if found["none_seen"]:
        return ["estimate.n", "estimate.share_below"]
    if reading == "mean" and found["low"] == found["high"] == found["value"]:
        return ["estimate.value"]  # shown as the same every night
    return there("estimate", found, ("value", "low", "high"))


def set_against(told: dict[str, Any]) -> list[str]:
    against = told["against_base"]
    if against is None or told["differing"] == 0:  # shown as alike in every night
        return []
    if "shift" in against:
        return [each for side in against["shift"] for each in there(f"shift.{side}", against["shift"][side])]
    if "ratio" in against:
        return there("ratio", against["ratio"], ("value", "low", "high", "below", "above"))
    return there("difference", against["difference"], ("value", "low", "high"))


def there(part: str, found: dict[str, Any], names: tuple[str, ...] = ("k", "low", "high")) -> list[str]:
    return [f"{part}.{name}" for name in names if found[name] is not None]
