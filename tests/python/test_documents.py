import contextlib
import doctest
import re
import runpy
import subprocess
import sys
import unittest

import percuta
from support import ROOT, folder


class Documents(unittest.TestCase):
    def test_pages(self):
        """what the pages show is what comes out"""
        pages = {ROOT / "python/README.md": 3, ROOT / "docs/python.md": 20}
        place = folder(self)
        (place / "examples").symlink_to(ROOT / "examples")
        with contextlib.chdir(place):
            for page, least in pages.items():
                result = doctest.testfile(
                    str(page), module_relative=False, optionflags=doctest.ELLIPSIS
                )
                self.assertEqual(result.failed, 0, page.name)
                self.assertGreaterEqual(result.attempted, least, page.name)

    def test_readme(self):
        """the program in the README runs"""
        (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("unit='um'", done.stdout)

    def test_example(self):
        """the example finds its own answer right, and says what is wrong with a file"""
        for scenario, code, said in (
            (ROOT / "examples/first-session.yaml", 0, "volar-forearm"),
            (ROOT / "no/such.yaml", 2, ""),
        ):
            done = subprocess.run(
                [sys.executable, ROOT / "examples/needle_depth.py", scenario],
                capture_output=True,
                text=True,
            )
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn(said, done.stdout)
            self.assertEqual(done.stderr == "", code == 0)

    def test_example_can_fail(self):
        """the example would notice a wrong answer"""
        example = runpy.run_path(str(ROOT / "examples/needle_depth.py"))
        scenario = percuta.Scenario(ROOT / "examples/first-session.yaml")
        table = example["compare"](scenario.changed({"model.fidelity": "column"}))
        self.assertTrue(example["is_right"](table))
        for column in ("depth_mean_um", "shed_ul_per_cm2"):
            wrong = table.copy()
            wrong[column] = wrong[column].iloc[::-1].to_numpy()
            self.assertFalse(example["is_right"](wrong), column)
