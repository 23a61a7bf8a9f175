/* draws.csv for programs, and posterior.md for people.
 * Tests: tests/verification/test_posterior_study.c, tests/cli/ranks.sh. */
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>

#include "study/emulator.h"
#include "study/files.h"
#include "study/posterior.h"

/* What is written of. */
struct results {
  const struct percuta_fit *fit;
  const struct percuta_posterior *posterior;
};

static enum percuta_status write_draws(const void *results, FILE *stream) {
  const struct percuta_fit *fit = ((const struct results *)results)->fit;
  const struct percuta_posterior *posterior = ((const struct results *)results)->posterior;
  const int errors = PERCUTA_POSTERIOR_ERRORS;
  for (int p = 0; p < fit->parameters; ++p)
    fprintf(stream, "%s,", fit->parameter[p].name);
  fprintf(stream, "error_study,error_stage,log_likelihood\n");
  for (int i = 0; i < posterior->ship; ++i) {
    for (int p = 0; p < fit->parameters; ++p)
      fprintf(stream, "%.7g,",
              percuta_study_fit_value(&fit->parameter[p], posterior->z[i * fit->parameters + p]));
    for (int e = 0; e < errors; ++e)
      fprintf(stream, "%.7g,", posterior->error[i * errors + e]);
    fprintf(stream, "%.7g\n", posterior->log_likelihood[i]);
  }
  return PERCUTA_OK;
}

/* Median and 90 % of one column of draws; `column` is sorted. */
struct middle {
  double low, median, high;
};
static struct middle middle_of(double *column, int count) {
  gsl_sort(column, 1, (size_t)count);
  return (struct middle){gsl_stats_quantile_from_sorted_data(column, 1, (size_t)count, 0.05),
                         gsl_stats_quantile_from_sorted_data(column, 1, (size_t)count, 0.5),
                         gsl_stats_quantile_from_sorted_data(column, 1, (size_t)count, 0.95)};
}

static void write_parameters(const struct percuta_fit *fit,
                             const struct percuta_posterior *posterior, double *column,
                             FILE *stream) {
  static const double NORMAL_95 = 1.6448536269514722;
  fprintf(stream,
          "| parameter | unit | before: middle (90 %%) | after: median (90 %%) | spread left "
          "| R-hat | independent draws |\n|---|---|---|---|---|---|---|\n");
  for (int p = 0; p < fit->parameters; ++p) {
    const struct percuta_fit_parameter *about = &fit->parameter[p];
    for (int i = 0; i < posterior->ship; ++i)
      column[i] = percuta_study_fit_value(about, posterior->z[i * fit->parameters + p]);
    const struct middle after = middle_of(column, posterior->ship);
    fprintf(stream, "| `%s` | %s | %.3g (%.3g to %.3g) | %.3g (%.3g to %.3g) ", about->name,
            about->unit, percuta_study_fit_value(about, 0),
            percuta_study_fit_value(about, -NORMAL_95), percuta_study_fit_value(about, NORMAL_95),
            after.median, after.low, after.high);
    fprintf(stream, "| %.0f %% ",
            100 * gsl_stats_sd(posterior->z + p, (size_t)fit->parameters, (size_t)posterior->ship));
    if (p < fit->emulated)
      fprintf(stream, "| %.3f | %.0f |\n", posterior->mixing[p].rhat,
              posterior->mixing[p].effective);
    else
      fprintf(stream, "| | |\n");
  }
  const double usual = PERCUTA_STUDY_EMULATOR_USUAL_ERROR;
  static const char *const names[] = {"error shared by the rows of a study",
                                      "error of the stage's model"};
  for (int e = 0; e < PERCUTA_POSTERIOR_ERRORS; ++e) {
    for (int i = 0; i < posterior->ship; ++i)
      column[i] = posterior->error[i * PERCUTA_POSTERIOR_ERRORS + e];
    const struct middle after = middle_of(column, posterior->ship);
    fprintf(stream,
            "| %s | half bands | %.2g (%.2g to %.2g) | %.3g (%.3g to %.3g) | | %.3f | %.0f |\n",
            names[e], usual, usual * exp(-NORMAL_95), usual * exp(NORMAL_95), after.median,
            after.low, after.high, posterior->mixing[fit->emulated + e].rhat,
            posterior->mixing[fit->emulated + e].effective);
  }
}

/* Pairs that the rows do not tell apart, by the correlations of z over the draws. */
static enum percuta_status write_pairs(const struct percuta_fit *fit,
                                       const struct percuta_posterior *posterior, FILE *stream) {
  const size_t n = (size_t)fit->parameters, ship = (size_t)posterior->ship;
  double *correlation = calloc(n * n + 1, sizeof *correlation);
  if (!correlation)
    return PERCUTA_MEMORY;
  for (size_t i = 0; i < n && ship > 2; ++i)
    for (size_t j = 0; j < i; ++j)
      correlation[i * n + j] =
          gsl_stats_correlation(posterior->z + i, n, posterior->z + j, n, ship);
  percuta_study_fit_page_pairs(fit, correlation, stream);
  free(correlation);
  return PERCUTA_OK;
}

static void write_rows(const struct percuta_fit *fit, const struct percuta_posterior *posterior,
                       double *column, FILE *stream) {
  fprintf(stream, "| row | what | published | predicted: median (90 %%) | error of the emulator |\n"
                  "|---|---|---|---|---|\n");
  for (int r = 0; r < fit->rows; ++r) {
    const struct percuta_evidence_row *row = fit->row[r].row;
    int count = 0;
    for (int i = 0; i < posterior->ship; ++i) {
      const double predicted = posterior->predicted[i * fit->rows + r];
      if (isfinite(predicted))
        column[count++] = predicted;
    }
    const struct middle of = count ? middle_of(column, count) : (struct middle){NAN, NAN, NAN};
    fprintf(stream, "| %s | %s | %s %s | %.3g (%.3g to %.3g) | %.2g |\n", row->id, row->quantity,
            row->value, row->unit[0] == '1' && !row->unit[1] ? "" : row->unit, of.median, of.low,
            of.high, posterior->emulator_error[r]);
  }
}

static enum percuta_status write_page(const void *results, FILE *stream) {
  const struct percuta_fit *fit = ((const struct results *)results)->fit;
  const struct percuta_posterior *posterior = ((const struct results *)results)->posterior;
  double *column = calloc((size_t)posterior->ship + 1, sizeof *column);
  if (!column)
    return PERCUTA_MEMORY;
  fprintf(stream,
          "## Joint draws\n\n%d draws of all parameters together, each of equal weight.\n\n",
          posterior->ship);
  write_parameters(fit, posterior, column, stream);
  fprintf(
      stream,
      "\nR-hat and independent draws: the worse of two samplers (adaptive Metropolis, stretch "
      "move); their means are at most %.2f standard deviations apart. %d points were followed, %d "
      "of them without an end. Weighted by the model in place of its emulator, %.0f %% of the "
      "draws were left; of their moves the model agreed to %.0f %%.\n\nSpread left: "
      "standard deviation after over that before, on the scale on which it was normal.\n\n"
      "### What the rows cannot distinguish\n\n",
      posterior->apart, posterior->followed, posterior->lost, 100 * posterior->worth,
      100 * posterior->accepted);
  const enum percuta_status status = write_pairs(fit, posterior, stream);
  fprintf(stream, "\n### What the draws predict of the rows\n\n");
  write_rows(fit, posterior, column, stream);
  fprintf(stream,
          "\nError of the emulator: at points left out of it, in halves of a row's band.\n");
  free(column);
  return status;
}

enum percuta_status percuta_study_posterior_page_write(const struct percuta_fit *fit,
                                                       const struct percuta_posterior *posterior,
                                                       const char *folder) {
  static const struct percuta_study_file files[] = {{"draws.csv", write_draws},
                                                    {"posterior.md", write_page}};
  const struct results results = {fit, posterior};
  return percuta_study_files_write(folder, files, 2, &results);
}
