#include "transport/delivery.h"

#include <stdlib.h>

void percuta_delivery_clear(struct percuta_delivery *delivery) {
  for (int i = 0; i < delivery->active_count; ++i) {
    percuta_domain_course_destroy(&delivery->active[i].needled);
    percuta_domain_course_destroy(&delivery->active[i].intact);
  }
  free(delivery->time);
  *delivery = (struct percuta_delivery){.count = 0};
}

const char *percuta_delivery_verdict_text(enum percuta_delivery_verdict verdict) {
  switch (verdict) {
  case PERCUTA_DELIVERY_HELPS:
    return "helps";
  case PERCUTA_DELIVERY_HARDLY_HELPS:
    return "hardly helps";
  case PERCUTA_DELIVERY_DO_NOT:
    return "do not";
  }
  return "";
}

const char *percuta_delivery_route_text(enum percuta_delivery_route route) {
  switch (route) {
  case PERCUTA_DELIVERY_LIPIDS:
    return "stratum corneum";
  case PERCUTA_DELIVERY_POLAR:
    return "pores and follicles";
  case PERCUTA_DELIVERY_PUNCTURES:
    return "punctures";
  }
  return "";
}
