-- $9: place of the award in the answer, from 0; its reasons are taken from there.
INSERT INTO linli.award (office_id, id, tender_id, lot_id, bid_id, standing, place, amount_fen, why, decision_id, state,
                         decided, decided_by)
SELECT $1::integer, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::text, $7::integer, $8::bigint,
       coalesce(d.answer::jsonb -> 'items' -> $9::integer -> 'why', '[]'::jsonb), d.id, 'proposed', $11::timestamptz, $12::uuid
FROM linli.decision d WHERE d.office_id = $1::integer AND d.id = $10::uuid
