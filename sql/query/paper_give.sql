-- Fills the one asked for last of those not handed in: one that was missed before it is made good by no other.
UPDATE linli.paper p SET given = $4::timestamptz, given_by = $5::uuid, body = $6::text, version = p.version + 1
WHERE p.office_id = $1::integer
  AND p.id = (SELECT q.id FROM linli.paper q
              WHERE q.office_id = $1::integer AND q.bid_id = $2::uuid AND q.rule = $3::text AND q.given IS NULL
              ORDER BY q.due DESC NULLS LAST, q.id DESC LIMIT 1)
RETURNING p.id
