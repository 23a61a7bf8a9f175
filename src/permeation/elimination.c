/* Node k with excess e_k and links l_kj to later nodes is eliminated from (E + L) x = b by
 *   p = e_k + sum over j of l_kj;   e_j += l_kj e_k / p;   l_ij += l_ki l_kj / p  for i < j
 *   x_j += x_k l_kj / p;   then, from the last node back,  x_k = x_k / p + sum over j of l_kj / p
 * x_j What is kept of a row are its l_kj / p. Each x_k waits for its neighbour's: sums begin with
 * the node that is farthest, so that little is left to do when the nearest is known; and nodes go
 * by fours where rows are long, by a window of registers where they have six links. Nothing is
 * subtracted; elimination.h says what for. Grassmann, Taksar & Heyman 1985, Oper Res 33:1107; Alfa,
 * Xue & Ye 2002, Math Comp 71:217. Test: tests/unit/test_elimination.c. */
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
    for (int d = 0; d < reach; ++d)
      row[d] *= inverse[k];
  }
}

PERCUTA_VECTOR_INLINE void solve_banded(int n, int band, const double *link, const double *inverse,
                                        double *x) {
  for (int k = 0; k < n; ++k) {
    const double *row = link + (size_t)k * (size_t)band;
    double *restrict ahead = x + k + 1;
    double here = x[k];
    int reach = n - 1 - k < band ? n - 1 - k : band;
    for (int d = 0; d < reach; ++d)
      ahead[d] += here * row[d];
  }
  for (int k = n - 1; k >= 0; --k) {
    const double *row = link + (size_t)k * (size_t)band;
    int reach = n - 1 - k < band ? n - 1 - k : band;
    double sum = x[k] * inverse[k];
    for (int d = reach - 1; d >= 0; --d)
      sum += row[d] * x[k + d + 1];
    x[k] = sum;
  }
}

enum { MOST_NARROW = 6 };

/* Nodes whose rows reach over the last are left to the general form; before them what the next
 * `band` nodes have got is a window that moves along. */
PERCUTA_VECTOR_INLINE void solve_narrow(int n, const int band, const double *link,
                                        const double *inverse, double *x) {
  const int whole = n > band ? n - band : 0;
  double window[MOST_NARROW + 1] = {0};
  for (int d = 0; d < band && whole > 0; ++d)
    window[d] = x[d];
  for (int k = 0; k < whole; ++k) {
    const double here = window[0];
    window[band] = x[k + band];
    for (int d = 0; d < band; ++d)
      window[d] = window[d + 1] + here * link[k * band + d];
    x[k] = here;
  }
  for (int d = 0; d < band && whole > 0; ++d)
    x[whole + d] = window[d];
  solve_banded(n - whole, band, link + (size_t)whole * (size_t)band, inverse + whole, x + whole);
  for (int d = 0; d < band && whole > 0; ++d)
    window[d] = x[whole + d];
  for (int k = whole - 1; k >= 0; --k) {
    double sum = x[k] * inverse[k];
    for (int d = band - 1; d >= 0; --d)
      sum += link[k * band + d] * window[d];
    for (int d = band - 1; d > 0; --d)
      window[d] = window[d - 1];
    window[0] = x[k] = sum;
  }
}

enum { FOUR = 4 };

/* Four nodes from k on: among themselves, then what they give to all that the first reaches, and to
 * the three that only later ones do. */
PERCUTA_VECTOR_INLINE void give_four(int band, const double *row, double *x) {
  const double *a = row, *b = a + band, *c = b + band, *d = c + band;
  x[1] += x[0] * a[0];
  x[2] += x[0] * a[1] + x[1] * b[0];
  x[3] += x[0] * a[2] + x[1] * b[1] + x[2] * c[0];
  const double x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3];
  double *restrict ahead = x + FOUR;
  for (int at = 0; at < band - 3; ++at)
    ahead[at] += x0 * a[at + 3] + x1 * b[at + 2] + x2 * c[at + 1] + x3 * d[at];
  ahead[band - 3] += x1 * b[band - 1] + x2 * c[band - 2] + x3 * d[band - 3];
  ahead[band - 2] += x2 * c[band - 1] + x3 * d[band - 2];
  ahead[band - 1] += x3 * d[band - 1];
}

/* The same back: what four nodes take, from the farthest to themselves. */
PERCUTA_VECTOR_INLINE void take_four(int band, const double *row, const double *inverse,
                                     double *x) {
  const double *a = row, *b = a + band, *c = b + band, *d = c + band;
  const double *restrict ahead = x + FOUR;
  typedef double four __attribute__((vector_size(32), aligned(8), may_alias));
  four sum[FOUR] = {{0}, {0}, {0}, {0}};
  double of[FOUR];
  int at = 0;
  for (; at + FOUR <= band - 3; at += FOUR) {
    const four there = *(const four *)(ahead + at);
    sum[0] += *(const four *)(a + at + 3) * there;
    sum[1] += *(const four *)(b + at + 2) * there;
    sum[2] += *(const four *)(c + at + 1) * there;
    sum[3] += *(const four *)(d + at) * there;
  }
  for (int i = 0; i < FOUR; ++i) {
    of[i] = x[i] * inverse[i] + ((sum[i][0] + sum[i][1]) + (sum[i][2] + sum[i][3]));
    for (int rest = at; rest < band - 3 + i; ++rest)
      of[i] += row[i * band + rest + 3 - i] * ahead[rest];
  }
  x[3] = of[3];
  x[2] = of[2] + c[0] * x[3];
  x[1] = of[1] + b[1] * x[3] + b[0] * x[2];
  x[0] = of[0] + a[2] * x[3] + a[1] * x[2] + a[0] * x[1];
}

PERCUTA_VECTOR_INLINE void solve_wide(int n, int band, const double *link, const double *inverse,
                                      double *x) {
  const int whole = n > band + FOUR ? (n - band - FOUR) / FOUR * FOUR : 0;
  for (int k = 0; k < whole; k += FOUR)
    give_four(band, link + (size_t)k * (size_t)band, x + k);
  solve_banded(n - whole, band, link + (size_t)whole * (size_t)band, inverse + whole, x + whole);
  for (int k = whole - FOUR; k >= 0; k -= FOUR)
    take_four(band, link + (size_t)k * (size_t)band, inverse + k, x + k);
}

PERCUTA_VECTOR_CLONES
static void solve(int n, int band, const double *link, const double *inverse, double *x) {
  if (band == 1)
    solve_narrow(n, 1, link, inverse, x);
  else if (band == MOST_NARROW)
    solve_narrow(n, MOST_NARROW, link, inverse, x);
  else if (band > FOUR)
    solve_wide(n, band, link, inverse, x);
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
