/* A pass is an infinite pattern of strikes, seen through the window of the patch. It is written in
 * the frame of the hand: `along` the path and `across` it, from the middle of the patch. The device
 * goes over the skin in parallel tracks as wide as itself:
 *   roller  each ring strikes every pitch = 2 pi R (1 + slip) / needles_per_ring along the path
 *   pen     the head strikes every speed / frequency along the path
 *   stamp   the head is put down on a square grid of its own side, an array on its own sides; so is
 *           a pen that stamps, each time for round(side frequency / speed) strokes on the spot
 * In circles wider than the patch every pass over it has a direction of its own, drawn at random.
 * What is random is drawn once per pass (offset, jitter) or track (phase), from counters that name
 * the draw, the pass and track only. All passes of a small patch are drawn again until it has the
 * expected number of strikes: what it shows is then skin as it is struck on average, not a place
 * that happened to lie between two rows of needles.
 * Theory: docs/theory/device.md. Tests: tests/unit/test_strikes.c (kinematics, closed-form
 * densities, spread), test_coverage.c. */
#include "device/strikes.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/random.h"
#include "device/device.h"
#include "device/layout.h"

static const double PI = 3.14159265358979323846;

/* Tracks are numbered from a common zero, left and right of the middle. */
enum { TRACK_ZERO = 1 << 30 };

/* How often a session is drawn before its first draw is taken as it is, and how far from the
 * expected number counts as equal: a choice of variance against time. */
enum { DRAWS = 64 };
static const double EQUAL = 0.005;

/* What one pass needs to be generated. */
struct pass {
  const struct percuta_scenario *scenario;
  struct percuta_random_key strike_key;
  struct percuta_strikes *strikes;
  size_t capacity;
  double width;        /* [m] of the patch */
  double direction;    /* [rad] with jitter */
  double cosine, sine; /* of it */
  double reach;        /* [m] half the patch's extent along and across the path */
  double offset;       /* [m] of track 0 across the path, below one track's width */
  double start;        /* [s] of the pass */
  int index;           /* of the pass */
  uint32_t counter;    /* of the pass in its draw */
};

double percuta_device_strikes_entry_angle(double drum_radius, double needle_length) {
  return acos(drum_radius / (drum_radius + needle_length));
}

/* How far behind the place where it was lowest the tip is, `angle` past that [m]; `tip` is R + L,
 * `rolling` (1 + slip) R. */
static double lag(double tip, double rolling, double angle) {
  return tip * sin(angle) - rolling * angle;
}

/* sweep = 2 max[lag(turn), -lag(theta0)]
 *   cos(turn) = (1 + slip) R/(R + L),   cos(theta0) = R/(R + L) */
double percuta_device_strikes_sweep(const struct percuta_device *device, double slip) {
  if (device->kind != PERCUTA_ROLLER)
    return 0;
  double radius = device->drum_diameter / 2;
  double length = percuta_device_worn_needle(device).length;
  double tip = radius + length;
  double angle = percuta_device_strikes_entry_angle(radius, length);
  double rolling = (1 + slip) * radius;
  /* with slip the tip turns back before it leaves: the sweep is between its extremes */
  double turn = rolling < tip ? acos(rolling / tip) : 0;
  return 2 * fmax(lag(tip, rolling, turn), -lag(tip, rolling, angle));
}

/* Moves the strike of a bent needle to where its tip is. It stays in the patch, which is periodic:
 * what leaves on one side comes in on the other. */
static void bend(const struct pass *pass, struct percuta_strike *strike) {
  double along = 0, across = 0;
  strike->bent = percuta_device_is_bent(&pass->scenario->device, pass->scenario->model.seed,
                                        strike->needle, &along, &across);
  if (!strike->bent)
    return;
  strike->x += along * pass->cosine - across * pass->sine;
  strike->y += along * pass->sine + across * pass->cosine;
  strike->x -= pass->width * floor(strike->x / pass->width);
  strike->y -= pass->width * floor(strike->y / pass->width);
  if (strike->x >= pass->width) /* by rounding */
    strike->x = 0;
  if (strike->y >= pass->width)
    strike->y = 0;
}

/* Keeps the strike if it falls into the patch. */
static enum percuta_status add(struct pass *pass, double along, double across, double time,
                               int needle) {
  double x = pass->width / 2 + along * pass->cosine - across * pass->sine;
  double y = pass->width / 2 + along * pass->sine + across * pass->cosine;
  if (!(x >= 0 && x < pass->width && y >= 0 && y < pass->width))
    return PERCUTA_OK;
  struct percuta_strikes *strikes = pass->strikes;
  if (strikes->count == pass->capacity) {
    size_t capacity = pass->capacity ? 2 * pass->capacity : 256;
    struct percuta_strike *item = realloc(strikes->item, capacity * sizeof *item);
    if (!item)
      return PERCUTA_MEMORY;
    strikes->item = item;
    pass->capacity = capacity;
  }
  strikes->item[strikes->count++] = (struct percuta_strike){.x = x,
                                                            .y = y,
                                                            .time = time,
                                                            .direction = pass->direction,
                                                            .pass = pass->index,
                                                            .needle = needle};
  bend(pass, &strikes->item[strikes->count - 1]);
  return PERCUTA_OK;
}

/* The stretch [*from, *to] along the path on which the line at `across` is inside the patch. */
static bool clip(const struct pass *pass, double across, double *from, double *to) {
  double half = pass->width / 2;
  double base[2] = {-across * pass->sine, across * pass->cosine};
  double slope[2] = {pass->cosine, pass->sine};
  *from = -pass->reach;
  *to = pass->reach;
  for (int i = 0; i < 2; i++) {
    if (slope[i] == 0) {
      if (fabs(base[i]) > half)
        return false;
      continue;
    }
    double a = (-half - base[i]) / slope[i], b = (half - base[i]) / slope[i];
    *from = fmax(*from, fmin(a, b));
    *to = fmin(*to, fmax(a, b));
  }
  return *from <= *to;
}

static void draw_track(const struct pass *pass, int track, double uniform[4]) {
  percuta_base_random_uniform4(pass->strike_key, pass->counter, (uint32_t)(TRACK_ZERO + track),
                               uniform);
}

/* Duration of one track [s]: the diagonal of the patch and `extra` [m] at the hand's speed. The
 * same for every direction, so that passes start at times that no draw shifts. */
static double track_duration(const struct pass *pass, double extra) {
  return (pass->width * sqrt(2) + extra) / pass->scenario->session.speed;
}

static int track_first(const struct pass *pass, double width) {
  return (int)floor((-pass->reach - pass->offset) / width);
}

static int track_last(const struct pass *pass, double width) {
  return (int)floor((pass->reach - pass->offset) / width);
}

/* One ring of needles rolling over the patch at `across`: a strike every `pitch` along the path. */
static enum percuta_status roll_ring(struct pass *pass, double across, double pitch, double phase,
                                     double start, int ring, int first_needle) {
  double from = 0, to = 0;
  if (!clip(pass, across, &from, &to))
    return PERCUTA_OK;
  const struct percuta_scenario *scenario = pass->scenario;
  int needles = scenario->device.needles_per_ring;
  double last = floor((to - phase) / pitch);
  for (double step = ceil((from - phase) / pitch); step <= last; step++) {
    double along = phase + step * pitch;
    int needle = (int)fmod(step + first_needle, needles);
    if (needle < 0)
      needle += needles;
    double time = start + (along + pass->width * sqrt(2) / 2) / scenario->session.speed;
    enum percuta_status status = add(pass, along, across, time, ring * needles + needle);
    if (status != PERCUTA_OK)
      return status;
  }
  return PERCUTA_OK;
}

static enum percuta_status roll(struct pass *pass) {
  const struct percuta_device *device = &pass->scenario->device;
  double width = device->drum_width;
  double pitch =
      PI * device->drum_diameter / device->needles_per_ring * (1 + pass->scenario->session.slip);
  int first = track_first(pass, width), last = track_last(pass, width);
  for (int track = first; track <= last; track++) {
    double uniform[4];
    draw_track(pass, track, uniform);
    double start = pass->start + (track - first) * track_duration(pass, 0);
    int needle = (int)floor(uniform[1] * device->needles_per_ring);
    for (int ring = 0; ring < device->rings; ring++) {
      double across = pass->offset + (track + (ring + 0.5) / device->rings) * width;
      double turned = device->staggered && ring % 2 == 1 ? 0.5 : 0;
      enum percuta_status status =
          roll_ring(pass, across, pitch, (uniform[0] + turned) * pitch, start, ring, needle);
      if (status != PERCUTA_OK)
        return status;
    }
  }
  return PERCUTA_OK;
}

/* All needles of a head at one place; `turn` [rad] is how the head is turned in the frame. */
static enum percuta_status strike_head(struct pass *pass, const struct percuta_layout_point *needle,
                                       double along, double across, double turn, double time) {
  double c = cos(turn), s = sin(turn);
  for (int i = 0; i < percuta_device_needle_count(&pass->scenario->device); i++) {
    enum percuta_status status = add(pass, along + c * needle[i].along - s * needle[i].across,
                                     across + s * needle[i].along + c * needle[i].across, time, i);
    if (status != PERCUTA_OK)
      return status;
  }
  return PERCUTA_OK;
}

/* A pen glides along tracks as wide as its head and strikes every speed / frequency of the way. */
static enum percuta_status glide(struct pass *pass, const struct percuta_layout_point *needle) {
  const struct percuta_device *device = &pass->scenario->device;
  double width = device->head_diameter, step = pass->scenario->session.speed / device->frequency;
  int first = track_first(pass, width), last = track_last(pass, width);
  double before = pass->width * sqrt(2) / 2 + width / 2;
  for (int track = first; track <= last; track++) {
    double uniform[4], from = 0, to = 0;
    draw_track(pass, track, uniform);
    double across = pass->offset + (track + 0.5) * width;
    /* Needles up to half a head from the path can still meet the patch. */
    from = -pass->reach - width / 2;
    to = pass->reach + width / 2;
    double start = pass->start + (track - first) * track_duration(pass, width);
    double phase = uniform[0] * step, stroke_last = floor((to - phase) / step);
    for (double stroke = ceil((from - phase) / step); stroke <= stroke_last; stroke++) {
      double along = phase + stroke * step;
      double time = start + (along + before) / pass->scenario->session.speed;
      enum percuta_status status =
          strike_head(pass, needle, along, across, 2 * PI * uniform[1], time);
      if (status != PERCUTA_OK)
        return status;
    }
  }
  return PERCUTA_OK;
}

/* Seconds from one press of a stamp to the next; an array is down when it has come its needles'
 * length. */
static double press_time(const struct percuta_scenario *scenario) {
  const struct percuta_device *device = &scenario->device;
  return device->kind == PERCUTA_ARRAY ? device->needle.length / scenario->session.speed
                                       : 1 / device->frequency;
}

/* How often a head strikes where it is put down: a pen, as often as it would gliding by. */
static int strokes_on_a_spot(const struct percuta_scenario *scenario) {
  const struct percuta_device *device = &scenario->device;
  const double side = percuta_device_layout_along(device);
  if (device->kind != PERCUTA_PEN)
    return 1;
  return (int)fmax(
      1, round(side * side / device->head_diameter * device->frequency / scenario->session.speed));
}

static bool glides(const struct pass *pass) {
  const struct percuta_session *way = &pass->scenario->session;
  return pass->scenario->device.kind == PERCUTA_PEN &&
         way->passes[pass->index / way->repeat].motion != PERCUTA_MOTION_STAMPING;
}

/* A stamp or array is put down side by side on a grid turned into the direction of the pass. */
static enum percuta_status stamp(struct pass *pass, const struct percuta_layout_point *needle) {
  const struct percuta_device *device = &pass->scenario->device;
  const double along = percuta_device_layout_along(device);
  const double across = percuta_device_layout_across(device);
  const double each = press_time(pass->scenario);
  const int strokes = strokes_on_a_spot(pass->scenario);
  double uniform[4];
  draw_track(pass, 0, uniform);
  double shift = uniform[0] * along;
  int row_first = track_first(pass, across), row_last = track_last(pass, across);
  int first = (int)floor((-pass->reach - shift) / along);
  int last = (int)floor((pass->reach - shift) / along);
  int placed = 0;
  for (int row = row_first; row <= row_last; row++) {
    for (int column = first; column <= last; column++) {
      for (int stroke = 0; stroke < strokes; stroke++) {
        double time = pass->start + placed++ * each;
        enum percuta_status status = strike_head(pass, needle, shift + (column + 0.5) * along,
                                                 pass->offset + (row + 0.5) * across, 0, time);
        if (status != PERCUTA_OK)
          return status;
      }
    }
  }
  return PERCUTA_OK;
}

/* Width of a track [m] and the time that no pass exceeds [s]. */
static void plan_pass(const struct pass *pass, double *track_width, double *duration) {
  const struct percuta_device *device = &pass->scenario->device;
  double diagonal = pass->width * sqrt(2);
  switch (device->kind) {
  case PERCUTA_ROLLER:
    *track_width = device->drum_width;
    *duration = (ceil(diagonal / *track_width) + 1) * track_duration(pass, 0);
    return;
  case PERCUTA_PEN:
    *track_width = device->head_diameter;
    *duration = (ceil(diagonal / *track_width) + 1) * track_duration(pass, *track_width);
    if (glides(pass))
      return;
    break;
  case PERCUTA_STAMP:
  case PERCUTA_ARRAY:
    break;
  }
  *track_width = percuta_device_layout_across(device);
  double rows = ceil(diagonal / *track_width) + 1;
  double columns = ceil(diagonal / percuta_device_layout_along(device)) + 1;
  *duration = rows * columns * strokes_on_a_spot(pass->scenario) * press_time(pass->scenario);
}

static int compare(const void *left, const void *right) {
  const struct percuta_strike *a = left, *b = right;
  if (a->time != b->time)
    return a->time < b->time ? -1 : 1;
  if (a->needle != b->needle)
    return a->needle < b->needle ? -1 : 1;
  if (a->x != b->x)
    return a->x < b->x ? -1 : 1;
  return (a->y > b->y) - (a->y < b->y);
}

/* In the order of time, in which stamps and pens are generated already. */
static void sort(struct percuta_strike *item, size_t count) {
  for (size_t i = 1; i < count; i++) {
    if (compare(&item[i - 1], &item[i]) > 0) {
      qsort(item, count, sizeof *item, compare);
      return;
    }
  }
}

/* Draws what is random about the pass and generates its strikes, in the order of time. */
static enum percuta_status run_pass(struct pass *pass, int session,
                                    const struct percuta_layout_point *needle) {
  const struct percuta_session *way = &pass->scenario->session;
  struct percuta_random_key key = {.seed = pass->scenario->model.seed,
                                   .session = (uint32_t)session,
                                   .purpose = PERCUTA_RANDOM_PASS};
  double uniform[4], normal[2], track_width = 0, duration = 0;
  percuta_base_random_uniform4(key, pass->counter, 0, uniform);
  percuta_base_random_normal2(key, pass->counter, 1, normal);
  plan_pass(pass, &track_width, &duration);
  pass->offset = uniform[0] * track_width;
  const struct percuta_pass *moved = &way->passes[pass->index / way->repeat];
  pass->direction = moved->direction + way->angle_jitter * normal[0];
  if (moved->motion == PERCUTA_MOTION_CIRCULAR)
    pass->direction = 2 * PI * uniform[1];
  pass->cosine = cos(pass->direction);
  pass->sine = sin(pass->direction);
  pass->reach = (fabs(pass->cosine) + fabs(pass->sine)) * pass->width / 2;
  pass->start = pass->index * duration;
  size_t before = pass->strikes->count;
  enum percuta_device_kind kind = pass->scenario->device.kind;
  enum percuta_status status = kind == PERCUTA_ROLLER ? roll(pass)
                               : glides(pass)         ? glide(pass, needle)
                                                      : stamp(pass, needle);
  if (status == PERCUTA_OK)
    sort(pass->strikes->item + before, pass->strikes->count - before);
  return status;
}

/* All strikes of a session, as they fall in one of its draws. */
static enum percuta_status lay(const struct percuta_scenario *scenario, int session, double width,
                               int draw, const struct percuta_layout_point *needle,
                               struct percuta_strikes *out) {
  struct percuta_strikes strikes = {.session = session};
  struct pass pass = {.scenario = scenario,
                      .strike_key = {.seed = scenario->model.seed,
                                     .session = (uint32_t)session,
                                     .purpose = PERCUTA_RANDOM_STRIKE},
                      .strikes = &strikes,
                      .width = width};
  const int passes = scenario->session.pass_count * scenario->session.repeat;
  enum percuta_status status = PERCUTA_OK;
  for (int i = 0; i < passes && status == PERCUTA_OK; i++) {
    pass.index = i;
    pass.counter = (uint32_t)(draw * passes + i);
    status = run_pass(&pass, session, needle);
  }
  if (status == PERCUTA_OK)
    *out = strikes;
  else
    percuta_device_strikes_clear(&strikes);
  return status;
}

/* The expected number of strikes, rounded up as often as its fraction says: fractions of the
 * sessions of a course are spread evenly from the one that the seed draws (steps of the golden
 * ratio), so that their mean is right whatever the course's length. */
static double wanted(const struct percuta_scenario *scenario, int session, double width) {
  const struct percuta_session *way = &scenario->session;
  const struct percuta_random_key key = {.seed = scenario->model.seed,
                                         .purpose = PERCUTA_RANDOM_PASS};
  const double ratio = (sqrt(5) - 1) / 2;
  double uniform[4], whole;
  percuta_base_random_uniform4(key, 0, TRACK_ZERO, uniform);
  const double expected = way->pass_count * way->repeat * width * width *
                          percuta_device_strike_density(&scenario->device, way->speed, way->slip);
  return floor(expected + modf(uniform[0] + session * ratio, &whole));
}

/* The first draw that has the number wanted; where none has, the first of all, which keeps the mean
 * over seeds right. */
static enum percuta_status draw_session(const struct percuta_scenario *scenario, int session,
                                        double width, const struct percuta_layout_point *needle,
                                        struct percuta_strikes *out) {
  const double count = wanted(scenario, session, width);
  struct percuta_strikes first, other;
  PERCUTA_TRY(lay(scenario, session, width, 0, needle, &first));
  *out = first;
  if (fabs((double)first.count - count) <= EQUAL * count)
    return PERCUTA_OK;
  for (int draw = 1; draw < DRAWS; draw++) {
    const enum percuta_status status = lay(scenario, session, width, draw, needle, &other);
    const bool equal = status == PERCUTA_OK && fabs((double)other.count - count) <= EQUAL * count;
    if (equal)
      *out = other;
    if (equal || status != PERCUTA_OK) {
      percuta_device_strikes_clear(&first);
      return status;
    }
    percuta_device_strikes_clear(&other);
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_device_strikes_compute(const struct percuta_scenario *scenario,
                                                   int session, double width,
                                                   struct percuta_strikes *out) {
  struct percuta_strikes strikes;
  struct percuta_layout_point *needle = NULL;
  if (scenario->device.kind != PERCUTA_ROLLER) {
    needle = calloc((size_t)percuta_device_needle_count(&scenario->device), sizeof *needle);
    if (!needle)
      return PERCUTA_MEMORY;
    percuta_device_layout_place(&scenario->device, needle);
  }
  const enum percuta_status status = draw_session(scenario, session, width, needle, &strikes);
  free(needle);
  if (status == PERCUTA_OK)
    *out = strikes;
  return status;
}

void percuta_device_strikes_clear(struct percuta_strikes *strikes) {
  free(strikes->item);
  *strikes = (struct percuta_strikes){0};
}
