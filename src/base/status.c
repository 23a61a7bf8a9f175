/* Exit codes and sentences of statuses, from the list in status.h.
 * Test: tests/unit/test_diag.c. */
#include "base/status.h"

int percuta_base_status_exit_code(enum percuta_status status) {
  switch (status) {
#define CASE(name, code, text)                                                                     \
  case PERCUTA_##name:                                                                             \
    return code;
    PERCUTA_STATUS_LIST(CASE)
#undef CASE
  }
  return 1;
}

const char *percuta_base_status_text(enum percuta_status status) {
  switch (status) {
#define CASE(name, code, text)                                                                     \
  case PERCUTA_##name:                                                                             \
    return text;
    PERCUTA_STATUS_LIST(CASE)
#undef CASE
  }
  return "unknown status";
}
