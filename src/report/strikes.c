/* Where the strikes fall, and whether they have the force to break the skin; test:
 * tests/unit/test_report.c. */
#include "base/units.h"
#include "report/chapters.h"
#include "report/say.h"

#define CM2 1e-4 /* [m^2] */
#define MILLI 1e-3
#define KILO 1e3
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

/* How the force at hand compares with what the skin withstands. */
static void tell_ratio(struct percuta_paragraph *text, double ratio) {
  if (ratio >= 1.05)
    GO_ON(text, ", {:2} times as much", N(ratio));
  else if (ratio > 0.95)
    GO_ON_ONLY(text, ", about the same");
  else
    GO_ON(text, ", only {:2 %} of that", N(100 * ratio));
}

/* Stiffness depends on the size of what presses; the model takes that of one size. */
static void tell_stiffness(struct percuta_paragraph *text, const struct percuta_skin *skin,
                           double size) {
  bool outside;
  const double there = percuta_skin_stiffness(skin, size, &outside);
  SAY(text,
      "Skin under the needles is given the stiffness that a probe of {skin.stiffness_scale:3 µm} "
      "measures, {skin.stiffness:3 MPa}.",
      N(skin->stiffness_scale[PERCUTA_NEEDLE_POINT] / PERCUTA_UM), N(skin->stiffness / MEGA));
  SAY(text,
      "Larger probes measure softer skin: published measurements suggest {skin.stiffness:2 kPa} "
      "at the {scenario.device.needle.base_diameter:3 µm} of this needle{:text}, a value with "
      "which "
      "the model would not reproduce published depths.",
      N(there / KILO), N(size / PERCUTA_UM), T(outside ? ", which is outside their range" : ""));
}

/* How often the needle would not go in, were insertion's parameters others. */
static void tell_chance(struct percuta_paragraph *text, const struct percuta_channels *channels) {
  const double fails = 1 - channels->interval.breaks_share;
  if (fails > 0)
    SAY(text,
        "With the insertion parameters drawn from their ranges, it does not break the skin in "
        "{:2 %} of the draws.",
        N(100 * fails));
}

/* What became of it: none, some or all of the needles went in. */
static void tell_entry(struct percuta_paragraph *text, const struct percuta_channels *channels,
                       const struct percuta_session_readings *means) {
  GO_ON_ONLY(text, ".");
  if (means->opened == 0) {
    SAY(text,
        "*No needle broke the skin*: the needles only indented it, by "
        "{sessions.deflection_mean_um:3 µm}.",
        N(means->deflection_mean / PERCUTA_UM));
    SAY_ONLY(text, channels->force_per_needle < channels->puncture_force
                       ? "In this model a lighter device, fewer or sharper needles, or a larger "
                         "force would change that."
                       : "The force on a needle would do; the needles are too short to break skin "
                         "that yields so far.");
    return;
  }
  if (means->held > 0)
    SAY(text,
        "{sessions.not_penetrated:count} of {sessions.strikes:count} strikes did not break the "
        "skin.",
        N((double)means->held), N((double)channels->count));
  else
    SAY_ONLY(text, "At the values used, every strike breaks the skin.");
  tell_chance(text, channels);
}

static void tell_shares(struct percuta_paragraph *text, const struct percuta_channels *channels,
                        const struct percuta_session_readings *means) {
  SAY(text,
      "Of the force on an inserted needle, {:2 %} cuts, {:2 %} spreads the cut and {:2 %} "
      "overcomes "
      "friction.",
      N(100 * channels->share_cutting), N(100 * channels->share_spreading),
      N(100 * channels->share_friction));
  if (means->force_mean < 0.99 * channels->force_per_needle)
    SAY(text,
        "At full depth each needle carries {sessions.force_mean_mN:3 mN}; the body of the device "
        "rests on the skin and takes the remainder, so that a larger force would not drive the "
        "needles deeper.",
        N(means->force_mean / MILLI));
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
      "A tip this sharp needs *{sessions.puncture_force_mN:3 mN}* to break this skin; each "
      "needle had *{sessions.force_per_needle_mN:3 mN}*",
      N(channels->puncture_force / MILLI), N(channels->force_per_needle / MILLI));
  if (channels->puncture_force > 0)
    tell_ratio(text, channels->force_per_needle / channels->puncture_force);
  tell_entry(text, channels, means);
}

static void tell_forces(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_session_readings *means = &page->session[0];
  SAY_ONLY(text, "The model uses one puncture force for all needles of a device; real needles and "
                 "real spots of skin differ.");
  tell_stiffness(text, page->record->skin, page->record->scenario->device.needle.base_diameter);
  if (means->opened > 0)
    tell_shares(text, &page->record->session[0].channels, means);
}

void percuta_report_strikes_tell(struct percuta_story *story, const struct percuta_page *page) {
  tell_places(percuta_report_story_begin(story, "Strikes", false), page);
  tell_pattern(percuta_report_story_detail(story), page);
  tell_force(percuta_report_story_begin(story, "Force", false), page);
  tell_forces(percuta_report_story_detail(story), page);
}
