/* used_parameters.yaml, and the hash by which two scenarios are one.
 * Tests: tests/unit/test_scenario.c, tests/cli/restart.sh. */
#include "input/used.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "base/version.h"
#include "catalogue/catalogue.h"
#include "input/data.h"
#include "input/measured.h"
#include "input/products.h"
#include "input/resolve.h"
#include "input/value.h"

/* Opens the sections of `path` that are not open yet; `open` holds those of the line before. */
static void write_sections(const char *path, char *open, size_t size, FILE *stream) {
  const char *leaf = percuta_input_keys_leaf(path);
  int depth = 0;
  for (const char *start = path; start < leaf; depth++) {
    const char *dot = strchr(start, '.');
    const size_t length = (size_t)(dot - path);
    if (strncmp(open, path, length) != 0 || (open[length] != '.' && open[length] != '\0'))
      fprintf(stream, "%*s%.*s:\n", 2 * depth, "", (int)(dot - start), start);
    start = dot + 1;
  }
  snprintf(open, size, "%.*s", leaf > path ? (int)(leaf - path - 1) : 0, path);
  fprintf(stream, "%*s%s: ", 2 * depth, "", leaf);
}

static void write_value(const struct percuta_scenario *scenario, const struct percuta_key *key,
                        const void *owner, FILE *stream) {
  char text[PERCUTA_KEYS_TEXT];
  percuta_input_value_written(scenario->units, key, owner, text, sizeof text);
  const bool word = isalnum((unsigned char)text[0]);
  /* a user's own name may begin with a sign of YAML's, a title hold any */
  if (key->type == PERCUTA_KEY_TEXT || (key->type == PERCUTA_KEY_NAME && !word))
    percuta_input_value_quote(text, stream);
  else
    fputs(text, stream);
}

static void write_item(const struct percuta_scenario *scenario, const struct percuta_key *list,
                       const void *item, FILE *stream) {
  const char *joint = "{";
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    if (!percuta_input_keys_is_item(key->path, list->path))
      continue;
    fprintf(stream, "%s%s: ", joint, percuta_input_keys_leaf(key->path));
    write_value(scenario, key, item, stream);
    joint = ", ";
  }
  fputc('}', stream);
}

static void write_list(const struct percuta_scenario *scenario, const struct percuta_key *key,
                       FILE *stream) {
  const struct percuta_keys_list *list = percuta_input_keys_list_find(key->path);
  fputc('[', stream);
  for (int i = 0; i < percuta_input_keys_item_count(list, scenario); i++) {
    fputs(i > 0 ? ", " : "", stream);
    write_item(scenario, key, percuta_input_keys_item_at(list, scenario, i), stream);
  }
  fputc(']', stream);
}

void percuta_input_used_value(const struct percuta_scenario *scenario,
                              const struct percuta_key *key, FILE *stream) {
  if (key->type == PERCUTA_KEY_LIST)
    write_list(scenario, key, stream);
  else
    write_value(scenario, key, scenario, stream);
}

char *percuta_input_used_text(const struct percuta_scenario *scenario,
                              const struct percuta_key *key) {
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  if (stream == NULL)
    return NULL;
  percuta_input_used_value(scenario, key, stream);
  if (fclose(stream) == 0)
    return text;
  free(text);
  return NULL;
}

/* Writes the text, which must not end the line, whatever it holds. */
static void write_plain(const char *text, FILE *stream) {
  for (const char *c = text; *c != '\0'; c++)
    fputc((unsigned char)*c < 0x20 || *c == 0x7f ? '?' : *c, stream);
}

/* Writes " # text" on the same line. */
static void write_comment(const char *text, FILE *stream) {
  if (*text == '\0')
    return;
  fputs(" # ", stream);
  write_plain(text, stream);
}

static void write_keys(const struct percuta_scenario *scenario, bool comments, FILE *stream) {
  char open[PERCUTA_KEYS_TEXT] = "";
  for (int i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at((size_t)i);
    const char *origin = scenario->origin[i].text;
    if (strchr(key->path, '.') == NULL || origin == NULL)
      continue; /* the head's keys, list items, and keys that do nothing here */
    char name[PERCUTA_KEYS_TEXT];
    percuta_input_value_text(scenario->units, key, scenario, name, sizeof name);
    if (key->type == PERCUTA_KEY_NAME && name[0] == '\0')
      continue; /* no preset, no cream */
    write_sections(key->path, open, sizeof open, stream);
    if (key->type == PERCUTA_KEY_LIST)
      write_list(scenario, key, stream);
    else
      write_value(scenario, key, scenario, stream);
    if (comments)
      write_comment(origin, stream);
    fputc('\n', stream);
  }
}

/* Where a parameter is from; of one that the scenario sets otherwise than the data, that too. */
static void write_source(const struct percuta_scenario *scenario,
                         const struct percuta_parameter *parameter, FILE *stream) {
  const struct percuta_parameter *data = percuta_base_parameters_find(
      percuta_catalogue_parameters(scenario->catalogue), parameter->name);
  const double rounding = 1e-12; /* of the digits that are written below */
  if (parameter->overridden && data != NULL &&
      fabs(data->value - parameter->value) > rounding * fabs(data->value)) {
    fprintf(stream, " # changed from %.14g", data->value);
    write_comment(parameter->origin, stream);
    return;
  }
  write_comment(percuta_base_parameters_status(parameter->status), stream);
  write_comment(parameter->source, stream);
}

static void write_parameters(const struct percuta_scenario *scenario, bool comments, FILE *stream) {
  const size_t count = percuta_base_parameters_count(scenario->parameters);
  if (count > 0)
    fputs("parameters:\n", stream);
  for (size_t i = 0; i < count; i++) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(scenario->parameters, i);
    const bool pure = strcmp(parameter->unit, "1") == 0;
    fprintf(stream, "  %s: %.14g%s%s", parameter->name, parameter->value, pure ? "" : " ",
            pure ? "" : parameter->unit);
    if (comments)
      write_source(scenario, parameter, stream);
    fputc('\n', stream);
  }
}

enum percuta_status percuta_input_used_write(const struct percuta_scenario *scenario,
                                             const char *petsc_options, FILE *stream) {
  const bool told = petsc_options != NULL && *petsc_options != '\0';
  fprintf(stream,
          "# Percuta %s: every value as used; `percuta run` on this file%s repeats the run.\n",
          PERCUTA_VERSION, told ? " with these options of PETSc" : "");
  if (told) { /* not as a key: whoever writes a scenario must not choose them for who runs it */
    fputs("# PETSc: -- ", stream);
    write_plain(petsc_options, stream);
    fputc('\n', stream);
  }
  fputs("percuta: 1\n", stream);
  if (scenario->title[0] != '\0') {
    fputs("title: ", stream);
    percuta_input_value_quote(scenario->title, stream);
    fputc('\n', stream);
  }
  write_keys(scenario, true, stream);
  write_parameters(scenario, true, stream);
  return ferror(stream) ? PERCUTA_IO : PERCUTA_OK;
}

/* Adds to `sum` what `write` writes of the scenario. */
static enum percuta_status add_written(const struct percuta_scenario *scenario,
                                       void (*write)(const struct percuta_scenario *, FILE *),
                                       uint64_t *sum) {
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  if (stream == NULL)
    return PERCUTA_MEMORY;
  write(scenario, stream);
  const bool written = fclose(stream) == 0;
  if (written)
    *sum = percuta_base_checksum_text(*sum, text, length);
  free(text);
  return written ? PERCUTA_OK : PERCUTA_MEMORY;
}

static void write_own(const struct percuta_scenario *scenario, FILE *stream) {
  write_keys(scenario, false, stream);
  percuta_input_products_write(scenario, stream);
  percuta_input_measured_write(scenario, stream);
}

static void write_data(const struct percuta_scenario *scenario, FILE *stream) {
  write_parameters(scenario, false, stream);
  percuta_input_data_write(scenario, stream);
  fprintf(stream, "percuta %s\n", PERCUTA_VERSION);
}

enum percuta_status percuta_input_used_hash(struct percuta_scenario *scenario) {
  uint64_t sum = PERCUTA_BASE_CHECKSUM_START;
  PERCUTA_TRY(add_written(scenario, write_own, &sum));
  scenario->keys_hash = sum;
  PERCUTA_TRY(add_written(scenario, write_data, &sum));
  scenario->hash = sum;
  return PERCUTA_OK;
}
