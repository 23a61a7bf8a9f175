/* From a scenario to everything that its run needs to know beforehand: what stages read of data/ is
 * read here, and after it no file.
 * Tests: tests/unit/test_run.c, tests/verification/test_thousand_runs.c. */
#include "course/plan.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "clot/thrombin.h"
#include "course/products.h"
#include "course/space.h"

static enum percuta_status read_course(const struct percuta_scenario *scenario,
                                       struct percuta_diag *diag,
                                       struct percuta_course_parameters *out) {
  const struct percuta_parameter_slot slots[] = {
      {"course.healed_barrier", &out->healed_barrier},
      {"course.fibroblast_density", &out->fibroblast_density},
      {"course.column_window", &out->column_window},
  };
  return percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof slots[0],
                                      diag);
}

/* A patch is struck as it is; rings stand for a square of skin, of whole tiles where skin of two
 * kinds repeats. */
static double width_of(const struct percuta_run_plan *plan) {
  const double window = plan->parameters.column_window, tile = plan->grid->sites.tile;
  if (plan->scenario->model.fidelity == PERCUTA_PATCH)
    return plan->grid->dx * plan->grid->nx;
  return plan->grid->ny > 1 ? tile * fmax(1, round(window / tile)) : window;
}

static void change(const struct percuta_change *to, struct percuta_course_stage *stage) {
  stage->from = to->from;
  stage->scenario.device = to->device;
  if (to->force > 0)
    stage->scenario.session.force = to->force;
  if (to->repeat > 0)
    stage->scenario.session.repeat = to->repeat;
}

static enum percuta_status prepare_insertion(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag,
                                             struct percuta_run_plan *plan) {
  struct percuta_insertion_model model;
  const struct percuta_course *course = &scenario->course;
  plan->stage = calloc((size_t)course->change_count + 1, sizeof *plan->stage);
  if (!plan->stage)
    return PERCUTA_MEMORY;
  for (int i = 0; i <= course->change_count; ++i) {
    struct percuta_course_stage *stage = &plan->stage[plan->stage_count++];
    stage->from = 1;
    stage->scenario = i > 0 ? stage[-1].scenario : *scenario;
    if (i > 0)
      change(&course->changes[i - 1], stage);
    PERCUTA_TRY(percuta_insertion_model_read(&stage->scenario, &plan->skin, diag, &model));
    PERCUTA_TRY(
        percuta_insertion_setting_create(&model, &stage->scenario, plan->width, &stage->insertion));
  }
  return PERCUTA_OK;
}

const struct percuta_course_stage *percuta_course_plan_stage(const struct percuta_run_plan *plan,
                                                             int index) {
  int at = plan->stage_count - 1;
  while (at > 0 && plan->stage[at].from > index + 1)
    --at;
  return &plan->stage[at];
}

static enum percuta_status follow_blood(const struct percuta_scenario *scenario,
                                        struct percuta_diag *diag, struct percuta_run_plan *plan) {
  const double begin = percuta_base_clock();
  const enum percuta_status status = percuta_clot_thrombin_compute(scenario, diag, &plan->clot);
  plan->clot_s = percuta_base_clock() - begin;
  if (status == PERCUTA_OK)
    plan->bed.plug_time *= plan->clot.plug_rel; /* as this person's blood plugs a vessel */
  return status;
}

static enum percuta_status fill(const struct percuta_scenario *scenario, struct percuta_diag *diag,
                                struct percuta_run_plan *plan) {
  PERCUTA_TRY(read_course(scenario, diag, &plan->parameters));
  PERCUTA_TRY(percuta_skin_read(scenario, diag, &plan->skin));
  PERCUTA_TRY(percuta_bleeding_bed_read(scenario, &plan->skin, diag, &plan->bed));
  PERCUTA_TRY(percuta_outcome_law_read(scenario, diag, &plan->law));
  PERCUTA_TRY(percuta_transport_reseal_read(scenario, &plan->skin, diag, &plan->reseal));
  PERCUTA_TRY(percuta_course_space_grid(scenario, &plan->skin, &plan->grid));
  plan->width = width_of(plan);
  PERCUTA_TRY(prepare_insertion(scenario, diag, plan));
  PERCUTA_TRY(percuta_course_products_read(scenario, diag, &plan->reseal, &plan->products));
  PERCUTA_TRY(percuta_healing_cascade_read(&plan->layout, scenario->parameters, &plan->skin, diag,
                                           &plan->cascade));
  return follow_blood(scenario, diag, plan);
}

enum percuta_status percuta_course_plan_create(const struct percuta_scenario *scenario,
                                               struct percuta_diag *diag,
                                               struct percuta_run_plan **out) {
  struct percuta_run_plan *plan = calloc(1, sizeof *plan);
  if (!plan)
    return PERCUTA_MEMORY;
  plan->scenario = scenario;
  plan->layout = percuta_healing_layout_make(scenario);
  for (int i = 0; i < PERCUTA_CALENDAR_SNAPSHOTS; ++i)
    plan->keep[i] = INFINITY;
  const enum percuta_status status = fill(scenario, diag, plan);
  if (status == PERCUTA_OK)
    *out = plan;
  else
    percuta_course_plan_destroy(&plan);
  return status;
}

void percuta_course_plan_destroy(struct percuta_run_plan **plan) {
  if (!*plan)
    return;
  percuta_numerics_grid_destroy(&(*plan)->grid);
  for (int i = 0; i < (*plan)->stage_count; ++i)
    percuta_insertion_setting_destroy(&(*plan)->stage[i].insertion);
  free((*plan)->stage);
  percuta_course_products_clear(&(*plan)->products);
  if ((*plan)->owns_comm)
    MPI_Comm_free(&(*plan)->comm);
  free((*plan)->folder);
  free(*plan);
  *plan = NULL;
}
