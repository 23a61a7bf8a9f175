/* docs/validation.md: the comparison as a page. */
#ifndef PERCUTA_VALIDATE_MARKDOWN_H
#define PERCUTA_VALIDATE_MARKDOWN_H

#include "validate/validate.h"

/* Writes the page of `count` stages. */
void percuta_validate_markdown_write(const struct percuta_catalogue *catalogue,
                                     const struct percuta_validation *stage, size_t count,
                                     FILE *stream);

#endif
