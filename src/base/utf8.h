/* Reading UTF-8 one character at a time, and showing texts that may hold anything. */
#ifndef PERCUTA_BASE_UTF8_H
#define PERCUTA_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Length in bytes (1 to 4) of the character at `text`, of which `size` > 0 bytes may be read, with
 * its code point in *code. 0 when the bytes are not UTF-8 (overlong forms and surrogates are not).
 */
int percuta_base_utf8_next(const char *text, size_t size, uint32_t *code);

/* Whether a code point is a control character (C0, DEL or C1), line feed and tab included. */
bool percuta_base_utf8_is_control(uint32_t code);

/* Whether a code point turns the direction of the text around it, so that what a terminal shows is
 * not what a file says. */
bool percuta_base_utf8_is_bidi(uint32_t code);

/* Copies `text` to `out` with a blank for every character that looks like one (no-break, thin, wide
 * …) and nothing for those that take no place (zero-width space, word joiner, soft hyphen, byte
 * order mark). Returns the bytes of the copy, of which `size` are written. */
size_t percuta_base_utf8_blanks(const char *text, size_t length, char *out, size_t size);

/* A copy of `text` that a terminal and JSON may safely hold, freed by the caller: control
 * characters, those that are not seen or turn the direction and bytes that are not UTF-8 become
 * escapes (\n, \x1B, \u202E). What goes beyond `most` bytes is cut off, with … in its place. NULL
 * when out of memory.
 */
char *percuta_base_utf8_shown(const char *text, size_t most);

#endif
