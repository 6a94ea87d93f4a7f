-- The next number; two at once: the second hears of a conflict and tries again.
INSERT INTO linli.office (office_id, parent_id, path, kind, code, name, name_en, created)
SELECT n.id, $1::integer, coalesce((SELECT p.path FROM linli.office p WHERE p.office_id = $1::integer), '{}') || n.id,
       $2::text, $3::text, $4::text, $5::text, $6::timestamptz
FROM (SELECT coalesce(max(office_id), 0) + 1 AS id FROM linli.office) n
RETURNING office_id, parent_id, kind, code, name, name_en
