-- The bid of a winner that will not sign no longer stands.
UPDATE linli.bid SET withdrawn = $3::timestamptz WHERE office_id = $1::integer AND id = $2::uuid AND withdrawn IS NULL
