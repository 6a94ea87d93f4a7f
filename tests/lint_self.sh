#!/bin/bash
# shellcheck disable=SC2001,SC2016
# Each fault that tests/lint must find, alone in an otherwise good tree: it must say which of its parts found it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
count=0 failed=0

if ! command -v clang-tidy-14 >/dev/null || ! command -v shellcheck >/dev/null || ! command -v clang-format-14 >/dev/null; then
    echo '1..0 # SKIP clang-format, clang-tidy or shellcheck is not installed'
    exit 0
fi

grow() { # a good tree
    rm -rf "${tree:?}"/*
    mkdir -p "$tree"/{core/{base,domain},api,plugins,tests,build}
    cp "$here"/../.clang-format "$here"/../.clang-tidy "$tree"
    printf '#include "core/base/a.h"\n\nint f(int *p)\n{\n    return p ? *p : 0;\n}\n' >"$tree/core/base/a.c"
    printf 'int f(int *p);\n' | tee "$tree/core/base/a.h" >"$tree/core/domain/rules.h"
    printf '#!/bin/sh\nls "$1"\n' >"$tree/tests/list"
    printf '[{"directory":"%s","file":"core/base/a.c","command":"clang-14 -std=gnu17 -I. -c core/base/a.c"}]' "$tree" >"$tree/build/compile_commands.json"
}

expect() { # part-or-none what file text
    local said status
    grow
    [ -z "$3" ] || printf '%b' "$4" >"$tree/$3"
    said=$("$here/lint" "$tree" build 2>&1)
    status=$?
    count=$((count + 1))
    if [ "$1" = none ] && [ "$status" = 0 ] && ! grep -q '^FOUND' <<<"$said"; then
        echo "ok $count - $2"
    elif [ "$1" != none ] && [ "$status" = 1 ] && [ "$(grep '^FOUND' <<<"$said")" = "FOUND    $1" ]; then
        echo "ok $count - $1 finds $2"
    else
        echo "not ok $count - $1: $2 (exit $status)"
        sed 's/^/# /' <<<"$said"
        failed=1
    fi
}

a='#include "core/base/a.h"\n\nint f(int *p)\n{\n'
expect none 'a good tree' '' ''
expect layout 'a tab' core/base/a.c "$a"'\treturn p ? *p : 0;\n}\n'
expect layout 'a brace on the wrong line' core/base/a.c '#include "core/base/a.h"\n\nint f(int *p) {\n    return p ? *p : 0;\n}\n'
expect includes 'an include against the arrows' core/base/a.h '#include "core/domain/rules.h"\n'
expect includes 'a double' core/base/a.h 'int f(int *p);\ndouble g(void);\n'
expect shell 'a word that splits' tests/list '#!/bin/sh\nls $1\n'
expect shell 'a fault in a part that is read by scripts' tests/part.sh 'rm -rf $1\n'
expect clang-tidy 'an unused parameter' core/base/a.c '#include "core/base/a.h"\n\nint f(int *p)\n{\n    return 0;\n}\n'
expect clang-tidy 'memory that is lost' core/base/a.c '#include "core/base/a.h"\n\n#include <stdlib.h>\n\nint f(int *p)\n{\n    int *q = malloc(sizeof *q);\n\n    return p && q ? *p : 0;\n}\n'
expect clang-tidy 'a semicolon after if' core/base/a.c "$a"'    if (p == 0)\n        ;\n    return *p;\n}\n'
expect clang-tidy 'a number that is not one' core/base/a.c '#include "core/base/a.h"\n\n#include <stdlib.h>\n\nint f(int *p)\n{\n    return p ? atoi("1") : 0;\n}\n'
echo "1..$count"
exit "$failed"
