#!/bin/bash
# shellcheck disable=SC2015
# Batches: an application to the treasury, a file for a bank, what they say, and what one side has and the other has not.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/trust_lib.sh"
start_server
people
person approver2 office_approver 3
for b in aa bb; do NO_ACCOUNT=1 bidder "$b" "机构 $b"; done
account() { AS=$1 IFM='*' want 200 PATCH "/api/v1/organisations/${ORG[$1]}" "{\"bank_name\":\"$2\",\"bank_code\":\"102290000001\",\"bank_account\":\"$3\"}"; }
ordered() { # tranche: PAYMENT
    AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$1/release"
    AS=clerk IFM='*' want 201 POST "/api/v1/tranches/$1/payments" '{}'
    PAYMENT=$(got .id)
}
stands() { AS='' req GET "/api/v1/appropriations/$APP"; is "$(got '[.payable, .in_transit, .paid] | join(" ")')" "$2" "$1"; }
fetch() { # batch format: into $T/file
    AS=${3:-clerk} req GET "/api/v1/batches/$1/files/$2"
    cp "$T/body" "$T/file"
}
say_file() { # text: brought by the clerk, its digest
    brought clerk "$1"
}

# ---- the treasury ----
contract_of 1000.00 100000.00
fund=$(sql "SELECT fund_id FROM linli.appropriation WHERE id = '$APP'")
form='"indicator":"沪财预〔2026〕12号","functional_class":"2080299","economic_department":"30227","economic_government":"50205","project_code":"310105-26-0001","payment_kind":"直接支付","method":"转账","procurement":false'
AS=clerk want 409 POST "/api/v1/funds/$fund/batches" "{\"purpose\":\"购买服务首款\",$form}"
is "$(problem)" batch/empty "nothing waits yet"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/release"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
is "$(problem)" payment/payee "a payee without an account waits"
account aa 示例银行 6222001
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
p1=$(got .id)
for left_out in indicator functional_class economic_department economic_government payment_kind method procurement; do
    AS=clerk want 422 POST "/api/v1/funds/$fund/batches" "$(jq -c "del(.$left_out)" <<<"{\"purpose\":\"购买服务首款\",$form}")"
    is "$(got '.errors[0].pointer')" "/$left_out" "an application says its $left_out"
done
AS=approver want 403 POST "/api/v1/funds/$fund/batches" "{\"purpose\":\"购买服务首款\",$form}"
AS=clerk want 201 POST "/api/v1/funds/$fund/batches" "{\"purpose\":\"=购买服务首款\",$form,\"payments\":[\"$p1\"]}"
batch=$(got .id)
is "$(got '[.channel, .state, .payments, .total, .functional_class] | join(" ")')" "treasury made 1 500.00 2080299" "an application"
AS=clerk IFM='*' want 403 POST "/api/v1/batches/$batch/refuse" '{"reason":"x"}'
AS=approver IFM='*' want 200 POST "/api/v1/batches/$batch/refuse" '{"reason":"用途有误"}'
is "$(got .state)" refused "an approver may refuse it"
AS=approver IFM='*' want 409 POST "/api/v1/batches/$batch/approve"
is "$(problem) $(got .detail)" "state/refused 批次的状态不允许此操作" "and that is the end of it"
AS=clerk want 201 POST "/api/v1/funds/$fund/batches" "{\"purpose\":\"=购买服务首款\",$form,\"payments\":[\"$p1\"]}"
batch=$(got .id)
is "$(got '[.state, .payments, .total] | join(" ")')" "made 1 500.00" "and its payments go into another"
is "$(got '[.year, .number] | @json')" "[$(AS='' req GET /api/v1/clock; got '.local[:4]'),2]" "the second of its year"
AS=clerk want 409 POST "/api/v1/funds/$fund/batches" "{\"purpose\":\"再来\",$form}"
AS=approver IFM='*' want 409 POST "/api/v1/payments/$p1/approve"
is "$(problem)" payment/batched "what is in a batch goes with it"
AS=approver IFM='*' want 409 POST "/api/v1/payments/$p1/refuse" '{"reason":"x"}'
is "$(problem)" payment/batched "and is refused with it"
AS=clerk IFM='*' want 409 POST "/api/v1/batches/$batch/export"
AS=clerk IFM='*' want 403 POST "/api/v1/batches/$batch/approve"
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[clerk]}', 3, 'office_approver', '2026-01-01')"
AS=clerk IFM='*' want 409 POST "/api/v1/batches/$batch/approve"
is "$(problem)" payment/same-person "whoever made it does not check it"
AS=clerk IFM='*' want 409 POST "/api/v1/batches/$batch/execute" '{"execute":"2036-01-05"}'
is "$(problem)" payment/same-person "nor sets another day for it"
sql "UPDATE linli.membership SET valid_until = '2026-01-02' WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
AS=clerk want 201 POST /api/v1/offices/3/holds "{\"contract\":\"$CONTRACT\",\"kind\":\"challenge\",\"reason\":\"投诉处理中\",\"article\":\"94号令 §28\"}"
hold=$(got .id)
AS=approver IFM='*' want 409 POST "/api/v1/batches/$batch/approve"
is "$(problem) $(got .article) $(got '[.why[] | .id, .code] | join(" ")')" "payment/held 94号令 §28 $p1 held" "one held payment holds the batch, and is named"
AS=approver want 200 POST "/api/v1/holds/$hold/lift" '{"reason":"投诉驳回"}'
AS='' req GET /api/v1/offices/3
AS=security IFM=$(etag) want 200 PATCH /api/v1/offices/3 '{"second_check":"499.99"}'
AS=approver IFM='*' want 200 POST "/api/v1/batches/$batch/approve"
is "$(got .state)" checked "above the limit the first only checks"
stands "and nothing moves" "500.00 0.00 0.00"
AS=approver IFM='*' want 409 POST "/api/v1/batches/$batch/execute" '{"execute":"2036-01-05"}'
is "$(problem)" state/refused "a treasury is told of no day"
AS=approver IFM='*' want 409 POST "/api/v1/batches/$batch/approve"
AS=approver2 IFM='*' want 200 POST "/api/v1/batches/$batch/approve"
stands "the second sends it" "0.00 500.00 0.00"
is "$(sql "SELECT string_agg(n.login, ' ' ORDER BY e.at) FROM linli.event_queue e JOIN linli.person n ON n.id = e.actor WHERE e.subject = '$p1' AND e.act = 'payment_approve'")" "approver approver2" "the log tells of each of the two"
AS=clerk req GET "/api/v1/batches/$batch/files/xlsx"
is "$STATUS $(problem)" "409 state/refused" "no file before it is given out"
k=$(key)
AS=clerk KEY=$k IFM='*' want 200 POST "/api/v1/batches/$batch/export"
is "$(got .state)" unknown "given out: nobody but the treasury knows"
AS=clerk KEY=$k IFM='*' want 200 POST "/api/v1/batches/$batch/export"
is "$(header Idempotent-Replayed)" true "once"
fetch "$batch" xlsx
ok "a workbook" python3 - "$T/file" <<'P'
import sys, zipfile, re
z = zipfile.ZipFile(sys.argv[1])
text = z.read("xl/worksheets/sheet1.xml").decode() + z.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in z.namelist() else z.read("xl/worksheets/sheet1.xml").decode()
for wanted in ("指标文号", "沪财预〔2026〕12号", "2080299", "机构 aa", "6222001", "伍佰元整", "<v>500</v>", "=购买服务首款", "310105-26-0001"):
    assert wanted in text, wanted
assert "<f>" not in text
P
fetch "$batch" csv
number=$(sql "SELECT number FROM linli.contract WHERE id = '$CONTRACT'")
is "$(tail -c +4 "$T/file" | tr -d '\r')" '"序号","预算单位","指标文号","功能分类","部门经济分类","政府经济分类","项目代码","支付类型","结算方式","合同编号","收款人全称","收款人账号","收款人开户行","金额","大写金额","用途","是否政府采购","明细标识"
"1","示例街道","沪财预〔2026〕12号","2080299","30227","50205","310105-26-0001","直接支付","转账","'"$number"'","机构 aa","6222001","示例银行","500.00","伍佰元整","'"'"'=购买服务首款","否","'"${p1//-/}"'"' "every column of the form"
like "$(head -c 3 "$T/file" | od -An -tx1)" "*ef bb bf*" "a CSV with a BOM"
like "$(cat "$T/file")" "*\"'=购买服务首款\"*" "in which nothing is taken for a formula"
AS=resident req GET "/api/v1/batches/$batch/files/csv"
is "$STATUS" 403 "not for residents"
AS=clerk req GET "/api/v1/batches/$batch/files/pain_001"
is "$STATUS" 404 "a treasury takes no bank file"
AS=approver want 200 PUT /api/v1/offices/3/column-maps '{"form":"treasury","columns":[{"field":"payee","title":"收款单位"},{"field":"amount","title":"金额（元）"},{"field":"outcome","title":"结果"}]}'
columns() { AS=approver want 422 PUT /api/v1/offices/3/column-maps "{\"form\":\"result_csv\",\"columns\":[$1]}"; is "$(got '.errors[0].pointer')" "$2" "$3"; }
columns '{"field":"reference","title":"备注"},{"field":"outcome","title":"备注"}' /columns/1/title "a title names one column"
columns '{"field":"reference","title":"备注"},{"field":"outcome","title":"结果"},{"field":"outcome","title":"状态"}' /columns/2/field "a field has one"
columns '{"field":"reference","title":"备注"},{"field":"amount","title":"金额"}' /columns "an answer without what became of a payment could not be read"
columns '{"field":"amount","title":"金额"},{"field":"outcome","title":"结果"}' /columns "nor one that names none"
fetch "$batch" csv
is "$(tail -c +4 "$T/file" | tr -d '\r')" '"收款单位","金额（元）","结果"
"机构 aa","500.00",""' "the office's own columns, empty where nothing is known yet"
AS=clerk IFM='*' want 409 POST "/api/v1/payments/$p1/settle" '{"bank_ref":"B1"}'
AS=clerk IFM='*' want 409 POST "/api/v1/payments/$p1/return" '{"reason":"重新支付"}'
is "$(problem)" payment/batched "an unknown outcome is looked up, not retried"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
AS=auditor want 200 GET /api/v1/offices/3/reconciliation
is "$(got '.items | map(.side + " " + .what) | join(",")')" "ledger waiting" "the ledger waits for the treasury"
paid_on=$(AS='' req GET /api/v1/clock; TZ=Asia/Shanghai date -d "$(got .now)" +%F)
AS=clerk IFM='*' WHY='a voucher of tomorrow' want 422 POST "/api/v1/batches/$batch/results" "{\"lines\":[{\"payment\":\"$p1\",\"outcome\":\"settled\",\"bank_ref\":\"国库-2026-0007\",\"day\":\"$(date -d "$paid_on + 1 day" +%F)\"}]}"
is "$(got '.errors[0].pointer')" /lines/0/day "it names the line"
AS=clerk IFM='*' denied payment 'UPDATE (settled)' POST "/api/v1/batches/$batch/results" "{\"lines\":[{\"payment\":\"$p1\",\"outcome\":\"settled\",\"bank_ref\":\"国库-2026-0007\",\"day\":\"$paid_on\"}]}"
sql "UPDATE linli.tender SET plan = jsonb_set(plan, '{windows}', (plan -> 'windows') || jsonb_build_array((plan -> 'windows' -> 0) || '{\"code\": \"after_pay\", \"from\": \"paid\", \"until\": \"evaluated\", \"least\": \"0d\", \"most\": \"10d\"}')) WHERE id = '$TENDER'"
AS=clerk IFM='*' want 200 POST "/api/v1/batches/$batch/results" "{\"lines\":[{\"payment\":\"$p1\",\"outcome\":\"settled\",\"bank_ref\":\"国库-2026-0007\",\"day\":\"$paid_on\"}]}"
is "$(got '[.state, .settled_payments] | join(" ")')" "settled 1" "voucher and day entered: paid"
is "$(sql "SELECT count(*) FROM linli.deadline WHERE tender_id = '$TENDER' AND code = 'after_pay'")" 1 "what the plan counts from a payment begins, once"
sql "UPDATE linli.tender SET plan = jsonb_set(plan, '{windows}', (plan -> 'windows') - -1) WHERE id = '$TENDER'; DELETE FROM linli.deadline WHERE code = 'after_pay'"
stands "in the ledger too" "0.00 0.00 500.00"
AS=clerk IFM='*' want 409 POST "/api/v1/batches/$batch/results" "{\"lines\":[{\"payment\":\"$p1\",\"outcome\":\"returned\",\"bank_ref\":\"TH-1\",\"day\":\"$paid_on\"}]}"
like "$(got .detail)" "*state*" "what was settled does not come back by one person's entry"
AS=auditor want 200 GET "/api/v1/payments/$p1/paper"
is "$(got .bank_ref)" 国库-2026-0007 "with the number of its voucher"
AS=auditor want 200 GET /api/v1/offices/3/reconciliation
is "$(got '.items | length')" 0 "both sides have the same"

# ---- a bank, for a charity's fund: two contracts, three payments ----
AS=approver req POST /api/v1/offices/3/funds '{"code":"charity_fund","name":{"zh":"社区慈善基金","en":"community fund"},"purpose":"助老","regimes":["sub_threshold"],"holder_kind":"charity","holder":"示例慈善会"}'
fund=$(got .id)
AS=approver req POST "/api/v1/funds/$fund/appropriations" "{\"year\":$(year),\"budget_item\":\"1\",\"name\":\"年度\",\"amount\":\"5000.00\"}"
APP=$(got .id)
AS='' req GET /api/v1/offices/3
AS=security IFM=$(etag) want 200 PATCH /api/v1/offices/3 '{"second_check":"500.00"}'
contract_of 1000.01
ordered "${PARTS[0]}"
q1=$PAYMENT t1=${PARTS[0]}
BIDDERS=(bb aa)
account bb '银行 & <\"分行\">' 6222099
winner_of 3.00
draft_of "$AWARD"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=bb IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
parts
ordered "${PARTS[0]}"
q2=$PAYMENT t2=${PARTS[0]}
body="{\"purpose\":\"第一批\",\"execute\":\"2028-01-05\"}"
AS=clerk want 409 POST "/api/v1/funds/$fund/batches" "$body"
is "$(problem)" account/none "the fund has no account to pay from"
AS=clerk want 422 POST "/api/v1/funds/$fund/accounts" '{"holder":"示例慈善会","bank_name":"示例银行","bank_code":"10229000000x","account":"1001"}'
AS=clerk want 201 POST "/api/v1/funds/$fund/accounts" '{"holder":"示例慈善会","bank_name":"示例银行","bank_code":"102290000009","account":"1001"}'
account=$(got .id)
AS=clerk want 409 POST "/api/v1/funds/$fund/batches" "$body"
AS=approver want 200 POST "/api/v1/funds/$fund/accounts/$account/confirm"
AS=approver want 409 POST "/api/v1/funds/$fund/accounts/$account/confirm"
is "$(problem)" approval/same-person "once"
AS=clerk want 422 POST "/api/v1/funds/$fund/batches" '{"purpose":"第一批"}'
AS=clerk WHY='for yesterday' want 422 POST "/api/v1/funds/$fund/batches" "{\"purpose\":\"昨日\",\"execute\":\"$(AS='' req GET /api/v1/clock; TZ=Asia/Shanghai date -d "$(got .now) - 1 day" +%F)\"}"
is "$(got '.errors[0] | .pointer + " " + .code')" "/execute range" "the day has passed"
AS=clerk WHY='for today' want 201 POST "/api/v1/funds/$fund/batches" "{\"purpose\":\"当日\",\"execute\":\"$(AS='' req GET /api/v1/clock; TZ=Asia/Shanghai date -d "$(got .now)" +%F)\"}"
AS=approver IFM='*' want 200 POST "/api/v1/batches/$(got .id)/refuse" '{"reason":"改期"}'
AS=clerk denied batch INSERT POST "/api/v1/funds/$fund/batches" "$body"
AS=clerk want 201 POST "/api/v1/funds/$fund/batches" "$body"
batch=$(got .id)
is "$(got '[.channel, .payments, .total] | join(" ")')" "bank 2 501.50" "all that waits, added up"
late() { # the clock of the sandbox cannot go back: the day is what moves
    sql "UPDATE linli.batch SET execute = '2026-01-05' WHERE id = '$batch'"
}
day=$(sql "SELECT execute FROM linli.batch WHERE id = '$batch'")
late
AS=approver IFM='*' want 409 POST "/api/v1/batches/$batch/approve"
is "$(problem)" batch/day "not approved for a day that has passed"
AS=approver IFM='*' want 422 POST "/api/v1/batches/$batch/execute" '{"execute":"2026-01-06"}'
AS=clerk IFM='*' want 403 POST "/api/v1/batches/$batch/execute" "{\"execute\":\"$day\"}"
today=$(AS='' req GET /api/v1/clock; TZ=Asia/Shanghai date -d "$(got .now)" +%F)
AS=approver IFM='*' WHY='today is no day that has passed' want 200 POST "/api/v1/batches/$batch/execute" "{\"execute\":\"$today\"}"
AS=approver IFM='*' want 200 POST "/api/v1/batches/$batch/approve"
is "$(got .state)" approved "its largest is not above the limit: one is enough"
late
AS=clerk IFM='*' want 409 POST "/api/v1/batches/$batch/export"
is "$(problem) $(got .title)" "batch/day 批次的银行执行日期已过" "nor given out after it"
like "$(got .detail)" "*2026-01-05*可由编制人以外的审批人重新确定执行日期*" "and what may be done"
stands "nothing moved" "0.00 501.50 0.00"
AS=approver IFM='*' want 200 POST "/api/v1/batches/$batch/execute" "{\"execute\":\"$day\"}"
is "$(got '.state + " " + .execute')" "approved $day" "a new day, by somebody other than its maker"
AS=clerk IFM='*' want 200 POST "/api/v1/batches/$batch/export"
AS=approver IFM='*' want 409 POST "/api/v1/batches/$batch/execute" "{\"execute\":\"$day\"}"
AS=clerk want 200 GET "/api/v1/batches/$batch/payments?state=sent"
is "$(got '.items | length')" 2 "its lines by where they stand"
AS=clerk want 200 GET "/api/v1/batches/$batch/payments?state=settled"
is "$(got '.items | length')" 0 "none is settled"
AS=clerk want 422 GET "/api/v1/batches/$batch/payments?state=x"
fetch "$batch" pain_001
cp "$T/file" "$T/pain.xml"
ok "well formed" xmllint --noout "$T/pain.xml"
is "$(python3 "$here/tests/api/pain_order.py" "$T/pain.xml")" '' "pain.001.001.09 in order, number, form and sums, by the table of its message definition"
like "$(cat "$T/pain.xml")" "*<CtrlSum>501.50</CtrlSum>*<Nm>银行 &amp; &lt;&quot;分行&quot;&gt;</Nm>*" "its sum, its names escaped"
# Boundary 42.
sed 's/<CtrlSum>501.50/<CtrlSum>501.51/; s/<PmtMtd>TRF<.PmtMtd>//' "$T/pain.xml" >"$T/bad.xml"
like "$(python3 "$here/tests/api/pain_order.py" "$T/bad.xml")" "*PmtMtd 0 times*CtrlSum*" "the check finds a wrong sum and what is missing"
sed 's|<PmtMtd>TRF</PmtMtd>\(<NbOfTxs>2</NbOfTxs>\)|\1<PmtMtd>TRF</PmtMtd>|; s|<Nm>机构 aa</Nm>|<Nm></Nm>|; s|</RmtInf>|<Foo/></RmtInf>|' "$T/pain.xml" >"$T/bad.xml"
like "$(python3 "$here/tests/api/pain_order.py" "$T/bad.xml")" "*PmtInf: *out of order*Nm (Max140Text): ''*RmtInf: *not in the table*" "what is out of place, too short, or not of the message"
advance 1h
fetch "$batch" pain_001
ok "given out again it is the same, byte for byte" cmp -s "$T/file" "$T/pain.xml"
fetch "$batch" csv_gb18030
like "$(iconv -f GB18030 -t UTF-8 "$T/file")" '*"机构 bb","6222099","银行 & <""分行"">","102290000001","1.50","第一批"*' "the bank's CSV in GB18030"
for t in column_map fund_account tranche; do AS=clerk denied "$t" SELECT GET "/api/v1/batches/$batch/files/csv"; done
AS=clerk denied tranche SELECT GET "/api/v1/batches/$batch/files/pain_001"
open_files() { find "/proc/$SERVER_PID/fd" -lname "$T/blobs/*" -o -lname '*(deleted)' | wc -l; }
all_closed() { # what was answered is closed a moment later
    for _ in $(seq 50); do [ "$(open_files)" != 0 ] || break; sleep 0.1; done
    is "$(open_files)" 0 "no file is left open"
}
all_closed
AS=clerk want 404 GET "/api/v1/batches/00000003-0000-8000-8000-00000000000f/files/csv"
fetch "$batch" csv
is "$(tail -c +4 "$T/file" | tr -d '\r' | sort)" '"1","1001","机构 aa","6222001","示例银行","102290000001","500.00","第一批","'"${q1//-/}"'"
"2","1001","机构 bb","6222099","银行 & <""分行"">","102290000001","1.50","第一批","'"${q2//-/}"'"
"序号","付款账号","收款人名称","收款账号","收款开户行","联行号","金额","用途","备注"' "and in UTF-8, every column"

# ---- what the bank says ----
e1=${q1//-/} e2=${q2//-/}
read_file() { # format text: wants $WANT
    AS=clerk want "${WANT:-201}" POST /api/v1/offices/3/bank-files "{\"format\":\"$1\",\"sha256\":\"$(say_file "$2")\"}"
}
report() { # transactions
    printf '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>R1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>%s</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>%s</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>' "${batch//-/}" "$1"
}
status() { printf '<TxInfAndSts><OrgnlEndToEndId>%s</OrgnlEndToEndId><TxSts>%s</TxSts>%s</TxInfAndSts>' "$1" "$2" "${3:-}"; }
unread() { AS=clerk want "$1" POST /api/v1/offices/3/bank-files "{\"format\":\"pain_002\",\"sha256\":\"$2\"}"; is "$(got '.errors[0].pointer')" /sha256 "$3"; }
unread 404 "$(printf '%064d' 7)" "a file nobody brought"
unread 422 "$(printf '%064d' 0 | tr 0 G)" "no hash"
large() { # BYTES WANTED: a file of which only the record is as large
    local file
    file=$(say_file "as large as $1")
    sql "UPDATE linli.blob SET bytes = $1 WHERE sha256 = '\\x$file'"
    AS=clerk WHY="$1 bytes" want "$2" POST /api/v1/offices/3/bank-files "{\"format\":\"csv\",\"sha256\":\"$file\"}"
}
large 16777217 422
like "$(got .detail)" '文件过大' "no larger file than 16 MiB"
large 16777216 500
gone=$(say_file 'gone')
rm "$T/blobs/${gone:0:2}/$gone"
AS=clerk WHY='the file is gone' want 500 POST /api/v1/offices/3/bank-files "{\"format\":\"csv\",\"sha256\":\"$gone\"}"
WANT=422 read_file pain_002 '<a/>'
WANT=422 read_file pain_002 '<CstmrPmtStsRpt><a></CstmrPmtStsRpt>'
is "$(problem)" file/unreadable "what is not well formed is refused"
WANT=422 read_file pain_002 '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><CstmrPmtStsRpt>&b;</CstmrPmtStsRpt>'
like "$(got .detail)" '*文档类型*' "no document type, no entities"
WANT=422 read_file pain_002 "$(printf '<CstmrPmtStsRpt>%040d' 0 | sed 's/0/<a>/g')"
read_file pain_002 "$(report "$(status "$e1" PDNG)$(status "$e2" RJCT '<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>账户已销户</AddtlInf></StsRsnInf>')")"
is "$(got '[.entries, .fitting, .failed] | join(" ")')" "2 1 1" "one waits, one failed"
stands "what failed is payable again" "1.50 500.00 0.00"
AS=auditor want 200 GET "/api/v1/payments/$q2/paper"
is "$(got '[.state, .reason] | join(" ")')" "failed AC04 账户已销户" "with the bank's reason"
WANT=409 read_file pain_002 "$(report "$(status "$e1" PDNG)$(status "$e2" RJCT '<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>账户已销户</AddtlInf></StsRsnInf>')")"
is "$(problem)" file/taken "the same file is read once"
note() { # entries
    printf '<?xml version="1.0"?><n:Document xmlns:n="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><n:BkToCstmrDbtCdtNtfctn><n:Ntfctn>%s</n:Ntfctn></n:BkToCstmrDbtCdtNtfctn></n:Document>' "$1"
}
entry() { # ref e2e amount CRDT/DBIT more; CCY: another currency
    printf '<n:Ntry><n:Amt Ccy="'"${CCY:-CNY}"'">%s</n:Amt><n:CdtDbtInd>%s</n:CdtDbtInd><n:Sts><n:Cd>BOOK</n:Cd></n:Sts><n:BookgDt><n:Dt>2028-01-05</n:Dt></n:BookgDt><n:AcctSvcrRef>%s</n:AcctSvcrRef><n:NtryDtls><n:TxDtls><n:Refs><n:EndToEndId>%s</n:EndToEndId></n:Refs>%s</n:TxDtls></n:NtryDtls></n:Ntry>' "$3" "$4" "$1" "$2" "${5:-}"
}
read_file camt_054 "$(note "$(entry BK-1 "$e1" 499.99 DBIT)$(entry BK-2 0000 7.00 DBIT)")"
is "$(got '[.entries, .fitting] | join(" ")')" "2 0" "another sum, and what is nothing of ours, fit nothing"
AS=auditor want 200 GET /api/v1/offices/3/reconciliation
is "$(got '.items | map(.side + " " + .what + " " + .amount) | sort | join(", ")')" \
    "bank amount 499.99, bank unknown 7.00, ledger waiting 500.00" "both sides are shown what they lack"
AS=auditor req GET "/api/v1/offices/3/bank-entries?fits=false&limit=100"
is "$(got '.items[] | select(.bank_ref == "BK-2") | [.end_to_end, .payment] | @json')" '["0000",null]' "as the bank told it"
# The very number in another currency; a credit that was booked before taken back: none settles what waits.
read_file camt_054 "$(note "$(CCY=USD entry BK-20 "$e1" 500.00 DBIT)$(entry BK-21 "$e1" 500.00 DBIT | sed 's|<n:Sts>|<n:RvslInd>true</n:RvslInd>&|')")"
is "$(got '[.entries, .fitting, .settled] | join(" ")')" "2 0 0" "500.00 of another currency are not 500.00 yuan, and nothing was paid by a reversal"
AS=auditor want 200 GET /api/v1/offices/3/reconciliation
is "$(got '[.items[] | select(.bank_ref == "BK-20") | .what] | join(" ")')" unknown "somebody has to look at it"
sql "DELETE FROM linli.bank_entry WHERE bank_ref IN ('BK-20', 'BK-21')"
# Under the reference that did not fit before; beside it what fits nothing, under one reference twice.
read_file camt_054 "$(note "$(entry BK-1 "$e1" 500 DBIT)$(entry BK-9 0000 3.00 DBIT)$(entry BK-9 0001 4.00 DBIT)")"
is "$(got '[.entries, .fitting, .settled] | join(" ")')" "3 1 1" "a reference that did not fit once does not stop the right one"
AS=auditor want 200 GET /api/v1/offices/3/reconciliation
is "$(got '.items | map(.side + " " + .what + " " + .bank_ref + " " + .amount) | sort | join(", ")')" \
    "bank unknown BK-2 7.00, bank unknown BK-9 3.00, bank unknown BK-9 4.00" "two lines of one voucher number are both kept"
read_file camt_054 "$(note "$(entry BK-9 0000 3.00 DBIT)$(entry BK-3 "${e1^^}" 500 DBIT)")"
is "$(got '[.entries, .fitting] | join(" ")')" "2 0" "told again, under another number: it is settled already"
AS=auditor want 200 GET /api/v1/offices/3/reconciliation
is "$(got '[.items[] | select(.bank_ref == "BK-9")] | length')" 2 "what was told before is not shown again"
is "$(got '.items[] | select(.bank_ref == "BK-3") | .what')" state "money that left twice is"
AS=auditor req GET "/api/v1/offices/3/bank-entries?fits=true&limit=100"
is "$(got '.items | map(.bank_ref + " " + .outcome + " " + (.booked | tostring)) | sort | join(", ")')" \
    "${batch//-/}/$e2 failed null, BK-1 settled 2028-01-05, 国库-2026-0007 settled $paid_on" "what fitted, each with the day it was booked"
stands "settled" "1.50 0.00 500.00"
AS=clerk want 200 GET "/api/v1/batches/$batch"
is "$(got '[.state, .settled_payments, .failed] | join(" ")')" "settled 1 1" "the batch is done"
# What is asked back has still to have been paid: a return beside it is for people to look at, the rest of the file is booked.
con1=$(sql "SELECT contract_id FROM linli.tranche WHERE id = '$t1'")
AS='' req GET /api/v1/clock
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$con1/recoveries" "{\"amount\":\"0.01\",\"due\":\"$(date -u -d "$(got .now) + 30 days" +%FT00:00:00Z)\",\"reason\":\"多付\"}"
rec=$(got .id)
read_file camt_054 "$(note "$(entry BK-4 "$e1" 500.00 CRDT '<n:RtrInf><n:Rsn><n:Cd>AC01</n:Cd></n:Rsn></n:RtrInf>')$(entry BK-10 0002 1.00 DBIT)")"
is "$(got '[.entries, .fitting] | join(" ")')" "2 0" "one awkward line does not refuse the file"
AS=auditor want 200 GET "/api/v1/offices/3/bank-entries?fits=false&limit=100"
is "$(got '.items[] | select(.bank_ref == "BK-4") | .unfit')" demanded "it is kept with its reason"
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$rec/refuse" '{"reason":"银行退回"}'
read_file camt_054 "$(note "$(entry BK-4 "$e1" 500.00 CRDT '<n:RtrInf><n:Rsn><n:Cd>AC01</n:Cd></n:Rsn></n:RtrInf>')")"
is "$(got '[.entries, .fitting, .returned, .to_confirm] | join(" ")')" "1 0 0 1" "it came back: so says the file that one person brought"
stands "nothing moves before a second person says the same" "1.50 0.00 500.00"
AS=auditor want 200 GET /api/v1/offices/3/reconciliation
is "$(got '[.items[] | select(.bank_ref == "BK-4")] | length')" 1 "until then the bank has what the ledger has not"
AS=approver req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "payment_return") | .subject] | join(" ")')" "$q1" "another finds it among the tasks"
came_back() { AS=$2 IFM='*' want "$1" POST "/api/v1/payments/$q1/return" '{"reason":"账号不符","bank_ref":"BK-4"}'; }
mistaken() { AS=$2 IFM='*' want "$1" POST "/api/v1/payments/$q1/return/withdraw"; }
came_back 409 clerk
is "$(problem)" payment/same-person "who brought the file is not the second"
mistaken 409 approver
mistaken 200 clerk
is "$(got .state)" settled "taken back by who said so"
mistaken 409 clerk
AS=approver req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "payment_return")] | length')" 0 "nobody waits"
back_as() { AS=$2 IFM='*' want "$1" POST "/api/v1/payments/$q1/return" '{"reason":"账号不符","bank_ref":"BK-1"}'; }
back_as 200 clerk
back_as 409 approver
is "$(problem)" bank_ref/taken "the reference that told of the payment does not tell of its return too"
mistaken 200 clerk
came_back 200 clerk
came_back 200 approver
mistaken 409 clerk
stands "and is payable again" "501.50 0.00 0.00"
AS=auditor want 200 GET /api/v1/offices/3/reconciliation
is "$(got '[.items[] | select(.bank_ref == "BK-4")] | length')" 0 "both sides have it"
AS=clerk want 200 GET "/api/v1/tranches/$t1/payments"
is "$(got '.items | map(.state) | join(" ")')" returned "on record"

all_closed

# ---- paid again; CSV of the bank ----
for t in "$t1" "$t2"; do AS=clerk IFM='*' want 201 POST "/api/v1/tranches/$t/payments" '{}'; [ "$t" = "$t1" ] && q1=$(got .id) || q2=$(got .id); done
AS=clerk want 201 POST "/api/v1/funds/$fund/batches" "${body/第一批/第二批}"
batch=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/batches/$batch/approve"
AS=clerk IFM='*' want 409 POST "/api/v1/batches/$batch/results" "{\"lines\":[{\"payment\":\"$q1\",\"outcome\":\"settled\",\"bank_ref\":\"X\",\"day\":\"2028-01-06\"}]}"
AS=clerk IFM='*' want 200 POST "/api/v1/batches/$batch/export"
# Rows without reference or number: each is kept; failed and returned at once: the first is what holds.
noise="$(printf '备注,金额,处理结果\r\n,1.00,成功\r\n,2.00,成功\r\n,3.00,失败\r\n')"
read_file csv "$noise"
is "$(got .entries)" 3 "rows without a reference are all kept"
csv="$(printf '备注,金额,处理结果,交易流水号,交易日期,失败原因\r\n%s,"500.00",成功,C-1,20280106,\r\n%s,1.5,成功,C-2,2028-01-06,\r\n' "${q1//-/}" "${q2//-/}")"
WANT=422 read_file csv "$(printf '金额,结果\r\n1.00,成功\r\n')"
WANT=422 read_file csv "$(printf '备注,金额,处理结果\r\nx,abc,成功\r\n')"
like "$(got .detail)" '第 2 行*' "the row at fault is named"
read_file csv "$(iconv -f UTF-8 -t GB18030 <<<"$csv")"
is "$(got '[.fitting, .settled] | join(" ")')" "2 2" "read in GB18030"
stands "all is paid" "0.00 0.00 501.50"
# ---- once more: one of three awkward, entered by hand and read ----
BIDDERS=(aa bb)
contract_of 60.00
ordered "${PARTS[0]}"
q3=$PAYMENT
other=$(sql "SELECT a.id FROM linli.appropriation a JOIN linli.fund f ON f.id = a.fund_id WHERE f.holder_kind = 'finance' LIMIT 1")
sql "INSERT INTO linli.account (office_id, appropriation_id, bucket, subject) VALUES (3, '$other', 'payable', '$CONTRACT');
    INSERT INTO linli.posting (office_id, journal_id, line, appropriation_id, bucket, subject, side, amount_fen, nth, after_fen)
    SELECT 3, id, 4, '$other', 'payable', '$CONTRACT', 'C', 1500, 1, 1500 FROM linli.journal WHERE source = '${PARTS[0]}' AND kind = 'payable'"
AS=clerk WHY='the street pays part of it' want 409 POST "/api/v1/funds/$fund/batches" "${body/第一批/第三批}"
is "$(problem)" batch/empty "the charity does not pay what the street owes"
sql "DELETE FROM linli.posting WHERE subject = '$CONTRACT' AND appropriation_id = '$other'; DELETE FROM linli.account WHERE subject = '$CONTRACT' AND appropriation_id = '$other'"
AS=clerk want 201 POST "/api/v1/funds/$fund/batches" "${body/第一批/第三批}"
batch=$(got .id)
sql "UPDATE linli.contract SET organisation_id = '${ORG[bb]}' WHERE id = '$CONTRACT'"
AS=approver IFM='*' WHY='the contract passed on to another' want 409 POST "/api/v1/batches/$batch/approve"
is "$(problem)" payment/payee "what was ordered for the one before does not go out"
sql "UPDATE linli.contract SET organisation_id = '${ORG[aa]}' WHERE id = '$CONTRACT'"
AS=approver IFM='*' want 200 POST "/api/v1/batches/$batch/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/batches/$batch/export"
today=$(AS='' req GET /api/v1/clock; TZ=Asia/Shanghai date -d "$(got .now)" +%F)
line() { echo "{\"payment\":\"$1\",\"outcome\":\"$2\",\"bank_ref\":\"$3\",\"day\":\"$today\"}"; }
AS=clerk IFM='*' want 409 POST "/api/v1/batches/$batch/results" "{\"lines\":[$(line "$q3" settled C-1)]}"
like "$(got .detail)" "*reference*" "a voucher number that paid something else is refused where it is entered by hand"
# As the treasury gives it out: a workbook.
workbook() { # KIND: uploads it; SUM
    python3 "$here/tests/api/workbook.py" "$1" "${q3//-/}" "$T/book.xlsx"
    SUM=$(sha256sum "$T/book.xlsx" | cut -d' ' -f1)
    ok "a workbook can be brought: $1" curl -sf -T "$T/book.xlsx" -H "Authorization: Bearer ${TOKEN[clerk]}" "$UP/api/v1/blobs/$SUM"
    AS=clerk want "${WANT:-201}" POST /api/v1/offices/3/bank-files "{\"format\":\"xlsx\",\"sha256\":\"$SUM\"}"
}
WANT=422 workbook doctype
like "$(problem) $(got .detail)" "file/unreadable*文档类型*" "no document type in a workbook"
WANT=422 workbook bomb
like "$(got .detail)" "*解压后过大*" "none that unpacks to too much"
WANT=422 workbook many
like "$(got .detail)" '第 '*'行：内容过多' "none that names one long text in very many cells"
WANT=422 workbook titles
like "$(got .detail)" "*首行*" "none whose first row has other titles"
WANT=422 workbook amount
like "$(got .detail)" "第 7 行：*" "the row at fault is named as the sheet counts it"
# The bank takes no payment by name: it refuses the message.
AS=clerk WHY='a word nobody knows' want 422 POST /api/v1/offices/3/bank-files "{\"format\":\"csv\",\"sha256\":\"$(say_file "$(printf '备注,金额,处理结果\r\n%s,30.00,支付异常\r\n' "${q3//-/}")")\"}"
like "$(got .detail)" '第 2 行*未知的词*' "what a bank's word means is not guessed"
workbook good
is "$(got '[.entries, .fitting, .failed, .returned] | join(" ")')" "2 1 1 0" "failed and returned in one file: it failed"
AS=auditor want 200 GET "/api/v1/offices/3/bank-entries?fits=false&limit=100"
is "$(got '.items | last | .bank_ref + " " + .unfit')" "C-9 contradicts" "the other line is kept with its reason"
stands "and it is payable again" "30.00 0.00 501.50"
# A bank that names no payment, since it refuses the message as one.
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
q3=$(got .id)
AS=clerk want 201 POST "/api/v1/funds/$fund/batches" "${body/第一批/第四批}"
batch=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/batches/$batch/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/batches/$batch/export"
read_file pain_002 "$(report '<PmtInfSts>PDNG</PmtInfSts>')"
is "$(got .entries)" 0 "what says nothing yet changes nothing"
read_file pain_002 "$(report '' | sed 's|</OrgnlMsgNmId>|&<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM10</Cd></Rsn></StsRsnInf>|')"
is "$(got '[.entries, .fitting, .failed] | join(" ")')" "1 1 1" "a message refused whole: each of its payments failed"
AS=auditor want 200 GET "/api/v1/payments/$q3/paper"
is "$(got '[.state, .reason] | join(" ")')" "failed AM10" "with the bank's reason"
stands "payable once more" "30.00 0.00 501.50"
read_file pain_002 "$(report '' | sed 's|</OrgnlMsgNmId>|&<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM10</Cd></Rsn></StsRsnInf>|; s|<MsgId>R1<|<MsgId>R2<|')"
is "$(got '[.entries, .fitting, .failed] | join(" ")')" "1 0 0" "said again, of a message none of whose payments is on its way: kept, and fits nothing"
# All payments of one contract in one answer: what has happened tells of each, once, and the contract ends.
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
q3=$(got .id)
delivered "${PARTS[1]}" 18.00
ordered "${PARTS[1]}"
q4=$PAYMENT
delivered "${PARTS[2]}" 42.00
ordered "${PARTS[2]}"
AS=clerk want 201 POST "/api/v1/funds/$fund/batches" "${body/第一批/第五批}"
batch=$(got .id)
is "$(got '[.payments, .total] | join(" ")')" "3 60.00" "three of one contract"
AS=approver IFM='*' want 200 POST "/api/v1/batches/$batch/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/batches/$batch/export"
read_file camt_054 "$(note "$(entry BK-30 "${batch//-/}" 60.00 DBIT)")"
is "$(got '[.entries, .fitting] | join(" ")')" "1 0" "a line of an account that names the batch says nothing of its payments"
sql "UPDATE linli.membership SET valid_until = NULL WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
results="{\"lines\":[$(line "$q3" settled C-21),$(line "$q4" settled C-22),$(line "$PAYMENT" settled C-23)]}"
AS=clerk IFM='*' held "SELECT FROM linli.tender WHERE id = '$TENDER' FOR UPDATE" "SELECT FROM linli.payment WHERE batch_id = '$batch' FOR UPDATE" \
    POST "/api/v1/batches/$batch/results" "$results"
AS=clerk IFM='*' want 200 POST "/api/v1/batches/$batch/results" "$results"
is "$(got '[.state, .settled_payments] | join(" ")')" "settled 3" "all are paid"
AS='' req GET "/api/v1/tenders/$TENDER/milestones"
is "$(got '[.items[] | select(.kind == "paid") | .role + " " + (.lot | tostring)] | join(",")')" "office_approver 1,office_approver 1,office_approver 1" "each is told of, by one role"
is "$(sql "SELECT string_agg(DISTINCT bid_id::text, ' ') FROM linli.milestone WHERE tender_id = '$TENDER' AND kind = 'paid'")" "${BID[aa]}" "with the bid that it pays"
is "$(sql "SELECT string_agg(act || ' ' || role || ' ' || (tender_id = '$TENDER') || ' ' || (payload::jsonb ->> 'from' = '$batch'), ',' ORDER BY at, act)
          FROM linli.event_queue WHERE subject = '$q3' AND act <> 'payment_order'")" "payment_approve office_approver true true,payment_settle office_clerk true true" \
    "the log of the tender tells of each payment of a batch who approved it, and who said that it was made"
AS=clerk req GET "/api/v1/contracts/$CONTRACT"
is "$(got .state)" closed "the contract is closed"
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" closed "and the tender with it"
is "$("$LINLI" audit 2>&1 | tail -n 1 | grep -o '[0-9]* violations')" "0 violations" "the whole database keeps its promises"
stop_server
# A stranger follows the money to those acts.
mkdir "$T/l" && cd "$T/l" || exit 2
signs log log
linli log publish --into out --log-key "$(cat log.pub)" --signer log.sock >said 2>wrong
is "$?" 0 "what was done is published"
LINLI_BLOBS_FOLDER=$T/blobs linli log bundle --into bundle --tender "$TENDER"
linli verify --log out --log-key "$(cat log.pub)" --bundle bundle >checks 2>&1
is "$? $(grep -E '^(FAIL|PASS V2[01])' checks | awk '{print $1 $2}' | paste -sd' ')" "0 PASSV20 PASSV21" "every payment was approved and settled by somebody"
python3 "$here/tests/trust/verify.py" log --log out --log-key "$(cat log.pub)" --bundle bundle >second 2>&1
is "$? $(grep -c ^FAIL second)" "0 0" "as the second verifier finds"
cd "$here" || exit 2
finish
