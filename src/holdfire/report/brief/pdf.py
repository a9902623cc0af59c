"""A page on paper, by the print of a browser that is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
SHEETS: Final = 2
_SIZES_PT: Final = (8.2, 7.8, 7.4, 7.0, 6.6)
_LIMIT_S: Final = 60


def browser() -> str | None:
    """Return a browser that can print without a window; `None` where none is found on the path."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def printed(command: str, html: Path, pdf: Path) -> int:
    """Print a page and return how many sheets it takes; raises `OSError` where the browser does not."""
    with tempfile.TemporaryDirectory() as profile:
        asked = [
            command, "--headless", "--disable-gpu", "--no-sandbox", "--disable-background-networking", "--no-first-run",
            f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={pdf.absolute()}",
            html.absolute().as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(asked, capture_output=True, check=True, timeout=_LIMIT_S)  # noqa: S603  # a browser of the user's own
        except (subprocess.SubprocessError, OSError) as error:
            message = f"{command} did not print it ({type(error).__name__})"
            raise OSError(message) from None
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


def fitted(command: str, pdf: Path, html: Path, write: Callable[[float], None]) -> int:
    """Write and print a page in smaller and smaller type until it takes two sheets; return how many it takes."""
    sheets = 0
    for size in _SIZES_PT:
        write(size)
        sheets = printed(command, html, pdf)
        if sheets <= SHEETS:
            break
    return sheets
