/* Intact skin against numbers worked out by hand from the published equations, against limits, and
 * against a finite-volume solution of the same layers. */
#include "../unit/transport_fixture.h"

enum { CELLS = 400 };

static double log_cm(double permeability) {
  return log10(permeability * 100);
}

/* log10 cm/s of the stratum corneum alone, of the neutral form. */
static double stratum_of(const struct percuta_intact_model *model,
                         const struct percuta_compound *compound, double log_kow) {
  const double volume = percuta_substance_molecule_volume(&model->molecule, compound);
  const struct percuta_stratum_solute solute = {
      .log_kow = log_kow,
      .molar_mass = compound->molar_mass,
      .radius = percuta_substance_molecule_radius(&model->molecule, volume),
      .diffusivity = percuta_substance_molecule_diffusivity(&model->molecule, volume)};
  struct percuta_stratum_barrier barrier;
  percuta_transport_stratum_compute(&model->stratum, PERCUTA_HYDRATION_WET, &solute, &barrier);
  assert_near(barrier.permeability * model->stratum.state[PERCUTA_HYDRATION_WET].thickness,
              barrier.partition * barrier.diffusivity, 1e-12);
  return log_cm(barrier.permeability);
}

/* An independent evaluation of the equations, in the units in which they were published, gave these
 * three digits behind the point. */
static void published_equations_give_the_calculated_numbers(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  static const struct {
    const char *id;
    double log_kow, expected;
  } rows[] = {
      {"testosterone", 3.32, -5.706}, {"lidocaine", 2.58, -5.969}, {"caffeine", -1.03, -8.598}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const struct percuta_compound compound = transport_compound(&f, rows[i].id);
    const double found = stratum_of(&model, &compound, rows[i].log_kow);
    assert_true(fabs(found - rows[i].expected) < 2e-3);
  }
  fixture_clear(&f);
}

static void transfer_has_its_limits(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  const struct percuta_stratum_model *m = &model.stratum;
  for (int i = 0; i < PERCUTA_HYDRATIONS; i++) {
    const enum percuta_hydration h = (enum percuta_hydration)i;
    const struct percuta_stratum_fit *fit = &m->state[i].fit;
    /* no hindrance by bilayers: lipid and corneocytes in parallel, whatever R */
    assert_near(percuta_transport_stratum_dimensionless(m, h, 1e15, 3),
                fit->floor + 1 / (3 * fit->sigma_factor), 1e-6);
    /* nothing through corneocytes: the lipids' winding path */
    assert_near(percuta_transport_stratum_dimensionless(m, h, 1e6, INFINITY), fit->floor, 1e-12);
    /* both logarithms 0, then each alone */
    assert_near(percuta_transport_stratum_dimensionless(m, h, 1, 1), pow(10, fit->c[0][0]), 1e-12);
    double row = 0, column = 0;
    for (int k = 0; k < PERCUTA_STRATUM_POWERS; k++) {
      row += fit->c[0][k];
      column += fit->c[k][0] * pow(2, k);
    }
    assert_near(percuta_transport_stratum_dimensionless(m, h, 10, 1), pow(10, row), 1e-12);
    assert_near(percuta_transport_stratum_dimensionless(m, h, 1, 100), pow(10, column), 1e-12);
    /* bilayers alone limit: proportional to R */
    assert_near(percuta_transport_stratum_dimensionless(m, h, 1e-5, 1),
                1e-5 * percuta_transport_stratum_dimensionless(m, h, 1, 1), 1e-12);
    /* where the two published branches meet they differ by less than a quarter of a decade */
    const double below = percuta_transport_stratum_dimensionless(m, h, 100, 1);
    const double above = percuta_transport_stratum_dimensionless(m, h, 100 * (1 + 1e-9), 1);
    assert_true(fabs(log10(above / below)) < 0.27);
    /* a larger transfer never hinders */
    double last = 0;
    for (double R = 1e-6; R < 1e6; R *= 1.5) {
      const double now = percuta_transport_stratum_dimensionless(m, h, R, 1e-2);
      assert_true(now > last);
      last = now;
    }
  }
  fixture_clear(&f);
}

static void size_limits_the_path_through_corneocytes(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  struct percuta_stratum_solute solute = {
      .log_kow = 0, .molar_mass = 0.1, .radius = 0, .diffusivity = 1e-9};
  struct percuta_stratum_barrier barrier;
  for (int i = 0; i < PERCUTA_HYDRATIONS; i++) {
    const struct percuta_stratum_state *s = &model.stratum.state[i];
    percuta_transport_stratum_compute(&model.stratum, (enum percuta_hydration)i, &solute, &barrier);
    const double D_lip = (1.24e-11 + 2.34e-13) / s->slowing;
    const double free_share = 1 - s->fibrils;
    assert_near(barrier.lipid_partition, 0.43, 1e-12);
    assert_near(barrier.sigma,
                D_lip * 0.43 / (1e-9 * free_share * free_share * s->fit.hindrance[0]), 1e-12);
    const double K_cor = (0.9 * 5.4 + s->water) / (0.9 / 1.37 + s->water);
    assert_near(barrier.partition, (1 - s->corneocytes) * 0.43 + s->corneocytes * K_cor, 1e-12);
    const double k_trans = pow(10, -0.57 - 0.84 * cbrt(100)) * 1e-2 / s->slowing;
    assert_near(barrier.R, k_trans * s->period * s->period / (13e-9 * D_lip), 1e-12);
    solute.radius = 1e-8; /* larger than what the fibrils leave */
    percuta_transport_stratum_compute(&model.stratum, (enum percuta_hydration)i, &solute, &barrier);
    assert_true(isinf(barrier.sigma));
    solute.radius = 0;
  }
  fixture_clear(&f);
}

static void pores_hinder_by_size(void **state) {
  (void)state;
  const struct percuta_polar_model model = {.area_over_length = 0.5, .pore_radius = 2e-9};
  assert_near(percuta_transport_polar_hindrance(0), 1, 1e-12);
  assert_near(percuta_transport_polar_hindrance(0.1), 0.641264, 1e-5);
  assert_true(percuta_transport_polar_hindrance(1) == 0 &&
              percuta_transport_polar_hindrance(3) == 0);
  assert_near(percuta_transport_polar_permeance(&model, 0.2e-9, 1e-9),
              0.5e-9 * percuta_transport_polar_hindrance(0.1), 1e-12);
}

static void tissue_binds_and_blood_carries_away(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  struct percuta_viable_model v = model.viable;
  struct percuta_viable_tissue tissue;
  const struct percuta_compound lidocaine = transport_compound(&f, "lidocaine");
  const double kow = pow(10, 2.44), mass = lidocaine.molar_mass * 1e3;
  percuta_transport_viable_compute(&v, &lidocaine, 0, &tissue);
  const double neutral = 1 / (1 + pow(10, 7.9 - 7.4)), log_d = 2.44 + log10(neutral);
  const double bound = 0.5578 * exp(log_d) + 0.0188;
  const double unbound = 1 - bound / (bound + 1),
               factor = 0.68 + 0.32 / unbound + 0.001 * neutral * kow;
  assert_near(tissue.unbound, unbound, 1e-12);
  assert_near(tissue.partition, 0.6 * factor, 1e-12);
  assert_near(tissue.epidermis_diffusivity * tissue.partition,
              v.epidermis_conductivity / sqrt(mass), 1e-12);
  assert_near(tissue.diffusivity,
              1e-4 * (pow(10, -4.15 - 0.6555 * log10(mass)) + 0.32e-7 * (1 - unbound) / unbound) /
                  factor,
              1e-12);
  const double wall = 100 * pow(10, -2.7437 + 0.71 * 2.44 - 0.0061 * mass) / 3600; /* cm/s */
  assert_near(tissue.loss, 1 / (1 / (wall * 100) + 1 / 0.0022) / factor, 1e-12);
  v.capillary_factor = 1e30; /* limited by flow alone */
  percuta_transport_viable_compute(&v, &lidocaine, 0, &tissue);
  assert_near(tissue.loss, 0.0022 / factor, 1e-12);
  v.albumin_share = v.lipid_share = 0; /* nothing binds */
  percuta_transport_viable_compute(&v, &lidocaine, 0, &tissue);
  assert_near(tissue.binding, 1, 1e-12);
  fixture_clear(&f);
}

/* The share that is neutral counts in the stratum corneum, and what a charge leaves of the rest;
 * below, ionisation counts nowhere. */
static void ionisation_counts_once(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  const struct percuta_compound lidocaine = transport_compound(&f, "lidocaine");
  struct percuta_intact_conditions conditions = {.pH = 7.4, .excised = true};
  struct percuta_intact_skin tissue_pH, alkaline;
  percuta_transport_intact_layers(&model, &lidocaine, &conditions, &tissue_pH);
  conditions.pH = 14;
  percuta_transport_intact_layers(&model, &lidocaine, &conditions, &alkaline);
  assert_int_equal(tissue_pH.count, 3);
  struct percuta_viable_tissue tissue;
  percuta_transport_viable_compute(&model.viable, &lidocaine, 0, &tissue);
  const double r = model.stratum.charged_ratio;
  assert_near(tissue_pH.layer[0].partition / alkaline.layer[0].partition,
              tissue.neutral + r * (1 - tissue.neutral), 1e-5);
  for (int i = 1; i < 3; i++) {
    assert_near(tissue_pH.layer[i].partition, 0.6 * tissue.binding, 1e-12);
    assert_near(alkaline.layer[i].partition, tissue_pH.layer[i].partition, 1e-12);
  }
  assert_near(tissue_pH.polar_permeance, alkaline.polar_permeance, 1e-12);
  fixture_clear(&f);
}

/* However deep a piece: what limits an ion is the stratum corneum, so that ten times as much dermis
 * changes little (from -8.45 to -9.49 when living layers stopped ions). */
static void living_layers_do_not_stop_ions(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  const struct percuta_compound lidocaine = transport_compound(&f, "lidocaine");
  double last = 0;
  const double dermis[] = {1e-6, 300e-6, 2e-3};
  for (int i = 0; i < 3; i++) {
    const struct percuta_intact_conditions conditions = {.pH = 3,
                                                         .hydration = PERCUTA_HYDRATION_WET,
                                                         .excised = true,
                                                         .thickness = {0, 0, dermis[i]}};
    struct percuta_intact_skin skin;
    percuta_transport_intact_layers(&model, &lidocaine, &conditions, &skin);
    const double found = percuta_transport_intact_permeability(&skin, true);
    assert_true(i == 0 || found > 0.97 * last);
    last = found;
  }
  fixture_clear(&f);
}

/* Layers that are taken away, and a fat that is there only where it has a thickness. */
static void stacks_are_as_asked(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  const struct percuta_compound caffeine = transport_compound(&f, "caffeine");
  struct percuta_intact_conditions conditions = {.pH = 7.4};
  struct percuta_intact_skin skin;
  conditions.thickness[PERCUTA_INTACT_SUBCUTIS] = 5e-3;
  percuta_transport_intact_layers(&model, &caffeine, &conditions, &skin);
  assert_int_equal(skin.count, 4);
  assert_string_equal(skin.layer[3].name, "subcutis");
  assert_near(skin.layer[3].loss, skin.layer[2].loss, 1e-12);
  conditions.removed[PERCUTA_INTACT_DERMIS] = conditions.removed[PERCUTA_INTACT_SUBCUTIS] = true;
  percuta_transport_intact_layers(&model, &caffeine, &conditions, &skin);
  assert_int_equal(skin.count, 2);
  assert_string_equal(skin.layer[1].name, "viable epidermis");
  fixture_clear(&f);
}

static struct percuta_intact_skin three_layers(double loss) {
  return (struct percuta_intact_skin){.count = 3,
                                      .layer = {{"a", 20e-6, 1e-14, 5, 0},
                                                {"b", 100e-6, 2e-10, 0.7, 0},
                                                {"c", 1e-3, 1e-10, 1.3, loss}},
                                      .polar_permeance = 1e-10};
}

static void layers_add_as_closed_forms_say(void **state) {
  (void)state;
  struct percuta_intact_skin skin = three_layers(0);
  const double along = 5 * 1e-14 / 20e-6 + 1e-10;
  const double rest = 100e-6 / (0.7 * 2e-10) + 1e-3 / (1.3 * 1e-10);
  assert_near(percuta_transport_intact_permeability(&skin, true), 1 / (1 / along + rest), 1e-12);
  /* no sink and no blood: nothing passes */
  assert_true(percuta_transport_intact_permeability(&skin, false) == 0);
  /* living: the last layer is phi tanh phi */
  skin = three_layers(1e-3);
  const double phi = 1e-3 * sqrt(1e-3 / 1e-10), G = 1.3 * 1e-10 / 1e-3;
  const double living = 1 / along + 100e-6 / (0.7 * 2e-10) + 1 / (G * phi * tanh(phi));
  assert_near(percuta_transport_intact_permeability(&skin, false), 1 / living, 1e-12);
  const double sink = 1 / along + 100e-6 / (0.7 * 2e-10) + tanh(phi) / (G * phi);
  assert_near(percuta_transport_intact_permeability(&skin, true), 1 / sink, 1e-12);
  /* little loss: as none */
  skin = three_layers(1e-15);
  const struct percuta_intact_skin without = three_layers(0);
  assert_near(percuta_transport_intact_permeability(&skin, true),
              percuta_transport_intact_permeability(&without, true), 1e-6);
  /* no barrier at all beside the pores */
  skin.layer[0].partition = 0;
  skin.layer[0].diffusivity = 1e-14;
  assert_near(percuta_transport_intact_permeability(&skin, true), 1 / (1 / 1e-10 + rest), 1e-6);
}

/* Cells from the surface down, swept up from the base: exact for this tridiagonal system. */
static double finite_volume(const struct percuta_intact_skin *skin, bool excised) {
  double below = excised ? INFINITY : 0;
  for (int i = skin->count - 1; i >= 0; i--) {
    const struct percuta_permeation_layer *layer = &skin->layer[i];
    const double size = layer->thickness / CELLS, K = layer->partition;
    const double half = 2 * K * layer->diffusivity / size, loss = K * layer->loss * size;
    for (int cell = 0; cell < CELLS; cell++) {
      const double down = isinf(below) ? half : half * below / (half + below);
      const double at_centre = down + loss;
      below = half * at_centre / (half + at_centre);
    }
  }
  return below;
}

static void a_finite_volume_solution_agrees(void **state) {
  (void)state;
  struct percuta_intact_skin skin = three_layers(2e-3);
  skin.layer[1].loss = 5e-4;
  skin.layer[0].loss = 1e-6;
  skin.polar_permeance = 0;
  assert_near(percuta_transport_intact_permeability(&skin, true), finite_volume(&skin, true), 1e-5);
  assert_near(percuta_transport_intact_permeability(&skin, false), finite_volume(&skin, false),
              1e-5);
}

/* Open skin, occluded skin and skin without its outer layer; polymers stay outside. */
static void skin_orders_as_it_should(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  const struct percuta_compound caffeine = transport_compound(&f, "caffeine");
  struct percuta_intact_conditions conditions = {.pH = 7.4};
  struct percuta_intact_skin skin;
  percuta_transport_intact_layers(&model, &caffeine, &conditions, &skin);
  const double open = percuta_transport_intact_permeability(&skin, false);
  conditions.removed[PERCUTA_INTACT_STRATUM] = true;
  percuta_transport_intact_layers(&model, &caffeine, &conditions, &skin);
  assert_int_equal(skin.count, 2);
  assert_true(skin.polar_permeance == 0);
  assert_true(percuta_transport_intact_permeability(&skin, false) > 30 * open);
  conditions.removed[PERCUTA_INTACT_STRATUM] = false;
  conditions.thickness[PERCUTA_INTACT_STRATUM] = 26e-6;
  percuta_transport_intact_layers(&model, &caffeine, &conditions, &skin);
  assert_near(percuta_transport_intact_permeability(&skin, false), open / 2, 0.02);
  static const char *const outside[] = {"hyaluronic-acid-50kda", "bsa", "insulin", "egf"};
  for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
    const struct percuta_compound large = transport_compound(&f, outside[i]);
    percuta_transport_intact_layers(&model, &large, &conditions, &skin);
    const double permeability = percuta_transport_intact_permeability(&skin, false);
    assert_true(permeability >= 0 && permeability < 1e-3 * open);
    for (int k = 0; k < skin.count; k++)
      assert_true(skin.layer[k].partition > 0 && skin.layer[k].diffusivity >= 0 &&
                  isfinite(skin.layer[k].partition));
  }
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(published_equations_give_the_calculated_numbers),
      cmocka_unit_test(transfer_has_its_limits),
      cmocka_unit_test(size_limits_the_path_through_corneocytes),
      cmocka_unit_test(pores_hinder_by_size),
      cmocka_unit_test(tissue_binds_and_blood_carries_away),
      cmocka_unit_test(ionisation_counts_once),
      cmocka_unit_test(living_layers_do_not_stop_ions),
      cmocka_unit_test(stacks_are_as_asked),
      cmocka_unit_test(layers_add_as_closed_forms_say),
      cmocka_unit_test(a_finite_volume_solution_agrees),
      cmocka_unit_test(skin_orders_as_it_should),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
