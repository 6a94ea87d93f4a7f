-- What a person has uploaded and not named.
SELECT coalesce(sum(b.bytes), 0)::bigint AS bytes
FROM linli.upload u JOIN linli.blob b ON b.sha256 = u.sha256
WHERE u.person_id = $1::uuid AND NOT u.used
