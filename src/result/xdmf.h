/* The XDMF page that tells ParaView what is in fields.h5. */
#ifndef PERCUTA_RESULT_XDMF_H
#define PERCUTA_RESULT_XDMF_H

#include "result/result.h"

/* Writes fields.xdmf to `path`: a temporal collection of one rectilinear grid, fields at the cells,
 * time in days. It refers to the datasets of a fields.h5 in the same folder. */
enum percuta_status percuta_result_xdmf_write(const struct percuta_record *record,
                                              const char *path);

#endif
