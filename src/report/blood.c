/* What bleeds, and how the blood in the cuts clots; test: tests/unit/test_report.c. */
#include <math.h>

#include "base/units.h"
#include "report/chapters.h"
#include "report/say.h"

#define UL_PER_CM2 1e-5 /* [m] */
#define NMOL_PER_L 1e-6 /* [mol/m^3] */
#define NG_PER_ML 1e-6  /* [kg/m^3] */

static void tell_vessels(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_bleeding *bleeding = &page->record->session[0].bleeding;
  const double opened = (double)page->session[0].opened;
  const bool drawn = bleeding->vessels == PERCUTA_VESSELS_DRAWN;
  SAY(text,
      "Of {sessions.penetrated:count} punctures *{outcomes.punctures_bleeding_pct:2 %}* {:text} a "
      "vessel, shedding {outcomes.shed_ul_per_cm2:2 µl} of blood per cm² of skin.",
      N(opened), N(OUTCOME(punctures_bleeding_pct)), T(drawn ? "cut" : "are expected to cut"),
      N(OUTCOME(shed_ul_per_cm2)));
  if (drawn)
    SAY(text,
        "(The vessels of this patch were drawn at random: over all draws, {:2 %} and "
        "{sessions.shed_expected_ul_per_cm2:2 µl}.)",
        N(100 * bleeding->channels_bleeding_expected / opened),
        N(bleeding->shed_per_area_expected / UL_PER_CM2));
}

static void tell_blood(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  tell_vessels(text, page);
  if (session->bleeding.channels_bleeding / (double)page->session[0].opened < 0.01) {
    SAY(text, "In effect it drew no blood{:text}.",
        T(session->injured_frac > 0 ? ": what little repair follows is called by cut tissue alone"
                                    : ""));
    return;
  }
  if (session->bleeding.pinpoint_bleeding)
    SAY(text,
        "In {sessions.punctures_overflowing:3} of them that is more than the cut holds: blood "
        "shows "
        "at the surface as pinpoints, until the vessels are plugged after about "
        "{clot.time_to_stop_s:2 s}.",
        N(session->bleeding.channels_overflowing), N(session->plugged_at));
  else
    SAY_ONLY(text, "The cuts hold all of it: no blood is expected to show at the surface.");
  SAY(text, "Clot fills *{:2 %}* of the cut volume; its platelets give the first signal to repair.",
      N(100 * page->session[0].clot_fill_mean));
}

static void tell_fibrin(struct percuta_paragraph *text, const struct percuta_clot *clot) {
  if (!(clot->peak > 0))
    SAY_ONLY(text, "No thrombin forms;");
  else if (isfinite(clot->threshold_time) && !isfinite(clot->peak_time))
    SAY(text,
        "Thrombin takes off after {clot.thrombin_onset_s:3 s} and has not peaked by the end of the "
        "{clot.followed_s:3} minutes followed, at {clot.thrombin_peak_nmol_per_l:3 nmol/l} so far;",
        N(clot->threshold_time), N(clot->window / 60), N(clot->peak / NMOL_PER_L));
  else if (isfinite(clot->threshold_time))
    SAY(text,
        "Thrombin is there in earnest after {clot.thrombin_onset_s:3 s} and peaks at "
        "{clot.thrombin_peak_nmol_per_l:3 nmol/l};",
        N(clot->threshold_time), N(clot->peak / NMOL_PER_L));
  else
    SAY(text,
        "Thrombin stays below {clot.thrombin_peak_nmol_per_l:2 nmol/l} in {clot.followed_s:3} "
        "minutes;",
        N(clot->peak / NMOL_PER_L), N(clot->window / 60));
  if (isfinite(clot->fibrin_time))
    GO_ON(text, " half of the fibrinogen is fibrin after *{clot.fibrin_half_s:3 s}*.",
          N(clot->fibrin_time));
  else
    GO_ON(
        text,
        " *less than half of the fibrinogen turns into fibrin* in {clot.followed_s:3} minutes, so "
        "plugs may open again.",
        N(clot->window / 60));
}

/* Thrombin, fibrin and platelets in the order in which they come. */
static void tell_clotting(struct percuta_paragraph *text,
                          const struct percuta_session_record *session) {
  const struct percuta_clot *clot = &session->clot;
  SAY(text, "Platelets plug a cut vessel in about *{clot.time_to_stop_s:2 s}*.",
      N(session->plugged_at));
  tell_fibrin(text, clot);
  SAY(text,
      "{clot.platelets_released_pct:3 %} of the platelets release, {clot.pdgf_ng_per_ml:2 ng/ml} "
      "of "
      "PDGF and {clot.tgf_beta_ng_per_ml:2 ng/ml} of TGF-β",
      N(100 * clot->platelets_released), N(clot->pdgf / NG_PER_ML), N(clot->tgf_beta / NG_PER_ML));
  if (fabs(clot->signal_rel - 1) > 0.005)
    GO_ON(text, ", *{clot.platelet_signal_rel:2 %}* of what normal blood gives",
          N(100 * clot->signal_rel));
  GO_ON_ONLY(text, ".");
  SAY_ONLY(text, "How much tissue factor blood meets in such a cut is not known, so times are less "
                 "certain than the comparison of one person with another.");
}

void percuta_report_blood_tell(struct percuta_story *story, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  tell_blood(percuta_report_story_begin(story, "Blood and clot", false), page);
  if (session->bleeding.channels_bleeding >= 0.5)
    tell_clotting(percuta_report_story_begin(story, "Clotting", false), session);
}
