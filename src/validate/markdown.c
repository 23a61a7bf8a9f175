/* docs/validation.md.
 * Test: tests/cli/validate.sh (the page is up to date). */
#include "validate/markdown.h"

#include <math.h>
#include <string.h>

#include "validate/assumed.h"
#include "validate/coverage.h"
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
  if (validation->unseen.counted + validation->seen.counted + validation->shown == 0)
    return;
  fputs("| id | what | predicted (interval) | published | band | ratio | verdict | use | remark |\n"
        "|---|---|---|---|---|---|---|---|---|\n",
        stream);
  for (int rank = PERCUTA_RANK_UNSEEN; rank <= PERCUTA_RANK_SHOWN; rank++) {
    for (size_t i = 0; i < validation->evidence.count; i++) {
      if ((int)percuta_validate_row_rank(&validation->item[i]) == rank)
        write_item(&validation->item[i], stream);
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

static void write_tally(const struct percuta_validation *stage, FILE *stream) {
  const struct percuta_tally *unseen = &stage->unseen, *seen = &stage->seen;
  fprintf(stream, "| %s | %zu of %zu | ", stage->stage, unseen->within, unseen->counted);
  if (unseen->with_interval > 0)
    fprintf(stream, "%zu of %zu", unseen->covered, unseen->with_interval);
  fprintf(stream, " | %zu of %zu | %zu | %zu |\n", seen->within, seen->counted, stage->shown,
          stage->left);
}

static void write_head(const struct percuta_validation *stage, size_t count, FILE *stream) {
  struct percuta_validation all;
  percuta_validate_add(stage, count, &all);
  fprintf(stream,
          "# Predicted against published\n\n"
          "Written by `make validation`, that is `percuta validate --markdown`; do not edit.\n\n"
          "**%zu of %zu validation rows are within** the bands below, and of %zu with an interval\n"
          "%zu published values lie in it, where nine in ten should. %zu of those within were "
          "published\n"
          "as a bound or a sign, of %zu such: weak tests, some of which no effect at all would "
          "pass. Of the\n"
          "calibration rows, by which values were set, %zu of %zu are within.\n\n"
          "| stage | validation rows within | published values in the interval | calibration rows "
          "within | shown, not counted | not simulated |\n|---|---|---|---|---|---|\n",
          all.unseen.within, all.unseen.counted, all.unseen.with_interval, all.unseen.covered,
          all.unseen.bounds_within, all.unseen.bounds, all.seen.within, all.seen.counted);
  for (size_t i = 0; i < count; i++) {
    if (stage[i].absent == NULL)
      write_tally(&stage[i], stream);
  }
  write_tally(&all, stream);
  fputs("\n- *calibration* rows were used to set values of the model, *validation* rows never,\n"
        "  but for those remarked as inputs, which are shown and not counted.\n"
        "- *within* means, of an amount: inside the published spread, and at least 15 % to either\n"
        "  side. Of a change in per cent: of the published sign, and half to twice as large or "
        "inside\n"
        "  the published spread; of one below 10 %: within 5 points, and nearer to it than to no\n"
        "  change. Of a logarithm: within 0.5. Bounds are one-sided.\n"
        "- The *interval* of a prediction is the spread between people where the model has one,\n"
        "  else the 5th to 95th percentile when the parameters are drawn: for what is read off a\n"
        "  course from their joint draws, those of the row's core, where the data have them; else\n"
        "  from their ranges.\n"
        "- *not counted* rows are inputs of the model, identities (a parameter is set by the row\n"
        "  alone, or it follows from other rows), twins of other rows, or context.\n"
        "- Each row's source is in `data/evidence/`, its conditions in "
        "`data/evidence/scenarios/`.\n\n",
        stream);
}

void percuta_validate_markdown_write(const struct percuta_catalogue *catalogue,
                                     const struct percuta_validation *stage, size_t count,
                                     FILE *stream) {
  write_head(stage, count, stream);
  if (percuta_validate_coverage_write(stage, count, stream) != PERCUTA_OK)
    fputs("There was no memory for the coverage.\n\n", stream);
  for (size_t i = 0; i < count; i++) {
    fprintf(stream, "## %s\n\n", stage[i].stage);
    if (stage[i].absent != NULL) {
      fprintf(stream, "This stage %s.\n\n", stage[i].absent);
      continue;
    }
    fprintf(stream, "%zu of %zu validation rows within, %zu of %zu calibration rows.\n\n",
            stage[i].unseen.within, stage[i].unseen.counted, stage[i].seen.within,
            stage[i].seen.counted);
    write_compared(&stage[i], stream);
    write_left_out(&stage[i], stream);
  }
  percuta_validate_assumed_write(catalogue, stream);
}
