#include "record_fixture.h"

#include "outcome/outcomes.h"

/* Closed forms of the columns that the fixture leaves at 0; every one has its peak where it can be
 * told by hand. */
static double hump(double day, double top) {
  return fixture_hump(day / top);
}
static double production(double day) {
  return 1 + 2 * hump(day, 5);
}
static double epidermis(double day) {
  return 75 + 15 * hump(day, 10);
}
static double elastin(double day) {
  return 1 - day / 10000;
}
static double capillary(double day) {
  return 1 + 0.3 * fmax(0, 1 - (day - 11) * (day - 11) / 100);
}
static double stiffness(double day) {
  return 1 + day / 2000;
}
static double tightness(double day) {
  return 1 + day / 1000;
}
static double third(double day) {
  return 1 + 3 * (fixture_collagen(day) - 1);
}
static double third_share(double day) {
  return 20 + day / 100;
}
static double epidermis_rel(double day) {
  return epidermis(day) / 75;
}

/* [um] The floor's rise at a share of 1: 500 um of the fixture's scar hold 0.6 of the collagen
 * around it, which grow by day/2000 and day/8000. */
static double rise(double day) {
  return 500 * (0.6 * day / 2000 - day / 8000);
}
static double rise_least(double day) {
  return 0.2 * rise(day);
}
static double rise_half(double day) {
  return 0.5 * rise(day);
}
static double recess(double day) {
  return 300 - rise_half(day);
}
/* The scar with the floor that it has then. */
static struct percuta_relief scar(double day) {
  const struct percuta_relief_form form = {.kind = PERCUTA_RELIEF_DISC,
                                           .profile = PERCUTA_SCAR_ICEPICK,
                                           .recess = 300e-6,
                                           .width = 1e-3};
  struct percuta_relief relief;
  percuta_skin_relief_lay(&form, 3e-3, &relief);
  relief.growth = 1e-6 * rise_half(day);
  return relief;
}
static double volume(double day) {
  const struct percuta_relief relief = scar(day);
  return 1e5 * percuta_skin_relief_mean(&relief);
}
static double slope(double day) {
  (void)day;
  return atan(300.0 / 500) * 180 / 3.14159265358979323846;
}
static double width(double day) { /* of a cone, where it is 100 um deep */
  return 1 - (100 + rise_half(day)) / 300;
}
static double visible(double day) {
  return width(day) > 0.5;
}
static double ra(double day) {
  const struct percuta_relief relief = scar(day);
  struct percuta_relief_texture texture;
  assert_int_equal(percuta_skin_relief_survey(&relief, &texture), PERCUTA_OK);
  return 1e6 * texture.ra;
}
static double rz(double day) {
  const struct percuta_relief relief = scar(day);
  struct percuta_relief_texture texture;
  assert_int_equal(percuta_skin_relief_survey(&relief, &texture), PERCUTA_OK);
  return 1e6 * texture.rz;
}
/* 15 um of 30 MPa on 0.6 MPa: E_f/3 E_g = 50/3 / stiffness. */
static double onset(double day) {
  return 25 * pow(50.0 / 3 / stiffness(day), -2.0 / 3);
}
static double length(double day) {
  return 2 * 3.14159265358979323846 * 15 * cbrt(50.0 / 3 / stiffness(day));
}
static double height(double day) {
  return 30 * sqrt(15 / onset(day) - 1);
}

/* [um] Of 1500 um, with half of 1000 (C - 1) on it. */
static double dermis(double day) {
  return 1500 + 500 * (fixture_collagen(day) - 1);
}
static double dermis_section(double day) {
  return 1.6 * dermis(day);
}
static double epidermis_echo(double day) {
  return 3.3 * epidermis(day);
}
static double density(double day) {
  return (500 + 1000 * fixture_collagen(day)) / dermis(day);
}
/* [mm] The root of the cubic c (4 T w/a^2 + K w^3/a^4) = p, by Cardano. */
static double dome(double day) {
  const double k = 8.0 / 3 * (1.015 - 0.247 * 0.49) / 0.51 * 100e3 * sqrt(0.8) * stiffness(day) *
                   1e-6 * dermis(day) * 1e12;
  const double t = 4 * 7.7 * tightness(day) * 1e6;
  const double q = 45e3 / 2 / (2 * k), root = sqrt(q * q + pow(t / (3 * k), 3));
  return 1e3 * (cbrt(q + root) + cbrt(q - root));
}
static double net(double day) {
  return 0.75 * elastin(day);
}
static double gross(double day) {
  return 0.74 + 0.6 * (net(day) - 0.75);
}
static double biological(double day) {
  return 0.6 * net(day);
}

/* Hairs per cm^2 of 160 follicles, step by step through sessions on days 0 and 45 that act for 28
 * days each. */
static struct percuta_hair_state hair(double day, double needled, double minoxidil) {
  const struct percuta_hair_cycle rest = {109, 73, 182};
  struct percuta_hair_state state = percuta_outcome_hair_rest(&rest);
  for (double now = 0; now < day; now += 0.5) {
    struct percuta_hair_cycle cycle = rest;
    cycle.latent *= minoxidil;
    if (now < 28 || (now >= 45 && now < 73))
      cycle.latent *= needled;
    percuta_outcome_hair_step(&cycle, 0.5, &state);
  }
  return state;
}
static double hairs(double day, double needled, double minoxidil) {
  const struct percuta_hair_state state = hair(day, needled, minoxidil);
  return 160 * (state.anagen + state.telogen);
}
static double hair_density(double day) {
  return hairs(day, 0.63, 1);
}
static double hair_gain(double day) {
  return hairs(day, 0.63, 1) - 160.0 * 182 / 364;
}
static double hair_gain_minoxidil(double day) {
  return hairs(day, 0.63, 0.46) - 160.0 * 182 / 364;
}
static double hair_gain_over_minoxidil(double day) {
  return hairs(day, 0.63, 0.46) - hairs(day, 1, 0.46);
}
static double anagen(double day) {
  const struct percuta_hair_state state = hair(day, 0.63, 1);
  return 100 * state.anagen / (state.anagen + state.telogen);
}

static void fill_timeline(struct fixture *f) {
  for (size_t i = 0; i < f->record.timeline.count; ++i) {
    struct percuta_timeline_row *row = &f->record.timeline.row[i];
    const double day = row->time_d;
    row->collagen_production_rel = production(day);
    row->epidermis_um = epidermis(day);
    row->epidermis_gap_frac = 0.2 * fmax(0, 1 - day / 7.5);
    row->elastin_rel = elastin(day);
    row->tropoelastin_rel = fmax(0, 1 - (day - 21) * (day - 21) / 400);
    row->collagen_inside_rel = 1 + day / 2000;
    row->collagen_around_rel = 1 + day / 8000;
    row->capillary_rel = capillary(day);
    row->stiffness_rel = stiffness(day);
    row->tightness_rel = tightness(day);
    row->cytokine_rel = 1 + 0.3 * hump(day, 5);
    row->neutrophil_index = fmax(0, 1 - (day - 3.5) * (day - 3.5) / 25);
  }
}

static void begin(struct fixture *f) {
  fixture_create(f, 1);
  fixture_products(f);
  fixture_scar(f);
  fixture_scalp(f);
  fill_timeline(f);
  f->session[0].comfort.left_high = 0.9;
  f->session[0].opening.density = 2e6;
  f->session[0].tewl_rel = 3.5;
  for (int i = 0; i < f->record.session_count; i++) /* which waits longest for water */
    f->session[i].barrier = (struct percuta_reseal_time){
        .median = 14 * PERCUTA_DAY, .low = 9 * PERCUTA_DAY, .high = 21 * PERCUTA_DAY};
  f->session[0].barrier =
      (struct percuta_reseal_time){5 * PERCUTA_HOUR, 3 * PERCUTA_HOUR, 9 * PERCUTA_HOUR};
  f->session[0].closure =
      (struct percuta_reseal_time){20 * PERCUTA_HOUR, 12 * PERCUTA_HOUR, 40 * PERCUTA_HOUR};
}

/* What a tenth of the fixture's signal, 0.3 exp(-day / 6), is between the rows of days 12.5 and 15.
 */
static double collagen_gain(double day) {
  return 1000 * (fixture_collagen(day) - 1);
}

static double signal_end(void) {
  const double before = 0.3 * exp(-12.5 / 6), after = 0.3 * exp(-15.0 / 6);
  return 12.5 + 2.5 * (before - 0.03) / (before - after);
}

static void near(double found, double expected) {
  if (isnan(expected))
    assert_true(isnan(found));
  else
    assert_true(fabs(found - expected) < 1e-9 * fmax(1, fabs(expected)));
}

static struct percuta_outcome_value compute(const struct fixture *f, enum percuta_outcome_id id) {
  return percuta_outcome_outcomes_compute(&f->record, percuta_outcome_outcomes_at(id),
                                          percuta_outcome_outcomes_time[0]);
}

/* Every line of the registry beside what the record says by hand; a line without a number here is a
 * failure. */
static void every_outcome_is_what_the_record_says(void **state) {
  (void)state;
  struct fixture f;
  begin(&f);
  const struct {
    enum percuta_outcome_id id;
    double value, low, high, level;
  } once[] = {
      {PERCUTA_OUTCOME_pain_rel, 7.5, 6, 9, NAN},
      {PERCUTA_OUTCOME_pain_numbed_rel, 1.5, 0.5, 3, NAN},
      {PERCUTA_OUTCOME_pain_vas, 6.5, 3.2, 10, NAN},
      {PERCUTA_OUTCOME_pain_numbed_vas, 1.3, 0.2, 3.6, NAN},
      {PERCUTA_OUTCOME_pain_left_pct, 20, 6, 90, NAN},
      {PERCUTA_OUTCOME_numb_depth_mm, 1.3, 0.9, 1.8, NAN},
      {PERCUTA_OUTCOME_depth_mean_um, 1100, 300, 1400, 0.9},
      {PERCUTA_OUTCOME_punctures_bleeding_pct, 70, 40, 90, 0.9},
      {PERCUTA_OUTCOME_shed_ul_per_cm2, 1.1 * 18 * 2e-3 / 0.09, 0.22 * 18 * 2e-3 / 0.09,
       4.4 * 18 * 2e-3 / 0.09, 0.9},
      {PERCUTA_OUTCOME_treated_top_um, 75, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_treated_bottom_um, 1100, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_redness_d, 2.5, 2, 3, 0.8},
      {PERCUTA_OUTCOME_redness_visible, 2.2, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_redness_index, 6, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_downtime_d, 2.5, 2, 3, 0.8},
      {PERCUTA_OUTCOME_tewl_after_rel, 3.5, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_barrier_h, 5, 3, 9, 0.8},
      {PERCUTA_OUTCOME_closed_h, 20, 12, 40, 0.8},
      {PERCUTA_OUTCOME_healed_after_last_session_d, 15, 9, 21, 0.8},
      {PERCUTA_OUTCOME_collagen_peak_rel, 1.05, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_collagen_peak_d, 20, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_collagen_gain_peak_um, 50, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_collagen_production_peak_rel, 3, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_collagen_III_share_start_pct, 20, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_collagen_III_share_peak_pct, 23.65, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_collagen_III_share_peak_d, NAN, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_myofibroblast_peak_pct, 10, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_myofibroblast_peak_d, 0, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_signal_peak_pct, 30, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_signal_end_d, signal_end(), NAN, NAN, NAN},
      {PERCUTA_OUTCOME_cytokine_peak_rel, 1.3, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_cytokine_peak_d, 5, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_neutrophil_peak_d, 3.5, NAN, NAN, NAN},
      /* a tenth of the highest row, 0.96, between 0.36 on day 7.5 and 0 on day 10 */
      {PERCUTA_OUTCOME_neutrophil_end_d, 7.5 + 2.5 * 0.264 / 0.36, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_inflammation_peak_index, 0.01, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_macrophages_peak_per_mm3, 30, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_inflammation_peak_d, 2.5, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_epidermis_gap_end_d, 6.75, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_tropoelastin_peak_d, 21, NAN, NAN, NAN},
      {PERCUTA_OUTCOME_capillary_peak_d, 11, NAN, NAN, NAN},
  };
  static const struct {
    enum percuta_outcome_id id;
    double (*on)(double day);
  } timed[] = {
      {PERCUTA_OUTCOME_collagen_total_rel, fixture_collagen},
      {PERCUTA_OUTCOME_collagen_gain_um, collagen_gain},
      {PERCUTA_OUTCOME_collagen_production_rel, production},
      {PERCUTA_OUTCOME_collagen_III_rel, third},
      {PERCUTA_OUTCOME_collagen_III_share_pct, third_share},
      {PERCUTA_OUTCOME_epidermis_rel, epidermis_rel},
      {PERCUTA_OUTCOME_elastin_rel, elastin},
      {PERCUTA_OUTCOME_capillary_rel, capillary},
      {PERCUTA_OUTCOME_stiffness_rel, stiffness},
      {PERCUTA_OUTCOME_tightness_rel, tightness},
      {PERCUTA_OUTCOME_recess_um, recess},
      {PERCUTA_OUTCOME_recess_filled_least_um, rise_least},
      {PERCUTA_OUTCOME_recess_filled_um, rise_half},
      {PERCUTA_OUTCOME_recess_filled_most_um, rise},
      {PERCUTA_OUTCOME_recess_volume_mm3_per_cm2, volume},
      {PERCUTA_OUTCOME_wall_slope_deg, slope},
      {PERCUTA_OUTCOME_visible_width_mm, width},
      {PERCUTA_OUTCOME_visible_scars, visible},
      {PERCUTA_OUTCOME_relief_ra_um, ra},
      {PERCUTA_OUTCOME_relief_rz_um, rz},
      {PERCUTA_OUTCOME_expression_onset_pct, onset},
      {PERCUTA_OUTCOME_expression_length_um, length},
      {PERCUTA_OUTCOME_expression_height_um, height},
      {PERCUTA_OUTCOME_dermis_ultrasound_um, dermis},
      {PERCUTA_OUTCOME_dermis_histology_um, dermis_section},
      {PERCUTA_OUTCOME_epidermis_histology_um, epidermis},
      {PERCUTA_OUTCOME_epidermis_ultrasound_um, epidermis_echo},
      {PERCUTA_OUTCOME_collagen_density_rel, density},
      {PERCUTA_OUTCOME_cutometer_r0_mm, dome},
      {PERCUTA_OUTCOME_cutometer_r2, gross},
      {PERCUTA_OUTCOME_cutometer_r5, net},
      {PERCUTA_OUTCOME_cutometer_r7, biological},
      {PERCUTA_OUTCOME_hair_per_cm2, hair_density},
      {PERCUTA_OUTCOME_hair_gain_per_cm2, hair_gain},
      {PERCUTA_OUTCOME_hair_gain_minoxidil_per_cm2, hair_gain_minoxidil},
      {PERCUTA_OUTCOME_hair_gain_over_minoxidil_per_cm2, hair_gain_over_minoxidil},
      {PERCUTA_OUTCOME_hair_anagen_pct, anagen},
  };
  const size_t checked = sizeof once / sizeof *once + sizeof timed / sizeof *timed;
  assert_int_equal(checked, PERCUTA_OUTCOME_COUNT);
  for (size_t i = 0; i < sizeof once / sizeof *once; ++i) {
    const struct percuta_outcome_value found = compute(&f, once[i].id);
    assert_false(percuta_outcome_outcomes_at(once[i].id)->timed);
    near(found.value, once[i].value);
    near(found.low, once[i].low);
    near(found.high, once[i].high);
    near(found.level, once[i].level);
  }
  for (size_t i = 0; i < sizeof timed / sizeof *timed; ++i) {
    assert_true(percuta_outcome_outcomes_at(timed[i].id)->timed);
    for (int t = 0; t < PERCUTA_OUTCOME_TIMES; ++t) {
      const struct percuta_outcome_time time = percuta_outcome_outcomes_time[t];
      near(percuta_outcome_outcomes_number_on(&f.record, timed[i].id, time), timed[i].on(time.day));
    }
  }
  fixture_destroy(&f);
}

static void names_are_unique_and_found(void **state) {
  (void)state;
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i) {
    const struct percuta_outcome *outcome = percuta_outcome_outcomes_at((enum percuta_outcome_id)i);
    assert_ptr_equal(percuta_outcome_outcomes_find(outcome->name), outcome);
    assert_true(outcome->method[0] != '\0' && outcome->text[0] != '\0' && outcome->unit[0] != '\0');
    assert_true(outcome->least < outcome->most);
  }
  assert_null(percuta_outcome_outcomes_find("collagen"));
}

/* Values and their intervals lie in the range that the registry allows, and in order. */
static void ranges_hold(void **state) {
  (void)state;
  struct fixture f;
  begin(&f);
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i) {
    const struct percuta_outcome *outcome = percuta_outcome_outcomes_at((enum percuta_outcome_id)i);
    const struct percuta_outcome_value found = compute(&f, (enum percuta_outcome_id)i);
    if (i == PERCUTA_OUTCOME_collagen_III_share_peak_d)
      continue; /* still rising */
    assert_true(found.value >= outcome->least && found.value <= outcome->most);
    if (isfinite(found.low)) {
      assert_true(found.low >= outcome->least && found.low <= found.value);
      assert_true(found.high <= outcome->most && found.high >= found.value);
    }
  }
  fixture_destroy(&f);
}

/* Takes one need away from the record. */
static void take_away(struct fixture *f, unsigned need) {
  switch (need) {
  case PERCUTA_OUTCOME_NEEDS_TIMELINE:
    f->record.timeline.count = 0;
    break;
  case PERCUTA_OUTCOME_NEEDS_COMFORT:
    f->session[0].comfort.known = false;
    break;
  case PERCUTA_OUTCOME_NEEDS_OPENED:
    f->session[0].channels.penetrated = 0;
    break;
  case PERCUTA_OUTCOME_NEEDS_NUMBED:
    f->session[0].comfort.numbed = false;
    break;
  case PERCUTA_OUTCOME_NEEDS_CREAM:
    f->record.numbing.needles_first = true;
    break;
  case PERCUTA_OUTCOME_NEEDS_RELIEF:
    f->record.relief.form.kind = PERCUTA_RELIEF_FLAT;
    break;
  case PERCUTA_OUTCOME_NEEDS_DEFECT:
    f->skin.has_defect = false;
    break;
  case PERCUTA_OUTCOME_NEEDS_SCALP:
    f->skin.region[0] = '\0';
    break;
  default:
    f->record.layout = percuta_healing_layout_of(f->record.layout.parts & ~need);
  }
}

/* An outcome is there unless a thing that it needs is not. */
static void needs_are_respected(void **state) {
  (void)state;
  for (unsigned need = 1; need <= PERCUTA_OUTCOME_NEEDS_SCALP; need <<= 1) {
    struct fixture f;
    begin(&f);
    assert_true(percuta_outcome_outcomes_has(&f.record) & need);
    take_away(&f, need);
    assert_false(percuta_outcome_outcomes_has(&f.record) & need);
    for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i) {
      const struct percuta_outcome *outcome =
          percuta_outcome_outcomes_at((enum percuta_outcome_id)i);
      const double value = compute(&f, (enum percuta_outcome_id)i).value;
      const bool rising = i == PERCUTA_OUTCOME_collagen_III_share_peak_d;
      if (isnan(value) != (rising || (outcome->needs & need) != 0))
        fail_msg("%s without need %u is %g", outcome->name, need, value);
    }
    fixture_destroy(&f);
  }
}

/* A column that a part fills needs this part. */
static void columns_need_their_parts(void **state) {
  (void)state;
  static const struct {
    size_t offset;
    unsigned parts;
  } column[] = {
#define PART(name, part, unit, text)                                                               \
  {offsetof(struct percuta_timeline_row, name), PERCUTA_COLUMN_OF_##part},
      PERCUTA_COLUMN_LIST(PART)
#undef PART
  };
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i) {
    const struct percuta_outcome *outcome = percuta_outcome_outcomes_at((enum percuta_outcome_id)i);
    for (size_t c = 0; c < sizeof column / sizeof *column; ++c) {
      if (outcome->needs & PERCUTA_OUTCOME_NEEDS_TIMELINE && column[c].offset == outcome->column &&
          column[c].parts != ~0U)
        assert_int_equal(outcome->needs & column[c].parts, column[c].parts);
    }
  }
}

/* The second session was on day 45; the record ends on day 365. */
static void times_count_from_either_session(void **state) {
  (void)state;
  struct fixture f;
  begin(&f);
  const enum percuta_outcome_id id = PERCUTA_OUTCOME_stiffness_rel;
  struct percuta_outcome_time time = {PERCUTA_SINCE_LAST_SESSION, 31};
  near(percuta_outcome_outcomes_number_on(&f.record, id, time), stiffness(76));
  time.day = 320;
  near(percuta_outcome_outcomes_number_on(&f.record, id, time), stiffness(365));
  time.day = 321;
  near(percuta_outcome_outcomes_number_on(&f.record, id, time), NAN);
  near(percuta_outcome_outcomes_number_on(&f.record, id, percuta_outcome_outcomes_end(&f.record)),
       stiffness(365));
  f.session[0].given = f.session[1].given = false;
  time.day = 1;
  near(percuta_outcome_outcomes_number_on(&f.record, id, time), NAN);
  assert_string_equal(percuta_outcome_outcomes_since(time.since), "last-session");
  fixture_destroy(&f);
}

static void says_how_it_is_known(void **state) {
  (void)state;
  struct fixture f;
  begin(&f);
  const struct percuta_outcome *pain = percuta_outcome_outcomes_at(PERCUTA_OUTCOME_pain_rel);
  struct percuta_outcome_value found = compute(&f, PERCUTA_OUTCOME_pain_rel);
  assert_string_equal(percuta_outcome_outcomes_known(pain, &found), "published-rate");
  f.session[0].comfort.pain_outside = true;
  found = compute(&f, PERCUTA_OUTCOME_pain_rel);
  assert_string_equal(percuta_outcome_outcomes_known(pain, &found), "extrapolated");
  found = compute(&f, PERCUTA_OUTCOME_collagen_peak_d);
  assert_string_equal(percuta_outcome_outcomes_known(
                          percuta_outcome_outcomes_at(PERCUTA_OUTCOME_collagen_peak_d), &found),
                      "simulated");
  fixture_destroy(&f);
}

/* Not known is absent: not a number that was left over. */
static void what_did_not_come_about_is_absent(void **state) {
  (void)state;
  struct fixture f;
  begin(&f);
  f.session[1].healed_at = -1;
  f.session[0].comfort.vas = NAN;
  for (size_t i = 0; i < f.record.timeline.count; ++i)
    f.record.timeline.row[i].signal_rel = 1;
  near(compute(&f, PERCUTA_OUTCOME_healed_after_last_session_d).value, NAN);
  near(compute(&f, PERCUTA_OUTCOME_pain_vas).low, NAN);
  near(compute(&f, PERCUTA_OUTCOME_signal_end_d).value, NAN);
  fixture_destroy(&f);
}

static void sources_follow_the_core(void **state) {
  (void)state;
  const char *rest = "koppenol:a pensalfini:b  c";
  char key[8];
  assert_true(percuta_outcome_outcomes_source(&rest, 1U << PERCUTA_PART_koppenol, key, sizeof key));
  assert_string_equal(key, "a");
  assert_true(percuta_outcome_outcomes_source(&rest, 1U << PERCUTA_PART_koppenol, key, sizeof key));
  assert_string_equal(key, "c");
  assert_false(
      percuta_outcome_outcomes_source(&rest, 1U << PERCUTA_PART_koppenol, key, sizeof key));
}

static char *read_beside_data(const char *name) {
  char path[512], *text = NULL;
  size_t length = 0;
  snprintf(path, sizeof path, "%s/%s", getenv("PERCUTA_DATA"), name);
  assert_int_equal(percuta_base_path_read(path, 1 << 20, &text, &length), PERCUTA_OK);
  return text;
}

static void every_source_is_a_work(void **state) {
  (void)state;
  char *works = read_beside_data("citations.yaml"), key[64], line[96];
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i) {
    const char *rest = percuta_outcome_outcomes_at((enum percuta_outcome_id)i)->sources;
    while (percuta_outcome_outcomes_source(&rest, ~0U, key, sizeof key)) {
      snprintf(line, sizeof line, "- key: %s\n", key);
      if (strstr(works, line) == NULL)
        fail_msg("data/citations.yaml has no %s", key);
    }
  }
  free(works);
}

/* docs/results.md has a row for every outcome, with its unit and text. */
static void documentation_has_every_outcome(void **state) {
  (void)state;
  char *page = read_beside_data("../docs/results.md"), row[512];
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i) {
    const struct percuta_outcome *outcome = percuta_outcome_outcomes_at((enum percuta_outcome_id)i);
    snprintf(row, sizeof row, "\n| `%s` | %s |", outcome->name, outcome->unit);
    if (strstr(page, row) == NULL)
      fail_msg("docs/results.md lacks: %s", row + 1);
    snprintf(row, sizeof row, " | %s |\n", outcome->text);
    if (strstr(page, row) == NULL)
      fail_msg("docs/results.md lacks: %s", row);
  }
  free(page);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_outcome_is_what_the_record_says),
      cmocka_unit_test(names_are_unique_and_found),
      cmocka_unit_test(ranges_hold),
      cmocka_unit_test(needs_are_respected),
      cmocka_unit_test(columns_need_their_parts),
      cmocka_unit_test(times_count_from_either_session),
      cmocka_unit_test(says_how_it_is_known),
      cmocka_unit_test(what_did_not_come_about_is_absent),
      cmocka_unit_test(sources_follow_the_core),
      cmocka_unit_test(every_source_is_a_work),
      cmocka_unit_test(documentation_has_every_outcome),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
