/* Layers: those of intact.h, at this site's thicknesses and blood flow, with the fat below; bores
 * take nothing of them away and change nothing in them. Bores hold fluid or clot, which all of a
 * compound passes, ionised or not, in equilibrium with the vehicle: K = 1.
 *
 * Until its vessels are plugged, what a bore sheds beyond the room in its track flows out of it, at
 * an even rate, against what diffuses in, and thins the product; then what is in it clots. Bores
 * that bleed over and bores that do not are taken together, by their shares.
 *
 * Solutes go around the cells of blood and clot: D = D_water (1 - h) / (1 + h/2) at haematocrit h
 * (Maxwell's obstruction by spheres). Bores of clot and of fluid conduct side by side.
 * Theory: docs/theory/penetration.md. Tests: tests/unit/test_needled.c; excised skin:
 * tests/verification/test_excised.c. */
#include "transport/needled.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BORE_RADII = 2 };

/* Share of the skin that is taken as bores at most: discs in a square lattice touch at 0.785, and
 * something must be left between them. */
static const double MOST_COVERED = 0.65;

static const double CLOSING_STEP = 0.9; /* the open area from one closing to the next */
static const double DEEPEST = 0.99;     /* of an excised piece: how deep bores go at most */

enum percuta_status percuta_transport_needled_model_read(const struct percuta_scenario *scenario,
                                                         struct percuta_diag *diag,
                                                         struct percuta_needled_model *out) {
  struct percuta_needled_model model;
  const struct percuta_parameter_slot slots[] = {{"needled.haematocrit", &model.haematocrit}};
  enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status == PERCUTA_OK)
    status = percuta_transport_intact_model_read(scenario, diag, &model.intact);
  if (status == PERCUTA_OK)
    *out = model;
  return status;
}

/* Whether a channel opens something new past the stratum corneum. */
static bool opens(const struct percuta_channel *channel, double stratum) {
  return channel->penetrated && !channel->reentered && channel->residual_depth > stratum &&
         channel->residual_radius_surface > 0;
}

/* [m^3] that a bleeding channel sheds beyond what its track holds. */
static double overflow(const struct percuta_channel *channel, const struct percuta_bleed *bleed) {
  if (!(bleed->bleed_probability > 0))
    return 0;
  return fmax(0, bleed->shed_volume / bleed->bleed_probability -
                     percuta_insertion_channel_room(channel));
}

/* Means over the channels that open something; clot by the volume of the tracks. */
static void average(const struct percuta_channels *channels,
                    const struct percuta_bleeding *bleeding, double stratum, double width,
                    struct percuta_needled_bores *bores) {
  double depth = 0, area = 0, tip = 0, volume = 0, filled = 0, over = 0, bleeds = 0;
  size_t count = 0;
  for (size_t at = 0; at < channels->count; at++) {
    const struct percuta_channel *channel = &channels->item[at];
    if (!opens(channel, stratum))
      continue;
    count++;
    depth += channel->residual_depth;
    area += channel->residual_radius_surface * channel->residual_radius_surface;
    tip += channel->radius_tip / channel->radius_surface;
    if (bleeding && at < bleeding->count) {
      const double open = percuta_insertion_channel_open(channel, 0, INFINITY);
      volume += open;
      filled += open * bleeding->item[at].clot_fill;
      const double spilt = overflow(channel, &bleeding->item[at]);
      const double share = spilt > 0 ? bleeding->item[at].bleed_probability : 0;
      over += share * spilt;
      bleeds += share;
    }
  }
  *bores =
      (struct percuta_needled_bores){.density = (double)count / (width * width), .width = width};
  if (count > 0) {
    bores->depth = depth / (double)count;
    bores->radius = sqrt(area / (double)count);
    bores->tip_share = tip / (double)count;
    bores->clot = volume > 0 ? filled / volume : 0;
  }
  if (bleeds > 0 && bleeding->plug_time > 0) {
    bores->plugged = bleeding->plug_time;
    bores->flow = over / bleeds / bores->plugged;
    bores->flowing = bleeds / (double)count;
  }
}

static enum percuta_status list_all(const struct percuta_channels *channels,
                                    const struct percuta_bleeding *bleeding, double stratum,
                                    struct percuta_needled_bores *bores) {
  const size_t count = (size_t)lround(bores->density * bores->width * bores->width);
  struct percuta_bore *each = calloc(count ? count : 1, sizeof *each);
  double *radii = calloc(count ? BORE_RADII * count : 1, sizeof *radii);
  if (!each || !radii) {
    free(each);
    free(radii);
    return PERCUTA_MEMORY;
  }
  for (size_t at = 0; at < channels->count && (size_t)bores->count < count; at++) {
    const struct percuta_channel *channel = &channels->item[at];
    double *radius = radii + BORE_RADII * bores->count;
    if (!opens(channel, stratum))
      continue;
    radius[0] = channel->residual_radius_surface;
    radius[1] = radius[0] * channel->radius_tip / channel->radius_surface;
    struct percuta_bore *bore = &each[bores->count++];
    *bore = (struct percuta_bore){.x = channel->x,
                                  .y = channel->y,
                                  .depth = channel->residual_depth,
                                  .radius_count = BORE_RADII,
                                  .radius = radius};
    if (bores->plugged > 0 && at < bleeding->count) {
      bore->flow = overflow(channel, &bleeding->item[at]) / bores->plugged;
      bore->flowing = bleeding->item[at].bleed_probability;
    }
  }
  bores->each = each;
  bores->radii = radii;
  return PERCUTA_OK;
}

enum percuta_status percuta_transport_needled_bores(const struct percuta_channels *channels,
                                                    const struct percuta_bleeding *bleeding,
                                                    const struct percuta_skin *skin, double width,
                                                    bool all, struct percuta_needled_bores *out) {
  const double stratum = skin->thickness[PERCUTA_STRATUM_CORNEUM];
  struct percuta_needled_bores bores;
  average(channels, bleeding, stratum, width, &bores);
  const enum percuta_status status =
      all ? list_all(channels, bleeding, stratum, &bores) : PERCUTA_OK;
  if (status == PERCUTA_OK)
    *out = bores;
  return status;
}

void percuta_transport_needled_clear(struct percuta_needled_bores *bores) {
  free(bores->each);
  free(bores->radii);
  *bores = (struct percuta_needled_bores){.density = 0};
}

/* Layers of this skin, told as intact.h wants them. The stratum corneum swells with water as the
 * model's does. */
static struct percuta_intact_conditions conditions_of(const struct percuta_needled_case *what) {
  const struct percuta_skin *skin = what->skin;
  const struct percuta_stratum_state *state = what->model->intact.stratum.state;
  const double swelling = state[what->hydration].thickness / state[PERCUTA_HYDRATION_DRY].thickness;
  struct percuta_intact_conditions conditions = {
      .pH = what->pH,
      .hydration = what->hydration,
      .barrier = what->barrier,
      .excised = what->excised,
      .thickness = {skin->thickness[PERCUTA_STRATUM_CORNEUM] * swelling,
                    skin->thickness[PERCUTA_VIABLE_EPIDERMIS],
                    what->dermis > 0 ? what->dermis
                                     : skin->thickness[PERCUTA_PAPILLARY_DERMIS] +
                                           skin->thickness[PERCUTA_RETICULAR_DERMIS],
                    skin->thickness[PERCUTA_HYPODERMIS]}};
  memcpy(conditions.removed, what->removed, sizeof conditions.removed);
  conditions.removed[PERCUTA_INTACT_SUBCUTIS] |= what->excised;
  return conditions;
}

static void make_layers(const struct percuta_needled_case *what,
                        struct percuta_needled_domain *out) {
  struct percuta_intact_model model = what->model->intact;
  const struct percuta_intact_conditions conditions = conditions_of(what);
  struct percuta_intact_skin intact;
  model.viable.blood_flow = what->skin->blood_flow * what->flow;
  percuta_transport_intact_layers(&model, what->compound, &conditions, &intact);
  memcpy(out->layer, intact.layer, sizeof intact.layer);
  out->swelling = conditions.removed[PERCUTA_INTACT_STRATUM]
                      ? -what->skin->thickness[PERCUTA_STRATUM_CORNEUM]
                      : conditions.thickness[PERCUTA_INTACT_STRATUM] -
                            what->skin->thickness[PERCUTA_STRATUM_CORNEUM];
  out->domain = (struct percuta_domain){.layers = out->layer,
                                        .layer_count = intact.count,
                                        .sink = what->excised,
                                        .bypass = intact.polar_permeance};
}

/* Closings that take the open area down step by step, each the mean of its time; none after the
 * punctures count as closed. */
static void make_closings(const struct percuta_reseal *reseal, double age, double end,
                          struct percuta_needled_domain *out) {
  const double closed = percuta_transport_reseal_sealed(reseal).median - age;
  const double first = percuta_transport_reseal_pore_share(reseal, age);
  const double last = percuta_transport_reseal_pore_share(reseal, age + fmax(0, fmin(end, closed)));
  const int most = PERCUTA_NEEDLED_CLOSINGS - 3; /* one shut, one after the blood */
  const int steps = (int)fmin(most, fmax(1, ceil(log(last / first) / log(CLOSING_STEP))));
  int count = 0;
  for (int at = 0; at < steps && closed > 0; at++) {
    const double from = fmin(end, closed) * at / steps, to = fmin(end, closed) * (at + 1) / steps;
    const double share = percuta_transport_reseal_pore_share(reseal, age + 0.5 * (from + to));
    out->closing[count++] =
        (struct percuta_closing){.time = from, .radius_share = sqrt(share), .depth_share = 1};
  }
  if (closed < end)
    out->closing[count++] = (struct percuta_closing){.time = fmax(0, closed), .depth_share = 1};
  out->domain.closings = out->closing;
  out->domain.closing_count = count;
}

/* Blood flows until `until` [s]; what comes after is as it was. */
static void let_bleed(double until, struct percuta_needled_domain *out) {
  const struct percuta_closing open = {.time = 0, .radius_share = 1, .depth_share = 1};
  int count = out->domain.closing_count, at = 0;
  if (count == 0)
    out->closing[count++] = open;
  for (; at < count && out->closing[at].time < until; at++)
    out->closing[at].flow_share = 1;
  if (at > 0 && !(at < count && out->closing[at].time == until)) {
    for (int later = count++; later > at; later--)
      out->closing[later] = out->closing[later - 1];
    out->closing[at] = out->closing[at - 1];
    out->closing[at].time = until;
    out->closing[at].flow_share = 0;
  }
  out->domain.closings = out->closing;
  out->domain.closing_count = count;
}

/* The depth [m] that bores may have: down to the fat, or not quite through an excised piece. */
static double deepest(const struct percuta_needled_case *what,
                      const struct percuta_needled_domain *domain) {
  const int count = domain->domain.layer_count - (what->excised ? 0 : 1);
  double depth = 0;
  for (int l = 0; l < count; l++)
    depth += domain->layer[l].thickness;
  return what->excised ? DEEPEST * depth : depth;
}

double percuta_transport_needled_depth(const struct percuta_needled_domain *domain, double depth) {
  return fmin(depth + domain->swelling, domain->deepest);
}

/* Bores of this area per skin that fall anywhere and merge where they meet cover 1 - exp(-area);
 * the number of whole ones that do so, per skin. */
static double merged_density(const struct percuta_needled_bores *bores) {
  const double each = M_PI * bores->radius * bores->radius;
  return fmin(MOST_COVERED, 1 - exp(-bores->density * each)) / each;
}

/* Bores of fluid or clot. */
static void make_bores(const struct percuta_needled_case *what,
                       const struct percuta_needled_bores *bores,
                       struct percuta_needled_domain *out) {
  const struct percuta_intact_model *model = &what->model->intact;
  const double h = what->model->haematocrit;
  const double volume = percuta_substance_molecule_volume(&model->molecule, what->compound);
  const double water = percuta_substance_molecule_diffusivity(&model->molecule, volume);
  out->deepest = deepest(what, out);
  out->radius[0] = bores->radius;
  out->radius[1] = bores->radius * bores->tip_share;
  out->typical = (struct percuta_bore){.depth = percuta_transport_needled_depth(out, bores->depth),
                                       .radius_count = BORE_RADII,
                                       .radius = out->radius,
                                       .flow = bores->flow,
                                       .flowing = bores->flowing};
  out->domain.density = merged_density(bores);
  out->domain.bores = &out->typical;
  out->domain.bore_count = 1;
  out->domain.fill_partition = 1;
  out->domain.fill_diffusivity = water * (1 - bores->clot * (1 - (1 - h) / (1 + h / 2)));
}

/* The fluid below an excised piece. Tissue holds K(tissue) times what is dissolved in its water, of
 * which f(tissue) is neutral; the neutral part is the same in the fluid, f(fluid) of what is
 * dissolved there. */
static void make_receptor(const struct percuta_needled_case *what,
                          struct percuta_needled_domain *out) {
  const struct percuta_intact_model *model = &what->model->intact;
  const double ion_share = model->molecule.ion_neutral_share;
  struct percuta_domain *domain = &out->domain;
  struct percuta_viable_tissue tissue;
  if (!(what->receptor > 0))
    return;
  percuta_transport_viable_compute(&model->viable, what->compound, ion_share, &tissue);
  const double neutral =
      percuta_substance_compound_neutral(what->compound, what->receptor_pH, ion_share);
  const double water = out->layer[domain->layer_count - 1].partition / tissue.partition;
  out->layer[domain->layer_count++] =
      percuta_permeation_domain_receptor(what->receptor, water * tissue.neutral / neutral);
  domain->sink = false;
}

void percuta_transport_needled_make(const struct percuta_needled_case *what,
                                    const struct percuta_needled_bores *bores,
                                    const struct percuta_reseal *reseal, double age, double end,
                                    struct percuta_needled_domain *out) {
  make_layers(what, out);
  if (bores && bores->density > 0) {
    make_bores(what, bores, out);
    if (reseal)
      make_closings(reseal, age, end, out);
    if (!what->excised && bores->plugged > age)
      let_bleed(bores->plugged - age, out);
  }
  if (what->excised)
    make_receptor(what, out);
}
