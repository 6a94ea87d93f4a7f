-- A contract: for the office, those who watch, and the parties of the bid it came from.
SELECT c.id, c.number, c.tender_id AS tender, c.award_id AS award,
       (SELECT jsonb_build_object('lot', l.id, 'title', l.title, 'name', linli.named_then(b.organisation_id, coalesce(w.announced, 'infinity')), 'amount', linli.yuan(w.amount_fen))
        FROM linli.award w JOIN linli.lot l ON l.office_id = w.office_id AND l.id = w.lot_id JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
        WHERE w.office_id = c.office_id AND w.id = c.award_id) AS awarded,
       c.organisation_id AS organisation, linli.named_then(g.id, coalesce(z.since, 'infinity')) AS contractor, CASE WHEN z.since IS NOT NULL THEN nullif(g.name, linli.named_then(g.id, z.since)) END AS contractor_now,
       c.amount_fen,
       c.starts, c.ends, c.terms, c.retention_ppm, c.retention_until, c.signed_office_at, c.signed_organisation_at, c.signed, c.state, c.year_no, c.renews,
       (SELECT jsonb_build_object('decision', r.decision, 'reason', r.reason, 'contract', r.next_id,
                                  'decided', to_char(r.decided AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
        FROM linli.renewal r WHERE r.office_id = c.office_id AND r.contract_id = c.id) AS renewal,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'no', r.no, 'code', r.code, 'name', r.name, 'name_en', r.name_en,
                   'amount', (r.amount_fen / 100)::text || '.' || lpad((r.amount_fen % 100)::text, 2, '0'),
                   'trigger_on', r.trigger_on, 'due_on', r.due_on, 'advance', r.advance, 'state', r.state) ORDER BY r.no), '[]'::jsonb)
        FROM linli.tranche r WHERE r.office_id = c.office_id AND r.contract_id = c.id) AS tranches,
       (SELECT jsonb_agg(jsonb_build_object('organisation', p.organisation_id, 'name', linli.named_then(p.organisation_id, coalesce(c.signed, 'infinity')),
                                            'part', p.part, 'signed', to_char(p.signed AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ORDER BY p.organisation_id)
        FROM linli.contract_party p WHERE p.office_id = c.office_id AND p.contract_id = c.id) AS parties,
       c.version AS _version
FROM linli.contract c JOIN linli.organisation g ON g.id = c.organisation_id
-- Its contractor as it was called when it signed, or took the contract over.
JOIN LATERAL (SELECT coalesce(max(x.decided), c.signed) AS since FROM linli.contract_change x
              WHERE x.office_id = c.office_id AND x.contract_id = c.id AND x.kind = 'succeed' AND x.state = 'approved') z ON true
WHERE c.office_id = $1::integer AND c.id = $2::uuid
  AND (c.office_id = ANY ($3::integer[]) OR c.organisation_id = ANY ($4::uuid[])
       OR EXISTS (SELECT FROM linli.contract_party p WHERE p.office_id = c.office_id AND p.contract_id = c.id AND p.organisation_id = ANY ($4::uuid[]))
       OR (SELECT linli.parties_of(a.office_id, a.bid_id) FROM linli.award a WHERE a.office_id = c.office_id AND a.id = c.award_id) && $4::uuid[])
