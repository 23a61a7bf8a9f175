/* What was injected, when it numbs, and what labels allow; test: tests/unit/test_story.c. */
#include "report/injection.h"

#include <math.h>

#include "report/say.h"

#define MILLIGRAM 1e-6 /* [kg] */
#define MINUTE 60.0    /* [s] */

void percuta_report_injection_step(struct percuta_story *story, const struct percuta_page *page) {
  const struct percuta_injection *injection = &page->record->injection;
  if (!injection->used)
    return;
  struct percuta_paragraph *text = percuta_report_story_begin(story, "Injection", false);
  SAY(text,
      "{injection.dose_mg:3 mg} of lidocaine{:text} were injected {injection.wait_min:span} before "
      "the first strike; {:text} allow{:text} {injection.limit_mg:3 mg} at the body mass assumed.",
      N(injection->dose / MILLIGRAM),
      T(injection->tumescent    ? " in a tumescent solution"
        : injection->adrenaline ? " with adrenaline"
                                : ""),
      N(injection->wait), T(injection->tumescent ? "a published estimate" : "labels"),
      T(injection->tumescent ? "s" : ""), N(injection->limit / MILLIGRAM));
  SAY(text,
      "As published, skin is numb from *{injection.onset_min:2}* ({injection.onset_low_min:2} to "
      "{injection.onset_high_min:2}) to *{injection.end_min:3 min}* "
      "({injection.end_low_min:3} to {injection.end_high_min:3}) after it{:text}",
      N(injection->onset.value / MINUTE), N(injection->onset.low / MINUTE),
      N(injection->onset.high / MINUTE), N(injection->duration.value / MINUTE),
      N(injection->duration.low / MINUTE), N(injection->duration.high / MINUTE),
      T(injection->left.value < 1 ? "." : ": not when the needles came."));
  GO_ON_ONLY(text,
             " What it brings into the blood is not followed: levels in the blood are those of "
             "creams alone.");
}
