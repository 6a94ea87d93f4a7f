INSERT INTO linli.organisation_account (id, organisation_id, bank_name, bank_code, account, state, proposed, proposed_by, valid_from)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::timestamptz, $8::uuid, $9::timestamptz)
