/*   o     = P c / [1 + b (q - 1)]                              oxygen, quasi-steady
 *   dv/dt = div(D grad v) + l [p1 + p2 + h max(0, 1 - o/P)] - l v   VEGF
 *   dc/dt = g v/(H + v) (1 - c/c_most) - k (c - 1)             capillaries
 *   supply *= (1 + K) o/(K + o)
 * q are cells, p1 and p2 macrophages, P the perfusion of this skin relative to health. At rest c =
 * q = 1 and v = 0; supply is one in health and less where blood flow is poor. Sources:
 * docs/theory/capillaries.md. Verified: tests/verification/test_capillaries.c */
#include "healing/parts/capillaries.h"

#include <math.h>

#include "base/vector.h"
#include "healing/cascade.h"

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_capillaries law = {0};
  double half_life, constant, oxygen;
  const struct percuta_parameter_slot slots[] = {{"capillaries.vegf_diffusivity", &law.diffusivity},
                                                 {"capillaries.vegf_half_life", &half_life},
                                                 {"capillaries.hypoxic_vegf", &law.hypoxic},
                                                 {"capillaries.sprouting", &law.sprouting},
                                                 {"capillaries.half_vegf", &law.half},
                                                 {"capillaries.most", &law.most},
                                                 {"capillaries.pruning", &law.pruning},
                                                 {"capillaries.hydroxylase_constant", &constant},
                                                 {"capillaries.resting_oxygen", &oxygen},
                                                 {"capillaries.demand", &law.demand}};
  enum percuta_status status =
      percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  if (status != PERCUTA_OK)
    return status;
  law.decay = log(2) / half_life;
  law.half_oxygen = constant / oxygen;
  law.perfusion = skin ? skin->perfusion_rel : 1.0;
  PERCUTA_PART_KEEP(out, capillaries, &law);
  return PERCUTA_OK;
}

PERCUTA_VECTOR_INLINE
double positive(double x) {
  return x > 0 ? x : 0.0;
}

PERCUTA_VECTOR_INLINE
double oxygen_of(const struct percuta_capillaries *c, double capillary, double cells) {
  double demand = 1 + c->demand * (cells - 1);
  return c->perfusion * positive(capillary) / (demand > 0.1 ? demand : 0.1);
}

double percuta_healing_capillaries_oxygen(const struct percuta_capillaries *c, double capillary,
                                          double cells) {
  return oxygen_of(c, capillary, cells);
}

PERCUTA_VECTOR_INLINE
double cells_at(const struct percuta_piece *piece, int i) {
  return piece->u[PERCUTA_FIELD_fibroblast][i] + piece->u[PERCUTA_FIELD_myofibroblast][i];
}

PERCUTA_VECTOR_CLONES
static void modulate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_capillaries *c = PERCUTA_PART(cascade, capillaries);
  if (!piece->dermal)
    return;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double oxygen = oxygen_of(c, piece->u[PERCUTA_FIELD_capillary][i], cells_at(piece, i));
    piece->supply[i] *= (1 + c->half_oxygen) * oxygen / (c->half_oxygen + oxygen);
  }
}

PERCUTA_VECTOR_CLONES
static void rate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_capillaries c = *PERCUTA_PART(cascade, capillaries);
  if (!piece->dermal)
    return;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double vegf = piece->u[PERCUTA_FIELD_vegf][i], vessels = piece->u[PERCUTA_FIELD_capillary][i];
    double oxygen = oxygen_of(&c, vessels, cells_at(piece, i));
    double lack = positive(1 - oxygen / c.perfusion);
    double macrophages =
        piece->u[PERCUTA_FIELD_macrophage_M1][i] + piece->u[PERCUTA_FIELD_macrophage_M2][i];
    double sprouts = c.sprouting * positive(vegf) / (c.half + positive(vegf));
    piece->rate[PERCUTA_FIELD_vegf][i] += c.decay * (macrophages + c.hypoxic * lack - vegf);
    piece->rate[PERCUTA_FIELD_capillary][i] +=
        sprouts * (1 - vessels / c.most) - c.pruning * (vessels - 1);
  }
}

PERCUTA_VECTOR_CLONES
static void slope(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_capillaries c = *PERCUTA_PART(cascade, capillaries);
  if (!piece->dermal)
    return;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double vegf = positive(piece->u[PERCUTA_FIELD_vegf][i]);
    piece->rate[PERCUTA_FIELD_vegf][i] -= c.decay;
    piece->rate[PERCUTA_FIELD_capillary][i] -=
        c.sprouting * vegf / (c.half + vegf) / c.most + c.pruning;
  }
}

static void rest(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                 double *u) {
  (void)cascade;
  if (site->dermal)
    u[PERCUTA_FIELD_capillary] = 1.0;
}

static void injure(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                   const struct percuta_cut *cut, double *u) {
  (void)cascade, (void)site;
  u[PERCUTA_FIELD_capillary] *= 1.0 - cut->injured;
}

static void drift(const struct percuta_cascade *cascade, struct percuta_drift *drift) {
  const struct percuta_capillaries *law = PERCUTA_PART(cascade, capillaries);
  struct percuta_drift *vegf = &drift[PERCUTA_FIELD_vegf];
  vegf->constant = law->diffusivity;
  vegf->follows = true;
  vegf->drivers = 2;
  vegf->driver[0].field = PERCUTA_FIELD_macrophage_M1;
  vegf->driver[1].field = PERCUTA_FIELD_macrophage_M2;
  vegf->driver[0].rate = vegf->driver[1].rate = law->decay;
}

const struct percuta_part percuta_healing_capillaries_part = {.read = read,
                                                              .modulate = modulate,
                                                              .rate = rate,
                                                              .slope = slope,
                                                              .rest = rest,
                                                              .injure = injure,
                                                              .drift = drift};
