/* The punctures of a session as SVG to scale.
 * Tests: tests/cli/report_browser.py, tests/unit/test_report.c. */
#include "report/map.h"

#include <math.h>

#include "base/units.h"
#include "report/html.h"

#define MOST_SESSIONS 4
#define LETTERS 0.035     /* height of letters over the side of the map */
#define MANY_LETTERS 0.06 /* the same where maps stand side by side */
#define MOST_STRIKES 1200 /* shown; more would hide one another and weigh the page down */

/* Side of the square that is shown: the patch, or the part of it that holds MOST_STRIKES. */
static double choose_window(double width, size_t strikes) {
  if (strikes <= MOST_STRIKES) {
    return width;
  }
  const double window = width * sqrt((double)MOST_STRIKES / (double)strikes);
  return window > PERCUTA_MM ? floor(window / PERCUTA_MM) * PERCUTA_MM : window;
}

/* A round length of about a fifth of the window [m]. */
static double choose_scale(double window) {
  const double rough = window / 5;
  const double power = pow(10, floor(log10(rough)));
  const double lead = rough / power;
  return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : 5);
}

static void write_strike(FILE *stream, const struct percuta_channel *channel, double window,
                         double age) {
  const double x = channel->x / PERCUTA_UM;
  const double y = (window - channel->y) / PERCUTA_UM; /* y points up, as on paper */
  const double smallest = 0.004 * window / PERCUTA_UM;
  if (channel->penetrated && !channel->reentered) {
    const double radius = fmax(channel->radius_surface / PERCUTA_UM, smallest);
    const double half = channel->tear_surface / PERCUTA_UM / 2;
    const double dx = half * cos(channel->direction), dy = -half * sin(channel->direction);
    fprintf(stream, "<g style=\"--age:%.3f\">", age);
    if (half > 0) {
      fprintf(stream,
              "<line class=\"tear\" x1=\"%.0f\" y1=\"%.0f\" x2=\"%.0f\" y2=\"%.0f\" "
              "stroke-width=\"%.0f\"/>",
              x - dx, y - dy, x + dx, y + dy, 2 * radius);
    }
    fprintf(stream,
            "<circle class=\"opened\" cx=\"%.0f\" cy=\"%.0f\" r=\"%.0f\"><title>pass %d, %.0f µm "
            "deep</title></circle></g>\n",
            x, y, radius, channel->pass + 1, channel->depth / PERCUTA_UM);
    return;
  }
  const double arm = fmax(0.011 * window / PERCUTA_UM, smallest);
  if (channel->reentered) {
    fprintf(stream,
            "<circle class=\"reentered\" cx=\"%.0f\" cy=\"%.0f\" r=\"%.0f\"><title>pass %d, "
            "re-entered</title></circle>\n",
            x, y, 1.3 * arm, channel->pass + 1);
  } else {
    fprintf(stream,
            "<path class=\"held\" d=\"M%.0f %.0fl%.0f %.0fm0 %.0fl%.0f %.0f\"><title>pass %d, did "
            "not break the skin</title></path>\n",
            x - arm, y - arm, 2 * arm, 2 * arm, -2 * arm, -2 * arm, 2 * arm, channel->pass + 1);
  }
}

static void write_scale(FILE *stream, double window, double letters) {
  const double size = window / PERCUTA_UM;
  const double bar = choose_scale(window);
  fprintf(stream,
          "<path class=\"scale\" d=\"M%.0f %.0fh%.0f\"/><text class=\"scale-text\" x=\"%.0f\" "
          "y=\"%.0f\" font-size=\"%.0f\">%s mm</text>",
          0.0, 1.045 * size, bar / PERCUTA_UM, bar / PERCUTA_UM + 0.02 * size, 1.065 * size,
          letters * size, percuta_report_html_number(bar / PERCUTA_MM, 3).text);
}

static void write_session(FILE *stream, const struct percuta_page *page, int index) {
  const struct percuta_session_record *session = &page->record->session[index];
  const double window = choose_window(page->record->width, session->channels.count);
  const double size = window / PERCUTA_UM;
  const struct percuta_session *plan = &page->record->scenario->session;
  const int passes = plan->pass_count * plan->repeat;
  fprintf(stream,
          "<figure class=\"map\"><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
          "aria-label=\"Map of the strikes of session %d\">"
          "<clipPath id=\"clip%d\"><rect width=\"%.0f\" height=\"%.0f\"/></clipPath>"
          "<rect class=\"patch\" width=\"%.0f\" height=\"%.0f\"/><g clip-path=\"url(#clip%d)\">\n",
          size, 1.1 * size, session->number, index, size, size, size, size, index);
  for (size_t i = 0; i < session->channels.count; ++i) {
    const struct percuta_channel *channel = &session->channels.item[i];
    if (channel->x < window && channel->y < window) {
      write_strike(stream, channel, window, passes > 1 ? (double)channel->pass / (passes - 1) : 0);
    }
  }
  fputs("</g>", stream);
  write_scale(stream, window, page->given > 1 ? MANY_LETTERS : LETTERS);
  fprintf(stream, "</svg><figcaption>Session %d%s, seen from above</figcaption></figure>\n",
          session->number, window < page->record->width ? ", a part of the patch" : "");
}

void percuta_report_map_write(FILE *stream, const struct percuta_page *page) {
  fprintf(stream, "<div class=\"maps%s\" data-figure=\"map\">\n",
          page->given == 1 ? " single" : "");
  for (int i = 0; i < page->given && i < MOST_SESSIONS; ++i) {
    write_session(stream, page, i);
  }
  fputs("<ul class=\"legend\"><li><span class=\"key ages\"></span>opened a puncture, "
        "coloured from the first pass to the last; pale where the skin tore along the path</li>"
        "<li><span class=\"key ring\"></span>fell into an earlier puncture</li>"
        "<li><span class=\"key cross\">×</span>did not break the skin</li></ul></div>\n",
        stream);
}
