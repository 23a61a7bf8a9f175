/* A draw replaces the values of the law, multiplies the moduli by its own over those used, and lets
 * them rise with its own power of the speed:
 *   E_k = E (E0_k/E0) (v/v0)^(n_k - n)
 * The file has a column a parameter, in the unit of its table, and a row a draw, a text of numbers;
 * all draws weigh the same. Theory: docs/theory/insertion.md. Test: tests/unit/test_insertion.c. */
#include "insertion/draws.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "catalogue/catalogue.h"

static const char FILE_NAME[] = "insertion/posterior.yaml";

enum { STIFFNESS, FILM, RATE, OF_THE_LAW }; /* order of the columns; the last ones go to the law */

static const char *const NAMES[PERCUTA_DRAWN] = {
    "skin.stiffness",          "skin.stiffness_film",
    "insertion.rate_exponent", "insertion.fracture_energy",
    "insertion.tip_crack",     "insertion.hardening",
    "insertion.friction",      "insertion.opening",
    "insertion.arc_share",     "insertion.open_depth",
    "insertion.open_width"};

int percuta_insertion_draws_column(const char *name) {
  for (int column = 0; column < PERCUTA_DRAWN; column++)
    if (strcmp(NAMES[column], name) == 0)
      return column;
  return -1;
}

static double *place_in(struct percuta_puncture_law *law, int column) {
  double *const place[PERCUTA_DRAWN - OF_THE_LAW] = {
      &law->fracture_energy, &law->tip_crack, &law->hardening,  &law->friction,
      &law->opening,         &law->arc_share, &law->open_depth, &law->open_width};
  return place[column - OF_THE_LAW];
}

/* Numbers of a row, in the units of the tables. */
static bool read_row(const char *text, double out[PERCUTA_DRAWN]) {
  for (int column = 0; column < PERCUTA_DRAWN; column++) {
    while (*text == ' ')
      text++;
    const size_t length = percuta_base_number_scan(text, &out[column]);
    if (length == 0)
      return false;
    text += length;
  }
  return *text == '\0';
}

/* Which parameter each column is, what the run uses for it, and its unit in SI. */
static bool read_columns(const struct percuta_yaml_node *names,
                         const struct percuta_parameters *parameters,
                         struct percuta_insertion_draws *draws) {
  const struct percuta_yaml_node *name = names ? names->child : NULL;
  for (int column = 0; column < PERCUTA_DRAWN; column++) {
    const struct percuta_parameter *parameter =
        percuta_base_parameters_find(parameters, NAMES[column]);
    if (!parameter || !name || !name->text || strcmp(name->text, NAMES[column]) != 0)
      return false;
    draws->what[column] = (struct percuta_drawn){
        .name = NAMES[column],
        .value = parameter->value_si,
        .one = parameter->value != 0 ? parameter->value_si / parameter->value : 1,
        .known = parameter->overridden};
    name = name->next;
  }
  return !name;
}

static bool read_draws(const struct percuta_yaml_node *rows,
                       struct percuta_insertion_draws *draws) {
  draws->count = 0;
  for (const struct percuta_yaml_node *row = rows ? rows->child : NULL; row; row = row->next) {
    double *value = draws->value[draws->count];
    if (draws->count == PERCUTA_DRAWS || !row->text || !read_row(row->text, value))
      return false;
    for (int column = 0; column < PERCUTA_DRAWN; column++)
      value[column] = draws->what[column].known ? draws->what[column].value
                                                : draws->what[column].one * value[column];
    draws->count++;
  }
  return draws->count > 0;
}

enum percuta_status percuta_insertion_draws_read(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_insertion_draws *out) {
  struct percuta_entry entry;
  const enum percuta_status status =
      percuta_catalogue_file(scenario->catalogue, FILE_NAME, diag, &entry);
  if (status != PERCUTA_OK)
    return status;
  if (read_columns(percuta_base_yaml_get(entry.root, "columns"), scenario->parameters, out) &&
      read_draws(percuta_base_yaml_get(entry.root, "draws"), out))
    return PERCUTA_OK;
  return percuta_catalogue_entry_mistake(&entry, NULL, "draws",
                                         "must be rows of a number for each of the drawn "
                                         "parameters, which `columns` names, and not too many");
}

enum percuta_status percuta_insertion_draws_put(const struct percuta_insertion_draws *draws,
                                                int index,
                                                const struct percuta_scenario *scenario) {
  for (int column = 0; column < PERCUTA_DRAWN; column++)
    PERCUTA_TRY(percuta_base_parameters_put(scenario->parameters, scenario->units,
                                            draws->what[column].name,
                                            draws->value[index][column] / draws->what[column].one));
  return PERCUTA_OK;
}

/* What draw number k makes of law and contact. */
static void change(const struct percuta_insertion_draws *draws, int k, double speed_ratio,
                   struct percuta_puncture_law *law, struct percuta_contact *contact) {
  const double *value = draws->value[k];
  const double power = value[RATE] - draws->what[RATE].value;
  const double faster = power != 0 ? pow(speed_ratio, power) : 1;
  contact->stiffness *= faster * value[STIFFNESS] / draws->what[STIFFNESS].value;
  contact->film *= faster * value[FILM] / draws->what[FILM].value;
  const double hardening = law->hardening;
  for (int column = OF_THE_LAW; column < PERCUTA_DRAWN; column++)
    *place_in(law, column) = value[column];
  if (law->hardening != hardening)
    percuta_insertion_crack_tabulate(law->hardening, &law->crack);
}

enum percuta_status percuta_insertion_draws_apply(const struct percuta_insertion_draws *draws,
                                                  const struct percuta_puncture_law *law,
                                                  const struct percuta_contact *contact,
                                                  double speed_ratio,
                                                  struct percuta_ensemble *out) {
  const size_t count = (size_t)draws->count;
  struct percuta_ensemble ensemble = {.count = draws->count,
                                      .law = malloc(count * sizeof *ensemble.law),
                                      .contact = malloc(count * sizeof *ensemble.contact)};
  if (!ensemble.law || !ensemble.contact) {
    percuta_insertion_draws_clear(&ensemble);
    return PERCUTA_MEMORY;
  }
  for (int k = 0; k < draws->count; k++) {
    ensemble.law[k] = *law;
    ensemble.contact[k] = *contact;
    change(draws, k, speed_ratio, &ensemble.law[k], &ensemble.contact[k]);
  }
  *out = ensemble;
  return PERCUTA_OK;
}

void percuta_insertion_draws_clear(struct percuta_ensemble *ensemble) {
  free(ensemble->law);
  free(ensemble->contact);
  *ensemble = (struct percuta_ensemble){0};
}
