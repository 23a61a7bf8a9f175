/* The parts that are on, called in the order of parts.def: first `modulate` of each, then `rate`;
 * and what differs between the cores, so that no caller asks which one is on.
 * Theory: docs/theory/healing.md. Verified: tests/verification/test_parts.c. */
#include "healing/cascade.h"

#include <math.h>
#include <string.h>

static const struct percuta_part *const PART[PERCUTA_PART_COUNT] = {
#define PERCUTA_CORE(name) [PERCUTA_PART_##name] = &percuta_healing_##name##_part,
#define PERCUTA_EXTENSION(name, meaning) [PERCUTA_PART_##name] = &percuta_healing_##name##_part,
#include "scenario/parts.def"
#undef PERCUTA_CORE
#undef PERCUTA_EXTENSION
};

/* Calls `function` of every part that is on and has it. */
#define FOR_EACH(cascade, function, ...)                                                           \
  for (int part = 0; part < PERCUTA_PART_COUNT; ++part) {                                          \
    if ((cascade)->layout.parts >> part & 1U && PART[part]->function)                              \
      PART[part]->function(__VA_ARGS__);                                                           \
  }

enum percuta_status percuta_healing_cascade_read(const struct percuta_layout *layout,
                                                 const struct percuta_parameters *set,
                                                 const struct percuta_skin *skin,
                                                 struct percuta_diag *diag,
                                                 struct percuta_cascade *out) {
  struct percuta_cascade cascade = {.layout = *layout};
  for (int part = 0; part < PERCUTA_PART_COUNT; ++part) {
    if (!(layout->parts >> part & 1U))
      continue;
    enum percuta_status status = PART[part]->read(set, skin, diag, &cascade);
    if (status != PERCUTA_OK)
      return status;
  }
  *out = cascade;
  return PERCUTA_OK;
}

static void fill(double *values, int count, double value) {
  for (int i = 0; i < count; ++i)
    values[i] = value;
}

static void modulate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  fill(piece->supply, piece->count, 1.0);
  fill(piece->making, piece->count, 1.0);
  fill(piece->exposed, piece->count, 1.0);
  fill(piece->answer, piece->count, 0.0);
  piece->at_once = 1.0;
  FOR_EACH(cascade, modulate, cascade, piece)
}

void percuta_healing_cascade_rate(const struct percuta_cascade *cascade,
                                  struct percuta_piece *piece) {
  modulate(cascade, piece);
  FOR_EACH(cascade, rate, cascade, piece)
}

void percuta_healing_cascade_slope(const struct percuta_cascade *cascade,
                                   struct percuta_piece *piece) {
  modulate(cascade, piece);
  FOR_EACH(cascade, slope, cascade, piece)
  for (int p = 0; p < cascade->layout.count; ++p) {
    double *slope = piece->rate[cascade->layout.field[p]];
    for (int i = 0; i < piece->count; ++i)
      slope[i] = slope[i] < 0.0 ? slope[i] : 0.0;
  }
}

void percuta_healing_cascade_rest(const struct percuta_cascade *cascade,
                                  const struct percuta_tissue *site, double *u) {
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f)
    u[f] = percuta_healing_layout_has(&cascade->layout, (enum percuta_field)f)
               ? 0.0
               : percuta_healing_layout_field[f].idle;
  FOR_EACH(cascade, rest, cascade, site, u)
}

void percuta_healing_cascade_injure(const struct percuta_cascade *cascade,
                                    const struct percuta_tissue *site,
                                    const struct percuta_cut *cut, double *u) {
  FOR_EACH(cascade, injure, cascade, site, cut, u)
}

void percuta_healing_cascade_drift(const struct percuta_cascade *cascade,
                                   struct percuta_drift *drift) {
  memset(drift, 0, PERCUTA_FIELD_COUNT * sizeof *drift);
  FOR_EACH(cascade, drift, cascade, drift)
}

static const struct percuta_core_law *law_of(const struct percuta_cascade *cascade) {
  static const struct {
    enum percuta_part_id part;
    const struct percuta_core_law *law;
  } LAW[] = {
#define PERCUTA_CORE(name) {PERCUTA_PART_##name, &percuta_healing_##name##_law},
#define PERCUTA_EXTENSION(name, meaning)
#include "scenario/parts.def"
#undef PERCUTA_CORE
#undef PERCUTA_EXTENSION
  };
  size_t i = 0;
  while (i + 1 < sizeof LAW / sizeof *LAW &&
         !percuta_healing_layout_on(&cascade->layout, LAW[i].part))
    ++i;
  return LAW[i].law;
}

enum percuta_field percuta_healing_cascade_call(const struct percuta_cascade *cascade) {
  return law_of(cascade)->call;
}

enum percuta_field percuta_healing_cascade_release(const struct percuta_cascade *cascade) {
  return percuta_healing_layout_has(&cascade->layout, PERCUTA_FIELD_latent) ? PERCUTA_FIELD_latent
                                                                            : law_of(cascade)->call;
}

double percuta_healing_cascade_turnover(const struct percuta_cascade *cascade, double rest) {
  return law_of(cascade)->turnover(cascade, rest);
}

double percuta_healing_cascade_turnover_rel(const struct percuta_cascade *cascade, double rest) {
  return law_of(cascade)->turnover_rel(cascade, rest);
}

void percuta_healing_cascade_comeback(const struct percuta_cascade *cascade, size_t count,
                                      const double *beyond, double *out) {
  law_of(cascade)->comeback(cascade, count, beyond, out);
}

double percuta_healing_cascade_rise(const struct percuta_cascade *cascade, double rest) {
  return law_of(cascade)->rise(cascade, rest);
}

bool percuta_healing_cascade_guided(const struct percuta_cascade *cascade) {
  return law_of(cascade)->guidance != NULL;
}

void percuta_healing_cascade_guidance(const struct percuta_cascade *cascade, size_t count,
                                      const double *collagen, double *out) {
  const struct percuta_core_law *law = law_of(cascade);
  if (law->guidance)
    law->guidance(cascade, count, collagen, out);
}

double percuta_healing_cascade_runaway_level(const struct percuta_cascade *cascade) {
  const struct percuta_core_law *law = law_of(cascade);
  return law->runaway_level ? law->runaway_level(cascade) : INFINITY;
}
