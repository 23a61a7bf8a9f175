/* How channels close after a session. Three states, as three things are measured: keratinocytes
 * close the gap in the epidermis from its walls (histology, tomography), a stratum corneum grows
 * over it and stops the water (water loss), and the pore stops ions and drugs (impedance). Elastic
 * recoil, within seconds, is insertion's. Theory: docs/theory/resealing.md. */
#ifndef PERCUTA_TRANSPORT_RESEAL_H
#define PERCUTA_TRANSPORT_RESEAL_H

#include "insertion/channel.h"
#include "transport/water.h"

/* The skin of this person at this site with this aftercare. */
struct percuta_reseal {
  struct percuta_water water;
  double closing_speed;     /* [m/s] at which each wall of a gap moves in, in the open */
  double pore_half_time;    /* [s] of what pores pass of ions, in the open */
  double water_half_time;   /* [s] of what newly covered skin passes of water, in the open */
  double pore_occlusion;    /* by how much occlusion slows the one … */
  double water_occlusion;   /* … and the other */
  double covered;           /* [s] from the session on that the skin is occluded */
  double water_open;        /* of the conductance of open wet pits, just after needling */
  double closed_half_lives; /* of the pore after which it counts as sealed */
  double spread;            /* of the logarithm of all these times between people */
};

/* Channels of one session, all alike: as many, of the same open area, as there are. */
struct percuta_reseal_opening {
  double density; /* [1/m^2] */
  double radius;  /* [m] left open, root mean square */
  double gap;     /* [m] width of what viable epidermis must close: that and the dead walls */
};

/* A time [s] for the person at hand, and the 10th and 90th percentile over people. */
struct percuta_reseal_time {
  double median, low, high;
};

enum percuta_status percuta_transport_reseal_read(const struct percuta_scenario *scenario,
                                                  const struct percuta_skin *skin,
                                                  struct percuta_diag *diag,
                                                  struct percuta_reseal *out);

/* The channels that opened something new on a square of `width` [m]. */
struct percuta_reseal_opening percuta_transport_reseal_open(const struct percuta_channels *channels,
                                                            double width);

/* Share of the surface that they leave open at first: all of it at most, as openings overlap. */
double percuta_transport_reseal_open_share(const struct percuta_reseal_opening *opening);

/* Share of the gaps that is still open `since` [s] after the session: falls from 1 in a straight
 * line to 0, in gap/(2 closing_speed) in the open; 0 at once of gaps without width. */
double percuta_transport_reseal_gap_share(const struct percuta_reseal *reseal,
                                          const struct percuta_reseal_opening *opening,
                                          double since);

/* Share that is left of the paths of ions and drugs: 1 at 0, halved in every half-time. */
double percuta_transport_reseal_pore_share(const struct percuta_reseal *reseal, double since);

/* Share that is left of the conductance to water: of what is not covered yet all, of what has been
 * covered the less the longer ago that was. */
double percuta_transport_reseal_water_share(const struct percuta_reseal *reseal,
                                            const struct percuta_reseal_opening *opening,
                                            double since);

/* Conductance [m/s] of these channels to vapour `since` [s] after their session; that of several
 * sessions adds. */
double percuta_transport_reseal_conductance(const struct percuta_reseal *reseal,
                                            const struct percuta_reseal_opening *opening,
                                            double since);

/* Water loss with `conductance` [m/s] of channels over that of the intact skin. */
double percuta_transport_reseal_loss_rel(const struct percuta_reseal *reseal, double conductance);

/* When the gaps of a session are closed. */
struct percuta_reseal_time
percuta_transport_reseal_closure(const struct percuta_reseal *reseal,
                                 const struct percuta_reseal_opening *opening);

/* When ions no longer find the pores of a session. */
struct percuta_reseal_time percuta_transport_reseal_sealed(const struct percuta_reseal *reseal);

/* When the water loss after a session is within `tolerance` of the intact skin's. */
struct percuta_reseal_time
percuta_transport_reseal_barrier(const struct percuta_reseal *reseal,
                                 const struct percuta_reseal_opening *opening, double tolerance);

#endif
