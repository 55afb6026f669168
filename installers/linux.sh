#!/usr/bin/env bash
# Makes the packages for Linux, from a checkout, into target/installers.
#
#   installers/linux.sh                    the folder, .deb and .rpm
#   installers/linux.sh image              only the folder with program and runtime (it runs from wherever it lies)
#   installers/linux.sh deb rpm tar        these; "tar" is the folder in one file
#   installers/linux.sh --keep-image …     with the folder that is there already
#
# Needs a JDK 25, Maven, dpkg-deb (package dpkg) for .deb, rpmbuild (package rpm) for .rpm, zstd for tar. With Xvfb or a
# display the start is recorded as a person sees it, else without a window.
# MAINTAINER="Name <address>" names who answers for the packages.
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
# shellcheck source=packages.sh
source "$(dirname "$0")/packages.sh"

keep=no
types=()
for argument in "$@"; do
    case $argument in
        --keep-image) keep=yes ;;
        image | deb | rpm | tar) types+=("$argument") ;;
        *) die "There is no package $argument: image, deb, rpm and tar there are." ;;
    esac
done
[ ${#types[@]} -gt 0 ] || types=(deb rpm)

image=$out/palimpsest

make_image() {
    local display=""
    if [ -z "${DISPLAY:-}" ] && command -v Xvfb >/dev/null; then
        exec {numbers}<> <(:)
        Xvfb -displayfd "$numbers" -screen 0 1280x800x24 >/dev/null 2>&1 &
        display=$!
        read -r -t 20 -u "$numbers" number && export DISPLAY=:$number
    fi
    installers image "$out"
    [ -z "$display" ] || kill "$display"
}

# The tree as it is installed: the folder in /opt, what the desktop reads in /usr/share.
make_tree() {
    local tree=$1 share=$1/usr/share icons=$root/installers/icons here=$root/installers/linux size
    rm -rf "$tree"
    mkdir -p "$tree/opt" "$tree/usr/bin"
    cp -a "$image" "$tree/opt/palimpsest"
    chmod -R u+w,go+r "$tree/opt/palimpsest"
    install -m 755 "$here/palimpsest.sh" "$tree/usr/bin/palimpsest"
    install -D -m 644 "$here/palimpsest.desktop" "$share/applications/palimpsest.desktop"
    install -D -m 644 "$here/palimpsest.xml" "$share/mime/packages/palimpsest.xml"
    fill "$here/org.palimpsest.Palimpsest.metainfo.xml" "$share/metainfo/org.palimpsest.Palimpsest.metainfo.xml"
    fill "$here/palimpsest.1" "$share/man/man1/palimpsest.1"
    gzip -9n "$share/man/man1/palimpsest.1"
    mkdir -p "$share/bash-completion/completions"
    "$image/bin/palimpsest-cli" completion | sed 1d >"$share/bash-completion/completions/palimpsest"
    for size in 16 24 32 48 64 128 256; do
        install -D -m 644 "$icons/palimpsest-$size.png" "$share/icons/hicolor/${size}x$size/apps/palimpsest.png"
        install -D -m 644 "$icons/project-file-$size.png" \
            "$share/icons/hicolor/${size}x$size/mimetypes/application-vnd.palimpsest.project.png"
    done
    install -D -m 644 "$icons/palimpsest.svg" "$share/icons/hicolor/scalable/apps/palimpsest.svg"
    install -D -m 644 "$icons/project-file.svg" \
        "$share/icons/hicolor/scalable/mimetypes/application-vnd.palimpsest.project.svg"
    fill "$here/copyright" "$share/doc/palimpsest/copyright"
    changelog "$share/doc/palimpsest"
    one_time "$tree/usr"
}

[ "$(uname -s)" = Linux ] || die "This makes packages for Linux; jpackage makes none for another system."
for type in "${types[@]}"; do
    case $type in
        deb) need dpkg-deb "Install the package dpkg." ;;
        rpm) need rpmbuild "Install the package rpm (Debian) or rpm-build (Fedora)." ;;
        tar) need zstd "Install the package zstd." ;;
    esac
done
build
version=$(installers version)
if [ $keep = no ] || [ ! -d "$image" ]; then make_image; fi
for type in "${types[@]}"; do
    case $type in
        deb)
            make_tree "$out/tree"
            make_deb palimpsest "$root/installers/linux/control" "$out/tree"
            ;;
        rpm)
            make_tree "$out/tree"
            make_rpm palimpsest "$out/tree" "Requires: gtk3, libGL.so.1()(64bit), libXxf86vm, libXtst, freetype, fontconfig, pango" \
                "Label images with PaliGemma, correct its answers, teach it your task" \
                "PaliGemma on your own computer: boxes, masks and texts that are corrected fast and exported to trainers." \
                /opt/palimpsest /usr/bin/palimpsest /usr/share/applications/palimpsest.desktop \
                /usr/share/mime/packages/palimpsest.xml /usr/share/metainfo/org.palimpsest.Palimpsest.metainfo.xml \
                /usr/share/man/man1/palimpsest.1.gz /usr/share/bash-completion/completions/palimpsest \
                "/usr/share/icons/hicolor/*/*/*palimpsest*" /usr/share/doc/palimpsest
            ;;
        tar)
            tar --sort=name --owner=0 --group=0 --numeric-owner -C "$out" -cf - palimpsest \
                | zstd -q -f -T0 -15 -o "$out/palimpsest-$version-linux-$(uname -m).tar.zst"
            ;;
        image) ;;
    esac
done
rm -rf "$out/tree"
find "$out" -maxdepth 1 -type f -printf 'installers: %f, %s bytes\n' | sort >&2
