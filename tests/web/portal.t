#!/bin/bash
# The pages: every one is the API's own answer, in both languages, without JavaScript; what they send is taken or
# refused as the API says.
. "$(dirname "$0")/../api/lib.sh"
. "$(dirname "$0")/../api/award_lib.sh"
. "$(dirname "$0")/lib.sh"
start_server --set limits.upload_bytes=53000000
people
cat >"$T/pdf" <<'PDF'
#!/bin/bash
# Stands for web/pdf: counts its runs, and tells which files it was given.
folder=$(dirname "$0") files=(/proc/$$/fd/*)
echo run >>"$folder/pdf.runs"
for file in "${files[@]##*/}"; do [ "$file" -le 2 ] || [ "$file" = 255 ] || [ ! -e "/proc/$$/fd/$file" ] || echo "$file"; done >"$folder/pdf.files"
printf '%%PDF-1.7 of %d bytes\n' "$(wc -c)"
PDF
chmod +x "$T/pdf"
printf 'clerk\tlinli-portal-1\t街道经办\tThe clerk\nnot a person\n' >"$T/people"
PORTAL_OPTIONS=(--pdf "$T/pdf" --people "$T/people" --docx "$T/docx")
cat >"$T/docx" <<'DOCX'
#!/bin/bash
# Stands for web/docx: tells in whose looks it is to make the document, and fails where it cannot read them.
folder=$(dirname "$0")
echo "$1" >"$folder/docx.path"
! grep -q broken "$1" || { echo >"$folder/docx.tried"; exit 1; }
cat "$1" >"$folder/docx.looks"
printf '%%PDF-1.7 of %d bytes\n' "$(wc -c)"
DOCX
chmod +x "$T/docx"
start_portal

# ---- anybody
page /
is "$CODE $(sed -n 's/^Location: \(.*\)\r$/\1/Ip' "$T/page.head")" "303 /zh/" "Chinese first"
is "$(curl -s -o /dev/null -w '%{redirect_url}' -H 'Accept-Language: en-GB,en' "http://$PAGES/")" "http://$PAGES/en/" "English for whom prefers it"
page /zh/
is "$CODE" 200 "the first page"
like "$TEXT" '*公开采购*示例街道*' "names the offices"
like "$(cat "$T/page.head")" "*default-src 'none'*script-src 'self'*" "with a strict policy"
ok "and no script or style inside it" none '<style|style=|<script[^>]*>[^<]|onclick'
asset=$(grep -oE '/assets/[0-9a-f]+/linli.css' "$T/page" | head -1)
like "$(curl -sI "http://$PAGES$asset" | tr -d '\r')" '*200*immutable*' "its files may be kept for ever"
packed() { # PATH TAKES: how often its answer says that it is compressed
    curl -s -D "$T/page.head" -o "$T/packed" -H "Accept-Encoding: $2" ${JAR:+-b "$JAR"} "http://$PAGES$1"
    grep -ci '^content-encoding: gzip' "$T/page.head"
}
is "$(packed "$asset" 'br, gzip') $(gunzip -c "$T/packed" | sha256sum)" "1 $(sha256sum <"$here/web/assets/linli.css")" "and go compressed to whoever takes that"
is "$(packed "$asset" 'gzip;q=0') $(packed /zh/ identity)" "0 0" "and to nobody else"
is "$(packed "$asset" 'gzip; q=0') $(packed "$asset" 'gzip ;q=0.0') $(packed "$asset" 'x-gzip-foo') $(packed "$asset" 'br, GZIP; q=0.5')" "0 0 0 1" "as the browser says, with blanks or without"
is "$(packed /zh/ gzip) $(gunzip -c "$T/packed" | tail -1)" "1 </html>" "so does a page for nobody in particular"
is "$(curl -s -o /dev/null -D - -b 'linli=old' -H 'Accept-Encoding: gzip' "http://$PAGES/zh/" | tr -d '\r' | grep -ciE '^(content-encoding: gzip|cache-control: no-cache)')" 0 \
    "but none for a browser that brings a session, be it known or not"
page /en/offices/3
like "$TEXT" '*street office*' "an office in English"
sed -i 's/示例[市区街道]*//g; s/邻里//g; s/中文//g' "$T/page"
ok "without a word of Chinese but names" none '\p{Han}'
page /zh/nothing
is "$CODE" 404 "nothing there"
like "$PAGE" '*action="/zh/search/tenders"*' "but a way on"
page /zh/offices/99
is "$CODE" 404 "no such office, as the API says"
page "/zh/tenders?text=%3Cscript%3E"
is "$CODE" 200 "what is looked for is no part of the page"
ok "unescaped" none '<script>'
page /zh/offices/3/needs
is "$CODE" 401 "what needs an account says so"
like "$PAGE" '*/zh/login?next=*' "and leads to the log-in"
post '/zh/offices/3/lists?do=list_create' year=2027 title=清单
is "$CODE" 401 "nothing is done without one"

# ---- the switches of language and type lead back to the very page, with what was looked for
page '/zh/tenders?text=%E5%8A%A9+%26&done=x'
like "$PAGE" '*href="/en/tenders?text=%E5%8A%A9%20%26&amp;done=x"*' "the other language keeps the query"
like "$PAGE" '*/zh/size?next=/zh/tenders%3Ftext%3D%25E5%258A%25A9%2520%2526*' "and so does the type"
goes() { curl -s -o /dev/null -D - "http://$PAGES$1" | tr -d '\r' | sed -n 's/^Location: //Ip'; }
is "$(goes '/zh/size?next=%2Fzh%2Ftenders%3Ftext%3D%25E5%258A%25A9')" '/zh/tenders?text=%E5%8A%A9' "back to where it was"
is "$(goes '/en/size?next=%2Foffices')" /en/offices "in the language of the switch"
for evil in //evil.example '/%5Cevil.example' https://evil.example '/%09/evil.example' '/zh/%0d%0aX-Evil:%201' '/zh%7f'; do
    is "$(goes "/zh/size?next=$evil")" /zh/ "never elsewhere: $evil"
done
is "$(goes '/tenders?text=%E5%8A%A9')" '/zh/tenders?text=%E5%8A%A9' "an address without a language keeps its query"
is "$(goes '/api/v1/search/tenders?text=%E5%8A%A9')" "$B/api/v1/search/tenders?text=%E5%8A%A9" "and so does one of the API"

# ---- what no browser sends
is "$(curl -s -o /dev/null -w '%{http_code}' -H 'Content-Type: multipart/form-data; boundary=b' --data-binary $'--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n' "http://$PAGES/zh/login")" \
    400 "a part without a name"
sends() { curl -s -o "$T/sent" -w '%{http_code}' "$@"; }
is "$(sends -F "file=@$here/README.md" -F _csrf=x -b 'linli=x' "http://$PAGES/zh/offices/3/attachments?do=attachment_create")" 401 "whoever is not logged in brings no file, and is asked who it is"
python3 -c 'print("&".join("x" * 16000 + str(i) for i in range(300)), end="")' >"$T/names"
is "$(sends --data-binary "@$T/names" "http://$PAGES/zh/login")" 413 "names of fields count as what is sent"
like "$(<"$T/sent")" '*<h1>*共 256 MB*' "on a page that tells how much may be"
post /zh/logout $'_csrf=x\nX-Forwarded-For: 9.9.9.9\n\nGET /api/v1/offices HTTP/1.1\nHost: x\n\n'
is "$CODE" 303 "a value that is no header"
page /zh/offices
like "$TEXT" '*示例街道*' "puts nothing between question and answer"
is "$(curl -s -o /dev/null -w '%{http_code}' --data 'login=%ff&password=x' "http://$PAGES/zh/login")" 400 "what is no text is told"

# ---- the log-in
page /zh/login
is "$(grep -o 'name="[a-z]*"[^>]*autocomplete="[a-z-]*"' "$T/page" | sed 's/name="\([a-z]*\)".*autocomplete="\(.*\)"/\1 \2/' | paste -sd,)" \
    'login username,password current-password,code one-time-code' "a browser may fill in what it keeps for its user"
like "$PAGE" '*/zh/passwords?do=password_set*' "whoever was given a link finds where to use it"
AS=root req POST "/api/v1/people/${PERSON[clerk]}/link"
fill '/zh/passwords?do=password_set' "link=$(got .link)" password=linli-portal-1
is "$CODE $GOTO" '303 /zh/login?done=password_set' "and then logs in"
page '/zh/register'
like "$PAGE" '*name="login"*autocomplete="username"*name="password"*autocomplete="new-password"*' "and offers a new password where one is chosen"
for who in clerk approver; do password "$who"; done
JAR=$T/jar.wrong
post /zh/login login=clerk password=wrong next=/
is "$CODE" 401 "a wrong password"
like "$PAGE" '*class="notice bad"*value="clerk"*' "is told above the form, which keeps the name"
ok "and not the password" none 'value="wrong"'
post /zh/login login=clerk password=linli-portal-1 next=//evil.example
is "$CODE $GOTO" "303 /zh/" "a log-in leads to pages of ours alone"
post /zh/login login=clerk password=linli-portal-1 next=/en/offices?x=1
is "$CODE $GOTO" "303 /en/offices?x=1" "in the language they were read in"
login clerk
page /zh/offices/3
ok "no columns of tables by their codes" none 'id="column_map_list"'
page /zh/
like "$TEXT" '*待我办理*' "what waits for whom is logged in"
like "$PAGE" '*从这里开始*/zh/offices/3/funds?do=fund_create*/zh/offices/3/lists?do=list_create*/zh/offices/3/guide*' "where nothing has happened yet, with what comes first"
password agent
login agent
page /zh/
like "$PAGE" '*从这里开始*/zh/offices/3/lists?do=list_create*' "an agent begins there too"
ok "but not with a fund, which is not an agent's to set up" none 'do=fund_create'
login clerk
page /zh/me
like "$TEXT" '*clerk*经办人*' "who one is"
is "$(packed /zh/me gzip)" 0 "what has the token of a session goes as it is"

# ---- acts
fill '/zh/offices/3/lists?do=list_create' year=2027
is "$CODE" 422 "a form with a gap"
like "$PAGE" '*href="#f-title"*' "links to it from the summary"
like "$PAGE" '*value="2027"*' "and keeps what was typed"
like "$PAGE" '*<button class="button">提交</button>*' "to be sent again"
like "$PAGE" '*data-draft="/zh/offices/3/lists*' "in the browser as well, until it is sent"
page '/zh/tokens?do=token_create'
ok "but no act whose body is a secret" none data-draft
post '/zh/offices/3/lists?do=list_create' "_csrf=forged" "_key=$(printf 'k%.0s' {1..32})" year=2027 title=清单
is "$CODE" 403 "a form of another site is refused"
fill '/zh/offices/3/lists?do=list_create' year=2027 title=二〇二七年清单
is "$CODE" 303 "a list is made"
like "$GOTO" '/zh/lists/*?done=list_create' "and shown"
LIST=${GOTO#/zh/lists/} LIST=${LIST%%\?*}
page "/zh/lists/$LIST/draft"
like "$TEXT" '*二〇二七年清单*草案*' "as the API has it"
page /zh/
ok "an office with a draft of its list has begun" none '从这里开始'
page '/zh/offices/3/lists?do=list_create'
key=$(hidden _key) csrf=$(hidden _csrf)
for i in 1 2; do post '/zh/offices/3/lists?do=list_create' "_csrf=$csrf" "_key=$key" year=2028 title=只有一份; done
is "$CODE" 303 "a form sent twice"
AS=clerk req GET '/api/v1/offices/3/lists'
is "$(sql "SELECT count(*) FROM linli.list WHERE year = 2028")" 1 "is one list"

fill '/zh/offices/3/needs?do=need_create' kind=need source=department title=需要 $'body=第一行\r\n第二行' field=养老 beneficiaries=老人 place=示例街道 cost=1000
is "$CODE $(sql "SELECT body = E'第一行\n第二行' FROM linli.need")" '303 t' "lines end as browsers end them, and are not lost"
sql "INSERT INTO linli.need SELECT (jsonb_populate_record(n, jsonb_build_object('id', gen_random_uuid(), 'body', repeat('很长', 10000)))).* FROM linli.need n, generate_series(1, 300)"
page '/zh/offices/3/needs?as=csv'
is "$CODE $(tail -n 1 "$T/page" | grep -c 还有更多)" '200 1' "a table ends before it outgrows the portal, and says so"
ok "after some of it" test "$(wc -c <"$T/page")" -gt 8000000
sql "DELETE FROM linli.need WHERE body LIKE '很长%'"
page "$GOTO"
ok "what of one's own is shown is not for others to keep" grep -qi '^cache-control: no-store' "$T/page.head"
page '/zh/offices/3/needs?as=print'
ok "nor on paper" grep -qi '^cache-control: no-store' "$T/page.head"

# Money and times as people write them.
fund_of sub_threshold 90000.00
AS=clerk req GET /api/v1/offices/3/funds
page "/zh/offices/3/funds"
like "$TEXT" '*专项资金列表*' "funds of the office"
entry_of sub_threshold public_bidding 90000.00
tender_of lowest_price "{\"tranches\":$TWO_PARTS}" '{}'
page "/zh/tenders/$TENDER/draft"
like "$TEXT" '*助老服务*草案*90,000.00*' "a draft tender, for whom may see it"
login approver
AS='' req GET /api/v1/clock
day=$(date -u -d "$(got .now) + 40 days" +%F)
page "/zh/tenders/$TENDER/draft"
fill "/zh/tenders/$TENDER/publish?do=tender_publish" "deadline=${day}T10:00" confirm_unverified=true _preview=1
like "$CODE $(sed 's/<[^>]*>/ /g; s/  */ /g' "$T/page")" '200 *预览：尚未发布*助老服务*90,000.00*' "the approver sees the notice before it is one"
like "$PAGE" '*data-mark="预览 PREVIEW"*' "with the mark of a preview across it"
is "$(sql "SELECT count(*) FROM linli.notice WHERE tender_id = '$TENDER'") $(sql "SELECT state FROM linli.tender WHERE id = '$TENDER'")" '0 draft' "and nothing is published"
login clerk
fill "/en/tenders/$TENDER/publish/preview?do=publish_preview" "deadline=${day}T10:00" confirm_unverified=true
like "$CODE $PAGE" '200 *data-mark="PREVIEW 预览"*' "so does who drew it up, in English"
fill "/zh/tenders/$TENDER/publish/preview?do=publish_preview" deadline=2020-01-01T10:00
like "$CODE $PAGE" '422 *href="#f-deadline"*' "what could not be published is told"
login approver
fill "/zh/tenders/$TENDER/publish?do=tender_publish" "deadline=${day}T10:00"
is "$CODE" 409 "what the API refuses"
like "$PAGE" "*规则数字*value=\"${day}T10:00\"*" "is told with the form as it was filled"
fill "/zh/tenders/$TENDER/publish?do=tender_publish" "deadline=${day}T10:00" confirm_unverified=true
is "$CODE" 303 "the approver publishes it"
JAR=''
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .deadline)" "${day}T02:00:00Z" "with the deadline of the office's clock"
page "/zh/tenders/$TENDER"
like "$TEXT" '*助老服务*正在征集*' "anybody reads it now"
like "$PAGE" '*class="now" aria-current="step"*' "with the line of its phases"
sql "UPDATE linli.lot SET reason = '[{\"zh\": \"有效申报不足三家\", \"en\": \"too few\"}]' WHERE tender_id = '$TENDER'" >/dev/null
page "/zh/tenders/$TENDER"
like "$TEXT" '*办理进度*有效申报不足三家*' "and why a lot stands where it stands"
sql "UPDATE linli.lot SET reason = NULL WHERE tender_id = '$TENDER'" >/dev/null
page "/zh/tenders/$TENDER"
ok "once" none 不足三家
page /zh/
like "$TEXT" '*正在征集*助老服务*' "and finds it on the first page"
page '/zh/tenders?text=%E5%8A%A9%E8%80%81'
like "$TEXT" '*助老服务*' "or by two characters of its name"
page '/zh/tenders?text=%E5%8A%A9%E5%AD%A6'
ok "but not by others" none 助老服务

# ---- what moving a deadline moves
login clerk
page "/zh/tenders/$TENDER/extend?do=tender_extend"
like "$PAGE" '*<button class="button">提交</button>*name="_preview"*' "a deadline is moved with a look beforehand"
later=$(date -u -d "$day + 9 days" +%F)
fill "/zh/tenders/$TENDER/extend?do=tender_extend" body=推迟 "deadline=${later}T10:00" _preview=1
like "$CODE $(sed 's/<[^>]*>/ /g; s/  */ /g' "$T/page")" "200 *会改动哪些日期*提交截止时间*${day:0:4}年*10:00*${later:0:4}年*10:00*开标*最早开始*" "which tells each date, as it is and as it will be"
like "$PAGE" '*value="'"$later"'T10:00"*' "and keeps what was typed"
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .deadline)" "${day}T02:00:00Z" "nothing has moved"
fill "/zh/tenders/$TENDER/extend?do=tender_extend" body=提前 "deadline=${day}T09:00" _preview=1
is "$CODE" 422 "to an earlier time it does not move"
JAR=''

# ---- for programs of readers
AS='' req GET "/api/v1/tenders/$TENDER/notices"
NOTICE=$(got '.items[0].id')
page '/zh/search/tenders.atom?text=%E5%8A%A9%E8%80%81'
is "$CODE $(xmllint --xpath 'count(//*[local-name()="entry"])' "$T/page")" '200 1' "a search is a feed"
like "$PAGE" "*<id>urn:uuid:$TENDER</id>*http://$PAGES/zh/tenders/$TENDER*" "whose entries lead to their pages"
page "/zh/tenders/$TENDER.ics"
like "$(tr -d '\r' <"$T/page")" "*BEGIN:VEVENT*UID:$TENDER@linli*DTSTART:$(tr -d - <<<"$day")T020000Z*SUMMARY:*" "a deadline is a date of a calendar"
like "$(tr -d '\r' <"$T/page")" "*PRODID:*//ZH*BEGIN:VTIMEZONE*TZID:Asia/Shanghai*TZOFFSETTO:+0800*" "and says where"
page "/en/offices/3/tenders.ics?state=cancelled"
like "$(tr -d '\r' <"$T/page")" "*PRODID:*//EN*BEGIN:VTIMEZONE*END:VTIMEZONE*END:VCALENDAR*" "one without dates is a calendar still"
page /zh/offices/3/tenders.ics
like "$PAGE" "*UID:$TENDER@linli*" "an office's holds what is open"
sql "UPDATE linli.tender SET state = 'closed' WHERE id = '$TENDER'" >/dev/null
page /zh/offices/3/tenders.ics
ok "and nothing that is over" none "$TENDER"
sql "UPDATE linli.tender SET state = 'bidding' WHERE id = '$TENDER'" >/dev/null
page "/zh/tenders/$TENDER/notices.atom"
is "$(xmllint --xpath 'string(/*/*[local-name()="title"])' "$T/page" | cut -d' ' -f1) $(xmllint --xpath 'string(//*[local-name()="category"]/@term)' "$T/page")" \
    '助老服务 tender' "a feed is called by what it is of, its entries by their codes"
page /zh/offices/3/needs.atom
is "$CODE" 404 "but not every list is a feed"
page "/zh/notices/$NOTICE/text"
like "$PAGE" '*【招标公告】*预算：90,000.00 元*' "a notice as plain text"
page "/en/notices/$NOTICE/print"
like "$PAGE" '*<html lang="en">*print.css*<path d="M4 4h7*' "and to print, with a code of its address"
for i in 1 2 3; do page "/zh/notices/$NOTICE/pdf"; done
like "$PAGE" '%PDF-1.7 of [0-9]* bytes' "and as a PDF"
page "/en/notices/$NOTICE/pdf"
is "$(wc -l <"$T/pdf.runs")" 2 "made once for each language, however often it is asked for"
is "$(cat "$T/pdf.files")" '' "by a program that inherits no file of the portal"
page "/zh/notices/$NOTICE/docx"
like "$PAGE $(cat "$T/page.head")" '%PDF-1.7 of *wordprocessingml*' "and as a Word document, by another program"
ok "in looks that come with the portal" cmp "$T/docx.looks" "$here/web/reference.docx"
looks() { # TEXT [MORE]: the office keeps it as its template
    local hash
    hash=$(brought clerk "{\"looks\":\"$1\"}")
    sql "UPDATE linli.blob SET type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' WHERE sha256 = '\\x$hash'" >/dev/null
    AS=clerk want 201 POST /api/v1/offices/3/attachments "{\"object_kind\":\"office\",\"name\":\"模板.docx\",\"kind\":\"template\",\"sha256\":\"$hash\"${2:-}}"
}
looks internal
page "/zh/notices/$NOTICE/docx"
ok "what the office keeps for itself is nobody's looks" cmp "$T/docx.looks" "$here/web/reference.docx"
looks ours ',"public":true'
page "/zh/notices/$NOTICE/docx"
is "$CODE $(cat "$T/docx.looks")" '200 {"looks":"ours"}' "or in those of the template the office made public"
ok "which lies about no longer than that takes" test ! -e "$(cat "$T/docx.path")"
advance 1h
looks broken ',"public":true'
page "/zh/notices/$NOTICE/docx"
is "$CODE" 200 "a template that cannot be read is no reason for no document"
ok "though it was tried" test -e "$T/docx.tried"
advance 1h
looks new ',"public":true'
page "/zh/tenders/$TENDER?as=docx"
is "$CODE $(cat "$T/docx.looks")" '200 {"looks":"new"}' "the last one counts, for a thing as well"
page "/zh/notices/$NOTICE/poster"
like "$PAGE" '*<html lang="zh-CN" class="poster">*' "and as a poster"
page '/zh/search/tenders?as=csv'
is "$CODE $(head -c 3 "$T/page" | od -An -tx1 | tr -d ' ')" '200 efbbbf' "a list as a table"
like "$PAGE $(cat "$T/page.head")" '*"名称"*"90000.00"*attachment*linli.csv*' "with all its members, to keep"
page "/en/search/tenders?as=xlsx"
is "$CODE $(unzip -p "$T/page" xl/worksheets/sheet1.xml | grep -c '<v>90000</v>')" '200 1' "and for a spreadsheet, sums as numbers"
page '/zh/search/tenders?as=exe'
like "$PAGE" '*</html>*' "and as nothing else"
page "/zh/offices/3/needs?as=xlsx"
is "$CODE" 401 "no more than the visitor may read"
page "/zh/tenders/$TENDER/plan?as=print"
like "$PAGE" '*print.css*采购方案*' "any thing can be printed"
page /robots.txt
like "$PAGE" '*Disallow: /\*/pdf*' "which robots leave alone"
page /sitemap.xml
like "$PAGE" "*/zh/tenders/$TENDER</loc>*" "the map of the site"
page /.well-known/security.txt
is "$CODE" 404 "nobody to write to until one is named"
page '/zh/?year=2030'
like "$TEXT" '*钱用到哪里*2030*按单位*示例街道*90,000.00*按采购方式*公开招标*90,000.00*' "where the money of a year goes"

# ---- files go through as they are, and never as pages of ours
login clerk
AS=clerk
printf '%%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%%%EOF\n' >"$T/x.pdf"
sum=$(sha256sum <"$T/x.pdf" | cut -c1-64)
curl -s -o /dev/null -X PUT -H "Authorization: Bearer ${TOKEN[clerk]}" --data-binary "@$T/x.pdf" "$UP/api/v1/blobs/$sum"
AS=clerk req POST /api/v1/offices/3/attachments "{\"object_kind\":\"tender\",\"object\":\"$TENDER\",\"sha256\":\"$sum\",\"name\":\"附件.pdf\",\"kind\":\"report\",\"public\":true}"
FILE=$(got .id)
page "/zh/attachments/$FILE/file"
is "$CODE $(cmp "$T/page" "$T/x.pdf" && echo same)" '200 same' "a file is handed on byte for byte"
like "$(tr -d '\r' <"$T/page.head")" "*Content-Disposition: attachment*" "to be saved, not shown"
page "/zh/offices/3/objects/$TENDER/attachments"
like "$PAGE" "*/zh/attachments/$FILE/file*" "and its list links to it"
JAR='' page '/zh/tenders/x%0d%0aX-Evil:%201'
is "$CODE" 404 "nothing else of an address goes on to the API"

# ---- over the counter: entered by one with a scan, confirmed by another, its receipt printed
minute=$(date -u -d "$(AS='' req GET /api/v1/clock; got .now) + 8 hours - 5 minutes" +%FT%H:%M)
page '/zh/offices/3/on-behalf?do=behalf_enter'
like "$TEXT" '*收到的是什么*质疑或异议*' "what was received is chosen first"
received() { # FIELD=VALUE...
    page '/zh/offices/3/on-behalf?do=behalf_enter&act=need_create'
    post '/zh/offices/3/on-behalf?do=behalf_enter' "_csrf=$(hidden _csrf)" "_key=$(hidden _key)" act=need_create sender=王奶奶 channel=paper "received=$minute" \
        content.kind=need content.source=resident content.title=楼道扶手 content.field=为老 content.beneficiaries=老人 content.place=江苏路 "$@"
}
page '/zh/offices/3/on-behalf?do=behalf_enter&act=need_create'
like "$PAGE" '*enctype="multipart/form-data"*name="sha256" type="file"*name="content.title"*' "then its own form, and the scan"
received "sha256=@$T/x.pdf"
is "$CODE" 422 "what is missing inside it"
like "$PAGE" '*href="#f-content.body"*' "is linked to"
received content.body=没有扶手 "sha256=@$T/x.pdf"
like "$CODE $GOTO" '303 /zh/on-behalf/*?done=behalf_enter' "and entered"
ENTERED=${GOTO%%\?*}
page "$ENTERED"
like "$TEXT" '*待确认*王奶奶*楼道扶手*带走*' "to be confirmed"
page "$ENTERED?as=print"
like "$PAGE" '*<h1>代录件 20??-DB-0001</h1>*王奶奶*来件人*确认人*<path d="M4 4h7*' "its receipt has lines to sign"
ok "and no ids" none '[0-9a-f]{8}-[0-9a-f]{4}-8.*</dd>'
login approver
page /zh/
like "$TEXT" '*确认代录件*' "it waits for another"
fill "$ENTERED/confirm?do=behalf_confirm"
is "$CODE" 303 "who confirms it"
page "$ENTERED"
like "$PAGE" '*已确认*href="/zh/needs/*' "and reads what came of it"
page "/zh/tenders/$TENDER"
login clerk

# ---- a bid, with a file
bidder aa 甲社
password aa
login aa
page "/zh/tenders/$TENDER"
like "$PAGE" "*/zh/tenders/$TENDER/bids?do=bid_submit*" "an organisation may bid"
page "/zh/tenders/$TENDER/bids?do=bid_submit"
like "$TEXT" '*每个不超过 50.5 MB。*' "how large a file may be is what the API takes"
like "$TEXT" '*甲社*投标报价*投标文件*已保存的证书*只保存一次*' "with the fields and the papers of the plan"
papers=/zh/organisations/${ORG[aa]}/certificates
fill "$papers?do=certificate_add" kind=registration name=登记证书 number=5201 valid_until=2020-11-12 "sha256=@$T/x.pdf"
like "$CODE $GOTO" "303 /zh/organisations/${ORG[aa]}?done=certificate_add" "a paper is kept once"
page "$papers"
like "$TEXT" '*登记证书*法人登记证书*已过期*5201*2020年11月12日*登记证书.pdf*停用证书*' "and stands among the papers of the organisation, with what ran out"
PAPER=$(sed -n 's#.*href="/zh/certificates/\([0-9a-f-]*\)/file".*#\1#p' "$T/page" | head -1)
page "/zh/certificates/$PAPER/file"
is "$CODE $(cmp "$T/page" "$T/x.pdf" && echo same)" '200 same' "with its file"
page "$papers?do=certificate_add"
like "$PAGE" "*<select id=\"f-replaces\"*<option value=\"$PAPER\">登记证书<*" "another is said to be in its place by its name"
offered=("organisation=${ORG[aa]}" lot=1 "fields.price=81,000")
printf 'what we offer\n' >"$T/offer.txt"
fill "/zh/tenders/$TENDER/bids?do=bid_submit" "${offered[@]}" certificate=0192f0c4-a000-7000-8000-00000000a001 "bid_file=@$T/offer.txt"
like "$CODE $PAGE" '422 *href="#f-certificate"*所选证书不属于本次投标的组织*value="81000.00"*' "what others keep is not attached, and what was typed stays"
page "/zh/tenders/$TENDER/bids?do=bid_submit"
like "$TEXT" '*登记证书*已过期*法人登记证书 · 5201 · 有效期至 2020年11月12日*' "what is kept can be ticked, with what there is to know of it"
fill "/zh/tenders/$TENDER/bids?do=bid_submit" "${offered[@]}" "certificate=$PAPER" "bid_file=@$T/offer.txt"
is "$CODE $GOTO" "303 /zh/tenders/$TENDER?done=bid_submit#handed-in" "it is handed in"
offer=$(sha256sum <"$T/offer.txt" | cut -d' ' -f1)
# Each receipt is signed anew: nobody's looking at a page asks for one, but once of what was handed in just now.
cat >"$T/counting.py" <<'PY'
# Stands between a portal and the API, and tells what is asked.
import http.client, http.server, sys
port, api, told = int(sys.argv[1]), sys.argv[2], open(sys.argv[3], 'a', buffering=1)
class Between(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def log_message(self, *_): pass
    def do_GET(self):
        told.write(self.command + ' ' + self.path + '\n')
        asked = http.client.HTTPConnection(api)
        asked.request(self.command, self.path, headers={k: v for k, v in self.headers.items() if k.lower() not in ('host', 'connection')})
        answer = asked.getresponse()
        body = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ('transfer-encoding', 'content-length', 'connection', 'date', 'server'): self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_HEAD = do_GET
http.server.ThreadingHTTPServer(('127.0.0.1', port), Between).serve_forever()
PY
between=$(free_port) whole=$PAGES serving=$PORTAL_PID
python3 "$T/counting.py" "$between" "${B#http://}" "$T/asked" 2>/dev/null &
counting=$!
until curl -s -o /dev/null "http://127.0.0.1:$between/api/v1/clock"; do sleep 0.05; done
rm "$T/portal.log" # of the one that goes on serving
B=http://127.0.0.1:$between start_portal
page "/zh/tenders/$TENDER"
like "$PAGE" '*id="handed-in"*查看本次投标，再次下载回执*' "what was handed in leads to its receipt"
is "$(grep -c "/me/bids" "$T/asked") $(grep -c '/receipt$' "$T/asked")" '1 0' "which is not asked for on each look"
page "/zh/tenders/$TENDER?done=bid_submit"
is "$(grep -c '/receipt$' "$T/asked")" 1 "but once as it was handed in"
: >"$T/asked"
page "/zh/lots/$LOT"
is "$(grep '/evaluation$' "$T/asked" | cut -d' ' -f1 | paste -sd,)" HEAD "whether a lot leads to its evaluation is asked without the evaluation"
kill -TERM "$PORTAL_PID" "$counting"
wait "$PORTAL_PID" "$counting"
PAGES=$whole PORTAL_PID=$serving
page "${GOTO%#*}"
like "$TEXT" "*已办理*助老服务*我方提交的投标*已密封*投标报价*81,000.00 元*登记证书.pdf*$(stat -c %s "$T/x.pdf") 字节*offer.txt*14 字节*$offer*" "and its tender shows what is in it"
handed=$(sed -n 's#.*href="/zh/bids/\([0-9a-f-]*\)/file".*#\1#p' "$T/page" | head -1)
page "/zh/bids/$handed/file"
is "$CODE $(jq -r .fields.price "$T/page")" '200 81000.00' "as a file, too"
sql "UPDATE linli.bid SET state = 'void', void_reason = '/parties 本项目不接受联合体' WHERE id = '$handed'" >/dev/null
page "/zh/tenders/$TENDER"
like "$TEXT" '*联合体成员：本项目不接受联合体*' "why it is void is told in words"
ok "not by where in its file that is" none '/parties'
page "/zh/bids/$handed"
like "$TEXT" '*联合体成员：本项目不接受联合体*' "nor on its own page"
ok "which names no place in a file" none '>/parties'
page "/en/bids/$handed"
like "$TEXT" '*the call takes no joint bids*' "in English, where that is read"
ok "and not in Chinese" none '不接受联合体'
sql "UPDATE linli.bid SET state = 'sealed', void_reason = NULL WHERE id = '$handed'" >/dev/null
lot=$(sql "SELECT id FROM linli.lot WHERE tender_id = '$TENDER'")
for what in approval:选定后续处理 ballots:复录纸质选票 draw:公开抽取 explanation:报价合理性说明 lots:前面采购包的结果 prices:开启报价信封; do
    sql "UPDATE linli.lot SET waiting = '${what%%:*}' WHERE id = '$lot'" >/dev/null
    page "/zh/lots/$lot"
    like "$TEXT" "*等待*${what#*:}*" "what a lot waits for is told in words: ${what%%:*}"
done
sql "UPDATE linli.lot SET waiting = NULL WHERE id = '$lot'" >/dev/null
JAR=$T/jar.clerk page "/zh/tenders/$TENDER"
ok "and nobody else's page does" none '81,000|offer.txt|handed-in'
JAR=$T/jar.clerk page "/zh/bids/$handed/file"
is "$CODE" 403 "nor gives it the file"
JAR=$T/jar.aa
page /zh/me/bids
like "$TEXT" '*助老服务*已密封*' "it stands among one's own"
fill "/zh/tenders/$TENDER/bids?do=bid_submit" "organisation=${ORG[aa]}" lot=1 _own=1 "sealed=@$T/offer.txt"
like "$CODE $PAGE" '422 *href="#f-sealed"*不是密封文件*' "what is no container does not take its place"
fill "/zh/tenders/$TENDER/bids?do=bid_submit" lot=1
like "$CODE $PAGE" '422 *href="#f-organisation"*请选择以哪个组织*href="#f-fields.price">投标报价*' "an empty bid is told field by field, as the form calls them"
: >"$T/empty.txt"
fill "/zh/tenders/$TENDER/bids?do=bid_submit" "${offered[@]}" "bid_file=@$T/empty.txt"
like "$CODE $PAGE" '422 *href="#f-bid_file"*empty.txt 文件是空的*' "a file with nothing in it is called that, at its field"
AS=aa req GET "/api/v1/me/bids?tender=$TENDER"
is "$(got '[.items[] | [.id, .state]] | tostring')" "[[\"$handed\",\"sealed\"]]" "and the bid stands as it was handed in"
AS=aa req GET /api/v1/me/bids
sealed=$(sql "SELECT encode(sha256, 'hex') FROM linli.bid LIMIT 1")
is "$(jq -c '[.linli, .fields.price, (.files[] | [.name, .kind, .bytes])]' "$T/blobs/${sealed:0:2}/$sealed")" \
    "[\"bid/1\",\"81000.00\",[\"登记证书.pdf\",\"certificate\",$(stat -c %s "$T/x.pdf")],[\"offer.txt\",\"bid_file\",14]]" "as its own program would have written it"
fill "$papers/$PAPER/retire?do=certificate_retire" reason=旧证
is "$CODE" 303 "a paper is retired"
page "$papers"
ok "once" none 'do=certificate_retire'
JAR=''

# ---- who has no account asks for one
page /zh/login
like "$PAGE" '*href="/zh/register"*href="/zh/register?as=resident"*' "the log-in leads to where one asks for an account"
page /zh/register
like "$TEXT" '*登记组织并申请账号*受理单位*示例街道*组织名称*统一社会信用代码*联系人*' "as an organisation"
post /zh/register as=organisation office=3 name=新服务社 organisation_kind=registered uscc=51320585MJC00001XA contact=王联系 phone=021-12345678 login=newcomer password=short
like "$CODE $PAGE" '422 *href="#f-password"*value="新服务社"*' "what is missing is said, and what was typed stays"
ok "but for the password" none 'value="short"'
post /zh/register as=organisation office=3 name=新服务社 organisation_kind=registered uscc=51320585MJC00001XA contact=王联系 phone=021-12345678 login=newcomer 'password=a long password'
like "$CODE $PAGE" '200 *申请已收到*校验位不对*' "it is received, and a doubtful code is warned of"
post '/en/register' as=resident contact=Li phone=13800000000 login=dweller 'password=a long password'
like "$CODE $PAGE" '422 *Choose the office*' "no office, no account"
post '/en/register' as=resident office=3 contact=Li phone=13800000000 login=dweller 'password=a long password'
like "$CODE $PAGE" '200 *We have received it*' "nor does a resident need one to ask"
password root
login root
page /zh/offices/3/registrations
like "$TEXT" '*新服务社*组织*待核对*51320585MJC00001XA*王联系*021-12345678*newcomer*核对账号申请*' "where the office looks at them"
JAR=''

# ---- an organisation whose code fails its check digit is warned of
login clerk
fill '/zh/organisations?do=organisation_create' _preview=1 name=示例服务社 kind=registered uscc=51320585MJC00001XA
like "$CODE $PAGE" '200 *value="51320585MJC00001XA"*<button class="button">提交</button>*校验位不对*' "a code that fails its check digit is warned of before it is registered"
is "$(sql "SELECT count(*) FROM linli.organisation WHERE uscc = '51320585MJC00001XA'")" 0 "which it is not yet"
JAR=''
AS=root req POST /api/v1/organisations '{"name":"示例服务社","kind":"registered","uscc":"51320585MJC00001XA"}'
page "/zh/organisations/$(got .id)"
like "$TEXT" '*校验位不对*示例服务社*' "a code that fails its check digit is warned of"
AS=root req POST /api/v1/organisations '{"name":"另一服务社","kind":"registered","uscc":"51320585MJC00001XT"}'
page "/zh/organisations/$(got .id)"
like "$CODE $TEXT" '200 *另一服务社*' "one that fits"
ok "is not" none '校验位不对'

# ---- what residents propose, by place
was=$TENDER
fund_of charity 9000.00
AS=clerk req POST /api/v1/offices/3/rolls '{"name":"示例居委会"}'
roll=$(got .id)
AS=clerk IFM='*' want 200 POST "/api/v1/rolls/$roll/entries" '{"entries":[{"number":"R1"}]}'
entry_of charity community_fund 1100.00
tender_of participatory_budget "{\"voting_window\":\"7d\",\"proposal_window\":\"14d\",\"checked_by\":\"operator\",\"turnout\":1,\"extend\":\"0d\",\"tranches\":$TWO_PARTS}" '{"rule":"votes"}' "\"roll\":\"$roll\",\"electorate\":11,\"category\":\"public_good\""
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
for one in 自行车棚:北门:700.00 健身角:南门:400.00 图书角:北门:100.00; do
    IFS=: read -r title place cost <<<"$one"
    AS=resident req POST "/api/v1/tenders/$TENDER/proposals" "{\"title\":\"$title\",\"body\":\"居民讨论后提出。\",\"place\":\"$place\",\"cost\":\"$cost\"}"
done
login clerk
page "/zh/tenders/$TENDER/proposals"
like "$TEXT" '*按地点*北门 (2)*南门 (1)*自行车棚*700.00*图书角*100.00*健身角*400.00*' "proposals stand by the place they are for"
page "/zh/tenders/$TENDER"
like "$TEXT" '*提案*名称*地点*所需经费*自行车棚*' "and by their titles on the page of their call"
AS='' req GET "/api/v1/tenders/$TENDER/proposals"
fitness=$(got '.items[]|select(.content.title == "健身角").id')
person neighbour resident 3
AS=neighbour req POST "/api/v1/bids/$fitness/support"
page "/zh/tenders/$TENDER/proposals?sort=support"
like "$TEXT" '*附议多的在前*健身角*附议 1*南门*附议 0*北门*' "most supported first, each with its place"
ok "and none is missing where none is needed" none '附议人数已够|附议尚缺'
password neighbour
JAR=$T/jar.neighbour
login neighbour
page "/zh/tenders/$TENDER/proposals?sort=support"
is "$(grep -o 'do=[a-z_]*support[a-z_]*' "$T/page" | sort | uniq -c | xargs)" '2 do=proposal_support 1 do=support_withdraw' "a resident supports what it does not yet"
page "/zh/bids/$fitness"
like "$PAGE" '*do=proposal_support*' "on its own page as well"
page '/zh/offices/3/needs?do=need_create'
like "$PAGE" '*<option value="resident" selected>*' "and asks for something as who it is"
login clerk
VOTE=$TENDER VOTE_LOT=$LOT
page "/zh/tenders/$TENDER/proposals?place=%E5%8C%97%E9%97%A8"
is "$(grep -o '>自行车棚<\|>图书角<' "$T/page" | sort | tr '\n' ' ')" '>图书角< >自行车棚< ' "or those for one place"
ok "alone" none 健身角
TENDER=$was JAR=''

# ---- searches one keeps
JAR=$T/jar.saved
: >"$JAR"
page '/zh/search/tenders?text=%E5%8A%A9%E8%80%81&state=bidding'
kept=$(hidden keep)
is "$kept" 'text=%E5%8A%A9%E8%80%81&amp;state=bidding' "a search can be kept"
post /zh/saved "keep=${kept//&amp;/\&}" next=/zh/
is "$CODE $GOTO" "303 /zh/" "it is"
page /zh/
like "$TEXT" '*保存的搜索*助老 · 正在征集*' "and stands on the first page, in words"
ok "with its feed" grep -q 'href="/zh/search/tenders.atom?text=%E5%8A%A9%E8%80%81&amp;state=bidding"' "$T/page"
post /zh/saved "drop=${kept//&amp;/\&}" next=/zh/
page /zh/
ok "until it is dropped" none '保存的搜索'
sent_from() { curl -s -o /dev/null -w '%{http_code}' -H "Sec-Fetch-Site: $1" --data-urlencode "keep=${kept//&amp;/\&}" -d next=/zh/ "http://$PAGES/zh/saved"; }
is "$(sent_from cross-site) $(sent_from same-site) $(sent_from same-origin)" '403 403 303' "nor does another site keep one for the visitor"
post /zh/saved 'keep=a=1;b=2' next=/zh/
is "$CODE" 400 "nothing else is kept"
post /zh/saved 'keep=office=3&office=4' next=/zh/
is "$CODE" 400 "nor a search that says a thing twice"
curl -s -H 'Cookie: linli_saved=text=a&office=3&office=3|office=3&text=b' "http://$PAGES/zh/" >"$T/page"
is "$(grep -o 'name="drop"' "$T/page" | wc -l)" 1 "not even where the browser says so: each costs a question"
JAR=''

# ---- a scheme on invented bids, without a line of JSON: the worked example of docs/schemes.md
login clerk
page /zh/schemes/comprehensive_score
like "$PAGE" '*do=scheme_try*' "a scheme offers to be tried, whatever its name begins with"
page '/zh/schemes/comprehensive_score/try?do=scheme_try'
like "$CODE $PAGE" '200 *name="bids.0.price" value="480000.00"*name="bids.2.price"*' "a scheme is tried on bids that are there already"
fill '/zh/schemes/comprehensive_score/try?do=scheme_try' category=services regime=sub_threshold budget=500,000 \
    bids.0.name=甲 bids.0.price=480,000 bids.0.mark_technical=88 bids.1.name=乙 bids.1.price=500000 bids.1.mark_technical=90 bids.1.check_small_enterprise=true \
    bids.2.name=丙 bids.2.price=420000.00 bids.2.mark_technical=80 options.price_weight=15% options.decimals=3 options.criteria.0.code=technical \
    options.criteria.0.name.zh=技术 options.criteria.0.name.en=technical options.criteria.0.weight=85% options.deductions.0.check=small_enterprise options.deductions.0.rate=10%
like "$CODE $(sed 's/<[^>]*>/ /g; s/  */ /g' "$T/page")" '200 *试算结果* 1 乙 90.5 * 2 甲 87.925 * 3 丙 83.0 *差一点会怎样*' "and says at once who is first, by how much, and what would have changed it"
like "$PAGE" '*name="bids.1.mark_technical" value="90"*' "with what was typed"
fill '/en/schemes/comprehensive_score/try?do=scheme_try' category=services regime=sub_threshold budget=500000 bids.0.price=1 bids.0.mark_technical=1 \
    options.price_weight=15% options.criteria.0.code=technical options.criteria.0.name.zh=技术 options.criteria.0.name.en=technical options.criteria.0.weight=80%
like "$CODE $PAGE" '422 *role="alert"*' "weights that do not add up are told above the form"
is "$(sed 's/<[^>]*>//g' "$T/page" | grep -oP '\p{Han}{4,}' | grep -vx 财政部令第)" '' "in English"
# Within a criterion there may be intervals of what a bid states: 4 people give none, 5 begin the first, 19 are in the second, 20 in the third
# (comprehensive_score/cases/criteria.case).  Equal prices get 10, a mark of 80 on 70 % gives 56.
nested=(options.price_weight=10% options.criteria.0.code=technical options.criteria.0.name.zh=技术 options.criteria.0.name.en=technical options.criteria.0.weight=70%
    options.criteria.1.code=staff options.criteria.1.name.zh=人员 options.criteria.1.name.en=staff options.criteria.1.weight=20% options.criteria.1.max=20 options.criteria.1.field=staff
    options.criteria.1.levels.0.from=5 options.criteria.1.levels.0.points=8 options.criteria.1.levels.1.from=10 options.criteria.1.levels.1.points=14
    options.criteria.1.levels.2.from=20 options.criteria.1.levels.2.points=20)
names=(甲 乙 丙 丁) people=(4 5 19 20)
for i in 0 1 2 3; do nested+=("bids.$i.name=${names[i]}" "bids.$i.price=400000" "bids.$i.mark_technical=80" "bids.$i.offer_staff=${people[i]}"); done
fill '/zh/schemes/comprehensive_score/try?do=scheme_try' category=services regime=statutory budget=500000 "${nested[@]}"
like "$CODE $(sed 's/<[^>]*>/ /g; s/  */ /g' "$T/page")" '200 *试算结果* 1 丁 86.0 * 2 丙 80.0 * 3 乙 74.0 * 4 甲 66.0 *' "intervals within a criterion are tried by what a bid states"
like "$PAGE" '*name="options.criteria.1.levels.2.from" value="20"*' "and stand in the form as they were typed"
JAR=''

# ---- more offices than fit on a page: a tile for each district, which leads to its own
page /zh/
like "$PAGE" '*<ul class="tiles">*href="/zh/offices/3"*' "each office has its tile"
sql "INSERT INTO linli.office (office_id, parent_id, path, kind, code, name, name_en, created)
     SELECT 1000, 1, '{1,1000}', 'district', '310199', '示例新区', 'New district', now() UNION ALL
     SELECT 1000 + n, 1000, ARRAY[1, 1000, 1000 + n], 'street', '3101990' || lpad(n::text, 2, '0'), '新街' || n, 'Street ' || n, now() FROM generate_series(1, 99) n" >/dev/null
page /zh/
like "$PAGE" '*<ul class="tiles">*href="/zh/offices?parent=1000">示例新区*href="/zh/offices"*' "of more than a page each district has one"
ok "and no office is cut off in silence" none '<ul class="tiles">.*新街1<'
page '/zh/offices?parent=1000'
like "$TEXT" '*新街1*新街20*下一页*' "which leads to those in it, page by page"
sql "DELETE FROM linli.office WHERE office_id >= 1000" >/dev/null

# ---- the same by a program
login clerk
fill '/zh/offices/3/lists?do=list_create' _curl=1 year=2047 "title=it's 清单"
is "$CODE" 200 "an act as a line for a shell"
line=$(python3 -c 'import html,re,sys; print(html.unescape(re.search("<pre[^>]*><code>(.*?)</code>", open(sys.argv[1]).read(), re.S).group(1)))' "$T/page")
like "$line" "curl -X POST '*/api/v1/offices/3/lists'*Idempotency-Key*" "with its address and key"
AS='' req GET '/api/v1/offices/3/lists'
is "$(LINLI_TOKEN=${TOKEN[clerk]} bash -c "${line/curl/curl -s}" | jq -r '.title')" "it's 清单" "which does what the form would have done"
fill '/zh/passwords?do=password_set' _curl=1 link=one-time-link-of-somebody password=very-secret-words
like "$PAGE" '*--data-binary @body.json*' "a body that is secret is read from a file"
ok "and is not in the line" none 'data-raw|very-secret-words|&quot;link&quot;'
fill '/zh/tokens?do=token_create' name=books days=30
like "$CODE $PAGE" '200 *只在本页显示这一次*效力等同于登录*linli_*' "a token is told, once, and what it is for"
line=$(python3 -c 'import html,re,sys; print(html.unescape(re.search("<pre[^>]*><code>(.*?)</code>", open(sys.argv[1]).read(), re.S).group(1)))' "$T/page")
is "$(bash -c "${line/curl/curl -s}" | jq -r .name)" clerk "with a line that uses it"
JAR=''

# ---- the year of an office
page /zh/offices/3/report?year=2030
like "$CODE $TEXT" '200 *2030 年度报告*钱用到哪里*按采购方式*公开招标*核对用记录包*' "the report of a year, with its chart"
ok "bars beside the table" grep -q '<rect class="k-planned" width="1000"' "$T/page"
page /en/offices/3/report?year=1999
is "$CODE" 200 "a year that is none is not asked for"
page /zh/offices/99/report
is "$CODE" 404 "no such office"
page /zh/offices/3
ok "its page leads there" grep -q 'href="/zh/offices/3/report"' "$T/page"

# ---- a sandbox: by one click, and the clock (closing.t has it for real)
password clerk
page /zh/login
like "$TEXT" '*一键登录*街道经办*' "whom one may be is offered"
is "$(grep -c 'name="password" value=' "$T/page")" 1 "one button each, and none for a line that is no person"
JAR=$T/jar.click
: >"$JAR"
post /zh/login login=clerk password=linli-portal-1 next=/zh/offices/3
is "$CODE $GOTO" "303 /zh/offices/3" "one click, and on"
page /en/offices/3
like "$TEXT" '*Sandbox*It is*20??*Move the clock forward*' "the clock stands above every page"
AS='' req GET /api/v1/clock
before=$(got .now)
post /zh/sandbox advance=7d next=/zh/offices/3
is "$CODE $GOTO" "303 /zh/offices/3" "it is moved, and one is where one was"
AS='' req GET /api/v1/clock
is "$((($(date -u -d "$(got .now)" +%s) - $(date -u -d "$before" +%s)) / 86400))" 7 "by a week"
post /zh/sandbox advance=-3d next=/
like "$CODE" '4*' "never back"
page /zh/sandbox
like "$CODE" '4*' "and a link moves nothing"
JAR=''

KEPT=$TENDER
# ---- one that failed: nothing is called done that never took place
fund_of sub_threshold 90000.00
entry_of sub_threshold public_bidding 90000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(date -u -d "$(got .phase_due) + 6 seconds" +%FT%TZ)"
for ((i = 0; i < 100; i++)); do
    AS='' req GET "/api/v1/lots/$LOT"
    [ "$(got .state)" != void ] || break
    sleep 0.1
done
is "$(got .state)" void "nobody bids, and the tender fails"
page "/zh/tenders/$TENDER"
steps() { tr '\n' ' ' <"$T/page" | grep -ao '<ol class="steps">.*</ol>' | sed 's/<\/ol>.*//; s/<li class="/\n&/g' | sed -n 's/<li class="\([a-z]*\)"[^>]*><span>\([^<]*\)<.*<b>\([^<]*\)<.*/\1 \2 \3/p'; }
like "$(steps)" $'done * 到此终止\nnone 开标 未进行\nnone 资格审查 未进行*' "its call is where it ended, and what comes after did not take place"

# A vote too few took part in; while it ran nobody was asked for support any more.
checks=''
AS='' req GET "/api/v1/tenders/$VOTE/proposals"
for bid in $(got '.items[].id'); do
    for rule in public_benefit not_property_duty no_clash fits_purpose costed; do
        checks="$checks,{\"bid\":\"$bid\",\"rule\":\"$rule\",\"passed\":$([ "$bid.$rule" = "$fitness.no_clash" ] && echo 'false,"reason":"场地另有用途"' || echo true)}"
    done
done
AS=operator want 200 POST "/api/v1/lots/$VOTE_LOT/checks" "{\"checks\":[${checks#,}]}"
LOT=$VOTE_LOT
AS=clerk lot advance
AS='' req GET "/api/v1/lots/$LOT"
is "$(got .phase_kind)" voting "residents vote"
due=$(got .phase_due)
JAR=$T/jar.neighbour page "/zh/tenders/$VOTE/proposals"
like "$TEXT" '*健身角*未通过审查*' "what is not on the ballot says so"
ok "and nothing is to be supported any more" none 'do=(proposal_support|support_withdraw)|附议尚缺'
AS='' req GET "/api/v1/tenders/$VOTE/proposals"
JAR=$T/jar.neighbour page "/zh/bids/$(got '.items[]|select(.content.title == "自行车棚").id')"
ok "not on its own page either" none '<a[^>]*do=(proposal_support|support_withdraw)'
like "$TEXT" '*附议提案*在提案征集和审核期间办理*' "which says when it was"
clock_to "$(date -u -d "$due + 6 seconds" +%FT%TZ)"
for ((i = 0; i < 100; i++)); do
    AS='' req GET "/api/v1/lots/$LOT"
    [ "$(got .state)" != void ] || break
    sleep 0.1
done
JAR='' page "/zh/tenders/$VOTE"
like "$(steps)" $'*\ndone 居民投票 到此终止\nnone *' "the vote is where it ended"
ok "and what came before took place" bash -c "! sed '/到此终止/,\$d' <<<\"\$1\" | grep -v 已完成" _ "$(steps)"
TENDER=$KEPT

# ---- no link leads where its reader may not go, or where nothing is
login clerk
page /zh/offices/1
ok "another office's drafts and people are no links" none 'href="/zh/offices/1/(drafts|memberships|experts|due)"'
page /zh/offices/3
ok "one's own are" grep -q 'href="/zh/offices/3/drafts"' "$T/page"
page /zh/me
ok "nor is the page of a person, which is the administrator's" none 'href="/zh/people/'
page "/zh/tenders/$TENDER"
ok "nor the openers of a tender that has none" none '/openers"'
page /zh/mechanisms/public_bidding
like "$TEXT" '*选项*说明*可取值*' "the options of a mechanism are told to people"
ok "without the words of a schema" none '>(boolean|maximum|minimum|properties|x-label)<'
like "$TEXT" '*支付期限*5 个工作日*' "nor its codes: what stands where nothing is said is said in words"
ok "any of them" none '>(5wd|fail|floor)<'
page "/zh/tenders/$TENDER/plan"
like "$TEXT" '*采购方式的选项*付款安排*拨付条件*签订合同后*期限*投标期限*不少于 5 个工作日*' "the plan is told in words"
ok "its options, rules and phases" none '>(below|bid bond|half_up|on_signing|floor|5wd|set|unverified|by rank|abnormal_mean)<'
like "$TEXT" '*谁可以参加*符合条件的都可以*保密*开启之前密封*名额*一家*' "who may take part, what is kept secret, how many win"
like "$TEXT" '*需填写的内容*投标报价*金额（元）；必填；作为比较的价格*' "what a bid states"
like "$TEXT" '*评审小组*人数*不少于 3；单数*外部专家所占比例*不少于 1/3*' "who marks it"
like "$TEXT" '*谁从什么时候起可以查看*投标*“资格审查”起：经办人、审批人*“符合性审查”起：评审专家*结果*“结果公告”起：公众*' "and who reads what, and from when on"
page "/en/tenders/$TENDER/plan"
like "$TEXT" '*kept secret*sealed until they are opened*a sum in yuan; must be stated; the price that is compared*from result notice on: everybody*' "in English as well"
page "/zh/tenders/$TENDER/lots"
like "$TEXT" '*助老服务*已终止*废标或终止*' "lists below a tender name its phases"
ok "by no codes" none '>(void|bidding)<'
page "/zh/lots/$(sql "SELECT id FROM linli.lot WHERE tender_id = '$TENDER'")"
ok "nor does a lot say when by codes" none '在“[a-z]+'
ok "or lead to an evaluation it has not had" none '/evaluation"'
page "/zh/lots/$(sql "SELECT id FROM linli.lot WHERE tender_id = '$TENDER'")/criteria"
like "$TEXT" '*评定方式*按公式计算*元*' "how it is compared is told in words"
ok "and a bound that is none not at all" none '92233720368547758'
# What others need is read by those who judge it: a project leads there for them alone.
need=$(sql "SELECT id FROM linli.need LIMIT 1")
sql "UPDATE linli.need SET state = 'submitted' WHERE id = '$need'" >/dev/null
AS=approver IFM='*' req POST "/api/v1/needs/$need/accept" '{"goals":"列入清单","budget":"1000.00"}'
project=$(sql "SELECT id FROM linli.project LIMIT 1")
page "/zh/projects/$project"
ok "a project leads an office to the need it came from" grep -q "href=\"/zh/needs/$need\"" "$T/page"
JAR=$T/jar.neighbour page "/zh/projects/$project"
is "$CODE $(grep -c 'href="/zh/needs/' "$T/page")" '200 0' "and a resident nowhere"
password evaluator1
login evaluator1
sql "UPDATE linli.lot SET state = 'opened' WHERE tender_id = '$TENDER'" >/dev/null
page "/zh/lots/$(sql "SELECT id FROM linli.lot WHERE tender_id = '$TENDER'")"
sql "UPDATE linli.lot SET state = 'void' WHERE tender_id = '$TENDER'" >/dev/null
like "$TEXT" '*您不在本项目的评审小组*' "an evaluator is told of a panel one is not on"
ok "whose marks are not offered" none '<a href="[^"]*do=(marks_put|panel_sign)'
login clerk
# A long list has pages, also where the API gives it whole.
sql "INSERT INTO linli.milestone SELECT (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'kind', 'amended'))).*
     FROM linli.milestone m, generate_series(1, 60) WHERE id = (SELECT id FROM linli.milestone WHERE tender_id = '$TENDER' LIMIT 1)" >/dev/null
page "/zh/tenders/$TENDER/milestones"
rows=$(grep -c '^<tr><td' "$T/page")
like "$rows $PAGE" '50 *href="?page=2" rel="next"*' "fifty rows a page"
page "/zh/tenders/$TENDER/milestones?page=2"
is "$((rows + $(grep -c '^<tr><td' "$T/page"))) $(grep -c 'rel="next"' "$T/page") $(grep -c 'href="?page=1" rel="prev"' "$T/page")" \
    "$(sql "SELECT count(*) FROM linli.milestone WHERE tender_id = '$TENDER'") 0 1" "then the rest, and back"
page "/zh/tenders/$TENDER/milestones?page=99"
is "$((rows + $(grep -c '^<tr><td' "$T/page")))" "$(sql "SELECT count(*) FROM linli.milestone WHERE tender_id = '$TENDER'")" "what is beyond the last page is the last"
page "/zh/tenders/$TENDER/milestones?page=0"
is "$(grep -c '^<tr><td' "$T/page")" 50 "and what is no page the first"
sql "DELETE FROM linli.milestone WHERE id IN (SELECT id FROM linli.milestone WHERE kind = 'amended' AND tender_id = '$TENDER'
     LIMIT (SELECT count(*) - 50 FROM linli.milestone WHERE tender_id = '$TENDER'))" >/dev/null
page "/zh/tenders/$TENDER/milestones?page=2"
is "$(grep -c '^<tr><td' "$T/page")" 50 "of just fifty there is one page"
sql "DELETE FROM linli.milestone WHERE kind = 'amended' AND tender_id = '$TENDER'" >/dev/null
page '/zh/search/tenders?limit=1'
like "$PAGE" '*rel="next"*每页行数*limit=50*' "and how many rows is one's choice"
page "$(grep -o 'href="[^"]*cursor=[^"]*"' "$T/page" | head -1 | sed 's/^href="/\/zh\/search\/tenders/; s/"$//; s/&amp;/\&/g')"
like "$CODE $PAGE" '200 *第一页*' "with a way back to the first"
# What is taken away is the whole list, from whichever page of it.
cursor=$(AS='' req GET '/api/v1/search/tenders?limit=1'; got .next)
page '/zh/search/tenders?as=csv'
cp "$T/page" "$T/whole"
ok "a list of several" test "$(wc -l <"$T/whole")" -ge 3
page "/zh/search/tenders?limit=50&cursor=$cursor&as=csv"
ok "taken away from its second page it is whole" cmp "$T/page" "$T/whole"
is "$CODE" 200 "however many rows a page has"
page '/zh/search/tenders.atom'
entries=$(xmllint --xpath 'count(//*[local-name()="entry"])' "$T/page")
page "/zh/search/tenders.atom?limit=50&cursor=$cursor"
is "$(xmllint --xpath 'count(//*[local-name()="entry"])' "$T/page")" "$entries" "and so is a feed that was found there"
page "/zh/search/tenders?limit=50&text=%E5%8A%A9&cursor=$cursor"
ok "no link to take it away says which page" none 'href="[^"]*(cursor|limit)=[^"]*as=(csv|xlsx|print)'
page /zh/offices/3/tasks
like "$TEXT" '*由谁办理*由我办理*由别人办理*' "tasks are chosen by words"
page /zh/offices/3/needs
like "$TEXT" '*来源*内容*' "a need says where it came from, and what it says is no body that decides"
page /en/search/tenders
like "$TEXT" '*method*public bidding*' "a column is called what it is, not what a form asks"
page /zh/schemes/lowest_price
like "$TEXT" '*评审方法的选项*价格扣除*' "those of a scheme are called so"
page /zh/me
ok "who one is is told in Chinese alone" none 'memberships'
page /zh/offices/3
ok "an office by no numbers of others" none '>路径<'
# A form begins with what nearly everybody says.
page '/zh/offices/3/lists?do=list_create'
AS='' req GET /api/v1/clock
year=$(TZ=Asia/Shanghai date -d "$(got .now)" +%Y)
like "$PAGE" "*name=\"year\" value=\"$year\"*name=\"title\" value=\"${year}年购买服务项目清单\"*" "the list of the year begins with its year and its name"
like "$PAGE" '*<select id="f-copy_of"*<option value="'*'">*' "and one to copy is chosen by its name"
page "/zh/offices/3/lists?do=list_create&year=2000"
like "$PAGE" "*name=\"year\" value=\"$year\"*" "a link does not say it otherwise"
page '/zh/search/tenders?text=%E7%A9%BA%E6%97%A0'
like "$TEXT" '*没有符合条件的内容*' "what found nothing is not called empty"
page /zh/offices/1/drafts
like "$TEXT" '*可以进行的角色：经办、审批、*' "and who may is told by titles"
JAR=''

# Every page of the API that anybody may ask, both languages, nothing broken.
broken=''
AS='' req GET /api/v1/openapi.json
cp "$T/body" "$T/openapi" 2>/dev/null || printf '%s' "$BODY" >"$T/openapi"
for path in $(jq -r '.paths | to_entries[] | select(.value.get.security == []) | .key' "$T/openapi" | grep '^/api/v1/'); do
    here_path=${path#/api/v1} here_path=${here_path//\{office\}/3} here_path=${here_path//\{tender\}/$TENDER}
    case $here_path in *\{* | *openapi.json) continue ;; esac
    for language in zh en; do
        page "/$language$here_path"
        case $CODE in 200 | 404) ;; *) broken="$broken $language$here_path=$CODE" ;; esac
        case $PAGE in *'</html>'*) ;; *) broken="$broken $language$here_path=cut" ;; esac
    done
done
is "$broken" '' "every public question has its page"

# Everything an answer can hold has a name in both languages.
missing=$(jq -r '.components.schemas as $s | [$s | to_entries[] | select(.key | endswith("_form") | not) | .value.properties // {} | keys[]]
    + [] | unique - [$s | .. | objects | select(has("x-label")) | empty] | .[]' "$T/openapi" | sort -u >"$T/names"
    jq -r '[.components.schemas | .. | objects | select(has("properties")) | .properties | to_entries[] | select(.value | type == "object" and has("x-label")) | .key] | unique[]' "$T/openapi" |
        sort -u >"$T/formnames"
    sed -n 's/^MEMBER("\([^"]*\)".*/\1/p' "$here/web/words.def" | sort -u >"$T/words"
    printf '%s\n' id version office_id mechanism_sha256 scheme_sha256 own_attach catalogue_code subject_version object_id | sort -u >"$T/hidden"
    sort -u "$T/formnames" "$T/words" "$T/hidden" | comm -23 "$T/names" - | tr '\n' ' ')
is "$missing" '' "no member of an answer is without a name"
is "$(python3 - "$T/openapi" "$here/web/words.def" <<'PY'
import collections, json, re, sys
schemas = json.load(open(sys.argv[1]))['components']['schemas']
forms, answers = collections.defaultdict(set), set()
def walk(x, see):
    if isinstance(x, dict):
        for name, one in (x.get('properties') or {}).items():
            see(name, one)
    for inner in x.values() if isinstance(x, dict) else x if isinstance(x, list) else []:
        walk(inner, see)
for name, schema in schemas.items():
    if name.endswith('_form'):
        walk(schema, lambda member, one: 'x-label' in one and forms[member].add(one['x-label']['zh']))
    else:
        walk(schema, lambda member, one: answers.add(member))
named = set(re.findall(r'(?m)^MEMBER\("([^"]*)"', open(sys.argv[2]).read()))
print(' '.join(sorted(member for member in answers - named if len(forms[member]) > 1)))
PY
)" '' "none is called as one form of several calls it"
is "$(jq -r '.components.schemas | to_entries[] | select(.key | test("_(list|get|page)$")) | .key as $of | .value.properties // {} | keys[] | select(IN("by", "rule")) | "\($of).\(.)"' "$T/openapi" |
    grep -vxFf "$T/words" | paste -sd' ')" 'bond_list.rule check_list.rule paper_list.rule' "nor is it called a check where it is none"
is "$(sed -nE 's/^((TEXT|MEMBER)\("[^"]*"|CODE\("[^"]*", "[^"]*").*/\1/p' "$here/web/words.def" | sort | uniq -d | paste -sd,)" '' "and nothing has two names, of which the first would stand for both"
stop_portal
is "$PORTAL_CODE" 0 "it ends when told, with nothing left behind"
[ "$PORTAL_CODE" = 0 ] || sed "s/^/# /" "$T/portal.log" | head -60
finish
