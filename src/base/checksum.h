/* Sums by which two texts, or two contents of a file, are known to differ (FNV-1a). */
#ifndef PERCUTA_BASE_CHECKSUM_H
#define PERCUTA_BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#define PERCUTA_BASE_CHECKSUM_START UINT64_C(14695981039346656037)

/* `sum` (at first the start) after `size` more bytes: for texts. */
uint64_t percuta_base_checksum_text(uint64_t sum, const char *text, size_t size);

/* The same by words of 8 bytes, eight times as fast, for large files: a change of any one word
 * changes the sum for certain. `size` must be a multiple of 8 in every call but the last. */
uint64_t percuta_base_checksum_add(uint64_t sum, const void *bytes, size_t size);

#endif
