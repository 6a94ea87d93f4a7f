-- What a bid's container commits to of the key its bidder keeps, and when it was shown.
SELECT substr(f.sealed, 143, 32) AS co_commit, b.co_key_shown AS shown
FROM linli.bid b LEFT JOIN linli.blob f ON f.sha256 = b.sha256
WHERE b.office_id = $1::integer AND b.id = $2::uuid
