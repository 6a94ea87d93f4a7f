#!/bin/bash
# The tour of README.md: every command, every answer.  tour.t --write writes the answers anew.
. "$(dirname "$0")/lib.sh"
# As ./dev up leaves it: with a signer of the log and of receipts beside the server.
eval "$(declare -f setup | sed '1s/setup/loaded/')"
setup() {
    local keys=$T/trust
    mkdir -m 700 "$keys"
    linli keygen log "$keys/log.key" --name linli.example/log --plain >"$keys/log.pub"
    linli keygen opener "$keys/k0.key" --name office --plain >"$keys/k0.pub"
    linli keygen receipts "$keys/receipts.key" --name linli.example/log/receipts --plain >"$keys/receipts.pub"
    "$LINLI" signer --key "$keys/log.key" --receipts "$keys/receipts.key" --opener "$keys/k0.key" --state "$keys/signed" --sandbox --new \
        --socket "$keys/socket" >"$T/signer.log" 2>&1 &
    SIGNER_PID=$!
    trap 'kill "$SIGNER_PID" 2>/dev/null; cleanup' EXIT
    LINLI_TRUST_LOG_KEY=$(cat "$keys/log.pub") LINLI_TRUST_RECEIPTS_KEY=$(cat "$keys/receipts.pub")
    export LINLI_TRUST_LOG_KEY LINLI_TRUST_RECEIPTS_KEY LINLI_TRUST_SIGNER=$keys/socket LINLI_TRUST_FOLDER=$T/log
    loaded
}
walk README.md
