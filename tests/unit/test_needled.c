/* Needled skin as the solvers see it. */
#include "penetration_fixture.h"

#include "permeation/column.h"

static struct percuta_channel channel(double residual_depth, double residual_radius) {
  return (struct percuta_channel){.penetrated = true,
                                  .depth = 2 * residual_depth,
                                  .radius_surface = 1e-4,
                                  .radius_tip = 2e-5,
                                  .residual_depth = residual_depth,
                                  .residual_radius_surface = residual_radius};
}

/* Means over those that pass the stratum corneum; clot by the volume of the tracks. */
static void bores_are_means_of_what_opens(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  struct percuta_channel item[5] = {channel(2e-4, 3e-5), channel(4e-4, 4e-5), channel(5e-6, 4e-5),
                                    channel(4e-4, 4e-5), channel(4e-4, 4e-5)};
  item[3].reentered = true;
  item[4].penetrated = false;
  const struct percuta_channels channels = {.item = item, .count = 5};
  struct percuta_bleed bled[5] = {{.clot_fill = 1}, {.clot_fill = 0}};
  const struct percuta_bleeding bleeding = {.item = bled, .count = 5};
  struct percuta_needled_bores bores;
  assert_int_equal(
      percuta_transport_needled_bores(&channels, &bleeding, &b.skin, 1e-3, true, &bores),
      PERCUTA_OK);
  assert_near(bores.density, 2e6, 1e-12);
  assert_near(bores.depth, 3e-4, 1e-12);
  assert_near(bores.radius, sqrt((9e-10 + 16e-10) / 2), 1e-12);
  assert_near(bores.tip_share, 0.2, 1e-12);
  /* the second track is twice as deep and 4/3 as wide, so 32/9 as large */
  assert_near(bores.clot, 9.0 / 41, 1e-12);
  assert_int_equal(bores.count, 2);
  assert_near(bores.each[1].radius[0], 4e-5, 1e-12);
  assert_near(bores.each[1].radius[1], 8e-6, 1e-12);
  percuta_transport_needled_clear(&bores);
  assert_int_equal(percuta_transport_needled_bores(&channels, NULL, &b.skin, 1e-3, false, &bores),
                   PERCUTA_OK);
  assert_null(bores.each);
  assert_true(bores.clot == 0);
  fixture_clear(&b.f);
}

/* Blood that finds no room in its track flows out until it is plugged, from the bores that shed
 * that much. */
static void what_bores_shed_flows_out(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  struct percuta_channel item[4] = {channel(2e-4, 3e-5), channel(2e-4, 3e-5), channel(2e-4, 3e-5),
                                    channel(2e-4, 3e-5)};
  const struct percuta_channels channels = {.item = item, .count = 4};
  const double room = percuta_insertion_channel_room(&item[0]);
  struct percuta_bleed bled[4] = {{.bleed_probability = 0.2, .shed_volume = 0.2 * (room + 4e-12)},
                                  {.bleed_probability = 0.6, .shed_volume = 0.6 * (room + 8e-12)},
                                  {.bleed_probability = 0.9, .shed_volume = 0.9 * 0.5 * room},
                                  {.bleed_probability = 0}};
  const struct percuta_bleeding bleeding = {.item = bled, .count = 4, .plug_time = 20};
  struct percuta_needled_bores bores;
  assert_int_equal(
      percuta_transport_needled_bores(&channels, &bleeding, &b.skin, 1e-3, true, &bores),
      PERCUTA_OK);
  assert_near(bores.flowing, 0.8 / 4, 1e-12);
  assert_near(bores.flow, (0.2 * 4e-12 + 0.6 * 8e-12) / 0.8 / 20, 1e-9);
  assert_near(bores.plugged, 20, 1e-12);
  assert_near(bores.each[1].flow, 8e-12 / 20, 1e-9);
  assert_near(bores.each[1].flowing, 0.6, 1e-12);
  assert_true(bores.each[2].flow == 0);
  percuta_transport_needled_clear(&bores);
  fixture_clear(&b.f);
}

static struct percuta_needled_case on(const struct bench *b,
                                      const struct percuta_compound *compound, double pH,
                                      enum percuta_hydration hydration) {
  return (struct percuta_needled_case){.model = &b->model.penetration.needled,
                                       .skin = &b->skin,
                                       .compound = compound,
                                       .pH = pH,
                                       .hydration = hydration,
                                       .barrier = 1,
                                       .flow = 1};
}

/* Intact skin is that of intact.h; with blood flow and barrier as told. */
static void intact_layers_are_the_published_ones(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_compound lidocaine = transport_compound(&b.f, "lidocaine");
  struct percuta_needled_case what = on(&b, &lidocaine, 9.4, PERCUTA_HYDRATION_WET);
  struct percuta_intact_model model = what.model->intact;
  struct percuta_intact_conditions conditions = {.pH = 9.4, .hydration = PERCUTA_HYDRATION_WET};
  struct percuta_intact_skin intact;
  struct percuta_needled_domain skin;
  what.flow = 0.5;
  what.barrier = 3;
  model.viable.blood_flow *= 0.5;
  percuta_transport_intact_layers(&model, &lidocaine, &conditions, &intact);
  percuta_transport_needled_make(&what, NULL, &b.reseal, 0, 3600, &skin);
  assert_int_equal(skin.domain.layer_count, PERCUTA_NEEDLED_LAYERS);
  assert_int_equal(skin.domain.bore_count, 0);
  for (int l = 0; l < PERCUTA_INTACT_SUBCUTIS; l++) {
    assert_near(skin.layer[l].partition, intact.layer[l].partition, 1e-12);
    assert_near(skin.layer[l].diffusivity, (l == 0 ? 3 : 1) * intact.layer[l].diffusivity, 1e-12);
    assert_near(skin.layer[l].loss, intact.layer[l].loss, 1e-12);
  }
  /* swollen as the model's */
  const struct percuta_stratum_state *dry = model.stratum.state, *wet = dry + 1;
  assert_near(skin.layer[0].thickness,
              b.skin.thickness[PERCUTA_STRATUM_CORNEUM] * wet->thickness / dry->thickness, 1e-12);
  assert_near(skin.domain.bypass * skin.layer[0].thickness / wet->thickness, intact.polar_permeance,
              1e-12);
  fixture_clear(&b.f);
}

/* One skin: no layer differs with and without bores, whatever the pH, and what bores hold is in
 * equilibrium with the vehicle, ions and all. */
static void bores_leave_the_layers_as_they_are(void **state) {
  (void)state;
  static const char *const ids[] = {"lidocaine", "salicylic-acid", "magnesium", "caffeine"};
  struct bench b;
  bench_init(&b);
  for (int i = 0; i < 4 * 10; i++) {
    const struct percuta_compound compound = transport_compound(&b.f, ids[i % 4]);
    const struct percuta_needled_case what =
        on(&b, &compound, 3 + i / 4, (enum percuta_hydration)(i % 2));
    struct percuta_needled_domain needled, intact;
    percuta_transport_needled_make(&what, &b.bores, &b.reseal, 0, 3600, &needled);
    percuta_transport_needled_make(&what, NULL, &b.reseal, 0, 3600, &intact);
    assert_int_equal(needled.domain.layer_count, intact.domain.layer_count);
    assert_near(needled.domain.fill_partition, 1, 1e-12);
    assert_true(needled.domain.bypass == intact.domain.bypass);
    assert_memory_equal(needled.layer, intact.layer, sizeof intact.layer);
  }
  fixture_clear(&b.f);
}

/* What is in every layer and in the blood after 24 h, of a finite dose at this pH; `bores` NULL:
 * intact. */
static void follow(const struct bench *b, const struct percuta_compound *compound, double pH,
                   const struct percuta_needled_bores *bores, bool shut, double *out) {
  static const double outputs[] = {3600, PERCUTA_DAY};
  static const struct percuta_closing closed = {.time = 0, .radius_share = 0, .depth_share = 1};
  static const struct percuta_dose dose = {
      .kind = PERCUTA_DOSE_FINITE, .volume = 2e-5, .concentration = 10};
  const struct percuta_needled_case what = on(b, compound, pH, PERCUTA_HYDRATION_DRY);
  const struct percuta_resolution counted = {.cells = 8, .steps = 60};
  struct percuta_needled_domain skin;
  struct percuta_permeation *course = NULL;
  const char *wrong = "";
  percuta_transport_needled_make(&what, bores, NULL, 0, PERCUTA_DAY, &skin);
  skin.domain.doses = &dose;
  skin.domain.dose_count = 1;
  skin.domain.outputs = outputs;
  skin.domain.output_count = 2;
  if (shut) {
    skin.domain.closings = &closed;
    skin.domain.closing_count = 1;
  }
  assert_int_equal(percuta_permeation_column_run(&skin.domain, &counted, &course, &wrong),
                   PERCUTA_OK);
  memcpy(out, course->layer + PERCUTA_NEEDLED_LAYERS, PERCUTA_NEEDLED_LAYERS * sizeof *out);
  memcpy(out + PERCUTA_NEEDLED_LAYERS, course->cleared + PERCUTA_NEEDLED_LAYERS,
         PERCUTA_NEEDLED_LAYERS * sizeof *out);
  percuta_permeation_domain_course_destroy(&course);
}

/* Needled skin without an open puncture is intact skin at every pH: none at all, or all shut. (Tips
 * stand at the lower face of the epidermis, so that both have the same rows.) */
static void no_puncture_is_intact_skin(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_compound lidocaine = transport_compound(&b.f, "lidocaine");
  b.bores.depth =
      b.skin.thickness[PERCUTA_STRATUM_CORNEUM] + b.skin.thickness[PERCUTA_VIABLE_EPIDERMIS];
  struct percuta_needled_bores none = b.bores;
  none.density = 0;
  for (int pH = 3; pH <= 11; pH++) {
    double intact[2 * PERCUTA_NEEDLED_LAYERS], without[2 * PERCUTA_NEEDLED_LAYERS],
        shut[2 * PERCUTA_NEEDLED_LAYERS];
    follow(&b, &lidocaine, pH, NULL, false, intact);
    follow(&b, &lidocaine, pH, &none, false, without);
    follow(&b, &lidocaine, pH, &b.bores, true, shut);
    for (int at = 0; at < 2 * PERCUTA_NEEDLED_LAYERS; at++) {
      assert_true(fabs(without[at] - intact[at]) <= 1e-10 * intact[at]);
      assert_true(fabs(shut[at] - intact[at]) <= 1e-10 * intact[at]);
    }
  }
  fixture_clear(&b.f);
}

/* Openings that fall anywhere merge: what they cover is 1 - exp(-N pi a^2), and never all. */
static void openings_merge(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_compound caffeine = transport_compound(&b.f, "caffeine");
  const struct percuta_needled_case what = on(&b, &caffeine, 7.4, PERCUTA_HYDRATION_DRY);
  const double each = FIXTURE_PI * b.bores.radius * b.bores.radius, areas[] = {0.01, 0.5, 5};
  for (int i = 0; i < 3; i++) {
    struct percuta_needled_domain skin;
    b.bores.density = areas[i] / each;
    percuta_transport_needled_make(&what, &b.bores, &b.reseal, 0, 3600, &skin);
    const double covered = skin.domain.density * each;
    assert_near(covered, i < 2 ? 1 - exp(-areas[i]) : 0.65, 1e-9);
  }
  fixture_clear(&b.f);
}

/* Bores deeper than the dermis end on its lower face, within rounding, and can be followed. */
static void deep_bores_end_on_the_fat(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_compound caffeine = transport_compound(&b.f, "caffeine");
  const double outputs[] = {3600};
  const struct percuta_dose dose = {
      .kind = PERCUTA_DOSE_FINITE, .volume = 2e-5, .concentration = 10};
  const struct percuta_resolution usual = {0};
  b.bores.depth = 4e-3;
  for (int i = 0; i < 40; i++) {
    const struct percuta_needled_case what =
        on(&b, &caffeine, 7.4, (enum percuta_hydration)(i % 2));
    struct percuta_needled_domain skin;
    struct percuta_permeation *course = NULL;
    const char *wrong = "";
    b.skin.thickness[PERCUTA_VIABLE_EPIDERMIS] = 4.1e-5 + 1.7e-6 * i;
    percuta_transport_needled_make(&what, &b.bores, &b.reseal, 0, 3600, &skin);
    skin.domain.doses = &dose;
    skin.domain.dose_count = 1;
    skin.domain.outputs = outputs;
    skin.domain.output_count = 1;
    assert_int_equal(percuta_permeation_column_run(&skin.domain, &usual, &course, &wrong),
                     PERCUTA_OK);
    assert_true(course->balance < 1e-10);
    percuta_permeation_domain_course_destroy(&course);
  }
  fixture_clear(&b.f);
}

/* Maxwell's obstruction by a clot; what the bores hold is otherwise water. */
static void clot_slows_by_its_cells(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_compound caffeine = transport_compound(&b.f, "caffeine");
  const struct percuta_needled_case what = on(&b, &caffeine, 7.4, PERCUTA_HYDRATION_DRY);
  struct percuta_needled_domain fluid, clot;
  percuta_transport_needled_make(&what, &b.bores, &b.reseal, 0, 3600, &fluid);
  b.bores.clot = 1;
  percuta_transport_needled_make(&what, &b.bores, &b.reseal, 0, 3600, &clot);
  const double h = what.model->haematocrit;
  assert_near(clot.domain.fill_diffusivity / fluid.domain.fill_diffusivity, (1 - h) / (1 + h / 2),
              1e-12);
  fixture_clear(&b.f);
}

/* The area of the bores goes down as reseal.h says, and ends when they count as closed. */
static void bores_close_as_pores_do(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_compound caffeine = transport_compound(&b.f, "caffeine");
  const struct percuta_needled_case what = on(&b, &caffeine, 7.4, PERCUTA_HYDRATION_DRY);
  const double age = 3600, end = 1e6,
               closed = percuta_transport_reseal_sealed(&b.reseal).median - age;
  struct percuta_needled_domain skin;
  percuta_transport_needled_make(&what, &b.bores, &b.reseal, age, end, &skin);
  const struct percuta_domain *domain = &skin.domain;
  assert_true(domain->closing_count > 5 && domain->closing_count <= PERCUTA_NEEDLED_CLOSINGS);
  assert_true(domain->closings[0].time == 0);
  for (int at = 0; at + 1 < domain->closing_count; at++) {
    const struct percuta_closing *c = &domain->closings[at];
    const double share = c->radius_share * c->radius_share;
    assert_true(c[1].time > c->time);
    assert_true(share <= percuta_transport_reseal_pore_share(&b.reseal, age + c->time));
    assert_true(share >= percuta_transport_reseal_pore_share(&b.reseal, age + c[1].time));
  }
  const struct percuta_closing *last = &domain->closings[domain->closing_count - 1];
  assert_near(last->time, closed, 1e-9);
  assert_true(last->radius_share == 0);
  percuta_transport_needled_make(&what, &b.bores, &b.reseal, closed + 2 * age, end, &skin);
  assert_int_equal(skin.domain.closing_count, 1); /* closed before anything was put on */
  assert_true(skin.domain.closings[0].time == 0 && skin.domain.closings[0].radius_share == 0);
  fixture_clear(&b.f);
}

/* Blood flows from the session until it is plugged, whatever closes meanwhile; what is put on later
 * sees the rest of it, or none. */
static void blood_stops(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_compound caffeine = transport_compound(&b.f, "caffeine");
  const struct percuta_needled_case what = on(&b, &caffeine, 7.4, PERCUTA_HYDRATION_DRY);
  const double ages[] = {0, 15, 30};
  struct percuta_needled_domain skin, still;
  for (int i = 0; i < 3; i++) {
    b.bores.plugged = 0;
    percuta_transport_needled_make(&what, &b.bores, &b.reseal, ages[i], PERCUTA_DAY, &still);
    b.bores.plugged = 20;
    b.bores.flow = 1e-12;
    b.bores.flowing = 0.3;
    percuta_transport_needled_make(&what, &b.bores, &b.reseal, ages[i], PERCUTA_DAY, &skin);
    const struct percuta_closing *closing = skin.domain.closings;
    const int more = ages[i] < 20;
    assert_int_equal(skin.domain.closing_count, still.domain.closing_count + more);
    assert_true(skin.domain.closing_count <= PERCUTA_NEEDLED_CLOSINGS);
    assert_true(closing[0].flow_share == more);
    assert_near(skin.typical.flow, 1e-12, 1e-12);
    if (more) {
      assert_near(closing[1].time, 20 - ages[i], 1e-12);
      assert_near(closing[1].radius_share, closing[0].radius_share, 1e-12);
    }
    for (int at = 1; at < skin.domain.closing_count; at++)
      assert_true(closing[at].flow_share == 0 && closing[at].time > closing[at - 1].time);
    assert_near(closing[skin.domain.closing_count - 1].time,
                still.domain.closings[still.domain.closing_count - 1].time, 1e-12);
  }
  /* without closing the blood stops all the same */
  percuta_transport_needled_make(&what, &b.bores, NULL, 0, PERCUTA_DAY, &skin);
  assert_int_equal(skin.domain.closing_count, 2);
  struct percuta_needled_case cut = what; /* dead skin does not bleed */
  cut.excised = true;
  percuta_transport_needled_make(&cut, &b.bores, NULL, 0, PERCUTA_DAY, &skin);
  assert_int_equal(skin.domain.closing_count, 0);
  fixture_clear(&b.f);
}

/* Excised layers with the path beside the stratum corneum: what passes steadily is the permeability
 * of intact skin in closed form, for lipids and pores alike. */
static void steady_flux_is_the_permeability(void **state) {
  (void)state;
  static const char *const ids[] = {"caffeine", "mannitol", "lidocaine", "testosterone", "water"};
  struct bench b;
  bench_init(&b);
  for (size_t i = 0; i < 2 * sizeof ids / sizeof *ids; i++) {
    const struct percuta_compound compound = transport_compound(&b.f, ids[i / 2]);
    const struct percuta_intact_conditions conditions = {
        .pH = 7.4, .excised = true, .hydration = (enum percuta_hydration)(i % 2)};
    const struct percuta_dose fixed = {.kind = PERCUTA_DOSE_FIXED, .concentration = 2};
    const double outputs[] = {1e10, 2e10};
    const struct percuta_resolution usual = {0};
    struct percuta_intact_skin skin;
    struct percuta_permeation *course = NULL;
    const char *wrong = "";
    percuta_transport_intact_layers(&b.model.penetration.needled.intact, &compound, &conditions,
                                    &skin);
    const struct percuta_domain domain = {.layers = skin.layer,
                                          .layer_count = skin.count,
                                          .sink = true,
                                          .bypass = skin.polar_permeance,
                                          .doses = &fixed,
                                          .dose_count = 1,
                                          .outputs = outputs,
                                          .output_count = 2};
    assert_int_equal(percuta_permeation_column_run(&domain, &usual, &course, &wrong), PERCUTA_OK);
    const double flux = (course->receptor[1] - course->receptor[0]) / 1e10;
    assert_near(flux / 2, percuta_transport_intact_permeability(&skin, true), 2e-3);
    percuta_permeation_domain_course_destroy(&course);
  }
  fixture_clear(&b.f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bores_are_means_of_what_opens),
      cmocka_unit_test(what_bores_shed_flows_out),
      cmocka_unit_test(blood_stops),
      cmocka_unit_test(intact_layers_are_the_published_ones),
      cmocka_unit_test(bores_leave_the_layers_as_they_are),
      cmocka_unit_test(no_puncture_is_intact_skin),
      cmocka_unit_test(openings_merge),
      cmocka_unit_test(deep_bores_end_on_the_fat),
      cmocka_unit_test(clot_slows_by_its_cells),
      cmocka_unit_test(bores_close_as_pores_do),
      cmocka_unit_test(steady_flux_is_the_permeability),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
