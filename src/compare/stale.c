/* A run is stale when its hash is not that which its scenario has now. Of used_parameters.yaml
 * those values are kept that someone gave; defaults, presets and parameters are taken from the
 * present data. Tests: tests/unit/test_compare.c, tests/cli/compare.sh. */
#include "compare/stale.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "base/utf8.h"
#include "base/version.h"
#include "compare/inputs.h"
#include "input/input.h"

enum { DEEPEST = 16, REASON_BYTES = 400, MOST_NAMED = 3 };

/* A line of the file: its indent in levels, whether it opens a section, and what it says. */
struct line {
  const char *text;
  size_t length; /* without the line's end */
  int depth;
  bool opens;
};

static struct line look(const char *text) {
  struct line line = {.text = text, .length = strcspn(text, "\n")};
  const size_t indent = strspn(text, " ");
  line.depth = (int)(indent / 2 < DEEPEST ? indent / 2 : DEEPEST - 1);
  line.opens = line.length > indent && text[line.length - 1] == ':';
  return line;
}

static bool is_given(const struct line *line, bool parameter) {
  char origin[64] = "";
  const char *comment = percuta_compare_inputs_comment(line->text, line->length);
  if (comment != NULL)
    snprintf(origin, sizeof origin, "%.*s", 40, comment + 1 + (comment[1] == ' '));
  return percuta_compare_inputs_given(parameter ? "parameters." : "", origin);
}

/* The scenario with only what was given: sections are opened when something in them is kept. */
static char *keep_given(const char *text, size_t *length) {
  struct line section[DEEPEST];
  bool pending[DEEPEST] = {false}, parameter = false;
  char *out = NULL;
  FILE *stream = open_memstream(&out, length);
  if (stream == NULL)
    return NULL;
  for (const char *at = text; *at != '\0';) {
    const struct line line = look(at);
    at += line.length + (at[line.length] == '\n');
    if (line.depth == 0 && line.length > 0 && line.text[0] != '#')
      parameter = strncmp(line.text, "parameters:", strlen("parameters:")) == 0;
    for (int i = line.depth; i < DEEPEST; ++i)
      pending[i] = false;
    if (line.opens) {
      section[line.depth] = line;
      pending[line.depth] = true;
    } else if (is_given(&line, parameter)) {
      for (int i = 0; i < line.depth; ++i) {
        if (pending[i])
          fprintf(stream, "%.*s\n", (int)section[i].length, section[i].text);
        pending[i] = false;
      }
      fprintf(stream, "%.*s\n", (int)line.length, line.text);
    }
  }
  if (fclose(stream) == 0)
    return out;
  free(out);
  return NULL;
}

/* What a run of this text would have as its hash now; false: it is not read any more, and `why`
 * says the first reason. */
static bool hash_now(const struct percuta_catalogue *catalogue, const char *path, const char *text,
                     size_t length, const char *options, size_t options_length, uint64_t *hash,
                     char *why, size_t why_size) {
  struct percuta_diag *diag = NULL;
  struct percuta_scenario *scenario = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return false;
  const enum percuta_status status =
      percuta_input_parse(catalogue, path, text, length, NULL, 0, diag, &scenario);
  if (status == PERCUTA_OK)
    *hash = percuta_base_checksum_text(scenario->hash, options, options_length);
  else if (percuta_base_diag_kept(diag) > 0)
    snprintf(why, why_size, "%.80s %.200s", percuta_base_diag_at(diag, 0)->key,
             percuta_base_diag_at(diag, 0)->what);
  percuta_scenario_destroy(&scenario);
  percuta_base_diag_destroy(&diag);
  return status == PERCUTA_OK;
}

/* The parameters that the data have otherwise now, in words; "" when there are none. */
static void name_parameters(const struct percuta_catalogue *catalogue,
                            const struct percuta_compare_run *run, char *out, size_t size) {
  static const char BLOCK[] = "parameters.";
  const struct percuta_parameters *set = percuta_catalogue_parameters(catalogue);
  int found = 0;
  out[0] = '\0';
  for (size_t i = 0; i < run->input_count; ++i) {
    const struct percuta_compare_input *input = &run->input[i];
    if (strncmp(input->key, BLOCK, strlen(BLOCK)) != 0 ||
        percuta_compare_inputs_given(input->key, input->origin))
      continue;
    const struct percuta_parameter *now =
        percuta_base_parameters_find(set, input->key + strlen(BLOCK));
    char value[120] = "gone";
    if (now != NULL)
      snprintf(value, sizeof value, "%.14g%s%s", now->value, strcmp(now->unit, "1") ? " " : "",
               strcmp(now->unit, "1") ? now->unit : "");
    if (strcmp(value, input->value) == 0 || ++found > MOST_NAMED)
      continue;
    const size_t used = strlen(out);
    snprintf(out + used, size - used, "%s%.60s was %.40s, is %.40s", used > 0 ? "; " : "",
             input->key + strlen(BLOCK), input->value, value);
  }
  const size_t used = strlen(out);
  if (found > MOST_NAMED)
    snprintf(out + used, size - used, "; and %d more", found - MOST_NAMED);
}

static void say_why(const struct percuta_catalogue *catalogue, const char *unread,
                    const struct percuta_compare_run *run, char *out, size_t size) {
  char parameters[REASON_BYTES];
  name_parameters(catalogue, run, parameters, sizeof parameters);
  if (strcmp(run->version, PERCUTA_VERSION) != 0)
    snprintf(out, size, "made by Percuta %s; this is %s",
             run->version[0] ? run->version : "of an unknown version", PERCUTA_VERSION);
  else if (unread[0] != '\0')
    snprintf(out, size, "its scenario is no longer read: %.280s", unread);
  else if (parameters[0] != '\0')
    snprintf(out, size, "its parameters are not those of the present data: %.320s", parameters);
  else
    snprintf(out, size, "defaults, or the data that it names, are others now");
}

enum percuta_status percuta_compare_stale_check(const struct percuta_catalogue *catalogue,
                                                const char *text, size_t length,
                                                struct percuta_compare_run *run) {
  char path[4096], why[300] = "", reason[REASON_BYTES];
  size_t kept_length = 0, options_length = 0;
  uint64_t now = 0;
  char *whole = strndup(text, length);
  char *kept = whole != NULL ? keep_given(whole, &kept_length) : NULL;
  snprintf(path, sizeof path, "%s/used_parameters.yaml", run->folder);
  if (kept != NULL) {
    const char *options = percuta_compare_inputs_options(whole, &options_length);
    if (!hash_now(catalogue, path, kept, kept_length, options, options_length, &now, why,
                  sizeof why) ||
        now != run->hash) {
      say_why(catalogue, why, run, reason, sizeof reason);
      run->stale = percuta_base_utf8_shown(reason, sizeof reason);
    }
  }
  const bool failed = kept == NULL || (now != run->hash && run->stale == NULL);
  free(kept);
  free(whole);
  return failed ? PERCUTA_MEMORY : PERCUTA_OK;
}
