-- Only where it is one that is still carried out.
UPDATE linli.contract SET state = $3::text WHERE office_id = $1::integer AND id = $2::uuid AND state IN ('signed', 'suspended') RETURNING id
