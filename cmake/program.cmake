# build/ssi, the command line: one file per command in cli/, standing on the public headers only.
file(GLOB SSI_CLI_SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/cli/*.c)
if(SSI_CLI_SOURCES)
  add_executable(ssi-program ${SSI_CLI_SOURCES})
  set_target_properties(ssi-program PROPERTIES OUTPUT_NAME ssi)
  target_link_libraries(ssi-program PRIVATE ssi-flags ssi-static ssi-needs ssi-feature-download)
endif()
