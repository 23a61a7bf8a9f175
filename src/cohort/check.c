/* Every arm of a study is a scenario that must hold; what they are makes the study's hash. Test:
 * tests/cli/study.sh. */
#include "cohort/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "cohort/say.h"

enum { DRAWN = 64, CHECKED = 1000 };

static enum percuta_status refuse(const struct percuta_cohort_plan *plan, struct percuta_diag *diag,
                                  const struct percuta_yaml_node *node, const char *key,
                                  enum percuta_code code, const char *what, const char *allowed) {
  return percuta_cohort_say_wrong(
      diag, plan->path, node,
      (struct percuta_mistake){.code = code, .key = key, .what = what, .allowed = allowed});
}

/* A trial's courses must last until its last visit. */
static enum percuta_status check_length(struct percuta_cohort_plan *plan, struct percuta_diag *diag,
                                        int arm, const struct percuta_scenario *scenario) {
  const struct percuta_course *course = &scenario->course;
  char what[400];
  if (plan->mode != PERCUTA_COHORT_TRIAL || !plan->design.endpoint->timed)
    return PERCUTA_OK;
  const double last = (course->sessions - 1) * course->interval / PERCUTA_DAY +
                      plan->design.visit[plan->design.visits - 1];
  if (last <= course->follow_up / PERCUTA_DAY)
    return PERCUTA_OK;
  snprintf(what, sizeof what,
           "has its last visit on day %.6g of the arm `%.100s`, whose course is followed for %.6g "
           "days",
           last, plan->arm[arm].name, course->follow_up / PERCUTA_DAY);
  return refuse(plan, diag,
                percuta_base_yaml_get(percuta_base_yaml_get(plan->document, "trial"), "visits"),
                "trial.visits", PERCUTA_CODE_CONFLICT, what, "a longer course.follow_up in `set`");
}

static void mix(uint64_t *hash, const void *bytes, size_t size) {
  *hash = percuta_base_checksum_text(*hash, bytes, size);
}

/* Some of the people must hold as well; who they are tells one population from another. */
static enum percuta_status check_people(struct percuta_cohort_plan *plan,
                                        struct percuta_diag *diag) {
  enum percuta_status status = PERCUTA_OK;
  for (int person = 1; person <= DRAWN && plan->people > 0 && status == PERCUTA_OK; ++person) {
    struct percuta_cohort_set set[66] = {{.text = NULL}};
    status = percuta_cohort_people_draw(&plan->population, plan->seed, person, set);
    for (int i = 0; i < percuta_cohort_people_sets(&plan->population); ++i) {
      if (set[i].text)
        mix(&plan->hash, set[i].text, strlen(set[i].text));
      free(set[i].text);
    }
  }
  if (status == PERCUTA_BAD_INPUT)
    return refuse(plan, diag, percuta_base_yaml_get(plan->document, "include"), "include",
                  PERCUTA_CODE_NO_SOLUTION, "lets nobody of 10000 people in", "");
  for (int person = 1; person <= 8 && person <= plan->people && status == PERCUTA_OK; ++person) {
    struct percuta_scenario *scenario = NULL;
    status = percuta_cohort_plan_scenario(plan, 0, person, diag, &scenario);
    percuta_scenario_destroy(&scenario);
  }
  return status;
}

/* Every arm must be a scenario that holds, of very many a thousand, one as far as the next from the
 * last; their hashes make the study's, with what all others change. */
static enum percuta_status check_arms(struct percuta_cohort_plan *plan, struct percuta_diag *diag) {
  enum percuta_status worst = PERCUTA_OK;
  plan->hash = PERCUTA_BASE_CHECKSUM_START;
  mix(&plan->hash, &plan->mode, sizeof plan->mode);
  mix(&plan->hash, &plan->seed, sizeof plan->seed);
  mix(&plan->hash, plan->wanted, sizeof plan->wanted);
  mix(&plan->hash, plan->kept, sizeof plan->kept);
  for (int i = 0; i < plan->times; ++i)
    mix(&plan->hash, &plan->time[i].day, sizeof plan->time[i].day);
  for (int a = 0; a < plan->arms; ++a) {
    struct percuta_scenario *scenario = NULL;
    for (int i = 0; i < plan->arm[a].count; ++i)
      mix(&plan->hash, plan->arm[a].set[i].text, strlen(plan->arm[a].set[i].text));
    if (a % (plan->arms / CHECKED + 1) != 0)
      continue;
    enum percuta_status status = percuta_cohort_plan_scenario(plan, a, 0, diag, &scenario);
    if (status == PERCUTA_OK) {
      mix(&plan->hash, &scenario->hash, sizeof scenario->hash);
      status = check_length(plan, diag, a, scenario);
    }
    percuta_scenario_destroy(&scenario);
    worst = worst == PERCUTA_OK || status == PERCUTA_MEMORY ? status : worst;
    if (percuta_base_diag_count(diag) >= PERCUTA_DIAG_MAX)
      break;
  }
  return worst;
}

enum percuta_status percuta_cohort_check(struct percuta_cohort_plan *plan,
                                         struct percuta_diag *diag) {
  PERCUTA_TRY(check_arms(plan, diag));
  return check_people(plan, diag);
}
