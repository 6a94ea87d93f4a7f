SELECT to_jsonb(linli.erase($1::uuid, $2::uuid, $3::timestamptz))::text AS entries
