/* A needled cheek and what it is asked of products, for tests of penetration and numbing. */
#ifndef PERCUTA_TESTS_PENETRATION_FIXTURE_H
#define PERCUTA_TESTS_PENETRATION_FIXTURE_H

#include "transport_fixture.h"

#include "transport/numbing.h"

struct bench {
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_reseal reseal;
  struct percuta_numbing_model model;
  struct percuta_needled_bores bores;
  struct percuta_penetration_setting setting;
};

/* 100 fluid-filled punctures of 35 um and 300 um depth on each cm2. */
static inline void bench_init(struct bench *b) {
  struct percuta_intact_model unused;
  transport_init(&b->f, &unused);
  fixture_skin(&b->f, &b->skin);
  assert_int_equal(percuta_transport_reseal_read(&b->f.scenario, &b->skin, b->f.diag, &b->reseal),
                   PERCUTA_OK);
  assert_int_equal(percuta_transport_numbing_model_read(&b->f.scenario, b->f.diag, &b->model),
                   PERCUTA_OK);
  b->bores = (struct percuta_needled_bores){
      .density = 1e6, .depth = 3e-4, .radius = 35e-6, .tip_share = 0.5};
  b->setting = (struct percuta_penetration_setting){
      .skin = &b->skin, .reseal = &b->reseal, .bores = &b->bores, .fidelity = PERCUTA_COLUMN};
}

static inline struct percuta_product bench_product(struct bench *b, const char *id) {
  struct percuta_product product;
  const enum percuta_status status =
      percuta_substance_product_read(&b->f.scenario, id, b->f.diag, &product);
  percuta_base_diag_print(b->f.diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
  return product;
}

/* The product as usual, unless `plan` says otherwise, with amounts at 0.5, 6 and 24 h. */
static inline struct percuta_penetration *
bench_deliver(struct bench *b, const struct percuta_product *product,
              const struct percuta_penetration_plan *plan) {
  static const double times[] = {1800, 21600, 86400};
  struct percuta_penetration *penetration = calloc(1, sizeof *penetration);
  const struct percuta_penetration_plan usual =
      percuta_transport_penetration_usual(&b->model.penetration, product);
  const char *wrong = "";
  assert_non_null(penetration);
  const enum percuta_status status =
      percuta_transport_penetration_compute(&b->setting, &b->model.penetration, product,
                                            plan ? plan : &usual, times, 3, penetration, &wrong);
  if (status != PERCUTA_OK)
    print_message("%s: %s\n", product->id, wrong);
  assert_int_equal(status, PERCUTA_OK);
  return penetration;
}

static inline void bench_drop(struct percuta_penetration **penetration) {
  percuta_transport_penetration_clear(*penetration);
  free(*penetration);
  *penetration = NULL;
}

static inline struct percuta_numbing *bench_numb(struct bench *b,
                                                 const struct percuta_product *product,
                                                 const struct percuta_numbing_plan *plan) {
  struct percuta_numbing *numbing = calloc(1, sizeof *numbing);
  struct percuta_penetration_setting setting = b->setting;
  const char *wrong = "";
  assert_non_null(numbing);
  if (plan->order == PERCUTA_CREAM_FIRST)
    setting.bores = NULL;
  assert_int_equal(
      percuta_transport_numbing_compute(&setting, &b->model, plan, product, numbing, &wrong),
      PERCUTA_OK);
  return numbing;
}

static inline void bench_wake(struct percuta_numbing **numbing) {
  percuta_transport_numbing_clear(*numbing);
  free(*numbing);
  *numbing = NULL;
}

#endif
