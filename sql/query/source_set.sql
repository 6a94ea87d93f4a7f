-- Who pays for a draft, and how much; 0: all of it.
SELECT linli.source_set($1::integer, $2::uuid, $3::uuid[], $4::bigint[])
