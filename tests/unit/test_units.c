/* Units: conversion, our own units, and what is said about a text that is no quantity. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/units.h"

static int open_units(void **state) {
  struct percuta_units *units = NULL;
  const enum percuta_status status = percuta_base_units_create(&units);
  *state = units;
  return status == PERCUTA_OK ? 0 : -1;
}

static int close_units(void **state) {
  struct percuta_units *units = *state;
  percuta_base_units_destroy(&units);
  percuta_base_units_destroy(&units);
  percuta_base_units_destroy(NULL);
  return 0;
}

static void expect_close(double value, double expected, const char *text) {
  if (!(fabs(value - expected) <= 4e-15 * fabs(expected)))
    fail_msg("%s: %.17g instead of %.17g", text, value, expected);
}

static void test_to_si(void **state) {
  const struct {
    double value;
    const char *unit;
    double si;
  } cases[] = {
      {1.5, "mm", 1.5e-3},
      {50, "um", 50e-6},
      {50, "µm", 50e-6},
      {1, "micrometre", 1e-6},
      {1, "h", 3600},
      {1, "day", 86400},
      {2, "days", 2 * 86400.},
      {6, "weeks", 6 * 604800.},
      {1, "week", 604800},
      {12, "months", 365 * 86400.},
      {1, "month", 2628000},
      {1, "year", 31536000},
      {45, "years", 45 * 31536000.},
      {1, "yr", 31536000},
      {5, "cm/s", 0.05},
      {2, "mg/cm^2", 0.02},
      {180, "deg", 3.14159265358979323846},
      {1, "rad", 1},
      {180, "degrees", 3.14159265358979323846},
      {50, "%", 0.5},
      {50, "percent", 0.5},
      {7, "cells", 7},
      {1, "cell", 1},
      {1e4, "cells/cm^3", 1e10},
      {1e4, "1/cm^3", 1e10},
      {1, "1", 1},
      {1, "cm^5/(g day)", 1e-7 / 86400},
      {1, "g/cm^3", 1000},
      {1, "pg/day", 1e-15 / 86400},
      {5, "N", 5},
      {3, "kPa", 3000},
      {1, "1/year", 1 / 31536000.},
      {37, "degC", 310.15},
      {120, "Hz", 120},
      {1, "g/(m^2 h)", 1e-3 / 3600},
      {1, "mm²", 1e-6},
      {3000, "rpm", 50},
      {7000, "RPM", 7000 / 60.},
      {3000, "revolutions/min", 50},
      {3000, "rev/min", 50},
      {50, "cycles/s", 50},
      {50, "cps", 50},
      {120, "strokes/minute", 2},
      {2, "mm/cycle", 2e-3},
      {5, "N cycle", 5},
      {45, "yo", 45 * 31536000.},
      {45, "y", 45 * 31536000.},
      {4, "wk", 4 * 604800.},
      {4, "wks", 4 * 604800.},
      {3, "mo", 3 * 2628000.},
      {3, "mos", 3 * 2628000.},
      {2, "hrs", 7200},
      {2, "mins", 120},
      {2, "secs", 2},
      {3, "cc", 3e-6},
      {3, "mcg", 3e-9},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    double si = NAN;
    assert_int_equal(percuta_base_units_to_si(*state, cases[i].value, cases[i].unit, &si),
                     PERCUTA_OK);
    expect_close(si, cases[i].si, cases[i].unit);
  }
}

static void test_lengths_of_time_agree_with_header(void **state) {
  double value = 0;
  assert_int_equal(percuta_base_units_convert(*state, 1, "year", "days", &value), PERCUTA_OK);
  expect_close(value, 365, "year");
  assert_int_equal(percuta_base_units_convert(*state, 1, "years", "months", &value), PERCUTA_OK);
  expect_close(value, 12, "years");
  assert_int_equal(percuta_base_units_to_si(*state, 1, "month", &value), PERCUTA_OK);
  expect_close(value, PERCUTA_MONTH, "month");
  assert_int_equal(percuta_base_units_to_si(*state, 1, "week", &value), PERCUTA_OK);
  expect_close(value, PERCUTA_WEEK, "week");
}

/* More units than are remembered, each twice, and with one that is asked for in between. */
static void test_many_units(void **state) {
  static const char *const one[] = {"m",  "s",   "kg", "N",  "Pa", "mm", "um", "h",  "min", "g",
                                    "mg", "kPa", "ml", "uN", "cm", "km", "J",  "mJ", "W",   "Hz"};
  enum { UNITS = sizeof one / sizeof *one };
  double factor[UNITS], value = 0;
  char text[32];
  for (int i = 0; i < UNITS; i++)
    assert_int_equal(percuta_base_units_to_si(*state, 1, one[i], &factor[i]), PERCUTA_OK);
  for (int i = 0; i < 2 * UNITS * UNITS; i++) {
    const int a = i / UNITS % UNITS, b = i % UNITS;
    snprintf(text, sizeof text, "%s*%s", one[a], one[b]);
    assert_int_equal(percuta_base_units_to_si(*state, 3, text, &value), PERCUTA_OK);
    expect_close(value, 3 * factor[a] * factor[b], text);
    assert_int_equal(percuta_base_units_convert(*state, 3, text, text, &value), PERCUTA_OK);
    assert_int_equal(percuta_base_units_convert(*state, 1, text, "K", &value), PERCUTA_BAD_INPUT);
  }
}

static void test_convert(void **state) {
  double value = 0;
  assert_int_equal(percuta_base_units_convert(*state, 2, "m", "mm", &value), PERCUTA_OK);
  expect_close(value, 2000, "m");
  assert_int_equal(percuta_base_units_convert(*state, 2.88e-3, "cm^2/day", "m^2/s", &value),
                   PERCUTA_OK);
  expect_close(value, 2.88e-7 / 86400, "cm^2/day");
  assert_int_equal(percuta_base_units_convert(*state, 90, "deg", "rad", &value), PERCUTA_OK);
  expect_close(value, 1.57079632679489661923, "deg");
}

static void test_convert_refused(void **state) {
  const char *const pairs[][2] = {
      {"mm", "s"},     {"mm", "1"},      {"deg", "1"},  {"1", "rad"},    {"nix", "m"},
      {"m", "nix"},    {"", "m"},        {"m", ""},     {"3 m", "m"},    {"m 3", "m"},
      {"m^", "m"},     {"K @ 3", "K"},   {"-m", "m"},   {"\xFF", "m"},   {"cells", "m"},
      {"m\n(", "m"},   {"s", "Hz"},      {"Hz", "s"},   {"rad/s", "Hz"}, {"deg/s", "1/s"},
      {"N/rad", "N"},  {"turn/s", "Hz"}, {"sr", "rad"}, {"sr", "1"},     {"1/rad", "rad"},
      {"mm/deg", "mm"}};
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
    double value = 42;
    if (percuta_base_units_convert(*state, 1, pairs[i][0], pairs[i][1], &value) !=
        PERCUTA_BAD_INPUT)
      fail_msg("`%s` to `%s` was accepted", pairs[i][0], pairs[i][1]);
    assert_true(value == 42);
  }
  double value = 42;
  assert_int_equal(percuta_base_units_to_si(*state, 1, "s since 2000-01-01", &value),
                   PERCUTA_BAD_INPUT);
  assert_true(value == 42);
}

static void test_parse(void **state) {
  const struct {
    const char *text, *dimension;
    double si;
  } cases[] = {
      {"1.5 mm", "m", 1.5e-3},
      {"1.5mm", "mm", 1.5e-3},
      {"  45 years ", "s", 45 * 31536000.},
      {"2 mg/cm^2", "kg/m^2", 0.02},
      {"0.3", "1", 0.3},
      {"30 %", "1", 0.3},
      {"30%", "1", 0.3},
      {"-90 deg", "rad", -1.57079632679489661923},
      {"0", "1", 0},
      {"1e4 1/cm^3", "1/m^3", 1e10},
      {"1e4 cells/cm^3", "1/m^3", 1e10},
      {"45°", "deg", 0.785398163397448309616},
      {"1e-7 cm^5/(g day)", "cm^5/day/g", 1e-14 / 86400},
      {"5\u00A0N", "N", 5},
      {"5\u202FN", "N", 5},
      {"5\u2009N", "N", 5},
      {"\u30005\u200B N\uFEFF", "N", 5},
      {"\u221290 deg", "rad", -1.57079632679489661923},
      {"45 y.o.", "s", 45 * 31536000.},
      {"45 years old", "s", 45 * 31536000.},
      {"5 min.", "s", 300},
      {"5 % w/w", "%", 0.05},
      {"5 % (w/w)", "%", 0.05},
      {"5%w/w", "%", 0.05},
      {"5 wt%", "%", 0.05},
      {"50 mg/g", "%", 0.05},
      {"7000 RPM", "Hz", 7000 / 60.},
      {"50 s⁻¹", "Hz", 50},
      {"50/s", "Hz", 50},
      {"3000 /min", "Hz", 50},
      {"3000 min⁻¹", "Hz", 50},
      {"250e9/l", "1/m^3", 250e12},
      {"250e3/µl", "1/m^3", 250e12},
      {"5 ‰", "%", 0.005},
      {"5 per mille", "1", 0.005},
      {"500 Da", "g/mol", 0.5},
      {"50 kDa", "g/mol", 50},
      {"1.2 kilodaltons", "kg/mol", 1.2},
      {"330 g·mol⁻¹", "g/mol", 0.33},
      {"\u22121.5", "", -1.5},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    double si = NAN;
    struct percuta_units_mistake why;
    const enum percuta_status status =
        percuta_base_units_parse(*state, cases[i].text, cases[i].dimension, &si, &why);
    if (status != PERCUTA_OK)
      fail_msg("%s: %s", cases[i].text, why.what);
    expect_close(si, cases[i].si, cases[i].text);
  }
}

static void test_parse_says_why(void **state) {
  const struct {
    const char *text, *dimension, *code, *why;
  } cases[] = {
      {"", "m", "empty", "`` is empty; give a number with a unit"},
      {" ", "1", "empty", "` ` is empty; give a number"},
      {"mm", "m", "not-a-number", "`mm` does not begin with a number"},
      {"nan mm", "m", "not-a-number", "`nan mm` does not begin with a number"},
      {"-inf mm", "m", "not-a-number", "`-inf mm` does not begin with a number"},
      {"0x10 mm", "m", "not-a-number", "`0x10 mm` does not begin with a number"},
      {"1e999 mm", "m", "out-of-range", "`1e999 mm` is too large"},
      {"1e308 km", "m", "out-of-range", "`1e308 km` is too large"},
      {"5", "m", "no-unit", "`5` has no unit; give a unit, such as mm"},
      {"5 1", "m", "not-a-number", "`5 1` is more than one number"},
      {"5", "rad", "no-unit", "`5` has no unit; give a unit, such as deg"},
      {"5", "cm/s", "no-unit", "`5` has no unit; give a unit, such as cm/s"},
      {"5", "cm^5/day", "no-unit", "`5` has no unit; give a unit, such as cm^5/day"},
      {"5 mn", "m", "unknown-unit", "`5 mn` has the unknown unit `mn`; give a unit such as mm"},
      {"4 weks", "s", "unknown-unit",
       "`4 weks` has the unknown unit `weks`; did you mean `weeks`?"},
      {"4 milimetres", "m", "unknown-unit",
       "`4 milimetres` has the unknown unit `milimetres`; did you mean `millimetres`?"},
      {"1,5 mm", "m", "not-a-number", "`1,5 mm` has a comma; write the decimal point as `.`"},
      {"1.5-3 mm", "m", "not-a-number", "`1.5-3 mm` is more than one number"},
      {"1.5 to 3 mm", "m", "not-a-number", "`1.5 to 3 mm` is more than one number"},
      {"1 1/2 mm", "m", "not-a-number", "`1 1/2 mm` is more than one number"},
      {"1.5 3 mm", "m", "not-a-number", "`1.5 3 mm` is more than one number"},
      {"5 mm", "N", "wrong-dimension", "`5 mm` is a length, not a force; give a unit such as N"},
      {"5 s", "mm", "wrong-dimension", "`5 s` is a time, not a length; give a unit such as mm"},
      {"5 %", "mm", "wrong-dimension",
       "`5 %` is a plain number, not a length; give a unit such as mm"},
      {"5 mm", "1", "wrong-dimension",
       "`5 mm` is a length, not a plain number; leave out the unit"},
      {"5 deg", "1", "wrong-dimension",
       "`5 deg` is an angle, not a plain number; leave out the unit"},
      {"7.4 %", "", "wrong-dimension",
       "`7.4 %` is a share, not a plain number; leave out the unit"},
      {"5 ppm", "", "wrong-dimension",
       "`5 ppm` is a share, not a plain number; leave out the unit"},
      {"5 mm", "", "wrong-dimension", "`5 mm` is a length, not a plain number; leave out the unit"},
      {"250e9/l", "%", "wrong-dimension",
       "`250e9/l` is a number per volume, not a plain number; give a unit such as %"},
      {"50 kDa", "kg", "wrong-dimension",
       "`50 kDa` is a mass per amount, not a mass; give a unit such as mg"},
      {"5 nix", "1", "unknown-unit",
       "`5 nix` has something after the number that is no unit: `nix`"},
      {"314 rad/s", "Hz", "wrong-dimension",
       "`314 rad/s` is an angle per time, not a rate; give a unit such as Hz"},
      {"20 ms", "Hz", "wrong-dimension", "`20 ms` is a time, not a rate; give a unit such as Hz"},
      {"2 Hz", "day", "wrong-dimension", "`2 Hz` is a rate, not a time; give a unit such as day"},
      {"0.5", "%", "no-unit", "`0.5` has no unit; give a unit, such as %"},
      {"7,000 rpm", "Hz", "not-a-number",
       "`7,000 rpm` has a comma; write the decimal point as `.`, and thousands without a mark"},
      {"5 % w/v", "%", "unknown-unit",
       "`5 % w/v` is grams in 100 ml, not a share of the mass; divide it by the density in g/ml "
       "and write `%`"},
      {"5 %(w/v)", "kg/m^3", "unknown-unit",
       "`5 %(w/v)` is grams in 100 ml; write it as g/l, ten times the number"},
      {"50 mg/ml", "%", "wrong-dimension",
       "`50 mg/ml` is a mass per volume, not a plain number; give a unit such as %"},
      {"500 IU", "%", "unknown-unit",
       "`500 IU` counts what a substance does, not how much of it there is; write its mass (the "
       "label or pharmacopoeia says how much one unit weighs)"},
      {"1 IU/dl", "%", "unknown-unit",
       "`1 IU/dl` counts what a substance does; of a factor of clotting 1 IU/dl is 1 %, of "
       "anything else write the mass"},
      {"5 s since 2000-01-01", "s", "unknown-unit",
       "`5 s since 2000-01-01` has the unknown unit `s since 2000-01-01`; give a unit such as min"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    double si = 42;
    struct percuta_units_mistake why = {PERCUTA_CODE_NONE, ""};
    assert_int_equal(percuta_base_units_parse(*state, cases[i].text, cases[i].dimension, &si, &why),
                     PERCUTA_BAD_INPUT);
    assert_string_equal(why.what, cases[i].why);
    assert_string_equal(percuta_base_codes_name(why.code), cases[i].code);
    assert_true(si == 42);
  }
}

/* Every unit of the table is read, as its dimension. */
static void test_usual_units(void **state) {
  const struct percuta_usual *usual = NULL;
  char unit[64], text[80];
  for (size_t d = 0; (usual = percuta_base_usual_at(d)) != NULL; d++) {
    assert_ptr_equal(percuta_base_units_usual(*state, usual->unit), usual);
    for (int i = 0; percuta_base_usual_unit(usual, i, unit, sizeof unit); i++) {
      double si = NAN;
      struct percuta_units_mistake why;
      snprintf(text, sizeof text, "2 %s", unit);
      if (percuta_base_units_parse(*state, text, usual->unit, &si, &why) != PERCUTA_OK)
        fail_msg("%s", why.what);
      assert_true(si > 0);
    }
  }
}

static void test_parse_long_text(void **state) {
  char text[3000];
  struct percuta_units_mistake why;
  double si = 42;
  memset(text, 'm', sizeof text - 1);
  text[0] = '5';
  text[sizeof text - 1] = '\0';
  assert_int_equal(percuta_base_units_parse(*state, text, "m", &si, &why), PERCUTA_BAD_INPUT);
  assert_in_range(strlen(why.what), 40, 100);
  assert_true(si == 42);
  assert_int_equal(percuta_base_units_parse(*state, text, "m", &si, NULL), PERCUTA_BAD_INPUT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_to_si),
      cmocka_unit_test(test_lengths_of_time_agree_with_header),
      cmocka_unit_test(test_many_units),
      cmocka_unit_test(test_convert),
      cmocka_unit_test(test_convert_refused),
      cmocka_unit_test(test_parse),
      cmocka_unit_test(test_parse_says_why),
      cmocka_unit_test(test_usual_units),
      cmocka_unit_test(test_parse_long_text),
  };
  return cmocka_run_group_tests(tests, open_units, close_units);
}
