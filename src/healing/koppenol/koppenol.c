/* Equations (c in units of the wound's signal, cells in units of the resting density):
 *   growth(x)  = (1 - kappa F)/(1 - kappa) g(x),  g(x) = x ((x^2+eps^2)/(1+eps^2))^(q/2) ~ x^(1+q)
 *   dn/dt  = delta_N [1 + r_max s/(a1+s)] growth(n) - k_F s n - delta_N n
 *   dm/dt  = delta_N (1 + r_max) s/(a1+s) growth(m) + k_F s n - delta_M m
 *   ds/dt  = k_c s/(a2+s) (n + eta1 m) - d_c (n + eta2 m) (r/rest) s/(1 + a3 s) + k_p p
 *   dr/dt  = k_r { rest^2 [1 + k_max s/(a4+s)] (n + eta1 m) - (n + eta2 m) r^2/(1 + a3 s) }
 *   dr3/dt = production of r - (loss per r) r3 - k_mat r3
 *   dp/dt  = k_lys b - k_out p,   db/dt = -k_lys b
 * since delta_N = r_F (1 - kappa) Nbar^q makes Nbar the resting density.
 * Two choices that the published core leaves open, both exact at the published rest (rest = 1):
 *   - collagen of aged or scarred skin rests at `rest` < 1; its production is rest^2 of the young;
 *   - the signal's loss follows collagen relative to that rest. With the absolute amount the core
 *     has no stable rest below 71 % of young collagen.
 * Regularisation: x^(1+q) with q < 0 has an infinite slope at 0; eps bounds it. Its effect is
 * tested. Verified: tests/unit/test_koppenol.c, tests/verification/test_wellmixed.c
 */
#include "healing/koppenol/koppenol.h"

#include <math.h>

#include "base/power.h"
#include "base/vector.h"

enum percuta_status percuta_koppenol_read(const struct percuta_parameters *set,
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
      {"trigger.macrophage_diffusivity", &out->macrophage_diffusivity},
      {"trigger.macrophage_removal", &out->macrophage_removal},
      {"trigger.macrophage_signal", &out->macrophage_signal},
      {"trigger.macrophage_share", &out->macrophage_share},
      {"trigger.clot_lysis", &out->clot_lysis},
      {"collagen_types.resting_type_iii", &out->resting_type_iii},
  };
  enum percuta_status status =
      percuta_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  if (status == PERCUTA_OK && out->crowding * out->resting_fibroblasts >= 1.0) {
    percuta_diag_add(diag, (struct percuta_place){.file = "parameters"},
                     "koppenol.resting_fibroblasts",
                     "resting fibroblasts fill all the room that koppenol.crowding leaves",
                     "resting_fibroblasts x crowding below 1", NULL);
    return PERCUTA_BAD_INPUT;
  }
  return status;
}

/* q = [ln delta_N - ln(r_F (1 - kappa Nbar))] / ln Nbar, with Nbar in cells/cm^3 as published. */
static double resting_exponent(const struct percuta_koppenol_parameters *p) {
  double cells_per_cm3 = p->resting_fibroblasts * 1e-6;
  double crowded = 1.0 - p->crowding * p->resting_fibroblasts;
  return (log(p->fibroblast_death) - log(p->division * crowded)) / log(cells_per_cm3);
}

struct percuta_koppenol percuta_koppenol_derive(const struct percuta_koppenol_parameters *p,
                                                const struct percuta_skin *skin) {
  double cells = p->resting_fibroblasts;
  double wound = p->wound_signal;
  double collagen = sqrt(p->collagen_secretion / p->collagen_loss);
  double proliferation = skin ? skin->proliferation_factor : 1.0;
  double production = skin ? skin->production_factor : 1.0;
  double clearance = skin ? skin->clearance_factor : 1.0;
  double perfusion = skin ? skin->perfusion_rel : 1.0;
  struct percuta_koppenol k = {
      .q = resting_exponent(p),
      .crowding = p->crowding * cells,
      .rest_growth = p->fibroblast_death / (1.0 - p->crowding * cells),
      .division_factor = p->division_factor * proliferation,
      .myo_division = 1.0 + p->division_factor * proliferation,
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
      .epsilon2 = p->regularisation * p->regularisation,
      .lysis = p->clot_lysis * clearance * perfusion,
      .removal = p->macrophage_removal * clearance,
      .macrophage_signal = p->macrophage_share * p->macrophage_removal,
      .platelet_signal = 1.0 - p->macrophage_share,
      .crowding_diffusivity = p->fibroblast_diffusivity * cells,
      .chemotaxis = p->chemotaxis * wound,
      .signal_diffusivity = p->signal_diffusivity,
      .macrophage_diffusivity = p->macrophage_diffusivity,
      .resting_collagen = collagen,
      .macrophages_per_fibroblast =
          p->macrophage_share * wound * p->macrophage_removal / p->macrophage_signal / cells,
  };
  k.maturation = k.turnover * (1.0 / p->resting_type_iii - 1.0);
  return k;
}

double percuta_koppenol_runaway_level(const struct percuta_koppenol *k) {
  double above = k->signal_loss * k->a2 - k->secretion;
  double below = k->secretion * k->a3 - k->signal_loss;
  if (above <= 0)
    return 0.0;
  return below > 0 ? above / below : INFINITY;
}

double percuta_koppenol_rest_type_iii(const struct percuta_koppenol *k, double rest) {
  double loss = k->turnover * rest;
  return loss / (loss + k->maturation);
}

static inline double positive(double x) {
  return x > 0 ? x : 0.0;
}

enum { PIECE = 64 }; /* cells at once: their powers stay in the first-level cache */

/* The part of N^(1+q) that multiplies N, regularised, one at rest. */
PERCUTA_VECTOR_CLONES
static void sparse(const struct percuta_koppenol *k, int count, const double *restrict x,
                   double *restrict out) {
  double epsilon2 = k->epsilon2, scale = 1.0 / (1.0 + k->epsilon2);
  for (int i = 0; i < count; ++i)
    out[i] = (x[i] * x[i] + epsilon2) * scale;
  percuta_power_many((size_t)count, 0.5 * k->q, out, out);
}

/* The rates of a piece; every field in its own pointer, so that the compiler knows them apart. */
PERCUTA_VECTOR_CLONES
static void add_rates(const struct percuta_koppenol model, int count, const double *restrict rest,
                      const double *const *u, double *const *rate, const double *restrict sparse_n,
                      const double *restrict sparse_m) {
  const struct percuta_koppenol *k = &model;
  const double *restrict field_n = u[PERCUTA_KOPPENOL_N], *restrict field_m = u[PERCUTA_KOPPENOL_M];
  const double *restrict field_s = u[PERCUTA_KOPPENOL_S], *restrict field_p = u[PERCUTA_KOPPENOL_P];
  const double *restrict field_r = u[PERCUTA_KOPPENOL_R], *restrict field_b = u[PERCUTA_KOPPENOL_B];
  const double *restrict field_r3 = u[PERCUTA_KOPPENOL_R3];
  double *restrict rate_n = rate[PERCUTA_KOPPENOL_N], *restrict rate_m = rate[PERCUTA_KOPPENOL_M];
  double *restrict rate_s = rate[PERCUTA_KOPPENOL_S], *restrict rate_p = rate[PERCUTA_KOPPENOL_P];
  double *restrict rate_r = rate[PERCUTA_KOPPENOL_R], *restrict rate_b = rate[PERCUTA_KOPPENOL_B];
  double *restrict rate_r3 = rate[PERCUTA_KOPPENOL_R3];
  for (int i = 0; i < count; ++i) {
    double n = field_n[i], m = field_m[i], r = field_r[i];
    double s = positive(field_s[i]);
    double room = k->rest_growth * (1.0 - k->crowding * (n + m));
    double divide = s / (k->a1 + s);
    double shield = 1.0 / (1.0 + k->a3 * s);
    double turned = k->differentiation * s * n;
    double degrade = (n + k->eta2 * m) * shield;
    double secrete = n + k->eta1 * m;
    double produce =
        k->turnover * rest[i] * rest[i] * (1.0 + k->collagen_factor * s / (k->a4 + s)) * secrete;
    double lysed = k->lysis * field_b[i];
    rate_n[i] +=
        room * (1.0 + k->division_factor * divide) * n * sparse_n[i] - turned - k->death_n * n;
    rate_m[i] += room * k->myo_division * divide * m * sparse_m[i] + turned - k->death_m * m;
    rate_s[i] += k->secretion * s / (k->a2 + s) * secrete -
                 k->signal_loss * degrade * (r / rest[i]) * s + k->macrophage_signal * field_p[i];
    rate_p[i] += lysed - k->removal * field_p[i];
    rate_r[i] += produce - k->turnover * degrade * r * r;
    rate_r3[i] += produce - k->turnover * degrade * r * field_r3[i] - k->maturation * field_r3[i];
    rate_b[i] -= lysed;
  }
}

void percuta_koppenol_rate(const struct percuta_koppenol *k, int count, const double *rest,
                           const double *const *u, double *const *rate) {
  double sparse_n[PIECE], sparse_m[PIECE];
  for (int from = 0; from < count; from += PIECE) {
    int piece = count - from < PIECE ? count - from : PIECE;
    const double *here[PERCUTA_KOPPENOL_FIELDS];
    double *rate_here[PERCUTA_KOPPENOL_FIELDS];
    for (int f = 0; f < PERCUTA_KOPPENOL_FIELDS; ++f) {
      here[f] = u[f] + from;
      rate_here[f] = rate[f] + from;
    }
    sparse(k, piece, here[PERCUTA_KOPPENOL_N], sparse_n);
    sparse(k, piece, here[PERCUTA_KOPPENOL_M], sparse_m);
    add_rates(*k, piece, rest + from, here, rate_here, sparse_n, sparse_m);
  }
}

void percuta_koppenol_slope(const struct percuta_koppenol *k, int count, const double *rest,
                            const double *const *u, double *const *slope) {
  for (int i = 0; i < count; ++i) {
    double n = u[PERCUTA_KOPPENOL_N][i], m = u[PERCUTA_KOPPENOL_M][i];
    double r = positive(u[PERCUTA_KOPPENOL_R][i]);
    double s = positive(u[PERCUTA_KOPPENOL_S][i]);
    double shield = 1.0 / (1.0 + k->a3 * s);
    double degrade = (n + k->eta2 * m) * shield;
    double half = k->a2 + s;
    slope[PERCUTA_KOPPENOL_N][i] = -k->differentiation * s - k->death_n * positive(-k->q);
    slope[PERCUTA_KOPPENOL_M][i] = -k->death_m;
    slope[PERCUTA_KOPPENOL_S][i] =
        fmin(0.0, k->secretion * k->a2 / (half * half) * (n + k->eta1 * m) -
                      k->signal_loss * degrade * shield * (r / rest[i]));
    slope[PERCUTA_KOPPENOL_P][i] = -k->removal;
    slope[PERCUTA_KOPPENOL_R][i] = -2.0 * k->turnover * degrade * r;
    slope[PERCUTA_KOPPENOL_R3][i] = -k->turnover * degrade * r - k->maturation;
    slope[PERCUTA_KOPPENOL_B][i] = -k->lysis;
  }
}
