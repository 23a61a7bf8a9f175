/* Inputs of a run, key by key: the tree of used_parameters.yaml, and behind each value's line, as a
 * comment, where it came from. Test: tests/unit/test_compare.c. */
#include "compare/inputs.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "base/yaml.h"

enum { KEY_BYTES = 256, SHOWN_BYTES = 400 };

const char *percuta_compare_inputs_comment(const char *line, size_t length) {
  char quote = '\0';
  for (size_t i = 0; i < length; ++i) {
    if (quote == '"' && line[i] == '\\')
      ++i;
    else if (quote != '\0')
      quote = line[i] == quote ? '\0' : quote;
    else if (line[i] == '"' || (line[i] == '\'' && i > 0 && strchr(" [{,:", line[i - 1]) != NULL))
      quote = line[i];
    else if (line[i] == '#' && (i == 0 || line[i - 1] == ' '))
      return line + i;
  }
  return NULL;
}

const char *percuta_compare_inputs_options(const char *text, size_t *length) {
  static const char WORD[] = "\n# PETSc: -- ";
  const char *found = strstr(text, WORD);
  *length = found != NULL ? strcspn(found + strlen(WORD), "\n") : 0;
  return found != NULL ? found + strlen(WORD) : text;
}

struct reader {
  const char *text;
  size_t length;
  const char **line; /* owned; where each line begins, and the end of the text */
  int lines;
  struct percuta_compare_run *run;
  size_t room;
};

static enum percuta_status find_lines(struct reader *reader) {
  size_t count = 2;
  for (size_t i = 0; i < reader->length; ++i)
    count += reader->text[i] == '\n';
  reader->line = calloc(count, sizeof *reader->line);
  if (reader->line == NULL)
    return PERCUTA_MEMORY;
  reader->line[reader->lines++] = reader->text;
  for (size_t i = 0; i < reader->length; ++i)
    if (reader->text[i] == '\n')
      reader->line[reader->lines++] = reader->text + i + 1;
  reader->line[reader->lines] = reader->text + reader->length;
  return PERCUTA_OK;
}

/* What stands behind the values of this line, to be shown; owned by the caller. */
static char *read_origin(const struct reader *reader, int line) {
  if (line < 1 || line > reader->lines)
    return strdup("");
  const char *from = reader->line[line - 1], *to = reader->line[line];
  const char *comment = percuta_compare_inputs_comment(from, (size_t)(to - from));
  if (comment == NULL)
    return strdup("");
  comment += 1 + (comment + 1 < to && comment[1] == ' ');
  size_t length = (size_t)(to - comment);
  while (length > 0 && (comment[length - 1] == '\n' || comment[length - 1] == '\r'))
    --length;
  char *raw = strndup(comment, length);
  char *shown = raw != NULL ? percuta_base_utf8_shown(raw, SHOWN_BYTES) : NULL;
  free(raw);
  return shown;
}

static enum percuta_status add_input(struct reader *reader, const char *key, const char *value,
                                     int line) {
  struct percuta_compare_run *run = reader->run;
  if (run->input_count == reader->room) {
    const size_t room = 2 * reader->room + 64;
    struct percuta_compare_input *grown = realloc(run->input, room * sizeof *grown);
    if (grown == NULL)
      return PERCUTA_MEMORY;
    run->input = grown;
    reader->room = room;
  }
  struct percuta_compare_input *input = &run->input[run->input_count++];
  *input = (struct percuta_compare_input){.key = percuta_base_utf8_shown(key, SHOWN_BYTES),
                                          .value = percuta_base_utf8_shown(value, SHOWN_BYTES),
                                          .origin = read_origin(reader, line)};
  return input->key && input->value && input->origin ? PERCUTA_OK : PERCUTA_MEMORY;
}

/* A value under its dotted path, as in session.passes[0].direction. */
static enum percuta_status add_node(struct reader *reader, const char *path,
                                    const struct percuta_yaml_node *node) {
  char below[KEY_BYTES];
  int number = 0;
  if (node->kind == PERCUTA_YAML_SCALAR)
    return add_input(reader, path, node->text, node->line);
  if (node->child == NULL)
    return add_input(reader, path, "none", node->line);
  for (const struct percuta_yaml_node *child = node->child; child; child = child->next) {
    if (child->key == NULL)
      snprintf(below, sizeof below, "%.200s[%d]", path, number++);
    else
      snprintf(below, sizeof below, "%.150s%s%.100s", path, *path ? "." : "", child->key);
    if (*path != '\0' || child->kind != PERCUTA_YAML_SCALAR) /* not the head: percuta, title */
      PERCUTA_TRY(add_node(reader, below, child));
  }
  return PERCUTA_OK;
}

const struct percuta_compare_input *
percuta_compare_inputs_find(const struct percuta_compare_run *run, const char *key) {
  for (size_t i = 0; i < run->input_count; ++i)
    if (strcmp(run->input[i].key, key) == 0)
      return &run->input[i];
  return NULL;
}

/* As if they were a key, for they are an input too. */
static enum percuta_status add_options(struct reader *reader) {
  size_t length = 0;
  const char *options = percuta_compare_inputs_options(reader->text, &length);
  char *value = length > 0 ? strndup(options, length) : NULL;
  if (length == 0)
    return PERCUTA_OK;
  const enum percuta_status status =
      value != NULL ? add_input(reader, "PETSc options", value, 0) : PERCUTA_MEMORY;
  free(value);
  return status;
}

static void take(const struct percuta_compare_run *run, const char *key, char *out, size_t size) {
  const struct percuta_compare_input *input = percuta_compare_inputs_find(run, key);
  snprintf(out, size, "%s", input != NULL ? input->value : "");
}

enum percuta_status percuta_compare_inputs_read(const char *text, size_t length,
                                                struct percuta_diag *diag,
                                                struct percuta_compare_run *run) {
  struct reader reader = {.text = text, .length = length, .run = run};
  struct percuta_yaml_node *root = NULL;
  char shown[4096];
  snprintf(shown, sizeof shown, "%s/used_parameters.yaml", run->folder);
  enum percuta_status status =
      percuta_base_yaml_parse(text, length, shown, PERCUTA_BASE_YAML_LIMITS_SCENARIO, diag, &root);
  if (status == PERCUTA_OK && root->kind != PERCUTA_YAML_MAP) {
    percuta_compare_wrong(diag, run->folder, "used_parameters.yaml", "is no scenario", NULL);
    status = PERCUTA_BAD_INPUT;
  }
  if (status == PERCUTA_OK)
    status = find_lines(&reader);
  if (status == PERCUTA_OK)
    status = add_node(&reader, "", root);
  if (status == PERCUTA_OK)
    status = add_options(&reader);
  if (status == PERCUTA_OK) {
    take(run, "model.fidelity", run->fidelity, sizeof run->fidelity);
    take(run, "model.seed", run->seed, sizeof run->seed);
  }
  free(reader.line);
  percuta_base_yaml_destroy(&root);
  return status;
}

static bool begins(const char *text, const char *word) {
  return strncmp(text, word, strlen(word)) == 0;
}

bool percuta_compare_inputs_given(const char *key, const char *origin) {
  if (begins(key, "parameters."))
    return begins(origin, "changed");
  return !begins(origin, "default") && !begins(origin, "preset");
}

/* ---- what differs ---- */

/* The unit with which the value ends, behind a number; "" of words and pure numbers. */
static const char *unit_of(const char *value) {
  double number = 0;
  const size_t length = percuta_base_number_scan(value, &number);
  return length > 0 && value[length] == ' ' ? value + length + 1 : "";
}

static void find_unit(struct percuta_compare_difference *difference, int count) {
  const char *unit = NULL;
  for (int i = 0; i < count; ++i) {
    if (difference->value[i] == NULL)
      continue;
    const char *own = unit_of(difference->value[i]);
    if (unit != NULL && strcmp(unit, own) != 0)
      return;
    unit = own;
  }
  if (unit != NULL && strlen(unit) < sizeof difference->unit)
    snprintf(difference->unit, sizeof difference->unit, "%s", unit);
}

/* Fills the values of `key`; whether they differ. */
static bool collect(const struct percuta_comparison *comparison, const char *key,
                    struct percuta_compare_difference *out) {
  bool differ = false;
  *out = (struct percuta_compare_difference){.key = key};
  for (int i = 0; i < comparison->count; ++i) {
    const struct percuta_compare_input *input =
        percuta_compare_inputs_find(&comparison->run[i], key);
    out->value[i] = input != NULL ? input->value : NULL;
    out->origin[i] = input != NULL ? input->origin : NULL;
    out->given = out->given || (input && percuta_compare_inputs_given(key, input->origin));
    const char *first = out->value[0];
    differ = differ || (first == NULL) != (input == NULL) ||
             (first != NULL && strcmp(first, input->value) != 0);
  }
  find_unit(out, comparison->count);
  return differ;
}

static bool is_listed(const struct percuta_comparison *comparison, int run, const char *key) {
  for (int i = 0; i < run; ++i)
    if (percuta_compare_inputs_find(&comparison->run[i], key) != NULL)
      return true;
  return false;
}

/* Those that someone gave first; else in the order of the files. */
static void put_given_first(struct percuta_comparison *comparison,
                            struct percuta_compare_difference *all, size_t count) {
  for (int given = 1; given >= 0; --given)
    for (size_t i = 0; i < count; ++i)
      if (all[i].given == (given == 1))
        comparison->difference[comparison->difference_count++] = all[i];
}

enum percuta_status percuta_compare_inputs_differ(struct percuta_comparison *comparison) {
  size_t most = 1, count = 0;
  for (int i = 0; i < comparison->count; ++i)
    most += comparison->run[i].input_count;
  struct percuta_compare_difference *all = calloc(most, sizeof *all);
  if (all == NULL)
    return PERCUTA_MEMORY;
  for (int i = 0; i < comparison->count; ++i) {
    for (size_t k = 0; k < comparison->run[i].input_count; ++k) {
      const char *key = comparison->run[i].input[k].key;
      if (is_listed(comparison, i, key))
        continue;
      if (collect(comparison, key, &all[count]))
        ++count;
      else
        ++comparison->equal_count;
    }
  }
  comparison->difference = calloc(count + 1, sizeof *comparison->difference);
  if (comparison->difference != NULL)
    put_given_first(comparison, all, count);
  free(all);
  return comparison->difference != NULL ? PERCUTA_OK : PERCUTA_MEMORY;
}
