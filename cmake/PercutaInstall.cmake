# bin/percuta finds ../lib/percuta/percuta_engine.so and ../share/percuta/{data,web} from its own place,
# so an installed tree may be moved as a whole.
install(TARGETS percuta RUNTIME DESTINATION bin)
install(TARGETS percuta_engine LIBRARY DESTINATION lib/percuta)
install(DIRECTORY data/ DESTINATION share/percuta/data)
install(DIRECTORY ${CMAKE_BINARY_DIR}/web/ DESTINATION share/percuta/web)
install(DIRECTORY examples/ DESTINATION share/percuta/examples FILES_MATCHING PATTERN "*.yaml")
install(FILES docs/percuta.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES LICENSE README.md CHANGELOG.md CITATION.cff DESTINATION share/doc/percuta)
