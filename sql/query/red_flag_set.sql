INSERT INTO linli.red_flag_set (office_id, id, code, threshold, cases, reason, at, person_id)
SELECT $1::integer, $2::uuid, f.code, $4::bigint, coalesce($5::bigint, f.cases), $6::text, $7::timestamptz, $8::uuid
FROM linli.red_flag f WHERE f.code = $3::text
