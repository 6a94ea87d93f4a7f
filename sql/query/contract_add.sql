INSERT INTO linli.contract (office_id, id, tender_id, award_id, number, organisation_id, amount_fen, starts, ends, terms, drawn_up,
                            drawn_up_by, state, retention_ppm, retention_until)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::uuid, $7::bigint, $8::date, $9::date, $10::text,
        $11::timestamptz, $12::uuid, 'draft', $13::bigint, $14::date)
