/* Stochastic geometry of vessels and channels: expected hits, as pure functions. */
#ifndef PERCUTA_BLEEDING_VESSELS_H
#define PERCUTA_BLEEDING_VESSELS_H

/* A piece of a channel between two depths: its sections are stadiums (a disc of `radius` swept by
 * `tear`) and change linearly from top to bottom [m]. */
struct percuta_vessels_piece {
  double height;
  double radius_top, radius_bottom;
  double tear_top, tear_bottom;
};

/* Expected number of upright loops of radius `loop_radius` [m] and density `density` [1/m^2] that a
 * section of radius `radius` and tear `tear` [m] touches: density times the area of the section
 * widened by the loop's radius, pi (a+r)^2 + 2 (a+r) tear. */
double percuta_vessels_loop_hits(double density, double radius, double tear, double loop_radius);

/* Probability that a round channel of `radius` hits at least one loop, for loops placed as a
 * Poisson process: 1 - exp[-density pi (radius + loop_radius)^2]. */
double percuta_vessels_loop_probability(double density, double radius, double loop_radius);

/* Area of the curved side [m^2], volume [m^3] of the piece and area of a section [m^2]. */
double percuta_vessels_side(const struct percuta_vessels_piece *piece);
double percuta_vessels_volume(const struct percuta_vessels_piece *piece);
double percuta_vessels_section(double radius, double tear);

/* Flow [m^3/s] through a tube of `radius` and `length` [m] under `pressure` [Pa] for a fluid of
 * `viscosity` [Pa s] (Poiseuille): pi r^4 p / (8 mu l). */
double percuta_vessels_flow(double radius, double length, double pressure, double viscosity);

#endif
