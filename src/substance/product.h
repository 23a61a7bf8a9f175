/* A product as one buys it: what is in it and how it is used (data/products/NAME.yaml). */
#ifndef PERCUTA_SUBSTANCE_PRODUCT_H
#define PERCUTA_SUBSTANCE_PRODUCT_H

#include <stdbool.h>

#include "substance/compound.h"

enum { PERCUTA_PRODUCT_ACTIVES = 6 };

enum percuta_product_kind {
  PERCUTA_PRODUCT_NUMBING,
  PERCUTA_PRODUCT_SERUM,
  PERCUTA_PRODUCT_LOTION,
  PERCUTA_PRODUCT_DRUG,
  PERCUTA_PRODUCT_SOLUTION
};

enum percuta_product_vehicle {
  PERCUTA_VEHICLE_AQUEOUS,
  PERCUTA_VEHICLE_HYDROALCOHOLIC,
  PERCUTA_VEHICLE_GEL,
  PERCUTA_VEHICLE_CREAM
};

struct percuta_product_active {
  struct percuta_compound compound;
  double mass_fraction;
  double concentration; /* [kg/m^3] of the whole product */
};

struct percuta_product {
  char id[64];
  char name[128];
  enum percuta_product_kind kind;
  int active_count;
  struct percuta_product_active active[PERCUTA_PRODUCT_ACTIVES];
  double pH;
  enum percuta_product_vehicle vehicle;
  double density; /* [kg/m^3] */
  double dose;    /* [kg/m^2] of product, as usually put on */
  double contact; /* [s] until it is usually wiped or washed off */
  bool occluded, sterile, meant_to_be_needled_in;
  bool irritant;     /* burns or inflames living skin: it must not get there through punctures */
  double blood_flow; /* in the skin under it over that without it; 1 unless the file says */
  struct percuta_product_limits {
    double mass; /* [kg] of product on the skin at a time; 0: the file names none */
    double area; /* [m^2] */
    double time; /* [s] */
  } limits;
  char warning[256]; /* "" when there is none */
};

/* Reads the product `id` and its compounds: the user's own of scenario->files, or the catalogue's.
 * Mistakes go to `diag`; PERCUTA_BAD_INPUT also when there is none. */
enum percuta_status percuta_substance_product_read(const struct percuta_scenario *scenario,
                                                   const char *id, struct percuta_diag *diag,
                                                   struct percuta_product *out);

#endif
