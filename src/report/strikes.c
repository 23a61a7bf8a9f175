/* Where the strikes fall, and whether they have the force to break the skin; test:
 * tests/unit/test_report.c. */
#include "base/units.h"
#include "report/chapters.h"
#include "report/say.h"

#define CM2 1e-4 /* [m^2] */
#define MILLI 1e-3
#define MEGA 1e6

static void tell_places(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  const struct percuta_session_readings *means = &page->session[0];
  const struct percuta_session *plan = &page->record->scenario->session;
  const double width = page->record->width / PERCUTA_MM;
  SAY(text,
      "{:4} pass{:text} placed {sessions.strikes:count} strikes on a patch of {:3}~×~{:3 mm}, or "
      "*{sessions.strikes_per_cm2:3} per cm²*; {sessions.reentered_pct:2 %} of them fell into an "
      "earlier puncture.",
      N(plan->pass_count * plan->repeat), T(plan->pass_count * plan->repeat == 1 ? "" : "es"),
      N((double)session->channels.count), N(width), N(width), N(means->strikes_per_area * CM2),
      N(100 * means->reentry_share));
  if (page->given > 1)
    SAY_ONLY(text,
             "These numbers are for the first session; the table of sessions has the others.");
}

/* How the pattern compares with independent strikes. */
static void tell_pattern(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  const struct percuta_session_readings *means = &page->session[0];
  SAY(text,
      "The geometry of the device gives {sessions.strikes_expected_per_cm2:3} strikes per cm² on "
      "average.",
      N(session->coverage.density_expected * CM2));
  if (session->channels.count > 1)
    SAY(text,
        "The mean distance from a strike to its nearest neighbour is {sessions.nearest_mean_um:3 "
        "µm}; for independent strikes it would be {sessions.nearest_poisson_um:3 µm}.",
        N(session->coverage.nearest_mean / PERCUTA_UM),
        N(session->coverage.nearest_poisson / PERCUTA_UM));
  if (session->channels.reentered > 0)
    SAY(text,
        "{sessions.reentered:count} strike{:text} ({sessions.reentered_pct:2 %}) fell into an "
        "earlier puncture and opened nothing new; of independent strikes, "
        "{sessions.reentered_poisson_pct:2 %} would.",
        N((double)session->channels.reentered), T(session->channels.reentered == 1 ? "" : "s"),
        N(100 * means->reentry_share), N(100 * means->reentry_poisson));
}

/* How often the needle gets in, were insertion's parameters others. */
static void tell_chance(struct percuta_paragraph *text, const struct percuta_channels *channels) {
  const double enters = channels->interval.breaks_share;
  if (enters >= 1)
    SAY_ONLY(text, "All of the joint draws of the insertion parameters say so.");
  else
    SAY(text,
        "It gets in with a probability of {sessions.penetrates_draws_pct:2 %}, the share of the "
        "joint "
        "draws of the insertion parameters in which it does; for one person on one day, all "
        "needles like it get in or most do not. Published work on such short needles contradicts "
        "itself: pressed by hand they were found not to enter, and rollers of 0.2~mm and arrays of "
        "0.15 to 0.25~mm were found to act.",
        N(100 * enters));
}

/* What became of it: none, some or all of the needles went in. */
static void tell_entry(struct percuta_paragraph *text, const struct percuta_channels *channels,
                       const struct percuta_session_readings *means) {
  if (means->opened == 0) {
    SAY(text,
        "*No needle broke the skin*: the needles only indented it, by "
        "{sessions.deflection_mean_um:3 µm}.",
        N(means->deflection_mean / PERCUTA_UM));
    SAY_ONLY(text, channels->force_per_needle < channels->puncture_force
                       ? "In this model a lighter device, fewer or sharper needles, or a larger "
                         "force would change that."
                       : "The force on a needle would do; the needles are too short for skin that "
                         "yields so far.");
    return;
  }
  if (means->held > 0)
    SAY(text,
        "{sessions.not_penetrated:count} of {sessions.strikes:count} strikes did not break the "
        "skin.",
        N((double)means->held), N((double)channels->count));
  else
    SAY_ONLY(text, "Every strike breaks the skin.");
  tell_chance(text, channels);
}

/* What more force would do. */
static void tell_bearing(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_channels *channels = &page->record->session[0].channels;
  const struct percuta_scenario *scenario = page->record->scenario;
  const char *body = scenario->device.kind == PERCUTA_ROLLER ? "drum" : "head";
  if (channels->stopped) {
    SAY(text, "The tips stand on the {:text} below the skin, which stops them.",
        T(scenario->support == PERCUTA_SUPPORT_BONE ? "bone" : "plate"));
    return;
  }
  SAY(text,
      "The {:text} touches the skin from *{sessions.bearing_force_N:2 N}* on (90~%: "
      "{sessions.bearing_force_low_N:2} to {sessions.bearing_force_high_N:2}).",
      T(body), N(channels->bearing_force), N(channels->interval.bearing_low),
      N(channels->interval.bearing_high));
  if (channels->touches)
    SAY_ONLY(
        text,
        "Here it does, and carries what the needles do not: pressing harder presses the dimple "
        "around the needles a little flatter, which adds a few per cent of depth, and pressing "
        "more lightly changes little down to that force.");
  else
    SAY_ONLY(
        text,
        "Here it does not: all of the hand's force is on the needles, and how firmly the device is "
        "pressed decides how deep they go.");
}

static void tell_shares(struct percuta_paragraph *text, const struct percuta_channels *channels,
                        const struct percuta_session_readings *means) {
  SAY(text,
      "At full depth a needle carries {sessions.force_mean_mN:3 mN}, of which {:2 %} cut, {:2 %} "
      "spread the cut and {:2 %} overcome friction.",
      N(means->force_mean / MILLI), N(100 * channels->share_cutting),
      N(100 * channels->share_spreading), N(100 * channels->share_friction));
}

static void tell_force(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_channels *channels = &page->record->session[0].channels;
  const struct percuta_session_readings *means = &page->session[0];
  const struct percuta_scenario *scenario = page->record->scenario;
  if (channels->count == 0) {
    SAY_ONLY(text, "*No strike of the first session fell on the simulated patch*: what a needle "
                   "would have done there is not computed.");
    return;
  }
  SAY(text,
      "On average {sessions.needles_in_contact:3} needle{:text} shared the force of "
      "{scenario.session.force:3 N}.",
      N(channels->needles_in_contact), T(channels->needles_in_contact == 1 ? "" : "s"),
      N(scenario->session.force));
  SAY(text,
      "Skin opens under a tip this sharp at *{sessions.puncture_force_mN:3 mN}*; a needle can get "
      "up to *{sessions.force_per_needle_mN:3 mN}*.",
      N(channels->puncture_force / MILLI), N(channels->force_per_needle / MILLI));
  tell_entry(text, channels, means);
  if (means->opened > 0)
    tell_bearing(text, page);
}

static void tell_forces(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_session_readings *means = &page->session[0];
  const struct percuta_skin *skin = page->record->skin;
  SAY(text,
      "Skin is taken as {skin.stiffness:2 MPa} stiff in large deformations, and stiffer in small "
      "ones by {skin.stiffness_film:2 N/m} over their size.",
      N(skin->stiffness / MEGA), N(skin->stiffness_film));
  if (means->opened > 0)
    tell_shares(text, &page->record->session[0].channels, means);
}

void percuta_report_strikes_tell(struct percuta_story *story, const struct percuta_page *page) {
  tell_places(percuta_report_story_begin(story, "Strikes", false), page);
  tell_pattern(percuta_report_story_detail(story), page);
  tell_force(percuta_report_story_begin(story, "Force", false), page);
  tell_forces(percuta_report_story_detail(story), page);
}
