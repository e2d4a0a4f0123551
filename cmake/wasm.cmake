# The core for WebAssembly with 128-bit vectors, by clang and WASI's C library; one thread.
#
#     cmake -B build-wasm -DCMAKE_TOOLCHAIN_FILE=cmake/wasm.cmake -DSSI_CORE=ON -DBUILD_TESTING=OFF
#
# Debian: clang, lld, wasi-libc, libclang-rt-14-dev-wasm32. Its pthread.h, which says that there are no threads, is ours (wasm/).
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER clang)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_AR llvm-ar)
set(CMAKE_RANLIB llvm-ranlib)
set(CMAKE_C_FLAGS_INIT "-msimd128 -D_WASI_EMULATED_MMAN -D_WASI_EMULATED_SIGNAL -isystem ${CMAKE_CURRENT_LIST_DIR}/wasm")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-lwasi-emulated-mman -lwasi-emulated-signal")
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_HAVE_LIBC_PTHREAD TRUE)
set(CMAKE_EXECUTABLE_SUFFIX .wasm)
