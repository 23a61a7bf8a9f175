# Libraries, all through pkg-config. As imported targets their headers are system headers, so that
# our warning flags look at our code only.
find_package(PkgConfig REQUIRED)

set(missing "")
macro(percuta_library variable module package)
  pkg_check_modules(${variable} QUIET IMPORTED_TARGET ${module})
  if(NOT ${variable}_FOUND)
    list(APPEND missing ${package})
  endif()
endmacro()

percuta_library(YAML yaml-0.1 libyaml-dev)
percuta_library(UDUNITS udunits libudunits2-dev)
percuta_library(CJSON libcjson libcjson-dev)
percuta_library(PETSC PETSc libpetsc-real-dev)
percuta_library(ZLIB zlib zlib1g-dev)
percuta_library(FFTW fftw3 libfftw3-dev)
percuta_library(LAPACK lapack liblapack-dev)
percuta_library(GSL gsl libgsl-dev)
percuta_library(SQLITE sqlite3 libsqlite3-dev)
percuta_library(MPI ompi-c libopenmpi-dev)
percuta_library(HDF5 hdf5-openmpi libhdf5-openmpi-dev)
if(missing)
  list(JOIN missing " " missing)
  message(FATAL_ERROR "Missing libraries (Debian packages): ${missing}\n"
    "`make deps` installs everything Percuta needs.")
endif()
find_package(OpenMP COMPONENTS C) # gcc brings it; clang may not
pkg_check_modules(CMOCKA QUIET IMPORTED_TARGET cmocka) # for the tests only

# Debian's PETSc.pc carries the flags PETSc itself was packaged with (-D_FORTIFY_SOURCE, -Wdate-time);
# they are not ours to inherit and clash with the sanitizers.
set_property(TARGET PkgConfig::PETSC PROPERTY INTERFACE_COMPILE_OPTIONS "")
