#!/bin/bash
# Notices and contracts as Word documents, by the real pandoc: nothing that stands on paper is missing, tables are tables, and a template of the
# office decides how it looks.  Skipped where there is no pandoc.
command -v pandoc >/dev/null || { echo "1..0 # SKIP there is no pandoc"; exit 0; }
. "$(dirname "$0")/../api/lib.sh"
. "$(dirname "$0")/../api/award_lib.sh"
. "$(dirname "$0")/../api/seal_lib.sh"
. "$(dirname "$0")/lib.sh"
cd "$T" || exit 2
start_server
people
bidder aa 甲社会工作服务社
bidder bb 乙养老服务有限公司
contract_of 90000.00 300000.00 >"$T/road" || true
is "$(grep '^not ok' "$T/road")" '' 'a tender is awarded, and its contract signed'
AS='' req GET "/api/v1/tenders/$TENDER/notices"
RESULT=$(got '[.items[] | select(.kind == "result")][0].id')
password clerk
start_portal
# What a paper says and its Word document does not; labels that stand on a line without their value; how many tables each has; how the document looks.
compared() { # HTML DOCX
    python3 - "$1" "$2" <<'PY'
import html.parser, re, sys, zipfile
import xml.etree.ElementTree as xml
W = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'

class Paper(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.inside, self.texts, self.tables, self.label, self.labels = [], [], 0, '', []
    def handle_starttag(self, tag, attributes):
        if tag == 'dd' and ('class', 'prose') in attributes:
            self.labels.append(self.label)
        self.label = self.label if tag != 'dt' else ''
        if tag not in ('meta', 'link', 'br', 'path', 'col', 'input'):
            self.inside.append(tag)
        self.tables += tag == 'table'
    def handle_endtag(self, tag):
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass
    def handle_data(self, data):
        if data.strip() and not {'head', 'svg'} & set(self.inside):
            self.texts.append(re.sub(r'\s+', '', data))
        self.label += re.sub(r'\s+', '', data) if 'dt' in self.inside else ''

paper = Paper()
paper.feed(open(sys.argv[1]).read())
word = zipfile.ZipFile(sys.argv[2])
body = xml.fromstring(word.read('word/document.xml'))
text = re.sub(r'\s+', '', ''.join(t.text or '' for t in body.iter(W + 't')))
print('missing', *[t for t in paper.texts if t not in text])
lines = [re.sub(r'\s+', '', ''.join(t.text or '' for t in p.iter(W + 't'))) for p in body.findall('.//' + W + 'body/' + W + 'p')]
print('alone', *[label for label in paper.labels if label in lines], *[] if paper.labels and lines else ['nothing to see'])
print('tables', paper.tables - len(body.findall('.//' + W + 'tbl')), 'of some' if paper.tables else 'of none')
print('head', *[style.get(W + 'val') for style in body.iter(W + 'pStyle')][:3])
print('paper', *[body.find('.//' + W + part).get(W + 'w') for part in ('pgSz',)], body.find('.//' + W + 'pgMar').get(W + 'left'))
styles = xml.fromstring(word.read('word/styles.xml'))
first = [s for s in styles.iter(W + 'style') if s.get(W + 'styleId') == 'Heading1'][0]
print('title', first.find('.//' + W + 'rFonts').get(W + 'eastAsia'), *[c.get(W + 'val') for c in first.iter(W + 'color')])
PY
}
word() { # PATH-OF-PAPER PATH-OF-WORD
    page "$1"
    cp page paper.html
    CODE=$(curl -s -o paper.docx -w '%{http_code}' ${JAR:+-b "$JAR"} --max-time 60 "http://$PAGES$2")
    [ "$CODE" != 200 ] || compared paper.html paper.docx >differs 2>&1 || true
}
A4='missing
alone
tables 0 of some
head Office Heading1 Kind
paper 11906 1588
title 方正小标宋简体'
for language in zh en; do
    word "/$language/notices/$RESULT/print" "/$language/notices/$RESULT/docx"
    is "$CODE $(cat differs)" "200 $A4" "a result notice says all in Word that it says on paper, in tables where they are ($language)"
    cp paper.docx "$here/build/outputs/result-$language.docx" 2>/dev/null
done
login clerk
for thing in "contracts/$CONTRACT some" "tenders/$TENDER none"; do
    word "/zh/${thing% *}?as=print" "/zh/${thing% *}?as=docx"
    is "$CODE $(cat differs)" "200 ${A4/some/${thing#* }}" "so does a paper of ${thing%%/*}"
    cp paper.docx "$here/build/outputs/${thing%%/*}.docx" 2>/dev/null
done
# A template as Word makes one: other margins, and the title in a script and a colour of the office's own.
python3 - "$here/web/reference.docx" <<'PY'
import sys, zipfile
given = zipfile.ZipFile(sys.argv[1])
with zipfile.ZipFile('own.docx', 'w', zipfile.ZIP_DEFLATED) as made:
    for one in given.namelist():
        text = given.read(one).decode()
        at = text.find('w:styleId="Heading1"')
        if at >= 0:
            text = text[:at] + text[at:].replace('方正小标宋简体', '华文中宋', 1).replace('<w:sz ', '<w:color w:val="C00000"/><w:sz ', 1)
        made.writestr(one, text.replace('w:left="1588"', 'w:left="1440"'))
PY
own() { # FILE: a public template of the office
    AS=clerk want 201 POST /api/v1/offices/3/attachments \
        "{\"object_kind\":\"office\",\"name\":\"$1\",\"kind\":\"template\",\"public\":true,\"sha256\":\"$(upload clerk "$1")\"}"
}
own own.docx
JAR=''
word "/zh/notices/$RESULT/print" "/zh/notices/$RESULT/docx"
is "$CODE $(cat differs)" "200 missing
alone
tables 0 of some
head Office Heading1 Kind
paper 11906 1440
title 华文中宋 C00000" "an office's own template decides how it looks"
# One that is no template: what it holds is not what its name says.
advance 1h
python3 -c "
import zipfile
with zipfile.ZipFile('broken.docx', 'w') as z:
    for name in ('[Content_Types].xml', 'word/document.xml'): z.writestr(name, zipfile.ZipFile('own.docx').read('[Content_Types].xml')[:-9])"
own broken.docx
word "/zh/notices/$RESULT/print" "/zh/notices/$RESULT/docx"
is "$CODE $(cat differs)" "200 $A4" "one that pandoc cannot read is no reason for no document"
stop_portal
stop_server
finish
