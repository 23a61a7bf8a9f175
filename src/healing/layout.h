/* Which parts of the healing model a scenario switches on, the fields they need, and where each of
 * these stands in a run's state. Needs no PETSc. */
#ifndef PERCUTA_HEALING_LAYOUT_H
#define PERCUTA_HEALING_LAYOUT_H

#include "scenario/scenario.h"

enum percuta_part_id {
#define PERCUTA_CORE(name) PERCUTA_PART_##name,
#define PERCUTA_EXTENSION(name, meaning) PERCUTA_PART_##name,
#include "scenario/parts.def"
#undef PERCUTA_CORE
#undef PERCUTA_EXTENSION
  PERCUTA_PART_COUNT
};

enum percuta_field {
#define PERCUTA_FIELD(name, ...) PERCUTA_FIELD_##name,
#include "healing/fields.def"
#undef PERCUTA_FIELD
  PERCUTA_FIELD_COUNT
};

enum percuta_home { PERCUTA_HOME_DERMIS, PERCUTA_HOME_EPIDERMIS, PERCUTA_HOME_SKIN };

/* What fields.def says of a field. */
struct percuta_field_info {
  const char *name, *title, *unit, *text;
  unsigned parts; /* a bit for each part that needs it */
  bool moves;
  enum percuta_home home;
  double typical, idle;
};
extern const struct percuta_field_info percuta_healing_layout_field[PERCUTA_FIELD_COUNT];

struct percuta_layout {
  unsigned parts;                                /* a bit for each part that is on */
  int slot[PERCUTA_FIELD_COUNT];                 /* place of a field in the state, or -1 */
  enum percuta_field field[PERCUTA_FIELD_COUNT]; /* the field in each place */
  int count, moving;                             /* the first `moving` places hold what moves */
};

struct percuta_layout percuta_healing_layout_make(const struct percuta_scenario *scenario);

/* The same for a set of parts. */
struct percuta_layout percuta_healing_layout_of(unsigned parts);

static inline bool percuta_healing_layout_on(const struct percuta_layout *layout,
                                             enum percuta_part_id part) {
  return layout->parts >> part & 1U;
}
static inline bool percuta_healing_layout_has(const struct percuta_layout *layout,
                                              enum percuta_field field) {
  return layout->slot[field] >= 0;
}

#endif
