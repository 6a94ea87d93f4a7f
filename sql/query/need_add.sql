INSERT INTO linli.need (office_id, id, kind, source, title, body, field, beneficiaries, place, cost_fen, person_id,
                        organisation_id, state, created, changed)
VALUES ($1::integer, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text, $10::bigint,
        $11::uuid, $12::uuid, 'draft', $13::timestamptz, $13::timestamptz)
