/* The numbing cream, as the report says it. */
#ifndef PERCUTA_REPORT_NUMB_H
#define PERCUTA_REPORT_NUMB_H

#include "report/page.h"

/* The section "Numbing"; nothing without a cream. */
void percuta_numb_write(FILE *stream, const struct percuta_page *page);

/* A step of the story, where `before` says which: the cream before the needles or after them;
 * nothing where it came at the other time. */
void percuta_numb_step(FILE *stream, const struct percuta_page *page, bool before);

#endif
