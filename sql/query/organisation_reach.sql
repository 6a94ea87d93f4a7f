-- Has the organisation nobody of its own yet, or is one of these offices without any above it?
SELECT NOT EXISTS (SELECT 1 FROM linli.membership m WHERE m.organisation_id = $1::uuid)
    OR EXISTS (SELECT 1 FROM linli.office o WHERE o.parent_id IS NULL AND o.office_id = ANY ($2::bigint[])) AS reached
