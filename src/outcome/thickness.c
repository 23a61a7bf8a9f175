/* With g the collagen gained, as the dermis that held as much before, D the dermis, s the share
 * that shows as volume:   D(t) = D + s g,   density over before = (D + g)/(D + s g). Theory:
 * docs/theory/suction.md. Test: tests/unit/test_outcomes.c. */
#include "outcome/thickness.h"

#include <math.h>

#include "base/units.h"
#include "outcome/law.h"
#include "outcome/outcomes.h"
#include "outcome/timeline.h"

enum percuta_status percuta_outcome_thickness_read(const struct percuta_scenario *scenario,
                                                   struct percuta_diag *diag,
                                                   struct percuta_thickness_law *out) {
  struct percuta_thickness_law law = {0};
  const struct percuta_parameter_slot slots[] = {
      {"thickness.dermis_histology", &law.dermis_histology},
      {"thickness.epidermis_ultrasound", &law.epidermis_ultrasound}};
  PERCUTA_TRY(percuta_base_parameters_fill(scenario->parameters, slots,
                                           sizeof slots / sizeof *slots, diag));
  *out = law;
  return PERCUTA_OK;
}

static double dermis_before(const struct percuta_record *record) {
  return record->skin->thickness[PERCUTA_PAPILLARY_DERMIS] +
         record->skin->thickness[PERCUTA_RETICULAR_DERMIS];
}

static double gain_on(const struct percuta_record *record, double day) {
  return percuta_outcome_timeline_row_at(&record->timeline, day).collagen_gain_um * PERCUTA_UM;
}

double percuta_outcome_thickness_dermis(const struct percuta_record *record, double share,
                                        double day) {
  return dermis_before(record) + share * gain_on(record, day);
}

/* The dermis times `scale`, at the law's share and the ends of its range. */
static struct percuta_outcome_value dermis(const struct percuta_record *record, double scale,
                                           double day) {
  const struct percuta_outcome_range *share = &record->law->surface.share;
  const double low = percuta_outcome_thickness_dermis(record, share->low, day);
  const double high = percuta_outcome_thickness_dermis(record, share->high, day);
  return (struct percuta_outcome_value){
      scale * percuta_outcome_thickness_dermis(record, share->value, day) / PERCUTA_UM,
      scale * fmin(low, high) / PERCUTA_UM, scale * fmax(low, high) / PERCUTA_UM, NAN, false};
}

struct percuta_outcome_value
percuta_outcome_thickness_dermis_ultrasound(const struct percuta_record *record,
                                            const struct percuta_outcome *outcome, double day) {
  (void)outcome;
  return dermis(record, 1, day);
}

struct percuta_outcome_value
percuta_outcome_thickness_dermis_histology(const struct percuta_record *record,
                                           const struct percuta_outcome *outcome, double day) {
  (void)outcome;
  return dermis(record, record->law->thickness.dermis_histology, day);
}

struct percuta_outcome_value
percuta_outcome_thickness_epidermis_ultrasound(const struct percuta_record *record,
                                               const struct percuta_outcome *outcome, double day) {
  (void)outcome;
  return percuta_outcome_simulated(
      record->law->thickness.epidermis_ultrasound *
      percuta_outcome_timeline_row_at(&record->timeline, day).epidermis_um);
}

struct percuta_outcome_value
percuta_outcome_thickness_density(const struct percuta_record *record,
                                  const struct percuta_outcome *outcome, double day) {
  const struct percuta_outcome_range *share = &record->law->surface.share;
  const double whole = dermis_before(record) + gain_on(record, day);
  const double value[] = {share->value, share->low, share->high};
  double found[3];
  (void)outcome;
  for (int i = 0; i < 3; i++)
    found[i] = whole / percuta_outcome_thickness_dermis(record, value[i], day);
  return (struct percuta_outcome_value){found[0], fmin(found[1], found[2]),
                                        fmax(found[1], found[2]), NAN, false};
}
