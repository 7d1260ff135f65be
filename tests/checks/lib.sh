# SPDX-License-Identifier: Apache-2.0
# What the checks and their tests share.

# The project's files, below the folder given: what git knows or would add, or all if there is no git.
project_files() {
  if git -C "$1" rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git -C "$1" -c safe.directory='*' ls-files --cached --others --exclude-standard
  else
    (cd "$1" && find . -type f -not -path './.git/*' -not -path './build/*' -not -path '*/node_modules/*' | sed 's|^\./||')
  fi | sort | while IFS= read -r file; do
    # A file that was deleted but not yet committed is still listed.
    [[ ! -f $1/$file ]] || printf '%s\n' "$file"
  done
}

# expect_pass WHAT COMMAND…; expect_fail WHAT PATTERN COMMAND…: the second wants the pattern said.
expect_pass() {
  local what=$1 output
  shift
  if ! output=$("$@" 2>&1); then
    printf 'It should have %s, but:\n%s\n' "$what" "$output" >&2
    exit 1
  fi
}

expect_fail() {
  local what=$1 pattern=$2 output
  shift 2
  if output=$("$@" 2>&1); then
    printf 'It should have %s, but it passed.\n%s\n' "$what" "$output" >&2
    exit 1
  fi
  if ! grep -Eq -- "$pattern" <<<"$output"; then
    printf 'It should have %s and said "%s", but said:\n%s\n' "$what" "$pattern" "$output" >&2
    exit 1
  fi
}

scratch_folder() {
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
}
