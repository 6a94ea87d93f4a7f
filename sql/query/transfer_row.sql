SELECT x.id, x.appropriation_id AS appropriation, x.kind, x.to_id AS "to", x.contract_id AS contract, x.tender_id AS tender, x.amount_fen, x.last_request, x.reason, x.decision, x.consent_id AS consent,
       x.state, x.proposed, x.decided
FROM linli.transfer x WHERE x.office_id = $1::integer AND x.id = $2::uuid
