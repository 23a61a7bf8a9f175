#!/usr/bin/python3
"""R1, R2, R3 with Numba: one tridiagonal solve per line and direction, lines shared by threads.

Directions one after the other (LOD): backward Euler or Crank-Nicolson. Crank-Nicolson is written
u' = 2 v - u with v the backward Euler solution of half the step, so both need one solve. The order
of the directions is turned round after every step: D differs from cell to cell in R3, and only the
pair of the two orders is of second order. `damped` replaces the first two steps by four backward
Euler halves, which takes the jumps out that Crank-Nicolson would let ring.
R2 is Strang splitting: reactions (midpoint rule), diffusion, reactions.
"""
import os
import sys

import numpy as np

sys.dont_write_bytecode = True
import problems as p

BLOCK = 8  # lines along x solved at once, one per vector lane
METHODS = {"r1": ("cn", "be"), "r2": ("strang",), "r3": ("damped", "be", "cn")}
STEPS = {
    "r1": {"cn": 4, "be": 46},
    "r2": {"strang": 132},
    "r3": {"damped": 52, "be": 130, "cn": 48},
}

given = p.arguments(METHODS, STEPS)
os.environ.setdefault("NUMBA_NUM_THREADS", str(max(given.threads, os.cpu_count())))
import numba

numba.set_num_threads(given.threads)


@numba.njit(fastmath=True, inline="always")
def solve_rows(u, v, low, inv, alpha, beta):
    """u = alpha v + beta u, v the solution along the first axis; lanes along the second."""
    n, lanes = u.shape
    for i in range(lanes):
        v[0, i] = u[0, i]
    for k in range(1, n):
        for i in range(lanes):
            v[k, i] = u[k, i] - low[k - 1, i] * v[k - 1, i]
    for i in range(lanes):
        v[n - 1, i] *= inv[n - 1, i]
        u[n - 1, i] = alpha * v[n - 1, i] + beta * u[n - 1, i]
    for k in range(n - 2, -1, -1):
        for i in range(lanes):
            v[k, i] = v[k, i] * inv[k, i] - low[k, i] * v[k + 1, i]
            u[k, i] = alpha * v[k, i] + beta * u[k, i]


@numba.njit(fastmath=True, inline="always")
def solve_rows_alike(u, v, low, inv, alpha, beta):
    """The same with one matrix for all lanes."""
    n, lanes = u.shape
    for i in range(lanes):
        v[0, i] = u[0, i]
    for k in range(1, n):
        a = low[k - 1]
        for i in range(lanes):
            v[k, i] = u[k, i] - a * v[k - 1, i]
    b = inv[n - 1]
    for i in range(lanes):
        v[n - 1, i] *= b
        u[n - 1, i] = alpha * v[n - 1, i] + beta * u[n - 1, i]
    for k in range(n - 2, -1, -1):
        a, b = low[k], inv[k]
        for i in range(lanes):
            v[k, i] = v[k, i] * b - a * v[k + 1, i]
            u[k, i] = alpha * v[k, i] + beta * u[k, i]


@numba.njit(fastmath=True, inline="always")
def gather(plane, block, first):
    """Lines along x of a plane, turned so that they lie side by side."""
    lines, n = min(BLOCK, plane.shape[0] - first), plane.shape[1]
    for b in range(lines):
        for i in range(n):
            block[i, b] = plane[first + b, i]


@numba.njit(fastmath=True, inline="always")
def scatter(plane, block, first):
    lines, n = min(BLOCK, plane.shape[0] - first), plane.shape[1]
    for b in range(lines):
        for i in range(n):
            plane[first + b, i] = block[i, b]


def make_sweeps(alike):
    """The two passes over memory of a step: planes (x and y while in cache), then z."""
    rows = solve_rows_alike if alike else solve_rows

    @numba.njit(parallel=True, fastmath=True)
    def planes(u, lx, ix, ly, iy, alpha, beta, x_first):
        n = u.shape[0]
        for k in numba.prange(n):
            v = np.empty((n, n))
            block, w = np.zeros((n, BLOCK)), np.empty((n, BLOCK))
            for turn in range(2):
                if (turn == 0) == x_first:
                    for first in range(0, n, BLOCK):
                        gather(u[k], block, first)
                        if alike:
                            rows(block, w, lx, ix, alpha, beta)
                        else:
                            rows(block, w, lx[k, first // BLOCK], ix[k, first // BLOCK], alpha, beta)
                        scatter(u[k], block, first)
                elif alike:
                    rows(u[k], v, ly, iy, alpha, beta)
                else:
                    rows(u[k], v, ly[k], iy[k], alpha, beta)

    @numba.njit(parallel=True, fastmath=True)
    def depth(u, lz, iz, alpha, beta):
        n = u.shape[0]
        for j in numba.prange(n):
            v = np.empty((n, n))
            if alike:
                rows(u[:, j], v, lz, iz, alpha, beta)
            else:
                rows(u[:, j], v, lz[:, j], iz[:, j], alpha, beta)

    return planes, depth


@numba.njit(parallel=True, fastmath=True)
def react(u, dt):
    g, f, c = u[0].ravel(), u[1].ravel(), u[2].ravel()
    for i in numba.prange(g.size):
        m = g[i] / (p.R2_H + g[i])
        half = 0.5 * dt
        gh = g[i] + half * (p.R2_S * f[i] * (1 - c[i]) - p.R2_L * g[i])
        fh = f[i] + half * f[i] * (p.R2_R * (1 - f[i]) * (1 + p.R2_A * m) - p.R2_B * c[i])
        ch = c[i] + half * (p.R2_P * f[i] * (1 - c[i]) * m - p.R2_Q * c[i])
        m = gh / (p.R2_H + gh)
        g[i] += dt * (p.R2_S * fh * (1 - ch) - p.R2_L * gh)
        f[i] += dt * fh * (p.R2_R * (1 - fh) * (1 + p.R2_A * m) - p.R2_B * ch)
        c[i] += dt * (p.R2_P * fh * (1 - ch) * m - p.R2_Q * ch)


def factor(rate, decay, dt, n, axis):
    """L D L^T of 1 + dt (decay / 3 - d/dx rate d/dx): multipliers and inverse pivots along axis.

    Vectors for a number as rate, otherwise arrays of the grid's shape; the last multiplier is 0.
    """
    shape = (n,) if np.isscalar(rate) else (n, n, n)
    lead = (n,) + shape[1:]
    coupling = np.zeros(lead)
    coupling[:-1] = dt * (rate if np.isscalar(rate) else np.moveaxis(rate, axis, 0))
    low, inv = np.zeros(lead), np.zeros(lead)
    for k in range(n):
        pivot = 1 + dt * decay / 3 + coupling[k]
        if k > 0:
            pivot = pivot + coupling[k - 1] + low[k - 1] * coupling[k - 1]
        inv[k] = 1 / pivot
        low[k] = -coupling[k] / pivot
    if np.isscalar(rate):
        return low, inv
    return tuple(np.ascontiguousarray(np.moveaxis(a, 0, axis)) for a in (low, inv))


def blocked(a):
    """Coefficients along x in the order the blocks of lines want them: (z, block, x, lane)."""
    n = a.shape[0]
    wide = -(-n // BLOCK) * BLOCK
    padded = np.zeros((n, wide, n))
    padded[:, :n] = a
    return np.ascontiguousarray(padded.reshape(n, wide // BLOCK, BLOCK, n).swapaxes(2, 3))


class Diffusion:
    """Steps of one length dt: backward Euler, or Crank-Nicolson."""

    def __init__(self, problem, n, dt, cn, which=0):
        self.alpha, self.beta = (2.0, -1.0) if cn else (1.0, 0.0)
        rates = p.face_rates(problem, n, which)
        decay = 0.0 if problem == "r2" else p.DECAY
        solved = dt / 2 if cn else dt
        z, y, x = (factor(rate, decay, solved, n, axis) for axis, rate in enumerate(rates))
        self.z, self.y = z, y
        self.x = x if problem != "r3" else tuple(blocked(a) for a in x)
        self.planes, self.depth = SWEEPS[problem == "r3"]

    def step(self, u, forward):
        if forward:
            self.planes(u, *self.x, *self.y, self.alpha, self.beta, True)
            self.depth(u, *self.z, self.alpha, self.beta)
        else:
            self.depth(u, *self.z, self.alpha, self.beta)
            self.planes(u, *self.x, *self.y, self.alpha, self.beta, False)


SWEEPS = {False: make_sweeps(True), True: make_sweeps(False)}


def prepare(problem, method, n, steps):
    """A function that takes the fields through all steps; meter.step() is told after each."""
    dt = p.end(problem) / steps
    if problem == "r2":
        movers = [Diffusion("r2", n, dt, True, which) for which in (0, 1)]

        def run(u, done):
            react(u, dt / 2)
            for k in range(steps):
                for field, mover in zip(u, movers):
                    mover.step(field, k % 2 == 0)
                react(u, dt if k < steps - 1 else dt / 2)
                done(u)

        return run
    whole = Diffusion(problem, n, dt, method != "be")
    damped = min(2, steps) if method == "damped" else 0
    half = Diffusion(problem, n, dt / 2, False) if damped else None

    def run(u, done):
        for k in range(2 * damped):
            for field in u:
                half.step(field, k % 2 == 0)
            done(u)
        for k in range(damped, steps):
            for field in u:
                whole.step(field, k % 2 == 0)
            done(u)

    return run


def main():
    problem, n = given.problem, given.cells
    small = p.start_cells(problem, 9, given.substrates)
    prepare(problem, given.method, 9, 4)(small, lambda u: None)  # compiles
    meter = p.Meter(given)
    fields = p.start_cells(problem, n, given.substrates)
    run = prepare(problem, given.method, n, given.steps)
    meter.start()
    run(fields, meter.step)
    meter.stop()
    exact = p.r1_reference(n, given.substrates) if problem == "r1" else None
    p.finish("numba_lod", meter, fields, exact)


main()
