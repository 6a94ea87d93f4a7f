INSERT INTO linli.gift (office_id, id, fund_id, appropriation_id, kind, donor, shown, amount_fen, restriction, receipt, received,
                        recorded, recorded_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::text, $8::bigint, $9::text, $10::text, $11::date,
        $12::timestamptz, $13::uuid)
