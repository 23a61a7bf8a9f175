/* What a reader asks of a session: means over its channels, and when it had healed. Computed once,
 * shown by summary.json and by the report. */
#ifndef PERCUTA_OUTCOME_READINGS_H
#define PERCUTA_OUTCOME_READINGS_H

#include <stdbool.h>

#include "outcome/record.h"

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
  double cut_mean;        /* [m] length of the cut at the surface, tear included */
  double damage_width;    /* [m] of the damaged layer on either side of it */
  double opening_radius;  /* [m] of what stays open, root mean square */
  double clot_fill_mean;  /* weighted by the room that blood can fill */
  double sampling_share;  /* standard deviation, relative, of the volume that as many strikes cut,
                             from one draw of them to the next: about that of a gain in collagen */
};

void percuta_outcome_readings_of_session(const struct percuta_session_record *session, double width,
                                         struct percuta_session_readings *out);

/* Days from a session to healed skin; negative when it did not heal within the run or healing was
 * not reached before the next one. */
double percuta_outcome_readings_days_to_healed(const struct percuta_session_record *session);

/* Sessions that were given. */
int percuta_outcome_readings_sessions_given(const struct percuta_record *record);

#endif
