/* The network of march.h on rings and rows around a bore, whose share of a cell is b:
 *   capacity = V [(1 - b) K + b K_fill]       loss = V (1 - b) K k        V, A per skin area
 *   conduct  = (1 - b) K D + b K_fill D_fill            K_fill less where fluid flows out
 * (domain.h) south    = 1 / [h_1/(2 A conduct_1) + h_2/(2 A conduct_2)]            to the row below
 *   east     = 2 h/R^2 / [ln(r/m_1)/conduct_1 + ln(m_2/r)/conduct_2]    to the next ring, at face r
 * with m the radius at which a ring has its mean (middle_log), so that few rings are enough. One
 * backward Euler step is factored once (elimination.c) and kept for the next of that length.
 * Theory: docs/theory/permeation.md. Verified: tests/verification/test_permeation_column.c,
 * test_permeation_channel.c; the rings' widths: tests/unit/test_domain.c. */
#include "permeation/rings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "permeation/elimination.h"
#include "permeation/march.h"

enum { CACHE = 4 };        /* factors kept: of a step, its half, twice and a quarter */
enum { CELL_ARRAYS = 12 }; /* doubles per cell */

/* The cells' backward Euler system, and their answer to the vehicle. */
struct factor {
  double step; /* [s] 0: empty */
  bool open;   /* under a vehicle */
  long used;
  double *link, *inverse; /* owned, with the next */
  double *answer;         /* activities where the vehicle's is 1 and there was nothing before */
  double uptake;          /* [m] what all cells hold and pass on then */
};

struct rings {
  const struct percuta_domain *domain;
  int nr, nz, cells;
  const double *r; /* borrowed faces */
  double *z;       /* owned faces */
  int *row_layer;  /* owned */
  double *cell;    /* owned; the arrays below, cells + 1 each */
  double *capacity, *loss, *sink, *mouth, *space, *tissue;
  double *conduct;       /* [m^2/s] K D, across */
  double *upper, *lower; /* [m^2/s] the same along depth, of the two halves */
  double dilution;       /* [m/s] */
  double *east, *south;  /* [m/s] links to the next ring, the next row */
  double *excess;
  int *layer, *row; /* owned, one block */
  struct factor cache[CACHE];
  long clock, factorisations;
};

void percuta_permeation_rings_faces(double wall, int inner, double radius, int outer,
                                    double *face) {
  double first = wall / inner, low = 1 + 1e-12, high = 1e3, far = radius - wall;
  for (int at = 0; at <= inner; ++at)
    face[at] = wall * at / inner;
  /* Rings grow by the factor q with which `outer` of them, the first as wide as those inside, fill
   * the way: first (q + q^2 + ..) = far. Where there is no need to grow they are equal. */
  for (int round = 0; round < 200; ++round) {
    double middle = sqrt(low * high);
    double sum = first * middle * (pow(middle, outer) - 1) / (middle - 1);
    *(sum < far ? &low : &high) = middle;
  }
  for (int at = 1; at <= outer; ++at) {
    double share = low > 1 + 1e-9 ? (pow(low, at) - 1) / (pow(low, outer) - 1) : (double)at / outer;
    face[inner + at] = wall + far * share;
  }
  if (outer > 0)
    face[inner + outer] = radius;
}

static size_t node(const struct rings *g, int i, int k) {
  return 1 + (size_t)k * (size_t)g->nr + (size_t)i;
}

/* Area of ring i over that of all. */
static double ring_share(const struct rings *g, int i) {
  double all = g->r[g->nr];
  return (g->r[i + 1] - g->r[i]) * (g->r[i + 1] + g->r[i]) / (all * all);
}

/* Share of the cell's volume that is bore: at three depths (Simpson) the share of the ring within
 * the radius, over the part of the row above the tip. */
static double bore_share(const struct rings *g, int i, int k,
                         const struct percuta_closing *closing) {
  const struct percuta_domain *d = g->domain;
  if (d->bore_count == 0)
    return 0;
  double top = g->z[k], tip = d->bores[0].depth * closing->depth_share;
  double bottom = fmin(g->z[k + 1], tip * (1 - 1e-12)), sum = 0;
  double inner = g->r[i] * g->r[i], outer = g->r[i + 1] * g->r[i + 1];
  if (!(bottom > top))
    return 0;
  for (int at = 0; at < 3; ++at) {
    double radius =
        percuta_permeation_domain_radius(d->bores, top + 0.5 * at * (bottom - top), closing);
    double share = (fmin(outer, fmax(inner, radius * radius)) - inner) / (outer - inner);
    sum += (at == 1 ? 4 : 1) * share / 6;
  }
  /* A row that ends on the tip is covered whole, whatever rounding says. */
  double part = (bottom - top) / (g->z[k + 1] - top);
  return part > 1 - 1e-9 ? sum : sum * part;
}

/* Logarithm of the radius at which a ring has its mean when the flux through it is steady, so that
 * what it holds goes with ln r: the mean of ln r over the ring from r_1 to r_2,
 *   ln m = (r_2^2 ln r_2 - r_1^2 ln r_1) / (r_2^2 - r_1^2) - 1/2 */
static double middle_log(const struct rings *g, int i) {
  double in = g->r[i], out = g->r[i + 1];
  double inner = in > 0 ? in * in * log(in) : 0;
  return (out * out * log(out) - inner) / ((out - in) * (out + in)) - 0.5;
}

static double in_series(double first, double second) {
  return first > 0 && second > 0 ? 1 / (1 / first + 1 / second) : 0;
}

/* What flow leaves of bores in row k: in all of it, in its upper and its lower half. */
static void hold_row(const struct rings *g, int k, const struct percuta_closing *closing,
                     struct percuta_hold hold[3]) {
  const struct percuta_domain *d = g->domain;
  const double top = g->z[k], bottom = g->z[k + 1], middle = 0.5 * (top + bottom);
  const double from[3] = {top, top, middle}, to[3] = {bottom, middle, bottom};
  for (int at = 0; at < 3; ++at)
    hold[at] = d->bore_count > 0
                   ? percuta_permeation_domain_hold(d, d->bores, from[at], to[at], closing)
                   : (struct percuta_hold){1, 1};
}

static void fill_cells(struct rings *g, const struct percuta_closing *closing) {
  const struct percuta_domain *d = g->domain;
  const double fill = d->fill_partition * d->fill_diffusivity;
  for (int k = 0; k < g->nz; ++k) {
    const struct percuta_permeation_layer *layer = &d->layers[g->row_layer[k]];
    const double through = layer->partition * layer->diffusivity;
    struct percuta_hold hold[3];
    hold_row(g, k, closing, hold);
    for (int i = 0; i < g->nr; ++i) {
      size_t at = node(g, i, k);
      double bore = bore_share(g, i, k, closing), skin = 1 - bore;
      double space = ring_share(g, i) * (g->z[k + 1] - g->z[k]);
      g->space[at] = space;
      g->tissue[at] = space * skin;
      g->capacity[at] = space * (skin * layer->partition + bore * d->fill_partition * hold[0].held);
      g->loss[at] = space * skin * layer->partition * layer->loss;
      g->conduct[at] = skin * through + bore * fill * hold[0].held;
      g->upper[at] = skin * through + bore * fill * hold[1].conducted;
      g->lower[at] = skin * through + bore * fill * hold[2].conducted;
      g->layer[at] = g->row_layer[k];
      g->row[at] = k;
    }
  }
}

/* What the vehicle is linked to: the cells at the surface and, past the first layer, the tissue at
 * the top of the second. */
static double mouth(const struct rings *g, int i, int k) {
  const struct percuta_domain *d = g->domain;
  size_t at = node(g, i, k);
  double height = g->z[k + 1] - g->z[k];
  if (k == 0)
    return 2 * ring_share(g, i) * g->upper[at] / height;
  if (!(d->bypass > 0) || g->row_layer[k] != 1 || g->row_layer[k - 1] != 0)
    return 0;
  const struct percuta_permeation_layer *layer = &d->layers[1];
  return g->tissue[at] / height *
         in_series(d->bypass, 2 * layer->partition * layer->diffusivity / height);
}

static void fill_links(struct rings *g) {
  double area = g->r[g->nr] * g->r[g->nr]; /* over pi */
  for (int k = 0; k < g->nz; ++k) {
    double height = g->z[k + 1] - g->z[k];
    for (int i = 0; i < g->nr; ++i) {
      size_t at = node(g, i, k);
      double through = 2 * ring_share(g, i) * g->lower[at] / height;
      g->mouth[at] = mouth(g, i, k);
      g->sink[at] = k == g->nz - 1 && g->domain->sink ? through : 0;
      g->south[at] = 0;
      g->east[at] = 0;
      if (k + 1 < g->nz) {
        double next =
            2 * ring_share(g, i) * g->upper[at + (size_t)g->nr] / (g->z[k + 2] - g->z[k + 1]);
        g->south[at] = in_series(through, next);
      }
      if (i + 1 < g->nr) {
        double wall = log(g->r[i + 1]), around = 2 * height / area;
        g->east[at] = in_series(around * g->conduct[at] / (wall - middle_log(g, i)),
                                around * g->conduct[at + 1] / (middle_log(g, i + 1) - wall));
      }
    }
  }
}

static enum percuta_status reshape(void *context, const struct percuta_closing *closing) {
  struct rings *g = context;
  const struct percuta_bore *bore = g->domain->bores;
  fill_cells(g, closing);
  fill_links(g);
  g->dilution = g->domain->bore_count > 0
                    ? g->domain->density * bore->flow * bore->flowing * closing->flow_share
                    : 0;
  for (int at = 0; at < CACHE; ++at)
    g->cache[at].step = 0;
  return PERCUTA_OK;
}

/* Excess and links of capacity + step * network, of the cells alone. */
static void assemble(struct rings *g, double step, bool open, double *link) {
  size_t band = (size_t)g->nr, cells = (size_t)g->cells;
  memset(link, 0, cells * band * sizeof *link);
  for (size_t at = 1; at <= cells; ++at) {
    g->excess[at] = g->capacity[at] + step * (g->loss[at] + g->sink[at]);
    if (open)
      g->excess[at] += step * g->mouth[at];
    if (g->east[at] > 0)
      link[(at - 1) * band] += step * g->east[at];
    if (g->south[at] > 0)
      link[(at - 1) * band + band - 1] += step * g->south[at];
  }
}

/* What the cells make of a vehicle of activity 1: (C + dt L) a = dt mouth. What enters them is what
 * they hold and pass on, a sum without differences: uptake = sum of [C + dt (loss + sink)] a. */
static void answer(const struct rings *g, double step, struct factor *f) {
  for (size_t at = 1; at <= (size_t)g->cells; ++at)
    f->answer[at - 1] = step * g->mouth[at];
  percuta_permeation_elimination_solve(g->cells, g->nr, f->link, f->inverse, f->answer);
  f->uptake = 0;
  for (size_t at = 1; at <= (size_t)g->cells; ++at)
    f->uptake += (g->capacity[at] + step * (g->loss[at] + g->sink[at])) * f->answer[at - 1];
}

/* The factor of a step, from the cache or made in place of the one not used for longest. */
static struct factor *find_factor(struct rings *g, double step, bool open) {
  struct factor *oldest = &g->cache[0];
  for (int at = 0; at < CACHE; ++at) {
    struct factor *f = &g->cache[at];
    if (f->step == step && f->open == open) {
      f->used = ++g->clock;
      return f;
    }
    if (f->used < oldest->used)
      oldest = f;
  }
  size_t cells = (size_t)g->cells, links = cells * (size_t)g->nr;
  if (!oldest->link)
    oldest->link = malloc((links + 2 * cells) * sizeof *oldest->link);
  if (!oldest->link)
    return NULL;
  oldest->inverse = oldest->link + links;
  oldest->answer = oldest->inverse + cells;
  oldest->step = step;
  oldest->open = open;
  oldest->used = ++g->clock;
  assemble(g, step, open, oldest->link);
  percuta_permeation_elimination_factor(g->cells, g->nr, oldest->link, g->excess + 1,
                                        oldest->inverse);
  if (open)
    answer(g, step, oldest);
  g->factorisations += 1;
  return oldest;
}

/* The cells without their vehicle, then what it adds; a finite one's activity follows from what
 * reaches it:
 *   (C + dt L) w = n,   u = w + u_0 a,   (volume + uptake) u_0 = amount + sum of dt mouth w */
static enum percuta_status solve(void *context, double step,
                                 const struct percuta_march_surface *surface,
                                 const struct percuta_march_guess *guess, double *x) {
  struct rings *g = context;
  (void)guess; /* solved directly */
  const bool open = surface->kind != PERCUTA_DOSE_WASH;
  const struct factor *factor = find_factor(g, step, open);
  double vehicle = 0;
  if (!factor)
    return PERCUTA_MEMORY;
  percuta_permeation_elimination_solve(g->cells, g->nr, factor->link, factor->inverse, x + 1);
  if (surface->kind == PERCUTA_DOSE_FIXED)
    vehicle = surface->concentration;
  if (surface->kind == PERCUTA_DOSE_FINITE) {
    double amount = x[0];
    for (size_t at = 1; at <= (size_t)g->cells; ++at)
      amount += step * g->mouth[at] * x[at];
    vehicle = amount / (surface->volume + factor->uptake);
  }
  for (size_t at = 1; at <= (size_t)g->cells && open; ++at)
    x[at] += vehicle * factor->answer[at - 1];
  x[0] = vehicle;
  return PERCUTA_OK;
}

static void clear(struct rings *g) {
  for (int at = 0; at < CACHE; ++at)
    free(g->cache[at].link);
  free(g->z);
  free(g->row_layer);
  free(g->cell);
  free(g->layer);
}

static enum percuta_status prepare(struct rings *g, int cells) {
  enum percuta_status status =
      percuta_permeation_domain_rows(g->domain, cells, 0.0, &g->z, &g->row_layer, &g->nz);
  if (status != PERCUTA_OK)
    return status;
  size_t nodes = (size_t)g->nr * (size_t)g->nz + 1;
  g->cells = (int)nodes - 1;
  g->cell = calloc(CELL_ARRAYS * nodes, sizeof *g->cell);
  g->layer = calloc(2 * nodes, sizeof *g->layer);
  if (!g->cell || !g->layer)
    return PERCUTA_MEMORY;
  double **const array[CELL_ARRAYS] = {&g->capacity, &g->loss,   &g->sink,  &g->mouth,
                                       &g->space,    &g->tissue, &g->east,  &g->south,
                                       &g->conduct,  &g->upper,  &g->lower, &g->excess};
  for (size_t at = 0; at < CELL_ARRAYS; ++at)
    *array[at] = g->cell + at * nodes;
  g->row = g->layer + nodes;
  return PERCUTA_OK;
}

static enum percuta_status run(struct rings *g, const struct percuta_resolution *resolution,
                               struct percuta_permeation **out) {
  const struct percuta_march_network network = {.context = g,
                                                .count = (size_t)g->cells,
                                                .capacity = g->capacity,
                                                .loss = g->loss,
                                                .sink = g->sink,
                                                .mouth = g->mouth,
                                                .space = g->space,
                                                .tissue = g->tissue,
                                                .layer = g->layer,
                                                .row = g->row,
                                                .dilution = &g->dilution,
                                                .solve = solve,
                                                .reshape = reshape};
  struct percuta_permeation *course = NULL;
  enum percuta_status status = percuta_permeation_domain_course(g->domain, g->z, g->nz, &course);
  if (status == PERCUTA_OK)
    status = percuta_permeation_march_run(g->domain, resolution, &network, course);
  if (status == PERCUTA_OK) {
    course->factorisations = g->factorisations;
    *out = course;
  } else {
    percuta_permeation_domain_course_destroy(&course);
  }
  return status;
}

enum percuta_status percuta_permeation_rings_run(const struct percuta_domain *domain,
                                                 const struct percuta_resolution *resolution,
                                                 int rings, const double *face, int cells,
                                                 struct percuta_permeation **out,
                                                 const char **wrong) {
  enum percuta_status status = percuta_permeation_domain_check(domain, true, wrong);
  struct percuta_domain typical = *domain; /* the first bore alone makes faces */
  typical.bore_count = domain->bore_count > 1 ? 1 : domain->bore_count;
  struct rings g = {.domain = &typical, .nr = rings, .r = face};
  if (status == PERCUTA_OK)
    status = prepare(&g, cells);
  if (status == PERCUTA_OK)
    status = run(&g, resolution, out);
  clear(&g);
  return status;
}
