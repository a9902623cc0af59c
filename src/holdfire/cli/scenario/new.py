"""`holdfire scenario new`."""

from __future__ import annotations

import re
from pathlib import Path

from holdfire.catalogue import LIBRARY, ids
from holdfire.cli.output import Json, console, print_json
from holdfire.errors import InputError

TEMPLATE = LIBRARY / "templates" / "my-night.yaml"


def new_(name: str, *, json: Json = False) -> int:
    """Write a small scenario to begin from, with a comment beside every part.

    Parameters
    ----------
    name
        What to call it, as my-night; the file is my-night.yaml in this folder. Nothing is overwritten.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else Path(f"{name}.yaml")
    called = path.stem
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", called):
        message = f"a scenario cannot be called {called!r}: write small letters, digits and single hyphens, as my-night"
        raise InputError(message)
    if called in ids("scenarios"):
        message = f"{called} is a scenario that ships: take another name"
        raise InputError(message)
    _write(path, TEMPLATE.read_text(encoding="utf-8").replace("id: my-night", f"id: {called}", 1))
    if json:
        print_json("scenario-new", id=called, path=str(path))
    else:
        console().print(f"{path} is written; check it with: holdfire scenario check {path}", soft_wrap=True)
    return 0


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        message = f"{path} is there already, and nothing is overwritten: take another name, or move it away"
        raise InputError(message) from None
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror}): check the folder, or name another place"
        raise InputError(message) from None
