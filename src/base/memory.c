/* The most memory that this process has held, from /proc/self/status, and what the machine has
 * left. Test: tests/cli/memory.sh. */
#include "base/memory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

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

/* The number in a file that holds nothing else, or `otherwise`. */
static double read_number(const char *path, double otherwise) {
  double value = otherwise;
  FILE *file = fopen(path, "r");
  if (file != NULL) {
    if (fscanf(file, "%lf", &value) != 1) /* "max" */
      value = otherwise;
    fclose(file);
  }
  return value;
}

/* What the control group at `folder` leaves, with files of these names. */
static double group_free(const char *folder, const char *limit, const char *usage) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", folder, limit);
  const double most = read_number(path, INFINITY);
  snprintf(path, sizeof path, "%s/%s", folder, usage);
  return isinf(most) ? most : fmax(0, most - read_number(path, 0));
}

/* The least of what the groups of this process leave: version 2, from its own up to the root;
 * version 1 as mounted. */
static double groups_free(void) {
  char line[400], folder[480];
  double least =
      group_free("/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes");
  FILE *file = fopen("/proc/self/cgroup", "r");
  while (file && fgets(line, sizeof line, file)) {
    if (strncmp(line, "0::/", 4) != 0)
      continue;
    line[strcspn(line, "\n")] = '\0';
    snprintf(folder, sizeof folder, "/sys/fs/cgroup%s", line + 3);
    for (char *slash = strrchr(folder, '/'); slash > folder + strlen("/sys/fs");
         slash = strrchr(folder, '/')) {
      least = fmin(least, group_free(folder, "memory.max", "memory.current"));
      *slash = '\0';
    }
  }
  if (file)
    fclose(file);
  return least;
}

double percuta_base_memory_free(void) {
  FILE *file = fopen("/proc/meminfo", "r");
  char line[256];
  double kibibytes = INFINITY;
  struct rlimit limit;
  while (file && fgets(line, sizeof line, file)) {
    if (sscanf(line, "MemAvailable: %lf", &kibibytes) == 1)
      break;
  }
  if (file)
    fclose(file);
  double least = fmin(1024 * kibibytes, groups_free());
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    least = fmin(least, (double)limit.rlim_cur);
  return least;
}
