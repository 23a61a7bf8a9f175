/* Volume V at the boiling point from atoms, rings and bonds (Schroeder), radius and diffusivity in
 * water from it, V in cm3/mol and the constants in data/transport/molecule.yaml:
 *   a = a_s V^e, D = D_s V^-e below V_large;   a = a_l V^(1/3), D = D_l V^(-1/3) from there on
 * Theory: docs/theory/barrier.md. Tests: tests/unit/test_compound.c,
 * tests/verification/test_barrier.c. */
#include "substance/molecule.h"

#include <math.h>

#include "base/laws.h"

enum percuta_status
percuta_substance_molecule_model_read(const struct percuta_parameters *parameters,
                                      struct percuta_diag *diag,
                                      struct percuta_molecule_model *out) {
  struct percuta_molecule_model model;
  const struct percuta_parameter_slot slots[] = {
      {"molecule.atom_CHNO", &model.CHNO},
      {"molecule.atom_F", &model.F},
      {"molecule.atom_Cl", &model.Cl},
      {"molecule.atom_Br", &model.Br},
      {"molecule.atom_I", &model.iodine},
      {"molecule.atom_S", &model.S},
      {"molecule.ring", &model.ring},
      {"molecule.double_bond", &model.double_bond},
      {"molecule.triple_bond", &model.triple_bond},
      {"molecule.volume_large", &model.volume_large},
      {"molecule.radius_small", &model.radius_small},
      {"molecule.radius_large", &model.radius_large},
      {"molecule.diffusivity_small", &model.diffusivity_small},
      {"molecule.diffusivity_large", &model.diffusivity_large},
      {"molecule.exponent_small", &model.exponent_small},
      {"molecule.ion_neutral_share", &model.ion_neutral_share}};
  const enum percuta_status status =
      percuta_base_parameters_fill(parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status == PERCUTA_OK)
    *out = model;
  return status;
}

double percuta_substance_molecule_volume(const struct percuta_molecule_model *model,
                                         const struct percuta_compound *compound) {
  if (compound->volume > 0)
    return compound->volume;
  const struct percuta_formula *atoms = &compound->formula;
  const double unit = atoms->CHNO * model->CHNO + atoms->F * model->F + atoms->Cl * model->Cl +
                      atoms->Br * model->Br + atoms->iodine * model->iodine + atoms->S * model->S +
                      compound->rings * model->ring + compound->double_bonds * model->double_bond +
                      compound->triple_bonds * model->triple_bond;
  return compound->repeat * unit;
}

double percuta_substance_molecule_radius(const struct percuta_molecule_model *model,
                                         double volume) {
  const double v = volume / PERCUTA_LAWS_CM3;
  return volume < model->volume_large ? model->radius_small * pow(v, model->exponent_small)
                                      : model->radius_large * cbrt(v);
}

double percuta_substance_molecule_diffusivity(const struct percuta_molecule_model *model,
                                              double volume) {
  const double v = volume / PERCUTA_LAWS_CM3;
  return volume < model->volume_large ? model->diffusivity_small / pow(v, model->exponent_small)
                                      : model->diffusivity_large / cbrt(v);
}
