UPDATE linli.lot SET phase_due = $3::timestamptz, provisional = $4::boolean, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid
