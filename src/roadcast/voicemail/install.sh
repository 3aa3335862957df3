#!/bin/sh
# Put the messages of this bundle into an Asterisk: run on the phone system itself, as root or as its user.
#
#   install.sh spool [SPOOL]             messages into mailboxes (SPOOL defaults to /var/spool/asterisk)
#   install.sh calls [SPOOL] [SOUNDS]    the sound, then the call files; Asterisk calls at the time in their names
#
# Messages are numbered behind those that are there; nothing is ever overwritten; what is there already, and whoever
# was called already (outgoing_done), is left alone, so that it can be run again. A call whose time passed more than
# an hour ago is refused: its hours may be over. OWNER=user:group sets the owner (default: that of the spool).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
audio=$here/../../audio
what=${1:-}
spool=${2:-/var/spool/asterisk}
sounds=${3:-/var/lib/asterisk/sounds}

fail() { echo "install.sh: $*" >&2; exit 1; }

[ -d "$spool" ] || fail "$spool: no such folder; name the spool of this Asterisk (astspooldir in asterisk.conf)"
owner=${OWNER:-$(stat -c %u:%g "$spool")}

own() { chown "$owner" "$@" 2>/dev/null || [ "$(id -u)" != 0 ] || fail "cannot give $* to $owner"; }

# Put one file where nothing is: a second name for the finished copy, which fails if the name is taken.
place() {
    cp -- "$1" "$2.new$$"
    own "$2.new$$"
    ln -- "$2.new$$" "$2" || { rm -f -- "$2.new$$"; fail "$2 is there already; nothing was overwritten"; }
    rm -f -- "$2.new$$"
}

# The number behind the last message of any format, so that numbers stay contiguous.
next_number() {
    last=-1
    for file in "$1"/msg[0-9][0-9][0-9][0-9].*; do
        [ -e "$file" ] || continue
        number=${file##*/msg}
        number=${number%%.*}
        number=$(expr "$number" + 0) || true
        [ "$number" -le "$last" ] || last=$number
    done
    echo $((last + 1))
}

known() { grep -qsF "$(grep '^msg_id=' "$2")" "$1"/*/msg*.txt; }

# The caller hears when the message came: that is now.
dated() {
    sed -e "s/^origtime=.*/origtime=$(date -u +%s)/" \
        -e "s/^origdate=.*/origdate=$(LC_ALL=C date -u '+%a %b %d %I:%M:%S %p UTC %Y')/" "$1"
}

# The time in the name of a call file.
moment() { echo "$1" | sed -E 's/^(....)(..)(..)T(..)(..)(..)Z-.*/\1-\2-\3 \4:\5:\6 UTC/'; }

leave() {
    from=$1
    box=$2
    mkdir -p "$box/INBOX"
    own "$box/.." "$box" "$box/INBOX"
    for envelope in "$from"/msg*.txt; do
        if known "$box" "$envelope"; then
            echo "$box: has ${envelope##*/} already"
            continue
        fi
        number=$(next_number "$box/INBOX")
        [ "$number" -le 9999 ] || fail "$box: is full"
        target=$box/INBOX/msg$(printf %04d "$number")
        for sound in "${envelope%.txt}".*; do
            case $sound in
                *.txt) ;;
                *.wav49) place "$sound" "$target.WAV" ;; # the name that Asterisk gives to this format
                *) place "$sound" "$target.${sound##*.}" ;;
            esac
        done
        dated "$envelope" >"$target.dated$$"
        place "$target.dated$$" "$target.txt" # last: Asterisk counts these
        rm -f -- "$target.dated$$"
        echo "$target"
    done
}

case $what in
spool)
    for from in "$here"/spool/*/*; do
        [ -d "$from" ] || fail "this bundle has no mailboxes"
        context=${from%/*}
        leave "$from" "$spool/voicemail/${context##*/}/${from##*/}"
    done
    ;;
calls)
    [ -d "$here/calls" ] || fail "this bundle has no call files"
    for call in "$here"/calls/*.call; do
        late=$(($(date +%s) - $(date -d "$(moment "${call##*/}")" +%s)))
        [ "$late" -le 3600 ] || fail "${call##*/}: its time passed $((late / 60)) minutes ago; make the bundle again"
    done
    while read -r name source; do
        mkdir -p "$sounds/${name%/*}"
        for file in "$audio/$source".*; do
            target=$sounds/$name.${file##*.}
            [ -e "$target" ] || place "$file" "$target"
            cmp -s -- "$file" "$target" || fail "$target is there already and sounds different; move it away"
        done
    done <"$here/sounds.txt"
    mkdir -p "$spool/roadcast-new" # beside outgoing/, on the same file system: a rename is all that Asterisk sees
    for call in "$here"/calls/*.call; do
        name=${call##*/}
        [ ! -e "$spool/outgoing/$name" ] && [ ! -e "$spool/outgoing_done/$name" ] || continue
        cp -- "$call" "$spool/roadcast-new/$name"
        own "$spool/roadcast-new/$name"
        touch -d "$(moment "$name")" "$spool/roadcast-new/$name" # Asterisk waits for the time of the file
        mv -- "$spool/roadcast-new/$name" "$spool/outgoing/$name"
    done
    rmdir "$spool/roadcast-new"
    ;;
*)
    fail "say 'spool' or 'calls'; see the head of this file"
    ;;
esac
