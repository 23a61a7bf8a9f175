/* What a puncture meets on its way down. */
#ifndef PERCUTA_SHEET_VESSELS_H
#define PERCUTA_SHEET_VESSELS_H

#include "sheet/sheet.h"

/* The layers of the sheet's skin with what people differ by, and how far the tip is from the fat.
 */
void percuta_sheet_vessels_layers(const struct percuta_skin *skin, struct percuta_sheet *sheet);

/* Vessels cut by punctures of several depths, up to the needle's length. */
enum percuta_status percuta_sheet_vessels_fill(const struct percuta_scenario *scenario,
                                               const struct percuta_insertion_setting *setting,
                                               struct percuta_diag *diag,
                                               struct percuta_sheet *sheet);

#endif
