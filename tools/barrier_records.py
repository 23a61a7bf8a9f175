#!/usr/bin/env python3
"""How far the law of the barrier (docs/theory/barrier.md) is from records of huskinDB that no row of data/evidence
compares: the range of stratum.scatter. Neutral compounds in water, human epidermis or dermatomed skin; names, log10 Kp
in cm/s and papers as in huskinDB (Stepanov 2020 Sci Data 7:426), log Kow as Hansch, Leo & Hoekman 1995 are known to give it.

  tools/barrier_records.py      prints every record, then mean, standard deviation and root mean square
"""
import math
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
TRANSPORT = ROOT / "data/transport"
MASS = {"C": 12.011, "H": 1.008, "N": 14.007, "O": 15.999, "F": 18.998, "Cl": 35.453, "Br": 79.904, "S": 32.06}
VOLUME = {"C": 7, "H": 7, "N": 7, "O": 7, "F": 10.5, "Cl": 24.5, "Br": 31.5, "S": 21}

# name, formula, rings, double bonds, log Kow, log10 Kp, paper
RECORDS = [
    ('propanol', 'C3H8O', 0, 0, 0.25, -6.41, 'Scheuplein 1965'),
    ('pentanol', 'C5H12O', 0, 0, 1.56, -5.778, 'Scheuplein 1965'),
    ('hexanol', 'C6H14O', 0, 0, 2.03, -5.442, 'Scheuplein 1965'),
    ('heptanol', 'C7H16O', 0, 0, 2.62, -5.051, 'Scheuplein 1965'),
    ('octanol', 'C8H18O', 0, 0, 3.0, -4.84, 'Scheuplein 1965'),
    ('methanol', 'CH4O', 0, 0, -0.77, -6.556, 'Scheuplein 1965'),
    ('nonanol', 'C9H20O', 0, 0, 3.77, -4.778, 'Scheuplein 1973'),
    ('butanone', 'C4H8O', 0, 1, 0.29, -5.903, 'Blank 1967'),
    ('ethoxyethanol', 'C4H10O2', 0, 0, -0.32, -7.158, 'Blank 1967'),
    ('ether', 'C4H10O', 0, 0, 0.89, -5.352, 'Blank 1967'),
    ('butanediol', 'C4H10O2', 0, 0, -0.92, -7.857, 'Blank 1967'),
    ('benzene', 'C6H6', 1, 3, 2.13, -4.511, 'Blank 1985'),
    ('methylparaben', 'C8H8O3', 1, 4, 1.96, -5.23, 'Akomeah 2007'),
    ('butylparaben', 'C11H14O3', 1, 4, 3.57, -4.538, 'Akomeah 2007'),
    ('methylparaben', 'C8H8O3', 1, 4, 1.96, -5.634, 'Romonchuk 2010'),
    ('cyanophenol', 'C7H5NO', 1, 3, 1.6, -5.731, 'Romonchuk 2010'),
    ('p-cresol', 'C7H8O', 1, 3, 1.94, -5.313, 'Roberts 1977'),
    ('o-cresol', 'C7H8O', 1, 3, 1.95, -5.36, 'Roberts 1977'),
    ('xylenol', 'C8H10O', 1, 3, 2.23, -5.0, 'Roberts 1977'),
    ('o-chlorophenol', 'C6H5ClO', 1, 3, 2.15, -5.037, 'Roberts 1977'),
    ('p-chlorophenol', 'C6H5ClO', 1, 3, 2.39, -4.996, 'Roberts 1977'),
    ('p-bromophenol', 'C6H5BrO', 1, 3, 2.59, -4.999, 'Roberts 1977'),
    ('p-ethylphenol', 'C8H10O', 1, 3, 2.58, -5.014, 'Roberts 1977'),
    ('m-nitrophenol', 'C6H5NO3', 1, 4, 2.0, -5.805, 'Roberts 1977'),
    ('p-nitrophenol', 'C6H5NO3', 1, 4, 1.91, -5.81, 'Roberts 1977'),
    ('naphthol', 'C10H8O', 2, 5, 2.7, -5.111, 'Roberts 1977'),
    ('chlorocresol', 'C7H7ClO', 1, 3, 3.1, -4.816, 'Roberts 1977'),
    ('chloroxylenol', 'C8H9ClO', 1, 3, 3.27, -4.785, 'Roberts 1977'),
    ('thymol', 'C10H14O', 1, 3, 3.3, -4.834, 'Roberts 1977'),
    ('dichlorophenol', 'C6H4Cl2O', 1, 3, 3.06, -4.778, 'Roberts 1977'),
    ('trichlorophenol', 'C6H3Cl3O', 1, 3, 3.69, -4.783, 'Roberts 1977'),
    ('corticosterone', 'C21H30O4', 4, 3, 1.94, -7.556, 'Johnson 1996'),
    ('aldosterone', 'C21H28O5', 4, 4, 1.08, -7.793, 'Johnson 1995'),
    ('dexamethasone', 'C22H29FO5', 4, 4, 1.83, -7.75, 'Johnson 1996'),
    ('corticosterone', 'C21H30O4', 4, 3, 1.94, -7.079, 'Mitragotri 1995'),
    ('aldosterone', 'C21H28O5', 4, 4, 1.08, -8.079, 'Mitragotri 2000'),
    ('estrone', 'C18H22O2', 4, 4, 3.13, -6.0, 'Scheuplein 1969'),
    ('estriol', 'C18H24O3', 4, 3, 2.45, -7.954, 'Scheuplein 1969'),
    ('cortisone', 'C21H28O5', 4, 4, 1.47, -8.556, 'Scheuplein 1969'),
    ('pregnenolone', 'C21H32O2', 4, 2, 4.22, -6.38, 'Scheuplein 1969'),
    ('OH-progesterone', 'C21H30O3', 4, 3, 3.17, -6.778, 'Scheuplein 1969'),
    ('cortexone', 'C21H30O3', 4, 3, 2.88, -6.903, 'Scheuplein 1969'),
    ('catechol', 'C6H6O2', 1, 3, 0.88, -6.066, 'du Plessis 2002'),
    ('phenobarbital', 'C12H12N2O3', 2, 6, 1.47, -6.9, 'Hadgraft 1987'),
    ('barbital', 'C8H12N2O3', 1, 3, 0.65, -7.509, 'Hadgraft 1987'),
    ('amobarbital', 'C11H18N2O3', 1, 3, 2.07, -6.201, 'Hadgraft 1987'),
    ('butobarbital', 'C10H16N2O3', 1, 3, 1.73, -7.268, 'Hadgraft 1987'),
    ('isoquinoline', 'C9H7N', 2, 5, 2.08, -5.332, 'Hadgraft 1987'),
    ('theophylline', 'C7H8N4O2', 2, 4, -0.02, -7.125, 'Dolezal 1993'),
    ('chloroform', 'CHCl3', 0, 0, 1.97, -4.352, 'Xu 2002'),
    ('bromoform', 'CHBr3', 0, 0, 2.4, -4.234, 'Xu 2002'),
    ('benzocaine', 'C9H11NO2', 1, 4, 1.86, -5.255, 'Roy 1993'),
    ('methyl PABA', 'C8H9NO2', 1, 4, 1.37, -5.195, 'Roy 1993'),
    ('methyl nicotinate', 'C7H7NO2', 1, 4, 0.83, -6.046, 'Dalpozzo 1991'),
    ('butyl nicotinate', 'C10H13NO2', 1, 4, 2.27, -5.335, 'Dalpozzo 1991'),
    ('hexyl nicotinate', 'C12H17NO2', 1, 4, 3.51, -5.303, 'Dalpozzo 1991'),
    ('betamethasone', 'C22H29FO5', 4, 4, 1.94, -7.153, 'Kubota 1993'),
    ('nitroglycerin', 'C3H5N3O9', 0, 3, 1.62, -5.556, 'Michaels 1975'),
    ('phenylethanol', 'C8H10O', 1, 3, 1.36, -5.276, 'Chantasart 2010'),
    ('hexanol', 'C6H14O', 0, 0, 2.03, -5.051, 'Cross 2003'),
    ('methoxypropanol', 'C4H10O2', 0, 0, -0.49, -6.397, 'Wilkinson 2002'),
    ('butoxyethanol', 'C6H14O2', 0, 0, 0.83, -5.268, 'Wilkinson 2002'),
]


def text_of(table):
    return (TRANSPORT / f"{table}.yaml").read_text()


def value(table, name):
    return float(re.search(rf"^  {name}:\n    value: (\S+)", text_of(table), re.M).group(1))


WET = text_of("transfer").split("\nwet:")[1].split("\ndry:")[0]
FIT = {name: float(number) for name, number in re.findall(r"(\w+): ([-+.\de]+)", WET)}
POLYNOMIAL = [[float(c) for c in row.split(",")] for row in re.findall(r"- \[(.*)\]", WET)]
CELLS = value("viable", "epidermis_conductivity")
PORES = value("polar", "area_over_length") / 100


def dimensionless(ratio, sigma):
    if ratio > 100:
        return FIT["floor"] + 1 / (FIT["sigma_factor"] * sigma + FIT["r_factor"] / ratio)
    s, r = (math.log10(min(max(sigma, 1e-4), 1e4)), math.log10(max(ratio, 1)))
    log = sum(c * s**i * r**j for i, row in enumerate(POLYNOMIAL) for j, c in enumerate(row))
    return 10**log * min(ratio, 1)


def predict(formula, rings, bonds, log_kow):
    """log10 cm/s of hydrated epidermis, the constants as published."""
    atoms = [(element, int(count or 1)) for element, count in re.findall(r"([A-Z][a-z]?)(\d*)", formula)]
    mass = sum(MASS[element] * count for element, count in atoms)
    volume = sum(VOLUME[element] * count for element, count in atoms) - 7 * rings + 7 * bonds
    lipid = 0.43 * 10 ** (0.81 * log_kow)
    lateral = 1.24e-7 * (100 / mass) ** 2.43 + 2.34e-9
    transfer = 10 ** (-0.57 - 0.84 * mass ** (1 / 3))
    radius, water = 0.145 * volume**0.6, 1.92e-4 * volume**-0.6
    size = radius / 35
    fibrils = 0.1928 * (1 + size) ** 2
    hindrance = 0.9999 - 1.2762 * size + 0.0718 * size**2 + 0.1195 * size**3
    through = water * (1 - fibrils) ** 2 * hindrance
    ratio = transfer * 31.319e-4**2 / (13e-7 * lateral)
    lipids = dimensionless(ratio, lateral * lipid / through) * lateral * lipid / 43e-4
    pore = radius / 20
    pores = PORES * water * (1 - pore) ** 2 * (1 - 2.104 * pore + 2.09 * pore**3 - 0.95 * pore**5)
    below = CELLS / math.sqrt(mass) / 0.01
    return -math.log10(1 / (lipids + pores) + 1 / below)


def main():
    misses = []
    for name, formula, rings, bonds, log_kow, measured, paper in RECORDS:
        predicted = predict(formula, rings, bonds, log_kow)
        misses.append(predicted - measured)
        print(f"{name:<16} {predicted:6.2f} {measured:6.2f} {misses[-1]:+5.2f}  {paper}")
    count, mean = len(misses), sum(misses) / len(misses)
    spread = math.sqrt(sum((miss - mean) ** 2 for miss in misses) / (count - 1))
    square = math.sqrt(sum(miss**2 for miss in misses) / count)
    names = len({record[0] for record in RECORDS})
    print(f"{count} records of {names} compounds: mean {mean:+.2f}, standard deviation {spread:.2f}, root mean square {square:.2f}")


if __name__ == "__main__":
    main()
