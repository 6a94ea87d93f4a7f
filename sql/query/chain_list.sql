SELECT c.id, c.act, c.regime, c.least_fen, c.ended, c.made,
       (SELECT jsonb_agg(jsonb_build_object('no', s.no, 'post', s.post_id, 'body', s.body_id, 'name', coalesce(p.name, b.name),
                                            'name_en', coalesce(p.name_en, b.name_en), 'days', s.days) ORDER BY s.no)
        FROM linli.chain_step s
        LEFT JOIN linli.post p ON p.office_id = s.office_id AND p.id = s.post_id
        LEFT JOIN linli.body b ON b.office_id = s.office_id AND b.id = s.body_id
        WHERE s.office_id = c.office_id AND s.chain_id = c.id) AS steps
FROM linli.chain c WHERE c.office_id = $1::integer AND (NOT c.ended OR coalesce($2::boolean, false))
ORDER BY c.act, c.regime NULLS FIRST, c.least_fen, c.made LIMIT 1001
