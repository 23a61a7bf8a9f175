#include "outcome/safety.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

/* What the warnings rest on. */
struct facts {
  double clinical_length;                           /* [m] shortest needle of a clinical device */
  double interval_low;                              /* [s] */
  const struct percuta_parameter *pigment, *tracks; /* shares of patients; borrowed */
};

static enum percuta_status read_facts(const struct percuta_scenario *scenario,
                                      struct percuta_diag *diag, struct facts *facts) {
  double share = 0; /* read through the parameter itself, which knows its range */
  const struct percuta_parameter_slot slots[] = {
      {"outcome.redness_length_low", &facts->clinical_length},
      {"outcome.interval_low", &facts->interval_low},
      {"outcome.pigment_share", &share},
      {"outcome.track_share", &share}};
  facts->pigment = percuta_base_parameters_find(scenario->parameters, "outcome.pigment_share");
  facts->tracks = percuta_base_parameters_find(scenario->parameters, "outcome.track_share");
  return percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots,
                                      diag);
}

__attribute__((format(printf, 2, 3))) static void warn(struct percuta_safety *safety,
                                                       const char *format, ...) {
  if (safety->count == PERCUTA_SAFETY_MOST)
    return;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(safety->text[safety->count++], PERCUTA_SAFETY_LENGTH, format, arguments);
  va_end(arguments);
}

/* A share of patients, with who they were. */
static void warn_share(struct percuta_safety *safety, const char *what,
                       const struct percuta_parameter *share) {
  warn(safety, "%s: in %.2g %% of patients (range %.2g to %.2g %%; %s).", what, share->value,
       share->low, share->high, share->population);
}

/* Share of the opened channels whose needle reached below the dermis. */
static double share_in_fat(const struct percuta_skin *skin,
                           const struct percuta_channels *channels) {
  double bottom = percuta_skin_layer_top(skin, PERCUTA_HYPODERMIS);
  size_t deep = 0;
  for (size_t i = 0; i < channels->count; i++)
    deep += channels->item[i].penetrated && channels->item[i].depth > bottom;
  return channels->penetrated > 0 ? (double)deep / (double)channels->penetrated : 0;
}

enum percuta_status percuta_outcome_safety_compute(const struct percuta_scenario *scenario,
                                                   const struct percuta_skin *skin,
                                                   const struct percuta_channels *channels,
                                                   const struct percuta_bleeding *bleeding,
                                                   struct percuta_diag *diag,
                                                   struct percuta_safety *out) {
  struct facts facts = {0};
  enum percuta_status status = read_facts(scenario, diag, &facts);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_safety safety = {.count = 0};
  if (channels->penetrated > 0) {
    bool clinical = scenario->device.needle.length >= facts.clinical_length;
    double fat = share_in_fat(skin, channels);
    if (fat > 0)
      warn(&safety,
           "Needles go through the dermis into the fat in %.3g %% of the punctures: the dermis of "
           "this site is %.2g mm thick.",
           100 * fat,
           (skin->thickness[PERCUTA_PAPILLARY_DERMIS] + skin->thickness[PERCUTA_RETICULAR_DERMIS]) /
               PERCUTA_MM);
    if (bleeding->pinpoint_bleeding)
      warn(&safety, "Blood comes to the surface: needles must be sterile and used on one person "
                    "only.");
    if (clinical && scenario->person.phototype >= PERCUTA_PHOTOTYPE_IV)
      warn_share(&safety, "Darker skin is at risk of dark marks", facts.pigment);
    if (clinical && scenario->device.kind == PERCUTA_ROLLER)
      warn_share(&safety, "A roller can leave rows of scars", facts.tracks);
    if (clinical && scenario->course.sessions > 1 && scenario->course.interval < facts.interval_low)
      warn(&safety,
           "Sessions are %.3g days apart: published trials of needles of this kind leave at least "
           "%.3g.",
           scenario->course.interval / PERCUTA_DAY, facts.interval_low / PERCUTA_DAY);
    if (skin->perfusion_rel < 1)
      warn(&safety, "No published needling of poorly perfused skin was found: everything said here "
                    "of its healing is extrapolated.");
  }
  *out = safety;
  return PERCUTA_OK;
}
