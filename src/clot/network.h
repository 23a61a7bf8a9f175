/* Chemistry by mass action: species, reactions and their laws, built at run time from a table of
 * parameters whose entries are reactions. Concentrations in mol/m^3. */
#ifndef PERCUTA_CLOT_NETWORK_H
#define PERCUTA_CLOT_NETWORK_H

#include <stddef.h>

#include "base/parameters.h"

#define PERCUTA_NETWORK_NAME 24     /* bytes that hold a species' name */
#define PERCUTA_NETWORK_SPECIES 64  /* at most in a network */
#define PERCUTA_NETWORK_REACTANTS 2 /* at most of a reaction: rates are linear or bilinear */
#define PERCUTA_NETWORK_PRODUCTS 4

struct percuta_network_reaction {
  double rate; /* [1/s] of one reactant, [m^3/(mol s)] of two */
  int reactant[PERCUTA_NETWORK_REACTANTS], product[PERCUTA_NETWORK_PRODUCTS]; /* species */
  int reactants, products;
};

struct percuta_network {
  char name[PERCUTA_NETWORK_SPECIES][PERCUTA_NETWORK_NAME];
  int species;
  struct percuta_network_reaction *reaction; /* owned */
  size_t reactions;
};

/* Builds the network of all parameters called "<table>.…", in their order: the value is the rate
 * constant, the meaning is the reaction, such as "TF + VII -> TF:VII". Mistakes go to `diag`; on
 * failure *out is untouched. Release with percuta_clot_network_clear. */
enum percuta_status percuta_clot_network_build(const struct percuta_parameters *parameters,
                                               const char *table, struct percuta_diag *diag,
                                               struct percuta_network *out);
void percuta_clot_network_clear(struct percuta_network *network);

/* Index of the species called `name`, or -1. */
int percuta_clot_network_find(const struct percuta_network *network, const char *name);

/* Writes dc/dt [mol/(m^3 s)] of the concentrations c [mol/m^3]; both have `species` entries. */
void percuta_clot_network_rates(const struct percuta_network *network, const double *c,
                                double *dcdt);

/* Writes d(dc_i/dt)/dc_j into jacobian[i + j * stride]; stride >= species. */
void percuta_clot_network_jacobian(const struct percuta_network *network, const double *c,
                                   int stride, double *jacobian);

/* Writes a basis of the conservation laws: law[k * species + i] is the weight of species i in sum
 * k, which no reaction changes. Returns how many there are, species minus the rank of the
 * stoichiometry. `law` has room for species * species. */
int percuta_clot_network_laws(const struct percuta_network *network, double *law);

#endif
