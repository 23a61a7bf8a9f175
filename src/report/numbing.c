/* The numbing cream as a section and as a step of the story; test: tests/unit/test_report.c. */
#include "report/numbing.h"

#include <math.h>

#include "base/units.h"
#include "outcome/advice.h"
#include "report/card.h"
#include "report/html.h"
#include "report/limits.h"
#include "report/penetration.h"
#include "report/say.h"

#define UG_PER_ML 1e-3 /* [kg/m^3] */
#define CM2 1e-4       /* [m^2] */
#define MILLIGRAM 1e-6 /* [kg] */
#define NOTICE "<div class=\"notice\"><strong>Caution:</strong><ul>\n"

static void write_depth_card(FILE *stream, const struct percuta_page *page) {
  const struct percuta_numbing *numbing = &page->record->numbing;
  struct percuta_card card = {.title = "Numb depth at needling"};
  SAY(&card.value,
      "*{numbing.numb_depth_at_needling_mm:2}* mm ({numbing.numb_depth_at_needling_low_mm:2} to "
      "{numbing.numb_depth_at_needling_high_mm:2})",
      N(numbing->depth_at_needling / PERCUTA_MM), N(numbing->depth_low / PERCUTA_MM),
      N(numbing->depth_high / PERCUTA_MM));
  SAY(&card.note, "the needles are {scenario.device.needle.length:3 mm} long",
      N(page->record->scenario->device.needle.length / PERCUTA_MM));
  percuta_report_card_write(stream, &card);
}

/* Of a cream on needled skin: when it numbs, and how deep. */
static void write_later_cards(FILE *stream, const struct percuta_numbing *numbing) {
  struct percuta_card when = {.title = "Numb after"};
  struct percuta_card depth = {.title = "Greatest numb depth"};
  if (numbing->onset < 0)
    SAY_ONLY(&when.value, "*not numb*");
  else
    SAY(&when.value, "*{numbing.onset_min:span}*", N(numbing->onset));
  if (numbing->onset_intact < 0)
    SAY_ONLY(&when.note, "without punctures the skin does not become numb");
  else
    SAY(&when.note, "without punctures {numbing.onset_intact_min:span}", N(numbing->onset_intact));
  SAY(&depth.value, "*{numbing.numb_depth_most_mm:2}* mm", N(numbing->depth_most / PERCUTA_MM));
  if (isfinite(numbing->depth_most_time))
    SAY(&depth.note, "after {numbing.numb_depth_most_h:span}", N(numbing->depth_most_time));
  else
    SAY_ONLY(&depth.note, "still growing at the end of the time followed");
  percuta_report_card_write(stream, &when);
  percuta_report_card_write(stream, &depth);
}

/* Goes on with the interval of a score from 0 to 10, where that is known: " (0 to 4)". */
static void tell_interval(struct percuta_paragraph *text, double low, double high) {
  if (isfinite(low) && isfinite(high))
    GO_ON(text, " ({outcomes.pain_vas:2} to {outcomes.pain_vas:2})", SCORE(low), SCORE(high));
}

static double percent_left(double share) {
  return 100 * fmin(fmax(share, 0), 1);
}

/* What the skin was numbed by. */
static const char *name_means(const struct percuta_page *page) {
  const bool cream = page->record->numbing.used && !page->record->numbing.needles_first;
  return !page->record->injection.used ? "cream" : cream ? "cream and injection" : "injection";
}

/* Says what cream and injection leave; nothing where the skin was not numb. */
static void tell_left(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_comfort *comfort = &page->record->session[0].comfort;
  const bool injected = page->record->injection.used;
  if ((!injected && !(page->record->numbing.depth_at_needling > 0)) || !isfinite(comfort->left))
    return;
  const bool both = injected && page->record->numbing.used && !page->record->numbing.needles_first;
  GO_ON(text, "; {:text} {outcomes.pain_left_pct:3 %} of it",
        T(both       ? "the cream and the injection together leave"
          : injected ? "the injection leaves"
                     : "the cream leaves"),
        N(round(percent_left(comfort->left))));
  if (isfinite(comfort->left_low) && isfinite(comfort->left_high))
    GO_ON(text, " ({outcomes.pain_left_pct:3} to {outcomes.pain_left_pct:3 %})",
          N(round(percent_left(comfort->left_low))), N(round(percent_left(comfort->left_high))));
}

void percuta_report_numbing_pain(FILE *stream, const struct percuta_page *page) {
  const struct percuta_comfort *comfort = &page->record->session[0].comfort;
  struct percuta_card card = {.title = "Pain of the session"};
  if (!comfort->known || !comfort->numbed)
    return;
  if (isfinite(comfort->vas_numbed) && isfinite(comfort->vas)) {
    SAY(&card.value, "*about {outcomes.pain_numbed_vas:2}* of 10", SCORE(comfort->vas_numbed));
    if (isfinite(comfort->vas_numbed_low) && isfinite(comfort->vas_numbed_high))
      GO_ON(&card.value, " ({outcomes.pain_numbed_vas:2}~to~{outcomes.pain_numbed_vas:2})",
            SCORE(comfort->vas_numbed_low), SCORE(comfort->vas_numbed_high));
    SAY(&card.note, "without {:text} {outcomes.pain_vas:2}", T(name_means(page)),
        SCORE(comfort->vas));
    tell_interval(&card.note, comfort->vas_low, comfort->vas_high);
    tell_left(&card.note, page);
  } else {
    SAY(&card.value, "*{outcomes.pain_left_pct:3 %}*", N(round(percent_left(comfort->left))));
    SAY(&card.note, "of that without {:text}", T(name_means(page)));
  }
  percuta_report_card_write(stream, &card);
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

/* When the blood holds most of an anaesthetic, if that was before the end of the time followed. */
static void tell_when(struct percuta_paragraph *note, const struct percuta_numbing_active *active) {
  if (isfinite(active->plasma_time))
    GO_ON(note, " after {numbing.plasma_time_h:span}", N(active->plasma_time));
  else
    GO_ON_ONLY(note, ", still rising at the end of the time followed");
}

static void write_blood_card(FILE *stream, const struct percuta_numbing *numbing, bool injected) {
  const int most = find_most(numbing), known = percuta_report_limits_known(numbing);
  struct percuta_card card = {.title = "Peak level in the blood"};
  if (most < 0)
    return;
  const struct percuta_numbing_active *active = &numbing->active[most];
  const char *name = numbing->penetration.active[most].of.compound.name;
  const double level = active->plasma_most / UG_PER_ML;
  if (known > 0) {
    SAY(&card.value, "*{numbing.toxicity_rel:2}* %", N(100 * numbing->toxicity));
    if (numbing->margin > 0)
      GO_ON(&card.value, " (up to {numbing.toxicity_high_rel:2})",
            N(100 * numbing->toxicity * numbing->margin));
    SAY(&card.note, "of the toxic level{:text}; {:text} {numbing.plasma_most_ug_per_ml:2 µg/ml}",
        T(known > 1 ? ", all of the cream" : ""), T(name), N(level));
    tell_when(&card.note, active);
  } else {
    SAY(&card.value, "*{numbing.plasma_most_ug_per_ml:2}* µg/ml", N(level));
    SAY(&card.note, "{:text}", T(name));
    tell_when(&card.note, active);
  }
  if (injected)
    GO_ON_ONLY(&card.note, "; what was injected comes on top of it and is not in it");
  percuta_report_card_write(stream, &card);
}

void percuta_report_numbing_tiles(FILE *stream, const struct percuta_page *page) {
  if (!page->record->numbing.used)
    return;
  if (page->record->numbing.needles_first)
    write_later_cards(stream, &page->record->numbing);
  else
    write_depth_card(stream, page);
  if (page->given > 0)
    percuta_report_numbing_pain(stream, page);
  write_blood_card(stream, &page->record->numbing, page->record->injection.used);
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

/* How the model did where it could be compared, the rows being in docs/validation.md; and what the
 * blood of a person may hold. */
static void write_trust(FILE *stream, const struct percuta_numbing *numbing) {
  struct percuta_paragraph text = {.count = 0};
  SAY_ONLY(
      &text,
      "*Known errors:* compared with published sessions, the model makes skin numb somewhat too "
      "early and too long, not deep enough after hours, and leaves too little pain under "
      "lidocaine with prilocaine.");
  if (numbing->margin > 0)
    SAY(&text,
        "*The levels in the blood may be higher than told here*, in a person by up to "
        "{numbing.margin_rel:2} times: published levels of groups were higher, and the highest of "
        "a "
        "group is well above its median. *No dose is shown to be safe.*",
        N(numbing->margin));
  fputs("<p class=\"notice trust\">", stream);
  percuta_report_sentence_html(stream, &text, "strong", " ");
  fputs("</p>\n", stream);
  percuta_report_sentence_clear(&text);
}

static void tell_uptake(struct percuta_paragraph *text, const struct percuta_numbing *numbing) {
  bool any = false;
  for (int a = 0; a < numbing->penetration.active_count; ++a) {
    if (numbing->active[a].plasma == NULL)
      continue;
    if (any)
      GO_ON_ONLY(text, ", ");
    else
      SAY_ONLY(text, "Over the whole area, the blood takes up ");
    GO_ON(text, "{numbing.absorbed_mg:2 mg} of {numbing.compound:text}",
          N(numbing->active[a].absorbed / MILLIGRAM),
          T(numbing->penetration.active[a].of.compound.name));
    any = true;
  }
  if (any)
    GO_ON_ONLY(text, ".");
}

/* The same cream on the same skin, had no needle touched it. */
static void tell_unneedled(struct percuta_paragraph *text, const struct percuta_numbing *numbing) {
  if (numbing->onset_intact < 0)
    SAY_ONLY(text, "Without punctures the skin does not become numb within the time followed");
  else
    SAY(text, "Without punctures the skin is numb from {numbing.onset_intact_min:span}",
        N(numbing->onset_intact));
  if (numbing->absorbed_intact >= 0)
    GO_ON(text, ", and the blood takes up {numbing.absorbed_intact_mg:2 mg}",
          N(numbing->absorbed_intact / MILLIGRAM));
  GO_ON_ONLY(text, ".");
}

/* From when to when it is numb, and how deep at most. */
static void tell_times(struct percuta_paragraph *text, const struct percuta_numbing *numbing) {
  if (numbing->onset < 0) {
    SAY_ONLY(text, "The skin does not become numb within the time followed.");
    return;
  }
  SAY(text, "The skin is numb from *{numbing.onset_min:span}*", N(numbing->onset));
  if (numbing->end >= 0)
    GO_ON(text, " to *{numbing.end_min:span}*", N(numbing->end));
  GO_ON(text, " after the cream was applied{:text}",
        T(numbing->end >= 0 ? "" : ", to the end of the time followed"));
  if (numbing->end > numbing->penetration.plan.apply)
    GO_ON(text, ", {numbing.lasts_min:span} beyond its wiping off",
          N(numbing->end - numbing->penetration.plan.apply));
  if (isfinite(numbing->depth_most_time))
    GO_ON(text,
          "; it is numb to its greatest depth, {numbing.numb_depth_most_mm:2 mm}, after "
          "{numbing.numb_depth_most_h:span}.",
          N(numbing->depth_most / PERCUTA_MM), N(numbing->depth_most_time));
  else
    GO_ON(text, ", when the numb depth, {numbing.numb_depth_most_mm:2 mm}, is still growing.",
          N(numbing->depth_most / PERCUTA_MM));
}

/* When numb, how deep at most, and to what depth a needle does not hurt. */
static void write_course(FILE *stream, const struct percuta_numbing *numbing) {
  struct percuta_paragraph text = {.count = 0};
  tell_times(&text, numbing);
  if (!numbing->needles_first)
    SAY(&text,
        "A single needle inserted slowly, as in a published study, would not hurt down to "
        "*{numbing.pain_free_depth_mm:2 mm}* ({numbing.pain_free_depth_low_mm:2} to "
        "{numbing.pain_free_depth_high_mm:2}); without cream, down to "
        "{numbing.pain_free_unmedicated_mm:2 mm}.",
        N(numbing->pain_free_depth / PERCUTA_MM), N(numbing->pain_free_low / PERCUTA_MM),
        N(numbing->pain_free_high / PERCUTA_MM), N(numbing->pain_free_unmedicated / PERCUTA_MM));
  tell_uptake(&text, numbing);
  if (numbing->needles_first)
    tell_unneedled(&text, numbing);
  fputs("<p>", stream);
  percuta_report_sentence_html(stream, &text, "b", " ");
  fputs("</p>\n", stream);
  percuta_report_sentence_clear(&text);
}

/* The cream's sentence: what, how much, when. */
static void tell_use(struct percuta_paragraph *text, const struct percuta_numbing *numbing) {
  const struct percuta_penetration_plan *plan = &numbing->penetration.plan;
  SAY(text, "{numbing.product:name} on {numbing.area_cm2:3 cm²} of skin: ",
      T(numbing->penetration.product.name), N(numbing->area / CM2));
  percuta_report_penetration_plan(text, plan);
  if (numbing->needles_first) {
    GO_ON_ONLY(text, ", applied right *after the needles*.");
    return;
  }
  GO_ON_ONLY(text, ".");
  if (numbing->needling > plan->apply)
    SAY(text, "It was wiped off {numbing.wait_min:span} before the first strike.",
        N(numbing->needling - plan->apply));
  else
    SAY_ONLY(text, "It was wiped off right before the first strike.");
}

static void write_tables(FILE *stream, const struct percuta_penetration *penetration) {
  fputs("<details><summary>Where the compounds of the cream are</summary>\n", stream);
  for (int a = 0; a < penetration->active_count; ++a) {
    fputs("<h4>", stream);
    percuta_report_html_name(stream, penetration->active[a].of.compound.name);
    fputs("</h4><div class=\"scroll\">\n", stream);
    percuta_report_penetration_table(stream, penetration, &penetration->active[a]);
    fputs("</div>\n", stream);
  }
  fputs("</details>\n", stream);
}

void percuta_report_numbing_write(FILE *stream, const struct percuta_page *page) {
  const struct percuta_numbing *numbing = &page->record->numbing;
  struct percuta_paragraph use = {.count = 0};
  if (!numbing->used) {
    return;
  }
  tell_use(&use, numbing);
  fputs("<section id=\"numbing\">\n<h2>Numbing cream</h2>\n<p>", stream);
  percuta_report_sentence_html(stream, &use, "b", " ");
  percuta_report_sentence_clear(&use);
  fputs("</p>\n", stream);
  if (!numbing->needles_first) {
    fputs("<p class=\"hint\">In the model of pain, what counts is how many nerves that are not "
          "blocked a needle reaches. <em>Numb</em> is skin in which half of them are.</p>\n",
          stream);
  }
  write_trust(stream, numbing);
  write_warnings(stream, page->record);
  write_course(stream, numbing);
  fputs("<div class=\"plots\"><div data-plot=\"numb-depth\"></div><div data-plot=\"numb-blood\">"
        "</div></div>\n",
        stream);
  percuta_report_limits_write(stream, page);
  write_tables(stream, &numbing->penetration);
  fputs("</section>\n", stream);
}

void percuta_report_numbing_step(struct percuta_story *story, const struct percuta_page *page,
                                 bool before) {
  const struct percuta_numbing *numbing = &page->record->numbing;
  if (!numbing->used || numbing->needles_first == before)
    return;
  struct percuta_paragraph *text = percuta_report_story_begin(story, "Numbing cream", false);
  tell_use(text, numbing);
  if (numbing->needles_first)
    SAY_ONLY(text,
             "Needling itself was not numbed, and more of the cream reaches the blood through "
             "punctures.");
  else
    SAY(text,
        "By then the skin was numb down to *{numbing.numb_depth_at_needling_mm:2 mm}*; the needles "
        "are {scenario.device.needle.length:3 mm} long.",
        N(numbing->depth_at_needling / PERCUTA_MM),
        N(page->record->scenario->device.needle.length / PERCUTA_MM));
}
