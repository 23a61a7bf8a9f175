/* The sheet as a page. */
#ifndef PERCUTA_SHEET_PAGE_H
#define PERCUTA_SHEET_PAGE_H

#include "sheet/sheet.h"

/* Writes `path`, one HTML file that loads nothing. PERCUTA_IO with errno. */
enum percuta_status percuta_sheet_page_write(const struct percuta_sheet *sheet, const char *path);

/* Text of words.h as HTML: escaped, "um" as µm, "cm2" as cm². */
void percuta_sheet_page_text(FILE *stream, const char *text);

#endif
