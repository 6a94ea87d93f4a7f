#!/bin/bash
# What cmake --install puts where, and plug-ins of strangers built against it: made by `linli plugin new`, with plain
# make and pkg-config, and with CMake.  Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=${BUILD:-$here/build/release}
T=$(mktemp -d /tmp/linli-install-XXXXXX)
trap 'rm -rf "$T"' EXIT
tests=0 failures=0
ok() { # NAME COMMAND...
    local name=$1
    shift
    tests=$((tests + 1))
    if "$@" >"$T/said" 2>&1; then
        echo "ok $tests - $name"
    else
        failures=$((failures + 1))
        echo "not ok $tests - $name"
        tail -n 15 "$T/said" | sed 's/^/#   /'
    fi
}
code() { # WANTED COMMAND...
    local wanted=$1
    shift
    "$@"
    [ $? = "$wanted" ]
}

# docs/operate.md builds no more than these three (tests/full/install does it): so they must make whatever is installed
# and is no script.
ninja -C "$BUILD" -t commands linli linli-portal plugins | grep -oE -- ' -o [^ ]+' | sed -E 's,.*/,,; s/[.]so[.0-9]+$/.so/' | sort -u >"$T/made"
find "$BUILD" -name cmake_install.cmake -exec grep -hE 'TYPE (EXECUTABLE|MODULE|PROGRAM|SHARED_LIBRARY) ' {} + | grep -oE '"/[^"]+"' | tr -d '"' | grep -v '[$]' | grep -vxF "$here/web/pdf" |
    sed -E 's,.*/,,; s/[.]so[.0-9]+$/.so/' | sort -u >"$T/wanted"
ok 'what is built by default is what is installed' bash -c "[ \$(wc -l <'$T/wanted') -gt 20 ] && ! comm -13 '$T/made' '$T/wanted' | grep ."
ok 'it installs into an empty root' env DESTDIR="$T/root" cmake --install "$BUILD"
prefix=$T/root$(sed -n 's/^CMAKE_INSTALL_PREFIX:PATH=//p' "$BUILD/CMakeCache.txt")
ok 'with the program' "$prefix/bin/linli" --version
for file in bin/linli include/linli/plugin.h include/linli/kit.h share/linli/sql/sqitch.plan share/linli/config/rules \
    share/linli/config/calendar/cn_working_days.csv libexec/linli/cases share/linli/config/plugin/Makefile include/linli/seal.h; do
    ok "$file" test -e "$prefix/$file"
done
ok 'nothing of the tree is named' bash -c "! grep -rlF '$here' '$prefix' --include='*.pc' --include='*.cmake' --include='*.conf' --include='*.service'"
ok 'headers of the core stay at home' bash -c "! find '$prefix/include' -name '*.h' | grep -v '/include/linli/'"

export PATH=$prefix/bin:$PATH LINLI_PLUGINS_FOLDERS=$T/none
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name linli.pc)")
export PKG_CONFIG_PATH
unset LINLI_SHARE
ok 'pkg-config finds the SDK where it was put' bash -c "pkg-config --cflags linli | grep -qF -- '-I' && test -e \"\$(pkg-config --variable=includedir linli)/linli/plugin.h\""

cd "$T" || exit 2
for kind in scheme mechanism; do
    ok "a new $kind" linli plugin new $kind "my_$kind"
    ok "builds with plain make without a warning, passes every check, and its first case" env CFLAGS=-Werror make -C "my_$kind" check
    ok "builds with CMake" bash -c "CMAKE_PREFIX_PATH='$prefix' cmake -S 'my_$kind' -B 'built_$kind' && cmake --build 'built_$kind'"
    ok "and passes as well" linli plugin check --quiet "built_$kind/my_$kind.so"
    ok "it is known by its own name" bash -c "linli plugin list --plugins 'my_$kind' | grep -q '^$kind *my_$kind '"
    ok "the same folder is not written again" code 73 linli plugin new $kind "my_$kind"
    sed -i 's/^expect  *\(rank\|award\) .*/expect   \1 Z 9/' "my_$kind/cases/first.case"
    ok "a case that does not hold is told" code 2 make -C "my_$kind" check
done
# A bidder's own program: the example, compiled against what was installed, seals what the openers' and our program open.
mkdir bidder && cd bidder || exit 2
cp "$here/docs/example_seal/main.c" .
# A library with sanitizers wants a program with them, which leaves its files to the end of the process.
checked=$(readelf -d "$(pkg-config --variable=libdir linli-seal)/liblinli-seal.so" | grep -q 'NEEDED.*libasan' && echo -fsanitize=address,undefined)
ok 'a program of a bidder builds against the library' bash -c "gcc $checked -std=c11 -Wall -Wextra -Wpedantic -Werror -o bidder main.c \$(pkg-config --cflags --libs linli-seal)"
ok 'and in C++' bash -c "printf '#include <linli/seal.h>\nint main() { return linli_seal_make(nullptr, nullptr, nullptr); }\n' | g++ -Wall -Wextra -Werror -x c++ -c -o /dev/null \$(pkg-config --cflags linli-seal) -"
LD_LIBRARY_PATH=$(pkg-config --variable=libdir linli-seal)
export LD_LIBRARY_PATH
ok 'which exports nothing else' bash -c "[ \"\$(nm -D --defined-only '$LD_LIBRARY_PATH/liblinli-seal.so' | awk '{print \$3}' | sort | paste -sd' ')\" = 'linli_seal_make linli_sealed_free' ]"
echo word >word
for i in 1 2 3; do linli keygen opener "opener$i.key" --name "opener-$i" --plain >"opener$i.pub"; done
linli keygen bidder ours.key --name org-a --passphrase word >/dev/null
linli openers --tender 0192f0c4-a000-7000-8000-00000000a001 --threshold 2 --not-before 2026-01-01T01:00:00Z "$(cat opener1.pub)" "$(cat opener2.pub)" "$(cat opener3.pub)" >named
printf '{"linli":"bid/1"}' >bid.json
head -c 200000 /dev/urandom >work.pdf
ok 'it seals a set of files' bash -c 'ASAN_OPTIONS=detect_leaks=0 ./bidder named ours.key word 11800000 bid.sbx bid.json work.pdf >digest'
ok 'and tells the digest of what is handed in' sha256sum --quiet -c <(sed 's/$/  bid.sbx/' digest)
ok 'which our program takes for one' linli open --openers named bid.sbx
ok 'without any of it to be read' bash -c '! grep -qa bid/1 bid.sbx'
linli share --openers named --key opener1.key -o one bid.sbx >/dev/null 2>&1
linli share --openers named --key opener3.key -o three bid.sbx >/dev/null 2>&1
ok 'two of three open it' linli open --openers named --shares one --shares three --into opened bid.sbx
ok 'and have the files, byte for byte' bash -c 'cmp bid.json opened/bid.json && cmp work.pdf opened/work.pdf'
# A program of a later version of the header: its struct is longer.
sed 's/linli_seal bid = {.size = sizeof bid};/union { linli_seal bid; unsigned char more[sizeof(linli_seal) + 64]; } u = {.bid = {.size = sizeof u}};\n#define bid u.bid/;
     s/^    if (linli_seal_make(/    u.more[sizeof(linli_seal) + 40] = getenv("MORE") != NULL;\n    if (getenv("LESS"))\n        bid.size = sizeof(linli_seal) - 8;\n&/' main.c >later.c
ok 'a program of a later version builds' bash -c "gcc $checked -std=c11 -Wall -Werror -o later later.c \$(pkg-config --cflags --libs linli-seal)"
ok 'and seals, as it asks for nothing new' env ASAN_OPTIONS=detect_leaks=0 ./later named ours.key word - later.sbx bid.json
ok 'what our program takes for a bid' linli open --openers named later.sbx
ok 'what asks for more than the library knows is refused' bash -c 'MORE=1 ASAN_OPTIONS=detect_leaks=0 ./later named ours.key word - x.sbx bid.json 2>said; [ $? = 65 ] && grep -q "^seal/usage" said && [ ! -e x.sbx ]'
ok 'and what is shorter than any version' bash -c 'LESS=1 ASAN_OPTIONS=detect_leaks=0 ./later named ours.key word - x.sbx bid.json 2>said; [ $? = 65 ] && grep -q "^seal/usage" said && [ ! -e x.sbx ]'
# The other way round: a library of a later version, and the program as it is.  What takes the struct in is asked by itself.
mkdir -p grows/linli
sed 's/^} linli_seal;/    int64_t later; &/' "$here/plugins/include/linli/seal.h" >grows/linli/seal.h
printf '#include "%s/plugins/sdk/seal.c"\nint main(void) { struct err err = {0}; linli_seal now = {.size = 136, .later = 7}, taken; return call_take(&now, &taken, &err) || taken.later; }\n' "$here" >grown.c
ok 'a program of this version is heard by a later library' bash -c "gcc -std=gnu17 -D_GNU_SOURCE -O1 -ffunction-sections -Wl,--gc-sections -Igrows -I'$here' -I'$here/plugins/include' -o grown grown.c '$here/core/base/err.c' && ./grown"
ok 'another passphrase seals nothing' bash -c 'ASAN_OPTIONS=detect_leaks=0 ./bidder named ours.key other - x.sbx bid.json 2>said; [ $? = 65 ] && grep -q "^key/locked" said && [ ! -e x.sbx ]'
ok "nor does an opener's key" bash -c 'ASAN_OPTIONS=detect_leaks=0 ./bidder named opener1.key - - x.sbx bid.json 2>said; [ $? = 65 ] && grep -q "^seal/usage" said'
ok 'nor what is no text of openers' bash -c 'ASAN_OPTIONS=detect_leaks=0 ./bidder bid.json ours.key word - x.sbx bid.json 2>said; [ $? = 65 ] && grep -q "^openers/malformed" said'
unset LD_LIBRARY_PATH
cd .. || exit 2

# In the tree, before anything is installed: no SDK is known to pkg-config, no linli to the shell.
export PATH=${PATH#"$prefix/bin:"}
unset PKG_CONFIG_PATH
LINLI=$(realpath "${LINLI:-$here/bin/linli}")
for kind in scheme mechanism; do
    ok "a new $kind in the tree" "$LINLI" plugin new $kind "tree_$kind"
    tail -n 1 "$T/said" | sed 's/.*: //' >"$T/next"
    ok "what it says comes next works: $(cat "$T/next")" bash -c "! command -v linli && CFLAGS=-Werror bash -e '$T/next'"
    ok "and made the plug-in" test -s "tree_$kind/tree_$kind.so"
done
export PATH=$prefix/bin:$PATH
ok 'a name that is none' code 64 linli plugin new scheme Best-Value
ok 'a word of C' code 64 linli plugin new scheme int
ok 'another kind' code 64 linli plugin new lottery mine
echo "1..$tests"
[ "$failures" = 0 ]
