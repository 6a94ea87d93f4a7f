INSERT INTO linli.transfer (office_id, id, appropriation_id, kind, to_id, amount_fen, last_request, reason, decision, consent_id, state, proposed, proposed_by,
                            contract_id, tender_id)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::uuid, $6::bigint, $7::date, $8::text, $9::text, $10::uuid, 'proposed', $11::timestamptz, $12::uuid, $13::uuid, $14::uuid)
