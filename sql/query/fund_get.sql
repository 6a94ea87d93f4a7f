-- A fund with its years: granted, reserved, committed, paid.
SELECT f.id, f.code, f.name, f.name_en, f.purpose, to_jsonb(f.regimes) AS regimes, f.holder_kind, f.holder, f.created, f.version AS _version
FROM linli.fund f WHERE f.office_id = $1::integer AND f.id = $2::uuid
