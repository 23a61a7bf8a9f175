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
      "{:4} passes laid {sessions.strikes:count} strikes on a patch of {:3}~×~{:3 mm}: "
      "*{sessions.strikes_per_cm2:3} per cm²*, where the device's geometry gives "
      "{sessions.strikes_expected_per_cm2:3} on average.",
      N(plan->pass_count * plan->repeat), N((double)session->channels.count), N(width), N(width),
      N(means->strikes_per_area * CM2), N(session->coverage.density_expected * CM2));
  if (session->channels.count > 1)
    SAY(text,
        "From a strike to the nearest other it is {sessions.nearest_mean_um:3 µm} on average; were "
        "every strike to fall independently, it would be {sessions.nearest_poisson_um:3 µm}.",
        N(session->coverage.nearest_mean / PERCUTA_UM),
        N(session->coverage.nearest_poisson / PERCUTA_UM));
  if (session->channels.reentered > 0)
    SAY(text,
        "{sessions.reentered:count} strike{:text} ({sessions.reentered_pct:2 %}) fell into an "
        "earlier channel and opened nothing new; independent strikes would do so in "
        "{sessions.reentered_poisson_pct:2 %}.",
        N((double)session->channels.reentered), T(session->channels.reentered == 1 ? "" : "s"),
        N(100 * means->reentry_share), N(100 * means->reentry_poisson));
  if (page->given > 1)
    SAY_ONLY(text, "This is the first session; the table below has the others. Days count from the "
                   "first session throughout.");
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
      "Under the needles it was as stiff as a probe of {skin.stiffness_scale:3 µm} finds it, "
      "{skin.stiffness:3 MPa}.",
      N(skin->stiffness_scale[PERCUTA_NEEDLE_POINT] / PERCUTA_UM), N(skin->stiffness / MEGA));
  SAY(text,
      "Wider probes find skin softer: measurements at other sizes suggest {skin.stiffness:2 kPa} "
      "at "
      "the {scenario.device.needle.base_diameter:3 µm} of this needle{:text}, with which published "
      "depths would not come about.",
      N(there / KILO), N(size / PERCUTA_UM), T(outside ? ", which lies beyond these sizes" : ""));
}

/* What became of it: none, some or all of the needles went in. */
static void tell_entry(struct percuta_paragraph *text, const struct percuta_channels *channels,
                       const struct percuta_session_readings *means) {
  if (means->opened == 0) {
    GO_ON_ONLY(text, ".");
    SAY(text,
        "*No needle broke the skin*: it only gave way, by {sessions.deflection_mean_um:3 µm}.",
        N(means->deflection_mean / PERCUTA_UM));
    SAY_ONLY(text,
             "A lighter device, fewer or sharper needles or a firmer hand would change that.");
  } else if (means->held > 0) {
    GO_ON_ONLY(text, ".");
    SAY(text,
        "{sessions.not_penetrated:count} of {sessions.strikes:count} strikes did not break the "
        "skin.",
        N((double)means->held), N((double)channels->count));
  } else {
    GO_ON_ONLY(text, ": every needle went in.");
  }
}

static void tell_shares(struct percuta_paragraph *text, const struct percuta_channels *channels,
                        const struct percuta_session_readings *means) {
  SAY(text,
      "Of the force on a needle that is in, {:2 %} cut, {:2 %} spread the cut and {:2 %} overcome "
      "friction.",
      N(100 * channels->share_cutting), N(100 * channels->share_spreading),
      N(100 * channels->share_friction));
  if (means->force_mean < 0.99 * channels->force_per_needle)
    SAY(text,
        "At their deepest the needles carry {sessions.force_mean_mN:3 mN} each; the device itself "
        "rests on the skin and takes the remainder, so a firmer hand would not drive them deeper.",
        N(means->force_mean / MILLI));
}

static void tell_force(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_channels *channels = &page->record->session[0].channels;
  const struct percuta_session_readings *means = &page->session[0];
  const struct percuta_scenario *scenario = page->record->scenario;
  SAY(text,
      "On average {sessions.needles_in_contact:3} needle{:text} shared the hand’s "
      "{scenario.session.force:3 N}.",
      N(channels->needles_in_contact), T(channels->needles_in_contact == 1 ? "" : "s"),
      N(scenario->session.force));
  SAY(text,
      "Breaking this skin takes *{sessions.puncture_force_mN:3 mN}* on a tip this sharp; each "
      "needle had *{sessions.force_per_needle_mN:3 mN}*",
      N(channels->puncture_force / MILLI), N(channels->force_per_needle / MILLI));
  if (channels->puncture_force > 0)
    tell_ratio(text, channels->force_per_needle / channels->puncture_force);
  tell_entry(text, channels, means);
  SAY_ONLY(text, "The force that breaks the skin is one number for all needles of a device; real "
                 "needles and spots of skin differ.");
  tell_stiffness(text, page->record->skin, scenario->device.needle.base_diameter);
  if (means->opened > 0)
    tell_shares(text, channels, means);
}

void percuta_report_strikes_tell(struct percuta_story *story, const struct percuta_page *page) {
  tell_places(percuta_report_story_begin(story, "Strikes", false), page);
  tell_force(percuta_report_story_begin(story, "Force and skin", false), page);
}
