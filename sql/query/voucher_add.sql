INSERT INTO linli.voucher (office_id, id, tranche_id, kind, number, seller, seller_uscc, reimburses, amount_fen, issued, received, person_id, pay_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::text, $6::text, $7::text, $8::boolean, $9::bigint, $10::date, $11::timestamptz, $12::uuid,
        $13::timestamptz)
