/* What the atlas (data/skin/atlas.yaml) says of one site and sex, before age, phototype and draw.
 */
#ifndef PERCUTA_SKIN_SITE_H
#define PERCUTA_SKIN_SITE_H

#include "scenario/scenario.h"

/* Mean and standard deviation, SI. */
struct percuta_measure {
  double mean, sd;
};

struct percuta_site {
  char name[64];   /* as shown to a reader */
  char region[16]; /* face, neck, scalp, trunk or limb */
  struct percuta_measure stratum_corneum, epidermis, dermis, hypodermis; /* [m] */
  struct percuta_measure closure_half_time;                              /* [s] */
  double loop_density_factor;       /* capillary loops relative to the reference site */
  double capillary_pressure_factor; /* pressure relative to the arm at heart level */
  bool epidermis_by_sex;            /* the atlas tells the sexes apart; else it pools both */
};

/* The site and sex of `scenario`. Mistakes in the data, such as an entry measured by another method
 * than its column, go to `diag`; then *out stays as it was. */
enum percuta_status percuta_skin_site_read(const struct percuta_scenario *scenario,
                                           struct percuta_diag *diag, struct percuta_site *out);

/* The published `quantity` ("epidermis") of the site and sex of `scenario` on the scale of `method`
 * ("ultrasound"), as it stands in the atlas: no age, no phototype, no draw. PERCUTA_BAD_INPUT with
 * an entry in `diag` when the atlas has no such column, or the site no entry in it. */
enum percuta_status percuta_skin_site_reading(const struct percuta_scenario *scenario,
                                              const char *quantity, const char *method,
                                              struct percuta_diag *diag,
                                              struct percuta_measure *out);

#endif
