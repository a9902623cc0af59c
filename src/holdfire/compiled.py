"""Kernels: functions compiled by numba, with a cache on disk that no edit can leave stale.

Numba's own cache compares the file of the kernel and no other, so after an edit of a function that the kernel
calls in another module the old machine code is run again. Here a kernel is cached in a directory named by
every source file that its module reaches by import: an edit of any of them is another directory.

What is followed: the imports of the kernel's own top-level package and of holdfire, at any depth and inside
functions too. What is not: a module loaded by a computed name, and other packages; hand their data over as an
argument. A kernel in a module outside any package is compiled without a cache, as its reach is not known.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import os
import struct
import sys
from importlib.util import resolve_name
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba
from llvmlite import binding, ir
from numba import extending
from numba.core import cgutils

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_Function = TypeVar("_Function", bound="Callable[..., object]")

_LINE_BYTES, _WORD_BYTES = 64, 8  # of memory that a processor loads at once; and what lies within one of them

_MADE: dict[str, Callable[..., object]] = {}

_types: Any = numba.types
_building: Any = cgutils
_OPTIONS: Any = {"error_model": "numpy", "fastmath": False, "no_cfunc_wrapper": True}
_settings: Any = numba.config  # typed as a module without the settings it reads from the environment

# A night is many kernels, most of them called from one place. LLVM leaves those as calls that are longer than 250 of
# its units, and such calls took a tenth of a night. What is computed, and in which order, does not change.
binding.set_option("holdfire", "-inline-threshold=12000")
# A loop over the modes of motion would be written out before it is seen that all of them fit one register.
binding.set_option("holdfire", "-unroll-full-max-count=3")


def kernel(function: _Function, /) -> _Function:
    """Compile a function when it is first called; where numba is told not to compile, give it back as it is.

    Division by zero gives an infinity or NaN, as in numpy. Floating point is strict, since the liberties of
    fast mathematics are taken differently from one processor to another. References to arrays are not counted,
    which would take a fifth of a night: whoever calls from Python holds them. So a kernel can make no array, and
    one that is called from Python gives none back.

    Parameters
    ----------
    function
        A function of a module, of one signature: each further one is compiled again.

    Returns
    -------
    function
        What numba made of it, under the static type of what was given.
    """
    return _made(function, counted=False)


def allocating(function: _Function, /) -> _Function:
    """Compile, as `kernel` does, a function that makes arrays of its own.

    It must not call a kernel that gives back part of an array, since only here are references counted.
    """
    return _made(function, counted=True)


def _made(function: _Function, *, counted: bool) -> _Function:
    made = function if _settings.DISABLE_JIT else cast("_Function", _compiled(function, counted=counted))
    _MADE[f"{function.__module__}.{function.__qualname__}"] = made
    return made


def _fetch(typing: Any, array: Any, index: Any) -> Any:  # noqa: ANN401, ARG001  # numba's
    """Have the processor load the lines of 64 bytes that an element lies on; see `fetch`."""

    def ask(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ANN401
        byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
        made = context.make_array(signature.args[0])(context, builder, args[0])
        size = context.get_abi_sizeof(context.get_data_type(signature.args[0].dtype))
        (stride,) = _building.unpack_tuple(builder, made.strides)
        first = builder.gep(builder.bitcast(made.data, byte), [builder.mul(args[1], stride)])
        kind = ir.FunctionType(ir.VoidType(), [byte, word, word, word])
        prefetch = _building.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        for offset in sorted({*range(0, size, _LINE_BYTES), size - 1 if size > _WORD_BYTES else 0}):
            line = builder.gep(first, [ir.IntType(64)(offset)])
            builder.call(prefetch, [line, word(0), word(3), word(1)])
        return context.get_dummy_value()

    return _types.void(array, _types.intp), ask


def _fetch_nothing(array: NDArray[Any], index: int, /) -> None:
    """Have no effect where nothing is compiled."""


fetch = _fetch_nothing if _settings.DISABLE_JIT else cast("Callable[..., None]", extending.intrinsic(_fetch))
"""Say in a kernel that an element of an array with one axis is needed soon.

It changes nothing but when memory is waited for. An index outside the array does no harm.
"""


def _bits(to: Any) -> Any:  # noqa: ANN401  # numba's
    """Have the bits of a number of 64 read as another kind of number."""

    def read(typing: Any, number: Any) -> Any:  # noqa: ANN401, ARG001
        def made(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ANN401
            return builder.bitcast(args[0], context.get_value_type(signature.return_type))

        return to(number), made

    return extending.intrinsic(read)


def _read_as(given: str, wanted: str) -> Callable[[Any], Any]:
    return lambda number: struct.unpack(wanted, struct.pack(given, number))[0]


word_of: Callable[[float], int] = _read_as("<d", "<q") if _settings.DISABLE_JIT else _bits(_types.int64)
"""Read the 64 bits of a double as an integer."""

of_word: Callable[[int], float] = _read_as("<q", "<d") if _settings.DISABLE_JIT else _bits(_types.float64)
"""Read the 64 bits of an integer as a double."""


def kernels() -> tuple[Callable[..., object], ...]:
    """Every kernel made so far in this process, in the order of its full name."""
    return tuple(_MADE[name] for name in sorted(_MADE))


def signature_count(function: Callable[..., object]) -> int:
    """Count the signatures a kernel holds in this process, compiled or loaded; a plain function has 0."""
    return len(getattr(function, "signatures", ()))


def _compiled(function: Callable[..., object], *, counted: bool) -> object:
    before = _settings.CACHE_DIR, _settings.CACHE_LOCATOR_CLASSES
    compiler = functools.partial(numba.njit, **_OPTIONS, _nrt=counted)  # noqa: TID251 -- the one place
    try:
        _settings.CACHE_DIR = str(_cache_root() / _digest(function.__module__))
        # Without this numba falls back on a directory beside the source when it cannot write to ours, and
        # that one is compared by the kernel's file alone.
        _settings.CACHE_LOCATOR_CLASSES = "UserProvidedCacheLocator"
        return _of_one_signature(compiler(cache=True)(function))
    except (RuntimeError, LookupError):  # nowhere to write (numba's, or no home directory); no known reach
        return _of_one_signature(compiler()(function))
    finally:
        _settings.CACHE_DIR, _settings.CACHE_LOCATOR_CLASSES = before


def _of_one_signature(dispatcher: Any) -> object:  # noqa: ANN401  # numba's
    """Have callers' constants count as numbers: numba would compile a kernel anew for each that it is handed."""
    resolve = dispatcher.get_call_template

    def resolve_numbers(args: tuple[Any, ...], kws: dict[str, Any]) -> object:
        return resolve(tuple(map(_types.unliteral, args)), {name: _types.unliteral(arg) for name, arg in kws.items()})

    dispatcher.get_call_template = resolve_numbers
    return cast("object", dispatcher)


def _cache_root() -> Path:
    """Where kernels are cached, by the XDG Base Directory Specification: a relative path counts as unset."""
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (stated if stated.is_absolute() else Path.home() / ".cache") / "holdfire" / "kernels"


@functools.cache
def _digest(module: str) -> str:
    digest = hashlib.sha256()
    for name, file in sorted(_reach(module).items()):
        digest.update(b"%s\0%s\0" % (name.encode(), hashlib.sha256(file.read_bytes()).digest()))
    return digest.hexdigest()[:32]


def _reach(module: str) -> dict[str, Path]:
    """Source file by name of every module that `module` reaches; `LookupError` where it is in no package."""
    packages = {module.partition(".")[0], __name__.partition(".")[0]}
    reached: dict[str, Path] = {}
    seen, waiting = set[str](), [module]
    while waiting:
        name = waiting.pop()
        if name in seen or name.partition(".")[0] not in packages:
            continue
        seen.add(name)
        waiting.append(name.rpartition(".")[0])  # importing a.b.c runs a and a.b
        if file := _source(name):  # none: a name in a module, or a package without an __init__
            reached[name] = file
            waiting.extend(_imports(name, file))
    return reached


@functools.cache
def _source(module: str) -> Path | None:
    top, *rest = module.split(".")
    for root in _roots(top):
        stem = root.joinpath(*rest)
        for file in (stem / "__init__.py", stem.with_name(f"{stem.name}.py")):
            if file.is_file():
                return file
    return None


def _roots(package: str) -> tuple[Path, ...]:
    roots = getattr(sys.modules[package], "__path__", None)
    if roots is None:
        message = f"{package} is a module outside any package"
        raise LookupError(message)
    return tuple(map(Path, roots))


@functools.cache
def _imports(module: str, file: Path) -> frozenset[str]:
    """Names that a source file imports: modules, and names in modules, which are not told apart here."""
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        match node:
            case ast.Import(names=names):
                found.update(name.name for name in names)
                # `import a.b` binds a, `import a.b as c` binds a.b
                bound = [name.name if name.asname else name.name.partition(".")[0] for name in names]
            case ast.ImportFrom(names=names):
                base = resolve_name("." * node.level + (node.module or ""), package)
                bound = [f"{base}.{name.name}" for name in names]
                found.add(base)
            case _:
                continue
        # Whoever holds a package can call anything below it by its dotted name.
        found.update(below for name in bound for below in (name, *_below(name)))
    return frozenset(found)


@functools.cache
def _below(package: str) -> tuple[str, ...]:
    """Modules inside a package that is imported already; none for anything else."""
    top, *rest = package.split(".")
    found = []
    for root in map(Path, getattr(sys.modules.get(top), "__path__", ())):
        inside = root.joinpath(*rest)
        if inside.is_dir():
            for file in inside.rglob("*.py"):
                parts = file.relative_to(root).with_suffix("").parts
                found.append(".".join((top, *(parts[:-1] if parts[-1] == "__init__" else parts))))
    return tuple(found)
