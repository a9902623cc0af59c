"""Everything that holdfire raises on purpose.

::

    HoldfireError
    ├── InputError                 what was given is unusable            (exit status 2)
    │   ├── UnreadableError        a file that cannot be read
    │   ├── UnknownNameError       a name that nothing has
    │   ├── ContentError           findings in data that has no file yet
    │   ├── DocumentError          findings in a file, each with line and column
    │   ├── UnflaggedEvidenceError evidence that is not said to be simulated, historical or hypothetical
    │   └── NameRangeError         a random number named outside the bounds of its name
    ├── CapacityError              a fixed array is full                 (exit status 2)
    └── StoppedError               stopped half-way, resumable           (exit status 3)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Location = tuple[str | int, ...]
"""Where something stands in a document: keys and list positions from the top."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a place in a document: what, the bound it breaks, and the fix."""

    loc: Location
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A finding with its line and column (both from 1) in a file."""

    path: str
    line: int
    column: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.text}"


class HoldfireError(Exception):
    """The root of the tree above."""

    exit_status = 2


class InputError(HoldfireError):
    """What was given is unusable; the message names the value, the bound and the fix."""


class UnreadableError(InputError):
    """A file that cannot be read."""


class UnknownNameError(InputError):
    """A name that nothing has."""


class ContentError(InputError):
    """Data that breaks the rules of its schema; carries every finding."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(finding.text for finding in findings))


class DocumentError(InputError):
    """A file that breaks the rules of its schema; carries every fault, in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))


class UnflaggedEvidenceError(InputError):
    """Evidence that is not said to be simulated, historical or hypothetical: no rule looks at it."""


class NameRangeError(InputError):
    """A random number named outside the bounds of its name."""


class CapacityError(HoldfireError):
    """A fixed array is full; the message names the capacity and how to raise it."""


class StoppedError(HoldfireError):
    """Stopped half-way; what is finished is kept and can be resumed."""

    exit_status = 3
