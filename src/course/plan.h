/* What follows from a scenario and does not change while a run goes on. Internal to course/. */
#ifndef PERCUTA_COURSE_PLAN_H
#define PERCUTA_COURSE_PLAN_H

#include "bleeding/bed.h"
#include "clot/blood.h"
#include "course/calendar.h"
#include "healing/cascade.h"
#include "insertion/setting.h"
#include "numerics/grid.h"
#include "numerics/petsc_compat.h"
#include "outcome/law.h"
#include "transport/numbing.h"
#include "transport/reseal.h"

/* When skin counts as healed, and how a column samples the skin; table `course`. */
struct percuta_course_parameters {
  double fibroblast_density; /* [1/m^3] in which cells are told */
  double healed_barrier;     /* water loss above the intact skin's, as a share of it */
  double column_window;      /* [m] */
};

/* Products that the scenario names. */
struct percuta_course_products {
  struct percuta_numbing_model model; /* not read where there is no product */
  bool has_cream;
  struct percuta_product cream;
  struct percuta_product *product; /* owned; as many as session.products */
};

/* The sessions from one on that are given alike. */
struct percuta_course_stage {
  int from;                                    /* session, from 1 */
  struct percuta_scenario scenario;            /* the run's with device and hand; owns nothing */
  struct percuta_insertion_setting *insertion; /* owned */
};

struct percuta_run_plan {
  const struct percuta_scenario *scenario; /* borrowed */
  struct percuta_course_parameters parameters;
  struct percuta_skin skin;
  double width;                       /* [m] side of the square that strikes fall on */
  struct percuta_course_stage *stage; /* owned; the first is the scenario as it stands */
  int stage_count;
  struct percuta_bed bed;                  /* vessels that needles can cut */
  struct percuta_reseal reseal;            /* how this person's channels close */
  struct percuta_course_products products; /* owned parts */
  struct percuta_outcome_law law;          /* published relations */
  struct percuta_clot clot;                /* of this person's blood */
  double clot_s;                           /* [s] that its reactions took to solve */
  struct percuta_layout layout;            /* parts of healing that are on, fields there are */
  struct percuta_cascade cascade;          /* healing at a point */
  struct percuta_grid *grid;               /* owned */
  /* what the run's creator chose; set by percuta_course_run_create */
  MPI_Comm comm;
  bool owns_comm;
  int rank, ranks;
  char *folder;                            /* owned; NULL: the run leaves no trace */
  double keep[PERCUTA_CALENDAR_SNAPSHOTS]; /* [s] when fields are kept; infinite: not at all */
};

/* Reads models and data, builds skin and grid. Mistakes go to `diag`. The same on every rank that
 * calls; PETSc must have been started. */
enum percuta_status percuta_course_plan_create(const struct percuta_scenario *scenario,
                                               struct percuta_diag *diag,
                                               struct percuta_run_plan **out);
/* How session `index`, from 0, is given. */
const struct percuta_course_stage *percuta_course_plan_stage(const struct percuta_run_plan *plan,
                                                             int index);
void percuta_course_plan_destroy(struct percuta_run_plan **plan); /* accepts NULL */

#endif
