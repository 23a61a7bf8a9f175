/* Every column of the atlas declares the one method by which it was measured; an entry of another
 * method is refused, so that methods that differ by a factor of 2 to 3 never mix.
 * Theory: docs/theory/skin.md. Test: tests/unit/test_skin.c. */
#include "skin/site.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "catalogue/catalogue.h"

/* The atlas at one site. */
struct place {
  struct percuta_entry entry;
  const struct percuta_yaml_node *columns, *site, *readings; /* readings may be NULL */
  enum percuta_sex sex;
};

static enum percuta_status open_place(const struct percuta_scenario *scenario,
                                      struct percuta_diag *diag, struct place *out) {
  struct place place = {.sex = scenario->person.sex};
  enum percuta_status status =
      percuta_catalogue_file(scenario->catalogue, "skin/atlas.yaml", diag, &place.entry);
  if (status != PERCUTA_OK)
    return status;
  const struct percuta_yaml_node *sites = percuta_base_yaml_get(place.entry.root, "sites");
  place.columns = percuta_base_yaml_get(place.entry.root, "columns");
  place.site = percuta_base_yaml_get(sites, scenario->site);
  place.readings =
      percuta_base_yaml_get(percuta_base_yaml_get(place.entry.root, "readings"), scenario->site);
  if (place.site) {
    *out = place;
    return PERCUTA_OK;
  }
  status = percuta_catalogue_entry_mistake(&place.entry, sites, scenario->site,
                                           "is not a site of the atlas");
  return status;
}

/* What is guessed needs no method; all else must be of its column's. */
static enum percuta_status check_method(const struct place *place, const char *column,
                                        const struct percuta_yaml_node *entry) {
  const struct percuta_yaml_node *declared = percuta_base_yaml_get(place->columns, column);
  const char *method = percuta_base_yaml_text(entry, "method", "");
  const char *wanted = percuta_base_yaml_text(declared, "method", "");
  bool guessed = strcmp(method, "none") == 0 &&
                 strcmp(percuta_base_yaml_text(entry, "status", ""), "assumed") == 0;
  if (*wanted != '\0' && (guessed || strcmp(method, wanted) == 0))
    return PERCUTA_OK;
  char what[256];
  snprintf(what, sizeof what, "has the method `%s`, its column `%s`", method, wanted);
  return percuta_catalogue_entry_mistake(&place->entry, entry, column, what);
}

/* One entry of a column: the value at `key` of `map`. */
static enum percuta_status read_entry(const struct place *place,
                                      const struct percuta_yaml_node *map, const char *column,
                                      const char *key, struct percuta_measure *out) {
  const struct percuta_yaml_node *entry = percuta_base_yaml_get(map, key);
  const char *dimension =
      percuta_base_yaml_text(percuta_base_yaml_get(place->columns, column), "dimension", "1");
  struct percuta_measure read = {0};
  if (!entry)
    return percuta_catalogue_entry_mistake(&place->entry, map, column,
                                           "has no entry for this site and sex");
  PERCUTA_TRY(check_method(place, column, entry));
  PERCUTA_TRY(
      percuta_catalogue_entry_quantity(&place->entry, map, key, "value", dimension, &read.mean));
  PERCUTA_TRY(percuta_catalogue_entry_quantity(&place->entry, map, key, "sd", dimension, &read.sd));
  if (!(read.mean > 0) || !(read.sd >= 0))
    return percuta_catalogue_entry_mistake(&place->entry, entry, key,
                                           "needs a value above 0 and an sd of 0 or more");
  *out = read;
  return PERCUTA_OK;
}

/* As many of one as of the other: the variance is that within each and that between them. */
static struct percuta_measure mean_of(struct percuta_measure a, struct percuta_measure b) {
  const double between = (a.mean - b.mean) / 2;
  return (struct percuta_measure){(a.mean + b.mean) / 2,
                                  sqrt((a.sd * a.sd + b.sd * b.sd) / 2 + between * between)};
}

/* Reads `column` of `map`, in which it is one entry or one for each sex (`by_sex`, may be NULL,
 * says whether); of neither sex alone, the mean of both. */
static enum percuta_status read_column(const struct place *place,
                                       const struct percuta_yaml_node *map, const char *column,
                                       bool *by_sex, struct percuta_measure *out) {
  const struct percuta_yaml_node *entry = percuta_base_yaml_get(map, column);
  const bool apart = percuta_base_yaml_get(entry, "female") || percuta_base_yaml_get(entry, "male");
  struct percuta_measure female = {0}, male = {0};
  if (by_sex)
    *by_sex = apart;
  if (!apart)
    return read_entry(place, map, column, column, out);
  if (place->sex != PERCUTA_MALE)
    PERCUTA_TRY(read_entry(place, entry, column, "female", &female));
  if (place->sex != PERCUTA_FEMALE)
    PERCUTA_TRY(read_entry(place, entry, column, "male", &male));
  *out = place->sex == PERCUTA_OTHER_SEX ? mean_of(female, male)
         : place->sex == PERCUTA_MALE    ? male
                                         : female;
  return PERCUTA_OK;
}

enum percuta_status percuta_skin_site_read(const struct percuta_scenario *scenario,
                                           struct percuta_diag *diag, struct percuta_site *out) {
  struct place place;
  struct percuta_site site = {0};
  struct percuta_measure loops = {0}, pressure = {0};
  enum percuta_status status = open_place(scenario, diag, &place);
  if (status != PERCUTA_OK)
    return status;
  const struct {
    const char *column;
    struct percuta_measure *out;
    bool *by_sex;
  } columns[] = {{"stratum_corneum", &site.stratum_corneum, NULL},
                 {"epidermis", &site.epidermis, &site.epidermis_by_sex},
                 {"dermis", &site.dermis, NULL},
                 {"hypodermis", &site.hypodermis, NULL},
                 {"closure_half_time", &site.closure_half_time, NULL},
                 {"loop_density_factor", &loops, NULL},
                 {"capillary_pressure_factor", &pressure, NULL}};
  for (size_t i = 0; i < sizeof columns / sizeof *columns && status == PERCUTA_OK; i++)
    status = read_column(&place, place.site, columns[i].column, columns[i].by_sex, columns[i].out);
  site.loop_density_factor = loops.mean;
  site.capillary_pressure_factor = pressure.mean;
  snprintf(site.name, sizeof site.name, "%s",
           percuta_base_yaml_text(place.site, "name", scenario->site));
  snprintf(site.region, sizeof site.region, "%s", percuta_base_yaml_text(place.site, "region", ""));
  if (status == PERCUTA_OK)
    *out = site;
  return status;
}

enum percuta_status percuta_skin_site_reading(const struct percuta_scenario *scenario,
                                              const char *quantity, const char *method,
                                              struct percuta_diag *diag,
                                              struct percuta_measure *out) {
  struct place place;
  enum percuta_status status = open_place(scenario, diag, &place);
  if (status != PERCUTA_OK)
    return status;
  const struct percuta_yaml_node *column = place.columns ? place.columns->child : NULL;
  while (column && (strcmp(percuta_base_yaml_text(column, "of", ""), quantity) != 0 ||
                    strcmp(percuta_base_yaml_text(column, "method", ""), method) != 0))
    column = column->next;
  if (column) {
    const struct percuta_yaml_node *map =
        percuta_base_yaml_get(place.site, column->key) ? place.site : place.readings;
    status = read_column(&place, map, column->key, NULL, out);
  } else {
    char what[256];
    snprintf(what, sizeof what, "has no column by the method `%s`", method);
    status = percuta_catalogue_entry_mistake(&place.entry, place.columns, quantity, what);
  }
  return status;
}
