#include "record_fixture.h"
#include "report/report.h"

#include <cjson/cJSON.h>

/* The page's template, style and scripts are in the build folder unless the caller says where. */
static int find_web(void **state) {
  (void)state;
  char web[512];
  const char *build = getenv("PERCUTA_BUILD");
  if (getenv("PERCUTA_WEB") == NULL && build != NULL) {
    snprintf(web, sizeof web, "%s/web", build);
    return setenv("PERCUTA_WEB", web, 1);
  }
  return 0;
}

static char *write_page(struct fixture *f) {
  assert_int_equal(percuta_report_write(&f->record, f->folder), PERCUTA_OK);
  return fixture_read(f, "report.html");
}

static void must_have(const char *page, const char *text) {
  if (strstr(page, text) == NULL) {
    fail_msg("the page lacks: %s", text);
  }
}

static void must_lack(const char *page, const char *text) {
  const char *at = strstr(page, text);
  if (at != NULL) {
    fail_msg("the page has \"%s\" in: %.60s", text, at);
  }
}

/* The JSON in the page, parsed. */
static cJSON *read_data(const char *page) {
  const char *start = strstr(page, "id=\"percuta-data\">");
  assert_non_null(start);
  start += strlen("id=\"percuta-data\">");
  const char *end = strstr(start, "</script>");
  assert_non_null(end);
  cJSON *root = cJSON_ParseWithLength(start, (size_t)(end - start));
  assert_non_null(root);
  return root;
}

static void says_what_was_simulated(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 6);
  fixture_snapshots(&f);
  snprintf(f.title, sizeof f.title, "First session, cheek");
  char *page = write_page(&f);
  must_have(page, "The cheek of a 45-year-old woman, treated with a roller with 192 needles of "
                  "1.5&nbsp;mm: four directions, 4 times each, at 5&nbsp;N and 5&nbsp;cm/s; two "
                  "sessions, followed for 12 months.");
  must_have(page, "not medical advice");
  must_have(page, "+5.0&nbsp;%");        /* collagen at its highest … */
  must_have(page, "on day 20");          /* … and when */
  must_have(page, "<b>267 per cm²</b>"); /* 24 strikes on 9 mm² */
  must_have(page, "up to <b>600&nbsp;mN</b>");
  must_have(page, "rests on one published row");
  must_have(page, "was given 3 days later than planned");
  must_have(page, "It healed <b>15 days</b> after each session.");
  must_have(page, "@software{percuta");
  must_have(page, "Percentage points"); /* what the result depends on: the stored study is there */
  must_lack(page, "{{title}}");
  must_lack(page, "{{data}}");
  must_lack(page, ">assumed</span></td><td>no source"); /* parameters are on the other page */
  free(page);
  page = fixture_read(&f, "sources.html");
  must_have(page, "dissolution of clot"); /* a parameter, its status and its source */
  must_have(page, ">assumed</span>");
  must_have(page, "A &amp; B &lt;2017&gt;");
  must_have(page, "@software{percuta");
  must_have(page, "<h3>Depth</h3>"); /* the story's details */
  must_have(page, "this is not the uncertainty of the mean");
  must_lack(page, "{{title}}");
  must_lack(page, "src=");
  free(page);
  fixture_destroy(&f);
}

/* Nothing is loaded from anywhere, and the weight stays below 3 MB on a large grid. */
static void is_complete_in_itself(void **state) {
  (void)state;
  static const char *const outside[] = {"src=",   "@import",        "url(http", "<link",
                                        "fetch(", "XMLHttpRequest", "import("};
  struct fixture f;
  fixture_create(&f, 170);
  fixture_snapshots(&f);
  char *page = write_page(&f);
  for (size_t i = 0; i < sizeof outside / sizeof outside[0]; ++i) {
    must_lack(page, outside[i]);
  }
  assert_true(strlen(page) < 3000000);
  cJSON *root = read_data(page);
  const cJSON *slice = cJSON_GetObjectItem(root, "slice");
  assert_true(cJSON_GetObjectItem(slice, "nx")->valuedouble <= 160);
  cJSON_Delete(root);
  free(page);
  fixture_destroy(&f);
}

/* A title cannot open an element, end the data or name a part of the template. */
static void escapes_text(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 3);
  fixture_snapshots(&f);
  snprintf(f.skin.site_name, sizeof f.skin.site_name, "</script><i>");
  char *page = write_page(&f);
  must_have(page, "<h1>Cheek &amp; &lt;/script&gt;&lt;b&gt;{{data}}&lt;/b&gt;</h1>");
  must_lack(page, "</script><");
  free(page);
  fixture_destroy(&f);
}

/* The cross-section holds the snapshots' own values: decoded bytes lie within half a step. */
static void draws_the_fields(void **state) {
  (void)state;
  static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  struct fixture f;
  fixture_create(&f, 6);
  fixture_snapshots(&f);
  char *page = write_page(&f);
  cJSON *root = read_data(page);
  const cJSON *slice = cJSON_GetObjectItem(root, "slice");
  assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(slice, "days")), FIXTURE_SNAPSHOTS);
  const cJSON *collagen = cJSON_GetArrayItem(cJSON_GetObjectItem(slice, "quantities"), 0);
  assert_string_equal(cJSON_GetObjectItem(collagen, "id")->valuestring, "collagen");
  const double low = cJSON_GetObjectItem(collagen, "low")->valuedouble;
  const double high = cJSON_GetObjectItem(collagen, "high")->valuedouble;
  const char *text = cJSON_GetArrayItem(cJSON_GetObjectItem(collagen, "panels"), 3)->valuestring;
  const int nz = (int)cJSON_GetObjectItem(slice, "nz")->valuedouble;
  assert_int_equal(strlen(text), (6 * nz + 2) / 3 * 4);
  /* The first four characters are the first three bytes: epidermis, where nothing is computed. */
  assert_memory_equal(text, "////", 4);
  /* Row 1 is dermis; no clot is highest anywhere else than in row y = 5 or 0, so look it up. */
  const int j = (int)(cJSON_GetObjectItem(slice, "y_um")->valuedouble / 500);
  for (int i = 0; i < 6; ++i) {
    const size_t bit = 8 * (6 + (size_t)i);
    unsigned value = 0;
    for (size_t b = 0; b < 8; ++b) {
      const size_t place = bit + b;
      const unsigned sextet = (unsigned)(strchr(digit, text[place / 6]) - digit);
      value = value << 1 | (sextet >> (5 - place % 6) & 1);
    }
    const double expected =
        (double)fixture_value(PERCUTA_FIELD_collagen, 3, (size_t)(36 + 6 * j + i));
    const double decoded = low + value / 254.0 * (high - low);
    assert_true(fabs(decoded - expected) <= 0.5 / 254 * (high - low) + 1e-9);
  }
  cJSON_Delete(root);
  free(page);
  fixture_destroy(&f);
}

/* A column shows profiles: numbers, as many as there are rows of dermis in view. */
static void draws_a_column(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_snapshots(&f);
  char *page = write_page(&f);
  cJSON *root = read_data(page);
  const cJSON *slice = cJSON_GetObjectItem(root, "slice");
  const cJSON *panel = cJSON_GetArrayItem(
      cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(slice, "quantities"), 0),
                          "panels"),
      0);
  const int rows = (int)cJSON_GetObjectItem(slice, "nz")->valuedouble;
  assert_true(cJSON_IsArray(panel));
  assert_true(cJSON_GetArraySize(panel) > 10 && cJSON_GetArraySize(panel) < rows);
  const double first = (double)fixture_value(PERCUTA_FIELD_collagen, 0, 1);
  assert_true(fabs(cJSON_GetArrayItem(panel, 0)->valuedouble / first - 1) < 5e-5);
  cJSON_Delete(root);
  free(page);
  fixture_destroy(&f);
}

static void explains_when_nothing_broke_the_skin(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 2);
  fixture_snapshots(&f);
  f.record.session_count = 1;
  for (int i = 0; i < FIXTURE_STRIKES; ++i) {
    struct percuta_channel *c = &f.session[0].channels.item[i];
    c->penetrated = c->reentered = false;
    c->depth = 0;
  }
  f.session[0].channels.reentered = 0;
  f.session[0].channels.force_per_needle = 0.05;
  f.session[0].injured_frac = 0;
  char *page = write_page(&f);
  must_have(page, "No needle broke the skin");
  must_have(page, "No needle breaks the skin: collagen does not change.");
  must_have(page, "a larger force would change that");
  must_lack(page, "Blood and clot");
  free(page);
  fixture_destroy(&f);
}

static void explains_when_only_the_epidermis_was_cut(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 2);
  fixture_snapshots(&f);
  f.session[0].injured_frac = f.session[1].injured_frac = 0;
  char *page = write_page(&f);
  must_have(page, "On average the cuts end in the epidermis.");
  must_lack(page, "Signal for repair");
  free(page);
  fixture_destroy(&f);
}

static void explains_the_condition(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 2);
  fixture_snapshots(&f);
  snprintf(f.kind, sizeof f.kind, "poor-healing");
  snprintf(f.skin.condition_name, sizeof f.skin.condition_name, "Poor healing");
  f.skin.perfusion_rel = 0.4;
  f.skin.clearance_factor = 0.5;
  char *page = write_page(&f);
  must_have(page, "cheek of a 45-year-old woman (poor healing), treated with");
  must_have(page, "blood flow 0.4, clearance of clot and macrophages 0.5.");
  free(page);
  fixture_destroy(&f);
}

/* A scar: collagen inside it and around it are means over their own cells, relative to their own
 * rest; the section goes through its middle. */
static void compares_a_scar_with_its_surroundings(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 6);
  snprintf(f.kind, sizeof f.kind, "acne-scar");
  f.skin.has_defect = true;
  f.skin.defect_width = 1.2e-3;
  f.skin.defect_depth = 0.5e-3;
  f.skin.defect_collagen_rel = 0.5;
  const size_t cells = percuta_numerics_grid_cell_count(f.grid);
  float *memory = calloc(cells * PERCUTA_FIELD_COUNT, sizeof *memory);
  assert_non_null(memory);
  for (int s = 0; s < 2; ++s) {
    f.snapshot_time[s] = 120 * s * PERCUTA_DAY;
    for (size_t c = 0; c < cells; ++c) {
      const double x = ((double)(c % 6) - 2.5) * 0.5e-3, y = ((double)(c / 6 % 6) - 2.5) * 0.5e-3;
      const bool inside = x * x + y * y <= 0.36e-6;
      memory[(size_t)PERCUTA_FIELD_collagen * cells + c] =
          (float)(inside ? 0.4 * (1 + 0.03 * s) : 0.8 * (1 + 0.01 * s));
    }
    assert_int_equal(
        percuta_result_snapshot_write(f.folder, s, f.grid, PERCUTA_FIELD_COUNT, memory),
        PERCUTA_OK);
  }
  f.record.snapshot_count = 2;
  for (size_t i = 0; i < f.record.timeline.count; ++i) {
    struct percuta_timeline_row *row = &f.record.timeline.row[i];
    row->collagen_inside_rel = row->time_d < 120 ? 1 : 1.03;
    row->collagen_around_rel = row->time_d < 120 ? 1 : 1.01;
  }
  char *page = write_page(&f);
  must_have(page, "On day 120 of the course, 75 days after the last session, collagen inside the "
                  "scar has changed by "
                  "<b>+3.0&nbsp;%</b> and around it by <b>+1.0&nbsp;%</b>");
  must_have(page, "<strong>2</strong> points");
  cJSON *root = read_data(page);
  const cJSON *slice = cJSON_GetObjectItem(root, "slice");
  assert_true(fabs(cJSON_GetObjectItem(slice, "y_um")->valuedouble - 1750) < 1);
  assert_string_equal(
      cJSON_GetObjectItem(cJSON_GetObjectItem(slice, "defect"), "name")->valuestring, "scar");
  cJSON_Delete(root);
  free(page);
  free(memory);
  fixture_destroy(&f);
}

/* Months count from the last session of a course, with its day; what is asked decides what is
 * answered. */
static void answers_what_was_asked(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_snapshots(&f);
  char *page = write_page(&f);
  must_have(page, "six months after the last session (day 225 of the course)");
  must_have(page, "after the last session: day 225 of the course");
  must_have(page, "Depth of the cuts</dt><dd><strong>1.1</strong> mm (0.3 to 1.4)");
  must_lack(page, "±&nbsp;0.1 mm");
  free(page);
  fixture_products(&f);
  f.scenario.course = (struct percuta_course){.sessions = 1, .follow_up = 60 * PERCUTA_DAY};
  f.record.session_count = 1;
  page = write_page(&f);
  must_have(page, "When the needles came, the skin was numb down to <b>1.3&nbsp;mm</b>");
  must_have(
      page,
      "raises the computed uptake of <b>1 of 2</b> product applications; <b>1</b> should not");
  must_lack(page, "Collagen at its peak"); /* two months and a cream: the course is not asked for */
  free(page);
  fixture_destroy(&f);
}

/* What bleeds to the surface is never said to shed no blood; needles that went in may have failed
 * to, with other values. */
static void contradicts_itself_nowhere(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_snapshots(&f);
  f.session[0].bleeding.channels_bleeding_expected = 0.005;
  f.session[0].bleeding.pinpoint_bleeding = true;
  char *page = write_page(&f);
  must_lack(page, "Practically no blood");
  must_have(page, "gets in with a probability of 96&nbsp;%");
  must_lack(page, "every needle went in");
  free(page);
  f.session[0].bleeding.pinpoint_bleeding = false;
  page = write_page(&f);
  must_have(page, "Practically no blood");
  free(page);
  fixture_destroy(&f);
}

static void shows_the_surface(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 2);
  fixture_snapshots(&f);
  char *page = write_page(&f);
  must_lack(page, "The surface before treatment");
  free(page);
  fixture_wrinkle(&f);
  f.session[0].channels.item[0].recess = 24e-6 * 7;
  page = write_page(&f);
  must_have(page, "The surface before treatment");
  must_have(page, "furrows and ridges are of the same skin");
  must_have(page,
            "the surface lay <b>7&nbsp;µm</b> below the device on average and 168&nbsp;µm at most");
  must_have(page, "<td>0.45</td>");
  free(page);
  fixture_scar(&f);
  for (size_t i = 0; i < f.record.timeline.count; ++i) {
    f.record.timeline.row[i].collagen_inside_rel = 1.1;
    f.record.timeline.row[i].collagen_around_rel = 1;
  }
  page = write_page(&f); /* 500 um hold 0.6, of which a tenth is new: 30 um, of them shares */
  must_have(page, "the floor has risen by <b>15&nbsp;µm</b> (6 to 30)");
  must_have(page, "<td>300</td><td>294</td><td>285</td><td>270</td>");
  must_have(page, "data:image/bmp;base64,Qk");
  free(page);
  fixture_destroy(&f);
}

/* The page with every kind of product; a copy of it where the caller wants to look at it. */
static void shows_products(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 6);
  fixture_snapshots(&f);
  char *page = write_page(&f);
  must_lack(page, "What enters");
  must_lack(page, ">Numb");
  free(page);
  fixture_products(&f);
  page = write_page(&f);
  must_have(page, "<h2>What enters, product by product</h2>");
  must_have(page, "<span class=\"verdict raised\">uptake raised</span>");
  must_have(page, "<span class=\"verdict never\">should not be put on needled skin</span>");
  must_have(page, "through intact skin\">40&nbsp;×</strong> <span>At 157 g/mol and log Kow");
  must_have(page, "Amounts through punctures are upper estimates");
  must_have(page, "<tr><th scope=\"row\">Below the dermis</th>");
  must_lack(page, "lymph");
  must_have(page, "It irritates &lt;needled&gt; skin");
  must_have(page, "contains more than its water can dissolve; the rest is in oil");
  must_have(page, "applied 10 minutes after the needles, 2&nbsp;mg/cm², for 12 hours");
  must_have(page, "<h2>Numbing cream</h2>");
  must_have(page, "under a cover, for 60 minutes. It was wiped off 5 minutes before");
  must_have(page, "<strong>1.3</strong> mm (0.9 to 1.8)<small>the needles are 1.5&nbsp;mm "
                  "long</small>");
  must_have(page, "<strong>about 1.3</strong> of 10 (0.2&nbsp;to&nbsp;3.6)<small>without cream 6.5 "
                  "(3.2 to 10); the "
                  "cream leaves 20&nbsp;% of it (6 to 100&nbsp;%)</small>");
  must_have(page, "how many nerves that are not blocked a needle reaches");
  must_have(page, "A single needle inserted slowly, as in a published study, would not hurt down "
                  "to <b>1.3&nbsp;mm</b> (0.7 to 2.1); without cream, down to 0.2&nbsp;mm.");
  must_have(page, "levels in the blood may be higher than told here");
  must_lack(page, "Made for intact skin: through needled skin more enters the blood");
  must_have(page, "Prilocaine can also cause methaemoglobinaemia");
  must_have(page, "lidocaine 0.06&nbsp;µg/ml after 4 hours");
  must_have(page, "<td class=\"n\">100&nbsp;cm²</td><td class=\"n\">90&nbsp;cm²</td><td><span "
                  "class=\"tag much\">above</span>");
  must_have(page, "100 cm2 is more than the 90 cm2 that the label of lidocaine");
  must_have(page, "By then the skin was numb down to <b>1.3&nbsp;mm</b>");
  must_have(page, "<p>Tranexamic acid serum 5 %: <b>uptake raised</b>\n<br>Retinol cream 0.5 %: "
                  "<b>should not be put on needled skin</b>\n</p>");
  must_have(page, "With what numbs: <strong>1.5 times</strong> (0.5 to 3)");
  const char *const keep = getenv("PERCUTA_KEEP_PAGE");
  if (keep != NULL) {
    FILE *stream = fopen(keep, "w");
    assert_non_null(stream);
    assert_true(fputs(page, stream) >= 0);
    assert_int_equal(fclose(stream), 0);
  }
  free(page);
  page = fixture_read(&f, "sources.html");
  must_have(page, "lidocaine: <b>log kow</b>"); /* where the products' numbers come from */
  must_have(page, "<b>share of tranexamic-acid</b></td><td class=\"n\">5 %");
  free(page);
  fixture_destroy(&f);
}

/* The curves are those of the courses: what is past the stratum corneum, blood included. */
static void plots_what_gets_in(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_snapshots(&f);
  fixture_products(&f);
  char *page = write_page(&f);
  cJSON *root = read_data(page);
  const cJSON *first = cJSON_GetArrayItem(cJSON_GetObjectItem(root, "entering"), 0);
  const double expected = 4 * (1 - exp(-1.0)); /* ug/cm2 after 6 h */
  assert_string_equal(cJSON_GetObjectItem(first, "plot")->valuestring, "entering-1-1");
  must_have(page, "data-plot=\"entering-1-1\"");
  assert_true(cJSON_GetArrayItem(cJSON_GetObjectItem(first, "time_h"), 12)->valuedouble == 6);
  assert_true(fabs(cJSON_GetArrayItem(cJSON_GetObjectItem(first, "needled"), 12)->valuedouble -
                   expected) < 1e-4);
  assert_true(fabs(cJSON_GetArrayItem(cJSON_GetObjectItem(first, "blood"), 12)->valuedouble -
                   0.3 * expected) < 1e-4);
  const cJSON *numbing = cJSON_GetObjectItem(root, "numbing");
  assert_true(fabs(cJSON_GetObjectItem(numbing, "needle_mm")->valuedouble - 1.5) < 1e-9);
  assert_true(fabs(cJSON_GetArrayItem(cJSON_GetObjectItem(numbing, "depth_mm"), 4)->valuedouble -
                   1.6) < 1e-4);
  assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(numbing, "plasma")), 2);
  cJSON_Delete(root);
  free(page);
  fixture_destroy(&f);
}

static void tells_of_cream_after_the_needles(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_snapshots(&f);
  fixture_products(&f);
  struct percuta_numbing *numbing = &f.record.numbing;
  numbing->needles_first = true;
  numbing->penetration.plan.start = 300;
  numbing->needling = -300;
  numbing->end = -1;
  numbing->active[0].toxic = 0;
  numbing->penetration.product.limits = (struct percuta_product_limits){0};
  f.session[0].comfort.numbed = false;
  f.penetration[0].met = PERCUTA_PENETRATION_CLOSED;
  char *page = write_page(&f);
  must_have(page, "applied right <b>after the needles</b>.");
  must_have(page, "Needling itself was not numbed");
  must_have(page, "without punctures 25 minutes</small>");
  must_have(page, "<strong>0.06</strong> µg/ml<small>lidocaine after 4 hours");
  must_have(page, "the skin is numb from 25 minutes, and the blood takes up 18&nbsp;mg.");
  must_have(page, "<li>Made for intact skin: through needled skin more enters the blood.</li>");
  must_have(page, "The limits on the label are not known.");
  must_have(page, "<span class=\"verdict none\">met no open puncture</span>");
  must_have(page, "<p>The punctures had closed by then.</p>");
  must_lack(page, "40&nbsp;×");
  must_lack(page, "A single needle inserted slowly");
  must_lack(page, "counts as shorter");
  must_lack(page, "the cream leaves");
  free(page);
  fixture_destroy(&f);
}

/* Beside the level at which anaesthetics are toxic: within, close to it, above. */
static void compares_with_toxic_levels(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_snapshots(&f);
  fixture_products(&f);
  fixture_warn_share(&f);
  struct percuta_numbing *numbing = &f.record.numbing;
  numbing->active[1].toxic = 2e-4;
  numbing->toxicity = 0.162;
  char *page = write_page(&f);
  must_have(page, "In the blood: lidocaine</th><td class=\"n\">0.06 to 0.19&nbsp;µg/ml</td><td "
                  "class=\"n\">5&nbsp;µg/ml</td><td><span class=\"tag\">within</span>");
  must_have(page, "0.2&nbsp;µg/ml</td><td><span class=\"tag changed\">close to it</span>");
  must_have(page, "share of the toxic level</th><td class=\"n\">16.2 to 52&nbsp;%</td><td "
                  "class=\"n\">100&nbsp;%</td><td><span class=\"tag changed\">close to it</span>");
  must_have(
      page,
      "<strong>16</strong> % (up to 52)<small>of the toxic level, all of the cream; lidocaine");
  free(page);
  fixture_destroy(&f);
}

/* What does not hold: an interval that is not known, a cream that did not numb. */
static void tells_less_of_pain(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_snapshots(&f);
  fixture_products(&f);
  f.session[0].comfort.vas_numbed_low = NAN;
  f.session[0].comfort.vas_low = NAN;
  f.record.numbing.depth_at_needling = 0;
  char *page = write_page(&f);
  must_have(page, "<strong>about 1.3</strong> of 10<small>without cream 6.5</small>");
  must_lack(page, "the cream leaves");
  free(page);
  fixture_destroy(&f);
}

/* Of large molecules not everything can be trusted, and next to nothing has no number. */
static void doubts_large_molecules(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_snapshots(&f);
  fixture_products(&f);
  f.penetration[0].active[0].of.compound.kind = PERCUTA_COMPOUND_POLYMER;
  f.penetration[0].active[0].entered_intact = 9e-5 * f.penetration[0].active[0].applied;
  char *page = write_page(&f);
  must_have(page, "In vivo, tissue and lymph take up or degrade such large molecules");
  must_have(page, "under 0.01&nbsp;%</span></td></tr>");
  free(page);
  fixture_destroy(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(says_what_was_simulated),
      cmocka_unit_test(is_complete_in_itself),
      cmocka_unit_test(escapes_text),
      cmocka_unit_test(draws_the_fields),
      cmocka_unit_test(draws_a_column),
      cmocka_unit_test(explains_when_nothing_broke_the_skin),
      cmocka_unit_test(explains_when_only_the_epidermis_was_cut),
      cmocka_unit_test(explains_the_condition),
      cmocka_unit_test(compares_a_scar_with_its_surroundings),
      cmocka_unit_test(answers_what_was_asked),
      cmocka_unit_test(contradicts_itself_nowhere),
      cmocka_unit_test(shows_the_surface),
      cmocka_unit_test(shows_products),
      cmocka_unit_test(plots_what_gets_in),
      cmocka_unit_test(tells_of_cream_after_the_needles),
      cmocka_unit_test(compares_with_toxic_levels),
      cmocka_unit_test(tells_less_of_pain),
      cmocka_unit_test(doubts_large_molecules),
  };
  return cmocka_run_group_tests(tests, find_web, NULL);
}
