/* fields.xdmf, which says what is where in fields.h5.
 * Test: tests/unit/test_fields.c. */
#include "result/xdmf.h"

#include "base/path.h"
#include "base/units.h"

static void write_axis(FILE *stream, const char *name, int faces) {
  fprintf(stream,
          "          <DataItem Dimensions=\"%d\" NumberType=\"Float\" Precision=\"8\" "
          "Format=\"HDF\">fields.h5:/geometry/%s</DataItem>\n",
          faces, name);
}

static void write_step(FILE *stream, const struct percuta_record *record, int step) {
  const struct percuta_grid *grid = record->grid;
  fprintf(stream, "      <Grid Name=\"skin\" GridType=\"Uniform\">\n");
  fprintf(stream, "        <Time Value=\"%.9g\"/>\n", record->snapshot_time[step] / PERCUTA_DAY);
  fprintf(stream,
          "        <Topology TopologyType=\"3DRectMesh\" Dimensions=\"%d %d %d\"/>\n"
          "        <Geometry GeometryType=\"VXVYVZ\">\n",
          grid->nz + 1, grid->ny + 1, grid->nx + 1);
  write_axis(stream, "x", grid->nx + 1);
  write_axis(stream, "y", grid->ny + 1);
  write_axis(stream, "z", grid->nz + 1);
  fprintf(stream, "        </Geometry>\n");
  for (int p = 0; p < record->layout.count; ++p) {
    const char *name = percuta_healing_layout_field[record->layout.field[p]].name;
    fprintf(stream,
            "        <Attribute Name=\"%s\" AttributeType=\"Scalar\" Center=\"Cell\">\n"
            "          <DataItem Dimensions=\"%d %d %d\" NumberType=\"Float\" Precision=\"4\" "
            "Format=\"HDF\">fields.h5:/fields/%s/%03d</DataItem>\n"
            "        </Attribute>\n",
            name, grid->nz, grid->ny, grid->nx, name, step);
  }
  fprintf(stream, "      </Grid>\n");
}

/* The height map as points of a plane, where the surface is not flat. */
static void write_surface(FILE *stream, const struct percuta_relief *relief) {
  if (relief->form.kind == PERCUTA_RELIEF_FLAT) {
    return;
  }
  const int points = percuta_skin_relief_points(relief);
  const double step = relief->period / points;
  fprintf(stream,
          "    <Grid Name=\"surface\" GridType=\"Uniform\">\n"
          "      <Topology TopologyType=\"2DCoRectMesh\" Dimensions=\"%d %d\"/>\n"
          "      <Geometry GeometryType=\"ORIGIN_DXDY\">\n"
          "        <DataItem Dimensions=\"2\" NumberType=\"Float\" Format=\"XML\">%.9g "
          "%.9g</DataItem>\n"
          "        <DataItem Dimensions=\"2\" NumberType=\"Float\" Format=\"XML\">%.9g "
          "%.9g</DataItem>\n"
          "      </Geometry>\n"
          "      <Attribute Name=\"height\" AttributeType=\"Scalar\" Center=\"Node\">\n"
          "        <DataItem Dimensions=\"%d %d\" NumberType=\"Float\" Precision=\"4\" "
          "Format=\"HDF\">fields.h5:/surface/height</DataItem>\n"
          "      </Attribute>\n"
          "    </Grid>\n",
          points, points, 0.0, 0.0, step, step, points, points);
}

enum percuta_status percuta_result_xdmf_write(const struct percuta_record *record,
                                              const char *path) {
  FILE *stream = NULL;
  enum percuta_status status = percuta_base_path_open(path, &stream);
  if (status != PERCUTA_OK) {
    return status;
  }
  fprintf(stream, "<?xml version=\"1.0\"?>\n"
                  "<!-- Lengths in m, z is the depth below the surface, time in days. -->\n"
                  "<Xdmf Version=\"3.0\">\n  <Domain>\n"
                  "    <Grid Name=\"course\" GridType=\"Collection\" "
                  "CollectionType=\"Temporal\">\n");
  for (int step = 0; step < record->snapshot_count; ++step) {
    write_step(stream, record, step);
  }
  fprintf(stream, "    </Grid>\n");
  write_surface(stream, &record->relief);
  fprintf(stream, "  </Domain>\n</Xdmf>\n");
  if (ferror(stream)) {
    percuta_base_path_abandon(path, &stream);
    return PERCUTA_IO;
  }
  return percuta_base_path_commit(path, &stream);
}
