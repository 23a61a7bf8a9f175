# bin/percuta finds libpercuta.so in the folder of libraries beside bin, and both find
# ../share/percuta/{data,web} from their own place, so an installed tree may be moved as a whole.
include(CMakePackageConfigHelpers)
install(TARGETS percuta RUNTIME DESTINATION bin)
install(TARGETS percuta_library EXPORT percuta LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/percuta DESTINATION include)
install(DIRECTORY data/ DESTINATION share/percuta/data)
install(DIRECTORY ${CMAKE_BINARY_DIR}/web/ DESTINATION share/percuta/web)
install(DIRECTORY examples/ DESTINATION share/percuta/examples FILES_MATCHING PATTERN "*.yaml"
  PATTERN "*.c" PATTERN "*.py")
# where Debian's Python looks when the prefix is /usr; below another it has to be told (docs/python.md)
install(DIRECTORY python/percuta DESTINATION lib/python3/dist-packages
  FILES_MATCHING PATTERN "*.py" PATTERN py.typed PATTERN __pycache__ EXCLUDE)
install(FILES docs/percuta.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
# Documents and what they point to as they stand in the source tree, so that their links lead somewhere.
set(DOCUMENTS share/doc/percuta)
install(FILES LICENSE README.md CHANGELOG.md CITATION.cff CONTRIBUTING.md DESTINATION ${DOCUMENTS})
install(DIRECTORY docs DESTINATION ${DOCUMENTS})
install(FILES src/MAP.md DESTINATION ${DOCUMENTS}/src)
install(FILES bench/README.md DESTINATION ${DOCUMENTS}/bench)
foreach(folder data examples)
  install(CODE "file(CREATE_LINK ../../percuta/${folder}
    \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${DOCUMENTS}/${folder}\" SYMBOLIC)")
endforeach()

# find_package(percuta) gives percuta::percuta; pkg-config knows it as percuta.
set(PACKAGE_FOLDER ${CMAKE_INSTALL_LIBDIR}/cmake/percuta)
install(EXPORT percuta NAMESPACE percuta:: FILE percutaConfig.cmake DESTINATION ${PACKAGE_FOLDER})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/percutaConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/percutaConfigVersion.cmake DESTINATION ${PACKAGE_FOLDER})
# from <libdir>/pkgconfig back to the prefix, however deep the folder of libraries lies
string(REGEX REPLACE "[^/]+" ".." PKGCONFIG_UP ${CMAKE_INSTALL_LIBDIR})
configure_file(cmake/percuta.pc.in ${CMAKE_BINARY_DIR}/percuta.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/percuta.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
