#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "device/device.h"
#include "outcome/outcomes.h"
#include "skin/skin.h"
#include "substance/product.h"

static void print_entries(const struct percuta_list_entry *entries, size_t count) {
  int id_width = 0, name_width = 0;
  for (size_t i = 0; i < count; i++) {
    const int id = (int)strlen(entries[i].id), name = (int)strlen(entries[i].name);
    id_width = id > id_width ? id : id_width;
    name_width = name > name_width ? name : name_width;
  }
  for (size_t i = 0; i < count; i++)
    printf("%-*s  %-*s  %s\n", id_width, entries[i].id, name_width, entries[i].name,
           entries[i].detail);
}

typedef enum percuta_status list_fn(struct percuta_list_entry **out, size_t *count);

enum percuta_status percuta_cli_list_command(const struct percuta_commands_line *line) {
  static const struct {
    const char *name;
    list_fn *read;
  } lists[] = {
      {"sites", percuta_skin_list_sites},           {"devices", percuta_device_list},
      {"conditions", percuta_skin_list_conditions}, {"compounds", percuta_substance_compound_list},
      {"products", percuta_substance_product_list}, {"outcomes", percuta_outcome_outcomes_list}};
  const char *what = line->argument[0];
  struct percuta_list_entry *entries = NULL;
  size_t count = 0, i = 0;
  while (i < sizeof lists / sizeof *lists && strcmp(lists[i].name, what) != 0)
    i++;
  if (i == sizeof lists / sizeof *lists) {
    fprintf(stderr,
            "percuta list: there is no list `%.60s`; sites, devices, conditions, compounds, "
            "products or outcomes\n",
            what);
    return PERCUTA_BAD_INPUT;
  }
  const enum percuta_status status = lists[i].read(&entries, &count);
  if (status == PERCUTA_OK)
    print_entries(entries, count);
  else
    fprintf(stderr, "percuta list: Percuta's data could not be read: %s\n",
            percuta_base_status_text(status));
  percuta_skin_free_list(&entries);
  return status;
}
