/* Philox4x32-10 of Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", through
 * Random123. Key = seed; counter = (a, b, session, purpose), so that two draws share a block only
 * if all of them agree.
 * Test: tests/unit/test_random.c. */
#include "base/random.h"

#include <math.h>

#include <Random123/philox.h>

/* Set in the counter's last word for normal numbers, so that they never share a block with the
 * uniform ones of the same counter. */
#define NORMAL 0x80000000u

static const double TWO_PI = 6.283185307179586477;

static philox4x32_ctr_t draw(struct percuta_random_key key, uint32_t a, uint32_t b, uint32_t mark) {
  const philox4x32_ctr_t counter = {{a, b, key.session, (uint32_t)key.purpose | mark}};
  const philox4x32_key_t seed = {{(uint32_t)key.seed, (uint32_t)(key.seed >> 32)}};
  return philox4x32(counter, seed);
}

/* The middle of one of 2^32 equal parts of (0, 1): neither 0 nor 1 can be met. */
static double uniform(uint32_t word) {
  return ((double)word + 0.5) * 0x1p-32;
}

/* The middle of one of 2^52 equal parts of (0, 1); fine enough for the far tail of a normal. */
static double uniform_fine(uint32_t high, uint32_t low) {
  const uint64_t bits = ((uint64_t)high << 32 | low) >> 12;
  return ((double)bits + 0.5) * 0x1p-52;
}

void percuta_base_random_uniform4(struct percuta_random_key key, uint32_t a, uint32_t b,
                                  double out[4]) {
  const philox4x32_ctr_t block = draw(key, a, b, 0);
  for (int i = 0; i < 4; i++)
    out[i] = uniform(block.v[i]);
}

void percuta_base_random_normal2(struct percuta_random_key key, uint32_t a, uint32_t b,
                                 double out[2]) {
  const philox4x32_ctr_t block = draw(key, a, b, NORMAL);
  const double radius = sqrt(-2 * log(uniform_fine(block.v[0], block.v[1])));
  const double angle = TWO_PI * uniform_fine(block.v[2], block.v[3]);
  out[0] = radius * cos(angle);
  out[1] = radius * sin(angle);
}

uint32_t percuta_base_random_digest(const char *name) {
  uint32_t hash = 2166136261U;
  for (; *name; ++name)
    hash = (hash ^ (unsigned char)*name) * 16777619U;
  return hash;
}
