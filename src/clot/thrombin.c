/* The network is stiff (complexes form within microseconds to milliseconds, thrombin within
 * minutes), small and dense, so it is solved by backward differentiation of fourth order with step
 * control, Newton's method and a dense LU factorisation of the exact Jacobian. Between steps,
 * curves are cubics through values and slopes, from which crossings and peaks are found.
 * Theory: docs/theory/clot.md. Verified: tests/verification/test_thrombin.c, against reference
 * numbers. */
#include "clot/thrombin.h"

#include <math.h>

#include "clot/curve.h"
#include "numerics/try.h"

/* A concentration that matters to nothing, relative to the tissue factor: the floor of the error
 * control. */
static const double FLOOR_REL = 1e-2;

struct watch {
  const struct percuta_blood *blood;
  struct percuta_clot clot;
  double time;                      /* [s] of the step before */
  double state[PERCUTA_BLOOD_SIZE]; /* then */
  double rates[PERCUTA_BLOOD_SIZE];
};

static PetscErrorCode give_rates(TS ts, PetscReal time, Vec state, Vec rates, void *context) {
  const struct watch *watch = context;
  const PetscScalar *from;
  PetscScalar *to;

  PetscFunctionBeginUser;
  (void)ts;
  (void)time;
  PetscCall(VecGetArrayRead(state, &from));
  PetscCall(VecGetArrayWrite(rates, &to));
  percuta_clot_blood_rates(watch->blood, from, to);
  PetscCall(VecRestoreArrayWrite(rates, &to));
  PetscCall(VecRestoreArrayRead(state, &from));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode give_jacobian(TS ts, PetscReal time, Vec state, Mat jacobian, Mat matrix,
                                    void *context) {
  const struct watch *watch = context;
  const PetscScalar *from;
  PetscScalar *to;

  PetscFunctionBeginUser;
  (void)ts;
  (void)time;
  PetscCall(VecGetArrayRead(state, &from));
  PetscCall(MatDenseGetArrayWrite(matrix, &to));
  percuta_clot_blood_jacobian(watch->blood, from, to);
  PetscCall(MatDenseRestoreArrayWrite(matrix, &to));
  PetscCall(VecRestoreArrayRead(state, &from));
  PetscCall(MatAssemblyBegin(jacobian, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(jacobian, MAT_FINAL_ASSEMBLY));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Notes the first time at which `curve` reaches `level`. */
static void note_first(const struct percuta_curve *curve, double level, double *time) {
  double reached;
  if (isinf(*time) && percuta_clot_curve_reaches(curve, level, &reached))
    *time = reached;
}

/* What happened between the step before and this one, at `time`. */
static void look(struct watch *watch, double time, const double *state, const double *rates) {
  const struct percuta_blood *blood = watch->blood;
  struct percuta_clot *clot = &watch->clot;
  const int fibrinogen = percuta_clot_blood_fibrinogen(blood);
  const int platelets = percuta_clot_blood_platelets(blood);
  const double all = blood->initial[fibrinogen];
  double when;
  const struct percuta_curve thrombin = {
      watch->time,
      time,
      {percuta_clot_blood_thrombin(blood, watch->state), percuta_clot_blood_thrombin(blood, state)},
      {percuta_clot_blood_thrombin(blood, watch->rates),
       percuta_clot_blood_thrombin(blood, rates)}};
  const struct percuta_curve fibrin = {watch->time,
                                       time,
                                       {all - watch->state[fibrinogen], all - state[fibrinogen]},
                                       {-watch->rates[fibrinogen], -rates[fibrinogen]}};
  const struct percuta_curve released = {watch->time,
                                         time,
                                         {1 - watch->state[platelets], 1 - state[platelets]},
                                         {-watch->rates[platelets], -rates[platelets]}};
  note_first(&thrombin, blood->parameters.threshold, &clot->threshold_time);
  note_first(&fibrin, all / 2, &clot->fibrin_time);
  note_first(&released, 0.5, &clot->platelet_time);
  if (!percuta_clot_curve_peaks(&thrombin, &when))
    when = time;
  if (percuta_clot_curve_value(&thrombin, when) > clot->peak) {
    clot->peak = percuta_clot_curve_value(&thrombin, when);
    clot->peak_time = when;
  }
}

static PetscErrorCode see(TS ts, PetscInt step, PetscReal time, Vec state, void *context) {
  struct watch *watch = context;
  const int size = percuta_clot_blood_size(watch->blood);
  double rates[PERCUTA_BLOOD_SIZE];
  const PetscScalar *now;

  PetscFunctionBeginUser;
  (void)ts;
  PetscCall(VecGetArrayRead(state, &now));
  percuta_clot_blood_rates(watch->blood, now, rates);
  if (step > 0 && time > watch->time)
    look(watch, time, now, rates);
  PetscCall(PetscArraycpy(watch->state, now, size));
  PetscCall(PetscArraycpy(watch->rates, rates, size));
  PetscCall(VecRestoreArrayRead(state, &now));
  watch->time = time;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* The largest change of what the reactions conserve, relative to how much of it there was. */
static double balance_error(const struct percuta_blood *blood, const double *state) {
  double law[PERCUTA_NETWORK_SPECIES * PERCUTA_NETWORK_SPECIES], worst = 0;
  const int n = blood->network.species, laws = percuta_clot_network_laws(&blood->network, law);
  for (int k = 0; k < laws; k++) {
    double change = 0, amount = 0;
    for (int i = 0; i < n; i++) {
      change += law[k * n + i] * (state[i] - blood->initial[i]);
      amount += fabs(law[k * n + i]) * (blood->initial[i] + fabs(state[i]));
    }
    if (amount > 0)
      worst = fmax(worst, fabs(change) / amount);
  }
  return worst;
}

/* Absolute errors as harmless as the relative one: of a species, fibrinogen, and the platelets. */
static double species_error(const struct percuta_blood_parameters *p) {
  return p->tolerance * FLOOR_REL * p->tissue_factor;
}

static double fibrinogen_error(const struct percuta_blood_parameters *p) {
  return p->tolerance * p->fibrinogen;
}

static double platelet_error(const struct percuta_blood_parameters *p) {
  return p->tolerance;
}

static PetscErrorCode set_tolerances(TS ts, const struct percuta_blood *blood, Vec state) {
  const struct percuta_blood_parameters *p = &blood->parameters;
  Vec floor;

  PetscFunctionBeginUser;
  PetscCall(VecDuplicate(state, &floor));
  PetscCall(VecSet(floor, species_error(p)));
  PetscCall(
      VecSetValue(floor, percuta_clot_blood_fibrinogen(blood), fibrinogen_error(p), INSERT_VALUES));
  PetscCall(
      VecSetValue(floor, percuta_clot_blood_platelets(blood), platelet_error(p), INSERT_VALUES));
  PetscCall(VecAssemblyBegin(floor));
  PetscCall(VecAssemblyEnd(floor));
  PetscCall(TSSetTolerances(ts, p->tolerance, floor, p->tolerance, NULL));
  PetscCall(VecDestroy(&floor)); /* the solver holds its own reference */
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode set_solver(TS ts, const struct percuta_blood *blood) {
  SNES snes;
  KSP ksp;
  PC pc;

  PetscFunctionBeginUser;
  PetscCall(TSSetProblemType(ts, TS_NONLINEAR));
  PetscCall(TSSetType(ts, TSBDF));
  PetscCall(TSBDFSetOrder(ts, 4));
  PetscCall(TSGetSNES(ts, &snes));
  PetscCall(SNESGetKSP(snes, &ksp));
  PetscCall(KSPSetType(ksp, KSPPREONLY));
  PetscCall(KSPGetPC(ksp, &pc));
  PetscCall(PCSetType(pc, PCLU));
  PetscCall(TSSetTimeStep(ts, 1e-6 * blood->parameters.window));
  PetscCall(TSSetMaxTime(ts, blood->parameters.window));
  PetscCall(TSSetMaxSteps(ts, 1000000));
  PetscCall(TSSetExactFinalTime(ts, TS_EXACTFINALTIME_MATCHSTEP));
  PetscCall(TSSetErrorIfStepFails(ts, PETSC_FALSE));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* An amount, or none where the solver does not tell it from none. */
static double told(double amount, double error) {
  return amount > error ? amount : 0;
}

/* What is left when the window ends. What is highest there has not peaked. */
static void conclude(const struct watch *watch, struct percuta_clot *out) {
  const struct percuta_blood *blood = watch->blood;
  const struct percuta_blood_parameters *p = &blood->parameters;
  const int fibrinogen = percuta_clot_blood_fibrinogen(blood);
  const int platelets = percuta_clot_blood_platelets(blood);
  *out = watch->clot;
  out->peak = told(out->peak, species_error(p));
  if (!(out->peak > 0) || out->peak_time >= watch->time)
    out->peak_time = INFINITY;
  out->fibrin = told(blood->initial[fibrinogen] - watch->state[fibrinogen], fibrinogen_error(p));
  out->platelets_released = told(1 - watch->state[platelets], platelet_error(p));
  out->pdgf = out->platelets_released * blood->platelets * p->pdgf;
  out->tgf_beta = out->platelets_released * blood->platelets * p->tgf_beta;
  out->signal_rel = 1;
  out->plug_rel = 1;
  out->balance_error = balance_error(blood, watch->state);
}

/* Follows blood over its window; *ended: how PETSc's TS came out of it. */
static PetscErrorCode solve(struct watch *watch, TSConvergedReason *ended) {
  const struct percuta_blood *blood = watch->blood;
  const PetscInt size = percuta_clot_blood_size(blood);
  PetscScalar *start;
  Vec state;
  Mat jacobian;
  TS ts;

  PetscFunctionBeginUser;
  PetscCall(VecCreateSeq(PETSC_COMM_SELF, size, &state));
  PetscCall(MatCreateSeqDense(PETSC_COMM_SELF, size, size, NULL, &jacobian));
  PetscCall(VecGetArrayWrite(state, &start));
  PetscCall(PetscArraycpy(start, blood->initial, size));
  PetscCall(VecRestoreArrayWrite(state, &start));
  PetscCall(TSCreate(PETSC_COMM_SELF, &ts));
  PetscCall(TSSetRHSFunction(ts, NULL, give_rates, watch));
  PetscCall(TSSetRHSJacobian(ts, jacobian, jacobian, give_jacobian, watch));
  PetscCall(TSMonitorSet(ts, see, watch, NULL));
  PetscCall(set_solver(ts, blood));
  PetscCall(set_tolerances(ts, blood, state));
  PetscCall(TSSolve(ts, state));
  PetscCall(TSGetConvergedReason(ts, ended));
  PetscCall(TSDestroy(&ts));
  PetscCall(MatDestroy(&jacobian));
  PetscCall(VecDestroy(&state));
  PetscFunctionReturn(PETSC_SUCCESS);
}

enum percuta_status percuta_clot_thrombin_integrate(const struct percuta_blood *blood,
                                                    struct percuta_clot *out) {
  struct watch watch = {.blood = blood,
                        .clot = {.window = blood->parameters.window,
                                 .threshold_time = INFINITY,
                                 .fibrin_time = INFINITY,
                                 .platelet_time = INFINITY}};
  TSConvergedReason ended;
  PERCUTA_PETSC(solve(&watch, &ended));
  if (ended != TS_CONVERGED_TIME)
    return PERCUTA_NUMERICS;
  conclude(&watch, out);
  return PERCUTA_OK;
}

enum percuta_status percuta_clot_thrombin_compute(const struct percuta_scenario *scenario,
                                                  struct percuta_diag *diag,
                                                  struct percuta_clot *out) {
  struct percuta_clot clot[2] = {{0}};
  double platelets[2] = {0}, bleeding[2] = {0}, threshold[2] = {0};
  double plug_rel = 1;
  const int count = percuta_clot_blood_is_normal(scenario) ? 1 : 2;

  for (int i = 0; i < count; i++) { /* normal blood, then the person's */
    struct percuta_blood blood;
    PERCUTA_TRY(percuta_clot_blood_read(scenario, i == 0, diag, &blood));
    const enum percuta_status status = percuta_clot_thrombin_integrate(&blood, &clot[i]);
    platelets[i] = blood.platelets * clot[i].platelets_released;
    bleeding[i] = percuta_clot_blood_bleeding_time(&blood.parameters, blood.platelets);
    threshold[i] = clot[i].threshold_time;
    if (i == 1)
      plug_rel = percuta_clot_blood_plug(&blood.parameters, bleeding, threshold);
    percuta_clot_blood_clear(&blood);
    PERCUTA_TRY(status);
  }
  *out = clot[count - 1];
  if (count == 2) {
    out->signal_rel = platelets[0] > 0 ? platelets[1] / platelets[0] : 1;
    out->plug_rel = plug_rel;
  }
  return PERCUTA_OK;
}
