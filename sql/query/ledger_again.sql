-- What a contract bound, or was reserved for a tender, in a year that has ended, budgeted again in a later one.
SELECT linli.post_again($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz) AS outcome
