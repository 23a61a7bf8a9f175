/*   db/dt = -l b                clot and cut tissue, dissolved by plasmin
 *   dn/dt = l b - k_n n         neutrophils
 *   dp1/dt = k_n n - k_p p1     inflammatory macrophages
 *   dp2/dt = k_p p1 - k_o p2    repairing macrophages
 *   ds/dt += w1 p1 + w2 p2      signal, or what the core on listens to in its place
 * Each kind is counted in those that a unit of injured tissue calls, so that the chain hands on
 * whole units, and w1/k_p + w2/k_o is the macrophages' share of the wound's signal: however fast
 * they come and go, a unit of tissue brings the same dose. The platelets of the clot release the
 * rest at once, as latent signal where that is computed; macrophages set theirs free themselves.
 * Sources: docs/theory/healing.md. Verified: tests/verification/test_parts.c */
#include "healing/parts/trigger.h"

#include "base/vector.h"
#include "healing/cascade.h"

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_trigger law = {0};
  double share, share_M1;
  const struct percuta_parameter_slot slots[] = {
      {"trigger.clot_lysis", &law.lysis},
      {"trigger.neutrophil_removal", &law.neutrophil_removal},
      {"trigger.macrophage_polarisation", &law.polarisation},
      {"trigger.macrophage_removal", &law.removal},
      {"trigger.macrophage_diffusivity", &law.diffusivity},
      {"trigger.macrophage_share", &share},
      {"trigger.share_of_M1", &share_M1},
      {"trigger.macrophage_density", &law.macrophage_density},
  };
  enum percuta_status status =
      percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  if (status != PERCUTA_OK)
    return status;
  law.signal_M1 = share * share_M1 * law.polarisation;
  law.signal_M2 = share * (1.0 - share_M1) * law.removal;
  law.platelet_signal = 1.0 - share;
  /* where clearance is slow they stay longer, and make more signal in all */
  double clearance = skin ? skin->clearance_factor : 1.0;
  law.lysis *= clearance * (skin ? skin->perfusion_rel : 1.0);
  law.polarisation *= clearance;
  law.removal *= clearance;
  PERCUTA_PART_KEEP(out, trigger, &law);
  return PERCUTA_OK;
}

PERCUTA_VECTOR_CLONES
static void rate_dermis(const struct percuta_trigger *t, enum percuta_field call,
                        struct percuta_piece *piece) {
  const double *clot = piece->u[PERCUTA_FIELD_clot];
  const double *neutrophil = piece->u[PERCUTA_FIELD_neutrophil];
  const double *first = piece->u[PERCUTA_FIELD_macrophage_M1];
  const double *second = piece->u[PERCUTA_FIELD_macrophage_M2];
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double called = t->lysis * clot[i];
    double dying = t->neutrophil_removal * neutrophil[i];
    double turned = t->polarisation * first[i];
    piece->rate[PERCUTA_FIELD_neutrophil][i] += called - dying;
    piece->rate[PERCUTA_FIELD_macrophage_M1][i] += dying - turned;
    piece->rate[PERCUTA_FIELD_macrophage_M2][i] += turned - t->removal * second[i];
    piece->rate[call][i] += t->signal_M1 * first[i] + t->signal_M2 * second[i];
  }
}

PERCUTA_VECTOR_CLONES
static void rate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_trigger t = *PERCUTA_PART(cascade, trigger);
  if (piece->dermal)
    rate_dermis(&t, percuta_healing_cascade_call(cascade), piece);
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i)
    piece->rate[PERCUTA_FIELD_clot][i] -= t.lysis * piece->u[PERCUTA_FIELD_clot][i];
}

PERCUTA_VECTOR_CLONES
static void slope(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_trigger t = *PERCUTA_PART(cascade, trigger);
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    piece->rate[PERCUTA_FIELD_clot][i] -= t.lysis;
    if (!piece->dermal)
      continue;
    piece->rate[PERCUTA_FIELD_neutrophil][i] -= t.neutrophil_removal;
    piece->rate[PERCUTA_FIELD_macrophage_M1][i] -= t.polarisation;
    piece->rate[PERCUTA_FIELD_macrophage_M2][i] -= t.removal;
  }
}

static void injure(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                   const struct percuta_cut *cut, double *u) {
  u[PERCUTA_FIELD_clot] = u[PERCUTA_FIELD_clot] * (1.0 - cut->injured) + cut->injured;
  if (site->dermal)
    u[percuta_healing_cascade_release(cascade)] +=
        PERCUTA_PART(cascade, trigger)->platelet_signal * cut->signal_rel * cut->clotted;
}

/* `field` follows `driver` too. */
static void follow(struct percuta_drift *drift, enum percuta_field field, enum percuta_field driver,
                   double rate) {
  struct percuta_drift *own = &drift[field];
  own->follows = true;
  own->driver[own->drivers].field = driver;
  own->driver[own->drivers++].rate = rate;
}

static void drift(const struct percuta_cascade *cascade, struct percuta_drift *drift) {
  const struct percuta_trigger *t = PERCUTA_PART(cascade, trigger);
  const enum percuta_field call = percuta_healing_cascade_call(cascade);
  drift[PERCUTA_FIELD_neutrophil].constant = t->diffusivity;
  drift[PERCUTA_FIELD_macrophage_M1].constant = t->diffusivity;
  drift[PERCUTA_FIELD_macrophage_M2].constant = t->diffusivity;
  follow(drift, PERCUTA_FIELD_neutrophil, PERCUTA_FIELD_clot, t->lysis);
  follow(drift, PERCUTA_FIELD_macrophage_M1, PERCUTA_FIELD_neutrophil, t->neutrophil_removal);
  follow(drift, PERCUTA_FIELD_macrophage_M2, PERCUTA_FIELD_macrophage_M1, t->polarisation);
  follow(drift, call, PERCUTA_FIELD_macrophage_M1, t->signal_M1);
  follow(drift, call, PERCUTA_FIELD_macrophage_M2, t->signal_M2);
}

const struct percuta_part percuta_healing_trigger_part = {
    .read = read, .rate = rate, .slope = slope, .injure = injure, .drift = drift};
