/* A synthetic result with closed forms, for the tests of the writers and of the report. */
#ifndef PERCUTA_TESTS_UNIT_RESULT_FIXTURE_H
#define PERCUTA_TESTS_UNIT_RESULT_FIXTURE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/path.h"
#include "base/table.h"
#include "base/units.h"
#include "catalogue_fixture.h"
#include "outcome/advice.h"
#include "outcome/law.h"
#include "outcome/readings.h"
#include "result/result.h"

#ifndef P_tmpdir
#error "no folder for temporary files is known"
#endif

#define FIXTURE_SNAPSHOTS 7
#define FIXTURE_STRIKES 24

struct fixture {
  char folder[256];
  struct percuta_scenario scenario;
  struct percuta_skin skin;
  struct percuta_outcome_law law;
  struct percuta_grid *grid;
  struct percuta_record record;
  struct percuta_session_record session[2];
  double snapshot_time[FIXTURE_SNAPSHOTS];
  struct percuta_penetration penetration[2]; /* see fixture_products */
  char path[64], title[64], site[16], kind[16], preset[32];
  char cream[64], serum[2][64];
  char text[160];
};

static const char fixture_table[] = "table: sample\n"
                                    "description: parameters of a test\n"
                                    "parameters:\n"
                                    "  diffusivity:\n"
                                    "    value: 2.88e-3\n"
                                    "    unit: cm^2/day\n"
                                    "    range: [1e-3, 1e-2]\n"
                                    "    status: cited\n"
                                    "    source: \"A & B <2017>\"\n"
                                    "    population: \"a model\"\n"
                                    "    meaning: \"spreading of the signal\"\n"
                                    "  lysis:\n"
                                    "    value: 0.5\n"
                                    "    unit: 1/day\n"
                                    "    range: [0.1, 2]\n"
                                    "    status: assumed\n"
                                    "    source: \"\"\n"
                                    "    population: \"\"\n"
                                    "    meaning: \"dissolution of clot\"\n";

/* Collagen rises to exactly 1.05 on day 20 and falls off; the other columns are linear in time, so
 * that linear interpolation of them is exact. */
static inline double fixture_collagen(double day) {
  return 1 + 0.05 * day / 20 * exp(1 - day / 20);
}

static inline void fixture_timeline(struct fixture *f) {
  struct percuta_timeline *timeline = &f->record.timeline;
  timeline->count = timeline->capacity = 147; /* days 0, 2.5, … 365 */
  timeline->row = calloc(timeline->count, sizeof *timeline->row);
  assert_non_null(timeline->row);
  for (size_t i = 0; i < timeline->count; ++i) {
    const double day = 2.5 * (double)i;
    timeline->row[i] = (struct percuta_timeline_row){
        .time_d = day,
        .session = day < 42 ? 1 : 2,
        .collagen_total_rel = fixture_collagen(day),
        .collagen_gain_um = 1000 * (fixture_collagen(day) - 1),
        .collagen_I_rel = 1 + 0.6 * (fixture_collagen(day) - 1),
        .collagen_III_rel = 1 + 3 * (fixture_collagen(day) - 1),
        .collagen_III_share = 0.2 + day / 10000,
        .fibroblast_rel = 1 + day / 1000,
        .myofibroblast_frac = 0.1 * exp(-day / 20),
        .signal_rel = 0.3 * exp(-day / 6),
        .signal_max_rel = 1.2 * exp(-day / 6),
        .inflammation_index = 0.01 * day / 2.5 * exp(1 - day / 2.5),
        .macrophages_per_mm3 = 30 * day / 2.5 * exp(1 - day / 2.5),
        .clot_frac = 0.02 * exp(-day / 2),
        .barrier_open_frac = 0.01 * exp(-day),
        .healed = day >= 15,
    };
  }
}

/* Strikes on a spiral; every eighth did not penetrate, every eighth re-entered. Depths alternate
 * between 1.0 and 1.2 mm, so that mean and spread have closed forms. */
static inline void fixture_session(struct fixture *f, int index) {
  struct percuta_session_record *session = &f->session[index];
  *session = (struct percuta_session_record){
      .number = index + 1,
      .planned = index * 42 * PERCUTA_DAY,
      .start = index * 45 * PERCUTA_DAY,
      .given = true,
      .duration = 12.5,
      .injured_volume = 0.9e-9,
      .channel_volume = 1.0e-9,
      .overlap_volume = 0.1e-9,
      .injured_frac = 0.0125,
      .healed_at = (index * 45 + 15) * PERCUTA_DAY,
  };
  struct percuta_channels *channels = &session->channels;
  channels->count = FIXTURE_STRIKES;
  channels->item = calloc(FIXTURE_STRIKES, sizeof *channels->item);
  session->bleeding.count = FIXTURE_STRIKES;
  session->bleeding.item = calloc(FIXTURE_STRIKES, sizeof *session->bleeding.item);
  assert_non_null(channels->item);
  assert_non_null(session->bleeding.item);
  int opened = 0;
  for (int i = 0; i < FIXTURE_STRIKES; ++i) {
    struct percuta_channel *c = &channels->item[i];
    *c = (struct percuta_channel){.x = f->record.width * (0.5 + 0.019 * i * cos(2.4 * i)),
                                  .y = f->record.width * (0.5 + 0.019 * i * sin(2.4 * i)),
                                  .time = 0.5 * i,
                                  .direction = 0.7 * (i % 4),
                                  .pass = i % 16,
                                  .needle = 7 * i,
                                  .deflection = 300e-6,
                                  .penetrated = i % 8 != 7,
                                  .reentered = i % 8 == 3,
                                  .force = 0.4};
    if (c->penetrated && !c->reentered) {
      c->depth = opened++ % 2 == 0 ? 1.0e-3 : 1.2e-3;
      c->radius_surface = 120e-6;
      c->radius_tip = 20e-6;
      c->tear_surface = 200e-6;
      c->residual_depth = 0.2 * c->depth;
      c->residual_radius_surface = 30e-6;
      session->bleeding.item[i] = (struct percuta_bleed){
          .hits = {1.5, 0.5}, .bleed_probability = 0.75, .shed_volume = 2e-12, .clot_fill = 0.8};
    }
  }
  session->coverage = (struct percuta_coverage){.density_expected = 2.5e6,
                                                .density = 2.4e6,
                                                .nearest_mean = 350e-6,
                                                .nearest_poisson = 323e-6,
                                                .cdf_gap = 0.1};
  channels->penetrated = (size_t)opened;
  channels->reentered = 3;
  channels->needles_in_contact = 8.25;
  channels->force_per_needle = 0.6;
  channels->puncture_force = 0.25;
  channels->share_cutting = 0.6;
  channels->share_spreading = 0.3;
  channels->share_friction = 0.1;
  channels->bent = 2;
  channels->interval = (struct percuta_uncertainty){.depth_low = 0.3e-3,
                                                    .depth_high = 1.4e-3,
                                                    .residual_low = 0.1e-3,
                                                    .residual_high = 0.9e-3,
                                                    .breaks_share = 0.96};
  session->plugged_at = 90;
  session->bleeding.channels_bleeding = 0.75 * opened;
  session->bleeding.channels_bleeding_expected = 0.7 * opened;
  session->bleeding.channels_overflowing = 0.5 * opened;
  session->bleeding.pinpoint_bleeding = true;
  session->bleeding.shed_volume = 2e-12 * opened;
  session->bleeding.shed_per_area = 2e-12 * opened / (f->record.width * f->record.width);
  session->bleeding.shed_per_area_expected = 1.1 * session->bleeding.shed_per_area;
  session->bleeding.spread =
      (struct percuta_bleeding_spread){.bleeding_low = 0.4,
                                       .bleeding_high = 0.9,
                                       .shed_low = 0.2 * session->bleeding.shed_per_area_expected,
                                       .shed_high = 4 * session->bleeding.shed_per_area_expected};
  session->bleeding.fed_share = 0.25;
  session->bleeding.clot_volume = 0.72e-9;
}

/* Value of a field in a cell of the synthetic snapshots; exact in single precision. */
static inline float fixture_value(int field, int snapshot, size_t cell) {
  return (float)(field * 1024 + snapshot * 128) + (float)(cell % 97) / 4;
}

static inline void fixture_snapshots(struct fixture *f) {
  static const double day[FIXTURE_SNAPSHOTS] = {0, 1, 7, 30, 90, 180, 365};
  const size_t cells = percuta_numerics_grid_cell_count(f->grid);
  float *memory = malloc(cells * PERCUTA_FIELD_COUNT * sizeof *memory);
  assert_non_null(memory);
  for (int s = 0; s < FIXTURE_SNAPSHOTS; ++s) {
    f->snapshot_time[s] = day[s] * PERCUTA_DAY;
    for (int i = 0; i < PERCUTA_FIELD_COUNT; ++i) {
      for (size_t c = 0; c < cells; ++c) {
        memory[(size_t)i * cells + c] = fixture_value(i, s, c);
      }
    }
    assert_int_equal(
        percuta_result_snapshot_write(f->folder, s, f->grid, PERCUTA_FIELD_COUNT, memory),
        PERCUTA_OK);
  }
  free(memory);
}

static inline void fixture_skin(struct percuta_skin *skin) {
  *skin = (struct percuta_skin){
      .site_name = "Cheek",
      .condition_name = "Healthy",
      .thickness = {15e-6, 60e-6, 200e-6, 1300e-6, 3000e-6},
      .stiffness = 0.6e6,
      .thickness_sd = {3e-6, 10e-6, 0, 250e-6, 0},
      .loop_density = 84e6,
      .loop_top = 90e-6,
      .plexus_depth = 400e-6,
      .collagen_rel = 0.8,
      .perfusion_rel = 1,
      .proliferation_factor = 1,
      .production_factor = 1,
      .clearance_factor = 1,
  };
}

static inline void fixture_scenario(struct fixture *f) {
  snprintf(f->title, sizeof f->title, "Cheek & </script><b>{{data}}</b>");
  snprintf(f->text, sizeof f->text, "percuta: 1\ntitle: synthetic\n");
  snprintf(f->path, sizeof f->path, "synthetic.yaml");
  snprintf(f->site, sizeof f->site, "cheek");
  snprintf(f->kind, sizeof f->kind, "none");
  snprintf(f->preset, sizeof f->preset, "roller-192-1.5mm");
  f->scenario = (struct percuta_scenario){
      .path = f->path,
      .text = f->text,
      .title = f->title,
      .person = {.age = 45 * PERCUTA_YEAR, .sex = PERCUTA_FEMALE},
      .site = f->site,
      .condition = {.kind = f->kind},
      .device = {.preset = f->preset,
                 .kind = PERCUTA_ROLLER,
                 .needle = {.length = 1.5e-3, .base_diameter = 250e-6, .tip_radius = 15e-6},
                 .drum_diameter = 20e-3,
                 .drum_width = 20e-3,
                 .rings = 8,
                 .needles_per_ring = 24},
      .session = {.pass_count = 4, .repeat = 4, .force = 5, .speed = 0.05},
      .course = {.sessions = 2,
                 .interval = 42 * PERCUTA_DAY,
                 .only_if_healed = true,
                 .follow_up = PERCUTA_YEAR},
      .model = {.fidelity = PERCUTA_PATCH, .patch_width = 3e-3, .seed = 1, .tolerance = 1e-4},
      .hash = UINT64_C(0x0123456789abcdef),
  };
}

/* Loads the sample table into the scenario's parameters. */
static inline void fixture_parameters(struct fixture *f) {
  char path[300];
  snprintf(path, sizeof path, "%s/table.yaml", f->folder);
  FILE *stream = fopen(path, "w");
  assert_non_null(stream);
  fputs(fixture_table, stream);
  fclose(stream);
  struct percuta_diag *diag = NULL;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  f->scenario.catalogue = fixture_catalogue();
  f->scenario.units = percuta_catalogue_units(f->scenario.catalogue);
  assert_int_equal(percuta_base_parameters_create(&f->scenario.parameters), PERCUTA_OK);
  assert_int_equal(percuta_base_table_load(f->scenario.parameters, f->scenario.units, path, diag),
                   PERCUTA_OK);
  percuta_base_diag_destroy(&diag);
}

/* Two furrows 250 um deep across the patch. */
static inline void fixture_wrinkle(struct fixture *f) {
  const struct percuta_relief_form form = {.kind = PERCUTA_RELIEF_FURROWS,
                                           .recess = 250e-6,
                                           .width = 0.6e-3,
                                           .wavelength = 1.5e-3,
                                           .direction = 3.14159265358979323846 / 2};
  percuta_skin_relief_lay(&form, 3e-3, &f->record.relief);
  assert_int_equal(percuta_skin_relief_survey(&f->record.relief, &f->record.texture), PERCUTA_OK);
}

/* An ice-pick scar 300 um deep and 1 mm wide, and its deficit. */
static inline void fixture_scar(struct fixture *f) {
  const struct percuta_relief_form form = {.kind = PERCUTA_RELIEF_DISC,
                                           .profile = PERCUTA_SCAR_ICEPICK,
                                           .recess = 300e-6,
                                           .width = 1e-3};
  f->skin.has_defect = true;
  f->skin.defect_depth = 0.5e-3;
  f->skin.defect_width = form.width;
  f->skin.defect_collagen_rel = 0.6;
  f->skin.defect_thickness_rel = 1;
  percuta_skin_relief_lay(&form, 3e-3, &f->record.relief);
  assert_int_equal(percuta_skin_relief_survey(&f->record.relief, &f->record.texture), PERCUTA_OK);
}

/* The same on a scalp. */
static inline void fixture_scalp(struct fixture *f) {
  snprintf(f->skin.region, sizeof f->skin.region, "scalp");
  f->law.hair =
      (struct percuta_hair_law){.follicles = 160e4,
                                .cycle = {109 * PERCUTA_DAY, 73 * PERCUTA_DAY, 182 * PERCUTA_DAY},
                                .needled = {.value = 0.63, .low = 0.56, .high = 0.71},
                                .minoxidil = 0.46,
                                .lasts = 28 * PERCUTA_DAY};
}

/* A result of two sessions on a grid of nx by nx by 40 cells. */
static inline void fixture_create(struct fixture *f, int nx) {
  memset(f, 0, sizeof *f);
  const char *base = getenv("TMPDIR");
  snprintf(f->folder, sizeof f->folder, "%s/percuta-XXXXXX", base != NULL ? base : P_tmpdir);
  assert_non_null(mkdtemp(f->folder));
  fixture_scenario(f);
  fixture_parameters(f);
  fixture_skin(&f->skin);
  f->law.surface = (struct percuta_surface_law){.share = {0.5, 0.2, 1},
                                                .visible_depth = 1e-4,
                                                .visible_width = 0.5e-3,
                                                .film_modulus = 30e6,
                                                .expression = 0.15,
                                                .least_ratio = 10,
                                                .most_ratio = 100};
  f->law.thickness =
      (struct percuta_thickness_law){.dermis_histology = 1.6, .epidermis_ultrasound = 3.3};
  f->law.suction = (struct percuta_suction_law){.pressure = 45e3,
                                                .radius = 1e-3,
                                                .geometry = 2,
                                                .immediate = 0.6,
                                                .net = 0.75,
                                                .gross = 0.74,
                                                .modulus = 100e3,
                                                .tension = 7.7,
                                                .poisson = 0.49};
  double face[41];
  for (int k = 0; k <= 40; ++k) {
    face[k] = 75e-6 * k;
  }
  assert_int_equal(percuta_numerics_grid_create(nx, nx, 3e-3 / nx, 3e-3 / nx, face, 40, &f->grid),
                   PERCUTA_OK);
  f->record =
      (struct percuta_record){.scenario = &f->scenario,
                              .hash = f->scenario.hash,
                              .skin = &f->skin,
                              .law = &f->law,
                              .grid = f->grid,
                              .layout = percuta_healing_layout_of((1U << PERCUTA_PART_COUNT) - 1),
                              .width = 3e-3,
                              .treated_top = 75e-6,
                              .treated_bottom = 1.1e-3,
                              .session = f->session,
                              .session_count = 2,
                              .snapshot_time = f->snapshot_time,
                              .snapshot_count = FIXTURE_SNAPSHOTS,
                              .clipped_rel = 1e-7,
                              .runaway_level = 0.69,
                              .runaway_volume_frac = 0.01,
                              .cost = {.wall_s = 12.5,
                                       .solve_s = 10,
                                       .steps = 400,
                                       .rejected = 3,
                                       .cells = 40L * nx * nx,
                                       .ranks = 1,
                                       .peak_memory_mb = 120}};
  const struct percuta_warning_value one = {.number = 1};
  assert_int_equal(percuta_outcome_warnings_add(&f->record.warnings, PERCUTA_WARNING_runaway, &one),
                   PERCUTA_OK);
  fixture_timeline(f);
  fixture_session(f, 0);
  fixture_session(f, 1);
}

enum { FIXTURE_TIMES = 49 }; /* of a penetration: every half hour for a day */

/* A course that brings in `most` [kg/m^2] of `applied` with the time constant `tau` [s], wiped off
 * after `apply` [s]: a tenth of it in the viable epidermis, half in the dermis, a tenth in the fat,
 * three tenths in the blood, and a hundredth of the applied in the stratum corneum. */
static inline struct percuta_permeation *fixture_permeation(double applied, double most, double tau,
                                                            double apply) {
  static const double face[] = {0, 1e-3};
  double time[FIXTURE_TIMES];
  for (int i = 0; i < FIXTURE_TIMES; ++i) {
    time[i] = 1800.0 * i;
  }
  const struct percuta_domain domain = {
      .layer_count = PERCUTA_NEEDLED_LAYERS, .outputs = time, .output_count = FIXTURE_TIMES};
  struct percuta_permeation *course = NULL;
  assert_int_equal(percuta_permeation_domain_course(&domain, face, 1, &course), PERCUTA_OK);
  for (int i = 0; i < FIXTURE_TIMES; ++i) {
    const double entered = most * (1 - exp(-time[i] / tau));
    double *layer = &course->layer[i * PERCUTA_NEEDLED_LAYERS];
    course->applied[i] = applied;
    layer[0] = i > 0 ? 0.01 * applied : 0;
    layer[1] = 0.1 * entered;
    layer[2] = 0.5 * entered;
    layer[3] = 0.1 * entered;
    course->cleared[i * PERCUTA_NEEDLED_LAYERS + 2] = 0.3 * entered;
    *(time[i] < apply ? &course->vehicle[i] : &course->washed[i]) = applied - layer[0] - entered;
  }
  return course;
}

/* Adds a compound of which intact skin lets in a thousandth of what is put on, and needled skin
 * `times` as much; times 0: no puncture. */
static inline void fixture_active(struct percuta_penetration *penetration, const char *compound,
                                  double molar_mass, double log_kow, double mass_fraction,
                                  double times) {
  struct percuta_product_active *of =
      &penetration->product.active[penetration->product.active_count++];
  of->mass_fraction = mass_fraction;
  of->concentration = 1000 * mass_fraction;
  snprintf(of->compound.id, sizeof of->compound.id, "%s", compound);
  snprintf(of->compound.name, sizeof of->compound.name, "%s", compound);
  of->compound.molar_mass = molar_mass;
  of->compound.log_kow = log_kow;
  struct percuta_penetration_active *active = &penetration->active[penetration->active_count++];
  const double applied = penetration->plan.dose * mass_fraction, intact = 1e-3 * applied;
  const double last = 1 - exp(-24 / 6.0);
  *active = (struct percuta_penetration_active){.of = *of,
                                                .neutral = 0.5,
                                                .undissolved = 1,
                                                .applied = applied,
                                                .entered = (times > 0 ? times : 1) * intact * last,
                                                .entered_intact = intact * last,
                                                .enhancement = times > 0 ? times : 1,
                                                .route = times > 2 ? PERCUTA_PENETRATION_PUNCTURES
                                                                   : PERCUTA_PENETRATION_LIPIDS,
                                                .helps = times > 2};
  active->blood = 0.3 * active->entered;
  active->blood_intact = 0.3 * active->entered_intact;
  snprintf(active->reason, sizeof active->reason, "At %.0f g/mol and log Kow %.1f it passes %s.",
           1000 * molar_mass, log_kow,
           times > 2 ? "punctures far more easily than the stratum corneum"
                     : "the stratum corneum about as well as punctures");
  active->intact = fixture_permeation(applied, intact, 6 * PERCUTA_HOUR, penetration->plan.apply);
  if (times > 0) {
    active->needled =
        fixture_permeation(applied, times * intact, 6 * PERCUTA_HOUR, penetration->plan.apply);
  }
}

static inline void fixture_penetration(struct percuta_penetration *penetration, const char *id,
                                       const char *name,
                                       const struct percuta_penetration_plan *plan) {
  *penetration = (struct percuta_penetration){
      .plan = *plan,
      .layer_count = PERCUTA_NEEDLED_LAYERS,
      .layer_name = {"stratum corneum", "viable epidermis", "dermis", "subcutis"},
      .count = FIXTURE_TIMES,
      .balance = 1e-12};
  snprintf(penetration->product.id, sizeof penetration->product.id, "%s", id);
  snprintf(penetration->product.name, sizeof penetration->product.name, "%s", name);
  penetration->time = calloc(FIXTURE_TIMES, sizeof *penetration->time);
  assert_non_null(penetration->time);
  for (int i = 0; i < FIXTURE_TIMES; ++i) {
    penetration->time[i] = 1800.0 * i;
  }
}

/* x e^(1 - x): rises to 1 at x = 1 and falls off. */
static inline double fixture_hump(double x) {
  return x * exp(1 - x);
}

/* A cream of two anaesthetics an hour before the needles, wiped off five minutes before them. */
static inline void fixture_numbing(struct percuta_numbing *numbing) {
  static const struct percuta_penetration_plan plan = {
      .start = -3900, .dose = 1.5, .apply = 3600, .occluded = true, .follow = PERCUTA_DAY};
  static const double most[] = {6e-5, 3e-5}; /* [kg/m^3] */
  struct percuta_penetration *penetration = &numbing->penetration;
  fixture_penetration(penetration, "lidocaine-prilocaine-5%",
                      "lidocaine 2.5 % and prilocaine 2.5 % cream", &plan);
  fixture_active(penetration, "lidocaine", 0.234343, 2.44, 0.025, 1.5);
  fixture_active(penetration, "prilocaine", 0.220316, 2.11, 0.025, 1.5);
  snprintf(penetration->product.warning, sizeof penetration->product.warning,
           "made for intact skin: through needled skin more enters the blood");
  penetration->verdict = PERCUTA_PENETRATION_NOT_NEEDLED;
  penetration->met = PERCUTA_PENETRATION_BEFORE;
  numbing->used = true;
  numbing->area = 100e-4;
  numbing->needling = 3900;
  numbing->depth_at_needling = 1.3e-3;
  numbing->depth_low = 0.9e-3;
  numbing->depth_high = 1.8e-3;
  numbing->depth_most = 1.6e-3;
  numbing->depth_most_time = 7200;
  numbing->onset = 1500;
  numbing->end = 15000;
  numbing->onset_intact = 1500;
  numbing->absorbed_intact = 18e-6;
  numbing->pain_free_depth = 1.3e-3;
  numbing->pain_free_low = 0.7e-3;
  numbing->pain_free_high = 2.1e-3;
  numbing->margin = 3.2;
  numbing->pain_free = calloc(FIXTURE_TIMES, sizeof *numbing->pain_free);
  numbing->pain_free_unmedicated = 0.2e-3;
  numbing->depth = calloc(FIXTURE_TIMES, sizeof *numbing->depth);
  assert_non_null(numbing->depth);
  for (int i = 0; i < FIXTURE_TIMES; ++i) {
    numbing->depth[i] =
        fmax(0, 1.6e-3 * fixture_hump(penetration->time[i] / 7200) - 0.3e-3) * 16 / 13;
  }
  for (int a = 0; a < 2; ++a) {
    struct percuta_numbing_active *active = &numbing->active[a];
    *active = (struct percuta_numbing_active){.plasma_most = most[a],
                                              .plasma_time = 4 * PERCUTA_HOUR,
                                              .absorbed = 12e-6,
                                              .toxic = a == 0 ? 5e-3 : 0};
    active->plasma = calloc(FIXTURE_TIMES, sizeof *active->plasma);
    assert_non_null(active->plasma);
    for (int i = 0; i < FIXTURE_TIMES; ++i) {
      active->plasma[i] = most[a] * fixture_hump(penetration->time[i] / (4 * PERCUTA_HOUR));
    }
  }
  numbing->toxicity = 0.012;
  numbing->mass = 15e-3;
  numbing->penetration.product.limits.mass = 60e-3;
  numbing->penetration.product.limits.area = 90e-4;
  numbing->warnings = PERCUTA_NUMBING_AREA;
}

/* Loads the share of the toxic level from which a run warns. */
static inline void fixture_warn_share(struct fixture *f) {
  static const char table[] = "table: numbing\n"
                              "description: parameters of a test\n"
                              "parameters:\n"
                              "  warn_share:\n"
                              "    value: 0.1\n"
                              "    unit: 1\n"
                              "    range: [0.05, 0.5]\n"
                              "    status: assumed\n"
                              "    source: \"\"\n"
                              "    population: \"\"\n"
                              "    meaning: \"share of the toxic level\"\n";
  char path[300];
  snprintf(path, sizeof path, "%s/numbing.yaml", f->folder);
  FILE *stream = fopen(path, "w");
  assert_non_null(stream);
  fputs(table, stream);
  fclose(stream);
  struct percuta_diag *diag = NULL;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_base_table_load(f->scenario.parameters, f->scenario.units, path, diag),
                   PERCUTA_OK);
  percuta_base_diag_destroy(&diag);
}

/* Adds a numbing cream before the needles and two serums after them, one of which does not belong
 * there, to the result. */
static inline void fixture_products(struct fixture *f) {
  static const struct percuta_penetration_plan plan = {
      .start = 600, .dose = 0.02, .apply = 12 * PERCUTA_HOUR, .follow = PERCUTA_DAY};
  fixture_numbing(&f->record.numbing);
  assert_int_equal(percuta_outcome_advice_numbing(&f->record.numbing, &f->record.warnings),
                   PERCUTA_OK);
  fixture_penetration(&f->penetration[0], "tranexamic-acid-5%", "tranexamic acid serum 5 %", &plan);
  fixture_active(&f->penetration[0], "tranexamic-acid", 0.157213, -2.0, 0.05, 40);
  f->penetration[0].verdict = PERCUTA_PENETRATION_HELPS;
  snprintf(f->penetration[0].product.warning, sizeof f->penetration[0].product.warning,
           "made for intact skin, not sterile");
  snprintf(f->penetration[0].why, sizeof f->penetration[0].why,
           "Made for intact skin, not sterile.");
  fixture_penetration(&f->penetration[1], "retinol-0.5%", "retinol cream 0.5 %", &plan);
  fixture_active(&f->penetration[1], "retinol", 0.286459, 5.68, 0.005, 1.1);
  f->penetration[1].active[0].undissolved = 250;
  f->penetration[1].verdict = PERCUTA_PENETRATION_DO_NOT;
  snprintf(f->penetration[1].product.warning, sizeof f->penetration[1].product.warning,
           "irritates, and much more so through needled skin; not sterile");
  snprintf(f->penetration[1].why, sizeof f->penetration[1].why,
           "It irritates <needled> skin, and hardly more of it enters.");
  f->record.penetration = f->penetration;
  f->record.penetration_count = 2;
  memcpy(f->cream, f->record.numbing.penetration.product.id, sizeof f->cream);
  for (int i = 0; i < 2; ++i) {
    memcpy(f->serum[i], f->penetration[i].product.id, sizeof f->serum[i]);
    f->scenario.session.products[i] = (struct percuta_product_plan){.product = f->serum[i]};
  }
  f->scenario.session.product_count = 2;
  f->scenario.session.numbing.product = f->cream;
  f->session[0].comfort = (struct percuta_comfort){.known = true,
                                                   .pain = 7.5,
                                                   .pain_reference_length = 0.48e-3,
                                                   .pain_low = 6,
                                                   .pain_high = 9,
                                                   .numbed = true,
                                                   .pain_numbed = 1.5,
                                                   .pain_numbed_low = 0.5,
                                                   .pain_numbed_high = 3,
                                                   .vas = 6.5,
                                                   .vas_numbed = 1.3,
                                                   .vas_low = 3.2,
                                                   .vas_high = 10,
                                                   .vas_numbed_low = 0.2,
                                                   .vas_numbed_high = 3.6,
                                                   .left = 0.2,
                                                   .left_low = 0.06,
                                                   .left_high = 1.2};
  f->session[0].redness = (struct percuta_redness){.index_day = 6,
                                                   .a_day = 2.2,
                                                   .median = 2.5 * PERCUTA_DAY,
                                                   .low = 2 * PERCUTA_DAY,
                                                   .high = 3 * PERCUTA_DAY};
}

/* The file `name` of the fixture's folder as text, owned by the caller. */
static inline char *fixture_read(const struct fixture *f, const char *name) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", f->folder, name);
  FILE *stream = fopen(path, "rb");
  assert_non_null(stream);
  assert_int_equal(fseek(stream, 0, SEEK_END), 0);
  const size_t length = (size_t)ftell(stream);
  rewind(stream);
  char *text = malloc(length + 1);
  assert_non_null(text);
  assert_int_equal(fread(text, 1, length, stream), length);
  text[length] = '\0';
  fclose(stream);
  return text;
}

static inline void fixture_destroy(struct fixture *f) {
  char command[320];
  for (int i = 0; i < 2; ++i) {
    free(f->session[i].channels.item);
    free(f->session[i].bleeding.item);
  }
  percuta_transport_numbing_clear(&f->record.numbing);
  for (int i = 0; i < 2; ++i) {
    percuta_transport_penetration_clear(&f->penetration[i]);
  }
  percuta_outcome_warnings_clear(&f->record.warnings);
  free(f->record.timeline.row);
  percuta_numerics_grid_destroy(&f->grid);
  percuta_base_parameters_destroy(&f->scenario.parameters);
  snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
  assert_int_equal(system(command), 0);
}

#endif
