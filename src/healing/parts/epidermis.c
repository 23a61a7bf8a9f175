/*   dg/dt = -c,  c = e g/(g + e m)                      gap, closed from its walls
 *   dh/dt = c - k_h h                                   alarm of the cells that close it
 *   dK/dt = c + [1 + B h/(H + h) - (K + g)] / tau       keratinocytes
 * The walls of a gap move in at one speed, whatever is still open between them: it falls by e in a
 * unit of time, g_0/T of one that closes in T (transport/reseal.c), and its last bit, g < e m,
 * within some m, which spares the solver a corner. A cut leaves K + g as it was; closing moves from
 * g to K. The thickness of the viable epidermis goes with K. Sources: docs/theory/epidermis.md.
 * Verified: tests/verification/test_epidermis.c */
#include "healing/parts/epidermis.h"

#include <math.h>

#include "base/units.h"
#include "base/vector.h"
#include "healing/cascade.h"

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_epidermis law = {0};
  double turnover = 0;
  const struct percuta_parameter_slot slots[] = {{"epidermis.meeting_time", &law.meeting},
                                                 {"epidermis.calming", &law.calming},
                                                 {"epidermis.turnover_time", &turnover},
                                                 {"epidermis.most_division", &law.most},
                                                 {"epidermis.half_alarm", &law.half}};
  enum percuta_status status =
      percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  if (status != PERCUTA_OK)
    return status;
  law.turnover = (skin ? skin->proliferation_factor : 1.0) / turnover;
  PERCUTA_PART_KEEP(out, epidermis, &law);
  return PERCUTA_OK;
}

static double positive(double x) {
  return x > 0 ? x : 0.0;
}

/* c [1/s] of gaps of which `edge` [1/s] closes; where there are none 0. */
static double closed(double gap, double edge, double meeting) {
  const double last = edge * meeting;
  return last > 0 ? edge * gap / (fabs(gap) + last) : 0.0;
}

/* dc/dg */
static double closed_slope(double gap, double edge, double meeting) {
  const double last = edge * meeting, sum = fabs(gap) + last;
  return last > 0 ? edge * last / (sum * sum) : 0.0;
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
    double close = closed(gap, piece->u[PERCUTA_FIELD_epidermis_edge][i] / PERCUTA_DAY, e.meeting);
    double aim = 1 + e.most * alarm / (e.half + alarm);
    piece->rate[PERCUTA_FIELD_epidermis_gap][i] -= close;
    piece->rate[PERCUTA_FIELD_epidermis_alarm][i] += close - e.calming * alarm;
    piece->rate[PERCUTA_FIELD_keratinocyte][i] += close + e.turnover * (aim - (cells + gap));
  }
}

PERCUTA_VECTOR_CLONES
static void slope(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_epidermis e = *PERCUTA_PART(cascade, epidermis);
  if (!piece->epidermal)
    return;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double gap = piece->u[PERCUTA_FIELD_epidermis_gap][i];
    double edge = piece->u[PERCUTA_FIELD_epidermis_edge][i] / PERCUTA_DAY;
    piece->rate[PERCUTA_FIELD_epidermis_gap][i] -= closed_slope(gap, edge, e.meeting);
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

/* Of gaps from before, only the share that is still open has walls. */
static void injure(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                   const struct percuta_cut *cut, double *u) {
  const double meeting = PERCUTA_PART(cascade, epidermis)->meeting;
  if (!site->epidermal)
    return;
  /* the open track is a hole in it, with damaged walls */
  double lost = u[PERCUTA_FIELD_keratinocyte] * fmin(1.0, cut->injured + cut->open);
  double walls = closed(u[PERCUTA_FIELD_epidermis_gap],
                        u[PERCUTA_FIELD_epidermis_edge] / PERCUTA_DAY, meeting);
  u[PERCUTA_FIELD_keratinocyte] -= lost;
  u[PERCUTA_FIELD_epidermis_gap] += lost;
  u[PERCUTA_FIELD_epidermis_edge] = PERCUTA_DAY * (walls + lost / fmax(cut->closing_time, meeting));
}

const struct percuta_part percuta_healing_epidermis_part = {
    .read = read, .rate = rate, .slope = slope, .rest = rest, .injure = injure};
