-- The options of a call-off: what the agreement says, and what the call adds; clash: a member both say.
SELECT ($1::jsonb || $2::jsonb)::text AS options, (SELECT min(k) FROM jsonb_object_keys($2::jsonb) k WHERE $1::jsonb ? k) AS clash
