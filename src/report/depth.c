/* How deep the cuts are, how well that is known, and which vessels they reach; test:
 * tests/unit/test_report.c. */
#include "base/units.h"
#include "report/chapters.h"
#include "report/say.h"

static void tell_vessels(struct percuta_paragraph *text, const struct percuta_skin *skin,
                         double depth) {
  SAY(text,
      "The tips of the capillary loops lie at {skin.loop_top:3 µm}, the upper vessel plexus at "
      "{skin.plexus_depth:3 µm}: {:text}.",
      N(skin->loop_top / PERCUTA_UM), N(skin->plexus_depth / PERCUTA_UM),
      T(depth < skin->loop_top       ? "the cuts end above both"
        : depth < skin->plexus_depth ? "the cuts reach the loops but not the plexus"
                                     : "the cuts pass both"));
}

/* What is known of the depth, given how far sources differ. */
static void tell_interval(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_channels *channels = &page->record->session[0].channels;
  const struct percuta_uncertainty *interval = &channels->interval;
  const struct percuta_needle *needle = &page->record->scenario->device.needle;
  SAY(text,
      "With every parameter of insertion drawn from its range, 90~% of the depths lie *between "
      "{sessions.depth_low_um:2} and {sessions.depth_high_um:2 µm}* (left open: "
      "{sessions.residual_depth_low_um:2} to {sessions.residual_depth_high_um:2 µm})",
      N(interval->depth_low / PERCUTA_UM), N(interval->depth_high / PERCUTA_UM),
      N(interval->residual_low / PERCUTA_UM), N(interval->residual_high / PERCUTA_UM));
  if (interval->breaks_share < 1)
    GO_ON(text, ", and in {:2 %} the needle does not get in",
          N(100 * (1 - interval->breaks_share)));
  GO_ON_ONLY(text, ".");
  if (needle->wear > 0)
    SAY(text, "Its tip is worn: {scenario.device.needle.wear:3 µm} blunter than new.",
        N(needle->wear / PERCUTA_UM));
  if (channels->bent > 0)
    SAY(text,
        "{sessions.bent_strikes:count} strikes were made by bent needles, which reach less deep.",
        N((double)channels->bent));
}

void percuta_report_depth_tell(struct percuta_story *story, const struct percuta_page *page) {
  const struct percuta_session_readings *means = &page->session[0];
  const struct percuta_skin *skin = page->record->skin;
  const double junction = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  struct percuta_paragraph *text = percuta_report_story_begin(story, "Depth", false);
  SAY(text,
      "While a needle is in, the skin is pushed down by {sessions.deflection_mean_um:3 µm} and the "
      "cut is *{sessions.depth_mean_um:3}~±~{sessions.depth_sd_um:2 µm}* deep (mean and spread), "
      "of a needle of {scenario.device.needle.length:4 µm}.",
      N(means->deflection_mean / PERCUTA_UM), N(means->depth_mean / PERCUTA_UM),
      N(means->depth_sd / PERCUTA_UM),
      N(page->record->scenario->device.needle.length / PERCUTA_UM));
  tell_interval(text, page);
  if (means->depth_mean <= junction)
    SAY(text,
        "The epidermis is {skin.thickness:3 µm} thick: on average the dermis was not reached.",
        N(junction / PERCUTA_UM));
  else
    SAY(text, "The dermis begins at {skin.thickness:3 µm}.", N(junction / PERCUTA_UM));
  tell_vessels(text, skin, means->depth_mean);
  SAY(text,
      "After the needle has left, the skin springs back and {sessions.residual_depth_mean_um:3 µm} "
      "stay open.",
      N(means->residual_mean / PERCUTA_UM));
  if (means->tear_mean > 0)
    SAY(text, "Rolling also tears along the path, by {sessions.tear_mean_um:3 µm} at the surface.",
        N(means->tear_mean / PERCUTA_UM));
}
