-- The keys an organisation signs its sealed bids with, and those it did, for everybody.
SELECT k.id, k.key, k.signer, k.note, k.registered, k.revoked, k.reason FROM linli.organisation_key k
WHERE k.organisation_id = $1::uuid ORDER BY k.registered, k.id LIMIT 1001
