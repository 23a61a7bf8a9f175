/* Words for what went wrong; shown by engine/. Test: tests/cli/failure.sh. */
#include "course/failure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const LAYER_NAME[PERCUTA_LAYER_COUNT] = {
    [PERCUTA_STRATUM_CORNEUM] = "stratum corneum",
    [PERCUTA_VIABLE_EPIDERMIS] = "viable epidermis",
    [PERCUTA_PAPILLARY_DERMIS] = "papillary dermis",
    [PERCUTA_RETICULAR_DERMIS] = "reticular dermis",
    [PERCUTA_HYPODERMIS] = "hypodermis",
};

enum percuta_status percuta_course_failure_file(struct percuta_run *run, const char *folder,
                                                const char *file, int reason) {
  if (!run->failure[0])
    snprintf(run->failure, sizeof run->failure, "cannot write %.600s%s%.100s: %s", folder,
             *file ? "/" : "", file, reason ? strerror(reason) : "input or output failed");
  return PERCUTA_IO;
}

static const char *layer_at(const struct percuta_skin *skin, double depth) {
  int layer = PERCUTA_LAYER_COUNT - 1;
  while (layer > 0 && depth < percuta_skin_layer_top(skin, (enum percuta_layer)layer))
    --layer;
  return LAYER_NAME[layer];
}

void percuta_course_failure_step(struct percuta_run *run, const char *why) {
  const struct percuta_stepper_failure *f =
      percuta_numerics_stepper_failure_get(run->state.stepper);
  const struct percuta_grid *grid = run->plan->grid;
  const double z = 0.5 * (grid->z_face[f->k] + grid->z_face[f->k + 1]);
  char value[32];
  snprintf(value, sizeof value, "%.4g", f->value);
  snprintf(run->failure, sizeof run->failure,
           "no step leads on from day %.9g: %ld tried, from %.3g s down to %.3g s; %s\n"
           "the field %s went from %.4g to %s%s in the %s, cell (%d, %d, %d) at x %.4g mm, "
           "y %.4g mm, depth %.4g mm",
           f->time / PERCUTA_DAY, f->tried, f->longest, f->shortest, why,
           percuta_healing_layout_field[run->record.layout.field[f->field]].title, f->from,
           isnan(f->value) ? "nan" : value, f->finite ? ", the largest change of all," : "",
           layer_at(&run->plan->skin, z), f->i, f->j, f->k, 1e3 * (f->i + 0.5) * grid->dx,
           1e3 * (f->j + 0.5) * grid->dy, 1e3 * z);
}
