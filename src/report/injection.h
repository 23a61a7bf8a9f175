/* The injection, as the report says it. */
#ifndef PERCUTA_REPORT_INJECTION_H
#define PERCUTA_REPORT_INJECTION_H

#include "report/page.h"
#include "report/story.h"

/* The step of the story before the needles; nothing where none was injected. */
void percuta_report_injection_step(struct percuta_story *story, const struct percuta_page *page);

#endif
