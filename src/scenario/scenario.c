#include "scenario/scenario.h"

#include <stdlib.h>

#include "input/keys.h"
#include "input/products.h"
#include "input/resolve.h"

void percuta_scenario_destroy(struct percuta_scenario **scenario) {
  struct percuta_scenario *old = *scenario;
  if (old == NULL)
    return;
  for (int i = 0; old->provenance != NULL && i < PERCUTA_KEYS_COUNT; i++)
    free(old->provenance->origin[i]);
  free(old->provenance);
  free(old->path);
  free(old->text);
  free(old->title);
  free(old->site);
  free(old->condition.kind);
  free(old->device.preset);
  free(old->session.numbing.product);
  for (int i = 0; i < PERCUTA_MAX_PRODUCTS; i++)
    free(old->session.products[i].product);
  percuta_input_products_destroy(&old->products);
  percuta_base_parameters_destroy(&old->parameters);
  percuta_base_units_destroy(&old->units);
  free(old);
  *scenario = NULL;
}
