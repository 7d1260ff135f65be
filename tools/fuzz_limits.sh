# SPDX-License-Identifier: Apache-2.0
# How large the corpus of one fuzz target may get: every clone carries it, and it is read each time.
corpus_octets=65536
corpus_files=200

octets_in() { find "$1" -type f -printf '%s\n' | awk '{sum += $1} END {print sum + 0}'; }
