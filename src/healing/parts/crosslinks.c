/* r = y + x: young and cross-linked collagen.
 *   dx/dt = k_x y - l_x x,   loss of r = lost y + l_x x
 * Rest: k_x y = l_x x, so y/r = l_x/(l_x + k_x) whatever r; and production, which must make up for
 * the loss, is less than the core's alone by the factor y/r + (l_x/turnover) x/r. Sources:
 * docs/theory/healing.md. Verified: tests/verification/test_parts.c */
#include "healing/parts/crosslinks.h"

#include "base/vector.h"
#include "healing/cascade.h"

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_crosslinks law = {0};
  const struct percuta_parameter_slot slots[] = {{"crosslinks.maturing", &law.maturing},
                                                 {"crosslinks.loss", &law.loss}};
  (void)skin;
  enum percuta_status status = percuta_base_parameters_fill(set, slots, 2, diag);
  if (status != PERCUTA_OK)
    return status;
  law.resting_exposed = law.loss / (law.loss + law.maturing);
  law.resting_loss =
      law.loss * (1.0 - law.resting_exposed) / percuta_healing_cascade_turnover(out, 1.0);
  PERCUTA_PART_KEEP(out, crosslinks, &law);
  return PERCUTA_OK;
}

double percuta_healing_crosslinks_making(const struct percuta_cascade *cascade, double rest) {
  const struct percuta_crosslinks *c = PERCUTA_PART(cascade, crosslinks);
  return c->resting_exposed + c->resting_loss / percuta_healing_cascade_turnover_rel(cascade, rest);
}

PERCUTA_VECTOR_CLONES
static void modulate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  if (!piece->dermal)
    return;
  const double *all = piece->u[PERCUTA_FIELD_collagen];
  const double *mature = piece->u[PERCUTA_FIELD_collagen_mature];
  for (int i = 0; i < piece->count; ++i) {
    piece->making[i] *= percuta_healing_crosslinks_making(cascade, piece->rest[i]);
    piece->exposed[i] *= all[i] > mature[i] ? 1.0 - mature[i] / all[i] : 0.0;
  }
}

PERCUTA_VECTOR_CLONES
static void rate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  if (!piece->dermal)
    return;
  const struct percuta_crosslinks c = *PERCUTA_PART(cascade, crosslinks);
  const double *all = piece->u[PERCUTA_FIELD_collagen];
  const double *mature = piece->u[PERCUTA_FIELD_collagen_mature];
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double gone = c.loss * mature[i];
    piece->rate[PERCUTA_FIELD_collagen][i] -= gone;
    piece->rate[PERCUTA_FIELD_collagen_mature][i] += c.maturing * (all[i] - mature[i]) - gone;
  }
}

PERCUTA_VECTOR_CLONES
static void slope(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  if (!piece->dermal)
    return;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i)
    piece->rate[PERCUTA_FIELD_collagen_mature][i] -=
        PERCUTA_PART(cascade, crosslinks)->maturing + PERCUTA_PART(cascade, crosslinks)->loss;
}

static void rest(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                 double *u) {
  if (site->dermal)
    u[PERCUTA_FIELD_collagen_mature] =
        site->rest * (1.0 - PERCUTA_PART(cascade, crosslinks)->resting_exposed);
}

static void injure(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                   const struct percuta_cut *cut, double *u) {
  (void)cascade, (void)site;
  u[PERCUTA_FIELD_collagen_mature] *= 1.0 - cut->injured;
}

const struct percuta_part percuta_healing_crosslinks_part = {.read = read,
                                                             .modulate = modulate,
                                                             .rate = rate,
                                                             .slope = slope,
                                                             .rest = rest,
                                                             .injure = injure};
