/* The sheet of a device: what its maker must say of it, as the models have it. No course is
 * followed. Page: docs/device-sheet.md. */
#ifndef PERCUTA_SHEET_SHEET_H
#define PERCUTA_SHEET_SHEET_H

#include "bleeding/bleeding.h"
#include "insertion/setting.h"
#include "validate/row.h"

enum {
  PERCUTA_SHEET_SITES = 32,
  PERCUTA_SHEET_STEPS = 10, /* of age, force, wear or passes, at most */
  PERCUTA_SHEET_DEPTHS = 9,
  PERCUTA_SHEET_NEAREST = 3, /* published rows of a topic */
  PERCUTA_SHEET_STAGES = 3
};

/* A number and the middle 90 % of what is known of it. */
struct percuta_sheet_number {
  double value, low, high;
};

/* The device pressed on skin, under one set of conditions. */
struct percuta_sheet_place {
  char label[64];                    /* of what it differs by from others beside it: "cheek" */
  double at;                         /* the same as a number: age [s], force [N], wear [m] */
  bool base;                         /* the conditions that the sheet is for */
  double length;                     /* [m] of the needle as it meets the skin */
  struct percuta_sheet_number entry; /* share of the joint draws in which a needle gets in, and
                                        what their number leaves open of it */
  struct percuta_sheet_number depth; /* [m] in place, where it gets in; zeros where it never does */
  struct percuta_sheet_number open;  /* [m] left open, likewise */
  struct percuta_sheet_number width; /* [m] left open at the surface, likewise */
  double deepest; /* [m] one strike of 1000 goes deeper, where needles go deepest */
  struct percuta_sheet_number opening; /* [N] on a needle, at which the skin opens */
  struct percuta_sheet_number bearing; /* [N] of the hand, from which on drum or head touch */
  bool touches, stopped;
};

/* After a number of passes. */
struct percuta_sheet_strikes {
  int passes;
  struct percuta_sheet_number density; /* [1/m^2], and of 90 % of the squares of 1 cm^2 */
  double reentered; /* share that falls into an earlier hole, where needles get in */
};

/* A puncture of this depth. */
struct percuta_sheet_vessels {
  double depth;                         /* [m] */
  bool base;                            /* that of the sheet's conditions */
  struct percuta_sheet_number bleeding; /* probability that it cuts a vessel */
  double hits[PERCUTA_VESSELS];         /* expected number of vessels cut */
  struct percuta_sheet_number shed;     /* [m^3] of blood, when no other puncture takes from it */
};

struct percuta_sheet_layer {
  const char *name;                /* static */
  struct percuta_sheet_number top; /* [m] below the surface, between people */
};

/* What published rows are about. */
enum percuta_sheet_topic {
  PERCUTA_SHEET_RATE,
  PERCUTA_SHEET_DEPTH,
  PERCUTA_SHEET_OPEN,
  PERCUTA_SHEET_ENTRY,
  PERCUTA_SHEET_FORCE,
  PERCUTA_SHEET_BLOOD,
  PERCUTA_SHEET_WEAR,
  PERCUTA_SHEET_TOPICS
};

struct percuta_sheet_row {
  enum percuta_sheet_topic topic;
  struct percuta_comparison item;
  enum percuta_device_kind kind; /* of the study's device */
  int needles;                   /* it has */
  double length;                 /* [m] of its needles */
  double distance;               /* from the sheet's device: 1 for twice the length */
};

struct percuta_sheet {
  const struct percuta_scenario *scenario; /* borrowed */
  struct percuta_skin skin;
  char name[320];               /* what the sheet is headed with */
  char known[256], source[256]; /* of the preset, "" without one */
  double needles_in_contact;    /* mean number that share the hand's force */
  double rate;                  /* [1/s] strikes */
  double speed;                 /* [m/s] of the tip */
  double strike_spread;         /* relative, of depth from strike to strike */
  int draws;                    /* of the joint posterior */
  int session_passes;           /* passes of the scenario's session */
  double slower, faster;        /* [1/m^2] strikes a pass at half and twice the hand's speed */
  double slipping;              /* [1/m^2] the same with a slip of a tenth; 0: no roller */

  struct percuta_sheet_place base;
  struct percuta_sheet_place site[PERCUTA_SHEET_SITES];
  struct percuta_sheet_place age[PERCUTA_SHEET_STEPS], force[PERCUTA_SHEET_STEPS],
      wear[PERCUTA_SHEET_STEPS];
  int sites, ages, forces, wears;
  struct percuta_sheet_strikes strikes[PERCUTA_SHEET_STEPS];
  int strike_count;
  struct percuta_sheet_layer layer[PERCUTA_LAYER_COUNT];
  struct percuta_sheet_number to_fat; /* [m] from the tip in place to the fat; negative: in it */
  struct percuta_sheet_vessels vessels[PERCUTA_SHEET_DEPTHS];
  int depths;
  double onset; /* [m] depth at which half of the punctures cut a vessel; INFINITY: below the tip */

  struct percuta_evidence evidence[PERCUTA_SHEET_STAGES]; /* owned */
  struct percuta_sheet_row *row;                          /* owned; by topic, the nearest first */
  size_t rows;
};

/* The sheet of the device of `scenario`, which must stay. Mistakes in the data go to `diag`.
 * Release with percuta_sheet_destroy. */
enum percuta_status percuta_sheet_make(const struct percuta_scenario *scenario,
                                       struct percuta_diag *diag, struct percuta_sheet **out);
void percuta_sheet_destroy(struct percuta_sheet **sheet); /* accepts NULL */

/* Whether a needle gets in with the values that a run uses; in some of the draws it may also when
 * not, and in few where it does. */
static inline bool percuta_sheet_enters(const struct percuta_sheet_place *place) {
  return place->depth.value > 0;
}

#endif
