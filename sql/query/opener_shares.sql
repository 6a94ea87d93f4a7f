UPDATE linli.opener_post SET shares = $4::text, posted = $5::timestamptz
WHERE office_id = $1::integer AND tender_id = $2::uuid AND opener = $3::integer AND shares IS NULL
