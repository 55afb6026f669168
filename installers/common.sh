# What linux.sh, macos.sh and cuda-addon.sh share: finds a JDK 25, builds the program. Sourced, not run.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
out=$root/target/installers
readonly root out

say() { printf 'installers: %s\n' "$*" >&2; }
die() { say "$@"; exit 1; }
need() { command -v "$1" >/dev/null || die "$1 was not found. $2"; }

# The launcher finds the JDK and builds what is missing or out of date.
build() {
    JAVA_HOME=$("$root/palimpsest" build)
    export JAVA_HOME
    [ -x "$JAVA_HOME/bin/jpackage" ] || die "$JAVA_HOME has no jpackage: a whole JDK 25 is needed."
}

# installers COMMAND [ARGUMENT…], see installers/build/Installers.java
installers() { (cd "$root" && "$JAVA_HOME/bin/java" installers/build/Installers.java "$@"); }
