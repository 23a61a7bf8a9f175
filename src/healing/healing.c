#include "healing/healing.h"

#include <math.h>

const double PERCUTA_HEALING_SCALE[PERCUTA_KOPPENOL_FIELDS] = {
    [PERCUTA_KOPPENOL_N] = 1.0,  [PERCUTA_KOPPENOL_M] = 0.02, [PERCUTA_KOPPENOL_S] = 0.002,
    [PERCUTA_KOPPENOL_P] = 0.02, [PERCUTA_KOPPENOL_R] = 1.0,  [PERCUTA_KOPPENOL_R3] = 0.2,
    [PERCUTA_KOPPENOL_B] = 0.02,
};

static void reaction(const void *context, double time, const struct percuta_row *row,
                     const double *const *u, double *const *rate) {
  const struct percuta_healing *healing = context;
  (void)time;
  if (healing->dermal[row->k]) {
    percuta_koppenol_rate(&healing->model, row->count, healing->rest + row->offset, u, rate);
    return;
  }
  for (int i = 0; i < row->count; ++i) { /* outside the dermis only the clot dissolves */
    rate[PERCUTA_KOPPENOL_B][i] -= healing->model.lysis * u[PERCUTA_KOPPENOL_B][i];
  }
}

static void slope(const void *context, double time, const struct percuta_row *row,
                  const double *const *u, double *const *out) {
  const struct percuta_healing *healing = context;
  (void)time;
  if (healing->dermal[row->k]) {
    percuta_koppenol_slope(&healing->model, row->count, healing->rest + row->offset, u, out);
    return;
  }
  for (int i = 0; i < row->count; ++i)
    out[PERCUTA_KOPPENOL_B][i] = -healing->model.lysis;
}

static void set_problem(struct percuta_healing *healing) {
  const double *crowding = healing->coefficient[0], *chemotaxis = healing->coefficient[1];
  struct percuta_motion cells = {.crowding = crowding, .chemotaxis = chemotaxis};
  healing->problem = (struct percuta_problem){
      .fields = PERCUTA_KOPPENOL_FIELDS,
      .moving = PERCUTA_KOPPENOL_MOVING,
      .signal = PERCUTA_KOPPENOL_S,
      .motion = {[PERCUTA_KOPPENOL_N] = cells,
                 [PERCUTA_KOPPENOL_M] = cells,
                 [PERCUTA_KOPPENOL_S] = {.constant = healing->coefficient[2]},
                 [PERCUTA_KOPPENOL_P] = {.constant = healing->coefficient[3]}},
      .reaction = reaction,
      .slope = slope,
      .context = healing,
  };
}

/* Whether the middle of cell (i, j, k) lies in the skin's defect. A column is its middle. */
static bool in_defect(const struct percuta_healing *healing, const struct percuta_skin *skin, int i,
                      int j, int k) {
  const struct percuta_grid *grid = healing->mesh->grid;
  double junction = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  double depth = 0.5 * (grid->z_face[k] + grid->z_face[k + 1]) - junction;
  if (!skin->has_defect || depth > skin->defect_depth)
    return false;
  if (grid->metric == PERCUTA_CYLINDRICAL)
    return true; /* rings, like a column, are the skin in the middle of the defect */
  double x = (i + 0.5 - 0.5 * grid->nx) * grid->dx;
  double y = skin->defect_is_stripe ? 0.0 : (j + 0.5 - 0.5 * grid->ny) * grid->dy;
  return x * x + y * y <= 0.25 * skin->defect_width * skin->defect_width;
}

static void set_rest(struct percuta_healing *healing, const struct percuta_skin *skin) {
  const struct percuta_mesh *mesh = healing->mesh;
  for (int k = 0; k < mesh->nz; ++k) {
    for (int j = 0; j < mesh->y_count; ++j) {
      for (int i = 0; i < mesh->nx; ++i) {
        size_t cell =
            ((size_t)k * (size_t)mesh->y_count + (size_t)j) * (size_t)mesh->nx + (size_t)i;
        double rest = skin->collagen_rel;
        if (in_defect(healing, skin, i, mesh->y_start + j, k))
          rest *= skin->defect_collagen_rel;
        healing->rest[cell] = healing->dermal[k] ? rest : 0.0;
      }
    }
  }
}

PetscErrorCode percuta_healing_create(const struct percuta_mesh *mesh,
                                      const struct percuta_skin *skin,
                                      const struct percuta_koppenol_parameters *parameters,
                                      struct percuta_healing **out) {
  struct percuta_healing *healing;
  const struct percuta_grid *grid = mesh->grid;
  double top = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  double bottom = percuta_skin_layer_top(skin, PERCUTA_HYPODERMIS);

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&healing));
  healing->mesh = mesh;
  healing->model = percuta_koppenol_derive(parameters, skin);
  PetscCall(PetscCalloc1(mesh->nz, &healing->dermal));
  PetscCall(PetscCalloc1(mesh->local, &healing->rest));
  double value[4] = {healing->model.crowding_diffusivity, healing->model.chemotaxis,
                     healing->model.signal_diffusivity, healing->model.macrophage_diffusivity};
  for (int c = 0; c < 4; ++c)
    PetscCall(PetscCalloc1(mesh->nz, &healing->coefficient[c]));
  for (int k = 0; k < mesh->nz; ++k) {
    double middle = 0.5 * (grid->z_face[k] + grid->z_face[k + 1]);
    healing->dermal[k] = middle > top && middle < bottom;
    for (int c = 0; c < 4; ++c)
      healing->coefficient[c][k] = healing->dermal[k] ? value[c] : 0.0;
  }
  set_rest(healing, skin);
  set_problem(healing);
  *out = healing;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_healing_destroy(struct percuta_healing **healing) {
  PetscFunctionBeginUser;
  if (*healing) {
    PetscCall(PetscFree((*healing)->dermal));
    PetscCall(PetscFree((*healing)->rest));
    for (int c = 0; c < 4; ++c)
      PetscCall(PetscFree((*healing)->coefficient[c]));
    PetscCall(PetscFree(*healing));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

void percuta_healing_rest(const struct percuta_healing *healing, double *u) {
  size_t local = healing->mesh->local;
  for (size_t i = 0; i < local * PERCUTA_KOPPENOL_FIELDS; ++i)
    u[i] = 0.0;
  for (size_t i = 0; i < local; ++i) {
    double rest = healing->rest[i];
    if (!(rest > 0))
      continue;
    u[PERCUTA_KOPPENOL_N * local + i] = 1.0;
    u[PERCUTA_KOPPENOL_R * local + i] = rest;
    u[PERCUTA_KOPPENOL_R3 * local + i] =
        rest * percuta_koppenol_rest_type_iii(&healing->model, rest);
  }
}

void percuta_healing_injure(const struct percuta_healing *healing,
                            const struct percuta_injury *injury, double *u) {
  static const int lost[] = {PERCUTA_KOPPENOL_N, PERCUTA_KOPPENOL_M, PERCUTA_KOPPENOL_R,
                             PERCUTA_KOPPENOL_R3, PERCUTA_KOPPENOL_B};
  size_t local = healing->mesh->local;
  for (size_t i = 0; i < local; ++i) {
    double cut = injury->injured[i];
    if (!(cut > 0))
      continue;
    for (size_t f = 0; f < sizeof lost / sizeof lost[0]; ++f) {
      u[(size_t)lost[f] * local + i] *= 1.0 - cut;
    }
    u[PERCUTA_KOPPENOL_B * local + i] += cut;
    if (healing->rest[i] > 0) {
      u[PERCUTA_KOPPENOL_S * local + i] +=
          healing->model.platelet_signal * injury->signal_rel * injury->clotted[i];
    }
  }
}

/* Sum over a plane of cells, each with its area over that of the first. */
static double weighted(const struct percuta_mesh *mesh, const double *values, size_t n) {
  double total = 0.0;
  for (size_t row = 0; row < n; row += (size_t)mesh->nx) {
    for (int i = 0; i < mesh->nx; ++i)
      total += mesh->weight[i] * values[row + (size_t)i];
  }
  return total;
}

/* Adds one depth row to the sums: `weight` of them in the averaged range, all of them in the rest.
 */
static void add_row(const struct percuta_healing *healing, const double *u, int k, double weight,
                    double height, double level, double *sum) {
  const struct percuta_mesh *mesh = healing->mesh;
  size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  for (int f = 0; f < PERCUTA_KOPPENOL_FIELDS; ++f) {
    const double *row = u + (size_t)f * mesh->local + (size_t)k * plane;
    sum[f] += weight * weighted(mesh, row, plane);
  }
  const double *signal = u + PERCUTA_KOPPENOL_S * mesh->local + (size_t)k * plane;
  double above = 0.0, area = 0.0;
  for (size_t i = 0; i < plane; ++i) {
    double share = mesh->weight[i % (size_t)mesh->nx];
    area += share;
    above += signal[i] > level ? share : 0.0;
  }
  sum[PERCUTA_KOPPENOL_FIELDS] += weight * area;
  sum[PERCUTA_KOPPENOL_FIELDS + 1] += height * above;
  sum[PERCUTA_KOPPENOL_FIELDS + 2] += height * area;
}

static double row_max(const double *values, size_t n, double most) {
  for (size_t i = 0; i < n; ++i)
    most = fmax(most, values[i]);
  return most;
}

PetscErrorCode percuta_healing_average(const struct percuta_healing *healing, const double *u,
                                       double top, double bottom,
                                       struct percuta_healing_means *out) {
  const struct percuta_mesh *mesh = healing->mesh;
  const double *face = mesh->grid->z_face;
  size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  double level = percuta_koppenol_runaway_level(&healing->model);
  double sum[PERCUTA_KOPPENOL_FIELDS + 3] = {0};
  double most = 0.0;

  PetscFunctionBeginUser;
  for (int k = 0; k < mesh->nz; ++k) {
    if (!healing->dermal[k])
      continue;
    double shared = fmax(0.0, fmin(bottom, face[k + 1]) - fmax(top, face[k]));
    add_row(healing, u, k, shared, face[k + 1] - face[k], level, sum);
    most = row_max(u + PERCUTA_KOPPENOL_S * mesh->local + (size_t)k * plane, plane, most);
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, PERCUTA_KOPPENOL_FIELDS + 3, MPI_DOUBLE, MPI_SUM,
                             mesh->comm));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &most, 1, MPI_DOUBLE, MPI_MAX, mesh->comm));
  double volume = sum[PERCUTA_KOPPENOL_FIELDS];
  for (int f = 0; f < PERCUTA_KOPPENOL_FIELDS; ++f) {
    out->field[f] = volume > 0 ? sum[f] / volume : 0.0;
  }
  out->volume = volume * percuta_grid_cell_area(mesh->grid, 0);
  out->signal_max = most;
  out->runaway_frac = sum[PERCUTA_KOPPENOL_FIELDS + 1] / sum[PERCUTA_KOPPENOL_FIELDS + 2];
  PetscFunctionReturn(PETSC_SUCCESS);
}
