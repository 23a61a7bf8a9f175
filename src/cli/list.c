/* list: the ids that a scenario can name, with what is known of each, and the outcomes of a run.
 * Tested by tests/cli/usage.sh. */
#include <stdio.h>
#include <string.h>

#include "catalogue/listing.h"
#include "cli/commands.h"
#include "outcome/outcomes.h"
#include "outcome/rates.h"

static void print_entries(const struct percuta_listing *listing) {
  int id_width = 0, name_width = 0;
  for (size_t i = 0; i < listing->count; i++) {
    const int id = (int)strlen(listing->entry[i].id), name = (int)strlen(listing->entry[i].name);
    id_width = id > id_width ? id : id_width;
    name_width = name > name_width ? name : name_width;
  }
  for (size_t i = 0; i < listing->count; i++)
    printf("%-*s  %-*s  %s\n", id_width, listing->entry[i].id, name_width, listing->entry[i].name,
           listing->entry[i].detail);
}

enum percuta_status percuta_cli_list_of(const struct percuta_catalogue *catalogue,
                                        enum percuta_kind kind) {
  struct percuta_listing listing;
  PERCUTA_TRY(percuta_catalogue_listing_make(catalogue, kind, &listing));
  print_entries(&listing);
  percuta_catalogue_listing_clear(&listing);
  return PERCUTA_OK;
}

/* After the outcomes of a run, what is looked up by condition. */
static void print_rates(const struct percuta_catalogue *catalogue) {
  struct percuta_rate rate;
  printf("\nPublished rates, by condition; looked up, never simulated:\n");
  for (size_t i = 0; percuta_outcome_rates_at(catalogue, NULL, i, &rate); ++i)
    printf("%-14s  %-25s  %-10s  published-rate, %d %s, %s: %s\n", rate.condition, rate.endpoint,
           rate.unit, rate.studies, rate.studies == 1 ? "study" : "studies", rate.group,
           rate.meaning);
}

enum percuta_status percuta_cli_list_command(const struct percuta_commands_line *line) {
  const char *what = line->argument[0];
  const enum percuta_kind kind = percuta_catalogue_kind_named(what);
  const bool outcomes = strcmp(what, "outcomes") == 0;
  struct percuta_listing listing;
  if (kind == PERCUTA_KINDS && !outcomes) {
    fprintf(stderr,
            "percuta list: there is no list `%.60s`; sites, devices, conditions, compounds, "
            "products or outcomes\n",
            what);
    return PERCUTA_BAD_INPUT;
  }
  if (!outcomes)
    return percuta_cli_list_of(line->catalogue, kind);
  PERCUTA_TRY(percuta_outcome_outcomes_list(&listing));
  print_entries(&listing);
  percuta_catalogue_listing_clear(&listing);
  print_rates(line->catalogue);
  return PERCUTA_OK;
}
