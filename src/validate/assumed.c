/* The parameters that rest on no measurement.
 * Test: tests/cli/validate.sh (the page is up to date). */
#include "validate/assumed.h"

static void write_table(const struct percuta_parameters *set, FILE *stream) {
  size_t total = percuta_base_parameters_count(set), assumed = 0;
  for (size_t i = 0; i < total; i++)
    assumed += percuta_base_parameters_at(set, i)->status == PERCUTA_PARAMETER_ASSUMED;
  fprintf(stream,
          "%zu of %zu model parameters rest on no measurement. Their ranges are wide, and go into "
          "the\nintervals above.\n\n| parameter | value | range | unit | meaning |\n"
          "|---|---|---|---|---|\n",
          assumed, total);
  for (size_t i = 0; i < total; i++) {
    const struct percuta_parameter *p = percuta_base_parameters_at(set, i);
    if (p->status == PERCUTA_PARAMETER_ASSUMED)
      fprintf(stream, "| `%s` | %.6g | %.6g to %.6g | %s | %s |\n", p->name, p->value, p->low,
              p->high, p->unit, p->meaning);
  }
  fputc('\n', stream);
}

void percuta_validate_assumed_write(const struct percuta_catalogue *catalogue, FILE *stream) {
  fprintf(stream, "## Assumed parameters\n\n");
  write_table(percuta_catalogue_parameters(catalogue), stream);
}
