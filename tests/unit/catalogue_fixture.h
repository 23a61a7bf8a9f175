/* Percuta's own data, read once by a test program. */
#ifndef PERCUTA_TESTS_CATALOGUE_FIXTURE_H
#define PERCUTA_TESTS_CATALOGUE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "catalogue/catalogue.h"

static struct percuta_catalogue *fixture_opened;

static inline void fixture_close_catalogue(void) {
  percuta_catalogue_close(&fixture_opened);
}

/* Borrowed; released when the program ends. */
static inline const struct percuta_catalogue *fixture_catalogue(void) {
  if (fixture_opened == NULL) {
    struct percuta_diag *diag = NULL;
    assert_int_equal(percuta_base_diag_create(&diag), 0);
    const enum percuta_status status = percuta_catalogue_open(NULL, diag, &fixture_opened);
    percuta_base_diag_print(diag, stderr);
    percuta_base_diag_destroy(&diag);
    assert_int_equal(status, PERCUTA_OK);
    assert_int_equal(atexit(fixture_close_catalogue), 0);
  }
  return fixture_opened;
}

#endif
