# SPDX-License-Identifier: Apache-2.0
# The stages of ./test: each runs, is timed and counted, and at the end all of them are told.
ran=() unrun=() broken=() told=()

not_run() { unrun+=("$1"); }

# What the fuzz targets left to tell (tools/fuzz_one): new inputs, and those that end a program.
told_by_fuzzing() {
  local file
  for file in build/asan/fuzz/*.told; do
    [[ ! -s $file ]] || mapfile -t -O "${#told[@]}" told <"$file"
  done
}

# stage WHAT COMMAND…: a stage that fails does not keep the next ones from running.
stage() {
  local what=$1 began=$SECONDS failed
  shift
  failed=$(results | grep -c '^failed ' || true)
  printf '\n== %s\n' "$what"
  # In a condition bash would not stop at a failing command, so the stage gets a shell of its own.
  set +e
  (
    set -e
    "$@"
  )
  local status=$?
  set -e
  # A stage that broke without a failed test (a build, say) is one failure itself.
  if [[ $status -ne 0 && $(results | grep -c '^failed ' || true) -eq $failed ]]; then broken+=("$what"); fi
  told_as "$what" $status "$(duration $((SECONDS - began)))"
}

told_as() {  # WHAT STATUS HOW-LONG
  local outcome=ok
  [[ $2 -eq 0 ]] || outcome=FAILED
  ran+=("$(printf '%-38s %-7s %s' "$1" "$outcome" "$3")")
}

# beside WHAT COMMAND… starts a stage that takes no part in what is tested (a build) while the next
# ones run: at lowest priority, after those that were put beside earlier. finish WHAT waits for it,
# and tells it as if it had run only now. What is never finished ends with the script.
declare -A besides=()
last_beside=
count_beside=0

beside() {
  # Not by those that still run: one of them may have been finished.
  local what=$1 log=build/results/beside.$((++count_beside))
  shift
  # As a group of its own, so that all of it can be ended.
  set -m
  (
    trap - EXIT
    renice -n 19 "$BASHPID" >/dev/null
    # Not this shell's child, so that `wait` does not know it.
    [[ -z $last_beside ]] || tail --pid="$last_beside" -f /dev/null
    began=$SECONDS
    set +e
    (
      set -e
      "$@"
    )
    echo "$? $((SECONDS - began))" >"$log.ended"
  ) >"$log" 2>&1 </dev/null &
  last_beside=$!
  set +m
  besides[$what]="$last_beside $log"
  trap end_what_runs_beside EXIT
}

finish() {
  local what=$1 pid log status=1 took=0
  read -r pid log <<<"${besides[$what]}"
  unset "besides[$what]"
  printf '\n== %s (started beside the stages before)\n' "$what"
  wait "$pid" || true
  cat "$log"
  read -r status took <"$log.ended" || true
  [[ $status -eq 0 ]] || broken+=("$what")
  told_as "$what" "$status" "$(duration "$took"), beside others"
}

end_what_runs_beside() {
  local entry
  for entry in "${besides[@]}"; do kill -TERM -- "-${entry%% *}" 2>/dev/null || true; done
}

# tests_of PRESET CTEST-ARGUMENT…
tests_of() {
  local preset=$1 report
  shift
  report=$(mktemp -p build/results "$preset.XXXXXX.xml")
  local command=(ctest --test-dir "build/$preset" --output-on-failure --no-tests=error
    --output-junit "$PWD/$report" "$@")
  # ThreadSanitizer needs its shadow memory where a randomised layout may have put something else.
  if [[ $preset = tsan ]] && setarch -R true 2>/dev/null; then command=(setarch -R "${command[@]}"); fi
  "${command[@]}" | sed -u -e '/ Passed /d' -e '/^ *Start /d'
}

# One line for each test that ran: "passed NAME", "failed NAME" or "skipped NAME<tab>reason".
results() {
  find build/results -name '*.xml' -size +0 -exec cat {} + | awk '
    function text(s) {
      gsub(/&lt;/, "<", s); gsub(/&gt;/, ">", s); gsub(/&quot;/, "\"", s); gsub(/&amp;/, "\\&", s)
      return s
    }
    function attribute(name) {
      return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
    }
    /<testcase / { name = text(attribute("name")); status = attribute("status"); why = ""; next_is_why = 0 }
    next_is_why { why = why " " text($0); next_is_why = 0 }
    /: Skipped$/ { next_is_why = 1 }
    /skipped: / { why = text(substr($0, index($0, "skipped: ") + 9)) }
    /<\/testcase>/ {
      if (status == "run") print "passed " name
      else if (status == "fail") print "failed " name
      else print "skipped " name "\t" why
    }'
}

reason_in_list() { awk -v name="$1" '$1 == name {$1 = ""; print; exit}' tests/skips.txt; }

# Tells what ran and what did not, and ends the script.
summary() {
  local passed failed skipped line name why listed
  results >build/results/all.txt
  passed=$(grep -c '^passed ' build/results/all.txt || true)
  failed=$(grep -c '^failed ' build/results/all.txt || true)
  skipped=$(grep -c '^skipped ' build/results/all.txt || true)

  printf '\nWhat ran:\n'
  printf '  %s\n' "${ran[@]}"
  if [[ -s build/.last_clean_build ]]; then
    printf 'The last clean builds took:'
    while read -r name line; do printf ' %s %s;' "$name" "$(duration "$line")"; done <build/.last_clean_build
    echo
  fi
  [[ ${#unrun[@]} -eq 0 ]] || printf 'Not run: %s\n' "${unrun[@]}"
  [[ ${#told[@]} -eq 0 ]] || printf 'Fuzzing: %s\n' "${told[@]}"
  while IFS= read -r line; do
    name=${line#skipped } why=
    if [[ $name == *$'\t'* ]]; then why=${name#*$'\t'} name=${name%%$'\t'*}; fi
    listed=$(reason_in_list "$name")
    printf 'Skipped: %s:%s\n' "$name" "${why:-${listed:- no reason given}}"
    # The vendor note is never skipped; in continuous integration nothing is without a reason.
    if [[ $name = the_note_test ]] || [[ ${CI:-} = true && -z $listed ]]; then
      printf '  which is a failure here: tests/skips.txt does not allow it\n'
      broken+=("$name was skipped")
    fi
  done < <(grep '^skipped ' build/results/all.txt || true)
  sed -n 's/^failed /Failed: /p' build/results/all.txt
  [[ ${#broken[@]} -eq 0 ]] || printf 'Failed: %s\n' "${broken[@]}"
  failed=$((failed + ${#broken[@]}))
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  exit $((failed > 0))
}
