-- A party by its code; the lead is who handed the bid in, whatever its file calls it.
INSERT INTO linli.bid_party (office_id, bid_id, no, organisation_id, name, part, share_ppm, work)
SELECT $1::integer, $2::uuid, $3::integer,
       CASE $6::text WHEN 'lead' THEN b.organisation_id ELSE (SELECT o.id FROM linli.organisation o WHERE o.uscc = $4::text LIMIT 1) END,
       $5::text, $6::text, $7::bigint, $8::text
FROM linli.bid b WHERE b.office_id = $1::integer AND b.id = $2::uuid
