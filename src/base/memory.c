/* The most memory that this process has held, from /proc/self/status.
 * Test: tests/cli/memory.sh. */
#include "base/memory.h"

#include <stdio.h>

double percuta_base_memory_peak(void) {
  FILE *file = fopen("/proc/self/status", "r");
  char line[256];
  double kibibytes = 0;
  while (file && fgets(line, sizeof line, file)) {
    if (sscanf(line, "VmHWM: %lf", &kibibytes) == 1)
      break;
  }
  if (file)
    fclose(file);
  return 1024 * kibibytes;
}
