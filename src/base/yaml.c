/* libyaml's events build the tree: its own document loader would resolve aliases and lose the
 * places of keys. Whatever cannot be accepted is reported and, where that is safe, reading goes on,
 * so that all mistakes are shown at once.
 * Tests: tests/unit/test_yaml.c, tests/robustness. */
#include "base/yaml.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yaml.h>

#include "base/path.h"
#include "base/utf8.h"
#include "base/yaml_check.h"

enum { PATH_TEXT = 256, WORD_BYTES = 128 };

const struct percuta_yaml_limits PERCUTA_BASE_YAML_LIMITS_SCENARIO = {
    .bytes = (size_t)1 << 20, .depth = 16, .nodes = 20000};
const struct percuta_yaml_limits PERCUTA_BASE_YAML_LIMITS_DATA = {
    .bytes = (size_t)4 << 20, .depth = 16, .nodes = 200000};

struct reader {
  yaml_parser_t parser;
  const char *text;
  size_t length;
  const char *shown;
  struct percuta_yaml_limits limits;
  size_t nodes;
  struct percuta_diag *diag;
  enum percuta_status status; /* BAD_INPUT: a mistake was reported, reading may go on */
  bool stopped;               /* reading cannot go on */
};

/* Where the reader is: the containers around it, outermost last. */
struct frame {
  const struct frame *up;
  const char *key; /* of the member being read in a map, else NULL */
  int index;       /* of the item being read in a list, from 1 */
  int depth;
};

static size_t write_path(const struct frame *frame, char *out, size_t size) {
  size_t used = 0;
  int length = 0;
  if (frame == NULL)
    return 0;
  used = write_path(frame->up, out, size);
  if (frame->key != NULL)
    length = snprintf(out + used, size - used, "%s%.80s", used > 0 ? "." : "", frame->key);
  else
    length = snprintf(out + used, size - used, "[%d]", frame->index - 1);
  used += length > 0 ? (size_t)length : 0;
  return used < size ? used : size - 1;
}

/* Adds a mistake about what is read at `frame`; key and place of `mistake` are filled in here. */
static void refuse(struct reader *reader, const struct frame *frame, yaml_mark_t mark,
                   struct percuta_mistake mistake) {
  char path[PATH_TEXT] = "";
  (void)write_path(frame, path, sizeof path);
  mistake.key = path;
  mistake.place = (struct percuta_place){
      .file = reader->shown, .line = (int)mark.line + 1, .column = (int)mark.column + 1};
  percuta_base_diag_add(reader->diag, &mistake);
  if (reader->status == PERCUTA_OK)
    reader->status = PERCUTA_BAD_INPUT;
}

static void stop(struct reader *reader, enum percuta_status status) {
  reader->status = status;
  reader->stopped = true;
}

/* Gets the next event; false, with the reader stopped, when there is none. */
static bool next(struct reader *reader, yaml_event_t *event) {
  if (yaml_parser_parse(&reader->parser, event))
    return true;
  if (reader->parser.error == YAML_MEMORY_ERROR) {
    stop(reader, PERCUTA_MEMORY);
    return false;
  }
  percuta_base_yaml_check_problem(&reader->parser, reader->text, reader->length, reader->shown,
                                  reader->diag);
  stop(reader, PERCUTA_BAD_INPUT);
  return false;
}

/* The same of YAML that is not read. */
static void refuse_kind(struct reader *reader, const struct frame *frame, yaml_mark_t mark,
                        const char *what, const char *hint) {
  refuse(reader, frame, mark,
         (struct percuta_mistake){.code = PERCUTA_CODE_FORBIDDEN_YAML, .what = what, .hint = hint});
}

static void refuse_properties(struct reader *reader, const struct frame *frame,
                              const yaml_event_t *event, bool anchor, bool tag) {
  if (anchor)
    refuse_kind(reader, frame, event->start_mark, "anchors (`&`) are not allowed",
                "put text that begins with `&` between quotes");
  if (tag)
    refuse_kind(reader, frame, event->start_mark, "tags (`!`) are not allowed",
                "put text that begins with `!` between quotes");
}

/* Creates the node that `event` begins; NULL, with the reader stopped, when that cannot be. */
static struct percuta_yaml_node *create_node(struct reader *reader, const struct frame *frame,
                                             const yaml_event_t *event) {
  char allowed[80];
  if (reader->nodes >= reader->limits.nodes) {
    snprintf(allowed, sizeof allowed, "at most %zu are", reader->limits.nodes);
    refuse(reader, frame, event->start_mark,
           (struct percuta_mistake){.code = PERCUTA_CODE_TOO_LONG,
                                    .what = "more values than are allowed",
                                    .allowed = allowed});
    stop(reader, PERCUTA_BAD_INPUT);
    return NULL;
  }
  struct percuta_yaml_node *node = calloc(1, sizeof *node);
  if (node == NULL) {
    stop(reader, PERCUTA_MEMORY);
    return NULL;
  }
  reader->nodes++;
  node->line = (int)event->start_mark.line + 1;
  node->column = (int)event->start_mark.column + 1;
  return node;
}

/* A copy of the text of a scalar; NULL, with the reader stopped, when out of memory. */
static char *copy_text(struct reader *reader, const char *text, size_t length) {
  char *copy = malloc(length + 1);
  if (copy == NULL) {
    stop(reader, PERCUTA_MEMORY);
    return NULL;
  }
  memcpy(copy, text, length);
  copy[length] = '\0';
  return copy;
}

static void read_scalar(struct reader *reader, const struct frame *frame, const yaml_event_t *event,
                        struct percuta_yaml_node *node) {
  const char *text = (const char *)event->data.scalar.value;
  refuse_properties(reader, frame, event, event->data.scalar.anchor != NULL,
                    event->data.scalar.tag != NULL);
  if (!percuta_base_yaml_check_scalar(text, event->data.scalar.length, true))
    refuse(reader, frame, event->start_mark,
           (struct percuta_mistake){.code = PERCUTA_CODE_BAD_CHARACTER,
                                    .what = "an escape stands for a control character",
                                    .hint = "only \\n and \\t are allowed"});
  node->kind = PERCUTA_YAML_SCALAR;
  node->text = copy_text(reader, text, event->data.scalar.length);
}

/* Refuses what may not be a key; the key's text (owned by the caller), or NULL when the reader
 * stopped or the key is none. */
static char *read_key(struct reader *reader, const struct frame *frame, const yaml_event_t *event) {
  if (event->type != YAML_SCALAR_EVENT) {
    const bool alias = event->type == YAML_ALIAS_EVENT;
    refuse(reader, frame->up, event->start_mark,
           (struct percuta_mistake){
               .code = alias ? PERCUTA_CODE_FORBIDDEN_YAML : PERCUTA_CODE_BAD_YAML,
               .what = alias ? "aliases (`*`) are not allowed" : "a list or map is used as a key",
               .allowed = "a key is one word"});
    stop(reader, PERCUTA_BAD_INPUT);
    return NULL;
  }
  const char *text = (const char *)event->data.scalar.value;
  const size_t length = event->data.scalar.length;
  refuse_properties(reader, frame->up, event, event->data.scalar.anchor != NULL,
                    event->data.scalar.tag != NULL);
  if (length == 0)
    refuse(reader, frame->up, event->start_mark,
           (struct percuta_mistake){.code = PERCUTA_CODE_BAD_YAML,
                                    .what = "a key is empty",
                                    .allowed = "write `key: value`"});
  if (!percuta_base_yaml_check_scalar(text, length, false))
    refuse(reader, frame->up, event->start_mark,
           (struct percuta_mistake){.code = PERCUTA_CODE_BAD_CHARACTER,
                                    .what = "a key holds a control character"});
  return copy_text(reader, text, length);
}

static struct percuta_yaml_node *read_node(struct reader *reader, const struct frame *frame,
                                           const yaml_event_t *event);

/* Reads the key that `event` begins and its value; NULL when the reader stopped. */
static struct percuta_yaml_node *read_member(struct reader *reader, struct frame *frame,
                                             const yaml_event_t *event) {
  yaml_event_t value;
  char *key = read_key(reader, frame, event);
  if (key == NULL || !next(reader, &value)) {
    free(key);
    return NULL;
  }
  frame->key = key;
  struct percuta_yaml_node *node = read_node(reader, frame, &value);
  frame->key = NULL;
  yaml_event_delete(&value);
  if (node == NULL) {
    free(key);
    return NULL;
  }
  node->key = key;
  node->key_line = (int)event->start_mark.line + 1;
  node->key_column = (int)event->start_mark.column + 1;
  return node;
}

static int compare_keys(const void *left, const void *right) {
  const struct percuta_yaml_node *a = *(const struct percuta_yaml_node *const *)left;
  const struct percuta_yaml_node *b = *(const struct percuta_yaml_node *const *)right;
  const int order = strcmp(a->key, b->key);
  if (order != 0)
    return order;
  if (a->key_line != b->key_line)
    return a->key_line < b->key_line ? -1 : 1;
  return (a->key_column > b->key_column) - (a->key_column < b->key_column);
}

static void report_double(struct reader *reader, const struct frame *frame,
                          const struct percuta_yaml_node *node,
                          const struct percuta_yaml_node *first) {
  char what[80];
  const struct frame member = {.up = frame->up, .key = node->key};
  const yaml_mark_t mark = {.line = (size_t)node->key_line - 1,
                            .column = (size_t)node->key_column - 1};
  snprintf(what, sizeof what, "the key stands twice, first on line %d", first->key_line);
  refuse(reader, &member, mark,
         (struct percuta_mistake){.code = PERCUTA_CODE_DOUBLE_KEY,
                                  .what = what,
                                  .given = node->key,
                                  .allowed = "a key stands once"});
}

/* Reports keys that stand more than once in the map `node` of `count` members. Sorting keeps this
 * fast for a hostile map. */
static void check_doubles(struct reader *reader, const struct frame *frame,
                          const struct percuta_yaml_node *node, size_t count) {
  if (count < 2)
    return;
  const struct percuta_yaml_node **sorted = malloc(count * sizeof *sorted);
  if (sorted == NULL) {
    stop(reader, PERCUTA_MEMORY);
    return;
  }
  size_t i = 0;
  for (const struct percuta_yaml_node *child = node->child; child != NULL; child = child->next)
    sorted[i++] = child;
  qsort(sorted, count, sizeof *sorted, compare_keys);
  const struct percuta_yaml_node *first = sorted[0];
  for (i = 1; i < count; i++) {
    if (strcmp(first->key, sorted[i]->key) == 0)
      report_double(reader, frame, sorted[i], first);
    else
      first = sorted[i];
  }
  free(sorted);
}

/* Whether `after`, a key without a value, is what stands behind the comma of a number in braces:
 * {length: 1,5 mm} is to YAML a length of 1 and a key `5 mm`. */
static bool is_behind_comma(const struct percuta_yaml_node *before,
                            const struct percuta_yaml_node *after) {
  static const char DIGITS[] = "0123456789";
  if (before == NULL || before->text == NULL || after->text == NULL || *after->text != '\0' ||
      strchr(DIGITS, *after->key) == NULL)
    return false;
  const char *number = before->text + strspn(before->text, "+-");
  return *number != '\0' && strspn(number, DIGITS) == strlen(number);
}

/* Says that the two are one number, and takes the second away. */
static void refuse_comma(struct reader *reader, const struct frame *frame,
                         const struct percuta_yaml_node *before, struct percuta_yaml_node **after) {
  const struct frame member = {.up = frame->up, .key = before->key};
  const yaml_mark_t mark = {.line = (size_t)before->line - 1, .column = (size_t)before->column - 1};
  const bool thousands = strspn((*after)->key, "0123456789") == 3;
  char given[80], what[200];
  snprintf(given, sizeof given, "%.20s,%.40s", before->text, (*after)->key);
  snprintf(what, sizeof what, "`%s` has a comma; write the decimal point as `.`%s", given,
           thousands ? ", and thousands without a mark" : "");
  refuse(reader, &member, mark,
         (struct percuta_mistake){.code = PERCUTA_CODE_NOT_A_NUMBER, .what = what, .given = given});
  percuta_base_yaml_destroy(after);
}

/* Reads the members of the map or list `node` up to its end, where the reader may stop. */
static void read_members(struct reader *reader, const struct frame *up,
                         struct percuta_yaml_node *node) {
  struct frame frame = {.up = up, .depth = up ? up->depth + 1 : 1};
  struct percuta_yaml_node **end = &node->child, *before = NULL;
  size_t count = 0;
  yaml_event_t event;
  while (!reader->stopped && next(reader, &event)) {
    if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT) {
      yaml_event_delete(&event);
      if (node->kind == PERCUTA_YAML_MAP)
        check_doubles(reader, &frame, node, count);
      return;
    }
    frame.index++;
    *end = node->kind == PERCUTA_YAML_MAP ? read_member(reader, &frame, &event)
                                          : read_node(reader, &frame, &event);
    yaml_event_delete(&event);
    if (*end == NULL)
      return;
    if (node->kind == PERCUTA_YAML_MAP && is_behind_comma(before, *end)) {
      refuse_comma(reader, &frame, before, end);
      continue;
    }
    before = *end;
    end = &before->next;
    count++;
  }
}

static void read_container(struct reader *reader, const struct frame *frame,
                           const yaml_event_t *event, struct percuta_yaml_node *node) {
  const bool map = event->type == YAML_MAPPING_START_EVENT;
  const yaml_char_t *anchor =
      map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
  const yaml_char_t *tag = map ? event->data.mapping_start.tag : event->data.sequence_start.tag;
  refuse_properties(reader, frame, event, anchor != NULL, tag != NULL);
  node->kind = map ? PERCUTA_YAML_MAP : PERCUTA_YAML_LIST;
  if ((frame ? frame->depth : 0) >= reader->limits.depth) {
    char allowed[60];
    snprintf(allowed, sizeof allowed, "at most %d levels are", reader->limits.depth);
    refuse(reader, NULL, event->start_mark,
           (struct percuta_mistake){.code = PERCUTA_CODE_TOO_LONG,
                                    .what = "lists and maps are nested deeper than is allowed",
                                    .allowed = allowed});
    stop(reader, PERCUTA_BAD_INPUT);
    return;
  }
  read_members(reader, frame, node);
}

/* Reads the node that `event` begins; NULL only when the reader stopped. */
static struct percuta_yaml_node *read_node(struct reader *reader, const struct frame *frame,
                                           const yaml_event_t *event) {
  struct percuta_yaml_node *node = create_node(reader, frame, event);
  if (node == NULL)
    return NULL;
  if (event->type == YAML_ALIAS_EVENT) {
    refuse_kind(reader, frame, event->start_mark, "aliases (`*`) are not allowed",
                "put text that begins with `*` between quotes");
    node->text = copy_text(reader, "", 0);
  } else if (event->type == YAML_SCALAR_EVENT) {
    read_scalar(reader, frame, event, node);
  } else {
    read_container(reader, frame, event, node);
  }
  if (reader->stopped)
    percuta_base_yaml_destroy(&node);
  return node;
}

static void refuse_directives(struct reader *reader, const yaml_event_t *event) {
  const bool tags = event->data.document_start.tag_directives.start !=
                    event->data.document_start.tag_directives.end;
  if (event->data.document_start.version_directive != NULL || tags)
    refuse_kind(reader, NULL, event->start_mark, "directives (`%`) are not allowed", NULL);
}

static void refuse_empty(struct reader *reader, yaml_mark_t mark) {
  refuse(reader, NULL, mark,
         (struct percuta_mistake){.code = PERCUTA_CODE_EMPTY, .what = "there is nothing in it"});
}

/* Reads the one value of the document, with the event that ends it. */
static struct percuta_yaml_node *read_document(struct reader *reader) {
  yaml_event_t event;
  if (!next(reader, &event))
    return NULL;
  const bool empty = event.type == YAML_SCALAR_EVENT && event.data.scalar.length == 0 &&
                     event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  if (empty)
    refuse_empty(reader, event.start_mark);
  struct percuta_yaml_node *root = read_node(reader, NULL, &event);
  yaml_event_delete(&event);
  if (root != NULL && next(reader, &event))
    yaml_event_delete(&event);
  return root;
}

/* Reads all documents there are, of which there must be one. */
static struct percuta_yaml_node *read_stream(struct reader *reader) {
  struct percuta_yaml_node *root = NULL;
  yaml_event_t event;
  while (!reader->stopped && next(reader, &event)) {
    if (event.type == YAML_DOCUMENT_START_EVENT && root != NULL) {
      refuse(reader, NULL, event.start_mark,
             (struct percuta_mistake){.code = PERCUTA_CODE_FORBIDDEN_YAML,
                                      .what = "a second document begins",
                                      .allowed = "one is allowed",
                                      .hint = "remove the line `---`"});
      stop(reader, PERCUTA_BAD_INPUT);
    } else if (event.type == YAML_DOCUMENT_START_EVENT) {
      refuse_directives(reader, &event);
      root = read_document(reader);
    } else if (event.type == YAML_STREAM_END_EVENT) {
      if (root == NULL && !reader->stopped)
        refuse_empty(reader, (yaml_mark_t){0});
      reader->stopped = true;
    }
    yaml_event_delete(&event);
  }
  return root;
}

static enum percuta_status parse_plain(struct reader *reader, struct percuta_yaml_node **out) {
  if (!yaml_parser_initialize(&reader->parser))
    return PERCUTA_MEMORY;
  yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&reader->parser, (const unsigned char *)reader->text,
                               reader->length);
  struct percuta_yaml_node *root = read_stream(reader);
  yaml_parser_delete(&reader->parser);
  if (reader->status != PERCUTA_OK) {
    percuta_base_yaml_destroy(&root);
    return reader->status;
  }
  *out = root;
  return PERCUTA_OK;
}

enum percuta_status percuta_base_yaml_parse(const char *text, size_t length, const char *shown,
                                            struct percuta_yaml_limits limits,
                                            struct percuta_diag *diag,
                                            struct percuta_yaml_node **out) {
  *out = NULL;
  if (length > limits.bytes) {
    percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_TOO_LONG,
                                                          .place = {.file = shown},
                                                          .what = "the text is too long"});
    return PERCUTA_BAD_INPUT;
  }
  if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark is harmless */
    text += 3;
    length -= 3;
  }
  if (!percuta_base_yaml_check_text(text, length, shown, diag))
    return PERCUTA_BAD_INPUT;
  char *plain = malloc(length + 1); /* a blank is a blank, whatever word processor it comes from */
  if (plain == NULL)
    return PERCUTA_MEMORY;
  const enum percuta_status status =
      parse_plain(&(struct reader){.text = plain,
                                   .length = percuta_base_utf8_blanks(text, length, plain, length),
                                   .shown = shown,
                                   .limits = limits,
                                   .diag = diag},
                  out);
  free(plain);
  return status;
}

/* Says why percuta_base_path_read returned `status`, which it returns, with errno as it left it. */
static enum percuta_status report_unread(enum percuta_status status, const char *path,
                                         const char *shown, size_t limit,
                                         struct percuta_diag *diag) {
  struct percuta_mistake mistake = {.code = PERCUTA_CODE_UNREADABLE_FILE, .place = {.file = shown}};
  char what[200], allowed[80];
  struct stat info;
  if (status == PERCUTA_BAD_INPUT && stat(path, &info) == 0 && S_ISREG(info.st_mode)) {
    snprintf(what, sizeof what, "the file has %lld bytes", (long long)info.st_size);
    snprintf(allowed, sizeof allowed, "at most %zu are allowed", limit);
    mistake.code = PERCUTA_CODE_TOO_LONG;
    mistake.what = what;
    mistake.allowed = allowed;
  } else if (status == PERCUTA_BAD_INPUT) {
    mistake.what = "is not a file";
    mistake.allowed = "a folder or device cannot be read";
  } else if (status == PERCUTA_IO) {
    snprintf(what, sizeof what, "cannot be read: %s", strerror(errno));
    mistake.what = what;
  }
  if (mistake.what != NULL)
    percuta_base_diag_add(diag, &mistake);
  return status;
}

enum percuta_status percuta_base_yaml_load(const char *path, const char *shown, size_t bytes,
                                           struct percuta_diag *diag, char **text, size_t *length) {
  const enum percuta_status status = percuta_base_path_read(path, bytes, text, length);
  return status == PERCUTA_OK ? status : report_unread(status, path, shown, bytes, diag);
}

enum percuta_status percuta_base_yaml_read(const char *path, const char *shown,
                                           struct percuta_yaml_limits limits,
                                           struct percuta_diag *diag,
                                           struct percuta_yaml_node **out) {
  char *text = NULL;
  size_t length = 0;
  *out = NULL;
  PERCUTA_TRY(percuta_base_yaml_load(path, shown, limits.bytes, diag, &text, &length));
  const enum percuta_status status =
      percuta_base_yaml_parse(text, length, shown, limits, diag, out);
  free(text);
  return status;
}

void percuta_base_yaml_destroy(struct percuta_yaml_node **node) {
  if (node == NULL)
    return;
  struct percuta_yaml_node *member = *node;
  *node = NULL;
  while (member != NULL) { /* siblings in a loop: only the depth, which is limited, takes stack */
    struct percuta_yaml_node *after = member->next;
    percuta_base_yaml_destroy(&member->child);
    free(member->key);
    free(member->text);
    free(member);
    member = after;
  }
}

const struct percuta_yaml_node *percuta_base_yaml_get(const struct percuta_yaml_node *node,
                                                      const char *key) {
  if (node == NULL || node->kind != PERCUTA_YAML_MAP)
    return NULL;
  for (const struct percuta_yaml_node *child = node->child; child != NULL; child = child->next)
    if (strcmp(child->key, key) == 0)
      return child;
  return NULL;
}

const char *percuta_base_yaml_text(const struct percuta_yaml_node *node, const char *key,
                                   const char *otherwise) {
  const struct percuta_yaml_node *member = percuta_base_yaml_get(node, key);
  return member != NULL && member->kind == PERCUTA_YAML_SCALAR ? member->text : otherwise;
}

static int least(int a, int b) {
  return a < b ? a : b;
}

int percuta_base_yaml_distance(const char *a, const char *b) {
  int rows[3][WORD_BYTES + 1]; /* two rows back, one row back, this row; used in turn */
  const size_t rise = strlen(a), width = strlen(b);
  if (rise > WORD_BYTES || width > WORD_BYTES)
    return (int)(rise > width ? rise : width);
  for (size_t j = 0; j <= width; j++)
    rows[0][j] = (int)j;
  for (size_t i = 1; i <= rise; i++) {
    int *now = rows[i % 3];
    const int *back = rows[(i + 2) % 3], *far = rows[(i + 1) % 3];
    now[0] = (int)i;
    for (size_t j = 1; j <= width; j++) {
      now[j] = least(least(back[j], now[j - 1]) + 1, back[j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = least(now[j], far[j - 2] + 1);
    }
  }
  return rows[rise % 3][width];
}
