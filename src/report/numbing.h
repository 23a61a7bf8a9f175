/* The numbing cream, as the report says it. */
#ifndef PERCUTA_REPORT_NUMBING_H
#define PERCUTA_REPORT_NUMBING_H

#include "report/page.h"
#include "report/story.h"

/* The tile of pain with what numbs and without; nothing where nothing does. */
void percuta_report_numbing_pain(FILE *stream, const struct percuta_page *page);

/* The section "Numbing"; nothing without a cream. */
void percuta_report_numbing_write(FILE *stream, const struct percuta_page *page);

/* A step of the story, where `before` says which: the cream before the needles or after them;
 * nothing where it came at the other time. */
void percuta_report_numbing_step(struct percuta_story *story, const struct percuta_page *page,
                                 bool before);

/* Numb depth, pain under the cream and the blood's level as tiles, for the first screen. */
void percuta_report_numbing_tiles(FILE *stream, const struct percuta_page *page);

#endif
