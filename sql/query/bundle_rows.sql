-- How things stand with a tender, for a level ($3; $4 the party), so that it can be held against the log.
WITH t AS (SELECT office_id, id, to_char(published AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS published, mechanism, mechanism_sha256, scheme, scheme_sha256, rule_set,
                  number, budget_fen, regime
           FROM linli.tender WHERE office_id = $1::integer AND id = $2::uuid)
SELECT x.kind, x.id, x.row::text AS row FROM (
    SELECT 1 AS n, 'tender' AS kind, t.id, jsonb_build_object('published', t.published, 'mechanism', t.mechanism, 'mechanism_sha256', t.mechanism_sha256,
           'scheme', t.scheme, 'scheme_sha256', t.scheme_sha256, 'rule_set', t.rule_set, 'number', t.number) AS row FROM t
    UNION ALL
    SELECT 2, 'lot', l.id, jsonb_build_object('no', l.no) FROM t JOIN linli.lot l ON l.office_id = t.office_id AND l.tender_id = t.id
    UNION ALL
    SELECT 3, 'bid', b.id, jsonb_build_object('lot', b.lot_no, 'organisation', b.organisation_id, 'sha256', encode(b.sha256, 'hex'), 'bytes', b.bytes,
           'received', to_char(b.received AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'withdrawn', b.state = 'withdrawn', 'replaced_by', b.replaced_by, 'key', b.key)
    FROM t JOIN linli.bid b ON b.office_id = t.office_id AND b.tender_id = t.id
    WHERE $3::text = 'supervisor' OR $3::text = 'party' AND b.organisation_id = $4::uuid
    UNION ALL
    SELECT 3, 'key', k.id, jsonb_build_object('organisation', k.organisation_id, 'key', encode(k.key, 'hex'), 'signer', k.signer, 'note', k.note,
           'registered', to_char(k.registered AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'revoked', to_char(k.revoked AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    FROM linli.organisation_key k
    WHERE k.organisation_id IN (SELECT b.organisation_id FROM t JOIN linli.bid b ON b.office_id = t.office_id AND b.tender_id = t.id
                                WHERE $3::text = 'supervisor' OR $3::text = 'party' AND b.organisation_id = $4::uuid)
    UNION ALL
    SELECT 4, 'award', a.id, jsonb_build_object('lot', a.lot_id, 'bid', a.bid_id, 'decision', a.decision_id, 'standing', a.standing, 'order', a.place,
           'fen', a.amount_fen)
    FROM t JOIN linli.award a ON a.office_id = t.office_id AND a.tender_id = t.id
    JOIN linli.bid b ON b.office_id = a.office_id AND b.id = a.bid_id
    WHERE $3::text = 'supervisor' OR a.standing = 'winner' OR $3::text = 'party' AND b.organisation_id = $4::uuid
    UNION ALL
    SELECT 5, 'contract', c.id, jsonb_build_object('award', c.award_id, 'organisation', c.organisation_id, 'fen', c.amount_fen, 'signed', to_char(c.signed AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    FROM t JOIN linli.contract c ON c.office_id = t.office_id AND c.tender_id = t.id WHERE c.signed IS NOT NULL
    UNION ALL
    SELECT 6, 'tranche', r.id, jsonb_build_object('contract', r.contract_id, 'no', r.no, 'code', r.code, 'fen', r.amount_fen, 'released', r.released_fen,
           'paid', r.paid_fen)
    FROM t JOIN linli.contract c ON c.office_id = t.office_id AND c.tender_id = t.id AND c.signed IS NOT NULL
    JOIN linli.tranche r ON r.office_id = c.office_id AND r.contract_id = c.id
    UNION ALL
    SELECT 7, 'payment', p.id, jsonb_build_object('tranche', p.tranche_id, 'fen', p.amount_fen, 'settled', to_char(p.settled AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    FROM t JOIN linli.contract c ON c.office_id = t.office_id AND c.tender_id = t.id
    JOIN linli.tranche r ON r.office_id = c.office_id AND r.contract_id = c.id
    JOIN linli.payment p ON p.office_id = r.office_id AND p.tranche_id = r.id
    WHERE p.settled IS NOT NULL
    UNION ALL
    SELECT 8, 'member', m.id, jsonb_build_object('lot', m.lot_id, 'no', m.no, 'person', m.person_id)
    FROM t JOIN linli.panel_member m ON m.office_id = t.office_id AND m.tender_id = t.id WHERE $3::text = 'supervisor') x
ORDER BY x.n, x.id
