/* A compound that may pass through skin, as its file describes it (data/compounds/NAME.yaml). */
#ifndef PERCUTA_SUBSTANCE_COMPOUND_H
#define PERCUTA_SUBSTANCE_COMPOUND_H

#include <stdbool.h>

#include "scenario/scenario.h"
#include "substance/formula.h"

enum { PERCUTA_COMPOUND_GROUPS = 6 };

enum percuta_compound_kind {
  PERCUTA_COMPOUND_SMALL,
  PERCUTA_COMPOUND_PEPTIDE,
  PERCUTA_COMPOUND_PROTEIN,
  PERCUTA_COMPOUND_POLYMER,
  PERCUTA_COMPOUND_ION
};

/* How charges are told: by the groups that ionise; a zwitterion whose log Kow is that of the
 * zwitterion itself; an ion at every pH. */
enum percuta_compound_state {
  PERCUTA_COMPOUND_MOLECULE,
  PERCUTA_COMPOUND_ZWITTERION,
  PERCUTA_COMPOUND_CHARGED
};

/* Which law of binding to albumin holds (viable.h). */
enum percuta_compound_binding {
  PERCUTA_BINDING_NEUTRAL_OR_BASE,
  PERCUTA_BINDING_PHARMACOPHORE,
  PERCUTA_BINDING_ACID,
  PERCUTA_BINDINGS
};

struct percuta_compound_group {
  bool base; /* else an acid */
  double pKa;
};

/* What is known of a local anaesthetic; all 0 for other compounds. */
struct percuta_compound_numbing {
  double level, level_low, level_high; /* [kg/m^3] in tissue from which it is numb; the range */
  double clearance;                    /* [m^3/s] from the plasma of an adult */
  double distribution;                 /* [m^3/kg] volume of distribution per body mass */
  double toxic;                        /* [kg/m^3] in plasma from which it is mildly toxic */
};

struct percuta_compound {
  char id[64];
  char name[128];
  enum percuta_compound_kind kind;
  struct percuta_formula formula; /* of one unit */
  int repeat;                     /* units; 1 unless a polymer */
  int rings, double_bonds, triple_bonds;
  double volume;     /* [m^3/mol] said by the file; 0: from the formula (molecule.h) */
  double molar_mass; /* [kg/mol] */
  double log_kow;    /* of the neutral form */
  enum percuta_compound_state state;
  int group_count;
  struct percuta_compound_group group[PERCUTA_COMPOUND_GROUPS];
  enum percuta_compound_binding binding;
  double unbound;    /* share not bound to albumin; 0: computed (viable.h) */
  double solubility; /* [kg/m^3] of the neutral form in water; 0: not known */
  struct percuta_compound_numbing numbing;
};

/* Reads the compound `id`: the user's own of scenario->files, or the catalogue's. Mistakes go to
 * `diag`; PERCUTA_BAD_INPUT also when there is none. */
enum percuta_status percuta_substance_compound_read(const struct percuta_scenario *scenario,
                                                    const char *id, struct percuta_diag *diag,
                                                    struct percuta_compound *out);

/* Share that is neutral at `pH`, every group ionising on its own; `ion_share` for what is charged
 * at every pH, 1 for a zwitterion. */
double percuta_substance_compound_neutral(const struct percuta_compound *compound, double pH,
                                          double ion_share);

/* What passes a barrier of lipids at `pH` over what would pass were all of it neutral, when every
 * charge makes a form `charged_ratio` times as permeable; `ion_share` as above. */
double percuta_substance_compound_passing(const struct percuta_compound *compound, double pH,
                                          double ion_share, double charged_ratio);

/* log10 of the octanol-water distribution at a neutral share. */
double percuta_substance_compound_log_d(const struct percuta_compound *compound, double neutral);

#endif
