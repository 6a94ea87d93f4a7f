INSERT INTO linli.bid_party (office_id, bid_id, no, organisation_id, name, part, share_ppm, work)
VALUES ($1::integer, $2::uuid, $3::integer, (SELECT o.id FROM linli.organisation o WHERE o.uscc = $4::text LIMIT 1),
        $5::text, $6::text, $7::bigint, $8::text)
