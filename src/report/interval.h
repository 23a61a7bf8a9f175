/* Intervals of the joint draws in the report: in tiles, under them, and in words. Internal to
 * report/. */
#ifndef PERCUTA_REPORT_INTERVAL_H
#define PERCUTA_REPORT_INTERVAL_H

#include "report/card.h"
#include "report/page.h"

/* The value of a tile: a change relative to before, with its interval; where that holds a rise and
 * a fall, words in place of a number in large type. */
void percuta_report_interval_change(struct percuta_paragraph *text, double value, double low,
                                    double high);

/* Goes on with "; model LOW to HIGH" where an outcome has an interval of the model beside that
 * between people, in its unit. */
void percuta_report_interval_beside(struct percuta_paragraph *text, const struct percuta_page *page,
                                    enum percuta_outcome_id id);

/* The outcome of the page, with the interval between people where it has one. */
struct percuta_outcome_value percuta_report_interval_of(const struct percuta_page *page,
                                                        enum percuta_outcome_id id);

/* What the interval of collagen is made of, as a bar. */
void percuta_report_interval_shares(FILE *stream, const struct percuta_page *page);

/* What was drawn beside the run, or why there are no intervals. */
void percuta_report_interval_words(FILE *stream, const struct percuta_page *page);

#endif
