/* What bleeds, and how the blood in the cuts clots; test: tests/unit/test_report.c. */
#include <math.h>

#include "base/units.h"
#include "report/chapters.h"
#include "report/say.h"

#define UL_PER_CM2 1e-5 /* [m] */
#define NMOL_PER_L 1e-6 /* [mol/m^3] */
#define NG_PER_ML 1e-6  /* [kg/m^3] */
#define NO_SIGNAL 5e-4  /* of that from normal blood, 0.05 %: none */

bool percuta_report_blood_signals(const struct percuta_page *page) {
  return page->record->session[0].clot.signal_rel >= NO_SIGNAL;
}

/* Whether in effect nothing bled: hardly any vessel cut, and nothing to see at the surface. */
static bool is_bloodless(const struct percuta_page *page) {
  const struct percuta_bleeding *bleeding = &page->record->session[0].bleeding;
  return !bleeding->pinpoint_bleeding &&
         bleeding->channels_bleeding < 0.01 * (double)page->session[0].opened;
}

static void tell_vessels(struct percuta_paragraph *text, const struct percuta_page *page) {
  const bool drawn = page->record->session[0].bleeding.vessels == PERCUTA_VESSELS_DRAWN;
  SAY(text,
      "*{outcomes.punctures_bleeding_pct:2 %}* of the {sessions.penetrated:count} punctures "
      "{:text} "
      "a vessel and shed {outcomes.shed_ul_per_cm2:2 µl} of blood per cm² of skin.",
      N(OUTCOME(punctures_bleeding_pct)), N((double)page->session[0].opened),
      T(drawn ? "cut" : "are expected to cut"), N(OUTCOME(shed_ul_per_cm2)));
}

static void tell_blood(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  tell_vessels(text, page);
  if (is_bloodless(page)) {
    SAY(text, "Practically no blood is shed{:text}.",
        T(session->injured_frac > 0 ? "; cut tissue alone starts what repair there is" : ""));
    return;
  }
  if (session->bleeding.pinpoint_bleeding)
    SAY(text,
        "In {sessions.punctures_overflowing:3} of them the blood exceeds what its track and the "
        "torn tissue hold and "
        "appears at the surface as pinpoints, until platelets plug the vessels after about "
        "{clot.time_to_stop_s:2 s}.",
        N(session->bleeding.channels_overflowing), N(session->plugged_at));
  else
    SAY_ONLY(text, "Tracks and torn tissue hold all of it: no blood is expected at the surface.");
  SAY(text, "Clot fills *{:2 %}* of tracks and torn tissue{:text}.",
      N(100 * page->session[0].clot_fill_mean),
      T(percuta_report_blood_signals(page) ? "; its platelets send the first signal for repair"
                                           : ""));
}

/* What other draws of the vessels would give. */
static void tell_draws(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_bleeding *bleeding = &page->record->session[0].bleeding;
  if (bleeding->vessels == PERCUTA_VESSELS_DRAWN)
    SAY(text,
        "The vessels of this patch were drawn at random; the mean over all draws is {:2 %} of the "
        "punctures and {sessions.shed_expected_ul_per_cm2:2 µl/cm²}.",
        N(100 * bleeding->channels_bleeding_expected / (double)page->session[0].opened),
        N(bleeding->shed_per_area_expected / UL_PER_CM2));
}

static void tell_fibrin(struct percuta_paragraph *text, const struct percuta_clot *clot) {
  if (isfinite(clot->fibrin_time))
    SAY(text, "Half of the fibrinogen is converted to fibrin after *{clot.fibrin_half_s:3 s}*.",
        N(clot->fibrin_time));
  else
    SAY(text,
        "Within {clot.followed_s:3} minutes *less than half of the fibrinogen is converted to "
        "fibrin*, so that plugs may reopen.",
        N(clot->window / 60));
}

static void tell_thrombin(struct percuta_paragraph *text, const struct percuta_clot *clot) {
  if (!(clot->peak > 0))
    SAY_ONLY(text, "No thrombin forms.");
  else if (isfinite(clot->threshold_time) && !isfinite(clot->peak_time))
    SAY(text,
        "Thrombin generation takes off after {clot.thrombin_onset_s:3 s} and has not peaked by the "
        "end of the {clot.followed_s:3} minutes followed, at {clot.thrombin_peak_nmol_per_l:3 "
        "nmol/l}.",
        N(clot->threshold_time), N(clot->window / 60), N(clot->peak / NMOL_PER_L));
  else if (isfinite(clot->threshold_time))
    SAY(text,
        "Thrombin generation takes off after {clot.thrombin_onset_s:3 s} and peaks at "
        "{clot.thrombin_peak_nmol_per_l:3 nmol/l}.",
        N(clot->threshold_time), N(clot->peak / NMOL_PER_L));
  else
    SAY(text,
        "Thrombin stays below {clot.thrombin_peak_nmol_per_l:2 nmol/l} for {clot.followed_s:3} "
        "minutes.",
        N(clot->peak / NMOL_PER_L), N(clot->window / 60));
}

/* Thrombin, fibrin and platelets in the order in which they come. */
static void tell_clotting(struct percuta_paragraph *text,
                          const struct percuta_session_record *session) {
  const struct percuta_clot *clot = &session->clot;
  tell_thrombin(text, clot);
  SAY(text,
      "{clot.platelets_released_pct:3 %} of the platelets release their granules, giving "
      "{clot.pdgf_ng_per_ml:2 ng/ml} of PDGF and {clot.tgf_beta_ng_per_ml:2 ng/ml} of TGF-β.",
      N(100 * clot->platelets_released), N(clot->pdgf / NG_PER_ML), N(clot->tgf_beta / NG_PER_ML));
  SAY_ONLY(text, "The amount of tissue factor that blood meets in such a cut is not known: these "
                 "times are less certain than differences between people.");
}

void percuta_report_blood_tell(struct percuta_story *story, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  const struct percuta_clot *clot = &session->clot;
  tell_blood(percuta_report_story_begin(story, "Blood and clot", false), page);
  tell_draws(percuta_report_story_detail(story), page);
  if (session->bleeding.channels_bleeding < 0.5)
    return;
  struct percuta_paragraph *text = percuta_report_story_begin(story, "Clotting", false);
  SAY(text, "Platelets plug a cut vessel within about *{clot.time_to_stop_s:2 s}*.",
      N(session->plugged_at));
  tell_fibrin(text, clot);
  if (!percuta_report_blood_signals(page))
    SAY_ONLY(text, "No signal for repair comes from them.");
  else if (fabs(clot->signal_rel - 1) > 0.005)
    SAY(text,
        "Their signal for repair is *{clot.platelet_signal_rel:2 %}* of that from normal blood.",
        N(100 * clot->signal_rel));
  tell_clotting(percuta_report_story_detail(story), session);
}
