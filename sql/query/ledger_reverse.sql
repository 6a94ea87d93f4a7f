-- The way back of a journal.
SELECT linli.post_reverse($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::timestamptz) AS outcome
