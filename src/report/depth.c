/* How deep the cuts are, how well that is known, and which vessels they reach; test:
 * tests/unit/test_report.c. */
#include "base/units.h"
#include "report/chapters.h"
#include "report/say.h"

/* Which vessels the cuts reach. */
static void tell_vessels(struct percuta_paragraph *text, const struct percuta_skin *skin,
                         double depth) {
  SAY(text,
      "Capillary loops begin at {skin.loop_top:3 µm} and the upper vessel plexus lies at "
      "{skin.plexus_depth:3 µm}: {:text}.",
      N(skin->loop_top / PERCUTA_UM), N(skin->plexus_depth / PERCUTA_UM),
      T(depth < skin->loop_top       ? "cuts of mean depth end above both"
        : depth < skin->plexus_depth ? "cuts of mean depth reach the loops but not the plexus"
                                     : "cuts of mean depth pass both"));
}

/* What is known of the depth, and what that rests on. */
static void tell_interval(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_uncertainty *interval = &page->record->session[0].channels.interval;
  SAY(text,
      "With the insertion parameters drawn jointly from what calibration leaves of them, 90~% of "
      "the depths of a needle that gets in lie *between {sessions.depth_low_um:2} and "
      "{sessions.depth_high_um:2 µm}*.",
      N(interval->depth_low / PERCUTA_UM), N(interval->depth_high / PERCUTA_UM));
  SAY_ONLY(
      text,
      "For people this rests on one published row, words about the histology of one "
      "patient (MECH-156); without it, that of a roller of 1.5~mm would span a factor of four.");
}

/* The three things a needle leaves, and who reads which. */
static void tell_left(struct percuta_paragraph *text, const struct percuta_session_readings *means,
                      bool alive) {
  if (!alive) {
    SAY(text,
        "A needle takes nothing away. It leaves a cut as deep as it went, {sessions.cut_mean_um:2 "
        "µm} long at the surface, and an open track *{sessions.residual_depth_mean_um:3 µm}* deep "
        "and {sessions.opening_diameter_um:2 µm} wide, which lets the donor in and does not close.",
        N(means->cut_mean / PERCUTA_UM), N(means->residual_mean / PERCUTA_UM),
        N(2 * means->opening_radius / PERCUTA_UM));
    return;
  }
  SAY(text,
      "A needle takes nothing away. It leaves a cut as deep as it went, {sessions.cut_mean_um:2 "
      "µm} long at the surface, with damaged tissue {:2 µm} to either side (assumed): these bleed "
      "and are repaired; and an open track *{sessions.residual_depth_mean_um:3 µm}* deep and "
      "{sessions.opening_diameter_um:2 µm} wide: this closes, loses water and lets products in.",
      N(means->cut_mean / PERCUTA_UM), N(means->damage_width / PERCUTA_UM),
      N(means->residual_mean / PERCUTA_UM), N(2 * means->opening_radius / PERCUTA_UM));
}

static void tell_open(struct percuta_paragraph *text, const struct percuta_channels *channels) {
  SAY(text,
      "The depth that stays open does not grow with the needle; 90~% of the draws lie between "
      "{sessions.residual_depth_low_um:2} and {sessions.residual_depth_high_um:2 µm}.",
      N(channels->interval.residual_low / PERCUTA_UM),
      N(channels->interval.residual_high / PERCUTA_UM));
}

static void tell_needle(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_channels *channels = &page->record->session[0].channels;
  const struct percuta_needle *needle = &page->record->scenario->device.needle;
  const struct percuta_session_readings *means = &page->session[0];
  SAY(text,
      "Between punctures of this run the depth varies by ±~{sessions.depth_sd_um:2 µm} (standard "
      "deviation); this is not the uncertainty of the mean.",
      N(means->depth_sd / PERCUTA_UM));
  if (needle->wear > 0)
    SAY(text,
        "The tip is worn: its radius is {scenario.device.needle.wear:3 µm} larger than when new.",
        N(needle->wear / PERCUTA_UM));
  if (channels->bent > 0)
    SAY(text,
        "{sessions.bent_strikes:count} strikes were made by bent needles, which cut less deep.",
        N((double)channels->bent));
  if (means->tear_mean > 0)
    SAY(text,
        "Rolling also tears the skin along the path, by {sessions.tear_mean_um:3 µm} at the "
        "surface.",
        N(means->tear_mean / PERCUTA_UM));
}

void percuta_report_depth_tell(struct percuta_story *story, const struct percuta_page *page) {
  const struct percuta_session_readings *means = &page->session[0];
  const struct percuta_skin *skin = page->record->skin;
  const double junction = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  struct percuta_paragraph *text = percuta_report_story_begin(story, "Depth", false);
  SAY(text,
      "A needle of {scenario.device.needle.length:4 µm} pushes the skin down by "
      "{sessions.deflection_mean_um:3 µm} and cuts *{sessions.depth_mean_um:3 µm}* deep on "
      "average.",
      N(page->record->scenario->device.needle.length / PERCUTA_UM),
      N(means->deflection_mean / PERCUTA_UM), N(means->depth_mean / PERCUTA_UM));
  tell_interval(text, page);
  tell_left(text, means, percuta_scenario_is_alive(page->record->scenario));
  if (means->depth_mean <= junction)
    SAY(text,
        "The epidermis is {skin.thickness:3 µm} thick: on average the cuts do not reach the "
        "dermis.",
        N(junction / PERCUTA_UM));
  else
    SAY(text, "The dermis begins at {skin.thickness:3 µm}.", N(junction / PERCUTA_UM));
  if (percuta_scenario_is_alive(page->record->scenario))
    tell_vessels(text, skin, means->depth_mean);
  struct percuta_paragraph *detail = percuta_report_story_detail(story);
  tell_open(detail, &page->record->session[0].channels);
  tell_needle(detail, page);
}
