-- The sandbox clock goes forward only; no row where it would go back.
INSERT INTO linli.setting (name, value) VALUES ('clock_offset_us', $1::bigint::text)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
WHERE setting.value::bigint < excluded.value::bigint
RETURNING value::bigint AS offset_us
