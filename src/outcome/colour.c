/* Reflectance of a dermis that scatters under an epidermis that absorbs, in each of three bands:
 *   R = T^2 R_d,  T = exp(-(f_mel mu_mel + mu_0) d),
 *   R_d = (a'/2)(1 + exp(-(4/3) A s)) exp(-s),  s = sqrt(3 (1 - a')),  a' = mu_s'/(mu_s' + mu_a),
 *   mu_a = B [S mu_oxy + (1 - S) mu_deoxy] + mu_0
 * and from them CIE L*a*b*, X = 0.77 R_red + 0.23 R_blue, Y = R_green, Z = R_blue relative to
 * white. Theory: docs/theory/redness.md. Test: tests/unit/test_redness.c. */
#include "outcome/colour.h"

#include <math.h>
#include <stdio.h>

/* A, of the index of refraction at the surface: as in the source of OUTC-245. */
static const double MISMATCH = 2.6;

/* Shares of blue, green and red light in X, Y and Z of white: the CIE 1931 observer below 500 nm,
 * from there to 575 nm, and above. */
enum { X, Y, Z, STIMULI };
static const double OBSERVER[STIMULI][PERCUTA_BANDS] = {
    [X] = {0.166, 0.218, 0.616}, [Y] = {0.054, 0.589, 0.357}, [Z] = {0.946, 0.054, 0}};

enum percuta_status percuta_outcome_colour_read(const struct percuta_scenario *scenario,
                                                struct percuta_diag *diag,
                                                struct percuta_colour_law *out) {
  static const char *const band[PERCUTA_BANDS] = {"blue", "green", "red"};
  struct percuta_colour_law law;
  for (int i = 0; i < PERCUTA_BANDS; i++) {
    enum { NAMES = 5 };
    static const char *const what[NAMES] = {"oxygenated", "deoxygenated", "melanin", "baseline",
                                            "scattering"};
    double *const home[NAMES] = {&law.oxygenated[i], &law.deoxygenated[i], &law.melanin[i],
                                 &law.baseline[i], &law.scattering[i]};
    for (int n = 0; n < NAMES; n++) {
      char name[64];
      snprintf(name, sizeof name, "colour.%s_%s", what[n], band[i]);
      const struct percuta_parameter_slot slot = {name, home[n]};
      PERCUTA_TRY(percuta_base_parameters_fill(scenario->parameters, &slot, 1, diag));
    }
  }
  *out = law;
  return PERCUTA_OK;
}

static double reflectance(const struct percuta_colour_law *law,
                          const struct percuta_pigments *pigments, int band) {
  const double veil =
      exp(-(pigments->melanin * law->melanin[band] + law->baseline[band]) * pigments->epidermis);
  const double absorption =
      pigments->blood * (pigments->saturation * law->oxygenated[band] +
                         (1 - pigments->saturation) * law->deoxygenated[band]) +
      law->baseline[band];
  const double albedo = law->scattering[band] / (law->scattering[band] + absorption);
  const double depth = sqrt(3 * (1 - albedo));
  return veil * veil * albedo / 2 * (1 + exp(-4.0 / 3 * MISMATCH * depth)) * exp(-depth);
}

/* f of CIE L*a*b*: a cube root with a straight foot. */
static double response(double share) {
  static const double foot = 216.0 / 24389, slope = 24389.0 / 27;
  return share > foot ? cbrt(share) : (slope * share + 16) / 116;
}

struct percuta_colour percuta_outcome_colour_of(const struct percuta_colour_law *law,
                                                const struct percuta_pigments *pigments) {
  double band[PERCUTA_BANDS], seen[STIMULI];
  for (int i = 0; i < PERCUTA_BANDS; i++)
    band[i] = reflectance(law, pigments, i);
  for (int i = 0; i < STIMULI; i++) {
    double sum = 0;
    for (int j = 0; j < PERCUTA_BANDS; j++)
      sum += OBSERVER[i][j] * band[j];
    seen[i] = response(sum);
  }
  struct percuta_colour colour = {.lightness = 116 * seen[Y] - 16,
                                  .a = 500 * (seen[X] - seen[Y]),
                                  .b = 200 * (seen[Y] - seen[Z]),
                                  .erythema = 100 * log10(band[PERCUTA_RED] / band[PERCUTA_GREEN])};
  colour.ita = atan2(colour.lightness - 50, colour.b) * 180 / M_PI;
  return colour;
}
