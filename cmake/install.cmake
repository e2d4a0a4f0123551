# cmake --install build [--component library|program|mnist]
#
# MNIST is not under our licence, so it is a component of its own.
include(CMakePackageConfigHelpers)

install(TARGETS ${SSI_LIBRARIES} EXPORT ssi COMPONENT library)
install(DIRECTORY include/ssi DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT library)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT library)
if(NOT SSI_CORE)
  install(DIRECTORY data/mnist DESTINATION ${CMAKE_INSTALL_DATADIR}/ssi/data COMPONENT mnist)
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/ssi)
configure_package_config_file(cmake/ssi-config.cmake.in ssi-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(ssi-config-version.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT ssi NAMESPACE ssi:: FILE ssi-targets.cmake DESTINATION ${package_dir} COMPONENT library)
install(FILES ${PROJECT_BINARY_DIR}/ssi-config.cmake ${PROJECT_BINARY_DIR}/ssi-config-version.cmake
        DESTINATION ${package_dir} COMPONENT library)

# The installation may be moved: ssi.pc finds its prefix from where it lies.
file(RELATIVE_PATH SSI_PC_TO_PREFIX ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/ssi.pc.in ssi.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/ssi.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT library)
