#include "stage_fixture.h"

#include "device/layout.h"

static void mf8_has_its_published_geometry(void **state) {
  (void)state;
  struct fixture f;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  const struct percuta_device *device = &f.scenario.device;
  assert_int_equal(device->kind, PERCUTA_ROLLER);
  assert_int_equal(percuta_device_needle_count(device), 192);
  assert_near(device->needle.length, 1.5e-3, 1e-12);
  assert_near(device->needle.base_diameter, 0.25e-3, 1e-12);
  assert_near(device->needle.tip_radius, 4e-6, 1e-12);
  assert_ptr_equal(device->preset, f.preset);
  struct percuta_entry entry;
  assert_true(
      percuta_catalogue_find(f.scenario.catalogue, PERCUTA_DEVICES, f.preset, NULL, &entry));
  assert_non_null(strstr(percuta_base_yaml_text(entry.root, "source", ""), "Schwarz"));
  /* 192 / (pi 20 mm 20 mm) = 15.3 per cm^2 and pass, 229 after 15 passes (docs/theory/device.md) */
  double density = percuta_device_strike_density(device, 0.05, 0);
  assert_near(density, 192 / (FIXTURE_PI * 0.02 * 0.02), 1e-12);
  assert_near(15 * density * 1e-4, 229.2, 1e-3);
  assert_near(percuta_device_strike_density(device, 0.05, 0.25), density / 1.25, 1e-12);
  fixture_clear(&f);
}

static void densities_of_pens_and_stamps(void **state) {
  (void)state;
  struct percuta_device pen = {
      .kind = PERCUTA_PEN, .needles = 12, .head_diameter = 6e-3, .frequency = 80};
  assert_near(percuta_device_strike_density(&pen, 0.05, 0), 12 * 80 / (0.05 * 6e-3), 1e-12);
  struct percuta_device stamp = {.kind = PERCUTA_STAMP, .needles = 35, .head_diameter = 1e-2};
  assert_near(percuta_device_strike_density(&stamp, 0.05, 0), 35 / (FIXTURE_PI * 1e-4 / 4), 1e-12);
}

static void rates_of_strikes(void **state) {
  (void)state;
  /* a drum of 20 mm turns 0.05 / (pi 0.02) times a second: 192 needles, 152.8 strikes a second */
  struct percuta_device roller = {.kind = PERCUTA_ROLLER,
                                  .rings = 8,
                                  .needles_per_ring = 24,
                                  .drum_diameter = 20e-3,
                                  .drum_width = 15e-3};
  assert_near(percuta_device_strike_rate(&roller, 0.05, 0), 192 * 0.05 / (FIXTURE_PI * 0.02),
              1e-12);
  struct percuta_device pen = {
      .kind = PERCUTA_PEN, .needles = 12, .head_diameter = 6e-3, .frequency = 80};
  assert_near(percuta_device_strike_rate(&pen, 0.05, 0), 960, 1e-12);
}

static void every_preset_can_be_loaded(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_entry entry;
  const char *id = NULL;
  int kinds[PERCUTA_ARRAY + 1] = {0};
  fixture_init(&f);
  for (size_t i = 0; percuta_catalogue_at(f.scenario.catalogue, PERCUTA_DEVICES, i, &id, &entry);
       i++) {
    fixture_device(&f, id);
    const struct percuta_needle *needle = &f.scenario.device.needle;
    kinds[f.scenario.device.kind]++;
    assert_true(needle->tip_radius < needle->base_diameter / 2);
    assert_true(needle->taper <= needle->length);
    assert_true(percuta_base_yaml_text(entry.root, "source", "assumed")[0] != '\0');
  }
  assert_true(kinds[PERCUTA_ROLLER] >= 8 && kinds[PERCUTA_STAMP] >= 2 && kinds[PERCUTA_PEN] >= 3 &&
              kinds[PERCUTA_ARRAY] >= 1);
  fixture_clear(&f);
}

/* Places of an array continue over its edges: every needle of a lattice is as far from its nearest
 * as the pitch says, also across the seam between two presses side by side. */
static void arrays_are_lattices(void **state) {
  (void)state;
  enum { ROWS = 6, COLUMNS = 5, ALL = ROWS * COLUMNS };
  const double pitch = 5e-4;
  for (int layout = PERCUTA_LAYOUT_SQUARE; layout <= PERCUTA_LAYOUT_RANDOM; layout++) {
    const struct percuta_device array = {.kind = PERCUTA_ARRAY,
                                         .layout = (enum percuta_array_layout)layout,
                                         .rows = ROWS,
                                         .columns = COLUMNS,
                                         .pitch = pitch};
    const double along = percuta_device_layout_along(&array);
    const double across = percuta_device_layout_across(&array);
    const double each = layout == PERCUTA_LAYOUT_HEXAGONAL ? sqrt(3) / 2 : 1;
    struct percuta_layout_point needle[ALL];
    assert_int_equal(percuta_device_needle_count(&array), ALL);
    assert_true(fabs(percuta_device_strike_density(&array, 1, 0) * each * pitch * pitch - 1) <
                1e-12);
    percuta_device_layout_place(&array, needle);
    for (int i = 0; i < ALL; i++) {
      double least = 1;
      assert_true(fabs(needle[i].along) <= along / 2 && fabs(needle[i].across) <= across / 2);
      for (int k = 0; k < ALL; k++)
        for (int tile = 0; tile < 9; tile++) {
          const double x = needle[k].along + (tile % 3 - 1) * along - needle[i].along;
          const double y = needle[k].across + (tile / 3 - 1) * across - needle[i].across;
          if (hypot(x, y) > 0)
            least = fmin(least, hypot(x, y));
        }
      if (layout != PERCUTA_LAYOUT_RANDOM)
        assert_true(fabs(least / pitch - 1) < 1e-9);
    }
  }
}

/* Forms keep their cross-section, and nothing else. */
static void forms_keep_their_cross_section(void **state) {
  (void)state;
  struct percuta_device device = {
      .needle = {.length = 1e-3, .base_diameter = 2e-4, .tip_radius = 5e-6, .taper = 1e-3}};
  const struct percuta_needle cone = percuta_device_worn_needle(&device);
  assert_true(cone.base_diameter == 2e-4);
  device.needle.form = PERCUTA_FORM_PYRAMID;
  const struct percuta_needle pyramid = percuta_device_worn_needle(&device);
  assert_true(fabs(acos(-1.0) / 4 * pow(pyramid.base_diameter, 2) / 4e-8 - 1) < 1e-12);
  device.needle.form = PERCUTA_FORM_BLADE;
  device.needle.thickness = 5e-5;
  const struct percuta_needle blade = percuta_device_worn_needle(&device);
  assert_true(fabs(acos(-1.0) / 4 * pow(blade.base_diameter, 2) / 1e-8 - 1) < 1e-12);
  assert_true(blade.length == cone.length && blade.tip_radius == cone.tip_radius);
}

static void an_unknown_preset_changes_nothing(void **state) {
  (void)state;
  struct fixture f;
  const char *names[] = {"roller", "", "../devices/presets", "presets", ".", "a/b"};
  fixture_init(&f);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct percuta_device device = {.rings = -7};
    struct percuta_entry entry = {.path = "before"};
    assert_int_equal(
        percuta_input_preset_read(f.scenario.catalogue, names[i], f.diag, &device, &entry),
        PERCUTA_BAD_INPUT);
    assert_int_equal(device.rings, -7);
    assert_string_equal(entry.path, "before");
  }
  fixture_clear(&f);
}

static void needles_fill_the_head_evenly(void **state) {
  (void)state;
  struct percuta_layout_point point[36];
  for (int kind = PERCUTA_STAMP; kind <= PERCUTA_PEN; kind++) {
    for (int n = 1; n <= 36; n++) {
      struct percuta_device device = {
          .kind = (enum percuta_device_kind)kind, .needles = n, .head_diameter = 1e-2};
      percuta_device_layout_place(&device, point);
      double reach =
          kind == PERCUTA_STAMP ? percuta_device_layout_stamp_side(&device) / sqrt(2) : 5e-3;
      for (int i = 0; i < n; i++) {
        assert_true(hypot(point[i].along, point[i].across) < reach);
        for (int j = 0; j < i; j++)
          assert_true(hypot(point[i].along - point[j].along, point[i].across - point[j].across) >
                      0.4 * 1e-2 / sqrt(n + 3));
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mf8_has_its_published_geometry),
      cmocka_unit_test(densities_of_pens_and_stamps),
      cmocka_unit_test(rates_of_strikes),
      cmocka_unit_test(every_preset_can_be_loaded),
      cmocka_unit_test(arrays_are_lattices),
      cmocka_unit_test(forms_keep_their_cross_section),
      cmocka_unit_test(an_unknown_preset_changes_nothing),
      cmocka_unit_test(needles_fill_the_head_evenly),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
