/* A virtual cutometer. A stretched membrane under suction p over an opening of radius a domes by w:
 *   p = c [4 T w/a^2 + (8/3) (1.015 - 0.247 nu) E h w^3/((1 - nu) a^4)]   (bulge test)
 * R0 = w; in time U(t) = Ue + Uv (1 - exp(-t/tau)), elastin pulls back: Ur = R5 Ue, R5 as elastin,
 *   R7 = Ur/Uf = R5 Ue/Uf,   R2 = Ua/Uf = R7 + what creeps back, which stays.
 * Theory: docs/theory/suction.md. Test: tests/unit/test_suction.c. */
#include "outcome/suction.h"

#include <math.h>

#include "base/units.h"
#include "outcome/law.h"
#include "outcome/outcomes.h"
#include "outcome/thickness.h"
#include "outcome/timeline.h"

enum { HALVINGS = 60 };

enum percuta_status percuta_outcome_suction_read(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_suction_law *out) {
  struct percuta_suction_law law = {0};
  const struct percuta_parameter_slot slots[] = {{"suction.pressure", &law.pressure},
                                                 {"suction.radius", &law.radius},
                                                 {"suction.geometry", &law.geometry},
                                                 {"suction.immediate", &law.immediate},
                                                 {"suction.net", &law.net},
                                                 {"suction.gross", &law.gross},
                                                 {"mechanics.modulus", &law.modulus},
                                                 {"mechanics.tension", &law.tension},
                                                 {"mechanics.poisson_ratio", &law.poisson}};
  PERCUTA_TRY(percuta_base_parameters_fill(scenario->parameters, slots,
                                           sizeof slots / sizeof *slots, diag));
  *out = law;
  return PERCUTA_OK;
}

/* Suction [Pa] that a dome of height w [m] needs. 1.015 - 0.247 nu is the factor of a clamped
 * circle in Small & Nix 1992, J Mater Res 7:1553, as remembered; to be checked against the paper.
 */
static double pressure_of(const struct percuta_suction_law *law, double tension, double modulus,
                          double thick, double w) {
  const double a2 = law->radius * law->radius, nu = law->poisson;
  return law->geometry * (4 * tension * w / a2 + 8.0 / 3 * (1.015 - 0.247 * nu) * modulus * thick *
                                                     w * w * w / ((1 - nu) * a2 * a2));
}

double percuta_outcome_suction_dome(const struct percuta_suction_law *law, double tension,
                                    double modulus, double thick) {
  const double a2 = law->radius * law->radius;
  double low = 0, high = law->pressure * a2 / (4 * law->geometry * tension); /* as if never stiff */
  for (int i = 0; i < HALVINGS; i++) {
    const double middle = (low + high) / 2;
    *(pressure_of(law, tension, modulus, thick, middle) < law->pressure ? &low : &high) = middle;
  }
  return (low + high) / 2;
}

/* Elastic recoil at once over the elastic rise: as much as there is elastin to pull. */
static double net_of(const struct percuta_record *record, double day) {
  const struct percuta_timeline_row row = percuta_outcome_timeline_row_at(&record->timeline, day);
  return fmin(1, record->law->suction.net * row.elastin_rel);
}

struct percuta_outcome_value percuta_outcome_suction_r0(const struct percuta_record *record,
                                                        const struct percuta_outcome *outcome,
                                                        double day) {
  const struct percuta_suction_law *law = &record->law->suction;
  const struct percuta_timeline_row row = percuta_outcome_timeline_row_at(&record->timeline, day);
  const double share = record->law->surface.share.value;
  (void)outcome;
  return percuta_outcome_simulated(
      percuta_outcome_suction_dome(law, law->tension * row.tightness_rel,
                                   law->modulus * sqrt(record->skin->collagen_rel) *
                                       row.stiffness_rel,
                                   percuta_outcome_thickness_dermis(record, share, day)) /
      PERCUTA_MM);
}

struct percuta_outcome_value percuta_outcome_suction_r2(const struct percuta_record *record,
                                                        const struct percuta_outcome *outcome,
                                                        double day) {
  const struct percuta_suction_law *law = &record->law->suction;
  (void)outcome;
  return percuta_outcome_simulated(
      fmin(1, law->gross + law->immediate * (net_of(record, day) - law->net)));
}

struct percuta_outcome_value percuta_outcome_suction_r5(const struct percuta_record *record,
                                                        const struct percuta_outcome *outcome,
                                                        double day) {
  (void)outcome;
  return percuta_outcome_simulated(net_of(record, day));
}

struct percuta_outcome_value percuta_outcome_suction_r7(const struct percuta_record *record,
                                                        const struct percuta_outcome *outcome,
                                                        double day) {
  (void)outcome;
  return percuta_outcome_simulated(record->law->suction.immediate * net_of(record, day));
}
