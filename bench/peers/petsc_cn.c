/* R1 with plain PETSc: DMDA, Crank-Nicolson, conjugate gradients started from the last step. The
 * operator is applied by a loop over the grid (`free`, no preconditioner) or is an assembled matrix
 * (`assembled`, Jacobi); -ksp_* and -pc_* options of PETSc change that. petsc_cn.sh builds and runs
 * it; it understands the command line of the other peers and prints the same line.
 * Lengths in um, times in s. */
#include <math.h>
#include <petscdmda.h>
#include <petscksp.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

static const PetscReal side = 2000.0, end_time = 600.0, diffusivity = 100.0, decay = 1e-4;
static const PetscReal sigma = 150.0;

/* identity + decay and diffusion of one side of a Crank-Nicolson step:
 * (own + rate * neighbours) u - rate * (sum over neighbours) */
struct stencil {
  PetscReal own, rate;
};

struct step {
  DM grid;
  Vec local; /* values with those of the neighbouring ranks; owned */
  struct stencil implicit;
};

struct request {
  PetscInt side_cells, steps, substrates;
  PetscBool assembled;
  PetscMPIInt ranks;
};

struct outcome {
  double seconds, setup_seconds, error, least, bytes;
  PetscInt iterations;
};

static PetscReal bell(PetscReal x, PetscReal t) {
  PetscReal variance = sigma * sigma + 2 * diffusivity * t, sum = 0;
  for (int image = -8; image <= 8; image++) {
    PetscReal from = x - image * side; /* images in the two walls */
    sum += exp(-from * from / (2 * variance));
  }
  return sigma / sqrt(variance) * sum;
}

static PetscErrorCode exact(DM grid, PetscReal t, Vec out) {
  PetscInt n;
  DMDALocalInfo info;
  PetscScalar ***u;
  PetscReal *line;

  PetscFunctionBeginUser;
  PetscCall(DMDAGetLocalInfo(grid, &info));
  n = info.mx;
  PetscCall(PetscMalloc1(n, &line));
  for (PetscInt i = 0; i < n; i++)
    line[i] = bell(((PetscReal)i + 0.5) * side / (PetscReal)n - side / 2, t);
  PetscCall(DMDAVecGetArray(grid, out, &u));
  for (PetscInt k = info.zs; k < info.zs + info.zm; k++)
    for (PetscInt j = info.ys; j < info.ys + info.ym; j++)
      for (PetscInt i = info.xs; i < info.xs + info.xm; i++)
        u[k][j][i] = exp(-decay * t) * line[k] * line[j] * line[i];
  PetscCall(DMDAVecRestoreArray(grid, out, &u));
  PetscCall(PetscFree(line));
  PetscFunctionReturn(0);
}

static PetscScalar at_cell(struct stencil s, PetscScalar here, PetscScalar neighbours) {
  return (s.own + 6 * s.rate) * here - s.rate * neighbours;
}

/* One row of cells; those beyond a wall count as the cell itself, which is zero flux. */
static void apply_row(struct stencil s, PetscInt first, PetscInt last, PetscInt n,
                      const PetscScalar *const around[5], PetscScalar *restrict out) {
  const PetscScalar *u = around[0], *above = around[1], *below = around[2], *front = around[3],
                    *back = around[4];
  PetscInt from = first, to = last;
  if (first == 0) {
    out[0] = at_cell(s, u[0], u[0] + u[1] + above[0] + below[0] + front[0] + back[0]);
    from = 1;
  }
  if (last == n) {
    to = n - 1;
    out[to] = at_cell(s, u[to], u[to - 1] + u[to] + above[to] + below[to] + front[to] + back[to]);
  }
  for (PetscInt i = from; i < to; i++)
    out[i] = at_cell(s, u[i], u[i - 1] + u[i + 1] + above[i] + below[i] + front[i] + back[i]);
}

static PetscErrorCode apply(DM grid, Vec local, struct stencil s, Vec in, Vec out) {
  DMDALocalInfo info;
  const PetscScalar ***u;
  PetscScalar ***v;

  PetscFunctionBeginUser;
  PetscCall(DMGlobalToLocal(grid, in, INSERT_VALUES, local));
  PetscCall(DMDAGetLocalInfo(grid, &info));
  PetscCall(DMDAVecGetArrayRead(grid, local, (void *)&u));
  PetscCall(DMDAVecGetArray(grid, out, &v));
  for (PetscInt k = info.zs; k < info.zs + info.zm; k++)
    for (PetscInt j = info.ys; j < info.ys + info.ym; j++) {
      PetscInt above = PetscMax(k - 1, 0), below = PetscMin(k + 1, info.mz - 1);
      PetscInt front = PetscMax(j - 1, 0), back = PetscMin(j + 1, info.my - 1);
      const PetscScalar *around[5] = {u[k][j], u[above][j], u[below][j], u[k][front], u[k][back]};
      apply_row(s, info.xs, info.xs + info.xm, info.mx, around, v[k][j]);
    }
  PetscCall(DMDAVecRestoreArrayRead(grid, local, (void *)&u));
  PetscCall(DMDAVecRestoreArray(grid, out, &v));
  PetscFunctionReturn(0);
}

static PetscErrorCode multiply(Mat matrix, Vec in, Vec out) {
  struct step *step;

  PetscFunctionBeginUser;
  PetscCall(MatShellGetContext(matrix, &step));
  PetscCall(apply(step->grid, step->local, step->implicit, in, out));
  PetscFunctionReturn(0);
}

static PetscErrorCode assemble(DM grid, struct stencil s, Mat *matrix) {
  DMDALocalInfo info;

  PetscFunctionBeginUser;
  PetscCall(DMDAGetLocalInfo(grid, &info));
  PetscCall(DMCreateMatrix(grid, matrix));
  for (PetscInt k = info.zs; k < info.zs + info.zm; k++)
    for (PetscInt j = info.ys; j < info.ys + info.ym; j++)
      for (PetscInt i = info.xs; i < info.xs + info.xm; i++) {
        const MatStencil around[6] = {
            {.k = k - 1, .j = j, .i = i}, {.k = k + 1, .j = j, .i = i},
            {.k = k, .j = j - 1, .i = i}, {.k = k, .j = j + 1, .i = i},
            {.k = k, .j = j, .i = i - 1}, {.k = k, .j = j, .i = i + 1},
        };
        MatStencil row = {.k = k, .j = j, .i = i}, columns[7];
        PetscScalar values[7];
        PetscInt count = 0;
        for (int side_of = 0; side_of < 6; side_of++) {
          const MatStencil *c = &around[side_of];
          if (c->k < 0 || c->k >= info.mz || c->j < 0 || c->j >= info.my || c->i < 0 ||
              c->i >= info.mx)
            continue;
          columns[count] = *c;
          values[count++] = -s.rate;
        }
        columns[count] = row;
        values[count] = s.own + (PetscReal)count * s.rate;
        PetscCall(MatSetValuesStencil(*matrix, 1, &row, count + 1, columns, values, INSERT_VALUES));
      }
  PetscCall(MatAssemblyBegin(*matrix, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(*matrix, MAT_FINAL_ASSEMBLY));
  PetscFunctionReturn(0);
}

static PetscErrorCode create_solver(struct step *step, PetscBool assembled, KSP *solver) {
  Mat matrix;
  PC preconditioner;
  PetscInt local_size;

  PetscFunctionBeginUser;
  if (assembled) {
    PetscCall(assemble(step->grid, step->implicit, &matrix));
  } else {
    Vec like;
    PetscCall(DMGetGlobalVector(step->grid, &like));
    PetscCall(VecGetLocalSize(like, &local_size));
    PetscCall(DMRestoreGlobalVector(step->grid, &like));
    PetscCall(MatCreateShell(PETSC_COMM_WORLD, local_size, local_size, PETSC_DETERMINE,
                             PETSC_DETERMINE, step, &matrix));
    PetscCall(MatShellSetOperation(matrix, MATOP_MULT, (void (*)(void))multiply));
  }
  PetscCall(MatSetOption(matrix, MAT_SPD, PETSC_TRUE));
  PetscCall(KSPCreate(PETSC_COMM_WORLD, solver));
  PetscCall(KSPSetOperators(*solver, matrix, matrix));
  PetscCall(KSPSetType(*solver, KSPCG));
  PetscCall(KSPGetPC(*solver, &preconditioner));
  PetscCall(PCSetType(preconditioner, assembled ? PCJACOBI : PCNONE));
  PetscCall(KSPSetTolerances(*solver, 1e-3, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT));
  PetscCall(KSPSetInitialGuessNonzero(*solver, PETSC_TRUE));
  PetscCall(KSPSetFromOptions(*solver));
  PetscCall(KSPSetUp(*solver));
  PetscCall(MatDestroy(&matrix)); /* the solver keeps it */
  PetscFunctionReturn(0);
}

static PetscErrorCode resident(const char *key, double *bytes) {
  char line[256];
  double kilobytes = 0, sum;
  FILE *status = fopen("/proc/self/status", "r");

  PetscFunctionBeginUser;
  while (status && fgets(line, sizeof line, status))
    if (!strncmp(line, key, strlen(key)))
      sscanf(line + strlen(key), "%lf", &kilobytes);
  if (status)
    fclose(status);
  PetscCallMPI(MPI_Allreduce(&kilobytes, &sum, 1, MPI_DOUBLE, MPI_SUM, PETSC_COMM_WORLD));
  *bytes = 1024 * sum;
  PetscFunctionReturn(0);
}

static PetscErrorCode march(const struct request *request, struct step *step, KSP solver,
                            struct stencil explicit_half, Vec *fields, struct outcome *outcome) {
  Vec right;
  double began;
  PetscInt iterations;

  PetscFunctionBeginUser;
  PetscCall(DMCreateGlobalVector(step->grid, &right));
  PetscCallMPI(MPI_Barrier(PETSC_COMM_WORLD));
  began = MPI_Wtime();
  for (PetscInt k = 0; k < request->steps; k++)
    for (PetscInt s = 0; s < request->substrates; s++) {
      PetscCall(apply(step->grid, step->local, explicit_half, fields[s], right));
      PetscCall(KSPSolve(solver, right, fields[s]));
      PetscCall(KSPGetIterationNumber(solver, &iterations));
      outcome->iterations += iterations;
    }
  PetscCallMPI(MPI_Barrier(PETSC_COMM_WORLD));
  outcome->seconds = MPI_Wtime() - began;
  PetscCall(VecDestroy(&right));
  PetscFunctionReturn(0);
}

static PetscErrorCode judge(DM grid, PetscInt count, Vec *fields, struct outcome *outcome) {
  Vec truth;
  PetscReal size, distance, least;

  PetscFunctionBeginUser;
  PetscCall(DMCreateGlobalVector(grid, &truth));
  PetscCall(exact(grid, end_time, truth));
  PetscCall(VecNorm(truth, NORM_2, &size));
  for (PetscInt s = 0; s < count; s++) {
    PetscCall(VecMin(fields[s], NULL, &least));
    outcome->least = s == 0 ? least : PetscMin(outcome->least, least);
    PetscCall(VecAXPY(fields[s], -1, truth));
    PetscCall(VecNorm(fields[s], NORM_2, &distance));
    outcome->error = PetscMax(outcome->error, distance / size);
  }
  PetscCall(VecDestroy(&truth));
  PetscFunctionReturn(0);
}

static PetscErrorCode solve(const struct request *request, struct outcome *outcome) {
  const PetscInt n = request->side_cells;
  const PetscReal half = end_time / (PetscReal)request->steps / 2, h = side / (PetscReal)n;
  const PetscReal rate = half * diffusivity / (h * h);
  const struct stencil explicit_half = {.own = 1 - half * decay, .rate = -rate};
  struct step step = {.implicit = {.own = 1 + half * decay, .rate = rate}};
  double before, began = MPI_Wtime();
  KSP solver;
  Vec *fields;

  PetscFunctionBeginUser;
  PetscCall(resident("VmRSS:", &before));
  PetscCall(DMDACreate3d(PETSC_COMM_WORLD, DM_BOUNDARY_NONE, DM_BOUNDARY_NONE, DM_BOUNDARY_NONE,
                         DMDA_STENCIL_STAR, n, n, n, PETSC_DECIDE, PETSC_DECIDE, PETSC_DECIDE, 1, 1,
                         NULL, NULL, NULL, &step.grid));
  PetscCall(DMSetUp(step.grid));
  PetscCall(DMCreateLocalVector(step.grid, &step.local));
  PetscCall(PetscMalloc1(request->substrates, &fields));
  for (PetscInt s = 0; s < request->substrates; s++) {
    PetscCall(DMCreateGlobalVector(step.grid, &fields[s]));
    PetscCall(exact(step.grid, 0, fields[s]));
  }
  PetscCall(create_solver(&step, request->assembled, &solver));
  outcome->setup_seconds = MPI_Wtime() - began;
  PetscCall(march(request, &step, solver, explicit_half, fields, outcome));
  PetscCall(resident("VmHWM:", &outcome->bytes));
  outcome->bytes -= before;
  PetscCall(judge(step.grid, request->substrates, fields, outcome));
  PetscCall(KSPDestroy(&solver));
  for (PetscInt s = 0; s < request->substrates; s++)
    PetscCall(VecDestroy(&fields[s]));
  PetscCall(PetscFree(fields));
  PetscCall(VecDestroy(&step.local));
  PetscCall(DMDestroy(&step.grid));
  PetscFunctionReturn(0);
}

static PetscErrorCode print(const struct request *request, const struct outcome *outcome) {
  const double cells = pow((double)request->side_cells, 3);
  const double values = cells * (double)request->substrates;

  PetscFunctionBeginUser;
  PetscCall(PetscPrintf(
      PETSC_COMM_WORLD,
      "{\"program\": \"petsc_cn\", \"problem\": \"r1\", \"method\": \"%s\", \"cells\": %.0f, "
      "\"substrates\": %d, \"steps\": %d, \"threads\": %d, \"seconds\": %.9g, "
      "\"setup_seconds\": %.9g, \"error\": %.9g, \"min\": %.9g, \"ns_per\": %.6g, "
      "\"bytes_per\": %.6g, \"iterations_per_solve\": %.3g}\n",
      request->assembled ? "assembled" : "free", cells, (int)request->substrates,
      (int)request->steps, request->ranks, outcome->seconds, outcome->setup_seconds, outcome->error,
      outcome->least, 1e9 * outcome->seconds / values / (double)request->steps,
      outcome->bytes / values,
      (double)outcome->iterations / (double)(request->steps * request->substrates)));
  PetscFunctionReturn(0);
}

int main(int argc, char **argv) {
  struct request request = {.side_cells = 100, .steps = 6, .substrates = 1};
  struct outcome outcome = {0};
  char method[32] = "free";

  PetscCall(PetscInitialize(&argc, &argv, NULL, NULL));
  PetscCall(PetscOptionsGetInt(NULL, NULL, "-cells", &request.side_cells, NULL));
  PetscCall(PetscOptionsGetInt(NULL, NULL, "-steps", &request.steps, NULL));
  PetscCall(PetscOptionsGetInt(NULL, NULL, "-substrates", &request.substrates, NULL));
  PetscCall(PetscOptionsGetString(NULL, NULL, "-method", method, sizeof method, NULL));
  PetscCall(PetscStrcmp(method, "assembled", &request.assembled));
  PetscCheck(request.assembled || !strcmp(method, "free"), PETSC_COMM_WORLD, PETSC_ERR_USER_INPUT,
             "--method is free or assembled, not %s", method);
  PetscCheck(request.side_cells > 1 && request.steps > 0 && request.substrates > 0,
             PETSC_COMM_WORLD, PETSC_ERR_USER_INPUT, "counts must be positive");
  PetscCallMPI(MPI_Comm_size(PETSC_COMM_WORLD, &request.ranks));
  PetscCall(solve(&request, &outcome));
  PetscCall(print(&request, &outcome));
  return PetscFinalize();
}
