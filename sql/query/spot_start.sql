-- What a draw of spot checks starts from: its secret, and the contracts that are carried out now.
SELECT s.secret, d.most, d.drawn,
       (SELECT string_agg(c.id::text, E'\n' ORDER BY c.id::text COLLATE "C") FROM linli.contract c
        WHERE c.office_id = d.office_id AND c.state = 'signed' AND c.amount_fen > 0) AS contracts,
       (SELECT count(*) FROM linli.contract c WHERE c.office_id = d.office_id AND c.state = 'signed' AND c.amount_fen > 0) AS open
FROM linli.spot_draw d JOIN linli.spot_secret s ON s.office_id = d.office_id AND s.draw_id = d.id
WHERE d.office_id = $1::integer AND d.id = $2::uuid FOR UPDATE OF d
