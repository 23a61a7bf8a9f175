/* Comparisons as a table for a terminal and as CSV.
 * Test: tests/cli/validate.sh. */
#include "validate/show.h"

#include <math.h>
#include <string.h>

#include "base/count.h"

enum { LINE_WIDTH = 100 };

const char *percuta_validate_show_verdict(enum percuta_verdict verdict) {
  static const char *const names[] = {[PERCUTA_VERDICT_WITHIN] = "within",
                                      [PERCUTA_VERDICT_OUTSIDE] = "outside",
                                      [PERCUTA_VERDICT_SHOWN] = "shown",
                                      [PERCUTA_VERDICT_NOT_COMPARED] = "not compared"};
  return names[verdict];
}

void percuta_validate_show_published(const struct percuta_comparison *item, char *out,
                                     size_t size) {
  const struct percuta_evidence_row *row = item->row;
  const char *unit =
      strcmp(row->unit, "1") == 0 ? "" : percuta_base_count_unit(row->value, row->unit);
  if (*row->spread == '\0')
    snprintf(out, size, "%s %s", row->value, unit);
  else if (strchr(row->spread, '-') != NULL)
    snprintf(out, size, "%s (%s) %s", row->value, row->spread, unit);
  else
    snprintf(out, size, "%s ± %s %s", row->value, row->spread, unit);
}

void percuta_validate_show_predicted(const struct percuta_comparison *item, char *out,
                                     size_t size) {
  if (isfinite(item->low) && isfinite(item->high))
    snprintf(out, size, "%.4g (%.3g to %.3g)", item->predicted, item->low, item->high);
  else
    snprintf(out, size, "%.4g", item->predicted);
}

void percuta_validate_show_band(const struct percuta_comparison *item, char *out, size_t size) {
  const struct percuta_band *band = &item->band;
  if (isinf(band->low))
    snprintf(out, size, "up to %.4g", band->high);
  else if (isinf(band->high))
    snprintf(out, size, "from %.4g", band->low);
  else
    snprintf(out, size, "%.4g to %.4g", band->low, band->high);
}

/* Columns that hold a character of several bytes come out narrower: padding counts bytes. */
static int padded(const char *text, int width) {
  int extra = 0;
  for (const char *c = text; *c != '\0'; c++)
    extra += ((unsigned char)*c & 0xC0) == 0x80;
  return width + extra;
}

static void print_item(const struct percuta_comparison *item, FILE *stream) {
  char published[160], predicted[96], band[64], ratio[32] = "";
  percuta_validate_show_published(item, published, sizeof published);
  percuta_validate_show_predicted(item, predicted, sizeof predicted);
  percuta_validate_show_band(item, band, sizeof band);
  if (isfinite(item->ratio))
    snprintf(ratio, sizeof ratio, "%.2f", item->ratio);
  fprintf(stream, "  %-8s  %-44.44s  %-25s %-*s %-16s %6s  %s\n", item->row->id,
          item->row->quantity, predicted, padded(published, 22), published, band, ratio,
          item->verdict == PERCUTA_VERDICT_SHOWN ? item->row->use
                                                 : percuta_validate_show_verdict(item->verdict));
}

static void print_compared(const struct percuta_validation *validation, enum percuta_rank rank,
                           FILE *stream) {
  for (size_t i = 0; i < validation->evidence.count; i++) {
    if (percuta_validate_row_rank(&validation->item[i]) == rank)
      print_item(&validation->item[i], stream);
  }
}

/* Ids that are not compared for the same reason, wrapped, behind one another. */
static void print_left_out(const struct percuta_validation *validation, FILE *stream) {
  for (size_t i = 0; i < validation->evidence.count; i++) {
    const struct percuta_evidence_row *row = validation->item[i].row;
    if (validation->item[i].verdict != PERCUTA_VERDICT_NOT_COMPARED)
      continue;
    bool said = false;
    for (size_t k = 0; k < i && !said; k++)
      said = validation->item[k].verdict == PERCUTA_VERDICT_NOT_COMPARED &&
             strcmp(validation->item[k].row->why, row->why) == 0;
    if (said)
      continue;
    int column = fprintf(stream, "    %s:", row->why);
    for (size_t k = i; k < validation->evidence.count; k++) {
      if (validation->item[k].verdict != PERCUTA_VERDICT_NOT_COMPARED ||
          strcmp(validation->item[k].row->why, row->why) != 0)
        continue;
      if (column + (int)strlen(validation->item[k].row->id) + 1 > LINE_WIDTH)
        column = fprintf(stream, "\n     ") - 1;
      column += fprintf(stream, " %s", validation->item[k].row->id);
    }
    fputc('\n', stream);
  }
}

void percuta_validate_show_stage(const struct percuta_validation *validation, FILE *stream) {
  if (validation->absent != NULL) {
    fprintf(stream, "%s: this stage %s.\n\n", validation->stage, validation->absent);
    return;
  }
  const struct percuta_tally *unseen = &validation->unseen, *seen = &validation->seen;
  fprintf(stream, "%s: %zu of %zu validation rows within, %zu of %zu calibration rows\n",
          validation->stage, unseen->within, unseen->counted, seen->within, seen->counted);
  if (unseen->counted + seen->counted + validation->shown > 0)
    fprintf(stream, "  %-8s  %-44s  %-25s %-22s %-16s %6s  %s\n", "id", "quantity",
            "predicted (interval)", "published", "band", "ratio", "verdict");
  print_compared(validation, PERCUTA_RANK_UNSEEN, stream);
  if (seen->counted > 0)
    fprintf(stream, "  calibration: values of the model were set by these\n");
  print_compared(validation, PERCUTA_RANK_SEEN, stream);
  if (validation->shown > 0)
    fprintf(stream, "  not counted: inputs of the model, identities, twins and context\n");
  print_compared(validation, PERCUTA_RANK_SHOWN, stream);
  if (validation->not_compared > 0)
    fprintf(stream, "  not compared: %zu rows, %zu of them for calibration or validation\n",
            validation->not_compared, validation->left);
  print_left_out(validation, stream);
  fputc('\n', stream);
}

void percuta_validate_show_csv_head(FILE *stream) {
  fputs("stage,id,quantity,species,site,condition,published,unit,spread,spread_kind,band_low,"
        "band_high,predicted,predicted_low,predicted_high,ratio,verdict,use,predictor,scenario,set,"
        "why,source,doi\n",
        stream);
}

static void write_number(FILE *stream, double value) {
  if (isfinite(value))
    fprintf(stream, "%.6g", value);
  fputc(',', stream);
}

static void write_texts(FILE *stream, const char *const *text, size_t count, char end) {
  for (size_t i = 0; i < count; i++) {
    percuta_base_csv_write_cell(stream, text[i]);
    fputc(i + 1 < count ? ',' : end, stream);
  }
}

void percuta_validate_show_csv_stage(const struct percuta_validation *validation, FILE *stream) {
  for (size_t i = 0; i < validation->evidence.count; i++) {
    const struct percuta_comparison *item = &validation->item[i];
    const struct percuta_evidence_row *row = item->row;
    bool compared = item->verdict != PERCUTA_VERDICT_NOT_COMPARED;
    const char *const before[] = {validation->stage, row->id,         row->quantity, row->species,
                                  row->site,         row->condition,  row->value,    row->unit,
                                  row->spread,       row->spread_kind};
    const char *const after[] = {percuta_validate_show_verdict(item->verdict),
                                 row->use,
                                 row->predictor,
                                 row->scenario,
                                 row->set,
                                 row->why,
                                 row->source,
                                 row->doi};
    write_texts(stream, before, sizeof before / sizeof *before, ',');
    write_number(stream, compared ? item->band.low : NAN);
    write_number(stream, compared ? item->band.high : NAN);
    write_number(stream, item->predicted);
    write_number(stream, item->low);
    write_number(stream, item->high);
    write_number(stream, item->ratio);
    write_texts(stream, after, sizeof after / sizeof *after, '\n');
  }
}
