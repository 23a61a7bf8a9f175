/* Published rates: what trials report of a condition, looked up and never simulated. They come from
 * data/outcome/rates.yaml, which tools/pool_rates.py writes. Theory: docs/theory/rates.md. */
#ifndef PERCUTA_OUTCOME_RATES_H
#define PERCUTA_OUTCOME_RATES_H

#include <stdbool.h>

#include "catalogue/catalogue.h"

/* Texts are borrowed from the catalogue. */
struct percuta_rate {
  const char *condition; /* an id of `percuta list conditions`, or "any" */
  const char *endpoint, *unit, *meaning;
  const char *better;                     /* more | less | none */
  const char *group;                      /* open | controlled | blinded | blinded-controlled */
  const char *quality;                    /* of the studies, in words */
  const char *rows, *names, *note;        /* ids of rows, parted by spaces; studies; "" for none */
  const char *raw;                        /* "2 of 115": people counted; "" where none were */
  const char *nearest;                    /* the simulated outcome nearest to it; "" for none */
  const char *gap;                        /* what lies between the two, in words */
  double value;                           /* in `unit`; NAN where no number was printed */
  double low, high;                       /* 95 % interval of the mean; NAN where unknown */
  double prediction_low, prediction_high; /* 95 % of new clinics; NAN where not pooled */
  int studies, people;
  int people_unknown; /* studies of which the number of people is not known */
};

/* The rate at `index` of those told of `condition`: its own, then those of any condition; all there
 * are where `condition` is NULL. False, *out untouched, from their number on. */
bool percuta_outcome_rates_at(const struct percuta_catalogue *catalogue, const char *condition,
                              size_t index, struct percuta_rate *out);

#endif
