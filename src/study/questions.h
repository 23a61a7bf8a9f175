/* What the healing model is asked, and the courses that answer it. */
#ifndef PERCUTA_STUDY_QUESTIONS_H
#define PERCUTA_STUDY_QUESTIONS_H

#include "course/trial.h"

/* Courses, all from data/evidence/scenarios/healing.yaml: one session with a 1.5 mm roller on a
 * healthy cheek of 45 years, followed for a year; and what each changes. */
enum percuta_questions_case {
  PERCUTA_CASE_ONE,
  PERCUTA_CASE_SHALLOW,
  PERCUTA_CASE_DEEP,
  PERCUTA_CASE_YOUNG,
  PERCUTA_CASE_AGED,
  PERCUTA_CASE_POOR,
  PERCUTA_CASE_COURSE,
  PERCUTA_CASE_EARLY,
  PERCUTA_CASE_TWO_WEEKS,
  PERCUTA_CASE_FOUR_WEEKS,
  PERCUTA_CASE_EIGHT_WEEKS,
  PERCUTA_CASE_TWELVE_WEEKS,
  PERCUTA_CASE_COUNT
};

struct percuta_questions_change {
  const char *name;
  const char *set[5]; /* KEY=VALUE, ended by NULL */
};
extern const struct percuta_questions_change percuta_study_questions_change[PERCUTA_CASE_COUNT];

/* One question: a number [unit], and the interval in which it lies if the answer is yes. */
struct percuta_questions_entry {
  const char *name, *question, *unit, *ground; /* ground: the rows or the argument that ask it */
  double low, high;
  double (*function)(const struct percuta_trial trial[PERCUTA_CASE_COUNT]);
};
extern const struct percuta_questions_entry percuta_study_questions_entry[];
extern const int percuta_study_questions_count;

#endif
