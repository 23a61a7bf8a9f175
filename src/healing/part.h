/* What a part of the healing model is: physics at a point, that knows no grid and no PETSc. */
#ifndef PERCUTA_HEALING_PART_H
#define PERCUTA_HEALING_PART_H

#include "base/diag.h"
#include "healing/layout.h"
#include "numerics/problem.h"
#include "skin/skin.h"

struct percuta_cascade;

enum { PERCUTA_PART_VALUES = 32 }; /* a part has at most so many parameters */
enum { PERCUTA_PIECE = 64 }; /* cells at once: what they need stays in the first-level cache */

/* Up to PERCUTA_PIECE cells of one depth row.
 * Fields that are not computed hold their idle value and their rates go nowhere, so that a part
 * need not ask which others are on. The parts act upon each other through the arrays below: before
 * any rate is taken, `modulate` of each part may multiply `supply`, `making` and `exposed`, which
 * start at one, and tell the core what its cells do in place of answering the signal at once; the
 * core then sets `called`, `produced`, `lost` and `activity`, for the parts after it. */
struct percuta_piece {
  int count;
  bool dermal;        /* else epidermis, or fat */
  bool epidermal;     /* viable epidermis */
  const double *rest; /* resting collagen, relative to young dermis; > 0 in dermis */
  const double *u[PERCUTA_FIELD_COUNT];
  double *rate[PERCUTA_FIELD_COUNT]; /* [1/s] to be added to */
  double supply[PERCUTA_PIECE]; /* of oxygen: multiplies what signal adds to division, production */
  double making[PERCUTA_PIECE]; /* multiplies the production of collagen */
  double
      exposed[PERCUTA_PIECE]; /* share of collagen that enzymes can cut, times how many there are */
  double at_once;             /* one: cells answer the signal at once; else zero, and */
  double answer[PERCUTA_PIECE];   /* what they do of all that signal can make them; else zero */
  double called[PERCUTA_PIECE];   /* what the signal calls for, of all that it can, 0..1 */
  double nowhere[PERCUTA_PIECE];  /* takes the rates of what is not computed */
  double produced[PERCUTA_PIECE]; /* collagen made [1/s] */
  double lost[PERCUTA_PIECE];     /* collagen cut, per exposed collagen [1/s] */
  double activity[PERCUTA_PIECE]; /* production by the average cell over that at rest */
};

/* One place in the skin, as rest and injury see it. */
struct percuta_tissue {
  bool dermal, epidermal;
  double rest; /* as above */
};

/* What an injury does to one cell of the grid. */
struct percuta_cut {
  double injured;      /* share of the volume that is damaged */
  double clotted;      /* share of the volume that is damaged and filled by clot */
  double open;         /* share of the volume that an open track takes up */
  double closing_time; /* [s] in which cells close the gaps in the epidermis */
  double signal_rel;   /* what the clot's platelets release, relative to normal blood */
};

/* How a field moves, in the layers where it does; see numerics/problem.h. */
struct percuta_drift {
  double constant;   /* [m^2/s] */
  double crowding;   /* [m^2/s per unit of fibroblasts and myofibroblasts] */
  double chemotaxis; /* [m^2/s per unit of signal] */
  double guided;     /* [m^2/s] where collagen lets cells move best; the core knows how it falls */
  bool follows;      /* what makes it and what it loses; with its drivers */
  int drivers;
  struct {
    enum percuta_field field;
    double rate; /* [1/s] */
  } driver[PERCUTA_PROBLEM_MAX_DRIVERS];
};

/* NULL where a part has nothing to do. `rest` and `injure` change u[PERCUTA_FIELD_COUNT], the
 * fields of one cell; parts are asked in the order of parts.def. `slope` adds dR_f/du_f to
 * piece->rate. */
struct percuta_part {
  enum percuta_status (*read)(const struct percuta_parameters *set, const struct percuta_skin *skin,
                              struct percuta_diag *diag, struct percuta_cascade *out);
  void (*modulate)(const struct percuta_cascade *cascade, struct percuta_piece *piece);
  void (*rate)(const struct percuta_cascade *cascade, struct percuta_piece *piece);
  void (*slope)(const struct percuta_cascade *cascade, struct percuta_piece *piece);
  void (*rest)(const struct percuta_cascade *cascade, const struct percuta_tissue *site, double *u);
  void (*injure)(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                 const struct percuta_cut *cut, double *u);
  void (*drift)(const struct percuta_cascade *cascade, struct percuta_drift *drift);
};

/* What a core is beyond a part: whoever asks for this asks not which one is on (cascade.h). */
struct percuta_core_law {
  enum percuta_field call; /* by which an injury calls for repair */
  double (*turnover)(const struct percuta_cascade *cascade, double rest);
  double (*turnover_rel)(const struct percuta_cascade *cascade, double rest);
  void (*comeback)(const struct percuta_cascade *cascade, size_t count, const double *beyond,
                   double *out);
  double (*rise)(const struct percuta_cascade *cascade, double rest);
  double (*runaway_level)(const struct percuta_cascade *cascade); /* NULL: there is none */
  void (*guidance)(const struct percuta_cascade *cascade, size_t count, const double *collagen,
                   double *out); /* NULL: nothing guides */
};

#define PERCUTA_CORE(name)                                                                         \
  extern const struct percuta_part percuta_healing_##name##_part;                                  \
  extern const struct percuta_core_law percuta_healing_##name##_law;
#define PERCUTA_EXTENSION(name, meaning)                                                           \
  extern const struct percuta_part percuta_healing_##name##_part;
#include "scenario/parts.def"
#undef PERCUTA_CORE
#undef PERCUTA_EXTENSION

#endif
