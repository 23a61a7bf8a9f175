/* The files of a run, written from its record. */
#ifndef PERCUTA_RESULT_RESULT_H
#define PERCUTA_RESULT_RESULT_H

#include "outcome/record.h"

/* Writers. Each writes a temporary file and renames it; PERCUTA_IO on failure. */
enum percuta_status percuta_result_timeline_write(const struct percuta_record *record,
                                                  const char *path);
enum percuta_status percuta_result_channels_write(const struct percuta_record *record,
                                                  const char *path);
enum percuta_status percuta_result_summary_write(const struct percuta_record *record,
                                                 const char *path);
/* penetration.csv and numbing.csv; where no product was put on, and no cream, there is none: one
 * that an earlier run left is removed. */
enum percuta_status percuta_result_penetration_write(const struct percuta_record *record,
                                                     const char *path);
enum percuta_status percuta_result_numbing_write(const struct percuta_record *record,
                                                 const char *path);

/* Snapshots of all fields are kept one file each in `folder`/.snapshots/NNN.f32 while the run goes
 * on (float, field by field, x fastest, then y, then z; behind them 8 bytes of checksum), so that a
 * killed run loses nothing. `value` holds `fields` times nx*ny*nz floats. */
enum percuta_status percuta_result_snapshot_write(const char *folder, int number,
                                                  const struct percuta_grid *grid, int fields,
                                                  const float *value);
/* Reads one back into the caller's array. PERCUTA_IO when it is not there, damaged, or of another
 * grid. */
enum percuta_status percuta_result_snapshot_read(const char *folder, int number,
                                                 const struct percuta_grid *grid, int fields,
                                                 float *value);

/* The same of the record's kept time `index`. */
enum percuta_status percuta_result_snapshot_kept(const struct percuta_record *record,
                                                 const char *folder, int index, float *value);

/* Gathers the snapshots into fields.h5 with fields.xdmf and fields.pvd with fields/ (units,
 * descriptions, sources and the scenario's text as attributes; no time stamps, so that equal runs
 * give equal bytes). */
enum percuta_status percuta_result_fields_write(const struct percuta_record *record,
                                                const char *folder);

#endif
