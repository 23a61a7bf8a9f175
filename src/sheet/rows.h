/* Published rows near to a device. */
#ifndef PERCUTA_SHEET_ROWS_H
#define PERCUTA_SHEET_ROWS_H

#include "sheet/sheet.h"

/* The rows that say something of what the sheet says, the nearest of each topic, each predicted
 * under the conditions of its own study and judged as `percuta validate` does. */
enum percuta_status percuta_sheet_rows_find(const struct percuta_scenario *scenario,
                                            struct percuta_diag *diag, struct percuta_sheet *sheet);

#endif
