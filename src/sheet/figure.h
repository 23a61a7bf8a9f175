/* The needle in the skin, drawn. */
#ifndef PERCUTA_SHEET_FIGURE_H
#define PERCUTA_SHEET_FIGURE_H

#include <stdio.h>

#include "sheet/sheet.h"

/* SVG, true to scale: layers, the needle as deep as it gets, what stays open, and the intervals. */
void percuta_sheet_figure_write(FILE *stream, const struct percuta_sheet *sheet);

#endif
