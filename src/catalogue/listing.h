/* Ids, names and details of all entries of a kind, for `percuta list` and "did you mean". */
#ifndef PERCUTA_CATALOGUE_LISTING_H
#define PERCUTA_CATALOGUE_LISTING_H

#include "catalogue/catalogue.h"

/* `detail` says in a phrase what is known. */
struct percuta_listing_entry {
  char id[64];
  char name[96];
  char detail[256];
};

struct percuta_listing {
  struct percuta_listing_entry *entry; /* owned */
  size_t count;
};

/* Release with percuta_catalogue_listing_clear. */
enum percuta_status percuta_catalogue_listing_make(const struct percuta_catalogue *catalogue,
                                                   enum percuta_kind kind,
                                                   struct percuta_listing *out);
void percuta_catalogue_listing_clear(struct percuta_listing *listing); /* accepts an empty one */

/* The id nearest to `word`, or that of the first entry of which name or detail has it as a phrase,
 * all without regard to case; "" when none is near. *known says whether `word` is an id itself. */
void percuta_catalogue_listing_nearest(const struct percuta_listing *listing, const char *word,
                                       bool *known, char *out, size_t size);

#endif
