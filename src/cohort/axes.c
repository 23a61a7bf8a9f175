/* Lists, ranges and files of rows, and the arms they span: all combinations, or a Latin hypercube
 * (McKay, Beckman, Conover 1979 Technometrics 21:239). Test: tests/unit/test_cohort.c. */
#include "cohort/axes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/number.h"
#include "base/random.h"
#include "cohort/say.h"

enum { VALUES = 10000, TEXT = 512 };

static void clear_axis(struct percuta_cohort_axis *axis) {
  for (int i = 0; axis->key && i < axis->keys; ++i)
    free(axis->key[i]);
  for (int i = 0; axis->text && i < axis->values * axis->keys; ++i)
    free(axis->text[i]);
  free(axis->key);
  free(axis->text);
  free(axis->place);
  free(axis->file);
}

void percuta_cohort_axes_clear(struct percuta_cohort_axes *axes) {
  for (int i = 0; i < axes->count; ++i)
    clear_axis(&axes->axis[i]);
  free(axes->axis);
  *axes = (struct percuta_cohort_axes){.count = 0};
}

/* Room for so many values of so many keys. */
static enum percuta_status reserve(struct percuta_cohort_axis *axis, int keys, int values) {
  const size_t cells = (size_t)keys * (size_t)values + 1;
  axis->key = calloc((size_t)keys + 1, sizeof *axis->key);
  axis->text = calloc(cells, sizeof *axis->text);
  axis->place = calloc(cells, sizeof *axis->place);
  if (!axis->key || !axis->text || !axis->place)
    return PERCUTA_MEMORY;
  axis->keys = keys;
  axis->values = values;
  return PERCUTA_OK;
}

static enum percuta_status copy(const char *text, char **out) {
  *out = strdup(text);
  return *out ? PERCUTA_OK : PERCUTA_MEMORY;
}

static int count_children(const struct percuta_yaml_node *node) {
  int count = 0;
  for (const struct percuta_yaml_node *c = node->child; c; c = c->next)
    ++count;
  return count;
}

static const char *skip(const char *text) {
  return text + strspn(text, " \t");
}

bool percuta_cohort_axes_number(const char *text, size_t length, double *value, char *unit,
                                size_t size) {
  char own[128];
  snprintf(own, sizeof own, "%.*s", length < sizeof own ? (int)length : (int)sizeof own - 1, text);
  const char *at = skip(own);
  const size_t digits = percuta_base_number_scan(at, value);
  if (digits == 0)
    return false;
  const char *from = skip(at + digits), *to = own + strlen(own);
  while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
    --to;
  snprintf(unit, size, "%.*s", to > from ? (int)(to - from) : 0, from);
  return true;
}

bool percuta_cohort_axes_range(const char *text, struct percuta_cohort_range *out) {
  const char *dots = strstr(text, ".."), *by = strstr(text, " by ");
  char first[64], second[64], third[64] = "";
  struct percuta_cohort_range range = {.by = 0};
  if (dots == NULL || (by != NULL && by < dots))
    return false;
  const char *rest = dots + 2;
  const size_t length = by ? (size_t)(by - rest) : strlen(rest);
  if (!percuta_cohort_axes_number(text, (size_t)(dots - text), &range.low, first, sizeof first) ||
      !percuta_cohort_axes_number(rest, length, &range.high, second, sizeof second) ||
      (by && !percuta_cohort_axes_number(by + 4, strlen(by + 4), &range.by, third, sizeof third)))
    return false;
  const bool one_unit =
      (!*first || strcmp(first, second) == 0) && (!*third || strcmp(third, second) == 0);
  snprintf(range.unit, sizeof range.unit, "%s", second);
  if (!one_unit || !(range.high > range.low) || (by && !(range.by > 0)))
    return false;
  *out = range;
  return true;
}

static void write_value(double value, const char *unit, char *out, size_t size) {
  snprintf(out, size, "%.9g%s%s", value, *unit ? " " : "", unit);
}

/* The values of a range with steps, its end among them when the steps meet it. */
static enum percuta_status take_steps(const struct percuta_cohort_range *range,
                                      struct percuta_place place,
                                      struct percuta_cohort_axis *axis) {
  const int count = (int)floor((range->high - range->low) / range->by * (1 + 1e-12) + 1e-9) + 1;
  char text[TEXT];
  PERCUTA_TRY(reserve(axis, 1, count));
  for (int i = 0; i < count; ++i) {
    write_value(range->low + i * range->by, range->unit, text, sizeof text);
    axis->place[i] = place;
    PERCUTA_TRY(copy(text, &axis->text[i]));
  }
  return PERCUTA_OK;
}

/* One value, or a range. */
static enum percuta_status take_scalar(const struct percuta_yaml_node *node, const char *path,
                                       struct percuta_diag *diag,
                                       struct percuta_cohort_axis *axis) {
  const struct percuta_place place = percuta_cohort_say_place(path, node);
  struct percuta_cohort_range range;
  if (strstr(node->text, "..") == NULL) {
    PERCUTA_TRY(reserve(axis, 1, 1));
    axis->place[0] = place;
    return copy(node->text, &axis->text[0]);
  }
  if (!percuta_cohort_axes_range(node->text, &range))
    return percuta_cohort_say_wrong(
        diag, path, node,
        (struct percuta_mistake){
            .code = PERCUTA_CODE_BAD_FORM,
            .key = node->key,
            .what = "is not a range from a smaller to a larger number in one unit",
            .allowed = "such as `1..3 mm by 0.5`, or `1..3 mm` with `sample:`"});
  if (range.by > 0 && (range.high - range.low) / range.by >= VALUES)
    return percuta_cohort_say_wrong(diag, path, node,
                                    (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_COUNT,
                                                             .key = node->key,
                                                             .what = "has too many steps",
                                                             .allowed = "10000 values"});
  if (range.by > 0)
    return take_steps(&range, place, axis);
  PERCUTA_TRY(reserve(axis, 1, 1));
  axis->range = true;
  axis->low = range.low;
  axis->high = range.high;
  snprintf(axis->unit, sizeof axis->unit, "%s", range.unit);
  axis->place[0] = place;
  return copy(node->text, &axis->text[0]);
}

static enum percuta_status take_list(const struct percuta_yaml_node *node, const char *path,
                                     struct percuta_diag *diag, struct percuta_cohort_axis *axis) {
  int i = 0;
  PERCUTA_TRY(reserve(axis, 1, count_children(node)));
  for (const struct percuta_yaml_node *item = node->child; item; item = item->next, ++i) {
    if (item->kind != PERCUTA_YAML_SCALAR)
      return percuta_cohort_say_wrong(diag, path, item,
                                      (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_KIND,
                                                               .key = node->key,
                                                               .what = "is not one value"});
    axis->place[i] = percuta_cohort_say_place(path, item);
    PERCUTA_TRY(copy(item->text, &axis->text[i]));
  }
  return i > 0 ? PERCUTA_OK
               : percuta_cohort_say_wrong(diag, path, node,
                                          (struct percuta_mistake){.code = PERCUTA_CODE_EMPTY,
                                                                   .key = node->key,
                                                                   .what = "has no value"});
}

static enum percuta_status fill_rows(const struct percuta_csv *csv,
                                     struct percuta_cohort_axis *axis) {
  PERCUTA_TRY(reserve(axis, (int)csv->columns, (int)csv->rows));
  for (int k = 0; k < axis->keys; ++k)
    PERCUTA_TRY(copy(csv->cell[k], &axis->key[k]));
  for (int i = 0; i < axis->keys * axis->values; ++i) {
    axis->place[i] = (struct percuta_place){
        .file = axis->file, .line = i / axis->keys + 2, .column = i % axis->keys + 1};
    PERCUTA_TRY(copy(csv->cell[axis->keys + i], &axis->text[i]));
  }
  return PERCUTA_OK;
}

/* A file of rows: the first names keys, each other holds a value for every one. */
static enum percuta_status take_rows(const struct percuta_yaml_node *node, const char *path,
                                     const char *folder, struct percuta_diag *diag,
                                     struct percuta_cohort_axis *axis) {
  char file[4096];
  struct percuta_csv csv;
  snprintf(file, sizeof file, "%s%s", *node->text == '/' ? "" : folder, node->text);
  const size_t before = percuta_base_diag_count(diag);
  PERCUTA_TRY(copy(file, &axis->file));
  enum percuta_status status = percuta_base_csv_read(axis->file, diag, &csv);
  if (status == PERCUTA_IO && percuta_base_diag_count(diag) == before)
    return percuta_cohort_say_wrong(
        diag, path, node,
        (struct percuta_mistake){.code = PERCUTA_CODE_UNREADABLE_FILE,
                                 .key = "vary.rows",
                                 .what = "there is no such file of rows, or it cannot be read"});
  if (status != PERCUTA_OK)
    return status;
  status = csv.rows > 0 && csv.rows <= VALUES
               ? fill_rows(&csv, axis)
               : percuta_cohort_say_wrong(
                     diag, path, node,
                     (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_COUNT,
                                              .key = "vary.rows",
                                              .what = "has no rows, or too many",
                                              .allowed = "1 to 10000 rows below the names"});
  percuta_base_csv_clear(&csv);
  return status;
}

static enum percuta_status take_axis(const struct percuta_yaml_node *node, const char *path,
                                     const char *folder, struct percuta_diag *diag,
                                     struct percuta_cohort_axis *axis) {
  const bool rows = strcmp(node->key, "rows") == 0;
  if (node->kind == PERCUTA_YAML_SCALAR && !*skip(node->text))
    return percuta_cohort_say_wrong(diag, path, node,
                                    (struct percuta_mistake){.code = PERCUTA_CODE_EMPTY,
                                                             .key = node->key,
                                                             .what = "has no value"});
  if (rows && node->kind == PERCUTA_YAML_SCALAR)
    return take_rows(node, path, folder, diag, axis);
  if (rows || node->kind == PERCUTA_YAML_MAP)
    return percuta_cohort_say_wrong(
        diag, path, node,
        (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_KIND,
                                 .key = node->key,
                                 .what = rows ? "is not the name of a file" : "is a map",
                                 .allowed = "a list of values, a range, or of `rows` a file"});
  PERCUTA_TRY(node->kind == PERCUTA_YAML_LIST ? take_list(node, path, diag, axis)
                                              : take_scalar(node, path, diag, axis));
  return copy(node->key, &axis->key[0]);
}

enum percuta_status percuta_cohort_axes_read(const struct percuta_yaml_node *vary, const char *path,
                                             const char *folder, struct percuta_diag *diag,
                                             struct percuta_cohort_axes *out) {
  enum percuta_status worst = PERCUTA_OK;
  *out = (struct percuta_cohort_axes){.count = 0};
  if (vary == NULL)
    return PERCUTA_OK;
  if (vary->kind != PERCUTA_YAML_MAP)
    return percuta_cohort_say_wrong(
        diag, path, vary,
        (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_KIND,
                                 .key = "vary",
                                 .what = "is not a map of keys to values"});
  out->axis = calloc((size_t)count_children(vary) + 1, sizeof *out->axis);
  if (!out->axis)
    return PERCUTA_MEMORY;
  for (const struct percuta_yaml_node *node = vary->child; node; node = node->next) {
    const enum percuta_status status =
        take_axis(node, path, folder, diag, &out->axis[out->count++]);
    worst = worst == PERCUTA_OK || status == PERCUTA_MEMORY ? status : worst;
  }
  return worst;
}

double percuta_cohort_axes_size(const struct percuta_cohort_axes *axes) {
  double size = 1;
  for (int a = 0; a < axes->count; ++a)
    size *= axes->axis[a].range ? (double)INFINITY : (double)axes->axis[a].values;
  return size;
}

/* The last part of a key, or all of it where another axis ends alike. */
static const char *short_key(const struct percuta_cohort_axes *axes, const char *key) {
  const char *dot = strrchr(key, '.'), *leaf = dot ? dot + 1 : key;
  int alike = 0;
  for (int a = 0; a < axes->count; ++a) {
    for (int k = 0; k < axes->axis[a].keys; ++k) {
      const char *other = axes->axis[a].key[k], *end = strrchr(other, '.');
      alike += strcmp(end ? end + 1 : other, leaf) == 0;
    }
  }
  return alike > 1 ? key : leaf;
}

/* Appends "key=value" to the arm, and to its name. */
static enum percuta_status add_set(const struct percuta_cohort_axes *axes, const char *key,
                                   const char *value, struct percuta_place place,
                                   struct percuta_cohort_arm *arm) {
  const char *word = short_key(axes, key);
  const size_t named = arm->name ? strlen(arm->name) : 0;
  const size_t more = strlen(word) + strlen(value) + 4, size = strlen(key) + strlen(value) + 2;
  char *name = realloc(arm->name, named + more), *text = malloc(size);
  if (name)
    arm->name = name;
  if (!name || !text) {
    free(text);
    return PERCUTA_MEMORY;
  }
  snprintf(name + named, more, "%s%s=%s", named ? ", " : "", word, value);
  snprintf(text, size, "%s=%s", key, value);
  arm->set[arm->count++] = (struct percuta_cohort_set){.text = text, .place = place};
  return PERCUTA_OK;
}

/* Adds what `axis` has at `value` of its list or, of a range, at the share `share` of its way. */
static enum percuta_status add_axis(const struct percuta_cohort_axes *axes,
                                    const struct percuta_cohort_axis *axis, int value, double share,
                                    struct percuta_cohort_arm *arm) {
  char text[TEXT];
  if (axis->range) {
    write_value(axis->low + share * (axis->high - axis->low), axis->unit, text, sizeof text);
    return add_set(axes, axis->key[0], text, axis->place[0], arm);
  }
  for (int k = 0; k < axis->keys; ++k) {
    const int cell = value * axis->keys + k;
    PERCUTA_TRY(add_set(axes, axis->key[k], axis->text[cell], axis->place[cell], arm));
  }
  return PERCUTA_OK;
}

/* Where each of `count` arms stands on this axis, in 0 to 1: the parts in a drawn order, anywhere
 * within each. Needs no axis but its own. */
static void draw_shares(const struct percuta_cohort_axis *axis, int count, uint64_t seed,
                        double *share) {
  const struct percuta_random_key key = {.seed = seed, .purpose = PERCUTA_RANDOM_ARM};
  const uint32_t name = percuta_base_random_digest(axis->key[0]);
  for (int i = 0; i < count; ++i) {
    double u[4];
    percuta_base_random_uniform4(key, name, (uint32_t)i, u);
    const int other = (int)(u[0] * (i + 1));
    share[i] = share[other];
    share[other] = i + u[1];
  }
  for (int i = 0; i < count; ++i)
    share[i] /= count;
}

static int keys_of(const struct percuta_cohort_axes *axes) {
  int keys = 0;
  for (int a = 0; a < axes->count; ++a)
    keys += axes->axis[a].keys;
  return keys;
}

/* The axis' value in arm number `arm` of all combinations. */
static int turn(const struct percuta_cohort_axes *axes, int axis, int arm) {
  for (int a = axes->count - 1; a > axis; --a)
    arm /= axes->axis[a].values;
  return arm % axes->axis[axis].values;
}

static enum percuta_status fill_arm(const struct percuta_cohort_axes *axes, int number, int sample,
                                    const double *share, struct percuta_cohort_arm *arm) {
  arm->set = calloc((size_t)keys_of(axes) + 1, sizeof *arm->set);
  if (!arm->set)
    return PERCUTA_MEMORY;
  for (int a = 0; a < axes->count; ++a) {
    const struct percuta_cohort_axis *axis = &axes->axis[a];
    const double place = sample ? share[(size_t)a * (size_t)sample + (size_t)number] : 0;
    const int value = sample ? (int)(place * axis->values) : turn(axes, a, number);
    PERCUTA_TRY(add_axis(axes, axis, value < axis->values ? value : axis->values - 1, place, arm));
  }
  if (arm->name == NULL)
    return copy("as it is", &arm->name);
  return PERCUTA_OK;
}

enum percuta_status percuta_cohort_axes_span(const struct percuta_cohort_axes *axes, int sample,
                                             uint64_t seed, int *count,
                                             struct percuta_cohort_arm **arm) {
  const int arms = sample > 0 ? sample : (int)percuta_cohort_axes_size(axes);
  double *share = calloc((size_t)axes->count * (size_t)sample + 1, sizeof *share);
  enum percuta_status status = PERCUTA_OK;
  *count = 0;
  *arm = calloc((size_t)arms + 1, sizeof **arm);
  if (!*arm || !share)
    status = PERCUTA_MEMORY;
  for (int a = 0; a < axes->count && sample > 0 && status == PERCUTA_OK; ++a)
    draw_shares(&axes->axis[a], sample, seed, share + (size_t)a * (size_t)sample);
  for (int i = 0; i < arms && status == PERCUTA_OK; ++i) {
    ++*count;
    status = fill_arm(axes, i, sample, share, &(*arm)[i]);
  }
  free(share);
  return status;
}

void percuta_cohort_axes_free(struct percuta_cohort_arm *arm, int count) {
  for (int i = 0; arm && i < count; ++i) {
    for (int s = 0; arm[i].set && s < arm[i].count; ++s)
      free(arm[i].set[s].text);
    free(arm[i].set);
    free(arm[i].name);
  }
  free(arm);
}
