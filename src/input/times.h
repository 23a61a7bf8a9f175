/* Times of a course that have to follow each other. */
#ifndef PERCUTA_INPUT_TIMES_H
#define PERCUTA_INPUT_TIMES_H

#include "input/resolve.h"

/* A product on the skin, every time known. */
struct percuta_times_product {
  const char *list;                     /* "session.topicals", or NULL: the numbing cream */
  int number;                           /* in it, from 1 */
  const struct percuta_yaml_node *item; /* borrowed; its entry, as given */
  double start;                         /* [s] after the session */
  double contact;                       /* [s] until it is washed off */
};

/* Whether there is a calendar, and all its keys hold legal values or do nothing. */
bool percuta_input_times_known(const struct percuta_resolve *resolve);

/* Says what goes on or lasts beyond the course, and what is still there at the next session. */
void percuta_input_times_check(const struct percuta_resolve *resolve);
void percuta_input_times_check_product(const struct percuta_resolve *resolve,
                                       const struct percuta_times_product *product);

#endif
