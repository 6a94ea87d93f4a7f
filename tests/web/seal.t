#!/bin/bash
# The container a browser seals (web/assets/seal.mjs) in node's WebCrypto: the vectors, and what linli open reads.
command -v node >/dev/null || { echo "1..0 # SKIP there is no node"; exit 0; }
root=$(cd "$(dirname "$0")/../.." && pwd)
T=$(mktemp -d /tmp/linli-web-seal-XXXXXX)
trap 'rm -rf "$T"' EXIT
NODE_NO_WARNINGS=1 node "$root/tests/web/seal.mjs" "$T"
