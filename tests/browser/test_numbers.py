"""Every number that the page shows of the comparison is the one in its data."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
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
    estimates = [key[:2] for key in data if key[2] == "estimate.value" and data[*key[:2], "estimate.n"]]
    assert estimates
    assert all({(*key, "estimate.value"), (*key, "estimate.share_below")} & seen for key in estimates)
