#!/bin/bash
# What is late and its interest, fees with their tax, the ledger of a fund and its nonprofit form, as answers and as files.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for b in aa bb; do bidder "$b" "机构 $b"; done
contract_of 1000.00 100000.00
fund=$(sql "SELECT fund_id FROM linli.appropriation WHERE id = '$APP'")
fetch() { AS=${2:-clerk} req GET "$1"; cp "$T/body" "$T/file"; }
plain() { tail -c +4 "$T/file" | tr -d '\r'; }

# ---- late ----
uscc_aa=$(sql "SELECT uscc FROM linli.organisation WHERE id = '${ORG[aa]}'")
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/release"
AS=aa want 201 POST "/api/v1/tranches/${PARTS[0]}/vouchers" "{\"kind\":\"einvoice\",\"number\":\"26310000000000000011\",\"amount\":\"500.00\",\"issued\":\"2026-11-01\",\"seller_uscc\":\"$uscc_aa\"}"
by=$(got .pay_by)
o=/api/v1/offices/3/overdue
is "$(sql "SELECT count(*) FROM linli.overdue_at(3, '$by'::timestamptz - interval '1 microsecond')")" 0 "before the thirtieth day ends nothing is late, by a microsecond"
is "$(sql "SELECT count(*) FROM linli.overdue_at(3, '$by'::timestamptz)")" 1 "when it ends it is"
clock_to "$(date -u -d "$by - 1 hour" +%FT%TZ)"
AS=auditor want 200 GET "$o"
is "$(got '.items | length')" 0 "nor does the list show it"
clock_to "$by"
AS=auditor want 200 GET "$o"
is "$(got '.items[0] | [.amount, .days, .interest, .payee] | map(tostring) | join(" ")')" "500.00 1 null 机构 aa" "then it is, for a day; this regime sets no interest"
is "$(sql "SELECT jsonb_typeof(rules -> 'rules') FROM linli.tender WHERE id = '$TENDER'")" array "the frozen rules are where the interest looks for them"
sql "UPDATE linli.tender SET rules = jsonb_set(rules, '{rules}', (rules -> 'rules') || '[{\"code\":\"late_interest_day\",\"rate\":\"0.05%\",\"source\":\"保障中小企业款项支付条例 §17\",\"name\":{\"zh\":\"逾期利息，每日\",\"en\":\"Late interest, each day\"}}]') WHERE id = '$TENDER'"
advance 9d
AS=auditor want 200 GET "$o"
# Boundary 30.
is "$(got '.items[0] | [.days, .interest, .rate, .source] | map(tostring) | join(" ")')" "10 2.50 0.05%/日 保障中小企业款项支付条例 §17" "500.00 at 0.05 % for ten days are 2.50"
AS=approver IFM='*' want 409 POST "/api/v1/contracts/$CONTRACT/late-rate" '{"rate":"2.99%","source":"合同第九条"}'
is "$(problem) $(got .article)" "rule/refused 保障中小企业款项支付条例 §17" "not below the loan prime rate, by its article"
AS=clerk IFM='*' want 403 POST "/api/v1/contracts/$CONTRACT/late-rate" '{"rate":"3.65%","source":"合同第九条"}'
AS=approver IFM='*' WHY='the loan prime rate itself' want 200 POST "/api/v1/contracts/$CONTRACT/late-rate" '{"rate":"3.00%","source":"合同第九条"}'
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/late-rate" '{"rate":"3.65%","source":"=合同第九条"}'
AS=auditor want 200 GET "$o"
is "$(got '.items[0] | [.interest, .rate] | join(" ")')" "0.50 3.65%/年" "as agreed: 500.00 at 3.65 % a year for ten days are 0.50"
AS=resident want 403 GET "$o"
fetch "$o/csv" auditor
like "$(plain)" "*\"500.00\"*\"10\",\"3.65%/年\",\"'=合同第九条\",\"0.50\"*" "as CSV, with nothing a spreadsheet would compute"
is "$(head -c 3 "$T/file" | od -An -tx1 | tr -d ' ')" efbbbf "that begins with a BOM"
fetch "$o/xlsx" auditor
like "$(python3 -c 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet1.xml").decode())' "$T/file")" "*<v>500</v>*=合同第九条*<v>0.5</v>*" "as XLSX, sums as numbers, texts as texts"
AS=auditor req GET "$o/pdf"
is "$STATUS" 404 "no other"

# ---- fees: the tax authority's own example is 2,000.00, of which 240.00 are withheld (公告2018年第61号解读) ----
f=/api/v1/offices/3/fees
day=$(date -u -d "$by + 1 day" +%F)
fee() { AS=clerk want 201 POST "$f" "{\"payee\":\"$1\",\"id_number\":\"$2\",\"bank_name\":\"示例银行\",\"account\":\"6222021234567890\",\"work\":\"评审\",\"worked\":\"$day\",\"gross\":\"$3\"}"; }
n=0
for row in 800.00:0.00 800.05:0.01 2000.00:240.00 4000.00:640.00 4000.05:640.01 25000.00:4000.00 30000.00:5200.00 62500.00:13000.00 70000.00:15400.00; do
    n=$((n + 1))
    fee "专家 $n" "31010119800101000$n" "${row%:*}"
    is "$(got .tax)" "${row#*:}" "of ${row%:*} ${row#*:} are withheld"
done
worked=$day day=$(AS='' req GET /api/v1/clock; TZ=Asia/Shanghai date -d "$(got .now)" +%F)
fee '今天来的' 310101198001010010 800.00
day=$worked
fee 赵专家 310101197001011234 2000.00
first=$(got .id)
is "$(got '[.id_number, .account] | join(" ")')" "310***********1234 622*********7890" "its numbers are covered"
fee 赵专家 310101197001011234 3000.00
is "$(got .tax)" 560.00 "a second one in the month: tax on 5,000.00, less what was withheld"
second=$(got .id)
AS=approver want 200 POST "$f/$second/refuse"
is "$(got .state)" refused "an approver may refuse it"
AS=approver want 409 POST "$f/$second/approve"
fee 赵专家 310101197001011234 3000.00
is "$(got .tax)" 560.00 "what was refused is not counted along"
fee 孙专家 31010119700101123X 2000.00
is "$(got .tax)" 240.00 "of somebody whose number ends in a letter"
fee 孙专家 '310101 19700101 123x ' 3000.00
is "$(got '.tax + " " + .id_number')" "560.00 310***********123X" "the same person, typed otherwise: taxed together"
AS=clerk want 422 POST "$f" '{"payee":"x","id_number":"1","bank_name":"x","account":"1","work":"x","worked":"2099-01-01","gross":"1.00"}'
AS=approver denied fee SELECT POST "$f/$first/approve"
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[clerk]}', 3, 'office_approver', '2026-01-01')"
AS=clerk want 409 POST "$f/$first/approve"
is "$(problem)" approval/same-person "whoever entered it does not approve it"
sql "UPDATE linli.membership SET valid_until = '2026-01-02' WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
AS=approver want 200 POST "$f/$first/approve"
AS=approver want 409 POST "$f/$first/approve"
is "$(problem)" state/refused "it is decided already"
AS=approver want 404 POST "$f/00000003-0000-8000-8000-00000000000f/approve"
AS=approver want 404 POST "$f/00000003-0000-8000-8000-00000000000f/refuse"
AS=auditor want 200 GET "$f"
is "$(got '[.items[] | select(.id_number | test("^[0-9]{18}$"))] | length')" 0 "those who watch see covered numbers"
AS=auditor req GET /api/v1/offices/3/events?limit=100
is "$(grep -c 310101197001011234 <<<"$BODY")" 0 "the trail has none"
month=$(date -u -d "$day" +%-m)
AS=auditor req GET "/api/v1/offices/3/fee-sheets/${day%%-*}/$month/csv"
is "$STATUS" 403 "the sheet to sign is for those who pay"
fetch "/api/v1/offices/3/fee-sheets/${day%%-*}/$month/csv"
is "$(plain)" '"序号","姓名","身份证件号码","劳务内容","日期","税前金额","代扣个人所得税","实发金额","开户行","账号","签名"
"1","赵专家","310101197001011234","评审","'"$day"'","2000.00","240.00","1760.00","示例银行","6222021234567890",""
"","合计","","","","2000.00","240.00","1760.00","","",""' "with room for each to sign, and its sums"

# 3,000.00 alone: (3,000 - 800) x 20 %; with another: 6,000 x 80 % x 20 % = 960.00 in all.
tax_of() { AS=auditor req GET "$f?limit=100"; got ".items[] | select(.id == \"$1\") | .tax"; }
fee 钱专家 310101197001012345 3000.00
one=$(got .id)
is "$(got .tax)" 440.00 "the first of two"
fee 钱专家 310101197001012345 3000.00
two=$(got .id)
is "$(got .tax)" 520.00 "the second"
AS=approver want 200 POST "$f/$one/refuse"
is "$(tax_of "$two")" 440.00 "the first refused, the second is taxed as if alone"
fee 钱专家 310101197001012345 3000.00
is "$(got .tax)" 520.00 "and the next with it"
AS=approver want 200 POST "$f/$(got .id)/approve"
AS=approver want 200 POST "$f/$two/refuse"
fee 钱专家 310101197001012345 10.00
is "$(got .tax)" 0.00 "where too much was withheld already nothing more is, and nothing less than nothing"

# ---- what is never public ----
pdf=$(printf '%%PDF-1.4\n' | sha256sum | cut -d' ' -f1)
for kind in attendance beneficiaries identity bank_card fee_sheet; do
    AS=clerk want 403 POST /api/v1/offices/3/attachments "{\"object_kind\":\"contract\",\"object\":\"$CONTRACT\",\"name\":\"x.pdf\",\"kind\":\"$kind\",\"sha256\":\"$pdf\",\"public\":true}"
done
# Recorded, for those of the contract; to everybody else they are not there, nor is a word of them in what is public.
bidder stranger 丙社
sheet=$(brought clerk '%PDF-1.4 张三 李四')
sql "UPDATE linli.blob SET type = 'application/pdf' WHERE sha256 = '\\x$sheet'"
AS=clerk want 201 POST /api/v1/offices/3/attachments "{\"object_kind\":\"contract\",\"object\":\"$CONTRACT\",\"name\":\"受益人签到表.pdf\",\"kind\":\"attendance\",\"sha256\":\"$sheet\"}"
sheet_id=$(got .id)
AS=clerk want 200 GET "/api/v1/attachments/$sheet_id/file"
AS=stranger want 404 GET "/api/v1/attachments/$sheet_id/file"
AS='' want 404 GET "/api/v1/attachments/$sheet_id/file"
AS='' req GET "/api/v1/offices/3/attachments?object=$CONTRACT"
is "$(got '.items | length')" 0 "the public list of the contract's files has none of them"
AS=stranger req GET "/api/v1/offices/3/objects/$CONTRACT/attachments"
is "$(grep -c "$sheet_id" <<<"$BODY")" 0 "nor has what a stranger is shown"
for public in notices sources decisions; do
    AS='' req GET "/api/v1/tenders/$TENDER/$public"
    is "$(grep -c "受益人签到表\|$sheet" <<<"$BODY")" 0 "nor have its $public"
done

# ---- the ledger of a fund, and its nonprofit form ----
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
AS=approver IFM='*' want 200 POST "/api/v1/payments/$(got .id)/approve"
AS='' req GET "/api/v1/tranches/${PARTS[0]}/payments"
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$(got '.items[0].id')/settle" '{"bank_ref":"B-77"}'
y=$(AS='' req GET /api/v1/clock; date -u -d "$(got .now)" +%Y)
fetch "/api/v1/funds/$fund/statements/$y/csv" auditor
is "$(plain | grep -c '"send"')" 2 "every line of the ledger: two for a payment sent"
like "$(plain)" '*"机构 aa","B-77","paid","","500.00","500.00"*' "with payee, voucher and what the account held"
AS=resident req GET "/api/v1/funds/$fund/statements/$y/csv"
is "$STATUS" 403 "not for residents"
AS=approver req POST /api/v1/offices/3/funds '{"code":"np","name":{"zh":"社区慈善基金","en":"fund"},"purpose":"助老","regimes":["charity"],"holder_kind":"charity","holder":"示例慈善会"}'
fund=$(got .id)
gift() { AS=approver want 201 POST "/api/v1/funds/$fund/gifts" "{\"kind\":\"$1\",\"donor\":\"某企业\",\"amount\":\"$2\",\"receipt\":\"R-$RANDOM$RANDOM\",\"received\":\"$day\"$3}"; }
gift cash 1000.00 ''
gift cash 300.00 ',"restriction":"养老"'
gift in_kind 50.00 ''
# Goods of 7.00 that were none: taken back by another than who recorded them.
gift in_kind 7.00 ''
goods=$(got .id) receipt=$(got .receipt)
of_kind() { AS=auditor req GET "/api/v1/funds/$fund/nonprofit/$1"; got '.items[] | select(.no == 3) | .total'; }
is "$(of_kind "$y")" 57.00 "gifts in kind"
back() { AS=$1 want "$2" POST "/api/v1/funds/$fund/gifts/$3/reverse" '{"reason":"重复登记"}'; }
back clerk 403 "$goods"
back approver 409 "$goods"
is "$(problem)" approval/same-person "not by who recorded it"
back operator 404 "$CONTRACT"
back operator 200 "$goods"
is "$(got '[.amount, .reversed != null] | map(tostring) | join(" ")')" "7.00 true" "it stays in sight"
back operator 409 "$goods"
AS='' req GET "/api/v1/funds/$fund/gifts"
back operator 409 "$(got '[.items[] | select(.kind == "cash").id][0]')"
like "$(got .detail)" '*冲正*' "money goes back with its journal"
is "$(of_kind "$y")" 50.00 "the form has them no more"
AS=approver want 201 POST "/api/v1/funds/$fund/gifts" "{\"kind\":\"pledge\",\"donor\":\"某企业\",\"amount\":\"7.00\",\"receipt\":\"$receipt\",\"received\":\"$day\"}"
AS=auditor want 200 GET "/api/v1/funds/$fund/nonprofit/$y"
is "$(got '.items[] | select(.no == 2) | [.restricted, .unrestricted, .total] | join(" ")')" "300.00 1000.00 1300.00" "gifts of money, restricted apart"
is "$(got '.items[] | select(.no == 8) | [.restricted, .unrestricted, .total] | join(" ")')" "300.00 1050.00 1350.00" "net assets at the end"
AS=auditor want 200 GET "/api/v1/funds/$fund/nonprofit/$((y + 1))"
is "$(got '.items | map(select(.no == 1 or .no == 8)) | map(.total) | join(" ")')" "1350.00 1350.00" "with which the next year begins"
fetch "/api/v1/funds/$fund/nonprofit/$y/csv" auditor
like "$(plain)" '*"8","期末净资产","300.00","1050.00","1350.00"*' "as a file"
ok "linli audit finds nothing" linli audit

# ---- the archive of a tender, and what would be too large for one ----
a="/api/v1/tenders/$TENDER/archive"
AS=clerk want 200 GET "$a"
cp "$T/body" "$T/file"
like "$(unzip -p "$T/file" '*14-票据与付款.csv' | tr -d '\r')" '*"einvoice 26310000000000000011*"*' "it says what was paid for what, cell by cell"
attached() { # from to: that many files, all with the same content
    sql "INSERT INTO linli.attachment (office_id, id, object_kind, object_id, name, kind, sha256, public, side, added)
         SELECT 3, gen_random_uuid(), 'tender', '$TENDER', n || '.pdf', 'notice', b.sha256, true, 'office', '2026-01-01Z'
         FROM generate_series($1, $2) n, (SELECT sha256 FROM linli.blob ORDER BY sha256 LIMIT 1) b"
}
attached 1 1
hash=$(sql "SELECT encode(sha256, 'hex') FROM linli.blob ORDER BY sha256 LIMIT 1")
blob=$T/blobs/${hash:0:2}/$hash
mkdir -p "${blob%/*}"
truncate -s 4G "$blob"
AS=clerk want 413 GET "$a"
is "$(problem)" archive/too-large "4 GiB and the pages are refused, not made"
AS=clerk want 413 GET "/api/v1/offices/3/archives/$(sql "SELECT extract(year FROM published AT TIME ZONE 'Asia/Shanghai') FROM linli.tender WHERE id = '$TENDER'")"
like "$(got .detail)" '*逐个项目下载*' "and of a year it says what to do instead"
truncate -s 1 "$blob"
attached 2 50000
AS=clerk want 413 GET "$a"
is "$(problem)" archive/too-large "nor 50,000 files and the bids"
stop_server
finish
