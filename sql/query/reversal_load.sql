SELECT v.id, v.journal_id, v.state, v.proposed_by FROM linli.reversal v
WHERE v.office_id = $1::integer AND v.appropriation_id = $2::uuid AND v.id = $3::uuid
