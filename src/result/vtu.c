/* An unstructured grid of hexahedra in VTK's XML format with raw appended data, compressed by zlib
 * block by block (https://docs.vtk.org/en/latest/design_documents/VTKFileFormats.html): the one
 * form that ParaView, VTK and meshio all read. What the head says of where data start is written
 * when it is known, into room left for it, so that nothing but one block is held in memory.
 * Test: tests/cli/fields.sh, by the rules of the format and with VTK and meshio where they are. */
#include "result/vtu.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/path.h"
#include "base/units.h"
#include "healing/layout.h"

enum { PATH_SIZE = 4096, BLOCK = 1 << 17, CORNERS = 8, HEXAHEDRON = 12, HEAD = 3, LEVEL = 1 };

/* An array of the file: `size` bytes an entry, of which `fill` writes those from `first` on. */
struct array {
  const char *place; /* the element that holds it: "Points", "Cells", "CellData" */
  const char *name, *type;
  int components;
  size_t count, size;
  void (*fill)(const struct percuta_grid *grid, const float *field, size_t first, size_t count,
               void *out);
  const float *field; /* borrowed */
  long offset_at;     /* where the head has room for its offset */
};

/* Corners are numbered along x, then y, then up from the deepest. */
static size_t corners_across(const struct percuta_grid *grid) {
  return (size_t)grid->nx + 1;
}

static size_t corners_in_plane(const struct percuta_grid *grid) {
  return corners_across(grid) * ((size_t)grid->ny + 1);
}

static void fill_points(const struct percuta_grid *grid, const float *field, size_t first,
                        size_t count, void *out) {
  const size_t across = corners_across(grid), plane = corners_in_plane(grid);
  double *point = out;
  (void)field;
  for (size_t i = first; i < first + count; ++i, point += 3) {
    point[0] = percuta_numerics_grid_x(grid, (int)(i % plane % across));
    point[1] = percuta_numerics_grid_y(grid, (int)(i % plane / across));
    point[2] = 0.0 - grid->z_face[(size_t)grid->nz - i / plane];
  }
}

/* Cells come in the order of the fields: along x, then y, then down. */
static void fill_corners(const struct percuta_grid *grid, const float *field, size_t first,
                         size_t count, void *out) {
  const size_t nx = (size_t)grid->nx, ny = (size_t)grid->ny;
  const size_t across = corners_across(grid), plane = corners_in_plane(grid);
  const size_t step[CORNERS] = {0,     1,         across + 1,         across,
                                plane, plane + 1, plane + across + 1, plane + across};
  int64_t *corner = out;
  (void)field;
  for (size_t c = first; c < first + count; ++c) {
    const size_t k = (size_t)grid->nz - 1 - c / (nx * ny);
    const size_t base = k * plane + c / nx % ny * across + c % nx;
    for (int i = 0; i < CORNERS; ++i)
      *corner++ = (int64_t)(base + step[i]);
  }
}

static void fill_ends(const struct percuta_grid *grid, const float *field, size_t first,
                      size_t count, void *out) {
  int64_t *end = out;
  (void)grid, (void)field;
  for (size_t c = 0; c < count; ++c)
    end[c] = (int64_t)(CORNERS * (first + c + 1));
}

static void fill_types(const struct percuta_grid *grid, const float *field, size_t first,
                       size_t count, void *out) {
  (void)grid, (void)field, (void)first;
  memset(out, HEXAHEDRON, count);
}

static void fill_field(const struct percuta_grid *grid, const float *field, size_t first,
                       size_t count, void *out) {
  (void)grid;
  memcpy(out, field + first, count * sizeof *field);
}

/* All arrays in the order in which they are written; returns how many. */
static int list_arrays(const struct percuta_record *record, const float *value,
                       struct array out[4 + PERCUTA_FIELD_COUNT]) {
  const struct percuta_grid *grid = record->grid;
  const size_t cells = percuta_numerics_grid_cell_count(grid);
  const size_t points = corners_in_plane(grid) * ((size_t)grid->nz + 1);
  int count = 0;
  for (int p = 0; p < record->layout.count; ++p)
    out[count++] =
        (struct array){.place = "CellData",
                       .name = percuta_healing_layout_field[record->layout.field[p]].name,
                       .type = "Float32",
                       .components = 1,
                       .count = cells,
                       .size = sizeof(float),
                       .fill = fill_field,
                       .field = value + (size_t)p * cells};
  out[count++] = (struct array){"Points",           "Points",    "Float64", 3, points,
                                3 * sizeof(double), fill_points, NULL,      0};
  out[count++] = (struct array){
      "Cells", "connectivity", "Int64", 1, cells, CORNERS * sizeof(int64_t), fill_corners, NULL, 0};
  out[count++] =
      (struct array){"Cells", "offsets", "Int64", 1, cells, sizeof(int64_t), fill_ends, NULL, 0};
  out[count++] = (struct array){"Cells", "types", "UInt8", 1, cells, 1, fill_types, NULL, 0};
  return count;
}

static void write_head(FILE *stream, const struct percuta_record *record, struct array *array,
                       int count) {
  const struct percuta_grid *grid = record->grid;
  fprintf(stream,
          "<?xml version=\"1.0\"?>\n"
          "<!-- Lengths in m; z = 0 is the skin's surface, negative below it. -->\n"
          "<VTKFile type=\"UnstructuredGrid\" version=\"1.0\" byte_order=\"%s\" "
          "header_type=\"UInt64\" compressor=\"vtkZLibDataCompressor\">\n"
          "  <UnstructuredGrid>\n"
          "    <Piece NumberOfPoints=\"%zu\" NumberOfCells=\"%zu\">\n",
          __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? "LittleEndian" : "BigEndian",
          corners_in_plane(grid) * ((size_t)grid->nz + 1), percuta_numerics_grid_cell_count(grid));
  for (int i = 0; i < count; ++i) {
    const bool opens = i == 0 || strcmp(array[i].place, array[i - 1].place) != 0;
    const bool closes = i + 1 == count || strcmp(array[i].place, array[i + 1].place) != 0;
    if (opens)
      fprintf(stream, "      <%s>\n", array[i].place);
    fprintf(stream,
            "        <DataArray type=\"%s\" Name=\"%s\" NumberOfComponents=\"%d\" "
            "format=\"appended\" offset=",
            array[i].type, array[i].name, array[i].components);
    array[i].offset_at = ftell(stream);
    fprintf(stream, "%24s/>\n", "");
    if (closes)
      fprintf(stream, "      </%s>\n", array[i].place);
  }
  fprintf(stream, "    </Piece>\n  </UnstructuredGrid>\n  <AppendedData encoding=\"raw\">\n_");
}

/* Compresses one block of an array and writes it; its bytes there, 0 when that fails. */
static uint64_t write_block(FILE *stream, const struct percuta_grid *grid,
                            const struct array *array, size_t first, size_t count,
                            unsigned char *plain, unsigned char *packed) {
  uLongf bytes = compressBound(BLOCK);
  array->fill(grid, array->field, first, count, plain);
  if (compress2(packed, &bytes, plain, (uLong)(count * array->size), LEVEL) != Z_OK)
    return 0;
  return fwrite(packed, 1, bytes, stream) == bytes ? bytes : 0;
}

/* Writes an array: number of blocks, bytes of a whole block and of the last if it is shorter, bytes
 * of each when compressed, blocks. */
static enum percuta_status write_array(FILE *stream, const struct percuta_grid *grid,
                                       const struct array *array, unsigned char *buffer) {
  const size_t whole = BLOCK / array->size, blocks = (array->count + whole - 1) / whole;
  const long at = ftell(stream);
  uint64_t *head = calloc(HEAD + blocks, sizeof *head);
  if (head == NULL)
    return PERCUTA_MEMORY;
  head[0] = blocks;
  head[1] = whole * array->size;
  head[2] = array->count % whole * array->size;
  bool good = fwrite(head, sizeof *head, HEAD + blocks, stream) == HEAD + blocks;
  for (size_t b = 0; b < blocks && good; ++b) {
    const size_t first = b * whole, rest = array->count - first;
    head[HEAD + b] = write_block(stream, grid, array, first, rest < whole ? rest : whole, buffer,
                                 buffer + BLOCK);
    good = head[HEAD + b] > 0;
  }
  good = good && fseek(stream, at, SEEK_SET) == 0 &&
         fwrite(head, sizeof *head, HEAD + blocks, stream) == HEAD + blocks &&
         fseek(stream, 0, SEEK_END) == 0;
  free(head);
  return good ? PERCUTA_OK : PERCUTA_IO;
}

static enum percuta_status write_all(FILE *stream, const struct percuta_record *record,
                                     struct array *array, int count, unsigned char *buffer) {
  write_head(stream, record, array, count);
  const long begin = ftell(stream);
  for (int i = 0; i < count; ++i) {
    const long offset = ftell(stream) - begin;
    if (fseek(stream, array[i].offset_at, SEEK_SET) != 0 ||
        fprintf(stream, "\"%ld\"", offset) < 0 || fseek(stream, 0, SEEK_END) != 0)
      return PERCUTA_IO;
    PERCUTA_TRY(write_array(stream, record->grid, &array[i], buffer));
  }
  fprintf(stream, "\n  </AppendedData>\n</VTKFile>\n");
  return ferror(stream) ? PERCUTA_IO : PERCUTA_OK;
}

static enum percuta_status name_file(const char *folder, int step, char path[PATH_SIZE]) {
  const int length = snprintf(path, PATH_SIZE, "%s/fields/%03d.vtu", folder, step);
  return length > 0 && length < PATH_SIZE ? PERCUTA_OK : PERCUTA_IO;
}

enum percuta_status percuta_result_vtu_write(const struct percuta_record *record,
                                             const char *folder, int step, const float *value) {
  struct array array[4 + PERCUTA_FIELD_COUNT];
  const int count = list_arrays(record, value, array);
  char path[PATH_SIZE], inner[PATH_SIZE];
  FILE *stream = NULL;
  PERCUTA_TRY(name_file(folder, step, path));
  snprintf(inner, sizeof inner, "%.4000s/fields", folder);
  PERCUTA_TRY(percuta_base_path_make_folder(inner));
  unsigned char *buffer = malloc(BLOCK + compressBound(BLOCK));
  if (buffer == NULL)
    return PERCUTA_MEMORY;
  enum percuta_status status = percuta_base_path_open(path, &stream);
  if (status == PERCUTA_OK) {
    status = write_all(stream, record, array, count, buffer);
    if (status == PERCUTA_OK)
      status = percuta_base_path_commit(path, &stream);
    else
      percuta_base_path_abandon(path, &stream);
  }
  free(buffer);
  return status;
}

enum percuta_status percuta_result_vtu_list(const struct percuta_record *record,
                                            const char *folder) {
  char path[PATH_SIZE];
  FILE *stream = NULL;
  for (int step = record->snapshot_count;; ++step) {
    PERCUTA_TRY(name_file(folder, step, path));
    if (remove(path) != 0)
      break;
  }
  snprintf(path, sizeof path, "%.4000s/fields.pvd", folder);
  PERCUTA_TRY(percuta_base_path_open(path, &stream));
  fprintf(stream, "<?xml version=\"1.0\"?>\n<!-- Time in days since the first session. -->\n"
                  "<VTKFile type=\"Collection\" version=\"1.0\">\n  <Collection>\n");
  for (int step = 0; step < record->snapshot_count; ++step)
    fprintf(stream, "    <DataSet timestep=\"%.9g\" part=\"0\" file=\"fields/%03d.vtu\"/>\n",
            record->snapshot_time[step] / PERCUTA_DAY, step);
  fprintf(stream, "  </Collection>\n</VTKFile>\n");
  return percuta_base_path_commit(path, &stream);
}
