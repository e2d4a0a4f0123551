# The libraries that features stand on. Each feature is a target ssi-feature-NAME that carries SSI_HAVE_NAME=1 and the library, and
# is empty where the feature is off.
#
# AUTO takes a library where pkg-config finds it, ON insists, OFF does not look.
add_library(ssi-core-needs INTERFACE)
target_link_libraries(ssi-core-needs INTERFACE Threads::Threads m)

set(SSI_FEATURES "")
set(SSI_PC_REQUIRES "")

function(ssi_feature name wish)
  add_library(ssi-feature-${name} INTERFACE)
  if(SSI_CORE OR wish STREQUAL "OFF")
    return()
  endif()
  if(wish STREQUAL "AUTO")
    pkg_check_modules(ssi_${name} QUIET IMPORTED_TARGET ${ARGN})
  else()
    pkg_check_modules(ssi_${name} QUIET REQUIRED IMPORTED_TARGET ${ARGN})
  endif()
  if(NOT ssi_${name}_FOUND)
    message(STATUS "ssi: no ${name}, for want of ${ARGN}")
    return()
  endif()
  string(TOUPPER ${name} upper)
  target_compile_definitions(ssi-feature-${name} INTERFACE SSI_HAVE_${upper}=1)
  target_link_libraries(ssi-feature-${name} INTERFACE PkgConfig::ssi_${name})
  set(SSI_FEATURES ${SSI_FEATURES} ${name} PARENT_SCOPE)
endfunction()

if(NOT SSI_CORE)
  find_package(PkgConfig REQUIRED)
endif()
ssi_feature(gzip ON zlib)
ssi_feature(json ON jansson)
ssi_feature(png "${SSI_PNG}" libpng)
ssi_feature(jpeg "${SSI_JPEG}" libturbojpeg)
ssi_feature(npz "${SSI_NPZ}" libzip)
ssi_feature(download "${SSI_DOWNLOAD}" libcurl libcrypto)

# LAPACK is not linked: programs that need it not start without it. The one path that it is opened from, the library's with its version, is part
# of the build.
add_library(ssi-feature-lapack INTERFACE)
if(NOT SSI_CORE AND NOT SSI_LAPACK STREQUAL "OFF")
  find_library(SSI_LAPACK_LIBRARY NAMES liblapack.so.3 lapack DOC "LAPACK, opened when first used")
  if(SSI_LAPACK_LIBRARY)
    target_compile_definitions(ssi-feature-lapack INTERFACE SSI_HAVE_LAPACK=1 "SSI_LAPACK_PATH=\"${SSI_LAPACK_LIBRARY}\"")
    target_link_libraries(ssi-feature-lapack INTERFACE ${CMAKE_DL_LIBS})
  elseif(SSI_LAPACK STREQUAL "AUTO")
    message(STATUS "ssi: no lapack, for want of liblapack.so.3")
  else()
    message(FATAL_ERROR "SSI_LAPACK is ON, and there is no liblapack.so.3")
  endif()
endif()

# What the library itself, and so whoever links it statically, needs.
add_library(ssi-needs INTERFACE)
target_link_libraries(ssi-needs INTERFACE ssi-core-needs ssi-feature-gzip ssi-feature-json ssi-feature-png ssi-feature-jpeg ssi-feature-npz
                      ssi-feature-lapack)
set(SSI_PC_gzip zlib)
set(SSI_PC_json jansson)
set(SSI_PC_png libpng)
set(SSI_PC_jpeg libturbojpeg)
set(SSI_PC_npz libzip)
foreach(feature IN LISTS SSI_FEATURES)
  list(APPEND SSI_PC_REQUIRES ${SSI_PC_${feature}})
endforeach()
list(JOIN SSI_PC_REQUIRES ", " SSI_PC_REQUIRES)
