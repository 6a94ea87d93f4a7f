-- Reversals of an appropriation, for everybody.
SELECT v.id, v.appropriation_id AS appropriation, v.journal_id AS journal, v.reason, v.state, v.proposed, v.decided
FROM linli.reversal v WHERE v.office_id = $1::integer AND v.appropriation_id = $2::uuid ORDER BY v.proposed, v.id LIMIT 1001
