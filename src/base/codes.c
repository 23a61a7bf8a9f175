/* Names and meanings of the codes in codes.def, and the page that tells them to people. Tested by
 * tests/unit/test_diag.c; that each is in use, by tests/project/codes.sh. */
#include "base/codes.h"

static const struct {
  const char *name, *meaning;
} CODES[PERCUTA_CODE_END] = {
    [PERCUTA_CODE_NONE] = {"", ""},
#define PERCUTA_CODE(name, text, meaning) [PERCUTA_CODE_##name] = {text, meaning},
#include "base/codes.def"
#undef PERCUTA_CODE
};

static enum percuta_code known(enum percuta_code code) {
  return (unsigned)code < PERCUTA_CODE_END ? code : PERCUTA_CODE_NONE;
}

const char *percuta_base_codes_name(enum percuta_code code) {
  return CODES[known(code)].name;
}

const char *percuta_base_codes_meaning(enum percuta_code code) {
  return CODES[known(code)].meaning;
}
