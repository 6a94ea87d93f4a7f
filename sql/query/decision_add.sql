INSERT INTO linli.decision (office_id, id, tender_id, lot_id, question, plugin, plugin_version, plugin_sha256, options,
                            facts, answer, at)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::text, $8::text, $9::text, $10::text,
        $11::text, $12::timestamptz)
