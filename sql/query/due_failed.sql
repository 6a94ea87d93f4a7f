-- A failure is tried again later and later; the fifth makes it a problem of the nearest administrator.  What takes too long for a
-- database that is busy ($6) is that administrator's as well, and goes on being tried: no deadline is given up for it.
UPDATE linli.due d SET tries = CASE WHEN $6::boolean THEN least(tries + 1, 4) ELSE tries + 1 END, failed = $3::text,
    retry = $4::timestamptz + interval '1 second' * (1 << least(tries, 10)),
    owner_id = CASE WHEN tries < 3 OR tries < 4 AND NOT $6::boolean OR owner_id IS NOT NULL THEN owner_id ELSE (
        SELECT m.person_id FROM linli.office o
        JOIN linli.membership m ON m.office_id = o.office_id OR m.subtree AND m.office_id = ANY (o.path)
        JOIN linli.person p ON p.id = m.person_id AND NOT p.blocked
        WHERE o.office_id = d.office_id AND m.role = 'administrator'
          AND EXISTS (SELECT FROM linli.held(p.id, $5::date, true) h WHERE h.office_id = o.office_id AND h.role = 'administrator')
        ORDER BY array_position(o.path, m.office_id) DESC, m.valid_from, m.person_id LIMIT 1) END
WHERE office_id = $1::integer AND id = $2::uuid AND done IS NULL
