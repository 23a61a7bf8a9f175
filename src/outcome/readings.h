/* What a reader asks of a result: means over a session's channels, and the course of collagen at
 * fixed days. Computed once, shown by summary.json and by the report. */
#ifndef PERCUTA_OUTCOME_READINGS_H
#define PERCUTA_OUTCOME_READINGS_H

#include <stdbool.h>

#include "outcome/record.h"

#define PERCUTA_READINGS_DAYS 4
/* 30, 90, 180 and 365: one, three, six and twelve months. */
extern const double percuta_outcome_readings_day[PERCUTA_READINGS_DAYS];

/* A largest value and when; `day` counts from the first session. */
struct percuta_peak {
  double value;
  double day;
};

struct percuta_readings {
  bool known;                       /* false when there is no timeline; nothing below is set then */
  struct percuta_peak collagen;     /* collagen_total_rel after the first session */
  struct percuta_peak inflammation; /* inflammation_index */
  struct percuta_peak myofibroblast;         /* myofibroblast_frac */
  struct percuta_peak signal;                /* signal_rel */
  struct percuta_peak cytokine;              /* cytokine_rel */
  struct percuta_peak third;                 /* collagen_III_share */
  bool reached[PERCUTA_READINGS_DAYS];       /* that the run lasted until that day */
  double collagen_at[PERCUTA_READINGS_DAYS]; /* collagen_total_rel */
  double third_at[PERCUTA_READINGS_DAYS];    /* collagen_III_share */
  double third_start;                        /* collagen_III_share in the first row … */
  double third_end;                          /* … and in the last */
};

/* Means over the channels that opened something new (penetrated, not re-entered); 0 without any. */
struct percuta_session_readings {
  size_t opened;
  size_t held;                 /* strikes that did not break the skin */
  double strikes_per_area;     /* [1/m^2] */
  double opened_per_area;      /* [1/m^2] */
  double depth_mean, depth_sd; /* [m] in place; sd of a sample, 0 for fewer than two */
  double residual_mean;        /* [m] */
  double reentry_share;        /* of the strikes that broke the skin */
  double reentry_poisson;      /* the same for as many strikes that fall independently */
  double deflection_mean; /* [m] over punctures; over strikes that did not get in when none did */
  double force_mean;      /* [N] on a needle at its deepest, over punctures */
  double tear_mean;       /* [m] at the surface */
  double opening_radius;  /* [m] of what stays open, root mean square */
  double clot_fill_mean;  /* weighted by the volume of the cuts */
};

void percuta_outcome_readings_compute(const struct percuta_record *record,
                                      struct percuta_readings *out);
void percuta_outcome_readings_of_session(const struct percuta_session_record *session, double width,
                                         struct percuta_session_readings *out);

/* The row at `day`, every column interpolated linearly; at a jump the later side. Days outside the
 * timeline give its nearest row. The timeline must have a row. */
struct percuta_timeline_row percuta_outcome_readings_row_at(const struct percuta_timeline *timeline,
                                                            double day);

/* Where the column at `offset` of a row is largest, at the top of the parabola through the highest
 * row and its neighbours: a peak between two rows moves smoothly with the model's parameters. The
 * value is that of the highest row. 0 and 0 without rows. */
struct percuta_peak percuta_outcome_readings_peak_of(const struct percuta_timeline *timeline,
                                                     size_t offset);

/* Days from a session to healed skin; negative when it did not heal within the run or healing was
 * not reached before the next one. */
double percuta_outcome_readings_days_to_healed(const struct percuta_session_record *session);

/* Sessions that were given. */
int percuta_outcome_readings_sessions_given(const struct percuta_record *record);

#endif
