/* The relief of the skin's surface before treatment: furrows of wrinkles, stripes (striae, surgical
 * scars) and discs (acne scars) as a height map, periodic on the patch. Theory:
 * docs/theory/skin.md.
 */
#ifndef PERCUTA_SKIN_RELIEF_H
#define PERCUTA_SKIN_RELIEF_H

#include <stdbool.h>

#include "scenario/scenario.h"

enum percuta_relief_kind {
  PERCUTA_RELIEF_FLAT,
  PERCUTA_RELIEF_FURROWS,
  PERCUTA_RELIEF_STRIPE, /* along y through the middle of the patch */
  PERCUTA_RELIEF_DISC    /* in the middle of the patch */
};

/* What a condition says of the surface. */
struct percuta_relief_form {
  enum percuta_relief_kind kind;
  enum percuta_scar_profile profile; /* of a disc */
  double recess;     /* [m] of the lowest point below the undisturbed skin; negative: raised */
  double width;      /* [m] of a furrow, stripe or disc */
  double wavelength; /* [m] from furrow to furrow */
  double direction;  /* [rad] in which furrows run, anticlockwise from x */
};

/* The same laid on a periodic square. */
struct percuta_relief {
  struct percuta_relief_form form; /* width and wavelength as they fit */
  double period;                   /* [m] side of the square */
  int waves[2];                    /* of furrows, along x and y of the square */
  double growth; /* [m] that the floor has risen against the skin around it; 0 before treatment */
};

/* Side [m] of the square that a relief repeats on: that of the strikes, `width`; for a stripe or
 * disc in a column or channel the patch that the scenario names, so that there is as much skin
 * around it at every fidelity, or twice as wide as it if that is more. */
double percuta_skin_relief_tile(const struct percuta_scenario *scenario,
                                const struct percuta_relief_form *form, double width);

/* Lays `form` on a square of side `period` [m] > 0. Furrows get the whole numbers of waves along x
 * and y that come nearest to their wavelength and direction. */
void percuta_skin_relief_lay(const struct percuta_relief_form *form, double period,
                             struct percuta_relief *out);

/* Height [m] of the surface at (x, y) [m]: 0 = undisturbed, negative = depressed. Periodic. */
double percuta_skin_relief_height(const struct percuta_relief *relief, double x, double y);

/* Steepest slope, height over distance, across a furrow, stripe or disc. */
double percuta_skin_relief_slope(const struct percuta_relief *relief);
/* Width [m] of what lies at least `depth` [m] > 0 below the undisturbed surface. */
double percuta_skin_relief_width(const struct percuta_relief *relief, double depth);
/* Mean distance [m] below the undisturbed surface over a stripe or disc, or over all furrows;
 * negative: above. As a volume, 10 um are 1 mm^3 per cm^2. */
double percuta_skin_relief_mean(const struct percuta_relief *relief);

/* Distance [m], >= 0, from a plane that rests on the highest points down to the surface where a
 * strike at (x, y) [m] meets it. */
double percuta_skin_relief_recess(const struct percuta_relief *relief, double x, double y);
/* The largest such distance [m] that any strike can meet. */
double percuta_skin_relief_recess_max(const struct percuta_relief *relief);

/* Parameters of a measured surface, all in m but the volume. Ra and Rz after ISO 4287, Sa and Sz
 * after ISO 25178-2, on the surface as it is: with whole waves in the square there is no form or
 * waviness to filter off. */
struct percuta_relief_texture {
  double ra;     /* mean distance from a profile's mean line */
  double rz;     /* highest less lowest point in a fifth of a profile, mean of the five */
  double sa;     /* mean distance from the mean plane */
  double sz;     /* highest less lowest point of the map */
  double depth;  /* of the lowest point below the undisturbed surface */
  double raised; /* of the highest point above it */
  double volume; /* [m^3] missing below the undisturbed surface */
};

/* Measures a map of nx * ny heights [m], x fastest, of a square of side `period` [m]. Profiles run
 * along x and along y, one through every row and column; Ra and Rz are means over all profiles of
 * one direction, and the greater of the two, as ISO 4288 asks. nx and ny are multiples of 5. */
void percuta_skin_relief_measure(const double *height, int nx, int ny, double period,
                                 struct percuta_relief_texture *out);

/* Points along a side of the map on which a relief is shown and measured: a multiple of 10 that
 * gives its narrowest part 20 points, within 100 and 1000. */
int percuta_skin_relief_points(const struct percuta_relief *relief);
/* Fills `height` [m], points * points, x fastest, at multiples of period / points. */
void percuta_skin_relief_sample(const struct percuta_relief *relief, int points, double *height);

/* Its measures on that map. PERCUTA_MEMORY when there is none for the map. */
enum percuta_status percuta_skin_relief_survey(const struct percuta_relief *relief,
                                               struct percuta_relief_texture *out);

#endif
