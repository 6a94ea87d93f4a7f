#!/bin/bash
# linli facts and linli decide: from a file to a decision, and what is refused on the way.  Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=${LINLI:-$here/bin/linli}
T=$(mktemp -d /tmp/linli-cli-XXXXXX)
trap 'rm -rf "$T"' EXIT
data=$here/tests/data/pabulib/mit_equalshares
wieliczka=$data/poland_wieliczka_2023_green-budget.pb
tests=0 failures=0

is() { # GOT EXPECTED NAME
    tests=$((tests + 1))
    if [ "$1" = "$2" ]; then
        echo "ok $tests - $3"
    else
        failures=$((failures + 1))
        printf 'not ok %d - %s\n#   got %s\n#   expected %s\n' "$tests" "$3" "$1" "$2"
    fi
}

run() { # ARGUMENT...: leaves CODE, $T/out, $T/err
    "$LINLI" "$@" > "$T/out" 2> "$T/err"
    CODE=$?
}

funded() { jq -r '[.items[] | select(.grant) | .grant | rtrimstr(".00") | tonumber] | "\(length) \(add)"' "$T/out"; }

run facts pabulib "$wieliczka" --options-out "$T/declared.json"
is $CODE 0 'a participatory-budget file becomes facts'
mv "$T/out" "$T/facts.json"
is "$(jq -r '.linli, (.bids | length), (.ballots | length), .tender.budget' "$T/facts.json" | paste -sd' ')" \
    'facts/1 64 6586 1000000.00' 'with all projects, all ballots and the budget'
is "$(cat "$T/declared.json")" '{"completion":"add1","ties":["number"]}' 'and the options the file declares'

LINLI_CONFIG=$T/away run decide equal_shares --facts "$T/facts.json"
is "$CODE $(funded) $(grep -c 'away cannot be read' "$T/err")" '0 30 995079 1' 'settings that may not be read do not keep anybody from computing it again'
run decide equal_shares --facts "$T/facts.json"
is $CODE 0 'decided with what the file declares'
is "$(funded)" '30 995079' 'the projects Wieliczka really funded'
is "$(jq -c '[.items[] | select(.grant) | .bid]' "$T/out")" \
    "$(awk -F';' '/^PROJECTS/{p=1;getline;next} /^VOTES/{p=0} p{sub(/\r$/,"");print $1, $NF}' "$wieliczka" | LC_ALL=C sort |
        awk '$NF==1{printf "%s%d", s, NR; s=","}' | sed 's/^/[/;s/$/]/')" 'one by one, as the file marks them'

echo '{"reading":"first_exhaustive"}' > "$T/options.json"
run decide equal_shares --facts "$T/facts.json" --options "$T/options.json"
is "$(funded)" '31 984579' 'given options take the place of declared ones, the others stay'

run decide equal_shares --facts - < "$T/facts.json"
is "$(funded)" '30 995079' 'from standard input'

cp "$T/out" "$T/once"
run decide equal_shares --facts "$T/facts.json"
is "$(cmp "$T/once" "$T/out" && echo same)" same 'byte for byte the same each time'

echo '{"ties":["luck"]}' > "$T/options.json"
run decide equal_shares --facts "$T/facts.json" --options "$T/options.json"
is $CODE 65 'options that do not read are refused'
is "$(grep -c '^  /ties/0 ' "$T/err")" 1 'with the member at fault'
echo '{"ties":["votes"]}' > "$T/options.json"
run decide equal_shares --facts "$T/facts.json" --options "$T/options.json"
is $CODE 65 'and those the scheme does not take'

printf 'META\nkey;value\nbudget;10\nvote_type;approval\nPROJECTS\nproject_id;cost\na;5\nVOTES\nvoter_id;vote\n1;b\n' > "$T/bad.pb"
run facts pabulib "$T/bad.pb"
is $CODE 65 'a vote for a project that is not there'
is "$(grep -c 'line 10: .*"b"' "$T/err")" 1 'is refused with its line'
is "$(wc -c < "$T/out" | tr -d ' ')" 0 'and nothing is printed'
run facts pabulib "$T/absent.pb"
is $CODE 66 'a file that is not there'
run facts pabulib
is $CODE 64 'a command without its file'
run facts spreadsheet "$wieliczka"
is $CODE 64 'a kind that is not known'
run facts pabulib "$data/pb_cardinal/synthetic_scoring.pb"
is "$CODE $(jq -c .options "$T/out")" '0 {"ballots":"scoring","points":5,"ties":["number"],"utility":"cardinality"}' 'points are carried, and the options say so'

cat > "$T/three.json" <<'JSON'
{"linli":"facts/1","now":"2026-06-22T01:00:00Z",
 "tender":{"category":"services","regime":"statutory","budget":"500000.00"},
 "rules":[{"code":"price_weight_services_min","unit":"rate","value":"10%","source":"财政部令第87号 §55"},
          {"code":"small_enterprise_deduction_min","unit":"rate","value":"10%","source":"财库〔2022〕19号"},
          {"code":"small_enterprise_deduction_max","unit":"rate","value":"20%","source":"财库〔2022〕19号"}],
 "bids":[{"key":1,"number":1,"open":true,"priced":true,"price":"480000.00"},
         {"key":2,"number":2,"open":true,"priced":true,"price":"500000.00"},
         {"key":3,"number":3,"open":true,"priced":true,"price":"420000.00"}],
 "checks":[{"bid":2,"by":9,"rule":"small_enterprise","role":"office_clerk","passed":true}],
 "marks":[{"bid":1,"by":1,"criterion":"technical","value":"88"},{"bid":2,"by":1,"criterion":"technical","value":"90"},
          {"bid":3,"by":1,"criterion":"technical","value":"80"}],
 "options":{"price_weight":"15%","decimals":3,
            "criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}],
            "deductions":[{"check":"small_enterprise","rate":"10%"}]}}
JSON
run decide comprehensive_score --facts "$T/three.json"
is "$(jq -r '.items[] | "\(.total) \(.rank) \(.compared)"' "$T/out" | paste -sd'|')" \
    '87.925 2 480000.00|90.5 1 450000.00|83.0 3 420000.00' 'three bidders, scored from a file'
run decide comprehensive_score --facts "$T/three.json" --explain
is $CODE 0 'explained for people'
for line in '投标 2 · bid 2: 第 1 名 · rank 1' '总分 · total 90.5' '  价格 · price: 14.0' '    价格分：基准价 420,000.00 元 ÷ 评审价 450,000.00 元 × 100 × 15% = 14.0（财政部令第87号 §55）' \
    '    1 members gave 90.0 in all, out of 100.0 each: on average 90.0 of 100, * 85% = 76.5' '  price asked 500,000.00 yuan, compared at 450,000.00 yuan; award and contract stay at the price asked'; do
    is "$(grep -cxF -- "$line" "$T/out")" 1 "it says: $line"
done
run decide comprehensive_score --facts "$T/three.json" --explain=3
is "$(grep -c '^投标' "$T/out")" 1 'or one bid alone'
# At a price p below all others A has 74.8 + 15 = 89.8 and B 76.5 + 15 p / 450,000, which is rounded to 13.3 or less, and equal
# totals go to the lower price, as long as p / 30,000 < 13.3005: up to 399,014.99.  B leads up to the budget.
run decide comprehensive_score --facts "$T/three.json" --what-if
is "$(grep -c 'bid 1: 报价 480000.00；报价不高于 399014.99 即可单独排第一' "$T/out")" 1 'what the second would have had to ask'
is "$(grep -c 'bid 2: 报价 500000.00；报价不高于 500000.00 仍排第一' "$T/out")" 1 'the winner stays first up to the budget'
is "$(grep -c '^投标 3 · bid 3: 权重 /price_weight 由 15% 改为 60%' "$T/out")" 1 'with which weights the third would have won: the law sets no upper limit'
echo '{"marks":[{"bid":1,"by":1,"criterion":"technical","value":"91.03"}]}' > "$T/better.json"
run decide comprehensive_score --facts "$T/three.json" --changes "$T/better.json" --what-if
is "$(grep -c '^投标 1 · bid 1: 2 -> 1$' "$T/out")" 1 'a mark changed by as much as it says turns the first two round'
echo '{"prices":[{"bid":7,"price":"1.00"}]}' > "$T/better.json"
run decide comprehensive_score --facts "$T/three.json" --changes "$T/better.json"
is "$CODE $(grep -c '/prices/0/bid' "$T/err")" '65 1' 'a change of a bid that is not there is refused'
# Half below the second lowest is explained first: the second of two, who asks 300.00 where the first asks 200.00, is first from 199.99
# to 100.00 and waits below.
HEAD='"linli":"facts/1","tender":{"currency":"CNY","budget":"1000.00","category":"services","regime":"sub_threshold","lot":1,"lots":1}'
LOW='"rules":[{"code":"abnormal_second","source":"x","unit":"rate","value":"50%"}]'
bid() { printf '{"key":%s,"priced":true,"price":"%s"}' "$1" "$2"; }
echo "{$HEAD,$LOW,\"bids\":[$(bid 1 200.00),$(bid 2 300.00)]}" > "$T/low.json"
run decide lowest_price --facts "$T/low.json" --what-if
is "$(grep -c 'first alone from 199.99 down, unless so low that it must be explained' "$T/out")" 1 'where the lowest prices are reviewed, that is said'
echo "{$HEAD,\"bids\":[$(bid 1 200.00),$(bid 2 300.00)]}" > "$T/low.json"
run decide lowest_price --facts "$T/low.json" --what-if
is "$(grep -c 'first alone from 199.99 down$' "$T/out")" 1 'and nowhere else'
# The price at 100% leaves the two cheapest level; before that the one with the better mark is first alone.
mark() { printf '{"bid":%s,"by":1,"criterion":"c","value":"%s"}' "$1" "$2"; }
CRITERION='"options":{"price_weight":"10%","criteria":[{"code":"c","name":{"zh":"c","en":"c"},"weight":"90%"}]}'
echo "{$HEAD,$CRITERION,\"bids\":[$(bid 1 100.00),$(bid 2 100.00),$(bid 3 200.00)],\"marks\":[$(mark 1 60),$(mark 2 50),$(mark 3 80)]}" > "$T/end.json"
# With the price at w the first has 60 + 0.4 w and the third 80 - 0.3 w: equal at 28.571..%, and then the first leads by hundredths.
run decide comprehensive_score --facts "$T/end.json" --what-if
is "$(grep -c '^投标 1 · bid 1: 权重 /price_weight 由 10% 改为 28.5[78]%' "$T/out")" 1 'a shift is found though at its end two share the first rank'
echo "{$HEAD,\"bids\":[$(bid 1 200.00)],\"admitted\":[2]}" > "$T/low.json"
run decide lowest_price --facts "$T/low.json"
is "$CODE $(grep -c '^  /admitted/0' "$T/err")" '65 1' 'a bid that is not there is not admitted'
echo "{$HEAD,\"bids\":[$(bid 1 200.00)],\"ballots\":[{\"voter\":1,\"weight\":-1,\"choices\":[{\"bid\":1,\"value\":1}]}]}" > "$T/low.json"
run decide most_votes --facts "$T/low.json"
is "$CODE $(grep -c '^  /ballots/0' "$T/err")" '65 1' 'nor does a ballot weigh less than nothing'
echo "{$HEAD,\"bids\":[$(bid 1 0.00)]}" > "$T/low.json"
run decide lowest_price --facts "$T/low.json"
is "$CODE $(grep -c '事实不足以作答' "$T/err") $(grep -c 'such as the price of a bid' "$T/err")" '70 1 1' 'a scheme that needs prices says what it lacks, in both languages'
# Of a set nobody else is chosen because the first is marked lower: both are paid, and the second whatever the first is given.
PITCH='"options":{"criteria":[{"code":"c","name":{"zh":"c","en":"c"},"weight":"100%"}],"amount":"asked"}'
echo "{$HEAD,$PITCH,\"bids\":[$(bid 1 132.00),$(bid 2 304.00)],\"marks\":[$(mark 1 10),$(mark 2 85)]}" > "$T/set.json"
run decide contest --facts "$T/set.json" --what-if
is "$(grep -c 'still chosen up to' "$T/out") $(grep -c 'chosen had' "$T/out")" '2 0' 'of a set no mark is told that changes nothing'
# What does not lie in the folder that came with Linli is asked in a child here too: its death is an answer.
mkdir "$T/strangers" && cp "${BUILD:-$here/build/release}/tests/plugins/dies_as_a_stranger.so" "$T/strangers/"
echo '{"linli":"facts/1","tender":{"key":666},"bids":[{"key":1,"priced":true,"price":"1.00"}]}' > "$T/low.json"
run decide planted_scheme --plugins "$T/strangers" --facts "$T/low.json"
is "$CODE $(grep -c 'it died of signal' "$T/err")" '70 1' 'a plug-in that dies takes nobody with it'
run decide comprehensive_score --facts "$T/three.json" --ask criteria --explain
is $CODE 64 'only an evaluation is explained'

echo "1..$tests"
[ $failures -eq 0 ]
