/* Runs one reference problem once and prints what it took, as one line of JSON. */
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef _OPENMP
#include <omp.h>
#endif

#include "problem.h"

static const char *const SCHEME[] = {"euler", "crank-nicolson", "two-stage"};

double bench_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int usage(const char *what) {
  fprintf(stderr,
          "percuta-bench: %s\nusage: percuta-bench --problem r1|r2|r3 [--cells N] [--substrates N] "
          "[--steps N] [--scheme euler|crank-nicolson|two-stage] [--by-cell] [--threads N] "
          "[--reference FILE] [--write FILE]\n",
          what);
  return 2;
}

static int scheme_named(const char *name) {
  for (int at = 0; at < 3; ++at) {
    if (strcmp(name, SCHEME[at]) == 0)
      return at;
  }
  return -1;
}

static bool set_threads(long count) {
#ifdef _OPENMP
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
static const char *read_options(int argc, char **argv, struct bench_options *options) {
  static const struct option known[] = {
      {"problem", required_argument, NULL, 'p'},    {"cells", required_argument, NULL, 'n'},
      {"substrates", required_argument, NULL, 'f'}, {"steps", required_argument, NULL, 's'},
      {"scheme", required_argument, NULL, 'm'},     {"by-cell", no_argument, NULL, 'c'},
      {"threads", required_argument, NULL, 't'},    {"reference", required_argument, NULL, 'r'},
      {"write", required_argument, NULL, 'w'},      {NULL, 0, NULL, 0}};
  int letter;
  while ((letter = getopt_long(argc, argv, "", known, NULL)) != -1) {
    long number = optarg ? strtol(optarg, NULL, 10) : 0;
    switch (letter) {
    case 'p':
      options->problem = optarg;
      break;
    case 'n':
      options->cells = (int)number;
      break;
    case 'f':
      options->fields = (int)number;
      break;
    case 's':
      options->pairs = (number + 1) / 2;
      break;
    case 'c':
      options->by_cell = true;
      break;
    case 'r':
      options->reference = optarg;
      break;
    case 'w':
      options->write = optarg;
      break;
    case 't':
      if (!set_threads(number))
        return "this number of threads is not possible";
      break;
    case 'm':
      if (scheme_named(optarg) < 0)
        return "unknown scheme";
      options->scheme = (enum percuta_lod_scheme)scheme_named(optarg);
      break;
    default:
      return "unknown option";
    }
  }
  if (options->cells < 2 || options->cells > 1000 || options->fields < 1 ||
      options->fields > BENCH_MOST_FIELDS || options->pairs < 1)
    return "a number out of range";
  return NULL;
}

static struct percuta_grid *make_grid(int n) {
  const double side = 2e-3;
  struct percuta_grid *grid = NULL;
  double *face = malloc(((size_t)n + 1) * sizeof *face);
  if (face) {
    for (int k = 0; k <= n; ++k)
      face[k] = side * k / n;
    (void)percuta_grid_create(n, n, side / n, side / n, face, n, &grid);
  }
  free(face);
  return grid;
}

/* The largest over the fields of the relative L2 distance from a file of the same cells. */
static double distance(const struct bench_state *state, const char *path) {
  double *other = malloc(state->cells * sizeof *other), worst = 0;
  FILE *file = fopen(path, "rb");
  for (int f = 0; f < state->fields; ++f) {
    double sum = 0, size = 0;
    if (!file || !other || fread(other, sizeof *other, state->cells, file) != state->cells) {
      worst = NAN;
      break;
    }
    for (size_t at = 0; at < state->cells; ++at) {
      double off = state->u[f][at] - other[at];
      sum += off * off;
      size += other[at] * other[at];
    }
    worst = fmax(worst, sqrt(sum / size));
  }
  if (file)
    fclose(file);
  free(other);
  return worst;
}

static bool write_fields(const struct bench_state *state, const char *path) {
  FILE *file = fopen(path, "wb");
  bool ok = file != NULL;
  for (int f = 0; ok && f < state->fields; ++f)
    ok = fwrite(state->u[f], sizeof **state->u, state->cells, file) == state->cells;
  if (file)
    ok = fclose(file) == 0 && ok;
  return ok;
}

static void judge(struct bench_state *state) {
  const struct bench_options *options = state->options;
  state->least = INFINITY;
  for (int f = 0; f < state->fields; ++f) {
    for (size_t at = 0; at < state->cells; ++at)
      state->least = fmin(state->least, state->u[f][at]);
  }
  state->error = options->reference                    ? distance(state, options->reference)
                 : strcmp(options->problem, "r1") == 0 ? bench_r1_error(state)
                                                       : NAN;
}

static void print(const struct bench_state *state) {
  const struct bench_options *options = state->options;
  double work = (double)state->cells * state->fields * 2 * (double)options->pairs;
  char error[32] = "null";
  if (isfinite(state->error))
    snprintf(error, sizeof error, "%.6g", state->error);
  printf(
      "{\"program\": \"percuta\", \"problem\": \"%s\", \"method\": \"LOD %s%s\", \"cells\": %zu, "
      "\"substrates\": %d, \"steps\": %ld, \"threads\": %d, \"seconds\": %.6f, "
      "\"setup_seconds\": %.6f, \"error\": %s, \"min\": %.3g, \"ns_per\": %.4f, "
      "\"bytes_per\": %.2f, \"coefficient_bytes_per\": %.2f}\n",
      options->problem, SCHEME[options->scheme], options->by_cell ? ", D by cell" : "",
      state->cells, state->fields, 2 * options->pairs, threads(), state->seconds,
      state->setup_seconds, error, state->least, 1e9 * state->seconds / work, 8.0,
      (double)state->bytes / (double)state->cells / state->fields);
}

static bool run(struct bench_state *state) {
  const char *problem = state->options->problem;
  if (strcmp(problem, "r1") == 0)
    return bench_r1(state);
  return strcmp(problem, "r2") == 0 ? bench_r2(state) : bench_r3(state);
}

int main(int argc, char **argv) {
  struct bench_options options = {
      .problem = "", .cells = 100, .fields = 1, .pairs = 2, .scheme = PERCUTA_LOD_CRANK_NICOLSON};
  const char *wrong = read_options(argc, argv, &options);
  if (wrong)
    return usage(wrong);
  if (strcmp(options.problem, "r1") && strcmp(options.problem, "r2") &&
      strcmp(options.problem, "r3"))
    return usage("which problem?");
  struct bench_state state = {.options = &options, .grid = make_grid(options.cells)};
  state.fields = strcmp(options.problem, "r2") == 0   ? 3
                 : strcmp(options.problem, "r3") == 0 ? 1
                                                      : options.fields;
  bool ok = state.grid != NULL;
  state.cells = ok ? percuta_grid_cell_count(state.grid) : 0;
  for (int f = 0; f < state.fields; ++f) {
    state.u[f] = calloc(state.cells, sizeof **state.u);
    ok = ok && state.u[f];
  }
  ok = ok && run(&state);
  if (ok) {
    judge(&state);
    print(&state);
    ok = !options.write || write_fields(&state, options.write);
  }
  for (int f = 0; f < state.fields; ++f)
    free(state.u[f]);
  percuta_grid_destroy(&state.grid);
  return ok ? 0 : 4;
}
