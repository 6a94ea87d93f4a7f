#!/bin/bash
# What the documents name is there: links, commands and their options, settings, addresses of the API, roles, plug-ins; and no
# text names what is no part of the project.  Prints TAP.
# shellcheck disable=SC2016
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$here" || exit 2
LINLI=${LINLI:-$here/bin/linli}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tests=0 failures=0
none() { # NAME FOUND
    tests=$((tests + 1))
    if [ -z "$2" ]; then echo "ok $tests - $1"; else
        failures=$((failures + 1))
        echo "not ok $tests - $1"
        printf '%s\n' "$2" | sed 's/^/#   /'
    fi
}
mapfile -t pages < <(git ls-files -- '*.md')

broken_links() {
    local page target
    for page in "${pages[@]}"; do
        while IFS= read -r target; do
            case $target in http://* | https://* | mailto:* | '#'*) continue ;; esac
            [ -e "$(dirname "$page")/${target%%#*}" ] || echo "$page: $target"
        done < <(grep -oE '\]\([^)[:space:]]+\)' "$page" | sed 's/^](//;s/)$//')
    done
}
none 'every link between the pages leads somewhere' "$(broken_links)"

# Files named in running text: `docs/x.md`, `tests/...`, `config/...` and the like.
lost_files() {
    local page file
    for page in "${pages[@]}"; do
        while IFS= read -r file; do
            [ -e "${file%/}" ] || [ -e "$(dirname "$page")/$file" ] || echo "$page: $file"
        done < <(grep -oE '`(api|cmake|config|core|docs|plugins|sql|tests)/[A-Za-z0-9_./-]+`' "$page" | tr -d '`' | sort -u | grep -vxF "$(sed -nE 's/^PROBLEM\("([^"]*)".*/\1/p' core/base/problems.def)")
    done
}
none 'every file they name is there' "$(lost_files)"

commands=$(sed -nE 's/^COMMAND\(([a-z]+),.*/\1/p' api/commands.def)
unknown_commands() {
    local name option help
    while read -r name; do grep -qx "$name" <<<"$commands" || echo "linli $name"; done \
        < <(grep -ohE '(`|^\$ |^    |linli |sudo |exec )(bin/)?linli [a-z]+' "${pages[@]}" | grep -oE 'linli [a-z]+$' | cut -d' ' -f2 | sort -u)
    while read -r name option; do
        help=$("$LINLI" "$name" --help 2>/dev/null)
        [[ $help = *"$option"* || $option = --help || $option = --version ]] || echo "linli $name $option"
    done < <(grep -ohE 'linli [a-z]+ [^`|;&]*' "${pages[@]}" | while read -r _ name rest; do
        grep -qx "$name" <<<"$commands" || continue
        grep -oE -- '(^| )--[a-z-]+' <<<"$rest" | tr -d ' ' | sed "s/^/$name /"
    done | sort -u)
}
none 'every command and option of linli is there' "$(unknown_commands)"
none 'every command of ./dev is there' "$(grep -ohE '\./dev [a-z]+' "${pages[@]}" | cut -d' ' -f2 | sort -u |
    while read -r name; do ./dev --help | grep -qE "^  $name( |$)" || [ "$name" = alone ] || echo "./dev $name"; done)"

keys=$(sed -nE 's/^(TEXT|NUMBER|SWITCH)\(([a-z]+), ([a-z_]+),.*/\2.\3/p' core/base/config.def)
none 'every setting is there' "$({
    grep -ohE -- '--set [a-z]+\.[a-z_]+' "${pages[@]}" | cut -d' ' -f2
    grep -ohE '`\[?(server|database|plugins|blobs|limits|log|data)\]?[. ][a-z_]+`' "${pages[@]}" | tr -d '`[]' | tr ' ' .
} | sort -u | grep -vE '^server\.(ready|stop)$' | while read -r key; do grep -qx "$key" <<<"$keys" || echo "$key"; done)"

# A piece of linli.conf can be copied as it stands, but for keys that are cut short.
sections=$(sed -nE 's/^(TEXT|NUMBER|SWITCH)\(([a-z]+),.*/[\2]/p' core/base/config.def | sort -u)
none 'every piece of linli.conf is read' "$(for page in "${pages[@]}"; do
    awk -v sections="$sections" 'BEGIN { split(sections, s, "\n"); for (i in s) known[s[i]] = 1 }
        /^```ini/ { getline; taken = $0 in known } /^```/ { taken = 0 } taken' "$page" >"$work/piece"
    [ ! -s "$work/piece" ] || "$LINLI" serve --config "$work/piece" --print-config 2>&1 >/dev/null | grep -v 'this is no public key' | sed "s|^|$page: |"
done)"

routes=$(sed -nE -e 's/^(LOOP|READ)\([a-z_]+, "([^"]+)".*/GET \2/p' \
    -e 's/^(ACT|SPECIAL|DIRECT)\([a-z_]+, ([A-Z]+), "([^"]+)".*/\2 \3/p' api/routes.def | sed 's|/api/v1||')
none 'every address of the API is there' "$(grep -oE '`?(GET|POST|PUT|PATCH|DELETE) /[A-Za-z0-9_/{}.-]+' "${pages[@]}" | tr -d '`' | sed 's|/api/v1||; s|[.,]$||' | sort -u |
    while IFS=: read -r page route; do
        case $route in *'/...'* | *' /blobs/'*) continue ;; esac
        grep -qxF "$route" <<<"$routes" || echo "$page: $route"
    done)"

none 'every plug-in and role of the glossary is there' "$(sed -n '/^## 角色/,$p' docs/glossary.md | grep -oE '^\| `[a-z_]+`' | tr -d '|` ' |
    while read -r word; do
        [ -d "plugins/mechanisms/$word" ] || [ -d "plugins/schemes/$word" ] || grep -rqF "(\"$word\"," plugins/schemes || grep -qw "$word" core/domain/roles.def || echo "$word"
    done)"
none 'every plug-in is in the glossary and the change log' "$(for plugin in plugins/mechanisms/* plugins/schemes/*; do
    for page in docs/glossary.md CHANGELOG.md; do grep -q "\`${plugin##*/}\`" "$page" || echo "$page: ${plugin##*/}"; done
done)"
none 'no text names the machine it was written on' "$(git grep -nIE "/(wo""rk|tmp/w)/|/ro""ot/|/ho""me/[a-z]" -- . ':!LICENSE' | cut -c1-160)"
none 'nothing is left to do in a comment' "$(git grep -nIwE "TO""DO|FIX""ME|X""XX" -- . ':!tests/data' | grep -v 'mktemp\|# TO''DO/\|TO''DO left\|XXXXXX' | cut -c1-160)"
echo "1..$tests"
[ "$failures" = 0 ]
