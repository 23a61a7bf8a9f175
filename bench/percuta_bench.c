/* Runs one reference problem once with Percuta's line solves and prints what it took, as one line
 * of JSON. */
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "base/memory.h"
#include "problem.h"

static const char *const SCHEME[] = {"euler", "crank-nicolson", "two-stage"};

struct options {
  const char *problem;
  int cells, fields;
  long pairs;
  bool by_cell;
  enum percuta_lod_scheme scheme;
  const char *reference, *write;
};

struct run {
  struct percuta_lod *lod[2]; /* of R2's g and f; else the first alone */
  double seconds, setup_seconds;
  size_t bytes; /* besides the fields */
  double taken; /* [bytes] of memory in use at its peak, less what was in use before */
};

static int scheme_named(const char *name) {
  for (int at = 0; at < 3; ++at) {
    if (strcmp(name, SCHEME[at]) == 0)
      return at;
  }
  return -1;
}

static bool set_threads(long count) {
#ifdef _OPENMP
  if (count > 0)
    omp_set_num_threads((int)count);
  return count > 0;
#else
  return count == 1;
#endif
}

static int threads(void) {
#ifdef _OPENMP
  return omp_get_max_threads();
#else
  return 1;
#endif
}

/* NULL, or what is wrong. */
static const char *read_option(int letter, struct options *options) {
  long number = optarg ? strtol(optarg, NULL, 10) : 0;
  switch (letter) {
  case 'p':
    options->problem = optarg;
    return NULL;
  case 'n':
    options->cells = (int)number;
    return NULL;
  case 'f':
    options->fields = (int)number;
    return NULL;
  case 's':
    options->pairs = (number + 1) / 2;
    return NULL;
  case 'c':
    options->by_cell = true;
    return NULL;
  case 'r':
    options->reference = optarg;
    return NULL;
  case 'w':
    options->write = optarg;
    return NULL;
  case 't':
    return set_threads(number) ? NULL : "this number of threads is not possible";
  case 'm':
    if (scheme_named(optarg) < 0)
      return "unknown scheme";
    options->scheme = (enum percuta_lod_scheme)scheme_named(optarg);
    return NULL;
  default:
    return "unknown option";
  }
}

static const char *read_options(int argc, char **argv, struct options *options) {
  static const struct option known[] = {
      {"problem", required_argument, NULL, 'p'},    {"cells", required_argument, NULL, 'n'},
      {"substrates", required_argument, NULL, 'f'}, {"steps", required_argument, NULL, 's'},
      {"scheme", required_argument, NULL, 'm'},     {"by-cell", no_argument, NULL, 'c'},
      {"threads", required_argument, NULL, 't'},    {"reference", required_argument, NULL, 'r'},
      {"write", required_argument, NULL, 'w'},      {NULL, 0, NULL, 0}};
  const char *wrong = NULL;
  int letter;
  while (!wrong && (letter = getopt_long(argc, argv, "", known, NULL)) != -1)
    wrong = read_option(letter, options);
  if (!wrong && (options->cells < 2 || options->cells > 1000 || options->fields < 1 ||
                 options->fields > BENCH_MOST_FIELDS || options->pairs < 1))
    wrong = "a number out of range";
  return wrong;
}

static bool prepare(const struct bench_problem *problem, const struct options *options,
                    struct run *run) {
  int media = strcmp(problem->name, "r2") == 0 ? 2 : 1;
  for (int at = 0; at < media; ++at) {
    const struct percuta_lod_medium medium = {
        .by_row = problem->by_row ? problem->by_row + at * problem->grid->nz : NULL,
        .by_cell = problem->by_cell,
        .loss = at == 0 ? problem->loss : 0,
        .walls = problem->walls,
    };
    if (percuta_bench_lod_create(problem->grid, &medium, &run->lod[at]) != PERCUTA_OK)
      return false;
    percuta_bench_lod_prepare(run->lod[at], options->scheme,
                              0.5 * problem->end / (double)options->pairs);
    run->bytes += percuta_bench_lod_bytes(run->lod[at]);
  }
  run->bytes += problem->by_cell ? problem->cells * sizeof *problem->by_cell : 0;
  return true;
}

static void diffuse(void *context, int field, double *u, enum bench_part part) {
  const struct run *run = context;
  if (part == BENCH_WHOLE) {
    percuta_bench_lod_advance(run->lod[field], 1, &u, 1);
  } else {
    percuta_bench_lod_half(run->lod[field], 1, &u,
                           part == BENCH_DOWN ? PERCUTA_LOD_DOWN : PERCUTA_LOD_UP);
  }
}

static bool solve(struct bench_problem *problem, const struct options *options, struct run *run) {
  double start = bench_now();
  if (!prepare(problem, options, run))
    return false;
  run->setup_seconds = bench_now() - start;
  if (strcmp(problem->name, "r2") == 0) {
    bench_r2_run(problem, options->pairs, diffuse, run);
  } else {
    percuta_bench_lod_advance(run->lod[0], problem->fields, problem->u, options->pairs);
  }
  run->seconds = bench_now() - start - run->setup_seconds;
  return true;
}

static void print(const struct bench_problem *problem, const struct options *options,
                  const struct run *run) {
  double fields = problem->fields, cells = (double)problem->cells;
  double error = options->reference ? bench_problem_distance(problem, options->reference)
                                    : bench_problem_error(problem);
  char text[32] = "null";
  if (isfinite(error))
    snprintf(text, sizeof text, "%.6g", error);
  printf(
      "{\"program\": \"percuta\", \"problem\": \"%s\", \"method\": \"LOD %s%s\", \"cells\": %zu, "
      "\"substrates\": %d, \"steps\": %ld, \"threads\": %d, \"seconds\": %.6f, "
      "\"setup_seconds\": %.6f, \"error\": %s, \"min\": %.3g, \"ns_per\": %.4f, "
      "\"bytes_per\": %.2f, \"coefficient_bytes_per\": %.2f}\n",
      problem->name, SCHEME[options->scheme], problem->by_cell ? ", D by cell" : "", problem->cells,
      problem->fields, 2 * options->pairs, threads(), run->seconds, run->setup_seconds, text,
      bench_problem_least(problem),
      1e9 * run->seconds / (cells * fields * 2 * (double)options->pairs),
      (run->taken - (double)run->bytes) / cells / fields, (double)run->bytes / cells / fields);
}

int main(int argc, char **argv) {
  struct options options = {
      .problem = "", .cells = 100, .fields = 1, .pairs = 2, .scheme = PERCUTA_LOD_CRANK_NICOLSON};
  const char *wrong = read_options(argc, argv, &options);
  struct bench_problem *problem = NULL;
  double before = percuta_base_memory_peak();
  if (!wrong) {
    problem = bench_problem_create(options.problem, options.cells, options.fields, options.by_cell);
    wrong = problem ? NULL : "no such problem, or no memory for it";
  }
  if (wrong) {
    fprintf(
        stderr,
        "percuta_bench: %s\nusage: percuta_bench --problem r1|r2|r3|d [--cells N] [--substrates "
        "N] [--steps N] [--scheme euler|crank-nicolson|two-stage] [--by-cell] [--threads N] "
        "[--reference FILE] [--write FILE]\n",
        wrong);
    return 2;
  }
  struct run run = {0};
  bool ok = solve(problem, &options, &run);
  run.taken = percuta_base_memory_peak() - before;
  if (ok)
    print(problem, &options, &run);
  ok = ok && (!options.write || bench_problem_write(problem, options.write));
  percuta_bench_lod_destroy(&run.lod[0]);
  percuta_bench_lod_destroy(&run.lod[1]);
  bench_problem_destroy(&problem);
  return ok ? 0 : 4;
}
