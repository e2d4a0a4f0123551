#!/bin/sh
# run.sh PROJECT BUILD TEXT... - runs the code that stands in headers and guides.
#
# A block of C that has a main() is a program as it stands; another one is put into a main(), inside a scope, after
# tests/snippets/context/NAME.inc where there is one (NAME: the text's, without folder and ending), and ends with ssi_report(). It is
# compiled against the shared library without a warning, and run; what it prints must have the lines that its comments "// expect: LINE"
# say, in that order, and no others.
# A block of sh is run by sh -e in an empty folder with build/ssi in it; there "# expect: LINE" says what is printed. ./demo and ./test
# do nothing there: they have checks of their own.
# A block of cmake must stand in tests/consumer/cmake/CMakeLists.txt, which is tried.
set -eu
project=$1
build=$2
shift 2
here=$project/tests/snippets

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
failures=0
count=0

# The C program that a block becomes.
program() { # TEXT LINE BLOCK
    if grep -q 'int main(' "$3"; then
        echo "#line $(($2 + 1)) \"$1\""
        cat "$3"
        return
    fi
    context=$here/context/$(basename "$1" | sed 's/\..*//').inc
    echo '#include <ssi/ssi.h>'
    echo '#include <stdio.h>'
    echo 'int main(void)'
    echo '{'
    echo '    ssi_scope whole = ssi_scope_open();'
    [ ! -e "$context" ] || echo "#include \"$context\""
    echo '    {'
    echo "#line $(($2 + 1)) \"$1\""
    cat "$3"
    echo '    }'
    echo '    ssi_scope_close(whole);'
    echo '    return ssi_report();'
    echo '}'
}

run_c() { # TEXT LINE BLOCK: leaves what was printed in $work/printed
    program "$1" "$2" "$3" >"$work/snippet.c"
    ${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Wno-unused-variable -Wno-unused-but-set-variable -Werror -I"$project/include" \
        "$work/snippet.c" -o "$work/snippet" -L"$build" -Wl,-rpath,"$build" -lssi -lm || return 1
    (cd "$work/folder" && "$work/snippet") >"$work/printed"
}

run_sh() { # BLOCK
    mkdir "$work/folder/build"
    ln -s "$build/ssi" "$work/folder/build/ssi"
    for command in demo test; do
        printf '#!/bin/sh\n' >"$work/folder/$command"
        chmod +x "$work/folder/$command"
    done
    (cd "$work/folder" && LANG=C.UTF-8 sh -e "$1") >"$work/printed"
}

run_cmake() { # BLOCK
    awk 'NR == FNR { block = block $0 "\n"; next } { whole = whole $0 "\n" } END { exit index(whole, block) == 0 }' \
        "$1" "$project/tests/consumer/cmake/CMakeLists.txt"
}

# What a block says that it prints. A block that says nothing may print anything.
compare() { # BLOCK
    sed -n 's/^.*\(\/\/\|#\) expect: \{0,1\}//p' "$1" >"$work/wanted"
    [ ! -s "$work/wanted" ] || diff -u "$work/wanted" "$work/printed"
}

for text in "$@"; do
    rm -rf "$work/blocks"
    mkdir "$work/blocks"
    (cd "$project" && awk -v folder="$work/blocks" -f "$here/extract.awk" "$text")
    for block in "$work"/blocks/*; do
        [ -e "$block" ] || continue
        line=$(basename "$block" | sed 's/.*-\(.*\)\..*/\1/')
        rm -rf "$work/folder"
        mkdir "$work/folder"
        : >"$work/printed"
        count=$((count + 1))
        case $block in
        *.c) run_c "$text" "$line" "$block" && compare "$block" ;;
        *.sh) run_sh "$block" && compare "$block" ;;
        *.cmake) run_cmake "$block" ;;
        *) true ;;
        esac || {
            echo "snippets: the code of $text after line $line fails"
            failures=$((failures + 1))
        }
    done
done
echo "snippets: $count blocks of code, $failures failed"
[ "$count" -gt 0 ] && [ "$failures" -eq 0 ]
