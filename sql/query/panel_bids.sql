-- The bids as the panel reads them, once the plan lets it: who has signed in and declared; a blind panel without names, one that
-- marks part of it blindly without them until that part is locked, with the files of the kinds that carry none.
SELECT b.id, b.number, b.state, CASE WHEN NOT k.dark THEN b.void_reason END AS void_reason,
       CASE WHEN NOT k.blind THEN b.organisation_id END AS organisation, CASE WHEN NOT k.blind THEN o.name END AS name,
       CASE WHEN 'prices:evaluator' = ANY (l.sees) THEN b.price_fen END AS price_fen,
       CASE WHEN k.dark THEN b.content - 'organisation' - 'parties' - 'proposer' - 'files'
            WHEN k.blind THEN b.content - 'organisation' - 'parties' - 'proposer' ELSE b.content - 'proposer' END AS content,
       (SELECT s.state FROM linli.sheet s WHERE s.office_id = b.office_id AND s.member_id = m.id AND s.bid_id = b.id) AS sheet,
       (SELECT jsonb_agg(jsonb_build_object('attachment', f.id, 'name', CASE WHEN k.dark THEN f.kind ELSE f.name END) ORDER BY f.id) FROM linli.attachment f
        WHERE (NOT k.blind OR k.dark AND f.kind = ANY (t.blind_files)) AND f.office_id = b.office_id AND f.object_kind = 'bid' AND f.object_id = b.id) AS files
FROM linli.lot l
JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
JOIN linli.panel_member m ON m.office_id = l.office_id AND m.lot_id = l.id AND m.person_id = $3::uuid AND m.state = 'present'
     AND m.declared IS NOT NULL
JOIN linli.bid b ON b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no AND b.key IS NOT NULL
LEFT JOIN linli.organisation o ON o.id = b.organisation_id
CROSS JOIN LATERAL (SELECT cardinality(t.blind_criteria) > 0 AND m.unblinded IS NULL AS dark) d
CROSS JOIN LATERAL (SELECT d.dark OR coalesce((t.plan -> 'panel' ->> 'blind')::boolean, false) AS blind, d.dark) k
WHERE l.office_id = $1::integer AND l.id = $2::uuid AND 'bids:evaluator' = ANY (l.sees)
ORDER BY b.number
LIMIT 1001
