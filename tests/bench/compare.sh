#!/bin/sh
# compare.sh PROJECT PYTHON BUILD - what bench/compare makes of rows that were measured before: an object for each, and exit 1 if one misses what is asked.
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
