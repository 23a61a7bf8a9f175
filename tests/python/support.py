"""What the tests here share."""

import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import percuta

ROOT = Path(os.environ["PERCUTA_ROOT"])
PROGRAM = os.environ["PERCUTA"]
SANITIZED = os.environ.get("PERCUTA_SANITIZED") == "1"

SHORT = """\
percuta: 1
person: {age: 45 years, sex: female}
skin: {site: cheek}
device: {preset: roller-192-1.5mm}
course: {follow_up: 60 days}
model: {fidelity: column}
"""


def short(**changes):
    """A scenario that is followed in a tenth of a second."""
    return percuta.Scenario.parse(SHORT).changed(changes)


def program(*arguments):
    """Runs percuta; returns exit code, standard output, standard error."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def python(code, **environment):
    """Runs a program of its own; returns exit code, standard output, standard error."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    return done.returncode, done.stdout, done.stderr


def folder(case):
    """A folder that goes with the test."""
    made = tempfile.TemporaryDirectory(prefix="percuta-python-")
    case.addCleanup(made.cleanup)
    return Path(made.name)


def open_files():
    return len(os.listdir("/proc/self/fd"))
