INSERT INTO linli.contract_change (office_id, id, contract_id, no, kind, reason, amount_fen, ground, consequence, proposed, proposed_by, state)
SELECT $1::integer, $2::uuid, $3::uuid, count(*) + 1, 'revoke', $4::text, 0, $5::text, $6::text, $7::timestamptz, $8::uuid, 'proposed'
FROM linli.contract_change x WHERE x.office_id = $1::integer AND x.contract_id = $3::uuid
