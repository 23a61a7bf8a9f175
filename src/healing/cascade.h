/* The healing model at a point: the core and those extensions that are on. */
#ifndef PERCUTA_HEALING_CASCADE_H
#define PERCUTA_HEALING_CASCADE_H

#include <string.h>

#include "healing/part.h"

/* A part keeps its parameters, a struct of its own, in its row of `values`; zero where it is off.
 */
struct percuta_cascade {
  struct percuta_layout layout;
  double values[PERCUTA_PART_COUNT][PERCUTA_PART_VALUES];
};

/* A part's struct percuta_<name>, copied into the block that asks. */
#define PERCUTA_PART(cascade, name)                                                                \
  ((const struct percuta_##name *)memcpy(&(struct percuta_##name){0},                              \
                                         (cascade)->values[PERCUTA_PART_##name],                   \
                                         sizeof(struct percuta_##name)))

/* Keeps *law, a struct percuta_<name>. */
#define PERCUTA_PART_KEEP(cascade, name, law)                                                      \
  do {                                                                                             \
    const struct percuta_##name *kept = (law);                                                     \
    _Static_assert(sizeof *kept <= sizeof(cascade)->values[0], "a part has too many parameters");  \
    memcpy((cascade)->values[PERCUTA_PART_##name], kept, sizeof *kept);                            \
  } while (0)

/* Reads and derives the parts of `layout` for `skin`. Mistakes go to `diag`. */
enum percuta_status percuta_healing_cascade_read(const struct percuta_layout *layout,
                                                 const struct percuta_parameters *set,
                                                 const struct percuta_skin *skin,
                                                 struct percuta_diag *diag,
                                                 struct percuta_cascade *out);

/* Adds the rates of a piece to piece->rate, and leaves in it what the parts told each other. */
void percuta_healing_cascade_rate(const struct percuta_cascade *cascade,
                                  struct percuta_piece *piece);

/* Adds dR_f/du_f, or what is near it, to piece->rate: not positive on return. */
void percuta_healing_cascade_slope(const struct percuta_cascade *cascade,
                                   struct percuta_piece *piece);

/* Writes the fields of rest into u[PERCUTA_FIELD_COUNT]; idle values where not computed. */
void percuta_healing_cascade_rest(const struct percuta_cascade *cascade,
                                  const struct percuta_tissue *site, double *u);
void percuta_healing_cascade_injure(const struct percuta_cascade *cascade,
                                    const struct percuta_tissue *site,
                                    const struct percuta_cut *cut, double *u);

/* Fills drift[PERCUTA_FIELD_COUNT]; zero for what does not move. */
void percuta_healing_cascade_drift(const struct percuta_cascade *cascade,
                                   struct percuta_drift *drift);

/* What the core makes of collagen at rest, per collagen there [1/s], where it rests at `rest`.
 * Known as soon as the core has been read. */
double percuta_healing_cascade_turnover(const struct percuta_cascade *cascade, double rest);

/* The same over that of young dermis. */
double percuta_healing_cascade_turnover_rel(const struct percuta_cascade *cascade, double rest);

/* out[i]: loss to enzymes over making, of collagen beyond[i] times that at rest, as the core alone
 * has it: what brings collagen back. More than one where beyond[i] is; the arrays may be the same.
 */
void percuta_healing_cascade_comeback(const struct percuta_cascade *cascade, size_t count,
                                      const double *beyond, double *out);

/* By how much signal can raise what a cell makes, over what it makes at rest, where collagen rests
 * at `rest`. */
double percuta_healing_cascade_rise(const struct percuta_cascade *cascade, double rest);

/* The field by which an injury calls for repair, that the core on listens to. */
enum percuta_field percuta_healing_cascade_call(const struct percuta_cascade *cascade);

/* The field into which cut tissue and its clot release what calls: that itself, or its latent form.
 */
enum percuta_field percuta_healing_cascade_release(const struct percuta_cascade *cascade);

/* Signal above which uniform resting tissue runs away, in the signal's unit; infinity where the
 * core knows no such level. */
double percuta_healing_cascade_runaway_level(const struct percuta_cascade *cascade);

/* Whether the core's cells move as collagen guides them. */
bool percuta_healing_cascade_guided(const struct percuta_cascade *cascade);

/* out[i]: share of a field's guided movement (struct percuta_drift) that collagen[i] leaves; the
 * arrays may be the same. */
void percuta_healing_cascade_guidance(const struct percuta_cascade *cascade, size_t count,
                                      const double *collagen, double *out);

#endif
