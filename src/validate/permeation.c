/* What comes through needled skin, of the compound that a row names. The donors' concentrations are
 * not in the abstracts: a flux through needled skin is predicted from that through intact skin of
 * the same study, and from how much more the model lets through with punctures than without.
 * Test: tests/unit/test_permeation_rows.c. */
#include <math.h>

#include "permeation/column.h"
#include "validate/predictor.h"
#include "validate/punctures.h"
#include "validate/specimen.h"

enum { OUTPUTS = 144 };

static const double STEADY[] = {20 * PERCUTA_DAY, 30 * PERCUTA_DAY}; /* long after any lag */
static const double WATCHED = PERCUTA_DAY;                           /* for the flux to rise */
static const double RISEN = 0.9; /* of the largest flux: how "steady" is read */

/* A piece of skin under what a row puts on it, held at a concentration of 1. */
struct piece {
  struct percuta_specimen specimen;
  struct percuta_skin skin;
  struct percuta_needled_model model;
  struct percuta_needled_bores bores;
  struct percuta_reseal reseal;
};

static enum percuta_status read_piece(const struct percuta_scenario *scenario, const char *text,
                                      struct percuta_diag *diag, struct piece *out) {
  enum percuta_status status = percuta_validate_specimen_read(text, scenario, diag, &out->specimen);
  const bool living = !out->specimen.conditions.excised;
  if (status == PERCUTA_OK)
    status = percuta_transport_needled_model_read(scenario, diag, &out->model);
  if (status == PERCUTA_OK)
    status = percuta_skin_read(scenario, diag, &out->skin);
  if (status == PERCUTA_OK)
    status = percuta_transport_reseal_read(scenario, &out->skin, diag, &out->reseal);
  const double *thickness = out->skin.thickness;
  if (status == PERCUTA_OK && !living &&
      !(out->specimen.whole >
        thickness[PERCUTA_STRATUM_CORNEUM] + thickness[PERCUTA_VIABLE_EPIDERMIS])) {
    percuta_base_diag_add(
        diag, &(struct percuta_mistake){.code = PERCUTA_CODE_DATA_FAULT,
                                        .place = {.file = "data/evidence"},
                                        .key = text,
                                        .what = "has no thickness that leaves a dermis"});
    status = PERCUTA_BAD_INPUT;
  }
  if (status == PERCUTA_OK)
    status = percuta_validate_punctures_bores(scenario, &out->skin, living, diag, &out->bores);
  return status;
}

/* The dermis is what stratum corneum and epidermis of this skin leave of the whole piece. */
static struct percuta_needled_case case_of(const struct piece *piece) {
  const struct percuta_specimen *specimen = &piece->specimen;
  const double *thickness = piece->skin.thickness;
  return (struct percuta_needled_case){.model = &piece->model,
                                       .skin = &piece->skin,
                                       .compound = &specimen->compound,
                                       .pH = specimen->conditions.pH,
                                       .hydration = specimen->conditions.hydration,
                                       .barrier = 1,
                                       .flow = 1,
                                       .excised = specimen->conditions.excised,
                                       .dermis = fmax(0, specimen->whole -
                                                             thickness[PERCUTA_STRATUM_CORNEUM] -
                                                             thickness[PERCUTA_VIABLE_EPIDERMIS])};
}

static enum percuta_status run(struct percuta_needled_domain *skin, const double *outputs,
                               int count, struct percuta_diag *diag,
                               struct percuta_permeation **out) {
  static const struct percuta_dose held = {.kind = PERCUTA_DOSE_FIXED, .concentration = 1};
  const struct percuta_resolution usual = {0};
  const char *wrong = "";
  skin->domain.doses = &held;
  skin->domain.dose_count = 1;
  skin->domain.outputs = outputs;
  skin->domain.output_count = count;
  const enum percuta_status status =
      percuta_permeation_column_run(&skin->domain, &usual, out, &wrong);
  if (status == PERCUTA_BAD_INPUT)
    percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_NOT_COVERED,
                                                          .place = {.file = "data/evidence"},
                                                          .key = "needled skin",
                                                          .what = wrong});
  return status;
}

/* [m/s] of the excised piece with its punctures, which do not close. */
static enum percuta_status needled_permeability(const struct piece *piece,
                                                struct percuta_diag *diag, double *out) {
  const struct percuta_needled_case what = case_of(piece);
  struct percuta_needled_domain skin;
  struct percuta_permeation *course = NULL;
  percuta_transport_needled_make(&what, &piece->bores, NULL, 0, 0, &skin);
  const enum percuta_status status = run(&skin, STEADY, 2, diag, &course);
  if (status == PERCUTA_OK)
    *out = (course->receptor[1] - course->receptor[0]) / (STEADY[1] - STEADY[0]);
  percuta_permeation_domain_course_destroy(&course);
  return status;
}

/* [m/s] of the piece without: the stratum corneum and the path beside it, then what is below. */
static double intact_permeability(const struct piece *piece) {
  const struct percuta_needled_case what = case_of(piece);
  struct percuta_needled_domain skin;
  percuta_transport_needled_make(&what, NULL, NULL, 0, 0, &skin);
  const double top =
      percuta_permeation_column_intact_permeability(skin.layer, 1) + skin.domain.bypass;
  const double below =
      percuta_permeation_column_intact_permeability(skin.layer + 1, skin.domain.layer_count - 1);
  return top * below / (top + below);
}

enum percuta_status
percuta_validate_permeation_needled_flux(const struct percuta_scenario *scenario, const char *text,
                                         struct percuta_diag *diag,
                                         struct percuta_prediction *out) {
  struct piece piece = {.bores = {0}};
  double needled = 0;
  enum percuta_status status = read_piece(scenario, text, diag, &piece);
  if (status == PERCUTA_OK)
    status = needled_permeability(&piece, diag, &needled);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){piece.specimen.flux * needled / intact_permeability(&piece),
                                       NAN, NAN};
  percuta_transport_needled_clear(&piece.bores);
  return status;
}

/* [s] at which the flux into blood first comes to RISEN of its largest; between outputs it is the
 * mean of its time, and linear from middle to middle. */
static double rise_time(const struct percuta_permeation *course) {
  double flux[OUTPUTS] = {0}, before = 0, most = 0;
  for (int at = 0; at < course->output_count; at++) {
    double blood = 0;
    for (int l = 0; l < course->layer_count; l++)
      blood += course->cleared[at * course->layer_count + l];
    flux[at] = blood - before;
    most = fmax(most, flux[at]);
    before = blood;
  }
  const double step = course->time[0], asked = RISEN * most;
  int at = 0;
  while (at + 1 < course->output_count && flux[at] < asked)
    at++;
  const double from = at > 0 ? flux[at - 1] : 0, middle = step * (at + 0.5);
  return flux[at] > from ? middle - step * (flux[at] - asked) / (flux[at] - from) : middle;
}

enum percuta_status percuta_validate_permeation_rise_time(const struct percuta_scenario *scenario,
                                                          const char *text,
                                                          struct percuta_diag *diag,
                                                          struct percuta_prediction *out) {
  struct piece piece = {.bores = {0}};
  struct percuta_permeation *course = NULL;
  double outputs[OUTPUTS];
  enum percuta_status status = read_piece(scenario, text, diag, &piece);
  const struct percuta_needled_case what = case_of(&piece);
  struct percuta_needled_domain skin;
  for (int at = 0; at < OUTPUTS; at++)
    outputs[at] = WATCHED * (at + 1) / OUTPUTS;
  if (status == PERCUTA_OK) {
    percuta_transport_needled_make(&what, &piece.bores, &piece.reseal, 0, WATCHED, &skin);
    status = run(&skin, outputs, OUTPUTS, diag, &course);
  }
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){rise_time(course), NAN, NAN};
  percuta_permeation_domain_course_destroy(&course);
  percuta_transport_needled_clear(&piece.bores);
  return status;
}
