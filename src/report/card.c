/* A tile as HTML; test: tests/unit/test_report.c. */
#include "report/card.h"

void percuta_report_card_write(FILE *stream, struct percuta_card *card) {
  fprintf(stream, "<div class=\"card\"><dt>%s</dt><dd>", card->title);
  percuta_report_sentence_html(stream, &card->value, "strong", " ");
  fputs("<small>", stream);
  percuta_report_sentence_html(stream, &card->note, "strong", " ");
  fputs("</small></dd></div>\n", stream);
  percuta_report_sentence_clear(&card->value);
  percuta_report_sentence_clear(&card->note);
}
