/* The first of the virtual trials, as ADSL (a row for each subject) and ADEFF (a row for each
 * measurement): CDISC ADaM Implementation Guide 1.3. And trial.csv. Test: tests/cli/trial.sh. */
#include "cohort/adam.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/path.h"

enum { PATH_SIZE = 4096, NAME = 9 /* of a variable: eight characters */ };

typedef enum percuta_status write_fn(const struct percuta_cohort_trial *trial, FILE *stream);

/* "person.phototype" as a variable: PHOTOTYP. */
static void name_trait(const char *key, char out[NAME]) {
  const char *dot = strrchr(key, '.');
  const char *leaf = dot ? dot + 1 : key;
  int i = 0;
  for (; leaf[i] && i < NAME - 1; ++i)
    out[i] = (char)toupper((unsigned char)leaf[i]);
  out[i] = '\0';
}

/* A trait's value: numbers without their unit, the sex as one letter. */
static void put_trait(FILE *stream, const char *name, const char *value, bool pure) {
  if (strcmp(name, "SEX") == 0)
    fputs(*value == 'f' ? "F" : "M", stream);
  else if (pure)
    fprintf(stream, "%.9g", atof(value));
  else
    percuta_base_csv_write_cell(stream, value);
}

static const char *arm_name(const struct percuta_cohort_trial *trial, int arm) {
  return trial->plan->arm[arm].name;
}

static void put_subject(FILE *stream, int number) {
  fprintf(stream, "PERCUTA,PERCUTA-%05d", number + 1);
}

/* Traits of the person, each after a comma. */
static enum percuta_status put_traits(const struct percuta_cohort_plan *plan, int person,
                                      FILE *stream) {
  struct percuta_cohort_set set[66] = {{.text = NULL}};
  char name[NAME];
  const enum percuta_status status =
      percuta_cohort_people_draw(&plan->population, plan->seed, person, set);
  for (int t = 0; t < percuta_cohort_people_sets(&plan->population); ++t) {
    if (status == PERCUTA_OK && t < plan->population.count) {
      const struct percuta_cohort_trait *trait = &plan->population.trait[t];
      name_trait(trait->key, name);
      fputc(',', stream);
      put_trait(stream, name, strchr(set[t].text, '=') + 1, trait->family != PERCUTA_COHORT_SHARES);
    }
    free(set[t].text);
  }
  return status;
}

/* ADSL: who was in it, in which arm, how long. */
static enum percuta_status write_subjects(const struct percuta_cohort_trial *trial, FILE *stream) {
  const struct percuta_cohort_plan *plan = trial->plan;
  const bool paired = trial->sides == 2;
  char name[NAME];
  fputs("STUDYID,USUBJID,PERSON", stream);
  for (int t = 0; t < plan->population.count; ++t) {
    name_trait(plan->population.trait[t].key, name);
    fprintf(stream, ",%s", name);
  }
  fprintf(stream, ",TRT01P,TRT01PN%s,ITTFL,EOSSTT\n", paired ? ",TRT02P,TRT02PN" : "");
  for (int i = 0; i < trial->subjects; ++i) {
    const struct percuta_cohort_subject *subject = &trial->subject[i];
    const int first = paired ? plan->control : subject->arm;
    put_subject(stream, i);
    fprintf(stream, ",%d", subject->person);
    PERCUTA_TRY(put_traits(plan, subject->person, stream));
    fputc(',', stream);
    percuta_base_csv_write_cell(stream, arm_name(trial, first));
    fprintf(stream, ",%d", first + 1);
    if (paired) {
      fputc(',', stream);
      percuta_base_csv_write_cell(stream, arm_name(trial, subject->arm));
      fprintf(stream, ",%d", subject->arm + 1);
    }
    fprintf(stream, ",Y,%s\n", subject->last == plan->design.visits ? "COMPLETED" : "DISCONTINUED");
  }
  return PERCUTA_OK;
}

static void put_visit(const struct percuta_cohort_trial *trial, int i, int side, int visit,
                      double value, FILE *stream) {
  const struct percuta_cohort_plan *plan = trial->plan;
  const struct percuta_cohort_design *design = &plan->design;
  const bool control = trial->sides == 2 && side == 0;
  const int arm = control ? plan->control : trial->subject[i].arm;
  put_subject(stream, i);
  fputc(',', stream);
  percuta_base_csv_write_cell(stream, arm_name(trial, arm));
  fprintf(stream, ",%d,%s,", arm + 1, design->endpoint->name);
  percuta_base_csv_write_cell(stream, design->endpoint->text);
  fprintf(stream, ",Day %.6g,%d,%.9g,%s,%s", design->visit[visit], visit + 1, value,
          design->endpoint->unit, visit == design->visits - 1 ? "Y" : "");
  if (isfinite(design->responder))
    fprintf(stream, ",%s", value >= design->responder ? "Y" : "N");
  fputc('\n', stream);
}

/* ADEFF: a row for every measurement that was made; ANL01FL marks those that are analysed. */
static enum percuta_status write_measurements(const struct percuta_cohort_trial *trial,
                                              FILE *stream) {
  const struct percuta_cohort_design *design = &trial->plan->design;
  fprintf(stream, "STUDYID,USUBJID,TRTP,TRTPN,PARAMCD,PARAM,AVISIT,AVISITN,AVAL,AVALU,ANL01FL%s\n",
          isfinite(design->responder) ? ",CRIT1FL" : "");
  for (int i = 0; i < trial->subjects; ++i) {
    for (int side = 0; side < trial->sides; ++side) {
      for (int v = 0; v < design->visits; ++v) {
        const double value = trial->seen[(i * trial->sides + side) * design->visits + v];
        if (isfinite(value))
          put_visit(trial, i, side, v, value, stream);
      }
    }
  }
  return PERCUTA_OK;
}

static void put(FILE *stream, double value) {
  fputc(',', stream);
  if (isfinite(value))
    percuta_base_csv_write_number(stream, value);
}

/* trial.csv: a row for every arm; the arm `control twice` is type I error. */
static enum percuta_status write_effects(const struct percuta_cohort_trial *trial, FILE *stream) {
  const struct percuta_cohort_plan *plan = trial->plan;
  fputs("arm,endpoint,unit,people,mean,difference,responders,estimate,low,high,p,observed_control,"
        "observed_arm",
        stream);
  for (int s = 0; s < PERCUTA_COHORT_SIZES; ++s)
    fprintf(stream, ",power_%d,power_%d_error", trial->size[s], trial->size[s]);
  fputc('\n', stream);
  for (int arm = 0; arm <= plan->arms; ++arm) {
    const bool null = arm == plan->arms, control = arm == plan->control;
    const struct percuta_cohort_effect nothing = {
        .mean = NAN, .difference = NAN, .responders = NAN};
    const struct percuta_cohort_effect *effect = null ? &nothing : &trial->effect[arm];
    const double one = null || control ? (double)NAN : 1;
    percuta_base_csv_write_cell(stream, null ? "control twice" : arm_name(trial, arm));
    fprintf(stream, ",%s,%s", plan->design.endpoint->name, plan->design.endpoint->unit);
    put(stream, null ? (double)NAN : effect->people);
    put(stream, effect->mean);
    put(stream, one * effect->difference);
    put(stream, effect->responders);
    put(stream, one * effect->estimate);
    put(stream, one * effect->low);
    put(stream, one * effect->high);
    put(stream, one * effect->p);
    put(stream, one * effect->observed[0]);
    put(stream, one * effect->observed[1]);
    for (int s = 0; s < PERCUTA_COHORT_SIZES; ++s) {
      const struct percuta_cohort_share share = null ? trial->false_found[s] : effect->power[s];
      put(stream, control ? (double)NAN : share.share);
      put(stream, control ? (double)NAN : share.error);
    }
    fputc('\n', stream);
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_cohort_adam_write(const struct percuta_cohort_trial *trial,
                                              const char *folder) {
  static const struct {
    const char *name;
    write_fn *write;
  } file[] = {{"ADSL.csv", write_subjects},
              {"ADEFF.csv", write_measurements},
              {"trial.csv", write_effects}};
  for (size_t i = 0; i < sizeof file / sizeof *file; ++i) {
    char path[PATH_SIZE];
    FILE *stream = NULL;
    snprintf(path, sizeof path, "%s/%s", folder, file[i].name);
    PERCUTA_TRY(percuta_base_path_open(path, &stream));
    const enum percuta_status status = file[i].write(trial, stream);
    if (status != PERCUTA_OK) {
      percuta_base_path_abandon(path, &stream);
      return status;
    }
    PERCUTA_TRY(percuta_base_path_commit(path, &stream));
  }
  return PERCUTA_OK;
}
