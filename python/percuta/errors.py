"""What goes wrong, as exceptions."""

from __future__ import annotations

import ctypes
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

from percuta._library import MistakesP, MistakeText, Status, decode, library


@dataclass(frozen=True)
class Mistake:
    """One mistake of an input: where it is, what was given, what could stand there.

    Line and column count from 1; 0 is not known. Texts are "" where there is nothing to say; so is
    the file of a change, which stands in none. docs/errors.md lists the codes.
    """

    code: str
    file: str
    line: int
    column: int
    key: str
    given: str
    what: str
    allowed: str
    hint: str

    def __str__(self) -> str:
        """As the program says it: `file:line:column: key: what is wrong; what is allowed; hint`."""
        place = self.file
        if place and self.line > 0:
            place += f":{self.line}"
            if self.column > 0:
                place += f":{self.column}"
        said = "; ".join(
            text for text in (self.what or "is not right", self.allowed, self.hint) if text
        )
        return ": ".join(text for text in (place, self.key, said) if text)


class PercutaError(Exception):
    """All errors of Percuta's own."""


class ScenarioError(PercutaError, ValueError):
    """A scenario, or the data that it is read with, has mistakes: `mistakes` lists them all."""

    def __init__(self, mistakes: list[Mistake]):
        lines = [str(mistake) for mistake in mistakes]
        if len(lines) > 1:
            lines.append(f"{len(lines)} mistakes")
        super().__init__("\n".join(lines))
        self.mistakes = mistakes

    def __reduce__(self) -> tuple[Any, ...]:
        return ScenarioError, (self.mistakes,)


class MissingError(PercutaError, KeyError):
    """There is nothing of that name, or this scenario or run does not have it."""

    def __str__(self) -> str:  # KeyError would show it in quotes
        return str(self.args[0])


class RunError(PercutaError, RuntimeError):
    """A run cannot go on: no step leads on, or a solver failed."""


class FileError(PercutaError, OSError):
    """A file or folder cannot be read or written."""


def missing(kind: str, name: str, known: Iterable[str], reason: str) -> MissingError:
    """That `name` is no `kind`, with the likeliest that was meant, or else the `reason` why it is
    not there."""
    names = list(known)
    if name in names:
        return MissingError(f"{kind} `{name}`: {reason}")
    near = difflib.get_close_matches(name, names, 1)
    hint = f"; did you mean `{near[0]}`?" if near else ""
    return MissingError(f"there is no {kind} `{name}`{hint}")


def fail(status: int, words: str = "") -> NoReturn:
    """Raises what a status that is not OK means."""
    if status == Status.MEMORY:
        raise MemoryError(words or "Percuta is out of memory")
    if status == Status.IO:
        raise FileError(words or status_text(status))
    raise RunError(words or status_text(status))


def status_text(status: int) -> str:
    return decode(library.percuta_status_text(status))


def _look(mistakes: Any, index: int) -> Mistake:
    entry = MistakeText()
    library.percuta_mistakes_at(mistakes, index, ctypes.byref(entry))
    values = (getattr(entry, name) for name, _ in MistakeText._fields_)
    return Mistake(*(decode(value) if isinstance(value, bytes) else value for value in values))


class Inbox:
    """Where a call of the library leaves its mistakes: hand it `address`, then `check` its
    status."""

    def __init__(self) -> None:
        self._mistakes = MistakesP()
        self.address = ctypes.byref(self._mistakes)

    def check(self, status: int) -> None:
        """Raises what the status means; with mistakes that is a ScenarioError."""
        count = library.percuta_mistakes_count(self._mistakes)
        found = [_look(self._mistakes, index) for index in range(count)]
        library.percuta_mistakes_destroy(self.address)
        if found:
            raise ScenarioError(found)
        if status != Status.OK:
            fail(status)
