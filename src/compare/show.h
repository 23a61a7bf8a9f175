/* Values as people read them, in plain text. Internal to compare/. */
#ifndef PERCUTA_COMPARE_SHOW_H
#define PERCUTA_COMPARE_SHOW_H

#include "compare/compare.h"
#include "compare/notes.h"

struct percuta_compare_text {
  char text[64];
};

/* A value: as a change in per cent where the key asks for it (NULL: it does not); "-" of NAN. */
struct percuta_compare_text percuta_compare_show_value(const struct percuta_compare_key *key,
                                                       double value);
/* A difference, with its sign: of changes in percentage points. And one without: an error. */
struct percuta_compare_text percuta_compare_show_difference(const struct percuta_compare_key *key,
                                                            double value);
struct percuta_compare_text percuta_compare_show_size(const struct percuta_compare_key *key,
                                                      double value);
/* The unit of what the first of these shows, and of the second; "" of pure numbers. */
const char *percuta_compare_show_unit(const struct percuta_compare_key *key,
                                      const struct percuta_compare_row *row);
const char *percuta_compare_show_difference_unit(const struct percuta_compare_key *key,
                                                 const struct percuta_compare_row *row);

/* Where the value came from, without the folders of its file. */
const char *percuta_compare_show_origin(const char *origin);

/* The places of a text in a terminal, one for each character; and the text in `width` of them,
 * filled up with blanks, or with what goes beyond cut off before it. */
int percuta_compare_show_width(const char *text);
void percuta_compare_show_fitted(FILE *stream, const char *text, int width, bool to_the_right);

#endif
