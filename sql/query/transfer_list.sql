-- What was moved from an appropriation or to it, kept for another year or given up, for everybody.
SELECT x.id, x.appropriation_id AS appropriation, x.kind, x.to_id AS "to", x.contract_id AS contract, x.tender_id AS tender, x.amount_fen, x.last_request, x.reason, x.decision, x.consent_id AS consent,
       x.state, x.proposed, x.decided
FROM linli.transfer x WHERE x.office_id = $1::integer AND $2::uuid IN (x.appropriation_id, x.to_id)
ORDER BY x.proposed, x.id LIMIT 1001
