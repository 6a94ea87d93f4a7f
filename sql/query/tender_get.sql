-- One published tender, for everybody.
SELECT t.id, t.number, t.title, t.summary, t.contact_person, t.contact_phone, t.category, t.regime, t.mechanism, t.scheme, t.state, t.budget_fen, t.ceiling_fen,
       t.published, t.deadline, t.deadline_provisional, t.opened, t.shared_pool, t.years, t.most_bids,
       t.most_awards, t.follows,
       (SELECT jsonb_agg(n.id ORDER BY n.created) FROM linli.tender n WHERE n.office_id = t.office_id AND n.follows = t.id AND n.state <> 'cancelled') AS followed_by, t.under, t.supplements,
       t.reason, t.version AS _version
FROM linli.tender t
WHERE t.office_id = $1::integer AND t.id = $2::uuid AND t.published IS NOT NULL
