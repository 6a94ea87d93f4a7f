-- A tender for an act on it, locked: acts on one tender run one after another.
SELECT t.id, t.number, t.title, t.summary, t.category, t.regime, t.mechanism, t.mechanism_version,
       t.mechanism_sha256, t.scheme, t.scheme_version, t.scheme_sha256, t.options, t.scheme_options, t.acceptance, t.rules, t.plan, EXISTS (SELECT 1 FROM linli.source s WHERE s.office_id = t.office_id AND s.owner_id = t.id) AS funded, t.budget_fen, t.ceiling_fen,
       t.state, t.sealing, t.published, t.deadline, t.co_key_minutes, t.opened, t.electorate, t.roll_id, t.created_by, t.entry_id, t.follows, t.under, t.supplements,
       t.shared_pool, t.years, t.most_bids, t.most_awards, t.marks_committed, array_to_string(t.blind_criteria, ' ') AS blind, t.version,
       (SELECT r.size FROM linli.roll r WHERE r.office_id = t.office_id AND r.id = t.roll_id) AS roll_size
FROM linli.tender t
WHERE t.office_id = $1::integer AND t.id = $2::uuid
FOR UPDATE OF t
