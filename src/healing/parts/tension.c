/*   a(r) = r^h / (k + r^h)                    share of a fibroblast's surface that holds on
 *   m = a(r)/a(rest) - 1                      more is made
 *   e = 1 - [1 + mu (1 - a(r))] / [1 + mu (1 - a(rest))]       less is cut
 *   D = w C(r/rest) + (1 - w) r/rest - 1      what brings collagen back without all this
 *   x = (m + w C e)/D,  f = [1 + (x/g)^4]^(-1/4)               how much of it takes effect
 *   making *= 1 + f m,  exposed *= 1 - f e    where r > rest, else both stay
 * C is the core's own comeback and w the share of loss that enzymes make (crosslinks.h). Since f x
 * < g < 1, 1 + f m < w (1 - f e) C + (1 - w) r/rest: more is lost than made at every r > rest, so
 * that skin of any age rests where it is with any parameters. h and k follow from what is held in
 * old and in young skin. Sources: docs/theory/tension.md. Verified:
 * tests/verification/test_tension.c */
#include "healing/parts/tension.h"

#include <math.h>

#include "base/power.h"
#include "base/vector.h"
#include "healing/cascade.h"
#include "healing/parts/crosslinks.h"

static const double NOTHING = 1e-6; /* powers are taken of positive numbers */
/* Beyond these the law is a switch, and more of it has no further effect. */
static const double STEEPEST = 30, MOST = 1e6;

double percuta_healing_tension_attached(const struct percuta_tension *tension, double collagen) {
  const double x = collagen > 0 ? pow(collagen, tension->steepness) : 0.0;
  return x / (tension->half + x);
}

/* f */
PERCUTA_VECTOR_INLINE
double effect_of(double x, double most) {
  const double share = x / most, square = share * share;
  return 1 / sqrt(sqrt(1 + square * square));
}

/* w */
static double share_of_enzymes(const struct percuta_cascade *cascade, double rest) {
  if (!percuta_healing_layout_on(&cascade->layout, PERCUTA_PART_crosslinks))
    return 1.0;
  return PERCUTA_PART(cascade, crosslinks)->resting_exposed /
         percuta_healing_crosslinks_making(cascade, rest);
}

double percuta_healing_tension_gain(const struct percuta_cascade *cascade, double rest) {
  const struct percuta_tension *t = PERCUTA_PART(cascade, tension);
  const double step = 1e-4, near[] = {1 + step, 1 - step};
  const double share = share_of_enzymes(cascade, rest);
  const double held = percuta_healing_tension_attached(t, rest);
  const double more = t->steepness * (1 - held); /* dm/dln r */
  const double less = t->cutting * held * more / (1 + t->cutting * (1 - held));
  double back[2];
  percuta_healing_cascade_comeback(cascade, 2, near, back);
  const double x =
      fmax(0.0, (more + share * less) / (share * (back[0] - back[1]) / (2 * step) + (1 - share)));
  return x * effect_of(x, t->most);
}

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_tension law = {0};
  double young, old, score_young, score_old;
  const struct percuta_parameter_slot slots[] = {
      {"tension.attached_young", &young},          {"tension.attached_old", &old},
      {"skin.collagen_score_young", &score_young}, {"skin.collagen_score_old", &score_old},
      {"tension.cutting", &law.cutting},           {"tension.most", &law.most}};
  (void)skin;
  enum percuta_status status =
      percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  if (status != PERCUTA_OK)
    return status;
  law.half = (1 - young) / young;
  const double steepness = log(old / (1 - old) * law.half) / log(score_old / score_young);
  law.steepness = isfinite(steepness) ? fmax(-STEEPEST, fmin(steepness, STEEPEST)) : STEEPEST;
  PERCUTA_PART_KEEP(out, tension, &law);
  return PERCUTA_OK;
}

/* Whether all are the first. */
static bool alike(int count, const double *value) {
  int others = 0;
  for (int i = 0; i < count; ++i)
    others += value[i] != value[0];
  return others == 0;
}

/* What is held on to where collagen is as in `collagen`; the arrays may be the same. */
static void hold(const struct percuta_tension *t, int count, const double *collagen, double *out) {
  percuta_base_power_many((size_t)count, t->steepness, collagen, out);
  for (int i = 0; i < count; ++i)
    out[i] /= t->half + out[i];
}

PERCUTA_VECTOR_CLONES
static void apply(const struct percuta_tension tension, struct percuta_piece *piece,
                  const double *restrict share, const double *restrict beyond,
                  const double *restrict back, const double *restrict now,
                  const double *restrict before) {
  const double cutting = tension.cutting, most = tension.most;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double more = now[i] / before[i] - 1;
    more = more < MOST ? more : MOST;
    double less = 1 - (1 + cutting * (1 - now[i])) / (1 + cutting * (1 - before[i]));
    double lost = share[i] * back[i], due = lost + (1 - share[i]) * beyond[i] - 1;
    double x = (more + lost * less) / (due + 1e-300);
    x = x > 0 ? x : 0.0;
    double effect = effect_of(x, most);
    piece->making[i] *= 1 + effect * more;
    piece->exposed[i] *= 1 - effect * less;
  }
}

static void modulate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_tension *t = PERCUTA_PART(cascade, tension);
  const double *collagen = piece->u[PERCUTA_FIELD_collagen];
  double now[PERCUTA_PIECE] = {0}, before[PERCUTA_PIECE] = {0};
  double beyond[PERCUTA_PIECE], back[PERCUTA_PIECE], share[PERCUTA_PIECE];
  if (!piece->dermal)
    return;
  for (int i = 0; i < piece->count; ++i) {
    before[i] = piece->rest[i] > NOTHING ? piece->rest[i] : NOTHING;
    now[i] = collagen[i] > before[i] ? collagen[i] : before[i];
    beyond[i] = now[i] / before[i];
  }
  hold(t, piece->count, now, now);
  const bool one = alike(piece->count, before); /* as nearly everywhere */
  hold(t, one ? 1 : piece->count, before, before);
  for (int i = 0; i < piece->count; ++i) {
    before[i] = before[one ? 0 : i];
    share[i] = one && i > 0 ? share[0] : share_of_enzymes(cascade, piece->rest[i]);
  }
  percuta_healing_cascade_comeback(cascade, (size_t)piece->count, beyond, back);
  apply(*t, piece, share, beyond, back, now, before);
}

const struct percuta_part percuta_healing_tension_part = {.read = read, .modulate = modulate};
