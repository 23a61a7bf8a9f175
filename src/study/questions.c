/* The questions, each a number read off the courses and the interval that means yes.
 * Theory: docs/theory/calibration.md. Test: tests/verification/test_study.c. */
#include "study/questions.h"

#include <math.h>
#include <stddef.h>

#include "outcome/outcomes.h"
#include "outcome/readings.h"
#include "outcome/timeline.h"

#define OUTCOME(which, name)                                                                       \
  percuta_outcome_outcomes_number(trial[PERCUTA_CASE_##which].record, PERCUTA_OUTCOME_##name)
/* Peaks are compared with each other: their days are those between output times. */
#define COLUMN(name) offsetof(struct percuta_timeline_row, name)
#define PEAK(which, column)                                                                        \
  percuta_outcome_timeline_peak(&trial[PERCUTA_CASE_##which].record->timeline, COLUMN(column))

/* Sessions as planned, healed or not, so that what waiting is worth shows. */
#define COURSE_OF(interval)                                                                        \
  { "course.sessions=4", "course.interval=" interval, "course.only_if_healed=false", NULL }

const struct percuta_questions_change percuta_study_questions_change[PERCUTA_CASE_COUNT] = {
    [PERCUTA_CASE_ONE] = {"one session", {NULL}},
    [PERCUTA_CASE_SHALLOW] = {"0.5 mm needles", {"device.preset=roller-192-0.5mm", NULL}},
    [PERCUTA_CASE_DEEP] = {"2 mm needles", {"device.preset=roller-192-2.0mm", NULL}},
    [PERCUTA_CASE_YOUNG] = {"25 years", {"person.age=25 years", NULL}},
    [PERCUTA_CASE_AGED] = {"75 years", {"person.age=75 years", NULL}},
    [PERCUTA_CASE_POOR] = {"healing poorly", {"skin.condition.kind=poor-healing", NULL}},
    [PERCUTA_CASE_COURSE] = {"four sessions, six weeks apart",
                             {"course.sessions=4", "course.interval=6 weeks", NULL}},
    [PERCUTA_CASE_EARLY] = {"four sessions, three days apart",
                            {"course.sessions=4", "course.interval=3 days",
                             "course.only_if_healed=false", NULL}},
    [PERCUTA_CASE_TWO_WEEKS] = {"four sessions, two weeks apart", COURSE_OF("2 weeks")},
    [PERCUTA_CASE_FOUR_WEEKS] = {"four sessions, four weeks apart", COURSE_OF("4 weeks")},
    [PERCUTA_CASE_EIGHT_WEEKS] = {"four sessions, eight weeks apart", COURSE_OF("8 weeks")},
    [PERCUTA_CASE_TWELVE_WEEKS] = {"four sessions, twelve weeks apart",
                                   {"course.sessions=4", "course.interval=12 weeks",
                                    "course.only_if_healed=false", "course.follow_up=440 days",
                                    NULL}},
};

static const double HALF_YEAR = 182; /* [d] */

typedef const struct percuta_trial trials[PERCUTA_CASE_COUNT];

/* An outcome, relative to before, `day` days after the first or the last session, in points of per
 * cent above that before. */
static double change(const struct percuta_trial *trial, enum percuta_outcome_id id,
                     enum percuta_outcome_since since, double day) {
  const struct percuta_outcome_time time = {since, day};
  return 100 * (percuta_outcome_outcomes_number_on(trial->record, id, time) - 1);
}

static double gain_after(const struct percuta_trial *trial, double days) {
  return change(trial, PERCUTA_OUTCOME_collagen_total_rel, PERCUTA_SINCE_LAST_SESSION, days);
}

/* Collagen at its peak, times the depth that was treated: collagen added below a unit of surface,
 * in micrometres of resting dermis. */
static double added(const struct percuta_trial *trial) {
  const struct percuta_record *record = trial->record;
  const double peak = percuta_outcome_outcomes_number(record, PERCUTA_OUTCOME_collagen_peak_rel);
  return (peak - 1) * (record->treated_bottom - record->treated_top) * 1e6;
}

static double healed(const struct percuta_trial *trial) {
  return percuta_outcome_readings_days_to_healed(&trial->record->session[0]);
}

static double neutrophils(trials trial) {
  return OUTCOME(ONE, neutrophil_peak_d);
}
static double macrophages(trials trial) {
  return PEAK(ONE, inflammation_index).day - PEAK(ONE, neutrophil_index).day;
}
static double making(trials trial) {
  return PEAK(ONE, collagen_production_rel).day - PEAK(ONE, inflammation_index).day;
}
static double myofibroblasts(trials trial) {
  return PEAK(ONE, myofibroblast_frac).day;
}
static double third_first(trials trial) {
  return PEAK(ONE, collagen_I_rel).day - PEAK(ONE, collagen_III_rel).day;
}
static double gaps(trials trial) {
  const struct percuta_timeline *timeline = &trial[PERCUTA_CASE_ONE].record->timeline;
  return 100 * percuta_outcome_timeline_row_at(timeline, 7).epidermis_gap_frac /
         PEAK(ONE, epidermis_gap_frac).value;
}
static double thickens(trials trial) {
  return PEAK(ONE, epidermis_um).day;
}
static double thickening_passes(trials trial) {
  return change(&trial[PERCUTA_CASE_ONE], PERCUTA_OUTCOME_epidermis_rel,
                PERCUTA_SINCE_FIRST_SESSION, 180);
}
static double vessels_peak(trials trial) {
  return OUTCOME(ONE, capillary_peak_d);
}
static double vessels_regress(trials trial) {
  return change(&trial[PERCUTA_CASE_ONE], PERCUTA_OUTCOME_capillary_rel,
                PERCUTA_SINCE_FIRST_SESSION, 90);
}
static double elastin_sign(trials trial) {
  return change(&trial[PERCUTA_CASE_COURSE], PERCUTA_OUTCOME_elastin_rel,
                PERCUTA_SINCE_FIRST_SESSION, 91);
}
static double gain_month(trials trial) {
  return gain_after(&trial[PERCUTA_CASE_ONE], 30);
}
static double gain_half(trials trial) {
  return gain_after(&trial[PERCUTA_CASE_ONE], HALF_YEAR);
}
static double gain_year(trials trial) {
  return gain_after(&trial[PERCUTA_CASE_ONE], 364);
}
static double course_gain(trials trial) {
  return gain_after(&trial[PERCUTA_CASE_COURSE], 60) - gain_after(&trial[PERCUTA_CASE_ONE], 60);
}
static double early_gain(trials trial) {
  return gain_after(&trial[PERCUTA_CASE_EARLY], 60) - gain_after(&trial[PERCUTA_CASE_COURSE], 60);
}
static double early_signal(trials trial) {
  return PEAK(EARLY, signal_max_rel).value / PEAK(COURSE, signal_max_rel).value;
}
/* Gain six months after the last session, against six weeks between sessions. */
static double against_six_weeks(const struct percuta_trial *course,
                                const struct percuta_trial *six_weeks) {
  return gain_after(course, HALF_YEAR) - gain_after(six_weeks, HALF_YEAR);
}
#define AGAINST_SIX_WEEKS(which)                                                                   \
  against_six_weeks(&trial[PERCUTA_CASE_##which], &trial[PERCUTA_CASE_COURSE])
static double two_weeks(trials trial) {
  return AGAINST_SIX_WEEKS(TWO_WEEKS);
}
static double four_weeks(trials trial) {
  return AGAINST_SIX_WEEKS(FOUR_WEEKS);
}
static double eight_weeks(trials trial) {
  return AGAINST_SIX_WEEKS(EIGHT_WEEKS);
}
static double twelve_weeks(trials trial) {
  return AGAINST_SIX_WEEKS(TWELVE_WEEKS);
}
static double inflamed(const struct percuta_trial *trial, double day) {
  return percuta_outcome_timeline_row_at(&trial->record->timeline, day).inflammation_index;
}
/* What is left of the inflammation when the next session comes, over its peak. */
static double inflamed_early(trials trial) {
  return 100 * inflamed(&trial[PERCUTA_CASE_ONE], 3) / PEAK(ONE, inflammation_index).value;
}
static double inflamed_two(trials trial) {
  return 100 * inflamed(&trial[PERCUTA_CASE_ONE], 14) / PEAK(ONE, inflammation_index).value;
}
static double lasting(trials trial) {
  return 100 * gain_after(&trial[PERCUTA_CASE_ONE], 364) /
         (100 * (OUTCOME(ONE, collagen_peak_rel) - 1));
}
static double aged_weaker(trials trial) {
  return added(&trial[PERCUTA_CASE_AGED]) - added(&trial[PERCUTA_CASE_YOUNG]);
}
static double aged_slower(trials trial) {
  return PEAK(AGED, collagen_production_rel).day - PEAK(YOUNG, collagen_production_rel).day;
}
static double poor_weaker(trials trial) {
  return added(&trial[PERCUTA_CASE_POOR]) - added(&trial[PERCUTA_CASE_ONE]);
}
static double poor_slower(trials trial) {
  return healed(&trial[PERCUTA_CASE_POOR]) - healed(&trial[PERCUTA_CASE_ONE]);
}
static double deeper_larger(trials trial) {
  return added(&trial[PERCUTA_CASE_DEEP]) - added(&trial[PERCUTA_CASE_SHALLOW]);
}
static double deeper_slower(trials trial) {
  return PEAK(DEEP, collagen_production_rel).day - PEAK(SHALLOW, collagen_production_rel).day;
}
static double overshoot(trials trial) {
  return 100 * (OUTCOME(ONE, collagen_peak_rel) - 1);
}
static double runaway(trials trial) {
  return 100 * trial[PERCUTA_CASE_ONE].record->runaway_volume_frac;
}

const struct percuta_questions_entry percuta_study_questions_entry[] = {
    {"neutrophils", "Do neutrophils peak on the first day?", "d",
     "HEAL-115: IL-8 and neutrophils one day after wounding", 0.5, 1.5, neutrophils},
    {"macrophages", "Do macrophages come after neutrophils, within a week?", "d",
     "HEAL-117: mononuclear cells on day 4", 0, 7, macrophages},
    {"making", "Do fibroblasts make most collagen after inflammation has peaked?", "d",
     "repair follows inflammation: HEAL-119, 136 to 139, 148 to 159", 0, INFINITY, making},
    {"myofibroblasts", "Do myofibroblasts peak between days 5 and 31?", "d", "HEAL-153, 157, 159",
     5, 31, myofibroblasts},
    {"third_first", "Does collagen III peak before collagen I?", "d", "HEAL-148, 150, 151", 0,
     INFINITY, third_first},
    {"gaps", "Are the gaps in the epidermis below a tenth within a week?", "%",
     "HEAL-109, 114: recovery in 5 to 7 days", -1, 10, gaps},
    {"thickens", "Is the epidermis thickest within its own turnover of six weeks?", "d",
     "HEAL-154 to 156: the basal layer is whole after 8 to 24 days", 1, 42, thickens},
    {"thickening_passes", "Has the thickening disappeared after six months, to within 2 %?", "%",
     "turnover of four to six weeks; HEAL-038 reports that it has not", -2, 2, thickening_passes},
    {"vessels_peak", "Do capillaries peak in the second week?", "d",
     "HEAL-167, 168: peak between days 7 and 14, then fewer", 7, 14, vessels_peak},
    {"vessels_regress",
     "Has the surplus of capillaries disappeared after three months, to within 2 %?", "%",
     "HEAL-168; HEAL-006, 007: flow is not raised at three months", -2, 2, vessels_regress},
    {"elastin_sign", "Is there less elastic fibre after three months of a course?", "%",
     "HEAL-044, 045 report less; HEAL-010 no change, HEAL-040 and 054 more", -INFINITY, 0,
     elastin_sign},
    {"gain_month", "Is there more collagen one month after one session?", "%",
     "HEAL-119, 121: more procollagen mRNA for weeks", 0, INFINITY, gain_month},
    {"gain_half", "Is there more collagen six months after one session?", "%",
     "the claim of twelve months; HEAL-129, 131: remodelling unfinished at six months", 0, INFINITY,
     gain_half},
    {"gain_year", "Is there more collagen a year after one session?", "%",
     "the claim of twelve months; no biopsy series exists", 0, INFINITY, gain_year},
    {"course_gain", "Does a course of four sessions gain more than one, 60 days after the last?",
     "%", "clinical practice; HEAL-011 to 026 are of courses", 0, INFINITY, course_gain},
    {"early_gain", "Do sessions three days apart gain less than those six weeks apart?", "%",
     "the advice to wait until skin has healed", -INFINITY, 0, early_gain},
    {"early_signal", "Does the signal accumulate when sessions are three days apart?", "1",
     "the argument that inflammation must end first", 1, INFINITY, early_signal},
    {"two_weeks",
     "Do sessions two weeks apart gain less than those six weeks apart, half a year on?", "%",
     "what is lost or risked by going sooner", -INFINITY, 0, two_weeks},
    {"four_weeks",
     "Do sessions four weeks apart gain less than those six weeks apart, half a year on?", "%",
     "the same", -INFINITY, 0, four_weeks},
    {"eight_weeks",
     "Do sessions eight weeks apart gain more than those six weeks apart, half a year on?", "%",
     "what is won by waiting longer", 0, INFINITY, eight_weeks},
    {"twelve_weeks",
     "Do sessions twelve weeks apart gain more than those six weeks apart, half a year on?", "%",
     "the same", 0, INFINITY, twelve_weeks},
    {"inflamed_early", "Is a tenth of the inflammation left after three days?", "%",
     "the argument that inflammation must end first", 10, INFINITY, inflamed_early},
    {"inflamed_two", "Is a tenth of the inflammation left after two weeks?", "%", "the same", 10,
     INFINITY, inflamed_two},
    {"lasting", "Is half of the highest gain left after a year?", "%",
     "the claim that a gain lasts for twelve months; no biopsy series exists", 50, INFINITY,
     lasting},
    {"aged_weaker", "Is less collagen added at 75 than at 25 years?", "um",
     "Varani 2006: aged fibroblasts make less", -INFINITY, 0, aged_weaker},
    {"aged_slower", "Does collagen production peak later at 75 than at 25 years?", "d",
     "slower repair with age", 0, INFINITY, aged_slower},
    {"poor_weaker", "Is less collagen added where healing is poor?", "um",
     "low perfusion starves repair of oxygen", -INFINITY, 0, poor_weaker},
    {"poor_slower", "Does poorly healing skin take longer to heal?", "d",
     "definition of the condition", 0, INFINITY, poor_slower},
    {"deeper_larger", "Do 2 mm needles add more collagen than 0.5 mm ones?", "um",
     "more tissue is cut; clinical choice of length", 0, INFINITY, deeper_larger},
    {"deeper_slower",
     "Does collagen production peak later with 2 mm needles than with 0.5 mm ones?", "d",
     "more tissue is cut", 0, INFINITY, deeper_slower},
    {"overshoot", "Does collagen stay below a scar's, within 20 % of rest?", "%",
     "needling at cosmetic depth leaves no scars", -100, 20, overshoot},
    {"runaway", "Does all tissue stay below the level of scarring without limit?", "%",
     "the core's unstable level; needling at cosmetic depth leaves no scars", -1, 1e-9, runaway},
};
const int percuta_study_questions_count =
    (int)(sizeof percuta_study_questions_entry / sizeof *percuta_study_questions_entry);
