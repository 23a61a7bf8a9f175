/*   da/dt = - d_a a
 *   dc/dt = p_ca a + (p_cr c + p_ce H) rho/(K_cc + c) - d_c c
 *   drho/dt = [p_r + p_rc c/(K_rc + c) + p_re H] (1 - rho/K_rr) rho - d_r rho
 *   dphi/dt = [R p + p_fc x] rho/(K_fr + phi/R) - (d_f + c rho d_fc) phi
 *             p = p_f + p_fc/(K_fc + 1) + p_fe H,  x = c/(K_fc + c) - 1/(K_fc + 1), R x where x < 0
 * with R the collagen at rest: what a cell leaves room for is measured against its own skin's, so
 * that aged skin rests as young skin does; what the cytokine adds beyond rest is as in the young,
 * but in a scar R/around of it.
 * p_cr, K_rr and K_fr follow from rest at c = rho = 1, phi = R. H = 1/(1 + exp(-g (theta -
 * theta_0))) of the stretch theta; skin is taken at its healthy stretch theta_0, where H is one
 * half whatever g. What condition and oxygen change is only what the cytokine adds beyond its
 * resting level. Verified: tests/verification/test_pensalfini.c */
#include "healing/pensalfini/pensalfini.h"

#include <math.h>

#include "base/vector.h"
#include "healing/cascade.h"

static const double SENSING = 0.5; /* H at theta_0 */

/* What the table gives and derive() combines. */
struct published {
  double cytokine_stretch;                                    /* p_c,e / p_c,rho */
  double division, division_cytokine, division_stretch;       /* p_rho, and the others over it */
  double production, production_cytokine, production_stretch; /* the last over the first */
};

/* Rest at a = 0, c = rho = 1, phi = R gives the three constants that are left. */
static void derive(const struct published *from, struct percuta_pensalfini *p) {
  p->cytokine_making =
      p->cytokine_loss * (1 + p->cytokine_half) / (1 + from->cytokine_stretch * SENSING);
  p->cytokine_sensing = from->cytokine_stretch * p->cytokine_making * SENSING;
  p->division_factor = from->division * from->division_cytokine;
  p->division_rest = from->division * (1 + from->division_stretch * SENSING) +
                     p->division_factor / (1 + p->division_half);
  p->crowding = 1 - p->death / p->division_rest;
  p->production_factor = from->production_cytokine;
  p->production_rest = from->production * (1 + from->production_stretch * SENSING) +
                       p->production_factor / (1 + p->production_half);
  p->production_room = p->production_rest / (p->loss + p->cytokine_cutting) - 1;
}

static enum percuta_status refuse(struct percuta_diag *diag, const char *key, const char *what,
                                  const char *expected) {
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                                        .place = {.file = "parameters"},
                                                        .key = key,
                                                        .what = what,
                                                        .allowed = expected});
  return PERCUTA_BAD_INPUT;
}

static enum percuta_status check(const struct percuta_pensalfini *p, struct percuta_diag *diag) {
  if (p->crowding <= 0)
    return refuse(diag, "pensalfini.fibroblast_death",
                  "fibroblasts at rest die faster than they can divide",
                  "less than division at rest");
  if (p->production_room <= 0)
    return refuse(diag, "pensalfini.collagen_production",
                  "collagen at rest is lost faster than cells can make it",
                  "production at rest above the loss");
  return PERCUTA_OK;
}

static enum percuta_status read(const struct percuta_parameters *set,
                                const struct percuta_skin *skin, struct percuta_diag *diag,
                                struct percuta_cascade *out) {
  struct percuta_pensalfini law = {0};
  struct published from;
  const struct percuta_parameter_slot slots[] = {
      {"pensalfini.inflammatory_decay", &law.calming},
      {"pensalfini.inflammatory_calling", &law.calling},
      {"pensalfini.cytokine_saturation", &law.cytokine_half},
      {"pensalfini.cytokine_decay", &law.cytokine_loss},
      {"pensalfini.cytokine_by_stretch", &from.cytokine_stretch},
      {"pensalfini.division", &from.division},
      {"pensalfini.division_by_cytokine", &from.division_cytokine},
      {"pensalfini.division_by_stretch", &from.division_stretch},
      {"pensalfini.division_half_cytokine", &law.division_half},
      {"pensalfini.fibroblast_death", &law.death},
      {"pensalfini.collagen_production", &from.production},
      {"pensalfini.production_by_cytokine", &from.production_cytokine},
      {"pensalfini.production_by_stretch", &from.production_stretch},
      {"pensalfini.production_half_cytokine", &law.production_half},
      {"pensalfini.collagen_loss", &law.loss},
      {"pensalfini.loss_by_cytokine", &law.cytokine_cutting},
      {"pensalfini.diffusivity", &law.diffusivity},
      {"pensalfini.mobility_peak", &law.mobility_peak},
      {"pensalfini.mobility_floor", &law.mobility_floor},
      {"pensalfini.mobility_collagen", &law.mobility_collagen},
  };
  enum percuta_status status =
      percuta_base_parameters_fill(set, slots, sizeof slots / sizeof slots[0], diag);
  if (status != PERCUTA_OK)
    return status;
  derive(&from, &law);
  law.division_factor *= skin ? skin->proliferation_factor : 1.0;
  law.production_factor *= skin ? skin->production_factor : 1.0;
  law.around = skin ? skin->collagen_rel : 0.0;
  PERCUTA_PART_KEEP(out, pensalfini, &law);
  return check(&law, diag);
}

double percuta_healing_pensalfini_turnover(const struct percuta_pensalfini *p) {
  return p->loss + p->cytokine_cutting;
}

/* (x exp(1 - x))^2: nothing in empty space, one at x = 1, next to nothing in dense collagen. */
void percuta_healing_pensalfini_mobility(const struct percuta_pensalfini *p, size_t count,
                                         const double *collagen, double *out) {
  for (size_t i = 0; i < count; ++i) {
    double x = collagen[i] > 0 ? collagen[i] / p->mobility_collagen : 0.0;
    double share = x * exp(1.0 - x);
    out[i] = share * share;
  }
}

/* What a saturating response adds to that at rest, where the cytokine is one. */
static inline double beyond_rest(double half, double cytokine) {
  return cytokine / (half + cytokine) - 1.0 / (half + 1.0);
}

static inline double positive(double x) {
  return x > 0 ? x : 0.0;
}

PERCUTA_VECTOR_CLONES
static void add_rates(const struct percuta_pensalfini p, struct percuta_piece *restrict piece) {
  const double *restrict rest = piece->rest;
  const double *restrict field_a = piece->u[PERCUTA_FIELD_inflammatory];
  const double *restrict field_c = piece->u[PERCUTA_FIELD_cytokine];
  const double *restrict field_n = piece->u[PERCUTA_FIELD_fibroblast];
  const double *restrict field_r = piece->u[PERCUTA_FIELD_collagen];
  double *restrict rate_a = piece->rate[PERCUTA_FIELD_inflammatory];
  double *restrict rate_c = piece->rate[PERCUTA_FIELD_cytokine];
  double *restrict rate_n = piece->rate[PERCUTA_FIELD_fibroblast];
  double *restrict rate_r = piece->rate[PERCUTA_FIELD_collagen];
  double usual = p.production_rest / (p.production_room + 1.0);      /* by a cell at rest */
  const double most = p.production_half / (p.production_half + 1.0); /* of beyond_rest */
  const double at_once = piece->at_once;
  for (int i = 0; i < piece->count; ++i) {
    double a = field_a[i], n = field_n[i], r = field_r[i];
    double c = positive(field_c[i]);
    double secreted = (p.cytokine_making * c + p.cytokine_sensing) * n / (p.cytokine_half + c);
    double supply = piece->supply[i];
    double divide = p.division_rest + supply * p.division_factor * beyond_rest(p.division_half, c);
    double beyond = beyond_rest(p.production_half, c), called = positive(beyond);
    double deficit = p.around > 0 ? rest[i] / p.around : 1.0;
    double doing =
        rest[i] * (beyond - called) + deficit * (at_once * called + most * piece->answer[i]);
    double able = rest[i] * p.production_rest + supply * p.production_factor * doing;
    double made = able / (p.production_room + positive(r) / rest[i]);
    double produced = piece->making[i] * made * n;
    double lost = p.loss + c * n * p.cytokine_cutting;
    rate_a[i] -= p.calming * a;
    rate_c[i] += p.calling * a + secreted - p.cytokine_loss * c;
    rate_n[i] += divide * (1.0 - p.crowding * n) * n - p.death * n;
    rate_r[i] += produced - lost * piece->exposed[i] * r;
    piece->produced[i] = produced;
    piece->lost[i] = lost;
    piece->activity[i] = made / (rest[i] * usual);
    piece->called[i] = called / most;
  }
}

static void rate(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  if (piece->dermal)
    add_rates(*PERCUTA_PART(cascade, pensalfini), piece);
}

static void slope(const struct percuta_cascade *cascade, struct percuta_piece *piece) {
  const struct percuta_pensalfini p = *PERCUTA_PART(cascade, pensalfini);
  if (!piece->dermal)
    return;
  for (int i = 0; i < piece->count; ++i) {
    double n = piece->u[PERCUTA_FIELD_fibroblast][i];
    double r = positive(piece->u[PERCUTA_FIELD_collagen][i]);
    double c = positive(piece->u[PERCUTA_FIELD_cytokine][i]);
    double supply = piece->supply[i], half = p.cytokine_half + c;
    double divide = p.division_rest + supply * p.division_factor * beyond_rest(p.division_half, c);
    double beyond = beyond_rest(p.production_half, c), called = positive(beyond);
    double deficit = p.around > 0 ? piece->rest[i] / p.around : 1.0;
    double doing = piece->rest[i] * (beyond - called) +
                   deficit * (piece->at_once * called +
                              p.production_half / (p.production_half + 1.0) * piece->answer[i]);
    double able = piece->rest[i] * p.production_rest + supply * p.production_factor * doing;
    double room = p.production_room + r / piece->rest[i];
    double lost = p.loss + c * n * p.cytokine_cutting;
    piece->rate[PERCUTA_FIELD_inflammatory][i] -= p.calming;
    piece->rate[PERCUTA_FIELD_cytokine][i] +=
        (p.cytokine_making * p.cytokine_half - p.cytokine_sensing) * n / (half * half) -
        p.cytokine_loss;
    piece->rate[PERCUTA_FIELD_fibroblast][i] += divide * (1.0 - 2.0 * p.crowding * n) - p.death;
    piece->rate[PERCUTA_FIELD_collagen][i] -=
        piece->making[i] * able * n / (piece->rest[i] * room * room) + lost * piece->exposed[i];
    piece->lost[i] = lost;
    piece->called[i] = called * (p.production_half + 1.0) / p.production_half;
  }
}

static void rest(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                 double *u) {
  (void)cascade;
  if (!site->dermal)
    return;
  u[PERCUTA_FIELD_cytokine] = 1.0;
  u[PERCUTA_FIELD_fibroblast] = 1.0;
  u[PERCUTA_FIELD_collagen] = site->rest;
}

/* Cut tissue holds nothing of its own any more. Without the trigger a wound's inflammatory signal
 * is there at once, as the published model starts. */
static void injure(const struct percuta_cascade *cascade, const struct percuta_tissue *site,
                   const struct percuta_cut *cut, double *u) {
  static const int lost[] = {PERCUTA_FIELD_cytokine, PERCUTA_FIELD_fibroblast,
                             PERCUTA_FIELD_collagen};
  for (size_t f = 0; f < sizeof lost / sizeof lost[0]; ++f)
    u[lost[f]] *= 1.0 - cut->injured;
  if (site->dermal && !percuta_healing_layout_on(&cascade->layout, PERCUTA_PART_trigger))
    u[percuta_healing_cascade_release(cascade)] += cut->injured;
}

static void drift(const struct percuta_cascade *cascade, struct percuta_drift *drift) {
  const struct percuta_pensalfini *p = PERCUTA_PART(cascade, pensalfini);
  drift[PERCUTA_FIELD_inflammatory].constant = p->diffusivity;
  drift[PERCUTA_FIELD_inflammatory].follows = true;
  drift[PERCUTA_FIELD_cytokine].constant = p->diffusivity;
  drift[PERCUTA_FIELD_cytokine].follows = true;
  drift[PERCUTA_FIELD_cytokine].drivers = 1;
  drift[PERCUTA_FIELD_cytokine].driver[0].field = PERCUTA_FIELD_inflammatory;
  drift[PERCUTA_FIELD_cytokine].driver[0].rate = p->calling;
  drift[PERCUTA_FIELD_fibroblast].constant = p->mobility_floor;
  drift[PERCUTA_FIELD_fibroblast].guided = p->mobility_peak - p->mobility_floor;
}

/* Collagen of any amount at rest is turned over alike. */
static double turnover_rel(const struct percuta_cascade *cascade, double rest) {
  (void)cascade, (void)rest;
  return 1;
}

static double turnover(const struct percuta_cascade *cascade, double rest) {
  (void)rest;
  return percuta_healing_pensalfini_turnover(PERCUTA_PART(cascade, pensalfini));
}

/* Loss goes with collagen, and making falls with it. */
static void comeback(const struct percuta_cascade *cascade, size_t count, const double *beyond,
                     double *out) {
  const double room = PERCUTA_PART(cascade, pensalfini)->production_room;
  for (size_t i = 0; i < count; ++i)
    out[i] = beyond[i] * (room + beyond[i]) / (room + 1);
}

static double rise(const struct percuta_cascade *cascade, double resting) {
  const struct percuta_pensalfini *p = PERCUTA_PART(cascade, pensalfini);
  return p->production_factor * p->production_half / (p->production_half + 1) /
         (resting * p->production_rest);
}

static void guidance(const struct percuta_cascade *cascade, size_t count, const double *collagen,
                     double *out) {
  percuta_healing_pensalfini_mobility(PERCUTA_PART(cascade, pensalfini), count, collagen, out);
}

const struct percuta_core_law percuta_healing_pensalfini_law = {.call = PERCUTA_FIELD_inflammatory,
                                                                .turnover = turnover,
                                                                .turnover_rel = turnover_rel,
                                                                .comeback = comeback,
                                                                .rise = rise,
                                                                .guidance = guidance};

const struct percuta_part percuta_healing_pensalfini_part = {
    .read = read, .rate = rate, .slope = slope, .rest = rest, .injure = injure, .drift = drift};
