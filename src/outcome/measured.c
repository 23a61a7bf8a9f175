/* Residuals of a curve at measured points, n of them, c computed and m measured:
 *   RMSE = sqrt(sum (c - m)^2 / n),   fold = exp(sum |ln(c/m)| / k),   bias = exp(sum ln(c/m) / k)
 * over the k points where both are above 0. Test: tests/unit/test_measured.c. */
#include "outcome/measured.h"

#include <math.h>
#include <stdio.h>

#include "base/units.h"
#include "transport/flux.h"

#define UG_PER_CM2 1e-5 /* [kg/m^2] */

static const struct percuta_measured *points_of(const struct percuta_record *record, int index) {
  return record->scenario->session.products[index].measured;
}

double percuta_outcome_measured_computed(const struct percuta_record *record, int index,
                                         const struct percuta_measured_point *point) {
  const struct percuta_penetration *penetration = &record->penetration[index];
  const struct percuta_penetration_active *active = &penetration->active[0];
  const struct percuta_permeation *course =
      point->intact || penetration->met != PERCUTA_PENETRATION_PUNCTURED ? active->intact
                                                                         : active->needled;
  int after = 0;
  if (penetration->active_count == 0 || course == NULL)
    return NAN;
  while (after < penetration->count && penetration->time[after] < point->time * (1 - 1e-9))
    after++;
  if (after == penetration->count)
    return NAN;
  if (points_of(record, index)->flux)
    return percuta_transport_flux_mean(penetration, course, after);
  const double end = penetration->time[after];
  const double start = after > 0 ? penetration->time[after - 1] : 0;
  const double high = percuta_transport_flux_passed(penetration, course, after);
  const double low = after > 0 ? percuta_transport_flux_passed(penetration, course, after - 1) : 0;
  const double share = end > start ? fmin(1, (point->time - start) / (end - start)) : 1;
  return share >= 1 - 1e-9 ? high : low + share * (high - low);
}

bool percuta_outcome_measured_fit(const struct percuta_record *record, int index,
                                  struct percuta_measured_fit *out) {
  const struct percuta_measured *measured = points_of(record, index);
  struct percuta_measured_fit fit = {.count = 0};
  double squares = 0, folds = 0, biases = 0;
  int both = 0;
  for (int i = 0; measured && i < measured->count; i++) {
    const struct percuta_measured_point *point = &measured->point[i];
    const double computed = percuta_outcome_measured_computed(record, index, point);
    if (isnan(computed))
      continue;
    fit.count++;
    squares += (computed - point->value) * (computed - point->value);
    if (isfinite(point->spread)) {
      fit.spread++;
      fit.covered += fabs(computed - point->value) <= point->spread;
    }
    if (!(computed > 0) || !(point->value > 0))
      continue;
    both++;
    biases += log(computed / point->value);
    folds += fabs(log(computed / point->value));
    fit.within_two += fabs(log(computed / point->value)) <= log(2);
  }
  if (fit.count == 0)
    return false;
  fit.rmse = sqrt(squares / fit.count);
  fit.fold = both > 0 ? exp(folds / both) : NAN;
  fit.bias = both > 0 ? exp(biases / both) : NAN;
  *out = fit;
  return true;
}

void percuta_outcome_measured_say(const struct percuta_record *record, int index,
                                  const struct percuta_measured_fit *fit, char *out, size_t size) {
  const struct percuta_product_plan *plan = &record->scenario->session.products[index];
  const bool flux = plan->measured->flux;
  char fold[96] = "";
  if (isfinite(fit->fold))
    snprintf(fold, sizeof fold,
             ", fold error %.3g (computed over measured %.3g), %d within two-fold", fit->fold,
             fit->bias, fit->within_two);
  snprintf(out, size, "%s beside %s: %d point%s, RMSE %.3g ug/cm^2%s%s", plan->product,
           plan->measured_file, fit->count, fit->count == 1 ? "" : "s",
           fit->rmse / UG_PER_CM2 * (flux ? PERCUTA_HOUR : 1), flux ? "/h" : "", fold);
}
