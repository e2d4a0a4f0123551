# How every source of ours is compiled: the target ssi-flags.
#
# Results must not depend on the compiler's mood: no contraction of a*b+c, no -ffast-math. errno and traps of the maths functions are
# never looked at.
find_package(Threads REQUIRED)

add_library(ssi-flags INTERFACE)
target_compile_options(ssi-flags INTERFACE -fno-math-errno -fno-trapping-math -ffp-contract=off)
target_compile_definitions(ssi-flags INTERFACE _DEFAULT_SOURCE)
target_include_directories(ssi-flags INTERFACE ${PROJECT_SOURCE_DIR}/include)

# What each thread has of its own lies at a known distance from where its thread begins, so that finding it is no call. glibc keeps room for this in
# libraries opened while a program runs, too: a kilobyte and a half for all of them (ours is held to less by tests/consumer). Others may not.
include(CheckCSourceCompiles)
check_c_source_compiles("#include <features.h>\n#ifndef __GLIBC__\n#error\n#endif\nint main(void) { return 0; }" SSI_GLIBC)
if(SSI_GLIBC)
  target_compile_options(ssi-flags INTERFACE -ftls-model=initial-exec)
endif()

# Only for who works on ssi itself, not for who builds it as a part of something else.
if(PROJECT_IS_TOP_LEVEL)
  target_compile_options(ssi-flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
endif()
if(SSI_WERROR)
  target_compile_options(ssi-flags INTERFACE -Werror)
endif()

if(SSI_SANITIZE)
  target_compile_options(ssi-flags INTERFACE -fsanitize=${SSI_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(ssi-flags INTERFACE -fsanitize=${SSI_SANITIZE})
endif()
