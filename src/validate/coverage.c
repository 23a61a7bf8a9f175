/* Of a row with published value y, band of half width h, and interval [l, u] of a level of 90 %,
 * taken as that of a normal variable, m = (l+u)/2, s = (u-l)/(2 1.645): place  share of the draws
 * below y where draws were made, else Phi((y-m)/s) score  log of the density at y, in units of h,
 * of a normal variable around m with the variance s^2 + (h/1.645)^2: the prediction's and the
 * publication's Gneiting & Raftery 2007 (J Am Stat Assoc 102:359). Test:
 * tests/unit/test_validate.c. */
#include "validate/coverage.h"

#include <math.h>
#include <stdlib.h>

#include "validate/interval.h"

static const double HALF_90 = 1.6448536269514722;

static bool counts(const struct percuta_comparison *item) {
  return percuta_validate_row_rank(item) == PERCUTA_RANK_UNSEEN && isfinite(item->low) &&
         isfinite(item->high) && isfinite(item->band.low) && isfinite(item->band.high);
}

static double place_of(const struct percuta_comparison *item) {
  const double spread = (item->high - item->low) / (2 * HALF_90);
  const double away = item->band.centre - 0.5 * (item->low + item->high);
  if (isfinite(item->below))
    return item->below;
  return spread > 0 ? 0.5 * erfc(-away / spread / sqrt(2)) : away > 0;
}

static double score_of(const struct percuta_comparison *item) {
  const double half = 0.5 * (item->band.high - item->band.low);
  const double spread = (item->high - item->low) / (2 * HALF_90) / half;
  const double away = (item->band.centre - 0.5 * (item->low + item->high)) / half;
  const double variance = spread * spread + 1 / (HALF_90 * HALF_90);
  return -0.5 * (away * away / variance + log(2 * acos(-1) * variance));
}

static void add(const struct percuta_comparison *item, double *width,
                struct percuta_coverage *out) {
  const double place = place_of(item);
  const int bin = (int)(place * PERCUTA_COVERAGE_BINS);
  out->covered += item->low <= item->band.centre && item->band.centre <= item->high;
  out->bin[bin < PERCUTA_COVERAGE_BINS ? bin : PERCUTA_COVERAGE_BINS - 1]++;
  out->score += score_of(item);
  width[out->rows++] = (item->high - item->low) / (item->band.high - item->band.low);
}

static int compare(const void *left, const void *right) {
  const double *a = left, *b = right;
  return (*a > *b) - (*a < *b);
}

enum percuta_status percuta_validate_coverage_read(const struct percuta_validation *stage,
                                                   size_t count, struct percuta_coverage *out) {
  struct percuta_coverage coverage = {.rows = 0};
  size_t all = 0;
  for (size_t s = 0; s < count; s++)
    all += stage[s].evidence.count;
  double *width = calloc(all + 1, sizeof *width);
  if (!width)
    return PERCUTA_MEMORY;
  for (size_t s = 0; s < count; s++)
    for (size_t i = 0; i < stage[s].evidence.count && stage[s].item; i++)
      if (counts(&stage[s].item[i]))
        add(&stage[s].item[i], width, &coverage);
  const size_t n = coverage.rows;
  qsort(width, n, sizeof *width, compare);
  coverage.width = n > 0 ? 0.5 * (width[(n - 1) / 2] + width[n / 2]) : NAN;
  coverage.score = n > 0 ? coverage.score / (double)n : NAN;
  free(width);
  *out = coverage;
  return PERCUTA_OK;
}

static enum percuta_status write_line(const char *name, const struct percuta_validation *stage,
                                      size_t count, FILE *stream) {
  struct percuta_coverage c;
  PERCUTA_TRY(percuta_validate_coverage_read(stage, count, &c));
  if (c.rows == 0)
    return PERCUTA_OK;
  fprintf(stream, "| %s | %zu of %zu | %.0f %% | %.2g |", name, c.covered, c.rows,
          100.0 * (double)c.covered / (double)c.rows, c.width);
  for (int b = 0; b < PERCUTA_COVERAGE_BINS; b++)
    fprintf(stream, " %zu%s", c.bin[b], b + 1 < PERCUTA_COVERAGE_BINS ? "," : " |");
  fprintf(stream, " %.2f |\n", c.score);
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_coverage_write(const struct percuta_validation *stage,
                                                    size_t count, FILE *stream) {
  fputs("## Coverage\n\n"
        "Of validation rows that were published as a value and whose prediction has an interval. "
        "Nine in ten\n"
        "should lie in it. *Width* is the median of the interval's width over that of the "
        "published band; *places*\n"
        "are where published values lie among the predicted ones, in fifths from the lowest, "
        "alike when intervals\n"
        "are right, crowded at both ends when they are too narrow; *score* is the mean logarithm "
        "of the probability\n"
        "of what was published, in half bands: the higher the better, and lower both for a value "
        "far away and\n"
        "for an interval that is wide ([intervals](theory/intervals.md)).\n\n"
        "| stage | covered | share | width | places | score |\n|---|---|---|---|---|---|\n",
        stream);
  for (size_t s = 0; s < count; s++)
    PERCUTA_TRY(write_line(stage[s].stage, &stage[s], 1, stream));
  PERCUTA_TRY(write_line("all", stage, count, stream));
  fputc('\n', stream);
  return PERCUTA_OK;
}
