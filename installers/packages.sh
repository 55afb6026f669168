# Makes .deb and .rpm of a tree. Sourced by linux.sh and cuda-addon.sh, after common.sh; needs $version.
# shellcheck shell=bash
# shellcheck disable=SC2154

maintainer=${MAINTAINER:-Palimpsest <palimpsest@localhost>}

epoch() { date -u -d "$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' "$root/pom.xml")" "$@"; }
deb_arch() { case $(uname -m) in x86_64) echo amd64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac }

# fill TEMPLATE FILE [SIZE_KB]
fill() {
    mkdir -p "$(dirname "$2")"
    sed -e "s/@VERSION@/$version/g; s/@DATE@/$(epoch +%Y-%m-%d)/g; s/@DEB_ARCH@/$(deb_arch)/g" \
        -e "s/@MAINTAINER@/$maintainer/g; s/@SIZE_KB@/${3:-0}/g" "$1" >"$2"
    chmod 644 "$2"
}

# The same package from the same sources, whenever it is made.
one_time() { find "$1" -exec touch -h -d "$(epoch +%FT%TZ)" {} +; }

changelog() {
    mkdir -p "$1"
    {
        echo "palimpsest ($version) stable; urgency=medium"
        echo
        echo "  * See CHANGELOG.md in the sources."
        echo
        echo " -- $maintainer  $(epoch -R)"
    } | gzip -9n >"$1/changelog.gz"
}

# make_deb NAME CONTROL TREE
make_deb() {
    local name=$1 tree=$3 file
    file=$out/${name}_${version}_$(deb_arch).deb
    mkdir -p "$tree/DEBIAN"
    fill "$2" "$tree/DEBIAN/control" "$(du -sk --apparent-size "$tree" | cut -f1)"
    overrides "$name" "$tree"
    (cd "$tree" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
    find "$tree" -type d -exec chmod 755 {} +
    SOURCE_DATE_EPOCH=$(epoch +%s) dpkg-deb --root-owner-group "-Z${DEB_COMPRESSION:-zstd}" --build "$tree" "$file" >/dev/null
    rm -r "$tree/DEBIAN"
    say "$file"
}

# What a checker of Debian's own packages would say of every program that brings its runtime and lies in /opt.
overrides() {
    local tag folder=$2/usr/share/lintian/overrides
    mkdir -p "$folder"
    for tag in jar-not-in-usr-share unknown-java-class-version hardening-no-relro dir-or-file-in-opt embedded-library unstripped-binary-or-object hardening-no-fortify-functions \
        library-not-linked-against-libc shared-library-lacks-prerequisites custom-library-search-path \
        arch-dependent-file-in-usr-share no-manual-page sharedobject-in-library-directory-missing-soname; do
        echo "$1: $tag"
    done >"$folder/$1"
    one_time "$2/usr/share/lintian"
}

# make_rpm NAME TREE REQUIRES SUMMARY DESCRIPTION FILE…
make_rpm() {
    local name=$1 tree=$2 requires=$3 summary=$4 description=$5 spec=$out/work/$1.spec
    shift 5
    mkdir -p "$out/work"
    rm -rf "$tree/usr/share/lintian"
    awk -v name="$name" -v version="${version//-/\~}" -v summary="$summary" -v requires="$requires" \
        -v description="$description" -v tree="$tree" -v files="$(printf '%s\n' "$@")" '
        { gsub(/@NAME@/, name); gsub(/@RPM_VERSION@/, version); gsub(/@SUMMARY@/, summary); gsub(/@REQUIRES@/, requires);
          gsub(/@DESCRIPTION@/, description); gsub(/@TREE@/, tree); gsub(/@FILES@/, files); print }' \
        "$root/installers/linux/palimpsest.spec" >"$spec"
    SOURCE_DATE_EPOCH=$(epoch +%s) rpmbuild -bb --quiet --define "_topdir $out/work/rpm" --define "_rpmdir $out" \
        --define "_rpmfilename %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm" \
        --define "_buildhost localhost" --define "_dbpath $out/work/rpmdb" "$spec"
    rm -rf "$out/work/rpm"
    say "$out/$name-${version//-/\~}-1.$(uname -m).rpm"
}
