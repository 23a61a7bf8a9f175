/* Equations (c in units of the wound's signal, cells in units of the resting density):
 *   growth(x)  = (1 - kappa F)/(1 - kappa) g(x),  g(x) = x ((x^2+eps^2)/(1+eps^2))^(q/2) ~ x^(1+q)
 *   dn/dt  = delta_N [1 + r_max s/(a1+s)] growth(n) - k_F s n - delta_N n
 *   dm/dt  = delta_N (1 + r_max) s/(a1+s) growth(m) + k_F s n - delta_M m
 *   ds/dt  = k_c s/(a2+s) (n + eta1 m) - d_c (n + eta2 m) (r/rest) s/(1 + a3 s)
 *   dr/dt  = k_r { making [rest^2 + k_max supply s/(a4+s)] (n + eta1 m)
 *                  - (n + eta2 m) exposed r^2/(1 + a3 s) }
 * with r_max supply in place of r_max, and with what cells do in place of s/(a4+s) in dr/dt where
 * an extension lets them answer later; supply, making and exposed are one unless an extension says
 * otherwise (part.h),
 * since delta_N = r_F (1 - kappa) Nbar^q makes Nbar the resting density.
 * Two choices that the published core leaves open, both exact at the published rest (rest = 1):
 *   - collagen of aged or scarred skin rests at `rest` < 1; its production at rest is rest^2 of the
 *     young. What signal adds is as in the young, but in a scar (rest/around)^2 of it;
 *   - the signal's loss follows collagen relative to that rest. With the absolute amount the core
 *     has no stable rest below 71 % of young collagen.
 * Regularisation: x^(1+q) with q < 0 has an infinite slope at 0; eps bounds it. Its effect is
 * tested. Verified: tests/verification/test_healing.c, tests/verification/test_wellmixed.c
 */
#include "healing/koppenol/koppenol.h"

#include <math.h>

#include "base/power.h"
#include "base/vector.h"
#include "healing/cascade.h"

/* Why these parameters leave no state of rest; NULL: there is one. The least signal must die away:
 * dc/dt = (k_c/a_2 - delta_c rho) N c < 0. */
static const char *find_restless(const struct percuta_koppenol_parameters *p, const char **key,
                                 const char **allowed) {
  const double collagen = sqrt(p->collagen_secretion / p->collagen_loss);
  if (p->crowding * p->resting_fibroblasts >= 1.0) {
    *key = "koppenol.resting_fibroblasts";
    *allowed = "resting_fibroblasts x crowding below 1";
    return "resting fibroblasts fill all the room that koppenol.crowding leaves";
  }
  if (p->secretion >= p->signal_loss * collagen * p->secretion_half_signal) {
    *key = "koppenol.secretion";
    *allowed = "secretion below signal_loss x secretion_half_signal x "
               "sqrt(collagen_secretion / collagen_loss)";
    return "fibroblasts secrete more signal than they break down, so that the least signal grows "
           "and "
           "no skin could stay at rest";
  }
  return NULL;
}

enum percuta_status percuta_healing_koppenol_read(const struct percuta_parameters *set,
                                                  struct percuta_diag *diag,
                                                  struct percuta_koppenol_parameters *out) {
  const struct percuta_parameter_slot slots[] = {
      {"koppenol.fibroblast_diffusivity", &out->fibroblast_diffusivity},
      {"koppenol.chemotaxis", &out->chemotaxis},
      {"koppenol.signal_diffusivity", &out->signal_diffusivity},
      {"koppenol.division_factor", &out->division_factor},
      {"koppenol.division_half_signal", &out->division_half_signal},
      {"koppenol.secretion_half_signal", &out->secretion_half_signal},
      {"koppenol.inhibition", &out->inhibition},
      {"koppenol.collagen_half_signal", &out->collagen_half_signal},
      {"koppenol.crowding", &out->crowding},
      {"koppenol.differentiation", &out->differentiation},
      {"koppenol.secretion", &out->secretion},
      {"koppenol.myofibroblast_secretion", &out->myofibroblast_secretion},
      {"koppenol.myofibroblast_mmp", &out->myofibroblast_mmp},
      {"koppenol.collagen_secretion", &out->collagen_secretion},
      {"koppenol.collagen_factor", &out->collagen_factor},
      {"koppenol.fibroblast_death", &out->fibroblast_death},
      {"koppenol.myofibroblast_death", &out->myofibroblast_death},
      {"koppenol.signal_loss", &out->signal_loss},
      {"koppenol.collagen_loss", &out->collagen_loss},
      {"koppenol.division", &out->division},
      {"koppenol.resting_fibroblasts", &out->resting_fibroblasts},
      {"koppenol.wound_signal", &out->wound_signal},
      {"koppenol.regularisation", &out->regularisation},
  };
  enum percuta_status status =
      percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_mistake mistake = {.code = PERCUTA_CODE_CONFLICT, .place = {.file = "parameters"}};
  mistake.what = find_restless(out, &mistake.key, &mistake.allowed);
  if (mistake.what)
    percuta_base_diag_add(diag, &mistake);
  return mistake.what ? PERCUTA_BAD_INPUT : PERCUTA_OK;
}

/* q = [ln delta_N - ln(r_F (1 - kappa Nbar))] / ln Nbar, with Nbar in cells/cm^3 as published. */
static double resting_exponent(const struct percuta_koppenol_parameters *p) {
  double cells_per_cm3 = p->resting_fibroblasts * 1e-6;
  double crowded = 1.0 - p->crowding * p->resting_fibroblasts;
  return (log(p->fibroblast_death) - log(p->division * crowded)) / log(cells_per_cm3);
}

struct percuta_koppenol percuta_healing_koppenol_derive(const struct percuta_koppenol_parameters *p,
                                                        const struct percuta_skin *skin) {
  double cells = p->resting_fibroblasts;
  double wound = p->wound_signal;
  double collagen = sqrt(p->collagen_secretion / p->collagen_loss);
  double proliferation = skin ? skin->proliferation_factor : 1.0;
  double production = skin ? skin->production_factor : 1.0;
  return (struct percuta_koppenol){
      .q = resting_exponent(p),
      .crowding = p->crowding * cells,
      .rest_growth = p->fibroblast_death / (1.0 - p->crowding * cells),
      .division_factor = p->division_factor * proliferation,
      .a1 = p->division_half_signal / wound,
      .a2 = p->secretion_half_signal / wound,
      .a3 = p->inhibition * wound,
      .a4 = p->collagen_half_signal / wound,
      .differentiation = p->differentiation * wound,
      .death_n = p->fibroblast_death,
      .death_m = p->myofibroblast_death,
      .secretion = p->secretion * cells / wound,
      .signal_loss = p->signal_loss * cells * collagen,
      .eta1 = p->myofibroblast_secretion,
      .eta2 = p->myofibroblast_mmp,
      .turnover = p->collagen_loss * cells * collagen,
      .collagen_factor = p->collagen_factor * production,
      .around = skin ? skin->collagen_rel : 0.0,
      .epsilon2 = p->regularisation * p->regularisation,
      .crowding_diffusivity = p->fibroblast_diffusivity * cells,
      .chemotaxis = p->chemotaxis * wound,
      .signal_diffusivity = p->signal_diffusivity,
      .resting_collagen = collagen,
  };
}

double percuta_healing_koppenol_runaway_level(const struct percuta_koppenol *k) {
  double above = k->signal_loss * k->a2 - k->secretion;
  double below = k->secretion * k->a3 - k->signal_loss;
  if (above <= 0)
    return 0.0;
  return below > 0 ? above / below : INFINITY;
}

static inline double positive(double x) {
  return x > 0 ? x : 0.0;
}

/* The part of N^(1+q) that multiplies N, regularised, one at rest. */
PERCUTA_VECTOR_CLONES
static void sparse(const struct percuta_koppenol *k, int count, const double *restrict x,
                   double *restrict out) {
  double epsilon2 = k->epsilon2, scale = 1.0 / (1.0 + k->epsilon2);
  for (int i = 0; i < count; ++i)
    out[i] = (x[i] * x[i] + epsilon2) * scale;
  percuta_base_power_many((size_t)count, 0.5 * k->q, out, out);
}

/* The rates of a piece; every field in its own pointer, so that the compiler knows them apart. */
PERCUTA_VECTOR_CLONES
static void add_rates(const struct percuta_koppenol model, struct percuta_piece *restrict piece,
                      const double *restrict sparse_n, const double *restrict sparse_m) {
  const struct percuta_koppenol *k = &model;
  const double *restrict rest = piece->rest;
  const double *restrict field_n = piece->u[PERCUTA_FIELD_fibroblast];
  const double *restrict field_m = piece->u[PERCUTA_FIELD_myofibroblast];
  const double *restrict field_s = piece->u[PERCUTA_FIELD_signal];
  const double *restrict field_r = piece->u[PERCUTA_FIELD_collagen];
  const double at_once = piece->at_once;
  double *restrict rate_n = piece->rate[PERCUTA_FIELD_fibroblast];
  double *restrict rate_m = piece->rate[PERCUTA_FIELD_myofibroblast];
  double *restrict rate_s = piece->rate[PERCUTA_FIELD_signal];
  double *restrict rate_r = piece->rate[PERCUTA_FIELD_collagen];
  for (int i = 0; i < piece->count; ++i) {
    double n = field_n[i], m = field_m[i], r = field_r[i];
    double s = positive(field_s[i]);
    double supply = piece->supply[i];
    double room = k->rest_growth * (1.0 - k->crowding * (n + m));
    double divide = s / (k->a1 + s);
    double spread = supply * k->division_factor;
    double shield = 1.0 / (1.0 + k->a3 * s);
    double turned = k->differentiation * s * n;
    double degrade = (n + k->eta2 * m) * shield;
    double secrete = n + k->eta1 * m;
    double called = s / (k->a4 + s);
    double usual = rest[i] * rest[i], deficit = k->around > 0 ? rest[i] / k->around : 1.0;
    double added =
        deficit * deficit * supply * k->collagen_factor * (at_once * called + piece->answer[i]);
    double produce = k->turnover * piece->making[i] * (usual + added) * secrete;
    double lost = k->turnover * degrade * r;
    rate_n[i] += room * (1.0 + spread * divide) * n * sparse_n[i] - turned - k->death_n * n;
    rate_m[i] += room * (1.0 + spread) * divide * m * sparse_m[i] + turned - k->death_m * m;
    rate_s[i] +=
        k->secretion * s / (k->a2 + s) * secrete - k->signal_loss * degrade * (r / rest[i]) * s;
    rate_r[i] += produce - lost * piece->exposed[i] * r;
    piece->produced[i] = produce;
    piece->lost[i] = lost;
    piece->activity[i] = 1.0 + added / usual;
    piece->called[i] = called;
  }
}

static void rate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  double sparse_n[PERCUTA_PIECE], sparse_m[PERCUTA_PIECE];
  if (!piece->dermal)
    return;
  sparse(PERCUTA_PART(cascade, koppenol), piece->count, piece->u[PERCUTA_FIELD_fibroblast],
         sparse_n);
  sparse(PERCUTA_PART(cascade, koppenol), piece->count, piece->u[PERCUTA_FIELD_myofibroblast],
         sparse_m);
  add_rates(*PERCUTA_PART(cascade, koppenol), piece, sparse_n, sparse_m);
}

PERCUTA_VECTOR_CLONES
static void slope(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_koppenol *k = PERCUTA_PART(cascade, koppenol);
  if (!piece->dermal)
    return;
  PERCUTA_VECTOR_LOOP
  for (int i = 0; i < piece->count; ++i) {
    double n = piece->u[PERCUTA_FIELD_fibroblast][i], m = piece->u[PERCUTA_FIELD_myofibroblast][i];
    double r = positive(piece->u[PERCUTA_FIELD_collagen][i]);
    double s = positive(piece->u[PERCUTA_FIELD_signal][i]);
    double shield = 1.0 / (1.0 + k->a3 * s);
    double degrade = (n + k->eta2 * m) * shield;
    double half = k->a2 + s;
    piece->rate[PERCUTA_FIELD_fibroblast][i] -=
        k->differentiation * s + k->death_n * positive(-k->q);
    piece->rate[PERCUTA_FIELD_myofibroblast][i] -= k->death_m;
    piece->rate[PERCUTA_FIELD_signal][i] +=
        k->secretion * k->a2 / (half * half) * (n + k->eta1 * m) -
        k->signal_loss * degrade * shield * (r / piece->rest[i]);
    piece->rate[PERCUTA_FIELD_collagen][i] -= 2.0 * k->turnover * degrade * piece->exposed[i] * r;
    piece->lost[i] = k->turnover * degrade * r;
    piece->called[i] = s / (k->a4 + s);
  }
}

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_koppenol_parameters published;
  enum percuta_status status = percuta_healing_koppenol_read(set, diag, &published);
  if (status != PERCUTA_OK)
    return status;
  const struct percuta_koppenol law = percuta_healing_koppenol_derive(&published, skin);
  PERCUTA_PART_KEEP(out, koppenol, &law);
  return PERCUTA_OK;
}

static void rest(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                 double *u) {
  (void)cascade;
  if (!site->dermal)
    return;
  u[PERCUTA_FIELD_fibroblast] = 1.0;
  u[PERCUTA_FIELD_collagen] = site->rest;
}

/* Without the trigger the wound's signal is there at once, as the published model starts. */
static void injure(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                   const struct percuta_cut *cut, double *u) {
  static const int lost[] = {PERCUTA_FIELD_fibroblast, PERCUTA_FIELD_myofibroblast,
                             PERCUTA_FIELD_collagen};
  for (size_t f = 0; f < sizeof lost / sizeof lost[0]; ++f)
    u[lost[f]] *= 1.0 - cut->injured;
  if (site->dermal && !percuta_healing_layout_on(&cascade->layout, PERCUTA_PART_trigger))
    u[percuta_healing_cascade_release(cascade)] += cut->injured;
}

static void drift(const struct percuta_cascade *cascade, struct percuta_drift *drift) {
  const struct percuta_koppenol *k = PERCUTA_PART(cascade, koppenol);
  const struct percuta_drift cells = {.crowding = k->crowding_diffusivity,
                                      .chemotaxis = k->chemotaxis};
  drift[PERCUTA_FIELD_fibroblast] = drift[PERCUTA_FIELD_myofibroblast] = cells;
  drift[PERCUTA_FIELD_signal].constant = k->signal_diffusivity;
  drift[PERCUTA_FIELD_signal].follows = true;
}

/* Enzymes meet less collagen where there is less of it. */
static double turnover_rel(const struct percuta_cascade *cascade, double rest) {
  (void)cascade;
  return rest;
}

static double turnover(const struct percuta_cascade *cascade, double rest) {
  return PERCUTA_PART(cascade, koppenol)->turnover * rest;
}

/* Loss goes with the square of collagen, making does not depend on it. */
static void comeback(const struct percuta_cascade *cascade, size_t count, const double *beyond,
                     double *out) {
  (void)cascade;
  for (size_t i = 0; i < count; ++i)
    out[i] = beyond[i] * beyond[i];
}

static double rise(const struct percuta_cascade *cascade, double resting) {
  return PERCUTA_PART(cascade, koppenol)->collagen_factor / (resting * resting);
}

static double runaway_level(const struct percuta_cascade *cascade) {
  return percuta_healing_koppenol_runaway_level(PERCUTA_PART(cascade, koppenol));
}

const struct percuta_core_law percuta_healing_koppenol_law = {.call = PERCUTA_FIELD_signal,
                                                              .turnover = turnover,
                                                              .turnover_rel = turnover_rel,
                                                              .comeback = comeback,
                                                              .rise = rise,
                                                              .runaway_level = runaway_level};

const struct percuta_part percuta_healing_koppenol_part = {
    .read = read, .rate = rate, .slope = slope, .rest = rest, .injure = injure, .drift = drift};
