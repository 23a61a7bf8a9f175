/* Atoms of a molecular formula, counted.
 * Test: tests/unit/test_compound.c. */
#include "substance/formula.h"

#include <stdbool.h>
#include <string.h>

enum { MOST_ATOMS = 1000000 };

static bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static int *counter(struct percuta_formula *formula, const char *symbol) {
  if (symbol[1] == '\0' && strchr("CHNO", symbol[0]) != NULL)
    return &formula->CHNO;
  const struct {
    const char *symbol;
    int *count;
  } known[] = {{"F", &formula->F},
               {"Cl", &formula->Cl},
               {"Br", &formula->Br},
               {"I", &formula->iodine},
               {"S", &formula->S}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(known[i].symbol, symbol) == 0)
      return known[i].count;
  return &formula->other;
}

enum percuta_status percuta_substance_formula_next(const char **text, char symbol[3], int *number) {
  const char *c = *text;
  if (!is_upper(*c))
    return PERCUTA_BAD_INPUT;
  memset(symbol, 0, 3);
  symbol[0] = *c++;
  if (is_lower(*c))
    symbol[1] = *c++;
  int count = is_digit(*c) ? 0 : 1;
  for (; is_digit(*c); c++) {
    count = 10 * count + (*c - '0');
    if (count > MOST_ATOMS)
      return PERCUTA_BAD_INPUT;
  }
  *text = c;
  *number = count;
  return PERCUTA_OK;
}

enum percuta_status percuta_substance_formula_read(const char *text, struct percuta_formula *out) {
  struct percuta_formula formula = {0};
  if (*text == '\0')
    return PERCUTA_BAD_INPUT;
  while (*text != '\0') {
    char symbol[3];
    int number = 0;
    if (percuta_substance_formula_next(&text, symbol, &number) != PERCUTA_OK)
      return PERCUTA_BAD_INPUT;
    int *count = counter(&formula, symbol);
    if (*count > MOST_ATOMS)
      return PERCUTA_BAD_INPUT;
    *count += number;
  }
  *out = formula;
  return PERCUTA_OK;
}
