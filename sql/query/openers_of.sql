-- Who opens the bids of a tender: of two envelopes first those of the bid, then those of its price.
SELECT s.envelope, s.sha256, s.k, s.n, s.note, array_to_string(s.signers, E'\n') AS signers, cardinality(s.signers) = 0 AS by_signer
FROM linli.opener_set s
WHERE s.office_id = $1::integer AND s.tender_id = $2::uuid
ORDER BY s.envelope
