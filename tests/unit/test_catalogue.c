/* The catalogue: what it takes in of a data folder, how its entries are found and listed, and that
 * Percuta's own data hold what every reader needs. */
#include "catalogue_fixture.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalogue/citations.h"
#include "catalogue/listing.h"

#define TABLE(name)                                                                                \
  "table: " name "\ndescription: d\nparameters:\n  p: {value: 1, unit: \"1\", range: [0, 2], "     \
  "status: assumed, meaning: m}\n"

/* A data folder made for a test. */
struct folder {
  char root[64], path[8][160];
  int count;
};

static void put(struct folder *folder, const char *name, const char *text) {
  char path[sizeof folder->path[0]];
  snprintf(path, sizeof path, "%s/%s", folder->root, name);
  strcpy(folder->path[folder->count++], path);
  if (text == NULL) {
    assert_int_equal(mkdir(path, 0777), 0);
    return;
  }
  FILE *stream = fopen(path, "w");
  assert_non_null(stream);
  fputs(text, stream);
  assert_int_equal(fclose(stream), 0);
}

static struct folder make_folder(void) {
  struct folder folder = {.root = "/tmp/percuta-catalogue-XXXXXX"};
  assert_non_null(mkdtemp(folder.root));
  return folder;
}

static void remove_folder(struct folder *folder) {
  while (folder->count > 0)
    assert_int_equal(remove(folder->path[--folder->count]), 0);
  assert_int_equal(rmdir(folder->root), 0);
}

/* Tables join one set in the order of their names, folder by folder; evidence and fits stay out. */
static void takes_in_a_folder(void **state) {
  (void)state;
  struct folder folder = make_folder();
  struct percuta_diag *diag = NULL;
  struct percuta_catalogue *catalogue = NULL;
  struct percuta_entry entry;
  put(&folder, "b", NULL);
  put(&folder, "evidence", NULL);
  put(&folder, "fit", NULL);
  put(&folder, "a.yaml", TABLE("first"));
  put(&folder, "b/deep.yaml", TABLE("second"));
  put(&folder, "c.yaml", "sites: [1]\n");
  put(&folder, "evidence/e.yaml", "not: [yaml\n");
  put(&folder, "fit/f.yaml", TABLE("third"));
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_catalogue_open(folder.root, diag, &catalogue), PERCUTA_OK);
  assert_string_equal(percuta_catalogue_folder(catalogue), folder.root);
  const struct percuta_parameters *set = percuta_catalogue_parameters(catalogue);
  assert_int_equal(percuta_base_parameters_count(set), 2);
  assert_string_equal(percuta_base_parameters_at(set, 0)->name, "first.p");
  assert_string_equal(percuta_base_parameters_at(set, 1)->name, "second.p");
  /* shown from the data folder's own name on, the same on all machines */
  char origin[100];
  snprintf(origin, sizeof origin, "%s/a.yaml:4", strrchr(folder.root, '/') + 1);
  assert_string_equal(percuta_base_parameters_at(set, 0)->origin, origin);
  assert_int_equal(percuta_catalogue_file(catalogue, "c.yaml", diag, &entry), PERCUTA_OK);
  assert_non_null(percuta_base_yaml_get(entry.root, "sites"));
  assert_string_equal(entry.path, folder.path[5]);
  assert_int_equal(percuta_base_diag_count(diag), 0);
  assert_int_equal(percuta_catalogue_file(catalogue, "d.yaml", diag, &entry), PERCUTA_IO);
  assert_int_equal(percuta_catalogue_file(catalogue, "fit/f.yaml", diag, &entry), PERCUTA_IO);
  assert_int_equal(percuta_base_diag_count(diag), 2);
  percuta_catalogue_close(&catalogue);
  assert_null(catalogue);
  percuta_catalogue_close(&catalogue);
  percuta_base_diag_destroy(&diag);
  remove_folder(&folder);
}

/* All files are read though one is damaged, so that every mistake is said; but there is then no
 * catalogue. */
static void says_all_that_is_wrong(void **state) {
  (void)state;
  struct folder folder = make_folder();
  struct percuta_diag *diag = NULL;
  struct percuta_catalogue *catalogue = NULL;
  put(&folder, "a.yaml", "not: [yaml\n");
  put(&folder, "b.yaml", "table: t\n");
  put(&folder, "c.yaml", TABLE("twice"));
  put(&folder, "d.yaml", TABLE("twice"));
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_catalogue_open(folder.root, diag, &catalogue), PERCUTA_BAD_INPUT);
  assert_null(catalogue);
  assert_int_equal(percuta_base_diag_count(diag), 4); /* b lacks two of its three keys */
  percuta_base_diag_destroy(&diag);
  remove_folder(&folder);
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_catalogue_open(folder.root, diag, &catalogue), PERCUTA_IO);
  assert_null(catalogue);
  assert_int_equal(percuta_base_diag_count(diag), 1);
  percuta_base_diag_destroy(&diag);
}

/* A device may have a file of its own, which counts before an entry of the common one. */
static void finds_entries(void **state) {
  (void)state;
  struct folder folder = make_folder();
  struct percuta_diag *diag = NULL;
  struct percuta_catalogue *catalogue = NULL;
  struct percuta_entry entry = {.path = "untouched"};
  const char *id = NULL;
  put(&folder, "devices", NULL);
  put(&folder, "compounds", NULL);
  put(&folder, "devices/presets.yaml", "presets: {one: {name: I}, two: {name: II}}\n");
  put(&folder, "devices/two.yaml", "name: my own\n");
  put(&folder, "compounds/b-2%.yaml", "name: B\n");
  put(&folder, "compounds/a.yaml", "molar_mass: {value: 18 g/mol}\n");
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_catalogue_open(folder.root, diag, &catalogue), PERCUTA_OK);
  assert_false(percuta_catalogue_find(catalogue, PERCUTA_DEVICES, "presets", diag, &entry));
  assert_false(percuta_catalogue_find(catalogue, PERCUTA_DEVICES, "three", diag, &entry));
  assert_false(percuta_catalogue_find(catalogue, PERCUTA_DEVICES, "../compounds/a", diag, &entry));
  assert_false(percuta_catalogue_find(catalogue, PERCUTA_SITES, "cheek", diag, &entry));
  assert_string_equal(entry.path, "untouched");
  assert_true(percuta_catalogue_find(catalogue, PERCUTA_DEVICES, "one", diag, &entry));
  assert_string_equal(percuta_base_yaml_text(entry.root, "name", ""), "I");
  assert_true(percuta_catalogue_find(catalogue, PERCUTA_DEVICES, "two", diag, &entry));
  assert_string_equal(percuta_base_yaml_text(entry.root, "name", ""), "my own");
  assert_true(percuta_catalogue_find(catalogue, PERCUTA_COMPOUNDS, "b-2%", diag, &entry));
  assert_true(percuta_catalogue_at(catalogue, PERCUTA_COMPOUNDS, 0, &id, &entry));
  assert_string_equal(id, "a");
  double mass = 0;
  assert_int_equal(
      percuta_catalogue_entry_quantity(
          &(struct percuta_entry){
              .path = entry.path, .root = entry.root, .units = entry.units, .diag = diag},
          entry.root, "molar_mass", "value", "kg/mol", &mass),
      PERCUTA_OK);
  assert_true(mass > 0.018 * (1 - 1e-12) && mass < 0.018 * (1 + 1e-12));
  assert_true(percuta_catalogue_at(catalogue, PERCUTA_COMPOUNDS, 1, &id, &entry));
  assert_string_equal(id, "b-2%");
  assert_false(percuta_catalogue_at(catalogue, PERCUTA_COMPOUNDS, 2, &id, &entry));
  assert_int_equal(percuta_base_diag_count(diag), 0);
  percuta_catalogue_close(&catalogue);
  percuta_base_diag_destroy(&diag);
  remove_folder(&folder);
}

static void lists_and_guesses(void **state) {
  (void)state;
  struct percuta_listing list;
  char nearest[64];
  bool known = true;
  assert_int_equal(percuta_catalogue_listing_make(fixture_catalogue(), PERCUTA_SITES, &list),
                   PERCUTA_OK);
  percuta_catalogue_listing_nearest(&list, "cheeck", &known, nearest, sizeof nearest);
  assert_false(known);
  assert_string_equal(nearest, "cheek");
  percuta_catalogue_listing_nearest(&list, "cheek", &known, nearest, sizeof nearest);
  assert_true(known);
  percuta_catalogue_listing_nearest(&list, "nowhere near", &known, nearest, sizeof nearest);
  assert_false(known);
  assert_string_equal(nearest, "");
  percuta_catalogue_listing_clear(&list);
  assert_null(list.entry);
  for (int kind = 0; kind < PERCUTA_KINDS; kind++) {
    const char *name = percuta_catalogue_kind_name((enum percuta_kind)kind);
    assert_int_equal(percuta_catalogue_kind_named(name), kind);
  }
  assert_int_equal(percuta_catalogue_kind_named("site"), PERCUTA_KINDS);
}

/* The data that Percuta ships is read without a mistake and has every kind of thing. */
static void shipped_data_are_sound(void **state) {
  (void)state;
  const struct percuta_catalogue *catalogue = fixture_catalogue();
  static const size_t least[PERCUTA_KINDS] = {[PERCUTA_SITES] = 20,
                                              [PERCUTA_CONDITIONS] = 6,
                                              [PERCUTA_COMPOUNDS] = 65,
                                              [PERCUTA_PRODUCTS] = 20,
                                              [PERCUTA_DEVICES] = 15};
  for (int kind = 0; kind < PERCUTA_KINDS; kind++) {
    struct percuta_listing list;
    assert_int_equal(percuta_catalogue_listing_make(catalogue, (enum percuta_kind)kind, &list),
                     PERCUTA_OK);
    if (list.count < least[kind])
      fail_msg("%zu %s", list.count, percuta_catalogue_kind_name((enum percuta_kind)kind));
    percuta_catalogue_listing_clear(&list);
  }
  const struct percuta_parameters *set = percuta_catalogue_parameters(catalogue);
  const struct percuta_parameter *signal =
      percuta_base_parameters_find(set, "koppenol.signal_diffusivity");
  assert_non_null(signal);
  assert_true(signal->value_si > 0);
  for (size_t i = 0; i < percuta_base_parameters_count(set); i++) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(set, i);
    assert_ptr_equal(percuta_base_parameters_find(set, parameter->name), parameter);
  }
}

/* The works cited for everything name each source once. */
static void cites_everything(void **state) {
  (void)state;
  struct percuta_citations *citations = NULL;
  struct percuta_diag *diag = NULL;
  char *text = NULL;
  size_t size = 0;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_catalogue_citations_create(fixture_catalogue(), diag, &citations),
                   PERCUTA_OK);
  assert_int_equal(percuta_catalogue_citations_add_all(citations, fixture_catalogue()), PERCUTA_OK);
  FILE *stream = open_memstream(&text, &size);
  assert_non_null(stream);
  assert_int_equal(percuta_catalogue_citations_write(citations, "9.9", stream), PERCUTA_OK);
  assert_int_equal(fclose(stream), 0);
  assert_non_null(strstr(text, "version = {9.9}"));
  assert_non_null(strstr(text, "Koppenol"));
  free(text);
  percuta_catalogue_citations_destroy(&citations);
  percuta_base_diag_destroy(&diag);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(takes_in_a_folder),      cmocka_unit_test(says_all_that_is_wrong),
      cmocka_unit_test(finds_entries),          cmocka_unit_test(lists_and_guesses),
      cmocka_unit_test(shipped_data_are_sound), cmocka_unit_test(cites_everything),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
