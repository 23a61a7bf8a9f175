/* The vessels of this skin, and what one of them sheds until it is plugged:
 *   shed = plug_time perfusion Q,   Q = pi r^4 p / (8 mu l)         (Poiseuille)
 * Theory: docs/theory/bleeding.md. Tests: tests/unit/test_bleeding.c. */
#include "bleeding/bed.h"

#include <math.h>

#include "bleeding/vessels.h"

enum percuta_status percuta_bleeding_bed_read(const struct percuta_scenario *scenario,
                                              const struct percuta_skin *skin,
                                              struct percuta_diag *diag, struct percuta_bed *out) {
  double viscosity, time, loop_feed, upper_feed, deep_feed, upper_density, deep_density;
  const struct percuta_parameter_slot slots[] = {
      {"bleeding.blood_viscosity", &viscosity},
      {"bleeding.plug_time", &time},
      {"bleeding.loop_feed_length", &loop_feed},
      {"bleeding.plexus_feed_length", &upper_feed},
      {"bleeding.deep_plexus_feed_length", &deep_feed},
      {"bleeding.plexus_vessel_density", &upper_density},
      {"bleeding.deep_plexus_vessel_density", &deep_density}};
  enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status != PERCUTA_OK)
    return status;
  /* Where the epidermis is thicker than the depth at which a plexus was seen, the plexus lies below
   * it. */
  *out = (struct percuta_bed){.plug_time = time,
                              .loop_density = skin->loop_density,
                              .loop_radius = skin->capillary_radius,
                              .loop_top = skin->loop_top,
                              .plexus = {{.top = fmax(skin->plexus_depth, skin->loop_top),
                                          .thickness = skin->plexus_thickness,
                                          .length_density = skin->plexus_length_density,
                                          .vessel_density = upper_density,
                                          .radius = skin->plexus_radius},
                                         {.top = fmax(skin->deep_plexus_depth, skin->loop_top),
                                          .thickness = skin->deep_plexus_thickness,
                                          .length_density = skin->deep_plexus_length_density,
                                          .vessel_density = deep_density,
                                          .radius = skin->deep_plexus_radius}}};
  const double radius[PERCUTA_VESSELS] = {skin->capillary_radius, skin->plexus_radius,
                                          skin->deep_plexus_radius};
  const double feed[PERCUTA_VESSELS] = {loop_feed, upper_feed, deep_feed};
  for (int v = 0; v < PERCUTA_VESSELS; v++)
    out->shed[v] =
        time * skin->perfusion_rel *
        percuta_bleeding_vessels_flow(radius[v], feed[v], skin->capillary_pressure, viscosity);
  return PERCUTA_OK;
}
