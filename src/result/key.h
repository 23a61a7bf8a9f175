/* One key of summary.json; result/keys.def has them all. */
#ifndef PERCUTA_RESULT_KEY_H
#define PERCUTA_RESULT_KEY_H

#include <cjson/cJSON.h>
#include <stdbool.h>

/* A number that is not finite was not computed: it is left out. */
void percuta_result_key_number(cJSON *object, const char *name, double value);
void percuta_result_key_flag(cJSON *object, const char *name, bool value);
void percuta_result_key_text(cJSON *object, const char *name, const char *value);

/* A line of keys.def as the code that adds it to `object`. */
#define PERCUTA_RESULT_KEY_ADD(kind, name, unit, when, value, text)                                \
  if (when)                                                                                        \
    percuta_result_key_##kind(object, #name, value);

#endif
