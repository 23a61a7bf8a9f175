/* Permeance [m/s] of the water-filled path beside the lipids, of pores of radius r_p:
 *   P = (A/L) D_aq (1 - s)^2 (1 - 2.104 s + 2.09 s^3 - 0.95 s^5),   s = a/r_p, 0 from s = 1 on
 * a the solute's radius, A/L area over length. Renkin 1954; pores: Peck et al. 1994.
 * Theory: docs/theory/barrier.md. Verified: tests/verification/test_barrier.c. */
#include "transport/polar.h"

enum percuta_status percuta_transport_polar_model_read(const struct percuta_parameters *parameters,
                                                       struct percuta_diag *diag,
                                                       struct percuta_polar_model *out) {
  struct percuta_polar_model model;
  const struct percuta_parameter_slot slots[] = {
      {"polar.area_over_length", &model.area_over_length},
      {"polar.pore_radius", &model.pore_radius}};
  const enum percuta_status status =
      percuta_base_parameters_fill(parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status == PERCUTA_OK)
    *out = model;
  return status;
}

double percuta_transport_polar_hindrance(double size) {
  if (size >= 1)
    return 0;
  const double cubed = size * size * size;
  /* Renkin 1954; coefficients of the centre-line approximation, pure numbers. */
  return (1 - size) * (1 - size) * (1 - 2.104 * size + 2.09 * cubed - 0.95 * cubed * size * size);
}

double percuta_transport_polar_permeance(const struct percuta_polar_model *model, double radius,
                                         double diffusivity) {
  return model->area_over_length * diffusivity *
         percuta_transport_polar_hindrance(radius / model->pore_radius);
}
