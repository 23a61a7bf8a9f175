/* The parts of the story, each in the file of its name. Internal to report/. */
#ifndef PERCUTA_REPORT_CHAPTERS_H
#define PERCUTA_REPORT_CHAPTERS_H

#include "report/story.h"

/* Who, where, with what and for how long. */
void percuta_report_lead_tell(struct percuta_paragraph *text, const struct percuta_page *page);
/* Where the strikes fall, and the force that they have. */
void percuta_report_strikes_tell(struct percuta_story *story, const struct percuta_page *page);
/* How deep the cuts are. */
void percuta_report_depth_tell(struct percuta_story *story, const struct percuta_page *page);
/* What bleeds and how it clots. */
void percuta_report_blood_tell(struct percuta_story *story, const struct percuta_page *page);
/* Whether platelets send any signal for repair. */
bool percuta_report_blood_signals(const struct percuta_page *page);
/* What follows from the cuts, or why nothing does. */
void percuta_report_repair_tell(struct percuta_story *story, const struct percuta_page *page);
/* When it had healed, and what waited for it. */
void percuta_report_healed_tell(struct percuta_story *story, const struct percuta_page *page);
/* Whether a session left nothing of the treated dermis: then nothing of its healing is told. */
bool percuta_report_healed_nothing_left(const struct percuta_page *page);
/* What the condition of the skin changed. */
void percuta_report_condition_tell(struct percuta_story *story, const struct percuta_page *page);
bool percuta_report_condition_is_healthy(const struct percuta_scenario *scenario);

#endif
