#include "report/topicals.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report/html.h"
#include "result/deliveries.h"

#define NUMBER(value, digits) (percuta_html_number((value), (digits)).text)
#define SPAN(value) (percuta_html_span(value).text)
#define UG_PER_CM2 1e-5 /* [kg/m^2] */
#define MG_PER_CM2 1e-2 /* [kg/m^2] */
#define G_PER_MOL 1e-3  /* [kg/mol] */

void percuta_topicals_plan(FILE *stream, const struct percuta_delivery_plan *plan) {
  fprintf(stream, "%s&nbsp;mg/cm²", NUMBER(plan->dose / MG_PER_CM2, 3));
  if (plan->again > 0) {
    fprintf(stream, ", again every %s", SPAN(plan->again));
  }
  fprintf(stream, "%s, for %s", plan->occluded ? " under a cover" : "", SPAN(plan->apply));
}

static void write_start(FILE *stream, double start) {
  if (start < 60) {
    fputs("right after the needles: ", stream);
  } else {
    fprintf(stream, "%s after the needles: ", SPAN(start));
  }
}

/* An amount and its share of what was put on. */
static void write_amount(FILE *stream, double amount, double applied) {
  fprintf(stream, "<td class=\"n\">%s <span class=\"share\">(%s&nbsp;%%)</span></td>",
          NUMBER(amount / UG_PER_CM2, 2), NUMBER(100 * amount / applied, 2));
}

static const char *layer_words(const char *name) {
  static const char *const words[][2] = {{"stratum corneum", "In the horny layer"},
                                         {"viable epidermis", "In the living epidermis"},
                                         {"dermis", "In the dermis"},
                                         {"subcutis", "In the fat below"}};
  for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
    if (strcmp(name, words[i][0]) == 0) {
      return words[i][1];
    }
  }
  return name;
}

/* One row: the value of each place, given as amounts [kg/m^2]; the first is not there when NAN. */
static void write_row(FILE *stream, const char *what, double needled, double intact,
                      double applied) {
  fprintf(stream, "<tr><th scope=\"row\">%s</th>", what);
  if (isfinite(needled)) {
    write_amount(stream, needled, applied);
  }
  write_amount(stream, intact, applied);
  fputs("</tr>\n", stream);
}

static double rest_of(const struct percuta_permeation *course, int i) {
  return course->vehicle[i] + course->washed[i];
}

void percuta_topicals_table(FILE *stream, const struct percuta_delivery *delivery,
                            const struct percuta_delivery_active *active) {
  const struct percuta_permeation *needled = active->needled, *intact = active->intact;
  const int last = percuta_deliveries_last(delivery);
  if (intact == NULL || last < 0) {
    return;
  }
  fprintf(stream,
          "<table class=\"amounts\"><thead><tr><th scope=\"col\">µg/cm², after %s</th>%s"
          "<th scope=\"col\">Intact skin</th></tr></thead><tbody>\n",
          SPAN(delivery->time[last]), needled ? "<th scope=\"col\">Needled skin</th>" : "");
  write_row(stream, "<b>Got in</b>: living skin and blood", needled ? active->entered : NAN,
            active->entered_intact, active->applied);
  for (int l = 0; l < delivery->layer_count; ++l) {
    const char *name = delivery->layer_name[l];
    write_row(stream, layer_words(name),
              needled ? percuta_deliveries_layer(delivery, needled, last, name) : NAN,
              percuta_deliveries_layer(delivery, intact, last, name), active->applied);
  }
  write_row(stream, "Carried away by the blood", needled ? active->blood : NAN,
            active->blood_intact, active->applied);
  write_row(stream, "Wiped off, or still on the skin", needled ? rest_of(needled, last) : NAN,
            rest_of(intact, last), active->applied);
  fputs("</tbody></table>\n", stream);
}

/* The answer in a line: how much more than through intact skin. */
static void write_times(FILE *stream, const struct percuta_delivery_active *active) {
  fputs("<p>", stream);
  if (active->needled == NULL) {
    fputs("No puncture passes the horny layer: this skin lets in what intact skin does.", stream);
  } else if (isfinite(active->enhancement)) {
    fprintf(stream, "<b>%s times</b> as much gets in as through intact skin. ",
            NUMBER(active->enhancement, 2));
  } else {
    fputs("Through intact skin <b>nothing</b> gets in. ", stream);
  }
  percuta_html_text(stream, active->reason);
  if (active->undissolved > 1.05) {
    fprintf(stream,
            " The product holds %s times as much of it as its water can dissolve: what is not "
            "dissolved has to wait.",
            NUMBER(active->undissolved, 2));
  }
  fputs("</p>\n", stream);
}

static void write_compound(FILE *stream, const struct percuta_delivery *delivery, int product,
                           int index) {
  const struct percuta_delivery_active *active = &delivery->active[index];
  const struct percuta_compound *compound = &active->of->compound;
  fputs("<h4>", stream);
  percuta_html_name(stream, compound->name);
  fprintf(stream, " <span>%s&nbsp;µg/cm² put on · %s&nbsp;g/mol · log&nbsp;K<sub>ow</sub>&nbsp;%s",
          NUMBER(active->applied / UG_PER_CM2, 3), NUMBER(compound->molar_mass / G_PER_MOL, 3),
          NUMBER(compound->log_kow, 3));
  fprintf(stream, " · main way in: %s</span></h4>\n", percuta_delivery_route_text(active->route));
  write_times(stream, active);
  fputs("<div class=\"compound\"><div class=\"scroll\">\n", stream);
  percuta_topicals_table(stream, delivery, active);
  fprintf(stream, "</div><div data-plot=\"entering-%d-%d\"></div></div>\n", product + 1, index + 1);
}

static void write_verdict(FILE *stream, enum percuta_delivery_verdict verdict) {
  static const char *const kind[] = {[PERCUTA_DELIVERY_HELPS] = "helps",
                                     [PERCUTA_DELIVERY_HARDLY_HELPS] = "hardly",
                                     [PERCUTA_DELIVERY_DO_NOT] = "never"};
  fprintf(stream, " <span class=\"verdict %s\">%s%s</span>", kind[verdict],
          percuta_delivery_verdict_text(verdict),
          verdict == PERCUTA_DELIVERY_DO_NOT ? " put it on needled skin" : "");
}

static void write_product(FILE *stream, const struct percuta_delivery *delivery, int index) {
  fputs("<article class=\"product\"><h3>", stream);
  percuta_html_name(stream, delivery->product.name);
  write_verdict(stream, delivery->verdict);
  fputs("</h3>\n", stream);
  fputs(delivery->product.warning[0] ? "<p class=\"notice\"><strong>Mind:</strong> " : "<p>",
        stream);
  percuta_html_text(stream, delivery->why);
  fputs("</p>\n", stream);
  fputs("<p class=\"hint\">Put on ", stream);
  write_start(stream, delivery->plan.start);
  percuta_topicals_plan(stream, &delivery->plan);
  fputs(".</p>\n", stream);
  for (int a = 0; a < delivery->active_count; ++a) {
    write_compound(stream, delivery, index, a);
  }
  fputs("</article>\n", stream);
}

void percuta_topicals_write(FILE *stream, const struct percuta_page *page) {
  const struct percuta_result *result = page->result;
  if (result->delivery_count == 0) {
    return;
  }
  fputs(
      "<section id=\"entering\">\n<h2>What gets in</h2>\n<p class=\"hint\">Every compound was "
      "followed twice: through the needled skin of the first session, and through the same skin "
      "had "
      "no needle touched it; what is in the punctures counts to the layer they are in. "
      "<i>Helps</i>: needling brings in much more of it. <i>Hardly "
      "helps</i>: "
      "about as much gets in without needles. <i>Do not</i>: the product does not belong into "
      "needled skin. Whether what gets in does any good is another question, which is not answered "
      "here.</p>\n",
      stream);
  for (int d = 0; d < result->delivery_count; ++d) {
    write_product(stream, &result->delivery[d], d);
  }
  fputs("</section>\n", stream);
}

void percuta_topicals_step(FILE *stream, const struct percuta_page *page) {
  static const char *const verdict[] = {[PERCUTA_DELIVERY_HELPS] = "Needling helps it in.",
                                        [PERCUTA_DELIVERY_HARDLY_HELPS] =
                                            "Needling hardly helps it in.",
                                        [PERCUTA_DELIVERY_DO_NOT] = "Do not do this."};
  const struct percuta_result *result = page->result;
  if (result->delivery_count == 0) {
    return;
  }
  fputs("<li><h3>Put on afterwards</h3><p>", stream);
  for (int d = 0; d < result->delivery_count; ++d) {
    const struct percuta_delivery *delivery = &result->delivery[d];
    fputs(d > 0 ? " " : "", stream);
    percuta_html_name(stream, delivery->product.name);
    fputs(" came on the skin ", stream);
    write_start(stream, delivery->plan.start);
    percuta_topicals_plan(stream, &delivery->plan);
    fprintf(stream, ". <b>%s</b> ", verdict[delivery->verdict]);
    percuta_html_text(stream, delivery->why);
  }
  fputs("</p></li>\n", stream);
}
