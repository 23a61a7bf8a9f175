/* The result folder of a run. */
#ifndef PERCUTA_COURSE_WRITE_H
#define PERCUTA_COURSE_WRITE_H

#include "course/run.h"

/* Writes the page of a record, with the fields kept in `folder`, into that: percuta_report_write.
 */
typedef enum percuta_status percuta_course_page(const struct percuta_record *record,
                                                const char *folder);

/* The name of the file at `index` of a result, NULL past the last; and whether a run of this
 * scenario writes it. */
const char *percuta_course_write_name(int index);
bool percuta_course_write_is_due(const struct percuta_scenario *scenario, const char *name);

/* Writes all results of what has been followed so far into `folder`, made when missing: timeline,
 * channels, products, summary, fields where they were kept, and what `report` makes (NULL: none).
 * Rank 0 writes. Kept fields that
 * were lost meanwhile are left out, with a warning. PERCUTA_IO with words in run->failure,
 * PERCUTA_BAD_INPUT before the first session. Collective. */
enum percuta_status percuta_course_write(struct percuta_run *run, const char *folder,
                                         percuta_course_page *report);

#endif
