import ctypes
import re
import unittest

from percuta import _library
from support import ROOT

HEADER = (ROOT / "include/percuta/percuta.h").read_text()
CODE = re.sub(r"/\*.*?\*/|^#.*?$", "", HEADER, flags=re.DOTALL | re.MULTILINE)

STRUCTS = {
    "percuta_mistakes": _library.Mistakes,
    "percuta_catalogue": _library.Catalogue,
    "percuta_scenario": _library.Scenario,
    "percuta_run": _library.Run,
    "percuta_mistake_text": _library.MistakeText,
    "percuta_registry_entry": _library.RegistryEntry,
    "percuta_reading": _library.Reading,
}
PLAIN = {
    "void": None,
    "int": ctypes.c_int,
    "double": ctypes.c_double,
    "size_t": ctypes.c_size_t,
    "uint64_t": ctypes.c_uint64,
    "char *": ctypes.c_char_p,
    "void *": ctypes.c_void_p,
    "percuta_watch_fn *": _library.Watch,
}


def translated(declaration):
    """The ctypes type of "const struct percuta_run *run" or "size_t cells[3]"."""
    text = re.sub(r"\bconst\b", "", declaration).strip()
    stars = text.count("*") + text.count("[")
    words = re.sub(r"\[\d*\]", "", text).replace("*", " ").split()
    if words[0] == "enum":
        kind, used = ctypes.c_int, 0
    elif words[0] == "struct":
        kind, used = STRUCTS[words[1]], 0
    else:
        used = 1 if stars and f"{words[0]} *" in PLAIN else 0
        kind = PLAIN[f"{words[0]} *" if used else words[0]]
    for _ in range(stars - used):
        kind = ctypes.POINTER(kind)
    return kind


def declared():
    """What the header says: name -> (result, arguments)."""
    found = {}
    for result, name, arguments in re.findall(
        r"PERCUTA_PUBLIC\s+([^;()]*?)(percuta_\w+)\(([^;]*?)\);", CODE, re.DOTALL
    ):
        given = [text for text in arguments.split(",") if text.strip() != "void"]
        found[name] = (translated(result), tuple(map(translated, given)))
    return found


def enumerators(name):
    body = re.search(rf"enum {name}\s*\{{(.*?)\}}", CODE, re.DOTALL).group(1)
    return [word.split("=")[0].strip() for word in body.split(",") if word.strip()]


class Declarations(unittest.TestCase):
    def test_calls(self):
        """the table of calls is what the header declares"""
        header = declared()
        self.assertGreaterEqual(len(header), 30)
        self.assertEqual(set(header), set(_library.CALLS))
        for name, types in header.items():
            self.assertEqual(types, _library.CALLS[name], name)

    def test_watch(self):
        """the callback is what the header declares"""
        self.assertRegex(
            CODE,
            r"typedef enum percuta_status percuta_watch_fn\(void \*context, struct percuta_run \*run\);",
        )
        self.assertEqual(_library.Watch._restype_, ctypes.c_int)
        self.assertEqual(_library.Watch._argtypes_, (ctypes.c_void_p, _library.RunP))

    def test_structs(self):
        """structs have the members of the header, in its order"""
        for name in ("percuta_mistake_text", "percuta_registry_entry", "percuta_reading"):
            body = re.search(rf"struct {name}\s*\{{(.*?)\}}", CODE, re.DOTALL).group(1)
            members = []
            for line in filter(None, map(str.strip, body.split(";"))):
                kind, names = re.fullmatch(r"(.*?[\s*])(\w+(?:,\s*\w+)*)", line).groups()
                members += [(word.strip(), translated(kind)) for word in names.split(",")]
            self.assertEqual(members, list(STRUCTS[name]._fields_), name)

    def test_enums(self):
        """statuses, registries and origins of time have the numbers of the header"""
        for name, prefix, kind in (
            ("percuta_status", "PERCUTA_", _library.Status),
            ("percuta_registry", "PERCUTA_REGISTRY_", _library.Registry),
            ("percuta_outcome_since", "PERCUTA_SINCE_", _library.Since),
        ):
            named = [prefix + member.name for member in kind]
            self.assertEqual(enumerators(name), named)
            self.assertEqual([member.value for member in kind], list(range(len(named))))
