/*   dg/dt = -k_g g                                      gap, closed from its walls
 *   dh/dt = k_g g - k_h h                               alarm of the cells that close it
 *   dK/dt = k_g g + [1 + B h/(H + h) - (K + g)] / tau   keratinocytes
 * A cut leaves K + g as it was; closing moves from g to K. The thickness of the viable epidermis
 * goes with K. Sources: docs/theory/epidermis.md. Verified: tests/verification/test_epidermis.c */
#include "healing/parts/epidermis.h"

#include <math.h>

#include "base/vector.h"
#include "healing/cascade.h"

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_epidermis law = {0};
  double half_time = 0, turnover = 0;
  const struct percuta_parameter_slot slots[] = {{"epidermis.gap_half_time", &half_time},
                                                 {"epidermis.calming", &law.calming},
                                                 {"epidermis.turnover_time", &turnover},
                                                 {"epidermis.most_division", &law.most},
                                                 {"epidermis.half_alarm", &law.half}};
  enum percuta_status status =
      percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  if (status != PERCUTA_OK)
    return status;
  law.closing = log(2) / (skin ? skin->closure_half_time : half_time);
  law.turnover = (skin ? skin->proliferation_factor : 1.0) / turnover;
  PERCUTA_PART_KEEP(out, epidermis, &law);
  return PERCUTA_OK;
}

static double positive(double x) {
  return x > 0 ? x : 0.0;
}

PERCUTA_VECTOR_CLONES
static void rate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_epidermis e = *PERCUTA_PART(cascade, epidermis);
  if (!piece->epidermal)
    return;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double gap = piece->u[PERCUTA_FIELD_epidermis_gap][i];
    double alarm = positive(piece->u[PERCUTA_FIELD_epidermis_alarm][i]);
    double cells = piece->u[PERCUTA_FIELD_keratinocyte][i];
    double aim = 1 + e.most * alarm / (e.half + alarm);
    piece->rate[PERCUTA_FIELD_epidermis_gap][i] -= e.closing * gap;
    piece->rate[PERCUTA_FIELD_epidermis_alarm][i] += e.closing * gap - e.calming * alarm;
    piece->rate[PERCUTA_FIELD_keratinocyte][i] +=
        e.closing * gap + e.turnover * (aim - (cells + gap));
  }
}

PERCUTA_VECTOR_CLONES
static void slope(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_epidermis e = *PERCUTA_PART(cascade, epidermis);
  if (!piece->epidermal)
    return;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    piece->rate[PERCUTA_FIELD_epidermis_gap][i] -= e.closing;
    piece->rate[PERCUTA_FIELD_epidermis_alarm][i] -= e.calming;
    piece->rate[PERCUTA_FIELD_keratinocyte][i] -= e.turnover;
  }
}

static void rest(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                 double *u) {
  (void)cascade;
  if (site->epidermal)
    u[PERCUTA_FIELD_keratinocyte] = 1.0;
}

static void injure(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                   const struct percuta_cut *cut, double *u) {
  (void)cascade;
  if (!site->epidermal)
    return;
  /* the open track is a hole in it, with damaged walls */
  double lost = u[PERCUTA_FIELD_keratinocyte] * fmin(1.0, cut->injured + cut->open);
  u[PERCUTA_FIELD_keratinocyte] -= lost;
  u[PERCUTA_FIELD_epidermis_gap] += lost;
}

const struct percuta_part percuta_healing_epidermis_part = {
    .read = read, .rate = rate, .slope = slope, .rest = rest, .injure = injure};
