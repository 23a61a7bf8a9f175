#!/usr/bin/env python3
"""Would line solves by direction do for permeation? One needle's cell of skin (rings around the bore,
rows in depth; the layers and the bore of bench/permeation.c) under a vehicle held at its concentration
for an hour, by backward Euler, in equal steps:

  unsplit   all cells at once, as permeation/ does
  split     rows first, then rings (LOD), as bench/lod does for a medium without jumps

Prints the error of what has entered living skin, against 4096 unsplit steps. Needs NumPy and SciPy:

  /usr/bin/python3 bench/split_permeation.py
"""
import numpy as np
from scipy.sparse import coo_matrix, diags
from scipy.sparse.linalg import splu

HOUR = 3600.0
LAYERS = ((13e-6, 1e-14, 10.0, 0.0), (1e-4, 5e-11, 1.0, 0.0), (2e-3, 5e-11, 1.0, 2e-4))
BORE_RADIUS, BORE_DEPTH, BORE_DIFFUSIVITY = 35e-6, 3e-4, 5e-10
DENSITY = 1e6  # bores per m^2


def faces():
    """Rings [m] out to half the distance between bores; rows [m], each layer and the tip on a face."""
    outer = 1 / np.sqrt(np.pi * DENSITY)
    rings = np.concatenate([np.linspace(0, BORE_RADIUS, 5),
                            np.geomspace(BORE_RADIUS, outer, 17)[1:]])
    edges = [0.0, LAYERS[0][0], LAYERS[0][0] + LAYERS[1][0], BORE_DEPTH,
             sum(layer[0] for layer in LAYERS)]
    rows = np.unique(np.concatenate([np.linspace(a, b, 17) for a, b in zip(edges, edges[1:])]))
    return rings, rows


def network():
    """Capacities, and the links in depth and across, of the activity c / K in every cell."""
    r, z = faces()
    nr, nz = len(r) - 1, len(z) - 1
    depth = 0.5 * (z[1:] + z[:-1])
    bottoms = np.cumsum([layer[0] for layer in LAYERS])
    layer = np.minimum(np.searchsorted(bottoms, depth), 2)
    bore = (0.5 * (r[1:] + r[:-1]) < BORE_RADIUS)[None, :] & (depth < BORE_DEPTH)[:, None]
    diffusivity, partition, loss = (np.array([l[i] for l in LAYERS])[layer][:, None] for i in (1, 2, 3))
    partition = np.where(bore, 1.0, partition)
    conduct = np.where(bore, BORE_DIFFUSIVITY, diffusivity * partition)
    share = np.diff(r**2) / r[-1]**2
    height = np.diff(z)
    space = height[:, None] * share[None, :]
    through = 2 * share[None, :] * conduct / height[:, None]
    down = 1 / (1 / through[:-1] + 1 / through[1:])
    middle = np.sqrt(0.5 * (r[1:]**2 + r[:-1]**2))
    out = np.log(r[1:-1] / middle[:-1]) / conduct[:, :-1] + np.log(middle[1:] / r[1:-1]) / conduct[:, 1:]
    across = 2 * height[:, None] / r[-1]**2 / out
    node = np.arange(nr * nz).reshape(nz, nr)

    def laplacian(a, b, link):
        a, b, link = a.ravel(), b.ravel(), link.ravel()
        rows = np.concatenate([a, b, a, b])
        columns = np.concatenate([b, a, a, b])
        return coo_matrix((np.concatenate([-link, -link, link, link]), (rows, columns)),
                          shape=(nr * nz, nr * nz)).tocsc()

    mouth = np.zeros((nz, nr))
    mouth[0] = through[0]
    cleared = (space * np.where(bore, 0, partition * loss)).ravel()
    living = (depth > LAYERS[0][0])[:, None] & np.ones(nr, bool)
    return {"capacity": (space * partition).ravel(), "cleared": cleared, "mouth": mouth.ravel(),
            "depth": laplacian(node[:-1], node[1:], down),
            "across": laplacian(node[:, :-1], node[:, 1:], across), "living": living.ravel(),
            "shape": (nz, nr)}


def enter(net, steps, split):
    """[m] what has entered living skin and blood after an hour, per concentration of the vehicle."""
    capacity, step = net["capacity"], HOUR / steps
    out = diags(net["cleared"] + net["mouth"])
    first = net["depth"] if split else net["depth"] + net["across"]
    solve = splu((diags(capacity) + step * (first + out)).tocsc()).solve
    second = splu((diags(capacity) + step * net["across"]).tocsc()).solve if split else None
    u, blood = np.zeros(capacity.size), 0.0
    for _ in range(steps):
        u = solve(capacity * u + step * net["mouth"])
        blood += step * float(net["cleared"] @ u)
        u = second(capacity * u) if split else u
    return blood + float((capacity * u)[net["living"]].sum())


def main():
    net = network()
    nz, nr = net["shape"]
    exact = enter(net, 4096, False)
    print(f"{nr} rings, {nz} rows; {1e6 * exact:.4g} um after an hour\n")
    print("| steps | unsplit | split |\n|---|---|---|")
    for steps in (4, 16, 64, 256, 1024, 4096):
        errors = [abs(enter(net, steps, split) / exact - 1) for split in (False, True)]
        print(f"| {steps} | {100 * errors[0]:.2g} % | {100 * errors[1]:.2g} % |")


main()
