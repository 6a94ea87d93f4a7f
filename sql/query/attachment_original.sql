-- What a redacted copy stands beside: an internal file of the same object, added by the same side, that is no copy itself
-- and has other bytes: what is struck from it cannot be in the copy.
SELECT a.id FROM linli.attachment a
WHERE a.office_id = $1::integer AND a.id = $2::uuid AND a.object_kind = $3::text AND a.object_id = $4::uuid AND a.side = $5::text
  AND a.redacted_of IS NULL AND NOT a.public AND a.sha256 <> $6::bytea
