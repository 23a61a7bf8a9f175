/* fit, sensitivity, ask: what they say to a user.
 * Test: tests/cli/usage.sh; the studies have their own. */
#include "engine/study.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "study/ask.h"
#include "study/fit.h"
#include "study/morris.h"

static enum percuta_status fit(const struct percuta_study_request *request,
                               struct percuta_diag *diag) {
  struct percuta_fit list;
  struct percuta_fit_result result;
  enum percuta_status status =
      percuta_study_fit_read(request->catalogue, request->fit, diag, &list);
  if (status != PERCUTA_OK)
    return status;
  status = percuta_study_fit_solve(&list, &result);
  if (status == PERCUTA_OK) {
    status = percuta_study_fit_page_write(&list, &result, request->folder);
    printf("%d rows, %d parameters: misfit %.3g, before %.3g; %d evaluations; see %s\n", list.rows,
           list.parameters, result.misfit[1], result.misfit[0], result.evaluations,
           request->folder);
    percuta_study_fit_solve_clear(&result);
  }
  percuta_study_fit_clear(&list);
  return status;
}

static enum percuta_status move(const struct percuta_study_request *request) {
  struct percuta_morris morris;
  enum percuta_status status = percuta_study_morris_compute(
      request->scenario, request->trajectories, request->span, &morris);
  if (status != PERCUTA_OK)
    return status;
  percuta_study_morris_print(&morris, stdout);
  status = percuta_study_morris_write(&morris, request->folder);
  percuta_study_morris_clear(&morris);
  return status;
}

static enum percuta_status ask(const struct percuta_study_request *request,
                               struct percuta_diag *diag) {
  struct percuta_ask_answer *answer = calloc((size_t)percuta_study_questions_count, sizeof *answer);
  enum percuta_status status =
      answer ? percuta_study_ask_all(request->catalogue, request->draws, diag, answer)
             : PERCUTA_MEMORY;
  for (int q = 0; q < percuta_study_questions_count && status == PERCUTA_OK; ++q)
    printf("%-5s %s\n", percuta_study_ask_word(answer[q].verdict),
           percuta_study_questions_entry[q].question);
  if (status == PERCUTA_OK)
    status = percuta_study_ask_write(answer, request->folder);
  free(answer);
  return status;
}

enum percuta_status percuta_engine_study_run(const struct percuta_study_request *request) {
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  errno = 0;
  enum percuta_status status = request->fit        ? fit(request, diag)
                               : request->scenario ? move(request)
                                                   : ask(request, diag);
  const bool told = percuta_base_diag_count(diag) > 0;
  if (status == PERCUTA_IO && !told)
    fprintf(stderr, "percuta: %s could not be written: %s; name another folder with -o DIR\n",
            request->folder, errno ? strerror(errno) : "input or output failed");
  if (told)
    percuta_base_diag_print(diag, stderr);
  percuta_base_diag_destroy(&diag);
  return status;
}
