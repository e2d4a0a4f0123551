#!/bin/sh
# check.sh PROJECT - proves the order of the rooms (rooms.txt) from the #include lines: a source of a room, and a public header, includes
# only its own room and those it stands on; cli/ and examples/ include public headers only. Then breaks the order, to prove that it would notice.
set -eu
project=$1
here=$(cd "$(dirname "$0")" && pwd)

# Tells every #include that may not be; fails if there was one.
check() {
    cd "$1"
    # shellcheck disable=SC2046 # our names have no spaces
    grep -n '^[[:space:]]*#[[:space:]]*include' $(find src include cli examples -name '*.[ch]' -o -name '*.def') /dev/null |
        awk -v rooms="$here/rooms.txt" '
            BEGIN {
                while ((getline line < rooms) > 0) {
                    if (line !~ /^#/ && split(line, part, " = ") == 2)
                        home[part[1]] = part[2]
                    if (line ~ /^#/ || split(line, part, ":") < 2)
                        continue
                    room = part[1]
                    known[room] = 1
                    allowed[room, room] = 1
                    n = split(part[2], below, " ")
                    for (i = 1; i <= n; i++)
                        allowed[room, below[i]] = 1
                }
            }
            function wrong(why) { print "architecture: " file ":" line_number ": " text ": " why; bad = 1 }
            {
                split($0, field, ":")
                file = field[1]; line_number = field[2]
                text = substr($0, length(file) + length(line_number) + 3)
                split(file, place, "/")
                from = place[2]
                if (place[1] == "include") { from = place[3]; sub(/\.h$/, "", from); if (from in home) from = home[from] }
                what = text
                sub(/^[^<"]*[<"]/, "", what); sub(/[>"].*$/, "", what)
                parts = split(what, target, "/")
                to = target[1]
                public = parts == 2 && to == "ssi"
                if (public) { to = target[2]; sub(/\.h$/, "", to); if (to in home) to = home[to] }

                if (place[1] == "cli" || place[1] == "examples") {
                    if (!public && to in known) wrong("only public headers here")
                } else if (from == "ssi") { # the umbrella
                    next
                } else if (!(from in known)) {
                    wrong("the room " from " is not in rooms.txt")
                } else if (public && to == "ssi") {
                    wrong("the umbrella is for users")
                } else if (place[1] == "include" && parts > 1 && !public && to in known) {
                    wrong("a public header shows no inner one")
                } else if (to in known && (public || parts > 1) && !((from, to) in allowed)) {
                    wrong(from " may not know " to)
                }
            }
            END { exit bad }'
}

(check "$project")

broken=$(mktemp -d)
trap 'rm -rf "$broken"' EXIT
mkdir -p "$broken"/src/base "$broken"/src/tensor "$broken"/include/ssi "$broken"/cli "$broken"/examples
expect_alarm() {
    echo "$2" >"$broken/$1"
    if (check "$broken") >/dev/null; then
        echo "architecture: the alarm is silent on $1: $2"
        exit 1
    fi
    rm "$broken/$1"
}
(check "$broken") || exit 1
expect_alarm src/base/up.c '#include "tensor/tensor.h"'
expect_alarm src/base/up.c '#  include "ssi/tensor.h"'
expect_alarm src/tensor/user.c '#include <ssi/ssi.h>'
expect_alarm include/ssi/base.h '#include "ssi/tensor.h"'
expect_alarm include/ssi/base.h '#include "base/base.h"'
expect_alarm cli/peek.c '#include "run/run.h"'
expect_alarm examples/peek.c '#include "base/base.h"'
mkdir "$broken"/src/attic
expect_alarm src/attic/old.c '#include "base/base.h"'
echo "architecture: every #include goes down"
