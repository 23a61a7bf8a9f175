/* Counter-based random numbers (Random123's Philox4x32-10): a draw is a pure function of its key
 * and counter, so the same scenario gives the same strikes on any number of ranks. */
#ifndef PERCUTA_BASE_RANDOM_H
#define PERCUTA_BASE_RANDOM_H

#include <stdint.h>

/* What is being drawn; part of the key, so that streams never overlap. */
enum percuta_random_purpose {
  PERCUTA_RANDOM_PERSON = 1,
  PERCUTA_RANDOM_PASS = 2,
  PERCUTA_RANDOM_STRIKE = 3,
  PERCUTA_RANDOM_INSERTION = 4,
  PERCUTA_RANDOM_VESSEL = 5,
  PERCUTA_RANDOM_NEEDLE = 6,
  PERCUTA_RANDOM_VARIATION = 7,
  PERCUTA_RANDOM_ENTRY = 8,
  PERCUTA_RANDOM_LAYOUT = 9,
  PERCUTA_RANDOM_PARAMETER = 16,
  PERCUTA_RANDOM_TRAJECTORY = 17,
  PERCUTA_RANDOM_DESIGN = 18,
  PERCUTA_RANDOM_CHAIN = 19,
  PERCUTA_RANDOM_ARM = 20,
  PERCUTA_RANDOM_PEOPLE = 21,
  PERCUTA_RANDOM_VISIT = 22,
  PERCUTA_RANDOM_ALLOCATION = 23
};

struct percuta_random_key {
  uint64_t seed;
  uint32_t session;
  enum percuta_random_purpose purpose;
};

/* Four uniform numbers in the open interval (0, 1) for the counter (a, b), e.g. (pass, strike). */
void percuta_base_random_uniform4(struct percuta_random_key key, uint32_t a, uint32_t b,
                                  double out[4]);

/* Two independent standard normal numbers (Box-Muller) for the counter (a, b). */
void percuta_base_random_normal2(struct percuta_random_key key, uint32_t a, uint32_t b,
                                 double out[2]);

/* FNV-1a of a name, as a counter: what is drawn for it does not depend on which others there are.
 */
uint32_t percuta_base_random_digest(const char *name);

#endif
