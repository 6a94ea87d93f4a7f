-- What became of a contract: for the office, those who watch, the contractor, and a successor.
SELECT x.id, x.no, x.kind, x.reason, x.amount_fen, x.ends, x.terms, x.name, x.name_en, x.trigger_on, x.due_on, x.tranches,
       x.organisation_id AS organisation, x.ground, x.consequence, x.before, x.state, x.proposed, x.agreed, x.decided, x.note
FROM linli.contract_change x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
WHERE x.office_id = $1::integer AND x.contract_id = $2::uuid
  AND (x.office_id = ANY ($3::integer[]) OR c.organisation_id = ANY ($4::uuid[]) OR x.organisation_id = ANY ($4::uuid[]))
ORDER BY x.no LIMIT 1001
