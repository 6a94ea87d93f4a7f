#!/bin/bash
# docs/operate.md on an empty PostgreSQL: its commands are run as they stand, apart from who runs them and where the
# database is; systemctl is played by starting and stopping the server.  operate.t --write writes the answers anew.
# shellcheck disable=SC2154
export WITH_PG_EMPTY=1 WITH_PG_OPTIONS='-c max_connections=100 -c shared_buffers=64MB'
. "$(dirname "$0")/lib.sh"

systemctl() {
    case $* in
    'enable --now linli') start_server >&4 2>&4 ;;
    'reload linli') kill -HUP "$SERVER_PID" ;;
    'stop linli') stop_server ;;
    'start linli' | 'restart linli') stop_server; start_server >&4 2>&4 ;;
    *) return 1 ;;
    esac
}
setup() {
    exec 4>&1 # where the server says why it does not start
    export PRODUCTION=1 LINLI_BLOBS_FOLDER=$T/blobs LINLI_PLUGINS_STATE=$T/state PSQLRC=/dev/null
    mkdir -p "$T/blobs" "$T/state" "$T/bin" "$T/backups"
    ln -s "$LINLI" "$T/bin/linli"
    export LINLI_SHARE=$here LINLI_PLUGINS_FOLDERS=${LINLI_PLUGINS_FOLDERS:-$(dirname "$LINLI")/plugins}
    export PATH=$T/bin:$PATH
    unset -f linli
}
adapt() {
    sed -E -e 's/sudo (-u [a-z_]+ )?//g' \
        -e "s|postgresql:///linli\?user=postgres|postgresql:///linli?host=$WITH_PG_DIR\&user=postgres|g" \
        -e "s|/var/backups/linli|$T/backups|g" -e "s|/var/lib/linli|$T|g" -e "s|/usr/lib/linli/plugins|$LINLI_PLUGINS_FOLDERS|g" <<<"$1"
}
back() { sed -e "s|$T/backups|/var/backups/linli|g" -e "s|$T|/var/lib/linli|g"; }
walk docs/operate.md
