-- The appropriation of a fund for a year and restriction; the row that is there is given back as it is.
INSERT INTO linli.appropriation (office_id, id, fund_id, year, budget_item, name, restriction, created, origin)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::integer, CASE WHEN $5::text IS NULL THEN '捐赠收入' ELSE '限定捐赠：' || $5::text END,
        CASE WHEN $5::text IS NULL THEN '捐赠收入' ELSE '限定捐赠：' || $5::text END, $5::text, $6::timestamptz, 'donor')
ON CONFLICT (office_id, fund_id, year, budget_item) DO UPDATE SET version = appropriation.version + 1
RETURNING id
