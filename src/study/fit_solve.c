/* Least squares, min of |residuals|^2 + |z|^2, with TAO's POUNDERS (Wild 2017), which needs no
 * derivatives; at the least, the Jacobian J of the residuals by central differences, and the
 * covariance (J'J + I)^-1, I being the prior's.
 * Theory: docs/theory/calibration.md. Test: tests/verification/test_study.c. */
#include <math.h>
#include <petsctao.h>
#include <stdlib.h>

#include "study/fit.h"

static const double STEP = 0.05; /* of the differences, in standard deviations of the prior */

struct work {
  const struct percuta_fit *fit;
  double *predicted; /* rows */
  int evaluations;
  enum percuta_status status; /* of the first evaluation that failed */
};

/* Residuals of the rows, then z itself, the prior's. A course that cannot be followed counts as one
 * in which nothing comes about. */
static void residuals(struct work *work, const double *z, double *out) {
  const struct percuta_fit *fit = work->fit;
  enum percuta_status status = percuta_study_fit_predict(fit, z, work->predicted);
  work->evaluations++;
  if (status != PERCUTA_OK && status != PERCUTA_NUMERICS && work->status == PERCUTA_OK)
    work->status = status;
  for (int r = 0; r < fit->rows; ++r)
    out[r] = status == PERCUTA_OK ? percuta_study_fit_residual(&fit->row[r], work->predicted[r])
                                  : PERCUTA_STUDY_FIT_NOT_REACHED;
  for (int p = 0; p < fit->parameters; ++p)
    out[fit->rows + p] = z[p];
}

static PetscErrorCode evaluate(Tao tao, Vec x, Vec f, void *context) {
  const double *z;
  double *out;
  PetscFunctionBeginUser;
  (void)tao;
  PetscCall(VecGetArrayRead(x, &z));
  PetscCall(VecGetArray(f, &out));
  residuals(context, z, out);
  PetscCall(VecRestoreArray(f, &out));
  PetscCall(VecRestoreArrayRead(x, &z));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode search(struct work *work, double *z) {
  const struct percuta_fit *fit = work->fit;
  Tao tao;
  Vec x, f;
  double *to;
  const double *from;
  PetscFunctionBeginUser;
  PetscCall(VecCreateSeq(PETSC_COMM_SELF, fit->parameters, &x));
  PetscCall(VecCreateSeq(PETSC_COMM_SELF, fit->rows + fit->parameters, &f));
  PetscCall(VecGetArray(x, &to));
  PetscCall(PetscArraycpy(to, z, fit->parameters));
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
  PetscCall(PetscArraycpy(z, from, fit->parameters));
  PetscCall(VecRestoreArrayRead(x, &from));
  PetscCall(TaoDestroy(&tao));
  PetscCall(VecDestroy(&f));
  PetscCall(VecDestroy(&x));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* J'J + I at z. */
static void curvature(struct work *work, double *z, double *matrix) {
  const struct percuta_fit *fit = work->fit;
  int n = fit->parameters, rows = fit->rows + n;
  double *jacobian = calloc((size_t)(rows * n), sizeof *jacobian);
  double *side = calloc((size_t)rows, sizeof *side);
  for (int p = 0; p < n && jacobian && side; ++p) {
    double keep = z[p];
    for (int s = -1; s <= 1; s += 2) {
      z[p] = keep + s * STEP;
      residuals(work, z, side);
      for (int r = 0; r < rows; ++r)
        jacobian[p * rows + r] += s * side[r] / (2 * STEP);
    }
    z[p] = keep;
  }
  for (int i = 0; i < n && jacobian && side; ++i) {
    for (int j = 0; j < n; ++j) {
      double sum = 0;
      for (int r = 0; r < rows; ++r)
        sum += jacobian[i * rows + r] * jacobian[j * rows + r];
      matrix[j * n + i] = sum;
    }
  }
  if (!jacobian || !side)
    work->status = PERCUTA_MEMORY;
  free(side);
  free(jacobian);
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

enum percuta_status percuta_study_fit_solve(const struct percuta_fit *fit,
                                            struct percuta_fit_result *out) {
  size_t n = (size_t)fit->parameters;
  enum percuta_status status = allocate(fit, out);
  double *matrix = calloc(n * n, sizeof *matrix);
  struct work work = {
      .fit = fit, .predicted = calloc((size_t)fit->rows, sizeof(double)), .status = PERCUTA_OK};
  if (!matrix || !work.predicted)
    status = PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    status = percuta_study_fit_predict(fit, out->z, out->before);
  if (status == PERCUTA_OK && search(&work, out->z))
    status = PERCUTA_NUMERICS;
  if (status == PERCUTA_OK)
    status = percuta_study_fit_predict(fit, out->z, out->after);
  if (status == PERCUTA_OK)
    curvature(&work, out->z, matrix);
  if (status == PERCUTA_OK)
    status = work.status;
  if (status == PERCUTA_OK && invert(fit->parameters, matrix, out))
    status = PERCUTA_NUMERICS;
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
