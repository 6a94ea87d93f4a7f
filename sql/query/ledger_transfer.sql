-- Money moved to another appropriation, or given up.
SELECT linli.post_transfer($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz) AS outcome
