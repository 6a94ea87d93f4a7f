-- A fund in the form of nonprofit accounts (民间非营利组织会计制度, in the version from 1 January 2026): income and cost of the year and net
-- assets at its ends, restricted and unrestricted apart.  A gift for a field of service, and money of an appropriation given for
-- one, is restricted; services given count as income and as cost of the same sum.
WITH span AS (
    SELECT make_timestamptz(y, 1, 1, 0, 0, 0, 'Asia/Shanghai') AS begins, make_timestamptz(y + 1, 1, 1, 0, 0, 0, 'Asia/Shanghai') AS ends,
           make_date(y, 1, 1) AS first, make_date(y + 1, 1, 1) AS next FROM (SELECT $3::integer AS y) q),
money AS (
    SELECT a.restriction IS NOT NULL AS restricted, a.id IN (SELECT g.appropriation_id FROM linli.gift g WHERE g.office_id = $1::integer) AS given,
           j.at < s.begins AS before, g.bucket,
           sum(CASE g.side WHEN 'C' THEN g.amount_fen ELSE -g.amount_fen END) AS fen
    FROM span s
    JOIN linli.appropriation a ON a.office_id = $1::integer AND a.fund_id = $2::uuid
    JOIN linli.posting g ON g.office_id = a.office_id AND g.appropriation_id = a.id AND g.bucket IN ('authority', 'paid')
    JOIN linli.journal j ON j.office_id = g.office_id AND j.id = g.journal_id AND j.at < s.ends
    GROUP BY 1, 2, 3, 4),
kind AS (
    SELECT g.restriction IS NOT NULL AS restricted, x.day < s.first AS before, g.kind, sum(x.fen) AS fen
    FROM span s JOIN linli.gift g ON g.office_id = $1::integer AND g.fund_id = $2::uuid AND g.kind IN ('in_kind', 'service')
    -- What was recorded in error counts until the day it was taken back.
    CROSS JOIN LATERAL (VALUES (g.received, g.amount_fen), ((g.reversed AT TIME ZONE 'Asia/Shanghai')::date, -g.amount_fen)) x (day, fen)
    WHERE x.day < s.next
    GROUP BY 1, 2, 3),
line AS (
    SELECT 1 AS no, '期初净资产' AS name, 'net assets at the beginning' AS name_en, m.restricted, -m.fen AS fen
    FROM money m WHERE m.before
    UNION ALL SELECT 1, '期初净资产', 'net assets at the beginning', k.restricted, k.fen FROM kind k WHERE k.before AND k.kind = 'in_kind'
    UNION ALL SELECT 2, '捐赠收入', 'gifts of money', m.restricted, -m.fen FROM money m WHERE NOT m.before AND m.given AND m.bucket = 'authority'
    UNION ALL SELECT 3, '捐赠收入（实物）', 'gifts in kind', k.restricted, k.fen FROM kind k WHERE NOT k.before AND k.kind = 'in_kind'
    UNION ALL SELECT 4, '捐赠收入（服务）', 'gifts of services', k.restricted, k.fen FROM kind k WHERE NOT k.before AND k.kind = 'service'
    UNION ALL SELECT 5, '政府补助收入', 'government grants', m.restricted, -m.fen FROM money m WHERE NOT m.before AND NOT m.given AND m.bucket = 'authority'
    UNION ALL SELECT 6, '业务活动成本', 'cost of activities', m.restricted, -m.fen FROM money m WHERE NOT m.before AND m.bucket = 'paid'
    UNION ALL SELECT 7, '业务活动成本（受赠服务）', 'cost of services given', k.restricted, -k.fen FROM kind k WHERE NOT k.before AND k.kind = 'service'),
form AS (
    SELECT n.no, n.name, n.name_en, coalesce(sum(l.fen) FILTER (WHERE l.restricted), 0)::bigint AS restricted_fen,
           coalesce(sum(l.fen) FILTER (WHERE NOT l.restricted), 0)::bigint AS unrestricted_fen
    FROM (VALUES (1, '期初净资产', 'net assets at the beginning'), (2, '捐赠收入', 'gifts of money'), (3, '捐赠收入（实物）', 'gifts in kind'),
                 (4, '捐赠收入（服务）', 'gifts of services'), (5, '政府补助收入', 'government grants'), (6, '业务活动成本', 'cost of activities'),
                 (7, '业务活动成本（受赠服务）', 'cost of services given')) n (no, name, name_en)
    LEFT JOIN line l ON l.no = n.no GROUP BY n.no, n.name, n.name_en
    UNION ALL
    SELECT 8, '期末净资产', 'net assets at the end', coalesce(sum(l.fen) FILTER (WHERE l.restricted), 0)::bigint,
           coalesce(sum(l.fen) FILTER (WHERE NOT l.restricted), 0)::bigint FROM line l)
SELECT f.no, f.name, f.name_en, f.restricted_fen, f.unrestricted_fen, f.restricted_fen + f.unrestricted_fen AS total_fen FROM form f ORDER BY f.no
