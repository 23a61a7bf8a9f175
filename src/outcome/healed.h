/* The criteria of healing: a session that waits does so for at least one of them. */
#ifndef PERCUTA_OUTCOME_HEALED_H
#define PERCUTA_OUTCOME_HEALED_H

/* X(name, what is waited for, in words) */
#define PERCUTA_HEALED_LIST(X)                                                                     \
  X(punctures, "punctures to close")                                                               \
  X(barrier, "the barrier to water to come back")                                                  \
  X(redness, "redness to fade")

enum {
#define PERCUTA_HEALED_PLACE(name, words) PERCUTA_HEALED_PLACE_##name,
  PERCUTA_HEALED_LIST(PERCUTA_HEALED_PLACE)
#undef PERCUTA_HEALED_PLACE
      PERCUTA_HEALED_COUNT
};
enum {
#define PERCUTA_HEALED_BIT(name, words) PERCUTA_HEALED_##name = 1U << PERCUTA_HEALED_PLACE_##name,
  PERCUTA_HEALED_LIST(PERCUTA_HEALED_BIT)
#undef PERCUTA_HEALED_BIT
};

#endif
