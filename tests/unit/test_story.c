#include "record_fixture.h"

#include <cjson/cJSON.h>

#include "report/story.h"

static const char *const KEYS[] = {
#define NAME(kind, name, ...) #name,
#define PERCUTA_KEY_PLANNED NAME
#define PERCUTA_KEY_SESSION NAME
#define PERCUTA_KEY_CLOT NAME
#define PERCUTA_KEY_COMPOUND NAME
#define PERCUTA_KEY_PLAN NAME
#define PERCUTA_KEY_AMOUNT NAME
#define PERCUTA_KEY_CREAM NAME
#define PERCUTA_KEY_NUMBING NAME
#define PERCUTA_KEY_INJECTION NAME
#define PERCUTA_KEY_ANAESTHETIC NAME
#define PERCUTA_KEY_COURSE NAME
#define PERCUTA_KEY_NUMERICS NAME
#include "result/keys.def"
};

struct bench {
  struct fixture f;
  struct percuta_session_readings session[2];
  struct percuta_reseal reseal;
  struct percuta_page page;
  struct percuta_story story;
};

static void begin(struct bench *b) {
  fixture_create(&b->f, 1);
  fixture_products(&b->f);
  b->f.skin.stiffness = 1e6;
  b->f.skin.stiffness_film = 15;
  b->reseal = (struct percuta_reseal){
      .pore_half_time = 25 * PERCUTA_HOUR, .pore_occlusion = 1, .water_occlusion = 1};
  b->f.record.reseal = &b->reseal;
  b->f.session[0].opening.density = 2e6;
  b->f.session[0].tewl_rel = 3.5;
  b->f.session[0].clot = (struct percuta_clot){.window = 1200,
                                               .threshold_time = 210,
                                               .peak = 2.5e-4,
                                               .fibrin_time = 250,
                                               .platelets_released = 0.8,
                                               .pdgf = 1e-5,
                                               .tgf_beta = 4e-5,
                                               .signal_rel = 0.6};
}

static void tell(struct bench *b) {
  for (int i = 0; i < 2; ++i)
    percuta_outcome_readings_of_session(&b->f.session[i], b->f.record.width, &b->session[i]);
  b->page = (struct percuta_page){.record = &b->f.record,
                                  .folder = b->f.folder,
                                  .session = b->session,
                                  .given = percuta_outcome_readings_sessions_given(&b->f.record)};
  percuta_report_story_tell(&b->story, &b->page);
}

static void end(struct bench *b) {
  percuta_report_story_clear(&b->story);
  fixture_destroy(&b->f);
}

/* A sentence as plain text: a second form of the same data. Owned by the caller. */
static char *plain(const struct percuta_sentence *sentence) {
  char *out = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&out, &length);
  assert_non_null(stream);
  for (int p = 0; p < sentence->count; ++p) {
    const struct percuta_sentence_part *part = &sentence->part[p];
    if (part->kind == PERCUTA_SENTENCE_WORDS) {
      for (int i = 0; i < part->words_length; ++i)
        fputc(part->words[i] == '~' ? ' ' : part->words[i], stream);
    } else if (part->kind == PERCUTA_SENTENCE_TEXT) {
      fputs(part->text, stream);
    } else {
      fprintf(stream, "%.*g%s%.*s", part->digits > 0 ? part->digits : 6, part->number,
              part->unit_length > 0 ? " " : "", part->unit_length, part->unit);
    }
  }
  fclose(stream);
  return out;
}

static bool has_sentence(const struct percuta_story *story, const char *expected) {
  bool found = false;
  for (int s = 0; s < story->count; ++s) {
    for (int i = 0; i < story->step[s].text.count; ++i) {
      char *text = plain(&story->step[s].text.sentence[i]);
      found = found || strcmp(text, expected) == 0;
      free(text);
    }
  }
  return found;
}

static void can_be_told_in_plain_text(void **state) {
  (void)state;
  struct bench b;
  begin(&b);
  tell(&b);
  assert_true(has_sentence(
      &b.story, "A needle of 1500 µm pushes the skin down by 300 µm and cuts 1.1e+03 µm deep on "
                "average."));
  assert_true(has_sentence(
      &b.story, "Damaged tissue along the cuts takes up 1.2 % of the dermis between "
                "75 and 1.1e+03 µm: the treated dermis, over which all averages are taken."));
  assert_true(has_sentence(&b.story, "Platelets plug a cut vessel within about 90 s."));
  end(&b);
}

static bool is_key(const char *name) {
  for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; ++i) {
    if (strcmp(KEYS[i], name) == 0)
      return true;
  }
  return false;
}

/* Whether there is something called that where a source says it is from. */
static bool is_source(const char *source, const char *scenario_page) {
  char key[128];
  const char *dot = strchr(source, '.');
  if (source[0] == '\0')
    return true; /* worked out where the sentence is made */
  if (dot == NULL)
    return false;
  if (strncmp(source, "outcomes.", 9) == 0)
    return percuta_outcome_outcomes_find(dot + 1) != NULL;
  if (strncmp(source, "skin.", 5) == 0)
    return dot[1] != '\0';
  if (strncmp(source, "scenario.", 9) == 0) {
    snprintf(key, sizeof key, "| `%s` |", dot + 1);
    return strstr(scenario_page, key) != NULL;
  }
  return is_key(dot + 1);
}

static void check_text(const struct percuta_paragraph *text, const char *title,
                       const char *scenario_page) {
  assert_false(text->failed);
  for (int i = 0; i < text->count; ++i) {
    for (int p = 0; p < text->sentence[i].count; ++p) {
      const struct percuta_sentence_part *part = &text->sentence[i].part[p];
      char source[128];
      snprintf(source, sizeof source, "%.*s", part->source_length, part->source);
      if (!is_source(source, scenario_page))
        fail_msg("there is no %s", source);
      if (part->kind != PERCUTA_SENTENCE_WORDS && part->kind != PERCUTA_SENTENCE_TEXT &&
          !isfinite(part->number))
        fail_msg("a hole was left open for %s in step %s", source, title);
    }
  }
}

static void check_sources(const struct percuta_story *story, const char *scenario_page) {
  for (int s = 0; s < story->count; ++s) {
    assert_true(story->step[s].text.count > 0);
    check_text(&story->step[s].text, story->step[s].title, scenario_page);
    check_text(&story->step[s].detail, story->step[s].title, scenario_page);
  }
}

/* Every number says where it is from, and there is such a thing; in all the ways that a story can
 * go. */
static void every_source_exists(void **state) {
  (void)state;
  char path[512], *page = NULL;
  size_t length = 0;
  snprintf(path, sizeof path, "%s/../docs/scenario.md", getenv("PERCUTA_DATA"));
  assert_int_equal(percuta_base_path_read(path, 1 << 20, &page, &length), PERCUTA_OK);
  for (int way = 0; way < 7; ++way) {
    struct bench b;
    begin(&b);
    if (way == 1) {
      b.f.session[0].clot.threshold_time = b.f.session[0].clot.fibrin_time = INFINITY;
      b.f.session[1].given = false;
      b.f.record.numbing.needles_first = true;
    } else if (way == 2) {
      snprintf(b.f.kind, sizeof b.f.kind, "acne-scar");
      b.f.skin.has_defect = true;
      b.f.skin.perfusion_rel = 0.4;
      b.f.skin.clearance_factor = 0.5;
    } else if (way == 3) {
      b.f.record.layout = percuta_healing_layout_of(~(1U << PERCUTA_PART_pensalfini) &
                                                    ((1U << PERCUTA_PART_COUNT) - 1));
    } else if (way == 4) {
      for (int i = 0; i < FIXTURE_STRIKES; ++i)
        b.f.session[0].channels.item[i].penetrated = b.f.session[0].channels.item[i].reentered =
            false;
    } else if (way == 5) {
      b.f.session[0].injured_frac = b.f.session[1].injured_frac = 0;
      b.f.session[0].bleeding.channels_bleeding_expected = 0.1;
      b.f.scenario.device.needle.wear = 3e-6;
    } else if (way == 6) {
      b.f.session[1].healed_at = -1;
      b.f.session[0].bleeding.pinpoint_bleeding = false;
      b.f.penetration[0].plan.again = PERCUTA_HOUR;
    }
    tell(&b);
    assert_true(b.story.count >= 4);
    check_sources(&b.story, page);
    end(&b);
  }
  free(page);
}

/* How many numbers of the text have a key of a session whose unit is theirs; each is that of
 * summary.json. */
static int compare_text(const struct percuta_paragraph *text, const cJSON *session) {
  static const struct {
    const char *ending, *unit;
  } units[] = {{"_um", "µm"}, {"_mN", "mN"}, {"_pct", "%"}};
  int compared = 0;
  for (int i = 0; i < text->count; ++i) {
    for (int p = 0; p < text->sentence[i].count; ++p) {
      const struct percuta_sentence_part *part = &text->sentence[i].part[p];
      char key[128], unit[16];
      snprintf(key, sizeof key, "%.*s", part->source_length, part->source);
      snprintf(unit, sizeof unit, "%.*s", part->unit_length, part->unit);
      for (size_t u = 0; u < sizeof units / sizeof *units; ++u) {
        const char *ending = strrchr(key, '_');
        if (strncmp(key, "sessions.", 9) != 0 || ending == NULL ||
            strcmp(ending, units[u].ending) != 0 || strcmp(unit, units[u].unit) != 0)
          continue;
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(session, key + 9);
        assert_true(cJSON_IsNumber(item) &&
                    fabs(item->valuedouble - part->number) < 5e-9 * fabs(part->number) + 1e-12);
        ++compared;
      }
    }
  }
  return compared;
}

static void numbers_are_those_of_the_summary(void **state) {
  (void)state;
  struct bench b;
  char path[512];
  int compared = 0;
  begin(&b);
  tell(&b);
  snprintf(path, sizeof path, "%s/summary.json", b.f.folder);
  assert_int_equal(percuta_result_summary_write(&b.f.record, path), PERCUTA_OK);
  char *json = fixture_read(&b.f, "summary.json");
  cJSON *root = cJSON_Parse(json);
  const cJSON *session = cJSON_GetArrayItem(cJSON_GetObjectItem(root, "sessions"), 0);
  for (int s = 0; s < b.story.count; ++s)
    compared += compare_text(&b.story.step[s].text, session) +
                compare_text(&b.story.step[s].detail, session);
  assert_true(compared > 10);
  cJSON_Delete(root);
  free(json);
  end(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(can_be_told_in_plain_text),
      cmocka_unit_test(every_source_exists),
      cmocka_unit_test(numbers_are_those_of_the_summary),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
