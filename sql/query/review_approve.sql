-- Approves it, and keeps what it overtakes: the evaluation, the awards, the report with its signatures.
UPDATE linli.review r SET state = 'approved', decided = $3::timestamptz, decided_by = $4::uuid, before = jsonb_build_object(
    'evaluation', (SELECT d.id FROM linli.decision d WHERE d.office_id = r.office_id AND d.tender_id = r.tender_id AND d.lot_id = r.lot_id
                   AND d.question = 'evaluate' ORDER BY d.at DESC, d.id DESC LIMIT 1),
    'awards', (SELECT coalesce(jsonb_agg(jsonb_build_object('award', w.id, 'bid', w.bid_id, 'standing', w.standing, 'place', w.place, 'state', w.state)
                                         ORDER BY w.place), '[]'::jsonb)
               FROM linli.award w WHERE w.office_id = r.office_id AND w.lot_id = r.lot_id AND w.state IN ('proposed', 'announced')),
    'report', (SELECT jsonb_build_object('summary', p.summary, 'at', p.at) FROM linli.panel_report p
               WHERE p.office_id = r.office_id AND p.lot_id = r.lot_id AND p.void IS NULL),
    'signatures', (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('member', m.no, 'signed', m.report_signed, 'dissent', m.dissent))
                                             ORDER BY m.no), '[]'::jsonb)
                   FROM linli.panel_member m WHERE m.office_id = r.office_id AND m.lot_id = r.lot_id AND m.report_signed IS NOT NULL))
WHERE r.office_id = $1::integer AND r.id = $2::uuid
