/* Calibrates insertion: writes data/insertion/posterior.yaml.
 *
 * Draws of the parameters from their priors (PRIORS below) are weighted by the likelihood of
 * calibration rows (ROW), which the insertion room itself predicts, and resampled to equal weights
 * (importance sampling). What stays open is calibrated apart: for each draw that was kept, its two
 * parameters are drawn anew, weighted by their own rows at that draw's depth, so that rows of what
 * is left never say anything about how deep needles go. Random numbers are counter-based: the same
 * file on every machine with the same arithmetic. Medians, 90 % ranges, the effective number of
 * draws and the evidence ln Z go to standard output.
 *
 *   percuta_insertion_posterior [-o FILE] [--without ROW]…      `make posterior`
 *
 * Theory: docs/theory/insertion.md. Test: tests/unit/test_posterior.c, of the file it wrote. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/number.h"
#include "base/random.h"
#include "base/units.h"
#include "catalogue/catalogue.h"
#include "device/device.h"
#include "input/preset.h"
#include "insertion/draws.h"

enum {
  PRIOR_DRAWS = 240000,
  BLOCK = PERCUTA_DRAWS,
  OPEN_DRAWS = 500, /* for each draw kept */
  NUISANCE = PERCUTA_DRAWN
};

static const double NORMAL_95 = 1.6448536269514722;

/* A prior: log-normal or normal with 5 % below `low` and 5 % above `high`, or log-uniform between
 * them. In the unit of the parameter's table. */
enum form { LOG_NORMAL, NORMAL, LOG_UNIFORM };
struct prior {
  const char *name;
  enum form form;
  double low, high;
};

static const struct prior PRIORS[PERCUTA_DRAWN + 1] = {
    {"skin.stiffness", LOG_NORMAL, 0.05, 1.8},          /* MPa; MECH-058 to 066 */
    {"skin.stiffness_film", LOG_NORMAL, 7, 34},         /* N/m; MECH-071, 072 */
    {"insertion.rate_exponent", NORMAL, 0.04, 0.12},    /* MECH-073 */
    {"insertion.fracture_energy", LOG_NORMAL, 0.84, 3}, /* kJ/m^2; 1.6 of MECH-052, 053 */
    {"insertion.tip_crack", LOG_UNIFORM, 1, 3.1416},    /* a slit to a ring */
    {"insertion.hardening", LOG_UNIFORM, 3, 10},
    {"insertion.friction", LOG_NORMAL, 0.09, 0.8}, /* 0.27 of MECH-055 to 057 */
    {"insertion.opening", LOG_UNIFORM, 0.1, 1},
    {"insertion.arc_share", LOG_UNIFORM, 0.33, 0.67},
    {"insertion.open_depth", LOG_UNIFORM, 30, 600},  /* um */
    {"insertion.open_width", LOG_UNIFORM, 0.3, 1.2}, /* shares */
    {"tip of MECH-030, 031", LOG_UNIFORM, 3, 20},    /* um; not told */
};

/* Rows and the standard deviation of the logarithm of what they measured. */
enum row {
  DROP_FINE,
  DROP_BLUNT,
  DROP_THEORY,
  PEN,
  ENTRY,
  OPEN_RAT, /* from here on what stays open */
  OPEN_HUMAN,
  WIDTH_RAT,
  ROWS
};
static const struct {
  const char *id;
  double error;
} ROW[ROWS] = {[DROP_FINE] = {"MECH-027", 0.3},   [DROP_BLUNT] = {"MECH-028", 0.3},
               [DROP_THEORY] = {"MECH-030", 0.6}, [PEN] = {"MECH-156", 0.2},
               [ENTRY] = {"TRAN-174", 0.05},      [OPEN_RAT] = {"MECH-021", 0.3},
               [OPEN_HUMAN] = {"MECH-158", 0.3},  [WIDTH_RAT] = {"MECH-022", 0.2}};

static const char *const TABLES[] = {"insertion", "closure"};

/* What is read once. */
struct study {
  struct percuta_catalogue *catalogue;
  struct percuta_scenario scenario; /* a person of the age at which moduli hold */
  struct percuta_parameters *parameters;
  struct percuta_diag *diag;
  double low[ROWS], high[ROWS]; /* published, equal when one number was */
  bool left_out[ROWS];
};

static void fail(const struct study *study, const char *what) {
  percuta_base_diag_print(study->diag, stderr);
  fprintf(stderr, "insertion_posterior: %s\n", what);
  exit(2);
}

/* "0.8-1.1" or "20". */
static bool read_span(const char *text, double *low, double *high) {
  const size_t first = percuta_base_number_scan(text, low);
  *high = *low;
  return first > 0 && (text[first] == '\0' ||
                       (text[first] == '-' && percuta_base_number_scan(text + first + 1, high)));
}

/* Values of the rows in data/evidence, which must be there for calibration. */
static void read_rows(struct study *study) {
  for (size_t t = 0; t < sizeof TABLES / sizeof *TABLES; t++) {
    char path[1024];
    struct percuta_csv csv;
    snprintf(path, sizeof path, "%s/evidence/%s.csv", percuta_catalogue_folder(study->catalogue),
             TABLES[t]);
    if (percuta_base_csv_read(path, study->diag, &csv) != PERCUTA_OK)
      fail(study, "no evidence");
    for (size_t i = 0; i < csv.rows; i++) {
      for (int r = 0; r < ROWS; r++) {
        if (strcmp(percuta_base_csv_cell(&csv, i, "id"), ROW[r].id) != 0)
          continue;
        if (strcmp(percuta_base_csv_cell(&csv, i, "use"), "calibration") != 0 ||
            !read_span(percuta_base_csv_cell(&csv, i, "value"), &study->low[r], &study->high[r]))
          fail(study, ROW[r].id);
      }
    }
    percuta_base_csv_clear(&csv);
  }
}

static void open_study(struct study *study) {
  static char site[] = "cheek", kind[] = "none";
  struct percuta_scenario *scenario = &study->scenario;
  if (percuta_base_diag_create(&study->diag) != 0 ||
      percuta_catalogue_open(NULL, study->diag, &study->catalogue) != PERCUTA_OK ||
      percuta_base_parameters_overlay(percuta_catalogue_parameters(study->catalogue),
                                      &study->parameters) != PERCUTA_OK)
    fail(study, "no data");
  *scenario = (struct percuta_scenario){.site = site,
                                        .condition.kind = kind,
                                        .person.age = 30 * PERCUTA_YEAR,
                                        .session = {.force = 5, .speed = 0.05},
                                        .support = PERCUTA_SUPPORT_UNIFORM,
                                        .catalogue = study->catalogue,
                                        .units = percuta_catalogue_units(study->catalogue),
                                        .parameters = study->parameters};
  read_rows(study);
}

/* A device on this skin, with what does not change from draw to draw. */
struct setup {
  struct percuta_needle needle;
  struct percuta_hand hand;
  struct percuta_contact contact;
  struct percuta_puncture_law law;
  double speed_ratio;
};

static struct setup set_up(struct study *study, const char *preset, double length) {
  struct percuta_scenario *scenario = &study->scenario;
  struct percuta_entry entry;
  struct percuta_skin skin;
  struct setup out;
  double speed = 0;
  const struct percuta_parameter_slot slot = {"insertion.rate_speed", &speed};
  if (percuta_input_preset_read(study->catalogue, preset, study->diag, &scenario->device, &entry) !=
      PERCUTA_OK)
    fail(study, preset);
  struct percuta_needle *needle = &scenario->device.needle;
  if (length > 0) { /* the same cone, cut off at its base */
    const double slope = (needle->base_diameter / 2 - needle->tip_radius) / needle->taper;
    needle->length = needle->taper = length;
    needle->base_diameter = 2 * (needle->tip_radius + slope * length);
  }
  if (percuta_skin_read(scenario, study->diag, &skin) != PERCUTA_OK ||
      percuta_insertion_puncture_read(scenario, study->diag, &out.law) != PERCUTA_OK ||
      percuta_insertion_contact_read(scenario, &skin, study->diag, &out.contact) != PERCUTA_OK ||
      percuta_base_parameters_fill(study->parameters, &slot, 1, study->diag) != PERCUTA_OK)
    fail(study, preset);
  out.needle = *needle;
  out.hand = percuta_insertion_hand_of(scenario);
  out.speed_ratio = percuta_device_needle_speed(&scenario->device, &scenario->session) / speed;
  return out;
}

/* Share of a standard normal distribution turned into its argument (Acklam's rational functions,
 * good to 1e-9, would be more than is needed: bisection of erfc). */
static double normal_at(double share) {
  double low = -9, high = 9;
  for (int i = 0; i < 48; i++) {
    const double middle = (low + high) / 2;
    *(erfc(-middle / sqrt(2)) / 2 < share ? &low : &high) = middle;
  }
  return (low + high) / 2;
}

static double draw(const struct prior *prior, double share) {
  const double low = prior->low, high = prior->high;
  if (prior->form == LOG_UNIFORM)
    return low * pow(high / low, share);
  const double place = normal_at(share) / NORMAL_95; /* -1 at low, 1 at high */
  return prior->form == NORMAL ? (low + high) / 2 + place * (high - low) / 2
                               : sqrt(low * high) * pow(high / low, place / 2);
}

/* Value of one parameter in draw number k, in the unit of its table. */
static double draw_one(uint32_t k, int column) {
  const struct percuta_random_key key = {.seed = 1, .purpose = PERCUTA_RANDOM_PARAMETER};
  double uniform[4];
  percuta_base_random_uniform4(key, k, percuta_base_random_digest(PRIORS[column].name), uniform);
  return draw(&PRIORS[column], uniform[0]);
}

static void draw_all(uint32_t k, double value[PERCUTA_DRAWN + 1]) {
  for (int column = 0; column <= PERCUTA_DRAWN; column++)
    value[column] = draw_one(k, column);
}

/* ln of a likelihood: log-normal around the published number, or one-sided outside its interval. */
static double misfit(const struct study *study, enum row row, double predicted) {
  if (study->left_out[row])
    return 0;
  const double low = study->low[row], high = study->high[row];
  const bool bounds = row == PEN; /* "0.8-1.1" are bounds; "70-150" is the spread of a depth */
  const double centre = bounds ? fmin(high, fmax(low, predicted)) : sqrt(low * high);
  const double off = log(fmax(predicted, 1e-9) / centre) / ROW[row].error;
  return -off * off / 2;
}

/* The devices of the rows. */
struct bench {
  struct setup single, pen, fine_roller, roller;
};

static struct percuta_needle single_needle(double diameter) {
  return (struct percuta_needle){.length = 1.5 * PERCUTA_MM,
                                 .base_diameter = 0.25 * PERCUTA_MM,
                                 .tip_radius = diameter / 2,
                                 .taper = 1.5 * PERCUTA_MM};
}

static double drop_mN(const struct percuta_ensemble *e, int k, double diameter_um) {
  const struct percuta_needle needle = single_needle(diameter_um * PERCUTA_UM);
  return 1e3 * percuta_insertion_puncture_drop(&e->law[k], &e->contact[k], &needle);
}

/* Logarithm of the likelihood of what the needle does in the skin, in this draw. */
static double log_likelihood(const struct study *study, const struct bench *bench,
                             const struct percuta_ensemble e[3], int k, double tip_um) {
  const struct percuta_puncture_law *law = &e[0].law[k];
  const struct setup *pen = &bench->pen, *fine = &bench->fine_roller;
  const double share =
      percuta_insertion_puncture_solve(law, &pen->needle, &e[1].contact[k], &pen->hand).depth /
      pen->needle.length;
  const bool enters =
      percuta_insertion_puncture_enters(law, &fine->needle, &e[2].contact[k], &fine->hand);
  double sum = misfit(study, DROP_FINE, drop_mN(&e[0], k, 5)) +
               misfit(study, DROP_BLUNT, drop_mN(&e[0], k, 37)) +
               misfit(study, DROP_THEORY, drop_mN(&e[0], k, tip_um) / 1e3) +
               misfit(study, PEN, share);
  if (!study->left_out[ENTRY])
    sum += log(enters ? 1 - ROW[ENTRY].error : ROW[ENTRY].error);
  return sum;
}

/* A block of draws as the insertion room takes them. */
static void fill_block(const struct study *study, const uint32_t number[BLOCK],
                       double value[BLOCK][PERCUTA_DRAWN + 1],
                       struct percuta_insertion_draws *draws) {
  draws->count = BLOCK;
  for (int column = 0; column < PERCUTA_DRAWN; column++) {
    const struct percuta_parameter *p =
        percuta_base_parameters_find(study->parameters, PRIORS[column].name);
    draws->what[column] = (struct percuta_drawn){.name = p->name, .value = p->value_si};
    for (int k = 0; k < BLOCK; k++) {
      if (column == 0)
        draw_all(number[k], value[k]);
      draws->value[k][column] = value[k][column] * p->value_si / p->value;
    }
  }
}

static void weigh(const struct study *study, const struct bench *bench, double *log_weight) {
  static double value[BLOCK][PERCUTA_DRAWN + 1];
  static struct percuta_insertion_draws draws;
  const struct setup *setups[3] = {&bench->single, &bench->pen, &bench->fine_roller};
  for (int from = 0; from < PRIOR_DRAWS; from += BLOCK) {
    struct percuta_ensemble e[3];
    uint32_t number[BLOCK];
    for (int k = 0; k < BLOCK; k++)
      number[k] = (uint32_t)(from + k);
    fill_block(study, number, value, &draws);
    for (int s = 0; s < 3; s++)
      if (percuta_insertion_draws_apply(&draws, &setups[s]->law, &setups[s]->contact,
                                        setups[s]->speed_ratio, &e[s]) != PERCUTA_OK)
        fail(study, "out of memory");
    for (int k = 0; k < BLOCK; k++)
      log_weight[from + k] = log_likelihood(study, bench, e, k, value[k][NUISANCE]);
    for (int s = 0; s < 3; s++)
      percuta_insertion_draws_clear(&e[s]);
  }
}

/* Turns logarithms into weights that add up to 1; returns ln Z. */
static double normalise(double *weight) {
  double most = -INFINITY, sum = 0;
  for (int k = 0; k < PRIOR_DRAWS; k++)
    most = fmax(most, weight[k]);
  for (int k = 0; k < PRIOR_DRAWS; k++)
    sum += weight[k] = exp(weight[k] - most);
  for (int k = 0; k < PRIOR_DRAWS; k++)
    weight[k] /= sum;
  return most + log(sum / PRIOR_DRAWS);
}

static double effective(const double *weight) {
  double squares = 0;
  for (int k = 0; k < PRIOR_DRAWS; k++)
    squares += weight[k] * weight[k];
  return 1 / squares;
}

/* Systematic resampling: draw number i is where the weights add up to (i + 1/2)/PERCUTA_DRAWS. */
static void resample(const double *weight, uint32_t chosen[PERCUTA_DRAWS]) {
  double sum = weight[0];
  uint32_t k = 0;
  for (int i = 0; i < PERCUTA_DRAWS; i++) {
    while (sum < (i + 0.5) / PERCUTA_DRAWS && k + 1 < PRIOR_DRAWS)
      sum += weight[++k];
    chosen[i] = k;
  }
}

/* Draws open_depth and open_width [um, 1] from their posterior for a needle that came `depth_um`
 * deep where its radius was `radius_um`; `number` keys the draw. */
static void draw_open(const struct study *study, uint32_t number, double depth_um, double radius_um,
                      double *open_depth, double *open_width) {
  double weight[OPEN_DRAWS], sum = 0;
  const int depth = percuta_insertion_draws_column("insertion.open_depth");
  const int width = percuta_insertion_draws_column("insertion.open_width");
  for (uint32_t m = 0; m < OPEN_DRAWS; m++) {
    const uint32_t k = number * OPEN_DRAWS + m;
    const double left = draw_one(k, depth);
    sum += weight[m] =
        exp(misfit(study, OPEN_RAT, fmin(depth_um, left)) + misfit(study, OPEN_HUMAN, left) +
            misfit(study, WIDTH_RAT, 2 * draw_one(k, width) * radius_um));
  }
  const struct percuta_random_key key = {.seed = 2, .purpose = PERCUTA_RANDOM_PARAMETER};
  double uniform[4];
  percuta_base_random_uniform4(key, number, 0, uniform);
  uint32_t m = 0;
  for (double below = weight[0]; below < uniform[0] * sum && m + 1 < OPEN_DRAWS;)
    below += weight[++m];
  *open_depth = draw_one(number * OPEN_DRAWS + m, depth);
  *open_width = draw_one(number * OPEN_DRAWS + m, width);
}

/* What stays open, for each of the draws kept. */
static void add_open(const struct study *study, const struct setup *roller,
                     const uint32_t chosen[PERCUTA_DRAWS],
                     double value[PERCUTA_DRAWS][PERCUTA_DRAWN + 1]) {
  static struct percuta_insertion_draws draws;
  struct percuta_ensemble e;
  fill_block(study, chosen, value, &draws);
  if (percuta_insertion_draws_apply(&draws, &roller->law, &roller->contact, roller->speed_ratio,
                                    &e) != PERCUTA_OK)
    fail(study, "out of memory");
  for (int i = 0; i < PERCUTA_DRAWS; i++) {
    const double depth =
        percuta_insertion_puncture_solve(&e.law[i], &roller->needle, &e.contact[i], &roller->hand)
            .depth;
    const double radius = percuta_insertion_puncture_needle_radius(&roller->needle, depth);
    draw_open(study, (uint32_t)i, depth / PERCUTA_UM, radius / PERCUTA_UM,
              &value[i][percuta_insertion_draws_column("insertion.open_depth")],
              &value[i][percuta_insertion_draws_column("insertion.open_width")]);
  }
  percuta_insertion_draws_clear(&e);
}

static int compare(const void *left, const void *right) {
  const double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static void tell(double value[PERCUTA_DRAWS][PERCUTA_DRAWN + 1]) {
  double sorted[PERCUTA_DRAWS];
  for (int column = 0; column < PERCUTA_DRAWN; column++) {
    for (int i = 0; i < PERCUTA_DRAWS; i++)
      sorted[i] = value[i][column];
    qsort(sorted, PERCUTA_DRAWS, sizeof *sorted, compare);
    printf("%-26s %.4g (%.4g to %.4g)\n", PRIORS[column].name,
           (sorted[PERCUTA_DRAWS / 2 - 1] + sorted[PERCUTA_DRAWS / 2]) / 2,
           sorted[PERCUTA_DRAWS / 20], sorted[PERCUTA_DRAWS - 1 - PERCUTA_DRAWS / 20]);
  }
}

static void write_file(const char *path, double value[PERCUTA_DRAWS][PERCUTA_DRAWN + 1]) {
  FILE *stream = fopen(path, "w");
  if (!stream) {
    perror(path);
    exit(4);
  }
  fputs("# Joint draws of the parameters of insertion, all of equal weight: what calibration "
        "leaves of their\n"
        "# ranges. Written by tools/insertion_posterior.c (`make posterior`), which says how; do "
        "not edit.\n"
        "# Columns are parameters, in the units of their tables.\ncolumns:\n",
        stream);
  for (int column = 0; column < PERCUTA_DRAWN; column++)
    fprintf(stream, "  - %s\n", PRIORS[column].name);
  fputs("draws:\n", stream);
  for (int i = 0; i < PERCUTA_DRAWS; i++)
    for (int column = 0; column < PERCUTA_DRAWN; column++)
      fprintf(stream, "%s%.4g%s", column ? " " : "  - \"", value[i][column],
              column + 1 < PERCUTA_DRAWN ? "" : "\"\n");
  if (fclose(stream) != 0) {
    perror(path);
    exit(4);
  }
}

int main(int argc, char **argv) {
  static double weight[PRIOR_DRAWS], value[PERCUTA_DRAWS][PERCUTA_DRAWN + 1];
  static uint32_t chosen[PERCUTA_DRAWS];
  struct study study = {0};
  const char *path = NULL;
  open_study(&study);
  for (int i = 1; i + 1 < argc; i += 2) {
    if (strcmp(argv[i], "-o") == 0)
      path = argv[i + 1];
    for (int r = 0; r < ROWS && strcmp(argv[i], "--without") == 0; r++)
      study.left_out[r] |= strcmp(argv[i + 1], ROW[r].id) == 0;
  }
  const struct bench bench = {.single = set_up(&study, "stamp-35-1.5mm", 0),
                              .pen = set_up(&study, "pen-12-0.5mm", 0),
                              .fine_roller = set_up(&study, "roller-192-0.77mm", 0.37e-3),
                              .roller = set_up(&study, "roller-192-0.77mm", 0)};
  weigh(&study, &bench, weight);
  const double log_evidence = normalise(weight);
  printf("ln Z %.2f, effective draws %.0f of %d\n", log_evidence, effective(weight), PRIOR_DRAWS);
  resample(weight, chosen);
  add_open(&study, &bench.roller, chosen, value);
  tell(value);
  if (path)
    write_file(path, value);
  percuta_base_parameters_destroy(&study.parameters);
  percuta_catalogue_close(&study.catalogue);
  percuta_base_diag_destroy(&study.diag);
  return 0;
}
