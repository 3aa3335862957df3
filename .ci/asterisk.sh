#!/bin/sh
# Get a real Asterisk for the tests without installing it and without root.
#
#   .ci/asterisk.sh DIR     download the packages from this machine's own Debian mirror and unpack them below DIR
#
# Debian 12 has no package of Asterisk, Debian 11 has; apt checks its signatures. It is run from DIR/root inside a
# network namespace of its own (tests/real/asterisk/laboratory.py). Exit code 3: packages are out of reach.
set -eu
[ $# = 1 ] || { echo "usage: $0 DIR" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
[ ! -x "$dir/root/usr/sbin/asterisk" ] || { echo "$dir/root: is there already"; exit 0; }

out_of_reach() { echo "asterisk.sh: $*: packages are out of reach" >&2; exit 3; }
command -v apt-get >/dev/null || out_of_reach "no apt-get"
keys=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$keys" ] || out_of_reach "no $keys"
mirror=$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -n 1 | tr -d ' ')
[ -n "$mirror" ] || out_of_reach "no Debian mirror in /etc/apt"

mkdir -p "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial" "$dir/debs"
echo "deb [signed-by=$keys] $mirror bullseye main" >"$dir/apt/sources.list"
apt() {
    apt-get -qq -o Dir::Etc::sourcelist="$dir/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::Lists="$dir/apt/lists" -o Dir::Cache="$dir/apt/cache" \
        -o Acquire::Check-Valid-Until=false -o Acquire::http::Timeout=30 -o APT::Sandbox::User=root "$@"
}
apt update >&2 || out_of_reach "apt-get update failed"
(
    cd "$dir/debs"
    apt download asterisk/bullseye asterisk-modules/bullseye asterisk-voicemail/bullseye \
        asterisk-core-sounds-en-gsm/bullseye libssl1.1/bullseye liburiparser1/bullseye libsrtp2-1/bullseye
) >&2 || out_of_reach "apt-get download failed"
mkdir "$dir/unpacked"
for package in "$dir"/debs/*.deb; do dpkg -x "$package" "$dir/unpacked"; done
ln -sfn en_US_f_Allison "$dir/unpacked/usr/share/asterisk/sounds/en"
mv "$dir/unpacked" "$dir/root" # the last step: what is there is whole
echo "$dir/root"
