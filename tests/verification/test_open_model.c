/* The model that this one's stratum corneum and dermis are taken from is open (Open Systems
 * Pharmacology, Skin-permeation-model, MoBi, skin_spatial_structure.pkml): its constants beside
 * ours, and its formulas, evaluated here as they stand there, in cm, g and s. */
#include "../unit/transport_fixture.h"

enum { PAIRS = 25 };

/* "Hydrated_SC = 1 ? first : second", c00 to c44. */
static const double PAIR[PAIRS][2] = {
    {-4.48116, -4.95725},          {0.823855, 0.838263},          {-0.200615, -0.207133},
    {0.0874482, 0.0837613},        {-0.00969133, -0.00861439},    {0.00388257, 0.00187015},
    {0.000726031, -0.000105288},   {-0.0163362, -0.00849198},     {0.0115681, 0.00666713},
    {-0.00217086, -0.00119412},    {0.0000834108, 0.000745813},   {-0.000956469, -0.00018624},
    {-0.000716288, -0.00360234},   {0.00195218, 0.00343394},      {-0.000707896, -0.000768073},
    {-0.00094815, 0.000182904},    {-0.000809313, -0.0000828876}, {0.0037365, -0.000526007},
    {-0.00169451, 0.00071352},     {0.0000924718, -0.000213017},  {-0.000209213, 0.0000283838},
    {-0.000142974, -0.0000198892}, {0.000835781, -0.00000605354}, {-0.000433507, 0.0000484676},
    {0.000043709, -0.000021566}};

/* Its log10_P_hat_sc_w up to R = 100: i counts powers of log10 sigma, j of log10 R. */
static double log_p_hat(int dry, double R, double sigma) {
  double sum = 0;
  for (int at = 0; at < PAIRS; ++at)
    sum += pow(log10(sigma), at / 5) * PAIR[at][dry] * pow(log10(R), at % 5);
  return sum;
}

/* Which of its pair a state of ours is. */
static int dry_of(int state) {
  return state == PERCUTA_HYDRATION_DRY;
}

static void the_coefficients_are_the_same(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  for (int s = 0; s < PERCUTA_HYDRATIONS; ++s) {
    const struct percuta_stratum_fit *fit = &model.stratum.state[s].fit;
    for (int at = 0; at < PAIRS; ++at)
      assert_true(fabs(fit->c[at / 5][at % 5] - PAIR[at][dry_of(s)]) <=
                  1e-12 * fabs(PAIR[at][dry_of(s)]));
    for (double R = 1; R <= 100; R *= 1.7)
      for (double sigma = 1e-3; sigma < 1e3; sigma *= 3)
        assert_near(percuta_transport_stratum_dimensionless(&model.stratum,
                                                            (enum percuta_hydration)s, R, sigma),
                    pow(10, log_p_hat(dry_of(s), R, sigma)), 1e-9);
    assert_near(fit->sigma_factor, dry_of(s) ? 0.8979 : 0.9685, 1e-12);
    assert_near(fit->r_factor, dry_of(s) ? 5.536e5 : 1.827e5, 1e-12);
    assert_near(fit->hindrance[1], dry_of(s) ? -2.4497 : -1.2762, 1e-12);
  }
  fixture_clear(&f);
}

/* [cm/s] of the hydrated stratum corneum by its formulas, transfer across a bilayer and what is
 * left where that does not limit as given. */
static double p_sc(double log_kow, double mass, double volume, double k_trans, double floor) {
  const double kow = pow(10, log_kow), K_lip = 0.43 * pow(kow, 0.81);
  const double D_lip = 1.24e-7 * pow(100 / mass, 2.43) + 2.34e-9;
  const double a_s = 0.145 * pow(volume, 0.6), lambda = a_s / 35; /* angstrom */
  const double phi = 0.1928 * (1 + lambda) * (1 + lambda);
  const double H =
      0.9999 - 1.2762 * lambda + 0.0718 * lambda * lambda + 0.1195 * lambda * lambda * lambda;
  const double D_cor = 1.92e-4 * pow(volume, -0.6) * (1 - phi) * H;
  const double R = k_trans * 31.319e-4 * 31.319e-4 / (13e-7 * D_lip);
  const double sigma = D_lip * K_lip / (D_cor * (1 - phi));
  const double hat =
      R > 100 ? floor + 1 / (0.9685 * sigma + 1.827e5 / R) : pow(10, log_p_hat(0, R, sigma));
  return hat * D_lip * K_lip / 43e-4;
}

/* Testosterone, the compound of the open model's guide (whose numbers could not be read). The
 * structure has k_trans = 10^(-0.725 - 0.792 M^(1/3)) of an earlier fit and no floor above R = 100;
 * ours are -0.570 - 0.840 and 7.611e-4, as in the project that came after it. Both are given. */
static void testosterone_comes_out_alike(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  const struct percuta_compound testosterone = transport_compound(&f, "testosterone");
  const double mass = testosterone.molar_mass * 1e3;
  const double volume = percuta_substance_molecule_volume(&model.molecule, &testosterone);
  const struct percuta_stratum_solute solute = {
      .log_kow = testosterone.log_kow,
      .molar_mass = testosterone.molar_mass,
      .radius = percuta_substance_molecule_radius(&model.molecule, volume),
      .diffusivity = percuta_substance_molecule_diffusivity(&model.molecule, volume)};
  struct percuta_stratum_barrier barrier;
  percuta_transport_stratum_compute(&model.stratum, PERCUTA_HYDRATION_WET, &solute, &barrier);
  const double same = p_sc(testosterone.log_kow, mass, volume * 1e6,
                           pow(10, -0.570 - 0.840 * cbrt(mass)), 7.611e-4);
  const double earlier =
      p_sc(testosterone.log_kow, mass, volume * 1e6, pow(10, -0.725 - 0.792 * cbrt(mass)), 0);
  print_message(
      "testosterone, log10 cm/s: here %.3f, open model %.3f, its earlier structure %.3f\n",
      log10(barrier.permeability * 100), log10(same), log10(earlier));
  assert_near(barrier.permeability * 100, same, 1e-3);
  assert_true(fabs(log10(earlier / same)) < 0.3);
  fixture_clear(&f);
}

/* Its D_de, BindingFactor, f_u, P_cap and k_free. Its K_free = phi_aq/f_non counts the neutral
 * form; ours all that is dissolved, phi_aq. Its epidermis has the diffusivity of its dermis. */
static void living_tissue_is_its_dermis(void **state) {
  (void)state;
  static const char *const ids[] = {"testosterone", "caffeine", "lidocaine", "salicylic-acid"};
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  for (int i = 0; i < 4; ++i) {
    const struct percuta_compound c = transport_compound(&f, ids[i]);
    struct percuta_viable_tissue tissue;
    percuta_transport_viable_compute(&model.viable, &c, 1, &tissue);
    static const double A[] = {0.5578, 0.7936, 0.3127}, B[] = {0.0188, 0.2239, 0.5121};
    const double mass = c.molar_mass * 1e3,
                 neutral = percuta_substance_compound_neutral(&c, 7.4, 1);
    const double top = A[c.binding] * exp(c.log_kow + log10(neutral)) + B[c.binding];
    const double f_u = 1 - top / (1 + top);
    const double factor = (1 - 0.32) + 0.32 / f_u + 0.001 * neutral * pow(10, c.log_kow);
    const double D =
        (pow(10, -4.15 - 0.6555 * log10(mass)) + 0.32 * 1e-7 * (1 - f_u) / f_u) / factor;
    const double P_cap = 100 * pow(10, -2.7437 + 0.71 * c.log_kow - 0.0061 * mass) / 3600;
    const double k = 1 / (1 / (P_cap * 100) + 1 / 0.0022) / factor;
    assert_near(tissue.diffusivity * 1e4, D, 1e-6);
    assert_near(tissue.partition, 0.6 * factor, 1e-6);
    assert_near(tissue.loss, k, 1e-6);
  }
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_coefficients_are_the_same),
                                     cmocka_unit_test(testosterone_comes_out_alike),
                                     cmocka_unit_test(living_tissue_is_its_dermis)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
