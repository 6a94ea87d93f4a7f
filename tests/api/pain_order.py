"""pain_order.py FILE: is it a pain.001.001.09 as its message definition has it, by the table tests/data/iso20022/pain.001.001.09.tsv?

Names, order, occurrence and lengths; then what adds up, and what our files keep to beyond it.  Prints faults, one a line; nothing where
all is well.
"""
import os
import re
import sys
import xml.etree.ElementTree as tree

NS = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"
# Our own rules: by transfer, to the fen, in yuan, with the offset of its time.
OURS = {"PmtMtd": "TRF", "InstdAmt": r"[0-9]{1,16}\.[0-9]{2}", "CtrlSum": r"[0-9]{1,16}\.[0-9]{2}", "CreDtTm": r".*(Z|[+-]\d\d:\d\d)", "Ccy": "CNY"}
here = os.path.dirname(os.path.abspath(__file__))
types, patterns, faults = {}, {}, []
for line in open(os.path.join(here, "../data/iso20022/pain.001.001.09.tsv"), encoding="utf-8"):
    if not line.startswith("#"):
        name, element, least, most, of = line.rstrip("\n").split("\t")
        if element == "-":
            patterns[name] = of
        else:
            types.setdefault(name, []).append((element, least, most, of))


def parts(element, rule, names):
    if [n for n in names if n not in [r[0] for r in rule]]:
        faults.append(f"{element}: {names} not in the table")
    elif rule[0][1] == "choice":
        if len(names) != 1:
            faults.append(f"{element}: {len(names)} of a choice")
    else:
        order = [r[0] for r in rule]
        if sorted(names, key=order.index) != names:
            faults.append(f"{element}: {names} out of order")
        for name, least, most, _ in rule:
            if not int(least) <= names.count(name) <= (len(names) if most == "n" else int(most)):
                faults.append(f"{element}: {name} {names.count(name)} times")


def look(element, of):
    name = element.tag.removeprefix(NS)
    if not element.tag.startswith(NS):
        faults.append(f"{element.tag} is of another namespace")
    if of in patterns:
        said = element.text or ""
        if len(element) or not re.fullmatch(patterns[of], said) or not re.fullmatch(OURS.get(name, "(?s).*"), said):
            faults.append(f"{name} ({of}): {said!r}")
    elif of not in types:
        faults.append(f"{name} ({of}) is not in the table")
    else:
        parts(name, types[of], [child.tag.removeprefix(NS) for child in element])
        if (element.text or "").strip():
            faults.append(f"{name} has text")
        below = {r[0]: r[3] for r in types[of]}
        for child in element:
            look(child, below.get(child.tag.removeprefix(NS), "?"))


root = tree.parse(sys.argv[1]).getroot()
if root.tag != NS + "Document":
    faults.append(f"{root.tag} is no Document")
look(root, "Document")
orders = root.findall(f".//{NS}CdtTrfTxInf")
total = sum(int(o.find(f".//{NS}InstdAmt").text.replace(".", "")) for o in orders)
for head in (root.find(f".//{NS}GrpHdr"), root.find(f".//{NS}PmtInf")):
    if int(head.find(f"{NS}NbOfTxs").text) != len(orders):
        faults.append("NbOfTxs")
    if int(head.find(f"{NS}CtrlSum").text.replace(".", "")) != total:
        faults.append("CtrlSum")
ids = [o.find(f".//{NS}EndToEndId").text for o in orders]
if len(set(ids)) != len(ids):
    faults.append("EndToEndId twice")
if any(o.find(f".//{NS}InstdAmt").attrib != {"Ccy": "CNY"} for o in orders):
    faults.append("Ccy")
print("\n".join(faults), end="")
