"""Finds libpercuta and declares its calls just as include/percuta/percuta.h does.

Nothing else in the package names a C type of a call. tests/python/test_declarations.py compares the
tables here with the header.
"""

from __future__ import annotations

import ctypes
import enum
import os
import sysconfig
import threading
import weakref
from collections.abc import Callable
from ctypes import POINTER, c_char_p, c_double, c_int, c_size_t, c_uint64, c_void_p
from pathlib import Path
from types import SimpleNamespace
from typing import Any

MADE_FOR = "0.1"  # versions of the library that this package speaks with: this one and its patches
NAME = "libpercuta.so.0"


class Status(enum.IntEnum):
    OK = 0
    BAD_INPUT = 1
    NUMERICS = 2
    IO = 3
    MEMORY = 4
    INTERRUPTED = 5
    TERMINATED = 6
    TAKEN = 7


class Registry(enum.IntEnum):
    KEYS = 0
    COLUMNS = 1
    FIELDS = 2
    OUTCOMES = 3
    PARAMETERS = 4
    SITES = 5
    CONDITIONS = 6
    DEVICES = 7
    PRODUCTS = 8
    COMPOUNDS = 9


class Since(enum.IntEnum):
    FIRST_SESSION = 0
    LAST_SESSION = 1


class Mistakes(ctypes.Structure):
    """Opaque, as are the next three."""


class Catalogue(ctypes.Structure):
    pass


class Scenario(ctypes.Structure):
    pass


class Run(ctypes.Structure):
    pass


class MistakeText(ctypes.Structure):
    _fields_ = [
        ("code", c_char_p),
        ("file", c_char_p),
        ("line", c_int),
        ("column", c_int),
        ("key", c_char_p),
        ("given", c_char_p),
        ("what", c_char_p),
        ("allowed", c_char_p),
        ("hint", c_char_p),
    ]


class RegistryEntry(ctypes.Structure):
    _fields_ = [("name", c_char_p), ("unit", c_char_p), ("text", c_char_p)]


class Reading(ctypes.Structure):
    _fields_ = [
        ("value", c_double),
        ("low", c_double),
        ("high", c_double),
        ("level", c_double),
        ("unit", c_char_p),
        ("how_known", c_char_p),
    ]


MistakesP = POINTER(Mistakes)
CatalogueP = POINTER(Catalogue)
ScenarioP = POINTER(Scenario)
RunP = POINTER(Run)
DoubleP = POINTER(c_double)
SizeP = POINTER(c_size_t)
Watch = ctypes.CFUNCTYPE(c_int, c_void_p, RunP)

# Each call of the header: what it returns and what it takes. Statuses and other enums are int.
CALLS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "percuta_version": (c_char_p, ()),
    "percuta_status_text": (c_char_p, (c_int,)),
    "percuta_mistakes_count": (c_size_t, (MistakesP,)),
    "percuta_mistakes_at": (c_int, (MistakesP, c_size_t, POINTER(MistakeText))),
    "percuta_mistakes_destroy": (None, (POINTER(MistakesP),)),
    "percuta_open": (c_int, (c_char_p, POINTER(MistakesP), POINTER(CatalogueP))),
    "percuta_close": (None, (POINTER(CatalogueP),)),
    "percuta_registry_at": (c_int, (CatalogueP, c_int, c_size_t, POINTER(RegistryEntry))),
    "percuta_scenario_read": (
        c_int,
        (CatalogueP, c_char_p, POINTER(MistakesP), POINTER(ScenarioP)),
    ),
    "percuta_scenario_parse": (
        c_int,
        (CatalogueP, c_char_p, c_char_p, POINTER(MistakesP), POINTER(ScenarioP)),
    ),
    "percuta_scenario_set": (c_int, (POINTER(ScenarioP), c_char_p, c_char_p, POINTER(MistakesP))),
    "percuta_scenario_copy": (
        c_int,
        (
            ScenarioP,
            c_size_t,
            POINTER(c_char_p),
            POINTER(c_char_p),
            POINTER(MistakesP),
            POINTER(ScenarioP),
        ),
    ),
    "percuta_scenario_get": (c_int, (ScenarioP, c_char_p, c_char_p, c_size_t)),
    "percuta_scenario_hash": (c_uint64, (ScenarioP,)),
    "percuta_scenario_write": (c_int, (ScenarioP, c_char_p)),
    "percuta_scenario_write_sheet": (c_int, (ScenarioP, c_char_p, POINTER(MistakesP))),
    "percuta_scenario_destroy": (None, (POINTER(ScenarioP),)),
    "percuta_run_create": (c_int, (ScenarioP, c_void_p, POINTER(MistakesP), POINTER(RunP))),
    "percuta_run_advance": (c_int, (RunP, c_double)),
    "percuta_run_watch": (None, (RunP, Watch, c_void_p)),
    "percuta_run_time": (c_double, (RunP,)),
    "percuta_run_end": (c_double, (RunP,)),
    "percuta_run_message": (c_char_p, (RunP,)),
    "percuta_run_column": (c_int, (RunP, c_char_p, DoubleP, c_size_t, SizeP)),
    "percuta_run_shape": (None, (RunP, SizeP)),
    "percuta_run_faces": (None, (RunP, DoubleP, DoubleP, DoubleP)),
    "percuta_run_kept": (c_int, (RunP, c_size_t, DoubleP)),
    "percuta_run_field": (c_int, (RunP, c_char_p, c_double, DoubleP)),
    "percuta_run_outcome": (c_int, (RunP, c_char_p, c_int, c_double, POINTER(Reading))),
    "percuta_run_write": (c_int, (RunP, c_char_p)),
    "percuta_run_destroy": (None, (POINTER(RunP),)),
    "percuta_compare": (
        c_int,
        (CatalogueP, c_size_t, POINTER(c_char_p), c_char_p, c_char_p, POINTER(MistakesP)),
    ),
    "percuta_shutdown": (None, ()),
}


def candidates() -> list[str]:
    """Where the library may lie, likeliest first: the build folder beside python/, the folders of
    libraries of the prefix that this package is installed below, wherever the loader looks."""
    here = Path(__file__).resolve()
    lib = here.parents[3]  # of PREFIX/lib/python3/dist-packages/percuta/_library.py
    places = [
        here.parents[2] / "build",
        lib / str(sysconfig.get_config_var("MULTIARCH")),
        lib,
        lib.parent / "lib64",
    ]
    return [str(place / NAME) for place in places if (place / NAME).exists()] + [NAME]


def load() -> ctypes.CDLL:
    """The library, from $PERCUTA_LIBRARY or else from where it is found. ImportError when there is
    none."""
    given = os.environ.get("PERCUTA_LIBRARY")
    path = given or candidates()[0]
    try:
        # threads that wait for each other give the core to others meanwhile
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        return ctypes.CDLL(path, use_errno=True)
    except OSError as error:
        where = "named by PERCUTA_LIBRARY" if given else "looked for"
        raise ImportError(
            f"the library of Percuta, {where}, cannot be loaded: {error}; "
            "build it (make), install it, or name it in PERCUTA_LIBRARY"
        ) from None


def agree(version: str) -> None:
    """ImportError when a library of this version is not the one that the package was written
    for."""
    if version.split(".")[:2] != MADE_FOR.split("."):
        raise ImportError(
            f"this package speaks with Percuta {MADE_FOR}, but the library found is {version}; "
            "use the package that was installed with it, or name another in PERCUTA_LIBRARY"
        )


# The library works in one thread at a time: calls out of several wait for each other here. Its own
# callback may call it again.
_turn = threading.RLock()


def _declare(function: Any, result: Any, arguments: tuple[Any, ...]) -> Callable[..., Any]:
    function.restype = result
    function.argtypes = arguments

    def call(*given: Any) -> Any:
        with _turn:
            return function(*given)

    return call


class Calls(SimpleNamespace):
    """The calls of the library by their names in C."""


def declare(loaded: ctypes.CDLL) -> Calls:
    loaded.percuta_version.restype = c_char_p
    agree(loaded.percuta_version().decode())
    return Calls(**{name: _declare(getattr(loaded, name), *types) for name, types in CALLS.items()})


library = declare(load())


class Handle:
    """Owns one object of the library, and keeps alive what that object leans on.

    The object goes when nobody refers to the handle any more or `close` is called; before the
    interpreter ends all that are left go, youngest first, and then PETSc and MPI.
    """

    def __init__(self, pointer: Any, destroy: Callable[[Any], None], *leans_on: Any):
        self.pointer = pointer
        # the finalizer holds what is leaned on, so that even in a ring of garbage this one goes
        # first
        self._finalizer = weakref.finalize(self, _destroy, destroy, pointer, leans_on)

    @property
    def open(self) -> bool:
        return self._finalizer.alive

    def close(self) -> None:
        self._finalizer()


def _destroy(destroy: Callable[[Any], None], pointer: Any, leans_on: tuple[Any, ...]) -> None:
    destroy(ctypes.byref(pointer))


# The first finalizer of all is the last to be called.
weakref.finalize(library, library.percuta_shutdown)


def encode(value: object, what: str) -> bytes:
    """A text for the library. TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError(f"{what} must be text, not {type(value).__name__}")
    return _whole(value.encode(), what)


def encode_path(value: Any, what: str) -> bytes:
    """The path of a file or folder for the library. TypeError for anything else."""
    return _whole(os.fsencode(value), what)


def _whole(value: bytes, what: str) -> bytes:
    if b"\0" in value:
        raise ValueError(f"{what} must not hold a NUL")
    return value


def decode(value: bytes) -> str:
    return value.decode(errors="replace")
