"""Usage: schema.py PERCUTA SCRATCH ROOT, with SCRATCH/schema.json. Prints one line a case."""
import json
import os
import pathlib
import random
import re
import subprocess
import sys

import jsonschema
import yaml

program, scratch, root = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
schema = json.loads((scratch / "schema.json").read_text())
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
failed = False

# What a schema cannot say: values that contradict each other, names of files, what stands twice.
BEYOND = {"conflict", "too-large", "not-covered", "data-fault"}


def report(name, why):
    global failed
    failed = failed or bool(why)
    print(f"not ok {name}: {why}" if why else f"ok {name}")


def program_says(text, name="drawn"):
    path = scratch / f"{name}.yaml"
    path.write_text(text)
    ended = subprocess.run([program, "check", "--json", path], capture_output=True, text=True)
    return json.loads(ended.stdout)["mistakes"]


def schema_says(text):
    try:
        tree = yaml.safe_load(text)
    except yaml.YAMLError:
        return ["this is not YAML"]
    return [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:60]}" for e in validator.iter_errors(tree)]


def differ(text):
    """Why the two disagree, or None."""
    mistakes, errors = program_says(text), schema_says(text)
    telling = [m for m in mistakes if m["code"] not in BEYOND]
    if bool(errors) == bool(telling) or (mistakes and not telling and not errors):
        return None
    if errors and mistakes:
        return None
    what = [f"{m['key']}: {m['what']}" for m in telling[:2]]
    return f"the program says {what}, the schema {errors[:2]}, of {text!r}"


for path in sorted((root / "examples").glob("*.yaml")) + sorted((root / "data/evidence/scenarios").glob("*.yaml")):
    if path.stem.startswith(("cohort-", "trial-")):
        continue  # a study
    text = path.read_text()
    report(f"example-{path.stem}", "; ".join(schema_says(text)))

# Registry, as `explain --json` shows it, of two scenarios that have all keys between them.
keys = {}
for changes in ([], ["--set", "device={kind: pen, needle: {length: 1 mm, base_diameter: 0.2 mm, tip_radius: 5 um, taper: 1 mm}, "
                     "needles: 12, head_diameter: 5 mm, frequency: 100 Hz}",
                     "--set", "skin.condition.kind=acne-scar"],
                ["--set", "skin.condition.kind=wrinkle"]):
    said = subprocess.run([program, "explain", "--json", root / "examples/first-session.yaml", *changes],
                          capture_output=True, text=True)
    keys.update(json.loads(said.stdout).get("keys") or {})
listed = {kind: [line.split()[0] for line in subprocess.run([program, "list", kind], capture_output=True, text=True)
                 .stdout.splitlines() if line.strip()] for kind in ("sites", "devices", "conditions", "products")}
draw = random.Random(int(os.environ.get("PERCUTA_SCHEMA_SEED", 14)))
OTHER = {"mm": [("um", 1e-3), ("cm", 10), ("inch", 25.4), ("m", 1e3), ("µm", 1e-3), ("millimetres", 1)],
         "um": [("mm", 1e3), ("nm", 1e-3), ("micron", 1), ("cm", 1e4)],
         "min": [("h", 60), ("s", 1 / 60), ("hours", 60), ("mins", 1), ("days", 1440)],
         "hours": [("min", 1 / 60), ("days", 24), ("h", 1), ("hrs", 1), ("weeks", 168)],
         "days": [("weeks", 7), ("wks", 7), ("h", 1 / 24), ("months", 365 / 12), ("mo", 365 / 12), ("years", 365)],
         "years": [("months", 1 / 12), ("yo", 1), ("y", 1), ("days", 1 / 365)],
         "deg": [("rad", 57.29577951308232), ("°", 1)], "N": [("mN", 1e-3), ("kgf", 9.80665), ("gf", 9.80665e-3)],
         "cm/s": [("mm/s", 0.1), ("m/s", 100), ("cm/min", 1 / 60)], "Hz": [("rpm", 1 / 60), ("strokes/s", 1), ("1/min", 1 / 60), ("/s", 1), ("s⁻¹", 1)],
         "%": [("mg/g", 0.1), ("percent", 1), ("‰", 0.1), ("wt%", 1)], "1": [("%", 0.01), ("‰", 1e-3), ("percent", 0.01)], "cm^2": [("mm^2", 0.01), ("cm2", 1), ("m^2", 1e4)],
         "mg/cm^2": [("g/m^2", 0.1), ("ug/cm^2", 1e-3), ("mg/cm2", 1)]}


def number(value):
    form = draw.choice(["{:.6g}", "{:.4f}", "{:.3e}", "{:.10g}", "{:g}"])
    text = form.format(value)
    return draw.choice(["", "", "", "+"]) + text if value > 0 else text


def quantity(key):
    low, high, unit = key["low"], key["high"], key["unit"]
    span = high - low
    value = draw.choice([low + span * draw.random(), low + span * draw.random(), low, high, high * 1.01 + 1e-3, high * 30,
                         low - 0.02 * span - 1e-9, low * 0.9 if low > 0 else low - 1, 0, low + 1e-3 * span * draw.random()])
    name, size = draw.choice([(unit, 1)] * 3 + OTHER[unit])
    shown = number(value / size)
    exact = float(shown) * size
    for edge in (low, high):  # nearer to a limit than its digits tell: which side is a matter of rounding
        if edge and exact != edge and abs(exact - edge) < 1e-9 * abs(edge):
            return None
    if name == "1":
        return shown
    return shown + draw.choice([" ", "", "  "]) + name


def wrong():
    return draw.choice(["5", "mm", "5 mmm", "1,5 mm", "5 N", "5 s", "true", "", "5 mm mm", "- 5 mm", "five", "[1]", "{a: 1}", "5 kg"])


def value(key):
    kind = key["type"]
    if draw.random() < 0.06:
        text = wrong()
        named = kind == "name" and key["list"] == "products" and re.fullmatch(r"[\w.%-]+", text)
        return None if named else text  # a product of one's own may have such a name, which no schema can know
    if kind == "quantity":
        return quantity(key)
    if kind in ("integer", "seed"):
        whole = draw.choice([key["low"], draw.randint(int(key["low"]), int(min(key["high"], 1e6))), key["high"] + 1, -1, 3])
        return draw.choice(['{:d}', '"{:d}"', "{:d}.0", "{:d}.5"]).format(int(whole))
    if kind == "boolean":
        return draw.choice(["true", "false", "on", "off", '"on"', '"false"', "yes", "No", "True", "maybe", "1", "0"])
    if kind == "choice":
        return draw.choice(key["choices"] * 3 + [key["choices"][0].upper(), "none of them"])
    if kind == "name":
        return draw.choice(listed[key["list"]] * 2 + ["no such/thing"])
    if kind == "text" and key["high"] == 60:  # an amount, which is read with its product
        return draw.choice(["", "4 ml", "5 g", "20 ul/cm^2", '"2 finger tips"'])
    if kind == "text":
        return draw.choice(["a title", "2024", "3.5", "true", "", '"' + "x" * 201 + '"', '"' + "ä" * 200 + '"'])
    return None


def put(tree, path, text):
    *sections, leaf = path.split(".")
    for section in sections:
        tree = tree.setdefault(section, {})
    tree[leaf] = text


def written(tree):
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{k}: {written(v)}" for k, v in tree.items()) + "}"
    return tree


def scenario(drawn):
    tree = {"percuta": "1"}
    base = {"person.age": "45 years", "person.sex": "female", "skin.site": "cheek", "device.preset": "roller-192-1.5mm"}
    for path, text in base.items():
        if draw.random() < 0.98:
            put(tree, path, text)
    for path in drawn:
        if keys[path]["type"] == "list":
            item = {name: value(key) for name, key in keys[path]["items"].items() if draw.random() < 0.7}
            text = "[" + written({k: v for k, v in item.items() if v is not None}) + "]"
        else:
            text = value(keys[path])
        if text is not None:
            put(tree, path, text)
    return "\n".join(f"{k}: {written(v)}" for k, v in tree.items()) + "\n"


names = sorted(k for k in keys if k not in ("percuta",))
for path in names:  # every key in turn, ten values each, then several at once
    why = None
    for _ in range(3):
        why = why or differ(scenario([path]))
    report(f"key-{path}", why)
good = bad = 0
why = []
for _ in range(300):
    text = scenario(draw.sample(names, draw.randint(1, 3)))
    found = differ(text)
    why += [found] if found else []
    if schema_says(text):
        bad += 1
    else:
        good += 1
report("drawn-scenarios-agree", " | ".join(why[:3]))
report("drawn-scenarios-are-of-both-kinds", None if min(good, bad) > 50 else f"{good} valid, {bad} not")

# Parameters, and what readers of YAML 1.1 make of numbers and words.
HEAD = "percuta: 1\nperson: {age: 45 years, sex: female}\nskin: {site: cheek}\ndevice: {preset: roller-192-1.5mm}\n"
for name, text, valid in (
        ("exponent-without-sign", "model: {tolerance: 1.0e-5}", True), ("exponent-as-text", 'model: {tolerance: "1e-5"}', True),
        ("share-in-percent", "session: {slip: 10%}", True), ("quoted-on", 'course: {only_if_healed: "on"}', True),
        ("parameter", "parameters: {koppenol.signal_diffusivity: 3e-3 cm^2/day}", True),
        ("parameter-of-other-kind", "parameters: {koppenol.signal_diffusivity: 3 N}", False),
        ("parameter-without-unit", "parameters: {koppenol.signal_diffusivity: 3}", False),
        ("parameter-unknown", "parameters: {koppenol.nothing: 3}", False),
        ("empty-title", "title:", True), ("no-cream", "session: {numbing: {product: ~}}", True),
        ("own-product", "session: {topicals: [{product: niacinamide-5%}]}", True),
        ("idle-wait", "session: {numbing: {wait: 5 min}}", False),
        ("wait-of-needles-first", "session: {numbing: {product: lidocaine-5%, order: needles-first, wait: 5 min}}", False),
        ("wait-of-cream-first", "session: {numbing: {product: lidocaine-5%, wait: 5 min}}", True),
        ("frequency-of-roller", "#\n", True), ("kind-beside-roller", "model: {patch: {width: 3 mm}, fidelity: column}", False)):
    mistakes, errors = program_says(HEAD + text + "\n"), schema_says(HEAD + text + "\n")
    said = [mistakes == [], errors == []]
    report(f"spelling-{name}", None if said == [valid, valid] else f"program {mistakes}, schema {errors}")
sys.exit(failed)
