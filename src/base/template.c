/* Cuts a template at its braces; test: tests/unit/test_template.c. */
#include "base/template.h"

#include <string.h>

bool percuta_base_template_next(const char **rest, struct percuta_template_piece *out) {
  const char *at = *rest;
  if (*at == '\0')
    return false;
  const char *close = *at == '{' ? strchr(at, '}') : NULL;
  *out = (struct percuta_template_piece){.hole = close != NULL, .text = at};
  if (!out->hole) {
    const char *open = strchr(at + 1, '{');
    out->length = (int)(open ? (size_t)(open - at) : strlen(at));
    *rest = at + out->length;
    return true;
  }
  const char *colon = memchr(at, ':', (size_t)(close - at));
  out->text = at + 1;
  out->length = (int)((colon ? colon : close) - out->text);
  out->format = colon ? colon + 1 : close;
  out->format_length = (int)(close - out->format);
  *rest = close + 1;
  return true;
}
