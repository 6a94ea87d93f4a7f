-- The subject is another than when it was asked for: that question falls away.
UPDATE linli.approval SET state = 'withdrawn', version = version + 1
WHERE office_id = $1::integer AND act = $2::text AND subject = $3::uuid AND state = 'open' AND subject_version <> $4::integer
