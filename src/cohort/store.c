/* The store of a study, one transaction a run. SQLite's write-ahead log lets several processes of a
 * machine write and others read meanwhile; what was written outlives the process however it ends.
 * Tests: tests/cli/study.sh, tests/unit/test_cohort.c. */
#include "cohort/store.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"

enum { PATIENCE_MS = 60000 };

enum statement {
  PUT_RUN,
  PUT_OUTCOME,
  PUT_PERSON,
  PUT_POINT,
  FORGET,
  FORGET_POINTS,
  STATES,
  ROWS,
  STATEMENTS
};

static const char *const TEXT[] = {
    [PUT_RUN] = "INSERT OR REPLACE INTO run VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [PUT_OUTCOME] = "INSERT INTO outcome VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [PUT_PERSON] = "INSERT OR REPLACE INTO person VALUES (?1, ?2, ?3)",
    [PUT_POINT] = "INSERT INTO timeline VALUES (?1, ?2, ?3, ?4, ?5)",
    [FORGET_POINTS] = "DELETE FROM timeline WHERE run = ?1",
    [FORGET] = "DELETE FROM outcome WHERE run = ?1",
    [STATES] = "SELECT run, status FROM run",
    [ROWS] = "SELECT r.run, r.arm, r.person, a.name, o.outcome, o.time, o.value, o.low, o.high, "
             "o.unit, r.status, r.reason, o.position FROM run r LEFT JOIN arm a ON a.arm = r.arm "
             "LEFT JOIN outcome o ON o.run = r.run ORDER BY r.run, o.position",
};

static const char SCHEMA[] =
    "CREATE TABLE IF NOT EXISTS study (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS arm (arm INTEGER PRIMARY KEY, name TEXT);"
    "CREATE TABLE IF NOT EXISTS setting (arm INTEGER, key TEXT, value TEXT, PRIMARY KEY (arm, "
    "key)) "
    "WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS person (person INTEGER, key TEXT, value TEXT, PRIMARY KEY (person, "
    "key)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS run (run INTEGER PRIMARY KEY, arm INTEGER, person INTEGER, status "
    "TEXT, reason TEXT, seconds REAL);"
    "CREATE TABLE IF NOT EXISTS outcome (run INTEGER, position INTEGER, outcome TEXT, time REAL, "
    "value REAL, low REAL, high REAL, unit TEXT, PRIMARY KEY (run, position)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS timeline (run INTEGER, position INTEGER, name TEXT, time REAL, "
    "value "
    "REAL, PRIMARY KEY (run, position)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS \"column\" (\"table\" TEXT, name TEXT, unit TEXT, meaning TEXT, "
    "PRIMARY KEY (\"table\", name)) WITHOUT ROWID;";

static const char MEANINGS[] =
    "INSERT OR IGNORE INTO \"column\" VALUES"
    "('arm','arm','','number of the arm, from 1'),('arm','name','','what it is called'),"
    "('setting','arm','','number of the arm'),('setting','key','','key of the scenario'),"
    "('setting','value','','its value in this arm'),"
    "('person','person','','number of the person, from 1'),"
    "('person','key','','key of the scenario'),('person','value','','its value for this person'),"
    "('run','run','','number of the run, from 1'),('run','arm','','number of its arm'),"
    "('run','person','','number of its person; empty: the scenario''s own'),"
    "('run','status','','ok or failed'),('run','reason','','why it failed'),"
    "('run','seconds','s','time that it took'),"
    "('timeline','run','','number of the run'),"
    "('timeline','position','','place of the row among those of its run'),"
    "('timeline','name','','column of timeline.csv'),"
    "('timeline','time','d','since the first session'),"
    "('timeline','value','','in the unit of its column, which the rows timeline.NAME say'),"
    "('outcome','run','','number of the run'),"
    "('outcome','position','','place of the row among those of its run'),"
    "('outcome','outcome','','name, as percuta list outcomes has it'),"
    "('outcome','time','d','since the first session; empty: of the course as a whole'),"
    "('outcome','value','','in its unit'),('outcome','low','','lower end of its interval'),"
    "('outcome','high','','upper end of its interval'),('outcome','unit','','of the value');";

struct percuta_cohort_store {
  sqlite3 *base;                       /* owned */
  sqlite3_stmt *statement[STATEMENTS]; /* owned; prepared when first used */
  char words[PERCUTA_COHORT_WORDS];
};

static enum percuta_status fail(struct percuta_cohort_store *store) {
  const int code = sqlite3_errcode(store->base);
  snprintf(store->words, sizeof store->words, "%s%s", sqlite3_errmsg(store->base),
           code == SQLITE_FULL || code == SQLITE_IOERR
               ? "; the rows written so far are kept: make room, then --resume goes on"
               : "");
  return PERCUTA_IO;
}

static enum percuta_status execute(struct percuta_cohort_store *store, const char *text) {
  return sqlite3_exec(store->base, text, NULL, NULL, NULL) == SQLITE_OK ? PERCUTA_OK : fail(store);
}

static enum percuta_status prepare(struct percuta_cohort_store *store, enum statement which,
                                   sqlite3_stmt **out) {
  sqlite3_stmt **statement = &store->statement[which];
  if (*statement == NULL &&
      sqlite3_prepare_v3(store->base, TEXT[which], -1, SQLITE_PREPARE_PERSISTENT, statement,
                         NULL) != SQLITE_OK)
    return fail(store);
  sqlite3_reset(*statement);
  sqlite3_clear_bindings(*statement);
  *out = *statement;
  return PERCUTA_OK;
}

static enum percuta_status step(struct percuta_cohort_store *store, sqlite3_stmt *statement) {
  const int code = sqlite3_step(statement);
  const enum percuta_status status = code == SQLITE_DONE ? PERCUTA_OK : fail(store);
  sqlite3_reset(statement);
  return status;
}

static void bind_text(sqlite3_stmt *statement, int place, const char *text) {
  sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
}

/* NAN stays empty. */
static void bind_number(sqlite3_stmt *statement, int place, double value) {
  if (isfinite(value))
    sqlite3_bind_double(statement, place, value);
}

/* Runs a statement once, with up to three texts. */
static enum percuta_status once(struct percuta_cohort_store *store, const char *text, int number,
                                const char *first, const char *second) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(store->base, text, -1, &statement, NULL) != SQLITE_OK)
    return fail(store);
  sqlite3_bind_int(statement, 1, number);
  bind_text(statement, 2, first);
  bind_text(statement, 3, second);
  const enum percuta_status status = step(store, statement);
  sqlite3_finalize(statement);
  return status;
}

/* "key=value" cut in two; `key` has room for all of it. */
static const char *cut(const char *set, char *key, size_t size) {
  const char *equals = strchr(set, '=');
  snprintf(key, size, "%.*s", equals ? (int)(equals - set) : 0, set);
  return equals ? equals + 1 : "";
}

static enum percuta_status put_arm(struct percuta_cohort_store *store, int number,
                                   const struct percuta_cohort_arm *arm) {
  char key[512];
  PERCUTA_TRY(once(store, "INSERT OR REPLACE INTO arm VALUES (?1, ?2)", number, arm->name, NULL));
  for (int i = 0; i < arm->count; ++i) {
    const char *value = cut(arm->set[i].text, key, sizeof key);
    PERCUTA_TRY(
        once(store, "INSERT OR REPLACE INTO setting VALUES (?1, ?2, ?3)", number, key, value));
  }
  return PERCUTA_OK;
}

/* A kept column, as timeline.NAME. */
static enum percuta_status put_meaning(struct percuta_cohort_store *store,
                                       const struct percuta_cohort_track *track) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(store->base,
                         "INSERT OR REPLACE INTO \"column\" VALUES ('timeline.' || ?1, ?1, ?2, ?3)",
                         -1, &statement, NULL) != SQLITE_OK)
    return fail(store);
  bind_text(statement, 1, track->name);
  bind_text(statement, 2, track->unit);
  bind_text(statement, 3, track->text);
  const enum percuta_status status = step(store, statement);
  sqlite3_finalize(statement);
  return status;
}

static void write_hash(const struct percuta_cohort_plan *plan, char out[24]) {
  snprintf(out, 24, "%016llx", (unsigned long long)plan->hash);
}

/* What is known of a study before its first run. */
static enum percuta_status describe(struct percuta_cohort_store *store,
                                    const struct percuta_cohort_plan *plan) {
  static const char PUT[] = "INSERT OR REPLACE INTO study VALUES (?2, ?3)";
  char hash[24];
  write_hash(plan, hash);
  PERCUTA_TRY(once(store, PUT, 0, "version", PERCUTA_VERSION));
  PERCUTA_TRY(once(store, PUT, 0, "hash", hash));
  PERCUTA_TRY(once(store, PUT, 0, "mode", percuta_cohort_plan_mode(plan->mode)));
  PERCUTA_TRY(once(store, PUT, 0, "title", plan->title));
  PERCUTA_TRY(once(store, PUT, 0, "file", plan->text));
  PERCUTA_TRY(once(store, PUT, 0, "scenario", plan->base_text));
  for (int a = 0; a < plan->arms; ++a)
    PERCUTA_TRY(put_arm(store, a + 1, &plan->arm[a]));
  for (int c = 0; c < PERCUTA_COHORT_COLUMNS; ++c) {
    if (plan->kept[c])
      PERCUTA_TRY(put_meaning(store, percuta_cohort_plan_track(c)));
  }
  return execute(store, MEANINGS);
}

/* The value of `key` in the table study; "" when there is none. */
static enum percuta_status look_up(struct percuta_cohort_store *store, const char *key, char *out,
                                   size_t size) {
  sqlite3_stmt *statement = NULL;
  *out = '\0';
  if (sqlite3_prepare_v2(store->base, "SELECT value FROM study WHERE key = ?1", -1, &statement,
                         NULL) != SQLITE_OK)
    return fail(store);
  bind_text(statement, 1, key);
  const int code = sqlite3_step(statement);
  if (code == SQLITE_ROW)
    snprintf(out, size, "%s", (const char *)sqlite3_column_text(statement, 0));
  const enum percuta_status status =
      code == SQLITE_ROW || code == SQLITE_DONE ? PERCUTA_OK : fail(store);
  sqlite3_finalize(statement);
  return status;
}

/* A new store takes up the study; an older one must hold the same. */
static enum percuta_status meet(struct percuta_cohort_store *store,
                                const struct percuta_cohort_plan *plan) {
  char version[64], hash[24], ours[24];
  PERCUTA_TRY(execute(store, SCHEMA));
  PERCUTA_TRY(look_up(store, "version", version, sizeof version));
  PERCUTA_TRY(look_up(store, "hash", hash, sizeof hash));
  write_hash(plan, ours);
  if (*version == '\0')
    return describe(store, plan);
  if (strcmp(version, PERCUTA_VERSION) != 0) {
    snprintf(store->words, sizeof store->words,
             "holds a study that Percuta %s has made; this is Percuta " PERCUTA_VERSION
             ", whose rows may differ",
             version);
    return PERCUTA_TAKEN;
  }
  if (strcmp(hash, ours) != 0) {
    snprintf(store->words, sizeof store->words,
             "holds another study: its arms, people, outcomes, its scenario or Percuta's data are "
             "not those of this one");
    return PERCUTA_TAKEN;
  }
  return PERCUTA_OK;
}

static enum percuta_status begin(struct percuta_cohort_store *store) {
  return execute(store, "BEGIN IMMEDIATE");
}

/* Ends a transaction as `status` says. */
static enum percuta_status end(struct percuta_cohort_store *store, enum percuta_status status) {
  if (status == PERCUTA_OK)
    status = execute(store, "COMMIT");
  if (status != PERCUTA_OK)
    (void)sqlite3_exec(store->base, "ROLLBACK", NULL, NULL, NULL);
  return status;
}

enum percuta_status percuta_cohort_store_open(const char *path,
                                              const struct percuta_cohort_plan *plan, char *words,
                                              size_t size, struct percuta_cohort_store **out) {
  struct percuta_cohort_store *store = calloc(1, sizeof *store);
  *out = NULL;
  if (store == NULL)
    return PERCUTA_MEMORY;
  enum percuta_status status =
      sqlite3_open(path, &store->base) == SQLITE_OK ? PERCUTA_OK : fail(store);
  if (status == PERCUTA_OK) {
    sqlite3_busy_timeout(store->base, PATIENCE_MS);
    status = execute(store, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  }
  if (status == PERCUTA_OK)
    status = begin(store);
  if (status == PERCUTA_OK)
    status = end(store, meet(store, plan));
  snprintf(words, size, "%s", store->words);
  if (status != PERCUTA_OK)
    percuta_cohort_store_close(&store);
  *out = store;
  return status;
}

void percuta_cohort_store_close(struct percuta_cohort_store **store) {
  if (*store == NULL)
    return;
  for (int i = 0; i < STATEMENTS; ++i)
    sqlite3_finalize((*store)->statement[i]);
  sqlite3_close((*store)->base);
  free(*store);
  *store = NULL;
}

const char *percuta_cohort_store_words(const struct percuta_cohort_store *store) {
  return store->words;
}

static enum percuta_status put_run(struct percuta_cohort_store *store,
                                   const struct percuta_cohort_result *result) {
  sqlite3_stmt *statement;
  PERCUTA_TRY(prepare(store, PUT_RUN, &statement));
  sqlite3_bind_int(statement, 1, result->run);
  sqlite3_bind_int(statement, 2, result->arm);
  if (result->person > 0)
    sqlite3_bind_int(statement, 3, result->person);
  bind_text(statement, 4, result->failed ? "failed" : "ok");
  bind_text(statement, 5, result->failed ? result->reason : NULL);
  bind_number(statement, 6, result->seconds);
  PERCUTA_TRY(step(store, statement));
  PERCUTA_TRY(prepare(store, FORGET, &statement));
  sqlite3_bind_int(statement, 1, result->run);
  PERCUTA_TRY(step(store, statement));
  PERCUTA_TRY(prepare(store, FORGET_POINTS, &statement));
  sqlite3_bind_int(statement, 1, result->run);
  return step(store, statement);
}

static enum percuta_status put_outcome(struct percuta_cohort_store *store, int run,
                                       const struct percuta_cohort_reading *reading) {
  sqlite3_stmt *statement;
  PERCUTA_TRY(prepare(store, PUT_OUTCOME, &statement));
  sqlite3_bind_int(statement, 1, run);
  sqlite3_bind_int(statement, 2, reading->position);
  bind_text(statement, 3, reading->outcome->name);
  bind_number(statement, 4, reading->day);
  bind_number(statement, 5, reading->value.value);
  bind_number(statement, 6, reading->value.low);
  bind_number(statement, 7, reading->value.high);
  bind_text(statement, 8, reading->outcome->unit);
  return step(store, statement);
}

static enum percuta_status put_point(struct percuta_cohort_store *store, int run, int position,
                                     const struct percuta_cohort_point *point) {
  sqlite3_stmt *statement;
  PERCUTA_TRY(prepare(store, PUT_POINT, &statement));
  sqlite3_bind_int(statement, 1, run);
  sqlite3_bind_int(statement, 2, position);
  bind_text(statement, 3, percuta_cohort_plan_track(point->column)->name);
  bind_number(statement, 4, point->day);
  bind_number(statement, 5, point->value);
  return step(store, statement);
}

/* Who the person is; the same from whatever arm he is met. */
static enum percuta_status put_person(struct percuta_cohort_store *store,
                                      const struct percuta_cohort_plan *plan, int person) {
  struct percuta_cohort_set set[66] = {{.text = NULL}};
  const int sets = percuta_cohort_people_sets(&plan->population);
  char key[512];
  enum percuta_status status =
      percuta_cohort_people_draw(&plan->population, plan->seed, person, set);
  for (int i = 0; i < sets; ++i) {
    sqlite3_stmt *statement = NULL;
    if (status == PERCUTA_OK)
      status = prepare(store, PUT_PERSON, &statement);
    if (status == PERCUTA_OK) {
      const char *value = cut(set[i].text, key, sizeof key);
      sqlite3_bind_int(statement, 1, person);
      bind_text(statement, 2, key);
      bind_text(statement, 3, value);
      status = step(store, statement);
    }
    free(set[i].text);
  }
  return status == PERCUTA_BAD_INPUT ? PERCUTA_OK : status;
}

static enum percuta_status put_all(struct percuta_cohort_store *store,
                                   const struct percuta_cohort_plan *plan,
                                   const struct percuta_cohort_result *result) {
  PERCUTA_TRY(put_run(store, result));
  for (int i = 0; i < result->count; ++i)
    PERCUTA_TRY(put_outcome(store, result->run, &result->reading[i]));
  for (int i = 0; i < result->points; ++i)
    PERCUTA_TRY(put_point(store, result->run, i, &result->point[i]));
  return result->person > 0 ? put_person(store, plan, result->person) : PERCUTA_OK;
}

enum percuta_status percuta_cohort_store_put(struct percuta_cohort_store *store,
                                             const struct percuta_cohort_plan *plan,
                                             const struct percuta_cohort_result *result) {
  PERCUTA_TRY(begin(store));
  return end(store, put_all(store, plan, result));
}

enum percuta_status percuta_cohort_store_states(struct percuta_cohort_store *store, int runs,
                                                enum percuta_cohort_state *state) {
  sqlite3_stmt *statement;
  int code;
  PERCUTA_TRY(prepare(store, STATES, &statement));
  for (int i = 0; i < runs; ++i)
    state[i] = PERCUTA_COHORT_OPEN;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    const int run = sqlite3_column_int(statement, 0);
    const char *text = (const char *)sqlite3_column_text(statement, 1);
    if (run >= 1 && run <= runs && text)
      state[run - 1] = strcmp(text, "ok") == 0 ? PERCUTA_COHORT_DONE : PERCUTA_COHORT_FAILED;
  }
  const enum percuta_status status = code == SQLITE_DONE ? PERCUTA_OK : fail(store);
  sqlite3_reset(statement);
  return status;
}

enum percuta_status percuta_cohort_store_absorb(struct percuta_cohort_store *store,
                                                const char *path) {
  static const char TAKE[] =
      "CREATE TEMP TABLE taken AS SELECT run FROM part.run p WHERE NOT EXISTS (SELECT 1 FROM "
      "main.run r WHERE r.run = p.run AND (r.status = 'ok' OR p.status <> 'ok'));"
      "DELETE FROM main.outcome WHERE run IN taken;"
      "DELETE FROM main.timeline WHERE run IN taken;"
      "INSERT INTO main.timeline SELECT * FROM part.timeline WHERE run IN taken;"
      "INSERT OR REPLACE INTO main.run SELECT * FROM part.run WHERE run IN taken;"
      "INSERT INTO main.outcome SELECT * FROM part.outcome WHERE run IN taken;"
      "INSERT OR IGNORE INTO main.person SELECT * FROM part.person;"
      "DROP TABLE taken;";
  PERCUTA_TRY(once(store, "ATTACH ?2 AS part", 0, path, NULL));
  enum percuta_status status = begin(store);
  if (status == PERCUTA_OK)
    status = end(store, execute(store, TAKE));
  const enum percuta_status detached = execute(store, "DETACH part");
  return status == PERCUTA_OK ? detached : status;
}

enum percuta_status percuta_cohort_store_settle(struct percuta_cohort_store *store) {
  return execute(store, "PRAGMA wal_checkpoint(TRUNCATE)");
}

static double number_at(sqlite3_stmt *statement, int column) {
  return sqlite3_column_type(statement, column) == SQLITE_NULL
             ? (double)NAN
             : sqlite3_column_double(statement, column);
}

static const char *text_at(sqlite3_stmt *statement, int column) {
  return (const char *)sqlite3_column_text(statement, column);
}

enum percuta_status percuta_cohort_store_rows(struct percuta_cohort_store *store,
                                              percuta_cohort_store_fn *take, void *context) {
  sqlite3_stmt *statement;
  enum percuta_status status = PERCUTA_OK;
  int code = SQLITE_DONE;
  PERCUTA_TRY(prepare(store, ROWS, &statement));
  while (status == PERCUTA_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
    const struct percuta_cohort_row row = {.run = sqlite3_column_int(statement, 0),
                                           .arm = sqlite3_column_int(statement, 1),
                                           .person = sqlite3_column_int(statement, 2),
                                           .name = text_at(statement, 3),
                                           .outcome = text_at(statement, 4),
                                           .day = number_at(statement, 5),
                                           .value = number_at(statement, 6),
                                           .low = number_at(statement, 7),
                                           .high = number_at(statement, 8),
                                           .unit = text_at(statement, 9),
                                           .status = text_at(statement, 10),
                                           .reason = text_at(statement, 11),
                                           .position = sqlite3_column_int(statement, 12)};
    status = take(context, &row);
  }
  if (status == PERCUTA_OK && code != SQLITE_DONE)
    status = fail(store);
  sqlite3_reset(statement);
  return status;
}
