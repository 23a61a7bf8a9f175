/* Adds one key to a block of summary.json; test: tests/unit/test_summary.c. */
#include "result/key.h"

#include <math.h>

#include "base/number.h"

void percuta_result_key_number(cJSON *object, const char *name, double value) {
  char text[PERCUTA_BASE_NUMBER_BYTES];
  if (!isfinite(value))
    return;
  percuta_base_number_write(value, text);
  cJSON_AddRawToObject(object, name, text);
}

void percuta_result_key_flag(cJSON *object, const char *name, bool value) {
  cJSON_AddBoolToObject(object, name, value);
}

void percuta_result_key_text(cJSON *object, const char *name, const char *value) {
  cJSON_AddStringToObject(object, name, value);
}
