#include "transport_fixture.h"

#include <unistd.h>

static const char MINE[] = "name: mine\nknown: test\nkind: small-molecule\nformula: C10H15Cl2FN2\n"
                           "rings: 1\ndouble_bonds: 2\ntriple_bonds: 1\n"
                           "molar_mass: {value: 0.25 kg/mol, status: assumed, source: \"\"}\n"
                           "log_kow: {value: 1.5, range: [1, 2], status: assumed, source: \"\"}\n"
                           "state: molecule\ngroups:\n"
                           "  - {kind: acid, pKa: 4, status: assumed, source: \"\"}\n"
                           "  - {kind: base, pKa: 9, status: assumed, source: \"\"}\n"
                           "binding: other-acid\nunbound: {value: 30 %, status: assumed}\n";

static void formulas_are_counted(void **state) {
  (void)state;
  struct percuta_formula formula;
  assert_int_equal(percuta_substance_formula_read("C14H11Cl2NO2", &formula), PERCUTA_OK);
  assert_int_equal(formula.CHNO, 14 + 11 + 1 + 2);
  assert_int_equal(formula.Cl, 2);
  assert_int_equal(percuta_substance_formula_read("CBrIFSCu2", &formula), PERCUTA_OK);
  assert_int_equal(formula.CHNO + formula.Br + formula.iodine + formula.F + formula.S, 5);
  assert_int_equal(formula.other, 2);
  static const char *const wrong[] = {"", "c6", "6C", "C6 H6", "C99999999", "C-1"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_int_equal(percuta_substance_formula_read(wrong[i], &formula), PERCUTA_BAD_INPUT);
  assert_int_equal(formula.other, 2);
  const char *text = "Cl2O";
  char symbol[3];
  int number = 0;
  assert_int_equal(percuta_substance_formula_next(&text, symbol, &number), PERCUTA_OK);
  assert_string_equal(symbol, "Cl");
  assert_int_equal(number, 2);
  assert_int_equal(percuta_substance_formula_next(&text, symbol, &number), PERCUTA_OK);
  assert_string_equal(symbol, "O");
  assert_int_equal(number, 1);
  assert_int_equal(percuta_substance_formula_next(&text, symbol, &number), PERCUTA_BAD_INPUT);
}

/* Every compound can be read, and its molar mass is that of its formula. */
static void catalogue_is_sound(void **state) {
  (void)state;
  static const struct {
    const char *symbol;
    double mass;
  } element[] = {{"Cl", 35.45}, {"Cu", 63.546}, {"Mg", 24.305}, {"H", 1.008}, {"C", 12.011},
                 {"N", 14.007}, {"O", 15.999},  {"F", 18.998},  {"S", 32.06}, {"P", 30.974}};
  struct fixture f;
  struct percuta_intact_model model;
  struct percuta_entry entry;
  const char *id = NULL;
  size_t count = 0;
  transport_init(&f, &model);
  for (; percuta_catalogue_at(f.scenario.catalogue, PERCUTA_COMPOUNDS, count, &id, &entry);
       count++) {
    const struct percuta_compound compound = transport_compound(&f, id);
    double mass = 0;
    const char *text = percuta_base_yaml_text(entry.root, "formula", "");
    while (*text != '\0') {
      size_t e = 0;
      while (strncmp(element[e].symbol, text, strlen(element[e].symbol)) != 0)
        assert_true(++e < sizeof element / sizeof *element);
      text += strlen(element[e].symbol);
      char *end = NULL;
      const long number = strtol(text, &end, 10);
      mass += element[e].mass * (double)(end == text ? 1 : number);
      text = end;
    }
    assert_near(compound.molar_mass, 1e-3 * mass * compound.repeat, 1e-4);
    assert_true(percuta_substance_molecule_volume(&model.molecule, &compound) > 0);
    assert_true(fabs(compound.log_kow) < 10);
  }
  assert_true(count >= 65);
  fixture_clear(&f);
}

static void atoms_make_volume_radius_and_diffusivity(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  const struct percuta_molecule_model *m = &model.molecule;
  struct percuta_compound compound = transport_compound(&f, "testosterone");
  double volume = percuta_substance_molecule_volume(m, &compound);
  assert_near(volume, 7 * (19 + 28 + 2 - 4 + 2) * 1e-6, 1e-12);
  assert_near(percuta_substance_molecule_radius(m, volume), 0.145e-10 * pow(329, 0.6), 1e-12);
  assert_near(percuta_substance_molecule_diffusivity(m, volume), 1.92e-8 / pow(329, 0.6), 1e-12);
  compound = transport_compound(&f, "diclofenac");
  assert_near(percuta_substance_molecule_volume(m, &compound),
              (7 * (14 + 11 + 1 + 2) + 2 * 24.5 - 2 * 7 + 7 * 7) * 1e-6, 1e-12);
  compound = transport_compound(&f, "hyaluronic-acid-50kda");
  volume = percuta_substance_molecule_volume(m, &compound);
  assert_near(volume, 132 * 7 * (14 + 21 + 1 + 11 - 2 + 2) * 1e-6, 1e-12);
  assert_near(percuta_substance_molecule_radius(m, volume), 0.735e-10 * cbrt(volume * 1e6), 1e-12);
  assert_near(percuta_substance_molecule_diffusivity(m, volume), 3.78e-9 / cbrt(volume * 1e6),
              1e-12);
  /* the two laws meet within a few per cent where one takes over */
  const double edge = m->volume_large;
  assert_near(percuta_substance_molecule_radius(m, edge),
              percuta_substance_molecule_radius(m, edge * (1 - 1e-9)), 0.01);
  assert_near(percuta_substance_molecule_diffusivity(m, edge),
              percuta_substance_molecule_diffusivity(m, edge * (1 - 1e-9)), 0.02);
  fixture_clear(&f);
}

static void groups_ionise_on_their_own(void **state) {
  (void)state;
  struct percuta_compound c = {.log_kow = 2, .group_count = 1, .group = {{true, 8}}};
  assert_near(percuta_substance_compound_neutral(&c, 8, 0), 0.5, 1e-12);
  assert_near(percuta_substance_compound_neutral(&c, 7, 0), 1.0 / 11, 1e-12);
  assert_near(percuta_substance_compound_log_d(&c, 0.01), 0, 1e-9);
  c.group[0].base = false;
  assert_near(percuta_substance_compound_neutral(&c, 7, 0), 10.0 / 11, 1e-12);
  c.group_count = 2;
  c.group[1] = (struct percuta_compound_group){true, 6};
  assert_near(percuta_substance_compound_neutral(&c, 7, 0), 100.0 / 121, 1e-12);
  c.state = PERCUTA_COMPOUND_CHARGED;
  assert_near(percuta_substance_compound_neutral(&c, 7, 1e-6), 1e-6, 1e-12);
  c = (struct percuta_compound){.state = PERCUTA_COMPOUND_ZWITTERION};
  assert_near(percuta_substance_compound_neutral(&c, 7, 1e-6), 1, 1e-12);
}

static void a_file_beside_the_scenario_is_found_first(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  char folder[] = "/tmp/percuta-compound-XXXXXX", beside[128], path[128], own[128];
  transport_init(&f, &model);
  assert_non_null(mkdtemp(folder));
  snprintf(beside, sizeof beside, "%s/scenario.yaml", folder);
  transport_write(folder, "mine.yaml", MINE, path, sizeof path);
  transport_write(folder, "caffeine.yaml", MINE, own, sizeof own);
  struct percuta_compound c;
  assert_int_equal(transport_read_compound(&f, "mine", beside, &c), PERCUTA_OK);
  assert_near(percuta_substance_molecule_volume(&model.molecule, &c),
              (7 * (10 + 15 + 2) + 2 * 24.5 + 10.5 - 7 + 14 + 14) * 1e-6, 1e-12);
  assert_near(c.molar_mass, 0.25, 1e-12);
  assert_near(c.unbound, 0.3, 1e-12);
  assert_int_equal(c.group_count, 2);
  assert_true(!c.group[0].base && c.group[1].base);
  assert_int_equal(transport_read_compound(&f, "caffeine", beside, &c), PERCUTA_OK);
  assert_near(c.log_kow, 1.5, 1e-12);
  assert_int_equal(transport_read_compound(&f, "urea", beside, &c), PERCUTA_OK);
  assert_int_equal(transport_read_compound(&f, "mine", NULL, &c), PERCUTA_BAD_INPUT);
  /* a scenario or a product is no compound, whatever its name */
  transport_write(folder, "caffeine.yaml", "percuta: 1\n", own, sizeof own);
  assert_int_equal(transport_read_compound(&f, "caffeine", beside, &c), PERCUTA_OK);
  assert_near(c.log_kow, -0.07, 1e-12);
  assert_int_equal(percuta_base_diag_count(f.diag), 1);
  transport_write(folder, "mine.yaml", "kind: serum\nactives: []\n", path, sizeof path);
  assert_int_equal(transport_read_compound(&f, "mine", beside, &c), PERCUTA_BAD_INPUT);
  struct percuta_scenario scenario = f.scenario;
  scenario.path = beside;
  assert_int_equal(percuta_input_own_load(&scenario, PERCUTA_COMPOUNDS, "mine"), PERCUTA_OK);
  assert_int_equal(percuta_input_own_load(&scenario, PERCUTA_COMPOUNDS, "urea"), PERCUTA_OK);
  const struct percuta_scenario_file *file = scenario.files.file;
  assert_int_equal(scenario.files.count, 2);
  assert_string_equal(file[0].lacks, "mine.yaml beside the scenario is no compound: it lacks "
                                     "`molar_mass` and `log_kow`");
  assert_false(file[0].own);
  assert_true(file[1].lacks == NULL && !file[1].own);
  percuta_scenario_files_clear(&scenario.files);
  unlink(path);
  unlink(own);
  rmdir(folder);
  fixture_clear(&f);
}

/* Replaces `from` in the good file by `to`. */
static enum percuta_status read_changed(const struct fixture *f, const char *folder,
                                        const char *from, const char *to) {
  char text[2048], path[128], beside[128];
  const char *at = strstr(MINE, from);
  assert_non_null(at);
  snprintf(text, sizeof text, "%.*s%s%s", (int)(at - MINE), MINE, to, at + strlen(from));
  snprintf(beside, sizeof beside, "%s/scenario.yaml", folder);
  transport_write(folder, "mine.yaml", text, path, sizeof path);
  struct percuta_compound c = {.rings = -7};
  const size_t before = percuta_base_diag_count(f->diag);
  const enum percuta_status status = transport_read_compound(f, "mine", beside, &c);
  if (status != PERCUTA_OK) {
    assert_int_equal(c.rings, -7);
    assert_true(percuta_base_diag_count(f->diag) > before);
  }
  unlink(path);
  return status;
}

static void all_mistakes_are_reported_at_once(void **state) {
  (void)state;
  struct fixture f;
  fixture_init(&f);
  char folder[] = "/tmp/percuta-compound-XXXXXX";
  assert_non_null(mkdtemp(folder));
  assert_int_equal(read_changed(&f, folder, MINE,
                                "kind: big\nformula: 6\nring: 1\nmolar_mass: 3\n"
                                "log_kow: {value: 16}\nstate: molecule\nbinding: strong\n"
                                "groups: [{kind: acid, pKa: 30}, {kind: salt, pKa: 3}]\n"),
                   PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_base_diag_count(f.diag), 8);
  rmdir(folder);
  fixture_clear(&f);
}

static void mistakes_are_reported(void **state) {
  (void)state;
  struct fixture f;
  fixture_init(&f);
  char folder[] = "/tmp/percuta-compound-XXXXXX";
  assert_non_null(mkdtemp(folder));
  static const char *const change[][2] = {{"formula: C10H15Cl2FN2", "formula: benzene"},
                                          {"formula: C10H15Cl2FN2", "formula: C2Zn"},
                                          {"rings: 1", "rings: 1.5"},
                                          {"rings: 1", "rings: 40"},
                                          {"double_bonds: 2", "double_bonds: 7"},
                                          {"triple_bonds: 1", "triple_bonds: 3"},
                                          {"rings: 1", "rings: 1\nvolume: {value: 1 cm^3/mol}"},
                                          {"rings: 1", "rings: 1\nvolume: {value: 1 m^3/mol}"},
                                          {"rings: 1", "rings: -1"},
                                          {"rings: 1", "ring: 1"},
                                          {"kind: small-molecule", "kind: big"},
                                          {"0.25 kg/mol", "0 kg/mol"},
                                          {"0.25 kg/mol", "0.25 kg"},
                                          {"state: molecule", "state: ion"},
                                          {"pKa: 4", "pKa: low"},
                                          {"kind: acid", "kind: salt"},
                                          {"value: 30 %", "value: 130 %"},
                                          {"value: 30 %", "value: 0.3"},
                                          {"binding: other-acid", "binding: strong"},
                                          {"value: 1.5", "value: much"},
                                          {"value: 1.5", "value: 15.1"},
                                          {"value: 1.5", "value: -12.1"},
                                          {"pKa: 4", "pKa: 20.1"},
                                          {"pKa: 4", "pKa: -5.1"},
                                          {"0.25 kg/mol", "0.24 kg/mol"},
                                          {"0.25 kg/mol", "0.267 kg/mol"},
                                          {"rings: 1", "rings: 1\nrepeat: 2"},
                                          {"rings: 1", "rings: 1\nrepeat: 0"},
                                          {"status: assumed", "status: sure"},
                                          {"rings: 1", "rings: 1\nsolubility: {value: 0 g/l}"},
                                          {"name: mine", "name: \"\""},
                                          {"{value: 30 %, status: assumed}", "30 %"}};
  static const char *const right[][2] = {{"rings: 1", "rings: 1"},
                                         {"0.25 kg/mol", "0.265 kg/mol"},
                                         {"value: 1.5", "value: -12"},
                                         {"pKa: 4", "pKa: -5"},
                                         {"{value: 30 %, status: assumed}", "computed"},
                                         {"FN2", "FN2Xe\nvolume: {value: 300 cm^3/mol}"}};
  for (size_t i = 0; i < sizeof right / sizeof *right; i++)
    assert_int_equal(read_changed(&f, folder, right[i][0], right[i][1]), PERCUTA_OK);
  for (size_t i = 0; i < sizeof change / sizeof *change; i++)
    assert_int_equal(read_changed(&f, folder, change[i][0], change[i][1]), PERCUTA_BAD_INPUT);
  static const char *const id[] = {
      "",
      "no-such-compound",
      "../citations",
      "/etc/passwd",
      ".hidden",
      "an-id-that-is-much-longer-than-any-name-of-a-compound-needs-to-be"};
  struct percuta_compound c;
  for (size_t i = 0; i < sizeof id / sizeof *id; i++)
    assert_int_equal(transport_read_compound(&f, id[i], NULL, &c), PERCUTA_BAD_INPUT);
  rmdir(folder);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(formulas_are_counted),
      cmocka_unit_test(catalogue_is_sound),
      cmocka_unit_test(atoms_make_volume_radius_and_diffusivity),
      cmocka_unit_test(groups_ionise_on_their_own),
      cmocka_unit_test(a_file_beside_the_scenario_is_found_first),
      cmocka_unit_test(mistakes_are_reported),
      cmocka_unit_test(all_mistakes_are_reported_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
