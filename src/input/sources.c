/* Which entries of the catalogue a scenario rests on.
 * Test: tests/cli/run.sh, by what a run cites. */
#include "input/sources.h"

static enum percuta_status add_entry(const struct percuta_scenario *scenario,
                                     enum percuta_kind kind, const char *id,
                                     struct percuta_citations *citations) {
  struct percuta_entry entry;
  return percuta_catalogue_find(scenario->catalogue, kind, id, NULL, &entry)
             ? percuta_catalogue_citations_add_entry(citations, kind, &entry)
             : PERCUTA_OK;
}

enum percuta_status percuta_input_sources_add(const struct percuta_scenario *scenario,
                                              struct percuta_citations *citations) {
  enum percuta_status status =
      percuta_catalogue_citations_add_parameters(citations, scenario->parameters);
  if (status == PERCUTA_OK)
    status = add_entry(scenario, PERCUTA_SITES, scenario->site, citations);
  if (status == PERCUTA_OK)
    status = add_entry(scenario, PERCUTA_CONDITIONS, scenario->condition.kind, citations);
  if (status == PERCUTA_OK)
    status = add_entry(scenario, PERCUTA_DEVICES, scenario->device.preset, citations);
  for (int i = 0; i < scenario->files.count && status == PERCUTA_OK; i++) {
    const struct percuta_scenario_file *file = &scenario->files.file[i];
    status = file->own ? percuta_catalogue_citations_add_tree(citations, file->root)
                       : add_entry(scenario, file->kind, file->id, citations);
  }
  return status;
}
