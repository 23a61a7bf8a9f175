import tempfile
import unittest
from pathlib import Path

import percuta
from support import SHORT, program

STUDY = """\
percuta: 1
mode: cohort
scenario: base.yaml
people: 3
population: {person.age: {low: 20 years, high: 60 years}}
arms:
  light: {session.force: 3 N}
  firm: {session.force: 6 N}
outcomes: [depth_mean_um, collagen_total_rel]
times: [7 days, 30 days]
"""


class Study(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.place.name)
        (cls.folder / "base.yaml").write_text(SHORT)
        (cls.folder / "study.yaml").write_text(STUDY)
        code, _, words = program("study", cls.folder / "study.yaml", "-o", cls.folder / "out")
        assert code == 0, words

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def test_frames(self):
        """a study is read as frames of rows, runs, arms and people"""
        study = percuta.study(self.folder / "out")
        self.assertEqual(len(study.table), 6 * 3)
        self.assertEqual(list(study.runs["status"]), ["ok"] * 6)
        self.assertEqual(list(study.arms.index), ["light", "firm"])
        self.assertEqual(study.arms.loc["firm", "session.force"], "6 N")
        self.assertEqual(len(study.people), 3)
        self.assertTrue(study.people["person.age"].str.endswith(" years").all())

    def test_csv(self):
        """its rows are those of table.csv"""
        import pandas

        table = pandas.read_csv(self.folder / "out" / "table.csv")
        ours = percuta.study(self.folder / "out").table
        self.assertEqual(list(table["arm"]), list(ours["arm"]))
        self.assertLess(float((table["value"] - ours["value"]).abs().max()), 1e-5)

    def test_values(self):
        """values of an outcome: people down, arms across, at a time"""
        study = percuta.study(self.folder / "out")
        depth = study.values("depth_mean_um")
        self.assertEqual(depth.shape, (3, 2))
        self.assertTrue((depth["firm"] > depth["light"]).all())
        early, last = study.values("collagen_total_rel", day=8), study.values("collagen_total_rel")
        rows = study.table[(study.table["outcome"] == "collagen_total_rel") & (study.table["run"] == 1)]
        self.assertEqual(early.loc[1, "light"], rows[rows["time"] == 7]["value"].iloc[0])
        self.assertEqual(last.loc[1, "light"], rows[rows["time"] == 30]["value"].iloc[0])
        with self.assertRaises(KeyError):
            study.values("beauty")

    def test_none(self):
        """a folder without a study says so"""
        with self.assertRaisesRegex(percuta.FileError, "no study in this folder"):
            percuta.study(self.folder)
