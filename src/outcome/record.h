/* The books of a run: what happened in every session and how the skin was at every time. Plain
 * data, no PETSc; outcomes are read off it, files and report are written from it. */
#ifndef PERCUTA_OUTCOME_RECORD_H
#define PERCUTA_OUTCOME_RECORD_H

#include "bleeding/bleeding.h"
#include "clot/blood.h"
#include "device/coverage.h"
#include "healing/layout.h"
#include "numerics/grid.h"
#include "outcome/comfort.h"
#include "outcome/healed.h"
#include "outcome/injection.h"
#include "outcome/warnings.h"
#include "scenario/scenario.h"
#include "skin/skin.h"
#include "transport/numbing.h"
#include "transport/penetration.h"
#include "transport/reseal.h"

/* Timeline columns: X(member and csv name, part that computes it or `always`, unit, description).
 * The order is that of the file, which holds those whose part is on. */
#define PERCUTA_COLUMN_LIST(X)                                                                     \
  X(time_d, always, "d", "time since the first session")                                           \
  X(session, always, "1", "number of sessions given so far")                                       \
  X(collagen_total_rel, always, "1",                                                               \
    "collagen of all types in the treated dermis, relative to before")                             \
  X(collagen_gain_um, always, "um",                                                                \
    "collagen gained over the whole depth of the dermis, as the thickness of dermis that held as " \
    "much before")                                                                                 \
  X(collagen_inside_rel, always, "1",                                                              \
    "collagen inside the scar or stria, down to its end or that of the cuts, relative to before; " \
    "of all skin if there is none")                                                                \
  X(collagen_around_rel, always, "1", "the same in the skin around it")                            \
  X(collagen_I_rel, collagen_types, "1", "collagen I in the treated dermis, relative to before")   \
  X(collagen_III_rel, collagen_types, "1",                                                         \
    "collagen III in the treated dermis, relative to before")                                      \
  X(collagen_III_share, collagen_types, "1", "collagen III as a share of all collagen")            \
  X(collagen_mature_rel, crosslinks, "1",                                                          \
    "collagen held by mature cross-links, relative to before")                                     \
  X(collagen_production_rel, always, "1",                                                          \
    "collagen made in a day in the treated dermis, relative to before")                            \
  X(collagen_messenger_rel, activation, "1",                                                       \
    "messenger of collagen in the treated dermis, relative to before: what cells are switched on " \
    "to make")                                                                                     \
  X(fibroblast_rel, always, "1", "fibroblasts in the treated dermis, relative to before")          \
  X(fibroblasts_per_mm3, always, "1/mm^3", "fibroblasts in the treated dermis")                    \
  X(fibroblast_active_frac, activation, "1",                                                       \
    "fibroblasts that make new collagen, as a share of what the most signal would switch on")      \
  X(myofibroblast_frac, koppenol, "1",                                                             \
    "myofibroblasts as a share of fibroblasts and myofibroblasts")                                 \
  X(signal_rel, koppenol, "1",                                                                     \
    "signalling molecule, as a share of the level above which tissue runs away")                   \
  X(signal_max_rel, koppenol, "1", "the same in the cell where it is highest")                     \
  X(cytokine_rel, pensalfini, "1", "cytokine in the treated dermis, relative to before")           \
  X(inflammatory, pensalfini, "1",                                                                 \
    "inflammatory signal in the treated dermis; 1 = as in freshly cut tissue")                     \
  X(neutrophil_index, trigger, "1",                                                                \
    "neutrophils in the treated dermis; 1 = as many as its whole volume of cut tissue would "      \
    "attract")                                                                                     \
  X(inflammation_index, trigger, "1", "macrophages per fibroblast at rest; 0 = at rest")           \
  X(macrophages_per_mm3, trigger, "1/mm^3",                                                        \
    "macrophages that the needles called, mean over the treated dermis; 0 = at rest")              \
  X(macrophage_M2_share, trigger, "1",                                                             \
    "repairing macrophages (M2) as a share of M1 and M2; 0 where there are none (below 1e-6)")     \
  X(clot_frac, trigger, "1",                                                                       \
    "clot and cut tissue still present, as a share of the treated dermis")                         \
  X(epidermis_um, epidermis, "um", "thickness of the epidermis with its stratum corneum")          \
  X(epidermis_gap_frac, epidermis, "1", "share of the viable epidermis that is gap")               \
  X(elastin_rel, elastin, "1", "elastic fibre, old and new, relative to before")                   \
  X(elastin_new_rel, elastin, "1", "elastic fibre made since the first session, same scale")       \
  X(tropoelastin_rel, elastin, "1", "tropoelastin, same scale")                                    \
  X(capillary_rel, capillaries, "1", "capillaries in the treated dermis, relative to before")      \
  X(oxygen_supply_rel, capillaries, "1",                                                           \
    "collagen production that oxygen allows, relative to healthy skin at rest")                    \
  X(strain_pct, mechanics, "%", "in-plane strain of the treated tile; negative: it has shrunk")    \
  X(tension_kpa, mechanics, "kPa", "in-plane stress of the treated dermis beyond that before")     \
  X(stiffness_rel, mechanics, "1", "in-plane stiffness of the treated dermis, relative to before") \
  X(tightness_rel, mechanics, "1", "in-plane stress of the treated dermis over that before")       \
  X(barrier_open_frac, always, "1", "share of the skin surface that is open puncture")             \
  X(tewl_rel, always, "1", "water loss through the open skin, relative to before")                 \
  X(healed, always, "1", "1 when every criterion of healing is met, else 0")

/* Whether a run with this layout computes the columns of `part`. */
#define PERCUTA_COLUMN_ON(layout, part) (((layout)->parts & PERCUTA_COLUMN_OF_##part) != 0)
#define PERCUTA_CORE(name) PERCUTA_COLUMN_OF_##name = 1U << PERCUTA_PART_##name,
#define PERCUTA_EXTENSION(name, meaning) PERCUTA_COLUMN_OF_##name = 1U << PERCUTA_PART_##name,
enum {
#include "scenario/parts.def"
};
#undef PERCUTA_CORE
#undef PERCUTA_EXTENSION
#define PERCUTA_COLUMN_OF_always ~0U

struct percuta_timeline_row {
#define PERCUTA_COLUMN_MEMBER(name, part, unit, text) double name;
  PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_MEMBER)
#undef PERCUTA_COLUMN_MEMBER
};

struct percuta_timeline {
  struct percuta_timeline_row *row; /* owned */
  size_t count, capacity;
};

/* One session as it was given. */
struct percuta_session_record {
  int number;                       /* from 1 */
  double planned;                   /* [s] since the first session */
  double start;                     /* [s] since the first session */
  bool given;                       /* false: the skin had not healed before the follow-up ended */
  double duration;                  /* [s] of the strokes in the patch */
  struct percuta_coverage coverage; /* of the skin by the strikes */
  struct percuta_channels channels; /* owned */
  struct percuta_bleeding bleeding; /* owned */
  struct percuta_comfort comfort;
  struct percuta_redness redness;
  struct percuta_clot clot; /* how the blood in the cuts clots */
  double plugged_at;        /* [s] after a cut: platelets have plugged the vessel */
  double secured_at; /* [s] after a cut: and fibrin holds the plug; infinite = not in the window */
  double injured_volume; /* [m^3] on the grid */
  double channel_volume; /* [m^3] damaged along the cuts, exact */
  double overlap_volume; /* [m^3] damaged twice: channel_volume - injured_volume */
  double injured_frac;   /* of the treated dermis */
  double healed_at;      /* [s] since the first session, when next healed; < 0 = not within run */
  struct percuta_reseal_opening opening; /* what the channels leave open at first */
  double tewl_rel;                       /* water loss just after, over that of the intact skin */
  struct percuta_reseal_time closure;    /* until the pores count as closed */
  struct percuta_reseal_time barrier;    /* until the barrier to water counts as back */
  unsigned waited_for; /* criteria of healing that held the session up, as bits of healed.h */
};

/* What the run cost; kept apart from the state. */
struct percuta_cost {
  double wall_s;
  double solve_s; /* of it, in solvers: steps of healing, the clot's reactions, products */
  long steps, rejected;
  long cells;
  int ranks;
  double peak_memory_mb;
};

struct percuta_record {
  const struct percuta_scenario *scenario; /* borrowed */
  uint64_t hash;       /* the scenario's, and of the solver's options if any are in force */
  char *petsc_options; /* owned; those options as on a command line; NULL or "": none */
  const struct percuta_skin *skin;       /* borrowed */
  const struct percuta_outcome_law *law; /* borrowed */
  const struct percuta_reseal *reseal;   /* borrowed; how this person's channels close */
  const struct percuta_grid *grid;       /* borrowed */
  struct percuta_layout layout;          /* parts of healing that are on, fields there are */
  double width;                          /* [m] of the square patch on which strikes were laid */
  struct percuta_relief relief;          /* of the surface before treatment */
  struct percuta_relief_texture texture; /* its measures; 0 where it is flat */
  double treated_top;    /* [m] depth range over which averages are taken: the dermis from the */
  double treated_bottom; /* [m] junction down to the mean in-place depth of the channels */
  struct percuta_session_record *session; /* owned */
  int session_count;
  struct percuta_penetration *penetration; /* owned, and what they own; of the first session, in the
                                        order of the scenario; NULL: none */
  int penetration_count;
  struct percuta_numbing numbing; /* of the first session; owns its parts */
  struct percuta_injection injection;
  struct percuta_timeline timeline; /* owned */
  double *snapshot_time;            /* [s] owned; times of the fields kept */
  int snapshot_count;
  const int *snapshot_number; /* borrowed; under which number each is kept; NULL: from 0 on */
  double clipped_rel;         /* largest share of a field's total that was lifted from below zero */
  double clipped_excess;      /* the same over what the steps' tolerance allows; 1: just allowed */
  double runaway_level;       /* c*, signal above which uniform tissue runs away, in field units */
  double runaway_volume_frac; /* largest share of dermal cells that were above it at one time */
  const struct percuta_spread *spread; /* borrowed; bands of joint draws (spread.h); NULL: none */
  struct percuta_warnings warnings;    /* owned parts */
  struct percuta_cost cost;
};

#endif
