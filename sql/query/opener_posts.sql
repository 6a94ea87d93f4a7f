SELECT p.opener, p.promise, p.shares, p.key FROM linli.opener_post p
WHERE p.office_id = $1::integer AND p.tender_id = $2::uuid AND p.envelope = $3::integer ORDER BY p.opener
