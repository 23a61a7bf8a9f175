/* used_parameters.yaml, and the hash by which two scenarios are one.
 * Tests: tests/unit/test_scenario.c, tests/cli/restart.sh. */
#include "input/used.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"
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

/* Writes " # text" on the same line, whatever the text holds. */
static void write_comment(const char *text, FILE *stream) {
  if (*text == '\0')
    return;
  fputs(" # ", stream);
  for (const char *c = text; *c != '\0'; c++)
    fputc((unsigned char)*c < 0x20 || *c == 0x7f ? '?' : *c, stream);
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

static void write_parameters(const struct percuta_scenario *scenario, bool comments, FILE *stream) {
  const size_t count = percuta_base_parameters_count(scenario->parameters);
  if (count > 0)
    fputs("parameters:\n", stream);
  for (size_t i = 0; i < count; i++) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(scenario->parameters, i);
    const bool pure = strcmp(parameter->unit, "1") == 0;
    fprintf(stream, "  %s: %.14g%s%s", parameter->name, parameter->value, pure ? "" : " ",
            pure ? "" : parameter->unit);
    if (comments) {
      write_comment(percuta_base_parameters_status(parameter->status), stream);
      write_comment(parameter->source, stream);
    }
    fputc('\n', stream);
  }
}

enum percuta_status percuta_input_used_write(const struct percuta_scenario *scenario,
                                             FILE *stream) {
  fprintf(stream,
          "# Percuta %s: every value as used; `percuta run` on this file repeats the run.\n",
          PERCUTA_VERSION);
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

enum percuta_status percuta_input_used_hash(const struct percuta_scenario *scenario,
                                            uint64_t *out) {
  char *body = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&body, &length);
  if (stream == NULL)
    return PERCUTA_MEMORY;
  write_keys(scenario, false, stream);
  write_parameters(scenario, false, stream);
  percuta_input_products_write(scenario, stream);
  if (fclose(stream) != 0) {
    free(body);
    return PERCUTA_MEMORY;
  }
  uint64_t hash = 14695981039346656037u;
  for (size_t i = 0; i < length; i++)
    hash = (hash ^ (unsigned char)body[i]) * 1099511628211u;
  free(body);
  *out = hash;
  return PERCUTA_OK;
}
