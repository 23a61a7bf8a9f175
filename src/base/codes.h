/* The codes of mistakes in an input, which programs tell apart where people read words. */
#ifndef PERCUTA_BASE_CODES_H
#define PERCUTA_BASE_CODES_H

#include <stdio.h>

enum percuta_code {
  PERCUTA_CODE_NONE, /* of what is no mistake; not in the registry */
#define PERCUTA_CODE(name, text, meaning) PERCUTA_CODE_##name,
#include "base/codes.def"
#undef PERCUTA_CODE
  PERCUTA_CODE_END
};

/* "unknown-key"; static storage. "" of PERCUTA_CODE_NONE and of a number that is no code. */
const char *percuta_base_codes_name(enum percuta_code code);

/* One sentence without its full stop, "a key stands twice"; static storage, "" as above. */
const char *percuta_base_codes_meaning(enum percuta_code code);

/* Prints docs/errors.md. */
void percuta_base_codes_print_page(FILE *stream);

#endif
