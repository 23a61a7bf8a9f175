/* Domains for the permeation solvers, and the exact course of a laminate. */
#ifndef PERCUTA_TESTS_PERMEATION_FIXTURE_H
#define PERCUTA_TESTS_PERMEATION_FIXTURE_H

#include "report_fixture.h"

#include <complex.h>

#include "permeation/channel.h"
#include "permeation/column.h"

static const double FIXTURE_PI = 3.14159265358979323846;

typedef enum percuta_status fixture_solver(const struct percuta_domain *,
                                           const struct percuta_resolution *,
                                           struct percuta_permeation **, const char **);

static inline struct percuta_permeation *fixture_course(fixture_solver *solver,
                                                        const struct percuta_domain *domain,
                                                        struct percuta_resolution resolution) {
  struct percuta_permeation *course = NULL;
  const char *wrong = NULL;
  enum percuta_status status = solver(domain, &resolution, &course, &wrong);
  if (status != PERCUTA_OK)
    print_message("%s: %s\n", percuta_base_status_text(status), wrong ? wrong : "");
  assert_int_equal(PERCUTA_OK, status);
  return course;
}

/* A laminate under a vehicle in the Laplace domain: from the base up, the admittance (flux into a
 * layer per activity on top of it); then down again, the activities at the interfaces. */
struct fixture_laminate {
  const struct percuta_domain *domain;
  double volume, concentration; /* of the vehicle; volume 0: fixed concentration */
};

enum { FIXTURE_MOST_LAYERS = 4 };

struct fixture_image {
  double complex vehicle; /* activity */
  double complex flux[FIXTURE_MOST_LAYERS + 1];
};

static inline struct fixture_image fixture_laminate_image(const struct fixture_laminate *l,
                                                          double complex s) {
  const struct percuta_permeation_layer *layer = l->domain->layers;
  int count = l->domain->layer_count;
  double complex admittance[FIXTURE_MOST_LAYERS + 1] = {0}, u;
  struct fixture_image image;
  for (int at = count - 1; at >= 0; --at) {
    double complex q = csqrt((s + layer[at].loss) / layer[at].diffusivity);
    double complex wave = layer[at].partition * layer[at].diffusivity * q;
    double complex t = ctanh(q * layer[at].thickness);
    if (at == count - 1 && l->domain->sink)
      admittance[at] = wave / t;
    else
      admittance[at] = wave * (admittance[at + 1] + wave * t) / (wave + admittance[at + 1] * t);
  }
  u = l->volume > 0 ? l->volume * l->concentration / (s * l->volume + admittance[0])
                    : l->concentration / s;
  image.vehicle = u;
  image.flux[0] = admittance[0] * u;
  for (int at = 0; at < count; ++at) {
    double complex q = csqrt((s + layer[at].loss) / layer[at].diffusivity);
    double complex wave = layer[at].partition * layer[at].diffusivity * q;
    double complex x = q * layer[at].thickness;
    bool sink = at == count - 1 && l->domain->sink;
    if (sink) {
      image.flux[at + 1] = wave * u / csinh(x);
    } else {
      u /= ccosh(x) + admittance[at + 1] * csinh(x) / wave;
      image.flux[at + 1] = admittance[at + 1] * u;
    }
  }
  return image;
}

/* Amounts at `time`: the vehicle's (of a finite dose), the layers', what each cleared, the
 * receptor's, by Talbot's contour with the fixed parameters of Abate & Valko (2004). */
struct fixture_amounts {
  double vehicle, receptor, layer[FIXTURE_MOST_LAYERS], cleared[FIXTURE_MOST_LAYERS];
};

static inline struct fixture_amounts fixture_laminate_amounts(const struct fixture_laminate *l,
                                                              double time) {
  enum { TERMS = 22 };
  struct fixture_amounts sum = {0};
  int count = l->domain->layer_count;
  double r = 2.0 * TERMS / (5 * time);
  for (int k = 0; k < TERMS; ++k) {
    double angle = k * FIXTURE_PI / TERMS, cot = k > 0 ? 1 / tan(angle) : 0;
    double complex s = k > 0 ? r * angle * (cot + I) : r;
    double complex weight =
        k > 0 ? cexp(time * s) * (1 + I * (angle + (angle * cot - 1) * cot)) : 0.5 * exp(r * time);
    struct fixture_image image = fixture_laminate_image(l, s);
    sum.vehicle += r / TERMS * creal(weight * l->volume * image.vehicle);
    sum.receptor += r / TERMS * creal(weight * image.flux[count] / s);
    for (int at = 0; at < count; ++at) {
      double loss = l->domain->layers[at].loss;
      double complex amount = (image.flux[at] - image.flux[at + 1]) / (s + loss);
      sum.layer[at] += r / TERMS * creal(weight * amount);
      sum.cleared[at] += r / TERMS * creal(weight * loss * amount / s);
    }
  }
  return sum;
}

/* The largest difference of an output's amounts from the exact, over the largest of those. */
static inline double fixture_amounts_error(const struct percuta_permeation *course, int output,
                                           const struct fixture_amounts *exact) {
  int layers = course->layer_count;
  double worst = fabs(course->receptor[output] - exact->receptor);
  double size = fmax(exact->receptor, exact->vehicle);
  worst = fmax(worst, fabs(course->vehicle[output] - exact->vehicle));
  for (int at = 0; at < layers; ++at) {
    worst = fmax(worst, fabs(course->layer[output * layers + at] - exact->layer[at]));
    worst = fmax(worst, fabs(course->cleared[output * layers + at] - exact->cleared[at]));
    size = fmax(size, fmax(exact->layer[at], exact->cleared[at]));
  }
  return worst / size;
}

#endif
