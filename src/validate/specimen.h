/* A piece of skin of a published measurement and what was put on it, from a text in a row of
 * evidence: "compound=caffeine; pH=7.4; layers=epidermis; thickness=350 um". */
#ifndef PERCUTA_VALIDATE_SPECIMEN_H
#define PERCUTA_VALIDATE_SPECIMEN_H

#include "scenario/scenario.h"
#include "transport/intact.h"

struct percuta_specimen {
  struct percuta_compound compound;
  struct percuta_intact_model model;
  struct percuta_intact_conditions conditions;
  double whole; /* [m] thickness of all layers together, as said; 0: not said */
  double flux;  /* [kg/m^2/s] published for the intact skin of the same study; 0: not said */
};

/* Reads a specimen. Keys: `compound`; `pH` of the vehicle, 7.4 when left out; `layers`: skin,
 * epidermis, dermis, or stripped-skin and stripped-epidermis, which lack the stratum corneum;
 * `thickness` of all layers together, from which the dermis follows, or `site` for a dermis as
 * thick as that of the scenario's skin; `hydration`: wet, or dry; `state`: excised, or living;
 * `intact`: the published flux through the intact skin of the same study. The first choice holds
 * when a key is left out. */
enum percuta_status percuta_validate_specimen_read(const char *text,
                                                   const struct percuta_scenario *scenario,
                                                   struct percuta_diag *diag,
                                                   struct percuta_specimen *out);

#endif
