-- What its bidder handed in, for itself alone and at any time, and what it was answered.
SELECT 'bid-' || b.id || CASE WHEN f.sealed IS NULL THEN '.json' ELSE '.sbx' END AS name, b.tender_id AS tender, encode(b.sha256, 'hex') AS digest,
       f.bytes, CASE WHEN f.sealed IS NULL THEN 'application/json' ELSE 'application/octet-stream' END AS type,
       (SELECT i.answer FROM linli.idempotency i WHERE i.actor = b.person_id::text AND i.subject = b.id::text AND i.status = 201 LIMIT 1) AS answer
FROM linli.bid b JOIN linli.blob f ON f.sha256 = b.sha256
WHERE b.office_id = $1::integer AND b.id = $2::uuid
  AND (b.organisation_id = ANY ($3::uuid[]) OR b.organisation_id IS NULL AND b.person_id = $4::uuid)
