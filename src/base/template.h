/* Sentences with holes: literal text, and {name:format} where a value goes. What a format means is
 * the caller's business. */
#ifndef PERCUTA_BASE_TEMPLATE_H
#define PERCUTA_BASE_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

/* One piece of a template. Texts are borrowed from it and not terminated. */
struct percuta_template_piece {
  bool hole;
  const char *text; /* literal, or the name of a hole */
  int length;
  const char *format; /* of a hole: what stands after its colon */
  int format_length;
};

/* Takes the next piece off *rest; false at the end. A brace that is not closed is literal. */
bool percuta_base_template_next(const char **rest, struct percuta_template_piece *out);

#endif
