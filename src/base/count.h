/* Words for times, as they go with the number before them: 1 minute, 2 minutes. */
#ifndef PERCUTA_BASE_COUNT_H
#define PERCUTA_BASE_COUNT_H

#include <stddef.h>

/* `unit` as it goes with the number `shown`: "weeks" for "week" with "2", "day" for "days" with
 * "1"; any other unit as it is. */
const char *percuta_base_count_unit(const char *shown, const char *unit);

/* Where in `after`, of `length` bytes that follow a number, an `s` is too many when that number is
 * shown as 1 (" minutes later": 7); 0 when none is. */
size_t percuta_base_count_one(const char *after, size_t length);

#endif
