/* The words of a sheet that stand alike in a terminal and on the page: plain ASCII. */
#ifndef PERCUTA_SHEET_WORDS_H
#define PERCUTA_SHEET_WORDS_H

#include "sheet/sheet.h"

/* "Depth in place"; its key in JSON; what numbers of this topic rest on, in a few sentences. Static
 * texts. */
const char *percuta_sheet_words_topic(enum percuta_sheet_topic topic);
const char *percuta_sheet_words_key(enum percuta_sheet_topic topic);
const char *percuta_sheet_words_rests(enum percuta_sheet_topic topic);

/* The same of the layers of the skin. */
const char *percuta_sheet_words_layers(void);

/* "roller", "stamp", "pen"; what touches the skin when it is pressed: "drum" or "head". Static. */
const char *percuta_sheet_words_kind(enum percuta_device_kind kind);
const char *percuta_sheet_words_body(enum percuta_device_kind kind);

/* "cheek of a woman of 45 years, on soft tissue; hand 5 N, 5 cm/s". */
void percuta_sheet_words_conditions(const struct percuta_sheet *sheet, char *out, size_t size);

/* What the needles do under these conditions, in two or three sentences. */
void percuta_sheet_words_verdict(const struct percuta_sheet *sheet, char *out, size_t size);

/* What stops a needle at the latest: "the needle's length: the drum stops it". */
void percuta_sheet_words_stop(const struct percuta_sheet *sheet, char *out, size_t size);

/* "1314 (1107 to 1398)": the number in `unit` [SI] with so many decimals, or with two digits where
 * they are below 0. */
void percuta_sheet_words_number(const struct percuta_sheet_number *number, double unit,
                                int decimals, char *out, size_t size);
/* The same of a depth at a place, in um; "-" where no needle gets in. */
void percuta_sheet_words_depth(const struct percuta_sheet_place *place,
                               const struct percuta_sheet_number *depth, char *out, size_t size);
/* "15.3 (9 to 22)", strikes per cm2. */
void percuta_sheet_words_density(const struct percuta_sheet_number *density, char *out,
                                 size_t size);
/* What is predicted of a row, in its unit: "0.927 (0.864 to 0.97)". */
void percuta_sheet_words_ours(const struct percuta_sheet_row *row, char *out, size_t size);
/* Decimals that leave about three digits of a value. */
int percuta_sheet_words_decimals(double value);
/* Decimals that a force of a hand [N] is told with. */
int percuta_sheet_words_newtons(double value);
/* "80 %", ">99 %", "<1 %". */
void percuta_sheet_words_share(double share, char *out, size_t size);

/* "within", "outside" or, of rows that are not counted, "not counted". */
const char *percuta_sheet_words_judged(const struct percuta_sheet_row *row);
/* "pen of 1.5 mm, human". */
void percuta_sheet_words_study(const struct percuta_sheet_row *row, char *out, size_t size);

/* A property of the device as filed. */
struct percuta_sheet_property {
  char name[48];   /* "needle length" */
  char value[64];  /* "1.5 mm" */
  char known[160]; /* "cited, MECH-005", "assumed", "default" or the place in the user's file */
  bool changed;    /* it is neither the preset's nor the default */
};

/* Property number `index`; false from their number on. */
bool percuta_sheet_words_property(const struct percuta_sheet *sheet, int index,
                                  struct percuta_sheet_property *out);

#endif
