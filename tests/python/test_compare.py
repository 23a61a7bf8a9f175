import tempfile
import unittest
from pathlib import Path

import percuta
from support import python, short


class Compare(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.folders = []
        for name, length in (("=1+1", "0.5 mm"), ("NA", "1.5 mm")):
            cls.folders.append(Path(cls.place.name) / name)
            with percuta.Run(short(**{"device.needle.length": length})) as run:
                run.advance().write(cls.folders[-1])

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def test_frame(self):
        """a frame has each outcome of each run, and its difference to the first"""
        table = percuta.compare(self.folders)
        self.assertEqual(sorted(set(table["run"])), ["=1+1", "NA"])
        depth = table[table["outcome"] == "depth_mean_um"].set_index("run")
        own = depth.loc["NA", "value"] - depth.loc["=1+1", "value"]
        self.assertGreater(own, 500)
        self.assertAlmostEqual(depth.loc["NA", "difference"], own, places=5)
        self.assertTrue(depth["difference"].isna()["=1+1"])
        self.assertEqual(set(table["status"]), {"ok"})
        self.assertEqual(set(table["since"]), {"", "first-session"})

    def test_baseline_and_output(self):
        """another baseline turns the sign, and the page is written where it is asked for"""
        there = percuta.compare(self.folders)["difference"].dropna()
        page = Path(self.place.name) / "page"
        back = percuta.compare(self.folders, baseline=self.folders[1], output=page)
        self.assertEqual(sorted(p.name for p in page.iterdir()), ["compare.csv", "compare.html"])
        self.assertEqual(list(back["difference"].dropna()), list(-there))

    def test_mistakes(self):
        """all that is wrong with folders is one exception"""
        with self.assertRaises(percuta.ScenarioError) as caught:
            percuta.compare([*self.folders, "nowhere", self.folders[0]])
        self.assertEqual([m.code for m in caught.exception.mistakes], ["not-a-result"] * 2)
        with self.assertRaisesRegex(percuta.ScenarioError, "2 to 40"):
            percuta.compare(self.folders[:1])
        with self.assertRaises(TypeError):
            percuta.compare("a folder")
        with self.assertRaises(percuta.FileError):
            percuta.compare(self.folders, output="/dev/null/page")

    def test_without_pandas(self):
        """without pandas it says what is missing"""
        code, out, words = python(
            "import sys; sys.modules['pandas'] = None\n"
            "import percuta\n"
            "try:\n    percuta.compare(['a', 'b'])\nexcept ImportError as error:\n    print(error)"
        )
        self.assertEqual((code, words), (0, ""))
        self.assertIn("frames need pandas", out)
