-- One bond, for the answer of an act on it.
SELECT x.id, x.tender_id AS tender, x.kind, x.bid_id AS bid, x.contract_id AS contract, x.organisation_id AS organisation, x.form, x.amount_fen,
       x.reference, x.received, x.expires, x.rule, x.due, x.kept_fen, x.interest_fen, x.state, x.ended, x.bank_ref, x.reason
FROM linli.bond x WHERE x.office_id = $1::integer AND x.id = $2::uuid
