/* The linker's build ID (a note of the ELF format, made from all code and data of the file): of the
 * library or program in which this code lies. dl_iterate_phdr is GNU's.
 * Test: tests/unit/test_build.c. */
#define _GNU_SOURCE
#include "base/build.h"

#include <elf.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/version.h"

enum { DIGITS = 12 };

/* What is looked for, and what is found. */
struct search {
  uintptr_t here; /* an address in the code */
  char digits[DIGITS + 1];
};

/* Length of a part of a note, which is filled up to four bytes. */
static size_t filled(size_t length) {
  return (length + 3) / 4 * 4;
}

/* Looks through the `size` bytes of notes at `note` for the build ID. */
static void read_notes(const char *note, size_t size, struct search *search) {
  static const char owner[] = "GNU";
  ElfW(Nhdr) head;
  while (size >= sizeof head) {
    memcpy(&head, note, sizeof head);
    const size_t length = sizeof head + filled(head.n_namesz) + filled(head.n_descsz);
    if (length > size)
      return;
    if (head.n_type == NT_GNU_BUILD_ID && head.n_namesz == sizeof owner &&
        head.n_descsz >= DIGITS / 2 && memcmp(note + sizeof head, owner, sizeof owner) == 0) {
      const char *id = note + sizeof head + filled(head.n_namesz);
      for (int i = 0; i < DIGITS / 2; i++)
        snprintf(search->digits + 2 * i, 3, "%02x", (unsigned char)id[i]);
    }
    note += length;
    size -= length;
  }
}

/* Of one object in memory: whether the code lies in it, and then its notes; not 0 ends the visit.
 */
static int visit(struct dl_phdr_info *info, size_t size, void *context) {
  struct search *search = context;
  int own = 0;
  (void)size;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    const uintptr_t begin = info->dlpi_addr + part->p_vaddr;
    own |= part->p_type == PT_LOAD && search->here >= begin && search->here - begin < part->p_memsz;
  }
  for (int i = 0; own && i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    /* the loader gives addresses as numbers */
    if (part->p_type == PT_NOTE)
      read_notes((const char *)(info->dlpi_addr + part->p_vaddr), part->p_memsz, search);
  }
  return own;
}

void percuta_base_build_name(char out[PERCUTA_BASE_BUILD_SIZE]) {
  struct search search = {.here = (uintptr_t)visit};
  (void)dl_iterate_phdr(visit, &search);
  if (search.digits[0] != '\0')
    snprintf(out, PERCUTA_BASE_BUILD_SIZE, "%s (build %s)", PERCUTA_VERSION, search.digits);
  else
    snprintf(out, PERCUTA_BASE_BUILD_SIZE, "%s", PERCUTA_VERSION);
}
