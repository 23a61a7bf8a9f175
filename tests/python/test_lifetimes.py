import gc
import itertools
import os
import unittest
import weakref

import percuta
from support import SANITIZED, SHORT, open_files, python, short


def resident():
    """[bytes] that this process holds in memory."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")


class Lifetimes(unittest.TestCase):
    def test_orders(self):
        """catalogue, scenario and run may be let go of in any order"""
        for order in itertools.permutations(("catalogue", "scenario", "run")):
            held = {"catalogue": percuta.Catalogue()}
            held["scenario"] = percuta.Scenario.parse(SHORT, catalogue=held["catalogue"])
            held["run"] = percuta.Run(held["scenario"])
            handles = [weakref.ref(thing._handle) for thing in held.values()]
            for name in order:
                del held[name]
                gc.collect()
                if "run" in held:
                    held["run"].advance(days=held["run"].days + 1)
                    self.assertGreater(len(held["run"].timeline), 0)
                if "scenario" in held:
                    self.assertEqual(held["scenario"]["device.needle.length"], "1.5 mm")
            self.assertEqual([handle() for handle in handles], [None] * 3, order)

    def test_ring(self):
        """garbage that refers to itself goes as well, runs before what they lean on"""
        run = percuta.Run(short())
        run.ring = [run, run._handle, percuta.Run(short())]
        handle = weakref.ref(run._handle)
        del run
        gc.collect()
        self.assertIsNone(handle())

    def test_closed_first(self):
        """a run that was closed leaves its scenario free, and others as they were"""
        scenario = short()
        first, second = percuta.Run(scenario), percuta.Run(scenario)
        first.close()
        second.advance(days=1)
        del scenario
        first.close()
        self.assertEqual(second.advance().days, 60)

    def test_many(self):
        """30 runs, and as many changes, let neither memory nor open files grow"""
        scenario = short(**{"course.follow_up": "14 days"})

        def follow(seed):
            scenario["model.seed"] = seed
            run = percuta.Run(scenario).advance()
            run.columns(), run.readings(), run.field("collagen", days=7)

        for seed in range(30):
            follow(seed)
        gc.collect()
        memory, files = resident(), open_files()
        for seed in range(30, 60):
            follow(seed)
        gc.collect()
        self.assertEqual(open_files(), files)
        if not SANITIZED:  # sanitizers keep what is freed
            self.assertLess(resident() - memory, 200e3)  # a run of its own is more than 10 kB

    def test_end(self):
        """a program may end with all of it open, and says nothing"""
        for last in (
            "pass",
            "run.ring = run",
            "raise SystemExit",
            "del catalogue, scenario",
            "run.close()",
            "import atexit; atexit.register(lambda: print(run.days, end=''))",
        ):
            code, out, words = python(
                f"""
                import percuta
                from support import SHORT
                catalogue = percuta.Catalogue()
                scenario = percuta.Scenario.parse(SHORT, catalogue=catalogue)
                run = percuta.Run(scenario).advance(days=1)
                other = percuta.Run(scenario)
                {last}
                """
            )
            self.assertEqual((code, words), (0, ""), last)
            self.assertIn(out, ("", "1.0"))

    def test_exception_at_end(self):
        """a program that dies of an exception dies of that alone"""
        code, _, words = python(
            """
            import percuta
            from support import short
            run = percuta.Run(short()).advance(days=1)
            run.column("charm")
            """
        )
        self.assertEqual(code, 1)
        self.assertTrue(words.endswith("MissingError: there is no column `charm`\n"), words)
