/* Densities are the closed forms of device/; their interval is that of the number of strikes on one
 * square of 1 cm^2, as if they fell independently of each other (Poisson), which many passes come
 * near to and few stay below. Theory: docs/theory/device.md. Test: tests/unit/test_sheet.c. */
#include "sheet/strikes.h"

#include <math.h>

#include "device/coverage.h"
#include "device/device.h"

static const double CM2 = 1e-4; /* [m^2] */
static const double LOW = 0.05, HIGH = 0.95;
static const double SLIP = 0.1; /* that a rate is also given for */
static const double MANY = 1e4; /* from which on the normal distribution is as good */

double percuta_sheet_strikes_quantile(double mean, double share) {
  static const double NORMAL_90 = 1.6448536269514722;
  if (mean > MANY)
    return round(mean + (share < 0.5 ? -NORMAL_90 : NORMAL_90) * sqrt(mean));
  double log_term = -mean, sum = exp(log_term), k = 0;
  while (sum < share) {
    k++;
    log_term += log(mean / k);
    sum += exp(log_term);
  }
  return k;
}

static struct percuta_sheet_strikes after(int passes, double density, double radius) {
  const double total = passes * density, count = total * CM2;
  return (struct percuta_sheet_strikes){
      .passes = passes,
      .density = {total, percuta_sheet_strikes_quantile(count, LOW) / CM2,
                  percuta_sheet_strikes_quantile(count, HIGH) / CM2},
      .reentered = radius > 0 ? percuta_device_coverage_reentry(total, radius) : 0};
}

void percuta_sheet_strikes_fill(const struct percuta_scenario *scenario,
                                struct percuta_sheet *sheet) {
  static const int usual[] = {1, 2, 4, 8, 16, 32};
  const struct percuta_device *device = &scenario->device;
  const struct percuta_session *session = &scenario->session;
  const double density = percuta_device_strike_density(device, session->speed, session->slip);
  const double radius = sheet->base.width.value / 2;
  bool placed = false;
  sheet->session_passes = session->pass_count * session->repeat;
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
    if (!placed && sheet->session_passes < usual[i])
      sheet->strikes[sheet->strike_count++] = after(sheet->session_passes, density, radius);
    placed = placed || sheet->session_passes <= usual[i];
    sheet->strikes[sheet->strike_count++] = after(usual[i], density, radius);
  }
  if (!placed)
    sheet->strikes[sheet->strike_count++] = after(sheet->session_passes, density, radius);
  sheet->rate = percuta_device_strike_rate(device, session->speed, session->slip);
  sheet->slower = percuta_device_strike_density(device, session->speed / 2, session->slip);
  sheet->faster = percuta_device_strike_density(device, session->speed * 2, session->slip);
  if (device->kind == PERCUTA_ROLLER)
    sheet->slipping = percuta_device_strike_density(device, session->speed, SLIP);
}
