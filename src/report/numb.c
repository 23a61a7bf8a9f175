#include "report/numb.h"

#include <math.h>

#include "base/units.h"
#include "report/html.h"
#include "report/topicals.h"
#include "result/deliveries.h"

#define NUMBER(value, digits) (percuta_html_number((value), (digits)).text)
#define SPAN(value) (percuta_html_span(value).text)
#define UG_PER_ML 1e-3 /* [kg/m^3] */
#define CM2 1e-4       /* [m^2] */
#define GRAM 1e-3      /* [kg] */
#define MILLIGRAM 1e-6 /* [kg] */

static void begin_card(FILE *stream, const char *title) {
  fprintf(stream, "<div class=\"card\"><dt>%s</dt><dd><strong>", title);
}

/* How the numb depth compares with that of the cuts. */
static void write_reach(FILE *stream, const struct percuta_page *page) {
  const struct percuta_outcomes_session *means = &page->session[0];
  const double numb = page->result->numbing.depth_at_needling;
  if (page->given == 0 || means->opened == 0) {
    return;
  }
  fprintf(stream, "the cuts %s&nbsp;%s&nbsp;mm",
          numb >= means->depth_mean ? "end above, at" : "go deeper, to",
          NUMBER(means->depth_mean / PERCUTA_MM, 2));
}

static void write_depth_card(FILE *stream, const struct percuta_page *page) {
  const struct percuta_numbing *numbing = &page->result->numbing;
  if (numbing->needles_first) {
    begin_card(stream, "Numb when the needles came");
    fputs("no</strong><small>the cream went on after them</small></dd></div>\n", stream);
    return;
  }
  begin_card(stream, "Numb when the needles came");
  fprintf(stream, "%s</strong> mm deep<small>between %s and %s&nbsp;mm; ",
          NUMBER(numbing->depth_at_needling / PERCUTA_MM, 2),
          NUMBER(numbing->depth_low / PERCUTA_MM, 2), NUMBER(numbing->depth_high / PERCUTA_MM, 2));
  write_reach(stream, page);
  fputs("</small></dd></div>\n", stream);
}

static void write_pain_card(FILE *stream, const struct percuta_comfort *comfort) {
  if (!comfort->known || !comfort->numbed) {
    return;
  }
  begin_card(stream, "Pain of the session");
  if (isfinite(comfort->vas_numbed) && isfinite(comfort->vas)) {
    fprintf(stream, "%s</strong> of 10<small>without cream %s of 10; ",
            NUMBER(comfort->vas_numbed, 2), NUMBER(comfort->vas, 2));
  } else {
    fprintf(stream, "%s&nbsp;%%</strong><small>of that without cream; ",
            NUMBER(100 * comfort->pain_numbed / comfort->pain, 2));
  }
  fprintf(stream, "between %s and %s&nbsp;%% of it is left</small></dd></div>\n",
          NUMBER(100 * comfort->pain_numbed_low / comfort->pain, 2),
          NUMBER(100 * comfort->pain_numbed_high / comfort->pain, 2));
}

/* The anaesthetic of which most is in the blood. */
static int find_most(const struct percuta_numbing *numbing) {
  int most = -1;
  for (int a = 0; a < numbing->delivery.active_count; ++a) {
    if (numbing->active[a].plasma != NULL &&
        (most < 0 || numbing->active[a].plasma_most > numbing->active[most].plasma_most)) {
      most = a;
    }
  }
  return most;
}

static bool has_level(const struct percuta_numbing *numbing) {
  for (int a = 0; a < numbing->delivery.active_count; ++a) {
    if (numbing->active[a].toxic > 0) {
      return true;
    }
  }
  return false;
}

static void write_blood_card(FILE *stream, const struct percuta_numbing *numbing) {
  const int most = find_most(numbing);
  if (most < 0) {
    return;
  }
  const struct percuta_numbing_active *active = &numbing->active[most];
  begin_card(stream, "Highest level in the blood");
  if (has_level(numbing)) {
    fprintf(stream, "%s</strong> %%<small>of the toxic level; ",
            NUMBER(100 * numbing->toxicity, 2));
  } else {
    fprintf(stream, "%s</strong> µg/ml<small>", NUMBER(active->plasma_most / UG_PER_ML, 2));
  }
  percuta_html_text(stream, numbing->delivery.active[most].of->compound.name);
  if (has_level(numbing)) {
    fprintf(stream, " %s&nbsp;µg/ml", NUMBER(active->plasma_most / UG_PER_ML, 2));
  }
  fprintf(stream, " after %s</small></dd></div>\n", SPAN(active->plasma_time));
}

static void write_cream_card(FILE *stream, const struct percuta_numbing *numbing) {
  begin_card(stream, "Cream on the skin");
  fprintf(stream, "%s</strong> g<small>on %s&nbsp;cm², for %s</small></dd></div>\n",
          NUMBER(numbing->mass / GRAM, 3), NUMBER(numbing->area / CM2, 3),
          SPAN(numbing->delivery.plan.apply));
}

static void write_warnings(FILE *stream, const struct percuta_numbing *numbing) {
  const char *const of_product = numbing->delivery.product.warning;
  if (numbing->warning_count == 0 && of_product[0] == '\0') {
    return;
  }
  fputs("<div class=\"notice\"><strong>Mind:</strong><ul>\n", stream);
  for (int w = 0; w < numbing->warning_count; ++w) {
    fputs("<li>", stream);
    percuta_html_text(stream, numbing->warning[w]);
    fputs("</li>\n", stream);
  }
  if (of_product[0] != '\0') {
    fputs("<li>", stream);
    percuta_html_name(stream, of_product);
    fputs(".</li>\n", stream);
  }
  fputs("</ul></div>\n", stream);
}

/* A row that compares what was done with what the product allows. */
static void write_limit(FILE *stream, const char *what, const char *here, const char *limit,
                        bool over) {
  fprintf(stream,
          "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td>"
          "<td>%s</td></tr>\n",
          what, here, limit,
          over ? "<span class=\"tag changed\">too much</span>" : "<span class=\"tag\">fine</span>");
}

static void write_quantity(FILE *stream, const char *what, double here, double limit, double unit,
                           const char *name) {
  char first[120], second[120];
  snprintf(first, sizeof first, "%s&nbsp;%s", NUMBER(here / unit, 3), name);
  snprintf(second, sizeof second, "%s&nbsp;%s", NUMBER(limit / unit, 3), name);
  write_limit(stream, what, first, second, here > limit * (1 + 1e-9));
}

static void write_limits(FILE *stream, const struct percuta_numbing *numbing) {
  const double apply = numbing->delivery.plan.apply;
  fputs("<div class=\"scroll\"><table class=\"limits\"><thead><tr><th scope=\"col\">Limit</th>"
        "<th scope=\"col\">Here</th><th scope=\"col\">At most</th><th scope=\"col\"></th></tr>"
        "</thead><tbody>\n",
        stream);
  if (numbing->delivery.product.limits.mass > 0) {
    write_quantity(stream, "Cream", numbing->mass, numbing->delivery.product.limits.mass, GRAM,
                   "g");
  }
  if (numbing->delivery.product.limits.area > 0) {
    write_quantity(stream, "Area", numbing->area, numbing->delivery.product.limits.area, CM2,
                   "cm²");
  }
  if (numbing->delivery.product.limits.time > 0) {
    struct percuta_html_number here = percuta_html_span(apply);
    write_limit(stream, "Time on the skin", here.text, SPAN(numbing->delivery.product.limits.time),
                apply > numbing->delivery.product.limits.time * (1 + 1e-9));
  }
  for (int a = 0; a < numbing->delivery.active_count; ++a) {
    const struct percuta_numbing_active *active = &numbing->active[a];
    if (active->plasma != NULL && active->toxic > 0) {
      char what[200];
      snprintf(what, sizeof what, "In the blood: %s", numbing->delivery.active[a].of->compound.id);
      write_quantity(stream, what, active->plasma_most, active->toxic, UG_PER_ML, "µg/ml");
    }
  }
  fputs("</tbody></table></div>\n", stream);
}

static bool has_limits(const struct percuta_numbing *numbing) {
  return numbing->delivery.product.limits.mass > 0 || numbing->delivery.product.limits.area > 0 ||
         numbing->delivery.product.limits.time > 0 || has_level(numbing);
}

/* When numb, how deep at most, and to what depth a needle does not hurt. */
static void write_course(FILE *stream, const struct percuta_numbing *numbing) {
  fputs("<p>", stream);
  if (numbing->onset < 0) {
    fputs("Within the time followed the skin does not become numb.", stream);
  } else {
    fprintf(stream, "The skin is numb from <b>%s</b>", SPAN(numbing->onset));
    if (numbing->end >= 0) {
      fprintf(stream, " to <b>%s</b>", SPAN(numbing->end));
    }
    fprintf(stream, " after the cream first came on%s, deepest after %s: %s&nbsp;mm.",
            numbing->end >= 0 ? "" : ", until the end of the time followed",
            SPAN(numbing->depth_most_time), NUMBER(numbing->depth_most / PERCUTA_MM, 2));
  }
  if (!numbing->needles_first) {
    fprintf(stream,
            " When the needles came they did not hurt down to <b>%s&nbsp;mm</b>; without cream "
            "that is %s&nbsp;mm.",
            NUMBER(numbing->pain_free_depth / PERCUTA_MM, 2),
            NUMBER(numbing->pain_free_unmedicated / PERCUTA_MM, 2));
  }
  const char *before = " From the whole area the blood takes up ";
  for (int a = 0; a < numbing->delivery.active_count; ++a) {
    if (numbing->active[a].plasma != NULL) {
      fprintf(stream, "%s%s&nbsp;mg of ", before,
              NUMBER(numbing->active[a].absorbed / MILLIGRAM, 2));
      percuta_html_text(stream, numbing->delivery.active[a].of->compound.name);
      before = ", ";
    }
  }
  fputs(before[0] == ',' ? "." : "", stream);
  fputs("</p>\n", stream);
}

/* The cream's sentence: what, how much, when. */
static void write_use(FILE *stream, const struct percuta_numbing *numbing) {
  const struct percuta_delivery_plan *plan = &numbing->delivery.plan;
  percuta_html_name(stream, numbing->delivery.product.name);
  fprintf(stream, " lay on %s&nbsp;cm² of skin: ", NUMBER(numbing->area / CM2, 3));
  percuta_topicals_plan(stream, plan);
  if (numbing->needles_first) {
    fputs(", from right <b>after the needles</b> on.", stream);
  } else if (numbing->needling > plan->apply) {
    fprintf(stream, ". It was wiped off %s before the first strike.",
            SPAN(numbing->needling - plan->apply));
  } else {
    fputs(". It was wiped off right before the first strike.", stream);
  }
}

static void write_tables(FILE *stream, const struct percuta_delivery *delivery) {
  fputs("<details><summary>Where the cream’s compounds are</summary>\n", stream);
  for (int a = 0; a < delivery->active_count; ++a) {
    fputs("<h4>", stream);
    percuta_html_name(stream, delivery->active[a].of->compound.name);
    fputs("</h4><div class=\"scroll\">\n", stream);
    percuta_topicals_table(stream, delivery, &delivery->active[a]);
    fputs("</div>\n", stream);
  }
  fputs("</details>\n", stream);
}

void percuta_numb_write(FILE *stream, const struct percuta_page *page) {
  const struct percuta_numbing *numbing = &page->result->numbing;
  if (!numbing->used) {
    return;
  }
  fputs("<section id=\"numbing\">\n<h2>Numbing</h2>\n<p>", stream);
  write_use(stream, numbing);
  fputs("</p>\n<dl class=\"cards\">\n", stream);
  write_depth_card(stream, page);
  if (page->given > 0) {
    write_pain_card(stream, &page->result->session[0].comfort);
  }
  write_blood_card(stream, numbing);
  write_cream_card(stream, numbing);
  fputs("</dl>\n", stream);
  write_warnings(stream, numbing);
  write_course(stream, numbing);
  fputs("<div class=\"plots\"><div data-plot=\"numb-depth\"></div><div data-plot=\"numb-blood\">"
        "</div></div>\n",
        stream);
  if (has_limits(numbing)) {
    write_limits(stream, numbing);
  }
  write_tables(stream, &numbing->delivery);
  fputs("</section>\n", stream);
}

void percuta_numb_step(FILE *stream, const struct percuta_page *page, bool before) {
  const struct percuta_numbing *numbing = &page->result->numbing;
  if (!numbing->used || numbing->needles_first == before) {
    return;
  }
  fputs("<li><h3>Numbing cream</h3><p>", stream);
  write_use(stream, numbing);
  if (numbing->needles_first) {
    fputs(" Needling itself was not numbed, and through punctures more of the cream reaches the "
          "blood.",
          stream);
  } else {
    fprintf(stream, " By then the skin was numb down to <b>%s&nbsp;mm</b>",
            NUMBER(numbing->depth_at_needling / PERCUTA_MM, 2));
    if (page->given > 0 && page->session[0].opened > 0) {
      fputs("; ", stream);
      write_reach(stream, page);
    }
    fputs(".", stream);
  }
  fputs("</p></li>\n", stream);
}
