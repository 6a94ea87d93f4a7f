-- A batch of entries, numbered from $1 on, in the order given.
INSERT INTO linli.log_entry (idx, entry, office_id, event_id)
SELECT $1::bigint + n - 1, decode(entry, 'hex'), office, event::uuid
FROM unnest($2::text[], $3::bigint[]::integer[], $4::text[]) WITH ORDINALITY AS x(entry, office, event, n)
