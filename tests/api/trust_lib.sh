# Signers and witnesses as processes of their own, for tests that source lib.sh first.
#
#   signs NAME KIND [ARGUMENT...]   a key NAME.key of that kind and a process with it at NAME.sock, its state in NAME.state
#   signs_again NAME [ARGUMENT...]  the process once more, on the state it left
#   SIGNER[NAME]                    its id
declare -A SIGNER
signer_up() { # name argument...
    local i
    rm -f "$1.sock"
    "$LINLI" signer --key "$1.key" --state "$1.state" --socket "$1.sock" "${@:2}" 2>>"$1.err" &
    SIGNER[$1]=$!
    for ((i = 0; i < 100; i++)); do [ -S "$1.sock" ] && break; sleep 0.05; done
}
signs() {
    linli keygen "$2" "$1.key" --name "$1.example/linli" --plain >"$1.pub"
    signer_up "$1" --new "${@:3}"
}
# The log's signer, with a key of receipts.
signs_receipts() {
    linli keygen receipts receipts.key --name log.example/linli/receipts --plain >receipts.pub
    signs log log --receipts receipts.key
}
signs_again() { signer_up "$@"; }
trap 'kill "${SIGNER[@]}" 2>/dev/null; cleanup' EXIT
