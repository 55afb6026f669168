#!/usr/bin/env bash
# Makes the .dmg for Macs with Apple silicon, on such a Mac, into target/installers.
#
#   installers/macos.sh          the .dmg
#   installers/macos.sh image    only Palimpsest.app
#
# Needs a JDK 25, Maven and Xcode's command line tools. A window opens for some seconds while the start is recorded.
# The result is not signed: docs/installing.md says what people see then.
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"

[ "$(uname -s)" = Darwin ] || die "This makes a package for macOS; jpackage makes none for another system."
[ "$(uname -m)" = arm64 ] || die "ONNX Runtime has no library for Macs with Intel processors."
type=${1:-dmg}
case $type in image | dmg) ;; *) die "There is no package $type: image and dmg there are." ;; esac
build
installers image "$out"
if [ "$type" = dmg ]; then
    installers installer "$out"
fi
