"""One Chromium for all tests that open pages: offline, listening to every request and every complaint."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import pytest

from support.report_files import MARKS, REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from playwright.sync_api import Browser, Page

    class Opened(Protocol):
        """Opens a page's text at a width and in a theme, and waits until its night is drawn."""

        def __call__(self, text: str, width: int = 1280, theme: str = "light", *, night: bool = True) -> Page: ...


HEIGHTS: Final = {1280: 900, 390: 844}
NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
ABSENT: Final = f"no Chromium is installed (none of {', '.join(NAMES)} is on the path): pages are not opened"
NO_DRIVER: Final = "Playwright is not installed (pip install .[dev]): pages are not opened"


def executable(own: str) -> str | None:
    """Return where a Chromium is: on the path, or Playwright's own."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or (own if Path(own).exists() else None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give all tests without a browser one place to be skipped at, so that the summary says so in one line."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and report.longrepr[2].endswith((ABSENT, NO_DRIVER)):
        report.longrepr = (__file__, 0, report.longrepr[2])
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium once, or skip where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason=NO_DRIVER)
    with playwright.sync_playwright() as driver:
        path = executable(driver.chromium.executable_path)
        if path is None:
            pytest.skip(ABSENT)
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        browser = driver.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Open pages offline; when the test is over, there was no complaint and no request beyond the disk."""
    complaints: list[str] = []
    asked: list[str] = []
    contexts: list[Any] = []

    def opens(text: str, width: int = 1280, theme: str = "light", *, night: bool = True) -> Page:
        path = tmp_path / f"report-{len(contexts)}.html"
        path.write_text(text, "utf-8")
        scheme: Any = theme
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme,
            reduced_motion="reduce",
            offline=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]" if night else "h1", state="attached")
        return page

    yield opens
    for context in contexts:
        context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


@pytest.fixture(
    params=[pytest.param(make, marks=MARKS.get(name, ()), id=name) for name, make in REPORTS.items()], scope="session"
)
def report(request: pytest.FixtureRequest) -> str:
    """Every report that tests of no one report's contents open."""
    make: Callable[[], str] = request.param
    return make()
