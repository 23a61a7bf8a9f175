/* FNV-1a (Fowler, Noll & Vo), by bytes and by words. Test: tests/unit/test_checksum.c. */
#include "base/checksum.h"

#include <string.h>

static const uint64_t PRIME = UINT64_C(1099511628211);

uint64_t percuta_base_checksum_text(uint64_t sum, const char *text, size_t size) {
  for (size_t i = 0; i < size; ++i)
    sum = (sum ^ (unsigned char)text[i]) * PRIME;
  return sum;
}

uint64_t percuta_base_checksum_add(uint64_t sum, const void *bytes, size_t size) {
  const unsigned char *byte = bytes;
  for (size_t i = 0; i < size; i += 8) {
    uint64_t word = 0;
    memcpy(&word, byte + i, size - i < 8 ? size - i : 8);
    sum = (sum ^ word) * PRIME;
  }
  return sum;
}
