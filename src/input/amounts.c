/* dose = m/A, rho V/A, rho v (a volume v on each area) or n m_f/A, with m_f the cream on the tip of
 * a finger. Long & Finlay 1991 Clin Exp Dermatol 16:444. Test: tests/unit/test_amounts.c. */
#include "input/amounts.h"

#include <stdio.h>
#include <string.h>

#include "skin/person.h"

#define MOST 5.0 /* [kg/m^2], 500 mg/cm^2, as keys of doses allow */

/* "3 finger tips", "2 finger-tip units", "1.5 FTU": how many; false for other texts. */
static bool read_finger_tips(const struct percuta_scenario *scenario, const char *text,
                             double *out) {
  static const char *const words[] = {"finger tips",     "finger tip",     "finger-tip units",
                                      "finger-tip unit", "fingertips",     "fingertip",
                                      "fingertip units", "fingertip unit", "FTU"};
  struct percuta_units_mistake why;
  char number[32];
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    const size_t length = strlen(text), word = strlen(words[i]);
    if (length <= word || length - word >= sizeof number ||
        strcmp(text + length - word, words[i]) != 0)
      continue;
    snprintf(number, sizeof number, "%.*s", (int)(length - word), text);
    number[strcspn(number, " ")] = '\0';
    return percuta_base_units_parse(scenario->units, number, "1", out, &why) == PERCUTA_OK;
  }
  return false;
}

/* Cream on the tip of this person's finger [kg]. */
static double finger_tip(const struct percuta_scenario *scenario) {
  const struct percuta_parameter *female = percuta_base_parameters_find(scenario->parameters,
                                                                        "course.finger_tip_female"),
                                 *male = percuta_base_parameters_find(scenario->parameters,
                                                                      "course.finger_tip_male");
  return female && male
             ? percuta_skin_person_of_sex(scenario->person.sex, female->value_si, male->value_si)
             : 0;
}

/* The dose that a text in one of the units is; 0 when it is in none of them. */
static double dose_of(const struct percuta_scenario *scenario, const char *text, double density,
                      double area) {
  const struct {
    const char *unit;
    double factor; /* to a dose */
  } forms[] = {{"g", 1 / area},
               {"ml", density / area},
               {"ul/cm^2", density},
               {"mg/cm^2", 1},
               {"1", finger_tip(scenario) / area}};
  struct percuta_units_mistake why;
  double value = 0;
  const int tips = sizeof forms / sizeof *forms - 1;
  if (read_finger_tips(scenario, text, &value))
    return value * forms[tips].factor;
  for (int i = 0; i < tips; i++)
    if (percuta_base_units_parse(scenario->units, text, forms[i].unit, &value, &why) == PERCUTA_OK)
      return value * forms[i].factor;
  return 0;
}

enum percuta_status percuta_input_amounts_read(const struct percuta_scenario *scenario,
                                               const char *text, double density, double area,
                                               double *out, struct percuta_value_mistake *mistake) {
  const double dose = dose_of(scenario, text, density, area);
  if (dose > 0 && dose <= MOST) {
    *out = dose;
    return PERCUTA_OK;
  }
  *mistake = (struct percuta_value_mistake){.code = PERCUTA_CODE_OUT_OF_RANGE};
  if (dose > MOST)
    snprintf(mistake->what, sizeof mistake->what, "is %.4g mg/cm^2", dose / 1e-2);
  else
    snprintf(mistake->what, sizeof mistake->what, "is no amount of a product");
  snprintf(mistake->allowed, sizeof mistake->allowed,
           "above 0 to 500 mg/cm^2, as in `5 g`, `4 ml`, `20 ul/cm^2` or `3 finger tips`");
  return PERCUTA_BAD_INPUT;
}
