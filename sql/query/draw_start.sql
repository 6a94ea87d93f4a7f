-- What a draw of a lot starts from: its secret, and the digest of those who take part.
SELECT encode(s.secret, 'hex') AS secret,
       (SELECT coalesce(string_agg(b.key || ' ' || encode(b.sha256, 'hex') || E'\n', '' ORDER BY b.key), '')
        FROM linli.bid b WHERE b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no AND b.key IS NOT NULL) AS participants
FROM linli.lot l JOIN linli.draw_secret s ON s.office_id = l.office_id AND s.lot_id = l.id
WHERE l.office_id = $1::integer AND l.id = $2::uuid
