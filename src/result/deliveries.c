#include "result/deliveries.h"

#include <string.h>

int percuta_deliveries_count(const struct percuta_result *result) {
  return (result->numbing.used ? 1 : 0) + result->delivery_count;
}

const struct percuta_delivery *percuta_deliveries_at(const struct percuta_result *result,
                                                     int index) {
  if (result->numbing.used && index == 0) {
    return &result->numbing.delivery;
  }
  return &result->delivery[index - (result->numbing.used ? 1 : 0)];
}

bool percuta_deliveries_punctured(const struct percuta_delivery *delivery) {
  return delivery->met == PERCUTA_DELIVERY_PUNCTURED;
}

const struct percuta_permeation *
percuta_deliveries_needled(const struct percuta_delivery *delivery,
                           const struct percuta_delivery_active *active) {
  return percuta_deliveries_punctured(delivery) ? active->needled : NULL;
}

double percuta_deliveries_layer(const struct percuta_delivery *delivery,
                                const struct percuta_permeation *course, int i, const char *name) {
  for (int l = 0; l < delivery->layer_count; ++l) {
    if (strcmp(delivery->layer_name[l], name) == 0) {
      return percuta_delivery_told(course, i, course->layer[i * course->layer_count + l]);
    }
  }
  return 0;
}

double percuta_deliveries_blood(const struct percuta_permeation *course, int i) {
  double blood;
  percuta_delivery_entered(course, i, &blood);
  return blood;
}

double percuta_deliveries_entered(const struct percuta_permeation *course, int i) {
  return percuta_delivery_entered(course, i, NULL);
}

int percuta_deliveries_last(const struct percuta_delivery *delivery) {
  return delivery->count - 1;
}
