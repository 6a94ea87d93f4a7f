UPDATE linli.panel_member
SET declared = $4::timestamptz, conflict = $5::boolean, conflict_reason = $6::text,
    state = CASE WHEN $5::boolean THEN 'excused' ELSE state END
WHERE office_id = $1::integer AND lot_id = $2::uuid AND id = $3::uuid
