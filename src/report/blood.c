/* What bleeds, and how the blood in the cuts clots; test: tests/unit/test_report.c. */
#include <math.h>

#include "base/units.h"
#include "report/chapters.h"
#include "report/say.h"

#define UL_PER_CM2 1e-5    /* [m] */
#define ML_PER_100_CM2 0.1 /* of 1 µl/cm² */
#define NMOL_PER_L 1e-6    /* [mol/m^3] */
#define NG_PER_ML 1e-6     /* [kg/m^3] */
#define NO_SIGNAL 5e-4     /* of that from normal blood, 0.05 %: none */

bool percuta_report_blood_signals(const struct percuta_page *page) {
  return page->record->session[0].clot.signal_rel >= NO_SIGNAL;
}

/* Whether in effect nothing is expected to bleed, and nothing is to be seen at the surface. */
static bool is_bloodless(const struct percuta_page *page) {
  const struct percuta_bleeding *bleeding = &page->record->session[0].bleeding;
  return !bleeding->pinpoint_bleeding &&
         bleeding->channels_bleeding_expected < 0.01 * (double)page->session[0].opened;
}

static struct percuta_outcome_value outcome_of(const struct percuta_page *page,
                                               enum percuta_outcome_id id) {
  return percuta_outcome_outcomes_compute(page->record, percuta_outcome_outcomes_at(id),
                                          percuta_outcome_outcomes_end(page->record));
}

/* Expectations, with what draws of vessels, supply and depth make of them. */
static void tell_vessels(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_outcome_value share =
                                         outcome_of(page, PERCUTA_OUTCOME_punctures_bleeding_pct),
                                     shed = outcome_of(page, PERCUTA_OUTCOME_shed_ul_per_cm2);
  const bool known = isfinite(shed.low);
  SAY(text,
      "*{outcomes.punctures_bleeding_pct:2 %}* of the {sessions.penetrated:count} punctures are "
      "expected to cut a vessel",
      N(share.value), N((double)page->session[0].opened));
  if (known)
    GO_ON(text, " ({outcomes.punctures_bleeding_pct:2} to {outcomes.punctures_bleeding_pct:2 %})",
          N(share.low), N(share.high));
  GO_ON(text, " and to shed *{outcomes.shed_ul_per_cm2:2 µl}* of blood per cm² of skin",
        N(shed.value));
  if (known)
    GO_ON(text, " ({outcomes.shed_ul_per_cm2:2} to {outcomes.shed_ul_per_cm2:2 µl})", N(shed.low),
          N(shed.high));
  GO_ON(text, ": {:2 ml} from 100 cm².", N(shed.value * ML_PER_100_CM2));
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
        "From {sessions.punctures_overflowing:3} punctures{:text} more comes than track and torn "
        "tissue hold and appears at the surface as pinpoints, until the vessels are plugged after "
        "about "
        "{clot.time_to_stop_s:2 s}.",
        N(session->bleeding.channels_overflowing),
        T(session->bleeding.vessels == PERCUTA_VESSELS_DRAWN ? " of the patch shown" : ""),
        N(session->plugged_at));
  else
    SAY_ONLY(text, "Tracks and torn tissue hold all of it: no blood is expected at the surface.");
  SAY(text, "Clot fills *{:2 %}* of tracks and torn tissue{:text}.",
      N(100 * page->session[0].clot_fill_mean),
      T(percuta_report_blood_signals(page) ? "; its platelets send the first signal for repair"
                                           : ""));
}

/* What the draw of the patch gives, and how far cut vessels share one supply. */
static void tell_draws(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_bleeding *bleeding = &page->record->session[0].bleeding;
  SAY(text,
      "All cut vessels draw on one supply, the blood flow of the dermis and what its vessels hold: "
      "beside each other they shed {:2 %} of what each would alone.",
      N(100 * bleeding->fed_share));
  if (bleeding->vessels == PERCUTA_VESSELS_DRAWN)
    SAY(text,
        "The vessels of the patch shown were drawn at random: there, {:2 %} of the punctures bleed "
        "and shed {sessions.shed_ul_per_cm2:2 µl/cm²}.",
        N(100 * bleeding->channels_bleeding / (double)page->session[0].opened),
        N(bleeding->shed_per_area / UL_PER_CM2));
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
  if (session->bleeding.channels_bleeding_expected < 0.5)
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
