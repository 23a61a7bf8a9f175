/* Percuta's data, and all that can be named or asked for, as the library shows them. Tests:
 * tests/library/test_library.c. */
#include "catalogue/catalogue.h"
#include "input/keys.h"
#include "library/library.h"
#include "outcome/outcomes.h"

enum percuta_status percuta_open(const char *data, struct percuta_mistakes **mistakes,
                                 struct percuta_catalogue **out) {
  struct percuta_diag *diag = NULL;
  *out = NULL;
  if (mistakes != NULL)
    *mistakes = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  return percuta_library_tell(percuta_catalogue_open(data, diag, out), &diag, mistakes);
}

void percuta_close(struct percuta_catalogue **catalogue) {
  percuta_catalogue_close(catalogue);
}

static bool key_at(size_t index, struct percuta_registry_entry *out) {
  if (index >= PERCUTA_KEYS_COUNT)
    return false;
  const struct percuta_key *key = percuta_input_keys_at(index);
  *out = (struct percuta_registry_entry){key->path, key->unit, key->meaning};
  return true;
}

static bool column_at(size_t index, struct percuta_registry_entry *out) {
  static const struct percuta_registry_entry columns[] = {
#define PERCUTA_COLUMN_ENTRY(name, part, unit, text) {#name, unit, text},
      PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_ENTRY)
#undef PERCUTA_COLUMN_ENTRY
  };
  if (index >= sizeof columns / sizeof *columns)
    return false;
  *out = columns[index];
  return true;
}

static bool field_at(size_t index, struct percuta_registry_entry *out) {
  if (index >= PERCUTA_FIELD_COUNT)
    return false;
  const struct percuta_field_info *field = &percuta_healing_layout_field[index];
  *out = (struct percuta_registry_entry){field->name, field->unit, field->text};
  return true;
}

static bool outcome_at(size_t index, struct percuta_registry_entry *out) {
  if (index >= PERCUTA_OUTCOME_COUNT)
    return false;
  const struct percuta_outcome *outcome =
      percuta_outcome_outcomes_at((enum percuta_outcome_id)index);
  *out = (struct percuta_registry_entry){outcome->name, outcome->unit, outcome->text};
  return true;
}

static bool parameter_at(const struct percuta_catalogue *catalogue, size_t index,
                         struct percuta_registry_entry *out) {
  const struct percuta_parameters *set = percuta_catalogue_parameters(catalogue);
  if (index >= percuta_base_parameters_count(set))
    return false;
  const struct percuta_parameter *parameter = percuta_base_parameters_at(set, index);
  *out = (struct percuta_registry_entry){parameter->name, parameter->unit, parameter->meaning};
  return true;
}

static bool entry_at(const struct percuta_catalogue *catalogue, enum percuta_kind kind,
                     size_t index, struct percuta_registry_entry *out) {
  struct percuta_entry entry;
  const char *id = NULL;
  if (!percuta_catalogue_at(catalogue, kind, index, &id, &entry))
    return false;
  *out = (struct percuta_registry_entry){id, "", percuta_base_yaml_text(entry.root, "name", id)};
  return true;
}

static bool look_up(const struct percuta_catalogue *catalogue, enum percuta_registry registry,
                    size_t index, struct percuta_registry_entry *out) {
  switch (registry) {
  case PERCUTA_REGISTRY_KEYS:
    return key_at(index, out);
  case PERCUTA_REGISTRY_COLUMNS:
    return column_at(index, out);
  case PERCUTA_REGISTRY_FIELDS:
    return field_at(index, out);
  case PERCUTA_REGISTRY_OUTCOMES:
    return outcome_at(index, out);
  case PERCUTA_REGISTRY_PARAMETERS:
    return parameter_at(catalogue, index, out);
  case PERCUTA_REGISTRY_SITES:
    return entry_at(catalogue, PERCUTA_SITES, index, out);
  case PERCUTA_REGISTRY_CONDITIONS:
    return entry_at(catalogue, PERCUTA_CONDITIONS, index, out);
  case PERCUTA_REGISTRY_DEVICES:
    return entry_at(catalogue, PERCUTA_DEVICES, index, out);
  case PERCUTA_REGISTRY_PRODUCTS:
    return entry_at(catalogue, PERCUTA_PRODUCTS, index, out);
  case PERCUTA_REGISTRY_COMPOUNDS:
    return entry_at(catalogue, PERCUTA_COMPOUNDS, index, out);
  }
  return false;
}

enum percuta_status percuta_registry_at(const struct percuta_catalogue *catalogue,
                                        enum percuta_registry registry, size_t index,
                                        struct percuta_registry_entry *out) {
  return look_up(catalogue, registry, index, out) ? PERCUTA_OK : PERCUTA_BAD_INPUT;
}
