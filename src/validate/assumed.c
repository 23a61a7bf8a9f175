#include "validate/assumed.h"

#include "base/parameters.h"
#include "base/parameters_files.h"

static void write_table(const struct percuta_parameters *set, FILE *stream) {
  size_t total = percuta_parameters_count(set), assumed = 0;
  for (size_t i = 0; i < total; i++)
    assumed += percuta_parameters_at(set, i)->status == PERCUTA_PARAMETER_ASSUMED;
  fprintf(stream,
          "%zu of %zu model parameters rest on no measurement. Their ranges are wide, and go into "
          "the\nintervals above.\n\n| parameter | value | range | unit | meaning |\n"
          "|---|---|---|---|---|\n",
          assumed, total);
  for (size_t i = 0; i < total; i++) {
    const struct percuta_parameter *p = percuta_parameters_at(set, i);
    if (p->status == PERCUTA_PARAMETER_ASSUMED)
      fprintf(stream, "| `%s` | %.6g | %.6g to %.6g | %s | %s |\n", p->name, p->value, p->low,
              p->high, p->unit, p->meaning);
  }
  fputc('\n', stream);
}

void percuta_assumed_write(FILE *stream) {
  struct percuta_units *units = NULL;
  struct percuta_parameters *set = NULL;
  struct percuta_diag *diag = NULL;
  bool read = percuta_diag_create(&diag) == 0 && percuta_units_create(&units) == PERCUTA_OK &&
              percuta_parameters_create(&set) == PERCUTA_OK &&
              percuta_parameters_load_all(set, units, diag) == PERCUTA_OK;
  fprintf(stream, "## Assumed parameters\n\n");
  if (read)
    write_table(set, stream);
  else
    fprintf(stream, "The parameters cannot be read.\n");
  percuta_parameters_destroy(&set);
  percuta_units_destroy(&units);
  percuta_diag_destroy(&diag);
}
