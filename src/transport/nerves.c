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

/* From the surface down to `depth` or until `wanted` is felt, by the midpoints of steps of a
 * quarter of the levels', each with the nerves that it holds. Where that was, in *end. */
static double descend(const struct percuta_nerves *nerves,
                      const struct percuta_nerves_levels *levels, double factor, double depth,
                      double wanted, double *end) {
  const int steps = (int)ceil(4 * depth / levels->step);
  double felt = 0, above = 0;
  *end = depth;
  for (int i = 0; i < steps; i++) {
    const double bottom = depth * (i + 1) / steps;
    const double reached = percuta_transport_nerves_reached(nerves, bottom);
    const double level = level_at(levels, depth * (i + 0.5) / steps) / factor;
    const double more = (reached - above) * (1 - percuta_transport_nerves_block(nerves, level));
    if (felt + more >= wanted) {
      *end = bottom - depth / steps * (felt + more - wanted) / more;
      return wanted;
    }
    felt += more;
    above = reached;
  }
  return felt;
}

double percuta_transport_nerves_felt(const struct percuta_nerves *nerves,
                                     const struct percuta_nerves_levels *levels, double factor,
                                     double depth) {
  double end;
  return descend(nerves, levels, factor, depth, INFINITY, &end);
}

double percuta_transport_nerves_depth(const struct percuta_nerves *nerves,
                                      const struct percuta_nerves_levels *levels, double factor,
                                      double bare, double deepest) {
  double end;
  descend(nerves, levels, factor, deepest, percuta_transport_nerves_reached(nerves, bare), &end);
  return end;
}
