/* A scenario as used: every value resolved, in SI, with where it came from. Plain data; the strings
 * are owned by the scenario. The keys, their ranges and defaults are in input/keys.def. */
#ifndef PERCUTA_SCENARIO_SCENARIO_H
#define PERCUTA_SCENARIO_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/parameters.h"
#include "base/status.h"
#include "base/units.h"
#include "scenario/files.h"
#include "scenario/measured.h"

#define PERCUTA_MAX_PASSES 64
#define PERCUTA_MAX_PRODUCTS 16
#define PERCUTA_MAX_TIMES 24
#define PERCUTA_MAX_CHANGES 16

enum percuta_sex { PERCUTA_FEMALE, PERCUTA_MALE, PERCUTA_OTHER_SEX };
/* Fitzpatrick's phototype, from fair that always burns to deeply pigmented, and halfway between
 * two. */
enum percuta_phototype {
  PERCUTA_PHOTOTYPE_I,
  PERCUTA_PHOTOTYPE_I_II,
  PERCUTA_PHOTOTYPE_II,
  PERCUTA_PHOTOTYPE_II_III,
  PERCUTA_PHOTOTYPE_III,
  PERCUTA_PHOTOTYPE_III_IV,
  PERCUTA_PHOTOTYPE_IV,
  PERCUTA_PHOTOTYPE_IV_V,
  PERCUTA_PHOTOTYPE_V,
  PERCUTA_PHOTOTYPE_V_VI,
  PERCUTA_PHOTOTYPE_VI
};
enum percuta_scar_profile { PERCUTA_SCAR_BOXCAR, PERCUTA_SCAR_ROLLING, PERCUTA_SCAR_ICEPICK };
enum percuta_variation_switch { PERCUTA_VARIATION_OFF, PERCUTA_VARIATION_ON };
enum percuta_draw { PERCUTA_DRAW_MEAN, PERCUTA_DRAW_SAMPLED };
enum percuta_anticoagulant { PERCUTA_ANTICOAGULANT_NONE, PERCUTA_ANTICOAGULANT_WARFARIN };
/* Bits of person.anticoagulants, in the order of its choices. */
enum percuta_anticoagulants {
  PERCUTA_TAKES_WARFARIN = 1,
  PERCUTA_TAKES_ASPIRIN = 2,
  PERCUTA_TAKES_CLOPIDOGREL = 4,
  PERCUTA_TAKES_DIRECT_ORAL = 8,
  PERCUTA_TAKES_HEPARIN = 16
};
/* What becomes of the skin before it is needled: it stays where it is, or is cut out. */
enum percuta_preparation {
  PERCUTA_IN_VIVO,
  PERCUTA_DERMATOMED,     /* cut off at a depth */
  PERCUTA_FULL_THICKNESS, /* without its fat */
  PERCUTA_EPIDERMIS       /* peeled off the dermis after heat */
};
enum percuta_receptor { PERCUTA_RECEPTOR_SINK, PERCUTA_RECEPTOR_STIRRED };
enum percuta_smoking { PERCUTA_SMOKING_NONE, PERCUTA_SMOKING_DAILY, PERCUTA_SMOKING_STOPPED };
enum percuta_steroids {
  PERCUTA_STEROIDS_NONE,
  PERCUTA_STEROIDS_INTERMITTENT,
  PERCUTA_STEROIDS_TOPICAL,
  PERCUTA_STEROIDS_SYSTEMIC
};
enum percuta_aftercare { PERCUTA_AFTERCARE_NONE, PERCUTA_AFTERCARE_DICLOFENAC };
enum percuta_device_kind { PERCUTA_ROLLER, PERCUTA_STAMP, PERCUTA_PEN, PERCUTA_ARRAY };
enum percuta_array_layout {
  PERCUTA_LAYOUT_SQUARE,
  PERCUTA_LAYOUT_HEXAGONAL,
  PERCUTA_LAYOUT_RANDOM
};
enum percuta_needle_form { PERCUTA_FORM_CONE, PERCUTA_FORM_PYRAMID, PERCUTA_FORM_BLADE };
enum percuta_support {
  PERCUTA_SUPPORT_UNIFORM,
  PERCUTA_SUPPORT_SOFT_TISSUE,
  PERCUTA_SUPPORT_BONE,
  PERCUTA_SUPPORT_PLATE
};
enum percuta_fracture { PERCUTA_TIP_DIAMETER, PERCUTA_TIP_AREA };
enum percuta_core { PERCUTA_CORE_KOPPENOL, PERCUTA_CORE_PENSALFINI };

/* Extensions of the core model of healing, each on or off. */
struct percuta_extensions {
#define PERCUTA_CORE(name)
#define PERCUTA_EXTENSION(name, meaning) bool name;
#include "scenario/parts.def"
#undef PERCUTA_CORE
#undef PERCUTA_EXTENSION
};
enum percuta_fidelity { PERCUTA_COLUMN, PERCUTA_CHANNEL, PERCUTA_PATCH };
/* Which solver follows what is on the skin; usual: channel, and column in a column. */
enum percuta_permeation_choice {
  PERCUTA_PERMEATION_USUAL,
  PERCUTA_PERMEATION_COLUMN,
  PERCUTA_PERMEATION_CHANNEL,
  PERCUTA_PERMEATION_PATCH
};
/* Whether joint draws bring their core of healing. */
enum percuta_cores_choice { PERCUTA_CORES_DRAWN, PERCUTA_CORES_KEPT };
enum percuta_vessels_drawn { PERCUTA_VESSELS_DRAWN, PERCUTA_VESSELS_EXPECTED };

/* How the skin differs from healthy skin of its age; ids are entries of data/skin/conditions.yaml.
 */
struct percuta_condition {
  char *kind;    /* owned; none | photoaged | wrinkle | acne-scar | surgical-scar | striae | ... */
  double depth;  /* [m] of a scar or stria below the dermal-epidermal junction */
  double width;  /* [m] of a furrow, scar or stria */
  double recess; /* [m] of the surface below the skin around it; negative: raised */
  enum percuta_scar_profile profile; /* of an acne scar */
  double wavelength;                 /* [m] from furrow to furrow */
  double direction;                  /* [rad] in which furrows run */
};

/* Thicknesses that replace the atlas's [m]; 0 leaves them. */
struct percuta_layers {
  double epidermis, dermis, hypodermis;
};

/* Times, increasing. */
struct percuta_times {
  int count;
  double item[PERCUTA_MAX_TIMES]; /* [s] */
};

/* What lies below excised skin; without a stirred receptor the rest is not read. */
struct percuta_franz_cell {
  enum percuta_receptor receptor;
  double area;   /* [m^2] of skin */
  double volume; /* [m^3] of the fluid */
  double pH;
  double sample;                     /* [m^3] of fluid that is replaced by fresh each time */
  struct percuta_times sample_times; /* since the first dose */
};

/* What a person's blood holds, as shares of what is normal: clotting factors, antithrombin, tissue
 * factor pathway inhibitor, fibrinogen and platelets. */
/* Of whose hair the density was counted. */
enum percuta_ancestry {
  PERCUTA_ANCESTRY_UNSTATED,
  PERCUTA_ANCESTRY_AFRICAN,
  PERCUTA_ANCESTRY_ASIAN,
  PERCUTA_ANCESTRY_EUROPEAN
};

struct percuta_clotting {
  double II, V, VII, VIII, IX, X;
  double AT, TFPI, fibrinogen, platelets;
};

struct percuta_person {
  double age; /* [s] */
  enum percuta_sex sex;
  enum percuta_phototype phototype;
  double ita;             /* [rad] individual typology angle; 0: as the phototype's */
  enum percuta_draw draw; /* the mean person, or one drawn from the population with model.seed */
  struct percuta_clotting clotting;
  enum percuta_anticoagulant anticoagulant; /* the same as the one of the next, from before lists */
  int anticoagulants;                       /* bits of enum percuta_anticoagulants */
  enum percuta_smoking smoking;
  enum percuta_steroids steroids;
  bool diabetes, isotretinoin;
  enum percuta_ancestry ancestry;
};

struct percuta_needle {
  enum percuta_needle_form form;
  double length;        /* [m] */
  double base_diameter; /* [m] of a pyramid the side of its square base, of a blade its width */
  double thickness;     /* [m] of a blade */
  double tip_radius;    /* [m] */
  double taper;         /* [m] length of the conical part, from the tip */
  double wear;          /* [m] by which worn tips are blunter; the needle as above is new */
  double bent_share;    /* of the needles that are bent */
  double bend_angle;    /* [rad] by which these lean */
};

struct percuta_device {
  char *preset; /* owned; "" when every property is spelled out */
  enum percuta_device_kind kind;
  struct percuta_needle needle;
  /* roller */
  double drum_diameter; /* [m], without needles */
  double drum_width;    /* [m], over which the rings are spread evenly */
  int rings;            /* needle rings side by side along the axle ("rows") */
  int needles_per_ring;
  bool staggered; /* every second ring turned by half a pitch */
  /* stamp and pen: needles on a square lattice, or on concentric rings for a pen */
  int needles;          /* in the head */
  double head_diameter; /* [m] */
  double frequency;     /* [1/s] strokes of a pen; stamps per second of a stamp */
  /* array: needles in rows, pressed on as a whole */
  enum percuta_array_layout layout;
  int rows, columns; /* `needles` in all */
  double pitch; /* [m] from needle to nearest needle; of a random array, of a square one as dense */
};

enum percuta_hand_motion {
  PERCUTA_MOTION_STRAIGHT,
  PERCUTA_MOTION_CIRCULAR,
  PERCUTA_MOTION_STAMPING
};

struct percuta_pass {
  double direction; /* [rad] anticlockwise from the x axis; of no meaning in circles */
  enum percuta_hand_motion motion;
};

/* Whether what is on the skin is covered airtight: as the product says, or as one wishes. */
enum percuta_cover { PERCUTA_COVER_USUAL, PERCUTA_COVER_OCCLUDED, PERCUTA_COVER_OPEN };
enum percuta_numbing_order { PERCUTA_CREAM_FIRST, PERCUTA_NEEDLES_FIRST };

/* A numbing cream. Of dose and apply, 0 stands for what the product says. */
struct percuta_numbing_plan {
  char *product; /* owned; "": no cream */
  char *amount;  /* owned; the dose as it is measured out, "": as dose says */
  double dose;   /* [kg/m^2] each time */
  double apply;  /* [s] from the first dose until it is wiped off */
  double again;  /* [s] from dose to dose; 0: one dose */
  double wait;   /* [s] from wiping it off to the first strike */
  double area;   /* [m^2] under it */
  enum percuta_cover occluded;
  enum percuta_numbing_order order;
};

/* Lidocaine injected before the needles. */
enum percuta_injection_solution {
  PERCUTA_INJECTION_NONE,
  PERCUTA_INJECTION_PLAIN,
  PERCUTA_INJECTION_ADRENALINE,
  PERCUTA_INJECTION_TUMESCENT
};

struct percuta_injection_plan {
  enum percuta_injection_solution solution;
  double dose; /* [kg] of lidocaine */
  double wait; /* [s] from the injection to the first strike */
};

/* A serum, lotion or drug put on after the needles. */
struct percuta_product_plan {
  char *product; /* owned */
  double after;  /* [s] from the session to the first dose */
  char *amount;  /* owned; the dose as it is measured out, "": as dose says */
  double area;   /* [m^2] that it is spread over */
  double dose, apply, again;
  int from;                          /* session, from 1; of one made by hand 0 is the first, too */
  int times_per_day;                 /* a regimen; 0: one application */
  double regimen;                    /* [s] that it lasts … */
  double not_within;                 /* [s] … but for so long before and after a session */
  bool infinite;                     /* it is not used up */
  double follow;                     /* [s] from the first dose that it is followed; 0: as usual */
  struct percuta_times report_times; /* since the first dose, at which amounts are told */
  char *measured_file;               /* owned; "": none */
  struct percuta_measured *measured; /* owned; what is in it; NULL: none */
  enum percuta_cover occluded;
};

enum percuta_until { PERCUTA_UNTIL_PASSES, PERCUTA_UNTIL_PINPOINT_BLEEDING };

struct percuta_session {
  int pass_count;
  struct percuta_pass passes[PERCUTA_MAX_PASSES];
  int repeat;               /* times that each direction is gone over … */
  enum percuta_until until; /* … or the most, until this */
  double force;             /* [N] of the hand on the device */
  double speed;             /* [m/s] of the device over the skin */
  double angle_jitter;      /* [rad] standard deviation of a pass's direction */
  double slip;              /* fraction by which the device outruns its rolling; 0 = none */
  double occlusion;         /* [s] after the session that the skin is covered airtight */
  enum percuta_aftercare aftercare;
  struct percuta_numbing_plan numbing;
  struct percuta_injection_plan injection;
  int product_count;
  struct percuta_product_plan products[PERCUTA_MAX_PRODUCTS];
};

/* What happens to the sessions after one that was late. */
enum percuta_when_late { PERCUTA_LATE_SHIFT, PERCUTA_LATE_KEEP };

/* Device and hand from a session on; 0 and "" leave what was before. */
struct percuta_change {
  int from;     /* session, from 1 */
  char *preset; /* owned; of another device */
  double needle_length, force;
  int repeat;
  struct percuta_device device; /* what that makes; its preset is borrowed */
};

/* The plan of sessions; scenario/calendar.h tells what it comes to. */
struct percuta_course {
  struct percuta_times days; /* of the sessions; none: `sessions` of them, an `interval` apart */
  int sessions;
  double interval;   /* [s] from one session to the next */
  double then_every; /* [s] from session to session after those, until the end; 0: none */
  enum percuta_when_late when_late;
  int change_count;
  struct percuta_change changes[PERCUTA_MAX_CHANGES];
  bool only_if_healed; /* wait until the skin has healed, if it has not */
  double follow_up;    /* [s] from the first session to the end */
};

struct percuta_model {
  enum percuta_fidelity fidelity;
  double patch_width;                 /* [m] */
  double patch_cell;                  /* [m] lateral cell size, and the finest depth cell */
  enum percuta_vessels_drawn vessels; /* in a patch; elsewhere they are never drawn */
  uint64_t seed;
  double tolerance; /* relative, of the time stepper */
  enum percuta_fracture fracture;
  enum percuta_variation_switch variation;
  enum percuta_permeation_choice permeation;
  int draws; /* joint draws of parameters followed beside the run */
  enum percuta_cores_choice cores;
};

struct percuta_catalogue;

/* Where a key's value came from. */
struct percuta_origin {
  char *text; /* owned, "place" or "place: source"; NULL: the key does nothing in this scenario */
  size_t source; /* where the source begins in that; 0: there is none */
  bool fallback; /* it is the default of the registry */
};

struct percuta_scenario {
  char *path; /* owned; as given on the command line */
  char *text; /* owned; the file as read */
  char **set; /* owned, each; "key=value", what was changed of it */
  int set_count;
  char *title; /* owned */
  struct percuta_person person;
  char *site; /* owned; id in data/skin/atlas.yaml */
  struct percuta_condition condition;
  struct percuta_layers layers;
  enum percuta_support support; /* what the skin lies on */
  enum percuta_preparation preparation;
  double dermatomed_thickness; /* [m] of a dermatomed piece, its stratum corneum included */
  struct percuta_franz_cell franz_cell;
  struct percuta_device device;
  struct percuta_session session;
  struct percuta_course course;
  enum percuta_core core;
  struct percuta_extensions healing;
  struct percuta_model model;
  const struct percuta_catalogue *catalogue; /* borrowed; what it was read with */
  const struct percuta_units *units;         /* borrowed from the catalogue */
  struct percuta_parameters *parameters;     /* owned; over the catalogue's, overrides applied */
  struct percuta_scenario_files files;       /* owned; of the products on the skin */
  struct percuta_origin *origin; /* owned; of each key's value, in the order of the registry */
  int origin_count;
  uint64_t keys_hash; /* of the keys in used_parameters.yaml and of the user's own products */
  uint64_t hash;      /* and of all parameters, of the data used (input/data.h) and of the program's
                         version: equal hash = same run */
};

/* A scenario at `path` (a file's, as shown in messages) without any value: empty texts, no origin.
 */
enum percuta_status percuta_scenario_create(const struct percuta_catalogue *catalogue,
                                            const char *path, int keys,
                                            struct percuta_scenario **out);
/* "woman", "man" or "person". */
const char *percuta_scenario_sex_words(enum percuta_sex sex);

/* Drugs against clotting that the person takes: bits of enum percuta_anticoagulants. */
int percuta_scenario_anticoagulants(const struct percuta_person *person);

/* Whether the skin lives: bleeds, heals and closes. */
bool percuta_scenario_is_alive(const struct percuta_scenario *scenario);

/* Releases all that it owns; accepts NULL. */
void percuta_scenario_destroy(struct percuta_scenario **scenario);

#endif
