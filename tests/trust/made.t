#!/bin/bash
# Logs and bundles that no server would make, each with one thing wrong: both verifiers find it, and nothing in the honest ones.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
T=$(mktemp -d /tmp/linli-made-XXXXXX)
trap 'rm -rf "$T"' EXIT
python3 "$here/tests/trust/made.py" "${LINLI:-$here/bin/linli}" "$T" "$@"
