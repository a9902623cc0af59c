"""Which files a study rests on, their digests, what they cite, and which of their numbers are assumed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from holdfire.catalogue import LIBRARY, SELF_DEFENCE
from holdfire.reader.document import read
from holdfire.sources import Grade, Source
from holdfire.study.subject import Assumption
from holdfire.units import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_READ: Final = (
    "geography",
    "interference",
    "ladders",
    "platforms",
    "rulesets",
    "sensors",
    "terrain",
    "weapons",
    "weather",
)
"""Shelves of the library that a night reads."""
_ALWAYS: Final = (f"rulesets/{SELF_DEFENCE}", "sensors/eyes", "weapons/gun")
"""What every night reads, whatever its scenario names."""
_DISTURBS: Final = {"wind_farms": "sensors/wind-turbines", "sea": "sensors/sea-echo"}
"""What a night reads where its scenario has a section."""
_YAML: Final = (".yaml", ".yml")
_CITES: Final = ("source", "sources")
_OF_NO_NIGHT: Final = {"exchange", "cost"}
"""Parts of a ladder whose numbers move no figure of a night; `holdfire ladder` lists them with what rests on them."""
_TERRAIN: Final = (".tif", ".tiff")

Files = dict[str, Path]
"""Files by what they are called: those that ship by their path in the library, the user's own by theirs."""


def library_digests() -> dict[str, str]:
    """Return the SHA-256 of everything that ships and that a night can read."""
    paths = sorted(path for shelf in _READ for path in (LIBRARY / shelf).rglob("*") if path.is_file())
    return {path.relative_to(LIBRARY).as_posix(): file_digest(path) for path in paths}


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def night_digest(name: str, digest: str) -> str:
    """Return a shipped file's digest; of a ladder that still ships, that of what a night reads of it.

    A ladder's `standing` and the ranges of its `exchange` are about the days after a night: no figure rests on them.
    """
    path = LIBRARY / name
    if not name.startswith("ladders/") or not path.is_file() or file_digest(path) != digest:
        return digest
    data: Any = read(path, name).data
    exchange = data.get("exchange") or {}
    of_night = {**data, "standing": None, "exchange": {"other_states": exchange.get("other_states")}}
    return hashlib.sha256(json.dumps(of_night, sort_keys=True).encode()).hexdigest()


def anchored(data: Any, folder: Path) -> Any:  # noqa: ANN401  # any JSON
    """Return data with the names of the user's own files, taken from a folder, made absolute.

    So that a worker, or whoever traces a night later, finds them from any folder.
    """
    if isinstance(data, dict):
        return {key: anchored(value, folder) for key, value in data.items()}
    if isinstance(data, list):
        return [anchored(value, folder) for value in data]
    own = _own(data, folder, (*_YAML, *_TERRAIN)) if isinstance(data, str) else None
    return str(own) if own else data


def _own(name: str, folder: Path, endings: tuple[str, ...] = _YAML) -> Path | None:
    if not name.endswith(endings):
        return None
    path = (folder / name).resolve()
    return path if path.is_file() else None


def terrain_named(data: object, folder: Path) -> Files:
    """Return every elevation model that data name."""
    found = {name: _own(name, folder, _TERRAIN) for name in sorted(set(_texts(data)))}
    return {name: path for name, path in found.items() if path}


def files_named(data: object, folder: Path) -> Files:
    """Return every file that data name, and that those files name in turn; ids are looked for on all shelves."""
    found: Files = {}
    disturbs = [name for section, name in _DISTURBS.items() if isinstance(data, dict) and data.get(section)]
    waiting = [*((text, folder) for text in _texts(data)), *((name, LIBRARY) for name in (*_ALWAYS, *disturbs))]
    while waiting:
        name, near = waiting.pop()
        for called, path in _files(name, near).items():
            if called not in found:
                found[called] = path
                waiting += [(text, path.parent) for text in _extended(path)]
    return dict(sorted(found.items()))


def _files(name: str, near: Path) -> Files:
    own = _own(name, near)
    if own:
        return {name: own}
    shelved = [f"{shelf}/{name}.yaml" for shelf in _READ] if "/" not in name else [f"{name}.yaml"]
    return {called: LIBRARY / called for called in shelved if len(called) < 80 and (LIBRARY / called).is_file()}


def _extended(path: Path) -> list[str]:
    data = read(path, str(path)).data
    extends = data.get("extends") if isinstance(data, dict) else None
    return [extends] if isinstance(extends, str) else []


def _texts(data: object) -> Iterator[str]:
    """Yield every text but the ids of sources, which may be called as a file is."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for child in data:
            yield from _texts(child)
    elif isinstance(data, dict):
        for name, child in data.items():
            if name not in _CITES:
                yield from _texts(child)


def cited(files: Mapping[str, Path]) -> list[Source]:
    """Return the sources of files."""
    return [source for name, path in files.items() for source in _sources(read(path, name).data).values()]


def assumed_in(files: Mapping[str, Path]) -> list[Assumption]:
    """Return every number of files that rests on assumed sources alone."""
    found = []
    for name, path in files.items():
        data = read(path, name).data
        attested = {key for key, source in _sources(data).items() if source.grade is not Grade.ASSUMED}
        found += [Assumption(f"{name}: {place}", value) for place, value in _assumed(data, "", attested, assumed=False)]
    return found


def _sources(data: object) -> dict[str, Source]:
    entries: Iterable[dict[str, Any]] = data.get("sources", ()) if isinstance(data, dict) else ()
    fields = ("id", "title", "url", "date", "note")
    return {
        entry["id"]: Source(**{name: entry.get(name) for name in fields}, grade=Grade(entry["grade"]))  # type: ignore[arg-type]
        for entry in entries
    }


def _assumed(data: object, place: str, attested: set[str], *, assumed: bool) -> Iterator[tuple[str, str]]:
    """Yield place and value of every number whose nearest sources, or own grade, are assumed."""
    if isinstance(data, dict):
        assumed = _rests_on_nothing(data, attested, otherwise=assumed)
        if assumed and (value := _range(data)):
            yield place, value
            return
        children = ((str(key), value) for key, value in data.items() if key not in {*_CITES, *_OF_NO_NIGHT})
    elif isinstance(data, list):
        children = ((_name(value, index), value) for index, value in enumerate(data))
    else:
        if assumed and isinstance(data, int | float) and not isinstance(data, bool):
            yield place, number(data)
        return
    for name, child in children:
        yield from _assumed(child, f"{place}.{name}" if place else name, attested, assumed=assumed)


def _rests_on_nothing(data: Mapping[str, Any], attested: set[str], *, otherwise: bool) -> bool:
    if "grade" in data:
        return bool(data["grade"] == Grade.ASSUMED)
    if "source" in data:
        named = data["source"]
        return not attested & set([named] if isinstance(named, str) else named)
    return otherwise


def _range(data: Mapping[str, Any]) -> str | None:
    """Return a quantity's value and range in words; `None` for what is no quantity."""
    value, low, high = (data.get(name) for name in ("value", "low", "high"))
    ranged = f"{number(low)} to {number(high)}" if low is not None and high is not None else ""
    if value is None:
        return ranged or None
    return f"{number(value)} ({ranged})" if ranged else number(value)


def _name(value: object, index: int) -> str:
    return str(value["id"]) if isinstance(value, dict) and "id" in value else str(index + 1)
