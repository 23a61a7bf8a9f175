/* A relief in the light, by Lambert's law: brightness is n.l over that of even skin, n the normal
 * (-h_x, -h_y, 1)/sqrt(1 + h_x^2 + h_y^2), l the light from the upper left. The style sheet lays it
 * over the colour of skin. Test: tests/unit/test_shade.c. */
#include "report/shade.h"

#include <math.h>
#include <stdlib.h>

#include "report/blob.h"

enum {
  SIDE = 128, /* pixels; a multiple of 4, as rows of a bitmap are */
  GREYS = 256,
  EVEN = 128, /* of even skin: the middle, which leaves the colour as it is */
  DARKEST = 48,
  HEAD = 54, /* bytes of a bitmap's two heads */
  PALETTE = 4 * GREYS
};

/* The light's height above the horizon: its sine, and its share along each axis, from the left and
 * from above. */
static const double UP = 0.5735764363510461, ALONG = 0.5792279653395691;

unsigned char percuta_report_shade_grey(double along_x, double along_y) {
  const double toward =
      (UP + ALONG * along_x - ALONG * along_y) / sqrt(1 + along_x * along_x + along_y * along_y);
  return (unsigned char)lround(fmin(255, fmax(DARKEST, EVEN * toward / UP)));
}

/* Writes `value` as four bytes, lowest first. */
static void put(unsigned char *out, unsigned value) {
  for (int i = 0; i < 4; i++)
    out[i] = (unsigned char)(value >> (8 * i) & 255);
}

static void write_head(unsigned char *bitmap) {
  const unsigned start = HEAD + PALETTE;
  bitmap[0] = 'B';
  bitmap[1] = 'M';
  put(bitmap + 2, start + SIDE * SIDE);
  put(bitmap + 10, start);
  put(bitmap + 14, 40); /* bytes of the second head */
  put(bitmap + 18, SIDE);
  put(bitmap + 22, SIDE);
  put(bitmap + 26, 1 | 8 << 16); /* planes, bits of a pixel */
  put(bitmap + 34, SIDE * SIDE);
  put(bitmap + 46, GREYS);
  for (unsigned i = 0; i < GREYS; i++)
    put(bitmap + HEAD + 4 * i, i | i << 8 | i << 16);
}

/* Rows from the bottom up, as y runs. */
char *percuta_report_shade_bitmap(const struct percuta_relief *relief) {
  const size_t size = HEAD + PALETTE + SIDE * SIDE;
  const double step = relief->period / SIDE;
  unsigned char *bitmap = calloc(size, 1);
  if (bitmap == NULL)
    return NULL;
  write_head(bitmap);
  for (int j = 0; j < SIDE; j++) {
    for (int i = 0; i < SIDE; i++) {
      const double x = (i + 0.5) * step, y = (j + 0.5) * step;
      const double along_x = percuta_skin_relief_height(relief, x + step / 2, y) -
                             percuta_skin_relief_height(relief, x - step / 2, y);
      const double along_y = percuta_skin_relief_height(relief, x, y + step / 2) -
                             percuta_skin_relief_height(relief, x, y - step / 2);
      bitmap[HEAD + PALETTE + j * SIDE + i] =
          percuta_report_shade_grey(along_x / step, along_y / step);
    }
  }
  char *text = percuta_report_blob_encode(bitmap, size);
  free(bitmap);
  return text;
}
