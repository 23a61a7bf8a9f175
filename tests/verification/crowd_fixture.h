/* A rough problem in which everything moves, for tests of totals, signs and ranks. */
#ifndef PERCUTA_TESTS_CROWD_FIXTURE_H
#define PERCUTA_TESTS_CROWD_FIXTURE_H

#include "problem_fixture.h"

static const double FIXTURE_DIFFUSIVITY = 1e-10;

/* Everything that moves, at once: crowding, guidance and chemotaxis (`pull` times as strong as
 * diffusion) of two fields, a signal, a layer that is closed and one that is fast. */
/* Movement that is guided best by a middling amount of the guide. */
static inline void fixture_guidance(const void *context, size_t count, const double *guide,
                                    double *out) {
  (void)context;
  for (size_t i = 0; i < count; ++i)
    out[i] = 4 * guide[i] / ((1 + guide[i]) * (1 + guide[i]));
}

struct fixture_crowd {
  double *spread, *pull;
  struct percuta_problem problem;
};

static inline struct fixture_crowd fixture_crowd_create(int nz, double pull) {
  struct fixture_crowd c = {
      fixture_rows(nz, FIXTURE_DIFFUSIVITY),
      fixture_rows(nz, pull * FIXTURE_DIFFUSIVITY),
      {.fields = 3, .moving = 3, .signal = 2, .guide = 2, .guidance = fixture_guidance}};
  struct percuta_motion cells = {.crowding = c.spread, .chemotaxis = c.pull, .guided = c.spread};
  c.spread[1] = c.pull[1] = 0;
  c.spread[5] *= 7;
  c.problem.motion[0] = c.problem.motion[1] = cells;
  c.problem.motion[2].constant = c.spread;
  return c;
}

static inline void fixture_crowd_clear(struct fixture_crowd *c) {
  free(c->spread);
  free(c->pull);
}

/* Noise, with every third cell empty. */
static inline double fixture_speckle(const struct percuta_grid *g, double time, int i, int j,
                                     int k) {
  unsigned cell = (unsigned)((k * g->ny + j) * g->nx + i);
  (void)time;
  return cell % 3 ? (double)(cell * 2654435761u >> 8 & 0xffff) / 65536 : 0.0;
}

/* Noise of another kind. */
static inline double fixture_noise(const struct percuta_grid *g, double time, int i, int j, int k) {
  unsigned cell = (unsigned)((k * g->ny + j) * g->nx + i);
  (void)time;
  return (double)((cell + 7) * 2246822519u >> 9 & 0xffff) / 65536;
}

#endif
