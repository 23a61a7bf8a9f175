/* Least squares, min of |residuals|^2 + |z|^2, with TAO's POUNDERS (Wild 2017), which needs no
 * derivatives; at the least, the Jacobian J of the residuals by central differences, and the
 * covariance (J'J + I)^-1, I being the prior's.
 * Theory: docs/theory/calibration.md. Test: tests/verification/test_study.c. */
#include <math.h>
#include <petsctao.h>
#include <stdbool.h>
#include <stdlib.h>

#include "study/fit.h"
#include "study/fit_wrong.h"

static const double STEP = 0.05; /* of the differences, in standard deviations of the prior */

struct work {
  const struct percuta_fit *fit;
  double *z;         /* borrowed; the place in question */
  double *predicted; /* owned; rows */
  int evaluations;
  enum percuta_status status; /* of the first evaluation that failed */
};

/* Residuals of the rows, then z itself, the prior's. Where a course was lost they are those of one
 * in which nothing comes about. */
static void residuals(const struct percuta_fit *fit, const double *z, const double *predicted,
                      bool lost, double *out) {
  for (int r = 0; r < fit->rows; ++r)
    out[r] = lost ? PERCUTA_STUDY_FIT_NOT_REACHED
                  : percuta_study_fit_residual(&fit->row[r], predicted[r]);
  for (int p = 0; p < fit->parameters; ++p)
    out[fit->rows + p] = z[p];
}

/* What rank 0, which searches, wants of the others: its next place, or an end. */
enum wish { EVALUATE, END };

static MPI_Comm comm_of(const struct percuta_fit *fit) {
  return fit->crew ? fit->crew->comm : MPI_COMM_SELF;
}

/* Predicts at the place in question; nothing any more after a failure, which all ranks know of. */
static bool predict_here(struct work *work) {
  bool lost = true;
  work->evaluations++;
  if (work->status == PERCUTA_OK)
    work->status = percuta_study_fit_predict(work->fit, 1, work->z, work->predicted, &lost);
  return lost || work->status != PERCUTA_OK;
}

static void tell(struct work *work, int *wish) {
  MPI_Bcast(wish, 1, MPI_INT, 0, comm_of(work->fit));
  MPI_Bcast(work->z, work->fit->parameters, MPI_DOUBLE, 0, comm_of(work->fit));
}

/* The other ranks follow courses with rank 0 until its search is over, and stand where it ended. */
static void serve(struct work *work) {
  int wish = EVALUATE;
  for (tell(work, &wish); wish != END; tell(work, &wish))
    (void)predict_here(work);
}

static PetscErrorCode evaluate(Tao tao, Vec x, Vec f, void *context) {
  struct work *work = context;
  const double *z;
  double *out;
  int wish = EVALUATE;
  PetscFunctionBeginUser;
  (void)tao;
  PetscCall(VecGetArrayRead(x, &z));
  PetscCall(PetscArraycpy(work->z, z, work->fit->parameters));
  PetscCall(VecRestoreArrayRead(x, &z));
  PetscCall(VecGetArray(f, &out));
  tell(work, &wish);
  const bool lost = predict_here(work);
  residuals(work->fit, work->z, work->predicted, lost, out);
  PetscCall(VecRestoreArray(f, &out));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* From work->z to where the least is. */
static PetscErrorCode search(struct work *work) {
  const struct percuta_fit *fit = work->fit;
  Tao tao;
  Vec x, f;
  double *to;
  const double *from;
  PetscFunctionBeginUser;
  PetscCall(VecCreateSeq(PETSC_COMM_SELF, fit->parameters, &x));
  PetscCall(VecCreateSeq(PETSC_COMM_SELF, fit->rows + fit->parameters, &f));
  PetscCall(VecGetArray(x, &to));
  PetscCall(PetscArraycpy(to, work->z, fit->parameters));
  PetscCall(VecRestoreArray(x, &to));
  PetscCall(TaoCreate(PETSC_COMM_SELF, &tao));
  PetscCall(TaoSetType(tao, TAOPOUNDERS));
  PetscCall(TaoSetSolution(tao, x));
  PetscCall(TaoSetResidualRoutine(tao, f, evaluate, work));
  PetscCall(PetscOptionsSetValue(NULL, "-fit_tao_pounders_delta", "0.5"));
  PetscCall(TaoSetOptionsPrefix(tao, "fit_"));
  PetscCall(TaoSetMaximumFunctionEvaluations(tao, 40 + 20 * fit->parameters));
  PetscCall(TaoSetTolerances(tao, 1e-4, 1e-4, 1e-4));
  PetscCall(TaoSetFromOptions(tao));
  PetscCall(TaoSolve(tao));
  PetscCall(VecGetArrayRead(x, &from));
  PetscCall(PetscArraycpy(work->z, from, fit->parameters));
  PetscCall(VecRestoreArrayRead(x, &from));
  PetscCall(TaoDestroy(&tao));
  PetscCall(VecDestroy(&f));
  PetscCall(VecDestroy(&x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* On rank 0, with the help of the others. */
static enum percuta_status search_together(struct work *work) {
  int rank = 0, wish = END;
  bool failed = false;
  MPI_Comm_rank(comm_of(work->fit), &rank);
  if (rank == 0) {
    failed = search(work) != PETSC_SUCCESS;
    tell(work, &wish);
  } else {
    serve(work);
  }
  PERCUTA_TRY(work->status);
  return percuta_numerics_deal_agree(work->fit->crew, failed ? PERCUTA_NUMERICS : PERCUTA_OK);
}

/* Room for the points of the differences, one step to either side along each parameter. */
struct sides {
  double *z, *predicted, *jacobian, *residual; /* owned */
  bool *lost;                                  /* owned */
};

static void clear_sides(struct sides *sides) {
  free(sides->z);
  free(sides->predicted);
  free(sides->jacobian);
  free(sides->residual);
  free(sides->lost);
}

static enum percuta_status place_sides(const struct percuta_fit *fit, const double *z,
                                       struct sides *out) {
  const size_t n = (size_t)fit->parameters, rows = (size_t)fit->rows;
  *out = (struct sides){.z = calloc(2 * n * n, sizeof *out->z),
                        .predicted = calloc(2 * n * rows, sizeof *out->predicted),
                        .jacobian = calloc(n * (rows + n), sizeof *out->jacobian),
                        .residual = calloc(rows + n, sizeof *out->residual),
                        .lost = calloc(2 * n, sizeof *out->lost)};
  if (!out->z || !out->predicted || !out->jacobian || !out->residual || !out->lost)
    return PERCUTA_MEMORY;
  for (size_t side = 0; side < 2 * n; ++side) {
    for (size_t p = 0; p < n; ++p)
      out->z[side * n + p] = z[p];
    out->z[side * n + side / 2] += side % 2 == 0 ? -STEP : STEP;
  }
  return PERCUTA_OK;
}

/* J'J + I, from residuals at both sides; J by columns. */
static void fill_curvature(const struct percuta_fit *fit, struct sides *sides, double *matrix) {
  const int n = fit->parameters, rows = fit->rows + n;
  for (int side = 0; side < 2 * n; ++side) {
    double *column = sides->jacobian + (ptrdiff_t)(side / 2) * rows;
    const double sign = side % 2 == 0 ? -1 : 1;
    residuals(fit, sides->z + (ptrdiff_t)side * n, sides->predicted + (ptrdiff_t)side * fit->rows,
              sides->lost[side], sides->residual);
    for (int r = 0; r < rows; ++r)
      column[r] += sign * sides->residual[r] / (2 * STEP);
  }
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      double sum = 0;
      for (int r = 0; r < rows; ++r)
        sum += sides->jacobian[i * rows + r] * sides->jacobian[j * rows + r];
      matrix[j * n + i] = sum;
    }
  }
}

/* J'J + I at work->z. */
static enum percuta_status curvature(struct work *work, double *matrix) {
  const struct percuta_fit *fit = work->fit;
  struct sides sides;
  enum percuta_status status =
      percuta_numerics_deal_agree(fit->crew, place_sides(fit, work->z, &sides));
  if (status == PERCUTA_OK)
    status =
        percuta_study_fit_predict(fit, 2 * fit->parameters, sides.z, sides.predicted, sides.lost);
  if (status == PERCUTA_OK)
    fill_curvature(fit, &sides, matrix);
  work->evaluations += 2 * fit->parameters;
  clear_sides(&sides);
  return status;
}

/* Spreads and correlations from the inverse of the symmetric `matrix`. */
static PetscErrorCode invert(int n, double *matrix, struct percuta_fit_result *out) {
  Mat curve, unit, inverse;
  const double *value;
  PetscFunctionBeginUser;
  PetscCall(MatCreateSeqDense(PETSC_COMM_SELF, n, n, matrix, &curve));
  PetscCall(MatCreateSeqDense(PETSC_COMM_SELF, n, n, NULL, &unit));
  PetscCall(MatCreateSeqDense(PETSC_COMM_SELF, n, n, NULL, &inverse));
  PetscCall(MatAssemblyBegin(unit, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(unit, MAT_FINAL_ASSEMBLY));
  PetscCall(MatShift(unit, 1.0));
  PetscCall(MatCholeskyFactor(curve, NULL, NULL));
  PetscCall(MatMatSolve(curve, unit, inverse));
  PetscCall(MatDenseGetArrayRead(inverse, &value));
  for (int i = 0; i < n; ++i)
    out->sd[i] = sqrt(value[i * n + i]);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      out->correlation[i * n + j] = value[j * n + i] / (out->sd[i] * out->sd[j]);
  }
  PetscCall(MatDenseRestoreArrayRead(inverse, &value));
  PetscCall(MatDestroy(&inverse));
  PetscCall(MatDestroy(&unit));
  PetscCall(MatDestroy(&curve));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static double misfit(const struct percuta_fit *fit, const double *predicted) {
  double sum = 0;
  for (int r = 0; r < fit->rows; ++r)
    sum += pow(percuta_study_fit_residual(&fit->row[r], predicted[r]), 2);
  return sum;
}

static enum percuta_status allocate(const struct percuta_fit *fit, struct percuta_fit_result *out) {
  size_t n = (size_t)fit->parameters, rows = (size_t)fit->rows;
  *out = (struct percuta_fit_result){.z = calloc(n, sizeof(double)),
                                     .sd = calloc(n, sizeof(double)),
                                     .correlation = calloc(n * n, sizeof(double)),
                                     .before = calloc(rows, sizeof(double)),
                                     .after = calloc(rows, sizeof(double))};
  return out->z && out->sd && out->correlation && out->before && out->after ? PERCUTA_OK
                                                                            : PERCUTA_MEMORY;
}

/* Predictions at z, where all courses must be there. */
static enum percuta_status predict_at(const struct percuta_fit *fit, const double *z,
                                      double *predicted) {
  bool lost = false;
  PERCUTA_TRY(percuta_study_fit_predict(fit, 1, z, predicted, &lost));
  return lost ? percuta_study_fit_wrong_lost(fit->diag,
                                             "a course of the rows could not be followed at the "
                                             "values that the fit stands at")
              : PERCUTA_OK;
}

enum percuta_status percuta_study_fit_solve(const struct percuta_fit *fit,
                                            struct percuta_fit_result *out) {
  size_t n = (size_t)fit->parameters;
  enum percuta_status status = allocate(fit, out);
  double *matrix = calloc(n * n, sizeof *matrix);
  struct work work = {
      .fit = fit, .z = out->z, .predicted = calloc((size_t)fit->rows, sizeof(double))};
  if (!matrix || !work.predicted)
    status = PERCUTA_MEMORY;
  status = percuta_numerics_deal_agree(fit->crew, status);
  if (status == PERCUTA_OK)
    status = predict_at(fit, out->z, out->before);
  if (status == PERCUTA_OK)
    status = search_together(&work);
  if (status == PERCUTA_OK)
    status = predict_at(fit, out->z, out->after);
  if (status == PERCUTA_OK)
    status = curvature(&work, matrix);
  if (status == PERCUTA_OK && invert(fit->parameters, matrix, out))
    status = percuta_study_fit_wrong_lost(fit->diag, "the rows leave the fit no curvature");
  if (status == PERCUTA_OK) {
    out->misfit[0] = misfit(fit, out->before);
    out->misfit[1] = misfit(fit, out->after);
    out->evaluations = work.evaluations;
  }
  free(work.predicted);
  free(matrix);
  if (status != PERCUTA_OK)
    percuta_study_fit_solve_clear(out);
  return status;
}

void percuta_study_fit_solve_clear(struct percuta_fit_result *result) {
  free(result->z);
  free(result->sd);
  free(result->correlation);
  free(result->before);
  free(result->after);
  *result = (struct percuta_fit_result){.z = NULL};
}
