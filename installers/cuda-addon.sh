#!/usr/bin/env bash
# Makes the add-on for GPUs from NVIDIA (Linux, x86-64): ONNX Runtime's CUDA code, 600 MB, which the program's package leaves out.
#
#   installers/cuda-addon.sh               .deb and .rpm that lie beside the program's
#   installers/cuda-addon.sh deb rpm tar   these; "tar" is for a program that was unpacked from a folder: unpack it there
#
# NVIDIA's own libraries (CUDA 12, cuDNN 9; 2 GB) are not in it: they come from the system's packages, or
# "palimpsest doctor --install-cuda" fetches them.
# shellcheck source=common.sh
source "$(dirname "$0")/common.sh"
# shellcheck source=packages.sh
source "$(dirname "$0")/packages.sh"

types=("$@")
[ ${#types[@]} -gt 0 ] || types=(deb rpm)
build
version=$(installers version)
tree=$out/cuda-tree
rm -rf "$tree"
mkdir -p "$tree/opt/palimpsest/lib/app"
installers cuda "$tree/opt/palimpsest/lib/app/natives"
for type in "${types[@]}"; do
    case $type in
        deb | rpm)
            fill "$root/installers/linux/copyright" "$tree/usr/share/doc/palimpsest-cuda/copyright"
            changelog "$tree/usr/share/doc/palimpsest-cuda"
            one_time "$tree/usr"
            ;;&
        deb) make_deb palimpsest-cuda "$root/installers/linux/control-cuda" "$tree" ;;
        rpm)
            make_rpm palimpsest-cuda "$tree" "Requires: palimpsest = ${version//-/\~}" \
                "Palimpsest on GPUs from NVIDIA" \
                "ONNX Runtime's CUDA code. It needs a driver for CUDA 12, CUDA 12 and cuDNN 9." \
                "/opt/palimpsest/lib/app/natives/*" /usr/share/doc/palimpsest-cuda
            ;;
        tar)
            tar --sort=name --owner=0 --group=0 --numeric-owner -C "$tree/opt/palimpsest" -cf - lib \
                | zstd -q -f -T0 -3 -o "$out/palimpsest-cuda-$version-linux-$(uname -m).tar.zst"
            ;;
        *) die "There is no package $type: deb, rpm and tar there are." ;;
    esac
done
rm -rf "$tree"
