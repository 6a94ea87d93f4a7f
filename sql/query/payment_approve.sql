UPDATE linli.payment SET state = 'sent', checker = $3::uuid, approved = $4::timestamptz, sent = $4::timestamptz
WHERE office_id = $1::integer AND id = $2::uuid AND state = 'ordered'
