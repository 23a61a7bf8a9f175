/* Fields for ParaView, VTK and meshio: fields.pvd, which lists the kept times, and a file of each
 * in fields/. */
#ifndef PERCUTA_RESULT_VTU_H
#define PERCUTA_RESULT_VTU_H

#include "outcome/record.h"

/* Writes kept state number `step` to `folder`/fields/NNN.vtu: the skin upright, z = 0 at its
 * surface and negative below it, lengths in m, fields at the cells. `value` holds the fields as in
 * percuta_result_snapshot_read. */
enum percuta_status percuta_result_vtu_write(const struct percuta_record *record,
                                             const char *folder, int step, const float *value);

/* Writes `folder`/fields.pvd, time in days, and removes files in fields/ of later steps than there
 * are, which an earlier run has left. */
enum percuta_status percuta_result_vtu_list(const struct percuta_record *record,
                                            const char *folder);

#endif
