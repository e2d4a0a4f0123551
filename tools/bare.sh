# bare.sh - a bare Debian 12 in a folder, for tools/bare-check and tools/classroom: sourced, not run. As root; needs debootstrap and the network.

# bare_tar FOLDER: makes FOLDER/debian-12.tar once, from debootstrap's usual mirror or SSI_MIRROR.
bare_tar() {
    [ -e "$1/debian-12.tar" ] && return 0
    echo "making a bare Debian 12" >&2
    mkdir -p "$1"
    rm -rf "$1/new"
    debootstrap --variant=minbase bookworm "$1/new" ${SSI_MIRROR:+"$SSI_MIRROR"} >"$1/debootstrap.log"
    tar -C "$1/new" -cf "$1/debian-12.tar.part" .
    mv "$1/debian-12.tar.part" "$1/debian-12.tar"
    rm -rf "$1/new"
}

# bare_leave ROOT: takes down what bare_enter put up.
bare_leave() {
    for place in dev/pts dev proc; do
        ! mountpoint -q "$1/$place" || umount "$1/$place"
    done
}

# bare_enter ROOT: /proc, /dev and terminals, and the network as this machine reaches it.
bare_enter() {
    mount -t proc proc "$1/proc"
    mount --bind /dev "$1/dev"
    mount --bind /dev/pts "$1/dev/pts" # a terminal of its own needs it
    cp /etc/resolv.conf "$1/etc/resolv.conf"
    [ ! -d /etc/apt/apt.conf.d ] || grep -rhs '^Acquire::http' /etc/apt/apt.conf.d >"$1/etc/apt/apt.conf.d/90bare" || :
}

# bare_unpack FOLDER ROOT: ROOT is a fresh copy.
bare_unpack() {
    bare_leave "$2"
    rm -rf "$2"
    mkdir -p "$2"
    tar -C "$2" -xf "$1/debian-12.tar"
}

# bare_run ROOT COMMAND: by a shell in there, with nothing of this machine's environment but what is named.
bare_run() {
    env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        ${SSI_FUZZ_SECONDS:+SSI_FUZZ_SECONDS="$SSI_FUZZ_SECONDS"} chroot "$1" sh -c "$2" </dev/null
}
