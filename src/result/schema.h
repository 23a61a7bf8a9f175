/* The version of summary.json: raised when a name that was there changes or goes. */
#ifndef PERCUTA_RESULT_SCHEMA_H
#define PERCUTA_RESULT_SCHEMA_H

#define PERCUTA_RESULT_SCHEMA_VERSION 2

#endif
