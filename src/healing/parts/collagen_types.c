/* dr3/dt = produced - lost exposed r3 - k r3. All that is made is type III; k is such that young
 * dermis at rest holds its published share of it. Collagen that cross-links protect is protected
 * whichever type it is. Sources: docs/theory/healing.md. Verified: tests/verification/test_parts.c
 */
#include <math.h>

#include "healing/cascade.h"
#include "healing/parts/crosslinks.h"

struct percuta_collagen_types {
  double resting_share; /* of type III in young dermis at rest */
  double new_share;     /* of type III in collagen that is made */
  double maturation;    /* III -> I [1/s] */
};

/* Production and loss per collagen at rest [1/s] where collagen rests at `rest`. */
static void at_rest(const struct percuta_cascade *cascade, double rest, double *made, double *cut) {
  double making = 1.0, exposed = 1.0;
  if (percuta_healing_layout_on(&cascade->layout, PERCUTA_PART_crosslinks)) {
    making = percuta_healing_crosslinks_making(cascade, rest);
    exposed = PERCUTA_PART(cascade, crosslinks)->resting_exposed;
  }
  double turnover = percuta_healing_cascade_turnover(cascade, rest);
  *made = making * turnover;
  *cut = exposed * turnover;
}

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_collagen_types law = {0};
  const struct percuta_parameter_slot slots[] = {
      {"collagen_types.resting_type_iii", &law.resting_share},
      {"collagen_types.new_type_iii", &law.new_share}};
  enum percuta_status status = percuta_base_parameters_fill(set, slots, 2, diag);
  double made, cut;
  (void)skin;
  if (status != PERCUTA_OK)
    return status;
  at_rest(out, 1.0, &made, &cut);
  law.maturation = fmax(0.0, law.new_share * made / law.resting_share - cut);
  PERCUTA_PART_KEEP(out, collagen_types, &law);
  return PERCUTA_OK;
}

static void rate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  if (!piece->dermal)
    return;
  const double *third = piece->u[PERCUTA_FIELD_collagen_III];
  double *out = piece->rate[PERCUTA_FIELD_collagen_III];
  double maturation = PERCUTA_PART(cascade, collagen_types)->maturation;
  double share = PERCUTA_PART(cascade, collagen_types)->new_share;
  for (int i = 0; i < piece->count; ++i)
    out[i] +=
        share * piece->produced[i] - (piece->lost[i] * piece->exposed[i] + maturation) * third[i];
}

static void slope(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  if (!piece->dermal)
    return;
  double *out = piece->rate[PERCUTA_FIELD_collagen_III];
  for (int i = 0; i < piece->count; ++i)
    out[i] -=
        piece->lost[i] * piece->exposed[i] + PERCUTA_PART(cascade, collagen_types)->maturation;
}

static void rest(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                 double *u) {
  double made, cut;
  if (!site->dermal)
    return;
  at_rest(cascade, site->rest, &made, &cut);
  u[PERCUTA_FIELD_collagen_III] = site->rest * PERCUTA_PART(cascade, collagen_types)->new_share *
                                  made / (cut + PERCUTA_PART(cascade, collagen_types)->maturation);
}

static void injure(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                   const struct percuta_cut *cut, double *u) {
  (void)cascade, (void)site;
  u[PERCUTA_FIELD_collagen_III] *= 1.0 - cut->injured;
}

const struct percuta_part percuta_healing_collagen_types_part = {
    .read = read, .rate = rate, .slope = slope, .rest = rest, .injure = injure};
