import copy
import unittest

import numpy as np

import percuta
from support import ROOT, SHORT, folder, program, short

FIRST = ROOT / "examples/first-session.yaml"


class Scenarios(unittest.TestCase):
    def test_version(self):
        """the package says the version of the program"""
        self.assertIn(percuta.__version__, program("--version")[1])

    def test_values(self):
        """values are those of percuta explain, keys those that do something"""
        import json

        explained = json.loads(program("explain", FIRST, "--json")[1])
        scenario = percuta.Scenario(FIRST)
        self.assertEqual(scenario.hash, explained["hash"])
        heads = {"percuta", "title"}
        self.assertEqual(set(scenario) - heads, set(explained["keys"]) - heads)
        self.assertEqual(len(scenario), len(list(scenario)))
        for key, said in explained["keys"].items():
            if "written" in said:
                self.assertEqual(scenario[key], said["written"], key)
        for name, said in explained["parameters"].items():
            number = float(scenario[f"parameters.{name}"].split()[0])
            self.assertAlmostEqual(number / (said["value"] or 1), bool(said["value"]), 12, name)
        self.assertGreater(len(explained["parameters"]), 300)
        self.assertEqual(scenario["device.needle.length"], "1.5 mm")
        self.assertIn("device.needle.length", scenario)
        self.assertNotIn("skin.condition.depth", scenario)
        self.assertNotIn(3, scenario)
        self.assertIsNone(scenario.get("no.such"))

    def test_long_value(self):
        """a value of any length comes back whole"""
        passes = [{"direction": f"{n} deg"} for n in range(64)]
        scenario = short(**{"session.passes": passes})
        self.assertEqual(scenario["session.passes"].count("direction"), 64)
        self.assertTrue(scenario["session.passes"].endswith("{direction: 63 deg, motion: straight}]"))

    def test_change(self):
        """a change is as --set; several are checked together; the hash tells"""
        scenario = percuta.Scenario(FIRST)
        before = scenario.hash
        scenario["device.needle.length"] = "1 mm"
        out = program("check", FIRST, "--set", "device.needle.length=1 mm")[1]
        self.assertIn(scenario.hash, out)
        scenario["device.needle.length"] = "1.5 mm"
        self.assertEqual(scenario.hash, before)
        scar = {"skin.condition.kind": "acne-scar", "skin.condition.depth": "1 mm"}
        changed = scenario.changed(scar)
        self.assertEqual(changed["skin.condition.depth"], "1 mm")
        self.assertEqual(scenario.hash, before)
        scenario.set(scar)
        self.assertEqual(scenario, changed)
        scenario.set(**{"skin.condition.depth": "1.1 mm"})
        self.assertNotEqual(scenario, changed)
        self.assertEqual(changed["skin.condition.depth"], "1 mm")

    def test_kinds_of_values(self):
        """numbers, booleans and lists are written as a scenario has them"""
        scenario = short(**{"course.follow_up": "100 days"})
        for key, value, shown in (
            ("course.sessions", 3, "3"),
            ("course.sessions", np.int64(2), "2"),
            ("course.only_if_healed", False, "false"),
            ("session.slip", np.float64(0.25), "0.25"),
            ("session.slip", 1e-7, "1e-07"),
            ("session.passes", [{"direction": "3 deg"}], "[{direction: 3 deg, motion: straight}]"),
        ):
            scenario[key] = value
            self.assertEqual(scenario[key], shown)
        for nonsense in (None, object(), b"1 mm", {1, 2}):
            with self.assertRaises(TypeError):
                scenario["device.needle.length"] = nonsense
        self.assertEqual(scenario["device.needle.length"], "1.5 mm")

    def test_copies(self):
        """copies are equal and apart"""
        scenario = short()
        for made in (scenario.copy(), copy.copy(scenario), copy.deepcopy(scenario)):
            self.assertEqual(made, scenario)
            made["model.seed"] = 7
            self.assertNotEqual(made, scenario)
        self.assertNotEqual(scenario, "text")
        with self.assertRaises(TypeError):
            hash(scenario)

    def test_write(self):
        """what is written is the same scenario"""
        path = folder(self) / "used.yaml"
        scenario = short()
        scenario.write(path)
        self.assertEqual(percuta.Scenario(path), scenario)
        with self.assertRaises(percuta.FileError) as caught:
            scenario.write("/dev/null/used.yaml")
        self.assertIsInstance(caught.exception, OSError)
        self.assertEqual(caught.exception.filename, "/dev/null/used.yaml")
        self.assertIn("Not a directory", str(caught.exception))

    def test_sheet(self):
        """a scenario gives the sheet of its device"""
        scenario = short()
        sheet = scenario.sheet()
        depth = sheet["penetration"]["depth_in_place_um"]
        self.assertLess(depth["low"], depth["value"])
        self.assertLess(depth["value"], depth["high"])
        shorter = scenario.changed({"device.needle.length": "0.5 mm"}).sheet()
        self.assertLess(shorter["penetration"]["depth_in_place_um"]["high"], 500)
        place = folder(self)
        scenario.sheet(place)
        self.assertTrue((place / "device.html").is_file())
        with self.assertRaises(percuta.FileError):
            scenario.sheet("/dev/null/sheet")

    def test_name(self):
        """a scenario shows its name and hash"""
        self.assertRegex(
            repr(percuta.Scenario(FIRST)), r"<Scenario .*first-session.yaml [0-9a-f]{16}>"
        )


class Mistakes(unittest.TestCase):
    TEXT = SHORT.replace("45 years", "45").replace("cheek", "chek")

    def test_places(self):
        """every mistake has its place, and is shown as the program does"""
        path = folder(self) / "mine.yaml"
        path.write_text(self.TEXT)
        with self.assertRaises(percuta.ScenarioError) as caught:
            percuta.Scenario(path)
        age, site = caught.exception.mistakes
        self.assertEqual((age.code, age.line, age.column), ("no-unit", 2, 15))
        self.assertEqual((age.key, age.given, age.file), ("person.age", "45", str(path)))
        self.assertEqual((site.code, site.line, site.key), ("unknown-name", 3, "skin.site"))
        self.assertIn("cheek", site.hint)
        self.assertEqual(str(caught.exception) + "\n", program("check", path)[2])
        self.assertIsInstance(caught.exception, ValueError)

    def test_same_of_a_text(self):
        """a text is called what one likes; its mistakes survive pickling"""
        import pickle

        with self.assertRaises(percuta.ScenarioError) as caught:
            percuta.Scenario.parse(self.TEXT, name="mine")
        self.assertEqual({mistake.file for mistake in caught.exception.mistakes}, {"mine"})
        again = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual(again.mistakes, caught.exception.mistakes)
        self.assertEqual(str(again), str(caught.exception))

    def test_of_a_change(self):
        """a mistake of a change leaves the scenario as it was"""
        scenario = short()
        before = scenario.hash
        with self.assertRaises(percuta.ScenarioError) as caught:
            scenario["device.needle.length"] = "1 kg"
        (mistake,) = caught.exception.mistakes
        self.assertEqual((mistake.key, mistake.given), ("device.needle.length", "1 kg"))
        self.assertEqual((mistake.file, mistake.line), ("", 0))
        self.assertTrue(str(mistake).startswith("device.needle.length: "))
        with self.assertRaises(percuta.ScenarioError):
            scenario.set({"device.needle.length": "1 mm", "no.such.key": 1})
        self.assertEqual(scenario.hash, before)

    def test_no_file(self):
        """a file that is not there is a mistake of that file"""
        with self.assertRaises(percuta.ScenarioError) as caught:
            percuta.Scenario("no/such.yaml")
        self.assertEqual(caught.exception.mistakes[0].file, "no/such.yaml")
        with self.assertRaises(percuta.ScenarioError):
            percuta.Catalogue("/no/such/data")

    def test_missing(self):
        """a name that is not there raises KeyError with the nearest"""
        scenario = short()
        with self.assertRaises(KeyError) as caught:
            scenario["device.needle.lenght"]
        self.assertIsInstance(caught.exception, percuta.MissingError)
        self.assertEqual(
            str(caught.exception),
            "there is no key `device.needle.lenght`; did you mean `device.needle.length`?",
        )
        with self.assertRaisesRegex(percuta.MissingError, "does nothing in this scenario"):
            scenario["skin.condition.depth"]

    def test_nonsense(self):
        """nonsense raises TypeError or ValueError and never reaches the library"""
        scenario = short()
        for call in (
            lambda: percuta.Scenario(3),
            lambda: percuta.Scenario(None),
            lambda: percuta.Scenario.parse(b"percuta: 1"),
            lambda: percuta.Scenario.parse(None),
            lambda: percuta.Scenario.parse(SHORT, name=7),
            lambda: percuta.Scenario.parse(SHORT, catalogue="data").hash,
            lambda: scenario[3],
            lambda: scenario.set({3: "1 mm"}),
            lambda: scenario.set(["device.needle.length"]),
            lambda: scenario.write(3),
            lambda: percuta.Catalogue(3),
            lambda: percuta.keys("data"),
        ):
            with self.assertRaises(TypeError):
                call()
        for call in (
            lambda: percuta.Scenario("a\0b"),
            lambda: percuta.Scenario.parse("a\0b"),
            lambda: scenario.set({"a\0b": "1"}),
            lambda: scenario.write("a\0b"),
            lambda: percuta.Scenario.parse("\ud800"),
        ):
            with self.assertRaises(ValueError):
                call()


class Registries(unittest.TestCase):
    def test_known(self):
        """registries name all, with unit and sentence"""
        for registry, name, unit, least in (
            (percuta.keys, "device.needle.length", "mm", 50),
            (percuta.columns, "time_d", "d", 20),
            (percuta.fields, "collagen", "1", 15),
            (percuta.outcomes, "depth_mean_um", "um", 30),
            (percuta.parameters, "koppenol.secretion", "g/day", 300),
            (percuta.sites, "cheek", "", 20),
            (percuta.conditions, "none", "", 6),
            (percuta.devices, "roller-192-1.5mm", "", 15),
            (percuta.products, "lidocaine-4%", "", 20),
            (percuta.compounds, "lidocaine", "", 65),
        ):
            entries = registry()
            self.assertGreaterEqual(len(entries), least)
            self.assertTrue(all(entry.text for entry in entries))
            units = [entry.unit for entry in entries if entry.name == name]
            self.assertEqual(units, [unit], name)

    def test_listed(self):
        """registries hold what percuta list shows"""
        for registry in (percuta.sites, percuta.devices, percuta.products, percuta.outcomes):
            shown = program("list", registry.__name__)[1].splitlines()
            names = [line.split()[0] for line in shown if line and not line[0].isspace()]
            for entry in registry():
                self.assertIn(entry.name, names)

    def test_own_data(self):
        """a catalogue of one's own serves its scenarios"""
        catalogue = percuta.Catalogue(ROOT / "data")
        self.assertEqual(percuta.sites(catalogue), percuta.sites())
        self.assertEqual(percuta.Scenario.parse(SHORT, catalogue=catalogue), short())
