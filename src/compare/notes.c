/* Sentences about runs, and the outcomes that stand first. Test: tests/unit/test_compare.c. */
#include "compare/notes.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES = 64 };

/* "run 2", "runs 1, 3 and 4": those that `which` marks. */
static void name_runs(const bool *which, int count, FILE *stream) {
  int left = 0;
  for (int i = 0; i < count; ++i)
    left += which[i];
  fputs(left == 1 ? "run " : "runs ", stream);
  for (int i = 0, done = 0; i < count; ++i) {
    if (!which[i])
      continue;
    fprintf(stream, "%s%d", done == 0 ? "" : done == left - 1 ? " and " : ", ", i + 1);
    ++done;
  }
}

/* What may not be the same in all runs, as a text. */
typedef void text_fn(const struct percuta_compare_run *run, char out[TEXT_BYTES]);

static void fidelity_text(const struct percuta_compare_run *run, char out[TEXT_BYTES]) {
  snprintf(out, TEXT_BYTES, "%s", run->fidelity[0] ? run->fidelity : "unknown");
}

static void version_text(const struct percuta_compare_run *run, char out[TEXT_BYTES]) {
  snprintf(out, TEXT_BYTES, "%s", run->version[0] ? run->version : "unknown");
}

static void length_text(const struct percuta_compare_run *run, char out[TEXT_BYTES]) {
  snprintf(out, TEXT_BYTES, "%.6g days", run->end);
}

static void hash_text(const struct percuta_compare_run *run, char out[TEXT_BYTES]) {
  snprintf(out, TEXT_BYTES, "%016llx", (unsigned long long)run->hash);
}

/* Marks the runs whose text is that of `run`; whether it is the first of them. */
static bool mark_alike(const struct percuta_comparison *comparison, int run, text_fn *text,
                       bool *which, int *marked) {
  char own[TEXT_BYTES], other[TEXT_BYTES];
  bool first = true;
  text(&comparison->run[run], own);
  *marked = 0;
  for (int i = 0; i < comparison->count; ++i) {
    text(&comparison->run[i], other);
    which[i] = strcmp(own, other) == 0;
    *marked += which[i];
    first = first && !(which[i] && i < run);
  }
  return first;
}

/* "What: a of runs 1 and 2; b of run 3. Then"; nothing when all are alike. */
static void say_groups(const struct percuta_comparison *comparison, const char *what, text_fn *text,
                       const char *then, FILE *stream) {
  bool which[PERCUTA_COMPARE_MOST];
  char own[TEXT_BYTES];
  int marked = 0, said = 0;
  (void)mark_alike(comparison, 0, text, which, &marked);
  if (marked == comparison->count)
    return;
  for (int i = 0; i < comparison->count; ++i) {
    if (!mark_alike(comparison, i, text, which, &marked))
      continue;
    text(&comparison->run[i], own);
    fprintf(stream, "%s%s (", said++ == 0 ? what : "; ", own);
    name_runs(which, comparison->count, stream);
    fputc(')', stream);
  }
  fprintf(stream, ". %s\n", then);
}

static void say_stale(const struct percuta_comparison *comparison, FILE *stream) {
  for (int i = 0; i < comparison->count; ++i)
    if (comparison->run[i].stale != NULL)
      fprintf(stream, "Stale: run %d. Run again today it would be another: %s.\n", i + 1,
              comparison->run[i].stale);
}

static void say_stopped(const struct percuta_comparison *comparison, FILE *stream) {
  for (int i = 0; i < comparison->count; ++i) {
    const struct percuta_compare_run *run = &comparison->run[i];
    if (run->given < run->planned)
      fprintf(stream,
              "Stopped early: run %d. %d of %d sessions were given; the skin did not heal in time "
              "for the others.\n",
              i + 1, run->given, run->planned);
    if (run->end < run->follow_up * (1 - 1e-6))
      fprintf(stream, "Stopped early: run %d. It ends on day %.6g of %.6g.\n", i + 1, run->end,
              run->follow_up);
  }
}

static void say_same(const struct percuta_comparison *comparison, FILE *stream) {
  bool which[PERCUTA_COMPARE_MOST];
  int marked = 0;
  for (int i = 0; i < comparison->count; ++i) {
    if (!mark_alike(comparison, i, hash_text, which, &marked) || marked < 2)
      continue;
    fputs("The same run: ", stream);
    name_runs(which, comparison->count, stream);
    fputs(" have equal inputs, data and program; there is nothing to compare between them.\n",
          stream);
  }
}

char *percuta_compare_notes_runs(const struct percuta_comparison *comparison) {
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  if (stream == NULL)
    return NULL;
  say_stale(comparison, stream);
  say_stopped(comparison, stream);
  say_groups(comparison, "Different fidelities: ", fidelity_text,
             "Differences between them are differences of the fidelities, too.", stream);
  say_groups(comparison, "Different versions of Percuta: ", version_text,
             "Differences between them are differences of the model, too.", stream);
  say_groups(
      comparison, "Different lengths: ", length_text,
      "Times that a run does not reach stay empty; peaks and ends are those of each run's own "
      "length.",
      stream);
  say_same(comparison, stream);
  if (fclose(stream) == 0)
    return text;
  free(text);
  return NULL;
}

char *percuta_compare_notes_reading(const struct percuta_comparison *comparison) {
  char *text = NULL;
  size_t length = 0;
  int seeds = 0;
  bool pairs = false;
  FILE *stream = open_memstream(&text, &length);
  if (stream == NULL)
    return NULL;
  for (size_t i = 0; i < comparison->row_count; ++i) {
    seeds = comparison->row[i].seeds > seeds ? comparison->row[i].seeds : seeds;
    for (int k = 0; k < comparison->count; ++k)
      pairs = pairs || comparison->row[i].cell[k].pairs > 1;
  }
  fprintf(stream, "Differences are to run %d%s.\n", comparison->baseline + 1,
          seeds > 0 ? ", or to the run of its scenario with the same seed" : "");
  if (pairs)
    fputs("Interval of a difference: 95 % of the mean over the seeds that both scenarios have "
          "(Student's t).\n",
          stream);
  else
    fputs("Interval of a difference: none. It takes two or more seeds of both scenarios; the "
          "intervals of two single runs cannot be subtracted, as they share most of what is "
          "uncertain.\n",
          stream);
  if (seeds > 0)
    fprintf(stream,
            "Seed noise: standard deviation of one run over the seeds of its scenario, from %d "
            "runs.\n",
            seeds);
  else
    fputs("Seed noise: not known, as no scenario was given with more than one seed.\n", stream);
  fputs("Numerical error: how far docs/verification.md bounds a gain in collagen at this fidelity "
        "from the mean of patches, of both runs together. Of patches themselves, and of other "
        "outcomes, it was not measured.\n",
        stream);
  if (fclose(stream) == 0)
    return text;
  free(text);
  return NULL;
}

/* ---- what stands first ---- */

static const struct percuta_compare_key KEY[] = {
    {"collagen_total_rel", "Collagen 1 month", 30, true},
    {"collagen_total_rel", "Collagen 3 months", 90, true},
    {"collagen_total_rel", "Collagen 6 months", 180, true},
    {"collagen_total_rel", "Collagen 12 months", 365, true},
    {"collagen_peak_rel", "Collagen peak", 0, true},
    {"depth_mean_um", "Depth of the cuts", 0, false},
    {"shed_ul_per_cm2", "Blood shed", 0, false},
    {"pain_vas", "Pain, 0 to 10", 0, false},
    {"pain_numbed_vas", "Pain with cream", 0, false},
    {"downtime_d", "Downtime", 0, false},
    {"closed_h", "Punctures closed", 0, false},
    {"healed_after_last_session_d", "Healed", 0, false},
};

int percuta_compare_notes_key_count(void) {
  return (int)(sizeof KEY / sizeof *KEY);
}

const struct percuta_compare_key *percuta_compare_notes_key(int index) {
  return &KEY[index];
}

const struct percuta_compare_row *
percuta_compare_notes_row(const struct percuta_comparison *comparison,
                          const struct percuta_compare_key *key) {
  const bool last = comparison->derived_count > 0 && key->day > 0;
  for (size_t i = 0; i < comparison->row_count; ++i) {
    const struct percuta_compare_reading *reading = comparison->row[i].reading;
    if (strcmp(reading->name, key->name) == 0 &&
        (key->day > 0
             ? reading->day == key->day && (strcmp(reading->since, "last-session") == 0) == last
             : isnan(reading->day)))
      return &comparison->row[i];
  }
  return NULL;
}
