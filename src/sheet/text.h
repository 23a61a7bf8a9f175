/* The sheet as text. */
#ifndef PERCUTA_SHEET_TEXT_H
#define PERCUTA_SHEET_TEXT_H

#include <stdio.h>

#include "sheet/sheet.h"

/* Plain text of lines of at most 80 characters. */
void percuta_sheet_text_write(const struct percuta_sheet *sheet, FILE *stream);

#endif
