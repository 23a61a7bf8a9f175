/* Rings and double bonds take hydrogen away from a formula, and so it says how many there can be:
 *   rings + double + 2 triple <= 1 + sum over atoms of (valence - 2)/2
 * with valences C 4, N 3, O and S 2, H and halogens 1; sulfur takes up to 6 and nitrogen, drawn as
 * a nitro group, up to 5. And a molecule has a volume, neither denser than a heavy metal nor
 * thinner than a gas. Test: tests/unit/test_compound.c. */
#include "substance/plausible.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "substance/check.h"
#include "substance/molecule.h"

/* [kg/m^3] what the mass over the volume of a molecule can be: no physics, a net for mistakes. */
static const double THINNEST = 20, DENSEST = 25e3;

/* What an atom adds to twice the room for rings and bonds; half of it in the highest valences that
 * are drawn. */
struct room {
  const char *symbol;
  int twice, more;
};

static const struct room ROOM[] = {{"C", 2, 0},   {"N", 1, 2},   {"O", 0, 0},
                                   {"S", 0, 4},   {"H", -1, 0},  {"F", -1, 0},
                                   {"Cl", -1, 0}, {"Br", -1, 0}, {"I", -1, 0}};

/* The rings and bonds that fit a formula of the elements of ROOM. */
static int room_for_bonds(const char *formula) {
  char symbol[3];
  int number = 0, twice = 2;
  while (percuta_substance_formula_next(&formula, symbol, &number) == PERCUTA_OK)
    for (size_t i = 0; i < sizeof ROOM / sizeof *ROOM; i++)
      if (strcmp(symbol, ROOM[i].symbol) == 0)
        twice += (ROOM[i].twice + ROOM[i].more) * number;
  return twice > 0 ? (twice + 1) / 2 : 0;
}

static enum percuta_status check_bonds(const struct percuta_entry *entry,
                                       const struct percuta_compound *compound) {
  const int most = room_for_bonds(percuta_base_yaml_text(entry->root, "formula", ""));
  const double bonds = (double)compound->double_bonds + 2.0 * compound->triple_bonds;
  if (compound->formula.other > 0 || compound->rings + bonds <= most)
    return PERCUTA_OK;
  const char *key = compound->rings >= bonds                                 ? "rings"
                    : compound->double_bonds >= 2.0 * compound->triple_bonds ? "double_bonds"
                                                                             : "triple_bonds";
  char what[128], allowed[128];
  snprintf(what, sizeof what, "%d rings and %g double bonds are more than the formula has room for",
           compound->rings, bonds);
  snprintf(allowed, sizeof allowed, "rings + double_bonds + 2 x triple_bonds up to %d", most);
  return percuta_substance_check_report(
      entry, percuta_base_yaml_get(entry->root, key),
      (struct percuta_mistake){
          .code = PERCUTA_CODE_CONFLICT, .key = key, .what = what, .allowed = allowed});
}

/* A volume that is said, or that follows from atoms, rings and bonds. */
static enum percuta_status check_volume(const struct percuta_entry *entry,
                                        const struct percuta_molecule_model *model,
                                        const struct percuta_compound *compound) {
  const double volume = percuta_substance_molecule_volume(model, compound);
  const double density = compound->molar_mass / volume;
  if (volume > 0 && density >= THINNEST && density <= DENSEST)
    return PERCUTA_OK;
  const char *key = compound->volume > 0 ? "volume" : compound->rings > 0 ? "rings" : "molar_mass";
  char what[128];
  snprintf(what, sizeof what, "leaves the molecule %.3g cm^3/mol for %.6g g/mol", 1e6 * volume,
           1e3 * compound->molar_mass);
  return percuta_substance_check_report(
      entry, percuta_base_yaml_get(entry->root, key),
      (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                               .key = key,
                               .what = what,
                               .allowed = "a molecule of 0.02 to 25 g/cm^3"});
}

enum percuta_status percuta_substance_plausible_check(const struct percuta_entry *entry,
                                                      const struct percuta_scenario *scenario,
                                                      const struct percuta_compound *compound) {
  struct percuta_molecule_model model;
  enum percuta_status status = check_bonds(entry, compound);
  if (status == PERCUTA_OK)
    status = percuta_substance_molecule_model_read(
        scenario->parameters ? scenario->parameters
                             : percuta_catalogue_parameters(scenario->catalogue),
        entry->diag, &model);
  return status == PERCUTA_OK ? check_volume(entry, &model, compound) : status;
}
