#!/bin/bash
# Refuses includes against the arrows of docs/architecture.md, functions over 70
# lines, floating point, a second reader of the clock, and what is hashed or signed under a name that is not ours.
# Usage: arch.sh [--includes] [SOURCE_DIR]; with --includes only the arrows, as every build asks.
set -u
only=''
[ "${1:-}" != --includes ] || { only=includes; shift; }
cd "${1:-$(dirname "$0")/..}" || exit 2

lines_max=70

# folder: what its files may include of ours, as prefixes; the longest folder that fits a file counts.
arrows='
core/base            core/base/
core/json            core/base/ core/json/
core/store           core/base/ core/json/ core/store/ statements.h
core/domain          core/base/ core/domain/ linli/
core/host            core/base/ core/json/ core/domain/ core/host/ linli/
core/money           core/base/ core/json/ core/domain/ core/store/ core/money/
core/trust           core/base/ core/json/ core/domain/ core/store/ core/trust/ linli/
core/service         core/ linli/ statements.h
api                  core/ api/ linli/ statements.h
web                  core/base/ core/money/table.h web/
plugins/include      linli/ stdbool.h stddef.h stdint.h string.h
plugins/sdk          core/base/ core/trust/ linli/ sodium.h stdlib.h string.h
plugins/mechanisms   linli/ string.h gmp.h
plugins/schemes      linli/ string.h gmp.h
'
# The rule sets are read by the one reader of what comes in.
exceptions='
core/domain/rules.c      core/host/options.h
core/domain/rules_row.h  core/host/options.h
core/domain/rule_book.c  core/json/line.h
'
# A header of a library: where alone it may be included (paths, as shell patterns).
libraries='
microhttpd.h  api/* web/http.c
libpq-fe.h    core/store/*
jansson.h     core/json/* core/host/options* core/host/form* core/host/facts* web/*
dlfcn.h       core/host/loader.c
curl/curl.h   api/cli/client.c web/ask.c web/main.c
expat.h       core/money/bank_read.c core/base/xlsx.c
csv.h         core/money/bank_csv.c web/office_import.c
xlsxwriter.h  core/money/table.c
gmp.h         plugins/mechanisms/* plugins/schemes/*
zlib.h        web/http.c
'

faults=0
refuse() { echo "$1" >&2; faults=$((faults + 1)); }

fits() { # path pattern...
    local path=$1 pattern; shift
    # shellcheck disable=SC2254
    for pattern in "$@"; do case $path in $pattern) return 0 ;; esac; done
    return 1
}

allowed_of() { # file: the prefixes of the longest folder it lies in, and its exceptions
    local file=$1 folder rest more best=0
    allowed=()
    while read -r folder rest; do
        [[ -n $folder && $file == "$folder"/* && ${#folder} -gt $best ]] || continue
        best=${#folder}
        read -ra allowed <<<"$rest"
    done <<<"$arrows"
    while read -r folder rest; do
        [[ $folder == "$file" ]] && read -ra more <<<"$rest" && allowed+=("${more[@]}")
    done <<<"$exceptions"
    return 0
}

check_include() { # file line header
    local file=$1 line=$2 header=$3 name rest more
    while read -r name rest; do
        [[ -n $name && $header == "$name" ]] || continue
        read -ra more <<<"$rest"
        fits "$file" "${more[@]}" || refuse "$file:$line: <$header> belongs to $rest alone"
    done <<<"$libraries"
    # The files of one plug-in share its own headers.
    [[ $file != plugins/*/*/* || $header == */* || ! -f ${file%/*}/$header ]] || return 0
    case $header in
    core/* | api/* | plugins/* | linli/* | statements.h) ;;
    *) [[ $file == plugins/* ]] || return 0 ;;
    esac
    fits "$header" "${allowed[@]/%/*}" || refuse "$file:$line: may not include $header (only: ${allowed[*]})"
}

includes() {
    local last='' file line header
    while IFS=: read -r file line header; do
        header=${header#*[<\"]}
        header=${header%%[>\"]*}
        [[ $file == "$last" ]] || allowed_of "$file"
        last=$file
        check_include "$file" "$line" "$header"
    done < <(grep -rnE '^ *# *include +[<"]' --include='*.[ch]' core api plugins)
}

# A function begins with "{" in the first column (Linux braces) and ends with "}" there.
lengths() {
    local fault
    while read -r fault; do
        refuse "$fault"
    done < <(find core api plugins tests -name '*.[ch]' -exec awk -v max="$lines_max" '
        FNR == 1 { start = 0 }
        /^\{/ || /^[A-Za-z_].*\) *\{$/ { start = FNR }
        /^\}/ && start { if (FNR - start - 1 > max) print FILENAME ":" start ": " FNR - start - 1 " lines, not over " max
                         start = 0 }' {} +)
}

# Comments and strings blanked out, so that words are looked for in code alone.
code_of() {
    perl -0pe 's{/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"}{ my $x = $&; $x =~ s/[^\n]/ /g; $x }gse' "$1"
}

# Every file's code once, each line with its file and number before it.
all_code() {
    local file
    while read -r file; do
        code_of "$file" | awk -v file="$file" '/[A-Za-z]/ { print file ":" FNR ":" $0 }'
    done < <(find core api plugins -name '*.[ch]')
}

words() {
    local fault
    while IFS= read -r fault; do
        refuse "$fault"
    done < <(all_code | awk -F: '
        / *[^A-Za-z0-9_](float|double|strtod|atof)[^A-Za-z0-9_]/ || /:(float|double)[^A-Za-z0-9_]/ { print $1 ":" $2 ": floating point" }
        /[^A-Za-z0-9_](clock_gettime|gettimeofday|time) *\(/ && $1 != "core/base/time.c" && !/CLOCK_MONOTONIC/ {
            print $1 ":" $2 ": the clock is read in core/base/time.c alone" }
        /[^A-Za-z0-9_]dlm?open *\(/ && $1 != "core/host/loader.c" { print $1 ":" $2 ": plug-ins are loaded in core/host/loader.c alone" }')
}

# What is hashed, signed or encrypted says what it is, under our name: "linli/.../v1".  Others' formats keep theirs.
tags() {
    local fault
    while IFS= read -r fault; do
        refuse "$fault: a separation string begins with linli/"
    done < <(
        find core api web plugins -name '*.[ch]' -o -name '*.mjs' -o -name '*.js' | sort | xargs -r grep -noE "[\"'\`][^\"'\` /]*[^\"'\` ]*[a-zA-Z][-/@]v[0-9]+([^a-zA-Z0-9][^\"'\`]*)?[\"'\`]" /dev/null |
            grep -vE ":[\"'\`](linli/[a-z0-9/-]+/v1|HPKE-v1[\"']|cosignature/v1\\\\n|c2sp\.org/tlog-proof@v1\"|(%s)?/api/v1)"
        # Of what hashes under a tag the first argument; tags that are kept in a variable.
        find core api plugins -name '*.c' | sort | while read -r file; do
            tr '\n' ' ' <"$file" | grep -oE 'tagged_hash\( *[^ ,)]+' | grep -vE '\( *("linli/[a-z/-]+/v1"|const$)' | sed "s,^,$file: ,"
        done
        find core api plugins -name '*.c' | sort | xargs -r grep -nE '\b(tag|[a-z]+_tag|info)\[\] = "' | grep -vE '= "linli/'
    )
}

includes
[ -n "$only" ] || { lengths; words; tags; }
if [[ $faults -gt 0 ]]; then
    echo "$faults faults" >&2
    exit 1
fi
