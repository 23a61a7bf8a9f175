/* The table of outcomes, and who may read which; test: tests/unit/test_outcomes.c. */
#include "outcome/outcomes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "outcome/spread.h"
#include "outcome/timeline.h"

#define NOTHING 0U
#define COMFORT PERCUTA_OUTCOME_NEEDS_COMFORT
#define OPENED PERCUTA_OUTCOME_NEEDS_OPENED
#define NUMBED PERCUTA_OUTCOME_NEEDS_NUMBED
#define CREAM PERCUTA_OUTCOME_NEEDS_CREAM
#define RELIEF PERCUTA_OUTCOME_NEEDS_RELIEF
#define DEFECT PERCUTA_OUTCOME_NEEDS_DEFECT
#define SCALP PERCUTA_OUTCOME_NEEDS_SCALP
#define NEEDS(part) (1U << PERCUTA_PART_##part)
#define ONCE false
#define TIMED true

static const struct percuta_outcome TABLE[] = {
#define PERCUTA_OUTCOME(name, unit, least, most, needs, function, known, method, sources, text)    \
  {#name,  unit,    false, least, most, needs, function, 0, 1, PERCUTA_OUTCOME_##known,            \
   method, sources, text},
#define PERCUTA_OUTCOME_TIMED(name, unit, least, most, needs, function, known, method, sources,    \
                              text)                                                                \
  {#name,    unit,                                                                                 \
   true,     least,                                                                                \
   most,     (needs) | PERCUTA_OUTCOME_NEEDS_TIMELINE,                                             \
   function, 0,                                                                                    \
   1,        PERCUTA_OUTCOME_##known,                                                              \
   method,   sources,                                                                              \
   text},
#define PERCUTA_OUTCOME_OF_COLUMN(name, when, unit, least, most, needs, reading, column, factor,   \
                                  method, sources, text)                                           \
  {#name,                                                                                          \
   unit,                                                                                           \
   when,                                                                                           \
   least,                                                                                          \
   most,                                                                                           \
   (needs) | PERCUTA_OUTCOME_NEEDS_TIMELINE,                                                       \
   percuta_outcome_timeline_##reading,                                                             \
   offsetof(struct percuta_timeline_row, column),                                                  \
   factor,                                                                                         \
   PERCUTA_OUTCOME_SIMULATED,                                                                      \
   method,                                                                                         \
   sources,                                                                                        \
   text},
#include "outcome/outcomes.def"
#undef PERCUTA_OUTCOME
#undef PERCUTA_OUTCOME_TIMED
#undef PERCUTA_OUTCOME_OF_COLUMN
};

const struct percuta_outcome_time percuta_outcome_outcomes_time[PERCUTA_OUTCOME_TIMES] = {
    {PERCUTA_SINCE_FIRST_SESSION, 30},
    {PERCUTA_SINCE_FIRST_SESSION, 90},
    {PERCUTA_SINCE_FIRST_SESSION, 180},
    {PERCUTA_SINCE_FIRST_SESSION, 365}};

const struct percuta_outcome *percuta_outcome_outcomes_at(enum percuta_outcome_id id) {
  return &TABLE[id];
}

const struct percuta_outcome *percuta_outcome_outcomes_find(const char *name) {
  for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; ++i) {
    if (strcmp(TABLE[i].name, name) == 0)
      return &TABLE[i];
  }
  return NULL;
}

unsigned percuta_outcome_outcomes_has(const struct percuta_record *record) {
  const struct percuta_session_record *first = record->session_count > 0 ? record->session : NULL;
  unsigned has = record->layout.parts;
  if (record->timeline.count > 0)
    has |= PERCUTA_OUTCOME_NEEDS_TIMELINE;
  if (first && first->comfort.known)
    has |= PERCUTA_OUTCOME_NEEDS_COMFORT;
  if (first && first->comfort.numbed)
    has |= PERCUTA_OUTCOME_NEEDS_NUMBED;
  if (first && first->given && first->channels.penetrated > 0)
    has |= PERCUTA_OUTCOME_NEEDS_OPENED;
  if (record->numbing.used && !record->numbing.needles_first)
    has |= PERCUTA_OUTCOME_NEEDS_CREAM;
  if (record->relief.form.kind != PERCUTA_RELIEF_FLAT && record->relief.form.recess != 0)
    has |= PERCUTA_OUTCOME_NEEDS_RELIEF;
  if (record->skin->has_defect)
    has |= PERCUTA_OUTCOME_NEEDS_DEFECT;
  if (strcmp(record->skin->region, "scalp") == 0)
    has |= PERCUTA_OUTCOME_NEEDS_SCALP;
  return has;
}

/* Days from the first session to a time; NAN where there was no session to count from. */
static double day_of(const struct percuta_record *record, struct percuta_outcome_time time) {
  double from = time.since == PERCUTA_SINCE_FIRST_SESSION ? 0 : NAN;
  for (int i = 0; i < record->session_count && time.since == PERCUTA_SINCE_LAST_SESSION; ++i) {
    if (record->session[i].given)
      from = fmax(from, record->session[i].start / PERCUTA_DAY);
  }
  return from + time.day;
}

/* As its function reads it. */
static struct percuta_outcome_value read_own(const struct percuta_record *record,
                                             const struct percuta_outcome *outcome,
                                             struct percuta_outcome_time time) {
  const struct percuta_outcome_value none = {NAN, NAN, NAN, NAN, false};
  const double day = outcome->timed ? day_of(record, time) : 0;
  if ((outcome->needs & ~percuta_outcome_outcomes_has(record)) != 0)
    return none;
  if (outcome->timed && !percuta_outcome_timeline_reaches(&record->timeline, day))
    return none;
  const struct percuta_outcome_value value = outcome->function(record, outcome, day);
  return isfinite(value.value) ? value : none;
}

struct percuta_outcome_value percuta_outcome_outcomes_compute_apart(
    const struct percuta_record *record, const struct percuta_outcome *outcome,
    struct percuta_outcome_time time, struct percuta_outcome_value *people) {
  const struct percuta_outcome_value own = read_own(record, outcome, time);
  if (isfinite(own.value))
    return percuta_outcome_spread_merge(record, outcome, time, own, people);
  *people = own;
  return own;
}

struct percuta_outcome_value percuta_outcome_outcomes_compute(const struct percuta_record *record,
                                                              const struct percuta_outcome *outcome,
                                                              struct percuta_outcome_time time) {
  struct percuta_outcome_value people;
  return percuta_outcome_outcomes_compute_apart(record, outcome, time, &people);
}

double percuta_outcome_outcomes_number_on(const struct percuta_record *record,
                                          enum percuta_outcome_id id,
                                          struct percuta_outcome_time time) {
  return read_own(record, &TABLE[id], time).value;
}

double percuta_outcome_outcomes_number(const struct percuta_record *record,
                                       enum percuta_outcome_id id) {
  return percuta_outcome_outcomes_number_on(record, id, percuta_outcome_outcomes_end(record));
}

struct percuta_outcome_time percuta_outcome_outcomes_end(const struct percuta_record *record) {
  const struct percuta_timeline *timeline = &record->timeline;
  return (struct percuta_outcome_time){
      PERCUTA_SINCE_FIRST_SESSION,
      timeline->count > 0 ? timeline->row[timeline->count - 1].time_d : NAN};
}

const char *percuta_outcome_outcomes_since(enum percuta_outcome_since since) {
  return since == PERCUTA_SINCE_FIRST_SESSION ? "first-session" : "last-session";
}

static const char *const KNOWN[] = {"simulated", "published-rate", "extrapolated"};

const char *percuta_outcome_outcomes_known(const struct percuta_outcome *outcome,
                                           const struct percuta_outcome_value *value) {
  return KNOWN[value->extrapolated ? PERCUTA_OUTCOME_EXTRAPOLATED : outcome->known];
}

static const char *const PART[] = {
#define PERCUTA_CORE(name) #name,
#define PERCUTA_EXTENSION(name, meaning) #name,
#include "scenario/parts.def"
#undef PERCUTA_CORE
#undef PERCUTA_EXTENSION
};

/* Whether the part of healing with this name is on. */
static bool is_on(unsigned parts, const char *name, size_t length) {
  for (int i = 0; i < PERCUTA_PART_COUNT; ++i) {
    if (strlen(PART[i]) == length && strncmp(PART[i], name, length) == 0)
      return (parts >> i & 1U) != 0;
  }
  return false;
}

bool percuta_outcome_outcomes_source(const char **rest, unsigned parts, char *key, size_t size) {
  for (;;) {
    *rest += strspn(*rest, " ");
    const char *word = *rest;
    const size_t length = strcspn(word, " "), part = strcspn(word, ": ");
    if (length == 0)
      return false;
    *rest += length;
    const bool of_part = word[part] == ':';
    if (!of_part || is_on(parts, word, part)) {
      const size_t skip = of_part ? part + 1 : 0;
      snprintf(key, size, "%.*s", (int)(length - skip), word + skip);
      return true;
    }
  }
}

/* "simulated, timed, with koppenol: what it is". */
static void describe(const struct percuta_outcome *outcome, char *out, size_t size) {
  size_t used = (size_t)snprintf(out, size, "%s%s", KNOWN[outcome->known],
                                 outcome->timed ? ", at times" : "");
  for (int i = 0; i < PERCUTA_PART_COUNT && used < size; ++i) {
    if (outcome->needs >> i & 1U)
      used += (size_t)snprintf(out + used, size - used, ", with %s", PART[i]);
  }
  if (used < size)
    snprintf(out + used, size - used, ": %s", outcome->text);
}

enum percuta_status percuta_outcome_outcomes_list(struct percuta_listing *out) {
  struct percuta_listing_entry *entry = calloc(PERCUTA_OUTCOME_COUNT, sizeof *entry);
  if (!entry)
    return PERCUTA_MEMORY;
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i) {
    snprintf(entry[i].id, sizeof entry[i].id, "%s", TABLE[i].name);
    snprintf(entry[i].name, sizeof entry[i].name, "%s", TABLE[i].unit);
    describe(&TABLE[i], entry[i].detail, sizeof entry[i].detail);
  }
  *out = (struct percuta_listing){.entry = entry, .count = PERCUTA_OUTCOME_COUNT};
  return PERCUTA_OK;
}
