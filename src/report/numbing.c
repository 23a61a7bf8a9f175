#include "report/numbing.h"

#include <math.h>

#include "base/units.h"
#include "outcome/advice.h"
#include "report/html.h"
#include "report/limits.h"
#include "report/penetration.h"

#define NUMBER(value, digits) (percuta_report_html_number((value), (digits)).text)
#define SPAN(value) (percuta_report_html_span(value).text)
#define UG_PER_ML 1e-3 /* [kg/m^3] */
#define CM2 1e-4       /* [m^2] */
#define GRAM 1e-3      /* [kg] */
#define MILLIGRAM 1e-6 /* [kg] */
#define NOTICE "<div class=\"notice\"><strong>Mind:</strong><ul>\n"

static void begin_card(FILE *stream, const char *title) {
  fprintf(stream, "<div class=\"card\"><dt>%s</dt><dd><strong>", title);
}

/* The length that the numb depth is taken off. */
static void write_length(FILE *stream, const struct percuta_page *page) {
  fprintf(stream, "the needles are %s&nbsp;mm long",
          NUMBER(page->record->scenario->device.needle.length / PERCUTA_MM, 3));
}

static void write_depth_card(FILE *stream, const struct percuta_page *page) {
  const struct percuta_numbing *numbing = &page->record->numbing;
  if (numbing->needles_first) {
    begin_card(stream, "Numb when the needles came");
    fputs("no</strong><small>the cream went on after them</small></dd></div>\n", stream);
    return;
  }
  begin_card(stream, "Numb when the needles came");
  fprintf(stream, "%s</strong> mm deep<small>between %s and %s&nbsp;mm; ",
          NUMBER(numbing->depth_at_needling / PERCUTA_MM, 2),
          NUMBER(numbing->depth_low / PERCUTA_MM, 2), NUMBER(numbing->depth_high / PERCUTA_MM, 2));
  write_length(stream, page);
  fputs("</small></dd></div>\n", stream);
}

/* A score from 0 to 10 with its interval, where that is known: "1 (0 to 4)". */
static void write_score(FILE *stream, double score, double low, double high) {
  fprintf(stream, "%s", NUMBER(round(score), 2));
  if (isfinite(low) && isfinite(high)) {
    fprintf(stream, " (%s to %s)", NUMBER(round(low), 2), NUMBER(round(high), 2));
  }
}

static double percent_left(double share) {
  return 100 * fmin(fmax(share, 0), 1);
}

/* Says what the cream leaves; nothing where the skin was not numb. */
static void write_left(FILE *stream, const struct percuta_page *page) {
  const struct percuta_comfort *comfort = &page->record->session[0].comfort;
  if (!(page->record->numbing.depth_at_needling > 0) || !isfinite(comfort->left)) {
    return;
  }
  fprintf(stream, "; the cream leaves %s&nbsp;%% of it",
          NUMBER(round(percent_left(comfort->left)), 3));
  if (isfinite(comfort->left_low) && isfinite(comfort->left_high)) {
    fprintf(stream, " (%s to %s&nbsp;%%)", NUMBER(round(percent_left(comfort->left_low)), 3),
            NUMBER(round(percent_left(comfort->left_high)), 3));
  }
}

static void write_pain_card(FILE *stream, const struct percuta_page *page) {
  const struct percuta_comfort *comfort = &page->record->session[0].comfort;
  if (!comfort->known || !comfort->numbed) {
    return;
  }
  begin_card(stream, "Pain of the session");
  if (isfinite(comfort->vas_numbed) && isfinite(comfort->vas)) {
    fprintf(stream, "about %s</strong> of 10", NUMBER(round(comfort->vas_numbed), 2));
    if (isfinite(comfort->vas_numbed_low) && isfinite(comfort->vas_numbed_high)) {
      fprintf(stream, " (%s&nbsp;to&nbsp;%s)", NUMBER(round(comfort->vas_numbed_low), 2),
              NUMBER(round(comfort->vas_numbed_high), 2));
    }
    fputs("<small>without cream ", stream);
    write_score(stream, comfort->vas, comfort->vas_low, comfort->vas_high);
    write_left(stream, page);
  } else {
    fprintf(stream, "%s&nbsp;%%</strong><small>of that without cream",
            NUMBER(round(percent_left(comfort->left)), 3));
  }
  fputs("</small></dd></div>\n", stream);
}

/* The anaesthetic of which most is in the blood. */
static int find_most(const struct percuta_numbing *numbing) {
  int most = -1;
  for (int a = 0; a < numbing->penetration.active_count; ++a) {
    if (numbing->active[a].plasma != NULL &&
        (most < 0 || numbing->active[a].plasma_most > numbing->active[most].plasma_most)) {
      most = a;
    }
  }
  return most;
}

static void write_blood_card(FILE *stream, const struct percuta_numbing *numbing) {
  const int most = find_most(numbing), known = percuta_report_limits_known(numbing);
  if (most < 0) {
    return;
  }
  const struct percuta_numbing_active *active = &numbing->active[most];
  begin_card(stream, "Highest level in the blood");
  if (known > 0) {
    fprintf(stream, "%s</strong> %%<small>of the toxic level%s; ",
            NUMBER(100 * numbing->toxicity, 2), known > 1 ? ", all together" : "");
  } else {
    fprintf(stream, "%s</strong> µg/ml<small>", NUMBER(active->plasma_most / UG_PER_ML, 2));
  }
  percuta_report_html_text(stream, numbing->penetration.active[most].of->compound.name);
  if (known > 0) {
    fprintf(stream, " %s&nbsp;µg/ml", NUMBER(active->plasma_most / UG_PER_ML, 2));
  }
  fprintf(stream, " after %s</small></dd></div>\n", SPAN(active->plasma_time));
}

static void write_cream_card(FILE *stream, const struct percuta_numbing *numbing) {
  begin_card(stream, "Cream on the skin");
  fprintf(stream, "%s</strong> g<small>on %s&nbsp;cm², for %s</small></dd></div>\n",
          NUMBER(numbing->mass / GRAM, 3), NUMBER(numbing->area / CM2, 3),
          SPAN(numbing->penetration.plan.apply));
}

/* What is beyond the label, a line each; how many there are. */
static int write_beyond_label(FILE *stream, const struct percuta_warnings *warnings) {
  char text[PERCUTA_WARNING_LENGTH];
  int count = 0;
  for (int w = 0; w < warnings->count; ++w) {
    if (!percuta_outcome_advice_is_of_numbing(warnings->item[w].code)) {
      continue;
    }
    percuta_outcome_warnings_say(&warnings->item[w], text, sizeof text);
    fputs(count++ == 0 ? NOTICE "<li>" : "<li>", stream);
    percuta_report_html_text(stream, text);
    fputs("</li>\n", stream);
  }
  return count;
}

/* What is beyond the label; what the product's file warns of concerns needled skin. */
static void write_warnings(FILE *stream, const struct percuta_record *record) {
  const struct percuta_numbing *numbing = &record->numbing;
  const char *const of_product = numbing->needles_first ? numbing->penetration.product.warning : "";
  const int count = write_beyond_label(stream, &record->warnings);
  if (of_product[0] != '\0') {
    fputs(count == 0 ? NOTICE "<li>" : "<li>", stream);
    percuta_report_html_name(stream, of_product);
    fputs(".</li>\n", stream);
  }
  fputs(count > 0 || of_product[0] != '\0' ? "</ul></div>\n" : "", stream);
}

/* How the model did where it could be compared; the rows are in docs/validation.md. */
static void write_trust(FILE *stream) {
  fputs("<p class=\"notice trust\"><strong>How far to trust this:</strong> compared with published "
        "sessions (<code>docs/validation.md</code>), the model makes skin numb too early, and not "
        "deep enough after hours; under lidocaine and prilocaine it foretells too little pain; and "
        "in the blood it finds about three times too much.</p>\n",
        stream);
}

static void write_uptake(FILE *stream, const struct percuta_numbing *numbing) {
  const char *before = " From the whole area the blood takes up ";
  for (int a = 0; a < numbing->penetration.active_count; ++a) {
    if (numbing->active[a].plasma != NULL) {
      fprintf(stream, "%s%s&nbsp;mg of ", before,
              NUMBER(numbing->active[a].absorbed / MILLIGRAM, 2));
      percuta_report_html_text(stream, numbing->penetration.active[a].of->compound.name);
      before = ", ";
    }
  }
  fputs(before[0] == ',' ? "." : "", stream);
}

/* The same cream on the same skin, had no needle touched it. */
static void write_unneedled(FILE *stream, const struct percuta_numbing *numbing) {
  if (numbing->onset_intact < 0) {
    fputs(" Without punctures: not numb within the time followed", stream);
  } else {
    fprintf(stream, " Without punctures: numb from %s", SPAN(numbing->onset_intact));
  }
  if (numbing->absorbed_intact >= 0) {
    fprintf(stream, ", %s&nbsp;mg in the blood", NUMBER(numbing->absorbed_intact / MILLIGRAM, 2));
  }
  fputs(".", stream);
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
            " A single needle pushed in slowly, as in another study, would not hurt down to "
            "<b>%s&nbsp;mm</b>; without cream %s&nbsp;mm.",
            NUMBER(numbing->pain_free_depth / PERCUTA_MM, 2),
            NUMBER(numbing->pain_free_unmedicated / PERCUTA_MM, 2));
  }
  write_uptake(stream, numbing);
  if (numbing->needles_first) {
    write_unneedled(stream, numbing);
  }
  fputs("</p>\n", stream);
}

/* The cream's sentence: what, how much, when. */
static void write_use(FILE *stream, const struct percuta_numbing *numbing) {
  const struct percuta_penetration_plan *plan = &numbing->penetration.plan;
  percuta_report_html_name(stream, numbing->penetration.product.name);
  fprintf(stream, " lay on %s&nbsp;cm² of skin: ", NUMBER(numbing->area / CM2, 3));
  percuta_report_penetration_plan(stream, plan);
  if (numbing->needles_first) {
    fputs(", from right <b>after the needles</b> on.", stream);
  } else if (numbing->needling > plan->apply) {
    fprintf(stream, ". It was wiped off %s before the first strike.",
            SPAN(numbing->needling - plan->apply));
  } else {
    fputs(". It was wiped off right before the first strike.", stream);
  }
}

static void write_tables(FILE *stream, const struct percuta_penetration *penetration) {
  fputs("<details><summary>Where the cream’s compounds are</summary>\n", stream);
  for (int a = 0; a < penetration->active_count; ++a) {
    fputs("<h4>", stream);
    percuta_report_html_name(stream, penetration->active[a].of->compound.name);
    fputs("</h4><div class=\"scroll\">\n", stream);
    percuta_report_penetration_table(stream, penetration, &penetration->active[a]);
    fputs("</div>\n", stream);
  }
  fputs("</details>\n", stream);
}

void percuta_report_numbing_write(FILE *stream, const struct percuta_page *page) {
  const struct percuta_numbing *numbing = &page->record->numbing;
  if (!numbing->used) {
    return;
  }
  fputs("<section id=\"numbing\">\n<h2>Numbing</h2>\n<p>", stream);
  write_use(stream, numbing);
  fputs("</p>\n<dl class=\"cards\">\n", stream);
  write_depth_card(stream, page);
  if (page->given > 0) {
    write_pain_card(stream, page);
  }
  write_blood_card(stream, numbing);
  write_cream_card(stream, numbing);
  fputs("</dl>\n", stream);
  if (!numbing->needles_first) {
    fputs("<p class=\"hint\">Needles are felt as if shorter by the numb depth.</p>\n", stream);
  }
  write_trust(stream);
  write_warnings(stream, page->record);
  write_course(stream, numbing);
  fputs("<div class=\"plots\"><div data-plot=\"numb-depth\"></div><div data-plot=\"numb-blood\">"
        "</div></div>\n",
        stream);
  percuta_report_limits_write(stream, page);
  write_tables(stream, &numbing->penetration);
  fputs("</section>\n", stream);
}

void percuta_report_numbing_step(FILE *stream, const struct percuta_page *page, bool before) {
  const struct percuta_numbing *numbing = &page->record->numbing;
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
    fputs("; ", stream);
    write_length(stream, page);
    fputs(".", stream);
  }
  fputs("</p></li>\n", stream);
}
