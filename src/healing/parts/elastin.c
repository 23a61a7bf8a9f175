/*   dT/dt = p max(0, activity - 1)(n + m) - (x + l) T     tropoelastin
 *   dW/dt = x T - d (neutrophils + M1) W            new fibre
 *   dO/dt = - d (neutrophils + M1) O                old fibre
 * relative to the elastin of this skin at rest. Cells that make less collagen than at rest make no
 * tropoelastin. At rest nothing is made and nothing lost: the fibre
 * outlives the years that are simulated. Sources: docs/theory/elastin.md. Verified:
 * tests/verification/test_elastin.c */
#include "healing/parts/elastin.h"

#include <math.h>

#include "healing/cascade.h"

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_elastin law = {0};
  const struct percuta_parameter_slot slots[] = {{"elastin.making", &law.making},
                                                 {"elastin.linking", &law.linking},
                                                 {"elastin.fading", &law.fading},
                                                 {"elastin.cutting", &law.cutting}};
  (void)skin;
  enum percuta_status status =
      percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  PERCUTA_PART_KEEP(out, elastin, &law);
  return status;
}

static double elastase(const struct percuta_elastin *e, const struct percuta_piece *piece, int i) {
  return e->cutting *
         (piece->u[PERCUTA_FIELD_neutrophil][i] + piece->u[PERCUTA_FIELD_macrophage_M1][i]);
}

static void rate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_elastin e = *PERCUTA_PART(cascade, elastin);
  if (!piece->dermal)
    return;
  for (int i = 0; i < piece->count; ++i) {
    double tropo = piece->u[PERCUTA_FIELD_tropoelastin][i];
    double cells = piece->u[PERCUTA_FIELD_fibroblast][i] + piece->u[PERCUTA_FIELD_myofibroblast][i];
    double cut = elastase(&e, piece, i);
    piece->rate[PERCUTA_FIELD_tropoelastin][i] +=
        e.making * fmax(0, piece->activity[i] - 1) * cells - (e.linking + e.fading) * tropo;
    piece->rate[PERCUTA_FIELD_elastin_new][i] +=
        e.linking * tropo - cut * piece->u[PERCUTA_FIELD_elastin_new][i];
    piece->rate[PERCUTA_FIELD_elastin_old][i] -= cut * piece->u[PERCUTA_FIELD_elastin_old][i];
  }
}

static void slope(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_elastin e = *PERCUTA_PART(cascade, elastin);
  if (!piece->dermal)
    return;
  for (int i = 0; i < piece->count; ++i) {
    double cut = elastase(&e, piece, i);
    piece->rate[PERCUTA_FIELD_tropoelastin][i] -= e.linking + e.fading;
    piece->rate[PERCUTA_FIELD_elastin_new][i] -= cut;
    piece->rate[PERCUTA_FIELD_elastin_old][i] -= cut;
  }
}

static void rest(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                 double *u) {
  (void)cascade;
  if (site->dermal)
    u[PERCUTA_FIELD_elastin_old] = 1.0;
}

static void injure(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                   const struct percuta_cut *cut, double *u) {
  (void)cascade, (void)site;
  u[PERCUTA_FIELD_tropoelastin] *= 1.0 - cut->injured;
  u[PERCUTA_FIELD_elastin_new] *= 1.0 - cut->injured;
  u[PERCUTA_FIELD_elastin_old] *= 1.0 - cut->injured;
}

const struct percuta_part percuta_healing_elastin_part = {
    .read = read, .rate = rate, .slope = slope, .rest = rest, .injure = injure};
