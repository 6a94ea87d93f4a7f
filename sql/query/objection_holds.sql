-- What an authority suspends; suspended again it has the days that are left, not new ones.
UPDATE linli.objection SET hold_ends = coalesce(hold_ends, $3::timestamptz) WHERE office_id = $1::integer AND id = $2::uuid
