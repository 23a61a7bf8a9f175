"""The three problems of the speed comparison, and what every peer program shares.

Lengths in um, times in s (R2: days). Fields are (species, z, y, x), x fastest, z = depth downward
from the top face. README.md in this folder says what the problems are and what is printed.
"""
import argparse
import json
import os
import sys
import time

import numpy as np

SIDE = 2000.0  # of the cube [um]

# R1 and R3
DECAY = 1e-4  # [1/s]
END = 600.0  # [s]
R1_D = 100.0  # [um2/s]
SIGMA = 150.0  # of the Gaussians R1 and R2 start from [um]

# R3: layers and the channel through them
R3_TOP, R3_TOP_D, R3_BELOW_D = 100.0, 10.0, 100.0  # [um], [um2/s]
R3_RADIUS, R3_DEPTH, R3_CHANNEL_D = 60.0, 600.0, 500.0  # [um], [um], [um2/s]
# Points on an edge belong inside: without slack the rounding of a mesher's coordinates, which differs
# from run to run, would decide which nodes start at 1 (um, and um2 for the squared radius)
SLACK = 1e-6

# R2: activator g, cells f, matrix c
#   g' = Dg Lap g + S f (1 - c) - L g
#   f' = Df Lap f + R f (1 - f) (1 + A m) - B f c,   m = g / (H + g)
#   c' = P f (1 - c) m - Q c
R2_END = 30.0  # [d]
R2_D = (8.64e4, 2000.0)  # of g and f [um2/d]; c does not move
R2_S, R2_L, R2_R, R2_A, R2_H, R2_B, R2_P, R2_Q = 5.0, 5.0, 0.5, 1.0, 0.2, 0.1, 0.3, 0.01


def species(problem, substrates):
    """How many fields a problem has."""
    return 3 if problem == "r2" else substrates


def end(problem):
    return R2_END if problem == "r2" else END


def centres(n):
    """Cell centres along one axis, from the middle of the cube."""
    return (np.arange(n) + 0.5) * (SIDE / n) - SIDE / 2


def spread(x, t):
    """R1 along one axis: the spreading Gaussian and its images in the two walls."""
    var = SIGMA**2 + 2 * R1_D * t
    total = np.zeros_like(x)
    for image in range(-8, 9):
        middle = image * SIDE
        total += np.exp(-((x - middle) ** 2) / (2 * var))
    return SIGMA / np.sqrt(var) * total


def r1_exact(x, y, z, t):
    """The exact solution of R1 at points (arrays that broadcast)."""
    return np.exp(-DECAY * t) * spread(x, t) * spread(y, t) * spread(z, t)


def r2_start(x, y, z):
    """g and f at the start (c is zero)."""
    bell = np.exp(-(x**2 + y**2 + z**2) / (2 * SIGMA**2))
    return bell, 0.5 * bell


def r3_in_channel(x, y, depth):
    """Which points lie in R3's channel."""
    return (x**2 + y**2 <= R3_RADIUS**2 + SLACK) & (depth <= R3_DEPTH + SLACK)


def r3_diffusivity(x, y, depth):
    """D at points [um2/s]."""
    layers = np.where(depth <= R3_TOP + SLACK, R3_TOP_D, R3_BELOW_D)
    return np.where(r3_in_channel(x, y, depth), R3_CHANNEL_D, layers)


def cell_axes(n):
    """x, y and z (from the middle) of the cells, shaped to broadcast to (z, y, x)."""
    c = centres(n)
    return c[None, None, :], c[None, :, None], c[:, None, None]


def start_cells(problem, n, substrates):
    """The fields at the start, one value per cell."""
    x, y, z = cell_axes(n)
    fields = np.zeros((species(problem, substrates), n, n, n))
    if problem == "r1":
        fields[:] = r1_exact(x, y, z, 0.0)
    elif problem == "r2":
        fields[0], fields[1] = r2_start(x, y, z)
    else:
        fields[:] = r3_in_channel(x, y, z + SIDE / 2)
    return fields


def r3_cells(n):
    """R3's D of every cell [um2/s], (z, y, x)."""
    x, y, z = cell_axes(n)
    return np.ascontiguousarray(r3_diffusivity(x, y, z + SIDE / 2) * np.ones((n, n, n)))


def face_rates(problem, n, which=0):
    """D / h^2 of the faces between neighbours along z, y and x: a list of three.

    Numbers for a constant D, arrays (one shorter along the axis, harmonic means) for R3.
    """
    h = SIDE / n
    if problem != "r3":
        return [(R1_D if problem == "r1" else R2_D[which]) / h**2] * 3
    d = r3_cells(n)
    rates = []
    for axis in range(3):
        here = np.take(d, range(n - 1), axis)
        there = np.take(d, range(1, n), axis)
        rates.append(2 * here * there / (here + there) / h**2)
    return rates


def read_reference(path, shape):
    values = np.fromfile(path, dtype=np.float64)
    if values.size != np.prod(shape):
        sys.exit(f"{path}: {values.size} values, the grid of this run has {np.prod(shape)}")
    return values.reshape(shape)


def errors(fields, reference):
    """Relative L2 of the worst species, and of all species together."""
    each = [np.linalg.norm(a - b) / np.linalg.norm(b) for a, b in zip(fields, reference)]
    return max(each), np.linalg.norm(fields - reference) / np.linalg.norm(reference)


def arguments(methods, steps):
    """Reads the command line. methods and steps: what each problem offers and uses unless told."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--problem", choices=("r1", "r2", "r3"), required=True)
    parser.add_argument("--substrates", type=int, help="fields that move alike (R1, R3)")
    parser.add_argument("--steps", type=int, help="unless given, what reaches 1 %% error")
    parser.add_argument("--cells", type=int, default=100, help="along one side")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--method", help="; ".join(f"{k}: {', '.join(v)}" for k, v in methods.items()))
    parser.add_argument("--reference", help="file to compare with (float64)")
    parser.add_argument("--write", help="file for the result (float64)")
    parser.add_argument("--watch", action="store_true", help="minimum over all steps; costs time")
    parser.add_argument("--run-steps", type=int, help="do only so many and scale the time")
    given = parser.parse_args()
    offered = methods[given.problem]
    given.method = given.method or offered[0]
    if given.method not in offered:
        parser.error(f"--method of {given.problem} is one of: {', '.join(offered)}")
    if given.problem == "r2" and given.substrates not in (None, 3):
        parser.error("R2 has its own three species")
    given.substrates = species(given.problem, given.substrates or 1)
    given.steps = given.steps or steps[given.problem][given.method]
    if min(given.substrates, given.steps, given.cells - 2, given.threads) < 1:
        parser.error("counts must be positive, and at least 3 cells")
    if given.reference and not os.path.isfile(given.reference):
        parser.error(f"there is no {given.reference}")
    if given.run_steps and given.run_steps >= given.steps:
        given.run_steps = None
    return given


class Meter:
    """Wall time and peak memory between start() and stop(); smallest value met, when asked for."""

    def __init__(self, given):
        self.given = given
        self.created = time.perf_counter()
        self.smallest = np.inf
        self.baseline = self._status("VmRSS")
        try:  # makes the kernel forget the peak of importing and compiling
            with open("/proc/self/clear_refs", "w", encoding="ascii") as handle:
                handle.write("5")
        except OSError:
            pass

    @staticmethod
    def _status(key):
        with open("/proc/self/status", encoding="ascii") as handle:
            for line in handle:
                if line.startswith(key + ":"):
                    return int(line.split()[1]) * 1024
        return 0

    def start(self):
        self.setup = time.perf_counter() - self.created
        self.began = time.perf_counter()

    def step(self, fields):
        if self.given.watch:
            self.smallest = min(self.smallest, float(fields.min()))

    def stop(self):
        self.seconds = time.perf_counter() - self.began
        self.bytes = max(0, self._status("VmHWM") - self.baseline)


def finish(program, meter, fields, reference=None, method=None, extra=None):
    """Prints the line of a run; fields (species, z, y, x), reference: R1's exact values."""
    given = meter.given
    scale = given.steps / given.run_steps if given.run_steps else 1.0
    if given.reference:
        reference = read_reference(given.reference, fields.shape)
    worst = joint = None
    if reference is not None and scale == 1.0:
        worst, joint = errors(fields, reference)
    if given.write:
        np.ascontiguousarray(fields, dtype=np.float64).tofile(given.write)
    cells = given.cells**3
    seconds = meter.seconds * scale
    line = {
        "program": program,
        "problem": given.problem,
        "method": method or given.method,
        "cells": cells,
        "substrates": given.substrates,
        "steps": given.steps,
        "threads": given.threads,
        "seconds": seconds,
        "setup_seconds": meter.setup,
        "error": worst,
        "error_joint": joint,
        "min": float(min(meter.smallest, fields.min())),
        "ns_per": 1e9 * seconds / (cells * given.substrates * given.steps),
        "bytes_per": meter.bytes / (cells * given.substrates),
    }
    if scale != 1.0:
        line["scaled_from"] = given.run_steps
    line.update(extra or {})
    print(json.dumps(line), flush=True)


def r1_reference(n, substrates):
    """R1's exact values at the cell centres at the end."""
    x, y, z = cell_axes(n)
    return np.broadcast_to(r1_exact(x, y, z, END), (substrates, n, n, n))
