/* How far outcomes and the timeline move when parameters are drawn from their joint posterior: what
 * is not known of the model, as bands. Filled by study/spread.h, borrowed by a record. */
#ifndef PERCUTA_OUTCOME_SPREAD_H
#define PERCUTA_OUTCOME_SPREAD_H

#include "outcome/outcomes.h"

/* Times at which each outcome has a band: those of outcomes.h from the first and from the last
 * session, and the end of the record, where also those stand that belong to the whole course. */
enum { PERCUTA_SPREAD_TIMES = 2 * PERCUTA_OUTCOME_TIMES + 1 };

/* Why there are no bands, or that there are. */
enum percuta_spread_state {
  PERCUTA_SPREAD_DRAWN,
  PERCUTA_SPREAD_NOT_ASKED,
  PERCUTA_SPREAD_NO_FILE, /* the data folder has no joint draws */
  PERCUTA_SPREAD_NO_CORE, /* none of them is of the core that is kept */
  PERCUTA_SPREAD_LOST     /* too few courses could be followed */
};

struct percuta_band {
  double low, high; /* of the outcome's unit; NAN: there is none */
  int of;           /* draws that have the outcome */
  /* Variances of what moves it, in its unit squared: within a core, between cores. */
  double parameters, form;
  double numerics; /* difference from a twin with half the cell and tolerance; NAN: not known */
};

struct percuta_spread {
  enum percuta_spread_state state;
  int asked, followed, lost; /* draws; lost are among those followed */
  char why[96];              /* of the first that was lost */
  int koppenol, pensalfini;  /* draws followed of each core */
  int drawn, kept;           /* parameters in the file; of them set by the scenario, not drawn */
  double level;              /* share of the draws inside a band */
  int banded, outside;       /* outcomes with a band; those whose value lies outside of it */
  struct percuta_band band[PERCUTA_OUTCOME_COUNT][PERCUTA_SPREAD_TIMES];
  size_t rows;                             /* those of the record's timeline */
  struct percuta_timeline_row *low, *high; /* owned, one each a row; NAN: no band */
};

/* What moves an outcome, as shares that add up to 1; NAN: not known. */
struct percuta_shares {
  double people, parameters, form, numerics;
};

/* The time of slot `index` of a record. */
struct percuta_outcome_time percuta_outcome_spread_time(const struct percuta_record *record,
                                                        int index);
/* The band of an outcome, NULL when there is none; the time of one that is not timed is not read.
 */
const struct percuta_band *percuta_outcome_spread_band(const struct percuta_record *record,
                                                       const struct percuta_outcome *outcome,
                                                       struct percuta_outcome_time time);

/* Whether the interval that an outcome brings is that between people, which its method says. */
bool percuta_outcome_spread_of_people(const struct percuta_outcome *outcome);

/* `own`, as the outcome's function gives it, with the interval of what is not known of the model:
 * that of the draws, and of one that brings such an interval itself the wider end of both. The
 * interval between people goes to `people` (may be NULL), all NAN where none is known. Where
 * nothing was drawn `own` stays as it is. */
struct percuta_outcome_value percuta_outcome_spread_merge(const struct percuta_record *record,
                                                          const struct percuta_outcome *outcome,
                                                          struct percuta_outcome_time time,
                                                          struct percuta_outcome_value own,
                                                          struct percuta_outcome_value *people);

/* Shares of the variance of an outcome; false where no band is known. */
bool percuta_outcome_spread_shares(const struct percuta_record *record,
                                   const struct percuta_outcome *outcome,
                                   struct percuta_outcome_time time, struct percuta_shares *out);

/* Whether a column of the timeline is a mean over the treated skin, so that it has a band. */
bool percuta_outcome_spread_has_column(const char *name);

/* What was drawn and what was lost, or why there are no intervals, in sentences. NULL: no draws
 * were followed by whoever wrote the record. */
void percuta_outcome_spread_say(const struct percuta_spread *spread, char *out, size_t size);

void percuta_outcome_spread_clear(struct percuta_spread *spread);

#endif
