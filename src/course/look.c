/* What may be seen of a run, by name. Test: tests/unit/test_run.c. */
#include "course/look.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "course/keep.h"
#include "numerics/share.h"
#include "numerics/try.h"

size_t percuta_course_look_rows(const struct percuta_run *run) {
  return run ? run->record.timeline.count : 0;
}

const struct percuta_timeline_row *percuta_course_look_newest(const struct percuta_run *run) {
  const size_t rows = percuta_course_look_rows(run);
  return rows ? &run->record.timeline.row[rows - 1] : NULL;
}

enum percuta_status percuta_course_look_column(const struct percuta_run *run, const char *name,
                                               double *value) {
  static const struct {
    const char *name;
    size_t offset;
    unsigned part;
  } columns[] = {
#define PERCUTA_COLUMN_PLACE(name, part, unit, text)                                               \
  {#name, offsetof(struct percuta_timeline_row, name), PERCUTA_COLUMN_OF_##part},
      PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_PLACE)
#undef PERCUTA_COLUMN_PLACE
  };
  if (!run)
    return PERCUTA_OK;
  for (size_t c = 0; c < sizeof columns / sizeof *columns; ++c) {
    if (strcmp(columns[c].name, name) != 0 || !(run->record.layout.parts & columns[c].part))
      continue;
    for (size_t i = 0; i < run->record.timeline.count; ++i)
      value[i] = *(const double *)((const char *)&run->record.timeline.row[i] + columns[c].offset);
    return PERCUTA_OK;
  }
  return PERCUTA_BAD_INPUT;
}

/* The field's place in the state, or -1. */
static int slot_of(const struct percuta_run *run, const char *name) {
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    if (strcmp(percuta_healing_layout_field[f].name, name) == 0)
      return run->record.layout.slot[f];
  }
  return -1;
}

enum percuta_status percuta_course_look_field(const struct percuta_run *run, const char *name,
                                              double *value) {
  if (!run)
    return PERCUTA_OK;
  const int slot = slot_of(run, name);
  if (slot < 0)
    return PERCUTA_BAD_INPUT;
  PERCUTA_PETSC(percuta_numerics_mesh_gather(
      run->state.mesh, percuta_numerics_stepper_state(run->state.stepper), slot, value));
  return PERCUTA_OK;
}

/* Rank 0. */
static enum percuta_status read_kept(const struct percuta_run *run, int slot, int number,
                                     double *value) {
  const size_t cells = percuta_numerics_grid_cell_count(run->plan->grid);
  float *all = malloc(cells * (size_t)run->record.layout.count * sizeof *all);
  if (!all)
    return PERCUTA_MEMORY;
  const enum percuta_status status = percuta_course_keep_read(run, number, all);
  for (size_t i = 0; i < cells && status == PERCUTA_OK; ++i)
    value[i] = (double)all[(size_t)slot * cells + i];
  free(all);
  return status;
}

enum percuta_status percuta_course_look_kept(const struct percuta_run *run, const char *name,
                                             int number, double *value) {
  enum percuta_status status = PERCUTA_OK;
  if (!run)
    return PERCUTA_OK;
  const int slot = slot_of(run, name);
  if (slot < 0)
    return PERCUTA_BAD_INPUT;
  if (run->plan->rank == 0)
    status = read_kept(run, slot, number, value);
  return percuta_numerics_share(run->plan->comm, status);
}
