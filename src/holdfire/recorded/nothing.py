"""What was read of a recording, and what was refused and why, where nothing comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from holdfire.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from holdfire.messages.recording import Recording

_MOST: Final = 6
_REFUSED: Final = "refused: "
_PLACE_RADARS: Final = "add a file that places its radars (CAT034)"
_OTHER_FILE: Final = (
    "name one with CAT048 and CAT034, CAT062 or CAT021 of an edition that is read, Mode S frames or a table"
)


def nothing(what: str, recording: Recording, mend: str = "") -> InputError:
    """Return the error that nothing comes of a recording: what is missing, what was read, what not, and what mends it.

    Counts are those of the feeds; of each reason the first place is named.
    """
    counts = dict(recording.counts)
    counts.pop("files", None)
    read = [f"{name} {count}" for name, count in counts.items() if not name.startswith(_REFUSED)]
    refused = sorted((one for one in counts.items() if one[0].startswith(_REFUSED)), key=lambda one: -one[1])
    why = [_why(name.removeprefix(_REFUSED), count, recording) for name, count in refused]
    mend = mend or (_PLACE_RADARS if len(recording.polar) else _OTHER_FILE)
    return InputError(f"{what} (read: {_listed(read)}; refused: {_listed(why)}): {mend}")


def check_reports(recording: Recording, paths: Sequence[Path]) -> None:
    """Raise `InputError` where files hold no report of any kind."""
    if not any(len(part) for part in (recording.polar, recording.position, recording.system)):
        names, holds = " and ".join(path.name for path in paths), "holds" if len(paths) == 1 else "hold"
        what = f"{names} {holds} no plot, position or track"
        raise nothing(what, recording)


def _listed(several: list[str]) -> str:
    more = f", and {len(several) - _MOST} more" if len(several) > _MOST else ""
    return f"{', '.join(several[:_MOST]) or 'nothing'}{more}"


def _why(kind: str, count: int, recording: Recording) -> str:
    for one in recording.quarantined:
        if one.reason == kind or one.reason.startswith(f"{kind}: "):
            detail = one.reason.removeprefix(kind)
            return f"{kind} {count}, the first in {one.file} at {one.offset}{detail}"
    return f"{kind} {count}"
