-- What the openers of a tender showed, or the signer for each lot; nothing where the level ($3) is not the supervisor's.
SELECT x.name, x.text FROM (
    SELECT CASE p.envelope WHEN 2 THEN 'price-lot-' || p.lot_no || '-' ELSE '' END || 'opener-' || p.opener AS name, p.shares AS text
    FROM linli.opener_post p WHERE p.office_id = $1::integer AND p.tender_id = $2::uuid AND p.shares IS NOT NULL
    UNION
    SELECT CASE p.envelope WHEN 2 THEN 'price-' ELSE '' END || 'opener-' || p.opener || '.key', encode(p.key, 'hex') FROM linli.opener_post p
    WHERE p.office_id = $1::integer AND p.tender_id = $2::uuid AND p.key IS NOT NULL
    UNION ALL
    SELECT CASE c.envelope WHEN 2 THEN 'price-' ELSE '' END || 'lot-' || l.no, c.shares FROM linli.closing c
    JOIN linli.lot l ON l.office_id = c.office_id AND l.id = c.lot_id
    WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid AND c.shares IS NOT NULL) x
WHERE $3::text = 'supervisor' ORDER BY x.name
