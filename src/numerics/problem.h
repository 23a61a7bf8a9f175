/* A reaction-diffusion problem, as the time stepper sees it: how each field moves, and what happens
 * to it at a point. Times in s, lengths in m; the fields' units are the problem's own. */
#ifndef PERCUTA_NUMERICS_PROBLEM_H
#define PERCUTA_NUMERICS_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#define PERCUTA_PROBLEM_MAX_FIELDS 32
#define PERCUTA_PROBLEM_MAX_DRIVERS 3

/* How a field moves:
 *   du/dt = div( (constant + crowding (u_0 + u_1) + guided g(u_guide)) grad u
 *                -  chemotaxis u grad u_signal )
 * Each coefficient is given per depth row (nz values, borrowed) or NULL for none; a row of zero
 * lets nothing through. Where neighbouring rows differ the face takes their harmonic mean.
 *
 * A field that only diffuses may be solved for with all directions at once, and with its drivers:
 * it then follows what makes it and what it loses, however much longer a step is than that takes
 * (numerics/follow.h). */
struct percuta_driver {
  int field;   /* that makes it; no ring of drivers */
  double rate; /* [1/s] of this field per unit of that one, where this one lives */
};

struct percuta_motion {
  const double *constant;   /* [m^2/s] */
  const double *crowding;   /* [m^2/s per unit of u_0 + u_1] */
  const double *chemotaxis; /* [m^2/s per unit of the signal] */
  const double *guided;     /* [m^2/s] where g is one */
  bool follows;             /* `constant` is all its movement */
  int drivers;              /* of a field that follows */
  struct percuta_driver driver[PERCUTA_PROBLEM_MAX_DRIVERS];
};

/* Cells side by side in memory: of depth row k and, where its rows are of one kind, of those below
 * it; x fastest, then y (of this rank), then depth. */
struct percuta_cells {
  int k;
  int count;
  size_t offset; /* of the first among this rank's cells of a field */
};

/* Adds what happens at each cell: rate[f][i] += R_f(u[0][i], ...). */
typedef void percuta_reaction_fn(const void *context, double time,
                                 const struct percuta_cells *cells, const double *const *u,
                                 double *const *rate);

/* Writes dR_f/du_f, or any approximation that is not positive, into slope[f][i]. It only guides the
 * implicit solve: the result's order does not depend on it. */
typedef void percuta_slope_fn(const void *context, double time, const struct percuta_cells *cells,
                              const double *const *u, double *const *slope);

/* The guidance g of `count` values of the guiding field, not negative; the arrays may be the same.
 */
typedef void percuta_guidance_fn(const void *context, size_t count, const double *guide,
                                 double *out);

struct percuta_problem {
  int fields;
  int moving; /* the first `moving` fields move, the others stay where they are */
  int signal; /* field whose gradient steers chemotaxis */
  int guide;  /* field that guides movement; it may stay */
  percuta_guidance_fn *guidance; /* g; needed where a field's movement is guided */
  struct percuta_motion motion[PERCUTA_PROBLEM_MAX_FIELDS];
  /* What depth rows are, nz, borrowed: rows of one kind that follow each other may be handed over
   * together, and a field changes only in those whose bit 1 << kind is in its `lives`. NULL: every
   * row stands alone and every field lives everywhere. */
  const int *kind;
  unsigned lives[PERCUTA_PROBLEM_MAX_FIELDS];
  percuta_reaction_fn *reaction;
  percuta_slope_fn *slope;
  const void *context; /* borrowed; handed to the functions */
};

#endif
