/* A scenario made by hand, with Percuta's parameter tables, for tests of skin to bleeding. */
#ifndef PERCUTA_TESTS_STAGE_FIXTURE_H
#define PERCUTA_TESTS_STAGE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bleeding/bleeding.h"
#include "catalogue_fixture.h"
#include "device/device.h"
#include "input/preset.h"
#include "scenario/scenario.h"
#include "skin/skin.h"

#define FIXTURE_PI 3.14159265358979323846

struct fixture {
  struct percuta_scenario scenario;
  struct percuta_diag *diag;
  char kind[32], site[32], preset[64];
};

static inline void assert_near(double value, double expected, double relative) {
  if (!(fabs(value - expected) <= relative * fabs(expected)))
    fail_msg("%.17g is not %.17g within a relative %g", value, expected, relative);
}

/* A 45-year-old woman's cheek, MF8 roller of 1.5 mm, 5 N, one pass, no jitter, 3 mm patch. */
static inline void fixture_init(struct fixture *f) {
  *f = (struct fixture){.kind = "none", .site = "cheek", .preset = "roller-192-1.5mm"};
  struct percuta_scenario *s = &f->scenario;
  s->site = f->site;
  s->condition.kind = f->kind;
  s->device.preset = f->preset;
  s->person.age = 45 * PERCUTA_YEAR;
  s->session = (struct percuta_session){.pass_count = 1, .repeat = 1, .force = 5, .speed = 0.05};
  s->model.seed = 1;
  s->model.patch_width = 3e-3;
  s->catalogue = fixture_catalogue();
  s->units = percuta_catalogue_units(s->catalogue);
  assert_int_equal(percuta_base_diag_create(&f->diag), 0);
  assert_int_equal(
      percuta_base_parameters_overlay(percuta_catalogue_parameters(s->catalogue), &s->parameters),
      PERCUTA_OK);
}

static inline void fixture_clear(struct fixture *f) {
  percuta_base_parameters_destroy(&f->scenario.parameters);
  percuta_base_diag_destroy(&f->diag);
}

static inline void fixture_device(struct fixture *f, const char *preset) {
  struct percuta_entry entry;
  assert_int_equal(percuta_input_preset_read(f->scenario.catalogue, preset, f->diag,
                                             &f->scenario.device, &entry),
                   PERCUTA_OK);
}

static inline void fixture_skin(struct fixture *f, struct percuta_skin *skin) {
  enum percuta_status status = percuta_skin_read(&f->scenario, f->diag, skin);
  percuta_base_diag_print(f->diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
}

static inline void fixture_set(struct fixture *f, const char *name, const char *text) {
  struct percuta_units_mistake why;
  assert_int_equal(percuta_base_parameters_override(f->scenario.parameters, f->scenario.units, name,
                                                    text, "test", &why),
                   PERCUTA_OK);
}

/* Channels of these strikes, with the parameters as they are now. */
static inline enum percuta_status fixture_insert(const struct fixture *f,
                                                 const struct percuta_skin *skin,
                                                 const struct percuta_strikes *strikes,
                                                 double width, struct percuta_channels *out) {
  struct percuta_insertion_model model;
  struct percuta_insertion_setting *setting = NULL;
  enum percuta_status status = percuta_insertion_model_read(&f->scenario, skin, f->diag, &model);
  if (status == PERCUTA_OK)
    status = percuta_insertion_setting_create(&model, &f->scenario, width, &setting);
  if (status == PERCUTA_OK)
    status = percuta_insertion_channel_compute(setting, strikes, out);
  percuta_insertion_setting_destroy(&setting);
  return status;
}

/* And how they bleed. */
static inline enum percuta_status fixture_bleed(const struct fixture *f,
                                                const struct percuta_skin *skin,
                                                const struct percuta_channels *channels,
                                                double width, enum percuta_vessels_drawn vessels,
                                                struct percuta_bleeding *out) {
  struct percuta_bed bed;
  const enum percuta_status status = percuta_bleeding_bed_read(&f->scenario, skin, f->diag, &bed);
  return status == PERCUTA_OK
             ? percuta_bleeding_compute(&bed, channels, width, vessels, f->scenario.model.seed, out)
             : status;
}

#endif
