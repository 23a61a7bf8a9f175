/* A device's properties from the catalogue. Tests: tests/unit/test_device.c. */
#include "input/preset.h"

#include <math.h>
#include <string.h>

static enum percuta_status read_whole(const struct percuta_entry *entry,
                                      const struct percuta_yaml_node *node, const char *key,
                                      int *out) {
  double value = 0;
  enum percuta_status status =
      percuta_catalogue_entry_quantity(entry, node, key, "value", "1", &value);
  if (status != PERCUTA_OK)
    return status;
  if (!(value >= 1) || value > 100000 || value != floor(value))
    return percuta_catalogue_entry_mistake(entry, node, key, "is not a whole number above 0");
  *out = (int)value;
  return PERCUTA_OK;
}

static enum percuta_status read_length(const struct percuta_entry *entry,
                                       const struct percuta_yaml_node *node, const char *key,
                                       double *out) {
  return percuta_catalogue_entry_quantity(entry, node, key, "value", "m", out);
}

static enum percuta_status read_roller(const struct percuta_entry *entry,
                                       const struct percuta_yaml_node *node,
                                       struct percuta_device *device) {
  enum percuta_status status = read_length(entry, node, "drum_diameter", &device->drum_diameter);
  if (status == PERCUTA_OK)
    status = read_length(entry, node, "drum_width", &device->drum_width);
  if (status == PERCUTA_OK)
    status = read_whole(entry, node, "rings", &device->rings);
  if (status == PERCUTA_OK)
    status = read_whole(entry, node, "needles_per_ring", &device->needles_per_ring);
  const char *staggered =
      percuta_base_yaml_text(percuta_base_yaml_get(node, "staggered"), "value", "false");
  device->staggered = strcmp(staggered, "true") == 0;
  return status;
}

static enum percuta_status read_head(const struct percuta_entry *entry,
                                     const struct percuta_yaml_node *node,
                                     struct percuta_device *device) {
  enum percuta_status status = read_whole(entry, node, "needles", &device->needles);
  if (status == PERCUTA_OK)
    status = read_length(entry, node, "head_diameter", &device->head_diameter);
  if (status == PERCUTA_OK)
    status = percuta_catalogue_entry_quantity(entry, node, "frequency", "value", "1/s",
                                              &device->frequency);
  return status;
}

static enum percuta_status read_array(const struct percuta_entry *entry,
                                      const struct percuta_yaml_node *node,
                                      struct percuta_device *device) {
  enum percuta_status status = read_whole(entry, node, "rows", &device->rows);
  if (status == PERCUTA_OK)
    status = read_whole(entry, node, "columns", &device->columns);
  return status == PERCUTA_OK ? read_length(entry, node, "pitch", &device->pitch) : status;
}

static enum percuta_status read_preset(const struct percuta_entry *entry,
                                       const struct percuta_yaml_node *node,
                                       struct percuta_device *device) {
  const char *kind = percuta_base_yaml_text(node, "kind", "");
  if (strcmp(kind, "roller") == 0)
    device->kind = PERCUTA_ROLLER;
  else if (strcmp(kind, "stamp") == 0)
    device->kind = PERCUTA_STAMP;
  else if (strcmp(kind, "pen") == 0)
    device->kind = PERCUTA_PEN;
  else if (strcmp(kind, "array") == 0)
    device->kind = PERCUTA_ARRAY;
  else
    return percuta_catalogue_entry_mistake(entry, node, "kind",
                                           "is neither roller, stamp, pen nor array");
  struct percuta_needle *needle = &device->needle;
  enum percuta_status status = read_length(entry, node, "needle_length", &needle->length);
  if (status == PERCUTA_OK)
    status = read_length(entry, node, "base_diameter", &needle->base_diameter);
  if (status == PERCUTA_OK)
    status = read_length(entry, node, "tip_radius", &needle->tip_radius);
  if (status == PERCUTA_OK)
    status = read_length(entry, node, "taper", &needle->taper);
  if (status != PERCUTA_OK)
    return status;
  if (device->kind == PERCUTA_ARRAY)
    return read_array(entry, node, device);
  return device->kind == PERCUTA_ROLLER ? read_roller(entry, node, device)
                                        : read_head(entry, node, device);
}

enum percuta_status percuta_input_preset_read(const struct percuta_catalogue *catalogue,
                                              const char *id, struct percuta_diag *diag,
                                              struct percuta_device *device,
                                              struct percuta_entry *out) {
  struct percuta_entry entry;
  struct percuta_device read = {.preset = device->preset};
  if (!percuta_catalogue_find(catalogue, PERCUTA_DEVICES, id, diag, &entry))
    return PERCUTA_BAD_INPUT;
  const enum percuta_status status = read_preset(&entry, entry.root, &read);
  if (status != PERCUTA_OK)
    return status;
  *device = read;
  *out = entry;
  return PERCUTA_OK;
}
