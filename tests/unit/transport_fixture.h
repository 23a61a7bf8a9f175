/* The constants of intact skin and a place for mistakes, for tests of transport. */
#ifndef PERCUTA_TESTS_TRANSPORT_FIXTURE_H
#define PERCUTA_TESTS_TRANSPORT_FIXTURE_H

#include "stage_fixture.h"

#include "input/own.h"
#include "transport/intact.h"

static inline void transport_init(struct fixture *f, struct percuta_intact_model *model) {
  fixture_init(f);
  assert_int_equal(percuta_transport_intact_model_read(&f->scenario, f->diag, model), PERCUTA_OK);
}

static inline struct percuta_compound transport_compound(struct fixture *f, const char *id) {
  struct percuta_compound compound = {.repeat = 0};
  const enum percuta_status status =
      percuta_substance_compound_read(&f->scenario, id, f->diag, &compound);
  percuta_base_diag_print(f->diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
  return compound;
}

/* Reads the compound `id` as a scenario at `beside` (may be NULL) finds it. */
static inline enum percuta_status transport_read_compound(const struct fixture *f, const char *id,
                                                          char *beside,
                                                          struct percuta_compound *out) {
  char nowhere[] = "/nowhere/scenario.yaml";
  struct percuta_scenario scenario = f->scenario;
  scenario.path = beside ? beside : nowhere;
  assert_int_equal(percuta_input_own_load(&scenario, PERCUTA_COMPOUNDS, id), PERCUTA_OK);
  const enum percuta_status status = percuta_substance_compound_read(&scenario, id, f->diag, out);
  percuta_scenario_files_clear(&scenario.files);
  return status;
}

/* Writes a file of a user's own into the folder `folder`; its path in `path`. */
static inline void transport_write(const char *folder, const char *name, const char *text,
                                   char *path, size_t size) {
  snprintf(path, size, "%s/%s", folder, name);
  FILE *stream = fopen(path, "w");
  assert_non_null(stream);
  assert_true(fputs(text, stream) >= 0);
  assert_int_equal(fclose(stream), 0);
}

#endif
