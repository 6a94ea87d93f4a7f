#!/bin/bash
# Every header compiles alone; the SDK for plug-ins under gcc and clang, as C17 with GNU extensions and as C11 without.
# Usage: headers.sh SOURCE_DIR BINARY_DIR
set -u
cd "$1" || exit 2
generated=$2/generated

warnings=(-pedantic -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wundef -Werror)
read -ra libraries < <(pkg-config --cflags-only-I libpq jansson libmicrohttpd | sed 's/-I/-isystem /g')
failed=0

check() { # compiler standard header
    "$1" -std="$2" -fsyntax-only "${warnings[@]}" -D_GNU_SOURCE -I. -Iplugins/include -I"$generated" "${libraries[@]}" \
        -x c -include "$3" - <<<'extern int unit;' && return
    echo "$3 does not compile alone with $1 -std=$2" >&2
    failed=1
}

for compiler in gcc clang-14; do
    for header in plugins/include/linli/*.h; do
        for standard in c11 gnu17; do check "$compiler" "$standard" "${header#plugins/include/}"; done
    done
done
while read -r header; do
    check gcc gnu17 "$header"
done < <(find core api -name '*.h' | sort)
exit $failed
