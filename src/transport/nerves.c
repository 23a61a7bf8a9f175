/* Nerves reached down to depth z, H being the bottom of the dermis; share of them that c_i of
 * anaesthetic i block; and what is felt:
 *   N(z) = z^p for z <= H,   H^p + s p H^(p-1) (z - H) below
 *   b = u^h / (1 + u^h),   u = sum c_i / C*_i
 *   felt(z) = integral of (1 - b) dN from 0 to z
 * Steepness: from the spread between single fibres, Huang 1997 J Pharmacol Exp Ther 282:802.
 * Theory: docs/theory/numbing.md. Tests: tests/unit/test_nerves.c. */
#include "transport/nerves.h"

#include <math.h>

#include "base/parameters.h"

enum { HALVINGS = 60 };

enum percuta_status percuta_transport_nerves_read(const struct percuta_scenario *scenario,
                                                  struct percuta_diag *diag,
                                                  struct percuta_nerves *out) {
  struct percuta_nerves nerves = {.skin = INFINITY};
  const struct percuta_parameter_slot slots[] = {{"outcome.pain_length_exponent", &nerves.exponent},
                                                 {"numbing.fat_nerves", &nerves.fat_share},
                                                 {"numbing.block_steepness", &nerves.steepness}};
  const enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status == PERCUTA_OK)
    *out = nerves;
  return status;
}

double percuta_transport_nerves_skin(const struct percuta_skin *skin) {
  return percuta_skin_layer_top(skin, PERCUTA_HYPODERMIS);
}

double percuta_transport_nerves_reached(const struct percuta_nerves *nerves, double depth) {
  const double p = nerves->exponent, skin = nerves->skin;
  if (!(depth > skin))
    return pow(fmax(0, depth), p);
  return pow(skin, p) + nerves->fat_share * p * pow(skin, p - 1) * (depth - skin);
}

double percuta_transport_nerves_block(const struct percuta_nerves *nerves, double level) {
  return level > 0 ? 1 / (1 + pow(level, -nerves->steepness)) : 0;
}

static double level_at(const struct percuta_nerves_levels *levels, double depth) {
  const double place = depth / levels->step;
  if (!(place < PERCUTA_NERVES_DEPTHS - 1))
    return levels->level[PERCUTA_NERVES_DEPTHS - 1];
  const int above = (int)place;
  const double share = place - above;
  return (1 - share) * levels->level[above] + share * levels->level[above + 1];
}

/* By the midpoints of steps no longer than a quarter of the levels', each with the nerves that it
 * holds. */
double percuta_transport_nerves_felt(const struct percuta_nerves *nerves,
                                     const struct percuta_nerves_levels *levels, double factor,
                                     double depth) {
  const int steps = (int)ceil(4 * depth / levels->step);
  double felt = 0, above = 0;
  for (int i = 0; i < steps; i++) {
    const double reached = percuta_transport_nerves_reached(nerves, depth * (i + 1) / steps);
    const double level = level_at(levels, depth * (i + 0.5) / steps) / factor;
    felt += (reached - above) * (1 - percuta_transport_nerves_block(nerves, level));
    above = reached;
  }
  return felt;
}

double percuta_transport_nerves_depth(const struct percuta_nerves *nerves,
                                      const struct percuta_nerves_levels *levels, double factor,
                                      double bare, double deepest) {
  const double wanted = percuta_transport_nerves_reached(nerves, bare);
  double low = bare, high = deepest;
  if (percuta_transport_nerves_felt(nerves, levels, factor, deepest) < wanted)
    return deepest;
  for (int i = 0; i < HALVINGS; i++) {
    const double middle = 0.5 * (low + high);
    if (percuta_transport_nerves_felt(nerves, levels, factor, middle) < wanted)
      low = middle;
    else
      high = middle;
  }
  return high;
}
