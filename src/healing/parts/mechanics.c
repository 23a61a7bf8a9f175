/*   e = c phi (a - p/E)                 strain of the tile, held by the skin around it
 *   da/dt = z (n + eta2 m) s/(1 + a3 s) (e - a)     plastic strain of the treated dermis
 *   stress = E (e - a) + p,  p = pull m r / (R^2 + r^2),  E = modulus [w elastin + (1-w) sqrt(r)]
 * c is that of a round inclusion in a sheet (Eshelby 1957), phi the treated share of the thickness.
 * Sources: docs/theory/mechanics.md. Verified: tests/verification/test_mechanics.c */
#include "healing/parts/mechanics.h"

#include <math.h>

#include "healing/cascade.h"

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_mechanics law = {0};
  double poisson, modulus, pull, half, remodelling, cells, wound, made, lost, inhibition;
  const struct percuta_parameter_slot slots[] = {{"mechanics.poisson_ratio", &poisson},
                                                 {"mechanics.modulus", &modulus},
                                                 {"mechanics.pull", &pull},
                                                 {"mechanics.half_collagen", &half},
                                                 {"mechanics.remodelling", &remodelling},
                                                 {"mechanics.tension", &law.tension},
                                                 {"mechanics.elastin_share", &law.elastin_share},
                                                 {"koppenol.resting_fibroblasts", &cells},
                                                 {"koppenol.wound_signal", &wound},
                                                 {"koppenol.collagen_secretion", &made},
                                                 {"koppenol.collagen_loss", &lost},
                                                 {"koppenol.inhibition", &inhibition},
                                                 {"koppenol.myofibroblast_mmp", &law.mmp}};
  (void)skin;
  enum percuta_status status =
      percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  if (status != PERCUTA_OK)
    return status;
  double collagen = sqrt(made / lost);
  law.modulus = modulus;
  law.constraint = (1 + poisson) / 2;
  law.pull = pull * cells / collagen;
  law.half_collagen = half / collagen;
  law.remodelling = remodelling * cells * wound;
  law.inhibition = inhibition * wound;
  PERCUTA_PART_KEEP(out, mechanics, &law);
  return PERCUTA_OK;
}

/* What acts at one time. */
struct acting {
  double stiffness;   /* relative to before */
  double pull;        /* [Pa] */
  double remodelling; /* [1/s] */
};

static struct acting acting_at(const struct percuta_mechanics *m, double rest,
                               const struct percuta_mechanics_means *now) {
  double r = rest * now->collagen, s = fmax(0, now->signal);
  double cells = now->fibroblast + m->mmp * now->myofibroblast;
  return (struct acting){
      .stiffness =
          m->elastin_share * now->elastin + (1 - m->elastin_share) * sqrt(fmax(0, now->collagen)),
      .pull = m->pull * now->myofibroblast * r / (m->half_collagen * m->half_collagen + r * r),
      .remodelling = m->remodelling * cells * s / (1 + m->inhibition * s)};
}

static struct acting mean_of(struct acting a, struct acting b) {
  return (struct acting){.stiffness = (a.stiffness + b.stiffness) / 2,
                         .pull = (a.pull + b.pull) / 2,
                         .remodelling = (a.remodelling + b.remodelling) / 2};
}

/* Strain by which `pull` shortens tissue of `stiffness`; where all is cut there is neither. */
static double shortened(double pull, double stiffness) {
  return stiffness > 0 ? pull / stiffness : 0;
}

void percuta_healing_mechanics_follow(const struct percuta_mechanics *mechanics, double rest,
                                      double share, double thickness, size_t count,
                                      const struct percuta_mechanics_means *means,
                                      struct percuta_mechanics_state *out) {
  double held = mechanics->constraint * share, plastic = 0;
  double modulus = mechanics->modulus * sqrt(rest), before = mechanics->tension / thickness;
  struct acting last = {0};
  for (size_t i = 0; i < count; ++i) {
    struct acting now = acting_at(mechanics, rest, &means[i]);
    if (i > 0) { /* exact while what acts stays as it is on average */
      struct acting mean = mean_of(last, now);
      double aim = -held / (1 - held) * shortened(mean.pull, modulus * mean.stiffness);
      double rate = mean.remodelling * (1 - held);
      plastic = aim + (plastic - aim) * exp(-rate * (means[i].time - means[i - 1].time));
    }
    double strain = held * (plastic - shortened(now.pull, modulus * now.stiffness));
    double stress = modulus * now.stiffness * (strain - plastic) + now.pull;
    out[i] = (struct percuta_mechanics_state){.strain = strain,
                                              .plastic = plastic,
                                              .tension = stress + (now.stiffness - 1) * before,
                                              .stiffness = now.stiffness,
                                              .tightness = now.stiffness + stress / before};
    last = now;
  }
}

const struct percuta_part percuta_healing_mechanics_part = {.read = read};
