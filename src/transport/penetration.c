/* Each active on its own: its layers, its dose, the solver, and what came of it.
 *
 * Dose. Water dissolves S = S0 / f of a compound at most, S0 being the solubility of the neutral
 * form and f its share at the product's pH. Of an active at C > S the rest waits in oil or crystals
 * and feeds the water as that empties: a vehicle K = C / S times as large, of activity C / K = S.
 * (In a eutectic, a melt of two actives, each is held down by the other, by its mole fraction, and
 * lifted, as what is molten dissolves better than crystals: taken to cancel.)
 *
 * Punctures make no difference to what comes through the skin between them; so what they bring is
 * what enters needled skin beyond what enters the same skin intact.
 * Theory: docs/theory/penetration.md. Tests: tests/unit/test_transport_penetration.c. */
#include "transport/penetration.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/laws.h"
#include "permeation/channel.h"
#include "permeation/column.h"

static const double NOTHING = 1e-12;  /* share of the dose: less than solvers tell from none */
static const double HUGE_MASS = 10;   /* [kg/mol] from which masses are told in kDa */
static const double MOST_OF_IT = 0.5; /* share of the dose from which what enters is mostly it */

/* One product on one skin. */
struct work {
  const struct percuta_penetration_setting *setting;
  const struct percuta_penetration_model *model;
  struct percuta_penetration *penetration;
  struct percuta_dose *dose; /* owned; the last is the washing off */
  int dose_count;
  struct percuta_sampling *sampling; /* owned */
  int sampling_count;
  const char *wrong;
};

enum percuta_status
percuta_transport_penetration_model_read(const struct percuta_scenario *scenario,
                                         struct percuta_diag *diag,
                                         struct percuta_penetration_model *out) {
  struct percuta_penetration_model model;
  const struct percuta_parameter_slot slots[] = {
      {"delivery.follow", &model.follow},
      {"delivery.cream_factor", &model.cream_factor},
      {"delivery.face_factor", &model.face_factor},
      {"delivery.head_flow", &model.head_flow},
      {"delivery.helps_from", &model.helps_from},
      {"delivery.large_mass", &model.large_mass},
      {"delivery.charged_share", &model.charged_share},
      {"delivery.slow_share", &model.slow_share},
      {"delivery.oily_log_kow", &model.oily_log_kow},
      {"delivery.watery_log_kow", &model.watery_log_kow}};
  enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status == PERCUTA_OK)
    status = percuta_transport_needled_model_read(scenario, diag, &model.needled);
  if (status == PERCUTA_OK)
    *out = model;
  return status;
}

/* What the vehicle's water dissolves of an active that is alone in it [kg/m^3]; infinite when its
 * solubility is not known. */
static double dissolves(const struct percuta_penetration_model *model,
                        const struct percuta_product *product,
                        const struct percuta_product_active *active) {
  const double ion_share = model->needled.intact.molecule.ion_neutral_share;
  const double neutral =
      percuta_substance_compound_neutral(&active->compound, product->pH, ion_share);
  return active->compound.solubility > 0 ? active->compound.solubility / neutral : INFINITY;
}

double percuta_transport_penetration_undissolved(const struct percuta_penetration_model *model,
                                                 const struct percuta_product *product, int which) {
  const struct percuta_product_active *active = &product->active[which];
  return fmax(1, active->concentration / dissolves(model, product, active));
}

int percuta_transport_penetration_applications(const struct percuta_penetration_plan *plan) {
  if (plan->infinite)
    return 1;
  return plan->again > 0 ? (int)fmax(1, ceil(plan->apply / plan->again)) : 1;
}

static int rounds_of(const struct percuta_penetration_plan *plan) {
  return plan->every > 0 && plan->count > 1 ? plan->count : 1;
}

/* [s] That one application stays: until the next at most. */
static double stay_of(const struct percuta_penetration_plan *plan) {
  return rounds_of(plan) > 1 ? fmin(plan->apply, plan->every) : plan->apply;
}

double percuta_transport_penetration_end(const struct percuta_penetration_plan *plan) {
  return (rounds_of(plan) - 1) * plan->every + stay_of(plan);
}

/* The doses of one active, application by application: each put on top of what is there, and the
 * washing off. */
static void lay_doses(struct work *work, const struct percuta_penetration_active *active) {
  const struct percuta_penetration *penetration = work->penetration;
  const struct percuta_penetration_plan *plan = &penetration->plan;
  const int doses = percuta_transport_penetration_applications(plan);
  struct percuta_dose *dose = work->dose;
  for (int round = 0; round < rounds_of(plan); round++) {
    for (int n = 0; n < doses; n++)
      *dose++ = (struct percuta_dose){
          .kind = plan->infinite ? PERCUTA_DOSE_FIXED : PERCUTA_DOSE_FINITE,
          .time = round * plan->every + n * plan->again,
          .volume = plan->dose / penetration->product.density * active->undissolved,
          .concentration = active->of.concentration / active->undissolved};
    *dose++ = (struct percuta_dose){.kind = PERCUTA_DOSE_WASH,
                                    .time = round * plan->every + stay_of(plan)};
  }
}

/* Fluid of the receptor that is replaced by fresh; false: no memory. */
static bool lay_samples(struct work *work) {
  const struct percuta_penetration_piece *piece = &work->setting->piece;
  const size_t count = (size_t)piece->sample_count;
  work->sampling = calloc(count + 1, sizeof *work->sampling);
  for (int n = 0; work->sampling && n < piece->sample_count; n++)
    work->sampling[work->sampling_count++] =
        (struct percuta_sampling){.time = piece->samples[n], .share = piece->sample_share};
  return work->sampling != NULL;
}

/* A cream made to numb opens the stratum corneum, most on the face; of other products nothing is
 * known. Under it more blood flows on face, scalp and neck. */
static void set_site(const struct work *work, struct percuta_needled_case *what) {
  const char *region = work->setting->skin->region;
  const bool face = strcmp(region, "face") == 0;
  const bool head = face || strcmp(region, "scalp") == 0 || strcmp(region, "neck") == 0;
  if (work->penetration->product.kind != PERCUTA_PRODUCT_NUMBING)
    return;
  what->barrier = work->model->cream_factor * (face ? work->model->face_factor : 1);
  what->flow *= head ? work->model->head_flow : 1;
}

static struct percuta_needled_case case_of(const struct work *work,
                                           const struct percuta_penetration_active *active) {
  const struct percuta_penetration *penetration = work->penetration;
  const struct percuta_penetration_piece *piece = &penetration->piece;
  struct percuta_needled_case what = {
      .excised = piece->excised,
      .dermis = piece->dermis,
      .removed = {[PERCUTA_INTACT_DERMIS] = piece->separated},
      .receptor = piece->receptor,
      .receptor_pH = piece->receptor_pH,
      .model = &work->model->needled,
      .skin = work->setting->skin,
      .compound = &active->of.compound,
      .pH = penetration->product.pH,
      .hydration = penetration->plan.occluded ? PERCUTA_HYDRATION_WET : PERCUTA_HYDRATION_DRY,
      .barrier = 1,
      .flow = penetration->product.blood_flow};
  set_site(work, &what);
  return what;
}

enum percuta_status percuta_transport_penetration_possible(
    const struct percuta_penetration_model *model, const struct percuta_skin *skin,
    const struct percuta_product *product, int which, const char **wrong) {
  static const double once = 1;
  struct percuta_penetration_setting setting = {.skin = skin};
  struct percuta_penetration penetration = {.product = *product};
  struct work work = {.setting = &setting, .model = model, .penetration = &penetration};
  const struct percuta_penetration_active active = {.of = product->active[which]};
  const struct percuta_dose dose = {.kind = PERCUTA_DOSE_FINITE,
                                    .volume = product->dose / product->density,
                                    .concentration = active.of.concentration};
  enum percuta_status status = PERCUTA_OK;
  for (int occluded = 0; occluded < 2 && status == PERCUTA_OK; occluded++) {
    struct percuta_needled_domain needled;
    penetration.plan.occluded = occluded;
    const struct percuta_needled_case what = case_of(&work, &active);
    percuta_transport_needled_make(&what, NULL, NULL, 0, 0, &needled);
    needled.domain.doses = &dose;
    needled.domain.dose_count = 1;
    needled.domain.outputs = &once;
    needled.domain.output_count = 1;
    status = percuta_permeation_domain_check(&needled.domain, false, wrong);
  }
  return status;
}

/* The course of one active through the skin with these bores, NULL for intact skin. */
static enum percuta_status follow(struct work *work, struct percuta_penetration_active *active,
                                  const struct percuta_needled_bores *bores,
                                  struct percuta_permeation **out) {
  const struct percuta_penetration_setting *setting = work->setting;
  const struct percuta_penetration *penetration = work->penetration;
  const struct percuta_needled_case what = case_of(work, active);
  const struct percuta_resolution usual = {0};
  struct percuta_needled_domain skin;
  percuta_transport_needled_make(&what, bores, penetration->piece.excised ? NULL : setting->reseal,
                                 fmax(0, penetration->plan.start), penetration->plan.follow, &skin);
  work->penetration->layer_count = skin.domain.layer_count;
  for (int l = 0; l < skin.domain.layer_count; l++) {
    (bores ? active->partition : active->partition_intact)[l] = skin.layer[l].partition;
    work->penetration->thickness[l] = skin.layer[l].thickness;
    work->penetration->layer_name[l] = skin.layer[l].name;
  }
  skin.domain.samplings = work->sampling;
  skin.domain.sampling_count = work->sampling_count;
  skin.domain.doses = work->dose;
  skin.domain.dose_count = work->dose_count;
  skin.domain.outputs = penetration->time;
  skin.domain.output_count = penetration->count;
  if (skin.domain.density > 0 && penetration->fidelity == PERCUTA_PATCH)
    return setting->patch(setting->context, &skin, out, &work->wrong);
  if (skin.domain.density > 0 && penetration->fidelity == PERCUTA_CHANNEL)
    return percuta_permeation_channel_run(&skin.domain, &usual, out, &work->wrong);
  return percuta_permeation_column_run(&skin.domain, &usual, out, &work->wrong);
}

double percuta_transport_penetration_told(const struct percuta_permeation *course, int output,
                                          double amount) {
  return amount > NOTHING * course->applied[output] ? amount : 0;
}

double percuta_transport_penetration_entered(const struct percuta_permeation *course, int output,
                                             double *blood) {
  const size_t at = (size_t)output * (size_t)course->layer_count;
  double living = 0, cleared = 0;
  for (int l = 0; l < course->layer_count; l++) {
    living += l > 0 ? course->layer[at + (size_t)l] : 0;
    cleared += course->cleared[at + (size_t)l];
  }
  const double entered = living + cleared + course->receptor[output] + course->sampled[output];
  if (blood)
    *blood = percuta_transport_penetration_told(course, output, cleared);
  return percuta_transport_penetration_told(course, output, entered);
}

/* The way through intact skin that lets in more at a steady state. */
static enum percuta_penetration_route
intact_route(const struct work *work, const struct percuta_penetration_active *active) {
  const struct percuta_needled_case what = case_of(work, active);
  struct percuta_needled_domain skin;
  percuta_transport_needled_make(&what, NULL, work->setting->reseal, 0, 0, &skin);
  const struct percuta_permeation_layer *stratum = &skin.layer[PERCUTA_INTACT_STRATUM];
  return skin.domain.bypass > percuta_permeation_column_intact_permeability(stratum, 1)
             ? PERCUTA_PENETRATION_POLAR
             : PERCUTA_PENETRATION_LIPIDS;
}

/* Entered over what enters through intact skin; 1 where nothing is needled. */
static double ratio_at(const struct percuta_penetration_active *active, int output) {
  const double intact = percuta_transport_penetration_entered(active->intact, output, NULL);
  const double entered =
      active->needled ? percuta_transport_penetration_entered(active->needled, output, NULL) : 0;
  if (!(entered > 0))
    return 1;
  return intact > 0 ? entered / intact : INFINITY;
}

/* The last output of the first round of a regimen: later ones find punctures that close, and dilute
 * what needling does. */
static int first_round(const struct percuta_penetration *penetration) {
  int output = penetration->count - 1;
  while (rounds_of(&penetration->plan) > 1 && output > 0 &&
         penetration->time[output] > penetration->plan.every)
    output--;
  return output;
}

/* What came of an active: amounts, how much more, which way. */
static void weigh(struct work *work, struct percuta_penetration_active *active) {
  const int last = work->penetration->count - 1;
  const struct percuta_permeation *needled = active->needled ? active->needled : active->intact;
  active->applied = needled->applied[last];
  active->entered = percuta_transport_penetration_entered(needled, last, &active->blood);
  active->entered_intact =
      percuta_transport_penetration_entered(active->intact, last, &active->blood_intact);
  active->enhancement = ratio_at(active, last);
  active->enhancement_first = ratio_at(active, first_round(work->penetration));
  active->route = active->entered > 2 * active->entered_intact ? PERCUTA_PENETRATION_PUNCTURES
                                                               : intact_route(work, active);
  active->helps = active->needled && active->enhancement_first >= work->model->helps_from;
  work->penetration->balance =
      fmax(work->penetration->balance, fmax(needled->balance, active->intact->balance));
}

/* What keeps a compound from intact skin, unless enough of it enters. */
static const char *nature(const struct percuta_penetration_model *model,
                          const struct percuta_penetration_active *active) {
  const struct percuta_compound *compound = &active->of.compound;
  if (active->entered_intact >= model->slow_share * active->applied)
    return "let through by the stratum corneum";
  if (compound->molar_mass > model->large_mass)
    return "too large for the stratum corneum";
  if (active->neutral < 1 - model->charged_share)
    return "almost all charged, and the stratum corneum keeps charged molecules out";
  if (compound->log_kow < model->watery_log_kow)
    return "too hydrophilic for the stratum corneum";
  if (compound->log_kow > model->oily_log_kow)
    return "so lipophilic that it stays in the stratum corneum and hardly dissolves below it";
  return "slowly let through by the stratum corneum";
}

/* What the punctures did. */
static void say_effect(const struct work *work, const struct percuta_penetration_active *active,
                       char *effect, size_t size) {
  static const char *const missing[] = {
      [PERCUTA_PENETRATION_PUNCTURED] = "",
      [PERCUTA_PENETRATION_BEFORE] = "it was applied before the needles, to intact skin",
      [PERCUTA_PENETRATION_UNOPENED] = "no puncture passes the stratum corneum",
      [PERCUTA_PENETRATION_CLOSED] = "the punctures had closed when it was applied"};
  if (!active->needled)
    snprintf(effect, size, "%s", missing[work->penetration->met]);
  else if (!(active->entered > 0))
    snprintf(effect, size, "none of it enters, even through punctures");
  else if (!isfinite(active->enhancement))
    snprintf(effect, size, "it enters through punctures only");
  else if (active->route == PERCUTA_PENETRATION_PUNCTURES)
    snprintf(effect, size, "punctures let in %.3g times as much", active->enhancement);
  else
    snprintf(effect, size,
             "with punctures %.2f times as much enters, most of it still through the %s",
             active->enhancement, percuta_transport_penetration_route_text(active->route));
  const size_t used = strlen(effect);
  if (active->needled && isfinite(active->enhancement_first) &&
      rounds_of(&work->penetration->plan) > 1)
    snprintf(effect + used, size - used, " (%.3g times in the first round)",
             active->enhancement_first);
}

/* Of a dose that enters almost whole the amount says little of the skin; nor does its interval. One
 * that is not used up has no share. */
static void say_dose(const struct work *work, const struct percuta_penetration_active *active,
                     char *dose, size_t size) {
  const double share = active->applied > 0 ? active->entered / active->applied : 0;
  dose[0] = '\0';
  if (active->needled && !work->penetration->plan.infinite && share >= MOST_OF_IT)
    snprintf(
        dose, size,
        " %.0f %% of the dose enters: this amount is mostly the dose itself, so that it, and any "
        "interval of it, is as sure as the dose and says little of the skin.",
        100 * share);
}

static void explain(const struct work *work, struct percuta_penetration_active *active) {
  const struct percuta_compound *compound = &active->of.compound;
  char effect[192], dose[224];
  say_effect(work, active, effect, sizeof effect);
  say_dose(work, active, dose, sizeof dose);
  const bool huge = compound->molar_mass >= HUGE_MASS;
  snprintf(active->reason, sizeof active->reason, "%s (%.4g %s, log Kow %.2g%s) is %s; %s.%s",
           compound->name, compound->molar_mass / (huge ? 1 : PERCUTA_LAWS_GRAM),
           huge ? "kDa" : "g/mol", compound->log_kow,
           compound->state == PERCUTA_COMPOUND_CHARGED ? ", an ion" : "",
           nature(work->model, active), effect, dose);
  active->reason[0] = (char)toupper((unsigned char)active->reason[0]);
}

/* The whole product: what may not be needled in, else whether needling helps any active of it. */
static void judge(struct percuta_penetration *penetration) {
  const struct percuta_product *product = &penetration->product;
  bool helps = false;
  for (int i = 0; i < penetration->active_count; i++)
    helps = helps || penetration->active[i].helps;
  penetration->verdict = helps ? PERCUTA_PENETRATION_HELPS : PERCUTA_PENETRATION_HARDLY_HELPS;
  if (product->irritant && !product->meant_to_be_needled_in && !penetration->piece.excised)
    penetration->verdict = PERCUTA_PENETRATION_DO_NOT;
  if (penetration->met != PERCUTA_PENETRATION_PUNCTURED)
    penetration->verdict = PERCUTA_PENETRATION_NOT_NEEDLED;
  if (product->warning[0] == '\0')
    snprintf(penetration->why, sizeof penetration->why, "%s",
             product->meant_to_be_needled_in ? "Made for needled skin."
                                             : "Not made for needled skin.");
  else
    snprintf(penetration->why, sizeof penetration->why, "%c%s.",
             toupper((unsigned char)product->warning[0]), product->warning + 1);
}

static enum percuta_status compute_active(struct work *work, int which) {
  const struct percuta_needled_bores *bores = work->setting->bores;
  struct percuta_penetration *penetration = work->penetration;
  struct percuta_penetration_active *active = &penetration->active[which];
  active->of = penetration->product.active[which];
  active->neutral =
      percuta_substance_compound_neutral(&active->of.compound, penetration->product.pH,
                                         work->model->needled.intact.molecule.ion_neutral_share);
  active->undissolved =
      percuta_transport_penetration_undissolved(work->model, &penetration->product, which);
  lay_doses(work, active);
  enum percuta_status status = follow(work, active, NULL, &active->intact);
  if (status == PERCUTA_OK && penetration->met == PERCUTA_PENETRATION_PUNCTURED)
    status = follow(work, active, bores, &active->needled);
  if (status != PERCUTA_OK)
    return status;
  weigh(work, active);
  explain(work, active);
  return PERCUTA_OK;
}

static enum percuta_penetration_skin met_by(const struct percuta_penetration_setting *setting,
                                            const struct percuta_penetration_plan *plan) {
  if (plan->start < 0)
    return PERCUTA_PENETRATION_BEFORE;
  if (!setting->bores || !(setting->bores->density > 0))
    return PERCUTA_PENETRATION_UNOPENED;
  if (setting->piece.excised)
    return PERCUTA_PENETRATION_PUNCTURED; /* dead skin does not close */
  return plan->start < percuta_transport_reseal_sealed(setting->reseal).median
             ? PERCUTA_PENETRATION_PUNCTURED
             : PERCUTA_PENETRATION_CLOSED;
}

struct percuta_penetration_plan
percuta_transport_penetration_usual(const struct percuta_penetration_model *model,
                                    const struct percuta_product *product) {
  return (struct percuta_penetration_plan){.dose = product->dose,
                                           .apply = product->contact,
                                           .occluded = product->occluded,
                                           .follow = fmax(model->follow, product->contact)};
}

enum percuta_status percuta_transport_penetration_compute(
    const struct percuta_penetration_setting *setting,
    const struct percuta_penetration_model *model, const struct percuta_product *product,
    const struct percuta_penetration_plan *plan, const double *time, int count,
    struct percuta_penetration *out, const char **wrong) {
  struct percuta_penetration *penetration = out;
  *penetration = (struct percuta_penetration){.product = *product,
                                              .plan = *plan,
                                              .met = met_by(setting, plan),
                                              .piece = setting->piece,
                                              .fidelity = setting->fidelity,
                                              .count = count,
                                              .active_count = product->active_count};
  struct work work = {.setting = setting, .model = model, .penetration = penetration, .wrong = ""};
  penetration->time = malloc((size_t)count * sizeof *penetration->time);
  work.dose_count = rounds_of(plan) * (percuta_transport_penetration_applications(plan) + 1);
  work.dose = malloc((size_t)work.dose_count * sizeof *work.dose);
  enum percuta_status status =
      penetration->time && work.dose && lay_samples(&work) ? PERCUTA_OK : PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    memcpy(penetration->time, time, (size_t)count * sizeof *time);
  for (int i = 0; i < product->active_count && status == PERCUTA_OK; i++)
    status = compute_active(&work, i);
  free(work.dose);
  free(work.sampling);
  penetration->piece.samples = NULL; /* the setting's */
  *wrong = work.wrong;
  if (status == PERCUTA_OK)
    judge(penetration);
  else
    percuta_transport_penetration_clear(penetration);
  return status;
}

void percuta_transport_penetration_clear(struct percuta_penetration *penetration) {
  for (int i = 0; i < PERCUTA_PRODUCT_ACTIVES; i++) {
    percuta_permeation_domain_course_destroy(&penetration->active[i].needled);
    percuta_permeation_domain_course_destroy(&penetration->active[i].intact);
  }
  free(penetration->time);
  *penetration = (struct percuta_penetration){.count = 0};
}

const char *percuta_transport_penetration_verdict_text(enum percuta_penetration_verdict verdict) {
  static const char *const words[] = {"helps", "hardly helps", "do not", "not needled"};
  return words[verdict];
}

const char *percuta_transport_penetration_route_text(enum percuta_penetration_route route) {
  static const char *const words[] = {"stratum corneum", "pores and follicles", "punctures"};
  return words[route];
}
