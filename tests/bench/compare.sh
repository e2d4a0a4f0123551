#!/bin/sh
# compare.sh PROJECT PYTHON BUILD - what bench/compare makes of rows that were measured before: an object for each, and exit 1 if one misses what is asked;
# and of programs that are made up, a peer of the user's own among them, of which some fail.
set -eu
project=$1 python=$2 build=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

compare() {
    "$python" -B "$project/bench/compare" --build "$build" "$@"
}

fail() {
    echo "$*" >&2
    exit 1
}

# row RATIO GROUP NAME PRECISION PEER: of two threads, with the ratio it has to the peer's time in f32.
row() {
    printf '{"group": "%s", "name": "%s", "threads": 2, "precision": "%s", "peer": "%s", "peer_precision": "highest", ' "$2" "$3" "$4" "$5"
    printf '"ssi": {"median": 1e-5}, "other": {"median": 2e-5}, "ratio": %s}\n' "$1"
}

row 2.5 train network highest PyTorch >"$work/met"
row 2.4 train network highest PyTorch >"$work/missed"
row 0.1 train network highest scikit-learn >"$work/unasked"
row 1.4 predict "network, batch 128" highest onnxruntime >"$work/batch-128" # asked is 1.3 of it, and 10 us of batch 1

compare --rows "$work/met" "$work/unasked" "$work/batch-128" --check --json >"$work/printed" || fail "what meets all that is asked ends with $?"
[ "$(grep -c '"met": true' "$work/printed")" = 2 ] || fail "two rows should be met"
[ "$(grep -c '"at_least": null' "$work/printed")" = 1 ] || fail "nothing is asked of one row"
if compare --rows "$work/met" "$work/missed" --check --json >"$work/printed"; then fail "a row that misses what is asked should end with 1"; fi
[ "$(wc -l <"$work/printed")" = 2 ] || fail "an object for each row"
compare --rows "$work/missed" >"$work/printed" || fail "without --check nothing fails"
grep -q "at least 2.5: no" "$work/printed" || fail "what is missed is said"
printf '{"group": "accuracy", "name": "seeds", "threads": 2, "precision": "medium", "peer": "ssi", "peer_precision": "highest", "ssi": 98.2, ' >"$work/accuracy"
printf '"other": 98.3, "ratio": 0.1, "at_least": 0.1, "aim": 0, "met": true}\n' >>"$work/accuracy"
compare --rows "$work/accuracy" >"$work/printed" || fail "accuracies are shown"
compare --rows "$work/met" "$work/missed" --markdown "$work/table.md" >"$work/printed"
[ "$(grep -c '^| train' "$work/table.md")" = 2 ] || fail "a line of the table for each row"
if compare nonsense 2>"$work/printed"; then fail "no such group"; fi
grep -q "no group 'nonsense'" "$work/printed" || fail "the group that is not there is named"

# ---- measuring: a folder of programs that stand for ssi, for its builder and for another peer; nothing else is there ----

mkdir "$work/bin"
program() {
    { echo '#!/bin/sh'; cat; } >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}
program cmake </dev/null
program ssi <<'EOF'
case "$*" in
info*) echo '{"processor": "made up"}' ;;
"bench predict"*) for batch in 1 128 1024; do
    echo '{"group": "predict", "name": "network, batch '$batch'", "precision": "highest", "seconds": 2e-5}'
done ;;
"bench products"*) echo '{"group": "products", "name": "(1,1) @ (1,1)", "precision": "highest", "seconds": 1, "gflops": 9}' ;;
"bench limits"*) echo '{"group": "limits", "f32": 10, "medium": 20}' ;;
esac
EOF
program bench_bf16 </dev/null
program peer <<'EOF'
[ "$1" = predict ] || exit 0
echo "$@" >>"$0.called"
echo "what is no JSON is passed over"
echo '{"group": "predict", "name": "network, batch 128", "precision": "highest", "seconds": 6e-5, "version": "1.2"}'
EOF

# measure OPTION...: by those programs, without the modules of Python.
measure() {
    PATH="$work/bin:$PATH" "$python" -B -c '
import importlib.util, sys
from importlib.machinery import SourceFileLoader
loader = SourceFileLoader("compare", sys.argv[1])
compare = importlib.util.module_from_spec(importlib.util.spec_from_loader("compare", loader))
loader.exec_module(compare)
compare.PYTHON = "/bin/false"
sys.argv = sys.argv[1:]
sys.exit(compare.main())' "$project/bench/compare" --build "$work/bin" "$@"
}

# ends WITH OPTION...: what was said is in "$work/said".
ends() {
    with=$1 && shift
    code=0
    "$@" >"$work/printed" 2>"$work/said" || code=$?
    [ "$code" = "$with" ] || fail "$* ends with $code: $(cat "$work/printed" "$work/said")"
}
says() {
    grep -q -e "$1" "$work/said" || fail "it should say '$1': $(cat "$work/said")"
}

ends 0 measure predict --threads 1 2 --repeats 2 --peer "ggml=$work/bin/peer" --json --markdown "$work/table.md"
[ "$(cat "$work/bin/peer.called")" = "$(printf 'predict 1\npredict 1\npredict 2\npredict 2')" ] || fail "a peer has one turn after another, at each number of threads"
[ "$(grep -c '"peer": "ggml".*"ratio": 3.0*[,}]' "$work/printed")" = 2 ] || fail "a peer of one's own has its rows"
grep -q "Beside ggml 1.2" "$work/table.md" || fail "and its version in the table"
says "not measured: PyTorch (Debian's python3-torch brings it)"
if grep -q "not measured: ggml" "$work/said"; then fail "ggml is measured"; fi

# What cannot be judged is no success in silence.
ends 0 measure predict --threads 1 --repeats 1 --check
says "not judged: predict beside onnxruntime"
says "not measured: ggml (--ggml FOLDER says where it is)"

# A peer that fails, prints something else, or names a row that ssi has not: said, and the others go on.
echo 'echo broken >&2; exit 3' | program failing
echo 'echo "{\"group\": \"predict\", \"name\": \"network, batch 1\"}"' | program short
echo 'echo "{\"group\": \"predict\", \"name\": \"net\", \"precision\": \"highest\", \"seconds\": 1}"' | program other
ends 0 measure predict --threads 1 --repeats 1 --json --peer "a=$work/bin/failing" --peer "b=$work/bin/short" --peer "c=$work/bin/other" --peer "d=$work/bin/peer"
says "not measured: a .*failing predict 1 ended with 3"
says "broken"
says "a line has group, name, precision, and seconds above 0"
says "passed over: c's 'net', for ssi has no row of this name"
[ "$(grep -c '"peer"' "$work/printed")" = 1 ] || fail "the peer that works has its row"

# Interrupted: what was measured is there. (The peer interrupts who called it.)
printf '[ $1 = products ] && kill -INT $PPID && sleep 5\nexec %s "$@"\n' "$work/bin/peer" | program interrupting
ends 130 measure predict products --threads 1 --repeats 1 --json --peer "p=$work/bin/interrupting" --markdown "$work/kept.md"
says "interrupted, after 1 rows"
grep -q '"peer": "p"' "$work/printed" || fail "a row that was measured is printed"
[ "$(grep -c '^| predict' "$work/kept.md")" = 1 ] || fail "and in the table"

# Also while it is built, which is said without Python's words.
echo 'kill -INT $PPID && sleep 5' | program cmake
ends 130 measure predict --threads 1 --markdown "$work/none.md"
says "interrupted, after 0 rows"
if grep -q Traceback "$work/said" || [ -s "$work/none.md" ]; then fail "nothing was measured: $(cat "$work/said")"; fi
program cmake </dev/null

# Without ssi nothing can be compared; what was measured before stays, too.
program ssi <<'EOF'
case "$*" in
info*) echo '{"processor": "made up"}' ;;
"bench predict"*) echo '{"group": "predict", "name": "network, batch 128", "precision": "highest", "seconds": 2e-5}' ;;
*) echo "no memory" >&2; exit 1 ;;
esac
EOF
ends 1 measure predict products --threads 1 --repeats 1 --json --peer "p=$work/bin/peer" --markdown "$work/kept.md"
says "no memory"
[ "$(grep -c '^| predict' "$work/kept.md")" = 1 ] || fail "the table has what was measured"

# ---- wrong use, of which nothing is measured ----

refuses() {
    message=$1 && shift
    ends 2 compare "$@"
    says "$message"
}
refuses "'0' is not a whole number from 1 on" --threads 0
refuses "'abc' is not a whole number from 1 on" --threads abc
refuses "1000 threads; ssi has at most 256" --threads 1000
refuses "'0' is not a whole number" --repeats 0
refuses "'-1' is not a whole number" --epochs=-1
refuses "NAME=PROGRAM" --peer ggml
refuses "'ggml=/nowhere/ggml': NAME=PROGRAM" --peer ggml=/nowhere/ggml
refuses "there is no folder '/nowhere'" --onnxruntime /nowhere
refuses "there is no folder '/nowhere'" --ggml /nowhere
refuses "has no kautodiff.c" --kann "$work"
refuses "No such file" --rows /nowhere/rows
echo '{"group": "train"}' >"$work/short"
refuses "lines that --json has not printed" --rows "$work/short"
refuses "No such file" --rows "$work/met" --markdown /nowhere/table.md
