#!/bin/sh
# statements.sh QUERY_FOLDER OUT_FOLDER: makes statements.h (enum of names) and
# statements.c (their text and how many parameters they take) from one SQL file each, and
# what tells the schema that they are for: its version, and the digest of each script, as
# sqitch keeps it of what it deployed.
set -eu
mkdir -p "$2"
h="$2/statements.h.new" c="$2/statements.c.new"
{
    echo '/* Made from sql/query by cmake/statements.sh. */'
    echo '#ifndef GENERATED_STATEMENTS_H'
    echo '#define GENERATED_STATEMENTS_H'
    echo 'enum statement_id {'
    for f in "$1"/*.sql; do f=${f##*/} && printf '    Q_%s,\n' "${f%.sql}"; done
    echo '    Q_COUNT'
    echo '};'
    echo 'struct statement { const char *name, *text; int parameters; };'
    echo 'extern const struct statement statements[Q_COUNT + 1];'
    echo 'extern const char schema_needed[];      /* "1.0": the last tag of sql/sqitch.plan */'
    echo 'extern const char schema_scripts[];     /* "010_platform:<SHA-1 of its file> ...", in the order of the plan */'
    echo '#endif'
} > "$h"
scripts() {
    sed -n 's/^\([0-9a-z_]*\) .*/\1/p' "$1/../sqitch.plan" | while read -r name; do
        sum=$(sha1sum <"$1/../deploy/$name.sql")
        printf '%s:%s ' "$name" "${sum%% *}"
    done
}
{
    echo '/* A statement may be longer than the shortest string every compiler must take. */'
    echo '#pragma GCC diagnostic ignored "-Woverlength-strings"'
    echo '#include "statements.h"'
    echo 'const struct statement statements[Q_COUNT + 1] = {'
    awk '
        function ended() { if (name) printf "    , %d },\n", most }
        FNR == 1 { ended(); name = FILENAME; sub(".*/", "", name); sub("[.]sql$", "", name); most = 0; printf "    [Q_%s] = { \"%s\",\n", name, name }
        { for (left = $0; match(left, "[$][0-9]+"); left = substr(left, RSTART + RLENGTH)) { n = substr(left, RSTART + 1, RLENGTH - 1) + 0; if (n > most) most = n } }
        /^[[:space:]]*--/ || /^[[:space:]]*$/ { next }
        { gsub(/[\\"]/, "\\\\&"); printf "        \"%s\\n\"\n", $0 }
        END { ended() }' "$1"/*.sql
    echo '    { 0, 0, 0 }'
    echo '};'
    printf 'const char schema_needed[] = "%s";\n' "$(sed -n 's/^@v\([0-9]*\.[0-9]*\) .*/\1/p' "$1/../sqitch.plan" | tail -n 1)"
    printf 'const char schema_scripts[] = "%s";\n' "$(scripts "$1")"
} > "$c"
for f in statements.h statements.c; do
    if cmp -s "$2/$f.new" "$2/$f"; then rm "$2/$f.new"; touch "$2/$f"; else mv "$2/$f.new" "$2/$f"; fi
done
