/* The table of what a checkpoint holds, and what is done with it. Tests: tests/unit/test_members.c,
 * tests/cli/restart.sh. */
#include "course/members.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEANS = sizeof(struct percuta_healing_means) / sizeof(double) };

#define OF_RUN(name, member, type, length)                                                         \
  {                                                                                                \
    name, PERCUTA_MEMBER_OF_RUN, offsetof(struct percuta_run, member), PERCUTA_MEMBER_##type,      \
        length                                                                                     \
  }
#define OF_CLOCK(name, member, type, length)                                                       \
  {                                                                                                \
    name, PERCUTA_MEMBER_OF_CLOCK, offsetof(struct percuta_stepper_clock, member),                 \
        PERCUTA_MEMBER_##type, length                                                              \
  }
#define OF_SESSION(member, type)                                                                   \
  {                                                                                                \
    "session." #member, PERCUTA_MEMBER_OF_SESSION,                                                 \
        offsetof(struct percuta_session_record, member), PERCUTA_MEMBER_##type, 1                  \
  }
#define OF_ROW(column, part, unit, text)                                                           \
  {"timeline." #column, PERCUTA_MEMBER_OF_ROW, offsetof(struct percuta_timeline_row, column),      \
   PERCUTA_MEMBER_DOUBLE, 1},

const struct percuta_member percuta_course_members[] = {
    OF_CLOCK("time", time, DOUBLE, 1),
    OF_CLOCK("next_step", next_step, DOUBLE, 1),
    OF_CLOCK("steps", totals.steps, LONG, 1),
    OF_CLOCK("rejected", totals.rejected, LONG, 1),
    OF_CLOCK("clipped", totals.clipped, DOUBLE, 0),
    OF_CLOCK("largest_total", totals.most, DOUBLE, 0),
    OF_RUN("due", state.due, DOUBLE, 1),
    OF_RUN("sessions_done", state.sessions_done, INT, 1),
    OF_RUN("last_session", state.last_session, DOUBLE, 1),
    OF_RUN("waited_for", state.waited_for, UNSIGNED, 1),
    OF_RUN("reference", state.reference, DOUBLE, MEANS),
    OF_RUN("treated_top", record.treated_top, DOUBLE, 1),
    OF_RUN("treated_bottom", record.treated_bottom, DOUBLE, 1),
    OF_RUN("runaway_volume_frac", record.runaway_volume_frac, DOUBLE, 1),
    OF_SESSION(planned, DOUBLE),
    OF_SESSION(start, DOUBLE),
    OF_SESSION(given, BOOL),
    OF_SESSION(healed_at, DOUBLE),
    OF_SESSION(injured_frac, DOUBLE),
    OF_SESSION(waited_for, UNSIGNED),
    {"snapshot_time", PERCUTA_MEMBER_OF_SNAPSHOT, 0, PERCUTA_MEMBER_DOUBLE, 1},
    PERCUTA_COLUMN_LIST(OF_ROW)};
const int percuta_course_members_count =
    (int)(sizeof percuta_course_members / sizeof *percuta_course_members);

/* A member's homes in a run: the first, how many, and bytes from one to the next. */
struct homes {
  char *first;
  size_t count, stride;
};

static struct homes homes_of(struct percuta_run *run, enum percuta_member_home home) {
  struct percuta_record *record = &run->record;
  switch (home) {
  case PERCUTA_MEMBER_OF_RUN:
    break;
  case PERCUTA_MEMBER_OF_CLOCK:
    return (struct homes){(char *)percuta_numerics_stepper_clock(run->state.stepper), 1, 0};
  case PERCUTA_MEMBER_OF_SESSION:
    return (struct homes){(char *)record->session, (size_t)record->session_count,
                          sizeof *record->session};
  case PERCUTA_MEMBER_OF_SNAPSHOT:
    return (struct homes){(char *)record->snapshot_time, (size_t)record->snapshot_count,
                          sizeof *record->snapshot_time};
  case PERCUTA_MEMBER_OF_ROW:
    return (struct homes){(char *)record->timeline.row, record->timeline.count,
                          sizeof *record->timeline.row};
  }
  return (struct homes){(char *)run, 1, 0};
}

static size_t length_of(const struct percuta_run *run, const struct percuta_member *member) {
  return (size_t)(member->length > 0 ? member->length : run->record.layout.count);
}

static double get(enum percuta_member_type type, const char *from, size_t at) {
  const void *array = from;
  switch (type) {
  case PERCUTA_MEMBER_DOUBLE:
    return ((const double *)array)[at];
  case PERCUTA_MEMBER_LONG:
    return (double)((const long *)array)[at];
  case PERCUTA_MEMBER_INT:
    return ((const int *)array)[at];
  case PERCUTA_MEMBER_UNSIGNED:
    return ((const unsigned *)array)[at];
  case PERCUTA_MEMBER_BOOL:
    return ((const bool *)array)[at];
  }
  return 0;
}

static void put(enum percuta_member_type type, char *to, size_t at, double value) {
  void *array = to;
  switch (type) {
  case PERCUTA_MEMBER_DOUBLE:
    ((double *)array)[at] = value;
    break;
  case PERCUTA_MEMBER_LONG:
    ((long *)array)[at] = (long)value;
    break;
  case PERCUTA_MEMBER_INT:
    ((int *)array)[at] = (int)value;
    break;
  case PERCUTA_MEMBER_UNSIGNED:
    ((unsigned *)array)[at] = (unsigned)value;
    break;
  case PERCUTA_MEMBER_BOOL:
    ((bool *)array)[at] = value > 0;
    break;
  }
}

/* The same homes, to be read only. */
static struct homes homes_in(const struct percuta_run *run, const struct percuta_member *member) {
  return homes_of((struct percuta_run *)(uintptr_t)run, member->home);
}

size_t percuta_course_members_size(const struct percuta_run *run,
                                   const struct percuta_member *member) {
  return homes_in(run, member).count * length_of(run, member);
}

void percuta_course_members_get(const struct percuta_run *run, const struct percuta_member *member,
                                double *out) {
  const struct homes homes = homes_in(run, member);
  const size_t length = length_of(run, member);
  for (size_t h = 0; h < homes.count; ++h) {
    for (size_t i = 0; i < length; ++i)
      *out++ = get(member->type, homes.first + h * homes.stride + member->offset, i);
  }
}

/* Gives a run that has none yet as many rows, or times of kept fields. */
static enum percuta_status make_room(struct percuta_run *run, enum percuta_member_home home,
                                     size_t count) {
  struct percuta_record *record = &run->record;
  if (home == PERCUTA_MEMBER_OF_SNAPSHOT && record->snapshot_count == 0 &&
      count <= PERCUTA_CALENDAR_SNAPSHOTS)
    record->snapshot_count = (int)count;
  if (home != PERCUTA_MEMBER_OF_ROW || record->timeline.count > 0 || count == 0)
    return PERCUTA_OK;
  free(record->timeline.row);
  record->timeline.row = calloc(count, sizeof *record->timeline.row);
  record->timeline.count = record->timeline.capacity = record->timeline.row ? count : 0;
  return record->timeline.row ? PERCUTA_OK : PERCUTA_MEMORY;
}

enum percuta_status percuta_course_members_put(struct percuta_run *run,
                                               const struct percuta_member *member,
                                               const double *value, size_t count) {
  const size_t length = length_of(run, member);
  PERCUTA_TRY(make_room(run, member->home, count));
  const struct homes homes = homes_of(run, member->home);
  if (count != homes.count * length)
    return PERCUTA_BAD_INPUT;
  for (size_t h = 0; h < homes.count; ++h) {
    for (size_t i = 0; i < length; ++i)
      put(member->type, homes.first + h * homes.stride + member->offset, i, *value++);
  }
  return PERCUTA_OK;
}

/* Bit by bit, so that a number that is none equals itself. */
static bool equal(double a, double b) {
  return memcmp(&a, &b, sizeof a) == 0;
}

static bool same_member(const struct percuta_run *a, const struct percuta_run *b,
                        const struct percuta_member *member, char *words, size_t size) {
  const struct homes in_a = homes_in(a, member), in_b = homes_in(b, member);
  const size_t length = length_of(a, member);
  if (in_a.count != in_b.count) {
    snprintf(words, size, "%s: %zu and %zu of them", member->name, in_a.count, in_b.count);
    return false;
  }
  for (size_t h = 0; h < in_a.count; ++h) {
    for (size_t i = 0; i < length; ++i) {
      const double x = get(member->type, in_a.first + h * in_a.stride + member->offset, i);
      const double y = get(member->type, in_b.first + h * in_b.stride + member->offset, i);
      if (equal(x, y))
        continue;
      snprintf(words, size, "%s[%zu]: %.17g and %.17g", member->name, h * length + i, x, y);
      return false;
    }
  }
  return true;
}

static PetscErrorCode same_fields(const struct percuta_run *a, const struct percuta_run *b,
                                  char *words, size_t size, bool *same) {
  const Vec in_a = percuta_numerics_stepper_state(a->state.stepper);
  const Vec in_b = percuta_numerics_stepper_state(b->state.stepper);
  const size_t local = a->state.mesh->local;
  const PetscScalar *x, *y;

  PetscFunctionBeginUser;
  PetscCall(VecGetArrayRead(in_a, &x));
  PetscCall(VecGetArrayRead(in_b, &y));
  size_t at = 0, count = local * (size_t)a->record.layout.count;
  while (at < count && equal(x[at], y[at]))
    ++at;
  *same = at == count;
  if (!*same)
    snprintf(words, size, "field %s, cell %zu: %.17g and %.17g",
             percuta_healing_layout_field[a->record.layout.field[at / local]].name, at % local,
             x[at], y[at]);
  PetscCall(VecRestoreArrayRead(in_b, &y));
  PetscCall(VecRestoreArrayRead(in_a, &x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

bool percuta_course_members_same(const struct percuta_run *a, const struct percuta_run *b,
                                 char *words, size_t size) {
  bool same = false;
  if (a->record.layout.parts != b->record.layout.parts ||
      a->state.mesh->local != b->state.mesh->local) {
    snprintf(words, size, "other parts of the model, or another grid");
    return false;
  }
  for (int m = 0; m < percuta_course_members_count; ++m) {
    if (!same_member(a, b, &percuta_course_members[m], words, size))
      return false;
  }
  if (same_fields(a, b, words, size, &same))
    snprintf(words, size, "the fields cannot be read");
  return same;
}
