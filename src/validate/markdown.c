/* docs/validation.md.
 * Test: tests/cli/validate.sh (the page is up to date). */
#include "validate/markdown.h"

#include <math.h>
#include <string.h>

#include "validate/assumed.h"
#include "validate/show.h"

/* A cell of a table: `|` would end it. */
static void write_cell(FILE *stream, const char *text) {
  fputs(" ", stream);
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '|' || *c == '<')
      fputc('\\', stream);
    fputc(*c, stream);
  }
  fputs(" |", stream);
}

static void write_item(const struct percuta_comparison *item, FILE *stream) {
  char published[160], predicted[96], band[64], ratio[32] = "", conditions[512];
  const struct percuta_evidence_row *row = item->row;
  percuta_validate_show_published(item, published, sizeof published);
  percuta_validate_show_predicted(item, predicted, sizeof predicted);
  percuta_validate_show_band(item, band, sizeof band);
  if (isfinite(item->ratio))
    snprintf(ratio, sizeof ratio, "%.2f", item->ratio);
  snprintf(conditions, sizeof conditions, "%s: %s, %s; %s", row->quantity, row->species, row->site,
           row->condition);
  const char *verdict = item->verdict == PERCUTA_VERDICT_OUTSIDE ? "**outside**"
                        : item->verdict == PERCUTA_VERDICT_SHOWN
                            ? "not counted"
                            : percuta_validate_show_verdict(item->verdict);
  const char *const cells[] = {row->id, conditions, predicted, published, band,
                               ratio,   verdict,    row->use,  row->why};
  fputs("|", stream);
  for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
    write_cell(stream, cells[i]);
  fputc('\n', stream);
}

static void write_compared(const struct percuta_validation *validation, FILE *stream) {
  if (validation->counted + validation->shown == 0)
    return;
  fputs("| id | what | predicted (interval) | published | band | ratio | verdict | use | remark |\n"
        "|---|---|---|---|---|---|---|---|---|\n",
        stream);
  for (int counted = 1; counted >= 0; counted--) {
    for (size_t i = 0; i < validation->evidence.count; i++) {
      const struct percuta_comparison *item = &validation->item[i];
      bool shown = item->verdict == PERCUTA_VERDICT_SHOWN;
      if (item->verdict != PERCUTA_VERDICT_NOT_COMPARED && shown != (counted == 1))
        write_item(item, stream);
    }
  }
  fputc('\n', stream);
}

static void write_left_out(const struct percuta_validation *validation, FILE *stream) {
  if (validation->not_compared == 0)
    return;
  fprintf(stream,
          "Not compared: %zu rows, %zu of them for calibration or validation.\n\n"
          "| id | what | published | use | why not |\n|---|---|---|---|---|\n",
          validation->not_compared, validation->left);
  for (size_t i = 0; i < validation->evidence.count; i++) {
    const struct percuta_comparison *item = &validation->item[i];
    if (item->verdict != PERCUTA_VERDICT_NOT_COMPARED)
      continue;
    char published[160];
    percuta_validate_show_published(item, published, sizeof published);
    const char *const cells[] = {item->row->id, item->row->quantity, published, item->row->use,
                                 item->row->why};
    fputs("|", stream);
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
      write_cell(stream, cells[k]);
    fputc('\n', stream);
  }
  fputc('\n', stream);
}

static void write_head(const struct percuta_validation *stage, size_t count, FILE *stream) {
  size_t within = 0, counted = 0, left = 0, unseen_within = 0, unseen = 0;
  for (size_t i = 0; i < count; i++) {
    within += stage[i].within;
    counted += stage[i].counted;
    left += stage[i].left;
    unseen_within += stage[i].validation_within;
    unseen += stage[i].validation_counted;
  }
  fprintf(
      stream,
      "# Predicted against published\n\n"
      "Written by `make validation`, that is `percuta validate --markdown`; do not edit.\n\n"
      "**%zu of %zu within**: %zu of %zu calibration rows, %zu of %zu validation rows. Another\n"
      "%zu calibration and validation rows could not be simulated; they are listed with the\n"
      "reason.\n\n"
      "- *calibration* rows were used to set values of the model, *validation* rows never.\n"
      "- *within* means: inside the published spread, taken as printed; without one, within a\n"
      "  factor of 1.5. Changes in per cent: a factor of 1.5 on 1 + p/100, and at least 10\n"
      "  points. Logarithms: the larger of the spread and 0.5. Bounds are one-sided.\n"
      "- The *interval* of a prediction is the spread between people where the model has one,\n"
      "  else the 5th to 95th percentile when the parameters are drawn from their ranges.\n"
      "- *not counted* rows are inputs of the model or context; they are shown to be seen.\n"
      "- Each row's source is in `data/evidence/`, its conditions in "
      "`data/evidence/scenarios/`.\n\n",
      within, counted, within - unseen_within, counted - unseen, unseen_within, unseen, left);
}

void percuta_validate_markdown_write(const struct percuta_catalogue *catalogue,
                                     const struct percuta_validation *stage, size_t count,
                                     FILE *stream) {
  write_head(stage, count, stream);
  for (size_t i = 0; i < count; i++) {
    fprintf(stream, "## %s\n\n", stage[i].stage);
    if (stage[i].absent != NULL) {
      fprintf(stream, "This stage %s.\n\n", stage[i].absent);
      continue;
    }
    fprintf(stream, "%zu of %zu within.\n\n", stage[i].within, stage[i].counted);
    write_compared(&stage[i], stream);
    write_left_out(&stage[i], stream);
  }
  percuta_validate_assumed_write(catalogue, stream);
}
