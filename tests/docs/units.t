#!/bin/bash
# The units of config/systemd are what systemd takes without a word.
cd "$(dirname "$0")/../.." || exit 2
if ! command -v systemd-analyze >/dev/null; then echo '1..0 # SKIP systemd-analyze is not installed'; exit 0; fi
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
n=0 failed=0
for unit in config/systemd/*; do
    # The program is looked for where it will be installed; here something else stands for it.
    sed -E 's|/usr/bin/linli(-portal)?|/bin/true|g' "$unit" >"$T/${unit##*/}"
done
for unit in config/systemd/*; do
    n=$((n + 1))
    said=$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no "$T/${unit##*/}" 2>&1 | grep -F "${unit##*/}")
    if [ -z "$said" ]; then echo "ok $n - $unit"; else echo "not ok $n - $unit"; printf '# %s\n' "$said"; failed=1; fi
done
echo "1..$n"
exit $failed
