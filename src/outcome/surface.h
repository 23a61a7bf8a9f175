/* The surface of the skin after treatment: how far a scar, stria or fold has filled. Theory:
 * docs/theory/surface.md. */
#ifndef PERCUTA_OUTCOME_SURFACE_H
#define PERCUTA_OUTCOME_SURFACE_H

#include "outcome/injection.h"
#include "scenario/scenario.h"
#include "skin/relief.h"

struct percuta_record;

struct percuta_surface_law {
  struct percuta_outcome_range share; /* of new collagen that shows as volume, not as density */
  double visible_depth;               /* [m] from which on a recess counts as seen */
  double visible_width;               /* [m] and how wide it must be */
  double film_modulus;                /* [Pa] of the stratum corneum */
  double expression;                  /* strain of skin by an expression of the face */
  double least_ratio, most_ratio; /* of film over ground, between which its wrinkles are known */
};

enum percuta_status percuta_outcome_surface_read(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_surface_law *out);

/* Rise [m] of the floor of a defect against the skin around it, `day` days after the first session,
 * if `share` of the new collagen shows as volume; 0 where there is no defect. */
double percuta_outcome_surface_growth(const struct percuta_record *record, double share,
                                      double day);

/* The relief with that growth. */
struct percuta_relief percuta_outcome_surface_after(const struct percuta_record *record,
                                                    double share, double day);

/* Wrinkles of a stiff film on a soft ground that is pressed together. */
struct percuta_expression {
  double onset;      /* strain from which on it wrinkles */
  double wavelength; /* [m] */
  double height;     /* [m] crest over trough at the law's strain; 0 below the onset */
  bool outside;      /* film and ground are not so different that the formulae hold */
};

/* Of a film `thick` [m], on a ground of this modulus [Pa]. */
struct percuta_expression percuta_outcome_surface_expression(const struct percuta_surface_law *law,
                                                             double thick, double ground);

#endif
