#!/bin/bash
# Each fault that arch.sh must refuse, alone in an otherwise good tree.
set -u
arch=$(cd "$(dirname "$0")" && pwd)/arch.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

grow() { # a good tree
    rm -rf "${tree:?}"/*
    mkdir -p "$tree"/{core/{base,domain,host,json,store,service},api,web,tests,plugins/{include/linli,mechanisms/m,schemes/s}}
    printf '#include <string.h>\n/* a float, dlopen() and time() in words */\nint f(void)\n{\n    return 0;\n}\n' >"$tree/core/base/a.c"
    printf '#include "core/base/err.h"\n' >"$tree/core/domain/rules.h"
}

expect() { # status what file text
    grow
    [[ -n $3 ]] && printf '%b' "${4//%%/%}" >"$tree/$3"
    "$arch" "$tree" >/dev/null 2>&1
    local got=$?
    [[ $got -eq $1 ]] || { echo "arch.sh gave $got, not $1: $2"; failed=1; }
}

expect 0 'a good tree' '' ''
expect 1 'base includes domain' core/base/b.c '#include "core/domain/rules.h"\n'
expect 1 'domain includes the store' core/domain/b.c '#include "core/store/store.h"\n'
expect 1 'domain includes the host' core/domain/b.c '#include "core/host/options.h"\n'
expect 0 'the rule sets include the reader' core/domain/rules.c '#include "core/host/options.h"\n'
expect 1 'the rule sets include the host' core/domain/rules.c '#include "core/host/host.h"\n'
expect 1 'host includes service' core/host/b.c '#include "core/service/act.h"\n'
expect 1 'service includes api' core/service/b.c '#include "api/routes.h"\n'
expect 1 'service includes jansson' core/service/b.c '#include <jansson.h>\n'
expect 0 'json includes jansson' core/json/b.c '#  include <jansson.h>\n'
expect 1 'base includes jansson' core/base/b.h '#include <jansson.h>\n'
expect 1 'api includes libpq' api/b.c '#include <libpq-fe.h>\n'
expect 0 'store includes libpq' core/store/b.c '#include <libpq-fe.h>\n'
expect 1 'core includes microhttpd' core/service/b.c '#include <microhttpd.h>\n'
expect 0 'api includes microhttpd' api/b.c '#include <microhttpd.h>\n'
expect 1 'a plug-in includes stdio' plugins/schemes/s/plugin.c '#include <stdio.h>\n'
expect 1 'a plug-in includes the core' plugins/mechanisms/m/plugin.c '#include "core/base/text.h"\n'
expect 0 'a plug-in includes the SDK' plugins/mechanisms/m/plugin.c '#include <string.h>\n#include "linli/math.h"\n#include <gmp.h>\n'
expect 1 'the SDK includes stdlib' plugins/include/linli/b.h '#include <stdlib.h>\n'
expect 1 'a double' core/host/b.c 'static double share;\n'
expect 1 'a float in a plug-in' plugins/schemes/s/plugin.c 'static float share;\n'
expect 1 'another clock' core/service/b.c 'long f(void)\n{\n    return time(0);\n}\n'
expect 1 'another loader' core/host/b.c 'void *f(void)\n{\n    return dlopen("", 0);\n}\n'
expect 0 'the loader' core/host/loader.c '#include <dlfcn.h>\nvoid *f(void)\n{\n    return dlopen("", 0);\n}\n'
expect 0 '70 lines' core/base/b.c "int f(void)\n{\n$(printf '    g();\\n%.0s' {1..70})}\n"
expect 1 '71 lines' core/base/b.c "int f(void)\n{\n$(printf '    g();\\n%.0s' {1..71})}\n"
expect 0 'a tag of ours' core/base/b.c 'static const char tag[] = "linli/subject/v1";\n'
expect 1 "somebody else's tag" core/base/b.c 'static const char tag[] = "lin/subject/v1";\n'
expect 1 'a tag without a name' core/base/b.c 'static const char bid_tag[] = "subject";\n'
expect 1 'what is hashed under no name' core/base/b.c 'int f(void)\n{\n    tagged_hash("cek-commit", 0, 0, 0);\n}\n'
expect 1 'what is hashed under a name from elsewhere' core/base/b.c 'int f(void)\n{\n    tagged_hash(name, 0, 0, 0);\n}\n'
expect 0 "a public format's own" core/base/b.c 'static const char *what = "c2sp.org/tlog-proof@v1";\n'
exit $failed
