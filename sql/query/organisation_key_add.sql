INSERT INTO linli.organisation_key (id, organisation_id, key, signer, note, registered, registered_by)
VALUES ($1::uuid, $2::uuid, $3::bytea, $4::text, $5::text, $6::timestamptz, $7::uuid)
