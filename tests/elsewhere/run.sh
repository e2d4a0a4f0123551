#!/bin/sh
# run.sh aarch64|wasm PROJECT WORK [TEST...] - builds the core for another machine and holds its kernels to their definitions there: the tests of src/cpu and
# src/run are the same as here, run by an emulator; so is a program that trains (tests/consumer/app.c).
# run.sh forced SSI SET PROGRAM - runs a test of this machine with SSI_CPU=SET.
#
# Exit 77, and the reason: what it takes is not installed, or the machine has no such instructions.
set -eu

skip() {
    echo "skipped: $*"
    exit 77
}

have() {
    command -v "$1" >/dev/null || skip "no $1 (tools/setup test installs it)"
}

# What sets a machine apart: how its core is configured, how a program is compiled to $2 from $1 with the options from $3 on, and run.
aarch64_tools() {
    have aarch64-linux-gnu-gcc
    have qemu-aarch64-static
}
aarch64_compile() {
    source=$1 program=$2
    shift 2
    aarch64-linux-gnu-gcc -std=c11 -O2 -static "$@" "$source" -o "$program" "$work/build/libssi.a" -lm -pthread
}
aarch64_execute() { qemu-aarch64-static "$1"; }

wasm_tools() {
    have clang
    have node
    echo 'int main(void) { return 0; }' | clang --target=wasm32-wasi -x c - -o "$work/nothing.wasm" 2>/dev/null ||
        skip "clang does not build for WebAssembly: lld, wasi-libc and libclang-rt-14-dev-wasm32 are needed (tools/setup test installs them)"
}
# In two steps: given -O, clang would look for an optimiser of WebAssembly when it links. With all of its memory from the beginning: where it grew, Node 20.20
# left test_contract.c a broken stack, after its last test.
wasm_compile() {
    source=$1 program=$2
    shift 2
    clang --target=wasm32-wasi -std=c11 -O2 -msimd128 -D_WASI_EMULATED_SIGNAL "-I$project/tests/elsewhere/wasm" "$@" \
        -c "$source" -o "$program.o"
    clang --target=wasm32-wasi -Wl,-z,stack-size=1048576 -Wl,--initial-memory=536870912 "$program.o" "$work/build/libssi.a" \
        -lwasi-emulated-mman -lwasi-emulated-signal -o "$program"
}
# In one thread: Node 20.20's compilers in the background did the same.
wasm_execute() { node --no-warnings --single-threaded "$project/tests/elsewhere/wasm/run.mjs" "$1"; }

# The same program here and there: tests/ROOM/test_NAME.c.
run_test() {
    echo "--- $1"
    "${machine}_compile" "$project/tests/${1%/*}/test_${1#*/}.c" "$work/test" -D_DEFAULT_SOURCE -DSSI_INSIDE -DSSI_CORE -DSSI_TEST_SIZES=20 \
        "-I$project/tests/elsewhere" "-I$project/tests" "-I$project/src" "-I$project/include"
    "${machine}_execute" "$work/test"
}

run_elsewhere() {
    mkdir -p "$work"
    "${machine}_tools"
    # with the table's words, by which tests know how exact a function is
    CFLAGS=-DSSI_TABLE_WORDS cmake -S "$project" -B "$work/build" -G Ninja "-DCMAKE_TOOLCHAIN_FILE=$project/cmake/$machine.cmake" \
        -DSSI_CORE=ON -DSSI_WERROR=ON \
        -DBUILD_TESTING=OFF -DCMAKE_BUILD_TYPE=Release
    cmake --build "$work/build"
    "${machine}_compile" "$project/tests/consumer/app.c" "$work/app" "-I$project/include"
    "${machine}_execute" "$work/app"
    for test in "$@"; do
        run_test "$test"
    done
}

machine=$1
if [ "$machine" = forced ]; then
    SSI_CPU=$3 "$2" info --json | grep -q "\"processor\": *\"$3\"" || skip "this machine has no $3"
    SSI_CPU=$3 exec "$4"
fi
project=$2 work=$3
shift 3
if [ $# -eq 0 ]; then
    for file in "$project"/tests/cpu/test_*.c "$project"/tests/run/test_*.c; do
        room=${file%/*} test=${file##*/test_}
        test=${room##*/}/${test%.c}
        case $test in
        cpu/dispatch | run/rules | run/limits) ;;     # processes and threads of their own; the limits of an emulator
        cpu/order_lowest | cpu/vector_accuracy) ;; # the same again with a lower set; hours
        *) set -- "$@" "$test" ;;
        esac
    done
fi
run_elsewhere "$@"
