#include "base/utf8.h"

/* The number of bytes that a first byte announces, with its payload; 0 for none. */
static int announced(unsigned char first, uint32_t *payload) {
  if (first < 0x80) {
    *payload = first;
    return 1;
  }
  if (first >= 0xC2 && first <= 0xDF) {
    *payload = first & 0x1Fu;
    return 2;
  }
  if (first >= 0xE0 && first <= 0xEF) {
    *payload = first & 0x0Fu;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    *payload = first & 0x07u;
    return 4;
  }
  return 0;
}

int percuta_base_utf8_next(const char *text, size_t size, uint32_t *code) {
  static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  uint32_t value = 0;
  const int length = announced((unsigned char)text[0], &value);
  if (length == 0 || (size_t)length > size)
    return 0;
  for (int i = 1; i < length; i++) {
    const unsigned char byte = (unsigned char)text[i];
    if ((byte & 0xC0u) != 0x80)
      return 0;
    value = value << 6 | (byte & 0x3Fu);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < smallest[length] || value > 0x10FFFF || surrogate)
    return 0;
  *code = value;
  return length;
}

bool percuta_base_utf8_is_control(uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F);
}

bool percuta_base_utf8_is_bidi(uint32_t code) {
  return code == 0x200E || code == 0x200F || code == 0x061C || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}
