/* What is refused before or by libyaml, in words a user understands; internal to base/yaml. */
#ifndef PERCUTA_BASE_YAML_CHECK_H
#define PERCUTA_BASE_YAML_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <yaml.h>

#include "base/diag.h"

/* Whether all of `text` is UTF-8 without control characters other than line ends and tabs. If not,
 * the first offence is added to `diag` with its place. */
bool percuta_base_yaml_check_text(const char *text, size_t length, const char *shown,
                                  struct percuta_diag *diag);

/* Whether the value of a scalar, whose escapes may have made any character, holds none of the
 * control characters; line feed and tab are allowed when `lines` is. */
bool percuta_base_yaml_check_scalar(const char *text, size_t length, bool lines);

/* Adds what made `parser` fail on `text` to `diag`, with its place. */
void percuta_base_yaml_check_problem(const yaml_parser_t *parser, const char *text, size_t length,
                                     const char *shown, struct percuta_diag *diag);

#endif
