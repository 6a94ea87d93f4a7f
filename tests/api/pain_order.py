"""pain_order.py FILE: is it a pain.001.001.09 as its message definition has it?

The table below is what the ISO 20022 message definition report of CustomerCreditTransferInitiationV09 lists for the elements that are
used here and those between them: order, how often, and what simple types allow.  Prints faults, one a line; nothing where all is well.
"""
import re
import sys
import xml.etree.ElementTree as tree

NS = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"
TEXT = {35: r"(?s).{1,35}", 34: r"(?s).{1,34}", 140: r"(?s).{1,140}"}
AMOUNT = r"[0-9]{1,16}\.[0-9]{2}"
# element: its children in order, each with least and most (None: any number); or a pattern of its text.
AGENT = [("FinInstnId", 1, 1)]
ACCOUNT = [("Id", 1, 1), ("Tp", 0, 1), ("Ccy", 0, 1), ("Nm", 0, 1), ("Prxy", 0, 1)]
PARTY = [("Nm", 0, 1), ("PstlAdr", 0, 1), ("Id", 0, 1), ("CtryOfRes", 0, 1), ("CtctDtls", 0, 1)]
TABLE = {
    "Document": [("CstmrCdtTrfInitn", 1, 1)],
    "CstmrCdtTrfInitn": [("GrpHdr", 1, 1), ("PmtInf", 1, None), ("SplmtryData", 0, None)],
    "GrpHdr": [("MsgId", 1, 1), ("CreDtTm", 1, 1), ("Authstn", 0, 2), ("NbOfTxs", 1, 1), ("CtrlSum", 0, 1), ("InitgPty", 1, 1),
               ("FwdgAgt", 0, 1), ("InitnSrc", 0, 1)],
    "PmtInf": [("PmtInfId", 1, 1), ("PmtMtd", 1, 1), ("ReqdAdvcTp", 0, 1), ("BtchBookg", 0, 1), ("NbOfTxs", 0, 1), ("CtrlSum", 0, 1),
               ("PmtTpInf", 0, 1), ("ReqdExctnDt", 1, 1), ("PoolgAdjstmntDt", 0, 1), ("Dbtr", 1, 1), ("DbtrAcct", 1, 1), ("DbtrAgt", 1, 1),
               ("DbtrAgtAcct", 0, 1), ("InstrForDbtrAgt", 0, 1), ("UltmtDbtr", 0, 1), ("ChrgBr", 0, 1), ("ChrgsAcct", 0, 1),
               ("ChrgsAcctAgt", 0, 1), ("CdtTrfTxInf", 1, None)],
    "CdtTrfTxInf": [("PmtId", 1, 1), ("PmtTpInf", 0, 1), ("Amt", 1, 1), ("XchgRateInf", 0, 1), ("ChrgBr", 0, 1), ("MndtRltdInf", 0, 1),
                    ("ChqInstr", 0, 1), ("UltmtDbtr", 0, 1), ("IntrmyAgt1", 0, 1), ("IntrmyAgt1Acct", 0, 1), ("IntrmyAgt2", 0, 1),
                    ("IntrmyAgt2Acct", 0, 1), ("IntrmyAgt3", 0, 1), ("IntrmyAgt3Acct", 0, 1), ("CdtrAgt", 0, 1), ("CdtrAgtAcct", 0, 1),
                    ("Cdtr", 0, 1), ("CdtrAcct", 0, 1), ("UltmtCdtr", 0, 1), ("InstrForCdtrAgt", 0, None), ("InstrForDbtrAgt", 0, 1),
                    ("Purp", 0, 1), ("RgltryRptg", 0, 10), ("Tax", 0, 1), ("RltdRmtInf", 0, 10), ("RmtInf", 0, 1), ("SplmtryData", 0, None)],
    "PmtId": [("InstrId", 0, 1), ("EndToEndId", 1, 1), ("UETR", 0, 1)],
    "Amt": [("InstdAmt", 1, 1)],
    "ReqdExctnDt": [("Dt", 1, 1)],
    "InitgPty": PARTY, "Dbtr": PARTY, "Cdtr": PARTY,
    "DbtrAcct": ACCOUNT, "CdtrAcct": ACCOUNT,
    "DbtrAgt": AGENT, "CdtrAgt": AGENT,
    "FinInstnId": [("BICFI", 0, 1), ("ClrSysMmbId", 0, 1), ("LEI", 0, 1), ("Nm", 0, 1), ("PstlAdr", 0, 1), ("Othr", 0, 1)],
    "ClrSysMmbId": [("ClrSysId", 0, 1), ("MmbId", 1, 1)],
    "ClrSysId": [("Cd", 1, 1)],
    "Id/Othr": [("Id", 1, 1), ("SchmeNm", 0, 1), ("Issr", 0, 1)],
    "Id": [("Othr", 1, 1)],
    "RmtInf": [("Ustrd", 0, None), ("Strd", 0, None)],
    "MsgId": TEXT[35], "PmtInfId": TEXT[35], "InstrId": TEXT[35], "EndToEndId": TEXT[35],
    "CreDtTm": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", "Dt": r"\d{4}-\d\d-\d\d",
    "NbOfTxs": r"[0-9]{1,15}", "CtrlSum": r"[0-9]{1,16}(\.[0-9]{1,2})?", "PmtMtd": r"TRF", "Ccy": r"[A-Z]{3}", "InstdAmt": AMOUNT,
    "Nm": TEXT[140], "Cd": r".{1,5}", "MmbId": TEXT[35], "Othr/Id": TEXT[34], "Ustrd": TEXT[140],
}
faults = []


def look(element, above):
    name = element.tag.removeprefix(NS)
    if not element.tag.startswith(NS):
        faults.append(f"{element.tag} is of another namespace")
    rule = TABLE.get(f"{above}/{name}", TABLE.get(name))
    if rule is None:
        faults.append(f"{above}/{name} is not in the table")
    elif isinstance(rule, str):
        if len(element) or not re.fullmatch(rule, element.text or ""):
            faults.append(f"{above}/{name}: {element.text!r}")
    else:
        names = [child.tag.removeprefix(NS) for child in element]
        order = [n for n, _, _ in rule]
        for n, least, most in rule:
            if not least <= names.count(n) <= (most or len(names)):
                faults.append(f"{name}: {n} {names.count(n)} times")
        if [n for n in names if n not in order] or sorted(names, key=order.index) != names:
            faults.append(f"{name}: {names} out of order")
        if (element.text or "").strip():
            faults.append(f"{name} has text")
    for child in element:
        look(child, name)


root = tree.parse(sys.argv[1]).getroot()
look(root, "")
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
if any(o.find(f".//{NS}InstdAmt").get("Ccy") != "CNY" for o in orders):
    faults.append("Ccy")
print("\n".join(faults), end="")
