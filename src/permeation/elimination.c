/* Node k with excess e_k and links l_kj to later nodes is eliminated from (E + L) x = b by
 *   p = e_k + sum over j of l_kj;   e_j += l_kj e_k / p;   l_ij += l_ki l_kj / p  for i < j
 *   x_j += x_k l_kj / p;   then, from the last node back,  x_k = (x_k + sum over j of l_kj x_j) / p
 * Nothing is subtracted; elimination.h says what for. Grassmann, Taksar & Heyman 1985, Oper Res
 * 33:1107; Alfa, Xue & Ye 2002, Math Comp 71:217.
 * Test: tests/unit/test_elimination.c. */
#include "permeation/elimination.h"

#include "base/vector.h"

PERCUTA_VECTOR_CLONES
static void factor(int n, int band, double *link, double *excess, double *inverse) {
  for (int k = 0; k < n; ++k) {
    double *row = link + (size_t)k * (size_t)band;
    int reach = n - 1 - k < band ? n - 1 - k : band;
    double pivot = excess[k];
    for (int d = 0; d < reach; ++d)
      pivot += row[d];
    inverse[k] = 1 / pivot;
    for (int d = 0; d < reach; ++d) {
      double share = row[d] * inverse[k];
      double *restrict below = row + (size_t)(d + 1) * (size_t)band;
      const double *restrict ahead = row + d + 1;
      if (share == 0)
        continue;
      excess[k + d + 1] += share * excess[k];
      for (int at = 0; at < reach - d - 1; ++at)
        below[at] += share * ahead[at];
    }
  }
}

PERCUTA_VECTOR_INLINE void solve_banded(int n, int band, const double *link, const double *inverse,
                                        double *x) {
  for (int k = 0; k < n; ++k) {
    const double *row = link + (size_t)k * (size_t)band;
    double *restrict ahead = x + k + 1;
    double share = x[k] * inverse[k];
    int reach = n - 1 - k < band ? n - 1 - k : band;
    for (int d = 0; d < reach; ++d)
      ahead[d] += share * row[d];
  }
  for (int k = n - 1; k >= 0; --k) {
    const double *row = link + (size_t)k * (size_t)band;
    int reach = n - 1 - k < band ? n - 1 - k : band;
    double sum = x[k];
    for (int d = 0; d < reach; ++d)
      sum += row[d] * x[k + d + 1];
    x[k] = sum * inverse[k];
  }
}

/* Lines that the first and last cells reach over are left to the general form; between them the
 * compiler knows the band of the two networks of columns. */
PERCUTA_VECTOR_INLINE void solve_narrow(int n, const int band, const double *link,
                                        const double *inverse, double *x) {
  int whole = n > band ? n - band : 0;
  for (int k = 0; k < whole; ++k) {
    double share = x[k] * inverse[k];
    for (int d = 0; d < band; ++d)
      x[k + d + 1] += share * link[k * band + d];
  }
  solve_banded(n - whole, band, link + (size_t)whole * (size_t)band, inverse + whole, x + whole);
  for (int k = whole - 1; k >= 0; --k) {
    double sum = x[k];
    for (int d = 0; d < band; ++d)
      sum += link[k * band + d] * x[k + d + 1];
    x[k] = sum * inverse[k];
  }
}

PERCUTA_VECTOR_CLONES
static void solve(int n, int band, const double *link, const double *inverse, double *x) {
  if (band == 1)
    solve_narrow(n, 1, link, inverse, x);
  else if (band == 6)
    solve_narrow(n, 6, link, inverse, x);
  else
    solve_banded(n, band, link, inverse, x);
}

void percuta_permeation_elimination_factor(int n, int band, double *link, double *excess,
                                           double *inverse) {
  factor(n, band, link, excess, inverse);
}

void percuta_permeation_elimination_solve(int n, int band, const double *link,
                                          const double *inverse, double *x) {
  solve(n, band, link, inverse, x);
}
