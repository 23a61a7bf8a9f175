"""Scenarios: read, changed, asked, written."""

from __future__ import annotations

import ctypes
import json
import numbers
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from percuta import catalogue as _catalogue
from percuta._library import Handle, ScenarioP, Status, decode, encode, encode_path, library
from percuta.catalogue import Catalogue
from percuta.errors import FileError, Inbox, fail, missing, status_text


def _written(key: str, value: object) -> str:
    """A value as a scenario writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        return repr(float(value))
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False)  # which YAML reads
    raise TypeError(f"the value of {key} must be text or a number, not {type(value).__name__}")


def _written_to(path: str | os.PathLike[str], status: int) -> None:
    """FileError where a call could not write there."""
    if status == Status.IO:
        number = ctypes.get_errno()
        why = os.strerror(number) if number else status_text(status)
        raise FileError(number, why, os.fspath(path))


def _texts(values: list[bytes]) -> Any:
    return (ctypes.c_char_p * len(values))(*values)


class Scenario(Mapping[str, str]):
    """The scenario in the file `path`, read and checked.

    It maps every key that does something in it to its value as used, a text with its unit:

        scenario = Scenario("first-session.yaml")
        scenario["device.needle.length"]                     # '1.5 mm'
        scenario["device.needle.length"] = "1 mm"            # checks all again
        scenario["parameters.koppenol.secretion"]            # a parameter of the models
        longer = scenario.changed({"device.needle.length": "2 mm"})

    Numbers, booleans and lists may be given as such where the key has no unit. A mistake raises
    ScenarioError with every place, and the scenario stays as it was. A run goes on with the
    scenario as it was when the run was made. Two scenarios are equal when they give the same run.
    """

    _handle: Handle

    def __init__(self, path: str | os.PathLike[str], catalogue: Catalogue | None = None):
        name = encode_path(path, "path")
        self._make(_catalogue.chosen(catalogue), library.percuta_scenario_read, name)
        self.name = os.fspath(path)

    @classmethod
    def parse(
        cls, text: str, name: str = "scenario.yaml", catalogue: Catalogue | None = None
    ) -> Scenario:
        """The scenario that `text` says. Mistakes call it `name`, and your own products are looked
        for in the folder of `name`."""
        if not isinstance(text, str):
            raise TypeError(f"text must be text, not {type(text).__name__}")
        arguments = encode_path(name, "name"), encode(text, "text")
        scenario = cls.__new__(cls)
        scenario._make(
            _catalogue.chosen(catalogue), library.percuta_scenario_parse, *arguments
        )
        scenario.name = os.fspath(name)
        return scenario

    def _make(self, catalogue: Catalogue, call: Any, *arguments: bytes) -> None:
        pointer, inbox = ScenarioP(), Inbox()
        status = call(catalogue._handle.pointer, *arguments, inbox.address, ctypes.byref(pointer))
        inbox.check(status)
        self._catalogue = catalogue
        self._handle = Handle(pointer, library.percuta_scenario_destroy, catalogue._handle)

    def _copied(self, changes: Mapping[str, object]) -> Handle:
        keys = _texts([encode(key, "a key") for key in changes])
        values = _texts([encode(_written(key, changes[key]), key) for key in changes])
        pointer, inbox = ScenarioP(), Inbox()
        status = library.percuta_scenario_copy(
            self._handle.pointer, len(changes), keys, values, inbox.address, ctypes.byref(pointer)
        )
        inbox.check(status)
        return Handle(pointer, library.percuta_scenario_destroy, self._catalogue._handle)

    def changed(self, changes: Mapping[str, object] = {}, /, **more: object) -> Scenario:
        """A new scenario with these keys changed, all before anything is checked; this one
        stays."""
        scenario = type(self).__new__(type(self))
        scenario.name, scenario._catalogue = self.name, self._catalogue
        scenario._handle = self._copied({**changes, **more})
        return scenario

    def set(self, changes: Mapping[str, object] = {}, /, **more: object) -> None:
        """Changes these keys, all before anything is checked."""
        self._handle = self._copied({**changes, **more})

    def copy(self) -> Scenario:
        """An equal scenario of its own."""
        return self.changed()

    __copy__ = copy

    def __deepcopy__(self, memo: object) -> Scenario:
        return self.copy()

    def __setitem__(self, key: str, value: object) -> None:
        self.set({key: value})

    def _get(self, key: str) -> str | None:
        name, size = encode(key, "a key"), 256
        while True:
            room = ctypes.create_string_buffer(size)
            status = library.percuta_scenario_get(self._handle.pointer, name, room, size)
            if status == Status.BAD_INPUT:
                return None
            if status != Status.OK:
                fail(status)
            if len(room.value) < size - 1:
                return decode(room.value)
            size *= 4

    def __getitem__(self, key: str) -> str:
        """The value of `key` as used. MissingError when there is no such key, or it does nothing
        here."""
        value = self._get(key)
        if value is None:
            known = [entry.name for entry in _catalogue.keys(self._catalogue)]
            known += [
                f"parameters.{entry.name}" for entry in _catalogue.parameters(self._catalogue)
            ]
            raise missing("key", key, known, "does nothing in this scenario")
        return value

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._get(key) is not None

    def __iter__(self) -> Iterator[str]:
        """The keys that do something here; not the parameters of the models."""
        names = (entry.name for entry in _catalogue.keys(self._catalogue))
        return (name for name in names if self._get(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def hash(self) -> str:
        """16 hexadecimal digits, as `percuta check` shows them: equal hashes mean equal runs."""
        return f"{library.percuta_scenario_hash(self._handle.pointer):016x}"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scenario):
            return NotImplemented
        return self.hash == other.hash

    __hash__ = None  # type: ignore[assignment] # it can change

    def __repr__(self) -> str:
        return f"<Scenario {self.name} {self.hash}>"

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes a scenario with every value as used, from which the same run follows. FileError if
        not."""
        ctypes.set_errno(0)
        status = library.percuta_scenario_write(self._handle.pointer, encode_path(path, "path"))
        _written_to(path, status)
        if status != Status.OK:
            fail(status)

    def sheet(self, folder: str | os.PathLike[str] | None = None) -> dict[str, Any]:
        """The sheet of the device, as `percuta device --json` prints it (docs/json.md). With
        `folder` also the files device.html and device.json in it; FileError if not."""
        if folder is None:
            with tempfile.TemporaryDirectory() as passing:
                return self.sheet(passing)
        inbox = Inbox()
        ctypes.set_errno(0)
        status = library.percuta_scenario_write_sheet(
            self._handle.pointer, encode_path(folder, "folder"), inbox.address
        )
        _written_to(folder, status)
        inbox.check(status)
        text = (Path(os.fsdecode(folder)) / "device.json").read_text(encoding="utf-8")
        sheet: dict[str, Any] = json.loads(text)
        return sheet
