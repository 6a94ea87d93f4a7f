-- What the mechanism last said of who is admitted, kept beside each bid of a lot.
UPDATE linli.bid b SET not_admitted = CASE WHEN (i ->> 'admitted')::boolean THEN NULL ELSE i -> 'why' END
FROM jsonb_array_elements($4::jsonb -> 'items') i
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer AND b.key = (i ->> 'bid')::bigint
