/* The vessels of this skin, what flows from one that is cut alone, and what feeds all of them:
 *   Q = pi r^4 (p - p_out) / (8 mu l),   p_out = p_skin + 2 gamma / R        (Poiseuille, Laplace)
 *   supply = factor (blood flow of the dermis) (its thickness)
 *   stored = (share of blood) (its thickness)
 * Theory: docs/theory/bleeding.md. Tests: tests/unit/test_bleeding.c, test_supply.c. */
#include "bleeding/bed.h"

#include <math.h>

#include "bleeding/vessels.h"

enum percuta_status percuta_bleeding_bed_law(const struct percuta_parameters *parameters,
                                             struct percuta_diag *diag,
                                             struct percuta_bed_law *out) {
  struct percuta_bed_law law = {0};
  const struct percuta_parameter_slot slots[] = {
      {"bleeding.blood_viscosity", &law.viscosity},
      {"bleeding.plug_time", &law.plug_time},
      {"bleeding.loop_feed_length", &law.feed[PERCUTA_LOOP]},
      {"bleeding.plexus_feed_length", &law.feed[PERCUTA_UPPER_PLEXUS]},
      {"bleeding.deep_plexus_feed_length", &law.feed[PERCUTA_DEEP_PLEXUS]},
      {"bleeding.plexus_vessel_density", &law.vessel_density[0]},
      {"bleeding.deep_plexus_vessel_density", &law.vessel_density[1]},
      {"bleeding.supply_factor", &law.supply_factor},
      {"bleeding.blood_share", &law.blood_share},
      {"bleeding.skin_pressure", &law.skin_pressure},
      {"bleeding.surface_tension", &law.surface_tension},
      {"bleeding.drop_radius", &law.drop_radius}};
  enum percuta_status status =
      percuta_base_parameters_fill(parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status == PERCUTA_OK)
    *out = law;
  return status;
}

struct percuta_bed percuta_bleeding_bed_make(const struct percuta_bed_law *law,
                                             const struct percuta_skin *skin) {
  const double dermis =
      skin->thickness[PERCUTA_PAPILLARY_DERMIS] + skin->thickness[PERCUTA_RETICULAR_DERMIS];
  const double radius[PERCUTA_VESSELS] = {skin->capillary_radius, skin->plexus_radius,
                                          skin->deep_plexus_radius};
  const double drop = 2 * law->surface_tension / law->drop_radius;
  const double pressure = fmax(0, skin->capillary_pressure - law->skin_pressure - drop);
  /* Where the epidermis is thicker than the depth at which a plexus was seen, the plexus lies below
   * it. */
  struct percuta_bed bed = {.plug_time = law->plug_time,
                            .supply = law->supply_factor * skin->blood_flow * dermis,
                            .stored = law->blood_share * dermis,
                            .loop_density = skin->loop_density,
                            .loop_radius = skin->capillary_radius,
                            .loop_top = skin->loop_top,
                            .plexus = {{.top = fmax(skin->plexus_depth, skin->loop_top),
                                        .thickness = skin->plexus_thickness,
                                        .length_density = skin->plexus_length_density,
                                        .vessel_density = law->vessel_density[0],
                                        .radius = skin->plexus_radius},
                                       {.top = fmax(skin->deep_plexus_depth, skin->loop_top),
                                        .thickness = skin->deep_plexus_thickness,
                                        .length_density = skin->deep_plexus_length_density,
                                        .vessel_density = law->vessel_density[1],
                                        .radius = skin->deep_plexus_radius}}};
  for (int v = 0; v < PERCUTA_VESSELS; v++)
    bed.flow[v] = percuta_bleeding_vessels_flow(radius[v], law->feed[v], pressure, law->viscosity);
  return bed;
}

enum percuta_status percuta_bleeding_bed_read(const struct percuta_scenario *scenario,
                                              const struct percuta_skin *skin,
                                              struct percuta_diag *diag, struct percuta_bed *out) {
  struct percuta_bed_law law;
  const enum percuta_status status = percuta_bleeding_bed_law(scenario->parameters, diag, &law);
  if (status == PERCUTA_OK)
    *out = percuta_bleeding_bed_make(&law, skin);
  return status;
}
