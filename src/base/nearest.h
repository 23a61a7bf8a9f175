/* Whether a word that is not known was meant to be one that is. */
#ifndef PERCUTA_BASE_NEAREST_H
#define PERCUTA_BASE_NEAREST_H

/* How far `given` is from `known` in spelling, 0 when they differ in capitals and separators alone;
 * -1 when nobody who writes the one means the other, so that no hint is better than this one. Of
 * several words (`acne-scar`) each is compared with its like. */
int percuta_base_nearest_distance(const char *given, const char *known);

#endif
