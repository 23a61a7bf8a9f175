/* fields.h5: the kept snapshots with geometry, parameters and the scenario's text. HDF5 is used
 * serially, on one rank, and without time stamps, so that equal runs give equal bytes.
 * Test: tests/unit/test_fields.c. */
#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/parameters.h"
#include "base/path.h"
#include "base/units.h"
#include "base/version.h"
#include "result/h5file.h"
#include "result/result.h"
#include "result/vtu.h"
#include "result/xdmf.h"

#define FORMAT_VERSION 1
#define PATH_SIZE 4096
#define COMPRESSION 1

/* The open file; `bad` stays set after the first failure and later calls do no harm. */
struct sink {
  hid_t file;
  hid_t group_list; /* creation properties without time stamps */
  bool bad;
};

static void check(struct sink *sink, bool fine) {
  sink->bad = sink->bad || !fine;
}

static void put_text(struct sink *sink, hid_t object, const char *name, const char *text) {
  const hid_t type = H5Tcopy(H5T_C_S1);
  const size_t size = strlen(text);
  H5Tset_size(type, size > 0 ? size : 1);
  H5Tset_strpad(type, H5T_STR_NULLPAD);
  H5Tset_cset(type, H5T_CSET_UTF8);
  const hid_t space = H5Screate(H5S_SCALAR);
  const hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  check(sink, attribute >= 0 && H5Awrite(attribute, type, text) >= 0);
  if (attribute >= 0) {
    H5Aclose(attribute);
  }
  H5Sclose(space);
  H5Tclose(type);
}

static void put_number(struct sink *sink, hid_t object, const char *name, double value) {
  const hid_t space = H5Screate(H5S_SCALAR);
  const hid_t attribute = H5Acreate2(object, name, H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT);
  check(sink, attribute >= 0 && H5Awrite(attribute, H5T_NATIVE_DOUBLE, &value) >= 0);
  if (attribute >= 0) {
    H5Aclose(attribute);
  }
  H5Sclose(space);
}

/* A group at an absolute path; its parent must exist. */
static hid_t make_group(struct sink *sink, const char *path) {
  const hid_t group = H5Gcreate2(sink->file, path, H5P_DEFAULT, sink->group_list, H5P_DEFAULT);
  check(sink, group >= 0);
  return group;
}

static void close_group(hid_t group) {
  if (group >= 0) {
    H5Gclose(group);
  }
}

/* Whether compressing that many values is worth while: it costs as much as writing 20 kB. */
static bool is_large(int rank, const hsize_t *size) {
  hsize_t count = 1;
  for (int i = 0; i < rank; ++i)
    count *= size[i];
  return rank >= 2 && count >= 1024;
}

/* Writes a dataset of `rank` 0..3, compressed if it is large, and leaves it open for its
 * attributes: H5Dclose when >= 0. */
static hid_t put_data(struct sink *sink, const char *path, int rank, const hsize_t *size,
                      hid_t stored, hid_t memory, const void *data) {
  const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_obj_track_times(list, false);
  if (is_large(rank, size)) {
    H5Pset_chunk(list, rank, size);
    H5Pset_shuffle(list);
    H5Pset_deflate(list, COMPRESSION);
  }
  const hid_t space = rank > 0 ? H5Screate_simple(rank, size, NULL) : H5Screate(H5S_SCALAR);
  const hid_t set = H5Dcreate2(sink->file, path, stored, space, H5P_DEFAULT, list, H5P_DEFAULT);
  check(sink, set >= 0 && H5Dwrite(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) >= 0);
  H5Sclose(space);
  H5Pclose(list);
  return set;
}

static void describe(struct sink *sink, hid_t set, const char *name, const char *unit,
                     const char *description) {
  if (set < 0) {
    return;
  }
  put_text(sink, set, "name", name);
  put_text(sink, set, "unit", unit);
  put_text(sink, set, "description", description);
}

static void put_vector(struct sink *sink, const char *path, const double *value, int count,
                       const char *unit, const char *description) {
  const hsize_t size[1] = {(hsize_t)count};
  const hid_t set = put_data(sink, path, 1, size, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, value);
  describe(sink, set, strrchr(path, '/') + 1, unit, description);
  if (set >= 0) {
    H5Dclose(set);
  }
}

static void put_geometry(struct sink *sink, const struct percuta_record *record) {
  const struct percuta_grid *grid = record->grid;
  const int most = grid->nx > grid->ny ? grid->nx : grid->ny;
  double *face = malloc(((size_t)most + 1) * sizeof *face);
  close_group(make_group(sink, "/geometry"));
  check(sink, face != NULL);
  if (face == NULL)
    return;
  for (int i = 0; i <= grid->nx; ++i)
    face[i] = percuta_numerics_grid_x(grid, i);
  put_vector(sink, "/geometry/x", face, grid->nx + 1, "m", "faces of the cells along x");
  for (int j = 0; j <= grid->ny; ++j)
    face[j] = percuta_numerics_grid_y(grid, j);
  put_vector(sink, "/geometry/y", face, grid->ny + 1, "m", "faces of the cells along y");
  free(face);
  put_vector(sink, "/geometry/z", grid->z_face, grid->nz + 1, "m",
             "faces of the cells below the surface");
  double layer[PERCUTA_LAYER_COUNT + 1];
  for (int i = 0; i < PERCUTA_LAYER_COUNT; ++i) {
    layer[i] = percuta_skin_layer_top(record->skin, (enum percuta_layer)i);
  }
  layer[PERCUTA_LAYER_COUNT] =
      layer[PERCUTA_LAYER_COUNT - 1] + record->skin->thickness[PERCUTA_LAYER_COUNT - 1];
  put_vector(sink, "/geometry/layers", layer, PERCUTA_LAYER_COUNT + 1, "m",
             "depth of the interfaces: surface, bottom of stratum corneum, viable epidermis, "
             "papillary dermis, reticular dermis, hypodermis");
  const double treated[2] = {record->treated_top, record->treated_bottom};
  put_vector(sink, "/geometry/treated", treated, 2, "m",
             "depths between which the timeline averages");
}

/* One scalar dataset per parameter, /parameters/<table>/<entry>, with its unit, range and source.
 */
static void put_parameter(struct sink *sink, const struct percuta_parameter *parameter) {
  char path[512];
  const char *dot = strchr(parameter->name, '.');
  const int table = dot != NULL ? (int)(dot - parameter->name) : 0;
  snprintf(path, sizeof path, "/parameters/%.*s", table, parameter->name);
  if (H5Lexists(sink->file, path, H5P_DEFAULT) <= 0) {
    close_group(make_group(sink, path));
  }
  snprintf(path, sizeof path, "/parameters/%.*s/%s", table, parameter->name,
           dot != NULL ? dot + 1 : parameter->name);
  const hid_t set =
      put_data(sink, path, 0, NULL, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &parameter->value);
  describe(sink, set, parameter->name, parameter->unit, parameter->meaning);
  if (set < 0) {
    return;
  }
  put_text(sink, set, "source", parameter->source);
  put_text(sink, set, "population", parameter->population);
  put_text(sink, set, "status", percuta_base_parameters_status(parameter->status));
  put_number(sink, set, "low", parameter->low);
  put_number(sink, set, "high", parameter->high);
  put_number(sink, set, "value_si", parameter->value_si);
  put_number(sink, set, "overridden", parameter->overridden);
  H5Dclose(set);
}

static void put_texts(struct sink *sink, const struct percuta_record *record) {
  const struct percuta_scenario *scenario = record->scenario;
  char hash[17];
  snprintf(hash, sizeof hash, "%016" PRIx64, record->hash);
  hid_t group = make_group(sink, "/code");
  if (group >= 0) {
    put_text(sink, group, "program", "Percuta");
    put_text(sink, group, "version", PERCUTA_VERSION);
    put_number(sink, group, "format_version", FORMAT_VERSION);
  }
  close_group(group);
  group = make_group(sink, "/scenario");
  if (group >= 0) {
    put_text(sink, group, "title", scenario->title);
    put_text(sink, group, "hash", hash);
  }
  close_group(group);
  /* The text is a dataset, not an attribute: attributes end at 64 kB, scenarios at 1 MB. */
  const hsize_t size[1] = {strlen(scenario->text) > 0 ? strlen(scenario->text) : 1};
  const hid_t set =
      put_data(sink, "/scenario/text", 1, size, H5T_STD_U8LE, H5T_NATIVE_UCHAR, scenario->text);
  describe(sink, set, "text", "1", "the scenario as read, bytes of UTF-8");
  if (set >= 0) {
    H5Dclose(set);
  }
  close_group(make_group(sink, "/parameters"));
  for (size_t i = 0; i < percuta_base_parameters_count(scenario->parameters); ++i) {
    put_parameter(sink, percuta_base_parameters_at(scenario->parameters, i));
  }
}

/* The height map of the surface before treatment, where it is not flat. */
static enum percuta_status put_surface(struct sink *sink, const struct percuta_record *record) {
  const struct percuta_relief *relief = &record->relief;
  if (relief->form.kind == PERCUTA_RELIEF_FLAT) {
    return PERCUTA_OK;
  }
  const int points = percuta_skin_relief_points(relief);
  const size_t count = (size_t)points * (size_t)points;
  double *height = malloc(count * sizeof *height);
  if (height == NULL) {
    return PERCUTA_MEMORY;
  }
  percuta_skin_relief_sample(relief, points, height);
  for (size_t i = 0; i < count; ++i) {
    height[i] /= PERCUTA_UM;
  }
  close_group(make_group(sink, "/surface"));
  const hsize_t size[2] = {(hsize_t)points, (hsize_t)points};
  const hid_t set =
      put_data(sink, "/surface/height", 2, size, H5T_IEEE_F32LE, H5T_NATIVE_DOUBLE, height);
  describe(sink, set, "height", "um",
           "height of the skin's surface before treatment at points width_m / n apart, the first "
           "at the patch's corner; 0 = undisturbed, negative = depressed");
  if (set >= 0) {
    put_number(sink, set, "width_m", relief->period);
    put_number(sink, set, "time_s", 0);
    H5Dclose(set);
  }
  free(height);
  return PERCUTA_OK;
}

static void put_step(struct sink *sink, const struct percuta_record *record, int step,
                     const float *value) {
  const struct percuta_grid *grid = record->grid;
  const hsize_t size[3] = {(hsize_t)grid->nz, (hsize_t)grid->ny, (hsize_t)grid->nx};
  char path[128];
  for (int p = 0; p < record->layout.count; ++p) {
    const struct percuta_field_info *info = &percuta_healing_layout_field[record->layout.field[p]];
    snprintf(path, sizeof path, "/fields/%s/%03d", info->name, step);
    const hid_t set = put_data(sink, path, 3, size, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT,
                               value + (size_t)p * percuta_numerics_grid_cell_count(grid));
    describe(sink, set, info->name, info->unit, info->text);
    if (set >= 0) {
      put_number(sink, set, "time_s", record->snapshot_time[step]);
      H5Dclose(set);
    }
  }
}

/* Copies every snapshot of the folder into the file, and into one of its own, one at a time. */
static enum percuta_status put_fields(struct sink *sink, const struct percuta_record *record,
                                      const char *folder) {
  const size_t cells = percuta_numerics_grid_cell_count(record->grid);
  const int fields = record->layout.count;
  float *memory = malloc(cells * (size_t)fields * sizeof *memory);
  if (memory == NULL) {
    return PERCUTA_MEMORY;
  }
  close_group(make_group(sink, "/fields"));
  for (int p = 0; p < fields; ++p) {
    char path[128];
    snprintf(path, sizeof path, "/fields/%s",
             percuta_healing_layout_field[record->layout.field[p]].name);
    close_group(make_group(sink, path));
  }
  enum percuta_status status = PERCUTA_OK;
  for (int step = 0; step < record->snapshot_count && status == PERCUTA_OK; ++step) {
    status = percuta_result_snapshot_kept(record, folder, step, memory);
    if (status == PERCUTA_OK) {
      put_step(sink, record, step, memory);
      status = percuta_result_vtu_write(record, folder, step, memory);
    }
  }
  free(memory);
  if (record->snapshot_count > 0) {
    put_vector(sink, "/times", record->snapshot_time, record->snapshot_count, "s",
               "time since the first session of each kept state");
  }
  return status;
}

static enum percuta_status fill_file(const struct percuta_record *record, const char *folder,
                                     const char *path) {
  const hid_t list = H5Pcreate(H5P_FILE_CREATE);
  H5Pset_obj_track_times(list, false);
  struct sink sink = {.group_list = H5Pcreate(H5P_GROUP_CREATE)};
  H5Pset_obj_track_times(sink.group_list, false);
  struct percuta_h5file h5;
  percuta_result_h5file_create(path, list, &h5);
  sink.file = h5.file;
  enum percuta_status status = PERCUTA_IO;
  if (sink.file >= 0) {
    put_geometry(&sink, record);
    put_texts(&sink, record);
    status = put_surface(&sink, record);
    if (status == PERCUTA_OK) {
      status = put_fields(&sink, record, folder);
    }
  }
  H5Pclose(sink.group_list);
  H5Pclose(list);
  check(&sink, percuta_result_h5file_close(&h5));
  return status == PERCUTA_OK && sink.bad ? PERCUTA_IO : status;
}

/* Makes the finished file durable, then gives it its name. */
static enum percuta_status publish(const char *temporary, const char *path) {
  const int file = percuta_base_path_reopen(temporary, O_RDONLY);
  if (file < 0) {
    return PERCUTA_IO;
  }
  const bool flushed = fsync(file) == 0;
  close(file);
  return flushed && rename(temporary, path) == 0 ? PERCUTA_OK : PERCUTA_IO;
}

enum percuta_status percuta_result_fields_write(const struct percuta_record *record,
                                                const char *folder) {
  char path[PATH_SIZE], temporary[PATH_SIZE];
  if (snprintf(path, sizeof path, "%s/fields.h5", folder) >= PATH_SIZE - 4 ||
      percuta_base_path_draft(path, temporary, sizeof temporary) != PERCUTA_OK) {
    return PERCUTA_IO;
  }
  /* Failures are told by the status; HDF5's own trace on stderr would only confuse. */
  H5E_auto2_t printer;
  void *printer_data;
  H5Eget_auto2(H5E_DEFAULT, &printer, &printer_data);
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  enum percuta_status status = fill_file(record, folder, temporary);
  H5Eset_auto2(H5E_DEFAULT, printer, printer_data);
  if (status == PERCUTA_OK) {
    status = publish(temporary, path);
  }
  if (status != PERCUTA_OK) {
    const int reason = errno;
    remove(temporary);
    errno = reason;
    return status;
  }
  snprintf(path, sizeof path, "%s/fields.xdmf", folder);
  PERCUTA_TRY(percuta_result_xdmf_write(record, path));
  return percuta_result_vtu_list(record, folder);
}
