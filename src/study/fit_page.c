/* result.yaml, from which tools/apply_fit.py sets the data files, and page.md for people. What was
 * written last is held against the data.
 * Test: tests/project/calibration.sh. */
#include <math.h>
#include <string.h>

#include "study/files.h"
#include "study/fit.h"

static const double CLOSE = 0.5; /* a correlation from which on a pair is named */

/* What is written of. */
struct results {
  const struct percuta_fit *fit;
  const struct percuta_fit_result *result;
};

static enum percuta_status write_yaml(const void *results, FILE *stream) {
  const struct percuta_fit *fit = ((const struct results *)results)->fit;
  const struct percuta_fit_result *result = ((const struct results *)results)->result;
  fprintf(stream, "# Written by `percuta fit`.\nfit: 1\nparameters:\n");
  for (int p = 0; p < fit->parameters; ++p) {
    const struct percuta_fit_parameter *about = &fit->parameter[p];
    fprintf(stream,
            "  - {name: %s, unit: \"%s\", prior: %.6g, value: %.4g, low: %.4g, high: %.4g}\n",
            about->name, about->unit, about->prior, percuta_study_fit_value(about, result->z[p]),
            percuta_study_fit_value(about, result->z[p] - 2 * result->sd[p]),
            percuta_study_fit_value(about, result->z[p] + 2 * result->sd[p]));
  }
  fprintf(stream, "rows:\n");
  for (int r = 0; r < fit->rows; ++r) {
    fprintf(stream, "  - {id: %s, before: %.4g, after: %.4g, published: \"%s\", unit: \"%s\"}\n",
            fit->row[r].row->id, result->before[r], result->after[r], fit->row[r].row->value,
            fit->row[r].row->unit);
  }
  fprintf(stream, "misfit: {before: %.4g, after: %.4g}\nevaluations: %d\n", result->misfit[0],
          result->misfit[1], result->evaluations);
  return PERCUTA_OK;
}

static void write_parameters(const struct percuta_fit *fit, const struct percuta_fit_result *result,
                             FILE *stream) {
  fprintf(stream,
          "| parameter | unit | before (range) | fitted (two standard deviations) | spread left |\n"
          "|---|---|---|---|---|\n");
  for (int p = 0; p < fit->parameters; ++p) {
    const struct percuta_fit_parameter *about = &fit->parameter[p];
    fprintf(stream, "| `%s` | %s | %.3g (%.3g to %.3g) | %.3g (%.3g to %.3g) | %.0f %%%s |\n",
            about->name, about->unit, about->prior, about->low, about->high,
            percuta_study_fit_value(about, result->z[p]),
            percuta_study_fit_value(about, result->z[p] - 2 * result->sd[p]),
            percuta_study_fit_value(about, result->z[p] + 2 * result->sd[p]), 100 * result->sd[p],
            result->sd[p] > 0.9 ? ": hardly constrained by the rows" : "");
  }
}

void percuta_study_fit_page_pairs(const struct percuta_fit *fit, const double *correlation,
                                  FILE *stream) {
  const int n = fit->parameters;
  int said = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < i; ++j) {
      const double c = correlation[i * n + j];
      if (!(fabs(c) > CLOSE))
        continue;
      fprintf(stream, "- `%s` and `%s`: correlation %.2f\n", fit->parameter[j].name,
              fit->parameter[i].name, c);
      said = 1;
    }
  }
  if (!said)
    fprintf(stream, "No two of them have a correlation above %.1f.\n", CLOSE);
}

static void write_rows(const struct percuta_fit *fit, const struct percuta_fit_result *result,
                       FILE *stream) {
  fprintf(stream,
          "| row | what | published | before | fitted | within |\n|---|---|---|---|---|---|\n");
  for (int r = 0; r < fit->rows; ++r) {
    const struct percuta_fit_row *row = &fit->row[r];
    fprintf(stream, "| %s | %s | %s %s | %.3g | %.3g | %s |\n", row->row->id, row->row->quantity,
            row->row->value, strcmp(row->row->unit, "1") == 0 ? "" : row->row->unit,
            result->before[r], result->after[r],
            percuta_validate_band_holds(&row->band, result->after[r]) ? "yes" : "**no**");
  }
}

static enum percuta_status write_page(const void *results, FILE *stream) {
  const struct percuta_fit *fit = ((const struct results *)results)->fit;
  const struct percuta_fit_result *result = ((const struct results *)results)->result;
  fprintf(stream, "## Fitted values\n\n");
  write_parameters(fit, result, stream);
  fprintf(
      stream,
      "\nSpread left: standard deviation after the fit over that before it, of the logarithm.\n\n"
      "## What the rows cannot distinguish\n\n");
  percuta_study_fit_page_pairs(fit, result->correlation, stream);
  fprintf(stream, "\n## The rows it was fitted to\n\n");
  write_rows(fit, result, stream);
  fprintf(stream,
          "\nSum of squared residuals, in halves of a row's band: %.3g before, %.3g after; %d "
          "evaluations.\n",
          result->misfit[0], result->misfit[1], result->evaluations);
  return PERCUTA_OK;
}

enum percuta_status percuta_study_fit_page_write(const struct percuta_fit *fit,
                                                 const struct percuta_fit_result *result,
                                                 const char *folder) {
  static const struct percuta_study_file files[] = {{"result.yaml", write_yaml},
                                                    {"page.md", write_page}};
  const struct results results = {fit, result};
  return percuta_study_files_write(folder, files, 2, &results);
}
