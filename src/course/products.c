/* Numbing cream before or after the needles, serums after them: which plan, which punctures, which
 * solver. The solvers have their own tests.
 * Theory: docs/theory/penetration.md, numbing.md. Test: tests/cli/products.sh. */
#include "course/products.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "permeation/patch.h"
#include "scenario/calendar.h"

/* Hours at which what a product has brought in is looked at; then every LATER_HOURS. */
static const double HOURS[] = {1. / 60, 1. / 30, 1. / 12, 1. / 6, 0.25, 0.5, 0.75, 1,  1.5, 2,
                               3,       4,       6,       8,      10,   12,  16,   20, 24};
enum { EARLY = sizeof HOURS / sizeof *HOURS, LATER_HOURS = 12 };

static const double SAME = 1e-9; /* relative difference of times that are one */

static bool occluded(enum percuta_cover cover, const struct percuta_product *product) {
  return cover == PERCUTA_COVER_USUAL ? product->occluded : cover == PERCUTA_COVER_OCCLUDED;
}

/* What goes on after the needles, as planned, as its file says where the plan leaves it. */
static struct percuta_penetration_plan
plan_product_after(const struct percuta_penetration_model *model,
                   const struct percuta_course *course, const struct percuta_product_plan *put_on,
                   const struct percuta_product *product) {
  struct percuta_penetration_plan plan = percuta_transport_penetration_usual(model, product);
  plan.start = put_on->after;
  if (put_on->dose > 0)
    plan.dose = put_on->dose;
  if (put_on->apply > 0)
    plan.apply = put_on->apply;
  plan.infinite = put_on->infinite;
  plan.again = plan.infinite ? 0 : put_on->again;
  plan.occluded = occluded(put_on->occluded, product);
  if (put_on->times_per_day > 0) {
    const double lasts = percuta_scenario_calendar_regimen(course, put_on, &plan.start);
    plan.every = PERCUTA_DAY / put_on->times_per_day;
    plan.count = (int)ceil(lasts / plan.every * (1 - SAME));
    plan.follow = fmax(model->follow, lasts);
    if (plan.count > 1) /* what is left is washed off before the next */
      plan.apply = fmin(plan.apply, plan.every);
    return plan;
  }
  plan.follow = put_on->follow > 0 ? put_on->follow : fmax(model->follow, plan.apply);
  return plan;
}

/* Lengthens a cover that lies on the skin since the session by one that is put on before it is
 * off. */
static double lengthen(double covered, double from, double until) {
  return from <= covered ? fmax(covered, until) : covered;
}

/* How long something airtight lies on the skin from the session on: a cover that comes after a time
 * in the open is not counted. Each product may lengthen what another has begun. */
static double covered(const struct percuta_scenario *scenario,
                      const struct percuta_course_products *products, double until) {
  const struct percuta_session *session = &scenario->session;
  const struct percuta_numbing_plan *cream = &session->numbing;
  if (products->has_cream && cream->order == PERCUTA_NEEDLES_FIRST &&
      occluded(cream->occluded, &products->cream))
    until = lengthen(until, 0, cream->apply > 0 ? cream->apply : products->cream.contact);
  for (int round = 0; round < session->product_count; round++) {
    for (int i = 0; i < session->product_count; i++) {
      const struct percuta_penetration_plan plan =
          plan_product_after(&products->model.penetration, &scenario->course, &session->products[i],
                             &products->product[i]);
      if (plan.occluded)
        until = lengthen(until, plan.start, plan.start + plan.apply);
    }
  }
  return until;
}

enum percuta_status percuta_course_products_read(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_reseal *reseal,
                                                 struct percuta_course_products *out) {
  const struct percuta_session *session = &scenario->session;
  struct percuta_course_products products = {.has_cream = session->numbing.product != NULL &&
                                                          session->numbing.product[0] != '\0'};
  const size_t count = (size_t)session->product_count;
  enum percuta_status status = PERCUTA_OK;
  if (products.has_cream || count > 0)
    status = percuta_transport_numbing_model_read(scenario, diag, &products.model);
  if (products.has_cream && status == PERCUTA_OK)
    status =
        percuta_substance_product_read(scenario, session->numbing.product, diag, &products.cream);
  if (count > 0 && status == PERCUTA_OK) {
    products.product = calloc(count, sizeof *products.product);
    status = products.product ? PERCUTA_OK : PERCUTA_MEMORY;
  }
  for (size_t i = 0; i < count && status == PERCUTA_OK; i++)
    status = percuta_substance_product_read(scenario, session->products[i].product, diag,
                                            &products.product[i]);
  if (status != PERCUTA_OK) {
    percuta_course_products_clear(&products);
    return status;
  }
  reseal->covered = covered(scenario, &products, reseal->covered);
  *out = products;
  return PERCUTA_OK;
}

void percuta_course_products_clear(struct percuta_course_products *products) {
  free(products->product);
  *products = (struct percuta_course_products){.has_cream = false};
}

/* Bores where they lie, in a window like the run's. */
struct window {
  struct percuta_run *run;
  const struct percuta_needled_bores *bores;
};

/* Each of the bores takes the place of the mean one. */
static enum percuta_status follow_patch(void *context, const struct percuta_needled_domain *skin,
                                        struct percuta_permeation **out, const char **wrong) {
  const struct window *window = context;
  const struct percuta_grid *grid = window->run->plan->grid;
  const struct percuta_patch_window cells = {grid->dx * grid->nx, grid->dy * grid->ny, grid->nx,
                                             grid->ny};
  const struct percuta_resolution usual = {0};
  const size_t count = (size_t)window->bores->count;
  struct percuta_domain every = skin->domain;
  struct percuta_bore *bore = malloc(count * sizeof *bore);
  if (!bore)
    return PERCUTA_MEMORY;
  for (size_t at = 0; at < count; at++) {
    bore[at] = window->bores->each[at];
    bore[at].depth = percuta_transport_needled_depth(skin, bore[at].depth);
  }
  every.bores = bore;
  every.bore_count = (int)count;
  const enum percuta_status status =
      percuta_permeation_patch_run(window->run->plan->comm, &every, &cells, &usual, out, wrong);
  free(bore);
  return status;
}

/* The solver asked for; of itself a patch leaves single punctures to the channel, whose cells are
 * fine enough for them. */
static enum percuta_fidelity fidelity_of(const struct percuta_scenario *scenario) {
  switch (scenario->model.permeation) {
  case PERCUTA_PERMEATION_COLUMN:
    return PERCUTA_COLUMN;
  case PERCUTA_PERMEATION_CHANNEL:
    return PERCUTA_CHANNEL;
  case PERCUTA_PERMEATION_PATCH:
    return PERCUTA_PATCH;
  case PERCUTA_PERMEATION_USUAL:
    break;
  }
  return scenario->model.fidelity == PERCUTA_COLUMN ? PERCUTA_COLUMN : PERCUTA_CHANNEL;
}

/* The piece of skin in the cell; all zero where the skin lives. */
static struct percuta_penetration_piece piece_of(const struct percuta_run_plan *plan) {
  const struct percuta_scenario *scenario = plan->scenario;
  const struct percuta_franz_cell *cell = &scenario->franz_cell;
  const double top = percuta_skin_layer_top(&plan->skin, PERCUTA_PAPILLARY_DERMIS);
  struct percuta_penetration_piece piece = {.excised = !percuta_scenario_is_alive(scenario)};
  if (!piece.excised)
    return piece;
  piece.separated = scenario->preparation == PERCUTA_EPIDERMIS;
  if (scenario->preparation == PERCUTA_DERMATOMED)
    piece.dermis = scenario->dermatomed_thickness - top;
  if (cell->receptor == PERCUTA_RECEPTOR_SINK)
    return piece;
  piece.receptor = cell->volume / cell->area;
  piece.receptor_pH = cell->pH;
  piece.sample_share = cell->sample / cell->volume;
  piece.samples = cell->sample_times.item;
  piece.sample_count = cell->sample_times.count;
  return piece;
}

double percuta_course_products_piece(const struct percuta_run_plan *plan) {
  const struct percuta_scenario *scenario = plan->scenario;
  switch (scenario->preparation) {
  case PERCUTA_DERMATOMED:
    return scenario->dermatomed_thickness;
  case PERCUTA_FULL_THICKNESS:
    return percuta_skin_layer_top(&plan->skin, PERCUTA_HYPODERMIS);
  case PERCUTA_EPIDERMIS:
    return percuta_skin_layer_top(&plan->skin, PERCUTA_PAPILLARY_DERMIS);
  case PERCUTA_IN_VIVO:
    break;
  }
  return 0;
}

static struct percuta_penetration_setting setting_of(struct window *window) {
  struct percuta_run *run = window->run;
  return (struct percuta_penetration_setting){.skin = &run->plan->skin,
                                              .reseal = &run->plan->reseal,
                                              .bores = window->bores,
                                              .piece = piece_of(run->plan),
                                              .fidelity = fidelity_of(run->plan->scenario),
                                              .patch = follow_patch,
                                              .context = window};
}

/* Notes why a product cannot be followed. */
static enum percuta_status explain(const struct percuta_scenario *scenario, const char *key,
                                   const struct percuta_product *product,
                                   enum percuta_status status, const char *wrong,
                                   struct percuta_diag *diag) {
  struct percuta_mistake mistake = {.code = PERCUTA_CODE_NOT_COVERED,
                                    .place = {.file = scenario->path},
                                    .key = key,
                                    .what = wrong,
                                    .given = product->id};
  char what[256];
  if (status == PERCUTA_NUMERICS) {
    snprintf(what, sizeof what, "%.120s could not be followed: no step leads on", product->id);
    mistake.code = PERCUTA_CODE_NO_SOLUTION;
    mistake.what = what;
    mistake.hint = "another model.permeation may; please report this scenario";
  }
  if (status == PERCUTA_BAD_INPUT || status == PERCUTA_NUMERICS)
    percuta_base_diag_add(diag, &mistake);
  return status;
}

static enum percuta_status apply_numbing(struct percuta_run *run,
                                         const struct percuta_needled_bores *bores) {
  struct window window = {.run = run, .bores = bores};
  const struct percuta_penetration_setting setting = setting_of(&window);
  const char *wrong = "";
  percuta_transport_numbing_clear(&run->record.numbing);
  const double begin = percuta_base_clock();
  const enum percuta_status status = percuta_transport_numbing_compute(
      &setting, &run->plan->products.model, &run->plan->scenario->session.numbing,
      &run->plan->products.cream, &run->record.numbing, &wrong);
  run->state.solve_s += percuta_base_clock() - begin;
  return explain(run->plan->scenario, "session.numbing", &run->plan->products.cream, status, wrong,
                 run->diag);
}

enum percuta_status percuta_course_products_before(struct percuta_run *run) {
  if (!run->plan->products.has_cream ||
      run->plan->scenario->session.numbing.order != PERCUTA_CREAM_FIRST)
    return PERCUTA_OK;
  return apply_numbing(run, NULL);
}

/* Puts in a time that is before the end and not there yet, in its place among `count` increasing
 * ones. */
static int add_time(double value, double *time, int count) {
  int at = count - 1;
  while (at > 0 && time[at - 1] > value * (1 + SAME))
    at--;
  if (!(value > 0) || value > time[count - 1] * (1 - SAME) ||
      (at > 0 && time[at - 1] >= value * (1 - SAME)))
    return count;
  memmove(time + at + 1, time + at, (size_t)(count - at) * sizeof *time);
  time[at] = value;
  return count + 1;
}

/* Early hours, later ones, the end, and those that the scenario names. */
static int lay_times(double follow, const struct percuta_times *const *named,
                     const struct percuta_measured *measured, double *time) {
  int count = 0;
  for (int at = 0; at < EARLY && HOURS[at] * PERCUTA_HOUR < follow; at++)
    time[count++] = HOURS[at] * PERCUTA_HOUR;
  for (double hour = HOURS[EARLY - 1] + LATER_HOURS; hour * PERCUTA_HOUR < follow;
       hour += LATER_HOURS)
    time[count++] = hour * PERCUTA_HOUR;
  time[count++] = follow;
  for (int list = 0; named[list]; list++)
    for (int at = 0; at < named[list]->count; at++)
      count = add_time(named[list]->item[at], time, count);
  for (int at = 0; measured && at < measured->count; at++)
    count = add_time(measured->point[at].time, time, count);
  return count;
}

static enum percuta_status deliver(struct window *window, int which,
                                   struct percuta_penetration *out, const char **wrong) {
  struct percuta_run *run = window->run;
  const struct percuta_penetration_model *model = &run->plan->products.model.penetration;
  const struct percuta_product *product = &run->plan->products.product[which];
  const struct percuta_scenario *scenario = run->plan->scenario;
  const struct percuta_product_plan *put_on = &scenario->session.products[which];
  const struct percuta_penetration_plan plan =
      plan_product_after(model, &scenario->course, put_on, product);
  const struct percuta_times *const named[] = {&put_on->report_times,
                                               &scenario->franz_cell.sample_times, NULL};
  const size_t points = put_on->measured ? (size_t)put_on->measured->count : 0;
  const size_t most = EARLY + (size_t)(plan.follow / (LATER_HOURS * PERCUTA_HOUR)) + 2 +
                      2 * PERCUTA_MAX_TIMES + points;
  double *time = malloc(most * sizeof *time);
  if (!time)
    return PERCUTA_MEMORY;
  const struct percuta_penetration_setting setting = setting_of(window);
  const int count = lay_times(plan.follow, named, put_on->measured, time);
  const double begin = percuta_base_clock();
  const enum percuta_status status = percuta_transport_penetration_compute(
      &setting, model, product, &plan, time, count, out, wrong);
  run->state.solve_s += percuta_base_clock() - begin;
  free(time);
  return status;
}

/* Empty books for all products. */
static enum percuta_status open_all(struct percuta_record *record, int count) {
  for (int i = 0; i < record->penetration_count; i++)
    percuta_transport_penetration_clear(&record->penetration[i]);
  free(record->penetration);
  record->penetration_count = 0;
  record->penetration = calloc(count > 0 ? (size_t)count : 1, sizeof *record->penetration);
  return record->penetration ? PERCUTA_OK : PERCUTA_MEMORY;
}

/* Session, from 0, in which a product is first put on. */
static int first_session(const struct percuta_product_plan *put_on) {
  return put_on->from > 1 ? put_on->from - 1 : 0;
}

/* Those that are put on from session `index` on; they stand in the order of sessions. */
static enum percuta_status follow_all(struct window *window, int index) {
  struct percuta_run *run = window->run;
  struct percuta_record *record = &run->record;
  const struct percuta_session *session = &run->plan->scenario->session;
  const int count = session->product_count;
  const char *wrong = "";
  if (index == 0)
    PERCUTA_TRY(open_all(record, count));
  for (int i = 0; i < count; i++) {
    char key[64];
    if (first_session(&session->products[i]) != index)
      continue;
    enum percuta_status status = deliver(window, i, &record->penetration[i], &wrong);
    snprintf(key, sizeof key, "session.topicals[%d]", i + 1);
    if (status != PERCUTA_OK)
      return explain(run->plan->scenario, key, &run->plan->products.product[i], status, wrong,
                     run->diag);
    record->penetration_count = i + 1;
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_course_products_after(struct percuta_run *run,
                                                  const struct percuta_session_record *session,
                                                  int index) {
  const bool cream_last = index == 0 && run->plan->products.has_cream &&
                          run->plan->scenario->session.numbing.order == PERCUTA_NEEDLES_FIRST;
  struct percuta_needled_bores bores;
  bool any = cream_last || (index == 0 && run->plan->scenario->session.product_count > 0);
  for (int i = 0; i < run->plan->scenario->session.product_count; i++)
    any = any || first_session(&run->plan->scenario->session.products[i]) == index;
  if (!any)
    return PERCUTA_OK;
  enum percuta_status status = percuta_transport_needled_bores(
      &session->channels, &session->bleeding, &run->plan->skin, run->record.width,
      fidelity_of(run->plan->scenario) == PERCUTA_PATCH, &bores);
  if (status != PERCUTA_OK)
    return status;
  struct window window = {.run = run, .bores = &bores};
  if (cream_last)
    status = apply_numbing(run, &bores);
  if (status == PERCUTA_OK)
    status = follow_all(&window, index);
  percuta_transport_needled_clear(&bores);
  return status;
}
