/* Mass action: reaction r with rate k_r, reactants R_r, stoichiometry s_ir,
 *   dc_i/dt = sum over r of s_ir k_r prod over j in R_r of c_j
 * its exact Jacobian, and the conservation laws l with sum over i of l_i s_ir = 0 for every r.
 * Theory: docs/theory/clot.md. Test: tests/unit/test_network.c. */
#include "clot/network.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARROW " -> "
#define PLUS " + "

enum { SIDE_BYTES = 160, MOST = PERCUTA_NETWORK_SPECIES };

int percuta_clot_network_find(const struct percuta_network *network, const char *name) {
  for (int i = 0; i < network->species; i++)
    if (strcmp(network->name[i], name) == 0)
      return i;
  return -1;
}

/* Index of a species, which is added when it is new; -1 when the name does not fit. */
static int enter(struct percuta_network *network, const char *name, size_t length) {
  char copy[PERCUTA_NETWORK_NAME];
  if (length == 0 || length >= sizeof copy || memchr(name, ' ', length) != NULL)
    return -1;
  memcpy(copy, name, length);
  copy[length] = '\0';
  int index = percuta_clot_network_find(network, copy);
  if (index < 0 && network->species < PERCUTA_NETWORK_SPECIES) {
    index = network->species++;
    memcpy(network->name[index], copy, sizeof copy);
  }
  return index;
}

/* Reads the species of one side of a reaction; their number, or -1. */
static int read_side(struct percuta_network *network, const char *side, int *species, int most) {
  int count = 0;
  for (;;) {
    const char *plus = strstr(side, PLUS);
    const size_t length = plus ? (size_t)(plus - side) : strlen(side);
    const int index = enter(network, side, length);
    if (index < 0 || count == most)
      return -1;
    species[count++] = index;
    if (plus == NULL)
      return count;
    side = plus + strlen(PLUS);
  }
}

static bool read_reaction(struct percuta_network *network, const struct percuta_parameter *entry,
                          struct percuta_network_reaction *out) {
  char left[SIDE_BYTES];
  const char *arrow = strstr(entry->meaning, ARROW);
  if (arrow == NULL || (size_t)(arrow - entry->meaning) >= sizeof left)
    return false;
  snprintf(left, sizeof left, "%.*s", (int)(arrow - entry->meaning), entry->meaning);
  out->rate = entry->value_si;
  out->reactants = read_side(network, left, out->reactant, PERCUTA_NETWORK_REACTANTS);
  out->products = read_side(network, arrow + strlen(ARROW), out->product, PERCUTA_NETWORK_PRODUCTS);
  return out->reactants > 0 && out->products > 0 && out->rate >= 0;
}

static enum percuta_status refuse(struct percuta_diag *diag, const struct percuta_parameter *entry,
                                  const char *name) {
  percuta_base_diag_add(
      diag, &(struct percuta_mistake){
                .code = PERCUTA_CODE_DATA_FAULT,
                .place = {.file = entry ? entry->origin : ""},
                .key = name,
                .what = entry ? "is no reaction with a rate" : "has no reactions",
                .given = entry ? entry->meaning : NULL,
                .allowed = "such as `TF + VII -> TF:VII`, up to 2 species becoming up to 4"});
  return PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_clot_network_build(const struct percuta_parameters *parameters,
                                               const char *table, struct percuta_diag *diag,
                                               struct percuta_network *out) {
  const size_t count = percuta_base_parameters_count(parameters), length = strlen(table);
  struct percuta_network network = {.reaction = calloc(count + 1, sizeof *network.reaction)};
  enum percuta_status status = PERCUTA_OK;
  if (network.reaction == NULL)
    return PERCUTA_MEMORY;
  for (size_t i = 0; i < count; i++) {
    const struct percuta_parameter *entry = percuta_base_parameters_at(parameters, i);
    if (strncmp(entry->name, table, length) != 0 || entry->name[length] != '.')
      continue;
    if (read_reaction(&network, entry, &network.reaction[network.reactions]))
      network.reactions++;
    else
      status = refuse(diag, entry, entry->name);
  }
  if (status == PERCUTA_OK && network.reactions == 0)
    status = refuse(diag, NULL, table);
  if (status == PERCUTA_OK)
    *out = network;
  else
    percuta_clot_network_clear(&network);
  return status;
}

void percuta_clot_network_clear(struct percuta_network *network) {
  free(network->reaction);
  *network = (struct percuta_network){0};
}

void percuta_clot_network_rates(const struct percuta_network *network, const double *c,
                                double *dcdt) {
  for (int i = 0; i < network->species; i++)
    dcdt[i] = 0;
  for (size_t r = 0; r < network->reactions; r++) {
    const struct percuta_network_reaction *reaction = &network->reaction[r];
    double flux = reaction->rate;
    for (int i = 0; i < reaction->reactants; i++)
      flux *= c[reaction->reactant[i]];
    for (int i = 0; i < reaction->reactants; i++)
      dcdt[reaction->reactant[i]] -= flux;
    for (int i = 0; i < reaction->products; i++)
      dcdt[reaction->product[i]] += flux;
  }
}

void percuta_clot_network_jacobian(const struct percuta_network *network, const double *c,
                                   int stride, double *jacobian) {
  for (int j = 0; j < network->species; j++)
    for (int i = 0; i < network->species; i++)
      jacobian[i + j * stride] = 0;
  for (size_t r = 0; r < network->reactions; r++) {
    const struct percuta_network_reaction *reaction = &network->reaction[r];
    for (int by = 0; by < reaction->reactants; by++) {
      double slope = reaction->rate;
      for (int i = 0; i < reaction->reactants; i++)
        slope *= i == by ? 1 : c[reaction->reactant[i]];
      double *column = jacobian + reaction->reactant[by] * stride;
      for (int i = 0; i < reaction->reactants; i++)
        column[reaction->reactant[i]] -= slope;
      for (int i = 0; i < reaction->products; i++)
        column[reaction->product[i]] += slope;
    }
  }
}

/* Brings the `rows` rows of `a`, of `columns` entries, to reduced echelon form; pivot[k] is the
 * column of the k-th. Returns their number. The entries of a stoichiometry stay small fractions, so
 * that a fixed threshold tells zero. */
static int reduce(double *a, int rows, int columns, int *pivot) {
  const double zero = 1e-9;
  int rank = 0;
  for (int column = 0; column < columns && rank < rows; column++) {
    int best = rank;
    for (int row = rank; row < rows; row++)
      if (fabs(a[row * columns + column]) > fabs(a[best * columns + column]))
        best = row;
    const double value = a[best * columns + column];
    if (!(fabs(value) > zero))
      continue;
    for (int j = 0; j < columns; j++) {
      const double swap = a[best * columns + j] / value;
      a[best * columns + j] = a[rank * columns + j];
      a[rank * columns + j] = swap;
    }
    for (int row = 0; row < rows; row++) {
      const double share = a[row * columns + column];
      for (int j = 0; j < columns && row != rank; j++)
        a[row * columns + j] -= share * a[rank * columns + j];
    }
    pivot[rank++] = column;
  }
  return rank;
}

/* A law is orthogonal to every reaction's change of species. The reactions are taken in one by one
 * into an echelon form of at most `species` rows, whose null space is then read off. */
int percuta_clot_network_laws(const struct percuta_network *network, double *law) {
  double rows[(MOST + 1) * MOST] = {0};
  const int n = network->species;
  int pivot[MOST + 1], rank = 0, laws = 0;
  for (size_t r = 0; r < network->reactions; r++) {
    const struct percuta_network_reaction *reaction = &network->reaction[r];
    double *change = rows + rank * n;
    for (int i = 0; i < n; i++)
      change[i] = 0;
    for (int i = 0; i < reaction->reactants; i++)
      change[reaction->reactant[i]] -= 1;
    for (int i = 0; i < reaction->products; i++)
      change[reaction->product[i]] += 1;
    rank = reduce(rows, rank + 1, n, pivot);
  }
  for (int column = 0; column < n; column++) {
    bool is_pivot = false;
    for (int k = 0; k < rank; k++)
      is_pivot = is_pivot || pivot[k] == column;
    if (is_pivot)
      continue;
    for (int i = 0; i < n; i++)
      law[laws * n + i] = i == column;
    for (int k = 0; k < rank; k++)
      law[laws * n + pivot[k]] = -rows[k * n + column];
    laws++;
  }
  return laws;
}
