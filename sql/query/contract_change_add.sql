INSERT INTO linli.contract_change (office_id, id, contract_id, no, kind, reason, amount_fen, ends, terms, name, name_en, trigger_on, due_on,
                                   tranches, organisation_id, proposed, proposed_by, by_contractor, state)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::integer, $5::text, $6::text, $7::bigint, $8::date, $9::text, $10::text, $11::text, $12::text,
        $13::date, $14::jsonb, $15::uuid, $16::timestamptz, $17::uuid, $18::boolean, 'proposed')
