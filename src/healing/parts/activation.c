/*   dP/dt = k_on q (1 - P) - k_off (1 - q) P          primed: switched on
 *   dA/dt = k_s (P - A)                               active: making collagen
 * q is what the signal calls for, of all that it can (piece->called; in koppenol s/(a4 + s)); A
 * stands in its place in what cells make. With k_on = k_off = k and k, k_s without bounds A = q:
 * the published core. Sources: docs/theory/activation.md. Verified:
 * tests/verification/test_activation.c */
#include "healing/parts/activation.h"

#include "base/vector.h"
#include "healing/cascade.h"

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_activation law = {0};
  const struct percuta_parameter_slot slots[] = {{"activation.switching_on", &law.switching_on},
                                                 {"activation.switching_off", &law.switching_off},
                                                 {"activation.making_ready", &law.making_ready}};
  (void)skin;
  enum percuta_status status =
      percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  PERCUTA_PART_KEEP(out, activation, &law);
  return status;
}

static void modulate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  (void)cascade;
  if (!piece->dermal)
    return;
  piece->at_once = 0.0;
  for (int i = 0; i < piece->count; ++i)
    piece->answer[i] = piece->u[PERCUTA_FIELD_active][i];
}

PERCUTA_VECTOR_CLONES
static void rate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_activation a = *PERCUTA_PART(cascade, activation);
  if (!piece->dermal)
    return;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double called = piece->called[i], primed = piece->u[PERCUTA_FIELD_primed][i];
    piece->rate[PERCUTA_FIELD_primed][i] +=
        a.switching_on * called * (1.0 - primed) - a.switching_off * (1.0 - called) * primed;
    piece->rate[PERCUTA_FIELD_active][i] +=
        a.making_ready * (primed - piece->u[PERCUTA_FIELD_active][i]);
  }
}

PERCUTA_VECTOR_CLONES
static void slope(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_activation a = *PERCUTA_PART(cascade, activation);
  if (!piece->dermal)
    return;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double called = piece->called[i];
    piece->rate[PERCUTA_FIELD_primed][i] -=
        a.switching_on * called + a.switching_off * (1.0 - called);
    piece->rate[PERCUTA_FIELD_active][i] -= a.making_ready;
  }
}

const struct percuta_part percuta_healing_activation_part = {
    .read = read, .modulate = modulate, .rate = rate, .slope = slope};
