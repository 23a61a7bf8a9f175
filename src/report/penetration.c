/* What gets in of products, as a section and as a step of the story; test:
 * tests/unit/test_report.c. */
#include "report/penetration.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "outcome/products.h"
#include "report/html.h"
#include "report/measured.h"
#include "report/say.h"
#include "transport/flux.h"

#define NUMBER(value, digits) (percuta_report_html_number((value), (digits)).text)
#define SPAN(value) (percuta_report_html_span(value).text)
#define UG_PER_CM2 1e-5  /* [kg/m^2] */
#define MG_PER_CM2 1e-2  /* [kg/m^2] */
#define LEAST_SHARE 1e-4 /* of what was put on, below which an amount is not told */

void percuta_report_penetration_plan(struct percuta_paragraph *text,
                                     const struct percuta_penetration_plan *plan) {
  if (plan->infinite)
    GO_ON_ONLY(text, "an infinite dose");
  else
    GO_ON(text, "{penetration.dose_mg_per_cm2:3 mg/cm²}", N(plan->dose / MG_PER_CM2));
  if (plan->every > 0) {
    GO_ON(text,
          ", {penetration.applications:count} times, every {penetration.every_h:span}, each for "
          "{penetration.apply_h:span}{:text}",
          N(plan->count), N(plan->every), N(plan->apply),
          T(plan->occluded ? " under a cover" : ""));
    return;
  }
  if (plan->again > 0)
    GO_ON(text, ", repeated every {penetration.again_h:span}", N(plan->again));
  GO_ON(text, "{:text}, for {penetration.apply_h:span}", T(plan->occluded ? " under a cover" : ""),
        N(plan->apply));
}

static void tell_start(struct percuta_paragraph *text, double start) {
  if (start >= 0 && start < 60)
    GO_ON_ONLY(text, "right after the needles");
  else
    GO_ON(text, "{penetration.start_h:span} {:text} the needles", N(fabs(start)),
          T(start < 0 ? "before" : "after"));
}

/* What amounts are shares of; an infinite dose has none. */
static double dose_of(const struct percuta_penetration *penetration,
                      const struct percuta_penetration_active *active) {
  return penetration->plan.infinite ? INFINITY : active->applied;
}

/* An amount and its share of what was put on; next to nothing has no number. */
static void write_amount(FILE *stream, double amount, double applied) {
  if (amount == 0) {
    fputs("<td class=\"n\">0</td>", stream);
    return;
  }
  if (amount > 0 && isinf(applied)) {
    fprintf(stream, "<td class=\"n\">%s</td>", NUMBER(amount / UG_PER_CM2, 3));
    return;
  }
  if (amount > 0 && amount < LEAST_SHARE * applied) {
    fputs("<td class=\"n\"><span class=\"share\">under 0.01&nbsp;%</span></td>", stream);
    return;
  }
  fprintf(stream, "<td class=\"n\">%s <span class=\"share\">(%s&nbsp;%%)</span></td>",
          NUMBER(amount / UG_PER_CM2, 2), NUMBER(100 * amount / applied, 2));
}

static const char *layer_words(const char *name) {
  static const char *const words[][2] = {{"stratum corneum", "Stratum corneum"},
                                         {"viable epidermis", "Viable epidermis"},
                                         {"dermis", "Dermis"},
                                         {"subcutis", "Below the dermis"},
                                         {"receptor", "Receptor"}};
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

void percuta_report_penetration_table(FILE *stream, const struct percuta_penetration *penetration,
                                      const struct percuta_penetration_active *active) {
  const struct percuta_permeation *needled = percuta_outcome_products_needled(penetration, active);
  const struct percuta_permeation *intact = active->intact;
  const int last = percuta_outcome_products_last(penetration);
  if (intact == NULL || last < 0) {
    return;
  }
  fprintf(stream,
          "<table class=\"amounts\"><thead><tr><th scope=\"col\">µg/cm², after %s</th>%s"
          "<th scope=\"col\">Intact</th></tr></thead><tbody>\n",
          SPAN(penetration->time[last]), needled ? "<th scope=\"col\">Needled</th>" : "");
  const double dose = dose_of(penetration, active);
  const bool excised = penetration->piece.excised;
  if (excised)
    write_row(stream, "<b>Permeated</b>, samples included",
              needled ? percuta_transport_flux_permeated(penetration, needled, last) : NAN,
              percuta_transport_flux_permeated(penetration, intact, last), dose);
  else
    write_row(stream, "<b>Entered</b>, blood included", needled ? active->entered : NAN,
              active->entered_intact, dose);
  for (int l = 0; l < penetration->layer_count; ++l) {
    const char *name = penetration->layer_name[l];
    write_row(stream, layer_words(name),
              needled ? percuta_outcome_products_layer(penetration, needled, last, name) : NAN,
              percuta_outcome_products_layer(penetration, intact, last, name), dose);
  }
  if (excised && !(penetration->piece.receptor > 0))
    write_row(stream, "Receptor", needled ? needled->receptor[last] : NAN, intact->receptor[last],
              dose);
  if (intact->sampled[last] > 0)
    write_row(stream, "Samples", needled ? needled->sampled[last] : NAN, intact->sampled[last],
              dose);
  if (!excised)
    write_row(stream, "Blood", needled ? active->blood : NAN, active->blood_intact, dose);
  if (penetration->plan.infinite)
    write_row(stream, "Left the donor, in all", needled ? needled->applied[last] : NAN,
              intact->applied[last], dose);
  else
    write_row(stream,
              excised ? "Left in the donor, or washed off" : "Wiped off or still on the skin",
              needled ? rest_of(needled, last) : NAN, rest_of(intact, last), dose);
  fputs("</tbody></table>\n", stream);
}

/* The answer: how much more than through intact skin, and why. */
static void write_times(FILE *stream, const struct percuta_penetration *penetration,
                        const struct percuta_penetration_active *active) {
  fputs("<p class=\"reason\">", stream);
  if (percuta_outcome_products_needled(penetration, active) != NULL &&
      isfinite(active->enhancement)) {
    fprintf(stream, "<strong title=\"as much as through intact skin\">%s&nbsp;×</strong> ",
            NUMBER(active->enhancement, 2));
  }
  fputs("<span>", stream);
  percuta_report_html_text(stream, active->reason);
  if (active->undissolved > 1.05) {
    fputs(" The product contains more than its water can dissolve; the rest is in oil, alcohol or "
          "crystals.",
          stream);
  }
  fputs("</span></p>\n", stream);
}

/* Large molecules meet more in living skin than the model knows of. */
static void write_large(FILE *stream, enum percuta_compound_kind kind) {
  if (kind == PERCUTA_COMPOUND_PEPTIDE || kind == PERCUTA_COMPOUND_PROTEIN ||
      kind == PERCUTA_COMPOUND_POLYMER) {
    fputs(
        "<p class=\"hint\">In vivo, tissue and lymph take up or degrade such large molecules: the "
        "computed depth, and the computed amount in the blood, are not reliable.</p>\n",
        stream);
  }
}

/* A flux [kg/m^2/s], or that none was told. */
static void write_flux(FILE *stream, double flux) {
  if (flux > 0)
    fprintf(stream, "<td class=\"n\">%s</td>", NUMBER(flux / UG_PER_CM2 * PERCUTA_HOUR, 2));
  else
    fputs("<td class=\"n\">—</td>", stream);
}

static void write_ratio(FILE *stream, double with, double without) {
  if (with > 0 && without > 0)
    fprintf(stream, "<td class=\"n\"><b>%s&nbsp;×</b></td>", NUMBER(with / without, 2));
  else
    fputs("<td class=\"n\">—</td>", stream);
}

/* One of the times that the scenario names. */
static void write_time(FILE *stream, const struct percuta_penetration *penetration,
                       const struct percuta_penetration_active *active, int i) {
  const struct percuta_permeation *needled = percuta_outcome_products_needled(penetration, active);
  const double dose = penetration->plan.infinite ? INFINITY : active->intact->applied[i];
  const double slow = percuta_transport_flux_mean(penetration, active->intact, i);
  const double fast = needled ? percuta_transport_flux_mean(penetration, needled, i) : NAN;
  fprintf(stream, "<tr><th scope=\"row\">%s</th>", SPAN(penetration->time[i]));
  const double with = needled ? percuta_transport_flux_passed(penetration, needled, i) : NAN;
  const double without = percuta_transport_flux_passed(penetration, active->intact, i);
  if (needled)
    write_amount(stream, with, dose);
  write_amount(stream, without, dose);
  if (needled)
    write_ratio(stream, with, without);
  if (needled)
    write_flux(stream, fast);
  write_flux(stream, slow);
  if (needled)
    write_ratio(stream, fast, slow);
  fputs("</tr>\n", stream);
}

/* Amounts and fluxes at those times: what a puncture does shows early, before a dose is used up. */
static void write_at(FILE *stream, const struct percuta_penetration *penetration,
                     const struct percuta_penetration_active *active,
                     const struct percuta_times *times) {
  const bool needled = percuta_outcome_products_needled(penetration, active) != NULL;
  const char *what = penetration->piece.excised ? "Permeated" : "Entered";
  if (active->intact == NULL || times->count == 0)
    return;
  fputs("<div class=\"scroll\"><table class=\"amounts times\"><thead><tr><th scope=\"col\">By</th>",
        stream);
  if (needled)
    fprintf(stream, "<th scope=\"col\">%s, needled, µg/cm²</th>", what);
  fprintf(stream, "<th scope=\"col\">%s, intact, µg/cm²</th>", what);
  fputs(needled ? "<th scope=\"col\">Ratio</th>" : "", stream);
  fputs(needled ? "<th scope=\"col\">Flux, needled, µg/cm²/h</th>" : "", stream);
  fputs("<th scope=\"col\">Flux, intact, µg/cm²/h</th>", stream);
  fputs(needled ? "<th scope=\"col\">Flux ratio</th>" : "", stream);
  fputs("</tr></thead><tbody>\n", stream);
  for (int t = 0; t < times->count; ++t) {
    const int i = percuta_outcome_products_output(penetration, times->item[t]);
    if (i >= 0)
      write_time(stream, penetration, active, i);
  }
  fputs("</tbody></table></div>\n", stream);
}

/* Steady flux, lag and Kp of an infinite dose on one skin. */
static void tell_steady(struct percuta_paragraph *text, const struct percuta_flux *flux,
                        const char *which) {
  if (isfinite(flux->steady))
    SAY(text,
        "Through {:text} skin the flux becomes steady at *{:3 µg/cm²/h}* after a lag of "
        "*{:span}*, a permeability coefficient Kp of *{:3 cm/h}*.",
        T(which), N(flux->steady / UG_PER_CM2 * PERCUTA_HOUR), N(flux->lag),
        N(flux->permeability * 100 * PERCUTA_HOUR));
  else
    SAY(text,
        "Through {:text} skin the flux is not steady within the time followed, so that no lag and "
        "no Kp are told.",
        T(which));
}

static void write_steady(FILE *stream, const struct percuta_penetration *penetration,
                         const struct percuta_penetration_active *active) {
  const struct percuta_permeation *needled = percuta_outcome_products_needled(penetration, active);
  struct percuta_paragraph text = {.count = 0};
  if (!penetration->plan.infinite || !penetration->piece.excised)
    return;
  if (needled) {
    const struct percuta_flux flux = percuta_transport_flux_read(penetration, active, needled);
    tell_steady(&text, &flux, "needled");
  }
  const struct percuta_flux flux = percuta_transport_flux_read(penetration, active, active->intact);
  tell_steady(&text, &flux, "intact");
  fputs("<p>", stream);
  percuta_report_sentence_html(stream, &text, "b", " ");
  fputs("</p>\n", stream);
  percuta_report_sentence_clear(&text);
}

static void write_compound(FILE *stream, const struct percuta_record *record, int product,
                           int index) {
  const struct percuta_penetration *penetration = &record->penetration[product];
  const struct percuta_times *times = &record->scenario->session.products[product].report_times;
  const struct percuta_penetration_active *active = &penetration->active[index];
  const struct percuta_compound *compound = &active->of.compound;
  fputs("<h4>", stream);
  percuta_report_html_name(stream, compound->name);
  if (penetration->plan.infinite)
    fputs(" <span>infinite dose", stream);
  else
    fprintf(stream, " <span>%s&nbsp;µg/cm² applied", NUMBER(active->applied / UG_PER_CM2, 3));
  if (percuta_outcome_products_punctured(penetration)) {
    fprintf(stream, " · main route: %s", percuta_transport_penetration_route_text(active->route));
  }
  fputs("</span></h4>\n", stream);
  write_times(stream, penetration, active);
  write_large(stream, compound->kind);
  write_steady(stream, penetration, active);
  write_at(stream, penetration, active, times);
  if (index == 0)
    percuta_report_measured_write(stream, record, product);
  fputs("<div class=\"compound\"><div class=\"scroll\">\n", stream);
  percuta_report_penetration_table(stream, penetration, active);
  fprintf(stream, "</div><div data-plot=\"entering-%d-%d\"></div>", product + 1, index + 1);
  fprintf(stream, "<div data-plot=\"profile-%d-%d\"></div></div>\n", product + 1, index + 1);
}

/* Why there is nothing to judge. */
static const char *met_text(enum percuta_penetration_skin met) {
  static const char *const words[] = {
      [PERCUTA_PENETRATION_PUNCTURED] = "",
      [PERCUTA_PENETRATION_BEFORE] = "on intact skin, removed before the needles",
      [PERCUTA_PENETRATION_UNOPENED] = "no puncture opened the skin",
      [PERCUTA_PENETRATION_CLOSED] = "the punctures had closed by then"};
  return words[met];
}

/* Of a product that met no puncture there is no other verdict. */
static enum percuta_penetration_verdict verdict_of(const struct percuta_penetration *penetration) {
  return percuta_outcome_products_punctured(penetration) ? penetration->verdict
                                                         : PERCUTA_PENETRATION_NOT_NEEDLED;
}

/* What was computed, in words that advise nothing; of a product that irritates, its own warning. */
static const char *verdict_text(enum percuta_penetration_verdict verdict) {
  static const char *const words[] = {[PERCUTA_PENETRATION_HELPS] = "uptake raised",
                                      [PERCUTA_PENETRATION_HARDLY_HELPS] = "uptake hardly raised",
                                      [PERCUTA_PENETRATION_DO_NOT] =
                                          "should not be put on needled skin",
                                      [PERCUTA_PENETRATION_NOT_NEEDLED] = "met no open puncture"};
  return words[verdict];
}

static void write_verdict(FILE *stream, enum percuta_penetration_verdict verdict) {
  static const char *const kind[] = {[PERCUTA_PENETRATION_HELPS] = "raised",
                                     [PERCUTA_PENETRATION_HARDLY_HELPS] = "hardly",
                                     [PERCUTA_PENETRATION_DO_NOT] = "never",
                                     [PERCUTA_PENETRATION_NOT_NEEDLED] = "none"};
  fprintf(stream, "<span class=\"verdict %s\">%s</span>", kind[verdict], verdict_text(verdict));
}

/* What the verdict rests on. */
static void write_why(FILE *stream, const struct percuta_penetration *penetration) {
  const bool punctured = percuta_outcome_products_punctured(penetration);
  if (penetration->piece.excised)
    return; /* it is about people */
  fputs(punctured && penetration->product.warning[0]
            ? "<p class=\"notice\"><strong>Caution:</strong> "
            : "<p>",
        stream);
  if (punctured) {
    percuta_report_html_text(stream, penetration->why);
  } else {
    percuta_report_html_name(stream, met_text(penetration->met));
    fputs(".", stream);
  }
  fputs("</p>\n", stream);
}

/* How it was applied: "right after the needles, 2 mg/cm², for 12 hours". */
static void write_how(FILE *stream, const struct percuta_penetration *penetration) {
  struct percuta_paragraph how = {.count = 0};
  SAY_ONLY(&how, "applied ");
  tell_start(&how, penetration->plan.start);
  GO_ON_ONLY(&how, ", ");
  percuta_report_penetration_plan(&how, &penetration->plan);
  percuta_report_sentence_html(stream, &how, "b", " ");
  percuta_report_sentence_clear(&how);
}

/* The ratio of amounts by the first of the times that the scenario names, before a dose is used up.
 */
static void write_early(FILE *stream, const struct percuta_penetration *penetration,
                        const struct percuta_penetration_active *active,
                        const struct percuta_times *times) {
  const struct percuta_permeation *needled = percuta_outcome_products_needled(penetration, active);
  const int i =
      times->count > 0 ? percuta_outcome_products_output(penetration, times->item[0]) : -1;
  const double without = i < 0 ? 0 : percuta_transport_flux_passed(penetration, active->intact, i);
  if (!needled || !(without > 0)) {
    fputs("<td class=\"n\">—</td>", stream);
    return;
  }
  fprintf(stream, "<td class=\"n\">%s&nbsp;× <span class=\"share\">(%s)</span></td>",
          NUMBER(percuta_transport_flux_passed(penetration, needled, i) / without, 2),
          SPAN(penetration->time[i]));
}

/* The cells of one compound in the table of verdicts. */
static void write_uptake(FILE *stream, const struct percuta_penetration *penetration,
                         const struct percuta_penetration_active *active,
                         const struct percuta_times *times) {
  const bool needled = percuta_outcome_products_needled(penetration, active) != NULL;
  fputs("<td>", stream);
  percuta_report_html_name(stream, active->of.compound.name);
  fputs("</td>", stream);
  const struct percuta_permeation *course = needled ? active->needled : active->intact;
  const int last = percuta_outcome_products_last(penetration);
  const double passed = last < 0 ? 0 : percuta_transport_flux_passed(penetration, course, last);
  const double without =
      last < 0 ? 0 : percuta_transport_flux_passed(penetration, active->intact, last);
  write_amount(stream, passed, dose_of(penetration, active));
  if (needled && without > 0) {
    fprintf(stream, "<td class=\"n\"><b>%s&nbsp;×</b></td>", NUMBER(passed / without, 2));
  } else if (needled && passed > 0) {
    fputs("<td>punctures only</td>", stream);
  } else {
    fputs("<td class=\"n\">—</td>", stream);
  }
  write_early(stream, penetration, active, times);
  if (!penetration->piece.excised)
    write_amount(stream, needled ? active->blood : active->blood_intact,
                 dose_of(penetration, active));
}

/* The rows of one product, one for each of its compounds. */
static void write_rows(FILE *stream, const struct percuta_penetration *penetration,
                       const struct percuta_times *times) {
  const int rows = penetration->active_count > 0 ? penetration->active_count : 1;
  fprintf(stream, "<tr><th scope=\"row\" rowspan=\"%d\">", rows);
  percuta_report_html_name(stream, penetration->product.name);
  fputs("<small>", stream);
  write_how(stream, penetration);
  fprintf(stream, "</small></th><td rowspan=\"%d\">", rows);
  write_verdict(stream, verdict_of(penetration));
  fputs("</td>", stream);
  for (int a = 0; a < penetration->active_count; ++a) {
    fputs(a > 0 ? "<tr>" : "", stream);
    write_uptake(stream, penetration, &penetration->active[a], times);
    fputs("</tr>\n", stream);
  }
  fputs(penetration->active_count > 0 ? "" : "<td>—</td><td>—</td><td>—</td></tr>\n", stream);
}

void percuta_report_penetration_verdicts(FILE *stream, const struct percuta_page *page) {
  const struct percuta_record *record = page->record;
  if (record->penetration_count == 0) {
    return;
  }
  const bool excised = record->penetration[0].piece.excised;
  fprintf(stream, "<div class=\"scroll\"><table class=\"verdicts %s\">",
          excised ? "piece" : "body");
  fputs("<thead><tr><th scope=\"col\">Product</th>"
        "<th scope=\"col\">Verdict</th><th scope=\"col\">Compound</th>"
        "<th scope=\"col\">",
        stream);
  fputs(excised ? "Permeated, µg/cm² (share of the dose)</th>"
                : "Entered, µg/cm² (share of the dose)</th>",
        stream);
  fputs("<th scope=\"col\">Relative to intact skin</th><th scope=\"col\">Early on (by)</th>",
        stream);
  fputs(excised ? "</tr></thead><tbody>\n"
                : "<th scope=\"col\">In the blood, µg/cm²</th></tr></thead><tbody>\n",
        stream);
  for (int d = 0; d < record->penetration_count; ++d) {
    write_rows(stream, &record->penetration[d],
               &record->scenario->session.products[d].report_times);
  }
  fputs("</tbody></table></div>\n", stream);
}

static void write_product(FILE *stream, const struct percuta_record *record, int index) {
  const struct percuta_penetration *penetration = &record->penetration[index];
  fputs("<details class=\"product\"><summary>", stream);
  percuta_report_html_name(stream, penetration->product.name);
  fputs(" <small>", stream);
  write_how(stream, penetration);
  fputs("</small> ", stream);
  write_verdict(stream, verdict_of(penetration));
  fputs("</summary>\n", stream);
  write_why(stream, penetration);
  for (int a = 0; a < penetration->active_count; ++a) {
    write_compound(stream, record, index, a);
  }
  fputs("</details>\n", stream);
}

void percuta_report_penetration_write(FILE *stream, const struct percuta_page *page) {
  const struct percuta_record *record = page->record;
  if (record->penetration_count == 0) {
    return;
  }
  if (record->penetration[0].piece.excised)
    fputs("<section id=\"entering\">\n<h2>What comes through, donor by donor</h2>\n"
          "<p class=\"hint\">Each compound was followed twice: through the piece of skin with its "
          "punctures, and through the same piece without any. What is inside a puncture counts "
          "towards "
          "the layer it is in. <b>Amounts through punctures are upper estimates</b>: the model "
          "assumes "
          "that the donor stays liquid, fills the punctures and is not degraded. Flux is the mean "
          "since the time before it in <code>penetration.csv</code>.</p>\n",
          stream);
  else
    fputs(
        "<section id=\"entering\">\n<h2>What enters, product by product</h2>\n"
        "<p class=\"hint\">Each compound was followed twice: through the needled skin of the first "
        "session, and through the same skin without punctures. What is inside a puncture counts "
        "towards the layer it is in. <b>Amounts through punctures are upper estimates</b>: the "
        "model assumes that the product stays liquid, fills the punctures and is not degraded. "
        "<i>Uptake raised</i>: needling lets in much more of it. <i>Uptake hardly raised</i>: "
        "about "
        "as much enters without needles. Whether what enters does any good is not computed.</p>\n",
        stream);
  for (int d = 0; d < record->penetration_count; ++d) {
    write_product(stream, record, d);
  }
  fputs("</section>\n", stream);
}

void percuta_report_penetration_step(struct percuta_story *story, const struct percuta_page *page) {
  const struct percuta_record *record = page->record;
  if (record->penetration_count == 0)
    return;
  struct percuta_paragraph *text = percuta_report_story_begin(story, "Products afterwards", true);
  for (int d = 0; d < record->penetration_count; ++d) {
    const struct percuta_penetration *penetration = &record->penetration[d];
    SAY(text, "{penetration.product:name}", T(penetration->product.name));
    if (penetration->plan.start >= PERCUTA_HOUR) {
      GO_ON_ONLY(text, ", ");
      tell_start(text, penetration->plan.start);
    }
    GO_ON(text, ": *{penetration.verdict:text}*", T(verdict_text(verdict_of(penetration))));
    if (!percuta_outcome_products_punctured(penetration))
      GO_ON(text, " ({:text})", T(met_text(penetration->met)));
  }
}
