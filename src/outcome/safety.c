/* What published experience says to beware of; docs/theory/outcome.md, tests/unit/test_comfort.c.
 */
#include "outcome/safety.h"

#include <stdio.h>
#include <string.h>

#include "scenario/calendar.h"
#include "skin/habits.h"
#include "skin/person.h"

static const double ADULT = 18 * PERCUTA_YEAR;
static const double MILLIGRAM = 1e-6, MINUTE = 60; /* [kg], [s] */
static const double ROUNDING = 1e-9;               /* a dose at the limit is within it */

/* A list that takes no more once it has failed. */
struct warner {
  struct percuta_warnings *list; /* borrowed */
  enum percuta_status status;
};

static void warn(struct warner *warner, enum percuta_warning_code code,
                 const struct percuta_warning_value *value) {
  if (warner->status == PERCUTA_OK)
    warner->status = percuta_outcome_warnings_add(warner->list, code, value);
}

/* A share of patients, with who they were. */
static void warn_share(struct warner *warner, enum percuta_warning_code code,
                       const struct percuta_outcome_share *share) {
  warn(warner, code,
       (const struct percuta_warning_value[]){{.number = share->value},
                                              {.number = share->low},
                                              {.number = share->high},
                                              {.text = share->population}});
}

/* Share of the opened channels whose needle reached below the dermis. */
static double share_in_fat(const struct percuta_skin *skin,
                           const struct percuta_channels *channels) {
  double bottom = percuta_skin_layer_top(skin, PERCUTA_HYPODERMIS);
  size_t deep = 0;
  for (size_t i = 0; i < channels->count; i++)
    deep += channels->item[i].penetrated && channels->item[i].depth > bottom;
  return channels->penetrated > 0 ? (double)deep / (double)channels->penetrated : 0;
}

/* Where the needles come to; on a plate there is no fat. */
static void warn_of_depth(struct warner *warner, enum percuta_support support,
                          const struct percuta_skin *skin, const struct percuta_channels *channels,
                          const struct percuta_bleeding *bleeding) {
  const double fat = support == PERCUTA_SUPPORT_PLATE ? 0 : share_in_fat(skin, channels);
  const double dermis =
      skin->thickness[PERCUTA_PAPILLARY_DERMIS] + skin->thickness[PERCUTA_RETICULAR_DERMIS];
  if (fat > 0)
    warn(warner, PERCUTA_WARNING_needles_in_fat,
         (const struct percuta_warning_value[]){{.number = 100 * fat},
                                                {.number = dermis / PERCUTA_MM}});
  if (bleeding->pinpoint_bleeding)
    warn(warner, PERCUTA_WARNING_blood_at_surface, NULL);
}

/* More than labels allow, or needles that come when the injection does not numb. */
static void warn_of_injection(struct warner *warner, const struct percuta_injection_law *law,
                              const struct percuta_injection_plan *plan) {
  const struct percuta_injection injection = percuta_outcome_injection_compute(law, plan);
  if (injection.used && injection.dose > injection.limit * (1 + ROUNDING))
    warn(warner, PERCUTA_WARNING_injection_dose,
         (const struct percuta_warning_value[]){{.number = injection.dose / MILLIGRAM},
                                                {.number = injection.limit / MILLIGRAM},
                                                {.number = law->body_mass},
                                                {.text = injection.tumescent
                                                             ? "as a tumescent solution"
                                                         : injection.adrenaline ? "with adrenaline"
                                                                                : ""}});
  if (injection.used && !(injection.left.value < 1))
    warn(warner, PERCUTA_WARNING_injection_time,
         (const struct percuta_warning_value[]){{.number = injection.wait / MINUTE},
                                                {.number = injection.onset.value / MINUTE},
                                                {.number = injection.duration.value / MINUTE}});
}

/* Younger or older than those whom the atlas knows. */
static void warn_of_age(struct warner *warner, const struct percuta_scenario *scenario) {
  const struct percuta_parameter *old =
      percuta_base_parameters_find(scenario->parameters, "skin.thickness_age_old");
  const double age = scenario->person.age;
  if (age < ADULT)
    warn(warner, PERCUTA_WARNING_age_child,
         (const struct percuta_warning_value[]){{.number = age / PERCUTA_YEAR}});
  if (old != NULL && age > old->value_si)
    warn(warner, PERCUTA_WARNING_age_old,
         (const struct percuta_warning_value[]){{.number = age / PERCUTA_YEAR},
                                                {.number = old->value_si / PERCUTA_YEAR}});
}

/* "aspirin, heparin": the names of the bits in `taken`. */
static void name_drugs(int taken, char *out, size_t size) {
  static const char *const names[] = {"warfarin", "aspirin", "clopidogrel",
                                      "a direct oral anticoagulant", "heparin"};
  size_t used = 0;
  out[0] = '\0';
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (((unsigned)taken >> i & 1U) != 0 && used < size)
      used += (size_t)snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "", names[i]);
}

/* Of warfarin the clotting network knows; of the others a reader is told that it does not. */
static void warn_of_drugs(struct warner *warner, int taken) {
  char drugs[128], unmodelled[160] = "";
  if (taken == 0)
    return;
  name_drugs(taken, drugs, sizeof drugs);
  if ((taken & ~PERCUTA_TAKES_WARFARIN) != 0) {
    snprintf(unmodelled, sizeof unmodelled, "people who take ");
    name_drugs(taken & ~PERCUTA_TAKES_WARFARIN, unmodelled + strlen(unmodelled),
               sizeof unmodelled - strlen(unmodelled));
  }
  warn(warner, PERCUTA_WARNING_drugs_against_clotting,
       (const struct percuta_warning_value[]){{.text = drugs}, {.text = unmodelled}});
}

/* What the person does and takes. */
static void warn_of_person(struct warner *warner, const struct percuta_scenario *scenario) {
  struct percuta_habit habit[PERCUTA_HABITS];
  const int count = percuta_skin_habits_find(scenario, habit);
  for (int i = 0; i < count; i++)
    warn(warner, PERCUTA_WARNING_repair_of_person,
         (const struct percuta_warning_value[]){{.text = habit[i].words},
                                                {.number = 100 * habit[i].production},
                                                {.number = 100 * habit[i].low},
                                                {.number = 100 * habit[i].high},
                                                {.text = habit[i].basis}});
  if (scenario->person.isotretinoin)
    warn(warner, PERCUTA_WARNING_isotretinoin, NULL);
  warn_of_age(warner, scenario);
  warn_of_drugs(warner, percuta_scenario_anticoagulants(&scenario->person));
}

enum percuta_status percuta_outcome_safety_compute(const struct percuta_outcome_law *law,
                                                   const struct percuta_scenario *scenario,
                                                   const struct percuta_skin *skin,
                                                   const struct percuta_channels *channels,
                                                   const struct percuta_bleeding *bleeding,
                                                   struct percuta_warnings *out) {
  const struct percuta_course *course = &scenario->course;
  struct warner warner = {.list = out, .status = PERCUTA_OK};
  const double darker = (double)PERCUTA_PHOTOTYPE_III_IV / PERCUTA_PHOTOTYPE_VI;
  warn_of_injection(&warner, &law->injection, &scenario->session.injection);
  if (channels->penetrated == 0)
    return warner.status;
  if (scenario->session.until == PERCUTA_UNTIL_PINPOINT_BLEEDING && !bleeding->pinpoint_bleeding)
    warn(&warner, PERCUTA_WARNING_endpoint_not_reached,
         (const struct percuta_warning_value[]){{.number = scenario->session.repeat}});
  const bool clinical = scenario->device.needle.length >= law->clinical_low;
  warn_of_depth(&warner, scenario->support, skin, channels, bleeding);
  if (clinical && percuta_skin_person_tone(scenario) >= darker)
    warn_share(&warner, PERCUTA_WARNING_dark_marks, &law->pigment);
  if (clinical && scenario->device.kind == PERCUTA_ROLLER)
    warn_share(&warner, PERCUTA_WARNING_rows_of_scars, &law->tracks);
  const double interval = percuta_scenario_calendar_shortest(course);
  if (clinical && interval < law->interval_low)
    warn(&warner, PERCUTA_WARNING_sessions_too_close,
         (const struct percuta_warning_value[]){{.number = interval / PERCUTA_DAY},
                                                {.number = law->interval_low / PERCUTA_DAY}});
  if (skin->perfusion_rel < 1)
    warn(&warner, PERCUTA_WARNING_poorly_perfused, NULL);
  warn_of_person(&warner, scenario);
  return warner.status;
}
