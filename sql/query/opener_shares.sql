UPDATE linli.opener_post SET shares = $5::text, posted = $6::timestamptz
WHERE office_id = $1::integer AND tender_id = $2::uuid AND envelope = $3::integer AND opener = $4::integer AND lot_no = $7::integer
  AND shares IS NULL
