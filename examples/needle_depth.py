"""How deep does a needle get, and how much blood does it draw? Rollers of 0.5, 1 and 1.5 mm on a
cheek and on a forearm.

    python3 needle_depth.py first-session.yaml

Prints for each site and length the mean depth of the cuts while the needle is in [um], with the
interval in which 90 % of them lie when every parameter is drawn from its range, and the blood shed
[ul/cm^2]. Skin gives way before it breaks: a needle must reach less deep than it is long. A longer
one must reach deeper and draw more blood. Else the program ends with exit code 1.
"""

import sys

import pandas

import percuta

LENGTHS = {"0.5 mm": 500, "1 mm": 1000, "1.5 mm": 1500}  # [um]
SITES = ["cheek", "volar-forearm"]


def first_session(scenario: percuta.Scenario) -> tuple[float, ...]:
    """Depth, its interval, and blood."""
    with percuta.Run(scenario) as run:
        run.advance(until=0)  # the needles, and nothing of what follows
        depth = run.outcome("depth_mean_um")
        return depth.value, depth.low, depth.high, run.outcome("shed_ul_per_cm2").value


def compare(scenario: percuta.Scenario) -> pandas.DataFrame:
    """A row for each site and length."""
    rows = {
        (site, length): first_session(
            scenario.changed({"skin.site": site, "device.needle.length": length})
        )
        for site in SITES
        for length in LENGTHS
    }
    table = pandas.DataFrame.from_dict(
        rows, orient="index", columns=["depth_mean_um", "low", "high", "shed_ul_per_cm2"]
    )
    table.index = pandas.MultiIndex.from_tuples(rows, names=["site", "length"])
    return table


def is_right(table: pandas.DataFrame) -> bool:
    lengths = table.index.get_level_values("length").map(LENGTHS)
    grows = table[["depth_mean_um", "shed_ul_per_cm2"]].groupby("site").diff().dropna() > 0
    return bool((table["depth_mean_um"] < lengths).all() and grows.all(axis=None))


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: needle_depth.py SCENARIO", file=sys.stderr)
        return 2
    try:
        scenario = percuta.Scenario(sys.argv[1])
        scenario["model.fidelity"] = "column"
        table = compare(scenario)
    except percuta.PercutaError as error:
        print(error, file=sys.stderr)
        return 2
    print(table.round(1).to_string())
    return 0 if is_right(table) else 1


if __name__ == "__main__":
    sys.exit(main())
