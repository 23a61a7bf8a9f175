/* What the permeation solvers are given and what they give back, the same for column, channel and
 * patch. Amounts are per skin area: a concentration [X/m^3] times a length [m], where X is whatever
 * the doses are counted in (kg, mol). Depth runs from 0, the surface, into the skin. */
#ifndef PERCUTA_PERMEATION_DOMAIN_H
#define PERCUTA_PERMEATION_DOMAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "permeation/layer.h"

/* One hole through the top layers, filled with fluid or clot. Round; its radius is given at equally
 * spaced depths from mouth to tip, linear between them. */
struct percuta_bore {
  double x, y;          /* [m] where; read by the patch only */
  double depth;         /* [m] of the tip, less than the depth of all layers */
  int radius_count;     /* 1: a cylinder */
  const double *radius; /* [m] borrowed */
  double flow;    /* [m^3/s] of fluid without substance, from the tip out of the mouth, while it
                     flows */
  double flowing; /* share of the bores that this one stands for in which it does */
};

/* What is left of the bores from `time` until the next entry's; 1, 1, 0 before the first. Skin
 * moves in where a bore has closed; what the fluid held stays where it was. */
struct percuta_closing {
  double time;         /* [s] increasing */
  double radius_share; /* of the first radius, 0..1 */
  double depth_share;  /* of the first depth, 0..1 */
  double flow_share;   /* of the bores' flow, 0..1 */
};

enum percuta_dose_kind {
  PERCUTA_DOSE_FINITE, /* a well-mixed volume, added to what is there */
  PERCUTA_DOSE_FIXED,  /* held at its concentration; takes the place of what was there */
  PERCUTA_DOSE_WASH    /* takes everything off the surface; nothing passes it from then on */
};

struct percuta_dose {
  enum percuta_dose_kind kind;
  double time;          /* [s] not decreasing from dose to dose */
  double volume;        /* [m] volume per area; finite doses only, > 0 */
  double concentration; /* [X/m^3]; unused in a wash */
};

/* Some of what is in the last layer is taken out and counted: fluid of a receptor replaced by
 * fresh.
 */
struct percuta_sampling {
  double time;  /* [s] increasing from sampling to sampling */
  double share; /* of the last layer, above 0 and up to 1 */
};

struct percuta_domain {
  const struct percuta_permeation_layer *layers; /* borrowed, from the surface down */
  int layer_count;
  bool sink;     /* below the last layer: concentration 0 (in vitro); else no flux */
  double bypass; /* [m/s] permeance of a path from the vehicle past the first layer to the second,
                    where there is no bore; 0: none */

  double density;                   /* [1/m^2] bores per area, 0: none; column and channel */
  const struct percuta_bore *bores; /* borrowed; column and channel read the first alone */
  int bore_count;
  double fill_diffusivity, fill_partition; /* [m^2/s], [1] of what fills the bores */
  const struct percuta_closing *closings;  /* borrowed */
  int closing_count;

  const struct percuta_dose *doses; /* borrowed */
  int dose_count;
  const struct percuta_sampling *samplings; /* borrowed */
  int sampling_count;
  const double *outputs; /* [s] borrowed; increasing; the course starts at 0 without substance */
  int output_count;
};

/* How finely; zeros stand for the defaults. */
struct percuta_resolution {
  int cells;        /* in depth, of every layer and part of one above or below a tip */
  int bore_cells;   /* from a bore's axis to its wall: rings of the channel */
  int outer_cells;  /* rings from the wall to half the distance between bores */
  double tolerance; /* of one step: amounts misplaced in a layer and below over what came so far */
  int steps;        /* if > 0, this many between two events whatever the error, ending at the fourth
                       powers of equal shares: for tests */
};

/* The course. Arrays are owned; [output], [output * layer_count + layer], [output * rows + row]. */
struct percuta_permeation {
  int output_count, layer_count, rows;
  double *time;          /* [s] */
  double *applied;       /* [X/m^2] so far; of a fixed concentration what has left it */
  double *vehicle;       /* on the skin, of finite doses */
  double *washed;        /* taken off so far */
  double *receptor;      /* gone through the base so far */
  double *sampled;       /* taken out of the last layer so far */
  double *layer;         /* in each layer, bores in it included */
  double *cleared;       /* from each layer to the blood so far */
  double *concentration; /* [X/m^3] mean of each row, bores included */
  double *activity; /* [X/m^3] mean of each row over the tissue alone, as the concentration in a
                       vehicle in equilibrium with it */
  double *face;     /* [m] rows + 1 */
  double balance;   /* the most by which the amounts of an output missed the applied, as a share
                       of it */
  double least;     /* [X/m^2] the least amount in any cell at any output */
  long steps, rejected, factorisations;
};

/* Whether the domain can be computed; on PERCUTA_BAD_INPUT *wrong is a sentence, static. `lateral`:
 * the solver takes one typical bore and its density. */
enum percuta_status percuta_permeation_domain_check(const struct percuta_domain *domain,
                                                    bool lateral, const char **wrong);

/* A stirred fluid below the skin, `volume` [m] per area, as a last layer over a base without flux.
 * Mixing takes so little time beside any skin that the concentration is the same all through. */
struct percuta_permeation_layer percuta_permeation_domain_receptor(double volume, double partition);

/* Depth of all layers [m]. */
double percuta_permeation_domain_depth(const struct percuta_domain *domain);

/* Radius [m] of a bore at a depth [m], after closing to the shares; 0 below its tip. */
double percuta_permeation_domain_radius(const struct percuta_bore *bore, double depth,
                                        const struct percuta_closing *closing);

/* How fluid that flows out of a bore holds back what diffuses in, with f = 1 - flowing + flowing
 * exp(-psi) and psi = integral of velocity over diffusivity from the mouth down: the mean of f from
 * `top` to `bottom` [m], and one over the mean of 1/f, by which the bore conducts less. Both 1
 * where nothing flows. */
struct percuta_hold {
  double held, conducted;
};
struct percuta_hold percuta_permeation_domain_hold(const struct percuta_domain *domain,
                                                   const struct percuta_bore *bore, double top,
                                                   double bottom,
                                                   const struct percuta_closing *closing);

/* Depth faces: every interface and every bore's tip is one; between two of them `cells` cells,
 * finest at both ends. Sets faces (owned by the caller, rows + 1) and the layer of every row (owned
 * by the caller, rows). Tips closer together than `merge` [m] share one face. */
enum percuta_status percuta_permeation_domain_rows(const struct percuta_domain *domain, int cells,
                                                   double merge, double **face, int **layer,
                                                   int *rows);

/* The closing that holds at `time`. */
struct percuta_closing percuta_permeation_domain_closing(const struct percuta_domain *domain,
                                                         double time);

/* A course of zeros with copies of the output times and the faces. */
enum percuta_status percuta_permeation_domain_course(const struct percuta_domain *domain,
                                                     const double *face, int rows,
                                                     struct percuta_permeation **out);
void percuta_permeation_domain_course_destroy(
    struct percuta_permeation **course); /* accepts NULL */

#endif
