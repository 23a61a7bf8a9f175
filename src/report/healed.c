/* When the skin had healed after each session, and what waited for it; test:
 * tests/unit/test_report.c. */
#include <math.h>

#include "base/units.h"
#include "report/chapters.h"
#include "report/say.h"

/* The days to healed that all sessions share, or a negative number. */
static double common_days(const struct percuta_page *page) {
  const double first = percuta_outcome_readings_days_to_healed(&page->record->session[0]);
  for (int i = 1; i < page->given; ++i) {
    if (fabs(percuta_outcome_readings_days_to_healed(&page->record->session[i]) - first) > 0.05)
      return -1;
  }
  return page->given > 1 ? first : -1;
}

static void tell_session(struct percuta_paragraph *text, const struct percuta_page *page,
                         int index) {
  const struct percuta_session_record *session = &page->record->session[index];
  const double days = percuta_outcome_readings_days_to_healed(session);
  if (session->channels.penetrated == 0)
    SAY(text, "Session {sessions.number:count} opened no puncture.", N(session->number));
  else if (days < 0)
    SAY(text, "After session {sessions.number:count} it did not heal before the {:text}.",
        N(session->number), T(index + 1 < page->given ? "next one" : "end of the follow-up"));
  else if (page->given == 1)
    SAY(text, "It healed *{sessions.healed_after_d:day} days* after the session.", N(days));
  else
    SAY(text,
        "It healed *{sessions.healed_after_d:day} days* after session {sessions.number:count}.",
        N(days), N(session->number));
}

/* Closure and barrier, and how far people differ in them. */
static void tell_closing(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  if (!(session->opening.density > 0))
    return;
  SAY(text,
      "Right after {:text} the skin loses *{outcomes.tewl_after_rel:2} times* as much "
      "water as before; the loss is back to within a tenth after *{outcomes.barrier_h:2} h* "
      "({outcomes.barrier_h:2} to {outcomes.barrier_h:2} h in 80~% of people).",
      T(page->given > 1 ? "the first session" : "the session"), N(session->tewl_rel),
      N(session->barrier.median / PERCUTA_HOUR), N(session->barrier.low / PERCUTA_HOUR),
      N(session->barrier.high / PERCUTA_HOUR));
  SAY(text,
      "Skin cells have closed the punctures, gaps {:2 µm} wide, after *{outcomes.closed_h:2} h* "
      "({outcomes.closed_h:2} to {outcomes.closed_h:2} h).",
      N(session->opening.gap / PERCUTA_UM), N(session->closure.median / PERCUTA_HOUR),
      N(session->closure.low / PERCUTA_HOUR), N(session->closure.high / PERCUTA_HOUR));
}

bool percuta_report_healed_nothing_left(const struct percuta_page *page) {
  const struct percuta_warnings *warnings = &page->record->warnings;
  bool left = true;
  for (int i = 0; i < warnings->count; ++i)
    left = left && warnings->item[i].code != PERCUTA_WARNING_all_cut;
  return !left;
}

void percuta_report_healed_tell(struct percuta_story *story, const struct percuta_page *page) {
  const struct percuta_record *record = page->record;
  const double common = common_days(page);
  struct percuta_paragraph *text = percuta_report_story_begin(story, "Healing", false);
  if (percuta_report_healed_nothing_left(page)) {
    SAY_ONLY(text,
             "All of the treated dermis is cut: nothing is left that could close or heal, and "
             "what becomes of such a wound is not predicted.");
    return;
  }
  tell_closing(text, page);
  SAY_ONLY(text,
           "The skin counts as healed when punctures have closed, water loss is as before and no "
           "redness is seen; repair under it goes on for months.");
  if (common >= 0)
    SAY(text, "It healed *{sessions.healed_after_d:day} days* after each session.", N(common));
  for (int i = 0; i < record->session_count; ++i) {
    const struct percuta_session_record *session = &record->session[i];
    const double delay = (session->start - session->planned) / PERCUTA_DAY;
    if (!session->given) {
      SAY(text,
          "Session {sessions.number:count} was not given: the skin did not heal before the end.",
          N(session->number));
      continue;
    }
    if (delay > 0.05)
      SAY(text,
          "Session {sessions.number:count} was given {:day} days later than planned, when the skin "
          "had healed.",
          N(session->number), N(delay));
    if (common < 0)
      tell_session(text, page, i);
  }
}
