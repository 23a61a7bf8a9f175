/* list: the ids that a scenario can name, with what is known of each. */
#include <stdio.h>
#include <string.h>

#include "catalogue/listing.h"
#include "cli/commands.h"

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

enum percuta_status percuta_cli_list_command(const struct percuta_commands_line *line) {
  const char *what = line->argument[0];
  const enum percuta_kind kind = percuta_catalogue_kind_named(what);
  struct percuta_listing listing;
  if (kind == PERCUTA_KINDS) {
    fprintf(stderr,
            "percuta list: there is no list `%.60s`; sites, devices, conditions, compounds or "
            "products\n",
            what);
    return PERCUTA_BAD_INPUT;
  }
  const enum percuta_status status =
      percuta_catalogue_listing_make(line->catalogue, kind, &listing);
  if (status != PERCUTA_OK)
    return status;
  print_entries(&listing);
  percuta_catalogue_listing_clear(&listing);
  return PERCUTA_OK;
}
