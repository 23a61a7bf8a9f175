"""Studies: the rows of many courses as frames."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from percuta.errors import FileError
from percuta.run import need_pandas

if TYPE_CHECKING:
    import pandas

TABLE = """SELECT r.run, r.person, a.name AS arm, o.outcome, o.time, o.value, o.low, o.high, o.unit,
r.status, r.reason FROM run r LEFT JOIN arm a USING (arm) LEFT JOIN outcome o ON o.run = r.run
ORDER BY r.run, o.position"""


@dataclass(frozen=True)
class Study:
    """What the store of a study holds, as frames; docs/study.md says what the columns are."""

    table: pandas.DataFrame
    """One row for each outcome and time of each run, and one for each run that failed."""
    runs: pandas.DataFrame
    """One row for each run: arm, person, status, reason, seconds."""
    arms: pandas.DataFrame
    """One row for each arm, by name: the keys that make it, as texts."""
    people: pandas.DataFrame
    """One row for each person: the keys that make him, as texts."""

    def values(self, outcome: str, day: float | None = None) -> pandas.DataFrame:
        """The values of an outcome: people (or 0) down, arms across. Of a timed outcome at the time
        next to `day` (since the first session), or the last. Raises KeyError when no run has it.
        """
        rows = self.table[self.table["outcome"] == outcome]
        if rows.empty:
            raise KeyError(outcome)
        if rows["time"].notna().any():
            apart = -rows["time"] if day is None else (rows["time"] - day).abs()
            rows = rows.loc[apart.groupby(rows["run"]).idxmin()]
        found = rows.assign(person=rows["person"].fillna(0).astype(int)).pivot(
            index="person", columns="arm", values="value"
        )
        return found[[arm for arm in self.arms.index if arm in found.columns]]


def study(folder: str | os.PathLike[str]) -> Study:
    """The study in a folder that `percuta study` or `percuta sweep` has written; it may still go on.

    Raises FileError when the folder holds none; ImportError without pandas.
    """
    pandas = need_pandas()
    path = Path(folder) / "study.sqlite"
    if not path.is_file():
        raise FileError(f"{path}: there is no study in this folder")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as store:
            table = pandas.read_sql(TABLE, store)
            runs = pandas.read_sql(
                "SELECT run, arm.name AS arm, person, status, reason, seconds FROM run "
                "LEFT JOIN arm USING (arm) ORDER BY run",
                store,
                index_col="run",
            )
            names = pandas.read_sql("SELECT arm, name FROM arm ORDER BY arm", store)
            settings = pandas.read_sql("SELECT name, key, value FROM setting JOIN arm USING (arm)", store)
            people = pandas.read_sql("SELECT person, key, value FROM person", store)
    except (sqlite3.Error, pandas.errors.DatabaseError) as error:
        raise FileError(f"{path}: is no study of Percuta's: {error}") from error
    arms = settings.pivot(index="name", columns="key", values="value").reindex(names["name"])
    return Study(
        table=table.astype({"person": "Int64"}),
        runs=runs.astype({"person": "Int64"}),
        arms=arms.rename_axis(index="arm", columns=None),
        people=people.pivot(index="person", columns="key", values="value").rename_axis(columns=None),
    )
