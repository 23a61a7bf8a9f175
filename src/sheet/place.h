/* A device pressed on skin. */
#ifndef PERCUTA_SHEET_PLACE_H
#define PERCUTA_SHEET_PLACE_H

#include "sheet/sheet.h"

/* Skin and needles of the scenario, as a run has them; release the setting with
 * percuta_insertion_setting_destroy. */
enum percuta_status percuta_sheet_place_prepare(const struct percuta_scenario *scenario,
                                                struct percuta_diag *diag,
                                                struct percuta_skin *skin,
                                                struct percuta_insertion_setting **setting);

/* What comes of them; label, number and base stay as they are. */
void percuta_sheet_place_read(const struct percuta_scenario *scenario,
                              const struct percuta_insertion_setting *setting,
                              struct percuta_sheet_place *place);

/* Both at once. */
enum percuta_status percuta_sheet_place_fill(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag,
                                             struct percuta_sheet_place *place);

/* The device on every site of the atlas, and at ages, forces and degrees of wear. */
enum percuta_status percuta_sheet_place_vary(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag,
                                             struct percuta_sheet *sheet);

#endif
