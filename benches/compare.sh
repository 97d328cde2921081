#!/usr/bin/env bash
# What a user waits for: edustat beside a regular expression in Python and beside ripgrep.
#
# usage: benches/compare.sh [RUNS]
#
# Builds its corpora under target/compare: `dense`, the seeds copied to 5,000 files, and, where
# ../shared/bulk is present, `bulk`, its 300 reports copied tenfold. Runs each command RUNS times (5) in
# turn, with the output to /dev/null, and prints medians in seconds and their ratios. What is not installed
# (rg, python3, ../shared/bench/naive_regex.py) is left out, and said.
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${1:-5}
edustat=target/release/edustat
naive=../shared/bench/naive_regex.py
bulk=../shared/bulk/gov_reports_300.tar.xz
pattern='[0-9]+(\.[0-9]+)?余?(万|亿)?余?(所|人|名|个|项|元|%|个百分点|平方米)'
here=target/compare

cargo build --release --locked --quiet
mkdir -p "$here"

# copies FROM TO TIMES: every file of a folder so many times, in one folder.
copies() {
  [[ -e $2/.complete ]] && return
  mkdir -p "$2"
  for ((i = 0; i < $3; i++)); do
    for file in "$1"/*.txt; do cp "$file" "$2/$(printf %04d "$i")-${file##*/}"; done
  done
  touch "$2/.complete"
}

# seconds COMMAND...: the wall time of one run.
seconds() {
  local TIMEFORMAT=%3R
  { time "$@" >/dev/null 2>&1; } 2>&1
}

median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

# peak COMMAND...: the most memory that it held, in KiB.
peak() {
  python3 - "$@" <<'PY'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
PY
}

declare -A command=(
  [one]="$edustat extract -j 1 -f csv" [two]="$edustat extract -j 2 -f csv"
  [naive]="python3 $naive" [rg]="rg -o $pattern"
)
contestants=(one two)
if [[ -e $naive ]]; then contestants+=(naive); else echo "left out: $naive is not here"; fi
if command -v rg >/dev/null; then contestants+=(rg); else echo "left out: rg is not installed"; fi

# compare CORPUS: all contestants in turn, so that a busy moment hits each alike.
compare() {
  local size who of
  size=$(cat "$here/$1"/*.txt | wc -c)
  declare -A times=() middle=()
  for ((run = 0; run < runs; run++)); do
    for who in "${contestants[@]}"; do
      # shellcheck disable=SC2086 # a command and its arguments
      times[$who]+="$(seconds ${command[$who]} "$here/$1")"$'\n'
    done
  done
  echo "$1: $(find "$here/$1" -name '*.txt' | wc -l) files, $((size / 1000000)) MB, medians of $runs runs"
  for who in "${contestants[@]}"; do
    middle[$who]=$(printf %s "${times[$who]}" | median)
    awk -v who="$who" -v s="${middle[$who]}" -v b="$size" \
      'BEGIN { printf "  %-6s %7.3f s %7.1f MB/s\n", who, s, b / s / 1e6 }'
  done
  for of in naive rg; do
    [[ -n ${middle[$of]:-} ]] || continue
    for who in one two; do
      awk -v w="$who" -v o="$of" -v a="${middle[$who]}" -v b="${middle[$of]}" \
        'BEGIN { printf "  %s / %-5s %6.2f\n", w, o, a / b }'
    done
  done
  awk -v a="${middle[one]}" -v b="${middle[two]}" 'BEGIN { printf "  one / two   %6.2f\n", a / b }'
}

copies seeds "$here/dense" 1000
compare dense
if [[ -e $bulk ]]; then
  reports=$here/reports
  [[ -d $reports ]] || { mkdir "$reports" && tar -xJf "$bulk" -C "$reports"; }
  copies "$reports" "$here/bulk" 10
  compare bulk
  echo "growth: medians of $runs runs with one thread, and each by the first"
  first=
  for times in 1 2 4 8; do
    copies "$reports" "$here/bulk$times" "$times"
    took=$(for ((run = 0; run < runs; run++)); do
      seconds $edustat extract -j 1 -f csv "$here/bulk$times"
    done | median)
    first=${first:-$took}
    awk -v n="$times" -v s="$took" -v f="$first" 'BEGIN { printf "  %dx %7.3f s %6.2f\n", n, s, s / f }'
  done
fi
echo "one file made longer: medians of $runs runs with one thread, and each by the first"
first=
for times in 1 2 4 8; do
  [[ -e $here/long$times.txt ]] || for ((i = 0; i < 100 * times; i++)); do cat seeds/*.txt; done >"$here/long$times.txt"
  took=$(for ((run = 0; run < runs; run++)); do
    seconds $edustat extract -j 1 -f csv "$here/long$times.txt"
  done | median)
  first=${first:-$took}
  awk -v n="$times" -v s="$took" -v f="$first" 'BEGIN { printf "  %dx %7.3f s %6.2f\n", n, s, s / f }'
done
echo "start-up: medians of 21 runs over the seeds"
for who in one rg; do
  [[ $who == rg ]] && { command -v rg >/dev/null || continue; }
  what=${command[one]}
  [[ $who == rg ]] && what='rg -c [0-9]'
  took=$(for ((run = 0; run < 21; run++)); do
    # shellcheck disable=SC2086
    seconds $what seeds
  done | median)
  echo "  $who $took s"
done
if command -v python3 >/dev/null; then
  echo "memory: peak in MiB"
  for corpus in seeds "$here/dense" "$here/bulk" "$here/long8.txt"; do
    [[ -e $corpus ]] || continue
    for jobs in 1 2; do
      kib=$(peak $edustat extract -j $jobs -f csv "$corpus")
      echo "  $corpus, $jobs thread(s): $((kib / 1024))"
    done
  done
fi
