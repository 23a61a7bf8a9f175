/* What a run hands to the writers of the result folder. Plain data, no PETSc. */
#ifndef PERCUTA_RESULT_RESULT_H
#define PERCUTA_RESULT_RESULT_H

#include "bleeding/bleeding.h"
#include "clot/blood.h"
#include "device/coverage.h"
#include "numerics/grid.h"
#include "outcome/comfort.h"
#include "scenario/scenario.h"
#include "skin/skin.h"

/* Timeline columns: X(member, csv name, unit as text, description). The order is that of the file.
 */
#define PERCUTA_COLUMN_LIST(X)                                                                     \
  X(time_d, "d", "time since the first session")                                                   \
  X(session, "1", "number of sessions given so far")                                               \
  X(collagen_total_rel, "1", "collagen I + III in the treated dermis, relative to before")         \
  X(collagen_I_rel, "1", "collagen I in the treated dermis, relative to before")                   \
  X(collagen_III_rel, "1", "collagen III in the treated dermis, relative to before")               \
  X(collagen_III_share, "1", "collagen III as a share of all collagen")                            \
  X(fibroblast_rel, "1", "fibroblasts in the treated dermis, relative to before")                  \
  X(myofibroblast_frac, "1", "myofibroblasts as a share of fibroblasts and myofibroblasts")        \
  X(signal_rel, "1", "signalling molecule, as a share of the level above which tissue runs away")  \
  X(signal_max_rel, "1", "the same in the cell where it is highest")                               \
  X(inflammation_index, "1", "macrophages per fibroblast at rest; 0 = at rest")                    \
  X(clot_frac, "1", "clot and cut tissue still present, as a share of the treated dermis")         \
  X(barrier_open_frac, "1", "share of the skin surface that is open puncture")                     \
  X(healed, "1", "1 when every criterion of healing is met, else 0")

struct percuta_timeline_row {
#define PERCUTA_COLUMN_MEMBER(name, unit, text) double name;
  PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_MEMBER)
#undef PERCUTA_COLUMN_MEMBER
};

struct percuta_timeline {
  struct percuta_timeline_row *row; /* owned */
  size_t count, capacity;
};

/* Fields on the grid: X(id, unit, description); all are relative or dimensionless. */
#define PERCUTA_FIELD_LIST(X)                                                                      \
  X(fibroblast, "1", "fibroblast density relative to rest")                                        \
  X(myofibroblast, "1", "myofibroblast density relative to resting fibroblasts")                   \
  X(signal, "1", "signalling molecule relative to the level released by a clot (1e-8 g/cm^3)")     \
  X(macrophage, "1", "macrophage density relative to that called by a unit of injured tissue")     \
  X(collagen, "1", "collagen density relative to healthy young dermis")                            \
  X(collagen_III, "1", "collagen III density, same scale as collagen")                             \
  X(clot, "1", "clot and cut tissue, as a share of the cell's volume")

enum percuta_field {
#define PERCUTA_FIELD_ENUM(name, unit, text) PERCUTA_FIELD_##name,
  PERCUTA_FIELD_LIST(PERCUTA_FIELD_ENUM)
#undef PERCUTA_FIELD_ENUM
      PERCUTA_FIELD_COUNT
};

/* One session as it was given. */
struct percuta_session_result {
  int number;                       /* from 1 */
  double planned;                   /* [s] since the first session */
  double start;                     /* [s] since the first session */
  bool given;                       /* false: the skin had not healed before the follow-up ended */
  double duration;                  /* [s] of the strokes in the patch */
  struct percuta_coverage coverage; /* of the skin by the strikes */
  struct percuta_channels channels; /* owned */
  struct percuta_bleeding bleeding; /* owned */
  struct percuta_comfort comfort;
  struct percuta_clot clot; /* how the blood in the cuts clots */
  double plugged_at;        /* [s] after a cut: platelets have plugged the vessel */
  double secured_at; /* [s] after a cut: and fibrin holds the plug; infinite = not in the window */
  double injured_volume; /* [m^3] on the grid */
  double channel_volume; /* [m^3] of the channels, exact, in place */
  double overlap_volume; /* [m^3] cut twice: channel_volume - injured_volume */
  double injured_frac;   /* of the treated dermis */
  double healed_at;      /* [s] since the first session, when next healed; < 0 = not within run */
};

/* What the run cost; kept apart from the state. */
struct percuta_cost {
  double wall_s;
  double solve_s;
  long steps, rejected;
  long cells;
  int ranks;
  double peak_memory_mb;
};

struct percuta_result {
  const struct percuta_scenario *scenario; /* borrowed */
  const struct percuta_skin *skin;         /* borrowed */
  const struct percuta_grid *grid;         /* borrowed */
  double width;                            /* [m] of the square patch on which strikes were laid */
  double treated_top;    /* [m] depth range over which averages are taken: the dermis from the */
  double treated_bottom; /* [m] junction down to the mean in-place depth of the channels */
  struct percuta_session_result *session; /* owned */
  int session_count;
  struct percuta_timeline timeline; /* owned */
  double *snapshot_time;            /* [s] owned; times of the fields kept */
  int snapshot_count;
  double clipped_rel;         /* largest share of a field's total that was lifted from below zero */
  double runaway_level;       /* c*, signal above which uniform tissue runs away, in field units */
  double runaway_volume_frac; /* largest share of dermal cells that were above it at one time */
  char **warning;             /* owned array of owned texts */
  int warning_count;
  struct percuta_cost cost;
};

/* Writers. Each writes a temporary file and renames it; PERCUTA_IO on failure. */
enum percuta_status percuta_timeline_write(const struct percuta_result *result, const char *path);
enum percuta_status percuta_channels_write(const struct percuta_result *result, const char *path);
enum percuta_status percuta_summary_write(const struct percuta_result *result, const char *path);

/* Snapshots of all fields are kept one file each in `folder`/.snapshots/NNN.f32 while the run goes
 * on (float, field by field, x fastest, then y, then z), so that a killed run loses nothing.
 * `field` has PERCUTA_FIELD_COUNT pointers to nx*ny*nz floats. */
enum percuta_status percuta_snapshot_write(const char *folder, int number,
                                           const struct percuta_grid *grid,
                                           const float *const *field);
/* Reads one back; `field` points to caller's arrays. */
enum percuta_status percuta_snapshot_read(const char *folder, int number,
                                          const struct percuta_grid *grid, float *const *field);

/* Gathers the snapshots into fields.h5 and fields.xdmf (units, descriptions, sources and the
 * scenario's text as attributes; no time stamps, so that equal runs give equal bytes). */
enum percuta_status percuta_fields_write(const struct percuta_result *result, const char *folder);

/* report.html from the result and the snapshots in `folder`. */
enum percuta_status percuta_report_write(const struct percuta_result *result, const char *folder);

#endif
