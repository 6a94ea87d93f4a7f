-- May somebody add a file to an object, and on whose behalf?  used: what the object carries by now.
SELECT r.tender_id, coalesce(r.adds, false) AS adds, r.side, k.publishes, k.files_max, k.bytes_max, used.files, used.bytes
FROM linli.object_kind k
JOIN LATERAL linli.object_rights($1::integer, k.code, $3::uuid, $4::text[], $5::uuid[], $6::uuid) r ON true
CROSS JOIN LATERAL (SELECT count(*) AS files, coalesce(sum(b.bytes), 0)::bigint AS bytes
                    FROM linli.attachment a JOIN linli.blob b ON b.sha256 = a.sha256
                    WHERE a.office_id = $1::integer AND a.object_kind = k.code AND a.object_id = $3::uuid) used
WHERE k.code = $2::text
