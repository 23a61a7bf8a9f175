/* What a study varies: axes, and the arms that they span. */
#ifndef PERCUTA_COHORT_AXES_H
#define PERCUTA_COHORT_AXES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/status.h"
#include "base/yaml.h"

/* A change of a scenario, "key=value", and where the value stands. */
struct percuta_cohort_set {
  char *text;                 /* owned */
  struct percuta_place place; /* its file's name is borrowed */
};

/* Keys that are varied together: one, or the columns of a file of rows. Either a list of values or
 * a range, between whose ends any value may be taken. */
struct percuta_cohort_axis {
  char *file; /* owned; of rows, else NULL */
  int keys, values;
  char **key;                  /* owned, each */
  char **text;                 /* owned, each: values x keys */
  struct percuta_place *place; /* owned; values x keys */
  bool range;
  double low, high;
  char unit[64];
};

struct percuta_cohort_axes {
  int count;
  struct percuta_cohort_axis *axis; /* owned */
};

/* One combination. */
struct percuta_cohort_arm {
  char *name; /* owned: "needle.length=1.5 mm, interval=4 weeks", or what the user calls it */
  int count;
  struct percuta_cohort_set *set; /* owned, each */
};

/* A range as it is written: "1..3 mm by 0.5". */
struct percuta_cohort_range {
  double low, high, by; /* by 0: no steps */
  char unit[64];
};

/* "1 mm" in the first `length` bytes of `text`, as a number and what stands after it; false when
 * there is no number. */
bool percuta_cohort_axes_number(const char *text, size_t length, double *value, char *unit,
                                size_t size);
/* False when the text is no range from a smaller to a larger number in one unit. */
bool percuta_cohort_axes_range(const char *text, struct percuta_cohort_range *out);

/* Reads `vary:` of the study at `path` (borrowed): each member a list of values, one value, or a
 * range "1..3 mm by 0.5", "1..3 mm"; `rows` a file with a column for every key, in `folder`.
 * Mistakes go to `diag`, PERCUTA_BAD_INPUT then. Release in every case. */
enum percuta_status percuta_cohort_axes_read(const struct percuta_yaml_node *vary, const char *path,
                                             const char *folder, struct percuta_diag *diag,
                                             struct percuta_cohort_axes *out);
void percuta_cohort_axes_clear(struct percuta_cohort_axes *axes);

/* How many arms all combinations come to; infinity of a range without steps. */
double percuta_cohort_axes_size(const struct percuta_cohort_axes *axes);

/* All combinations, the last axis the fastest; or, with `sample` > 0, so many of a Latin hypercube:
 * of each axis every one of `sample` equal parts is met once (McKay 1979). *arm is an array, to be
 * released with percuta_cohort_axes_free. */
enum percuta_status percuta_cohort_axes_span(const struct percuta_cohort_axes *axes, int sample,
                                             uint64_t seed, int *count,
                                             struct percuta_cohort_arm **arm);
void percuta_cohort_axes_free(struct percuta_cohort_arm *arm, int count);

#endif
