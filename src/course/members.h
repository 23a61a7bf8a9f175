/* What of a run cannot be computed again, member by member: one line each serves saving, loading
 * and comparing. The fields' values, which grow with the grid, are apart: restart.c. */
#ifndef PERCUTA_COURSE_MEMBERS_H
#define PERCUTA_COURSE_MEMBERS_H

#include "course/run.h"

/* Where a member lives: once in the run or in its stepper's clock, or once in each session, each
 * time of kept fields, each row of the timeline. */
enum percuta_member_home {
  PERCUTA_MEMBER_OF_RUN,
  PERCUTA_MEMBER_OF_CLOCK,
  PERCUTA_MEMBER_OF_SESSION,
  PERCUTA_MEMBER_OF_SNAPSHOT,
  PERCUTA_MEMBER_OF_ROW
};

enum percuta_member_type {
  PERCUTA_MEMBER_DOUBLE,
  PERCUTA_MEMBER_LONG,
  PERCUTA_MEMBER_INT,
  PERCUTA_MEMBER_UNSIGNED,
  PERCUTA_MEMBER_BOOL
};

struct percuta_member {
  const char *name; /* in the checkpoint */
  enum percuta_member_home home;
  size_t offset; /* of it in its home */
  enum percuta_member_type type;
  int length; /* numbers in a row; 0: one to each field of the run */
};

extern const struct percuta_member percuta_course_members[];
extern const int percuta_course_members_count;

/* How many numbers the member is in this run, and all of them, written into the caller's array. */
size_t percuta_course_members_size(const struct percuta_run *run,
                                   const struct percuta_member *member);
void percuta_course_members_get(const struct percuta_run *run, const struct percuta_member *member,
                                double *out);

/* Sets the member from `count` numbers; PERCUTA_BAD_INPUT when this run has another number of them.
 * Rows and times of kept fields become as many as come first. */
enum percuta_status percuta_course_members_put(struct percuta_run *run,
                                               const struct percuta_member *member,
                                               const double *value, size_t count);

/* Whether two runs of one layout stand at the same state, bit by bit: every member, and this rank's
 * fields. Else `words` says which is the first that differs, where, and its values. Not collective.
 */
bool percuta_course_members_same(const struct percuta_run *a, const struct percuta_run *b,
                                 char *words, size_t size);

#endif
