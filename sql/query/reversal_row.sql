SELECT v.id, v.appropriation_id AS appropriation, v.journal_id AS journal, v.reason, v.state, v.proposed, v.decided
FROM linli.reversal v WHERE v.office_id = $1::integer AND v.id = $2::uuid
