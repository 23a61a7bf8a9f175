/* A gap of width w that two walls close at speed v each, the stratum corneum that grows over what
 * they have covered, and the pore as ions find it; u is the time, slower while occluded:
 *   gap    o = max(0, 1 - u/T),   T = w/(2 v)
 *   water  s = o + (1/T) int_0^min(u,T) 2^(-(u - x)/t_water) dx
 *   pore   p = 2^(-u/t_pore)
 * The water's conductance of a session is N g(a) s_0 s, g that of one channel (water.c) as the
 * needle left it. Theory: docs/theory/resealing.md. Verified: tests/verification/test_reseal.c. */
#include "transport/reseal.h"

#include <math.h>

#include "skin/person.h"

static const double TENTH_PERCENTILE = 1.2815515655446004; /* of the normal distribution, below 0 */

enum { BISECTIONS = 60 };

/* What makes all of closure slower than the reference. */
struct slowness {
  double reference, age_young, age_old, age_factor, tone_factor, cox_factor;
};

/* All times at this age, phototype p and aftercare over those of the reference:
 *   age law times tone_factor^((p - III)/3) times cox_factor under diclofenac */
static double slowness_of(const struct percuta_scenario *scenario, const struct slowness *law) {
  const double third = (double)PERCUTA_PHOTOTYPE_III / PERCUTA_PHOTOTYPE_VI;
  const double tone = (percuta_skin_person_tone(scenario) - third) / (1 - third);
  const double age = percuta_skin_person_age_law(scenario->person.age, law->age_young, 1,
                                                 law->age_old, law->age_factor);
  const double cox =
      scenario->session.aftercare == PERCUTA_AFTERCARE_DICLOFENAC ? law->cox_factor : 1;
  return age * pow(law->tone_factor, tone) * cox;
}

enum percuta_status percuta_transport_reseal_read(const struct percuta_scenario *scenario,
                                                  const struct percuta_skin *skin,
                                                  struct percuta_diag *diag,
                                                  struct percuta_reseal *out) {
  struct percuta_reseal reseal = {.covered = scenario->session.occlusion,
                                  .spread = skin->closure_spread};
  struct slowness law;
  const struct percuta_parameter_slot slots[] = {
      {"reseal.half_time_reference", &law.reference},
      {"reseal.age_young", &law.age_young},
      {"reseal.age_old", &law.age_old},
      {"reseal.age_factor", &law.age_factor},
      {"reseal.tone_factor", &law.tone_factor},
      {"reseal.cox_factor", &law.cox_factor},
      {"reseal.closing_speed", &reseal.closing_speed},
      {"reseal.closed_half_lives", &reseal.closed_half_lives},
      {"reseal.water_half_time", &reseal.water_half_time},
      {"reseal.water_open", &reseal.water_open},
      {"reseal.water_occlusion", &reseal.water_occlusion},
      {"reseal.pore_occlusion", &reseal.pore_occlusion}};
  enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status == PERCUTA_OK)
    status = percuta_transport_water_read(scenario, skin, diag, &reseal.water);
  if (status != PERCUTA_OK)
    return status;
  const double slower = skin->closure_half_time / law.reference * slowness_of(scenario, &law);
  reseal.pore_half_time = law.reference * slower;
  reseal.water_half_time *= slower;
  reseal.closing_speed /= slower;
  *out = reseal;
  return PERCUTA_OK;
}

struct percuta_reseal_opening percuta_transport_reseal_open(const struct percuta_channels *channels,
                                                            double width) {
  struct percuta_reseal_opening opening = {0};
  double squares = 0, walls = 0;
  size_t count = 0;
  for (size_t i = 0; i < channels->count; i++) {
    const struct percuta_channel *channel = &channels->item[i];
    if (!channel->penetrated || channel->reentered)
      continue;
    squares += channel->residual_radius_surface * channel->residual_radius_surface;
    walls += channel->damage_width;
    count++;
  }
  if (count > 0) {
    opening.density = (double)count / (width * width);
    opening.radius = sqrt(squares / (double)count);
    opening.gap = 2 * (opening.radius + walls / (double)count);
  }
  return opening;
}

double percuta_transport_reseal_open_share(const struct percuta_reseal_opening *opening) {
  return fmin(1, opening->density * M_PI * opening->radius * opening->radius);
}

/* Time [s] as it counts for a state that occlusion slows by `factor`, u = min(t, T)/f + max(0, t -
 * T) with T the time under cover; and back. */
static double counted(const struct percuta_reseal *reseal, double factor, double since) {
  return fmin(since, reseal->covered) / factor + fmax(0, since - reseal->covered);
}

static double uncounted(const struct percuta_reseal *reseal, double factor, double counts) {
  return fmin(counts * factor, reseal->covered) + fmax(0, counts - reseal->covered / factor);
}

/* [s] of its clock in which the walls of a gap meet. */
static double meeting(const struct percuta_reseal *reseal,
                      const struct percuta_reseal_opening *opening) {
  return opening->gap / (2 * reseal->closing_speed);
}

double percuta_transport_reseal_gap_share(const struct percuta_reseal *reseal,
                                          const struct percuta_reseal_opening *opening,
                                          double since) {
  const double left = meeting(reseal, opening) - counted(reseal, reseal->pore_occlusion, since);
  return left > 0 ? left / meeting(reseal, opening) : 0;
}

double percuta_transport_reseal_pore_share(const struct percuta_reseal *reseal, double since) {
  return exp2(-counted(reseal, reseal->pore_occlusion, since) / reseal->pore_half_time);
}

/* In the clock of the stratum corneum, so that a cover slows its growth even where it does not slow
 * the cells under it. */
double percuta_transport_reseal_water_share(const struct percuta_reseal *reseal,
                                            const struct percuta_reseal_opening *opening,
                                            double since) {
  const double clock = counted(reseal, reseal->water_occlusion, since);
  const double met = counted(reseal, reseal->water_occlusion,
                             uncounted(reseal, reseal->pore_occlusion, meeting(reseal, opening)));
  const double rate = log(2) / reseal->water_half_time;
  if (!(met > 0))
    return exp(-rate * clock);
  const double covering = fmin(clock, met);
  return fmax(0, 1 - clock / met) +
         exp(-rate * (clock - covering)) * -expm1(-rate * covering) / (rate * met);
}

double percuta_transport_reseal_conductance(const struct percuta_reseal *reseal,
                                            const struct percuta_reseal_opening *opening,
                                            double since) {
  return opening->density * percuta_transport_water_channel(&reseal->water, opening->radius) *
         reseal->water_open * percuta_transport_reseal_water_share(reseal, opening, since);
}

double percuta_transport_reseal_loss_rel(const struct percuta_reseal *reseal, double conductance) {
  return percuta_transport_water_loss(&reseal->water, conductance) /
         percuta_transport_water_loss(&reseal->water, 0);
}

/* A person whose times are longer by `factor`. */
static struct percuta_reseal other_person(const struct percuta_reseal *reseal, double factor) {
  struct percuta_reseal other = *reseal;
  other.pore_half_time *= factor;
  other.water_half_time *= factor;
  other.closing_speed /= factor;
  return other;
}

static double closure_of(const struct percuta_reseal *reseal,
                         const struct percuta_reseal_opening *opening, double tolerance) {
  (void)tolerance;
  return uncounted(reseal, reseal->pore_occlusion, meeting(reseal, opening));
}

static double sealed_of(const struct percuta_reseal *reseal,
                        const struct percuta_reseal_opening *opening, double tolerance) {
  (void)opening, (void)tolerance;
  return uncounted(reseal, reseal->pore_occlusion,
                   reseal->closed_half_lives * reseal->pore_half_time);
}

/* The loss falls steadily: doubles a time until it is low enough, then halves the interval. */
static double barrier_of(const struct percuta_reseal *reseal,
                         const struct percuta_reseal_opening *opening, double tolerance) {
  double early = 0, late = reseal->water_half_time;
  const double wanted = 1 + tolerance;
  if (percuta_transport_reseal_loss_rel(
          reseal, percuta_transport_reseal_conductance(reseal, opening, 0)) <= wanted)
    return 0;
  while (percuta_transport_reseal_loss_rel(
             reseal, percuta_transport_reseal_conductance(reseal, opening, late)) > wanted) {
    early = late;
    late *= 2;
  }
  for (int i = 0; i < BISECTIONS; i++) {
    const double middle = (early + late) / 2;
    const double loss = percuta_transport_reseal_loss_rel(
        reseal, percuta_transport_reseal_conductance(reseal, opening, middle));
    *(loss > wanted ? &early : &late) = middle;
  }
  return late;
}

typedef double time_fn(const struct percuta_reseal *reseal,
                       const struct percuta_reseal_opening *opening, double tolerance);

static struct percuta_reseal_time over_people(time_fn *time, const struct percuta_reseal *reseal,
                                              const struct percuta_reseal_opening *opening,
                                              double tolerance) {
  const double factor = exp(TENTH_PERCENTILE * reseal->spread);
  const struct percuta_reseal fast = other_person(reseal, 1 / factor);
  const struct percuta_reseal slow = other_person(reseal, factor);
  return (struct percuta_reseal_time){.median = time(reseal, opening, tolerance),
                                      .low = time(&fast, opening, tolerance),
                                      .high = time(&slow, opening, tolerance)};
}

struct percuta_reseal_time
percuta_transport_reseal_closure(const struct percuta_reseal *reseal,
                                 const struct percuta_reseal_opening *opening) {
  return over_people(closure_of, reseal, opening, 0);
}

struct percuta_reseal_time percuta_transport_reseal_sealed(const struct percuta_reseal *reseal) {
  return over_people(sealed_of, reseal, NULL, 0);
}

struct percuta_reseal_time
percuta_transport_reseal_barrier(const struct percuta_reseal *reseal,
                                 const struct percuta_reseal_opening *opening, double tolerance) {
  return over_people(barrier_of, reseal, opening, tolerance);
}
