#!/bin/sh
# run.sh CASE PROJECT BUILD WORK - uses ssi as others would: installed from BUILD into WORK/prefix (the case `install`, which the others need).
set -eu
case_name=$1
project=$2
build=$3
work=$4
here=$project/tests/consumer
prefix=$work/prefix
strict="-Wall -Wextra -Wpedantic -Wconversion -Werror"

fail() {
    echo "consumer: $*"
    exit 1
}
library() { find "$prefix" -name "$1" | head -n 1; }
packages() { dirname "$(library ssi.pc)"; }

case_install() {
    rm -rf "$work"
    mkdir -p "$work"
    cmake --install "$build" --prefix "$prefix" >"$work/install.log"
    for file in libssi.so libssi.a ssi.pc ssi-config.cmake ssi.h LICENSE train-images-idx3-ubyte.gz; do
        [ -n "$(library "$file")" ] || fail "$file is not installed"
    done
    mkdir "$work/parts"
    cmake --install "$build" --prefix "$work/parts" --component library >>"$work/install.log"
    [ -z "$(find "$work/parts" -name '*ubyte*')" ] || fail "MNIST came along with the library"
}

# The course from an installation that has been moved: lessons, headers and library are found from where the program lies.
case_course() {
    rm -rf "$work/moved"
    cp -a "$prefix" "$work/moved"
    lesson=$work/moved/share/ssi/lessons/18-matrix-product
    export HOME="$work/moved" XDG_CACHE_HOME="$work/moved/cache" XDG_DATA_HOME="$work/moved/data"
    ssi=$work/moved/bin/ssi
    "$ssi" learn 18 >"$work/course.txt"
    cmp "$work/moved/ssi-lessons/18-matrix-product/start.c" "$lesson/start.c"
    "$ssi" check 18 --file "$lesson/solution.c"
    if "$ssi" check 18; then fail "start.c passes"; fi
}

# find_package, shared and static.
case_cmake() {
    rm -rf "$work/cmake"
    mkdir -p "$work/cmake"
    cp "$here/cmake/CMakeLists.txt" "$here/app.c" "$work/cmake"
    cmake -S "$work/cmake" -B "$work/cmake/build" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release
    cmake --build "$work/cmake/build"
    "$work/cmake/build/app"
    "$work/cmake/build/app-static"
    if ldd "$work/cmake/build/app-static" | grep libssi; then fail "app-static needs libssi.so"; fi
}

# As FetchContent and add_subdirectory see it: the same two targets, and nothing of ours in the way.
case_subproject() {
    rm -rf "$work/subproject"
    mkdir -p "$work/subproject"
    cp "$here/app.c" "$work/subproject"
    sed "s|find_package(ssi REQUIRED)|add_subdirectory($project ssi)|" "$here/cmake/CMakeLists.txt" >"$work/subproject/CMakeLists.txt"
    cmake -S "$work/subproject" -B "$work/subproject/build" -G Ninja -DSSI_CORE=ON -DCMAKE_BUILD_TYPE=Release
    cmake --build "$work/subproject/build" --target app-static
    "$work/subproject/build/app-static"
}

case_pkgconfig() {
    export PKG_CONFIG_PATH="$(packages)"
    # shellcheck disable=SC2046,SC2086 # lists of words
    gcc -std=c11 $strict "$here/app.c" -o "$work/app-pkgconfig" $(pkg-config --cflags --libs ssi) -lm
    LD_LIBRARY_PATH=$(dirname "$(library libssi.so)") "$work/app-pkgconfig"
}

# All of ssi, and what it stands on, in the program.
case_static() {
    export PKG_CONFIG_PATH="$(packages)"
    # shellcheck disable=SC2046,SC2086
    gcc -std=c11 $strict "$here/app.c" -o "$work/app-static" $(pkg-config --cflags ssi) \
        $(pkg-config --libs --static ssi | sed 's/-lssi/-l:libssi.a/')
    if ldd "$work/app-static" | grep libssi; then fail "app-static needs libssi.so"; fi
    "$work/app-static"
}

case_cpp() {
    for compiler in g++ clang++; do
        for standard in c++11 c++20; do
            # shellcheck disable=SC2086
            $compiler -std=$standard $strict -I"$prefix/include" "$here/app.cpp" -o "$work/app-cpp" \
                -L"$(dirname "$(library libssi.so)")" -lssi
            LD_LIBRARY_PATH=$(dirname "$(library libssi.so)") "$work/app-cpp"
        done
    done
}

# Every public header alone, and a program that uses the macros, without a word of any compiler.
case_headers() {
    for compiler in gcc clang; do
        for header in "$prefix"/include/ssi/*.h; do
            echo "#include <ssi/$(basename "$header")>" >"$work/header.c"
            # shellcheck disable=SC2086
            $compiler -std=c11 $strict -I"$prefix/include" -fsyntax-only "$work/header.c"
            # shellcheck disable=SC2086
            $compiler -std=c++11 -x c++ $strict -I"$prefix/include" -fsyntax-only "$work/header.c"
        done
        # shellcheck disable=SC2086
        $compiler -std=c11 $strict -I"$prefix/include" -fsyntax-only "$here/app.c"
        # shellcheck disable=SC2086
        $compiler -std=c11 $strict -I"$prefix/include" -fsyntax-only "$here/options.c"
    done
}

# ssi_* and nothing else, neither to the dynamic linker nor, statically linked, to the program's own names.
case_symbols() {
    nm -D --defined-only "$(library libssi.so)" | awk '$3 !~ /^ssi_/ { print; bad = 1 } END { exit bad || NR == 0 }' ||
        fail "libssi.so exports other names than ssi_*"
    nm -g --defined-only "$(library libssi.a)" | awk 'NF == 3 && $3 !~ /^ssi_/ { print; bad = 1 } END { exit bad }' ||
        fail "libssi.a defines other names than ssi_*"
}

case_size() {
    cp "$(library libssi.so)" "$work/stripped.so"
    strip --strip-unneeded "$work/stripped.so"
    bytes=$(wc -c <"$work/stripped.so")
    echo "libssi.so, stripped: $bytes bytes"
    [ "$bytes" -lt 1000000 ] || fail "more than 1 MB"
    own=$(readelf -lW "$work/stripped.so" | awk '$1 == "TLS" { print $6 }')
    echo "of each thread's own: $((own)) bytes"
    [ $((own)) -le 1280 ] || fail "more than the C library may have left where a running program opens libssi.so"
}

# Not judged here, for machines differ: the median of 50 warm starts, in milliseconds.
case_start() {
    i=0
    while [ $i -lt 50 ]; do
        start=$(date +%s%N)
        "$build/ssi" --version >/dev/null
        echo $((($(date +%s%N) - start) / 1000))
        i=$((i + 1))
    done | sort -n | awk '{ t[NR] = $1 } END { printf "ssi --version: median %.1f ms, a fork and two dates included\n", t[25] / 1000 }'
}

# The device example: the core and the C library, in one static program, in 24 MB of address space.
case_device() {
    cmake -S "$project" -B "$work/core" -G Ninja -DSSI_CORE=ON -DSSI_WERROR=ON -DBUILD_TESTING=OFF -DCMAKE_BUILD_TYPE=MinSizeRel \
        -DCMAKE_C_COMPILER=musl-gcc -DSSI_DEVICE_STATIC=ON
    cmake --build "$work/core" --target ssi-static ssi-shared example_device
    if ldd "$work/core/libssi.so" | grep -vE 'linux-vdso|libc\.so|libm\.so|libpthread|ld-linux'; then
        fail "the core needs more than libc, libm and pthreads"
    fi
    strip -o "$work/device" "$work/core/example_device"
    bytes=$(wc -c <"$work/device")
    echo "example_device, static and stripped: $bytes bytes"
    [ "$bytes" -lt 400000 ] || fail "more than 400 kB"
    (ulimit -v 24576 && "$work/device")
}

"case_$case_name"
