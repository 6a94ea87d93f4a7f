-- The instant up to which no server that counts has anything open.
SELECT linli.due_horizon($1::timestamptz, $2::timestamptz) AS at
