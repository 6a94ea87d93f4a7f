INSERT INTO linli.mark (office_id, sheet_id, criterion, value, shown, reason)
SELECT $1::integer, n.sheet, n.criterion, n.value, n.shown, n.reason
FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::text[]) AS n(sheet, criterion, value, shown, reason)
ON CONFLICT (office_id, sheet_id, criterion) DO UPDATE SET value = excluded.value, shown = excluded.shown, reason = excluded.reason
