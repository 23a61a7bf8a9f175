/* What each plot over time says, and the numbers of those that are not columns of the timeline. */
#ifndef PERCUTA_REPORT_PLOTS_H
#define PERCUTA_REPORT_PLOTS_H

#include <cjson/cJSON.h>

#include "report/page.h"

/* Adds `messages`, HTML by the name of the plot, and `regions`, a scar beside the skin around it.
 */
void percuta_report_plots_add(cJSON *root, const struct percuta_page *page);

#endif
