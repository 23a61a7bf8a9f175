/* Traits drawn through normal scores that hang together (a Gaussian copula: Nelsen 2006, An
 * introduction to copulas, 2.3): z = L n, n standard normal, L L' the correlations; u = Phi(z) is
 * the trait's quantile. Who is not included is drawn again. Test: tests/unit/test_cohort.c. */
#include "cohort/people.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/random.h"
#include "cohort/say.h"

enum { ATTEMPTS = 10000, TEXT = 512, TRAITS = 64 };

void percuta_cohort_people_clear(struct percuta_cohort_people *people) {
  for (int t = 0; t < people->count; ++t) {
    struct percuta_cohort_trait *trait = &people->trait[t];
    for (int c = 0; c < trait->choices; ++c)
      free(trait->choice[c]);
    free(trait->choice);
    free(trait->upto);
    free(trait->admitted);
    free(trait->key);
  }
  free(people->trait);
  free(people->factor);
  *people = (struct percuta_cohort_people){.count = 0};
}

static int count_children(const struct percuta_yaml_node *node) {
  int count = 0;
  for (const struct percuta_yaml_node *c = node ? node->child : NULL; c; c = c->next)
    ++count;
  return count;
}

/* What a distribution says of itself. */
static bool is_remark(const struct percuta_yaml_node *node) {
  return strcmp(node->key, "source") == 0 || strcmp(node->key, "status") == 0 ||
         strcmp(node->key, "note") == 0;
}

static enum percuta_status refuse(struct percuta_diag *diag, const char *path,
                                  const struct percuta_yaml_node *node, const char *key,
                                  const char *what, const char *allowed) {
  return percuta_cohort_say_wrong(
      diag, path, node,
      (struct percuta_mistake){
          .code = PERCUTA_CODE_BAD_FORM, .key = key, .what = what, .allowed = allowed});
}

/* The number `word` of a distribution, in the unit that all of its numbers have. */
static enum percuta_status take_number(const struct percuta_yaml_node *map, const char *word,
                                       const char *path, struct percuta_diag *diag, char *unit,
                                       size_t size, double *out) {
  const struct percuta_yaml_node *node = percuta_base_yaml_get(map, word);
  char own[64];
  double value;
  if (node == NULL)
    return PERCUTA_OK;
  if (node->text == NULL ||
      !percuta_cohort_axes_number(node->text, strlen(node->text), &value, own, sizeof own))
    return refuse(diag, path, node, map->key, "is not a number with its unit", "");
  if (*unit != '\0' && strcmp(unit, own) != 0)
    return refuse(diag, path, node, map->key,
                  "has another unit than the number before it in this distribution", unit);
  snprintf(unit, size, "%s", own);
  *out = value;
  return PERCUTA_OK;
}

/* {mean, sd}, {median, spread} or {low, high}; limits may be added to the first two. */
static enum percuta_status take_numbers(const struct percuta_yaml_node *map, const char *path,
                                        struct percuta_diag *diag,
                                        struct percuta_cohort_trait *trait) {
  double mean = NAN, sd = NAN, median = NAN, spread = NAN;
  char pure[64] = "";
  percuta_cohort_say_unknown(diag, path, map->key, map,
                             "mean|sd|median|spread|low|high|source|status|note");
  PERCUTA_TRY(take_number(map, "mean", path, diag, trait->unit, sizeof trait->unit, &mean));
  PERCUTA_TRY(take_number(map, "sd", path, diag, trait->unit, sizeof trait->unit, &sd));
  PERCUTA_TRY(take_number(map, "median", path, diag, trait->unit, sizeof trait->unit, &median));
  PERCUTA_TRY(take_number(map, "spread", path, diag, pure, sizeof pure, &spread));
  PERCUTA_TRY(take_number(map, "low", path, diag, trait->unit, sizeof trait->unit, &trait->low));
  PERCUTA_TRY(take_number(map, "high", path, diag, trait->unit, sizeof trait->unit, &trait->high));
  const bool normal = isfinite(mean) && sd >= 0, lognormal = median > 0 && spread >= 1;
  const bool uniform = isfinite(trait->low) && isfinite(trait->high);
  trait->family = normal      ? PERCUTA_COHORT_NORMAL
                  : lognormal ? PERCUTA_COHORT_LOGNORMAL
                              : PERCUTA_COHORT_UNIFORM;
  trait->a = normal ? mean : median;
  trait->b = normal ? sd : spread;
  if ((normal || lognormal || uniform) && trait->low < trait->high)
    return PERCUTA_OK;
  return refuse(
      diag, path, map, map->key, "is no distribution",
      "{mean, sd}, {median, spread} (a factor from 1 on), {low, high}, or shares of words");
}

/* {female: 60 %, male: 40 %}: words of the key, in the order in which scores rise. */
static enum percuta_status take_shares(const struct percuta_yaml_node *map, const char *path,
                                       struct percuta_diag *diag,
                                       struct percuta_cohort_trait *trait) {
  const size_t most = (size_t)count_children(map) + 1;
  double sum = 0;
  trait->family = PERCUTA_COHORT_SHARES;
  trait->choice = calloc(most, sizeof *trait->choice);
  trait->upto = calloc(most, sizeof *trait->upto);
  trait->admitted = calloc(most, sizeof *trait->admitted);
  if (!trait->choice || !trait->upto || !trait->admitted)
    return PERCUTA_MEMORY;
  for (const struct percuta_yaml_node *node = map->child; node; node = node->next) {
    double share;
    char unit[64];
    if (is_remark(node))
      continue;
    if (node->text == NULL ||
        !percuta_cohort_axes_number(node->text, strlen(node->text), &share, unit, sizeof unit) ||
        share < 0 || (*unit && strcmp(unit, "%") != 0))
      return refuse(diag, path, node, map->key, "is not the share of a word", "60 %, or 0.6");
    sum += *unit ? share / 100 : share;
    trait->upto[trait->choices] = sum;
    trait->admitted[trait->choices] = true;
    trait->choice[trait->choices++] = strdup(node->key);
    if (!trait->choice[trait->choices - 1])
      return PERCUTA_MEMORY;
  }
  if (fabs(sum - 1) > 0.01)
    return refuse(diag, path, map, map->key, "has shares that do not add up to 100 %", "");
  for (int c = 0; c < trait->choices; ++c)
    trait->upto[c] /= sum;
  return PERCUTA_OK;
}

static enum percuta_status take_trait(const struct percuta_yaml_node *map, const char *path,
                                      struct percuta_diag *diag,
                                      struct percuta_cohort_trait *trait) {
  static const char *const numbers[] = {"mean", "sd", "median", "spread", "low", "high"};
  *trait = (struct percuta_cohort_trait){.key = strdup(map->key),
                                         .place = percuta_cohort_say_place(path, map),
                                         .low = -INFINITY,
                                         .high = INFINITY,
                                         .least = -INFINITY,
                                         .most = INFINITY};
  if (!trait->key)
    return PERCUTA_MEMORY;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; ++i) {
    if (percuta_base_yaml_get(map, numbers[i]))
      return take_numbers(map, path, diag, trait);
  }
  return map->kind == PERCUTA_YAML_MAP && map->child
             ? take_shares(map, path, diag, trait)
             : refuse(diag, path, map, map->key, "is no distribution",
                      "such as {mean: 34 years, sd: 9 years} or {female: 60 %, male: 40 %}");
}

static int find_trait(const struct percuta_cohort_people *people, const char *key) {
  for (int t = 0; key && t < people->count; ++t) {
    if (strcmp(people->trait[t].key, key) == 0)
      return t;
  }
  return -1;
}

/* In place: the correlations become their lower Cholesky factor; false when they contradict each
 * other. */
static bool factorise(double *matrix, int n) {
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      double sum = j <= i ? matrix[i * n + j] : 0;
      for (int k = 0; k < j && j <= i; ++k)
        sum -= matrix[i * n + k] * matrix[j * n + k];
      if (i == j && !(sum > 1e-12))
        return false;
      matrix[i * n + j] = j > i ? 0 : i == j ? sqrt(sum) : sum / matrix[j * n + j];
    }
  }
  return true;
}

/* correlations: a list of {of: [key, key], r: -0.2}, of the normal scores. */
static enum percuta_status take_correlations(const struct percuta_yaml_node *list, const char *path,
                                             struct percuta_diag *diag,
                                             struct percuta_cohort_people *people) {
  const int n = people->count;
  people->factor = calloc((size_t)n * (size_t)n + 1, sizeof *people->factor);
  if (!people->factor)
    return PERCUTA_MEMORY;
  for (int i = 0; i < n; ++i)
    people->factor[i * n + i] = 1;
  for (const struct percuta_yaml_node *node = list ? list->child : NULL; node; node = node->next) {
    const struct percuta_yaml_node *of = percuta_base_yaml_get(node, "of");
    const int i = of && of->child ? find_trait(people, of->child->text) : -1;
    const int j = i >= 0 && of->child->next ? find_trait(people, of->child->next->text) : -1;
    double r;
    if (j < 0 || i == j ||
        percuta_base_number_parse(percuta_base_yaml_text(node, "r", ""), &r) != PERCUTA_OK ||
        !(fabs(r) < 1))
      return refuse(diag, path, node, "population.correlations",
                    "does not name two keys of the population and a number between -1 and 1",
                    "such as {of: [person.age, person.smoking], r: -0.2}");
    people->factor[i * n + j] = people->factor[j * n + i] = r;
  }
  return factorise(people->factor, n)
             ? PERCUTA_OK
             : refuse(diag, path, list, "population.correlations", "contradict each other", "");
}

/* include: a range of numbers, a word or a list of words of a trait. */
static enum percuta_status take_criterion(const struct percuta_yaml_node *node, const char *path,
                                          struct percuta_diag *diag,
                                          struct percuta_cohort_people *people) {
  const int t = find_trait(people, node->key);
  struct percuta_cohort_range range;
  if (t < 0)
    return refuse(diag, path, node, node->key,
                  "is a criterion for what the population does not have", "a key of `population`");
  struct percuta_cohort_trait *trait = &people->trait[t];
  if (trait->family != PERCUTA_COHORT_SHARES) {
    if (node->text == NULL || !percuta_cohort_axes_range(node->text, &range) || range.by > 0 ||
        strcmp(range.unit, trait->unit) != 0)
      return refuse(diag, path, node, node->key, "is no range in the unit of its distribution",
                    trait->unit);
    trait->least = range.low;
    trait->most = range.high;
    return PERCUTA_OK;
  }
  memset(trait->admitted, 0, (size_t)trait->choices * sizeof *trait->admitted);
  const struct percuta_yaml_node *word = node->kind == PERCUTA_YAML_LIST ? node->child : node;
  for (; word; word = node->kind == PERCUTA_YAML_LIST ? word->next : NULL) {
    bool found = false;
    for (int c = 0; c < trait->choices && word->text; ++c) {
      const bool same = strcmp(trait->choice[c], word->text) == 0;
      trait->admitted[c] = trait->admitted[c] || same;
      found = found || same;
    }
    if (!found)
      return refuse(diag, path, word, node->key, "is a word that the population does not have", "");
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_cohort_people_read(const struct percuta_yaml_node *population,
                                               const struct percuta_yaml_node *include,
                                               const char *path, struct percuta_diag *diag,
                                               struct percuta_cohort_people *out) {
  enum percuta_status worst = PERCUTA_OK;
  *out = (struct percuta_cohort_people){.count = 0};
  if (count_children(population) > TRAITS)
    return refuse(diag, path, population, "population", "has too many keys", "64 at most");
  out->trait = calloc((size_t)count_children(population) + 1, sizeof *out->trait);
  if (!out->trait)
    return PERCUTA_MEMORY;
  for (const struct percuta_yaml_node *n = population ? population->child : NULL; n; n = n->next) {
    if (strcmp(n->key, "correlations") == 0)
      continue;
    const enum percuta_status status = take_trait(n, path, diag, &out->trait[out->count++]);
    worst = worst == PERCUTA_OK || status == PERCUTA_MEMORY ? status : worst;
  }
  if (worst == PERCUTA_OK)
    worst = take_correlations(percuta_base_yaml_get(population, "correlations"), path, diag, out);
  for (const struct percuta_yaml_node *n = include ? include->child : NULL; n; n = n->next) {
    const enum percuta_status status = take_criterion(n, path, diag, out);
    worst = worst == PERCUTA_OK || status == PERCUTA_MEMORY ? status : worst;
  }
  return worst;
}

int percuta_cohort_people_sets(const struct percuta_cohort_people *people) {
  return people->count + 2;
}

/* The share of a normal trait that lies below a limit. */
static double below(const struct percuta_cohort_trait *trait, double limit) {
  if (trait->family == PERCUTA_COHORT_NORMAL)
    return trait->b > 0 ? gsl_cdf_gaussian_P(limit - trait->a, trait->b) : limit >= trait->a;
  return limit > 0 ? gsl_cdf_ugaussian_P(log(limit / trait->a) / log(trait->b)) : 0;
}

/* The value of a trait whose normal score is z, within its limits. */
static double quantile(const struct percuta_cohort_trait *trait, double z) {
  double u = gsl_cdf_ugaussian_P(z);
  if (trait->family == PERCUTA_COHORT_UNIFORM)
    return trait->low + u * (trait->high - trait->low);
  if (!(trait->family == PERCUTA_COHORT_NORMAL ? trait->b > 0 : trait->b > 1))
    return trait->a;
  const double from = isfinite(trait->low) ? below(trait, trait->low) : 0;
  const double to = isfinite(trait->high) ? below(trait, trait->high) : 1;
  z = gsl_cdf_ugaussian_Pinv(from + u * (to - from));
  const double value = trait->family == PERCUTA_COHORT_NORMAL ? trait->a + trait->b * z
                                                              : trait->a * pow(trait->b, z);
  return fmin(fmax(value, trait->low), trait->high);
}

/* The trait as a change of the scenario; false when he is not included. */
static bool settle(const struct percuta_cohort_trait *trait, double z, char *out, size_t size) {
  if (trait->family == PERCUTA_COHORT_SHARES) {
    const double u = gsl_cdf_ugaussian_P(z);
    int c = 0;
    while (c < trait->choices - 1 && u > trait->upto[c])
      ++c;
    snprintf(out, size, "%s=%s", trait->key, trait->choice[c]);
    return trait->admitted[c];
  }
  const double value = quantile(trait, z);
  snprintf(out, size, "%s=%.9g%s%s", trait->key, value, *trait->unit ? " " : "", trait->unit);
  return value >= trait->least && value <= trait->most;
}

/* All traits of one attempt; false when he is not included. */
static bool attempt(const struct percuta_cohort_people *people, struct percuta_random_key key,
                    uint32_t round, char text[][TEXT]) {
  double normal[2], score[TRAITS];
  bool included = true;
  for (int t = 0; t < people->count; ++t) {
    percuta_base_random_normal2(key, round, percuta_base_random_digest(people->trait[t].key),
                                normal);
    score[t] = normal[0];
  }
  for (int t = 0; t < people->count; ++t) {
    double z = 0;
    for (int k = 0; k <= t; ++k)
      z += people->factor[t * people->count + k] * score[k];
    included = settle(&people->trait[t], z, text[t], TEXT) && included;
  }
  return included;
}

static enum percuta_status put(struct percuta_cohort_set *set, const char *text,
                               struct percuta_place place) {
  *set = (struct percuta_cohort_set){.text = strdup(text), .place = place};
  return set->text ? PERCUTA_OK : PERCUTA_MEMORY;
}

enum percuta_status percuta_cohort_people_draw(const struct percuta_cohort_people *people,
                                               uint64_t seed, int number,
                                               struct percuta_cohort_set *set) {
  const struct percuta_random_key key = {
      .seed = seed, .session = (uint32_t)number, .purpose = PERCUTA_RANDOM_PEOPLE};
  const struct percuta_place nowhere = {.file = "a person's own skin"};
  char text[TRAITS][TEXT], own[64];
  double u[4];
  uint32_t round = 0;
  while (round < ATTEMPTS && !attempt(people, key, round, text))
    ++round;
  if (round == ATTEMPTS)
    return PERCUTA_BAD_INPUT;
  percuta_base_random_uniform4(key, UINT32_MAX, 0, u);
  snprintf(own, sizeof own, "model.seed=%.0f", 1 + floor(u[0] * 1e9));
  for (int t = 0; t < people->count; ++t)
    PERCUTA_TRY(put(&set[t], text[t], people->trait[t].place));
  PERCUTA_TRY(put(&set[people->count], "person.draw=sampled", nowhere));
  return put(&set[people->count + 1], own, nowhere);
}
