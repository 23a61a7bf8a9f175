/* Reads a list of parameters and rows: all that is wrong in it is told at once, with its place and
 * what was meant. Theory: docs/theory/calibration.md. Test: tests/verification/test_study.c. */
#include "study/fit_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "study/fit_beside.h"
#include "study/fit_wrong.h"

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

static bool is_listed(const struct percuta_fit *fit, const char *name) {
  for (int p = 0; p < fit->parameters; ++p)
    if (strcmp(fit->parameter[p].name, name) == 0)
      return true;
  return false;
}

/* All that is wrong is told; reading goes on. */
static void read_some(const char *path, const struct percuta_yaml_node *list,
                      struct percuta_fit *fit) {
  for (const struct percuta_yaml_node *node = list ? list->child : NULL; node; node = node->next) {
    struct percuta_fit_parameter *p = &fit->parameter[fit->parameters];
    snprintf(p->name, sizeof p->name, "%s", percuta_base_yaml_text(node, "name", ""));
    snprintf(p->unit, sizeof p->unit, "%s", percuta_base_yaml_text(node, "unit", "1"));
    percuta_study_fit_wrong_keys(fit->diag, path, node, "name unit prior low high spread");
    if (is_listed(fit, p->name))
      percuta_study_fit_wrong_tell(fit->diag, path, percuta_base_yaml_get(node, "name"),
                                   (struct percuta_mistake){.code = PERCUTA_CODE_DOUBLE_KEY,
                                                            .key = p->name,
                                                            .what = "is listed twice",
                                                            .allowed = "each parameter once"});
    ++fit->parameters;
    if (!read_range(node, p))
      percuta_study_fit_wrong_tell(
          fit->diag, path, node,
          (struct percuta_mistake){
              .code = PERCUTA_CODE_OUT_OF_RANGE,
              .key = p->name,
              .what = "needs numbers low, prior and high, above 0 and in this order; or "
                      "`spread: uniform` with low and high"});
  }
}

static void tell_empty(const struct percuta_fit *fit, const char *path,
                       const struct percuta_yaml_node *list, const char *key) {
  percuta_study_fit_wrong_tell(
      fit->diag, path, list,
      (struct percuta_mistake){.code = PERCUTA_CODE_EMPTY, .key = key, .what = "lists none"});
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
  read_some(path, list, fit);
  fit->emulated = fit->parameters;
  if (fit->emulated == 0)
    tell_empty(fit, path, list, "parameters");
  read_some(path, beside, fit);
  return PERCUTA_OK;
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
  struct percuta_diag *own = NULL; /* a scenario is not read beside mistakes told before */
  if (percuta_base_diag_create(&own) != 0)
    return PERCUTA_MEMORY;
  enum percuta_status status =
      percuta_validate_row_conditions(fit->catalogue, row->row, own, &fit->scenario[fit->courses]);
  for (size_t i = 0; i < percuta_base_diag_kept(own); ++i)
    percuta_base_diag_add(fit->diag, percuta_base_diag_at(own, i));
  percuta_base_diag_destroy(&own);
  if (status == PERCUTA_OK)
    fit->courses++;
  return status;
}

/* What keeps a row out of a fit; false: nothing does. */
static bool find_fault(const struct percuta_fit *fit, struct percuta_fit_row *row,
                       struct percuta_mistake *out) {
  out->key = row->row ? row->row->id : "rows";
  for (int i = 0; i < fit->rows; ++i)
    if (fit->row[i].row == row->row) {
      out->code = PERCUTA_CODE_DOUBLE_KEY;
      out->what = "is listed twice";
      out->allowed = "each row once, or it would count twice";
      return true;
    }
  if (!row->row) {
    out->code = PERCUTA_CODE_UNKNOWN_NAME;
    out->what = "is no row of this stage";
  } else if (strcmp(row->row->use, "calibration") != 0) {
    out->code = PERCUTA_CODE_NOT_A_CHOICE;
    out->what = "is no calibration row: it may only be compared";
  } else if (row->predictor = percuta_validate_predictor_find(row->row->predictor),
             !row->predictor) {
    out->code = PERCUTA_CODE_NOT_COVERED;
    out->what = "is not predicted";
  } else if (percuta_validate_band_read(row->row->value, row->row->spread, row->row->spread_kind,
                                        row->row->scale, &row->band) != PERCUTA_OK) {
    out->code = PERCUTA_CODE_DATA_FAULT;
    out->what = "has a value that cannot be read";
  } else {
    return false;
  }
  return true;
}

/* The rows that a fit of this stage may take. */
static void list_rows(const struct percuta_fit *fit, char *out, size_t size) {
  size_t length = (size_t)snprintf(out, size, "calibration rows:");
  for (size_t i = 0; i < fit->evidence.count; ++i) {
    const struct percuta_evidence_row *row = &fit->evidence.row[i];
    if (strcmp(row->use, "calibration") != 0 || !percuta_validate_predictor_find(row->predictor))
      continue;
    if (length + strlen(row->id) + 8 >= size) {
      snprintf(out + length, size - length, " …");
      return;
    }
    length += (size_t)snprintf(out + length, size - length, " %s", row->id);
  }
}

static enum percuta_status add_row(const char *path, const struct percuta_yaml_node *node,
                                   struct percuta_fit *fit) {
  struct percuta_fit_row row = {.row = NULL};
  struct percuta_mistake mistake = {.code = PERCUTA_CODE_UNKNOWN_NAME};
  char allowed[512];
  for (size_t i = 0; i < fit->evidence.count; ++i)
    if (strcmp(fit->evidence.row[i].id, node->text ? node->text : "") == 0)
      row.row = &fit->evidence.row[i];
  if (find_fault(fit, &row, &mistake)) {
    list_rows(fit, allowed, sizeof allowed);
    if (!mistake.allowed)
      mistake.allowed = allowed;
    percuta_study_fit_wrong_tell(fit->diag, path, node, mistake);
    return PERCUTA_OK;
  }
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
  if (status == PERCUTA_OK && count == 0)
    tell_empty(fit, path, list, "rows");
  return status;
}

/* Every parameter must be known, in the unit that the list says. */
static void check_names(const char *path, const struct percuta_yaml_node *list,
                        const struct percuta_fit *fit) {
  for (const struct percuta_yaml_node *node = list ? list->child : NULL; node; node = node->next) {
    const struct percuta_parameters *all = fit->scenario[0]->parameters;
    const char *name = percuta_base_yaml_text(node, "name", "");
    const char *unit = percuta_base_yaml_text(node, "unit", "1");
    const struct percuta_parameter *known = percuta_base_parameters_find(all, name);
    const struct percuta_yaml_node *at = percuta_base_yaml_get(node, known ? "unit" : "name");
    const char *near = known ? NULL : percuta_base_parameters_nearest(all, name);
    char hint[128];
    snprintf(hint, sizeof hint, "did you mean `%s`?", near ? near : "");
    if (!known)
      percuta_study_fit_wrong_tell(fit->diag, path, at ? at : node,
                                   (struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_NAME,
                                                            .key = name,
                                                            .what = "is no parameter",
                                                            .hint = near ? hint : NULL});
    else if (strcmp(known->unit, unit) != 0)
      percuta_study_fit_wrong_tell(
          fit->diag, path, at ? at : node,
          (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_DIMENSION,
                                   .key = name,
                                   .what = "is given in another unit than its data file",
                                   .given = unit,
                                   .allowed = known->unit});
  }
}

/* The stage, with what is allowed and what was meant. */
static void check_stage(const char *path, const struct percuta_yaml_node *root,
                        const struct percuta_fit *fit) {
  const struct percuta_yaml_node *node = percuta_base_yaml_get(root, "stage");
  const char *stage = percuta_base_yaml_text(root, "stage", "");
  const char *name[32];
  char allowed[256] = "", hint[64];
  size_t count = 0;
  if (percuta_validate_evidence_exists(fit->catalogue, stage))
    return;
  for (size_t i = 0; i < percuta_validate_stage_count() && count < 32; ++i) {
    if (!percuta_validate_evidence_exists(fit->catalogue, percuta_validate_stage_name(i)))
      continue;
    name[count] = percuta_validate_stage_name(i);
    const size_t length = strlen(allowed);
    snprintf(allowed + length, sizeof allowed - length, "%s%s", length ? ", " : "", name[count++]);
  }
  percuta_study_fit_wrong_nearest(stage, name, count, hint, sizeof hint);
  percuta_study_fit_wrong_tell(fit->diag, path, node ? node : root,
                               (struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_NAME,
                                                        .key = "stage",
                                                        .what = "has no published rows",
                                                        .allowed = allowed,
                                                        .hint = hint[0] ? hint : NULL});
}

enum percuta_status percuta_study_fit_list_read(const char *path,
                                                const struct percuta_yaml_node *root,
                                                struct percuta_fit *fit) {
  const size_t before = percuta_base_diag_count(fit->diag);
  const char *stage = percuta_base_yaml_text(root, "stage", "");
  percuta_study_fit_wrong_keys(fit->diag, path, root,
                               "stage core insertion parameters beside bounds rows");
  check_stage(path, root, fit);
  PERCUTA_TRY(read_parameters(path, root, fit));
  if (percuta_validate_evidence_exists(fit->catalogue, stage)) {
    PERCUTA_TRY(percuta_validate_evidence_read(fit->catalogue, stage, fit->diag, &fit->evidence));
    PERCUTA_TRY(read_rows(path, percuta_base_yaml_get(root, "rows"), fit));
  }
  if (fit->courses > 0) {
    check_names(path, percuta_base_yaml_get(root, "parameters"), fit);
    check_names(path, percuta_base_yaml_get(root, "beside"), fit);
  }
  if (percuta_base_diag_count(fit->diag) > before)
    return PERCUTA_BAD_INPUT;
  return percuta_study_fit_beside_read(path, root, fit);
}
