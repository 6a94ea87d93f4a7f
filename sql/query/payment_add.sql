INSERT INTO linli.payment (office_id, id, tranche_id, amount_fen, state, maker, ordered, pay_by, payee_id, payee, payee_bank, payee_bank_code,
                           payee_account)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::bigint, 'ordered', $5::uuid, $6::timestamptz, $7::timestamptz, $8::uuid, $9::text, $10::text,
        $11::text, $12::text)
