/* Results beside each other, for programs. Test: tests/library/test_library.c. */
#include "compare/compare.h"

#include <limits.h>

#include "compare/page.h"
#include "library/library.h"

enum percuta_status percuta_compare(const struct percuta_catalogue *catalogue, size_t count,
                                    const char *const *folders, const char *baseline,
                                    const char *folder, struct percuta_mistakes **mistakes) {
  struct percuta_diag *diag = NULL;
  struct percuta_comparison *comparison = NULL;
  if (mistakes != NULL)
    *mistakes = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_compare_create(
      catalogue, folders, count < INT_MAX ? (int)count : INT_MAX, baseline, diag, &comparison);
  if (status == PERCUTA_OK)
    status = percuta_compare_page_write(comparison, folder, diag);
  percuta_compare_destroy(&comparison);
  return percuta_library_tell(status, &diag, mistakes);
}
