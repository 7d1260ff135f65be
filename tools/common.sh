# SPDX-License-Identifier: Apache-2.0
# What ./run and ./test share: packages, builds, and how long a clean one takes.

# The names in the files given, one a line, without their comments.
packages_in() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@"; }

missing_packages() {
  comm -23 <(sort -u) \
    <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' | awk '$2 == "installed" {print $1}' | sort -u)
}

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo -- "$@"; fi
}

# install_missing FILE…: asks apt only for what dpkg does not have.
install_missing() {
  local missing
  mapfile -t missing < <(packages_in "$@" | missing_packages)
  [[ ${#missing[@]} -eq 0 ]] && return
  echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
    echo "That needs root. Run this as root, or install them yourself and start again." >&2
    return 1
  fi
  mkdir -p build
  as_root tools/install_packages "$PWD/build/ports_opened" "${missing[@]}"
}

duration() {
  if (($1 < 60)); then echo "$1 s"; else echo "$(($1 / 60)) min $(($1 % 60)) s"; fi
}

# build PRESET TARGET…: configures on first use, builds, and remembers what a clean build took.
# What SEALTONE_CONFIGURE holds, an argument a line, is given to cmake besides.
build() {
  local preset=$1 folder=build/$1 record=build/.last_clean_build began=$SECONDS clean=no
  shift
  mkdir -p build
  if [[ ! -e $folder/build.ninja ]]; then
    clean=yes
    local last
    last=$(awk -v preset="$preset" '$1 == preset {print $2}' "$record" 2>/dev/null || true)
    if [[ -n $last ]]; then
      echo "Building $preset from nothing; the last clean build here took $(duration "$last")."
    else
      echo "Building $preset from nothing; this takes minutes, once."
    fi
    local besides=()
    [[ -z ${SEALTONE_CONFIGURE:-} ]] || mapfile -t besides <<<"$SEALTONE_CONFIGURE"
    if ! cmake --preset "$preset" "${besides[@]}" >"$folder.log" 2>&1; then
      cat "$folder.log" >&2
      return 1
    fi
    rm -f "$folder.log"
  fi
  if ! cmake --build "$folder" -j "$(nproc)" --target "$@"; then
    # A first build that broke off is still a first build when it is taken up again.
    [[ $clean = no ]] || rm -f "$folder/build.ninja"
    return 1
  fi
  if [[ $clean = yes ]]; then
    { grep -v "^$preset " "$record" 2>/dev/null || true; echo "$preset $((SECONDS - began))"; } >"$record.new"
    mv "$record.new" "$record"
  fi
}
