#include "report/story.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "device/device.h"
#include "report/html.h"
#include "report/numbing.h"
#include "report/penetration.h"

#define NUMBER(value, digits) (percuta_report_html_number((value), (digits)).text)
#define CHANGE(value) (percuta_report_html_change(value).text)
#define DAY(value) (percuta_report_html_day(value).text)
#define OUTCOME(name) percuta_outcome_outcomes_number(page->record, PERCUTA_OUTCOME_##name)
#define CM2 1e-4        /* [m^2] */
#define UL_PER_CM2 1e-5 /* [m] */
#define NMOL_PER_L 1e-6 /* [mol/m^3] */
#define NG_PER_ML 1e-6  /* [kg/m^3] */
#define MILLI 1e-3
#define KILO 1e3
#define MEGA 1e6

void percuta_report_story_span(FILE *stream, double span) {
  const double months = span / PERCUTA_MONTH;
  if (months >= 2 && fabs(months - round(months)) < 0.02) {
    fprintf(stream, "%s months", NUMBER(round(months), 4));
  } else {
    const double days = span / PERCUTA_DAY;
    fprintf(stream, "%s day%s", DAY(days), days == 1 ? "" : "s");
  }
}

static void write_count(FILE *stream, int count, const char *noun, const char *nouns) {
  static const char *const word[] = {"no",   "one", "two",   "three", "four",
                                     "five", "six", "seven", "eight", "nine"};
  if (count < 10) {
    fprintf(stream, "%s %s", word[count], count == 1 ? noun : nouns);
  } else {
    fprintf(stream, "%d %s", count, nouns);
  }
}

/* The name of the site inside a sentence: "Cheek" becomes "cheek". */
static void write_site(FILE *stream, const char *name) {
  char inner[64];
  snprintf(inner, sizeof inner, "%s", name);
  inner[0] = (char)tolower((unsigned char)inner[0]);
  percuta_report_html_text(stream, inner);
}

static bool is_healthy(const struct percuta_scenario *scenario) {
  return strcmp(scenario->condition.kind, "none") == 0;
}

static void write_device(FILE *stream, const struct percuta_device *device) {
  static const char *const noun[] = {
      [PERCUTA_ROLLER] = "roller", [PERCUTA_STAMP] = "stamp", [PERCUTA_PEN] = "motorised pen"};
  const int needles = percuta_device_needle_count(device);
  fprintf(stream, "a %s with %d needle%s of %s&nbsp;mm", noun[device->kind], needles,
          needles == 1 ? "" : "s", NUMBER(device->needle.length / PERCUTA_MM, 3));
}

static void write_passes(FILE *stream, const struct percuta_session *session) {
  write_count(stream, session->pass_count, "direction", "directions");
  if (session->repeat == 1) {
    fputs(session->pass_count == 1 ? ", once" : ", once each", stream);
  } else {
    fprintf(stream, " × %d times%s", session->repeat, session->pass_count == 1 ? "" : " each");
  }
  fprintf(stream, ", with %s&nbsp;N at %s&nbsp;cm/s", NUMBER(session->force, 3),
          NUMBER(session->speed * 100, 3));
}

void percuta_report_story_lead(FILE *stream, const struct percuta_page *page) {
  static const char *const verb[] = {
      [PERCUTA_ROLLER] = "rolled", [PERCUTA_STAMP] = "stamped", [PERCUTA_PEN] = "needled"};
  const struct percuta_scenario *scenario = page->record->scenario;
  const struct percuta_skin *skin = page->record->skin;
  fprintf(stream, "A %s-year-old %s’s ",
          NUMBER(floor(scenario->person.age / PERCUTA_YEAR + 1e-6), 3),
          scenario->person.sex == PERCUTA_FEMALE ? "woman" : "man");
  write_site(stream, skin->site_name);
  if (!is_healthy(scenario)) {
    fputs(" (", stream);
    write_site(stream, skin->condition_name);
    fputs(")", stream);
  }
  fprintf(stream, " was %s with ", verb[scenario->device.kind]);
  write_device(stream, &scenario->device);
  fputs(", ", stream);
  write_passes(stream, &scenario->session);
  fputs(", in ", stream);
  write_count(stream, page->given, "session", "sessions");
  fputs(", and followed for ", stream);
  percuta_report_story_span(stream, scenario->course.follow_up);
  fputs(".", stream);
  if (scenario->person.draw == PERCUTA_DRAW_SAMPLED) {
    fputs(" This person was drawn from the published spread of skin; others differ.", stream);
  }
}

static void begin_step(FILE *stream, const char *title) {
  fprintf(stream, "<li><h3>%s</h3><p>", title);
}

static void end_step(FILE *stream) {
  fputs("</p></li>\n", stream);
}

static void write_strikes(FILE *stream, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  const struct percuta_session_readings *means = &page->session[0];
  const double width = page->record->width / PERCUTA_MM;
  begin_step(stream, "Strikes");
  fprintf(
      stream,
      "%s passes laid %zu strikes on a patch of %s&nbsp;×&nbsp;%s&nbsp;mm: "
      "<b>%s per cm²</b>, where the device's geometry gives %s on average.",
      NUMBER(page->record->scenario->session.pass_count * page->record->scenario->session.repeat,
             4),
      session->channels.count, NUMBER(width, 3), NUMBER(width, 3),
      NUMBER(means->strikes_per_area * CM2, 3),
      NUMBER(session->coverage.density_expected * CM2, 3));
  if (session->channels.count > 1) {
    fprintf(stream,
            " From a strike to the nearest other it is %s&nbsp;µm on average; were every strike to "
            "fall independently, it would be %s&nbsp;µm.",
            NUMBER(session->coverage.nearest_mean / PERCUTA_UM, 3),
            NUMBER(session->coverage.nearest_poisson / PERCUTA_UM, 3));
  }
  if (session->channels.reentered > 0) {
    fprintf(stream,
            " %zu strike%s (%s&nbsp;%%) fell into an earlier channel and opened nothing new; "
            "independent strikes would do so in %s&nbsp;%%.",
            session->channels.reentered, session->channels.reentered == 1 ? "" : "s",
            NUMBER(100 * means->reentry_share, 2), NUMBER(100 * means->reentry_poisson, 2));
  }
  if (page->given > 1) {
    fputs(" This is the first session; the table below has the others. Days count from the first "
          "session throughout.",
          stream);
  }
  end_step(stream);
}

/* How the force at hand compares with what the skin withstands: "2.4 times as much". */
static void write_ratio(FILE *stream, double ratio) {
  if (ratio >= 1.05) {
    fprintf(stream, "%s times as much", NUMBER(ratio, 2));
  } else if (ratio > 0.95) {
    fputs("about the same", stream);
  } else {
    fprintf(stream, "only %s&nbsp;%% of that", NUMBER(100 * ratio, 2));
  }
}

/* Stiffness depends on the size of what presses; the model takes that of one size. */
static void write_stiffness(FILE *stream, const struct percuta_skin *skin, double size) {
  bool outside;
  double there = percuta_skin_stiffness(skin, size, &outside);
  fprintf(
      stream,
      " Under the needles it was as stiff as a probe of %s&nbsp;µm finds it, %s&nbsp;MPa. Wider "
      "probes find skin softer: measurements at other sizes suggest %s&nbsp;kPa at the "
      "%s&nbsp;µm of this needle%s, with which published depths would not come about.",
      NUMBER(skin->stiffness_scale[PERCUTA_NEEDLE_POINT] / PERCUTA_UM, 3),
      NUMBER(skin->stiffness / MEGA, 3), NUMBER(there / KILO, 2), NUMBER(size / PERCUTA_UM, 3),
      outside ? ", which lies beyond these sizes" : "");
}

static void write_force(FILE *stream, const struct percuta_page *page) {
  const struct percuta_channels *channels = &page->record->session[0].channels;
  const struct percuta_session_readings *means = &page->session[0];
  begin_step(stream, "Force and skin");
  fprintf(stream,
          "On average %s needle%s shared the hand’s %s&nbsp;N. Breaking this skin takes "
          "<b>%s&nbsp;mN</b> on a tip this sharp; each needle had <b>%s&nbsp;mN</b>",
          NUMBER(channels->needles_in_contact, 3), channels->needles_in_contact == 1 ? "" : "s",
          NUMBER(page->record->scenario->session.force, 3),
          NUMBER(channels->puncture_force / MILLI, 3),
          NUMBER(channels->force_per_needle / MILLI, 3));
  if (channels->puncture_force > 0) {
    fputs(", ", stream);
    write_ratio(stream, channels->force_per_needle / channels->puncture_force);
  }
  if (means->opened == 0) {
    fprintf(stream,
            ". <b>No needle broke the skin</b>: it only gave way, by %s&nbsp;µm. A lighter device, "
            "fewer or sharper needles or a firmer hand would change that.",
            NUMBER(means->deflection_mean / PERCUTA_UM, 3));
  } else if (means->held > 0) {
    fprintf(stream, ". %zu of %zu strikes did not break the skin.", means->held, channels->count);
  } else {
    fputs(": every needle went in.", stream);
  }
  fputs(
      " The force that breaks the skin is one number for all needles of a device; real needles and "
      "spots of skin differ.",
      stream);
  write_stiffness(stream, page->record->skin, page->record->scenario->device.needle.base_diameter);
  if (means->opened > 0) {
    fprintf(stream,
            " Of the force on a needle that is in, %s&nbsp;%% cut, %s&nbsp;%% spread the cut and "
            "%s&nbsp;%% overcome friction.",
            NUMBER(100 * channels->share_cutting, 2), NUMBER(100 * channels->share_spreading, 2),
            NUMBER(100 * channels->share_friction, 2));
  }
  if (means->opened > 0 && means->force_mean < 0.99 * channels->force_per_needle) {
    fprintf(
        stream,
        " At their deepest the needles carry %s&nbsp;mN each; the device itself rests on the skin "
        "and takes the remainder, so a firmer hand would not drive them deeper.",
        NUMBER(means->force_mean / MILLI, 3));
  }
  end_step(stream);
}

static void write_vessel_reach(FILE *stream, const struct percuta_skin *skin, double depth) {
  fprintf(stream,
          " The tips of the capillary loops lie at %s&nbsp;µm, the upper vessel plexus at "
          "%s&nbsp;µm: ",
          NUMBER(skin->loop_top / PERCUTA_UM, 3), NUMBER(skin->plexus_depth / PERCUTA_UM, 3));
  if (depth < skin->loop_top) {
    fputs("the cuts end above both.", stream);
  } else if (depth < skin->plexus_depth) {
    fputs("the cuts reach the loops but not the plexus.", stream);
  } else {
    fputs("the cuts pass both.", stream);
  }
}

/* What is known of the depth, given how far sources differ. */
static void write_interval(FILE *stream, const struct percuta_page *page) {
  const struct percuta_uncertainty *interval = &page->record->session[0].channels.interval;
  const struct percuta_needle *needle = &page->record->scenario->device.needle;
  fprintf(stream,
          " With every parameter of insertion drawn from its range, 90&nbsp;%% of the depths lie "
          "<b>between %s and %s&nbsp;µm</b> (left open: %s to %s&nbsp;µm)",
          NUMBER(interval->depth_low / PERCUTA_UM, 2), NUMBER(interval->depth_high / PERCUTA_UM, 2),
          NUMBER(interval->residual_low / PERCUTA_UM, 2),
          NUMBER(interval->residual_high / PERCUTA_UM, 2));
  if (interval->breaks_share < 1) {
    fprintf(stream, ", and in %s&nbsp;%% the needle does not get in",
            NUMBER(100 * (1 - interval->breaks_share), 2));
  }
  fputs(".", stream);
  if (needle->wear > 0) {
    fprintf(stream, " Its tip is worn: %s&nbsp;µm blunter than new.",
            NUMBER(needle->wear / PERCUTA_UM, 3));
  }
  if (page->record->session[0].channels.bent > 0) {
    fprintf(stream, " %zu strikes were made by bent needles, which reach less deep.",
            page->record->session[0].channels.bent);
  }
}

static void write_depth(FILE *stream, const struct percuta_page *page) {
  const struct percuta_session_readings *means = &page->session[0];
  const struct percuta_skin *skin = page->record->skin;
  const double junction = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  begin_step(stream, "Depth");
  fprintf(stream, "While a needle is in, the skin is pushed down by %s&nbsp;µm and the cut is ",
          NUMBER(means->deflection_mean / PERCUTA_UM, 3));
  fprintf(stream,
          "<b>%s&nbsp;±&nbsp;%s&nbsp;µm</b> deep (mean and spread), of a needle of "
          "%s&nbsp;µm.",
          NUMBER(means->depth_mean / PERCUTA_UM, 3), NUMBER(means->depth_sd / PERCUTA_UM, 2),
          NUMBER(page->record->scenario->device.needle.length / PERCUTA_UM, 4));
  write_interval(stream, page);
  if (means->depth_mean <= junction) {
    fprintf(stream, " The epidermis is %s&nbsp;µm thick: on average the dermis was not reached.",
            NUMBER(junction / PERCUTA_UM, 3));
  } else {
    fprintf(stream, " The dermis begins at %s&nbsp;µm.", NUMBER(junction / PERCUTA_UM, 3));
  }
  write_vessel_reach(stream, skin, means->depth_mean);
  fprintf(stream, " After the needle has left, the skin springs back and %s&nbsp;µm stay open.",
          NUMBER(means->residual_mean / PERCUTA_UM, 3));
  if (means->tear_mean > 0) {
    fprintf(stream, " Rolling also tears along the path, by %s&nbsp;µm at the surface.",
            NUMBER(means->tear_mean / PERCUTA_UM, 3));
  }
  end_step(stream);
}

static void write_blood(FILE *stream, const struct percuta_page *page) {
  const struct percuta_bleeding *bleeding = &page->record->session[0].bleeding;
  const struct percuta_session_readings *means = &page->session[0];
  const double share = bleeding->channels_bleeding / (double)means->opened;
  const bool drawn = bleeding->vessels == PERCUTA_VESSELS_DRAWN;
  begin_step(stream, "Blood and clot");
  fprintf(stream,
          "Of %zu punctures <b>%s&nbsp;%%</b> %s a vessel, shedding "
          "%s&nbsp;µl of blood per cm² of skin. ",
          means->opened, NUMBER(100 * share, 2), drawn ? "cut" : "are expected to cut",
          NUMBER(bleeding->shed_per_area / UL_PER_CM2, 2));
  if (drawn) {
    fprintf(stream,
            "(The vessels of this patch were drawn at random: over all draws, %s&nbsp;%% and "
            "%s&nbsp;µl.) ",
            NUMBER(100 * bleeding->channels_bleeding_expected / (double)means->opened, 2),
            NUMBER(bleeding->shed_per_area_expected / UL_PER_CM2, 2));
  }
  if (share < 0.01) {
    fputs("In effect it drew no blood", stream);
    fputs(page->record->session[0].injured_frac > 0
              ? ": what little repair follows is called by cut tissue alone."
              : ".",
          stream);
  } else {
    if (bleeding->pinpoint_bleeding) {
      fprintf(stream,
              "In %s of them that is more than the cut holds: blood shows at the surface as "
              "pinpoints, until the vessels are plugged after about %s&nbsp;s. ",
              NUMBER(bleeding->channels_overflowing, 3),
              NUMBER(page->record->session[0].plugged_at, 2));
    } else {
      fputs("The cuts hold all of it: no blood is expected to show at the surface. ", stream);
    }
    fprintf(stream,
            "Clot fills <b>%s&nbsp;%%</b> of the cut volume; its platelets give the first signal "
            "to repair.",
            NUMBER(100 * means->clot_fill_mean, 2));
  }
  end_step(stream);
}

/* Thrombin, fibrin and platelets in the order in which they come. */
static void write_clotting(FILE *stream, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  const struct percuta_clot *clot = &session->clot;
  begin_step(stream, "Clotting");
  fprintf(stream, "Platelets plug a cut vessel in about <b>%s&nbsp;s</b>. ",
          NUMBER(session->plugged_at, 2));
  if (isfinite(clot->threshold_time)) {
    fprintf(stream, "Thrombin is there in earnest after %s&nbsp;s and peaks at %s&nbsp;nmol/l; ",
            NUMBER(clot->threshold_time, 3), NUMBER(clot->peak / NMOL_PER_L, 3));
  } else {
    fprintf(stream, "Thrombin stays below %s&nbsp;nmol/l in %s minutes; ",
            NUMBER(clot->peak / NMOL_PER_L, 2), NUMBER(clot->window / 60, 3));
  }
  if (isfinite(clot->fibrin_time)) {
    fprintf(stream, "half of the fibrinogen is fibrin after <b>%s&nbsp;s</b>. ",
            NUMBER(clot->fibrin_time, 3));
  } else {
    fprintf(stream,
            "<b>less than half of the fibrinogen turns into fibrin</b> in %s minutes, so plugs may "
            "open again. ",
            NUMBER(clot->window / 60, 3));
  }
  fprintf(stream,
          "%s&nbsp;%% of the platelets release, %s&nbsp;ng/ml of PDGF and %s&nbsp;ng/ml of TGF-β",
          NUMBER(100 * clot->platelets_released, 3), NUMBER(clot->pdgf / NG_PER_ML, 2),
          NUMBER(clot->tgf_beta / NG_PER_ML, 2));
  if (fabs(clot->signal_rel - 1) > 0.005) {
    fprintf(stream, ", <b>%s&nbsp;%%</b> of what normal blood gives",
            NUMBER(100 * clot->signal_rel, 2));
  }
  fputs(
      ". How much tissue factor blood meets in such a cut is not known, so times are less certain "
      "than the comparison of one person with another.",
      stream);
  end_step(stream);
}

static void write_injury(FILE *stream, const struct percuta_page *page) {
  const struct percuta_session_record *session = &page->record->session[0];
  begin_step(stream, "Injury");
  fprintf(
      stream,
      "The cuts take up <b>%s&nbsp;%%</b> of the dermis between %s and %s&nbsp;µm. All averages "
      "below are over this depth.",
      NUMBER(100 * session->injured_frac, 2), NUMBER(page->record->treated_top / PERCUTA_UM, 3),
      NUMBER(page->record->treated_bottom / PERCUTA_UM, 3));
  if (session->overlap_volume > 0.001 * session->channel_volume) {
    fprintf(stream, " %s&nbsp;%% of the volume of the cuts overlaps and counts once.",
            NUMBER(100 * session->overlap_volume / session->channel_volume, 2));
  }
  end_step(stream);
}

/* With the second core. */
static void write_cytokine(FILE *stream, const struct percuta_page *page) {
  begin_step(stream, "Call for repair");
  fprintf(stream,
          "Clot and cut tissue call in macrophages, most of them on day %s. Platelets and "
          "macrophages release an inflammatory signal, and this a cytokine: on average it is "
          "highest on day %s, at %s against before. The cytokine makes fibroblasts divide, "
          "and make and cut more collagen.",
          DAY(OUTCOME(inflammation_peak_d)), DAY(OUTCOME(cytokine_peak_d)),
          CHANGE(OUTCOME(cytokine_peak_rel)));
  end_step(stream);
}

static void write_signal(FILE *stream, const struct percuta_page *page) {
  begin_step(stream, "Call for repair");
  fprintf(
      stream,
      "Clot and cut tissue call in macrophages, most of them on day %s. Platelets and "
      "macrophages release a signalling molecule; on average it reaches %s&nbsp;%% of the level "
      "above which tissue would run away.",
      DAY(OUTCOME(inflammation_peak_d)), NUMBER(OUTCOME(signal_peak_pct), 2));
  if (page->record->runaway_volume_frac > 0) {
    fprintf(
        stream,
        " Around the cuts the level was passed for a time, in at most %s&nbsp;%% of the dermis; "
        "spreading brought it down.",
        NUMBER(100 * page->record->runaway_volume_frac, 2));
  }
  fprintf(
      stream,
      " The signal makes fibroblasts divide and turn into myofibroblasts: at most %s&nbsp;%% of "
      "them, on day %s.",
      NUMBER(OUTCOME(myofibroblast_peak_pct), 2), DAY(OUTCOME(myofibroblast_peak_d)));
  end_step(stream);
}

/* Collagen at the times at which it is told after its peak, or at all of them when it never rose.
 */
static void write_later(FILE *stream, const struct percuta_page *page, bool risen) {
  static const char *const when[PERCUTA_OUTCOME_TIMES] = {"one month", "three months", "six months",
                                                          "twelve months"};
  const char *lead =
      risen ? "Afterwards turnover wears the surplus down: " : "Against before it is ";
  double last = NAN;
  for (int i = 0; i < PERCUTA_OUTCOME_TIMES; ++i) {
    const struct percuta_outcome_time time = percuta_outcome_outcomes_time[i];
    const double then =
        percuta_outcome_outcomes_number_on(page->record, PERCUTA_OUTCOME_collagen_total_rel, time);
    if (isfinite(then) && (!risen || time.day > OUTCOME(collagen_peak_d))) {
      fprintf(stream, "%s%s after %s", lead, CHANGE(then), when[i]);
      lead = ", ";
      last = then;
    }
  }
  fputs(isfinite(last) ? "." : "", stream);
  if (risen && isfinite(last) && fabs(last - 1) < 1e-3) {
    fputs(" In this model a passing stimulus leaves next to no lasting gain.", stream);
  }
}

static void write_collagen(FILE *stream, const struct percuta_page *page) {
  const bool risen = OUTCOME(collagen_peak_rel) > 1 + 5e-5;
  begin_step(stream, "Collagen");
  if (risen) {
    fprintf(stream,
            "The cells lay down collagen faster than it is lost, until the signal has gone: it is "
            "highest on <b>day %s</b>, at <b>%s</b> against before. ",
            DAY(OUTCOME(collagen_peak_d)), CHANGE(OUTCOME(collagen_peak_rel)));
  } else {
    fputs("New collagen at most replaces what was cut: the total never rises above its start. ",
          stream);
  }
  if (OUTCOME(collagen_III_share_peak_pct) - OUTCOME(collagen_III_share_start_pct) > 0.2) {
    fprintf(
        stream,
        "New collagen is rich in type III, whose share rises from %s to %s&nbsp;%% by day %s%s. ",
        NUMBER(OUTCOME(collagen_III_share_start_pct), 3),
        NUMBER(OUTCOME(collagen_III_share_peak_pct), 3), DAY(OUTCOME(collagen_III_share_peak_d)),
        OUTCOME(collagen_III_share_pct) < OUTCOME(collagen_III_share_peak_pct)
            ? " and falls as it matures"
            : "");
  }
  write_later(stream, page, risen);
  end_step(stream);
}

static void write_factor(FILE *stream, const char *what, double factor, const char **separator) {
  if (fabs(factor - 1) > 1e-9) {
    fprintf(stream, "%s%s %s", *separator, what, NUMBER(factor, 3));
    *separator = ", ";
  }
}

/* What the condition changed, so that a reader can tell why two scenarios differ. */
static void write_condition(FILE *stream, const struct percuta_page *page) {
  const struct percuta_skin *skin = page->record->skin;
  begin_step(stream, "What is special about this skin");
  fputs("It is taken as <b>", stream);
  percuta_report_html_text(stream, skin->condition_name);
  fputs("</b>.", stream);
  const char *separator = " Against healthy skin, as factors: ";
  write_factor(stream, "blood flow", skin->perfusion_rel, &separator);
  write_factor(stream, "division of cells", skin->proliferation_factor, &separator);
  write_factor(stream, "production of collagen", skin->production_factor, &separator);
  write_factor(stream, "clearing of clot and macrophages", skin->clearance_factor, &separator);
  if (strcmp(separator, ", ") == 0) {
    fputs(".", stream);
  }
  fprintf(stream, " Resting collagen is %s of that of a young adult",
          NUMBER(skin->collagen_rel, 3));
  if (skin->has_defect) {
    fprintf(stream, "; inside a %s %s&nbsp;mm wide and %s&nbsp;mm deep it is %s of that around it",
            skin->defect_is_stripe ? "stripe" : "scar", NUMBER(skin->defect_width / PERCUTA_MM, 3),
            NUMBER(skin->defect_depth / PERCUTA_MM, 3), NUMBER(skin->defect_collagen_rel, 3));
  }
  fputs(".", stream);
  end_step(stream);
}

/* The days to healed that all sessions share, or a negative number. */
static double common_days(const struct percuta_page *page) {
  const double first = percuta_outcome_readings_days_to_healed(&page->record->session[0]);
  for (int i = 1; i < page->given; ++i) {
    if (fabs(percuta_outcome_readings_days_to_healed(&page->record->session[i]) - first) > 0.05) {
      return -1;
    }
  }
  return page->given > 1 ? first : -1;
}

static void write_session_healed(FILE *stream, const struct percuta_page *page, int index) {
  const struct percuta_session_record *session = &page->record->session[index];
  const double days = percuta_outcome_readings_days_to_healed(session);
  if (session->channels.penetrated == 0) {
    fprintf(stream, " Session %d opened nothing.", session->number);
  } else if (days >= 0) {
    fprintf(stream, " After session %d that took <b>%s days</b>.", session->number, DAY(days));
  } else {
    fprintf(stream, " After session %d it was not reached %s.", session->number,
            index + 1 < page->given ? "before the next one" : "before the end of the follow-up");
  }
}

/* The two states of closure, and how far people differ in them. */
static void write_closing(FILE *stream, const struct percuta_session_record *session) {
  if (!(session->opening.density > 0)) {
    return;
  }
  fprintf(stream,
          " Just after the first session the skin loses <b>%s times</b> as much water as before;",
          NUMBER(session->tewl_rel, 2));
  fprintf(stream, " that is back to within a tenth after <b>%s h</b> (%s to %s h in most people).",
          NUMBER(session->barrier.median / PERCUTA_HOUR, 2),
          NUMBER(session->barrier.low / PERCUTA_HOUR, 2),
          NUMBER(session->barrier.high / PERCUTA_HOUR, 2));
  fprintf(stream, " The punctures themselves count as closed after <b>%s h</b> (%s to %s h).",
          NUMBER(session->closure.median / PERCUTA_HOUR, 2),
          NUMBER(session->closure.low / PERCUTA_HOUR, 2),
          NUMBER(session->closure.high / PERCUTA_HOUR, 2));
}

static void write_healed(FILE *stream, const struct percuta_page *page) {
  const struct percuta_record *record = page->record;
  const double common = common_days(page);
  begin_step(stream, "Healed?");
  fputs(
      "Healed means: punctures closed, water loss as before, clot gone, inflammation over and the "
      "signal quiet.",
      stream);
  write_closing(stream, &record->session[0]);
  if (common >= 0) {
    fprintf(stream, " After each session that took <b>%s days</b>.", DAY(common));
  }
  for (int i = 0; i < record->session_count; ++i) {
    const struct percuta_session_record *session = &record->session[i];
    if (!session->given) {
      fprintf(stream, " Session %d was not given: the skin had not healed before the end.",
              session->number);
      continue;
    }
    const double delay = (session->start - session->planned) / PERCUTA_DAY;
    if (delay > 0.05) {
      fprintf(stream, " Session %d waited %s days longer than planned for the skin to heal.",
              session->number, DAY(delay));
    }
    if (common < 0) {
      write_session_healed(stream, page, i);
    }
  }
  end_step(stream);
}

/* What follows from the cuts, or why nothing does. */
static void write_repair(FILE *stream, const struct percuta_page *page) {
  double injured = 0;
  for (int i = 0; i < page->given; ++i) {
    injured = fmax(injured, page->record->session[i].injured_frac);
  }
  if (injured > 0) {
    write_injury(stream, page);
    if (page->record->timeline.count > 0) {
      if (percuta_healing_layout_on(&page->record->layout, PERCUTA_PART_pensalfini)) {
        write_cytokine(stream, page);
      } else {
        write_signal(stream, page);
      }
      write_collagen(stream, page);
    }
  } else {
    begin_step(stream, "No injury of the dermis");
    fputs("<b>The cuts stay in the epidermis.</b> Repair of the dermis was never called for, so "
          "collagen and cells stay as they were.",
          stream);
    end_step(stream);
  }
}

/* What came on the skin after the needles, in the order of time. */
static void write_products(FILE *stream, const struct percuta_page *page) {
  percuta_report_numbing_step(stream, page, false);
  percuta_report_penetration_step(stream, page);
}

void percuta_report_story_steps(FILE *stream, const struct percuta_page *page) {
  if (page->given == 0) {
    return;
  }
  percuta_report_numbing_step(stream, page, true);
  write_strikes(stream, page);
  write_force(stream, page);
  if (page->session[0].opened > 0) {
    write_depth(stream, page);
    write_blood(stream, page);
    if (page->record->session[0].bleeding.channels_bleeding >= 0.5) {
      write_clotting(stream, page);
    }
    write_products(stream, page);
    write_repair(stream, page);
    write_healed(stream, page);
  } else {
    write_products(stream, page);
    begin_step(stream, "Nothing followed");
    fputs("Without an opening there is no clot, no call for repair and no change of collagen.",
          stream);
    end_step(stream);
  }
  if (!is_healthy(page->record->scenario)) {
    write_condition(stream, page);
  }
}
