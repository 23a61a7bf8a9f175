import os
import unittest
from unittest import mock

from percuta import _library
from support import ROOT, folder, python

WITHOUT = "import sys; sys.modules['pandas'] = None\n"


class Parts(unittest.TestCase):
    def test_without_pandas(self):
        """without pandas all works but frames, which say what is missing"""
        code, out, words = python(
            WITHOUT
            + """
import percuta
from support import short
run = percuta.Run(short()).advance(days=30)
print(len(run.columns()) > 10, len(run.readings()) > 10, run.column("time_d")[-1])
for frame in (lambda: run.timeline, lambda: run.outcomes()):
    try:
        frame()
    except ImportError as error:
        print(error)
"""
        )
        said = "frames need pandas (Debian: python3-pandas); columns() and readings() do without"
        self.assertEqual((code, words), (0, ""))
        self.assertEqual(out.splitlines(), ["True True 30.0", said, said])

    def test_other_version(self):
        """a library of another minor version is refused in words"""
        _library.agree(_library.MADE_FOR + ".7")
        for version in ("0.2.0", "1.1.0", "0.10.0", "7"):
            with self.assertRaisesRegex(ImportError, f"the library found is {version}"):
                _library.agree(version)

    def test_no_library(self):
        """a library that is not there is an ImportError in words"""
        code, _, words = python("import percuta", PERCUTA_LIBRARY="/no/such.so")
        self.assertEqual(code, 1)
        self.assertIn("ImportError: the library of Percuta, named by PERCUTA_LIBRARY", words)

    def test_places(self):
        """the library is looked for beside the sources and beside an installed package"""
        place = folder(self)
        package = place / "lib/python3/dist-packages/percuta/_library.py"
        names = [place / "lib" / _library.NAME, place / "lib64" / _library.NAME]
        with mock.patch.object(_library, "__file__", str(package)):
            self.assertEqual(_library.candidates(), [_library.NAME])
            for name in names:
                name.parent.mkdir(parents=True, exist_ok=True)
                name.touch()
            self.assertEqual(_library.candidates(), [*map(str, names), _library.NAME])
        if os.path.samefile(os.environ["PERCUTA_BUILD"], ROOT / "build"):
            self.assertEqual(_library.candidates()[0], str(ROOT / "build" / _library.NAME))

    def test_in_place(self):
        """an import from the sources needs PYTHONPATH and nothing else"""
        if not (ROOT / "build" / _library.NAME).exists() or "build-" in os.environ["PERCUTA_BUILD"]:
            self.skipTest("another build folder")
        code, out, words = python(
            "import percuta; print(len(percuta.sites()) > 10)",
            PERCUTA_LIBRARY="",
            PERCUTA_DATA="",
        )
        self.assertEqual((code, out, words), (0, "True\n", ""))


class Communicators(unittest.TestCase):
    CODE = """
from mpi4py import MPI
import percuta
from support import short
patch = {"model.fidelity": "patch", "model.patch.width": "1 mm", "model.patch.cell": "250 um"}
scenario = short(**patch, **{"course.follow_up": "2 days"})
alone = percuta.Run(scenario).advance()
shared = percuta.Run(scenario, comm=MPI.COMM_WORLD).advance()
assert shared.shape == alone.shape == shared.field("collagen").shape
assert abs(shared.field("collagen", days=1) - alone.field("collagen", days=1)).max() < 1e-6
assert abs(shared.column("collagen_total_rel") - alone.column("collagen_total_rel")).max() < 1e-6
try:
    percuta.Run(short(), comm=MPI.COMM_WORLD)
    raise AssertionError("a column is for one process")
except percuta.ScenarioError as refused:
    assert "more processes" in str(refused)
if MPI.COMM_WORLD.rank == 0:
    print(MPI.COMM_WORLD.size)
"""

    def test_mpi4py(self):
        """a run is spread over a communicator of mpi4py"""
        import importlib.util
        import subprocess
        import sys

        if importlib.util.find_spec("mpi4py") is None:
            self.skipTest("mpi4py is not there")
        done = subprocess.run(
            ["mpiexec", "-n", "2", sys.executable, "-c", self.CODE], capture_output=True, text=True
        )
        self.assertEqual((done.returncode, done.stdout), (0, "2\n"), done.stderr)
