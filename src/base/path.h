/* Where Percuta's data lives, and writing files so that a reader never sees half of one. */
#ifndef PERCUTA_BASE_PATH_H
#define PERCUTA_BASE_PATH_H

#include <stddef.h>
#include <stdio.h>

#include "base/status.h"

/* The data folder, without trailing slash, in `out`: `given` if not NULL, else $PERCUTA_DATA if
 * set, else, from the folder of the library or program that holds this code, then from that of the
 * running program: ../share/percuta/data, ../../share/percuta/data or ../data. PERCUTA_IO when none
 * exists. */
enum percuta_status percuta_base_path_data(const char *given, char *out, size_t size);

/* The path of the file `name`, e.g. "report/template.html", among the web report's files, which are
 * looked for in $PERCUTA_WEB if set, else likewise in ../share/percuta/web, ../../share/percuta/web
 * or, where a build leaves them, web. PERCUTA_IO when there is none. */
enum percuta_status percuta_base_path_web(const char *name, char *out, size_t size);

/* What else comes with Percuta: installed or, in a source tree, where it stands there. */
enum percuta_base_path_kind { PERCUTA_BASE_PATH_EXAMPLES, PERCUTA_BASE_PATH_DOCUMENTS };

/* The path of the file `name` among these, without ".." in it and, below the working folder,
 * relative to it. PERCUTA_IO when there is none. */
enum percuta_status percuta_base_path_beside(const char *name, enum percuta_base_path_kind kind,
                                             char *out, size_t size);

/* Creates the folder and its parents. */
enum percuta_status percuta_base_path_make_folder(const char *path);

enum percuta_path_kind {
  PERCUTA_PATH_NOTHING,
  PERCUTA_PATH_FILE,
  PERCUTA_PATH_FOLDER,
  PERCUTA_PATH_LINK,
  PERCUTA_PATH_OTHER /* a pipe, a socket, a device, or what cannot be looked at */
};
/* What stands at `path`; links are not followed. */
enum percuta_path_kind percuta_base_path_kind(const char *path);

/* The name under which the file `path` is written before it is whole: hidden, in its folder. */
enum percuta_status percuta_base_path_draft(const char *path, char *out, size_t size);

/* A descriptor of a new, empty file, for writing and reading: what stands at `path` is taken away,
 * never written into or followed. And of a file that is there, with open's flags of access; no
 * link, pipe or device is opened. -1 with errno set. */
int percuta_base_path_create(const char *path);
int percuta_base_path_reopen(const char *path, int flags);

/* Opens the draft of `path` for writing; close with percuta_base_path_commit, which flushes, fsyncs
 * and renames it to `path`, or percuta_base_path_abandon, which removes it. Both close the stream
 * in every case. */
enum percuta_status percuta_base_path_open(const char *path, FILE **out);
/* As commit, but the stream stays open, so that more can follow. */
enum percuta_status percuta_base_path_publish(const char *path, FILE *stream);
enum percuta_status percuta_base_path_commit(const char *path, FILE **stream);
void percuta_base_path_abandon(const char *path, FILE **stream);

/* Removes the file; PERCUTA_OK, too, when there is none. */
enum percuta_status percuta_base_path_remove(const char *path);

/* The whole of a text file in *out (owned by the caller, NUL-terminated), with its size in *length.
 * PERCUTA_BAD_INPUT, before anything is read, when it has more than `limit` bytes or is no regular
 * file; PERCUTA_IO, with errno set, when it cannot be read. */
enum percuta_status percuta_base_path_read(const char *path, size_t limit, char **out,
                                           size_t *length);

/* The path as it can be typed to a shell: between quotes where it has to be; cut where it does not
 * fit. */
void percuta_base_path_quote(const char *path, char *out, size_t size);

#endif
