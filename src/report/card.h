/* A tile of the report: a title, its value, and a note in small print. */
#ifndef PERCUTA_REPORT_CARD_H
#define PERCUTA_REPORT_CARD_H

#include "report/sentence.h"

struct percuta_card {
  const char *title; /* static */
  struct percuta_paragraph value, note;
};

/* Writes the card and clears it. */
void percuta_report_card_write(FILE *stream, struct percuta_card *card);

#endif
