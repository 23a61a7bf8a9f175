"""Runs: followed, looked at, written."""

from __future__ import annotations

import contextlib
import ctypes
import math
import numbers
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from percuta import _library
from percuta import catalogue as _catalogue
from percuta._library import (
    Handle,
    RunP,
    Since,
    Status,
    Watch,
    decode,
    encode,
    encode_path,
    library,
)
from percuta.errors import Inbox, MissingError, fail, missing
from percuta.scenario import Scenario

if TYPE_CHECKING:
    import pandas

DAY = 86400.0  # [s]
MONTHS = (30, 90, 180, 365)  # [d] when the program tells outcomes

_SINCE = {"first-session": Since.FIRST_SESSION, "last-session": Since.LAST_SESSION}
SinceWord = Literal["first-session", "last-session"]


class Reading(NamedTuple):
    """An outcome. `low` and `high` are NaN where no interval is known, `level` is its share of
    cases (0.9: from 5 to 95 %), NaN where they are the ends of a range."""

    value: float
    low: float
    high: float
    level: float
    unit: str
    how_known: str  # "simulated", "published-rate", "extrapolated"


class Outcome(NamedTuple):
    """A reading, with its name and when: `time_d` [d] is NaN, and `since` "", of what belongs to a
    course as a whole."""

    name: str
    time_d: float
    since: str
    value: float
    low: float
    high: float
    level: float
    unit: str
    how_known: str


class Faces(NamedTuple):
    """Faces of the cells [m], one more than cells along each: z is the depth below the surface."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    z: NDArray[np.float64]


def _number(value: object, what: str) -> float:
    if not isinstance(value, numbers.Real):
        raise TypeError(f"{what} must be a number, not {type(value).__name__}")
    return float(value)


def _since(word: str) -> Since:
    if word not in _SINCE:
        raise ValueError(f"since must be {' or '.join(_SINCE)}, not {word!r}")
    return _SINCE[word]


def _address(comm: object) -> int | None:
    """Where the MPI_Comm of a communicator of mpi4py lies."""
    if comm is None:
        return None
    mpi = sys.modules.get("mpi4py.MPI")  # whoever has a communicator has imported it
    if mpi is None or not isinstance(comm, mpi.Comm):
        raise TypeError(f"comm must be an mpi4py.MPI.Comm, not {type(comm).__name__}")
    address: int = mpi._addressof(comm)
    return address


def need_pandas() -> Any:
    try:
        import pandas
    except ImportError:
        raise ImportError(
            "frames need pandas (Debian: python3-pandas); columns() and readings() do without"
        ) from None
    return pandas


def _pointer(array: NDArray[np.float64]) -> Any:
    return array.ctypes.data_as(_library.DoubleP)


@contextlib.contextmanager
def _interruptible() -> Iterator[list[Any]]:
    """Ctrl-C fills the list, and does at the end what it would have done. In the main thread, which
    alone hears of it."""
    asked: list[Any] = []
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield asked
        return
    signal.signal(signal.SIGINT, lambda *what: asked.append(what))
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        before(*asked[0])


class Run:
    """The course of a scenario at time 0, before its first session.

        run = Run(scenario).advance()            # to the end of its follow-up
        run.timeline["collagen_total_rel"]       # a column of a frame
        run.outcome("collagen_total_rel", days=180).value
        run.field("collagen")                    # an array of (nz, ny, nx)
        run.write("out/mine")                    # the result folder of `percuta run`

    With `comm`, a communicator of mpi4py, the run is spread over its processes, which must all make
    the same calls; there must be no more of them than the grid has rows of cells across.
    Raises ScenarioError for mistakes that show only here. The run ends with its last reference,
    with `close`, or with a `with`.
    """

    def __init__(self, scenario: Scenario, comm: Any = None):
        if not isinstance(scenario, Scenario):
            raise TypeError(f"scenario must be a Scenario, not {type(scenario).__name__}")
        pointer, inbox = RunP(), Inbox()
        status = library.percuta_run_create(
            scenario._handle.pointer, _address(comm), inbox.address, ctypes.byref(pointer)
        )
        inbox.check(status)
        self._catalogue = scenario._catalogue
        self._name = scenario.name
        self._handle = Handle(pointer, library.percuta_run_destroy, scenario._handle, comm)

    @property
    def _run(self) -> Any:
        if not self._handle.open:
            raise ValueError("this run has been closed")
        return self._handle.pointer

    def close(self) -> None:
        """Releases what the run holds; it cannot be asked any more. May be called again."""
        self._handle.close()

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        if not self._handle.open:
            return f"<Run of {self._name}, closed>"
        return f"<Run of {self._name}, day {self.days:g} of {self.end / DAY:g}>"

    # ---- following it

    def advance(self, days: float | None = None, until: float | None = None) -> Run:
        """The run itself, followed up to day `days`, or second `until`, after the first session,
        and without either to its end. Sessions fall when they are due; a run that is later than
        that already stays.

        The timeline gets a row there: a run that is stopped on the way agrees within its tolerance
        with one that is not. Ctrl-C ends it between two steps; called again it goes on as if
        nothing had been. Raises RunError, with the run at its last good step, when no step leads
        on.
        """
        if days is not None and until is not None:
            raise TypeError("give days or until, not both")
        if days is not None:
            until = _number(days, "days") * DAY
        time = math.inf if until is None else _number(until, "until")
        if math.isnan(time):
            raise ValueError("a run cannot be followed up to NaN")
        with _interruptible() as asked:
            watch = Watch(lambda *_: Status.INTERRUPTED if asked else Status.OK)
            library.percuta_run_watch(self._run, watch, None)
            try:
                status = library.percuta_run_advance(self._run, time)
            finally:
                library.percuta_run_watch(self._run, Watch(0), None)
        if status not in (Status.OK, Status.INTERRUPTED):
            fail(status, decode(library.percuta_run_message(self._run)))
        return self

    @property
    def time(self) -> float:
        """[s] since the first session."""
        return float(library.percuta_run_time(self._run))

    @property
    def days(self) -> float:
        """[d] since the first session."""
        return self.time / DAY

    @property
    def end(self) -> float:
        """[s] since the first session, where the course ends."""
        return float(library.percuta_run_end(self._run))

    # ---- the timeline

    def _rows(self, name: str) -> int | None:
        """How many rows the column has; None when this run does not have it."""
        count = ctypes.c_size_t()
        status = library.percuta_run_column(
            self._run, encode(name, "a column"), None, 0, ctypes.byref(count)
        )
        if status not in (Status.OK, Status.BAD_INPUT):
            fail(status)
        return count.value if status == Status.OK else None

    def column(self, name: str) -> NDArray[np.float64]:
        """A column of the timeline so far. MissingError when there is none, or this run does not
        compute it."""
        rows = self._rows(name)
        if rows is None:
            known = (entry.name for entry in _catalogue.columns(self._catalogue))
            raise missing("column", name, known, "is not computed by this run")
        values, count = np.empty(rows), ctypes.c_size_t()
        library.percuta_run_column(
            self._run, name.encode(), _pointer(values), rows, ctypes.byref(count)
        )
        return values

    def columns(self) -> dict[str, NDArray[np.float64]]:
        """All columns that this run computes, by name."""
        names = (entry.name for entry in _catalogue.columns(self._catalogue))
        return {name: self.column(name) for name in names if self._rows(name) is not None}

    @property
    def timeline(self) -> pandas.DataFrame:
        """The timeline so far, one row per output time, by `time_d` [d]: what timeline.csv holds.
        At a session there are two rows, before it and after it. `attrs["units"]` and
        `attrs["text"]` say by column what it is. ImportError without pandas.
        """
        frame = need_pandas().DataFrame(self.columns()).set_index("time_d")
        entries = _catalogue.columns(self._catalogue)
        frame.attrs["units"] = {entry.name: entry.unit for entry in entries}
        frame.attrs["text"] = {entry.name: entry.text for entry in entries}
        return frame

    # ---- outcomes

    def _read(self, name: str, since: Since, time: float) -> Reading | None:
        found = _library.Reading()
        status = library.percuta_run_outcome(
            self._run, encode(name, "an outcome"), since, time, ctypes.byref(found)
        )
        if status == Status.BAD_INPUT:
            return None
        if status != Status.OK:
            fail(status)
        words = decode(found.unit), decode(found.how_known)
        return Reading(found.value, found.low, found.high, found.level, *words)

    def outcome(
        self, name: str, days: float | None = None, since: SinceWord = "first-session"
    ) -> Reading:
        """The outcome `name`, at `days` [d] after the first or the last session given if it is one
        that is told at times.

        MissingError when there is no such outcome or this run has none of it: nothing of what it
        needs, or not (yet) followed as long.
        """
        time = math.nan if days is None else _number(days, "days") * DAY
        reading = self._read(name, _since(since), time)
        if reading is None:
            known = (entry.name for entry in _catalogue.outcomes(self._catalogue))
            why = "this run has none"
            if not self.timeline.shape[0]:
                why += " yet: advance it first"
            elif days is None:
                why += "; one that is told at times needs days"
            else:
                why += f" {days:g} days after the {since.replace('-', ' ')}"
            raise missing("outcome", name, known, why)
        return reading

    def readings(
        self, days: Iterable[float] = MONTHS, since: SinceWord = "first-session"
    ) -> list[Outcome]:
        """All outcomes that the run has, those that are told at times at each of `days`."""
        origin, times = _since(since), [_number(day, "days") for day in days]
        found: list[Outcome] = []
        for entry in _catalogue.outcomes(self._catalogue):
            whole = self._read(entry.name, origin, math.nan)
            if whole is not None:
                found.append(Outcome(entry.name, math.nan, "", *whole))
                continue
            for day in times:
                reading = self._read(entry.name, origin, day * DAY)
                if reading is not None:
                    found.append(Outcome(entry.name, day, since, *reading))
        return found

    def outcomes(
        self, days: Iterable[float] = MONTHS, since: SinceWord = "first-session"
    ) -> pandas.DataFrame:
        """The same as a frame, as `outcomes` in summary.json. ImportError without pandas."""
        return need_pandas().DataFrame(self.readings(days, since), columns=list(Outcome._fields))

    # ---- fields

    @property
    def shape(self) -> tuple[int, int, int]:
        """(nz, ny, nx): cells along depth, y and x, as the arrays of fields have them."""
        cells = (ctypes.c_size_t * 3)()
        library.percuta_run_shape(self._run, cells)
        return cells[2], cells[1], cells[0]

    @property
    def faces(self) -> Faces:
        """Where the cells lie [m]."""
        nz, ny, nx = self.shape
        faces = Faces(np.zeros(nx + 1), np.zeros(ny + 1), np.zeros(nz + 1))
        library.percuta_run_faces(self._run, *(_pointer(along) for along in faces))
        return faces

    def _kept(self) -> list[float]:
        """[s]"""
        times: list[float] = []
        time = ctypes.c_double()
        while library.percuta_run_kept(self._run, len(times), ctypes.byref(time)) == Status.OK:
            times.append(time.value)
        return times

    @property
    def kept_days(self) -> list[float]:
        """[d] when fields were kept so far."""
        return [time / DAY for time in self._kept()]

    def field(self, name: str, days: float | None = None) -> NDArray[np.float64]:
        """The field `name` as it is now, or as it was kept on day `days` (see `kept_days`), with
        seven digits then: an array of `shape`, [depth, y, x].

        MissingError when there is no such field, or this run has none of it, or not kept it then.
        """
        time = math.nan
        if days is not None:
            time = self._kept_time(_number(days, "days") * DAY)
        values = np.empty(self.shape)
        status = library.percuta_run_field(
            self._run, encode(name, "a field"), time, _pointer(values)
        )
        if status == Status.BAD_INPUT:
            known = (entry.name for entry in _catalogue.fields(self._catalogue))
            raise missing("field", name, known, "this run has none")
        if status != Status.OK:
            fail(status, decode(library.percuta_run_message(self._run)))
        return values

    def _kept_time(self, time: float) -> float:
        """The time [s] of kept fields that is meant by this one: to the second."""
        for kept in self._kept():
            if abs(kept - time) < 1:
                return kept
        days = ", ".join(f"{day:g}" for day in self.kept_days)
        raise MissingError(
            f"no fields were kept on day {time / DAY:g}; they were on {days or 'none'}"
        )

    def write(self, folder: str | os.PathLike[str]) -> None:
        """Writes the result folder, as `percuta run` does, of a course that has been followed to
        its end. FileError when it cannot, ValueError before the end."""
        status = library.percuta_run_write(self._run, encode_path(folder, "folder"))
        if status == Status.BAD_INPUT:
            raise ValueError(decode(library.percuta_run_message(self._run)))
        if status != Status.OK:
            fail(status, decode(library.percuta_run_message(self._run)))
