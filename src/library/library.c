/* Version, statuses and mistakes, as the library shows them. Tests: tests/library/test_library.c.
 */
#include "library/library.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "input/given.h"

const char *percuta_version(void) {
  return PERCUTA_VERSION;
}

const char *percuta_status_text(enum percuta_status status) {
  return percuta_base_status_text(status);
}

enum percuta_status percuta_library_tell(enum percuta_status status, struct percuta_diag **diag,
                                         struct percuta_mistakes **mistakes) {
  const bool told = mistakes != NULL && (status == PERCUTA_BAD_INPUT || status == PERCUTA_IO ||
                                         percuta_base_diag_count(*diag) > 0);
  if (told)
    *mistakes = calloc(1, sizeof **mistakes);
  if (told && *mistakes != NULL) {
    (*mistakes)->diag = *diag;
    *diag = NULL;
  }
  percuta_base_diag_destroy(diag);
  return told && *mistakes == NULL ? PERCUTA_MEMORY : status;
}

size_t percuta_mistakes_count(const struct percuta_mistakes *mistakes) {
  return mistakes ? percuta_base_diag_kept(mistakes->diag) : 0;
}

static const char *shown(const char *text) {
  return text ? text : "";
}

enum percuta_status percuta_mistakes_at(const struct percuta_mistakes *mistakes, size_t index,
                                        struct percuta_mistake_text *out) {
  if (index >= percuta_mistakes_count(mistakes))
    return PERCUTA_BAD_INPUT;
  const struct percuta_mistake *mistake = percuta_base_diag_at(mistakes->diag, index);
  const struct percuta_place *place = &mistake->place;
  /* of a change the key is place enough: here there are no options */
  const bool change = strcmp(shown(place->file), PERCUTA_INPUT_GIVEN_SET_SHOWN) == 0;
  *out = (struct percuta_mistake_text){.code = percuta_base_codes_name(mistake->code),
                                       .file = change ? "" : shown(place->file),
                                       .line = change ? 0 : place->line,
                                       .column = change ? 0 : place->column,
                                       .key = shown(mistake->key),
                                       .given = shown(mistake->given),
                                       .what = shown(mistake->what),
                                       .allowed = shown(mistake->allowed),
                                       .hint = shown(mistake->hint)};
  return PERCUTA_OK;
}

void percuta_mistakes_destroy(struct percuta_mistakes **mistakes) {
  if (mistakes == NULL || *mistakes == NULL)
    return;
  percuta_base_diag_destroy(&(*mistakes)->diag);
  free(*mistakes);
  *mistakes = NULL;
}
