INSERT INTO linli.bond (office_id, id, tender_id, kind, bid_id, contract_id, organisation_id, form, amount_fen, reference, received, expires,
                        return_days, state, entered, entered_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::uuid, $6::uuid, $7::uuid, $8::text, $9::bigint, $10::text, $11::date, $12::date,
        $13::integer, 'held', $14::timestamptz, $15::uuid)
