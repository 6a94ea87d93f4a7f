-- A server says what it has open, and takes the places of those long gone.
WITH gone AS (DELETE FROM linli.node WHERE lease < $4::timestamptz)
INSERT INTO linli.node (id, clear, lease) VALUES ($1::uuid, $2::timestamptz, $3::timestamptz)
ON CONFLICT (id) DO UPDATE SET clear = excluded.clear, lease = excluded.lease
