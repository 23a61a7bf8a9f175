/* A section of the skin with one needle in it, to scale. Tests: tests/cli/device.sh,
 * device_browser.py. */
#include "sheet/figure.h"

#include <math.h>

#include "device/device.h"
#include "sheet/words.h"

/* The picture, in its own units. */
enum { WIDTH = 380, HEIGHT = 330, TOP = 70, BOTTOM = 20, LEFT = 8, RIGHT = 205, LINE = 17 };
enum { NEEDLE_AT = 62, OPEN_AT = 150 };

struct scale {
  double per_metre, deepest; /* [m] */
};

static double y_of(const struct scale *scale, double depth) {
  return TOP + fmin(depth, scale->deepest) * scale->per_metre;
}

/* Deep enough for the needle, and for the layers it may come to. */
static struct scale scale_of(const struct percuta_sheet *sheet) {
  const double deepest = 1.3 * sheet->base.length;
  return (struct scale){.deepest = deepest, .per_metre = (HEIGHT - TOP - BOTTOM) / deepest};
}

static void write_layers(FILE *stream, const struct percuta_sheet *sheet,
                         const struct scale *scale) {
  double label = TOP - LINE;
  for (int i = 0; i < PERCUTA_LAYER_COUNT; i++) {
    const double top = sheet->layer[i].top.value;
    const double below =
        i + 1 < PERCUTA_LAYER_COUNT ? sheet->layer[i + 1].top.value : scale->deepest;
    if (top >= scale->deepest)
      break;
    const double y = y_of(scale, top), end = y_of(scale, below);
    fprintf(stream, "<rect class=\"skin-%d\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>\n",
            i, LEFT, y, RIGHT - LEFT, fmax(0.5, end - y));
    label = fmax(label + LINE, (y + fmin(end, y + 30)) / 2 + 4);
    fprintf(stream,
            "<path class=\"leader\" d=\"M%d %.1fL%d %.1f\"/><text x=\"%d\" y=\"%.1f\">%s</text>\n",
            RIGHT, (y + fmin(end, y + 30)) / 2, RIGHT + 12, label - 4, RIGHT + 16, label,
            sheet->layer[i].name);
  }
}

/* A line from the low to the high end of a depth, with a dot at its value. */
static void write_whisker(FILE *stream, const struct scale *scale, const char *kind, double x,
                          const struct percuta_sheet_number *depth) {
  const double low = y_of(scale, depth->low), high = y_of(scale, depth->high);
  fprintf(stream,
          "<path class=\"whisker %s\" d=\"M%.1f %.1fV%.1fM%.1f %.1fh8M%.1f %.1fh8\"/>"
          "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n",
          kind, x, low, high, x - 4, low, x - 4, high, kind, x, y_of(scale, depth->value));
}

/* The needle with its tip at the depth in place, or on the surface. */
static void write_needle(FILE *stream, const struct percuta_sheet *sheet,
                         const struct scale *scale) {
  const struct percuta_needle needle = percuta_device_worn_needle(&sheet->scenario->device);
  const double tip = TOP + sheet->base.depth.value * scale->per_metre;
  const double base = tip - needle.length * scale->per_metre;
  const double shoulder = tip - needle.taper * scale->per_metre;
  const double wide = fmin(40, needle.base_diameter / 2 * scale->per_metre);
  const double fine = needle.tip_radius * scale->per_metre;
  fprintf(stream,
          "<path class=\"body\" d=\"M%d %.1fH%dV%.1fH%dZ\"/>"
          "<path class=\"needle\" d=\"M%.1f %.1fV%.1fL%.1f %.1fH%.1fL%.1f %.1fV%.1fZ\"/>\n",
          NEEDLE_AT - 45, base, NEEDLE_AT + 45, fmax(2, base - 14), NEEDLE_AT - 45,
          NEEDLE_AT - wide, base, shoulder, NEEDLE_AT - fine, tip, NEEDLE_AT + fine,
          NEEDLE_AT + wide, shoulder, base);
}

/* What stays open: a narrow cone from the surface down. */
static void write_open(FILE *stream, const struct percuta_sheet *sheet, const struct scale *scale) {
  const double depth = y_of(scale, sheet->base.open.value);
  const double wide = fmax(1.5, sheet->base.width.value / 2 * scale->per_metre);
  fprintf(stream, "<path class=\"track\" d=\"M%.1f %dL%d %.1fL%.1f %dZ\"/>\n", OPEN_AT - wide, TOP,
          OPEN_AT, depth, OPEN_AT + wide, TOP);
}

static void write_head(FILE *stream, const struct percuta_sheet *sheet) {
  fprintf(stream,
          "<figure class=\"section\"><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"A needle "
          "of %.3g mm in the skin, and the track that it leaves open\">\n",
          WIDTH, HEIGHT, sheet->base.length / PERCUTA_MM);
}

void percuta_sheet_figure_write(FILE *stream, const struct percuta_sheet *sheet) {
  const struct scale scale = scale_of(sheet);
  write_head(stream, sheet);
  write_layers(stream, sheet, &scale);
  write_needle(stream, sheet, &scale);
  if (percuta_sheet_enters(&sheet->base)) {
    write_open(stream, sheet, &scale);
    write_whisker(stream, &scale, "deep", NEEDLE_AT + 52, &sheet->base.depth);
    write_whisker(stream, &scale, "left", OPEN_AT + 34, &sheet->base.open);
  }
  fprintf(
      stream,
      "<path class=\"surface-line\" d=\"M%d %dH%d\"/></svg>\n<figcaption>To scale: left the "
      "needle %s, right what it leaves open. Lines with ends: the middle 90&nbsp;%% of the "
      "depth <span class=\"swatch deep\"></span> in place and <span class=\"swatch left\"></span> "
      "left open. Layers of the mean person; the dent around the needle is not drawn.</figcaption>"
      "</figure>\n",
      LEFT, TOP, RIGHT, percuta_sheet_enters(&sheet->base) ? "as deep as it gets" : "on the skin");
}
