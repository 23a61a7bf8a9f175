/* What a run takes, said before it starts, and refused when this machine does not have it.
 * Test: tests/cli/memory.sh. */
#include "cli/size.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/memory.h"
#include "course/space.h"
#include "scenario/calendar.h"

static const double GB = 1e9, MB = 1e6;

static double window_of(const struct percuta_scenario *scenario) {
  const struct percuta_parameter *window =
      percuta_base_parameters_find(scenario->parameters, "course.column_window");
  return window ? window->value_si : NAN;
}

enum percuta_status percuta_cli_size_predict(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag, struct percuta_size *out) {
  const struct percuta_layout layout = percuta_healing_layout_make(scenario);
  const double window = window_of(scenario);
  struct percuta_skin skin = {0};
  struct percuta_cascade cascade;
  struct percuta_grid *grid = NULL;
  PERCUTA_TRY(percuta_skin_read(scenario, diag, &skin));
  PERCUTA_TRY(percuta_healing_cascade_read(&layout, scenario->parameters, &skin, diag, &cascade));
  PERCUTA_TRY(percuta_course_space_grid(scenario, &skin, &grid));
  struct percuta_size size = {.cells = percuta_numerics_grid_cell_count(grid),
                              .per_cell = percuta_course_space_bytes_per_cell(scenario),
                              .strikes = percuta_course_space_strikes(scenario, window)};
  size.memory = percuta_course_space_bytes(scenario, grid, size.strikes, 1);
  size.more = percuta_course_space_bytes(scenario, grid, size.strikes, 2) - size.memory;
  size.disk = percuta_course_space_disk(scenario, grid, size.strikes);
  size.pace = percuta_course_pace_predict(scenario, &cascade, grid, size.strikes);
  percuta_numerics_grid_destroy(&grid);
  *out = size;
  return PERCUTA_OK;
}

/* "40 s", "3 min", "5 h", "2 days": two digits are more than is known. */
static void say_time(double seconds, char *out, size_t size) {
  const double minute = 60, hour = PERCUTA_HOUR, day = PERCUTA_DAY;
  const double unit = seconds < 2 * minute ? 1
                      : seconds < 2 * hour ? minute
                      : seconds < 2 * day  ? hour
                                           : day;
  const char *name = unit < minute ? "s" : unit < hour ? "min" : unit < day ? "h" : "days";
  const double number = fmax(seconds / unit, 0.1);
  snprintf(out, size, "%.*f %s", number < 10 ? 1 : 0, number, name);
}

/* The processes of this run, of which `here` are on this machine, as mpiexec says. */
static int processes(int *here) {
  static const char *const all[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"};
  static const char *const local[] = {"OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS"};
  int count = 1;
  *here = 1;
  for (int i = 0; i < 2 && count == 1; i++) {
    const char *text = getenv(all[i]), *mine = getenv(local[i]);
    count = text != NULL && atoi(text) > 0 ? atoi(text) : 1;
    *here = mine != NULL && atoi(mine) > 0 ? atoi(mine) : count;
  }
  return count;
}

/* [bytes] on this machine. */
static double memory_here(const struct percuta_size *size) {
  int here = 1;
  const int count = processes(&here);
  return (size->memory + size->more * (count - 1)) * here / count;
}

/* The scenario with `count` cells along a side of its patch: of the same size, or of the same
 * patch. */
static double memory_with(const struct percuta_scenario *scenario, int count, bool same_patch) {
  struct percuta_scenario other = *scenario;
  struct percuta_size size = {0};
  if (same_patch)
    other.model.patch_cell = scenario->model.patch_width / count;
  else
    other.model.patch_width = scenario->model.patch_cell * count;
  struct percuta_diag *unsaid = NULL;
  if (percuta_base_diag_create(&unsaid) != 0)
    return INFINITY;
  const enum percuta_status status = percuta_cli_size_predict(&other, unsaid, &size);
  percuta_base_diag_destroy(&unsaid);
  return status == PERCUTA_OK ? memory_here(&size) : INFINITY;
}

/* The most cells along a side that fit into `free` [bytes]; 0 when none do. */
static int most_cells(const struct percuta_scenario *scenario, double free, bool same_patch) {
  int low = 0, high = (int)lround(scenario->model.patch_width / scenario->model.patch_cell);
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    if (memory_with(scenario, middle, same_patch) <= free)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/* What would fit: "model.patch.width up to 12 mm with these cells, or model.patch.cell from 90 um".
 */
static void say_what_fits(const struct percuta_scenario *scenario, const struct percuta_size *size,
                          double free, char *out, size_t bytes) {
  const struct percuta_model *model = &scenario->model;
  const int sessions = percuta_scenario_calendar_count(&scenario->course);
  const bool cells = size->memory - size->more > size->more;
  if (!cells || model->fidelity != PERCUTA_PATCH) {
    snprintf(out, bytes,
             "up to %.2g strikes in all sessions, of %.2g here: fewer passes or sessions, a slower "
             "device or a "
             "narrower patch",
             size->strikes * sessions * free / memory_here(size), size->strikes * sessions);
    return;
  }
  const int narrow = most_cells(scenario, free, false), coarse = most_cells(scenario, free, true);
  snprintf(out, bytes,
           "model.patch.width up to %g mm with these cells, model.patch.cell from %.3g um on with "
           "this width, or "
           "model.fidelity channel",
           narrow * model->patch_cell / PERCUTA_MM,
           coarse > 0 ? ceil(model->patch_width / coarse / PERCUTA_UM) : INFINITY);
}

void percuta_cli_size_print(const struct percuta_scenario *scenario,
                            const struct percuta_size *size, FILE *stream) {
  char about[32], low[32], high[32], fits[320];
  say_time(size->pace.seconds, about, sizeof about);
  say_time(size->pace.low, low, sizeof low);
  say_time(size->pace.high, high, sizeof high);
  fprintf(stream,
          "memory: %zu cells of %zu bytes and %.0f strikes a session, about %.0f MB; with each "
          "further process %.0f MB more\n",
          size->cells, size->per_cell, size->strikes, size->memory / MB, size->more / MB);
  fprintf(stream, "disk: up to %.0f MB\n", ceil(size->disk / MB));
  fprintf(stream, "time: about %s on one process of this machine (%s to %s)", about, low, high);
  if (scenario->model.draws > 0 && percuta_scenario_is_alive(scenario))
    fprintf(stream, "; %d courses with drawn parameters come on top, each as a column",
            scenario->model.draws);
  fprintf(stream, "\n");
  const double free = percuta_base_memory_free();
  if (memory_here(size) <= free)
    return;
  say_what_fits(scenario, size, free, fits, sizeof fits);
  fprintf(stream, "this machine has %.3g GB free, so that a run is refused here; what fits: %s\n",
          free / GB, fits);
}

void percuta_cli_size_add(const struct percuta_size *size, cJSON *root) {
  if (size == NULL) {
    cJSON_AddNullToObject(root, "memory");
    cJSON_AddNullToObject(root, "disk");
    cJSON_AddNullToObject(root, "time");
    return;
  }
  cJSON *memory = cJSON_AddObjectToObject(root, "memory");
  const double free = percuta_base_memory_free();
  cJSON_AddNumberToObject(memory, "cells", (double)size->cells);
  cJSON_AddNumberToObject(memory, "bytes_per_cell", (double)size->per_cell);
  cJSON_AddNumberToObject(memory, "strikes", round(size->strikes));
  cJSON_AddNumberToObject(memory, "bytes", size->memory);
  cJSON_AddNumberToObject(memory, "bytes_more_per_process", size->more);
  cJSON_AddBoolToObject(memory, "fits", memory_here(size) <= free);
  cJSON *disk = cJSON_AddObjectToObject(root, "disk");
  cJSON_AddNumberToObject(disk, "bytes", size->disk);
  cJSON *time = cJSON_AddObjectToObject(root, "time");
  cJSON_AddNumberToObject(time, "steps", round(size->pace.steps));
  cJSON_AddNumberToObject(time, "seconds", size->pace.seconds);
  cJSON_AddNumberToObject(time, "seconds_low", size->pace.low);
  cJSON_AddNumberToObject(time, "seconds_high", size->pace.high);
}

/* [bytes] that the disk has for `folder`, which need not exist, nor those above it. */
static double disk_free(const char *folder) {
  char path[PATH_MAX];
  struct statvfs info;
  snprintf(path, sizeof path, "%s", folder);
  while (statvfs(*path ? path : "/", &info) != 0) {
    char *slash = strrchr(path, '/');
    if (slash == NULL)
      return statvfs(".", &info) == 0 ? (double)info.f_bavail * (double)info.f_frsize : INFINITY;
    *slash = '\0';
  }
  return (double)info.f_bavail * (double)info.f_frsize;
}

/* As people read sizes: "1.5 GB", "3.2 MB", "12 kB". */
static void say_bytes(double bytes, char *out, size_t size) {
  const double unit = bytes >= GB ? GB : bytes >= MB ? MB : 1e3;
  snprintf(out, size, "%.3g %s", bytes / unit, bytes >= GB ? "GB" : bytes >= MB ? "MB" : "kB");
}

enum percuta_status percuta_cli_size_check(const struct percuta_scenario *scenario,
                                           const struct percuta_size *size, const char *folder,
                                           struct percuta_diag *diag) {
  const double memory = percuta_base_memory_free(), disk = disk_free(folder);
  const bool patch = scenario->model.fidelity == PERCUTA_PATCH;
  char what[256], allowed[400], need[16], have[16];
  struct percuta_mistake mistake = {.code = PERCUTA_CODE_TOO_LARGE,
                                    .place = {.file = scenario->path},
                                    .key = patch ? "model.patch.width" : "session.repeat",
                                    .what = what,
                                    .allowed = allowed};
  if (memory_here(size) > memory) {
    say_bytes(memory_here(size), need, sizeof need);
    say_bytes(memory, have, sizeof have);
    snprintf(what, sizeof what,
             "the run takes about %s of memory, more than the %s that this machine has free", need,
             have);
    say_what_fits(scenario, size, memory, allowed, sizeof allowed);
    percuta_base_diag_add(diag, &mistake);
  }
  if (size->disk > disk) {
    say_bytes(size->disk, need, sizeof need);
    say_bytes(disk, have, sizeof have);
    snprintf(what, sizeof what, "the result takes up to %s; %s are free where %.120s lies", need,
             have, folder);
    mistake.key = mistake.allowed = NULL;
    mistake.hint = "name a folder with room by -o DIR, or free some";
    percuta_base_diag_add(diag, &mistake);
  }
  return memory_here(size) > memory || size->disk > disk ? PERCUTA_BAD_INPUT : PERCUTA_OK;
}
