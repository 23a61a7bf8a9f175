/* A set is a list of parameters with an index by name; an overlay borrows the list of another set
 * and keeps only what differs from it. Tests: tests/unit/test_parameters.c. */
#include "base/parameters.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

enum { NAME_BYTES = 200 };

/* What an overlay has in place of an entry of its base: all texts but the origin are the base's. */
struct change {
  struct percuta_parameter parameter;
  char *origin; /* owned; NULL: the base's */
};

struct percuta_parameters {
  const struct percuta_parameters *base; /* borrowed; NULL: a set of its own */
  /* of a set of its own */
  struct percuta_parameter **entry; /* owned, each; in the order in which they were added */
  size_t *by_name;                  /* owned; places of the entries, sorted by name */
  size_t count, room;
  /* of an overlay: one for each entry of the base */
  struct change **change; /* owned, each; NULL: as in the base */
};

enum percuta_status percuta_base_parameters_create(struct percuta_parameters **out) {
  struct percuta_parameters *set = calloc(1, sizeof *set);
  if (set == NULL)
    return PERCUTA_MEMORY;
  *out = set;
  return PERCUTA_OK;
}

enum percuta_status percuta_base_parameters_overlay(const struct percuta_parameters *base,
                                                    struct percuta_parameters **out) {
  struct percuta_parameters *set = calloc(1, sizeof *set);
  if (set != NULL) {
    set->base = base;
    set->count = base->count;
    set->change = calloc(base->count + 1, sizeof *set->change);
  }
  if (set == NULL || set->change == NULL) {
    free(set);
    return PERCUTA_MEMORY;
  }
  *out = set;
  return PERCUTA_OK;
}

/* Frees a text that the set owns; the public struct shows it as const. */
static void free_text(const char *text) {
  free((void *)(uintptr_t)text);
}

static void destroy_entry(struct percuta_parameter *entry) {
  if (entry == NULL)
    return;
  free_text(entry->name);
  free_text(entry->unit);
  free_text(entry->source);
  free_text(entry->population);
  free_text(entry->meaning);
  free_text(entry->origin);
  free(entry);
}

void percuta_base_parameters_destroy(struct percuta_parameters **set) {
  struct percuta_parameters *old = set ? *set : NULL;
  if (old == NULL)
    return;
  for (size_t i = 0; i < old->count; i++) {
    if (old->base == NULL) {
      destroy_entry(old->entry[i]);
    } else if (old->change[i] != NULL) {
      free(old->change[i]->origin);
      free(old->change[i]);
    }
  }
  free(old->entry);
  free(old->by_name);
  free(old->change);
  free(old);
  *set = NULL;
}

/* Where `name` stands, or would stand, in by_name. */
static size_t place_of(const struct percuta_parameters *set, const char *name, bool *found) {
  size_t low = 0, high = set->count;
  *found = false;
  while (low < high && !*found) {
    const size_t middle = low + (high - low) / 2;
    const int order = strcmp(name, set->entry[set->by_name[middle]]->name);
    if (order == 0) {
      *found = true;
      return middle;
    }
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

/* The index of `name`, or the count when there is no such parameter. */
static size_t index_of(const struct percuta_parameters *set, const char *name) {
  const struct percuta_parameters *own = set->base ? set->base : set;
  bool found = false;
  const size_t place = place_of(own, name, &found);
  return found ? own->by_name[place] : set->count;
}

static bool grow(struct percuta_parameters *set) {
  if (set->count < set->room)
    return true;
  const size_t room = set->room > 0 ? 2 * set->room : 64;
  struct percuta_parameter **entry = realloc(set->entry, room * sizeof *entry);
  if (entry != NULL)
    set->entry = entry;
  size_t *by_name = realloc(set->by_name, room * sizeof *by_name);
  if (by_name != NULL)
    set->by_name = by_name;
  if (entry == NULL || by_name == NULL)
    return false;
  set->room = room;
  return true;
}

static struct percuta_parameter *copy_entry(const struct percuta_parameter *from) {
  struct percuta_parameter *entry = malloc(sizeof *entry);
  if (entry == NULL)
    return NULL;
  *entry = *from;
  entry->name = strdup(from->name);
  entry->unit = strdup(from->unit);
  entry->source = strdup(from->source);
  entry->population = strdup(from->population);
  entry->meaning = strdup(from->meaning);
  entry->origin = strdup(from->origin);
  if (entry->name && entry->unit && entry->source && entry->population && entry->meaning &&
      entry->origin)
    return entry;
  destroy_entry(entry);
  return NULL;
}

enum percuta_status percuta_base_parameters_append(struct percuta_parameters *set,
                                                   const struct percuta_parameter *parameter) {
  bool found = set->base != NULL;
  const size_t place = found ? 0 : place_of(set, parameter->name, &found);
  if (found)
    return PERCUTA_BAD_INPUT;
  struct percuta_parameter *entry = grow(set) ? copy_entry(parameter) : NULL;
  if (entry == NULL)
    return PERCUTA_MEMORY;
  for (size_t i = set->count; i > place; i--)
    set->by_name[i] = set->by_name[i - 1];
  set->by_name[place] = set->count;
  set->entry[set->count++] = entry;
  return PERCUTA_OK;
}

void percuta_base_parameters_truncate(struct percuta_parameters *set, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < set->count; i++)
    if (set->by_name[i] < count)
      set->by_name[kept++] = set->by_name[i];
  while (set->count > count)
    destroy_entry(set->entry[--set->count]);
}

static const char *const STATUS[PERCUTA_PARAMETER_STATUS_COUNT] = {
    [PERCUTA_PARAMETER_CITED] = "cited",
    [PERCUTA_PARAMETER_DERIVED] = "derived",
    [PERCUTA_PARAMETER_CALIBRATED] = "calibrated",
    [PERCUTA_PARAMETER_TO_BE_CHECKED] = "to-be-checked",
    [PERCUTA_PARAMETER_ASSUMED] = "assumed",
};

const char *percuta_base_parameters_status(enum percuta_parameter_status status) {
  return STATUS[status];
}

/* What an overlay holds in place of entry `index` of its base, or of a set of its own the entry
 * itself; NULL when out of memory. */
static struct percuta_parameter *to_change(struct percuta_parameters *set, size_t index) {
  if (set->base == NULL)
    return set->entry[index];
  if (set->change[index] == NULL) {
    set->change[index] = calloc(1, sizeof(struct change));
    if (set->change[index] != NULL)
      set->change[index]->parameter = *set->base->entry[index];
  }
  return set->change[index] ? &set->change[index]->parameter : NULL;
}

/* Takes `origin` over. */
static void set_origin(struct percuta_parameters *set, size_t index, char *origin) {
  if (set->base != NULL) {
    free(set->change[index]->origin);
    set->change[index]->origin = origin;
    set->change[index]->parameter.origin = origin;
  } else {
    free_text(set->entry[index]->origin);
    set->entry[index]->origin = origin;
  }
}

const char *percuta_base_parameters_nearest(const struct percuta_parameters *set,
                                            const char *name) {
  const char *best = NULL;
  int limit = INT_MAX;
  for (size_t i = 0; i < percuta_base_parameters_count(set); i++) {
    const int distance =
        percuta_base_nearest_distance(name, percuta_base_parameters_at(set, i)->name);
    if (distance >= 0 && distance < limit) {
      limit = distance;
      best = percuta_base_parameters_at(set, i)->name;
    }
  }
  return best;
}

enum percuta_status percuta_base_parameters_override(struct percuta_parameters *set,
                                                     const struct percuta_units *units,
                                                     const char *name, const char *text,
                                                     const char *origin,
                                                     struct percuta_units_mistake *why) {
  const struct percuta_parameter *known = percuta_base_parameters_find(set, name);
  double value_si = 0, zero = 0, one = 0;
  if (known == NULL) {
    const char *near = percuta_base_parameters_nearest(set, name);
    why->code = PERCUTA_CODE_UNKNOWN_NAME;
    snprintf(why->what, sizeof why->what, "there is no such parameter%s%s%s",
             near ? "; did you mean `" : "", near ? near : "", near ? "`?" : "");
    return PERCUTA_BAD_INPUT;
  }
  enum percuta_status status = percuta_base_units_parse(units, text, known->unit, &value_si, why);
  if (status == PERCUTA_OK)
    status = percuta_base_units_to_si(units, 0, known->unit, &zero);
  if (status == PERCUTA_OK)
    status = percuta_base_units_to_si(units, 1, known->unit, &one);
  if (status != PERCUTA_OK)
    return status;
  const size_t index = index_of(set, name);
  char *copy = strdup(origin);
  struct percuta_parameter *entry = copy ? to_change(set, index) : NULL;
  if (entry == NULL) {
    free(copy);
    return PERCUTA_MEMORY;
  }
  set_origin(set, index, copy);
  entry->value_si = value_si;
  entry->value = (value_si - zero) / (one - zero);
  entry->overridden = true;
  return PERCUTA_OK;
}

enum percuta_status percuta_base_parameters_put(struct percuta_parameters *set,
                                                const struct percuta_units *units, const char *name,
                                                double value) {
  const struct percuta_parameter *known = percuta_base_parameters_find(set, name);
  double value_si = 0;
  if (known == NULL)
    return PERCUTA_BAD_INPUT;
  enum percuta_status status = percuta_base_units_to_si(units, value, known->unit, &value_si);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_parameter *entry = to_change(set, index_of(set, name));
  if (entry == NULL)
    return PERCUTA_MEMORY;
  entry->value = value;
  entry->value_si = value_si;
  return PERCUTA_OK;
}

size_t percuta_base_parameters_count(const struct percuta_parameters *set) {
  return set->count;
}

const struct percuta_parameter *percuta_base_parameters_at(const struct percuta_parameters *set,
                                                           size_t index) {
  if (set->base == NULL)
    return set->entry[index];
  return set->change[index] ? &set->change[index]->parameter : set->base->entry[index];
}

const struct percuta_parameter *percuta_base_parameters_find(const struct percuta_parameters *set,
                                                             const char *name) {
  const size_t index = index_of(set, name);
  return index < set->count ? percuta_base_parameters_at(set, index) : NULL;
}

enum percuta_status percuta_base_parameters_fill(const struct percuta_parameters *set,
                                                 const struct percuta_parameter_slot *slots,
                                                 size_t count, struct percuta_diag *diag) {
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; i < count; i++) {
    if (percuta_base_parameters_find(set, slots[i].name) != NULL)
      continue;
    percuta_base_diag_add(diag,
                          &(struct percuta_mistake){
                              .code = PERCUTA_CODE_DATA_FAULT,
                              .key = slots[i].name,
                              .what = "the model needs this parameter, which no data file has"});
    status = PERCUTA_BAD_INPUT;
  }
  for (size_t i = 0; status == PERCUTA_OK && i < count; i++)
    *slots[i].value = percuta_base_parameters_find(set, slots[i].name)->value_si;
  return status;
}
