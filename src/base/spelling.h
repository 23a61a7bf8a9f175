/* Units as people write them, beyond what UDUNITS-2 knows, and words for those that cannot be read.
 * Internal to base/. */
#ifndef PERCUTA_BASE_SPELLING_H
#define PERCUTA_BASE_SPELLING_H

#include <stdbool.h>
#include <stddef.h>

/* What stands for `unit`: "%" for "% (w/w)", "years" for "y.o."; else `unit` itself. */
const char *percuta_base_spelling_unit(const char *unit);

/* Why a unit that is well known can be no quantity here, after "`5 IU` "; NULL for any other.
 * `share` says that a share of the mass is asked for. */
const char *percuta_base_spelling_refusal(const char *unit, bool share);

/* Copies `text` with blanks for what looks like one (no-break, thin …), nothing for what cannot be
 * seen, `-` for the minus sign U+2212 and s-1 for s⁻¹. False when it does not fit. */
bool percuta_base_spelling_plain(const char *text, char *out, size_t size);

#endif
