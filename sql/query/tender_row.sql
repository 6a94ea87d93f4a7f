-- A tender with its lots, for the answer of an act on it.
SELECT t.id, t.number, t.entry_id AS entry, t.title, t.summary, t.contact_person, t.contact_phone, t.category, t.regime, t.mechanism, t.scheme, t.options, t.scheme_options, t.acceptance,
       (SELECT s.appropriation_id FROM linli.source s WHERE s.office_id = t.office_id AND s.owner_id = t.id AND s.no = 1) AS appropriation,
       (SELECT jsonb_agg(jsonb_build_object('appropriation', s.appropriation_id, 'name', p.name, 'origin', p.origin, 'amount', linli.yuan(coalesce(s.amount_fen, t.budget_fen))) ORDER BY s.no)
        FROM linli.source s JOIN linli.appropriation p ON p.office_id = s.office_id AND p.id = s.appropriation_id
        WHERE s.office_id = t.office_id AND s.owner_id = t.id) AS sources, t.roll_id AS roll, t.electorate, t.shared_pool, t.years, t.most_bids, t.most_awards, t.follows, (SELECT jsonb_agg(n.id ORDER BY n.created) FROM linli.tender n WHERE n.office_id = t.office_id AND n.follows = t.id AND n.state <> 'cancelled') AS followed_by, t.under, t.supplements,
       t.rule_set, t.state, t.sealing, t.budget_fen,
       t.ceiling_fen, t.created, t.published, t.deadline, t.deadline_provisional, t.opened, t.reason, t.invitation_commitment,
       (SELECT jsonb_agg(jsonb_build_object('id', l.id, 'no', l.no, 'title', l.title, 'state', l.state, 'phase', l.phase,
            'phase_due', to_char(l.phase_due AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'waiting', l.waiting, 'round', l.round, 'version', l.version) ORDER BY l.no)
        FROM linli.lot l WHERE l.office_id = t.office_id AND l.tender_id = t.id) AS lots,
       t.version AS _version
FROM linli.tender t WHERE t.office_id = $1::integer AND t.id = $2::uuid
