/* Amounts of products in layers and blood, read off their courses.
 * Tests: tests/unit/test_penetration.c, test_summary.c. */
#include "outcome/products.h"

#include <math.h>
#include <string.h>

int percuta_outcome_products_count(const struct percuta_record *record) {
  return (record->numbing.used ? 1 : 0) + record->penetration_count;
}

const struct percuta_penetration *percuta_outcome_products_at(const struct percuta_record *record,
                                                              int index) {
  if (record->numbing.used && index == 0) {
    return &record->numbing.penetration;
  }
  return &record->penetration[index - (record->numbing.used ? 1 : 0)];
}

bool percuta_outcome_products_punctured(const struct percuta_penetration *penetration) {
  return penetration->met == PERCUTA_PENETRATION_PUNCTURED;
}

const struct percuta_permeation *
percuta_outcome_products_needled(const struct percuta_penetration *penetration,
                                 const struct percuta_penetration_active *active) {
  return percuta_outcome_products_punctured(penetration) ? active->needled : NULL;
}

double percuta_outcome_products_layer(const struct percuta_penetration *penetration,
                                      const struct percuta_permeation *course, int i,
                                      const char *name) {
  for (int l = 0; l < penetration->layer_count; ++l) {
    if (strcmp(penetration->layer_name[l], name) == 0) {
      return percuta_transport_penetration_told(course, i,
                                                course->layer[i * course->layer_count + l]);
    }
  }
  return 0;
}

double percuta_outcome_products_blood(const struct percuta_permeation *course, int i) {
  double blood;
  percuta_transport_penetration_entered(course, i, &blood);
  return blood;
}

double percuta_outcome_products_entered(const struct percuta_permeation *course, int i) {
  return percuta_transport_penetration_entered(course, i, NULL);
}

int percuta_outcome_products_output(const struct percuta_penetration *penetration, double time) {
  for (int i = 0; i < penetration->count; ++i) {
    if (fabs(penetration->time[i] - time) <= 1e-9 * time)
      return i;
  }
  return -1;
}

int percuta_outcome_products_last(const struct percuta_penetration *penetration) {
  return penetration->count - 1;
}
