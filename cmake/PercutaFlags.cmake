# One interface target, percuta_flags, carries language level, warnings and floating-point rules to
# every target of ours.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O3 -g") # assertions stay on: they cost nothing that shows
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON) # for clang-tidy and editors

add_library(percuta_flags INTERFACE)
target_include_directories(percuta_flags INTERFACE ${CMAKE_SOURCE_DIR}/src
  ${CMAKE_SOURCE_DIR}/include)
target_compile_definitions(percuta_flags INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE
  PERCUTA_VERSION="${PROJECT_VERSION}"
  "PERCUTA_PUBLIC=__attribute__((visibility(\"default\")))")
target_compile_options(percuta_flags INTERFACE -Wall -Wextra -Wconversion -Wshadow -Wcast-qual
  -Wwrite-strings -Wstrict-prototypes -Wmissing-prototypes -Wvla)
if(PERCUTA_WERROR)
  target_compile_options(percuta_flags INTERFACE -Werror)
endif()

# Equal runs give equal bytes: no fused multiply-add behind our back, no -ffast-math.
# Nobody reads errno or the flags of floating-point exceptions, which would keep loops scalar; but
# tests/verification/test_traps.c sets traps, and nothing may then be computed that is not asked for.
target_compile_options(percuta_flags INTERFACE -ffp-contract=off -fno-math-errno
  -f$<$<NOT:$<BOOL:${PERCUTA_TRAPS}>>:no->trapping-math)
# Nor do they depend on where the source tree lies: no binary names its folder. Coverage needs it.
if(NOT PERCUTA_COVERAGE)
  target_compile_options(percuta_flags INTERFACE -ffile-prefix-map=${CMAKE_BINARY_DIR}=.
    -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
endif()
target_link_options(percuta_flags INTERFACE LINKER:--as-needed)
if(PERCUTA_NATIVE)
  target_compile_options(percuta_flags INTERFACE -march=native)
endif()
if(PERCUTA_SANITIZE)
  target_compile_options(percuta_flags INTERFACE -fsanitize=address,undefined
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(percuta_flags INTERFACE -fsanitize=address,undefined)
endif()
if(PERCUTA_COVERAGE)
  target_compile_options(percuta_flags INTERFACE --coverage)
  target_link_options(percuta_flags INTERFACE --coverage)
endif()
