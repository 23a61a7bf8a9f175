#!/usr/bin/python3
"""R1, R2, R3 with DOLFINx: trilinear hexahedra, theta scheme, CG with Jacobi from the last step.

`cn` (R1): Crank-Nicolson. `imex` (R2): Crank-Nicolson for movement and decay, reactions at the nodes
extrapolated to the middle of the step (Adams-Bashforth 2). R3: `be`, backward Euler with a lumped
mass matrix (on cubes no entry off the diagonal is positive then, so nothing becomes negative), or
`damped`, Crank-Nicolson of the same after four backward Euler halves of steps.
Values live at the (cells + 1)^3 nodes, and that is what --write and --reference hold here. R1 is
judged against the exact values there. More than one thread means that many MPI processes.
"""
import os
import sys

sys.dont_write_bytecode = True
import numpy as np

import problems as p

METHODS = {"r1": ("cn",), "r2": ("imex",), "r3": ("damped", "be")}
STEPS = {"r1": {"cn": 6}, "r2": {"imex": 145}, "r3": {"damped": 8, "be": 100}}
# relative residual: the loosest that leaves the errors as they are (R2's front and R3's zeros want
# more than R1 does)
TOLERANCE = {"r1": 1e-3, "r2": 1e-8, "r3": 1e-11}

given = p.arguments(METHODS, STEPS)
if given.threads > 1 and "OMPI_COMM_WORLD_SIZE" not in os.environ:
    folder = os.path.dirname(os.path.abspath(__file__))
    settings = os.path.join(folder, "..", "..", "tools", "mpi-env.sh")
    launch = ["mpiexec", "-n", str(given.threads), sys.executable, *sys.argv]
    os.execvp("bash", ["bash", "-c", '. "$0"; exec "$@"', settings, *launch])
os.environ["OMP_NUM_THREADS"] = "1"

import ufl
from dolfinx import fem, mesh
from dolfinx.fem.petsc import assemble_matrix
from mpi4py import MPI
from petsc4py import PETSc

COMM = MPI.COMM_WORLD
SAME = PETSc.Mat.Structure.SAME_NONZERO_PATTERN


class Space:
    """Nodes, mass and stiffness."""

    def __init__(self, n, varied, lumped):
        h = p.SIDE / 2
        box = [[-h, -h, -h], [h, h, h]]
        self.n = n
        self.grid = mesh.create_box(COMM, box, [n, n, n], mesh.CellType.hexahedron)
        self.space = fem.FunctionSpace(self.grid, ("CG", 1))
        u, v = ufl.TrialFunction(self.space), ufl.TestFunction(self.space)
        rate = 1.0
        if varied:
            rate = fem.Function(fem.FunctionSpace(self.grid, ("DG", 0)))
            rate.interpolate(lambda x: p.r3_diffusivity(x[0], x[1], x[2] + h))
        self.mass = assemble_matrix(fem.form(u * v * ufl.dx))  # the pattern of the stiffness
        self.mass.assemble()
        if lumped:
            ones = self.mass.createVecRight()
            ones.set(1.0)
            sums = self.mass * ones
            self.mass.zeroEntries()
            self.mass.setDiagonal(sums)
            self.mass.assemble()
        self.stiffness = assemble_matrix(fem.form(rate * ufl.inner(ufl.grad(u), ufl.grad(v)) * ufl.dx))
        self.stiffness.assemble()
        self.owned = self.space.dofmap.index_map.size_local
        self.at = self.space.tabulate_dof_coordinates()[: self.owned].T

    def field(self, values):
        out = fem.Function(self.space)
        out.x.array[: self.owned] = values
        out.x.scatter_forward()
        return out

    def gathered(self, fields):
        """All nodes in the order (species, z, y, x) on the first process, None elsewhere."""
        h = p.SIDE / self.n
        i, j, k = np.rint((self.at + p.SIDE / 2) / h).astype(np.int64)
        m = self.n + 1
        parts = COMM.gather(((k * m + j) * m + i, [f.x.array[: self.owned].copy() for f in fields]))
        if COMM.rank:
            return None
        out = np.empty((len(fields), m**3))
        for where, values in parts:
            out[:, where] = values
        return out.reshape(-1, m, m, m)


class Mover:
    """Steps of one length of u' = D Lap u - decay u (theta scheme)."""

    iterations = 0

    def __init__(self, space, rate, decay, dt, theta, tolerance):
        self.mass = space.mass
        self.right = self._combine(space, 1 - (1 - theta) * dt * decay, -(1 - theta) * dt * rate)
        if theta == 1:
            self.right = space.mass
        left = self._combine(space, 1 + theta * dt * decay, theta * dt * rate)
        self.solver = PETSc.KSP().create(COMM)
        self.solver.setOperators(left)
        self.solver.setType("cg")
        self.solver.getPC().setType("jacobi")
        self.solver.setTolerances(rtol=tolerance, atol=1e-50)
        self.solver.setInitialGuessNonzero(True)
        self.solver.setUp()
        self.load = left.createVecRight()

    @staticmethod
    def _combine(space, mass, stiffness):
        out = space.mass.copy()
        out.scale(mass)
        out.axpy(stiffness, space.stiffness, structure=SAME)
        return out

    def step(self, u, source=None):
        """source: what is added over the step, at the nodes."""
        self.right.mult(u, self.load)
        if source is not None:
            self.mass.multAdd(source, self.load, self.load)
        self.solver.solve(self.load, u)
        Mover.iterations += self.solver.getIterationNumber()


def react(g, f, c):
    m = g / (p.R2_H + g)
    return (
        p.R2_S * f * (1 - c),  # decay is the mover's
        f * (p.R2_R * (1 - f) * (1 + p.R2_A * m) - p.R2_B * c),
        p.R2_P * f * (1 - c) * m - p.R2_Q * c,
    )


def march_r2(space, fields, dt, count, meter):
    tolerance = TOLERANCE["r2"]
    movers = [
        Mover(space, rate, decay, dt, 0.5, tolerance)
        for rate, decay in zip(p.R2_D, (p.R2_L, 0.0))
    ]
    vectors = [f.vector for f in fields]
    source, before = vectors[0].duplicate(), None
    begin(meter)
    for _ in range(count):
        now = react(*(v.array for v in vectors))
        middle = now if before is None else [1.5 * a - 0.5 * b for a, b in zip(now, before)]
        before = now
        for vector, mover, rate in zip(vectors, movers, middle):
            source.array[:] = dt * rate
            mover.step(vector, source)
        vectors[2].array[:] += dt * middle[2]


def march(space, fields, dt, count, meter):
    problem, tolerance = given.problem, TOLERANCE[given.problem]
    rate = 1.0 if problem == "r3" else p.R1_D
    theta = 1.0 if given.method == "be" else 0.5
    damped = min(2, count) if given.method == "damped" else 0
    whole = Mover(space, rate, p.DECAY, dt, theta, tolerance)
    half = Mover(space, rate, p.DECAY, dt / 2, 1.0, tolerance) if damped else None
    vectors = [f.vector for f in fields]
    begin(meter)
    for mover, times in ((half, 2 * damped), (whole, count - damped)):
        for _ in range(times):
            for vector in vectors:
                mover.step(vector)
            if given.watch:
                meter.smallest = min(meter.smallest, min(v.min()[1] for v in vectors))


def begin(meter):
    COMM.barrier()
    meter.start()


def main():
    problem = given.problem
    meter = p.Meter(given)
    space = Space(given.cells, problem == "r3", problem == "r3")
    x, y, z = space.at
    if problem == "r1":
        starts = [p.r1_exact(x, y, z, 0.0)] * given.substrates
    elif problem == "r2":
        starts = [*p.r2_start(x, y, z), np.zeros_like(x)]
    else:
        starts = [p.r3_in_channel(x, y, z + p.SIDE / 2).astype(float)] * given.substrates
    fields = [space.field(values) for values in starts]
    dt = p.end(problem) / given.steps
    count = given.run_steps or given.steps
    (march_r2 if problem == "r2" else march)(space, fields, dt, count, meter)
    COMM.barrier()
    meter.stop()
    meter.bytes = COMM.allreduce(meter.bytes)
    result = space.gathered(fields)
    if COMM.rank:
        return
    exact = None
    if problem == "r1":
        line = np.linspace(-p.SIDE / 2, p.SIDE / 2, given.cells + 1)
        exact = p.r1_exact(line[None, None, :], line[None, :, None], line[:, None, None], p.END)
        exact = np.broadcast_to(exact, result.shape)
    solves = {"r2": 2}.get(problem, given.substrates) * (count + 2 * (given.method == "damped"))
    p.finish("dolfinx_fem", meter, result, exact, extra={"iterations_per_solve": Mover.iterations / solves})


main()
