#!/bin/bash
# linli keygen, openers, seal, share, open, sign: a bid sealed offline, opened by two of three, and every way it may not hold.
# Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=${LINLI:-$here/bin/linli}
T=$(mktemp -d /tmp/linli-seal-XXXXXX)
trap 'rm -rf "$T"' EXIT
cd "$T" || exit 2
tests=0 failures=0
tender=0192f0c4-a000-7000-8000-00000000a001

is() { # GOT EXPECTED NAME
    tests=$((tests + 1))
    if [ "$1" = "$2" ]; then
        echo "ok $tests - $3"
    else
        failures=$((failures + 1))
        printf 'not ok %d - %s\n#   got %s\n#   expected %s\n' "$tests" "$3" "$1" "$2"
    fi
}

run() { # ARGUMENT...: leaves CODE, out, err
    "$LINLI" "$@" >out 2>err
    CODE=$?
}

line() { awk -v w="$1" '$1 == w {print $2; exit}' out; }

# ---- keys
echo 'correct horse battery staple' >word
for i in 1 2 3; do
    run keygen opener "opener$i.key" --name "开启人$i" --plain
    mv out "opener$i.pub"
done
is "$CODE $(wc -c <opener1.pub)" '0 134' 'an opener gets a key pair, the public ones 32 and 65 bytes in Base64'
is "$(stat -c %a opener1.key)" 600 'and the secret one is for its owner alone'
run keygen opener opener1.key --name again --plain
is "$CODE" 73 'a key file is never overwritten'
run keygen bidder bidder.key --name org-a --passphrase word
is "$CODE $(cut -d+ -f1 out)" '0 org-a' 'a bidder gets one that signs, under a passphrase'
is "$(grep -c '^secret ' bidder.key) $(grep -c '^locked argon2id 3 65536 ' bidder.key)" '0 1' 'its secret is not in the file'
run keygen bidder x.key --name 'a b' --plain
is "$CODE" 65 'a name with a space is refused'
run keygen bidder x.key --name a
is "$CODE" 64 'a passphrase, or none: it is to be said'

# ---- openers
run openers --tender $tender --threshold 2 --not-before 2026-01-01T01:00:00Z "$(cat opener1.pub)" "$(cat opener2.pub)" "$(cat opener3.pub)"
cp out openers
is "$CODE $(head -4 openers | paste -sd' ')" "0 linli/openers/v1 tender $tender k 2 n 3" 'three openers of whom two open'
run openers --tender $tender --threshold 2 --not-before 2026-01-01T01:00:00Z "$(cat opener1.pub)" "$(cat opener1.pub)"
is "$CODE" 65 'nobody opens twice'
run openers --tender $tender --threshold 2 --not-before 2026-01-01T01:00:00Z "$(cat opener1.pub)"
is "$CODE" 64 'nor fewer than the threshold'
run sign --key bidder.key --passphrase word openers
cp out signed
is "$CODE $(tail -1 signed | cut -d' ' -f2)" '0 org-a' 'the text can be signed as a note'

# ---- sealing
printf '{"linli":"bid/1"}' >bid.json
head -c 200000 /dev/urandom >标书.pdf
run seal --openers openers --key bidder.key --passphrase word --price 118000.00 -o bid.sbx bid.json 标书.pdf
is "$CODE $(line sealed-sha256)" "0 $(sha256sum bid.sbx | cut -c1-64)" 'files are sealed, and the digest is told'
is "$(head -c 4 bid.sbx)" SBX1 'as SBX1'
is "$(grep -c 'bid/1' bid.sbx) $(grep -c 11800000 bid.sbx)" '0 0' 'in which neither file nor price can be read'
run seal --openers signed --key bidder.key --passphrase word --price 118000.00 -o other.sbx bid.json
is "$CODE" 0 'a signed text of openers serves as well'
run seal --openers openers --key bidder.key --passphrase openers -o x.sbx bid.json
is "$CODE" 77 'the wrong passphrase opens no key'
run seal --openers openers --key opener1.key -o x.sbx bid.json
is "$CODE" 65 "an opener's key signs no bid"
run seal --openers openers --key bidder.key --passphrase word --price 118000 -o x.sbx bid.json
is "$CODE" 65 'a price is written with fen'
run seal --openers openers --key bidder.key --passphrase word -o x.sbx absent
is "$CODE" 66 'a file that is not there'
run seal --openers openers --key bidder.key --passphrase word -o bid.sbx bid.json
is "$CODE" 73 'a container is never overwritten'
is "$(ls x.sbx 2>/dev/null)" '' 'and nothing was left behind'

# ---- what anybody sees
run open --openers openers bid.sbx
is "$CODE $(line tender) $(line envelope) $(line signature)" "0 $tender whole good" 'anybody can check it without a secret'
is "$(grep -c '^outcome\|^price\|^file' out)" 0 'and sees nothing of it'
head -c -1 bid.sbx >cut.sbx
run open --openers openers cut.sbx
is "$CODE" 65 'cut short it is none'
{ head -c 5000 bid.sbx; printf 'X'; tail -c +5002 bid.sbx; } >forged.sbx
run open --openers openers forged.sbx
is "$CODE" 4 'changed by a byte the signature is forged'
sed 's/T01:00:00/T02:00:00/' openers >later
run open --openers later bid.sbx
is "$CODE" 65 'it is for one set of openers only'

# ---- opening by two of three
for i in 1 2 3; do
    run share --openers openers --key "opener$i.key" -o "shares$i" bid.sbx other.sbx
    cp out "promise$i"
done
is "$CODE $(line opener) $(line bids)" '0 3 2' 'each opener opens a share of every bid'
is "$(line promise | wc -c)" 65 'and promises them first'
is "$(paste -sd ' ' shares3.promise)" "linli/promise/v1 openers $(sed -n 's/^openers //p' shares3) opener 3 promise $(line promise)" 'in a text it signs'
run open --openers openers --shares shares1 bid.sbx
is "$CODE $(line outcome)" '2 withheld' 'one opener alone opens nothing'
run open --openers openers --shares shares3 --shares shares1 --into got bid.sbx
is "$CODE $(line outcome) $(line price)" '0 opened 118000.00' 'two do'
is "$(cmp bid.json got/bid.json && cmp 标书.pdf got/标书.pdf && echo same)" same 'and get the files that were sealed'
is "$(grep -c "^opener 3 $(awk '/promise/' promise3)" out)" 1 'the promise is told again, to be compared'
run open --openers openers --key opener2.key --key opener3.key other.sbx
is "$CODE $(line outcome)" '0 opened' 'or with the keys themselves'
sed 's/T01:00:00/T01:00:00/; s/2026-01-01/2126-01-01/' openers >future
run seal --openers future --key bidder.key --passphrase word -o future.sbx bid.json
run share --openers future --key opener1.key -o x future.sbx
is "$CODE" 75 'nobody shows a share before the instant of the text'
run share --sandbox --openers future --key opener1.key -o sandboxed future.sbx
is "$CODE $(line opener)" '0 1' 'but in a sandbox, whose clock is ahead'
run share --openers openers --key bidder.key --passphrase word -o x bid.sbx
is "$CODE" 65 'nor with a key that is not of the openers'
run share --openers openers --key opener1.key -o x bid.sbx bid.sbx
is "$CODE" 65 'nor the same container twice'

# ---- whose fault
awk '/^share/ {$3 = substr($3, 1, 63) (substr($3, 64) == "0" ? "1" : "0")} 1' shares2 >lied
run open --openers openers --shares shares1 --shares lied bid.sbx
is "$CODE $(line outcome) $(grep -c '^share 2 does not fit, fault: of the opener, unless' out)" '3 bad-share 1' 'a share that does not fit is named'
run open --openers openers --shares shares1 --shares lied --shares shares3 bid.sbx
is "$CODE $(line outcome)" '0 opened' 'another opener is taken'
run open --openers openers --shares lied --key opener2.key bid.sbx
is "$CODE $(grep -c '^share 2 does not fit, fault: opener' out)" '3 1' 'and the key shows whose fault it is'

# ---- the bidder's own key, and one opener alone
run seal --openers openers --key bidder.key --passphrase word --co-key co --envelope price --price 1.00 -o co.sbx bid.json
is "$CODE $(stat -c %a co)" '0 600' 'mode K2: the bidder keeps a key of its own'
run open --openers openers --key opener1.key --key opener2.key co.sbx
is "$CODE $(line outcome)" '1 void' 'without it the bid is void'
run open --openers openers --key opener1.key --key opener2.key --co-key co co.sbx
is "$CODE $(line price)" '0 1.00' 'with it it opens'
printf '\xef\xbb\xbf%s\r\n' "$(cat co)" >edited
run open --openers openers --key opener1.key --key opener2.key --co-key edited co.sbx
is "$CODE $(line price)" '0 1.00' 'also where an editor of another system saved it once more'
sed -E 's/v1 f/v1 0/; t; s/v1 ./v1 f/' co >wrong
run open --openers openers --key opener1.key --key opener2.key --co-key wrong co.sbx
is "$CODE" 1 'another one does not serve: it was committed to'
run openers --tender $tender --not-before 2026-01-01T01:00:00Z "$(cat opener1.pub)"
cp out one
run seal --openers one --key bidder.key --passphrase word -o one.sbx bid.json
run open --openers one --key opener1.key one.sbx
is "$CODE $(line openers) $(line outcome)" '0 1 opened' 'mode K0: one opener'
for command in keygen openers seal share open sign signer witness recover log draw verify; do
    run $command --help
    is "$CODE $(grep -c Exit: out) $(grep -cP '\p{Han}' out | sed 's/^[1-9][0-9]*$/some/')" '0 1 some' "linli $command --help tells it in both languages, with exit codes"
done
echo "1..$tests"
[ $failures -eq 0 ]
