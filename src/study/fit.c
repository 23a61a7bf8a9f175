/* A list of parameters and rows, and what the rows come to. A parameter is prior exp(z
 * ln(high/low)/4), so that its range is two standard deviations of z to either side; or, where its
 * prior is uniform, low + (high - low) Phi(z).
 * Theory: docs/theory/calibration.md. Test: tests/verification/test_study.c. */
#include "study/fit.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/yaml.h"
#include "course/trial.h"
#include "study/fit_beside.h"
#include "study/fit_list.h"

/* A prediction that did not come about lies this many half bands away. */
const double PERCUTA_STUDY_FIT_NOT_REACHED = 3.0;
const double PERCUTA_STUDY_FIT_FINEST = 1.5;

enum percuta_status percuta_study_fit_read(const struct percuta_catalogue *catalogue,
                                           const char *path, const struct percuta_crew *crew,
                                           struct percuta_diag *diag, struct percuta_fit *out) {
  struct percuta_yaml_node *root = NULL;
  struct percuta_fit fit = {.catalogue = catalogue, .crew = crew, .diag = diag};
  enum percuta_status status =
      percuta_base_yaml_read(path, path, PERCUTA_BASE_YAML_LIMITS_SCENARIO, diag, &root);
  if (status == PERCUTA_OK)
    status = percuta_study_fit_list_read(path, root, &fit);
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
    width = fmax(width, log(PERCUTA_STUDY_FIT_FINEST)); /* a band says what is a hit; how well a row
                                                           is known is less */
  return (at - middle) / width;
}
