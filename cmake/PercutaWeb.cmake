# The report's page: our template, style and script plus uPlot, gathered in <build>/web/report, from
# where the program builds one self-contained HTML file. npm runs only when package-lock.json is newer
# than what it installed; all build folders share that one node_modules.
set(WEB_SOURCE ${CMAKE_SOURCE_DIR}/web/report)
set(WEB_BUILD ${CMAKE_BINARY_DIR}/web/report)
set(UPLOT ${WEB_SOURCE}/node_modules/uplot/dist)
set(WEB_STAMP ${WEB_SOURCE}/node_modules/.package-lock.json)

find_program(NPM npm)
if(NOT NPM)
  message(FATAL_ERROR "npm is missing (Debian packages: nodejs npm). `make deps` installs it.")
endif()
add_custom_command(
  OUTPUT ${WEB_STAMP} ${UPLOT}/uPlot.iife.min.js ${UPLOT}/uPlot.min.css
  COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
          --no-update-notifier
  COMMAND ${CMAKE_COMMAND} -E touch ${WEB_STAMP} ${UPLOT}/uPlot.iife.min.js ${UPLOT}/uPlot.min.css
  DEPENDS ${WEB_SOURCE}/package.json ${WEB_SOURCE}/package-lock.json
  WORKING_DIRECTORY ${WEB_SOURCE}
  COMMENT "Fetching the report's plotting library"
  VERBATIM)

set(WEB_FILES ${WEB_SOURCE}/template.html ${WEB_SOURCE}/cell.html ${WEB_SOURCE}/sources.html ${WEB_SOURCE}/report.css ${WEB_SOURCE}/report.js
  ${WEB_SOURCE}/plot.js ${WEB_SOURCE}/device.html ${WEB_SOURCE}/compare.html ${WEB_SOURCE}/compare.css ${WEB_SOURCE}/compare.js
  ${WEB_SOURCE}/study.html ${WEB_SOURCE}/study.css ${WEB_SOURCE}/study.js
  ${WEB_SOURCE}/uplot-licence.txt ${UPLOT}/uPlot.iife.min.js ${UPLOT}/uPlot.min.css)
set(WEB_COPIES "")
foreach(file IN LISTS WEB_FILES)
  get_filename_component(name ${file} NAME)
  add_custom_command(OUTPUT ${WEB_BUILD}/${name}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${WEB_BUILD}
    COMMAND ${CMAKE_COMMAND} -E copy ${file} ${WEB_BUILD}/${name}
    DEPENDS ${file} VERBATIM)
  list(APPEND WEB_COPIES ${WEB_BUILD}/${name})
endforeach()
add_custom_target(percuta_web ALL DEPENDS ${WEB_COPIES})
