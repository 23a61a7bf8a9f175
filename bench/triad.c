/* Memory bandwidth by the triad a = b + s c of STREAM (McCalpin 1995): arrays far larger than any
 * cache, best of ten; and the same with arrays of 8 MB together, which a large cache may hold. One
 * line of JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef _OPENMP
#include <omp.h>
#endif

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* [GB/s], 24 bytes counted for each element: two reads and a write. */
static double triad(double *restrict a, const double *restrict b, const double *restrict c,
                    long count, int repeats) {
  double best = 1e300;
  for (int round = 0; round < 10; ++round) {
    double start = now();
    for (int repeat = 0; repeat < repeats; ++repeat) {
#pragma omp parallel for schedule(static)
      for (long i = 0; i < count; ++i)
        a[i] = b[i] + 3.0 * c[i];
    }
    double took = (now() - start) / repeats;
    best = took < best ? took : best;
  }
  return 24e-9 * (double)count / best;
}

int main(void) {
  const long count = 20000000, small = 333333;
  double *a = malloc((size_t)count * sizeof *a), *b = malloc((size_t)count * sizeof *b);
  double *c = malloc((size_t)count * sizeof *c);
  if (!a || !b || !c)
    return 4;
#pragma omp parallel for schedule(static)
  for (long i = 0; i < count; ++i) {
    a[i] = 0;
    b[i] = 1;
    c[i] = 2;
  }
#ifdef _OPENMP
  int most = omp_get_max_threads();
  omp_set_num_threads(1);
  double one = triad(a, b, c, count, 1), one_cached = triad(a, b, c, small, 20);
  omp_set_num_threads(most);
#else
  int most = 1;
  double one = triad(a, b, c, count, 1), one_cached = triad(a, b, c, small, 20);
#endif
  double all = triad(a, b, c, count, 1), all_cached = triad(a, b, c, small, 20);
  printf("{\"threads\": %d, \"one_GB_s\": %.3f, \"all_GB_s\": %.3f, \"one_cached_GB_s\": %.3f, "
         "\"all_cached_GB_s\": %.3f, \"check\": %g}\n",
         most, one, all, one_cached, all_cached, a[count / 2]);
  free(a);
  free(b);
  free(c);
  return 0;
}
