/* The grid of each fidelity, and what a run on it holds in memory. Test: tests/cli/memory.sh. */
#include "course/space.h"

#include <math.h>
#include <stdlib.h>

#include "course/calendar.h"
#include "device/device.h"
#include "healing/layout.h"
#include "scenario/calendar.h"

/* Choices of resolution: rings of a track and around the tracks; those of a column are as few as
 * keep its gains with the patch's. Tracks are told apart up to MOST_TRACKS, and as long as they
 * leave the share ROOM of the skin. */
static const struct rings { int track, around; } COLUMN_RINGS = {3, 1}, CHANNEL_RINGS = {12, 20};
enum { MOST_TRACKS = 8 };
static const double ROOM = 0.2;

/* Radius [m] of the skin that falls to one strike of a session. */
static double share_radius(const struct percuta_scenario *scenario) {
  const struct percuta_session *session = &scenario->session;
  double density = session->pass_count * session->repeat *
                   percuta_device_strike_density(&scenario->device, session->speed, session->slip);
  return sqrt(1.0 / (M_PI * density));
}

/* The skin that falls to one strike, with tracks as wide as a needle's shank. */
static struct percuta_grid_tracks tracks_of(const struct percuta_scenario *scenario,
                                            const struct percuta_skin *skin) {
  const struct rings rings =
      scenario->model.fidelity == PERCUTA_COLUMN ? COLUMN_RINGS : CHANNEL_RINGS;
  const double radius = share_radius(scenario);
  const double widest = radius * sqrt(1 - ROOM);
  const double width = fmin(widest, scenario->device.needle.base_diameter / 2);
  const int sessions = percuta_scenario_calendar_count(&scenario->course);
  const double fit = fmin(MOST_TRACKS, widest * widest / (width * width));
  const struct percuta_grid_sites sites = {
      .stripe = skin->defect_is_stripe,
      .width = skin->has_defect ? skin->defect_width : 0,
      .tile = fmax(scenario->model.patch_width, 2 * skin->defect_width)};
  return (struct percuta_grid_tracks){.radius = radius,
                                      .width = width,
                                      .tracks = (int)fmin(sessions, floor(fit)),
                                      .rings = rings.track,
                                      .around = rings.around,
                                      .sites = sites};
}

enum percuta_status percuta_course_space_grid(const struct percuta_scenario *scenario,
                                              const struct percuta_skin *skin,
                                              struct percuta_grid **out) {
  double depth[PERCUTA_LAYER_COUNT + 1];
  double *face = NULL;
  int nz = 0;
  double length = scenario->device.needle.length; /* the longest of all sessions */
  for (int i = 0; i < scenario->course.change_count; ++i)
    length = fmax(length, scenario->course.changes[i].device.needle.length);
  double cell = scenario->model.patch_cell;
  for (int layer = 0; layer < PERCUTA_LAYER_COUNT; ++layer) {
    depth[layer] = percuta_skin_layer_top(skin, (enum percuta_layer)layer);
  }
  /* the grid ends with the dermis, or below the longest needle where that reaches deeper */
  double dermis = depth[PERCUTA_HYPODERMIS];
  int layers = length > dermis ? PERCUTA_LAYER_COUNT : PERCUTA_LAYER_COUNT - 1;
  depth[PERCUTA_LAYER_COUNT] = length;
  const double growth = 1.2; /* of cells below the needles' reach: a choice of resolution */
  enum percuta_status status =
      percuta_numerics_grid_depth_faces(depth, layers, cell, length, growth, &face, &nz);
  if (status != PERCUTA_OK)
    return status;
  int n = (int)lround(scenario->model.patch_width / cell);
  double size = scenario->model.patch_width / n;
  if (scenario->model.fidelity == PERCUTA_PATCH) {
    status = percuta_numerics_grid_create(n, n, size, size, face, nz, out);
  } else {
    const struct percuta_grid_tracks tracks = tracks_of(scenario, skin);
    status = percuta_numerics_grid_create_tracks(&tracks, face, nz, out);
  }
  free(face);
  return status;
}

/* [bytes] of a process that has loaded Percuta's libraries and computed nothing, as measured on
 * Debian 12 (PETSc 3.18, Open MPI 4.1). */
static const double LOADED = 44.5e6;

/* Whole states that a run keeps: its own and the one before, four stages, the reaction's slopes.
 * Fields more: collagen at rest, those on their way into fields.h5 with what HDF5 keeps for them;
 * between processes, moving fields in the order in which lines in y are solved. The last two as
 * measured. */
enum { STATES = 7, MORE_FIELDS = 22, SHARED_FIELDS = 40 };

size_t percuta_course_space_bytes_per_cell(const struct percuta_scenario *scenario) {
  size_t fields = (size_t)percuta_healing_layout_make(scenario).count;
  return (STATES * fields + MORE_FIELDS) * sizeof(double);
}

/* [bytes] of products followed in three dimensions: for every column of cells, and for PETSc's
 * solvers, as measured there. */
static const double FOLLOWED_COLUMN = 25e3, FOLLOWED = 9e6;

static double followed_bytes(const struct percuta_scenario *scenario,
                             const struct percuta_grid *grid) {
  const struct percuta_session *session = &scenario->session;
  const bool cream = session->numbing.product && session->numbing.product[0] != '\0' &&
                     session->numbing.order == PERCUTA_NEEDLES_FIRST;
  if (scenario->model.permeation != PERCUTA_PERMEATION_PATCH ||
      (session->product_count == 0 && !cream))
    return 0;
  return FOLLOWED + FOLLOWED_COLUMN * grid->nx * grid->ny;
}

double percuta_course_space_strikes(const struct percuta_scenario *scenario, double window) {
  const struct percuta_session *session = &scenario->session;
  const double width =
      scenario->model.fidelity == PERCUTA_PATCH ? scenario->model.patch_width : window;
  return percuta_device_strike_density(&scenario->device, session->speed, session->slip) * width *
         width * session->pass_count * session->repeat;
}

/* [bytes] of a strike: while its session is computed, and kept with what came of it until the
 * files are written; of its line in channels.csv. All as measured there. */
static const double STRUCK = 30, STRUCK_KEPT = 200, STRUCK_LINE = 230;

double percuta_course_space_bytes(const struct percuta_scenario *scenario,
                                  const struct percuta_grid *grid, double strikes, int processes) {
  const double struck =
      strikes * (STRUCK + STRUCK_KEPT * percuta_scenario_calendar_count(&scenario->course));
  const double shared = processes > 1 ? SHARED_FIELDS * sizeof(double) : 0;
  return (LOADED + struck) * processes + followed_bytes(scenario, grid) +
         ((double)percuta_course_space_bytes_per_cell(scenario) + shared) *
             (double)percuta_numerics_grid_cell_count(grid);
}

/* [bytes] of a folder's other files together, and how many states a checkpoint is while it takes
 * the place of the one before. */
static const double FILES = 2e6;
enum { CHECKPOINTS = 2 };

double percuta_course_space_disk(const struct percuta_scenario *scenario,
                                 const struct percuta_grid *grid, double strikes) {
  double time[PERCUTA_CALENDAR_SNAPSHOTS];
  const int kept = percuta_course_calendar_snapshots(scenario->course.follow_up, time);
  const double values =
      (double)percuta_numerics_grid_cell_count(grid) * percuta_healing_layout_make(scenario).count;
  /* fields are kept as floats, and once more in fields.h5 before they are deleted */
  return FILES + values * (2.0 * kept * sizeof(float) + CHECKPOINTS * sizeof(double)) +
         STRUCK_LINE * strikes * percuta_scenario_calendar_count(&scenario->course);
}
