/* What a reader must know of the runs before he compares them, in sentences. Internal to compare/.
 */
#ifndef PERCUTA_COMPARE_NOTES_H
#define PERCUTA_COMPARE_NOTES_H

#include "compare/compare.h"

/* Sentences, one a line, owned by the caller; "" when there is nothing to say. NULL when out of
 * memory. What sets runs apart beside their inputs: stale, stopped early, other fidelities,
 * versions, lengths. */
char *percuta_compare_notes_runs(const struct percuta_comparison *comparison);
/* How differences are to be read: intervals, noise of the seed, error of the numerics. */
char *percuta_compare_notes_reading(const struct percuta_comparison *comparison);

/* An outcome that is shown first. */
struct percuta_compare_key {
  const char *name, *title;
  double
      day; /* after the last session, or after the first where no run has more; 0: of the course */
  bool change; /* shown as a change from before, in per cent */
};
int percuta_compare_notes_key_count(void);
const struct percuta_compare_key *percuta_compare_notes_key(int index);
/* Its row; NULL: no run has it. */
const struct percuta_compare_row *
percuta_compare_notes_row(const struct percuta_comparison *comparison,
                          const struct percuta_compare_key *key);

#endif
