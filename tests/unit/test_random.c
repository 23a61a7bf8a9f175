/* Random numbers: the published known answer, distribution, independence, reproducibility. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <Random123/philox.h>
#include <cmocka.h>

#include "base/random.h"

enum { BLOCKS = 250000 };

static const struct percuta_random_key KEY = {
    .seed = 0x299f31d0a4093822, .session = 3, .purpose = PERCUTA_RANDOM_STRIKE};

/* The vector for philox4x32-10 in Random123's kat_vectors, so that the generator itself is known.
 */
static void test_generator(void **state) {
  (void)state;
  const philox4x32_ctr_t counter = {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}};
  const philox4x32_key_t key = {{0xa4093822, 0x299f31d0}};
  const philox4x32_ctr_t block = philox4x32(counter, key);
  const uint32_t expected[] = {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
  assert_memory_equal(block.v, expected, sizeof expected);
}

static void test_layout_of_counter(void **state) {
  (void)state;
  const philox4x32_ctr_t counter = {{11, 22, 3, PERCUTA_RANDOM_STRIKE}};
  const philox4x32_key_t key = {{0xa4093822, 0x299f31d0}};
  const philox4x32_ctr_t block = philox4x32(counter, key);
  double out[4];
  percuta_base_random_uniform4(KEY, 11, 22, out);
  for (int i = 0; i < 4; i++)
    assert_true(out[i] == ((double)block.v[i] + 0.5) / 4294967296.0);
}

static void test_reproducible(void **state) {
  (void)state;
  double first[4], again[4], other[2];
  percuta_base_random_uniform4(KEY, 5, 6, first);
  percuta_base_random_normal2(KEY, 5, 6, other);
  percuta_base_random_uniform4(KEY, 5, 6, again);
  assert_memory_equal(first, again, sizeof first);
}

/* Every part of key and counter counts. */
static void test_streams_differ(void **state) {
  (void)state;
  const struct percuta_random_key keys[] = {
      KEY,
      {KEY.seed + 1, KEY.session, KEY.purpose},
      {KEY.seed + ((uint64_t)1 << 40), KEY.session, KEY.purpose},
      {KEY.seed, KEY.session + 1, KEY.purpose},
      {KEY.seed, KEY.session, PERCUTA_RANDOM_VESSEL},
  };
  const uint32_t counters[][2] = {{0, 1}, {1, 0}, {0, 2}};
  double seen[15][4];
  for (int k = 0; k < 5; k++)
    for (int c = 0; c < 3; c++)
      percuta_base_random_uniform4(keys[k], counters[c][0], counters[c][1], seen[3 * k + c]);
  for (int i = 0; i < 15; i++)
    for (int j = 0; j < i; j++)
      assert_memory_not_equal(seen[i], seen[j], sizeof seen[i]);
}

/* The mean of n uniform numbers has a standard error of 1/sqrt(12 n), their variance one of
 * 1/sqrt(180 n), the product of neighbours, both taken from the mean, one of 1/(12 sqrt(n)). All
 * are held to five of these; the draws are fixed, so that the test never fails by chance. */
static void test_uniform(void **state) {
  (void)state;
  double sum = 0, squares = 0, within = 0, between = 0, before = 0.5;
  for (uint32_t i = 0; i < BLOCKS; i++) {
    double out[4];
    percuta_base_random_uniform4(KEY, 0, i, out);
    for (int j = 0; j < 4; j++) {
      assert_true(out[j] > 0 && out[j] < 1);
      sum += out[j];
      squares += (out[j] - 0.5) * (out[j] - 0.5);
    }
    within += (out[0] - 0.5) * (out[1] - 0.5);
    between += (out[0] - 0.5) * (before - 0.5);
    before = out[0];
  }
  const double n = 4.0 * BLOCKS;
  assert_true(fabs(sum / n - 0.5) < 5 / sqrt(12 * n));
  assert_true(fabs(squares / n - 1.0 / 12) < 5 / sqrt(180 * n));
  assert_true(fabs(within / BLOCKS) < 5 / (12 * sqrt(BLOCKS)));
  assert_true(fabs(between / BLOCKS) < 5 / (12 * sqrt(BLOCKS)));
}

/* Hundred equal bins: chi-square has 99 degrees of freedom, mean 99, standard deviation 14.1. */
static void test_uniform_is_flat(void **state) {
  (void)state;
  double bins[100] = {0}, chi_square = 0;
  for (uint32_t i = 0; i < BLOCKS; i++) {
    double out[4];
    percuta_base_random_uniform4(KEY, i, 1, out);
    for (int j = 0; j < 4; j++)
      bins[(int)(100 * out[j])]++;
  }
  const double expected = 4.0 * BLOCKS / 100;
  for (int i = 0; i < 100; i++)
    chi_square += (bins[i] - expected) * (bins[i] - expected) / expected;
  assert_true(chi_square > 99 - 5 * 14.1 && chi_square < 99 + 5 * 14.1);
}

static void test_normal(void **state) {
  (void)state;
  double sum = 0, squares = 0, fourth = 0, product = 0, tail = 0;
  for (uint32_t i = 0; i < BLOCKS; i++) {
    double out[2];
    percuta_base_random_normal2(KEY, 0, i, out);
    for (int j = 0; j < 2; j++) {
      assert_true(isfinite(out[j]));
      sum += out[j];
      squares += out[j] * out[j];
      fourth += out[j] * out[j] * out[j] * out[j];
      tail += fabs(out[j]) > 1.959963984540054;
    }
    product += out[0] * out[1];
  }
  const double n = 2.0 * BLOCKS;
  assert_true(fabs(sum / n) < 5 / sqrt(n));
  assert_true(fabs(squares / n - 1) < 5 * sqrt(2 / n));
  assert_true(fabs(fourth / n - 3) < 5 * sqrt(96 / n));
  assert_true(fabs(tail / n - 0.05) < 5 * sqrt(0.05 * 0.95 / n));
  assert_true(fabs(product / BLOCKS) < 5 / sqrt(BLOCKS));
}

/* Normal and uniform numbers of the same counter come from different blocks. */
static void test_normal_is_apart_from_uniform(void **state) {
  (void)state;
  double product = 0;
  for (uint32_t i = 0; i < BLOCKS; i++) {
    double flat[4], bell[2];
    percuta_base_random_uniform4(KEY, 0, i, flat);
    percuta_base_random_normal2(KEY, 0, i, bell);
    product += (flat[0] - 0.5) * (bell[0] * bell[0] + bell[1] * bell[1] - 2);
  }
  /* standard deviations: 1/sqrt(12), and 2 for the exponential */
  assert_true(fabs(product / BLOCKS) < 5 * 2 / sqrt(12.0 * BLOCKS));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_generator),    cmocka_unit_test(test_layout_of_counter),
      cmocka_unit_test(test_reproducible), cmocka_unit_test(test_streams_differ),
      cmocka_unit_test(test_uniform),      cmocka_unit_test(test_uniform_is_flat),
      cmocka_unit_test(test_normal),       cmocka_unit_test(test_normal_is_apart_from_uniform),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
