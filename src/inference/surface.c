/* Ridge regression through the eigenvectors of the normal matrix, shared by all answers: with terms
 * X, X'X = V L V' and T = XV, a penalty a gives the coefficients V (L + a)^-1 T'y, and leaving out
 * point i would change its residual r_i to r_i / (1 - h_i), h_i = sum_k T_ik^2 / (L_k + a).
 * Tests: tests/verification/test_inference.c. */
#include "inference/surface.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>

enum { PENALTIES = 25 };
static const double LEAST_PENALTY = 1e-12, STEP = 3.1622776601683795; /* of the largest L */
static const double ROUNDING = 1e-24;  /* of a mean squared: no variance */
static const double LEAST_LEFT = 1e-9; /* of 1 - h, where a point decides its own value */

/* Work of a fit. */
struct work {
  int count;
  gsl_matrix *rotated;               /* T */
  gsl_matrix *vector;                /* V */
  gsl_vector *size;                  /* L */
  gsl_vector *along, *turned, *fall; /* T'y, that over L + a, coefficients */
  double *left;                      /* 1 - h of each point, for each penalty */
};

/* The terms at a point: 1, then each x, then each square, then products. */
static void take_terms(int dims, bool mixed, const double *x, double *term) {
  int t = 0;
  term[t++] = 1;
  for (int d = 0; d < dims; ++d)
    term[t++] = x[d];
  for (int d = 0; d < dims; ++d)
    term[t++] = (x[d] * x[d] - 1) * M_SQRT1_2;
  for (int d = 0; d < dims && mixed; ++d) {
    for (int e = 0; e < d; ++e)
      term[t++] = x[d] * x[e];
  }
}

static int terms_of(int dims, bool mixed) {
  return 1 + 2 * dims + (mixed ? dims * (dims - 1) / 2 : 0);
}

static double penalty(const struct work *work, int index) {
  return gsl_vector_max(work->size) * LEAST_PENALTY * pow(STEP, index);
}

static void close_work(struct work *work) {
  gsl_matrix_free(work->rotated);
  gsl_matrix_free(work->vector);
  gsl_vector_free(work->size);
  gsl_vector_free(work->along);
  gsl_vector_free(work->turned);
  gsl_vector_free(work->fall);
  free(work->left);
}

/* GSL stops a program that runs out of memory, so what is large is asked for by ourselves first. */
static bool fits(size_t rows, size_t columns) {
  void *room = malloc((2 * rows + 3 * columns) * columns * sizeof(double));
  free(room);
  return room != NULL;
}

/* Eigenvectors of the normal matrix, the terms turned into them, and what leaving out leaves. */
static void decompose(const gsl_matrix *terms, struct work *work) {
  const size_t n = terms->size1, p = terms->size2;
  gsl_matrix *normal = gsl_matrix_alloc(p, p);
  gsl_eigen_symmv_workspace *room = gsl_eigen_symmv_alloc(p);
  gsl_blas_dsyrk(CblasLower, CblasTrans, 1, terms, 0, normal);
  gsl_eigen_symmv(normal, work->size, work->vector, room);
  gsl_eigen_symmv_free(room);
  gsl_matrix_free(normal);
  gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, terms, work->vector, 0, work->rotated);
  for (size_t i = 0; i < n; ++i) {
    for (int a = 0; a < PENALTIES; ++a) {
      double leverage = 0;
      for (size_t k = 0; k < p; ++k) {
        const double t = gsl_matrix_get(work->rotated, i, k);
        leverage += t * t / (fmax(gsl_vector_get(work->size, k), 0) + penalty(work, a));
      }
      work->left[i * PENALTIES + (size_t)a] = fmax(1 - leverage, LEAST_LEFT);
    }
  }
}

static void turn(const struct work *work, int index) {
  for (size_t k = 0; k < work->size->size; ++k) {
    const double size = fmax(gsl_vector_get(work->size, k), 0) + penalty(work, index);
    gsl_vector_set(work->turned, k, gsl_vector_get(work->along, k) / size);
  }
}

/* Standard deviation of leave-one-out errors with one penalty; `guess` has room for all points. */
static double error_left_out(const struct work *work, const gsl_vector *answer, int index,
                             gsl_vector *guess) {
  double square = 0;
  turn(work, index);
  gsl_blas_dgemv(CblasNoTrans, 1, work->rotated, work->turned, 0, guess);
  for (size_t i = 0; i < answer->size; ++i) {
    const double error = (gsl_vector_get(answer, i) - gsl_vector_get(guess, i)) /
                         work->left[i * PENALTIES + (size_t)index];
    square += error * error;
  }
  return sqrt(square / (double)answer->size);
}

static enum percuta_status fit_one(struct work *work, const double *answer, int answers, int which,
                                   struct percuta_surface *out) {
  const size_t p = work->size->size;
  gsl_vector *centred = gsl_vector_alloc((size_t)work->count);
  gsl_vector *guess = gsl_vector_alloc((size_t)work->count);
  double mean = 0;
  int best = 0;
  out->coefficient = calloc(p, sizeof *out->coefficient);
  out->error = INFINITY;
  for (int i = 0; i < work->count; ++i)
    mean += answer[(size_t)i * (size_t)answers + (size_t)which] / work->count;
  for (int i = 0; i < work->count; ++i)
    gsl_vector_set(centred, (size_t)i, answer[(size_t)i * (size_t)answers + (size_t)which] - mean);
  gsl_blas_dgemv(CblasTrans, 1, work->rotated, centred, 0, work->along);
  for (int a = 0; a < PENALTIES; ++a) {
    const double error = error_left_out(work, centred, a, guess);
    if (error < out->error) {
      out->error = error;
      best = a;
    }
  }
  turn(work, best);
  gsl_blas_dgemv(CblasNoTrans, 1, work->vector, work->turned, 0, work->fall);
  for (size_t k = 0; k < p && out->coefficient; ++k)
    out->coefficient[k] = gsl_vector_get(work->fall, k) + (k == 0 ? mean : 0);
  out->ridge = penalty(work, best);
  gsl_vector_free(centred);
  gsl_vector_free(guess);
  return out->coefficient ? PERCUTA_OK : PERCUTA_MEMORY;
}

static gsl_matrix *all_terms(const struct percuta_surfaces *surfaces, int count,
                             const double *point) {
  gsl_matrix *terms = gsl_matrix_alloc((size_t)count, (size_t)surfaces->terms);
  for (int i = 0; i < count; ++i)
    take_terms(surfaces->dims, surfaces->mixed, point + (size_t)i * (size_t)surfaces->dims,
               gsl_matrix_ptr(terms, (size_t)i, 0));
  return terms;
}

enum percuta_status percuta_inference_surface_fit(int dims, int answers, int count,
                                                  const double *point, const double *answer,
                                                  struct percuta_surfaces *out) {
  *out = (struct percuta_surfaces){.dims = dims, .answers = answers};
  out->mixed = count >= 2 * terms_of(dims, true);
  out->terms = terms_of(dims, out->mixed);
  const size_t n = (size_t)count, p = (size_t)out->terms;
  out->surface = calloc((size_t)answers + 1, sizeof *out->surface);
  if (!out->surface || !fits(n, p))
    return PERCUTA_MEMORY;
  struct work work = {.count = count,
                      .rotated = gsl_matrix_alloc(n, p),
                      .vector = gsl_matrix_alloc(p, p),
                      .size = gsl_vector_alloc(p),
                      .along = gsl_vector_alloc(p),
                      .turned = gsl_vector_alloc(p),
                      .fall = gsl_vector_alloc(p),
                      .left = calloc(n * PENALTIES, sizeof *work.left)};
  enum percuta_status status = work.left ? PERCUTA_OK : PERCUTA_MEMORY;
  if (status == PERCUTA_OK) {
    gsl_matrix *terms = all_terms(out, count, point);
    decompose(terms, &work);
    gsl_matrix_free(terms);
  }
  for (int a = 0; a < answers && status == PERCUTA_OK; ++a)
    status = fit_one(&work, answer, answers, a, &out->surface[a]);
  close_work(&work);
  return status;
}

void percuta_inference_surface_clear(struct percuta_surfaces *surfaces) {
  for (int a = 0; a < surfaces->answers && surfaces->surface; ++a)
    free(surfaces->surface[a].coefficient);
  free(surfaces->surface);
  *surfaces = (struct percuta_surfaces){.dims = 0};
}

void percuta_inference_surface_at(const struct percuta_surfaces *surfaces, const double *point,
                                  double *term, double *answer) {
  take_terms(surfaces->dims, surfaces->mixed, point, term);
  for (int a = 0; a < surfaces->answers; ++a) {
    const double *coefficient = surfaces->surface[a].coefficient;
    double sum = 0;
    for (int t = 0; t < surfaces->terms; ++t)
      sum += coefficient[t] * term[t];
    answer[a] = sum;
  }
}

double percuta_inference_surface_total_effect(const struct percuta_surfaces *surfaces, int answer,
                                              int d) {
  const double *coefficient = surfaces->surface[answer].coefficient;
  const int dims = surfaces->dims;
  double all = 0, part = 0;
  for (int t = 1; t < surfaces->terms; ++t)
    all += coefficient[t] * coefficient[t];
  part += coefficient[1 + d] * coefficient[1 + d];
  part += coefficient[1 + dims + d] * coefficient[1 + dims + d];
  for (int a = 0, t = 1 + 2 * dims; a < dims && surfaces->mixed; ++a) {
    for (int b = 0; b < a; ++b, ++t)
      part += a == d || b == d ? coefficient[t] * coefficient[t] : 0;
  }
  return all > ROUNDING * coefficient[0] * coefficient[0] ? part / all : 0;
}
