/* What a domain must hold, a bore's radius at a depth, the rows in depth, and the course that
 * solvers fill. Faces stand at interfaces and tips; between two of them cells grow from both ends
 * to the middle.
 * Theory: docs/theory/permeation.md. Tests: tests/unit/test_domain.c. */
#include "permeation/domain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double ROUNDING = 1e-9;
static const double STIRRING = 10; /* [m/s] of a receptor through all of it; skin: below 1e-4 */
static const double MOST_DRIFT = 200, LEAST_SPAN = 1e-9; /* of psi; exp of either is a number */

enum { SPREAD = 20 }; /* the largest cell between two faces over the smallest */

static const char *check_layers(const struct percuta_domain *domain) {
  if (domain->layer_count < 1)
    return "there is no layer";
  for (int l = 0; l < domain->layer_count; ++l) {
    const struct percuta_permeation_layer *layer = &domain->layers[l];
    if (!(layer->thickness > 0) || !isfinite(layer->thickness))
      return "a layer is not thicker than nothing";
    if (!(layer->partition > 0) || !isfinite(layer->partition))
      return "a layer's partition coefficient is not positive";
    if (!(layer->diffusivity >= 0) || !isfinite(layer->diffusivity))
      return "a layer's diffusivity is negative or not finite";
    if (!(layer->loss >= 0) || !isfinite(layer->loss))
      return "a layer's loss is negative or not finite";
  }
  if (!(domain->bypass >= 0) || !isfinite(domain->bypass))
    return "the path past the first layer is negative or not finite";
  if (domain->bypass > 0 && domain->layer_count < 2)
    return "a path past the first layer leads nowhere";
  return NULL;
}

static const char *check_bore(const struct percuta_domain *domain, const struct percuta_bore *bore,
                              bool lateral) {
  double most = 0;
  if (!(bore->depth > 0) || !(bore->depth < percuta_permeation_domain_depth(domain)))
    return "a bore does not end within the layers";
  if (bore->radius_count < 1)
    return "a bore has no radius";
  if (!(bore->flow >= 0 && bore->flowing >= 0 && bore->flowing <= 1))
    return "what flows out of a bore is negative, or its share is not within 0 to 1";
  for (int at = 0; at < bore->radius_count; ++at) {
    if (!(bore->radius[at] >= 0))
      return "a bore's radius is negative";
    most = fmax(most, bore->radius[at]);
  }
  if (lateral && most * most * acos(-1.0) * domain->density >= 0.7)
    return "the bores overlap";
  return most > 0 ? NULL : "a bore's radius is nothing";
}

static const char *check_bores(const struct percuta_domain *domain, bool lateral) {
  int used = lateral && domain->bore_count > 1 ? 1 : domain->bore_count;
  const char *wrong = NULL;
  if (lateral && !(domain->density >= 0))
    return "the density of bores is negative";
  if (lateral && (domain->density > 0) != (domain->bore_count > 0))
    return "bores need a density, and a density a bore";
  if (domain->bore_count > 0 && (!(domain->fill_diffusivity >= 0) || !(domain->fill_partition > 0)))
    return "what fills the bores lets nothing in";
  for (int at = 0; at < used && !wrong; ++at)
    wrong = check_bore(domain, &domain->bores[at], lateral);
  for (int at = 0; at < domain->closing_count && !wrong; ++at) {
    const struct percuta_closing *c = &domain->closings[at];
    if (!(c->radius_share >= 0 && c->radius_share <= 1 && c->depth_share >= 0 &&
          c->depth_share <= 1 && c->flow_share >= 0 && c->flow_share <= 1))
      wrong = "a share of a bore is not within 0 to 1";
    else if (!(c->time >= 0) || (at > 0 && !(c->time > domain->closings[at - 1].time)))
      wrong = "the times of closing do not increase";
  }
  return wrong;
}

static const char *check_times(const struct percuta_domain *domain) {
  if (domain->output_count < 1)
    return "nothing is asked for: there are no output times";
  for (int at = 0; at < domain->output_count; ++at) {
    double before = at > 0 ? domain->outputs[at - 1] : -1;
    if (!(domain->outputs[at] >= 0 && domain->outputs[at] > before) ||
        !isfinite(domain->outputs[at]))
      return "output times do not increase";
  }
  for (int at = 0; at < domain->sampling_count; ++at) {
    const struct percuta_sampling *sampling = &domain->samplings[at];
    if (!(sampling->time > (at > 0 ? domain->samplings[at - 1].time : 0)))
      return "the times of the samples do not increase from above 0";
    if (!(sampling->share > 0 && sampling->share <= 1))
      return "a sample is not a share of the receptor";
  }
  for (int at = 0; at < domain->dose_count; ++at) {
    const struct percuta_dose *dose = &domain->doses[at];
    if (!(dose->time >= (at > 0 ? domain->doses[at - 1].time : 0)))
      return "the times of the doses decrease";
    if (dose->kind == PERCUTA_DOSE_FINITE && !(dose->volume > 0))
      return "a finite dose has no volume";
    if (dose->kind != PERCUTA_DOSE_WASH &&
        (!(dose->concentration >= 0) || !isfinite(dose->concentration)))
      return "a dose's concentration is negative or not finite";
  }
  return NULL;
}

enum percuta_status percuta_permeation_domain_check(const struct percuta_domain *domain,
                                                    bool lateral, const char **wrong) {
  *wrong = check_layers(domain);
  if (!*wrong)
    *wrong = check_bores(domain, lateral);
  if (!*wrong)
    *wrong = check_times(domain);
  return *wrong ? PERCUTA_BAD_INPUT : PERCUTA_OK;
}

struct percuta_permeation_layer percuta_permeation_domain_receptor(double volume,
                                                                   double partition) {
  return (struct percuta_permeation_layer){.name = "receptor",
                                           .thickness = volume,
                                           .diffusivity = volume * STIRRING,
                                           .partition = partition};
}

double percuta_permeation_domain_depth(const struct percuta_domain *domain) {
  double depth = 0;
  for (int l = 0; l < domain->layer_count; ++l)
    depth += domain->layers[l].thickness;
  return depth;
}

double percuta_permeation_domain_radius(const struct percuta_bore *bore, double depth,
                                        const struct percuta_closing *closing) {
  if (depth > bore->depth * closing->depth_share)
    return 0;
  double at = depth / bore->depth * (bore->radius_count - 1);
  int low = (int)fmin(at, fmax(0, bore->radius_count - 2));
  int high = low + 1 < bore->radius_count ? low + 1 : low;
  double share = at - low;
  return closing->radius_share * ((1 - share) * bore->radius[low] + share * bore->radius[high]);
}

/* psi at a depth: in a section whose radius goes from a to b evenly,
 *   integral of dz / radius^2 = length / (a b) */
static double drift(const struct percuta_domain *domain, const struct percuta_bore *bore,
                    double depth, const struct percuta_closing *closing) {
  const double strength =
      bore->flow * closing->flow_share / (acos(-1.0) * domain->fill_diffusivity);
  const int sections = bore->radius_count > 1 ? bore->radius_count - 1 : 1;
  const double end = fmin(depth, bore->depth * closing->depth_share);
  double sum = 0, above = percuta_permeation_domain_radius(bore, 0, closing);
  for (int at = 0; at < sections && end > bore->depth * at / sections; ++at) {
    const double from = bore->depth * at / sections;
    const double to = fmin(end, bore->depth * (at + 1) / sections);
    const double below = percuta_permeation_domain_radius(bore, to, closing);
    sum += (to - from) / (above * below);
    above = below;
  }
  const double psi = strength * sum;
  return psi < MOST_DRIFT ? psi : MOST_DRIFT; /* and where it is not a number */
}

/* With psi even between its ends, over its span: f by its integral, and
 *   integral of dpsi / [1 - s + s exp(-psi)] = ln[1 + (1 - s)(exp(psi) - 1)] / (1 - s) */
struct percuta_hold percuta_permeation_domain_hold(const struct percuta_domain *domain,
                                                   const struct percuta_bore *bore, double top,
                                                   double bottom,
                                                   const struct percuta_closing *closing) {
  const double share = bore->flowing, still = 1 - share;
  if (!(share > 0 && bore->flow * closing->flow_share > 0))
    return (struct percuta_hold){1, 1};
  const double low = drift(domain, bore, top, closing), high = drift(domain, bore, bottom, closing);
  const double span = high - low;
  if (!(span > LEAST_SPAN)) {
    const double f = still + share * exp(-0.5 * (low + high));
    return (struct percuta_hold){f, f};
  }
  const double resisted = still > 0
                              ? (log1p(still * expm1(high)) - log1p(still * expm1(low))) / still
                              : exp(low) * expm1(span);
  return (struct percuta_hold){.held = still - share * exp(-low) * expm1(-span) / span,
                               .conducted = span / resisted};
}

struct percuta_closing percuta_permeation_domain_closing(const struct percuta_domain *domain,
                                                         double time) {
  struct percuta_closing closing = {.time = 0, .radius_share = 1, .depth_share = 1};
  for (int at = 0; at < domain->closing_count && domain->closings[at].time <= time; ++at)
    closing = domain->closings[at];
  return closing;
}

static int ascending(const void *a, const void *b) {
  double first = *(const double *)a, second = *(const double *)b;
  return (first > second) - (first < second);
}

/* Interfaces, and tips that are not nearer than `merge` to a depth already taken. */
static int break_depths(const struct percuta_domain *domain, double merge, double *depth) {
  int count = domain->layer_count + 1;
  /* a tip that rounding has put beside an interface is on it */
  merge = fmax(merge, ROUNDING * percuta_permeation_domain_depth(domain));
  depth[0] = 0;
  for (int l = 0; l < domain->layer_count; ++l)
    depth[l + 1] = depth[l] + domain->layers[l].thickness;
  for (int at = 0; at < domain->bore_count; ++at) {
    double tip = domain->bores[at].depth;
    bool taken = false;
    for (int b = 0; b < count && !taken; ++b)
      taken = fabs(depth[b] - tip) <= merge;
    if (!taken)
      depth[count++] = tip;
  }
  qsort(depth, (size_t)count, sizeof *depth, ascending);
  return count;
}

/* Share 0..1 of the way between two breaks, of the cells 0..1 between them:
 *   g(s) = (S^(2s) - 1) / (2 (S - 1)) up to s = 1/2,   g(1 - s) = 1 - g(s),   S = SPREAD */
static double graded(double share) {
  double half = share < 0.5 ? share : 1 - share;
  double way = (pow(SPREAD, 2 * half) - 1) / (2.0 * (SPREAD - 1));
  return share < 0.5 ? way : 1 - way;
}

static int layer_at(const struct percuta_domain *domain, double depth) {
  double bottom = 0;
  for (int l = 0; l < domain->layer_count - 1; ++l) {
    bottom += domain->layers[l].thickness;
    if (depth < bottom)
      return l;
  }
  return domain->layer_count - 1;
}

enum percuta_status percuta_permeation_domain_rows(const struct percuta_domain *domain, int cells,
                                                   double merge, double **face, int **layer,
                                                   int *rows) {
  size_t most = (size_t)(domain->layer_count + domain->bore_count + 1);
  double *depth = malloc(most * sizeof *depth);
  double *faces = malloc((most * (size_t)cells + 1) * sizeof *faces);
  int *layers = malloc(most * (size_t)cells * sizeof *layers);
  if (!depth || !faces || !layers) {
    free(depth);
    free(faces);
    free(layers);
    return PERCUTA_MEMORY;
  }
  int breaks = break_depths(domain, merge, depth), count = 0;
  for (int b = 0; b + 1 < breaks; ++b) {
    for (int c = 0; c < cells; ++c) {
      faces[count] = depth[b] + (depth[b + 1] - depth[b]) * graded((double)c / cells);
      layers[count++] = layer_at(domain, 0.5 * (depth[b] + depth[b + 1]));
    }
  }
  faces[count] = depth[breaks - 1];
  free(depth);
  *face = faces;
  *layer = layers;
  *rows = count;
  return PERCUTA_OK;
}

enum percuta_status percuta_permeation_domain_course(const struct percuta_domain *domain,
                                                     const double *face, int rows,
                                                     struct percuta_permeation **out) {
  struct percuta_permeation *course = calloc(1, sizeof *course);
  size_t outputs = (size_t)domain->output_count, layers = (size_t)domain->layer_count;
  size_t depth = (size_t)rows, single = 6 * outputs;
  size_t total = single + 2 * outputs * layers + 2 * outputs * depth + depth + 1;
  double *room = course ? calloc(total, sizeof *room) : NULL;
  if (!room) {
    free(course);
    return PERCUTA_MEMORY;
  }
  course->output_count = domain->output_count;
  course->layer_count = domain->layer_count;
  course->rows = rows;
  course->time = room;
  course->applied = room + outputs;
  course->vehicle = room + 2 * outputs;
  course->washed = room + 3 * outputs;
  course->receptor = room + 4 * outputs;
  course->sampled = room + 5 * outputs;
  course->layer = room + single;
  course->cleared = course->layer + outputs * layers;
  course->concentration = course->cleared + outputs * layers;
  course->activity = course->concentration + outputs * depth;
  course->face = course->activity + outputs * depth;
  memcpy(course->time, domain->outputs, outputs * sizeof *course->time);
  memcpy(course->face, face, (depth + 1) * sizeof *course->face);
  *out = course;
  return PERCUTA_OK;
}

void percuta_permeation_domain_course_destroy(struct percuta_permeation **course) {
  if (course && *course) {
    free((*course)->time); /* one block of all arrays */
    free(*course);
    *course = NULL;
  }
}
