/* Drawn vessels against their expectations and against brute force. */
#include "stage_fixture.h"

#include <time.h>

#include "bleeding/bleeding.h"
#include "bleeding/draw.h"
#include "bleeding/filling.h"
#include "bleeding/reach.h"

enum { SEEDS = 200 };

/* A sample's mean and the standard error that the sample itself shows. */
struct sample {
  double count, sum, squares;
};

static void take(struct sample *sample, double value) {
  sample->count++;
  sample->sum += value;
  sample->squares += value * value;
}

static void assert_mean(const struct sample *sample, double expected, const char *what) {
  double mean = sample->sum / sample->count;
  double variance = sample->squares / sample->count - mean * mean;
  double error = sqrt(variance / (sample->count - 1));
  if (!(fabs(mean - expected) <= 3.5 * error))
    fail_msg("%s: the mean %g is %g standard errors from %g", what, mean, (mean - expected) / error,
             expected);
}

/* Every kind of vessel, with a tear, a kink in the radius and ends of vessels. */
static struct percuta_bed some_bed(double vessel_density) {
  return (struct percuta_bed){.loop_density = 84e6,
                              .loop_radius = 8e-6,
                              .loop_top = 0.1e-3,
                              .plexus = {{.top = 0.3e-3,
                                          .thickness = 0.1e-3,
                                          .length_density = 100e6,
                                          .vessel_density = vessel_density,
                                          .radius = 10e-6},
                                         {.top = 0.5e-3,
                                          .thickness = 0.2e-3,
                                          .length_density = 50e6,
                                          .vessel_density = vessel_density,
                                          .radius = 25e-6}}};
}

static struct percuta_channel some_channel(void) {
  return (struct percuta_channel){.penetrated = true,
                                  .x = 0.9e-3,
                                  .y = 0.05e-3,
                                  .direction = 0.6,
                                  .depth = 0.6e-3,
                                  .radius_surface = 70e-6,
                                  .radius_tip = 5e-6,
                                  .cylinder_depth = 0.34e-3,
                                  .tear_surface = 0.2e-3,
                                  .slit_share = 1.1,
                                  .damage_width = 15e-6,
                                  .residual_depth = 0.13e-3,
                                  .residual_radius_surface = 45e-6};
}

static struct percuta_draw_patch *drawn(const struct percuta_bed *bed, double width,
                                        uint64_t seed) {
  struct percuta_draw_patch *draw = NULL;
  assert_int_equal(percuta_bleeding_draw_create(bed, width, seed, &draw), PERCUTA_OK);
  return draw;
}

static void expected_hits(const struct percuta_bed *bed, const struct percuta_channel *channel,
                          double hits[PERCUTA_VESSELS]) {
  struct percuta_reach reach = percuta_bleeding_reach_of_loops(bed, channel);
  hits[PERCUTA_LOOP] = percuta_bleeding_reach_loop_hits(bed, &reach);
  for (int k = 0; k < 2; k++) {
    reach = percuta_bleeding_reach_of_plexus(&bed->plexus[k], channel);
    hits[PERCUTA_UPPER_PLEXUS + k] = percuta_bleeding_reach_plexus_hits(&bed->plexus[k], &reach);
  }
}

/* L_V S/4 + n_V V and the section times the density, for vessels without end, long and short ones,
 * and in a patch that is smaller than the channel and so repeats within it. */
static void drawn_hits_have_the_expected_mean(void **state) {
  (void)state;
  static const char *const NAMES[] = {"loops", "upper plexus", "deep plexus"};
  static const double vessels[] = {0, 1e8, 1e11, 1e12}; /* per volume: mean length 1 m to 0.1 mm */
  static const double widths[] = {1.03e-3, 0.11e-3};
  for (size_t c = 0; c < 8; c++) {
    struct percuta_bed bed = some_bed(vessels[c / 2]);
    struct percuta_channel channel = some_channel();
    double width = widths[c % 2], expected[PERCUTA_VESSELS];
    int side = c % 2 == 0 ? 5 : 1; /* channels far enough apart to be a sample of their own */
    expected_hits(&bed, &channel, expected);
    struct sample sample[PERCUTA_VESSELS] = {{0}};
    for (uint64_t seed = 0; seed < 10 * SEEDS; seed++) {
      struct percuta_draw_patch *draw = drawn(&bed, width, seed);
      double hits[PERCUTA_VESSELS], sum[PERCUTA_VESSELS] = {0};
      for (int i = 0; i < side * side; i++) {
        channel.x = (i % side) * width / side;
        channel.y = (i / side) * width / side;
        percuta_bleeding_draw_hits(draw, &channel, hits);
        for (int k = 0; k < PERCUTA_VESSELS; k++)
          sum[k] += hits[k] / (side * side);
      }
      for (int k = 0; k < PERCUTA_VESSELS; k++)
        take(&sample[k], sum[k]);
      percuta_bleeding_draw_destroy(&draw);
    }
    for (int k = 0; k < PERCUTA_VESSELS; k++) {
      assert_true(expected[k] > 0.2);
      assert_mean(&sample[k], expected[k], NAMES[k]);
    }
  }
}

/* The patch repeats, a seed gives one patch, and another seed another. */
static void a_patch_repeats_and_belongs_to_its_seed(void **state) {
  (void)state;
  const double width = 1.03e-3;
  struct percuta_bed bed = some_bed(1e10);
  struct percuta_draw_patch *draw = drawn(&bed, width, 7), *again = drawn(&bed, width, 7);
  struct percuta_draw_patch *other = drawn(&bed, width, 8);
  int differ = 0;
  double hits[PERCUTA_VESSELS], same[PERCUTA_VESSELS], moved[PERCUTA_VESSELS];
  for (int i = 0; i < 100; i++) {
    struct percuta_channel channel = some_channel();
    channel.x = i % 10 * width / 10;
    channel.y = i * width / 100;
    channel.direction = i;
    percuta_bleeding_draw_hits(draw, &channel, hits);
    percuta_bleeding_draw_hits(again, &channel, same);
    assert_memory_equal(hits, same, sizeof hits);
    percuta_bleeding_draw_hits(other, &channel, same);
    differ += memcmp(hits, same, sizeof hits) != 0;
    channel.x -= 2 * width;
    channel.y += width;
    percuta_bleeding_draw_hits(draw, &channel, moved);
    assert_memory_equal(hits, moved, sizeof hits);
  }
  assert_true(differ > 50);
  percuta_bleeding_draw_destroy(&draw);
  percuta_bleeding_draw_destroy(&again);
  percuta_bleeding_draw_destroy(&other);
}

/* In the widened cut: by its definition, not by the code under test. */
static bool inside(const struct percuta_channel *c, double vessel, const double p[3]) {
  double depth = c->depth + vessel, z = p[2];
  double share = z < c->cylinder_depth ? 1 : (depth - z) / (depth - c->cylinder_depth);
  double radius = c->radius_tip + (c->radius_surface - c->radius_tip) * share;
  double half = (c->slit_share * radius + c->tear_surface * (1 - z / depth)) / 2;
  double along = p[0] * cos(c->direction) + p[1] * sin(c->direction);
  double nearest = fmax(-half, fmin(half, along));
  double dx = p[0] - nearest * cos(c->direction), dy = p[1] - nearest * sin(c->direction);
  return dx * dx + dy * dy <= vessel * vessel;
}

/* Random pieces against many points along each. */
static void pieces_enter_where_their_points_say(void **state) {
  (void)state;
  enum { PIECES = 20000, POINTS = 2000 };
  struct percuta_bed bed = some_bed(0);
  struct percuta_plexus plexus = bed.plexus[0];
  plexus.thickness = 0.4e-3; /* the reach ends at its tip */
  struct percuta_channel channel = some_channel();
  struct percuta_reach reach = percuta_bleeding_reach_of_plexus(&plexus, &channel);
  percuta_bleeding_reach_aim(&reach);
  assert_near(reach.bottom, channel.depth + plexus.radius, 1e-12);
  srand(1);
  int entered = 0, missed = 0;
  for (int i = 0; i < PIECES; i++) {
    struct percuta_reach_piece piece = {.first = i % 2};
    for (int d = 0; d < 3; d++) {
      piece.from[d] = (rand() / (double)RAND_MAX - 0.5) * 0.4e-3;
      piece.to[d] = (rand() / (double)RAND_MAX - 0.5) * 0.4e-3;
    }
    piece.from[2] += 0.5e-3;
    piece.to[2] += 0.5e-3;
    bool starts = false, meets = false;
    for (int s = 0; s <= POINTS && !meets; s++) {
      double p[3];
      for (int d = 0; d < 3; d++)
        p[d] = piece.from[d] + (piece.to[d] - piece.from[d]) * s / POINTS;
      meets = p[2] >= reach.top && p[2] <= reach.bottom && inside(&channel, plexus.radius, p);
      starts = starts || (s == 0 && meets);
    }
    bool expected = starts ? piece.first : meets;
    bool found = percuta_bleeding_reach_entered(&reach, &piece);
    entered += found;
    if (found != expected) { /* points may miss a piece that only grazes, not the other way */
      assert_true(found && !meets);
      missed++;
    }
  }
  assert_true(entered > PIECES / 20);
  assert_true(missed < PIECES / 1000);
}

/* Isolated round channels of the check values: 0.08, 0.38, 0.80 for 10, 35, 70 um. */
static void loops_are_hit_with_the_check_probabilities(void **state) {
  (void)state;
  enum { SIDE = 8 };
  static const double radius[] = {10e-6, 35e-6, 70e-6};
  struct fixture f;
  struct percuta_skin skin;
  fixture_init(&f);
  fixture_skin(&f, &skin);
  skin.capillary_radius = 7.7e-6;
  skin.loop_density = 84e6;
  for (int r = 0; r < 3; r++) {
    struct percuta_channel channel[SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++)
      channel[i] = (struct percuta_channel){.penetrated = true,
                                            .x = i % SIDE * 0.25e-3,
                                            .y = i / SIDE * 0.25e-3,
                                            .depth = 0.2e-3,
                                            .radius_surface = radius[r],
                                            .radius_tip = radius[r],
                                            .slit_share = 2,
                                            .damage_width = 15e-6};
    struct percuta_channels channels = {.item = channel, .count = SIDE * SIDE};
    struct sample bleeding = {0};
    double exact = 1 - exp(-84e6 * (FIXTURE_PI * 7.7e-6 * 7.7e-6 + 4 * 7.7e-6 * radius[r]));
    for (int seed = 0; seed < SEEDS; seed++) {
      struct percuta_bleeding out;
      f.scenario.model.seed = (uint64_t)seed;
      assert_int_equal(
          fixture_bleed(&f, &skin, &channels, SIDE * 0.25e-3, PERCUTA_VESSELS_DRAWN, &out),
          PERCUTA_OK);
      assert_near(out.channels_bleeding_expected / (SIDE * SIDE), exact, 1e-12);
      take(&bleeding, out.channels_bleeding / (SIDE * SIDE));
      percuta_bleeding_clear(&out);
    }
    assert_mean(&bleeding, exact, "share of bleeding channels");
  }
  fixture_clear(&f);
}

/* A session of the real chain on this patch, with its seed. */
static void session(struct fixture *f, const struct percuta_skin *skin, double width,
                    struct percuta_channels *channels) {
  struct percuta_strikes strikes = {0};
  assert_int_equal(percuta_device_strikes_compute(&f->scenario, 0, width, &strikes), PERCUTA_OK);
  assert_int_equal(fixture_insert(f, skin, &strikes, width, channels), PERCUTA_OK);
  percuta_device_strikes_clear(&strikes);
}

static struct percuta_bleeding bleed(struct fixture *f, const struct percuta_skin *skin,
                                     const struct percuta_channels *channels, double width,
                                     enum percuta_vessels_drawn vessels) {
  struct percuta_bleeding out = {0};
  assert_int_equal(fixture_bleed(f, skin, channels, width, vessels, &out), PERCUTA_OK);
  return out;
}

enum { FIGURES = 7 };

static void figures_of(const struct percuta_bleeding *bleeding, double out[FIGURES]) {
  for (int k = 0; k < FIGURES; k++)
    out[k] = 0;
  for (size_t i = 0; i < bleeding->count; i++)
    for (int k = 0; k < PERCUTA_VESSELS; k++)
      out[k] += bleeding->item[i].hits[k];
  out[3] = bleeding->channels_bleeding;
  out[4] = bleeding->shed_volume;
  out[5] = bleeding->clot_volume;
  out[6] = bleeding->channels_overflowing;
}

/* 200 seeds of strikes and vessels on 4 mm: drawn less expected is zero on the mean. The deep
 * plexus is raised to where needles are, and blood made scarce, so that it does not fill every cut.
 */
static void drawn_and_expected_agree_over_200_seeds(void **state) {
  (void)state;
  static const char *const NAMES[FIGURES] = {
      "loops cut", "upper plexus cut",      "deep plexus cut", "channels that bleed", "blood shed",
      "clot",      "channels that overflow"};
  const double width = 4e-3;
  struct fixture f;
  struct percuta_skin skin;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  fixture_set(&f, "bleeding.plug_time", "5 s");
  f.scenario.session.repeat = 32;
  fixture_skin(&f, &skin);
  skin.deep_plexus_depth = 0.45e-3;
  struct sample difference[FIGURES] = {{0}};
  double total[FIGURES] = {0};
  for (int seed = 0; seed < SEEDS; seed++) {
    f.scenario.model.seed = (uint64_t)seed;
    struct percuta_channels channels = {0};
    session(&f, &skin, width, &channels);
    struct percuta_bleeding by_draw = bleed(&f, &skin, &channels, width, PERCUTA_VESSELS_DRAWN);
    struct percuta_bleeding expected = bleed(&f, &skin, &channels, width, PERCUTA_VESSELS_EXPECTED);
    double a[FIGURES], b[FIGURES];
    figures_of(&by_draw, a);
    figures_of(&expected, b);
    for (int k = 0; k < FIGURES; k++) {
      take(&difference[k], a[k] - b[k]);
      total[k] += b[k];
    }
    assert_near(by_draw.channels_bleeding_expected, expected.channels_bleeding, 1e-12);
    assert_near(by_draw.shed_per_area_expected, expected.shed_per_area, 1e-12);
    percuta_bleeding_clear(&by_draw);
    percuta_bleeding_clear(&expected);
    percuta_insertion_channel_clear(&channels);
  }
  for (int k = 0; k < FIGURES; k++) {
    struct sample *d = &difference[k];
    assert_mean(d, 0, NAMES[k]);
    /* and the sample is large enough to see a difference of a tenth */
    double error = sqrt(d->squares / d->count / (d->count - 1));
    print_message("%s: %g expected, drawn %+.3g %%, %.2g standard errors\n", NAMES[k],
                  total[k] / SEEDS, 100 * d->sum / total[k], d->sum / d->count / error);
    assert_true(total[k] > 0 && 3.5 * error < 0.1 * total[k] / SEEDS);
  }
  fixture_clear(&f);
}

/* A drawn channel has whole numbers of vessels, bleeds or does not, and sheds what they shed. */
static void a_drawn_channel_is_as_it_went(void **state) {
  (void)state;
  const double width = 3e-3;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_channels channels = {0};
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.session.repeat = 4;
  fixture_skin(&f, &skin);
  session(&f, &skin, width, &channels);
  struct percuta_bleeding out = bleed(&f, &skin, &channels, width, PERCUTA_VESSELS_DRAWN);
  double bleeding = 0, overflowing = 0, volume = 0;
  for (size_t i = 0; i < out.count; i++) {
    const struct percuta_bleed *item = &out.item[i];
    double shed = 0, room = percuta_insertion_channel_room(&channels.item[i]);
    for (int k = 0; k < PERCUTA_VESSELS; k++) {
      assert_true(item->hits[k] == floor(item->hits[k]));
      shed += item->hits[k] * out.shed[k];
    }
    assert_true(item->bleed_probability == (shed > 0));
    assert_true(item->shed_volume == shed);
    assert_true(item->clot_fill == (shed > 0 ? fmin(1, shed / room) : 0));
    bleeding += item->bleed_probability;
    overflowing += shed > room;
    volume += shed;
  }
  assert_true(bleeding > 0 && out.channels_bleeding == bleeding);
  assert_true(overflowing > 0 && out.channels_overflowing == overflowing);
  assert_true(out.pinpoint_bleeding);
  assert_near(out.shed_volume, volume, 1e-12);
  percuta_bleeding_clear(&out);
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

static void longer_needles_bleed_more(void **state) {
  (void)state;
  static const double lengths[] = {0.25e-3, 0.5e-3, 1e-3, 1.5e-3, 2e-3, 2.5e-3, 3e-3};
  enum { LENGTHS = sizeof lengths / sizeof *lengths };
  const double width = 10e-3;
  struct fixture f;
  struct percuta_skin skin;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.session.repeat = 16;
  fixture_skin(&f, &skin);
  for (int mode = 0; mode < 2; mode++) {
    double before = -1;
    for (int l = 0; l < LENGTHS; l++) {
      struct percuta_channels channels = {0};
      f.scenario.device.needle.length = f.scenario.device.needle.taper = lengths[l];
      session(&f, &skin, width, &channels);
      struct percuta_bleeding out =
          bleed(&f, &skin, &channels, width, (enum percuta_vessels_drawn)mode);
      double each = out.shed_volume / (double)channels.penetrated;
      assert_true(each > before);
      before = each;
      percuta_bleeding_clear(&out);
      percuta_insertion_channel_clear(&channels);
    }
  }
  fixture_clear(&f);
}

static void a_channel_above_the_loops_draws_no_blood(void **state) {
  (void)state;
  const double width = 1e-3;
  struct fixture f;
  struct percuta_skin skin;
  fixture_init(&f);
  fixture_skin(&f, &skin);
  skin.loop_density *= 100;
  skin.plexus_length_density *= 100;
  skin.plexus_depth = 0; /* no plexus lies above the loops, whatever is said of its depth */
  struct percuta_channel channel = some_channel();
  struct percuta_channels channels = {.item = &channel, .count = 1, .penetrated = 1};
  for (int mode = 0; mode < 2; mode++) {
    channel.depth = skin.loop_top;
    struct percuta_bleeding dry =
        bleed(&f, &skin, &channels, width, (enum percuta_vessels_drawn)mode);
    channel.depth = skin.loop_top + 1e-6;
    struct percuta_bleeding wet =
        bleed(&f, &skin, &channels, width, (enum percuta_vessels_drawn)mode);
    assert_true(dry.channels_bleeding == 0 && dry.shed_volume == 0 && !dry.pinpoint_bleeding);
    assert_true(wet.channels_bleeding > 0 && wet.shed_volume > 0);
    percuta_bleeding_clear(&dry);
    percuta_bleeding_clear(&wet);
  }
  fixture_clear(&f);
}

/* Mean filling of a cut over Poisson numbers, against closed forms and a long sum. */
static void filling_is_the_poisson_mean(void **state) {
  (void)state;
  const double h = 0.7;
  double shed = 3;
  struct percuta_filling one =
      percuta_bleeding_filling_expected(&h, &shed, 1, 2); /* any vessel overflows */
  assert_near(one.share, 1 - exp(-h), 1e-12);
  assert_near(one.overflows, 1 - exp(-h), 1e-12);
  shed = 1;
  one = percuta_bleeding_filling_expected(&h, &shed, 1, 2); /* one fills half, two all */
  assert_near(one.share, 1 - exp(-h) - h * exp(-h) / 2, 1e-12);
  assert_near(one.overflows, 1 - exp(-h) * (1 + h + h * h / 2), 1e-12);
  shed = 1e-3;
  one = percuta_bleeding_filling_expected(&h, &shed, 1, 1); /* never full */
  assert_near(one.share, h * shed, 1e-12);
  assert_true(one.overflows < 1e-12);
  const double hits[3] = {0.9, 2.3, 0.05}, each[3] = {0.1137, 0.2319, 1.9};
  double share = 0, over = 0;
  for (int i = 0; i < 40; i++)
    for (int j = 0; j < 40; j++)
      for (int k = 0; k < 20; k++) {
        double p = exp(i * log(hits[0]) - hits[0] - lgamma(i + 1) + j * log(hits[1]) - hits[1] -
                       lgamma(j + 1) + k * log(hits[2]) - hits[2] - lgamma(k + 1));
        double sum = i * each[0] + j * each[1] + k * each[2];
        share += p * fmin(1, sum);
        over += sum > 1 ? p : 0;
      }
  struct percuta_filling three = percuta_bleeding_filling_expected(hits, each, 3, 1);
  assert_near(three.share, share, 1e-10);
  assert_near(three.overflows, over, 1e-10);
  /* vessels that shed nothing are as none */
  const double more_hits[2] = {5, h}, dry[2] = {0, 1};
  struct percuta_filling two = percuta_bleeding_filling_expected(more_hits, dry, 2, 2);
  assert_near(two.share, 1 - exp(-h) - h * exp(-h) / 2, 1e-12);
  assert_near(two.overflows, 1 - exp(-h) * (1 + h + h * h / 2), 1e-12);
}

/* Only a patch draws, and it may be told not to. */
static void the_patch_alone_draws(void **state) {
  (void)state;
  struct percuta_scenario scenario = {.model = {.fidelity = PERCUTA_PATCH}};
  assert_int_equal(percuta_bleeding_vessels(&scenario), PERCUTA_VESSELS_DRAWN);
  scenario.model.vessels = PERCUTA_VESSELS_EXPECTED;
  assert_int_equal(percuta_bleeding_vessels(&scenario), PERCUTA_VESSELS_EXPECTED);
  scenario.model.vessels = PERCUTA_VESSELS_DRAWN;
  scenario.model.fidelity = PERCUTA_COLUMN;
  assert_int_equal(percuta_bleeding_vessels(&scenario), PERCUTA_VESSELS_EXPECTED);
}

/* Below a second of processor time; a sanitized program may take several. */
static void a_hundred_thousand_channels_in_a_second(void **state) {
  (void)state;
  enum { COUNT = 100000 };
  const double width = 20e-3;
  struct fixture f;
  struct percuta_skin skin;
  fixture_init(&f);
  fixture_skin(&f, &skin);
  skin.deep_plexus_depth = 0.5e-3;
  struct percuta_channel *item = calloc(COUNT, sizeof *item);
  assert_non_null(item);
  for (int i = 0; i < COUNT; i++) {
    item[i] = some_channel();
    item[i].x = fmod(i * 0.6180339887498949, 1) * width;
    item[i].y = (i + 0.5) / COUNT * width;
    item[i].direction = i;
  }
  struct percuta_channels channels = {.item = item, .count = COUNT, .penetrated = COUNT};
  clock_t start = clock();
  struct percuta_bleeding out = bleed(&f, &skin, &channels, width, PERCUTA_VESSELS_DRAWN);
  double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  const char *sanitized = getenv("PERCUTA_SANITIZED");
  print_message("%g s\n", seconds);
  assert_true(seconds < (sanitized && strcmp(sanitized, "1") == 0 ? 60 : 5));
  percuta_bleeding_clear(&out);
  free(item);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(drawn_hits_have_the_expected_mean),
      cmocka_unit_test(a_patch_repeats_and_belongs_to_its_seed),
      cmocka_unit_test(pieces_enter_where_their_points_say),
      cmocka_unit_test(loops_are_hit_with_the_check_probabilities),
      cmocka_unit_test(drawn_and_expected_agree_over_200_seeds),
      cmocka_unit_test(a_drawn_channel_is_as_it_went),
      cmocka_unit_test(longer_needles_bleed_more),
      cmocka_unit_test(a_channel_above_the_loops_draws_no_blood),
      cmocka_unit_test(filling_is_the_poisson_mean),
      cmocka_unit_test(the_patch_alone_draws),
      cmocka_unit_test(a_hundred_thousand_channels_in_a_second),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
