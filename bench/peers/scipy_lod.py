#!/usr/bin/python3
"""R1, R2, R3 with NumPy and SciPy alone, on one thread: Crank-Nicolson, one direction at a time.

u' = 2 v - u with v the backward Euler solution of half the step; the order of the directions is
turned round after every step (see numba_lod.py). Two ways to solve the lines:
`banded`: scipy.linalg.solve_banded with all lines as right-hand sides where they share a matrix; in
R3, where each line has its own, all lines of a direction strung together into one banded matrix.
`swept`: factors kept; along x LAPACK's pttrs, along y and z elimination with NumPy, one plane of the
grid after the other, without copying the field into another order.
In R3 the first two steps are four backward Euler halves (`damped`), or all steps are (`be`).
R2 is Strang splitting: half the reactions (midpoint rule), diffusion, the other half.
"""
import sys

import numpy as np
from scipy.linalg import solve_banded
from scipy.linalg.lapack import dpttrf, dpttrs

sys.dont_write_bytecode = True
import problems as p

METHODS = {
    "r1": ("swept", "banded"),
    "r2": ("swept", "banded"),
    "r3": ("swept-damped", "swept-be", "banded-damped", "banded-be"),
}
STEPS = {
    "r1": {"swept": 4, "banded": 4},
    "r2": {"swept": 132, "banded": 132},
    "r3": {"swept-damped": 54, "swept-be": 130, "banded-damped": 54, "banded-be": 130},
}


def matrix(rate, decay, dt, n, axis):
    """Diagonal and coupling of 1 + dt (decay / 3 - d/dx rate d/dx), axis last (or the only one)."""
    shape = (n,) if np.isscalar(rate) else (n, n, n)
    coupling = np.zeros(shape)
    coupling[..., :-1] = dt * (rate if np.isscalar(rate) else np.moveaxis(rate, axis, -1))
    diagonal = 1 + dt * decay / 3 + coupling
    diagonal[..., 1:] += coupling[..., :-1]
    return diagonal, -coupling


class Banded:
    """One direction with solve_banded."""

    def __init__(self, rate, decay, dt, n, axis):
        self.axis, self.alike = axis, np.isscalar(rate)
        diagonal, coupling = matrix(rate, decay, dt, n, axis)
        self.bands = np.zeros((3, diagonal.size))
        self.bands[0, 1:] = coupling.ravel()[:-1]
        self.bands[1] = diagonal.ravel()
        self.bands[2, :-1] = coupling.ravel()[:-1]

    def solve(self, u):
        lines = np.moveaxis(u, self.axis, -1)
        if self.alike:
            right = lines.reshape(-1, u.shape[0]).T
        else:
            right = lines.ravel()
        v = solve_banded((1, 1), self.bands, right, check_finite=False)
        return np.moveaxis((v.T if self.alike else v).reshape(u.shape), -1, self.axis)


class Lapack:
    """Lines along x with the factors kept."""

    def __init__(self, rate, decay, dt, n, axis):
        diagonal, coupling = matrix(rate, decay, dt, n, axis)
        self.pivots, self.low, info = dpttrf(diagonal.ravel(), coupling.ravel()[:-1])
        if info:
            sys.exit("dpttrf: not positive definite")

    def solve(self, u):
        n = self.pivots.size
        v, _ = dpttrs(self.pivots, self.low, u.reshape(-1, n).T)
        return v.T.reshape(u.shape)


class Swept:
    """Lines along y or z, a plane at a time."""

    def __init__(self, rate, decay, dt, n, axis):
        self.axis = axis
        diagonal, coupling = (np.moveaxis(a, -1, 0) for a in matrix(rate, decay, dt, n, axis))
        self.low, self.inv = np.zeros_like(diagonal), np.zeros_like(diagonal)
        pivot = diagonal[0]
        for k in range(n):
            if k > 0:
                pivot = diagonal[k] - self.low[k - 1] * coupling[k - 1]
            self.inv[k] = 1 / pivot
            self.low[k] = coupling[k] / pivot

    def solve(self, u):
        v = np.empty_like(u)
        a, b = np.moveaxis(u, self.axis, 0), np.moveaxis(v, self.axis, 0)
        scratch = np.empty(b[0].shape)
        b[0] = a[0]
        for k in range(1, len(a)):
            np.multiply(b[k - 1], self.low[k - 1], out=scratch)
            np.subtract(a[k], scratch, out=b[k])
        b[-1] *= self.inv[-1]
        for k in range(len(a) - 2, -1, -1):
            np.multiply(b[k + 1], self.low[k], out=scratch)
            b[k] *= self.inv[k]
            b[k] -= scratch
        return v


class Diffusion:
    """Steps of one length: backward Euler, or Crank-Nicolson."""

    def __init__(self, problem, n, dt, cn, banded, which=0):
        self.cn = cn
        decay = 0.0 if problem == "r2" else p.DECAY
        kinds = (Banded,) * 3 if banded else (Swept, Swept, Lapack)
        rates = p.face_rates(problem, n, which)
        solved = dt / 2 if cn else dt
        self.lines = [k(r, decay, solved, n, a) for a, (k, r) in enumerate(zip(kinds, rates))]

    def step(self, u, forward):
        for line in self.lines if forward else self.lines[::-1]:
            v = line.solve(u)
            if self.cn:
                v *= 2
                v -= u
            u = v
        return u


def rates(g, f, c):
    m = g / (p.R2_H + g)
    free = f * (1 - c)
    return (
        p.R2_S * free - p.R2_L * g,
        f * (p.R2_R * (1 - f) * (1 + p.R2_A * m) - p.R2_B * c),
        p.R2_P * free * m - p.R2_Q * c,
    )


def react(u, dt):
    half = [a + 0.5 * dt * b for a, b in zip(u, rates(*u))]
    for a, b in zip(u, rates(*half)):
        a += dt * b


def main():
    given = p.arguments(METHODS, STEPS)
    given.threads = 1
    problem, n, steps = given.problem, given.cells, given.steps
    meter = p.Meter(given)
    dt = p.end(problem) / steps
    banded = given.method.startswith("banded")
    u = p.start_cells(problem, n, given.substrates)
    if problem == "r2":
        movers = [Diffusion(problem, n, dt, True, banded, which) for which in (0, 1)]
    else:
        movers = [Diffusion(problem, n, dt, not given.method.endswith("be"), banded)]
    damped = min(2, steps) if given.method.endswith("damped") else 0
    half = Diffusion(problem, n, dt / 2, False, banded) if damped else None
    last = given.run_steps or steps
    meter.start()
    if problem == "r2":
        react(u, dt / 2)
    for k in range(2 * damped):
        for s, field in enumerate(u):
            u[s] = half.step(field, k % 2 == 0)
        meter.step(u)
    for k in range(damped, last):
        for s, field in enumerate(u[:2] if problem == "r2" else u):
            u[s] = movers[s % len(movers)].step(field, k % 2 == 0)
        if problem == "r2":
            react(u, dt if k < steps - 1 else dt / 2)
        meter.step(u)
    meter.stop()
    exact = p.r1_reference(n, given.substrates) if problem == "r1" else None
    p.finish("scipy_lod", meter, u, exact)


main()
