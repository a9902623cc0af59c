"""The manifest: what was run, written before anything runs, and compared before anything is added."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from holdfire import __version__
from holdfire.errors import InputError, UnreadableError
from holdfire.findings import shown
from holdfire.study.engine import Recipe
from holdfire.study.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from holdfire.study.subject import Subject

Manifest = dict[str, Any]

NAME: Final = "manifest.json"
_NAMED: Final = 4  # differences named when a resume is refused
_PACKAGE: Final = Path(__file__).parents[1]
_ASIDE: Final = ("answer", "claim", "cli", "examine", "report")
"""What shows or examines, and moves no figure of a night."""
_ABSENT: Final = object()


def make(subject: Subject, seed: int, replications: int, chunk_size: int) -> Manifest:
    """Return the manifest of a study: everything that its bits depend on, and what a reader needs beside them."""
    return {
        "document": "manifest",
        "scenario": {
            "id": subject.id,
            "title": subject.title,
            "kind": subject.kind,
            "sha256": digest(json.dumps(subject.data, sort_keys=True, ensure_ascii=False)),
            "data": json.loads(json.dumps(subject.data)),
        },
        "options": [{"id": name, "title": title} for name, title in subject.options.items()],
        "seed": seed,
        "replications": replications,
        "chunk_size": chunk_size,
        "engine": subject.builder,
        "library": dict(sorted(subject.library.items())),
        "versions": {
            "holdfire": __version__,
            "source": source_digest(),
            "python": platform.python_version(),
            **{name: _version(name) for name in ("numpy", "numba", "llvmlite", "duckdb")},
        },
        "platform": {
            "system": platform.system(),
            "machine": platform.machine(),
            "libc": " ".join(platform.libc_ver()).strip(),
        },
        "names": {name: list(values) for name, values in subject.names.items()},
        "assumptions": json.loads(json.dumps([asdict(each) for each in subject.assumptions])),
        "bibliography": list(subject.bibliography),
    }


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def source_digest() -> str:
    """Return the SHA-256 of our own code that a study rests on, which a version under development does not tell."""
    whole = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        if path.relative_to(_PACKAGE).parts[0] in _ASIDE:
            continue
        whole.update(b"%s\0%s\0" % (path.relative_to(_PACKAGE).as_posix().encode(), path.read_bytes()))
    return whole.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, whole or not at all."""
    write_whole(folder / NAME, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")


def read(folder: Path) -> Manifest:
    """Read a folder's manifest; raises `UnreadableError` where there is none, or it is damaged."""
    path = folder / NAME
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = f"{folder} holds no results ({NAME} is not there): name the folder given to holdfire run --out"
        raise UnreadableError(message) from None
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read ({error}): name another folder, or run into a new one"
        raise UnreadableError(message) from None
    if not isinstance(manifest, dict) or manifest.get("document") != "manifest":
        message = f"{path} is no manifest of holdfire: name the folder given to holdfire run --out"
        raise UnreadableError(message)
    return manifest


def recipe(manifest: Manifest) -> Recipe:
    """Return how to build the engine that a manifest was made for."""
    return Recipe(manifest["engine"], manifest["scenario"]["data"], option_ids(manifest))


def option_ids(manifest: Manifest) -> tuple[str, ...]:
    """Return the ids of the options, in order."""
    return tuple(option["id"] for option in manifest["options"])


def refuse_other(kept: Manifest, asked: Manifest, folder: Path) -> None:
    """Raise `InputError` where a study is to be resumed with anything but what it was begun with.

    More replications may be asked, not fewer. The message names the first fields that differ, with both values.
    """
    if asked["replications"] < kept["replications"]:
        message = (
            f"{folder} was begun with {kept['replications']} replications and {asked['replications']} are asked: "
            "more may be asked, not fewer; or name another folder"
        )
        raise InputError(message)
    found = [line for line in _differences("", kept, asked) if not line.startswith("replications:")]
    if found:
        rest = f"\n  and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        listed = "\n  ".join(found[:_NAMED])
        message = (
            f"{folder} was begun with something else: resume with the same, or name another folder\n  {listed}{rest}"
        )
        raise InputError(message)


def _differences(place: str, kept: object, asked: object) -> Iterator[str]:
    """Yield one line for each leaf that differs, by its place."""
    if isinstance(kept, dict) and isinstance(asked, dict):
        yield from _in_mappings(place, kept, asked)
    elif isinstance(kept, list) and isinstance(asked, list):
        for index, (one, other) in enumerate(zip_longest(kept, asked, fillvalue=_ABSENT)):
            yield from _differences(f"{place}[{index}]", one, other)
    elif kept != asked:
        yield f"{place}: {_shown(kept)} there, {_shown(asked)} asked"


def _in_mappings(place: str, kept: Mapping[str, object], asked: Mapping[str, object]) -> Iterator[str]:
    for name in dict.fromkeys((*kept, *asked)):
        below = f"{place}.{name}" if place else name
        yield from _differences(below, kept.get(name, _ABSENT), asked.get(name, _ABSENT))


def _shown(value: object) -> str:
    return "nothing" if value is _ABSENT else shown(value)
