/* The second core model of repair: an inflammatory signal a, a cytokine c, fibroblasts rho and
 * collagen phi (Pensalfini & Buganza Tepole 2023, PMC10030043). Physics at a point: no grid, no
 * PETSc. Equations and sources: docs/theory/pensalfini.md. */
#ifndef PERCUTA_HEALING_PENSALFINI_PENSALFINI_H
#define PERCUTA_HEALING_PENSALFINI_PENSALFINI_H

#include <stddef.h>

#include "healing/part.h"

/* What the point functions need. All fields are relative to healthy skin, where a = 0 and c, rho
 * and phi are one; rates in 1/s. */
struct percuta_pensalfini {
  double calming;           /* d_alpha: loss of a */
  double calling;           /* p_c,alpha: c made by a unit of a */
  double cytokine_half;     /* K_c,c */
  double cytokine_making;   /* p_c,rho, from rest */
  double cytokine_sensing;  /* p_c,e H */
  double cytokine_loss;     /* d_c */
  double division_rest;     /* all of the division at rest */
  double division_factor;   /* p_rho,c, times the skin's proliferation factor */
  double division_half;     /* K_rho,c */
  double crowding;          /* 1 / K_rho,rho, from rest */
  double death;             /* d_rho */
  double production_rest;   /* all of p_phi at rest, by a cell in collagen of zero */
  double production_factor; /* p_phi,c, times the skin's production factor */
  double around;            /* resting collagen of the skin, outside of a scar; 0: none is given */
  double production_half;   /* K_phi,c */
  double production_room;   /* K_phi,rho, from rest */
  double loss;              /* d_phi */
  double cytokine_cutting;  /* d_phi,c */
  /* movement */
  double diffusivity;       /* of a and of c [m^2/s] */
  double mobility_peak;     /* of fibroblasts, where collagen is loosest for them [m^2/s] */
  double mobility_floor;    /* in no collagen, and in much of it [m^2/s] */
  double mobility_collagen; /* collagen at the peak, relative to young dermis */
};

/* Collagen made at rest, per collagen there [1/s]; the same however much of it there is. */
double percuta_healing_pensalfini_turnover(const struct percuta_pensalfini *p);

/* out[i]: how near fibroblasts in collagen[i] come to their greatest mobility, 0 to 1. The arrays
 * may be the same. */
void percuta_healing_pensalfini_mobility(const struct percuta_pensalfini *p, size_t count,
                                         const double *collagen, double *out);

#endif
