/* The model of cascade.h on a mesh: pieces of rows for the parts, rows of coefficients for the
 * movement, the state of rest, injury, and means over the dermis, each cell counting with its
 * volume:
 *   mean f = sum of f_i V_i / sum of V_i,   V_i what of cell i lies in dermis between two depths
 * Theory: docs/theory/healing.md, numerics.md. Verified: tests/verification/test_healing.c (patch,
 * channel and column agree). */
#include "healing/healing.h"

#include <math.h>

#include "base/threads.h"
double *percuta_healing_field(const struct percuta_healing *healing, double *u,
                              enum percuta_field field) {
  int slot = healing->cascade.layout.slot[field];
  return slot < 0 ? NULL : u + (size_t)slot * healing->mesh->local;
}

/* Points `piece` at `count` cells from `from` on of a row; `u` and `rate` have a pointer for each
 * place of the layout, `rate` may be NULL. */
static void open_piece(const struct percuta_healing *healing, const struct percuta_cells *row,
                       int from, const double *const *u, double *const *rate,
                       struct percuta_piece *piece) {
  const struct percuta_layout *layout = &healing->cascade.layout;
  piece->count = row->count - from < PERCUTA_PIECE ? row->count - from : PERCUTA_PIECE;
  piece->dermal = healing->dermal[row->k];
  piece->epidermal = healing->epidermal[row->k];
  piece->rest = healing->rest + row->offset + from;
  memset(piece->nowhere, 0, sizeof piece->nowhere);
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    int slot = layout->slot[f];
    piece->u[f] = slot < 0 ? healing->idle + (size_t)f * PERCUTA_PIECE : u[slot] + from;
    piece->rate[f] = slot < 0 || !rate ? piece->nowhere : rate[slot] + from;
  }
}

static void reaction(const void *context, double time, const struct percuta_cells *row,
                     const double *const *u, double *const *rate) {
  const struct percuta_healing *healing = context;
  struct percuta_piece piece;
  (void)time;
  for (int from = 0; from < row->count; from += PERCUTA_PIECE) {
    open_piece(healing, row, from, u, rate, &piece);
    percuta_healing_cascade_rate(&healing->cascade, &piece);
  }
}

static void slope(const void *context, double time, const struct percuta_cells *row,
                  const double *const *u, double *const *out) {
  const struct percuta_healing *healing = context;
  struct percuta_piece piece;
  (void)time;
  for (int from = 0; from < row->count; from += PERCUTA_PIECE) {
    open_piece(healing, row, from, u, out, &piece);
    percuta_healing_cascade_slope(&healing->cascade, &piece);
  }
}

static void guidance(const void *context, size_t count, const double *collagen, double *out) {
  const struct percuta_healing *healing = context;
  percuta_healing_cascade_guidance(&healing->cascade, count, collagen, out);
}

/* One row of coefficients: `value` where the field lives. */
static const double *fill_rows(const struct percuta_healing *healing, enum percuta_home home,
                               double value, double *rows) {
  if (value == 0)
    return NULL;
  for (int k = 0; k < healing->mesh->nz; ++k) {
    bool here = (home != PERCUTA_HOME_EPIDERMIS && healing->dermal[k]) ||
                (home != PERCUTA_HOME_DERMIS && healing->epidermal[k]);
    rows[k] = here ? value : 0.0;
  }
  return rows;
}

/* Guided movement is fast in few cells and slow in the others of their row. The split inverse takes
 * the fastest, so that what error a step leaves in the others is damped slowly: it must be small.
 */
static const double GUIDED_STRICTNESS = 0.1;

/* What a depth row is, to the stepper. */
enum { OTHER_ROW, DERMAL_ROW, EPIDERMAL_ROW };

static unsigned lives_in(enum percuta_home home) {
  switch (home) {
  case PERCUTA_HOME_DERMIS:
    return 1U << DERMAL_ROW;
  case PERCUTA_HOME_EPIDERMIS:
    return 1U << EPIDERMAL_ROW;
  default:
    return 1U << OTHER_ROW | 1U << DERMAL_ROW | 1U << EPIDERMAL_ROW;
  }
}

/* What makes a field that follows others; those that this run does not compute stay at rest. */
static void set_drivers(const struct percuta_layout *layout, const struct percuta_drift *drift,
                        struct percuta_motion *motion) {
  motion->drivers = 0;
  for (int d = 0; d < drift->drivers; ++d) {
    const int slot = layout->slot[drift->driver[d].field];
    if (slot >= 0)
      motion->driver[motion->drivers++] =
          (struct percuta_driver){.field = slot, .rate = drift->driver[d].rate};
  }
}

static void set_problem(struct percuta_healing *healing) {
  const struct percuta_layout *layout = &healing->cascade.layout;
  struct percuta_drift drift[PERCUTA_FIELD_COUNT];
  double *rows = healing->coefficient;
  size_t nz = (size_t)healing->mesh->nz;
  healing->problem = (struct percuta_problem){.fields = layout->count,
                                              .moving = layout->moving,
                                              .signal = layout->slot[PERCUTA_FIELD_signal],
                                              .guide = layout->slot[PERCUTA_FIELD_collagen],
                                              .guidance = guidance,
                                              .reaction = reaction,
                                              .slope = slope,
                                              .context = healing,
                                              .kind = healing->kind};
  healing->strictness = 1.0;
  percuta_healing_cascade_drift(&healing->cascade, drift);
  for (int p = 0; p < layout->count; ++p) {
    enum percuta_field field = layout->field[p];
    const struct percuta_field_info *info = &percuta_healing_layout_field[field];
    struct percuta_motion *motion = &healing->problem.motion[p];
    healing->problem.lives[p] = lives_in(info->home);
    healing->scale[p] = info->typical;
    motion->constant = fill_rows(healing, info->home, drift[field].constant, rows);
    motion->crowding = fill_rows(healing, info->home, drift[field].crowding, rows + nz);
    motion->chemotaxis = fill_rows(healing, info->home, drift[field].chemotaxis, rows + 2 * nz);
    if (drift[field].guided > 0)
      healing->strictness = GUIDED_STRICTNESS;
    motion->guided = fill_rows(healing, info->home, drift[field].guided, rows + 3 * nz);
    motion->follows = drift[field].follows && motion->constant;
    set_drivers(layout, &drift[field], motion);
    rows += 4 * nz;
  }
}

/* Which columns of cells lie in the skin's defect: by their middles in boxes, by their row in y in
 * rings. */
static PetscErrorCode set_defect(struct percuta_healing *healing, const struct percuta_skin *skin) {
  const struct percuta_mesh *mesh = healing->mesh;
  const struct percuta_grid *grid = mesh->grid;
  const struct percuta_grid_sites sites = {
      .stripe = skin->defect_is_stripe, .width = skin->defect_width, .tile = grid->nx * grid->dx};
  const double junction = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);

  PetscFunctionBeginUser;
  healing->defect_bottom = skin->has_defect ? junction + skin->defect_depth : INFINITY;
  if (!skin->has_defect)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscMalloc1((size_t)mesh->nx * (size_t)mesh->y_count, &healing->inside));
  for (int j = 0; j < mesh->y_count; ++j) {
    for (int i = 0; i < mesh->nx; ++i) {
      const int y = mesh->y_start + j;
      healing->inside[j * mesh->nx + i] =
          grid->metric == PERCUTA_CYLINDRICAL
              ? y == 0
              : percuta_numerics_grid_inside(&sites, (i + 0.5) * grid->dx, (y + 0.5) * grid->dy);
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static void set_rest(struct percuta_healing *healing, const struct percuta_skin *skin) {
  const struct percuta_mesh *mesh = healing->mesh;
  const size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  for (int k = 0; k < mesh->nz; ++k) {
    const double depth = 0.5 * (mesh->grid->z_face[k] + mesh->grid->z_face[k + 1]);
    for (size_t i = 0; i < plane; ++i) {
      double rest = skin->collagen_rel;
      if (healing->inside && healing->inside[i] && depth <= healing->defect_bottom)
        rest *= skin->defect_collagen_rel;
      healing->rest[(size_t)k * plane + i] = healing->dermal[k] ? rest : 0.0;
    }
  }
}

static void set_rows(struct percuta_healing *healing, const struct percuta_skin *skin) {
  const double *face = healing->mesh->grid->z_face;
  double living = percuta_skin_layer_top(skin, PERCUTA_VIABLE_EPIDERMIS);
  double top = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  double bottom = percuta_skin_layer_top(skin, PERCUTA_HYPODERMIS);
  for (int k = 0; k < healing->mesh->nz; ++k) {
    double middle = 0.5 * (face[k] + face[k + 1]);
    healing->dermal[k] = middle > top && middle < bottom;
    healing->epidermal[k] = middle > living && middle < top;
    healing->kind[k] = healing->dermal[k]      ? DERMAL_ROW
                       : healing->epidermal[k] ? EPIDERMAL_ROW
                                               : OTHER_ROW;
  }
}

PetscErrorCode percuta_healing_create(const struct percuta_mesh *mesh,
                                      const struct percuta_skin *skin,
                                      const struct percuta_cascade *cascade,
                                      struct percuta_healing **out) {
  struct percuta_healing *healing;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&healing));
  healing->mesh = mesh;
  healing->cascade = *cascade;
  PetscCall(PetscCalloc1(mesh->nz, &healing->dermal));
  PetscCall(PetscCalloc1(mesh->nz, &healing->epidermal));
  PetscCall(PetscCalloc1(mesh->nz, &healing->kind));
  PetscCall(PetscCalloc1(mesh->local, &healing->rest));
  PetscCall(PetscCalloc1((size_t)(4 * PERCUTA_FIELD_COUNT * mesh->nz), &healing->coefficient));
  PetscCall(PetscCalloc1(PERCUTA_FIELD_COUNT * PERCUTA_PIECE, &healing->idle));
  for (int i = 0; i < PERCUTA_FIELD_COUNT * PERCUTA_PIECE; ++i)
    healing->idle[i] = percuta_healing_layout_field[i / PERCUTA_PIECE].idle;
  set_rows(healing, skin);
  PetscCall(set_defect(healing, skin));
  set_rest(healing, skin);
  set_problem(healing);
  *out = healing;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_healing_destroy(struct percuta_healing **healing) {
  PetscFunctionBeginUser;
  if (*healing) {
    PetscCall(PetscFree((*healing)->dermal));
    PetscCall(PetscFree((*healing)->epidermal));
    PetscCall(PetscFree((*healing)->kind));
    PetscCall(PetscFree((*healing)->rest));
    PetscCall(PetscFree((*healing)->inside));
    PetscCall(PetscFree((*healing)->coefficient));
    PetscCall(PetscFree((*healing)->idle));
    PetscCall(PetscFree(*healing));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static struct percuta_tissue site_of(const struct percuta_healing *healing, size_t cell) {
  size_t plane = (size_t)healing->mesh->nx * (size_t)healing->mesh->y_count;
  size_t k = cell / plane;
  return (struct percuta_tissue){.dermal = healing->dermal[k],
                                 .epidermal = healing->epidermal[k],
                                 .rest = healing->rest[cell]};
}

/* The fields of one cell into the state, and out of it. */
static void put_cell(const struct percuta_healing *healing, size_t cell, const double *from,
                     double *u) {
  const struct percuta_layout *layout = &healing->cascade.layout;
  for (int p = 0; p < layout->count; ++p)
    u[(size_t)p * healing->mesh->local + cell] = from[layout->field[p]];
}

static void get_cell(const struct percuta_healing *healing, size_t cell, const double *u,
                     double *to) {
  const struct percuta_layout *layout = &healing->cascade.layout;
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    int slot = layout->slot[f];
    to[f] = slot < 0 ? percuta_healing_layout_field[f].idle
                     : u[(size_t)slot * healing->mesh->local + cell];
  }
}

void percuta_healing_rest(const struct percuta_healing *healing, double *u) {
  double here[PERCUTA_FIELD_COUNT];
  for (size_t cell = 0; cell < healing->mesh->local; ++cell) {
    struct percuta_tissue site = site_of(healing, cell);
    percuta_healing_cascade_rest(&healing->cascade, &site, here);
    put_cell(healing, cell, here, u);
  }
}

void percuta_healing_injure(const struct percuta_healing *healing,
                            const struct percuta_injury *injury, double *u) {
  double here[PERCUTA_FIELD_COUNT];
  for (size_t cell = 0; cell < healing->mesh->local; ++cell) {
    struct percuta_cut cut = {.injured = injury->injured[cell],
                              .clotted = injury->clotted[cell],
                              .open = injury->open ? injury->open[cell] : 0,
                              .closing_time = injury->closing_time,
                              .signal_rel = injury->signal_rel};
    if (!(cut.injured > 0 || cut.open > 0))
      continue;
    struct percuta_tissue site = site_of(healing, cell);
    get_cell(healing, cell, u, here);
    percuta_healing_cascade_injure(&healing->cascade, &site, &cut, here);
    put_cell(healing, cell, here, u);
  }
}

/* A mean of `row` over rings [from, to), by their areas; of nothing 0. */
static double mean_of(const double *weight, const double *row, int from, int to) {
  double sum = 0, area = 0;
  for (int i = from; i < to; ++i) {
    sum += weight[i] * row[i];
    area += weight[i];
  }
  return area > 0 ? sum / area : 0.0;
}

/* One row of T tracks of n rings, the share a of the skin each, and the rest, B. Of ring i of the
 * newest track the share c_i is about to be cut, f of all skin:
 *   track 0, ring i   <- c_i mean of the row + (1 - c_i) r
 *   track t           <- (1 - f) track t - 1 + f r,      t = 1 .. T - 1
 *   rest              <- r,     r = (B rest + a track T - 1) / (B + a)
 * What is cut is the share f of everything, old tracks and rest; what that leaves is put together
 * again, so that the row's total stays. Rings that tell no tracks apart are mixed. */
static void move_tracks(const struct percuta_mesh *mesh, const double *cut, double *row) {
  const int rings = mesh->grid->track_rings, tracks = mesh->grid->tracks, nx = mesh->nx;
  const double mean = mean_of(mesh->weight, row, 0, nx);
  const double rest = tracks > 0 ? mean_of(mesh->weight, row, (tracks - 1) * rings, nx) : mean;
  double struck = 0, all = 0;
  for (int i = 0; i < nx; ++i) {
    struck += i < rings ? mesh->weight[i] * cut[i] : 0.0;
    all += mesh->weight[i];
  }
  for (int i = nx - 1; i >= 0; --i) {
    if (i >= tracks * rings)
      row[i] = rest;
    else if (i >= rings)
      row[i] = row[i - rings] + struck / all * (rest - row[i - rings]);
    else
      row[i] = rest + cut[i] * (mean - rest);
  }
}

void percuta_healing_make_room(const struct percuta_healing *healing,
                               const struct percuta_injury *injury, double *u) {
  const struct percuta_mesh *mesh = healing->mesh;
  if (mesh->grid->metric != PERCUTA_CYLINDRICAL)
    return;
  for (int p = 0; p < healing->cascade.layout.count; ++p)
    for (size_t cell = 0; cell < mesh->local; cell += (size_t)mesh->nx)
      move_tracks(mesh, injury->injured + cell, u + (size_t)p * mesh->local + cell);
}

/* What is added up over cells, each with its share of the averaged volume. */
struct sums {
  double field[PERCUTA_FIELD_COUNT];
  double production, supply;
  double dermis, epidermis; /* averaged volumes */
  double above, all;        /* volume of the dermis with much signal; of all of it */
  double collagen;          /* in all of it */
  double site[2], rest[2];  /* collagen around the defect and inside; the same at rest */
};

/* What each cell of a piece counts, by its volume. */
struct weights {
  double in_range[PERCUTA_PIECE]; /* within the averaged depths */
  double in_all[PERCUTA_PIECE];
  double in_defect[PERCUTA_PIECE]; /* within the averaged depths that a defect reaches */
};

/* What is inside the defect and around it; `inside`, of the first cell of the piece, may be NULL.
 */
static void add_sites(const struct percuta_piece *piece, const struct weights *weights,
                      const bool *inside, struct sums *sums) {
  for (int i = 0; i < piece->count; ++i) {
    const int site = inside && inside[i];
    sums->site[site] += weights->in_defect[i] * piece->u[PERCUTA_FIELD_collagen][i];
    sums->rest[site] += weights->in_defect[i] * piece->rest[i];
  }
}

static void add_piece(const struct percuta_healing *healing, struct percuta_piece *piece,
                      const struct weights *weights, double level, struct sums *sums) {
  const struct percuta_layout *layout = &healing->cascade.layout;
  percuta_healing_cascade_rate(&healing->cascade, piece);
  for (int i = 0; i < piece->count; ++i) {
    double in_range = weights->in_range[i], in_all = weights->in_all[i];
    if (piece->epidermal)
      sums->epidermis += in_all;
    for (int p = 0; p < layout->count; ++p) {
      enum percuta_field f = layout->field[p];
      bool outer = percuta_healing_layout_field[f].home == PERCUTA_HOME_EPIDERMIS;
      double share = outer ? (piece->epidermal ? in_all : 0.0) : (piece->dermal ? in_range : 0.0);
      sums->field[f] += share * piece->u[f][i];
    }
    if (!piece->dermal)
      continue;
    sums->dermis += in_range;
    sums->production += in_range * piece->produced[i];
    sums->supply += in_range * piece->supply[i];
    sums->all += in_all;
    sums->collagen += in_all * piece->u[PERCUTA_FIELD_collagen][i];
    sums->above += piece->u[PERCUTA_FIELD_signal][i] > level ? in_all : 0.0;
  }
}

static void finish(const struct percuta_healing *healing, const struct sums *sums, double most,
                   struct percuta_healing_means *out) {
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    const struct percuta_field_info *info = &percuta_healing_layout_field[f];
    double volume = info->home == PERCUTA_HOME_EPIDERMIS ? sums->epidermis : sums->dermis;
    bool known = percuta_healing_layout_has(&healing->cascade.layout, (enum percuta_field)f);
    out->field[f] = !known ? info->idle : volume > 0 ? sums->field[f] / volume : 0.0;
  }
  out->production = sums->dermis > 0 ? sums->production / sums->dermis : 0.0;
  out->supply = sums->dermis > 0 ? sums->supply / sums->dermis : 0.0;
  out->volume = sums->dermis * percuta_numerics_grid_cell_area(healing->mesh->grid, 0);
  out->signal_max = most;
  out->runaway_frac = sums->all > 0 ? sums->above / sums->all : 0.0;
  out->dermis_collagen = sums->all > 0 ? sums->collagen / sums->all : 0.0;
  out->around = sums->rest[0] > 0 ? sums->site[0] / sums->rest[0] : 1.0;
  out->inside = sums->rest[1] > 0 ? sums->site[1] / sums->rest[1] : out->around;
}

/* The rows from `row` on that make one piece. In a column, where each has but one cell, those are
 * the ones of a kind: a piece costs hardly less when it is short. */
static int count_alike(const struct percuta_healing *healing, int row) {
  const struct percuta_mesh *mesh = healing->mesh;
  int count = 1;
  if (mesh->nx > 1 || mesh->y_count > 1)
    return count;
  while (row + count < mesh->nz && count < PERCUTA_PIECE &&
         healing->dermal[row + count] == healing->dermal[row] &&
         healing->epidermal[row + count] == healing->epidermal[row])
    ++count;
  return count;
}

/* Weighs `count` cells, those from x = `from` on of row (j, k), or of the rows of a column from k
 * on.
 */
static void weigh(const struct percuta_healing *healing, const struct percuta_cells *row, int from,
                  int count, const double range[2], struct weights *out) {
  const struct percuta_mesh *mesh = healing->mesh;
  const double *face = mesh->grid->z_face;
  const int j = mesh->y_start + (int)(row->offset / (size_t)mesh->nx) % mesh->y_count;
  const double share = percuta_numerics_grid_share(mesh->grid, j);
  const double bottom = fmin(range[1], healing->defect_bottom);
  double shared = 0, height = 0, defect = 0;
  for (int i = 0, k = row->k; i < count; ++i) {
    if (i == 0 || mesh->nx == 1) {
      shared = fmax(0.0, fmin(range[1], face[k + 1]) - fmax(range[0], face[k]));
      defect = fmax(0.0, fmin(bottom, face[k + 1]) - fmax(range[0], face[k]));
      height = face[k + 1] - face[k];
      k += mesh->nx == 1;
    }
    double area = share * mesh->weight[mesh->nx == 1 ? 0 : from + i];
    out->in_range[i] = shared * area;
    out->in_all[i] = height * area;
    out->in_defect[i] = defect * area;
  }
}

/* An average that is taken. */
struct survey {
  const struct percuta_healing *healing;
  const struct percuta_healing_source *source;
  double range[2], level;
};

/* What its parts come to. */
struct part {
  struct sums sums;
  double most; /* of the signal */
};

/* Adds up to a piece of the cells `row` from `from` on. */
static void add_cells(const struct survey *survey, const struct percuta_cells *row, int from,
                      struct part *part) {
  const struct percuta_healing *healing = survey->healing;
  const struct percuta_mesh *mesh = healing->mesh;
  const size_t plane = (size_t)mesh->nx * (size_t)mesh->y_count;
  const int left = row->count - from, count = left < PERCUTA_PIECE ? left : PERCUTA_PIECE;
  const struct percuta_cells here = {
      .k = row->k, .count = count, .offset = row->offset + (size_t)from};
  double value[PERCUTA_FIELD_COUNT][PERCUTA_PIECE];
  const double *at[PERCUTA_FIELD_COUNT];
  struct weights weights;
  struct percuta_piece piece;
  for (int p = 0; p < healing->cascade.layout.count; ++p) {
    const size_t first = (size_t)p * mesh->local + here.offset;
    at[p] = survey->source->array ? survey->source->array + first : value[p];
    if (!survey->source->array)
      survey->source->values(survey->source->context, first, (size_t)count, value[p]);
  }
  open_piece(healing, &here, 0, at, NULL, &piece);
  weigh(healing, row, from, piece.count, survey->range, &weights);
  add_piece(healing, &piece, &weights, survey->level, &part->sums);
  if (!piece.dermal)
    return;
  add_sites(&piece, &weights, healing->inside ? healing->inside + here.offset % plane : NULL,
            &part->sums);
  for (int i = 0; i < piece.count; ++i)
    part->most = fmax(part->most, piece.u[PERCUTA_FIELD_signal][i]);
}

/* Adds the rows from..to, lines of cells in x. */
static void add_rows(const struct survey *survey, int from, int to, struct part *part) {
  const struct percuta_healing *healing = survey->healing;
  const struct percuta_mesh *mesh = healing->mesh;
  int rows = 1;
  for (int row = from; row < to; row += rows) {
    rows = count_alike(healing, row);
    const struct percuta_cells here = {.k = row / mesh->y_count,
                                       .count = rows * mesh->nx,
                                       .offset = (size_t)row * (size_t)mesh->nx};
    if (!healing->dermal[here.k] && !healing->epidermal[here.k])
      continue;
    for (int at = 0; at < here.count; at += PERCUTA_PIECE)
      add_cells(survey, &here, at, part);
  }
}

/* The parts' totals, in their order. */
static struct part add_parts(const struct part *part, int count) {
  struct part all = part[0];
  double *to = (double *)&all.sums;
  for (int p = 1; p < count; ++p) {
    const double *from = (const double *)&part[p].sums;
    for (size_t i = 0; i < sizeof all.sums / sizeof(double); ++i)
      to[i] += from[i];
    all.most = fmax(all.most, part[p].most);
  }
  return all;
}

PetscErrorCode percuta_healing_average(const struct percuta_healing *healing,
                                       const struct percuta_healing_source *source, double top,
                                       double bottom, struct percuta_healing_means *out) {
  const struct percuta_mesh *mesh = healing->mesh;
  const struct survey survey = {.healing = healing,
                                .source = source,
                                .range = {top, bottom},
                                .level = percuta_healing_cascade_runaway_level(&healing->cascade)};
  /* By depth, but a column as a whole: its rows are taken together. */
  const int parts = mesh->nx > 1 || mesh->y_count > 1 ? mesh->nz : 1;
  const int rows = mesh->nz * mesh->y_count / parts;
  struct part *part;

  PetscFunctionBeginUser;
  PetscCall(PetscCalloc1(parts, &part));
  PERCUTA_THREADS_LOOP(mesh->threads)
  for (int p = 0; p < parts; ++p)
    add_rows(&survey, p * rows, (p + 1) * rows, &part[p]);
  struct part all = add_parts(part, parts);
  PetscCall(PetscFree(part));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &all.sums, (int)(sizeof all.sums / sizeof(double)),
                             MPI_DOUBLE, MPI_SUM, mesh->comm));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &all.most, 1, MPI_DOUBLE, MPI_MAX, mesh->comm));
  finish(healing, &all.sums, all.most, out);
  PetscFunctionReturn(PETSC_SUCCESS);
}
