#!/bin/bash
# From the list of the year to the last tranche, by five kinds of people in their browsers, without JavaScript: the
# worked example of three bidders.  Everything is done through pages; the API is asked only for what a page shows.
. "$(dirname "$0")/../api/lib.sh"
. "$(dirname "$0")/../api/award_lib.sh"
. "$(dirname "$0")/lib.sh"
start_server
people
person evaluator4 evaluator 3
person buyer evaluator 3
for who in aa:甲社 bb:乙社 cc:丙社; do bidder "${who%%:*}" "${who#*:}"; done
for who in clerk approver assessor evaluator1 evaluator2 evaluator3 evaluator4 buyer aa bb cc; do password "$who"; done
start_portal
for who in clerk approver assessor evaluator1 evaluator2 evaluator3 evaluator4 buyer aa bb cc; do login "$who"; done
now() { AS='' req GET /api/v1/clock; got .now; }
year=$(now | cut -c1-4)
# ---- money and list
JAR=$T/jar.approver page '/zh/offices/3/funds?do=fund_create'
like "$PAGE" '*type="checkbox" name="regimes.0" value="statutory"> 政府采购<*' "a list of some of these words is boxes with their names"
does approver '/zh/offices/3/funds?do=fund_create' code=elderly name.zh=为老服务专项资金 "name.en=Elderly care" purpose=购买居家养老服务 \
    regimes.0=statutory regimes.1=sub_threshold
FUND=$MADE
does approver "/zh/funds/$FUND/appropriations?do=appropriation_create" "year=$year" budget_item=2081002 name=老年福利 amount=800000
APPROPRIATION=$MADE
does clerk '/zh/offices/3/lists?do=list_create' "year=$year" "title=$year 年清单"
LIST=$MADE
# A sheet, as a spreadsheet of this country saves it: shown with each wrong cell marked, then added whole.
printf '%s\n' 序号,项目名称,需求科室,服务领域,受益对象,实施地点,预算金额,预算科目,目录编码,适用制度,方式,计划月份,服务期限（月）,联系人,备注 \
    9,助餐服务,社区办,养老,老人,示例街道,十万元,2081002,A0302,限额以下,限额以下自行采购,13,12,陈经办,甲 |
    iconv -t GB18030 >"$T/bad.csv"
JAR=$T/jar.clerk page "/zh/lists/$LIST/entries?sheet=1"
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$(hidden _csrf)" "sheet=@$T/bad.csv"
is "$(grep -o 'class="wrong"' "$T/page" | wc -l)" 2 "two cells of the sheet are wrong"
ok "and nothing can be added" none 'name="rows"'
like "$PAGE" '*备注*十万元 <span*13 <span*' "the budget and the month, each where it stands; a column nobody knows is told"
iconv -f GB18030 -t UTF-8 "$T/bad.csv" | sed 's/十万元/100000/; s/,13,/,3,/' >"$T/good.csv"
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$(hidden _csrf)" "sheet=@$T/good.csv"
ok "the same, put right, is shown without a fault" none 'class="wrong"'
csrf=$(hidden _csrf) key=$(hidden _key) rows=$(hidden rows)
# As a workbook, its numbers as numbers, on the fourth line of its first sheet.
python3 - "$T/good.csv" "$T/good.xlsx" <<'END'
import csv, sys, zipfile
from xml.sax.saxutils import escape
cell = lambda text: f'<c><v>{text}</v></c>' if text.isdigit() else f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'
rows = list(csv.reader(open(sys.argv[1], encoding='utf-8')))
with zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED) as book:
    book.writestr('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="清单" sheetId="1" r:id="a"/><sheet name="说明" sheetId="2" r:id="b"/></sheets></workbook>')
    book.writestr('xl/_rels/workbook.xml.rels', '<r><Relationship Id="b" Type="x/worksheet" Target="b.xml"/><Relationship Id="a" Type="x/worksheet" Target="a.xml"/></r>')
    book.writestr('xl/a.xml', '<worksheet><sheetData>' + ''.join(f'<row r="{n + 4}">' + ''.join(map(cell, row)) + '</row>' for n, row in enumerate(rows)) + '</sheetData></worksheet>')
    book.writestr('xl/b.xml', '<worksheet/>')
END
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "sheet=@$T/good.xlsx"
ok "a workbook is shown without a fault" none 'class="wrong"|role="alert"'
is "$(hidden rows) $(grep -o 'data-label="行">[0-9]*' "$T/page")" "$rows data-label=\"行\">5" "and says the same, by its own line"
# Small as files: 1.3 million cells; one text of 30,000 bytes in 3,000 cells.
python3 - "$T/good.csv" "$T/cells.xlsx" "$T/text.xlsx" <<'END'
import csv, sys, zipfile
titles = '<row>' + ''.join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in next(csv.reader(open(sys.argv[1], encoding='utf-8')))) + '</row>'
for path, rows in (sys.argv[2], ('<row>' + '<c><v>1</v></c>' * 100 + '</row>') * 13000), (sys.argv[3], ('<row>' + '<c t="s"><v>0</v></c>' * 15 + '</row>') * 200):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as book:
        book.writestr('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="a"/></sheets></workbook>')
        book.writestr('xl/_rels/workbook.xml.rels', '<r><Relationship Id="a" Type="x/worksheet" Target="a.xml"/><Relationship Id="s" Type="x/sharedStrings" Target="s.xml"/></r>')
        book.writestr('xl/s.xml', '<sst><si><t>' + 'x' * 30000 + '</t></si></sst>')
        book.writestr('xl/a.xml', '<worksheet><sheetData>' + titles + rows + '</sheetData></worksheet>')
END
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "sheet=@$T/cells.xlsx"
like "$PAGE" '*表格太长*' "a small file of very many cells is too long"
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "sheet=@$T/text.xlsx"
like "$PAGE" '*文件太大*' "one that names a long text in many cells too large"
head -c 300 "$T/good.xlsx" >"$T/broken.xlsx"
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "sheet=@$T/broken.xlsx"
like "$PAGE" '*无法读取该工作簿*' "half a workbook is none"
{ sed 's/,备注/,备注,电话/' "$T/good.csv" | head -1; printf ',,,,,,,,,,,,,,\r\n\r\n'; sed -n 's/,3,/,13,/; 2p' "$T/good.csv"; } >"$T/gaps.csv"
JAR=$T/jar.clerk post "/en/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "sheet=@$T/gaps.csv"
like "$PAGE" '*left out: 备注, 电话<*<td data-label="Row">4<*' "empty rows count as a spreadsheet counts them; English lists are joined in English"
{ head -1 "$T/good.csv"; for i in {1..201}; do sed -n "s/^9,/$i,/; 2p" "$T/good.csv"; done; } >"$T/long.csv"
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "sheet=@$T/long.csv"
like "$PAGE" '*表格太长*200 行*' "a sheet of 201 rows is not cut to 200"
head -c 1100000 /dev/zero | tr '\0' , >"$T/large.csv"
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "sheet=@$T/large.csv"
like "$PAGE" '*文件太大*1 MiB*' "one that is too large is called that"
for language in zh en; do
    JAR=$T/jar.clerk page "/$language/lists/$LIST/entries?sheet=template"
    cp "$T/page" "$T/template.$language.csv"
    JAR=$T/jar.clerk post "/$language/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "sheet=@$T/template.$language.csv"
    ok "the sample row of the template passes: $language" none 'class="wrong"|role="alert"'
    JAR=$T/jar.clerk page "/$language/lists/$LIST/entries?sheet=template.xlsx"
    cp "$T/page" "$T/template.$language.xlsx"
    JAR=$T/jar.clerk post "/$language/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "sheet=@$T/template.$language.xlsx"
    is "$CODE $(grep -cE 'class="wrong"|role="alert"' "$T/page")" "200 0" "and so does that of the workbook: $language"
done
cp "$T/template.en.csv" "$T/page"
ok "the English one without a word of Chinese" none '\p{Han}'
for hostile in '[{"name":1}]' '[{"name":null}]' '[1]' '{}' '[]' '['; do
    JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "_key=$key" "rows=$hostile"
    is "$CODE" 400 "rows that no preview wrote are refused: $hostile"
done
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" _csrf=forged "_key=$key" 'rows=[{"name":1}]'
is "$CODE" 403 "those of another site are not even read"
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "_key=$key" "rows=$rows"
is "$CODE $GOTO" "303 /zh/lists/$LIST/draft?done=entries_add" "and added"
JAR=$T/jar.clerk page "/zh/lists/$LIST"
is "$CODE" 303 "a list that is not published leads on to its draft"
JAR=$T/jar.clerk page "/zh/lists/$LIST/draft"
like "$TEXT" '*助餐服务*100,000.00*' "where the entry stands"
like "$TEXT" '*下一步*等别人办*审批购买清单*' "and whose turn it is"
while IFS=$'\t' read -r kind typed taken; do
    [ "$kind" = money ] || continue
    JAR=$T/jar.clerk fill "/zh/lists/$LIST/entries?do=entry_create" "budget=$typed" _curl=1
    is "$(grep -o 'id="f-budget" name="budget" value="[^"]*"' "$T/page" | cut -d'"' -f6)" "${taken:-$typed}" "money typed as $typed"
done <"$here/tests/web/typed.tsv"
does clerk "/zh/lists/$LIST/entries?do=entry_create" number=1 name=居家养老服务 department=社区办 field=养老 beneficiaries=老人 place=示例街道 \
    budget=５０万元 "fund=$FUND" regime=statutory method=public_bidding budget_item=2081002 catalogue_code=A0302 planned_month=12 term_months=12 officer=陈经办
CAME=$GOTO
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "sheet=@$T/good.csv"
like "$PAGE" '*class="wrong"*9 <span*其他项重复*' "a number the list has is told before a sheet is added"
{ head -1 "$T/good.csv"; for i in 1 2; do sed -n "s/^9,/21,/; 2p" "$T/good.csv"; done; } >"$T/twice.csv"
JAR=$T/jar.clerk post "/zh/lists/$LIST/entries?sheet=1" "_csrf=$csrf" "sheet=@$T/twice.csv"
is "$(grep -o 'class="wrong"' "$T/page" | wc -l)" 1 "and so is one that stands in the sheet twice"
like "$CAME" '/zh/entries/*?done=entry_create' "one comes to what was added"
page "$CAME"
GOTO=$(sed -n 's/^Location: \(.*\)\r$/\1/Ip' "$T/page.head")
like "$CODE $GOTO" '303 /zh/entries/*/draft?done=entry_create' "which has a page before its list is published"
page "$GOTO"
like "$CODE $TEXT" '200 *已办理*新增清单项*居家养老服务*500,000.00*' "and shows it"
like "$PAGE" '*/zh/entries/*?do=entry_edit*/zh/entries/*/drop?do=entry_drop*' "to be edited, or dropped"
JAR='' page "${GOTO%\?*}"
is "$CODE" 401 "by the office alone"
JAR=$T/jar.clerk page "/zh/lists/$LIST/draft"
like "$TEXT" '*居家养老服务*助餐服务*' "its list has 1 before 9"
page "/zh/lists/$LIST/draft"
like "$TEXT" '*新增清单项*现在不能办的*公布清单*在“已审批”时办理*' "what cannot be done yet is not offered, and it is told when it can"
JAR=$T/jar.approver page /zh/
like "$PAGE" "*审批购买清单*/zh/lists/$LIST/approve?do=list_approve*" "the list waits for whoever approves it"
does approver "/zh/lists/$LIST/approve?do=list_approve"
JAR=$T/jar.clerk page /zh/
like "$PAGE" "*公布购买清单*/zh/lists/$LIST/publish?do=list_publish*" "and then to be published"
does clerk "/zh/lists/$LIST/publish?do=list_publish"
JAR=$T/jar.clerk page /zh/offices/3/guide
JAR=$T/jar.clerk post /zh/offices/3/guide "_csrf=$(hidden _csrf)" purpose=service money=public budget=5,000,000 special=none
like "$(sed 's/<[^>]*>/ /g; s/  */ /g' "$T/page")" '*政府采购*公开招标*建议*政府采购法 §26、§27*由清单项编制*居家养老服务*' "the guide proposes open bidding, names the article and the entry"
JAR='' page "/zh/lists/$LIST"
like "$TEXT" '*居家养老服务*500,000.00*' "the list is public"
AS='' req GET "/api/v1/lists/$LIST/entries"
ENTRY=$(got '.items[] | select(.name == "居家养老服务").id')

# ---- the tender
JAR=$T/jar.approver page /zh/
like "$TEXT" '*待我办理*等别人办的*' "the morning page of an office"
ok "which has begun" none 'class="first"'
JAR=$T/jar.clerk page "/zh/entries/$ENTRY"
like "$PAGE" "*/zh/offices/3/tenders?do=tender_create&amp;entry=$ENTRY*" "its page leads on to a tender"
JAR=$T/jar.clerk page "/zh/offices/3/tenders?do=tender_create&entry=$ENTRY&scheme=comprehensive_score"
like "$TEXT" '*采购方式的选项*评审方法的选项*' "with the options of its mechanism and of the scheme one chose"
ok "as fields, not as JSON" none 'name="(scheme_)?options"'
like "$PAGE" '*name="options.tranches.0.name.zh"*name="options.tranches.0.name.en"*' "a name in Chinese before its English"
like "${PAGE%%<details*}" '*name="options.tranches.0.name.zh"*name="options.tranches.0.share"*' "what they must have is in sight"
like "$TEXT" '*不填由系统编号*不填则与中文相同*' "and neither a code nor English is asked of anybody"
like "$PAGE" "*<option value=\"$ENTRY\" selected>居家养老服务<*" "the entry is chosen by its name"
like "$PAGE" '*<textarea id="f-options.tranches.0.name.zh"*rows="2"*' "and a name has no room for an essay"
is "$(demanded)" 'entry ' "a browser sends it with what the API must have: what may stay away demands nothing"
JAR=$T/jar.clerk fill "/zh/offices/3/tenders?do=tender_create&entry=$ENTRY" "entry=$ENTRY" scheme=comprehensive_score options.tranches.0.code=first _more=options.tranches
like "$CODE $PAGE" '200 *name="options.tranches.0.code" value="first"*name="options.tranches.4.code" value=""*' "a list gets longer, with what was typed, and nothing is sent"
ok "by three" none 'options.tranches.5'
JAR=$T/jar.clerk fill "/zh/offices/3/tenders?do=tender_create&entry=$ENTRY" "entry=$ENTRY" scheme=comprehensive_score options.fields.0.code=carers \
    options.fields.0.name.zh=护理员人数 options.fields.0.unit=count _more=options.fields
like "$PAGE" '*<select id="f-scheme_options.criteria.0.field"*<option value="carers">护理员人数<*' "what bidders shall state is chosen by its name before the draft is there"
# The criteria are held against the rules before anything is saved: of services the price is 10 % at least (order 87 article 55).
scheme_form=("entry=$ENTRY" summary=上门照护 scheme=comprehensive_score "appropriation=$APPROPRIATION" options.tranches.0.code=all options.tranches.0.name.zh=全款
    options.tranches.0.name.en=all options.tranches.0.share=100% options.tranches.0.due=on_acceptance scheme_options.criteria.0.code=technical
    scheme_options.criteria.0.name.zh=技术与商务 scheme_options.criteria.0.name.en=technical _preview=1)
JAR=$T/jar.clerk page "/zh/offices/3/tenders?do=tender_create&entry=$ENTRY&scheme=comprehensive_score"
like "$PAGE" '*<form class="card form" method="post"* data-live*<button class="button other" name="_preview" value="1">检查*' "a draft can be checked before it is saved"
JAR=$T/jar.clerk fill "/zh/offices/3/tenders?do=tender_create&entry=$ENTRY" "${scheme_form[@]}" scheme_options.price_weight=8% scheme_options.criteria.0.weight=92%
like "$CODE $(sed 's/<[^>]*>/ /g; s/  */ /g' "$T/page")" '422 *8%*10%*财政部令第87号 §55*' "a price that weighs too little is told, with the number and the article"
like "$PAGE" '*href="#f-scheme_options.price_weight"*name="scheme_options.price_weight" value="8%"*' "beside its field, which keeps what was typed"
JAR=$T/jar.clerk fill "/zh/offices/3/tenders?do=tender_create&entry=$ENTRY" "${scheme_form[@]}" scheme_options.price_weight=10% scheme_options.criteria.0.weight=90%
like "$CODE $PAGE" '200 *id="checked"*' "at 10 % nothing is wrong"
AS=clerk req GET "/api/v1/offices/3/drafts"
is "$(got '[.items[]|select(.entry == "'"$ENTRY"'")]|length')" 0 "and nothing is saved"
does clerk "/zh/offices/3/tenders?do=tender_create&entry=$ENTRY&scheme=comprehensive_score" "entry=$ENTRY" title=居家养老服务采购项目 summary=上门照护 \
    scheme=comprehensive_score "appropriation=$APPROPRIATION" \
    options.tranches.0.name.zh=首款 options.tranches.0.share=60% \
    options.tranches.0.due=on_signing options.tranches.0.advance=true \
    options.tranches.1.code=final options.tranches.1.name.zh=尾款 options.tranches.1.name.en=final options.tranches.1.share=40% \
    options.tranches.1.due=on_acceptance scheme_options.price_weight=15 scheme_options.decimals=3 \
    scheme_options.criteria.0.code=technical scheme_options.criteria.0.name.zh=技术与商务 scheme_options.criteria.0.name.en=technical \
    scheme_options.criteria.0.weight=85% scheme_options.deductions.0.check=small_enterprise scheme_options.deductions.0.rate=10%
TENDER=$MADE
AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
is "$(got '[.options.tranches[] | .code + " " + .name.zh + " " + .name.en] | join(",")')" 'tranches_1 首款 首款,final 尾款 final' \
    "what was left out is numbered, and said in Chinese"
JAR=$T/jar.clerk page "/zh/tenders/$TENDER/draft"
like "$PAGE" '*do=tender_edit*' "a draft is edited from its page"
ok "whose form checks it, and no act beside it" none 'do=edit_preview'
JAR=$T/jar.approver page "/zh/tenders/$TENDER/draft"
ok "no call to be prequalified where nobody is invited, and nothing to tell of a supervision yet" none 'href="[^"]*do=(prequalification|supervision)_tell'
AS=approver IFM='*' want 409 POST "/api/v1/tenders/$TENDER/prequalification" "{\"needs\":\"助老服务\",\"conditions\":\"依法登记\",\"where\":\"街道办事处\",\"due\":\"$(date -u -d "$(now) + 40 days" +%FT%TZ)\"}"
like "$(got .detail)" '*不是邀请招标*' "which the API does not take either"
does clerk "/zh/tenders/$TENDER?do=tender_edit" ceiling=49万
JAR=$T/jar.clerk page "/zh/tenders/$TENDER?do=tender_edit&scheme=lowest_price&title=别的"
like "$PAGE" '*<option value="lowest_price" selected*name="_filled" value="ceiling"*name="ceiling" value="490000.00"*' "a draft is edited as it is, with the scheme one has chosen since"
ok "a link does not say what only its reader says" none '别的'
JAR=$T/jar.clerk fill "/zh/tenders/$TENDER?do=tender_edit" options.tranches.0.code=zz
like "$CODE $PAGE" '422 *name="options.tranches.0.code" value="zz"*' "options of a draft are read as those of its mechanism"
does clerk "/zh/tenders/$TENDER?do=tender_edit" _filled=ceiling ceiling=
JAR=$T/jar.clerk page "/zh/tenders/$TENDER?do=tender_edit"
ok "where bidders state nothing there is no field to choose" none '<select[^>]*name="scheme_options.criteria.0.field"'
AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
kept=$(got .options)
AS=clerk IFM=$(etag) want 200 PATCH "/api/v1/tenders/$TENDER" "{\"options\":$(jq -c '.fields = [{"code":"fields_1","name":{"zh":"护理员人数","en":"carers"},"unit":"count"}]' <<<"$kept")}"
JAR=$T/jar.clerk page "/zh/tenders/$TENDER?do=tender_edit"
like "$PAGE" '*name="scheme_options.criteria.0.field"*<option value="fields_1">护理员人数<*' "what is scored by an offer is chosen from what bidders state, by its name"
AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
AS=clerk IFM=$(etag) want 200 PATCH "/api/v1/tenders/$TENDER" "{\"options\":$kept}"
AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
is "$(got '[.ceiling, .title, .lots[0].budget] | @csv')" ',"居家养老服务采购项目","500000.00"' "what is emptied is gone, what was not shown stays"
deadline=$(date -u -d "$(now) + 30 days" +%F)
# The notice ends with how to reach the office and who answers (财办库〔2020〕50号); beforehand it is told what nobody has said yet.
JAR=$T/jar.approver fill "/zh/tenders/$TENDER/publish?do=tender_publish" "deadline=${deadline}T10:00" confirm_unverified=true _preview=1
like "$TEXT$(sed 's/<[^>]*>/ /g' "$T/page")" '*还没有填写*地址；联系人；*；项目联系人；项目联系电话*' "what the notice does not say yet is told before it is published"
does approver "/zh/offices/3/contact?do=office_contact" address=示例区社区路1号 contact_person=周老师 phone=021-55500100
does clerk "/zh/tenders/$TENDER?do=tender_edit" contact_person=陈经办
JAR=$T/jar.approver fill "/zh/tenders/$TENDER/publish?do=tender_publish" "deadline=${deadline}T10:00" confirm_unverified=true _preview=1
like "$(sed 's/<[^>]*>/ /g; s/  */ /g' "$T/page")" '*还没有填写*：项目联系电话。*社区路1号*' "only what is missing still"
does clerk "/zh/tenders/$TENDER?do=tender_edit" contact_phone=021-55510001
JAR=$T/jar.approver fill "/zh/tenders/$TENDER/publish?do=tender_publish" "deadline=${deadline}T10:00" confirm_unverified=true _preview=1
ok "then nothing" none 还没有填写
does approver "/zh/tenders/$TENDER/publish?do=tender_publish" "deadline=${deadline}T10:00" confirm_unverified=true
AS='' req GET "/api/v1/tenders/$TENDER/notices"
JAR='' page "/zh/notices/$(got '.items[0].id')"
like "$TEXT" '*地址*社区路1号*联系人*周老师*021-55500100*项目联系人*陈经办*项目联系电话*021-55510001*' "and whoever reads the notice can ask"
JAR='' page "/zh/tenders/$TENDER"
like "$TEXT" '*居家养老服务采购项目*正在征集*500,000.00*' "anybody reads the call"
does clerk "/zh/tenders/$TENDER/amend?do=tender_amend" $'body=2026-12-31前须提供名单\n以此为准'

# Who objects is told until when: to the documents seven working days from the end of the five of their notice (财政部令第94号 §10, §11).
AS='' req GET "/api/v1/tenders/$TENDER"
last=$(working_day "$(working_day "$(TZ=Asia/Shanghai date -d "$(got .published)" +%F)" 5)" 7)
AS='' req GET "/api/v1/tenders/$TENDER/lots"
JAR=$T/jar.aa page "/zh/lots/$(got '.items[0].id')/objections?do=objection_file"
like "$TEXT" "*可以提出到什么时候*采购文件*$(date -d "$last + 1 day" +%Y年%-m月%-d日) 00:00 · 还有*采购过程*该环节尚未进行*" "the form of an objection knows its deadline"

# ---- three bids, each with a file
bid_as() { # LOGIN PRICE SMALL
    printf 'offer of %s\n' "$1" >"$T/$1.txt"
    does "$1" "/zh/tenders/$TENDER/bids?do=bid_submit" "organisation=${ORG[$1]}" lot=1 "fields.price=$2" "declarations.small_enterprise=$3" "bid_file=@$T/$1.txt"
}
JAR=$T/jar.aa fill "/zh/tenders/$TENDER/bids?do=bid_submit" "organisation=${ORG[aa]}" lot=1 fields.price=四十八万 declarations.small_enterprise=false
like "$CODE $PAGE" '422 *href="#f-fields.price"*两位小数*name="fields.price" value="四十八万"*' "a price nobody can read is told before the bid is sealed, at its field"
JAR=$T/jar.aa fill "/zh/tenders/$TENDER/bids?do=bid_submit" _own=1
like "$CODE $PAGE" '422 *href="#f-sealed"*没有选择密封文件*' "and that no container was chosen"
JAR=$T/jar.aa page /zh/me/bids
ok "neither is a bid" none 'href="/zh/bids/'
# Two bid together: with shares that make the whole, and their agreement.
joint=("organisation=${ORG[aa]}" lot=1 fields.price=￥48万元 declarations.small_enterprise=false parties.0.name=甲社 parties.0.part=lead parties.0.share=60%
    parties.1.name=丁社 parties.1.part=member "parties.1.uscc=$(uscc)" parties.1.work=夜间照护)
JAR=$T/jar.aa fill "/zh/tenders/$TENDER/bids?do=bid_submit" "${joint[@]}" parties.1.share=30% _more=parties
like "$CODE $PAGE" '200 *name="parties.1.name" value="丁社"*夜间照护*name="parties.4.name"*' "more may bid together"
JAR=$T/jar.aa fill "/zh/tenders/$TENDER/bids?do=bid_submit" "${joint[@]}" parties.1.share=30%
like "$CODE $PAGE" '422 *联合体各方份额合计应为 100%*' "shares that are not the whole are told beforehand"
JAR=$T/jar.aa fill "/zh/tenders/$TENDER/bids?do=bid_submit" "${joint[@]}" parties.1.share=40%
like "$CODE $PAGE" '422 *联合体投标应附联合协议*name="joint_agreement" type="file"*' "so is a missing agreement"
printf 'who does what\n' >"$T/agreement.txt"
printf 'offer of aa\n' >"$T/aa.txt"
does aa "/zh/tenders/$TENDER/bids?do=bid_submit" "${joint[@]}" parties.1.share=40% "joint_agreement=@$T/agreement.txt" "bid_file=@$T/aa.txt"
page "/zh/tenders/$TENDER"
like "$TEXT" '*我方提交的投标*牵头方 *甲社 · 60%*联合体成员 *丁社 * · 40%*' "its tender shows who bids together, and with which shares"
bid_as bb 500000.00 true
bid_as cc 420000 false
JAR=$T/jar.clerk page "/zh/tenders/$TENDER"
ok "what only programs read stands on pages of its own" none 'id="(closing|decision)_list"'
ok "nobody sees them yet" none '480,000|甲社|>3<'
AS='' req POST /api/v1/clock "{\"to\":\"${deadline}T02:00:06Z\"}"
does clerk "/zh/tenders/$TENDER/open?do=tender_open"
JAR=$T/jar.clerk page "/zh/tenders/$TENDER"
like "$TEXT" '*下一步*轮到您办*推进本阶段*资格审查*' "its page tells what comes next"
JAR=$T/jar.aa page "/zh/tenders/$TENDER"
ok "no bid is offered once they are opened" none 'do=bid_submit'
like "$TEXT" '*现在不能办的*投标*在“正在征集”时办理*' "but when it could be is told"
JAR=$T/jar.clerk page "/zh/tenders/$TENDER/opening"
like "$TEXT" '*甲社*已开启*480,000.00*' "the opening record"
ok "in which no bid is called on its way" none '进行中'
AS='' req GET "/api/v1/tenders/$TENDER/lots"
LOT=$(got '.items[0].id')
for who in aa bb cc; do AS=$who req GET /api/v1/me/bids && BID[$who]=$(got '.items[0].id'); done

# ---- panel, checks, marks
JAR=$T/jar.clerk page "/zh/lots/$LOT/panel?do=panel_assign"
like "$PAGE" "*<select id=\"f-members.0.person\"*<option value=\"${PERSON[buyer]}\">buyer<*" "a panel is named by choosing people"
members=() i=0
for who in evaluator1 evaluator2 evaluator3 evaluator4 buyer; do
    members+=("members.$i.person=${PERSON[$who]}" "members.$i.kind=$([ "$who" = buyer ] && echo representative || echo expert)"
        "members.$i.chair=$([ "$i" = 0 ] && echo true || echo false)")
    i=$((i + 1))
done
does clerk "/zh/lots/$LOT/panel?do=panel_assign" "${members[@]}"
checks=() i=0
for who in aa bb cc; do
    for rule in qualified good_credit small_enterprise; do
        case $rule.$who in small_enterprise.aa | small_enterprise.cc) continue ;; esac
        checks+=("checks.$i.bid=${BID[$who]}" "checks.$i.rule=$rule" "checks.$i.passed=true")
        i=$((i + 1))
    done
done
JAR=$T/jar.clerk page "/zh/lots/$LOT/checks?do=checks_add"
like "$PAGE" '*>成立 *该项表述是否属实*' "what is found is whether the item is so: of a suspicion as well as of a merit"
like "$PAGE" "*<option value=\"${BID[aa]}\" selected>? 甲社<*<option value=\"qualified\" selected>*" "what is to be found about each bid stands there, by its name"
is "$(demanded)" '' "and waits for an answer"
acts() { tr '\n' ' ' <"$T/page" | grep -o '<ul class="acts">.*' | sed 's/<details>.*//; s/<\/ul>.*//' | grep -o 'do=[a-z_]*' | sed 's/do=//' | sort -u | xargs; }
JAR=$T/jar.clerk page "/zh/lots/$LOT"
is "$(acts)" 'behalf_enter checks_add complaint_enter irregularity_report lot_advance panel_assign panel_draw panel_freeze panel_replace' \
    "while it is checked the clerk is offered what belongs there, and no more"
like "$TEXT" '*现在不能办的*评审汇总 *提出定标意见 *' "the rest is told below"
does clerk "/zh/lots/$LOT/checks?do=checks_add" "${checks[@]}" "checks.20.bid=${BID[aa]}" checks.20.rule=small_enterprise # not answered, not sent
page "/zh/lots/$LOT"
like "$TEXT" '*审查结论*符合供应商基本资格条件*' "what was found is told by its name"
ok "and nothing by codes" none '>(qualified|good_credit|checking)<'
does clerk "/zh/lots/$LOT/advance?do=lot_advance"
JAR=$T/jar.evaluator1 page /zh/
like "$PAGE" "*评审签到*居家养老服务采购项目*符合性审查*/zh/lots/$LOT/panel/enter?do=panel_enter*" "who sits on a panel is led to it from the first page"
for who in evaluator1 evaluator2 evaluator3 evaluator4 buyer; do
    does "$who" "/zh/lots/$LOT/panel/enter?do=panel_enter"
    does "$who" "/zh/lots/$LOT/panel/declare?do=panel_declare" conflict=false
done
checked=
for who in evaluator1 evaluator2 evaluator3 evaluator4 buyer; do
    JAR=$T/jar.$who page /zh/
    case $PAGE in *"/zh/lots/$LOT/checks?do=checks_add"*) checked="${checked:+$checked$'\n'}$who" ;; esac
    does "$who" "/zh/lots/$LOT/checks?do=checks_add" "checks.0.bid=${BID[aa]}" checks.0.rule=responsive checks.0.passed=true \
        "checks.1.bid=${BID[bb]}" checks.1.rule=responsive checks.1.passed=true "checks.2.bid=${BID[cc]}" checks.2.rule=responsive checks.2.passed=true
done
is "$checked" "$(printf '%s\n' evaluator{1..4} buyer)" "each of the panel is led to its checks, until it has made them"
does evaluator1 "/zh/lots/$LOT/advance?do=lot_advance"
JAR=$T/jar.evaluator1
page "/zh/lots/$LOT/marks?do=marks_put&bid=${BID[aa]}"
like "$PAGE" '*<small>0 – 100</small>*' "both ends of the range of a mark are written alike"
fill "/zh/lots/$LOT/marks?do=marks_put&bid=${BID[aa]}" value.technical=101 reason.technical=按细则
is "$CODE" 422 "a mark above its criterion"
like "$PAGE" '*href="#f-technical.value"*class="error"*id="f-technical.value"*value="101"*' "is told at its field, which the summary leads to"
like "$PAGE" '*id="e-technical.value"*id="f-technical.value"*aria-describedby="*e-technical.value"*aria-invalid="true"*' "and read out with it"
fill "/zh/lots/$LOT/marks?do=marks_put&bid=${BID[aa]}" value.technical=88 "reason.technical=$(printf '%02001d' 0)"
like "$PAGE" '*href="#f-technical.reason"*for="f-technical.reason"*class="error"*' "and so is a reason that is too long"
fill "/zh/lots/$LOT/marks?do=marks_put&bid=$TENDER" value.technical=88 reason.technical=按细则
is "$CODE" 409 "marks for a bid that is not there are not lost in silence"
like "$PAGE" '*没有保存*' "but told"
for who in evaluator1 evaluator2 evaluator3 evaluator4 buyer; do
    for one in aa:88 bb:90 cc:80; do
        does "$who" "/zh/lots/$LOT/marks?do=marks_put&bid=${BID[${one%%:*}]}" "value.technical=${one#*:}" reason.technical=按细则
    done
    does "$who" "/zh/lots/$LOT/marks/lock?do=marks_lock"
done
JAR=$T/jar.evaluator1 page /zh/
like "$PAGE" "*汇总评分*/zh/lots/$LOT/evaluate?do=lot_evaluate*" "all sheets locked, the chair is led to put them together"
does evaluator1 "/zh/lots/$LOT/evaluate?do=lot_evaluate"
JAR=$T/jar.evaluator1 page /zh/
like "$PAGE" "*起草评审报告*/zh/lots/$LOT/report?do=panel_report*" "evaluated, its chair is led to the report"
does evaluator1 "/zh/lots/$LOT/report?do=panel_report" summary=推荐乙社
JAR=$T/jar.buyer page /zh/
like "$PAGE" "*签署评审报告*/zh/lots/$LOT/report/sign?do=panel_sign*" "and each member to sign it"
for who in evaluator1 evaluator2 evaluator3 evaluator4 buyer; do does "$who" "/zh/lots/$LOT/report/sign?do=panel_sign"; done
AS='' req GET "/api/v1/lots/$LOT"
[ "$(got .phase)" != scoring ] || does evaluator1 "/zh/lots/$LOT/evaluate?do=lot_evaluate"
JAR=$T/jar.clerk
page "/zh/lots/$LOT/criteria?as=print"
like "$TEXT" '*评分表*满分*第 1 号*第 3 号*技术*评审人*' "an empty score sheet, by numbers"
ok "and without names" none '<th[^>]*>[^<]*(社|公司|中心)'
page "/zh/lots/$LOT/evaluation?as=print"
is "$(grep -o '评审成员' "$T/page" | wc -l)" 5 "the summary of scores has a line for each member"
AS=clerk req GET "/api/v1/lots/$LOT/evaluation"
like "$TEXT" "*评分汇总表*$(got '[.evaluation.items[] | select(.rank == 1)][0].total')*" "and the totals"
page "/zh/lots/$LOT/marks?as=print"
number=$(got "[.bids[] | select(.bid == \"${BID[bb]}\")][0].number")
like "$TEXT" "* $number *90 *90 *90 *90 *90 *" "the marks stand with the number of their bid"

JAR=$T/jar.clerk page "/zh/lots/$LOT/red-flags"
like "$TEXT" '*评分过快*平均每份投标用时 *秒*evaluator1*' "what deserves a second look is told in words, and about whom"
ok "not by its code" none '>(hasty|same_sheets|evaluator|seconds)<'
JAR=$T/jar.clerk page "/en/lots/$LOT/red-flags"
like "$TEXT" '*hasty marks*seconds for each bid*' "in the language of the page"

# ---- award, contract, money
JAR=$T/jar.clerk page "/zh/lots/$LOT"
is "$(acts)" 'behalf_enter checks_add complaint_enter irregularity_report lot_announce lot_decide lot_review_ask panel_replace' "and while it is decided on"
does clerk "/zh/lots/$LOT/decide?do=lot_decide"
does approver "/zh/lots/$LOT/confirm?do=lot_confirm"
does clerk "/zh/lots/$LOT/announce?do=lot_announce"
AS=clerk req GET "/api/v1/lots/$LOT/awards"
AWARD=$(got '[.items[] | select(.standing == "winner")][0].id')
JAR=$T/jar.clerk page "/zh/lots/$LOT/awards"
like "$TEXT" '*名次 *1 *排名第一*' "an award tells its place in the order, and why"
ok "in one language" none 'ranked first'
JAR=$T/jar.bb page "/zh/lots/$LOT/evaluation/own"
like "$TEXT" '*90.5*' "the worked example: its bidder reads 90.500"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
JAR='' page "/zh/notices/$(got '[.items[] | select(.kind == "result")][0].id')"
like "$TEXT" '*乙社*500,000.00*' "and anybody who is awarded, at the price it quoted"
AS='' req GET "/api/v1/lots/$LOT"
AS='' req POST /api/v1/clock "{\"to\":\"$(date -u -d "$(got .phase_due) + 6 seconds" +%FT%TZ)\"}"
starts=$(date -u -d "$(now) + 2 days" +%F)
JAR=$T/jar.clerk page /zh/
like "$PAGE" "*签约期限*/zh/awards/$AWARD/contract?do=contract_draft*" "the window for signing leads to the contract"
does clerk "/zh/awards/$AWARD/contract?do=contract_draft" "starts=$starts" "ends=$(date -u -d "$starts + 1 year - 1 day" +%F)" terms=按采购文件执行
CONTRACT=$MADE
sql "UPDATE linli.organisation SET address = '示例区服务路2号', phone = '021-55520002' WHERE id = '${ORG[bb]}'" >/dev/null
does approver "/zh/contracts/$CONTRACT/sign?do=contract_sign"
JAR=$T/jar.bb page /zh/
like "$PAGE" "*签署合同*居家养老服务采购项目*/zh/contracts/$CONTRACT/sign?do=contract_sign*" "and so is who has a contract to sign"
desk=$(sql "INSERT INTO linli.membership SELECT (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'person_id', '${PERSON[bb]}'))).*
    FROM linli.membership m WHERE m.person_id = '${PERSON[clerk]}' AND m.role = 'office_clerk' RETURNING id")
JAR=$T/jar.bb page /zh/
like "$PAGE" "*待我办理*/zh/contracts/$CONTRACT/sign?do=contract_sign*" "also where who has it works at an office besides"
sql "DELETE FROM linli.membership WHERE id = '$desk'"
does bb "/zh/contracts/$CONTRACT/sign?do=contract_sign"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/promises" '{"kind":"own_share","by":"热心企业","amount":"1000.00"}'
JAR=$T/jar.clerk page "/zh/contracts/$CONTRACT/promises"
like "$TEXT" '*承诺人*金额怎样确定*热心企业*约定的金额*' "whoever promised something for a contract is called so"
sql "DELETE FROM linli.promise WHERE contract_id = '$CONTRACT'" >/dev/null # nothing of it comes in here
# A budget makes its lines, and numbers them; an account is of lines there are, of which none is guessed.
does bb "/zh/contracts/$CONTRACT/budget?do=budget_set" lines.0.name=护理人员 lines.0.kind=personnel lines.0.amount=300000 lines.1.name=护理用品 lines.1.kind=equipment lines.1.amount=200000
JAR=$T/jar.bb page "/zh/contracts/$CONTRACT/budget/account?do=budget_account"
like "$PAGE" '*name="lines.0.code"*<option value="lines_1">护理人员<*<option value="lines_2">护理用品<*' "what was spent is said of a line, by its name"
ok "which no number replaces" none 不填由系统编号
JAR=$T/jar.bb fill "/zh/contracts/$CONTRACT/budget/account?do=budget_account" lines.0.spent=100
is "$CODE" 422 "nor is it taken without one"
does bb "/zh/contracts/$CONTRACT/budget/account?do=budget_account" lines.0.code=lines_2 lines.0.spent=100
AS=bb req GET "/api/v1/contracts/$CONTRACT/budget"
is "$(got '[.lines[] | .code + " " + (.spent // "-")] | join(" ")')" "lines_1 - lines_2 100.00" "and stands with the line that was chosen"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
JAR='' page "/zh/notices/$(got '[.items[]|select(.kind == "contract")][0].id')"
like "$TEXT" '*供应商地址*服务路2号*社区路1号*陈经办*' "the notice of the contract says where both sides are"
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
mapfile -t TRANCHE < <(got '.items[].id')
JAR=$T/jar.clerk page "/zh/contracts/$CONTRACT"
like "$TEXT" '*500,000.00*大写*伍拾万元整*' "its sum in words"
like "$PAGE" "*<dt>结果</dt><dd><a href=\"/zh/tenders/$TENDER#result-$LOT\">* · 乙社 · 500,000.00 元</a>*" "whose award it carries out is told in words, and leads to the result"
JAR=$T/jar.bb page "/zh/contracts/$CONTRACT"
like "$PAGE" "*<a href=\"/zh/tenders/$TENDER#result-$LOT\">*" "also to who won it"
page "/zh/tenders/$TENDER"
like "$PAGE" "* id=\"result-$LOT\"*" "which stands there"
pay() { # TRANCHE NUMBER
    does clerk "/zh/tranches/$1/release?do=tranche_release"
    does clerk "/zh/tranches/$1/payments?do=payment_order" "invoice=2531200000000000000$2"
    does approver "/zh/payments/$MADE/approve?do=payment_approve"
    does clerk "/zh/payments/$MADE/settle?do=payment_settle" "bank_ref=LS-$2"
    page "/zh/payments/$MADE"
    like "$PAGE" "*/attachments?do=attachment_create&amp;object_kind=payment&amp;object=$MADE&amp;kind=voucher*" "its voucher is attached from its page"
}
JAR=$T/jar.clerk page /zh/
like "$PAGE" "*/zh/tranches/${TRANCHE[0]}/release?do=tranche_release*" "what is due on signing waits to be let out"
pay "${TRANCHE[0]}" 1
JAR=$T/jar.clerk page "/zh/contracts/$CONTRACT/changes?do=contract_change"
is "$(demanded)" 'reason ' "another last day of a contract can be asked for without its tranches"
JAR=$T/jar.approver page "/zh/lists/$LIST/adjust?do=list_adjust"
is "$(demanded)" 'reason ' "an entry added without one dropped"
AS='' req GET "/api/v1/tenders/$TENDER/plan"
paper=$(got '[.plan.papers[] | select(.tranche == "final")][0].code')
JAR=$T/jar.bb page "/zh/tranches/${TRANCHE[1]}/deliveries?do=delivery_report"
is "$(demanded)" 'paper body ' "a report needs no assessment of one's own"
like "$PAGE" "*<option value=\"$paper\"*" "and its paper is the one of this part"
JAR=$T/jar.bb page /zh/
like "$PAGE" "*/zh/tranches/${TRANCHE[1]}/deliveries?do=delivery_report*" "the first page of who delivers leads there"
does bb "/zh/tranches/${TRANCHE[1]}/deliveries?do=delivery_report" "paper=$paper" body=全年完成
AS=clerk req GET "/api/v1/tranches/${TRANCHE[1]}/deliveries"
JAR=$T/jar.assessor page "/zh/tranches/${TRANCHE[1]}/accept?do=tranche_accept"
is "$(demanded)" 'delivery finding reason ' "an acceptance no indicators where there are none"
does assessor "/zh/tranches/${TRANCHE[1]}/accept?do=tranche_accept" "delivery=$(got '.items[-1].id')" finding=accepted reason=实地查验 score=95
pay "${TRANCHE[1]}" 2
JAR='' page "/zh/tenders/$TENDER"
like "$TEXT" '*居家养老服务采购项目*已办结*' "the tender is closed"
JAR=$T/jar.clerk page "/zh/tenders/$TENDER"
ok "and nobody who opens bids is asked to" none 'href="[^"]*do=(openers_set|shares_promise|shares_post|opener_key)"'
JAR=$T/jar.aa page "/zh/bids/${BID[aa]}"
like "$TEXT" '*已开启*' "its bids were opened"
ok "and are not on their way" none '进行中'
JAR='' page "/zh/tenders/$TENDER"
like "$PAGE" "*href=\"/zh/payments/*href=\"/zh/offices/3/objects/*/attachments\">凭证*" "its payments lead on to their vouchers"
page "/zh/appropriations/$APPROPRIATION"
like "$TEXT" '*500,000.00*300,000.00*' "and the money of the year is told to the fen"
# Where money is given everybody reads its vouchers, which are of a tranche however many payments it took.
part=${TRANCHE[0]} second=00000003-0000-8000-8000-000000000001 other=00000003-0000-8000-8000-000000000002
given() { sql "SET session_replication_role = replica; UPDATE linli.tender SET regime = '$1' WHERE id = '$TENDER'; $2" >/dev/null; }
given grants "INSERT INTO linli.payment SELECT (jsonb_populate_record(p, jsonb_build_object('id', '$second', 'state', 'returned', 'bank_ref', 'LS-0'))).* FROM linli.payment p WHERE tranche_id = '$part';
    INSERT INTO linli.journal SELECT (jsonb_populate_record(j, jsonb_build_object('id', '$other', 'source', '$second'))).* FROM linli.journal j
        JOIN linli.payment p ON p.id = j.source WHERE p.tranche_id = '$part' AND j.kind = 'settle';
    INSERT INTO linli.posting SELECT (jsonb_populate_record(g, jsonb_build_object('journal_id', '$other', 'nth', g.nth + 1000))).* FROM linli.posting g
        JOIN linli.journal j ON j.id = g.journal_id JOIN linli.payment p ON p.id = j.source WHERE p.tranche_id = '$part' AND p.id <> '$second' AND j.kind = 'settle'"
times() { grep -o '25312000000000000001' "$T/page" | wc -l; }
JAR='' page "/zh/tenders/$TENDER"
is "$(times)" 1 "a voucher stands once beside its tranche on the page of the tender"
page "/zh/funds/$FUND/expenses"
like "$(times) $TEXT" '1 *25312000000000000001*同一期次，见上*' "and once among the expenses of its fund"
given statutory "DELETE FROM linli.posting WHERE journal_id = '$other'; DELETE FROM linli.journal WHERE id = '$other'; DELETE FROM linli.payment WHERE id = '$second'"

# ---- what was published: every member of every kind of notice is on its page
JAR=$T/jar.approver page "/zh/tenders/$TENDER"
like "$PAGE" '*do=supervision_tell*' "what a supervision found is told where the tender is published"
does approver "/zh/tenders/$TENDER/supervisions?do=supervision_tell" authority=示例区财政局 reference=区财监〔2027〕1号 about=验收资料不全 basis=政府采购法 decision=责令补正 "decided=$(TZ=Asia/Shanghai date +%F)"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
got '.items[] | "\(.kind) \(.id)"' >"$T/notices"
LISTED=$(sql "SELECT kind || ' ' || id FROM linli.notice WHERE list_id = '$LIST'")
while read -r kind id; do
    is "$(told "$id")" '' "notice $kind: nothing of it is left out"
done < <(cat "$T/notices"; echo "$LISTED")
like "$(cut -d' ' -f1 <<<"$LISTED" | sort -u | tr '\n' ' ')" '*intention*' "and of the list what is meant to be bought"
JAR='' page /zh/offices/3/evaluators
like "$TEXT" '*评审统计*E1*专家*' "what is told of its panel has a page"
is "$(cut -d' ' -f1 "$T/notices" | sort -u | tr '\n' ' ')" 'acceptance contract correction result supervision_result tender ' "of these kinds"
NOTICE=$(sed -n 's/^contract //p' "$T/notices")
# Sums that no schema of the API tells of are money all the same.
whole=$(sql "SELECT body FROM linli.notice WHERE id = '$NOTICE'")
sql "SET session_replication_role = replica; UPDATE linli.notice SET body = (body::jsonb || '{\"unspent\":\"1500.00\",\"unused\":\"2500.00\",\"lines\":[{\"name\":\"护理人员\",\"kind\":\"personnel\",\"planned\":\"4000.00\",\"now\":\"3500.00\"}]}') WHERE id = '$NOTICE'" >/dev/null
JAR='' page "/zh/notices/$NOTICE/text"
like "$(cat "$T/page")" '*1,500.00 元*2,500.00 元*4,000.00 元*3,500.00 元*' "what comes back, was not used, or was shifted is told in yuan"
sql "SET session_replication_role = replica; UPDATE linli.notice SET body = '${whole//\'/\'\'}' WHERE id = '$NOTICE'" >/dev/null
does approver "/zh/notices/$NOTICE/correct?do=notice_correct" text=乙方地址应为示例路乙一号 reason=笔误
JAR='' page "/zh/notices/$MADE"
like "$TEXT" '*更正了此前发布的公告*更正内容*示例路乙一号*更正原因*笔误*' "what a correction says is read"
is "$(told "$MADE")" '' "with all it corrects"
JAR='' page "/en/notices/$MADE/text"
ok "and in English with English marks" none '【|：$|　'

# ---- the project archive
JAR=$T/jar.clerk page "/zh/tenders/$TENDER/archive"
cp "$T/page" "$T/archive.zip"
python3 - "$T/archive.zip" >"$T/archive.txt" <<'PY'
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
names = z.namelist()
index = next(z.read(n).decode() for n in names if n.endswith('/卷内目录.html'))
print(len([n for n in names if n.endswith('.csv')]), index.count('<strong>缺</strong>'))
print(next(z.read(n).decode('utf-8-sig') for n in names if n.endswith('/14-票据与付款.csv')))
print([n.split('/', 1)[1] for n in names if '原始文件' in n])
PY
like "$(cat "$T/archive.txt")" '1[0-9] 0*LS-1*LS-2*投标-1.json*' "the archive of the tender: every part the law asks for, vouchers and bids in it, nothing missing"
JAR=$T/jar.aa page "/zh/tenders/$TENDER/archive"
is "$CODE" 403 "not for a bidder"
ok "linli audit finds nothing" linli audit
finish
