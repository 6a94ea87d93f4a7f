#!/bin/bash
# The page of a bid whose bidders keep a key (web/assets/bid.mjs): nothing is sent before it was saved.
command -v node >/dev/null || { echo "1..0 # SKIP there is no node"; exit 0; }
root=$(cd "$(dirname "$0")/../.." && pwd)
T=$(mktemp -d /tmp/linli-web-page-XXXXXX)
trap 'rm -rf "$T"' EXIT
NODE_NO_WARNINGS=1 node "$root/tests/web/seal_page.mjs" "$T"
