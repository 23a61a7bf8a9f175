/* The surface before and after: lit from above, a profile, and its measures.
 * Test: tests/unit/test_report.c. */
#include "report/surface.h"

#include <math.h>
#include <stdlib.h>

#include "base/units.h"
#include "outcome/law.h"
#include "outcome/timeline.h"
#include "report/html.h"
#include "report/shade.h"

#define NUMBER(value, digits) (percuta_report_html_number((value), (digits)).text)
#define MM3 1e-9 /* [m^3] */

static const double PI = 3.14159265358979323846;

enum {
  POINTS = 240, /* along the profile */
  WIDE = 640,   /* the profile's picture, in its own units */
  TALL = 190,
  SHARES = 3 /* of new collagen that show as volume: the least, the middle, the most */
};

/* The surface before and at the end of the follow-up. */
struct surfaces {
  const struct percuta_relief *before;
  struct percuta_relief after[SHARES];
  double share[SHARES], day;
  bool followed; /* there is an after that can differ from it */
};

static struct surfaces read_surfaces(const struct percuta_page *page) {
  const struct percuta_record *record = page->record;
  const struct percuta_outcome_range *share = &record->law->surface.share;
  struct surfaces out = {.before = &record->relief,
                         .share = {share->low, share->value, share->high},
                         .day = percuta_outcome_outcomes_end(record).day};
  out.followed = page->given > 0 && out.day > 0 && record->skin->has_defect;
  for (int i = 0; i < SHARES && out.followed; ++i)
    out.after[i] = percuta_outcome_surface_after(record, out.share[i], out.day);
  return out;
}

/* Lit from one side; alike for all, so that they can be compared. */
static void write_shade(FILE *stream, const struct percuta_relief *relief, const char *title) {
  char *bitmap = percuta_report_shade_bitmap(relief);
  if (bitmap == NULL)
    return;
  fprintf(stream,
          "<figure class=\"map\"><div class=\"lit\"><img alt=\"The surface from above, %s\" "
          "src=\"data:image/bmp;base64,%s\"></div><figcaption>%s</figcaption></figure>\n",
          title, bitmap, title);
  free(bitmap);
}

static void write_shades(FILE *stream, const struct surfaces *surfaces) {
  char title[96];
  fputs("<div>\n<div class=\"lights\">\n", stream);
  write_shade(stream, surfaces->before, "before treatment");
  if (surfaces->followed) {
    snprintf(title, sizeof title, "on day %s", NUMBER(surfaces->day, 3));
    write_shade(stream, &surfaces->after[1], title);
  }
  fprintf(stream,
          "</div>\n<p class=\"hint\">%s&nbsp;×&nbsp;%s&nbsp;mm from above, heights in true scale, "
          "light from the upper left%s.</p>\n</div>\n",
          NUMBER(surfaces->before->period / PERCUTA_MM, 3),
          NUMBER(surfaces->before->period / PERCUTA_MM, 3),
          surfaces->followed ? ", the same on both" : "");
}

/* Height along a line through the middle, across the furrows. */
static double height_at(const struct percuta_relief *relief, double along) {
  const bool turned =
      relief->form.kind == PERCUTA_RELIEF_FURROWS && abs(relief->waves[1]) > abs(relief->waves[0]);
  const double middle = relief->period / 2;
  return turned ? percuta_skin_relief_height(relief, middle, along)
                : percuta_skin_relief_height(relief, along, middle);
}

/* The line of a relief in the profile's picture. */
static void write_line(FILE *stream, const struct percuta_relief *relief, double zero,
                       double stretch) {
  for (int i = 0; i <= POINTS; ++i)
    fprintf(stream, "%c%.1f %.1f", i == 0 ? 'M' : 'L', (double)WIDE * i / POINTS,
            zero - stretch * height_at(relief, relief->period * i / POINTS));
}

static void write_profile(FILE *stream, const struct surfaces *surfaces) {
  const struct percuta_relief *before = surfaces->before;
  const double scale = fabs(before->form.recess);
  const double zero = before->form.recess > 0 ? 0.22 * TALL : 0.72 * TALL; /* undisturbed */
  const double stretch = 0.5 * TALL / scale;
  fprintf(stream,
          "<figure class=\"relief\"><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Profile "
          "of the surface\"><path class=\"patch\" d=\"",
          WIDE, TALL);
  write_line(stream, before, zero, stretch);
  fprintf(stream, "L%d %dL0 %dz\"/>", WIDE, TALL, TALL);
  for (int i = 0; i < SHARES && surfaces->followed; ++i) {
    fprintf(stream, "<path class=\"after after-%d\" d=\"", i);
    write_line(stream, &surfaces->after[i], zero, stretch);
    fputs("\"/>", stream);
  }
  fprintf(stream,
          "<path class=\"undisturbed\" d=\"M0 %.1fH%d\"/>"
          "<path class=\"scale\" d=\"M14 %.1fV%.1f\"/><text class=\"scale-text\" x=\"24\" "
          "y=\"%.1f\" font-size=\"16\">%s µm</text></svg>",
          zero, WIDE, zero, before->form.recess > 0 ? zero + 0.5 * TALL : 0.22 * TALL,
          before->form.recess > 0 ? zero + 0.28 * TALL : 0.5 * TALL, NUMBER(scale / PERCUTA_UM, 3));
  fprintf(stream,
          "<figcaption>Profile through the middle, heights stretched %s times; shaded: before "
          "treatment; dashed: the undisturbed surface",
          NUMBER(stretch * before->period / WIDE, 2));
  if (surfaces->followed)
    fprintf(stream, "; lines: day %s, in the order of the table", NUMBER(surfaces->day, 3));
  fputs("</figcaption></figure>\n", stream);
}

/* A row of the table: before, and after at each share; NAN: not told. */
static void write_row(FILE *stream, const char *what, const double value[1 + SHARES],
                      const struct surfaces *surfaces, const char *unit) {
  fprintf(stream, "<tr><th scope=\"row\">%s, %s</th>", what, unit);
  for (int i = 0; i < (surfaces->followed ? 1 + SHARES : 1); ++i)
    fprintf(stream, "<td>%s</td>", NUMBER(value[i], 3));
  fputs("</tr>\n", stream);
}

static void write_heads(FILE *stream, const struct surfaces *surfaces) {
  fputs("<table class=\"facts shares\">\n", stream);
  if (surfaces->followed) {
    fprintf(stream,
            "<thead><tr><td></td><th scope=\"col\">before</th><th scope=\"colgroup\" "
            "colspan=\"%d\">day %s, if this share of new collagen shows as volume</th></tr>\n"
            "<tr><td></td><td></td>",
            SHARES, NUMBER(surfaces->day, 3));
    for (int i = 0; i < SHARES; ++i)
      fprintf(stream, "<th scope=\"col\"><i class=\"stroke after-%d\"></i>%s&nbsp;%%</th>", i,
              NUMBER(100 * surfaces->share[i], 3));
    fputs("</tr></thead>\n", stream);
  }
  fputs("<tbody>\n", stream);
}

static void write_measures(FILE *stream, const struct percuta_page *page,
                           const struct surfaces *surfaces) {
  struct percuta_relief_texture texture[1 + SHARES] = {page->record->texture};
  double ra[1 + SHARES], rz[1 + SHARES], deep[1 + SHARES], high[1 + SHARES], missing[1 + SHARES];
  double slope[1 + SHARES], wide[1 + SHARES];
  for (int i = 0; i < (surfaces->followed ? 1 + SHARES : 1); ++i) {
    const struct percuta_relief *relief = i == 0 ? surfaces->before : &surfaces->after[i - 1];
    if (i > 0 && percuta_skin_relief_survey(relief, &texture[i]) != PERCUTA_OK)
      texture[i] = texture[0];
    ra[i] = texture[i].ra / PERCUTA_UM;
    rz[i] = texture[i].rz / PERCUTA_UM;
    deep[i] = texture[i].depth / PERCUTA_UM;
    high[i] = texture[i].raised / PERCUTA_UM;
    missing[i] = texture[i].volume / MM3;
    slope[i] = atan(percuta_skin_relief_slope(relief)) * 180 / PI;
    wide[i] =
        percuta_skin_relief_width(relief, page->record->law->surface.visible_depth) / PERCUTA_MM;
  }
  write_heads(stream, surfaces);
  if (texture->depth > 0) {
    write_row(stream, "Deepest point", deep, surfaces, "µm");
    write_row(stream, "Missing volume", missing, surfaces, "mm³");
    write_row(stream, "Width where visible", wide, surfaces, "mm");
  }
  if (texture->raised > 0)
    write_row(stream, "Highest point", high, surfaces, "µm");
  write_row(stream, "Steepest slope", slope, surfaces, "°");
  write_row(stream, "Mean roughness Ra", ra, surfaces, "µm");
  write_row(stream, "Roughness depth Rz", rz, surfaces, "µm");
  fputs("</tbody></table>\n", stream);
  if (texture->rz < texture->ra) /* which looks like a mistake, and is none */
    fputs(
        "<p>Rz is the mean over fifths of the profile, in each of which only a part of this relief "
        "lies; so it is less than Ra here, which is taken over all of it.</p>\n",
        stream);
}

/* Whether it fills, and why. */
static void write_filling(FILE *stream, const struct percuta_page *page,
                          const struct surfaces *surfaces) {
  const struct percuta_skin *skin = page->record->skin;
  if (page->given == 0)
    return;
  if (!skin->has_defect) {
    fputs("<p>New collagen changes the relief only where more of it grows than beside it. Here "
          "furrows and ridges are of the same skin, needled alike: the model leaves their depth as "
          "it was.</p>\n",
          stream);
    return;
  }
  if (!surfaces->followed)
    return;
  const double rise = surfaces->after[1].growth / PERCUTA_UM;
  const struct percuta_timeline_row row =
      percuta_outcome_timeline_row_at(&page->record->timeline, surfaces->day);
  fprintf(stream,
          "<p>On day %s the floor has %s by <b>%s&nbsp;µm</b> (%s to %s) against the skin around "
          "it. Collagen inside changed by %s, around it by %s, each relative to before",
          NUMBER(surfaces->day, 3), rise < 0 ? "sunk" : "risen", NUMBER(fabs(rise), 2),
          NUMBER(fabs(surfaces->after[0].growth) / PERCUTA_UM, 2),
          NUMBER(fabs(surfaces->after[SHARES - 1].growth) / PERCUTA_UM, 2),
          percuta_report_html_change(row.collagen_inside_rel).text,
          percuta_report_html_change(row.collagen_around_rel).text);
  fprintf(stream,
          ", and inside it was %s of that around it. %sThis balance of mass has not been tested in "
          "people.</p>\n",
          NUMBER(skin->defect_collagen_rel, 2),
          rise < 0
              ? "Needling that treats both alike lets the skin around grow by more: it does not "
                "fill. "
              : "");
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
  const struct surfaces surfaces = read_surfaces(page);
  fprintf(stream, "<section>\n<h2>The surface before treatment%s</h2>\n<div class=\"surface\">\n",
          surfaces.followed ? " and after" : "");
  write_shades(stream, &surfaces);
  write_profile(stream, &surfaces);
  fputs("</div>\n", stream);
  write_measures(stream, page, &surfaces);
  write_filling(stream, page, &surfaces);
  write_effect(stream, page);
  fputs("</section>\n", stream);
}
