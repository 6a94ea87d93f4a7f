-- One change of a contract, for the answer of an act on it.
SELECT x.id, x.contract_id AS contract, x.no, x.kind, x.reason, x.amount_fen, x.ends, x.terms, x.name, x.name_en, x.trigger_on, x.due_on, x.tranches,
       x.organisation_id AS organisation, x.ground, x.consequence, x.before, x.state, x.proposed, x.agreed, x.decided, x.note, c.state AS contract_state, c.version AS _version
FROM linli.contract_change x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
WHERE x.office_id = $1::integer AND x.id = $2::uuid
