/* Runs one reference problem once in another way than Percuta's line solves, and prints what it
 * took as one line of JSON. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "methods.h"

typedef PetscErrorCode method(struct bench_problem *problem, const struct methods_options *options,
                              struct methods_run *run);

static const struct {
  const char *name;
  method *run;
} METHOD[] = {{"krylov", methods_krylov}, {"rosw", methods_rosw}, {"fastdiag", methods_fastdiag}};

static void print(const struct bench_problem *problem, const struct methods_options *options,
                  const struct methods_run *run, double error) {
  double work = (double)problem->cells * problem->fields * (double)run->steps;
  char text[32] = "null";
  if (isfinite(error))
    snprintf(text, sizeof text, "%.6g", error);
  printf("{\"program\": \"percuta_methods\", \"problem\": \"%s\", \"method\": \"%s%s%s\", "
         "\"cells\": %zu, \"substrates\": %d, \"steps\": %ld, \"iterations\": %ld, \"threads\": 1, "
         "\"seconds\": %.6f, \"setup_seconds\": %.6f, \"error\": %s, \"min\": %.3g, "
         "\"ns_per\": %.4f}\n",
         problem->name, options->method, strcmp(options->method, "krylov") == 0 ? " " : "",
         strcmp(options->method, "krylov") == 0 ? options->pc : "", problem->cells, problem->fields,
         run->steps, run->iterations, run->seconds, run->setup_seconds, text,
         bench_problem_least(problem), 1e9 * run->seconds / work);
}

static PetscErrorCode execute(void) {
  char name[16] = "", which[16] = "", pc[32] = "none", reference[1024] = "";
  struct methods_options options = {.method = which, .pc = pc, .pairs = 2, .tolerance = 1e-6};
  struct methods_run run = {0};
  PetscInt steps = 4, cells = 100;
  PetscBool two_stage = PETSC_FALSE;
  size_t at = 0;
  PetscFunctionBeginUser;
  PetscCall(PetscOptionsGetString(NULL, NULL, "-problem", name, sizeof name, NULL));
  PetscCall(PetscOptionsGetString(NULL, NULL, "-method", which, sizeof which, NULL));
  PetscCall(PetscOptionsGetString(NULL, NULL, "-pc", pc, sizeof pc, NULL));
  PetscCall(PetscOptionsGetString(NULL, NULL, "-reference", reference, sizeof reference, NULL));
  PetscCall(PetscOptionsGetInt(NULL, NULL, "-steps", &steps, NULL));
  PetscCall(PetscOptionsGetInt(NULL, NULL, "-cells", &cells, NULL));
  PetscCall(PetscOptionsGetReal(NULL, NULL, "-tolerance", &options.tolerance, NULL));
  PetscCall(PetscOptionsGetBool(NULL, NULL, "-two_stage", &two_stage, NULL));
  options.pairs = (steps + 1) / 2;
  options.two_stage = two_stage;
  while (at < sizeof METHOD / sizeof METHOD[0] && strcmp(METHOD[at].name, which) != 0)
    ++at;
  PetscCheck(at < sizeof METHOD / sizeof METHOD[0], PETSC_COMM_SELF, PETSC_ERR_USER_INPUT,
             "-method krylov|rosw|fastdiag");
  struct bench_problem *problem = bench_problem_create(name, (int)cells, 1, false);
  PetscCheck(problem, PETSC_COMM_SELF, PETSC_ERR_USER_INPUT, "-problem r1|r2|r3|d");
  PetscCall(METHOD[at].run(problem, &options, &run));
  print(problem, &options, &run,
        reference[0] ? bench_problem_distance(problem, reference) : bench_problem_error(problem));
  bench_problem_destroy(&problem);
  PetscFunctionReturn(PETSC_SUCCESS);
}

int main(int argc, char **argv) {
  PetscFunctionBeginUser;
  PetscCall(PetscInitialize(&argc, &argv, NULL, NULL));
  PetscCall(execute());
  PetscCall(PetscFinalize());
  return 0;
}
