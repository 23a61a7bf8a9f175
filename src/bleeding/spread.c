/* A parameter of value m and range a to b is drawn as
 *   m (b/m)^(z/Z) above,   m (a/m)^(-z/Z) below,   z standard normal, Z its 95th percentile
 * so that the value is the median and the range its middle 90 %. Depths are scaled likewise, by the
 * interval of the mean needle's. So that draws stay cheap, hits are those of a few channels, scaled
 * to what all are expected to cut.
 * Theory: docs/theory/bleeding.md. Test: tests/unit/test_supply.c. */
#include "bleeding/spread.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "bleeding/supply.h"

enum { DRAWS = 200, FEW = 6, UNKNOWN = 16 };

static const double LOW = 0.05, HIGH = 0.95;
static const double NORMAL = 1.6448536269514722; /* 95th percentile */

/* A number that is not known, and its range over it. */
struct unknown {
  const char *name;
  double *law, *skin; /* where it goes, one of them NULL */
  double below, above;
};

/* The few channels, and what they stand for. */
struct few {
  struct percuta_channel channel[FEW];
  int count;
  double hits[PERCUTA_VESSELS], bleeding;           /* of these, as calculated */
  double all_hits[PERCUTA_VESSELS], share_bleeding; /* of all: per area [1/m^2], and of the new */
  double below, above;                              /* of the depth */
};

static int list(struct percuta_bed_law *law, struct percuta_skin *skin,
                const struct percuta_parameters *parameters, struct unknown out[UNKNOWN]) {
  const struct unknown all[UNKNOWN] = {
      {"bleeding.blood_viscosity", &law->viscosity, NULL, 0, 0},
      {"bleeding.plug_time", &law->plug_time, NULL, 0, 0},
      {"bleeding.loop_feed_length", &law->feed[PERCUTA_LOOP], NULL, 0, 0},
      {"bleeding.plexus_feed_length", &law->feed[PERCUTA_UPPER_PLEXUS], NULL, 0, 0},
      {"bleeding.deep_plexus_feed_length", &law->feed[PERCUTA_DEEP_PLEXUS], NULL, 0, 0},
      {"bleeding.supply_factor", &law->supply_factor, NULL, 0, 0},
      {"bleeding.blood_share", &law->blood_share, NULL, 0, 0},
      {"bleeding.skin_pressure", &law->skin_pressure, NULL, 0, 0},
      {"bleeding.drop_radius", &law->drop_radius, NULL, 0, 0},
      {"viable.blood_flow", NULL, &skin->blood_flow, 0, 0},
      {"skin.capillary_pressure", NULL, &skin->capillary_pressure, 0, 0},
      {"skin.loop_density", NULL, &skin->loop_density, 0, 0},
      {"skin.plexus_length_density", NULL, &skin->plexus_length_density, 0, 0},
      {"skin.plexus_radius", NULL, &skin->plexus_radius, 0, 0},
      {"skin.deep_plexus_length_density", NULL, &skin->deep_plexus_length_density, 0, 0},
      {"skin.deep_plexus_radius", NULL, &skin->deep_plexus_radius, 0, 0}};
  int count = 0;
  for (int i = 0; i < UNKNOWN; i++) {
    const struct percuta_parameter *p = percuta_base_parameters_find(parameters, all[i].name);
    if (!p || p->overridden || !(p->low > 0) || !(p->value > 0))
      continue;
    out[count] = all[i];
    out[count].below = p->low / p->value;
    out[count++].above = p->high / p->value;
  }
  return count;
}

static double factor(double below, double above, double z) {
  return z < 0 ? pow(below, -z / NORMAL) : pow(above, z / NORMAL);
}

/* Channels at equal steps through those that got in. */
static void choose(const struct percuta_channels *channels, const struct percuta_bed *bed,
                   struct few *few) {
  const size_t step = channels->penetrated / FEW + 1;
  size_t seen = 0;
  double hits[PERCUTA_VESSELS];
  for (size_t i = 0; i < channels->count && few->count < FEW; i++) {
    const struct percuta_channel *channel = &channels->item[i];
    if (!channel->penetrated || channel->reentered || seen++ % step != 0)
      continue;
    few->channel[few->count++] = *channel;
    few->bleeding += percuta_bleeding_expect(bed, channel, hits);
    for (int k = 0; k < PERCUTA_VESSELS; k++)
      few->hits[k] += hits[k];
  }
}

/* What all channels cut, per area. */
static void sum_up(const struct percuta_channels *channels, const struct percuta_bed *bed,
                   double width, struct few *few) {
  double hits[PERCUTA_VESSELS], depth = 0;
  for (size_t i = 0; i < channels->count; i++) {
    const struct percuta_channel *channel = &channels->item[i];
    if (channel->penetrated && !channel->reentered)
      depth += channel->depth;
    few->share_bleeding +=
        percuta_bleeding_expect(bed, channel, hits) / (double)channels->penetrated;
    for (int k = 0; k < PERCUTA_VESSELS; k++)
      few->all_hits[k] += hits[k] / (width * width);
  }
  depth /= (double)channels->penetrated;
  const struct percuta_uncertainty *interval = &channels->interval;
  const bool known = interval->depth_low > 0 && depth > 0;
  few->below = known ? fmin(1, interval->depth_low / depth) : 1;
  few->above = known ? fmax(1, interval->depth_high / depth) : 1;
}

/* The value of all that changes as that of the few does; as many per channel where these cut none.
 */
static double scaled(double all, double few, double drawn, double per_channel) {
  return few > 0 ? all * drawn / few : drawn * per_channel;
}

/* One draw: share of the punctures that bleed, and blood per area. */
static void draw(const struct few *few, const struct percuta_bed *bed, double depth,
                 double channels_per_area, double *bleeding, double *shed) {
  double hits[PERCUTA_VESSELS], sum[PERCUTA_VESSELS] = {0}, cuts = 0, demand = 0;
  for (int i = 0; i < few->count; i++) {
    struct percuta_channel channel = few->channel[i];
    channel.depth *= depth;
    channel.cylinder_depth *= depth;
    cuts += percuta_bleeding_expect(bed, &channel, hits);
    for (int k = 0; k < PERCUTA_VESSELS; k++)
      sum[k] += hits[k];
  }
  for (int k = 0; k < PERCUTA_VESSELS; k++)
    demand += bed->flow[k] *
              scaled(few->all_hits[k], few->hits[k], sum[k], channels_per_area / few->count);
  *bleeding = fmin(1, scaled(few->share_bleeding, few->bleeding, cuts, 1. / few->count));
  *shed = demand * percuta_bleeding_supply_time(demand, bed->supply, bed->stored, bed->plug_time);
}

static int compare(const void *left, const void *right) {
  const double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static void ends(double *draws, double *low, double *high) {
  qsort(draws, DRAWS, sizeof *draws, compare);
  *low = draws[(int)(LOW * (DRAWS - 1))];
  *high = draws[(int)ceil(HIGH * (DRAWS - 1))];
}

enum percuta_status percuta_bleeding_spread_compute(const struct percuta_scenario *scenario,
                                                    const struct percuta_skin *skin,
                                                    double plug_rel,
                                                    const struct percuta_channels *channels,
                                                    double width, struct percuta_diag *diag,
                                                    struct percuta_bleeding *bleeding) {
  struct percuta_bed_law law;
  const enum percuta_status status = percuta_bleeding_bed_law(scenario->parameters, diag, &law);
  if (status != PERCUTA_OK || channels->penetrated == 0)
    return status;
  law.plug_time *= plug_rel;
  const struct percuta_bed middle = percuta_bleeding_bed_make(&law, skin);
  struct few few = {0};
  choose(channels, &middle, &few);
  sum_up(channels, &middle, width, &few);
  double share[DRAWS], shed[DRAWS], z[2];
  for (uint32_t d = 0; d < DRAWS; d++) {
    struct percuta_bed_law its_law = law;
    struct percuta_skin its_skin = *skin;
    struct unknown unknown[UNKNOWN];
    const int count = list(&its_law, &its_skin, scenario->parameters, unknown);
    for (int i = 0; i < count; i++) {
      const struct percuta_random_key key = {.purpose = PERCUTA_RANDOM_VESSEL};
      percuta_base_random_normal2(key, d, percuta_base_random_digest(unknown[i].name), z);
      *(unknown[i].law ? unknown[i].law : unknown[i].skin) *=
          factor(unknown[i].below, unknown[i].above, z[0]);
    }
    percuta_base_random_normal2((struct percuta_random_key){.purpose = PERCUTA_RANDOM_VESSEL}, d,
                                percuta_base_random_digest("depth"), z);
    const struct percuta_bed bed = percuta_bleeding_bed_make(&its_law, &its_skin);
    draw(&few, &bed, factor(few.below, few.above, z[0]),
         (double)channels->penetrated / (width * width), &share[d], &shed[d]);
  }
  ends(share, &bleeding->spread.bleeding_low, &bleeding->spread.bleeding_high);
  ends(shed, &bleeding->spread.shed_low, &bleeding->spread.shed_high);
  return PERCUTA_OK;
}
