INSERT INTO linli.reversal (office_id, id, appropriation_id, journal_id, reason, state, proposed, proposed_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, 'proposed', $6::timestamptz, $7::uuid)
