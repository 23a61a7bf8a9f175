/* What a person wants to know of a course: one registry (outcomes.def) of named numbers that are
 * read off the books of a run. Light: no PETSc. */
#ifndef PERCUTA_OUTCOME_OUTCOMES_H
#define PERCUTA_OUTCOME_OUTCOMES_H

#include <math.h>

#include "catalogue/listing.h"
#include "outcome/record.h"

enum percuta_outcome_known {
  PERCUTA_OUTCOME_SIMULATED,      /* computed from the state of the skin */
  PERCUTA_OUTCOME_PUBLISHED_RATE, /* a published relation or rate, looked up */
  PERCUTA_OUTCOME_EXTRAPOLATED    /* either of them, outside the conditions it was seen in */
};

/* What was found. */
struct percuta_outcome_value {
  double value;      /* in the outcome's unit; NAN: this record does not have it */
  double low, high;  /* NAN: no interval is known */
  double level;      /* share of the cases that lie between them; NAN: the ends of a range */
  bool extrapolated; /* outside the conditions under which it was seen */
};

/* A value of which no interval is known. */
static inline struct percuta_outcome_value percuta_outcome_simulated(double value) {
  return (struct percuta_outcome_value){value, NAN, NAN, NAN, false};
}

/* A time; of an outcome that belongs to a course as a whole it is not read. */
struct percuta_outcome_time {
  enum percuta_outcome_since since;
  double day;
};

struct percuta_outcome;

/* Reads an outcome off `record`; `day` counts from the first session, whatever was asked. */
typedef struct percuta_outcome_value percuta_outcome_fn(const struct percuta_record *record,
                                                        const struct percuta_outcome *outcome,
                                                        double day);

/* A line of the registry. */
struct percuta_outcome {
  const char *name, *unit;
  bool timed;
  double least, most;
  unsigned needs; /* bits of the parts of healing, and of enum percuta_outcome_need */
  percuta_outcome_fn *function;
  size_t column; /* offset in a row of the timeline, and what it is multiplied by; of a reading */
  double factor;
  enum percuta_outcome_known known;
  const char *method, *sources, *text;
};

/* What may be needed beside parts of healing. */
enum percuta_outcome_need {
  PERCUTA_OUTCOME_NEEDS_TIMELINE = 1U << PERCUTA_PART_COUNT,
  PERCUTA_OUTCOME_NEEDS_COMFORT = 2U << PERCUTA_PART_COUNT, /* needles went in */
  PERCUTA_OUTCOME_NEEDS_OPENED = 4U << PERCUTA_PART_COUNT,  /* a puncture opened the skin */
  PERCUTA_OUTCOME_NEEDS_NUMBED = 8U << PERCUTA_PART_COUNT,  /* needles went into numb skin */
  PERCUTA_OUTCOME_NEEDS_CREAM = 16U << PERCUTA_PART_COUNT,  /* a numbing cream before the needles */
  PERCUTA_OUTCOME_NEEDS_RELIEF = 32U << PERCUTA_PART_COUNT, /* a surface that is not even */
  PERCUTA_OUTCOME_NEEDS_DEFECT = 64U << PERCUTA_PART_COUNT, /* a scar, stria or fold */
  PERCUTA_OUTCOME_NEEDS_SCALP = 128U << PERCUTA_PART_COUNT  /* hair grows there */
};

enum percuta_outcome_id {
#define PERCUTA_OUTCOME(name, ...) PERCUTA_OUTCOME_##name,
#define PERCUTA_OUTCOME_TIMED(name, ...) PERCUTA_OUTCOME_##name,
#define PERCUTA_OUTCOME_OF_COLUMN(name, ...) PERCUTA_OUTCOME_##name,
#include "outcome/outcomes.def"
#undef PERCUTA_OUTCOME
#undef PERCUTA_OUTCOME_TIMED
#undef PERCUTA_OUTCOME_OF_COLUMN
  PERCUTA_OUTCOME_COUNT
};

const struct percuta_outcome *percuta_outcome_outcomes_at(enum percuta_outcome_id id);
/* NULL when there is none of that name. */
const struct percuta_outcome *percuta_outcome_outcomes_find(const char *name);

/* The parts of healing and whatever else the record has, as needs. */
unsigned percuta_outcome_outcomes_has(const struct percuta_record *record);

/* All of it NAN where something is missing that the outcome needs, or the time lies outside the
 * record. Where joint draws were followed the interval is theirs (spread.h). */
struct percuta_outcome_value percuta_outcome_outcomes_compute(const struct percuta_record *record,
                                                              const struct percuta_outcome *outcome,
                                                              struct percuta_outcome_time time);

/* The same with the interval between people, where one is known, apart in `people` (else NAN), and
 * in the value that of what is not known of the model (spread.h). */
struct percuta_outcome_value percuta_outcome_outcomes_compute_apart(
    const struct percuta_record *record, const struct percuta_outcome *outcome,
    struct percuta_outcome_time time, struct percuta_outcome_value *people);

/* Its value alone: of a course, and at a time. */
double percuta_outcome_outcomes_number(const struct percuta_record *record,
                                       enum percuta_outcome_id id);
double percuta_outcome_outcomes_number_on(const struct percuta_record *record,
                                          enum percuta_outcome_id id,
                                          struct percuta_outcome_time time);

/* The times at which timed outcomes are told: one, three, six and twelve months. */
enum { PERCUTA_OUTCOME_TIMES = 4 };
extern const struct percuta_outcome_time percuta_outcome_outcomes_time[PERCUTA_OUTCOME_TIMES];

/* The last day of the record, and whence a time is counted and how a value is known, in the words
 * of summary.json. */
struct percuta_outcome_time percuta_outcome_outcomes_end(const struct percuta_record *record);
const char *percuta_outcome_outcomes_since(enum percuta_outcome_since since);
const char *percuta_outcome_outcomes_known(const struct percuta_outcome *outcome,
                                           const struct percuta_outcome_value *value);

/* Takes the next key of data/citations.yaml off *rest (start with outcome->sources) that counts for
 * these parts of healing; false at the end. `key` is cut off where it does not fit. */
bool percuta_outcome_outcomes_source(const char **rest, unsigned parts, char *key, size_t size);

/* All of them for `percuta list`: name, unit, and how known, needs and text. Release with
 * percuta_catalogue_listing_clear. */
enum percuta_status percuta_outcome_outcomes_list(struct percuta_listing *out);

#define PERCUTA_OUTCOME(name, unit, least, most, needs, function, ...) percuta_outcome_fn function;
#define PERCUTA_OUTCOME_TIMED(name, unit, least, most, needs, function, ...)                       \
  percuta_outcome_fn function;
#define PERCUTA_OUTCOME_OF_COLUMN(name, when, unit, least, most, needs, reading, ...)              \
  percuta_outcome_fn percuta_outcome_timeline_##reading;
#include "outcome/outcomes.def"
#undef PERCUTA_OUTCOME
#undef PERCUTA_OUTCOME_TIMED
#undef PERCUTA_OUTCOME_OF_COLUMN

#endif
