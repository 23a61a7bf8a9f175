"""Percuta's data, and all that can be named or asked for."""

from __future__ import annotations

import ctypes
import functools
import os
from typing import NamedTuple

from percuta._library import (
    CatalogueP,
    Handle,
    Registry,
    RegistryEntry,
    Status,
    decode,
    encode_path,
    library,
)
from percuta.errors import Inbox


class Entry(NamedTuple):
    """A name, its unit ("1": a pure number, "": none) and what it is, in a sentence."""

    name: str
    unit: str
    text: str


class Catalogue:
    """All data that Percuta ships, read once and never changed.

    One is opened on its own for whoever names none, from the folder in $PERCUTA_DATA or else that
    of the library. Another is only needed for data of your own:

        Catalogue("my/data")

    Raises ScenarioError, with places, for data that are not there or hold mistakes.
    """

    def __init__(self, data: str | os.PathLike[str] | None = None):
        folder = None if data is None else encode_path(data, "data")
        pointer, inbox = CatalogueP(), Inbox()
        inbox.check(library.percuta_open(folder, inbox.address, ctypes.byref(pointer)))
        self._handle = Handle(pointer, library.percuta_close)

    def entries(self, registry: Registry) -> list[Entry]:
        """All that a registry holds, in its order."""
        found: list[Entry] = []
        entry = RegistryEntry()
        while (
            library.percuta_registry_at(
                self._handle.pointer, registry, len(found), ctypes.byref(entry)
            )
            == Status.OK
        ):
            found.append(Entry(decode(entry.name), decode(entry.unit), decode(entry.text)))
        return found


@functools.cache
def _default() -> Catalogue:
    return Catalogue()


def chosen(catalogue: Catalogue | None) -> Catalogue:
    """This one, or that of whoever names none."""
    if catalogue is None:
        return _default()
    if not isinstance(catalogue, Catalogue):
        raise TypeError(f"catalogue must be a Catalogue, not {type(catalogue).__name__}")
    return catalogue


def _entries(registry: Registry, catalogue: Catalogue | None) -> list[Entry]:
    return chosen(catalogue).entries(registry)


def keys(catalogue: Catalogue | None = None) -> list[Entry]:
    """Every key that a scenario can have. `pandas.DataFrame(percuta.keys())` is a table of them."""
    return _entries(Registry.KEYS, catalogue)


def columns(catalogue: Catalogue | None = None) -> list[Entry]:
    """Every column that a timeline can have."""
    return _entries(Registry.COLUMNS, catalogue)


def fields(catalogue: Catalogue | None = None) -> list[Entry]:
    """Every field that a run can have on its grid."""
    return _entries(Registry.FIELDS, catalogue)


def outcomes(catalogue: Catalogue | None = None) -> list[Entry]:
    """Every outcome that a run can have."""
    return _entries(Registry.OUTCOMES, catalogue)


def parameters(catalogue: Catalogue | None = None) -> list[Entry]:
    """Every parameter of the models; a scenario's key of one is "parameters." and its name."""
    return _entries(Registry.PARAMETERS, catalogue)


def sites(catalogue: Catalogue | None = None) -> list[Entry]:
    """Every place on the body, for `skin.site`."""
    return _entries(Registry.SITES, catalogue)


def conditions(catalogue: Catalogue | None = None) -> list[Entry]:
    """Every condition of the skin, for `skin.condition.kind`."""
    return _entries(Registry.CONDITIONS, catalogue)


def devices(catalogue: Catalogue | None = None) -> list[Entry]:
    """Every device, for `device.preset`."""
    return _entries(Registry.DEVICES, catalogue)


def products(catalogue: Catalogue | None = None) -> list[Entry]:
    """Every product, for `session.numbing.product` and `session.topicals`."""
    return _entries(Registry.PRODUCTS, catalogue)


def compounds(catalogue: Catalogue | None = None) -> list[Entry]:
    """Every compound that a product can hold."""
    return _entries(Registry.COMPOUNDS, catalogue)
