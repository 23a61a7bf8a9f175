/* The data that the report's script draws, as JSON inside the page. */
#ifndef PERCUTA_REPORT_BLOB_H
#define PERCUTA_REPORT_BLOB_H

#include "report/page.h"
#include "report/slice.h"

/* Writes the JSON text; every '<' is escaped, so that it can stand inside a script element.
 * Timelines have four significant digits; cross-sections are bytes in base64, 0..254 over the
 * quantity's range and 255 where nothing is computed; profiles of a column are numbers. */
enum percuta_status percuta_report_blob_write(FILE *stream, const struct percuta_page *page,
                                              const struct percuta_slice *slice);

/* Bytes as base64 in a new string, which the caller frees; NULL when out of memory. */
char *percuta_report_blob_encode(const unsigned char *byte, size_t count);

#endif
