"""Results beside each other."""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from percuta._library import encode_path, library
from percuta.catalogue import Catalogue, chosen
from percuta.errors import Inbox
from percuta.run import need_pandas

if TYPE_CHECKING:
    import pandas

# Columns that are no numbers.
TEXTS = ("run", "outcome", "since", "unit", "seed", "fidelity", "status")


def compare(
    folders: Iterable[str | os.PathLike[str]],
    baseline: str | os.PathLike[str] | None = None,
    output: str | os.PathLike[str] | None = None,
    catalogue: Catalogue | None = None,
) -> pandas.DataFrame:
    """Two to forty result folders beside each other, as `percuta compare` sets them: one row for
    each outcome, time and run, with its difference to the baseline (the first folder, unless another
    is named). docs/compare.md says what the columns are; what is not known is NaN or "".

    With `output` the page compare.html and compare.csv are written into that folder. Raises
    ScenarioError with all that is wrong with the folders; ImportError without pandas.
    """
    if isinstance(folders, (str, bytes, os.PathLike)):
        raise TypeError("folders must be several, in a list")
    pandas = need_pandas()
    paths = [encode_path(folder, "a folder") for folder in folders]
    given = (ctypes.c_char_p * max(len(paths), 1))(*paths)
    base = None if baseline is None else encode_path(baseline, "baseline")
    with tempfile.TemporaryDirectory() as spare:
        target = Path(spare if output is None else output)
        inbox = Inbox()
        inbox.check(
            library.percuta_compare(
                chosen(catalogue)._handle.pointer,
                len(paths),
                given,
                base,
                encode_path(target, "output"),
                inbox.address,
            )
        )
        table = pandas.read_csv(
            target / "compare.csv",
            dtype=dict.fromkeys(TEXTS, str),
            keep_default_na=False,
            na_values=[""],
        )
    table[list(TEXTS)] = table[list(TEXTS)].fillna("")
    # the file has an apostrophe before what a spreadsheet would compute
    table["run"] = table["run"].str.replace(r"^'(?=[=+\-@\t])", "", regex=True)
    return table
