/* ra34pw2 (Rang & Angermann 2005, BIT 45:761): W-method of order 3, L-stable and stiffly accurate,
 * with an embedded order 2. Published as alpha, Gamma, b and b^; with k the published stages
 *   y = Gamma k:   state = alpha Gamma^-1,  history = diag(1/gamma) - Gamma^-1,
 *                  error = (b - b^) Gamma^-1
 * Continuous extension: b_i(theta) = p_i theta + (b_i - p_i) theta^2 with
 *   sum p = 1,  sum p_i alpha_i = 0,  sum p_i gamma_i = 0     (row sums of alpha, Gamma)
 * so that it is of order two whatever stands in for J; what is left free makes the conditions of
 * order three fail least (sum of squares, over theta). Verified: tests/verification/test_stepper.c
 * (order in time, between steps). */
#include "numerics/scheme.h"

#include <math.h>
#include <string.h>

enum { N = PERCUTA_SCHEME_STAGES };

static const double ALPHA[N][N] = {
    {0}, {0.87173304301691801}, {0.84457060015369423, -0.11299064236484185}, {0, 0, 1}};
static const double GAMMA[N][N] = {
    {0.43586652150845900},
    {-0.87173304301691801, 0.43586652150845900},
    {-0.90338057013044082, 0.054180672388095326, 0.43586652150845900},
    {0.24212380706095346, -1.2232505839045147, 0.54526025533510214, 0.43586652150845900}};
static const double B[N] = {0.24212380706095346, -1.2232505839045147, 1.5452602553351020,
                            0.43586652150845900};
static const double B_EMBEDDED[N] = {0.37810903145819369, -0.096042292212423178, 0.5,
                                     0.21793326075422950};
/* See above. */
static const double P[N] = {0.084054223546273343, -5.7637829543909893, 6.1666359303466125,
                            0.51309280049810368};

/* x Gamma^-1 of a row x, by substitution from the right: Gamma is lower triangular. */
static void transform(const double *x, double *out) {
  for (int j = N - 1; j >= 0; j--) {
    double rest = x[j];
    for (int i = j + 1; i < N; i++)
      rest -= out[i] * GAMMA[i][j];
    out[j] = rest / GAMMA[j][j];
  }
}

void percuta_numerics_scheme_set(struct percuta_scheme *out) {
  double row[N], last[N];
  memset(out, 0, sizeof *out);
  out->gamma = GAMMA[0][0];
  for (int i = 0; i < N; i++) {
    transform(ALPHA[i], out->state[i]);
    for (int j = 0; j < N; j++) {
      row[j] = i == j;
      out->when[i] += ALPHA[i][j];
    }
    transform(row, out->history[i]);
    for (int j = 0; j < N; j++)
      out->history[i][j] = j < i ? -out->history[i][j] : 0.0;
    row[i] = B[i] - B_EMBEDDED[i];
  }
  for (int i = 0; i < N; i++)
    row[i] = B[i] - B_EMBEDDED[i];
  transform(row, out->error);
  transform(B, last);
  transform(P, row);
  for (int i = 0; i < N; i++) {
    out->between[i][0] = row[i];
    out->between[i][1] = last[i] - row[i];
  }
}
