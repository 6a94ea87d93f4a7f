"""workbook KIND REFERENCE FILE: a treasury's results as a workbook, made without any library for it: good, or with a fault."""
import sys
import zipfile

kind, reference, path = sys.argv[1:]
titles = ['备注', '金额', '处理结果', '交易流水号', '交易日期', '失败原因']
if kind == 'titles':
    titles[2] = '状态'
texts = titles + [reference, '失败', '退票', 'C-9', '户名不符', '三十元', 'x' * 1000]
amount = ' t="s"><v>11</v>' if kind == 'amount' else '><v>30</v>'


def row(line, outcome):
    return (f'<row r="{line}"><c r="A{line}" t="s"><v>6</v></c><c r="B{line}"{amount}</c><c r="C{line}" t="s"><v>{outcome}</v></c>'
            f'<c r="D{line}" t="s"><v>9</v></c><c r="E{line}" s="1"><v>46759</v></c><c r="F{line}" t="s"><v>10</v></c></row>')


head = ''.join(f'<c r="{"ABCDEF"[i]}3" t="s"><v>{i}</v></c>' for i in range(6))
bomb = ' ' * (70 << 20) if kind == 'bomb' else ''
# One text of 1,000 bytes, named 140,000 times.
many = ''.join(f'<row r="{n}"><c r="A{n}" t="s"><v>12</v></c><c r="C{n}" t="s"><v>7</v></c><c r="F{n}" t="s"><v>12</v></c></row>' for n in range(9, 70009)) if kind == 'many' else ''
doctype = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>' if kind == 'doctype' else ''
parts = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="支付结果" sheetId="3" r:id="rId3"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId3" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="worksheets/result.xml"/>'
                                  '<Relationship Id="rId4" Type="x/styles" Target="styles.xml"/><Relationship Id="rId5" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    'xl/styles.xml': '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="31"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': '<sst>' + ''.join(f'<si><t>{text}</t></si>' for text in texts) + '</sst>',
    'xl/worksheets/result.xml': f'<?xml version="1.0"?>{doctype}<worksheet>{bomb}<sheetData><row r="3">{head}</row>{row(7, 7)}{row(8, 8)}{many}</sheetData></worksheet>',
}
with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as book:
    for name, text in parts.items():
        book.writestr(name, text)
