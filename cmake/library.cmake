# libssi, shared and static, from objects compiled once. src/ holds one folder a room; a new file in a room needs no line here.
set(SSI_ROOMS base tensor ops math grad run cpu nn)
if(NOT SSI_CORE)
  list(APPEND SSI_ROOMS data io plot)
endif()

set(SSI_SOURCES "")
foreach(room IN LISTS SSI_ROOMS)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${room}/*.c)
  list(APPEND SSI_SOURCES ${sources})
endforeach()
if(SSI_CORE) # no LAPACK, but what reads a model from memory, and holds examples
  list(FILTER SSI_SOURCES EXCLUDE REGEX "/(decompose[a-z_]*|lapack)\\.c$")
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/io/*.core.c ${PROJECT_SOURCE_DIR}/src/data/*.core.c)
  list(APPEND SSI_SOURCES ${sources})
endif()

set(SSI_OBJECT_TARGETS "")

# An object library named ssi-NAME of the given sources.
function(ssi_objects name)
  add_library(ssi-${name} OBJECT ${ARGN})
  target_link_libraries(ssi-${name} PRIVATE ssi-flags ssi-needs)
  target_include_directories(ssi-${name} PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_compile_definitions(ssi-${name} PRIVATE SSI_INSIDE $<$<BOOL:${SSI_CORE}>:SSI_CORE>)
  set_target_properties(ssi-${name} PROPERTIES POSITION_INDEPENDENT_CODE ON C_VISIBILITY_PRESET hidden)
  set(SSI_OBJECT_TARGETS ${SSI_OBJECT_TARGETS} ssi-${name} PARENT_SCOPE)
endfunction()

# src/cpu/NAME.isa.c is compiled once for each instruction set, and the processor chooses at start (src/cpu/dispatch.c). A processor
# without a choice, and the core, get one set.
if(SSI_CORE OR NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  set(SSI_ISAS portable)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
    set(SSI_ISAS neon)
  endif()
else()
  set(SSI_ISAS portable avx2 avx512)
endif()
set(SSI_ISA_FLAGS_avx2 -mavx2 -mfma -mf16c)
set(SSI_ISA_FLAGS_avx512 ${SSI_ISA_FLAGS_avx2} -mavx512f -mavx512dq -mavx512bw -mavx512vl -mprefer-vector-width=512)

set(cpu_sources ${SSI_SOURCES})
list(FILTER cpu_sources INCLUDE REGEX "/src/cpu/")
list(FILTER SSI_SOURCES EXCLUDE REGEX "/src/cpu/")
set(isa_sources ${cpu_sources})
list(FILTER isa_sources INCLUDE REGEX "\\.isa\\.c$")
list(FILTER cpu_sources EXCLUDE REGEX "\\.isa\\.c$")

# What is not in the path of a step, an inference or an operation on small arrays is kept small; what is runs straight through, once, and is
# faster without room between its lines.
set(path_sources ${SSI_SOURCES})
list(FILTER path_sources INCLUDE REGEX "/src/(base|tensor|run|ops/(build|arithmetic|reduce))")
list(FILTER path_sources EXCLUDE REGEX "/(run/(program|finish|chain|group|schedule|order|reference|explain|diagnose)|tensor/(print|digits|word))\\.c")
set_source_files_properties(${path_sources} PROPERTIES COMPILE_OPTIONS
                            "$<$<AND:$<CONFIG:Release>,$<C_COMPILER_ID:GNU>>:-falign-jumps=1;-falign-loops=1;-falign-labels=1>")
set(cold_sources ${SSI_SOURCES})
list(REMOVE_ITEM cold_sources ${path_sources} ${PROJECT_SOURCE_DIR}/src/math/legacy.c) # whose loops draw each number
set_source_files_properties(${cold_sources} PROPERTIES COMPILE_OPTIONS $<$<CONFIG:Release>:-Os>)
# Most loops of the kernels are written for vectors as they are; those of these files are not.
foreach(source gemm copy network)
  set_source_files_properties(${PROJECT_SOURCE_DIR}/src/cpu/${source}.isa.c PROPERTIES COMPILE_OPTIONS
                              "$<$<AND:$<CONFIG:Release>,$<C_COMPILER_ID:GNU>>:-fvect-cost-model=very-cheap;-fno-version-loops-for-strides>;$<$<CONFIG:Release>:-O3>")
endforeach()

# Longer code makes these hardly faster.
foreach(source along search)
  set_source_files_properties(${PROJECT_SOURCE_DIR}/src/cpu/${source}.c PROPERTIES COMPILE_OPTIONS $<$<CONFIG:Release>:-O2>)
endforeach()

ssi_objects(objects ${SSI_SOURCES})
if(SSI_SANITIZE MATCHES address AND CMAKE_C_COMPILER_ID MATCHES Clang) # lets the fuzzers (tests/fuzz) see which way a file leads
  target_compile_options(ssi-objects PRIVATE -fsanitize=fuzzer-no-link)
endif()
ssi_objects(cpu ${cpu_sources})
set(cpu_targets ssi-cpu)
foreach(isa IN LISTS SSI_ISAS)
  ssi_objects(cpu-${isa} ${isa_sources})
  target_compile_definitions(ssi-cpu-${isa} PRIVATE SSI_ISA=${isa})
  target_compile_options(ssi-cpu-${isa} PRIVATE ${SSI_ISA_FLAGS_${isa}})
  list(APPEND cpu_targets ssi-cpu-${isa})
endforeach()
list(LENGTH SSI_ISAS isas)
if(isas EQUAL 1) # the one set that dispatch.c names
  target_compile_definitions(ssi-cpu PRIVATE SSI_ISA=${SSI_ISAS})
endif()
# No exception passes through C, so tables for unwinding are a debugger's business. Where other sets are faster, the portable one is kept small.
# The library leaves out what only tests look at, a program linked statically the functions that it does not call.
set(lean $<$<CONFIG:Release,MinSizeRel>:-fno-asynchronous-unwind-tables;-ffunction-sections;-fdata-sections>)
target_compile_options(ssi-objects PRIVATE ${lean})
# Thousands of routines, whose loops are long, gain nothing by room between them.
foreach(target IN LISTS cpu_targets)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release,MinSizeRel>:-fno-asynchronous-unwind-tables;-falign-functions=1>
                                           $<$<AND:$<CONFIG:Release>,$<C_COMPILER_ID:GNU>>:-falign-loops=1>)
  if(target STREQUAL ssi-cpu-portable AND isas GREATER 1)
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-Os>)
    target_compile_definitions(${target} PRIVATE SSI_SPARE)
  elseif(target STREQUAL ssi-cpu)
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O3>)
  else()
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O2>)
  endif()
endforeach()

# Where data sets are looked for beside SSI_DATA and the cache: here, or where they are installed.
if(NOT SSI_CORE)
  target_compile_definitions(ssi-objects PRIVATE "SSI_PROJECT_DATA=\"${PROJECT_SOURCE_DIR}/data\""
                                                 "SSI_INSTALLED_DATA=\"${CMAKE_INSTALL_FULL_DATADIR}/ssi/data\"")
endif()

# The operations once more, with the words of their table: who walks it (tests, bench/arrays) links this too, and the library's own stay out.
set(operation_sources ${SSI_SOURCES})
list(FILTER operation_sources INCLUDE REGEX "/src/ops/")
set(library_targets ${SSI_OBJECT_TARGETS})
ssi_objects(table ${operation_sources})
target_compile_options(ssi-table PRIVATE ${lean})
target_compile_definitions(ssi-table PUBLIC SSI_TABLE_WORDS)
set_target_properties(ssi-table PROPERTIES EXCLUDE_FROM_ALL ON)

set(objects "")
foreach(target IN LISTS library_targets)
  list(APPEND objects $<TARGET_OBJECTS:${target}>)
endforeach()
add_library(ssi-static STATIC ${objects})
set_target_properties(ssi-static PROPERTIES EXPORT_NAME static)
set(SSI_LIBRARIES ssi-static)
get_property(shared_libraries GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS) # WebAssembly has none
if(shared_libraries)
  add_library(ssi-shared SHARED ${objects})
  set_target_properties(ssi-shared PROPERTIES EXPORT_NAME ssi VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
  list(APPEND SSI_LIBRARIES ssi-shared)
endif()
foreach(target IN LISTS SSI_LIBRARIES)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ssi)
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                              $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:ssi-needs>)
  if(SSI_SANITIZE)
    target_link_options(${target} PUBLIC $<BUILD_INTERFACE:-fsanitize=${SSI_SANITIZE}>)
  endif()
endforeach()
# Where the system's loader knows them (glibc 2.36), relocations of the routines' tables take a thirtieth of the room; nor need
# segments be kept pages apart.
include(CheckCSourceRuns)
if(NOT CMAKE_CROSSCOMPILING AND NOT SSI_SANITIZE)
  set(CMAKE_REQUIRED_LINK_OPTIONS -Wl,-z,pack-relative-relocs)
  check_c_source_runs("static int x; int *volatile p = &x; int main(void) { return *p; }" SSI_PACKED_RELOCATIONS)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  if(SSI_PACKED_RELOCATIONS)
    target_link_options(ssi-shared PRIVATE -Wl,-z,pack-relative-relocs -Wl,-z,noseparate-code)
  endif()
endif()
# The library calls its own functions, not what another library of the program may call by the same name.
if(CMAKE_SYSTEM_NAME STREQUAL Linux)
  target_link_options(ssi-shared PRIVATE -Wl,-Bsymbolic-functions -Wl,--gc-sections)
endif()
if(SSI_SANITIZE) # the fuzzers' coverage belongs to a program
  set_target_properties(ssi-shared PROPERTIES EXCLUDE_FROM_ALL ON)
endif()
if(shared_libraries)
  add_library(ssi::ssi ALIAS ssi-shared)
endif()
add_library(ssi::static ALIAS ssi-static)
