/* The sums beside published values, and what must change them. */
/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

#include "base/checksum.h"

static const uint64_t START = PERCUTA_BASE_CHECKSUM_START;

/* Landon Curt Noll's test vectors of FNV-1a, 64 bits. */
static void texts_have_their_published_sums(void **state) {
  (void)state;
  assert_true(percuta_base_checksum_text(START, "", 0) == UINT64_C(0xcbf29ce484222325));
  assert_true(percuta_base_checksum_text(START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
  assert_true(percuta_base_checksum_text(START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
  const uint64_t part = percuta_base_checksum_text(START, "foo", 3);
  assert_true(percuta_base_checksum_text(part, "bar", 3) == UINT64_C(0x85944171f73967e8));
}

/* In pieces as at once; and every single bit counts. */
static void words_tell_every_bit(void **state) {
  (void)state;
  unsigned char bytes[45];
  memset(bytes, 0x3c, sizeof bytes);
  const uint64_t sum = percuta_base_checksum_add(START, bytes, sizeof bytes);
  const uint64_t part = percuta_base_checksum_add(START, bytes, 16);
  assert_true(percuta_base_checksum_add(part, bytes + 16, sizeof bytes - 16) == sum);
  for (size_t bit = 0; bit < 8 * sizeof bytes; ++bit) {
    bytes[bit / 8] ^= (unsigned char)(1U << bit % 8);
    assert_true(percuta_base_checksum_add(START, bytes, sizeof bytes) != sum);
    bytes[bit / 8] ^= (unsigned char)(1U << bit % 8);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(texts_have_their_published_sums),
                                     cmocka_unit_test(words_tell_every_bit)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
