/*   dL/dt = - k L                         latent signal, released by a cut; does not move
 *   ds/dt += k L                          signal, or what the core on listens to in its place
 * L is counted in the signal that will come of it, so that a wound's dose stays as it is and only
 * comes later. Sources: docs/theory/activation.md. Verified: tests/verification/test_activation.c
 */
#include "healing/parts/latent.h"

#include "base/vector.h"
#include "healing/cascade.h"

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_latent law = {0};
  const struct percuta_parameter_slot slots[] = {{"latent.freeing", &law.freeing}};
  (void)skin;
  enum percuta_status status = percuta_base_parameters_fill(set, slots, 1, diag);
  PERCUTA_PART_KEEP(out, latent, &law);
  return status;
}

PERCUTA_VECTOR_CLONES
static void rate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  if (!piece->dermal)
    return;
  const double freeing = PERCUTA_PART(cascade, latent)->freeing;
  const enum percuta_field call = percuta_healing_cascade_call(cascade);
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double freed = freeing * piece->u[PERCUTA_FIELD_latent][i];
    piece->rate[PERCUTA_FIELD_latent][i] -= freed;
    piece->rate[call][i] += freed;
  }
}

PERCUTA_VECTOR_CLONES
static void slope(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  if (!piece->dermal)
    return;
  const double freeing = PERCUTA_PART(cascade, latent)->freeing;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i)
    piece->rate[PERCUTA_FIELD_latent][i] -= freeing;
}

static void drift(const struct percuta_cascade *cascade, struct percuta_drift *drift) {
  struct percuta_drift *signal = &drift[percuta_healing_cascade_call(cascade)];
  signal->driver[signal->drivers].field = PERCUTA_FIELD_latent;
  signal->driver[signal->drivers++].rate = PERCUTA_PART(cascade, latent)->freeing;
}

const struct percuta_part percuta_healing_latent_part = {
    .read = read, .rate = rate, .slope = slope, .drift = drift};
