/* Surfaces and volumes of pieces of channels, and flow in a vessel, as pure functions. */
#ifndef PERCUTA_BLEEDING_VESSELS_H
#define PERCUTA_BLEEDING_VESSELS_H

/* A piece of a channel between two depths: its sections are stadiums (a disc of `radius` swept by
 * `tear`) and change linearly from top to bottom [m]. */
struct percuta_vessels_piece {
  double height;
  double radius_top, radius_bottom;
  double tear_top, tear_bottom;
};

/* Area of the curved side [m^2], volume [m^3] of the piece and area of a section [m^2]. */
double percuta_bleeding_vessels_side(const struct percuta_vessels_piece *piece);
double percuta_bleeding_vessels_volume(const struct percuta_vessels_piece *piece);
double percuta_bleeding_vessels_section(double radius, double tear);

/* Flow [m^3/s] through a tube of `radius` and `length` [m] under `pressure` [Pa] for a fluid of
 * `viscosity` [Pa s] (Poiseuille): pi r^4 p / (8 mu l). */
double percuta_bleeding_vessels_flow(double radius, double length, double pressure,
                                     double viscosity);

#endif
