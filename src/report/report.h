/* The page that a person reads. */
#ifndef PERCUTA_REPORT_REPORT_H
#define PERCUTA_REPORT_REPORT_H

#include "base/status.h"
#include "outcome/record.h"

/* report.html from the record and the snapshots in `folder`. PERCUTA_IO with errno. */
enum percuta_status percuta_report_write(const struct percuta_record *record, const char *folder);

#endif
