#include "device/device.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "catalogue/atlas.h"
#include "catalogue/listing.h"

static const double PI = 3.14159265358979323846;

/* Ids are file names at most, never paths. */
static bool is_plain_id(const char *id) {
  for (const char *c = id; *c; c++)
    if (!isalnum((unsigned char)*c) && *c != '-' && *c != '.' && *c != '_')
      return false;
  return id[0] != '\0' && id[0] != '.';
}

static enum percuta_status read_whole(const struct percuta_atlas *atlas,
                                      const struct percuta_yaml_node *node, const char *key,
                                      int *out) {
  double value = 0;
  enum percuta_status status =
      percuta_catalogue_atlas_quantity(atlas, node, key, "value", "1", &value);
  if (status != PERCUTA_OK)
    return status;
  if (!(value >= 1) || value > 100000 || value != floor(value))
    return percuta_catalogue_atlas_mistake(atlas, node, key, "is not a whole number above 0");
  *out = (int)value;
  return PERCUTA_OK;
}

static enum percuta_status read_length(const struct percuta_atlas *atlas,
                                       const struct percuta_yaml_node *node, const char *key,
                                       double *out) {
  return percuta_catalogue_atlas_quantity(atlas, node, key, "value", "m", out);
}

static enum percuta_status read_roller(const struct percuta_atlas *atlas,
                                       const struct percuta_yaml_node *node,
                                       struct percuta_device *device) {
  enum percuta_status status = read_length(atlas, node, "drum_diameter", &device->drum_diameter);
  if (status == PERCUTA_OK)
    status = read_length(atlas, node, "drum_width", &device->drum_width);
  if (status == PERCUTA_OK)
    status = read_whole(atlas, node, "rings", &device->rings);
  if (status == PERCUTA_OK)
    status = read_whole(atlas, node, "needles_per_ring", &device->needles_per_ring);
  const char *staggered =
      percuta_base_yaml_text(percuta_base_yaml_get(node, "staggered"), "value", "false");
  device->staggered = strcmp(staggered, "true") == 0;
  return status;
}

static enum percuta_status read_head(const struct percuta_atlas *atlas,
                                     const struct percuta_yaml_node *node,
                                     struct percuta_device *device) {
  enum percuta_status status = read_whole(atlas, node, "needles", &device->needles);
  if (status == PERCUTA_OK)
    status = read_length(atlas, node, "head_diameter", &device->head_diameter);
  if (status == PERCUTA_OK)
    status = percuta_catalogue_atlas_quantity(atlas, node, "frequency", "value", "1/s",
                                              &device->frequency);
  return status;
}

static enum percuta_status read_preset(const struct percuta_atlas *atlas,
                                       const struct percuta_yaml_node *node,
                                       struct percuta_device *device) {
  const char *kind = percuta_base_yaml_text(node, "kind", "");
  if (strcmp(kind, "roller") == 0)
    device->kind = PERCUTA_ROLLER;
  else if (strcmp(kind, "stamp") == 0)
    device->kind = PERCUTA_STAMP;
  else if (strcmp(kind, "pen") == 0)
    device->kind = PERCUTA_PEN;
  else
    return percuta_catalogue_atlas_mistake(atlas, node, "kind", "is neither roller, stamp nor pen");
  struct percuta_needle *needle = &device->needle;
  enum percuta_status status = read_length(atlas, node, "needle_length", &needle->length);
  if (status == PERCUTA_OK)
    status = read_length(atlas, node, "base_diameter", &needle->base_diameter);
  if (status == PERCUTA_OK)
    status = read_length(atlas, node, "tip_radius", &needle->tip_radius);
  if (status == PERCUTA_OK)
    status = read_length(atlas, node, "taper", &needle->taper);
  if (status != PERCUTA_OK)
    return status;
  return device->kind == PERCUTA_ROLLER ? read_roller(atlas, node, device)
                                        : read_head(atlas, node, device);
}

/* Opens the file that may hold `preset` and finds its entry; NULL when there is none. */
static enum percuta_status find_preset(const struct percuta_units *units, const char *preset,
                                       struct percuta_diag *diag, struct percuta_atlas *atlas,
                                       const struct percuta_yaml_node **node) {
  char own[192];
  snprintf(own, sizeof own, "devices/%.160s.yaml", preset);
  bool has_own = strcmp(preset, "presets") != 0 && percuta_catalogue_atlas_exists(own);
  enum percuta_status status =
      percuta_catalogue_atlas_open(has_own ? own : "devices/presets.yaml", units, diag, atlas);
  if (status != PERCUTA_OK)
    return status;
  *node = has_own ? atlas->root
                  : percuta_base_yaml_get(percuta_base_yaml_get(atlas->root, "presets"), preset);
  return PERCUTA_OK;
}

enum percuta_status percuta_device_load(const struct percuta_units *units, const char *preset,
                                        struct percuta_device *device, char *source,
                                        size_t source_size) {
  if (!is_plain_id(preset))
    return PERCUTA_BAD_INPUT;
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag))
    return PERCUTA_MEMORY;
  struct percuta_atlas atlas;
  const struct percuta_yaml_node *node = NULL;
  enum percuta_status status = find_preset(units, preset, diag, &atlas, &node);
  if (status == PERCUTA_OK) {
    struct percuta_device read = {.preset = device->preset};
    status = node ? read_preset(&atlas, node, &read) : PERCUTA_BAD_INPUT;
    if (status == PERCUTA_OK) {
      *device = read;
      snprintf(source, source_size, "%s", percuta_base_yaml_text(node, "source", "assumed"));
    }
    percuta_catalogue_atlas_close(&atlas);
  }
  percuta_base_diag_destroy(&diag);
  return status;
}

enum percuta_status percuta_device_list(struct percuta_list_entry **out, size_t *count) {
  return percuta_catalogue_listing_read("devices/presets.yaml", "presets", out, count);
}

int percuta_device_needle_count(const struct percuta_device *device) {
  return device->kind == PERCUTA_ROLLER ? device->rings * device->needles_per_ring
                                        : device->needles;
}

double percuta_device_strike_density(const struct percuta_device *device, double speed,
                                     double slip) {
  double needles = percuta_device_needle_count(device);
  double head = device->head_diameter;
  switch (device->kind) {
  case PERCUTA_ROLLER:
    return needles / (PI * device->drum_diameter * device->drum_width * (1 + slip));
  case PERCUTA_PEN:
    return needles * device->frequency / (speed * head);
  case PERCUTA_STAMP:
    break;
  }
  return needles / (PI * head * head / 4);
}

struct percuta_needle percuta_device_worn_needle(const struct percuta_device *device) {
  struct percuta_needle needle = device->needle;
  if (!(needle.wear > 0))
    return needle;
  double lost = needle.wear * needle.taper / (needle.base_diameter / 2 - needle.tip_radius);
  needle.length -= lost;
  needle.taper -= lost;
  needle.tip_radius += needle.wear;
  needle.wear = 0;
  return needle;
}

bool percuta_device_is_bent(const struct percuta_device *device, uint64_t seed, int needle,
                            double *along, double *across) {
  if (!(device->needle.bent_share > 0))
    return false;
  struct percuta_random_key key = {.seed = seed, .purpose = PERCUTA_RANDOM_NEEDLE};
  double uniform[4];
  percuta_base_random_uniform4(key, (uint32_t)needle, 0, uniform);
  if (uniform[0] >= device->needle.bent_share)
    return false;
  double aside = percuta_device_worn_needle(device).length * sin(device->needle.bend_angle);
  *along = aside * cos(2 * PI * uniform[1]);
  *across = aside * sin(2 * PI * uniform[1]);
  return true;
}

double percuta_device_needle_speed(const struct percuta_device *device,
                                   const struct percuta_session *session) {
  double length = percuta_device_worn_needle(device).length;
  double radius = device->drum_diameter / 2;
  switch (device->kind) {
  case PERCUTA_ROLLER: /* turning rate times the height of the tip's circle over the contact */
    return session->speed / ((1 + session->slip) * radius) * sqrt(length * (2 * radius + length));
  case PERCUTA_PEN:
    return PI * device->frequency * length;
  case PERCUTA_STAMP:
    break;
  }
  return session->speed;
}
