/* The surface as SVG, and its measures.
 * Test: tests/unit/test_report.c. */
#include "report/surface.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"
#include "report/html.h"

#define NUMBER(value, digits) (percuta_report_html_number((value), (digits)).text)
#define MM3 1e-9 /* [m^3] */

enum {
  PIXELS = 64,  /* along a side of the map; a small figure shows no more */
  LEVELS = 8,   /* shades from undisturbed to deepest or highest */
  POINTS = 240, /* along the profile */
  WIDE = 640,   /* the profile's picture, in its own units */
  TALL = 190
};

/* Shade of the pixel in row j from the top: 0 = undisturbed, below 0 = depressed. */
static int shade(const struct percuta_relief *relief, double scale, int i, int j) {
  const double step = relief->period / PIXELS;
  const double height =
      percuta_skin_relief_height(relief, (i + 0.5) * step, relief->period - (j + 0.5) * step);
  return (int)lround(LEVELS * height / scale);
}

/* One row of pixels as rectangles `tall` rows high, one to a run of equal shades. */
static void write_row(FILE *stream, const signed char *row, int j, int tall) {
  for (int i = 0; i < PIXELS;) {
    int end = i + 1;
    while (end < PIXELS && row[end] == row[i]) {
      ++end;
    }
    if (row[i] != 0) {
      fprintf(stream,
              "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
              "fill-opacity=\"%.2f\"/>",
              row[i] < 0 ? "low" : "high", i, j, end - i, tall, fabs(0.6 * row[i] / LEVELS));
    }
    i = end;
  }
}

static void write_map(FILE *stream, const struct percuta_relief *relief) {
  signed char row[PIXELS][PIXELS];
  const double scale = fabs(relief->form.recess);
  for (int j = 0; j < PIXELS; ++j) {
    for (int i = 0; i < PIXELS; ++i) {
      row[j][i] = (signed char)shade(relief, scale, i, j);
    }
  }
  fprintf(stream,
          "<figure class=\"map\"><svg viewBox=\"0 0 %d %d\" role=\"img\" shape-rendering="
          "\"crispEdges\" aria-label=\"Map of the surface before treatment\">"
          "<rect class=\"patch\" width=\"%d\" height=\"%d\"/>\n",
          PIXELS, PIXELS, PIXELS, PIXELS);
  for (int j = 0; j < PIXELS;) {
    int end = j + 1;
    while (end < PIXELS && memcmp(row[end], row[j], sizeof row[j]) == 0) {
      ++end;
    }
    write_row(stream, row[j], j, end - j);
    j = end;
  }
  fprintf(stream,
          "</svg><figcaption>%s&nbsp;×&nbsp;%s&nbsp;mm from above; the stronger the shade, the %s, "
          "up to "
          "%s&nbsp;µm</figcaption></figure>\n",
          NUMBER(relief->period / PERCUTA_MM, 3), NUMBER(relief->period / PERCUTA_MM, 3),
          relief->form.recess > 0 ? "deeper" : "higher", NUMBER(scale / PERCUTA_UM, 3));
}

/* Height along a line through the middle, across the furrows. */
static double height_at(const struct percuta_relief *relief, double along) {
  const bool turned =
      relief->form.kind == PERCUTA_RELIEF_FURROWS && abs(relief->waves[1]) > abs(relief->waves[0]);
  const double middle = relief->period / 2;
  return turned ? percuta_skin_relief_height(relief, middle, along)
                : percuta_skin_relief_height(relief, along, middle);
}

static void write_profile(FILE *stream, const struct percuta_relief *relief) {
  const double scale = fabs(relief->form.recess);
  const double zero = relief->form.recess > 0 ? 0.22 * TALL : 0.72 * TALL; /* undisturbed */
  const double stretch = 0.5 * TALL / scale;
  fprintf(stream,
          "<figure class=\"relief\"><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Profile "
          "of the surface before treatment\"><path class=\"patch\" d=\"M0 %d",
          WIDE, TALL, TALL);
  for (int i = 0; i <= POINTS; ++i) {
    fprintf(stream, "L%.1f %.1f", (double)WIDE * i / POINTS,
            zero - stretch * height_at(relief, relief->period * i / POINTS));
  }
  fprintf(stream,
          "L%d %dz\"/><path class=\"undisturbed\" d=\"M0 %.1fH%d\"/>"
          "<path class=\"scale\" d=\"M14 %.1fV%.1f\"/><text class=\"scale-text\" x=\"24\" "
          "y=\"%.1f\" font-size=\"16\">%s µm</text></svg>",
          WIDE, TALL, zero, WIDE, zero, relief->form.recess > 0 ? zero + 0.5 * TALL : 0.22 * TALL,
          relief->form.recess > 0 ? zero + 0.28 * TALL : 0.5 * TALL, NUMBER(scale / PERCUTA_UM, 3));
  fprintf(stream,
          "<figcaption>Profile through the middle, heights stretched %s times; dashed: the "
          "undisturbed surface</figcaption></figure>\n",
          NUMBER(stretch * relief->period / WIDE, 2));
}

static void write_measure(FILE *stream, const char *what, double value, const char *unit) {
  fprintf(stream, "<tr><th scope=\"row\">%s</th><td>%s&nbsp;%s</td></tr>\n", what, NUMBER(value, 3),
          unit);
}

static void write_measures(FILE *stream, const struct percuta_relief_texture *texture) {
  fputs("<table class=\"facts\"><tbody>\n", stream);
  write_measure(stream, "Ra, mean roughness", texture->ra / PERCUTA_UM, "µm");
  write_measure(stream, "Rz, mean roughness depth", texture->rz / PERCUTA_UM, "µm");
  if (texture->depth > 0) {
    write_measure(stream, "Deepest point", texture->depth / PERCUTA_UM, "µm");
    write_measure(stream, "Missing volume", texture->volume / MM3, "mm³");
  }
  if (texture->raised > 0) {
    write_measure(stream, "Highest point", texture->raised / PERCUTA_UM, "µm");
  }
  fputs("</tbody></table>\n", stream);
  if (texture->rz < texture->ra) /* which looks like a mistake, and is none */
    fputs(
        "<p>Rz is the mean over fifths of the profile, in each of which only a part of this relief "
        "lies; so it is less than Ra here, which is taken over all of it.</p>\n",
        stream);
}

/* What the relief means for the strikes of the first session. */
static void write_effect(FILE *stream, const struct percuta_page *page) {
  const struct percuta_channels *channels = &page->record->session[0].channels;
  double sum = 0, most = 0;
  if (page->given == 0 || channels->count == 0) {
    return;
  }
  for (size_t i = 0; i < channels->count; ++i) {
    sum += channels->item[i].recess;
    most = fmax(most, channels->item[i].recess);
  }
  fprintf(stream,
          "<p>The device rests on the highest parts of the skin and flattens the relief in part. "
          "In the first session the surface lay <b>%s&nbsp;µm</b> below the device on average and "
          "%s&nbsp;µm at most; needles reached that much less deep.</p>\n",
          NUMBER(sum / (double)channels->count / PERCUTA_UM, 3), NUMBER(most / PERCUTA_UM, 3));
}

void percuta_report_surface_write(FILE *stream, const struct percuta_page *page) {
  const struct percuta_relief *relief = &page->record->relief;
  if (relief->form.kind == PERCUTA_RELIEF_FLAT || relief->form.recess == 0) {
    return;
  }
  fputs("<section>\n<h2>The surface before treatment</h2>\n<div class=\"surface\">\n", stream);
  write_map(stream, relief);
  fputs("<div>\n", stream);
  write_profile(stream, relief);
  write_measures(stream, &page->record->texture);
  fputs("</div>\n</div>\n", stream);
  write_effect(stream, page);
  fputs("</section>\n", stream);
}
