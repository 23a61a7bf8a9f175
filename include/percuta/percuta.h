/* Percuta as a library: skin needling from the strike of a needle to a year of repair.
 *
 *   struct percuta_catalogue *catalogue = NULL;
 *   struct percuta_scenario *scenario = NULL;
 *   struct percuta_run *run = NULL;
 *   struct percuta_reading gain;
 *   percuta_open(NULL, NULL, &catalogue);
 *   percuta_scenario_read(catalogue, "first-session.yaml", NULL, &scenario);
 *   percuta_run_create(scenario, NULL, NULL, &run);
 *   percuta_run_advance(run, percuta_run_end(run));
 *   percuta_run_outcome(run, "collagen_total_rel", PERCUTA_SINCE_LAST_SESSION, 180 * 86400.0,
 *                       &gain);
 *   percuta_run_destroy(&run);
 *   percuta_scenario_destroy(&scenario);
 *   percuta_close(&catalogue);
 *
 * Contract, for all of it
 * - Every function that can fail returns a percuta_status; on failure what it would have given
 * stays as it was, but an object that it would have created is NULL.
 * - `create`, `read`, `parse` and `open` make an object that the caller owns; `destroy` and `close`
 *   take the address of the pointer, set it to NULL and accept NULL in it. A catalogue must outlive
 *   its scenarios, a scenario its runs. Texts that are returned are borrowed from the object asked.
 * - All numbers are SI: metre, second, kilogram, pascal, newton; columns, fields, outcomes and keys
 *   say their own units.
 * - Mistakes of an input are gathered in a list: where an argument `mistakes` is not NULL, it
 *   receives one, owned by the caller, whenever the status is PERCUTA_BAD_INPUT or PERCUTA_IO, or
 *   MPI or PETSc does not start, else NULL.
 * - Nothing here prints, exits or handles signals. MPI and PETSc are started by the caller, or else
 * by the first run (PETSc without .petscrc) and ended by percuta_shutdown. Any number of runs may
 * live at a time, in one thread.
 * - The library is a research tool. It gives no medical advice. */
#ifndef PERCUTA_H
#define PERCUTA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef PERCUTA_PUBLIC
#define PERCUTA_PUBLIC
#endif

/* How a call ended; the number is stable. */
enum percuta_status {
  PERCUTA_OK = 0,
  PERCUTA_BAD_INPUT,   /* an argument, a file or a name is wrong */
  PERCUTA_NUMERICS,    /* no step leads on, or a solver failed */
  PERCUTA_IO,          /* a file could not be read or written */
  PERCUTA_MEMORY,      /* out of memory */
  PERCUTA_INTERRUPTED, /* by who watches a run; of the program: by Ctrl-C */
  PERCUTA_TERMINATED,  /* by a signal, of the program only */
  PERCUTA_TAKEN        /* the folder is in use, or holds another result */
};

/* "0.1.0". Static. */
PERCUTA_PUBLIC const char *percuta_version(void);
/* One English sentence for a status. Static, never NULL. */
PERCUTA_PUBLIC const char *percuta_status_text(enum percuta_status status);

/* ---- mistakes of an input ---- */

struct percuta_mistakes;

/* One mistake; texts are "" where nothing is said, line and column count from 1, 0: not known. A
 * change of a scenario has no place but its key. */
struct percuta_mistake_text {
  const char *code; /* "out-of-range": docs/errors.md lists all */
  const char *file;
  int line, column;
  const char *key;     /* dotted path */
  const char *given;   /* the value, as written */
  const char *what;    /* what is wrong, in words that hold the value */
  const char *allowed; /* what could stand there */
  const char *hint;    /* what to do */
};

/* Number of mistakes that can be looked at, 0 of NULL. */
PERCUTA_PUBLIC size_t percuta_mistakes_count(const struct percuta_mistakes *mistakes);
/* Mistake number `index`, by file, line and column. PERCUTA_BAD_INPUT past the last. */
PERCUTA_PUBLIC enum percuta_status percuta_mistakes_at(const struct percuta_mistakes *mistakes,
                                                       size_t index,
                                                       struct percuta_mistake_text *out);
PERCUTA_PUBLIC void percuta_mistakes_destroy(struct percuta_mistakes **mistakes);

/* ---- the data that Percuta ships ---- */

struct percuta_catalogue;

/* Reads all of Percuta's data: those in the folder `data`, or with NULL those named by the
 * environment's PERCUTA_DATA or else installed with the library. Never changes afterwards: any
 * number of scenarios may share it. */
PERCUTA_PUBLIC enum percuta_status
percuta_open(const char *data, struct percuta_mistakes **mistakes, struct percuta_catalogue **out);
PERCUTA_PUBLIC void percuta_close(struct percuta_catalogue **catalogue);

/* What there is to name or to ask for. */
enum percuta_registry {
  PERCUTA_REGISTRY_KEYS,       /* of a scenario */
  PERCUTA_REGISTRY_COLUMNS,    /* of a timeline */
  PERCUTA_REGISTRY_FIELDS,     /* on the grid */
  PERCUTA_REGISTRY_OUTCOMES,   /* of a run */
  PERCUTA_REGISTRY_PARAMETERS, /* of the models */
  PERCUTA_REGISTRY_SITES,
  PERCUTA_REGISTRY_CONDITIONS,
  PERCUTA_REGISTRY_DEVICES,
  PERCUTA_REGISTRY_PRODUCTS,
  PERCUTA_REGISTRY_COMPOUNDS
};

/* An entry; texts are "" where nothing is said, borrowed from the catalogue or static. */
struct percuta_registry_entry {
  const char *name;
  const char *unit; /* as UDUNITS-2 reads it; "1" of a pure number */
  const char *text; /* what it is, in a sentence */
};

/* The entry number `index` of a registry, from 0; PERCUTA_BAD_INPUT past the last. */
PERCUTA_PUBLIC enum percuta_status percuta_registry_at(const struct percuta_catalogue *catalogue,
                                                       enum percuta_registry registry, size_t index,
                                                       struct percuta_registry_entry *out);

/* ---- scenarios ---- */

struct percuta_scenario;

/* Reads and checks the scenario in the file `path`; the user's own products beside it are found. */
PERCUTA_PUBLIC enum percuta_status percuta_scenario_read(const struct percuta_catalogue *catalogue,
                                                         const char *path,
                                                         struct percuta_mistakes **mistakes,
                                                         struct percuta_scenario **out);
/* The same from the text of a scenario; `name` is what mistakes call it, and the user's own
 * products are looked for in its folder. */
PERCUTA_PUBLIC enum percuta_status percuta_scenario_parse(const struct percuta_catalogue *catalogue,
                                                          const char *name, const char *text,
                                                          struct percuta_mistakes **mistakes,
                                                          struct percuta_scenario **out);
/* Gives `key` ("device.needle.length", "parameters.koppenol.signal_diffusivity") the value that
 * `value` says as a scenario would ("1.5 mm"), and checks all again. *scenario is replaced; on a
 * mistake it stays. Not while a run of it lives. */
PERCUTA_PUBLIC enum percuta_status percuta_scenario_set(struct percuta_scenario **scenario,
                                                        const char *key, const char *value,
                                                        struct percuta_mistakes **mistakes);
/* A new scenario like `scenario`, which stays, with `count` changes, all made before anything is
 * checked: keys[i] gets the value that values[i] says, as above. With `count` 0 an equal one,
 * `keys` and `values` may then be NULL. */
PERCUTA_PUBLIC enum percuta_status percuta_scenario_copy(const struct percuta_scenario *scenario,
                                                         size_t count, const char *const *keys,
                                                         const char *const *values,
                                                         struct percuta_mistakes **mistakes,
                                                         struct percuta_scenario **out);
/* The value of `key` as it is used, as a scenario would write it, into `out`, of `size` bytes, cut
 * if need be. PERCUTA_BAD_INPUT when there is no such key, or it does nothing in this scenario. */
PERCUTA_PUBLIC enum percuta_status percuta_scenario_get(const struct percuta_scenario *scenario,
                                                        const char *key, char *out, size_t size);
/* Equal hashes mean equal runs. */
PERCUTA_PUBLIC uint64_t percuta_scenario_hash(const struct percuta_scenario *scenario);
/* Writes a scenario with every value as used, from which the same run follows, into the file
 * `path`. */
PERCUTA_PUBLIC enum percuta_status percuta_scenario_write(const struct percuta_scenario *scenario,
                                                          const char *path);
/* Writes the sheet of the scenario's device, as `percuta device` does: device.html and device.json
 * in the folder `folder`, which is made if need be. No run is needed. */
PERCUTA_PUBLIC enum percuta_status
percuta_scenario_write_sheet(const struct percuta_scenario *scenario, const char *folder,
                             struct percuta_mistakes **mistakes);
PERCUTA_PUBLIC void percuta_scenario_destroy(struct percuta_scenario **scenario);

/* ---- runs ---- */

struct percuta_run;

/* Prepares the course of a scenario at time 0, before its first session. `communicator` points to
 * the MPI_Comm that the run is spread over, which must stay; all its processes then make the same
 * calls, and there must be no more of them than the grid has rows of cells across. NULL: this
 * process alone. */
PERCUTA_PUBLIC enum percuta_status percuta_run_create(const struct percuta_scenario *scenario,
                                                      const void *communicator,
                                                      struct percuta_mistakes **mistakes,
                                                      struct percuta_run **out);
/* Follows the course up to `until` [s] since the first session, or to its end if that comes first;
 * sessions fall when they are due. A run that is not later than `until` already stays. A step ends
 * at `until`, and the timeline has a row there: a run that is stopped on the way agrees within its
 * tolerance with one that is not. */
PERCUTA_PUBLIC enum percuta_status percuta_run_advance(struct percuta_run *run, double until);
/* From now on `watch` is called between steps, on every process, with the `context` (borrowed)
 * given here. It may look at the run, not advance it. When it returns what is not PERCUTA_OK, the
 * same on all processes, the advance ends there with that, say PERCUTA_INTERRUPTED; the next one
 * goes on as if nothing had been. NULL: nobody watches. */
typedef enum percuta_status percuta_watch_fn(void *context, struct percuta_run *run);
PERCUTA_PUBLIC void percuta_run_watch(struct percuta_run *run, percuta_watch_fn *watch,
                                      void *context);
/* [s] since the first session: where it is, and where the course ends. */
PERCUTA_PUBLIC double percuta_run_time(const struct percuta_run *run);
PERCUTA_PUBLIC double percuta_run_end(const struct percuta_run *run);
/* What went wrong in the last percuta_run_advance or percuta_run_write, in words; "" if nothing. */
PERCUTA_PUBLIC const char *percuta_run_message(const struct percuta_run *run);

/* The column `name` of the timeline so far: its first `capacity` rows into `out`; *count receives
 * the number of rows there are. With `capacity` 0, `out` may be NULL. PERCUTA_BAD_INPUT when there
 * is no such column, or this scenario does not compute it. */
PERCUTA_PUBLIC enum percuta_status percuta_run_column(const struct percuta_run *run,
                                                      const char *name, double *out,
                                                      size_t capacity, size_t *count);
/* Cells of the grid along x, y and depth. */
PERCUTA_PUBLIC void percuta_run_shape(const struct percuta_run *run, size_t cells[3]);
/* Faces of the cells [m]: x[nx + 1], y[ny + 1], and depth below the surface z[nz + 1]. */
PERCUTA_PUBLIC void percuta_run_faces(const struct percuta_run *run, double *x, double *y,
                                      double *z);
/* Fields are kept now and then while a course is followed: the time [s] of kept fields number
 * `index`, from 0. PERCUTA_BAD_INPUT past the last. */
PERCUTA_PUBLIC enum percuta_status percuta_run_kept(const struct percuta_run *run, size_t index,
                                                    double *time);
/* The field `name` as it was kept at `time` [s], with seven digits, or with NAN as it is now: x
 * fastest, then y, then depth, into `out` of nx ny nz numbers, on every process. Collective.
 * PERCUTA_BAD_INPUT as for a column, and when it was not kept then. */
PERCUTA_PUBLIC enum percuta_status percuta_run_field(const struct percuta_run *run,
                                                     const char *name, double time, double *out);

/* What a clinic would measure. */
struct percuta_reading {
  double value, low, high; /* low and high are NAN where the program knows no interval */
  double level;            /* of the interval: 0.9 for 5 to 95 %; NAN: ends of a range */
  const char *unit;        /* as UDUNITS-2 reads it */
  const char *how_known;   /* "simulated", "published-rate", "extrapolated" */
};

/* From when a time counts. */
enum percuta_outcome_since { PERCUTA_SINCE_FIRST_SESSION, PERCUTA_SINCE_LAST_SESSION };

/* The outcome `name`, at `time` [s] after the first or the last session given if it is one that is
 * told at times; else neither is read, and NAN will do. PERCUTA_BAD_INPUT when there is no such
 * outcome, or this run has none of it (yet). */
PERCUTA_PUBLIC enum percuta_status percuta_run_outcome(const struct percuta_run *run,
                                                       const char *name,
                                                       enum percuta_outcome_since since,
                                                       double time, struct percuta_reading *out);
/* Writes the result folder, as `percuta run` does, of a run that has ended; PERCUTA_BAD_INPUT
 * before. The first time `model.draws` courses with drawn parameters are followed for it, and from
 * then on outcomes of the run have their intervals. Collective. */
PERCUTA_PUBLIC enum percuta_status percuta_run_write(struct percuta_run *run, const char *folder);
PERCUTA_PUBLIC void percuta_run_destroy(struct percuta_run **run);

/* ---- results beside each other ---- */

/* Sets `count` result folders, 2 to 40, beside each other and writes compare.html and compare.csv
 * into `folder`, as `percuta compare` does. `baseline` is the one of them that all are compared
 * with; NULL: the first. Nothing in `folders` is changed; with a mistake nothing is written.
 * PERCUTA_IO with errno set. */
PERCUTA_PUBLIC enum percuta_status percuta_compare(const struct percuta_catalogue *catalogue,
                                                   size_t count, const char *const *folders,
                                                   const char *baseline, const char *folder,
                                                   struct percuta_mistakes **mistakes);

/* Ends PETSc and MPI if the library started them; no run may live then, and none be made later. */
PERCUTA_PUBLIC void percuta_shutdown(void);

#ifdef __cplusplus
}
#endif

#endif
