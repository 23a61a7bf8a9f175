/* (D + dt L) u = b on boxes, columns coloured black and red so that no two red ones touch:
 *   red:    u_r = R (b_r + dt G u_b)           R exact: each column is a tridiagonal system
 *   black:  S u_b = b_b + dt G R b_r,   S = M - dt G - dt^2 G R G
 * G are the sideways links, M the black columns without them. Conjugate gradients on S, with M for
 * preconditioner: half the unknowns and half the iterations of columns alone. S is never formed:
 *   q = R dt G p,   S p = M p - dt G (p + q),   M p by recurrence, since of a residual r the
 *   preconditioner's z has M z = r.
 * They begin with u_b = M^-1 (b_b + dt G u) from the guess u, whose residual is dt G times what
 * that changes in the red columns. Elimination has no subtraction, as in elimination.c: with d of
 * the diagonal D, e of a link down times dt, g of all sideways links times dt, s_k = d_k + g_k +
 * s_(k-1) e_(k-1) / p_(k-1),   p_k = s_k + e_k Red-black reduction: Hageman & Young 1981, Applied
 * Iterative Methods, chapter 9. Tests: tests/unit/test_boxes.c,
 * tests/verification/test_permeation_patch.c. */
#include "permeation/boxes.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/vector.h"

enum { SIDES = PERCUTA_SPREAD_SIDES, BLOCK = PERCUTA_SPREAD_BLOCK, MOST_ITERATIONS = 500 };

struct percuta_boxes {
  const struct percuta_spread *spread; /* borrowed */
  double width_x, width_y;             /* [m] */
  size_t rows, own, wide, black;       /* the spread's */
  double *thick;                       /* owned; [m] of each row */
  float *sideways;       /* owned; [m/s] link of row k to side s at (k SIDES + s) own + column */
  double *conduct;       /* owned; wide */
  double *near;          /* owned; wide: what links look at */
  double *rest, *better; /* owned; r and z of black columns */
  double *way, *image;   /* owned; M p and S p */
};

struct percuta_boxes_step {
  double step;     /* [s] */
  double *inverse; /* owned; 1 / p */
  double *share;   /* owned; e_k / p_k */
};

static PetscErrorCode allocate(struct percuta_boxes *b) {
  const size_t rows = b->rows;
  PetscFunctionBeginUser;
  PetscCall(PetscMalloc1(rows, &b->thick));
  PetscCall(PetscMalloc1(rows * SIDES * b->own, &b->sideways));
  PetscCall(PetscCalloc1(rows * b->wide, &b->conduct));
  PetscCall(PetscCalloc1(rows * b->wide, &b->near));
  PetscCall(PetscMalloc2(rows * b->own, &b->rest, rows * b->own, &b->better));
  PetscCall(PetscMalloc2(rows * b->own, &b->way, rows * b->own, &b->image));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_permeation_boxes_create(const struct percuta_spread *spread, double width_x,
                                               double width_y, const double *face,
                                               struct percuta_boxes **out) {
  struct percuta_boxes *b;
  PetscFunctionBeginUser;
  PetscCall(PetscNew(&b));
  *b = (struct percuta_boxes){.spread = spread,
                              .width_x = width_x,
                              .width_y = width_y,
                              .rows = (size_t)spread->nz,
                              .own = spread->own,
                              .wide = spread->wide,
                              .black = spread->black};
  PetscCall(allocate(b));
  for (size_t k = 0; k < b->rows; ++k)
    b->thick[k] = face[k + 1] - face[k];
  *out = b;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_permeation_boxes_destroy(struct percuta_boxes **boxes) {
  struct percuta_boxes *b = *boxes;
  PetscFunctionBeginUser;
  if (!b)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(PetscFree2(b->way, b->image));
  PetscCall(PetscFree2(b->rest, b->better));
  PetscCall(PetscFree(b->near));
  PetscCall(PetscFree(b->conduct));
  PetscCall(PetscFree(b->sideways));
  PetscCall(PetscFree(b->thick));
  PetscCall(PetscFree(*boxes));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Link of two boxes: resistances of the halves `near` and `far` of the way add up. */
static double box_link(double area, double near, double conduct, double far, double next) {
  return conduct > 0 && next > 0 ? area / (near / conduct + far / next) : 0;
}

PetscErrorCode percuta_permeation_boxes_link(struct percuta_boxes *boxes, const double *conduct) {
  struct percuta_boxes *b = boxes;
  const double dx = b->width_x / b->spread->nx, dy = b->width_y / b->spread->ny;
  PetscFunctionBeginUser;
  for (size_t k = 0; k < b->rows; ++k)
    memcpy(b->conduct + k * b->wide, conduct + k * b->own, b->own * sizeof *conduct);
  PetscCall(percuta_permeation_spread_fetch(b->spread, b->conduct));
  for (size_t k = 0; k < b->rows; ++k) {
    const double *here = b->conduct + k * b->wide;
    for (size_t side = 0; side < SIDES; ++side) {
      const double way = side < 2 ? dx : dy, across = side < 2 ? dy : dx;
      const double area = b->thick[k] * across / (b->width_x * b->width_y);
      float *to = b->sideways + (k * SIDES + side) * b->own;
      for (size_t c = 0; c < b->own; ++c)
        to[c] = (float)box_link(area, 0.5 * way, here[c], 0.5 * way,
                                here[b->spread->beside[c * SIDES + side]]);
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Link of column c from row k down [m/s]. */
static double link_down(const struct percuta_boxes *b, size_t k, size_t c) {
  const double *conduct = b->conduct + k * b->wide + c;
  if (k + 1 == b->rows)
    return 0;
  return box_link(1.0 / b->spread->nx / b->spread->ny, 0.5 * b->thick[k], conduct[0],
                  0.5 * b->thick[k + 1], conduct[b->wide]);
}

PetscErrorCode percuta_permeation_boxes_factor(const struct percuta_boxes *boxes, double step,
                                               const double *sum,
                                               struct percuta_boxes_step **into) {
  const struct percuta_boxes *b = boxes;
  const size_t own = b->own, rows = b->rows;
  struct percuta_boxes_step *s = *into;
  PetscFunctionBeginUser;
  if (!s) {
    PetscCall(PetscNew(&s));
    PetscCall(PetscMalloc2(rows * own, &s->inverse, rows * own, &s->share));
    *into = s;
  }
  s->step = step;
  for (size_t from = 0; from < own; from += BLOCK) {
    for (size_t k = 0; k < rows; ++k) {
      for (size_t c = from; c < own && c < from + BLOCK; ++c) {
        const size_t at = k * own + c;
        const float *side = b->sideways + k * SIDES * own + c;
        const double down = step * link_down(b, k, c);
        double excess = sum[at] + step * ((double)side[0] + (double)side[own] +
                                          (double)side[2 * own] + (double)side[3 * own]);
        if (k > 0) /* the excess of the row above, left where its inverse will be */
          excess += s->share[at - own] * s->inverse[at - own];
        s->share[at] = down / (excess + down);
        s->inverse[at] = excess;
      }
    }
    for (size_t k = 0; k < rows; ++k) {
      for (size_t c = from; c < own && c < from + BLOCK; ++c)
        s->inverse[k * own + c] = 1 / (s->inverse[k * own + c] + step * link_down(b, k, c));
    }
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_permeation_boxes_step_destroy(struct percuta_boxes_step **step) {
  PetscFunctionBeginUser;
  if (*step)
    PetscCall(PetscFree2((*step)->inverse, (*step)->share));
  PetscCall(PetscFree(*step));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* What the passes over a block share. */
struct work {
  struct percuta_boxes *boxes;
  const struct percuta_boxes_step *step;
  const double *right;
  double *left;
  double share; /* of what the pass adds */
};

/* to = dt G near of the block's columns in row k. */
PERCUTA_VECTOR_INLINE
void look_sideways(const struct work *w, const struct percuta_spread_block *block, size_t k,
                   double *to) {
  const struct percuta_boxes *b = w->boxes;
  const size_t own = b->own;
  const double step = w->step->step, *near = b->near + k * b->wide;
  for (int r = 0; r < block->runs; ++r) {
    const struct percuta_spread_run *run = &b->spread->run[block->run + r];
    const float *link = b->sideways + k * SIDES * own + run->from;
    const double *west = near + run->beside[0], *east = near + run->beside[1];
    const double *south = near + run->beside[2], *north = near + run->beside[3];
    double *out = to + (run->from - block->from);
    PERCUTA_VECTOR_LOOP
    for (size_t c = 0; c < (size_t)run->count; ++c)
      out[c] =
          step * (((double)link[c] * west[c] + (double)link[own + c] * east[c]) +
                  ((double)link[2 * own + c] * south[c] + (double)link[3 * own + c] * north[c]));
  }
}

/* Solves the block's columns in place; row k of them stands at x + k stride. */
PERCUTA_VECTOR_INLINE
void solve_columns(const struct work *w, const struct percuta_spread_block *block, double *x,
                   size_t stride) {
  const size_t own = w->boxes->own, rows = w->boxes->rows, n = (size_t)block->count;
  const double *share = w->step->share + block->from, *inverse = w->step->inverse + block->from;
  for (size_t k = 1; k < rows; ++k) {
    PERCUTA_VECTOR_LOOP
    for (size_t c = 0; c < n; ++c)
      x[k * stride + c] += share[(k - 1) * own + c] * x[(k - 1) * stride + c];
  }
  PERCUTA_VECTOR_LOOP
  for (size_t c = 0; c < n; ++c)
    x[(rows - 1) * stride + c] *= inverse[(rows - 1) * own + c];
  for (size_t k = rows - 1; k-- > 0;) {
    PERCUTA_VECTOR_LOOP
    for (size_t c = 0; c < n; ++c)
      x[k * stride + c] =
          x[k * stride + c] * inverse[k * own + c] + share[k * own + c] * x[(k + 1) * stride + c];
  }
}

PERCUTA_VECTOR_INLINE
double dot(size_t n, const double *a, const double *b) {
  double lane[4] = {0, 0, 0, 0};
  size_t c = 0;
  for (; c + 4 <= n; c += 4) {
    for (size_t l = 0; l < 4; ++l)
      lane[l] += a[c + l] * b[c + l];
  }
  for (; c < n; ++c)
    lane[0] += a[c] * b[c];
  return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

/* A pass over one block; what it returns is summed over blocks and ranks. */
typedef double pass_fn(const struct work *w, const struct percuta_spread_block *block);

/* near_r = R (b_r + dt G near_b), b left out if there is none. */
PERCUTA_VECTOR_CLONES
static double pass_red(const struct work *w, const struct percuta_spread_block *block) {
  struct percuta_boxes *b = w->boxes;
  const size_t n = (size_t)block->count;
  double *near = b->near + block->from;
  for (size_t k = 0; k < b->rows; ++k, near += b->wide) {
    const double *right = w->right ? w->right + k * b->own + block->from : NULL;
    look_sideways(w, block, k, near);
    for (size_t c = 0; right && c < n; ++c)
      near[c] += right[c];
  }
  solve_columns(w, block, b->near + block->from, b->wide);
  return 0;
}

/* image = b_b + dt G near,  left = M^-1 image; left . image, of which what is wrong is a share. */
PERCUTA_VECTOR_CLONES
static double pass_first(const struct work *w, const struct percuta_spread_block *block) {
  struct percuta_boxes *b = w->boxes;
  const size_t n = (size_t)block->count;
  double sum = 0;
  for (size_t k = 0; k < b->rows; ++k) {
    const size_t at = k * b->own + block->from;
    double *image = b->image + at;
    look_sideways(w, block, k, image);
    for (size_t c = 0; c < n; ++c)
      w->left[at + c] = image[c] += w->right[at + c];
  }
  solve_columns(w, block, w->left + block->from, b->own);
  for (size_t k = 0; k < b->rows; ++k) {
    const size_t at = k * b->own + block->from;
    sum += dot(n, w->left + at, b->image + at);
  }
  return sum;
}

/* z = M^-1 r; r . z */
PERCUTA_VECTOR_INLINE
double precondition(const struct work *w, const struct percuta_spread_block *block) {
  struct percuta_boxes *b = w->boxes;
  double sum = 0;
  for (size_t k = 0; k < b->rows; ++k) {
    const size_t at = k * b->own + block->from;
    memcpy(b->better + at, b->rest + at, (size_t)block->count * sizeof *b->better);
  }
  solve_columns(w, block, b->better + block->from, b->own);
  for (size_t k = 0; k < b->rows; ++k) {
    const size_t at = k * b->own + block->from;
    sum += dot((size_t)block->count, b->better + at, b->rest + at);
  }
  return sum;
}

/* r = b_b + dt G near - image, which has dt G of before; z, and r . z */
PERCUTA_VECTOR_CLONES
static double pass_rest(const struct work *w, const struct percuta_spread_block *block) {
  struct percuta_boxes *b = w->boxes;
  for (size_t k = 0; k < b->rows; ++k) {
    const size_t at = k * b->own + block->from;
    double *rest = b->rest + at;
    look_sideways(w, block, k, rest);
    for (size_t c = 0; c < (size_t)block->count; ++c)
      rest[c] += w->right[at + c] - b->image[at + c];
  }
  return precondition(w, block);
}

/* near = z + share near,  way = r + share way: the next direction. */
PERCUTA_VECTOR_CLONES
static double pass_turn(const struct work *w, const struct percuta_spread_block *block) {
  struct percuta_boxes *b = w->boxes;
  for (size_t k = 0; k < b->rows; ++k) {
    const size_t at = k * b->own + block->from;
    double *near = b->near + k * b->wide + block->from;
    PERCUTA_VECTOR_LOOP
    for (size_t c = 0; c < (size_t)block->count; ++c) {
      near[c] = b->better[at + c] + w->share * near[c];
      b->way[at + c] = b->rest[at + c] + w->share * b->way[at + c];
    }
  }
  return 0;
}

/* image = way - dt G near = S p; p . S p */
PERCUTA_VECTOR_CLONES
static double pass_image(const struct work *w, const struct percuta_spread_block *block) {
  struct percuta_boxes *b = w->boxes;
  double sum = 0;
  for (size_t k = 0; k < b->rows; ++k) {
    const size_t at = k * b->own + block->from;
    double *image = b->image + at;
    look_sideways(w, block, k, image);
    for (size_t c = 0; c < (size_t)block->count; ++c)
      image[c] = b->way[at + c] - image[c];
    sum += dot((size_t)block->count, b->near + k * b->wide + block->from, image);
  }
  return sum;
}

/* left += share p,  r -= share S p; z, and r . z */
PERCUTA_VECTOR_CLONES
static double pass_go(const struct work *w, const struct percuta_spread_block *block) {
  struct percuta_boxes *b = w->boxes;
  for (size_t k = 0; k < b->rows; ++k) {
    const size_t at = k * b->own + block->from;
    const double *near = b->near + k * b->wide + block->from;
    PERCUTA_VECTOR_LOOP
    for (size_t c = 0; c < (size_t)block->count; ++c) {
      w->left[at + c] += w->share * near[c];
      b->rest[at + c] -= w->share * b->image[at + c];
    }
  }
  return precondition(w, block);
}

/* A pass over all blocks of one colour. */
static PetscErrorCode pass(const struct work *w, pass_fn *what, double *sum) {
  struct percuta_boxes *b = w->boxes;
  const bool red = what == pass_red;
  const int first = red ? b->spread->blacks : 0, count = red ? b->spread->reds : b->spread->blacks;
  PetscFunctionBeginUser;
  double all = 0;
  for (int at = first; at < first + count; ++at)
    all += what(w, &b->spread->block[at]);
  if (red)
    PetscCall(percuta_permeation_spread_fetch(b->spread, b->near));
  if (sum) {
    *sum = all;
    PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, sum, 1, MPI_DOUBLE, MPI_SUM, b->spread->comm));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Black columns from `from` to what links look at. */
static PetscErrorCode show_black(struct percuta_boxes *b, const double *from) {
  PetscFunctionBeginUser;
  for (size_t k = 0; k < b->rows; ++k)
    memcpy(b->near + k * b->wide, from + k * b->own, b->black * sizeof *from);
  PetscCall(percuta_permeation_spread_fetch(b->spread, b->near));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* near_r = R (b_r + dt G left_b) */
static PetscErrorCode follow_black(const struct work *w) {
  PetscFunctionBeginUser;
  PetscCall(show_black(w->boxes, w->left));
  PetscCall(pass(w, pass_red, NULL));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Conjugate gradients on the black columns from r and z, whose product is `wrong`, until it is at
 * most `enough`. */
static PetscErrorCode iterate(const struct work *given, double wrong, double enough,
                              int *iterations) {
  struct percuta_boxes *b = given->boxes;
  struct work w = *given;
  PetscFunctionBeginUser;
  w.right = NULL;
  PetscCall(PetscArrayzero(b->way, b->rows * b->own));
  for (size_t k = 0; k < b->rows; ++k)
    PetscCall(PetscArrayzero(b->near + k * b->wide, b->black));
  w.share = 0;
  for (*iterations = 1; wrong > enough; ++*iterations) {
    double energy, before = wrong;
    PetscCall(pass(&w, pass_turn, NULL));
    PetscCall(percuta_permeation_spread_fetch(b->spread, b->near));
    PetscCall(pass(&w, pass_red, NULL));
    PetscCall(pass(&w, pass_image, &energy));
    if (*iterations > MOST_ITERATIONS || !(energy > 0)) {
      *iterations = -1;
      break;
    }
    w.share = wrong / energy;
    PetscCall(pass(&w, pass_go, &wrong));
    if (!isfinite(wrong)) {
      *iterations = -1;
      break;
    }
    w.share = wrong / before;
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_permeation_boxes_solve(struct percuta_boxes *boxes,
                                              const struct percuta_boxes_step *step,
                                              double tolerance, const double *right, double *left,
                                              int *iterations) {
  const struct work w = {.boxes = boxes, .step = step, .right = right, .left = left};
  double whole, wrong;
  PetscFunctionBeginUser;
  *iterations = 0;
  PetscCall(follow_black(&w));
  PetscCall(pass(&w, pass_first, &whole));
  PetscCall(follow_black(&w));
  PetscCall(pass(&w, pass_rest, &wrong));
  const double enough = tolerance * tolerance * whole;
  if (wrong > enough) {
    PetscCall(iterate(&w, wrong, enough, iterations));
    PetscCall(follow_black(&w));
  }
  if (!isfinite(whole) || !isfinite(wrong))
    *iterations = -1;
  for (size_t k = 0; k < boxes->rows; ++k)
    memcpy(left + k * boxes->own + boxes->black, boxes->near + k * boxes->wide + boxes->black,
           (boxes->own - boxes->black) * sizeof *left);
  PetscFunctionReturn(PETSC_SUCCESS);
}
