/* Characters that nobody sees, brought along from a page or a word processor: named where they
 * stand in the way. */
#ifndef PERCUTA_BASE_HIDDEN_H
#define PERCUTA_BASE_HIDDEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

/* What a character that is not seen is called ("zero-width space"); NULL for any other. */
const char *percuta_base_hidden_name(uint32_t code);

/* Names the first such character of the key or value that each mistake in `text` is about, at the
 * head of its hint. `shown` is how the mistakes call the text, which begins on line `line`. */
void percuta_base_hidden_tell(struct percuta_diag *diag, const char *shown, const char *text,
                              int line);

#endif
