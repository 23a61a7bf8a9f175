/* fit, sensitivity, ask: what they say to a user.
 * Tests: tests/cli/usage.sh, ranks.sh; the studies have their own. */
#include "engine/study.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine/crew.h"
#include "study/ask.h"
#include "study/fit.h"
#include "study/morris.h"
#include "study/posterior.h"

/* Draws from the joint posterior of the list. */
static enum percuta_status draw(const struct percuta_study_request *request,
                                const struct percuta_fit *list, struct percuta_engine_crew *crew) {
  const struct percuta_posterior_plan plan = {.seed = 1,
                                              .points = percuta_study_posterior_points(list),
                                              .rounds = 3,
                                              .ship = request->draws,
                                              .moves = 6};
  struct percuta_posterior posterior;
  percuta_engine_crew_begin(crew, "posterior");
  enum percuta_status status = percuta_study_posterior_draw(list, &plan, &posterior);
  percuta_engine_crew_begin(crew, "");
  if (status == PERCUTA_OK && crew->speaks) {
    status = percuta_study_posterior_page_write(list, &posterior, request->folder);
    printf(
        "%d draws; weighted by the model %.0f %% were left, it agreed to %.0f %% of their moves; "
        "samplers %.2f standard deviations apart\n",
        posterior.ship, 100 * posterior.worth, 100 * posterior.accepted, posterior.apart);
  }
  percuta_study_posterior_clear(&posterior);
  return status;
}

/* Where the list's rows and priors together are best met. */
static enum percuta_status solve(const struct percuta_study_request *request,
                                 const struct percuta_fit *list, struct percuta_engine_crew *crew) {
  struct percuta_fit_result result;
  percuta_engine_crew_begin(crew, "fit, this evaluation");
  enum percuta_status status = percuta_study_fit_solve(list, &result);
  percuta_engine_crew_begin(crew, "");
  if (status == PERCUTA_OK && crew->speaks) {
    status = percuta_study_fit_page_write(list, &result, request->folder);
    printf("%d rows, %d parameters: misfit %.3g, before %.3g; %d evaluations; see %s\n", list->rows,
           list->parameters, result.misfit[1], result.misfit[0], result.evaluations,
           request->folder);
  }
  percuta_study_fit_solve_clear(&result);
  return percuta_numerics_deal_agree(&crew->crew, status); /* one rank alone has written */
}

static enum percuta_status refuse_without_draws(const struct percuta_study_request *request,
                                                struct percuta_diag *diag) {
  percuta_base_diag_add(
      diag, &(struct percuta_mistake){.place = {.file = request->fit},
                                      .code = PERCUTA_CODE_CONFLICT,
                                      .key = "beside",
                                      .what = "are drawn, so that the list needs `--draws N`"});
  return PERCUTA_BAD_INPUT;
}

static enum percuta_status fit(const struct percuta_study_request *request,
                               struct percuta_engine_crew *crew, struct percuta_diag *diag) {
  struct percuta_fit list;
  enum percuta_status status =
      percuta_study_fit_read(request->catalogue, request->fit, &crew->crew, diag, &list);
  if (status != PERCUTA_OK)
    return status;
  /* what is drawn beside the rows has no best place */
  const bool solves = list.emulated == list.parameters;
  if (solves)
    status = solve(request, &list, crew);
  else if (request->draws == 0)
    status = refuse_without_draws(request, diag);
  if (status == PERCUTA_OK && request->draws > 0)
    status = draw(request, &list, crew);
  percuta_study_fit_clear(&list);
  return status;
}

static enum percuta_status move(const struct percuta_study_request *request,
                                struct percuta_engine_crew *crew, struct percuta_diag *diag) {
  struct percuta_morris morris;
  percuta_engine_crew_begin(crew, "sensitivity");
  enum percuta_status status = percuta_study_morris_compute(
      request->scenario, request->trajectories, request->span, &crew->crew, diag, &morris);
  percuta_engine_crew_clear(crew);
  if (status != PERCUTA_OK)
    return status;
  if (crew->speaks) {
    percuta_study_morris_print(&morris, stdout);
    status = percuta_study_morris_write(&morris, request->folder);
  }
  percuta_study_morris_clear(&morris);
  return status;
}

static enum percuta_status ask(const struct percuta_study_request *request,
                               struct percuta_engine_crew *crew, struct percuta_diag *diag) {
  struct percuta_ask_answer *answer = calloc((size_t)percuta_study_questions_count, sizeof *answer);
  enum percuta_status status =
      percuta_numerics_deal_agree(&crew->crew, answer ? PERCUTA_OK : PERCUTA_MEMORY);
  percuta_engine_crew_begin(crew, "questions");
  if (status == PERCUTA_OK)
    status = percuta_study_ask_all(request->catalogue, request->draws, &crew->crew, diag, answer);
  percuta_engine_crew_clear(crew);
  for (int q = 0; q < percuta_study_questions_count && status == PERCUTA_OK && crew->speaks; ++q)
    printf("%-5s %s\n", percuta_study_ask_word(answer[q].verdict),
           percuta_study_questions_entry[q].question);
  if (status == PERCUTA_OK && crew->speaks)
    status = percuta_study_ask_write(answer, request->folder);
  free(answer);
  return status;
}

/* Why it ended so, on rank 0. */
static void say(const struct percuta_study_request *request, enum percuta_status status,
                const struct percuta_diag *diag) {
  if (percuta_base_diag_count(diag) > 0)
    percuta_base_diag_print(diag, stderr);
  else if (status == PERCUTA_IO)
    fprintf(stderr, "percuta: %s could not be written: %s; name another folder with -o DIR\n",
            request->folder, errno ? strerror(errno) : "input or output failed");
  else if (status != PERCUTA_OK)
    fprintf(stderr, "percuta: %s\n", percuta_base_status_text(status));
}

enum percuta_status percuta_engine_study_run(const struct percuta_study_request *request) {
  struct percuta_diag *diag = NULL;
  struct percuta_engine_crew crew;
  enum percuta_status status = percuta_engine_crew_init(request->quiet, &crew);
  if (percuta_base_diag_create(&diag) != 0)
    status = PERCUTA_MEMORY;
  status = percuta_numerics_deal_agree(&crew.crew, status);
  errno = 0;
  if (status == PERCUTA_OK)
    status = request->fit        ? fit(request, &crew, diag)
             : request->scenario ? move(request, &crew, diag)
                                 : ask(request, &crew, diag);
  percuta_engine_crew_clear(&crew);
  if (crew.speaks && diag)
    say(request, status, diag);
  percuta_base_diag_destroy(&diag);
  return percuta_numerics_deal_agree(&crew.crew, status);
}
