#!/bin/sh
# fuzz.sh SECONDS [TARGET…]
# Runs the fuzzers that `make fuzz` built, one after the other: each for SECONDS, on one core, at low priority. Starts
# from tests/fuzz/seeds and from what is shipped, cut into pieces; what it learns stays in build/fuzz/corpus. A finding
# lies in build/fuzz/findings and ends the run: mend it, and move the file to tests/fuzz/seeds/<target>.
set -eu
cd "$(dirname "$0")/.."

seconds=$1
shift
[ $# -gt 0 ] || set -- expression definitions plan schema cases saved_state cin_census csv_table arrow_import
build=build/fuzz

mkdir -p "$build/findings"
"$build/tests/fuzz/make_seeds" "$build/shipped"
export UBSAN_OPTIONS=print_stacktrace=1

for target in "$@"; do
    mkdir -p "$build/corpus/$target" "$build/shipped/$target"
    dictionary=tests/fuzz/dictionaries/$target.dict
    [ -f "$dictionary" ] || dictionary=tests/fuzz/dictionaries/json.dict
    echo "Fuzzing $target for $seconds seconds"
    nice -n 19 "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
        -max_len=20000 -dict="$dictionary" -artifact_prefix="$build/findings/${target}_" -print_final_stats=1 \
        -verbosity=0 "$build/corpus/$target" "tests/fuzz/seeds/$target" "$build/shipped/$target"
done
