-- Of some options those with a known name.
SELECT coalesce(jsonb_object_agg(x.key, x.value), '{}')::text AS options FROM jsonb_each($1::jsonb) x WHERE x.key = ANY ($2::text[])
