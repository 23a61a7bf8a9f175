/* UTF-8 as RFC 3629 has it, and texts made safe to show. Tested by tests/unit/test_yaml.c and
 * test_diag.c. */
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hidden.h"

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

static bool is_blank(uint32_t code) {
  return code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
         code == 0x205F || code == 0x3000;
}

static bool is_nothing(uint32_t code) {
  return code == 0xAD || code == 0x200B || code == 0x2060 || code == 0xFEFF;
}

size_t percuta_base_utf8_blanks(const char *text, size_t length, char *out, size_t size) {
  size_t used = 0;
  for (size_t at = 0; at < length;) {
    uint32_t code = 0;
    int bytes = percuta_base_utf8_next(text + at, length - at, &code);
    bytes = bytes > 0 ? bytes : 1;
    const bool blank = is_blank(code);
    for (int i = 0; i < (blank ? 1 : bytes) && !is_nothing(code); i++, used++)
      if (used < size)
        out[used] = blank ? ' ' : text[at + (size_t)i];
    at += (size_t)bytes;
  }
  return used;
}

/* Writes one character as a terminal may safely show it; returns the bytes written, at most 8. */
static size_t show(char *out, const char *text, int length, uint32_t code) {
  if (length == 0)
    return (size_t)snprintf(out, 9, "\\x%02X", (unsigned)(unsigned char)text[0]);
  if (code == '\n' || code == '\t' || code == '\r')
    return (size_t)snprintf(out, 9, "\\%c", code == '\n' ? 'n' : code == '\t' ? 't' : 'r');
  if (percuta_base_utf8_is_control(code) || percuta_base_hidden_name(code) != NULL)
    return (size_t)snprintf(out, 9, code < 0x80 ? "\\x%02X" : "\\u%04X", (unsigned)code);
  memcpy(out, text, (size_t)length);
  return (size_t)length;
}

char *percuta_base_utf8_shown(const char *text, size_t most) {
  static const char CUT[] = "…";
  size_t used = 0, left = strlen(text);
  const size_t room = left < most / 4 ? 4 * left : most; /* no byte makes more than four */
  char *out = malloc(room + 9 + sizeof CUT);
  while (out != NULL && left > 0 && used < most) {
    uint32_t code = 0;
    const int length = percuta_base_utf8_next(text, left, &code);
    const size_t taken = length == 0 ? 1 : (size_t)length;
    used += show(out + used, text, length, code);
    text += taken;
    left -= taken;
  }
  if (out != NULL)
    memcpy(out + used, left > 0 ? CUT : "", left > 0 ? sizeof CUT : 1);
  return out;
}
