/* The places of the fields in a state: of those that a part that is on needs, the ones that move
 * first.
 * Tests: tests/verification/test_parts.c, tests/unit/test_fields.c. */
#include "healing/layout.h"

#define OF(part) 1U << PERCUTA_PART_##part
enum { STAYS, MOVES };

const struct percuta_field_info percuta_healing_layout_field[PERCUTA_FIELD_COUNT] = {
#define PERCUTA_FIELD(id, needed_by, kind, place, size, unused, heading, of, says)                 \
  [PERCUTA_FIELD_##id] = {.name = #id,                                                             \
                          .title = heading,                                                        \
                          .unit = of,                                                              \
                          .text = says,                                                            \
                          .parts = needed_by,                                                      \
                          .moves = (kind) == MOVES,                                                \
                          .home = PERCUTA_HOME_##place,                                            \
                          .typical = size,                                                         \
                          .idle = unused},
#include "healing/fields.def"
#undef PERCUTA_FIELD
};

struct percuta_layout percuta_healing_layout_of(unsigned parts) {
  struct percuta_layout layout = {.parts = parts};
  for (int pass = 0; pass < 2; ++pass) { /* what moves comes first */
    for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
      const struct percuta_field_info *info = &percuta_healing_layout_field[f];
      if (info->moves == (pass == 1))
        continue;
      layout.slot[f] = info->parts & parts ? layout.count : -1;
      if (layout.slot[f] >= 0)
        layout.field[layout.count++] = (enum percuta_field)f;
    }
    if (pass == 0)
      layout.moving = layout.count;
  }
  return layout;
}

struct percuta_layout percuta_healing_layout_make(const struct percuta_scenario *scenario) {
  static const unsigned core[] = {
      [PERCUTA_CORE_KOPPENOL] = OF(koppenol), [PERCUTA_CORE_PENSALFINI] = OF(pensalfini)};
  unsigned parts = core[scenario->core];
#define PERCUTA_CORE(name)
#define PERCUTA_EXTENSION(name, meaning) parts |= scenario->healing.name ? OF(name) : 0U;
#include "scenario/parts.def"
#undef PERCUTA_CORE
#undef PERCUTA_EXTENSION
  return percuta_healing_layout_of(parts);
}
