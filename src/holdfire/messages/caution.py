"""What stands under everything that says what a rule set permits."""

from __future__ import annotations

from typing import Final

CAUTION: Final = (
    "This shows what the text permits on the evidence recorded; it does not show that the evidence is right "
    "or that people obey."
)
