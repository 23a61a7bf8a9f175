import csv
import json
import math
import os
import signal
import tempfile
import threading
import unittest
from unittest import mock

import numpy as np
import pandas

import percuta
from percuta import _library
from support import ROOT, folder, program, short

FIRST = ROOT / "examples/first-session.yaml"
DAY = 86400


def setUpModule():
    """The program's answer to the first example, to compare with."""
    made = tempfile.TemporaryDirectory(prefix="percuta-python-")
    unittest.addModuleCleanup(made.cleanup)
    code, _, words = program("run", FIRST, "--fidelity", "column", "--draws", "0", "--quiet", "-o", made.name)
    assert code == 0, words
    global summary, rows, run
    with open(f"{made.name}/summary.json", encoding="utf-8") as file:
        summary = json.load(file)
    with open(f"{made.name}/timeline.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    run = percuta.Run(percuta.Scenario(FIRST).changed({"model.fidelity": "column", "model.draws": 0})).advance()


class AsTheProgram(unittest.TestCase):
    def test_timeline(self):
        """the timeline is timeline.csv, digit by digit"""
        frame = run.timeline
        self.assertEqual([frame.index.name, *frame.columns], rows[0])
        self.assertEqual(len(frame), len(rows) - 1)
        shown = [[f"{value:.9g}" for value in row] for row in frame.reset_index().to_numpy()]
        self.assertEqual(shown, rows[1:])
        self.assertEqual(frame.attrs["units"]["epidermis_um"], "um")
        self.assertIn("collagen", frame.attrs["text"]["collagen_total_rel"])
        np.testing.assert_array_equal(run.column("tewl_rel"), frame["tewl_rel"])
        np.testing.assert_array_equal(run.columns()["time_d"], frame.index)

    def test_outcomes(self):
        """outcomes are those of summary.json"""
        told = summary["outcomes"]
        frame = run.outcomes()
        self.assertEqual(len(frame), len(told))
        for (_, row), said in zip(frame.iterrows(), told):
            for name in ("name", "unit", "how_known"):
                self.assertEqual(row[name], said[name])
            self.assertEqual(row["since"], said.get("since", ""))
            for name in ("time_d", "value", "low", "high", "level"):
                number = said.get(name)
                if number is None:
                    self.assertTrue(math.isnan(row[name]), (said["name"], name))
                else:
                    self.assertEqual(f"{row[name]:.9g}", f"{number:.9g}")
        self.assertTrue(frame["how_known"].isin(["published-rate", "extrapolated"]).any())
        self.assertEqual(len(run.outcomes(days=[])), frame["time_d"].isna().sum())

    def test_hash(self):
        """the hash is that of summary.json"""
        scenario = percuta.Scenario(FIRST).changed({"model.fidelity": "column", "model.draws": 0})
        self.assertEqual(scenario.hash, summary["scenario_hash"])

    def test_write(self):
        """the result folder is that of the program"""
        out = folder(self) / "new" / "out"
        with self.assertRaisesRegex(ValueError, "day 0 of 60"):
            percuta.Run(short()).write(out)
        run.write(out)
        with open(out / "timeline.csv", newline="", encoding="utf-8") as file:
            self.assertEqual(list(csv.reader(file)), rows)
        with open(out / "summary.json", encoding="utf-8") as file:
            again = json.load(file)
        for name in set(summary) - {"cost"}:
            self.assertEqual(again[name], summary[name], name)
        for name in ("channels.csv", "fields.h5", "fields.xdmf", "report.html"):
            self.assertGreater((out / name).stat().st_size, 0)
        used = percuta.Scenario(out / "used_parameters.yaml")
        self.assertEqual(used.hash, summary["scenario_hash"])
        with self.assertRaisesRegex(percuta.FileError, "Not a directory"):
            run.write("/dev/null/out")


class Stepping(unittest.TestCase):
    def test_steps(self):
        """a run can be stepped, looked at and followed on"""
        stepped, whole = percuta.Run(short()), percuta.Run(short())
        self.assertEqual((stepped.time, stepped.end), (0, 60 * DAY))
        self.assertEqual(len(stepped.timeline), 0)
        self.assertEqual(stepped.readings(), [])
        self.assertIs(stepped.advance(days=10.5), stepped)
        self.assertEqual((stepped.time, stepped.days), (10.5 * DAY, 10.5))
        self.assertEqual(stepped.timeline.index[-1], 10.5)
        self.assertEqual(stepped.advance(until=3 * DAY).days, 10.5)
        self.assertEqual(stepped.advance(until=20 * DAY).days, 20)
        self.assertEqual(stepped.advance(days=1000).days, 60)
        self.assertEqual(whole.advance().time, whole.end)
        gain = whole.column("collagen_total_rel")[-1] - 1
        self.assertGreater(gain, 1e-3)
        self.assertAlmostEqual((stepped.column("collagen_total_rel")[-1] - 1) / gain, 1, delta=2e-3)

    def test_jump(self):
        """at a session there are two rows, before it and after it"""
        many = percuta.Run(short(**{"course.sessions": 2, "course.interval": "20 days"}))
        frame = many.advance(days=25).timeline
        twice = frame.loc[20.0]
        self.assertEqual(list(twice["session"]), [1, 2])
        self.assertEqual(len(frame.loc[10.0:15.0]), len(set(frame.loc[10.0:15.0].index)))
        late = many.outcome("collagen_total_rel", days=3, since="last-session")
        self.assertEqual(late.value, many.outcome("collagen_total_rel", days=23).value)
        self.assertNotEqual(late.value, many.outcome("collagen_total_rel", days=3).value)

    def test_scenario_moves_on(self):
        """a run goes on with the scenario that it was made of"""
        scenario = short()
        made = percuta.Run(scenario)
        scenario["device.needle.length"] = "0.5 mm"
        scenario["course.follow_up"] = "30 days"
        self.assertEqual(made.end, 60 * DAY)
        depth = made.advance().outcome("depth_mean_um").value
        self.assertLess(percuta.Run(scenario).advance().outcome("depth_mean_um").value, depth)

    def test_names(self):
        """what a run does not have is missing, with words"""
        for call, words in (
            (lambda: run.column("cytokine_rel"), "is not computed by this run"),
            (lambda: run.column("colagen_total_rel"), "did you mean `collagen_total_rel`"),
            (lambda: run.outcome("cytokine_peak_rel"), "this run has none"),
            (lambda: run.outcome("collagen_total_rel"), "needs days"),
            (
                lambda: run.outcome("collagen_total_rel", days=366),
                "366 days after the first session",
            ),
            (lambda: run.outcome("collagen_total_rel", days=-1), "none -1 days"),
            (lambda: run.outcome("charm"), "no outcome `charm`"),
            (lambda: run.field("charm"), "no field `charm`"),
            (lambda: run.field("cytokine"), "this run has none"),
            (lambda: run.field("collagen", days=6), "no fields were kept on day 6.*0, 1, 7"),
        ):
            with self.assertRaisesRegex(percuta.MissingError, words):
                call()

    def test_nonsense(self):
        """nonsense raises TypeError or ValueError and never reaches the library"""
        for call in (
            lambda: percuta.Run(None),
            lambda: percuta.Run("first-session.yaml"),
            lambda: percuta.Run(short(), comm=3),
            lambda: run.advance(days="3"),
            lambda: run.advance(until=[3]),
            lambda: run.advance(days=1, until=1),
            lambda: run.column(3),
            lambda: run.column(None),
            lambda: run.outcome(None),
            lambda: run.outcome("collagen_total_rel", days="x"),
            lambda: run.outcomes(days=3),
            lambda: run.outcomes(days=["3"]),
            lambda: run.field(3),
            lambda: run.field("collagen", days="x"),
            lambda: run.write(3),
        ):
            with self.assertRaises(TypeError):
                call()
        for call in (
            lambda: run.advance(until=math.nan),
            lambda: run.outcomes(since="birth"),
            lambda: run.outcome("pain_rel", since="first"),
            lambda: run.column("a\0b"),
            lambda: run.write("a\0b"),
        ):
            with self.assertRaises(ValueError):
                call()

    def test_close(self):
        """a closed run says so"""
        with percuta.Run(short()) as made:
            made.advance(days=1)
            self.assertIn("day 1 of 60", repr(made))
        self.assertIn("closed", repr(made))
        made.close()
        for call in (made.advance, lambda: made.time, lambda: made.timeline, lambda: made.shape):
            with self.assertRaisesRegex(ValueError, "closed"):
                call()


class Fields(unittest.TestCase):
    def test_column(self):
        """fields are arrays of depth, y, x, as kept or as they are"""
        made = percuta.Run(short()).advance(days=7)
        nz, ny, nx = made.shape
        self.assertEqual((ny, nx), (1, 4))  # rings
        self.assertEqual([len(along) for along in made.faces], [nx + 1, ny + 1, nz + 1])
        self.assertTrue((np.diff(made.faces.z) > 0).all())
        self.assertEqual(made.kept_days, [0, 1, 7])
        now = made.field("collagen")
        self.assertEqual(now.shape, made.shape)
        np.testing.assert_allclose(made.field("collagen", days=7), now, rtol=1e-6)
        self.assertGreater(abs(made.field("collagen", days=0) - now).max(), 0)
        self.assertEqual(made.advance().kept_days, [0, 1, 7, 30, 60])

    def test_patch(self):
        """in a patch tissue is cut at the places that channels.csv tells"""
        patch = {
            "model.fidelity": "patch",
            "model.patch.width": "3 mm",
            "model.patch.cell": "250 um",
            "course.follow_up": "1 day",
            "session.passes": [{"direction": "0 deg"}],
            "session.repeat": 1,
        }
        made = percuta.Run(short(**patch)).advance(until=0)
        nz, ny, nx = made.shape
        self.assertEqual((ny, nx), (12, 12))
        np.testing.assert_allclose(made.faces.x, np.linspace(0, 3e-3, 13))
        out, collagen = folder(self), made.field("collagen")
        made.advance().write(out)
        cut = pandas.read_csv(out / "channels.csv")
        cut = cut[cut["penetrated"] == 1]
        struck = np.histogram2d(1e-6 * cut["y_um"], 1e-6 * cut["x_um"], made.faces[1::-1])[0]
        layer = np.searchsorted(made.faces.z, 2e-4)
        lost = collagen.max(axis=(1, 2))[layer] - collagen[layer]
        right = np.corrcoef(struck.ravel(), lost.ravel())[0, 1]
        turned = np.corrcoef(struck.T.ravel(), lost.ravel())[0, 1]
        self.assertGreater(right, 0.8)
        self.assertLess(turned, 0.4)


class Interrupts(unittest.TestCase):
    def test_ctrl_c(self):
        """Ctrl-C stops between two steps, and the run goes on as if nothing had been"""
        made, whole = percuta.Run(short()), percuta.Run(short()).advance()
        steps = []
        # whoever started this may have asked to ignore it, as for what runs in the background
        heard = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.addCleanup(signal.signal, signal.SIGINT, heard)

        def watch(asked):
            """The watch of the package, at whose fifth call somebody presses Ctrl-C."""

            def step(*given):
                steps.append(given)
                if len(steps) == 5:
                    os.kill(os.getpid(), signal.SIGINT)
                return asked(*given)

            return _library.Watch(step if asked else 0)

        with mock.patch("percuta.run.Watch", watch), self.assertRaises(KeyboardInterrupt):
            made.advance()
        self.assertLessEqual(len(steps), 6)
        self.assertLess(made.time, made.end)
        self.assertIs(signal.getsignal(signal.SIGINT), signal.default_int_handler)
        pandas.testing.assert_frame_equal(made.advance().timeline, whole.timeline, check_exact=True)

    def test_threads(self):
        """calls out of several threads wait for each other"""
        found = []
        threads = [
            threading.Thread(target=lambda: found.append(percuta.Run(short()).advance().timeline))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(found), 4)
        for frame in found[1:]:
            pandas.testing.assert_frame_equal(frame, found[0], check_exact=True)
