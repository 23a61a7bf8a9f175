/* Puts the story together and makes HTML of it; the chapters are in files of their own; test:
 * tests/unit/test_story.c. */
#include "report/story.h"

#include <stdlib.h>

#include "report/chapters.h"
#include "report/injection.h"
#include "report/numbing.h"
#include "report/penetration.h"
#include "report/say.h"

struct percuta_paragraph *percuta_report_story_begin(struct percuta_story *story, const char *title,
                                                     bool lines) {
  struct percuta_step *grown = realloc(story->step, (size_t)(story->count + 1) * sizeof *grown);
  if (!grown) {
    story->lost.failed = true;
    return &story->lost;
  }
  story->step = grown;
  grown[story->count] = (struct percuta_step){.title = title, .lines = lines};
  return &grown[story->count++].text;
}

struct percuta_paragraph *percuta_report_story_detail(struct percuta_story *story) {
  return story->count > 0 ? &story->step[story->count - 1].detail : &story->lost;
}

/* What came on the skin after the needles, in the order of time. */
static void tell_products(struct percuta_story *story, const struct percuta_page *page) {
  percuta_report_numbing_step(story, page, false);
  percuta_report_penetration_step(story, page);
}

/* The first session opened nothing; later ones may have. */
static void tell_no_puncture(struct percuta_story *story, const struct percuta_page *page) {
  size_t later = 0;
  for (int s = 1; s < page->given; ++s)
    later += page->session[s].opened;
  if (later > 0)
    percuta_report_repair_tell(story, page);
  else
    SAY_ONLY(percuta_report_story_begin(story, "No repair", false),
             "Without a puncture there is no clot, no signal for repair and no change in "
             "collagen.");
}

void percuta_report_story_tell(struct percuta_story *story, const struct percuta_page *page) {
  *story = (struct percuta_story){.count = 0};
  if (page->given == 0)
    return;
  if (!percuta_report_condition_is_healthy(page->record->scenario))
    percuta_report_condition_tell(story, page);
  percuta_report_numbing_step(story, page, true);
  percuta_report_injection_step(story, page);
  percuta_report_strikes_tell(story, page);
  if (!percuta_scenario_is_alive(page->record->scenario)) {
    if (page->session[0].opened > 0)
      percuta_report_depth_tell(story, page);
    tell_products(story, page);
    return;
  }
  if (page->session[0].opened > 0) {
    percuta_report_depth_tell(story, page);
    percuta_report_blood_tell(story, page);
    tell_products(story, page);
    percuta_report_repair_tell(story, page);
    percuta_report_healed_tell(story, page);
  } else {
    tell_products(story, page);
    tell_no_puncture(story, page);
  }
}

void percuta_report_story_clear(struct percuta_story *story) {
  for (int i = 0; i < story->count; ++i) {
    percuta_report_sentence_clear(&story->step[i].text);
    percuta_report_sentence_clear(&story->step[i].detail);
  }
  percuta_report_sentence_clear(&story->lost);
  free(story->step);
  *story = (struct percuta_story){.count = 0};
}

void percuta_report_story_lead(FILE *stream, const struct percuta_page *page) {
  struct percuta_paragraph text = {.count = 0};
  percuta_report_lead_tell(&text, page);
  percuta_report_sentence_html(stream, &text, "b", " ");
  percuta_report_sentence_clear(&text);
}

void percuta_report_story_steps(FILE *stream, const struct percuta_page *page) {
  struct percuta_story story;
  bool whole = true;
  percuta_report_story_tell(&story, page);
  for (int i = 0; i < story.count; ++i) {
    const struct percuta_step *step = &story.step[i];
    fprintf(stream, "<li><h3>%s</h3><p>", step->title);
    percuta_report_sentence_html(stream, &step->text, "b", step->lines ? "\n<br>" : " ");
    fputs(step->lines ? "\n</p></li>\n" : "</p></li>\n", stream);
    whole = whole && !step->text.failed;
  }
  if (!whole || story.lost.failed)
    fputs("<li><h3>Incomplete</h3><p>There was not enough memory for the rest of the "
          "story.</p></li>\n",
          stream);
  percuta_report_story_clear(&story);
}

void percuta_report_story_details(FILE *stream, const struct percuta_page *page) {
  struct percuta_story story;
  percuta_report_story_tell(&story, page);
  for (int i = 0; i < story.count; ++i) {
    if (story.step[i].detail.count == 0)
      continue;
    fprintf(stream, "<h3>%s</h3>\n<p>", story.step[i].title);
    percuta_report_sentence_html(stream, &story.step[i].detail, "b", " ");
    fputs("</p>\n", stream);
  }
  percuta_report_story_clear(&story);
}
