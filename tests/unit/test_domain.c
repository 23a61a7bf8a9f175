/* Domains of permeation: what is refused, bores, closing, rows in depth. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* clang-format off */
#include <cmocka.h>
/* clang-format on */

#include "permeation/channel.h"
#include "permeation/column.h"
#include "permeation/domain.h"
#include "permeation/rings.h"

static const double RADIUS[] = {4e-5, 2e-5, 1e-5};
static const double OUTPUT[] = {100, 200};

struct setting {
  struct percuta_permeation_layer layers[2];
  struct percuta_bore bore;
  struct percuta_dose doses[2];
  struct percuta_closing closings[2];
  struct percuta_domain domain;
};

static void setting_init(struct setting *s) {
  *s = (struct setting){
      .layers = {{.name = "a", .thickness = 1e-5, .diffusivity = 1e-13, .partition = 2},
                 {.name = "b", .thickness = 1e-3, .diffusivity = 1e-10, .partition = 1}},
      .bore = {.depth = 3e-4, .radius_count = 3, .radius = RADIUS},
      .doses = {{.kind = PERCUTA_DOSE_FINITE, .time = 0, .volume = 1e-4, .concentration = 1},
                {.kind = PERCUTA_DOSE_WASH, .time = 50}},
      .closings = {{.time = 10, .radius_share = 0.5, .depth_share = 0.8},
                   {.time = 20, .radius_share = 0, .depth_share = 0}}};
  s->domain = (struct percuta_domain){.layers = s->layers,
                                      .layer_count = 2,
                                      .density = 1e6,
                                      .bores = &s->bore,
                                      .bore_count = 1,
                                      .fill_diffusivity = 1e-9,
                                      .fill_partition = 1,
                                      .closings = s->closings,
                                      .closing_count = 2,
                                      .doses = s->doses,
                                      .dose_count = 2,
                                      .outputs = OUTPUT,
                                      .output_count = 2};
}

typedef void mistake(struct setting *s);

static void thin(struct setting *s) {
  s->layers[0].thickness = 0;
}
static void no_partition(struct setting *s) {
  s->layers[1].partition = 0;
}
static void negative_diffusivity(struct setting *s) {
  s->layers[1].diffusivity = -1;
}
static void not_a_number(struct setting *s) {
  s->layers[1].loss = nan("");
}
static void too_deep(struct setting *s) {
  s->bore.depth = 1.1e-3;
}
static void too_dense(struct setting *s) {
  s->domain.density = 3e8;
}
static void no_density(struct setting *s) {
  s->domain.density = 0;
}
static void closes_backwards(struct setting *s) {
  s->closings[1].time = 5;
}
static void opens_wider(struct setting *s) {
  s->closings[0].radius_share = 1.2;
}
static void no_volume(struct setting *s) {
  s->doses[0].volume = 0;
}
static void washes_before(struct setting *s) {
  s->doses[1].time = -1;
}
static void no_outputs(struct setting *s) {
  s->domain.output_count = 0;
}
static void no_layers(struct setting *s) {
  s->domain.layer_count = 0;
}

static void mistakes_are_refused(void **state) {
  mistake *const mistakes[] = {thin,        no_partition, negative_diffusivity, not_a_number,
                               too_deep,    too_dense,    no_density,           closes_backwards,
                               opens_wider, no_volume,    washes_before,        no_outputs,
                               no_layers};
  const struct percuta_resolution resolution = {0};
  struct percuta_permeation *course = NULL;
  const char *wrong = NULL;
  struct setting s;
  (void)state;
  setting_init(&s);
  assert_int_equal(PERCUTA_OK, percuta_permeation_domain_check(&s.domain, true, &wrong));
  assert_null(wrong);
  for (size_t at = 0; at < sizeof mistakes / sizeof *mistakes; ++at) {
    setting_init(&s);
    mistakes[at](&s);
    wrong = NULL;
    assert_int_equal(PERCUTA_BAD_INPUT,
                     percuta_permeation_column_run(&s.domain, &resolution, &course, &wrong));
    assert_non_null(wrong);
    wrong = NULL;
    assert_int_equal(PERCUTA_BAD_INPUT,
                     percuta_permeation_channel_run(&s.domain, &resolution, &course, &wrong));
    assert_non_null(wrong);
    assert_null(course);
  }
}

static void channels_need_a_bore(void **state) {
  const struct percuta_resolution resolution = {0};
  struct percuta_permeation *course = NULL;
  const char *wrong = NULL;
  struct setting s;
  (void)state;
  setting_init(&s);
  s.domain.density = 0;
  s.domain.bore_count = 0;
  assert_int_equal(PERCUTA_BAD_INPUT,
                   percuta_permeation_channel_run(&s.domain, &resolution, &course, &wrong));
  assert_non_null(wrong);
  assert_int_equal(PERCUTA_OK,
                   percuta_permeation_column_run(&s.domain, &resolution, &course, &wrong));
  percuta_permeation_domain_course_destroy(&course);
  assert_null(course);
  percuta_permeation_domain_course_destroy(&course);
}

static void bores_taper_and_close(void **state) {
  struct setting s;
  (void)state;
  setting_init(&s);
  struct percuta_closing now = percuta_permeation_domain_closing(&s.domain, 5);
  assert_true(now.radius_share == 1 && now.depth_share == 1);
  assert_true(fabs(percuta_permeation_domain_radius(&s.bore, 0, &now) - 4e-5) < 1e-18);
  assert_true(fabs(percuta_permeation_domain_radius(&s.bore, 7.5e-5, &now) - 3e-5) < 1e-18);
  assert_true(fabs(percuta_permeation_domain_radius(&s.bore, 3e-4, &now) - 1e-5) < 1e-18);
  assert_true(percuta_permeation_domain_radius(&s.bore, 3.01e-4, &now) == 0);
  now = percuta_permeation_domain_closing(&s.domain, 10);
  assert_true(fabs(percuta_permeation_domain_radius(&s.bore, 1.5e-4, &now) - 1e-5) < 1e-18);
  assert_true(percuta_permeation_domain_radius(&s.bore, 2.5e-4, &now) == 0);
  now = percuta_permeation_domain_closing(&s.domain, 1e9);
  assert_true(now.radius_share == 0);
}

static void rows_keep_interfaces_and_tips(void **state) {
  struct setting s;
  double *face = NULL;
  int *layer = NULL, rows = 0;
  (void)state;
  setting_init(&s);
  assert_int_equal(PERCUTA_OK,
                   percuta_permeation_domain_rows(&s.domain, 6, 0, &face, &layer, &rows));
  assert_int_equal(18, rows);
  assert_true(face[0] == 0 && face[6] == 1e-5 && face[12] == 3e-4);
  assert_true(face[18] == percuta_permeation_domain_depth(&s.domain));
  for (int k = 0; k < rows; ++k) {
    assert_true(face[k + 1] > face[k]);
    assert_int_equal(k < 6 ? 0 : 1, layer[k]);
  }
  assert_true(fabs((face[7] - face[6]) - (face[12] - face[11])) < 1e-18); /* fine at both ends */
  assert_true(face[9] - face[8] > face[7] - face[6]);
  free(face);
  free(layer);
  assert_int_equal(PERCUTA_OK,
                   percuta_permeation_domain_rows(&s.domain, 6, 4e-4, &face, &layer, &rows));
  assert_int_equal(12, rows); /* the tip is too near to an interface */
  free(face);
  free(layer);
}

static void rings_grow_from_the_wall(void **state) {
  double face[12];
  (void)state;
  percuta_permeation_rings_faces(1, 4, 10, 7, face);
  assert_true(face[0] == 0 && face[4] == 1 && face[11] == 10);
  double growth = (face[6] - face[5]) / (face[5] - face[4]);
  assert_true(growth > 1);
  for (int at = 4; at < 11; ++at)
    assert_true(fabs((face[at + 1] - face[at]) / (face[at] - face[at - 1]) - growth) < 1e-6);
  percuta_permeation_rings_faces(1, 4, 1.5, 7, face); /* closer than seven of them reach */
  assert_true(fabs((face[5] - face[4]) - 0.5 / 7) < 1e-9 && face[11] == 1.5);
}

static void formulas(void **state) {
  const struct percuta_permeation_layer layers[] = {
      {.thickness = 1e-5, .diffusivity = 1e-13, .partition = 2},
      {.thickness = 1e-3, .diffusivity = 1e-10, .partition = 1}};
  double bores = percuta_permeation_column_bore_permeability(1e6, 35e-6, 150e-6, 2e-10, 2e-10);
  (void)state;
  assert_true(fabs(percuta_permeation_column_intact_permeability(layers, 2) * 6e7 - 1) < 1e-12);
  assert_true(fabs(bores / 4.336e-9 - 1) < 1e-3); /* 10^-6.4 cm/s, worked by hand */
  assert_true(fabs(percuta_permeation_column_permeability(1e-9, bores, 1e6, 35e-6) - bores -
                   1e-9 * (1 - 1e6 * acos(-1.0) * 35e-6 * 35e-6)) < 1e-24);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mistakes_are_refused),     cmocka_unit_test(channels_need_a_bore),
      cmocka_unit_test(bores_taper_and_close),    cmocka_unit_test(rows_keep_interfaces_and_tips),
      cmocka_unit_test(rings_grow_from_the_wall), cmocka_unit_test(formulas),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
