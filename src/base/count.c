/* Singular and plural of times. Test: tests/unit/test_count.c. */
#include "base/count.h"

#include <ctype.h>
#include <string.h>

static const char *const TIMES[][2] = {
    {"second", "seconds"}, {"minute", "minutes"}, {"hour", "hours"}, {"day", "days"},
    {"week", "weeks"},     {"month", "months"},   {"year", "years"}};
enum { COUNT = sizeof TIMES / sizeof *TIMES };

const char *percuta_base_count_unit(const char *shown, const char *unit) {
  for (int i = 0; i < COUNT; i++)
    if (strcmp(unit, TIMES[i][0]) == 0 || strcmp(unit, TIMES[i][1]) == 0)
      return TIMES[i][strcmp(shown, "1") != 0];
  return unit;
}

size_t percuta_base_count_one(const char *after, size_t length) {
  for (int i = 0; i < COUNT; i++) {
    const size_t whole = 1 + strlen(TIMES[i][1]); /* with the blank before it */
    if (length >= whole && (*after == ' ' || *after == '~') &&
        strncmp(after + 1, TIMES[i][1], whole - 1) == 0 &&
        (length == whole || !isalpha((unsigned char)after[whole])))
      return whole - 1;
  }
  return 0;
}
