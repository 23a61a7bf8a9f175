/* The core model of repair: fibroblasts N, myofibroblasts M, a signalling molecule c and collagen
 * rho (Koppenol & Vermolen 2017; Egberts, Vermolen & van Zuijlen 2021, PMC8595192). Physics at a
 * point: no grid, no PETSc. Equations and sources: docs/theory/healing.md. */
#ifndef PERCUTA_HEALING_KOPPENOL_KOPPENOL_H
#define PERCUTA_HEALING_KOPPENOL_KOPPENOL_H

#include "base/diag.h"
#include "base/parameters.h"
#include "healing/part.h"
#include "skin/skin.h"

/* Fields, in units in which each is of order one: fibroblast n = N / Nbar, myofibroblast m = M /
 * Nbar, signal s = c / c_wound, collagen r = rho / rho_bar of young dermis. */

/* The parameters as published, in SI (cells are plain numbers). */
struct percuta_koppenol_parameters {
  double fibroblast_diffusivity;  /* D_F [m^5/s]: times the density of cells */
  double chemotaxis;              /* chi_F [m^5/(s kg)] */
  double signal_diffusivity;      /* D_c [m^2/s] */
  double division_factor;         /* r_max */
  double division_half_signal;    /* a_1 [kg/m^3] */
  double secretion_half_signal;   /* a_2 [kg/m^3] */
  double inhibition;              /* a_3 [m^3/kg] */
  double collagen_half_signal;    /* a_4 [kg/m^3] */
  double crowding;                /* kappa_F [m^3] */
  double differentiation;         /* k_F [m^3/(s kg)] */
  double secretion;               /* k_c [kg/s] */
  double myofibroblast_secretion; /* eta_1 */
  double myofibroblast_mmp;       /* eta_2 */
  double collagen_secretion;      /* k_rho [kg/s] */
  double collagen_factor;         /* k_max */
  double fibroblast_death;        /* delta_N [1/s] */
  double myofibroblast_death;     /* delta_M [1/s] */
  double signal_loss;             /* delta_c [m^6/(s kg)] */
  double collagen_loss;           /* delta_rho [m^6/(s kg)] */
  double division;                /* r_F [1/s], for densities counted in cells/cm^3 */
  double resting_fibroblasts;     /* Nbar [1/m^3] */
  double wound_signal;            /* c_wound [kg/m^3] released by a unit of injured tissue */
  double regularisation;          /* epsilon, of N and M relative to Nbar, in N^(1+q) */
};

/* What the point functions need, derived once from the parameters and the skin. Rates in 1/s. */
struct percuta_koppenol {
  double q;               /* exponent, from the resting density */
  double rest_growth;     /* delta_N / (1 - kappa Nbar) */
  double crowding;        /* kappa Nbar */
  double division_factor; /* r_max, times the skin's proliferation factor */
  double a1, a2, a4;      /* half-signals over c_wound */
  double a3;              /* times c_wound */
  double differentiation; /* k_F c_wound */
  double death_n, death_m;
  double secretion;   /* k_c Nbar / c_wound */
  double signal_loss; /* delta_c Nbar rho_bar */
  double eta1, eta2;
  double turnover;        /* delta_rho Nbar rho_bar = k_rho Nbar / rho_bar */
  double collagen_factor; /* k_max, times the skin's production factor */
  double around;          /* resting collagen of the skin, outside of a scar; 0: no skin is given */
  double epsilon2;        /* epsilon^2 */
  /* movement */
  double crowding_diffusivity; /* D_F Nbar [m^2/s per unit of n + m] */
  double chemotaxis;           /* chi_F c_wound [m^2/s per unit of s] */
  double signal_diffusivity;   /* [m^2/s] */
  /* for reports */
  double resting_collagen; /* rho_bar [kg/m^3] */
};

/* Fills `out` from the table koppenol. */
enum percuta_status percuta_healing_koppenol_read(const struct percuta_parameters *set,
                                                  struct percuta_diag *diag,
                                                  struct percuta_koppenol_parameters *out);

/* Derives the rates for a skin; `skin` may be NULL for healthy young skin. */
struct percuta_koppenol percuta_healing_koppenol_derive(const struct percuta_koppenol_parameters *p,
                                                        const struct percuta_skin *skin);

/* The signal, in units of c_wound, above which uniform resting tissue runs away:
 * c* = (delta_c rho a2 - k_c)/(k_c a3 - delta_c rho); 0 when rest is not stable at all, infinity
 * when there is no such level. */
double percuta_healing_koppenol_runaway_level(const struct percuta_koppenol *k);

#endif
