/* A list of parameters and rows, and what the rows come to. A parameter is prior exp(z
 * ln(high/low)/4), so that its range is two standard deviations of z to either side; or, where its
 * prior is uniform, low + (high - low) Phi(z).
 * Theory: docs/theory/calibration.md. Test: tests/verification/test_study.c. */
#include "study/fit.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/yaml.h"
#include "course/trial.h"
#include "study/fit_beside.h"

/* A prediction that did not come about lies this many half bands away. */
const double PERCUTA_STUDY_FIT_NOT_REACHED = 3.0;

/* Adds a mistake at `node` of the list; NULL: of the list as a whole. */
static enum percuta_status refuse(struct percuta_diag *diag, const char *path,
                                  const struct percuta_yaml_node *node,
                                  struct percuta_mistake mistake) {
  mistake.place = (struct percuta_place){
      .file = path, .line = node ? node->line : 0, .column = node ? node->column : 0};
  if (node)
    mistake.given = node->text;
  percuta_base_diag_add(diag, &mistake);
  return PERCUTA_BAD_INPUT;
}

static int count_children(const struct percuta_yaml_node *node) {
  int count = 0;
  for (const struct percuta_yaml_node *c = node ? node->child : NULL; c; c = c->next)
    ++count;
  return count;
}

static bool number_at(const struct percuta_yaml_node *node, const char *key, double *out) {
  return percuta_base_number_parse(percuta_base_yaml_text(node, key, ""), out) == PERCUTA_OK;
}

/* Numbers of a parameter at `node` in the order that its prior asks for. */
static bool read_range(const struct percuta_yaml_node *node, struct percuta_fit_parameter *p) {
  const bool uniform = strcmp(percuta_base_yaml_text(node, "spread", "log"), "uniform") == 0;
  p->kind = uniform ? PERCUTA_PRIOR_UNIFORM : PERCUTA_PRIOR_LOG;
  if (!number_at(node, "low", &p->low) || !number_at(node, "high", &p->high))
    return false;
  if (uniform) {
    p->prior = (p->low + p->high) / 2;
    return p->low < p->high;
  }
  return number_at(node, "prior", &p->prior) && p->low > 0 && p->low < p->prior &&
         p->prior < p->high;
}

static enum percuta_status read_some(const char *path, const struct percuta_yaml_node *list,
                                     struct percuta_fit *fit) {
  for (const struct percuta_yaml_node *node = list ? list->child : NULL; node; node = node->next) {
    struct percuta_fit_parameter *p = &fit->parameter[fit->parameters++];
    snprintf(p->name, sizeof p->name, "%s", percuta_base_yaml_text(node, "name", ""));
    snprintf(p->unit, sizeof p->unit, "%s", percuta_base_yaml_text(node, "unit", "1"));
    if (!read_range(node, p))
      return refuse(fit->diag, path, node,
                    (struct percuta_mistake){
                        .code = PERCUTA_CODE_OUT_OF_RANGE,
                        .key = p->name,
                        .what = "needs numbers low, prior and high, above 0 and in this order; or "
                                "`spread: uniform` with low and high"});
  }
  return PERCUTA_OK;
}

/* Those under `parameters`, those under `beside`, and room for the number of a draw. */
static enum percuta_status read_parameters(const char *path, const struct percuta_yaml_node *root,
                                           struct percuta_fit *fit) {
  const struct percuta_yaml_node *list = percuta_base_yaml_get(root, "parameters"),
                                 *beside = percuta_base_yaml_get(root, "beside");
  const size_t count = (size_t)count_children(list) + (size_t)count_children(beside) + 1;
  fit->parameter = calloc(count, sizeof *fit->parameter);
  if (!fit->parameter)
    return PERCUTA_MEMORY;
  PERCUTA_TRY(read_some(path, list, fit));
  fit->emulated = fit->parameters;
  if (fit->emulated == 0)
    return refuse(fit->diag, path, list,
                  (struct percuta_mistake){
                      .code = PERCUTA_CODE_EMPTY, .key = "parameters", .what = "lists none"});
  return read_some(path, beside, fit);
}

/* Index of a scenario for the row's conditions, a new one unless an earlier row has the same. */
static enum percuta_status find_course(struct percuta_fit *fit, struct percuta_fit_row *row) {
  for (int i = 0; i < fit->rows; ++i) {
    const struct percuta_fit_row *other = &fit->row[i];
    if (strcmp(other->row->scenario, row->row->scenario) == 0 &&
        strcmp(other->row->set, row->row->set) == 0) {
      row->course = other->course;
      return PERCUTA_OK;
    }
  }
  row->course = fit->courses;
  enum percuta_status status = percuta_validate_row_conditions(fit->catalogue, row->row, fit->diag,
                                                               &fit->scenario[fit->courses]);
  if (status == PERCUTA_OK)
    fit->courses++;
  return status;
}

static enum percuta_status add_row(const char *path, const struct percuta_yaml_node *node,
                                   struct percuta_fit *fit) {
  struct percuta_fit_row row = {.row = NULL};
  for (size_t i = 0; i < fit->evidence.count; ++i)
    if (strcmp(fit->evidence.row[i].id, node->text ? node->text : "") == 0)
      row.row = &fit->evidence.row[i];
  if (!row.row)
    return refuse(fit->diag, path, node,
                  (struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_NAME,
                                           .key = "rows",
                                           .what = "is no row of this stage"});
  if (strcmp(row.row->use, "calibration") != 0)
    return refuse(
        fit->diag, path, node,
        (struct percuta_mistake){.code = PERCUTA_CODE_NOT_A_CHOICE,
                                 .key = row.row->id,
                                 .what = "is no calibration row: it may only be compared"});
  row.predictor = percuta_validate_predictor_find(row.row->predictor);
  if (!row.predictor)
    return refuse(fit->diag, path, node,
                  (struct percuta_mistake){.code = PERCUTA_CODE_NOT_COVERED,
                                           .key = row.row->id,
                                           .what = "is not predicted"});
  if (percuta_validate_band_read(row.row->value, row.row->spread, row.row->spread_kind,
                                 row.row->scale, &row.band) != PERCUTA_OK)
    return refuse(fit->diag, path, node,
                  (struct percuta_mistake){.code = PERCUTA_CODE_DATA_FAULT,
                                           .key = row.row->id,
                                           .what = "has a value that cannot be read"});
  enum percuta_status status = find_course(fit, &row);
  if (status == PERCUTA_OK)
    fit->row[fit->rows++] = row;
  return status;
}

static enum percuta_status read_rows(const char *path, const struct percuta_yaml_node *list,
                                     struct percuta_fit *fit) {
  size_t count = (size_t)count_children(list);
  fit->row = calloc(count + 1, sizeof *fit->row);
  fit->scenario = calloc(count + 1, sizeof *fit->scenario);
  if (!fit->row || !fit->scenario)
    return PERCUTA_MEMORY;
  enum percuta_status status = PERCUTA_OK;
  for (const struct percuta_yaml_node *node = list ? list->child : NULL;
       node && status == PERCUTA_OK; node = node->next)
    status = add_row(path, node, fit);
  if (status == PERCUTA_OK && fit->rows == 0)
    status = refuse(
        fit->diag, path, list,
        (struct percuta_mistake){.code = PERCUTA_CODE_EMPTY, .key = "rows", .what = "lists none"});
  return status;
}

/* Every parameter must be known, in the unit that the list says. */
static enum percuta_status check_names(const char *path, const struct percuta_fit *fit) {
  for (int p = 0; p < fit->parameters; ++p) {
    const struct percuta_parameter *known =
        percuta_base_parameters_find(fit->scenario[0]->parameters, fit->parameter[p].name);
    if (!known)
      return refuse(fit->diag, path, NULL,
                    (struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_NAME,
                                             .key = fit->parameter[p].name,
                                             .what = "is no parameter"});
    if (strcmp(known->unit, fit->parameter[p].unit) != 0)
      return refuse(fit->diag, path, NULL,
                    (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_DIMENSION,
                                             .key = fit->parameter[p].name,
                                             .what = "is given in another unit than its data file",
                                             .given = fit->parameter[p].unit});
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_study_fit_read(const struct percuta_catalogue *catalogue,
                                           const char *path, const struct percuta_crew *crew,
                                           struct percuta_diag *diag, struct percuta_fit *out) {
  struct percuta_yaml_node *root = NULL;
  struct percuta_fit fit = {.catalogue = catalogue, .crew = crew, .diag = diag};
  enum percuta_status status =
      percuta_base_yaml_read(path, path, PERCUTA_BASE_YAML_LIMITS_SCENARIO, diag, &root);
  if (status == PERCUTA_OK &&
      !percuta_validate_evidence_exists(catalogue, percuta_base_yaml_text(root, "stage", "")))
    status = refuse(diag, path, root,
                    (struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_NAME,
                                             .key = "stage",
                                             .what = "has no published rows"});
  if (status == PERCUTA_OK)
    status = percuta_validate_evidence_read(catalogue, percuta_base_yaml_text(root, "stage", ""),
                                            diag, &fit.evidence);
  if (status == PERCUTA_OK)
    status = read_parameters(path, root, &fit);
  if (status == PERCUTA_OK)
    status = read_rows(path, percuta_base_yaml_get(root, "rows"), &fit);
  if (status == PERCUTA_OK)
    status = check_names(path, &fit);
  if (status == PERCUTA_OK)
    status = percuta_study_fit_beside_read(path, root, &fit);
  percuta_base_yaml_destroy(&root);
  status = percuta_numerics_deal_agree(crew, status);
  if (status != PERCUTA_OK)
    percuta_study_fit_clear(&fit);
  *out = fit;
  return status;
}

void percuta_study_fit_clear(struct percuta_fit *fit) {
  for (int i = 0; i < fit->courses; ++i)
    percuta_scenario_destroy(&fit->scenario[i]);
  free(fit->scenario);
  free(fit->row);
  free(fit->parameter);
  percuta_study_fit_beside_clear(fit);
  percuta_validate_evidence_clear(&fit->evidence);
  *fit = (struct percuta_fit){.catalogue = fit->catalogue, .crew = fit->crew, .diag = fit->diag};
}

double percuta_study_fit_place(const struct percuta_fit_parameter *parameter, double value) {
  if (parameter->kind == PERCUTA_PRIOR_LOG)
    return log(value / parameter->prior) / log(parameter->high / parameter->low) * 4;
  const double half = parameter->kind == PERCUTA_PRIOR_DRAW ? 0.5 : 0;
  return gsl_cdf_ugaussian_Pinv((value + half - parameter->low) /
                                (parameter->high - parameter->low));
}

double percuta_study_fit_value(const struct percuta_fit_parameter *parameter, double z) {
  if (parameter->kind != PERCUTA_PRIOR_LOG) {
    const double share = gsl_cdf_ugaussian_P(z);
    const double value = parameter->low + share * (parameter->high - parameter->low);
    return parameter->kind == PERCUTA_PRIOR_DRAW ? fmin(floor(value), parameter->high - 1) : value;
  }
  return parameter->prior * exp(z * log(parameter->high / parameter->low) / 4);
}

/* Points at which all courses are followed. A run leaves a number for every row, 0 for those of
 * other courses, and whether it was lost. */
struct points {
  const struct percuta_fit *fit;
  const double *z;
};

/* What the rows of a course come to. */
static void read_off(const struct percuta_fit *fit, int course, const struct percuta_trial *trial,
                     double *out) {
  for (int r = 0; r < fit->rows; ++r) {
    const struct percuta_fit_row *row = &fit->row[r];
    if (row->course == course && row->predictor->of_course)
      out[r] = percuta_validate_row_in_unit(fit->scenario[course]->units, row->predictor,
                                            row->row->unit, row->predictor->of_course(trial));
  }
}

/* Predicts the rows of a course that are read off it, or says that it was lost. Within bounds,
 * values that leave no skin at rest are lost too, no mistakes of the list. */
static enum percuta_status follow_course(const struct percuta_fit *fit, int course,
                                         struct percuta_diag *diag, double *out) {
  struct percuta_trial trial;
  struct percuta_diag *own = NULL;
  if (fit->bounds > 0 && percuta_base_diag_create(&own) != 0)
    return PERCUTA_MEMORY;
  const enum percuta_status status =
      percuta_course_trial_run(fit->scenario[course], fit->crew, own ? own : diag, &trial);
  const bool lost = status == PERCUTA_NUMERICS || (own && status == PERCUTA_BAD_INPUT);
  out[fit->rows] = lost;
  if (status == PERCUTA_OK) {
    read_off(fit, course, &trial, out);
    percuta_course_trial_clear(&trial);
  }
  percuta_base_diag_destroy(&own);
  return lost ? PERCUTA_OK : status;
}

static enum percuta_status follow(void *context, int index, struct percuta_diag *diag,
                                  double *out) {
  const struct points *points = context;
  const struct percuta_fit *fit = points->fit;
  const int course = index % fit->courses;
  const double *z = points->z + (size_t)(index / fit->courses) * (size_t)fit->parameters;
  const struct percuta_scenario *scenario = fit->scenario[course];
  bool followed = false;
  PERCUTA_TRY(percuta_study_fit_beside_set(fit, z, scenario));
  for (int r = 0; r < fit->rows; ++r) {
    const struct percuta_fit_row *row = &fit->row[r];
    struct percuta_prediction found;
    followed = followed || (row->course == course && row->predictor->of_course);
    if (row->course != course || row->predictor->of_course)
      continue;
    const enum percuta_status status =
        percuta_validate_predictor_call(row->predictor, scenario, row->row->specimen, diag, &found);
    out[fit->rows] = status == PERCUTA_NUMERICS;
    if (status != PERCUTA_OK)
      return status == PERCUTA_NUMERICS ? PERCUTA_OK : status;
    out[r] =
        percuta_validate_row_in_unit(scenario->units, row->predictor, row->row->unit, found.value);
  }
  return followed ? follow_course(fit, course, diag, out) : PERCUTA_OK;
}

static void name_course(void *context, int index, char *out, size_t size) {
  const struct percuta_fit *fit = ((const struct points *)context)->fit;
  const int course = index % fit->courses;
  int r = 0;
  while (fit->row[r].course != course)
    ++r;
  snprintf(out, size, "course of %s", fit->row[r].row->id);
}

enum percuta_status percuta_study_fit_predict(const struct percuta_fit *fit, int count,
                                              const double *z, double *predicted, bool *lost) {
  struct points points = {.fit = fit, .z = z};
  const int width = fit->rows + 1;
  const struct percuta_deal deal = {.count = count * fit->courses,
                                    .width = width,
                                    .context = &points,
                                    .run = follow,
                                    .name = name_course};
  double *number = calloc((size_t)deal.count * (size_t)width, sizeof *number);
  enum percuta_status status =
      percuta_numerics_deal_agree(fit->crew, number ? PERCUTA_OK : PERCUTA_MEMORY);
  if (status == PERCUTA_OK)
    status = percuta_numerics_deal(fit->crew, &deal, fit->diag, number);
  for (int i = 0; i < count && status == PERCUTA_OK; ++i) {
    const double *of_point = number + (size_t)i * (size_t)fit->courses * (size_t)width;
    lost[i] = false;
    for (int c = 0; c < fit->courses; ++c)
      lost[i] = lost[i] || of_point[c * width + fit->rows] > 0;
    for (int r = 0; r < fit->rows; ++r)
      predicted[(size_t)i * (size_t)fit->rows + (size_t)r] =
          of_point[fit->row[r].course * width + r];
  }
  free(number);
  return status;
}

/* The scale on which a row's numbers are compared. */
static double scaled(const struct percuta_fit_row *row, double value) {
  if (strcmp(row->row->scale, "amount") == 0)
    return log(value);
  return strcmp(row->row->scale, "change") == 0 ? log1p(value / 100) : value;
}

/* (y - middle)/width on the row's scale: y = ln of an amount, ln(1 + p/100) of a change of p per
 * cent, else the number; `width` from the middle of the band to its end on that side. */
double percuta_study_fit_residual(const struct percuta_fit_row *row, double predicted) {
  bool amount = strcmp(row->row->scale, "amount") == 0;
  if (!isfinite(predicted) || (amount && !(predicted > 0)))
    return PERCUTA_STUDY_FIT_NOT_REACHED;
  double middle = scaled(row, row->band.centre), at = scaled(row, predicted);
  double end = scaled(row, at > middle ? row->band.high : row->band.low);
  if (!isfinite(end)) /* a bound: nothing to pay on its right side */
    return 0;
  double width = fabs(end - middle);
  if (amount || strcmp(row->row->scale, "change") == 0)
    width = fmax(width, log(1.5)); /* a band says what is a hit; how well a row is known is less */
  return (at - middle) / width;
}
