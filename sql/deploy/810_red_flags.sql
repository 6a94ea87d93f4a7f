-- Deploy linli:810_red_flags to pg
-- Patterns that deserve a second look (docs/red_flags.md).  They decide nothing: no act asks for them.  Whole numbers alone.
BEGIN;
SET LOCAL search_path = linli;

-- threshold, cases: see the formula; says: one sentence, %1$s what was measured, %2$s the threshold.
CREATE TABLE red_flag (
    code text PRIMARY KEY, about text NOT NULL CHECK (about IN ('bid', 'evaluator')), no integer NOT NULL UNIQUE,
    name text NOT NULL, name_en text NOT NULL, says text NOT NULL, says_en text NOT NULL,
    threshold bigint NOT NULL, cases bigint NOT NULL DEFAULT 0, unit text NOT NULL, source text NOT NULL
);
INSERT INTO red_flag (no, code, about, name, name_en, says, says_en, threshold, cases, unit, source) VALUES
(1, 'single_bid', 'bid', '只有一家投标', 'single bid', '只有 %1$s 家投标', '%1$s bid', 1, 0, 'count', 'Cardinal R018'),
(2, 'close_to_winner', 'bid', '报价紧贴中标价', 'close to the winner', '次低报价只高出中标价百万分之 %1$s（阈值 %2$s）', 'the next price is %1$s millionths above the winner''s (threshold %2$s)', 10000, 0, 'ppm', 'Cardinal R024'),
(3, 'never_wins', 'bid', '屡投不中', 'never wins', '参加 %1$s 次，中标 0 次（阈值 %2$s 次）', 'bid %1$s times and never won (threshold %2$s)', 10, 0, 'count', 'Cardinal R025'),
(4, 'same_price', 'bid', '报价相同', 'identical prices', '%1$s 家报价相同（阈值 %2$s）', '%1$s bidders at one price (threshold %2$s)', 2, 0, 'count', 'Cardinal R028'),
(5, 'late_winner', 'bid', '迟到投标中标', 'a late bid won', '中标文件晚于截止 %1$s 秒', 'the winning bid came %1$s seconds after the deadline', 0, 0, 'seconds', 'Cardinal R030'),
(6, 'others_out', 'bid', '其余投标全部未获通过', 'all others disqualified', '除中标人外 %1$s 家全部未获通过（阈值 %2$s）', 'all %1$s others were disqualified (threshold %2$s)', 2, 0, 'count', 'Cardinal R035'),
(7, 'lowest_out', 'bid', '最低报价未获通过', 'lowest bid disqualified', '未获通过的最低报价比中标价低百万分之 %1$s（阈值 %2$s）', 'the lowest bid, not admitted, was %1$s millionths below the winner (threshold %2$s)', 50000, 0, 'ppm', 'Cardinal R036'),
(8, 'often_out', 'bid', '屡次未获通过', 'often disqualified', '未获通过的比例为百万分之 %1$s（阈值 %2$s）', '%1$s millionths of its bids were not admitted (threshold %2$s)', 500000, 3, 'ppm', 'Cardinal R038'),
(9, 'many_trades', 'bid', '中标项目门类过杂', 'supplier of everything', '中标项目分属 %1$s 个门类（阈值 %2$s）', 'it won in %1$s trades (threshold %2$s)', 5, 0, 'count', 'Cardinal R048'),
(10, 'heavy_discount', 'bid', '中标价过低', 'heavy discount', '中标价比次低报价低百万分之 %1$s（阈值 %2$s）', 'the winner is %1$s millionths below the next price (threshold %2$s)', 250000, 0, 'ppm', 'Cardinal R058'),
(11, 'short_period', 'bid', '投标期过短', 'short period', '从公告到截止 %1$s 秒（阈值 %2$s）', '%1$s seconds from notice to deadline (threshold %2$s)', 432000, 0, 'seconds', 'Cardinal R003'),
(12, 'even_steps', 'bid', '报价呈规律性差异', 'prices in even steps', '%1$s 个报价呈等差（阈值 %2$s）', '%1$s prices in even steps (threshold %2$s)', 3, 0, 'count', '招标投标法实施条例 §40(4)'),
(13, 'one_person', 'bid', '同一人办理多家投标', 'one person for several bidders', '同一人为 %1$s 家投标（阈值 %2$s）', 'one person handed in for %1$s bidders (threshold %2$s)', 2, 0, 'count', '招标投标法实施条例 §40(2)'),
(14, 'shared_contact', 'bid', '投标人电话、地址或账户相同', 'shared telephone, address or account', '%1$s 家投标人登记的电话、地址或账户相同（阈值 %2$s）', '%1$s bidders share a telephone, address or account (threshold %2$s)', 2, 0, 'count', '招标投标法实施条例 §40(6)'),
(15, 'shared_file', 'bid', '不同投标附有同一文件', 'one file in several bids', '%1$s 份投标附有同一文件（阈值 %2$s）', 'one file is attached to %1$s bids (threshold %2$s)', 2, 0, 'count', '招标投标法实施条例 §40(5)'),
(16, 'shared_guarantee', 'bid', '保证金出自同一票据', 'one guarantee for several bidders', '%1$s 家投标人的保证金为同一票号（阈值 %2$s）', '%1$s bidders gave one guarantee (threshold %2$s)', 2, 0, 'count', '招标投标法实施条例 §40(6)'),
(17, 'left_together', 'bid', '几乎同时撤回投标', 'withdrawn together', '两家撤回投标相隔 %1$s 秒（阈值 %2$s）', 'two withdrew within %1$s seconds (threshold %2$s)', 600, 0, 'seconds', 'OECD 2009'),
(18, 'far_from_panel', 'evaluator', '评分畸高畸低', 'far from the panel', '评分偏离全组 %1$s/1000 个标准差（阈值 %2$s）', '%1$s thousandths of a standard deviation from the panel (threshold %2$s)', 2500, 6, 'milli', '财政部令第87号 §64'),
(19, 'same_sheets', 'evaluator', '两名评委评分完全相同', 'identical sheets', '两名评委 %1$s 项评分全部相同（阈值 %2$s）', 'two members gave the same %1$s marks (threshold %2$s)', 6, 0, 'count', 'Linli'),
(20, 'hasty', 'evaluator', '评分过快', 'hasty marks', '平均每份投标用时 %1$s 秒（阈值 %2$s）', '%1$s seconds for each bid (threshold %2$s)', 60, 0, 'seconds', 'Linli'),
(21, 'always_extreme', 'evaluator', '总是给最高分或最低分', 'always extreme', '给出全组最高或最低分的比例为百万分之 %1$s（阈值 %2$s）', '%1$s millionths of its totals are the panel''s highest or lowest (threshold %2$s)', 1000000, 4, 'ppm', 'Linli'),
(22, 'favours', 'evaluator', '长期偏向一家', 'favours one bidder', '历次评分平均高出全组 %1$s 微分（阈值 %2$s）', 'over time it gave one bidder %1$s micropoints more than the panel (threshold %2$s)', 3000000, 3, 'points', 'Linli'),
(23, 'follows_price', 'evaluator', '技术评分随报价高低', 'marks that follow the price', '评分与报价次序一致程度 %1$s/1000（阈值 %2$s）', 'marks follow the price at %1$s thousandths (threshold %2$s)', 1000, 4, 'milli', 'Linli'),
(24, 'changed_late', 'evaluator', '锁定前反复改分', 'changed just before locking', '锁定前 %1$s 秒仍在改分（阈值 %2$s）', 'changed %1$s seconds before locking (threshold %2$s)', 120, 3, 'seconds', 'Linli'),
(25, 'kept_key', 'bid', '未出示自留密钥，投标视为撤销', 'never showed the key it kept', '%1$s 份投标因投标人未出示自留密钥而视为撤销（阈值 %2$s）', '%1$s bids count as revoked since their bidders did not show the keys they kept (threshold %2$s)', 1, 0, 'count', '电子招标投标办法 §31');

-- An office's own thresholds, from a day on; the last one holds.
CREATE TABLE red_flag_set (
    office_id integer NOT NULL REFERENCES office, id uuid NOT NULL, code text NOT NULL REFERENCES red_flag,
    threshold bigint NOT NULL CHECK (threshold >= 0), cases bigint NOT NULL CHECK (cases >= 0), reason text NOT NULL,
    at timestamptz NOT NULL, person_id uuid NOT NULL REFERENCES person,
    PRIMARY KEY (office_id, id)
);

CREATE FUNCTION red_flags_of(office integer) RETURNS TABLE (code text, about text, no integer, threshold bigint, cases bigint, since timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT f.code, f.about, f.no, coalesce(s.threshold, f.threshold), coalesce(s.cases, f.cases), s.at
    FROM linli.red_flag f
    LEFT JOIN LATERAL (SELECT x.threshold, x.cases, x.at FROM linli.red_flag_set x
                       WHERE x.office_id = office AND x.code = f.code ORDER BY x.at DESC, x.id DESC LIMIT 1) s ON true
$$;

-- The bids of a lot once opened, with what is needed to compare them.
CREATE FUNCTION flag_bids(office integer, in_lot uuid)
RETURNS TABLE (id uuid, organisation_id uuid, person_id uuid, price_fen bigint, admitted boolean, won boolean, received timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT b.id, b.organisation_id, b.person_id, b.price_fen, b.state <> 'void' AND b.not_admitted IS NULL,
           EXISTS (SELECT FROM linli.award w WHERE w.office_id = office AND w.lot_id = l.id AND w.bid_id = b.id AND w.standing = 'winner'
                   AND w.state NOT IN ('withdrawn', 'refused')), b.received
    FROM linli.lot l JOIN linli.bid b ON b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no AND b.key IS NOT NULL
    WHERE l.office_id = office AND l.id = in_lot
$$;

-- By how many millionths of `base` the one is above the other, rounded down; what is more than a bigint holds is its largest.
CREATE FUNCTION flag_ppm(high bigint, low bigint, base bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT least(trunc((high::numeric - low) * 1000000 / base), 9223372036854775807)::bigint
$$;

CREATE FUNCTION flags_of_bids(office integer, in_lot uuid)
RETURNS TABLE (code text, subject uuid, other uuid, measure bigint) LANGUAGE sql STABLE AS $$
    WITH b AS MATERIALIZED (SELECT * FROM linli.flag_bids(office, in_lot)),
    f AS MATERIALIZED (SELECT * FROM linli.red_flags_of(office)),
    won AS (SELECT * FROM b WHERE b.won AND b.price_fen > 0),
    next AS (SELECT w.id, w.price_fen, n.id AS other, n.price_fen AS price FROM won w
             CROSS JOIN LATERAL (SELECT x.id, x.price_fen FROM b x WHERE x.id <> w.id AND x.admitted AND x.price_fen >= w.price_fen
                                 ORDER BY x.price_fen, x.id LIMIT 1) n),
    -- What the organisations of this lot did at this office, lots that were opened alone.
    past AS MATERIALIZED (SELECT o.organisation_id, count(*) AS bids, count(*) FILTER (WHERE c.state = 'void' OR c.not_admitted IS NOT NULL) AS out,
                    count(w.id) AS wins, count(DISTINCT left(e.catalogue_code, 3)) FILTER (WHERE w.id IS NOT NULL) AS trades
             FROM (SELECT DISTINCT organisation_id FROM b) o
             JOIN linli.bid c ON c.office_id = office AND c.organisation_id = o.organisation_id AND c.key IS NOT NULL
             JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
             LEFT JOIN linli.list_entry e ON e.office_id = t.office_id AND e.id = t.entry_id
             LEFT JOIN linli.award w ON w.office_id = c.office_id AND w.bid_id = c.id AND w.standing = 'winner' AND w.state NOT IN ('withdrawn', 'refused')
             GROUP BY o.organisation_id),
    contact AS (SELECT DISTINCT b.id, b.organisation_id, k.v FROM b JOIN linli.organisation o ON o.id = b.organisation_id
                CROSS JOIN LATERAL (
                    SELECT 'p' || regexp_replace(o.phone, '[^0-9]', '', 'g') UNION ALL SELECT 'd' || regexp_replace(o.address, '\s', '', 'g')
                    UNION ALL SELECT 'a' || regexp_replace(a.account, '[^0-9]', '', 'g') FROM linli.organisation_account a
                              WHERE a.organisation_id = o.id AND a.state = 'agreed') k(v)
                WHERE length(k.v) > 7),
    file AS (SELECT DISTINCT b.id, a.sha256 FROM b JOIN linli.attachment a ON a.office_id = office AND a.object_kind = 'bid' AND a.object_id = b.id),
    step AS (SELECT p - lag(p) OVER (ORDER BY p) AS d FROM (SELECT b.price_fen AS p FROM b WHERE b.price_fen IS NOT NULL) x),
    gone AS (SELECT g.id, g.withdrawn, lag(g.id) OVER w AS other, lag(g.withdrawn) OVER w AS before, lag(g.organisation_id) OVER w AS whose, g.organisation_id
             FROM linli.lot l JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id AND t.opened IS NOT NULL
             JOIN linli.bid g ON g.office_id = l.office_id AND g.tender_id = l.tender_id AND g.lot_no = l.no AND g.withdrawn IS NOT NULL
             WHERE l.office_id = office AND l.id = in_lot WINDOW w AS (ORDER BY g.withdrawn, g.id)),
    kept AS (SELECT b.id, count(*) OVER () AS n FROM b JOIN linli.bid y ON y.office_id = office AND y.id = b.id
             JOIN linli.tender t ON t.office_id = y.office_id AND t.id = y.tender_id AND t.co_key_minutes IS NOT NULL
             WHERE y.state = 'void' AND y.co_key IS NULL),
    found AS (
        SELECT 'single_bid' AS code, min(b.id::text)::uuid AS subject, NULL::uuid AS other, count(*) AS measure FROM b HAVING count(*) > 0
        UNION ALL SELECT 'close_to_winner', n.other, n.id, linli.flag_ppm(n.price, n.price_fen, n.price_fen) FROM next n
        UNION ALL SELECT 'heavy_discount', n.id, n.other, linli.flag_ppm(n.price, n.price_fen, n.price) FROM next n
        UNION ALL SELECT 'never_wins', b.id, NULL, p.bids FROM b JOIN past p USING (organisation_id) WHERE p.wins = 0
        UNION ALL SELECT 'same_price', b.id, NULL, count(*) OVER (PARTITION BY b.price_fen) FROM b WHERE b.price_fen IS NOT NULL
        UNION ALL SELECT 'late_winner', w.id, NULL, extract(epoch FROM w.received - t.deadline)::bigint
                  FROM won w, linli.lot l JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
                  WHERE l.office_id = office AND l.id = in_lot AND w.received >= t.deadline
        UNION ALL SELECT 'others_out', w.id, NULL, (SELECT count(*) FROM b x WHERE x.id <> w.id) FROM won w
                  WHERE NOT EXISTS (SELECT FROM b x WHERE x.id <> w.id AND x.admitted)
        UNION ALL SELECT 'lowest_out', x.id, w.id, linli.flag_ppm(w.price_fen, x.price_fen, w.price_fen)
                  FROM won w CROSS JOIN LATERAL (SELECT * FROM b y ORDER BY y.price_fen, y.id LIMIT 1) x
                  WHERE NOT x.admitted AND x.price_fen < w.price_fen
        UNION ALL SELECT 'often_out', b.id, NULL, p.out * 1000000 / p.bids FROM b JOIN past p USING (organisation_id), f
                  WHERE f.code = 'often_out' AND p.bids >= f.cases
        UNION ALL SELECT 'many_trades', w.id, NULL, p.trades FROM won w JOIN past p USING (organisation_id)
        UNION ALL SELECT 'short_period', NULL, NULL, extract(epoch FROM t.deadline - t.published)::bigint
                  FROM linli.lot l JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id WHERE l.office_id = office AND l.id = in_lot
                       AND EXISTS (SELECT FROM b)
        UNION ALL SELECT 'even_steps', NULL, NULL, count(*) FROM step HAVING count(DISTINCT step.d) = 1 AND min(step.d) > 0
        UNION ALL SELECT 'one_person', b.id, NULL, x.n FROM b
                  JOIN (SELECT y.person_id, count(DISTINCT y.organisation_id) AS n FROM b y GROUP BY y.person_id) x USING (person_id)
        UNION ALL SELECT 'shared_contact', c.id, NULL, max(x.n) FROM contact c
                  JOIN (SELECT y.v, count(DISTINCT y.organisation_id) AS n FROM contact y GROUP BY y.v) x USING (v) GROUP BY c.id
        UNION ALL SELECT 'shared_file', c.id, NULL, max(x.n) FROM file c JOIN (SELECT y.sha256, count(*) AS n FROM file y GROUP BY y.sha256) x USING (sha256)
                  GROUP BY c.id
        UNION ALL SELECT 'shared_guarantee', b.id, NULL, (SELECT count(DISTINCT y.organisation_id) FROM linli.bond y JOIN b z ON z.id = y.bid_id
                                                         WHERE y.office_id = office AND y.kind = 'bid' AND y.reference = o.reference)
                  FROM b JOIN linli.bond o ON o.office_id = office AND o.kind = 'bid' AND o.bid_id = b.id
        UNION ALL SELECT 'kept_key', k.id, NULL, k.n FROM kept k
        UNION ALL SELECT 'left_together', g.id, g.other, extract(epoch FROM g.withdrawn - g.before)::bigint FROM gone g
                  WHERE g.before IS NOT NULL AND g.whose <> g.organisation_id)
    SELECT x.code, x.subject, x.other, x.measure FROM found x JOIN f USING (code)
    -- Small is odd for these; for all others large is.
    WHERE CASE WHEN x.code IN ('single_bid', 'close_to_winner', 'short_period', 'left_together') THEN x.measure <= f.threshold
               ELSE x.measure >= f.threshold END
$$;

-- The totals of a lot's members, and what is left of each when what the member gives on average and what the bid got on average is
-- taken off; times members times bids, so that they stay whole.
CREATE FUNCTION flag_totals(office integer, in_lot uuid)
RETURNS TABLE (member_id uuid, person_id uuid, bid_id uuid, total numeric, rest numeric, cells bigint, members bigint, bids bigint) LANGUAGE sql STABLE AS $$
    WITH x AS (SELECT s.member_id, m.person_id, s.bid_id, sum(k.value) AS total
               FROM linli.sheet s
               JOIN linli.sitting z ON z.office_id = s.office_id AND z.lot_id = s.lot_id AND z.locked IS NOT NULL
               JOIN linli.panel_member m ON m.office_id = s.office_id AND m.id = s.member_id AND m.state = 'present'
               JOIN linli.mark k ON k.office_id = s.office_id AND k.sheet_id = s.id
               WHERE s.office_id = office AND s.lot_id = in_lot GROUP BY s.member_id, m.person_id, s.bid_id),
    n AS (SELECT count(DISTINCT x.member_id) AS members, count(DISTINCT x.bid_id) AS bids FROM x)
    SELECT x.member_id, x.person_id, x.bid_id, x.total,
           x.total * n.members * n.bids - sum(x.total) OVER (PARTITION BY x.member_id) * n.members - sum(x.total) OVER (PARTITION BY x.bid_id) * n.bids
           + sum(x.total) OVER (), n.members * n.bids, n.members, n.bids
    FROM x CROSS JOIN n
$$;

CREATE FUNCTION flags_of_evaluators(office integer, in_lot uuid)
RETURNS TABLE (code text, subject uuid, other uuid, measure bigint) LANGUAGE sql STABLE AS $$
    WITH t AS MATERIALIZED (SELECT * FROM linli.flag_totals(office, in_lot)),
    f AS MATERIALIZED (SELECT * FROM linli.red_flags_of(office)),
    -- A root rounded down, of whole numbers alone.
    far AS (SELECT t.member_id, t.bid_id, trunc(sqrt(t.rest * t.rest * 1000000 * t.cells / nullif(sum(t.rest * t.rest) OVER (), 0)))::bigint AS z, t.cells FROM t),
    m AS (SELECT s.member_id, s.bid_id, k.criterion, k.value FROM linli.sheet s
          JOIN linli.mark k ON k.office_id = s.office_id AND k.sheet_id = s.id
          WHERE s.office_id = office AND s.lot_id = in_lot AND s.member_id IN (SELECT t.member_id FROM t)),
    pace AS (SELECT p.id AS member_id, extract(epoch FROM max(s.locked) - p.declared)::bigint / count(*) AS each
             FROM linli.panel_member p JOIN linli.sheet s ON s.office_id = p.office_id AND s.member_id = p.id AND s.locked IS NOT NULL
             WHERE p.office_id = office AND p.id IN (SELECT t.member_id FROM t) AND p.declared IS NOT NULL GROUP BY p.id, p.declared),
    edge AS (SELECT t.member_id, (count(*) FILTER (WHERE (t.total > o.high OR t.total < o.low)) * 1000000 / count(*))::bigint AS share, count(*) AS n
             FROM t CROSS JOIN LATERAL (SELECT max(u.total) AS high, min(u.total) AS low FROM t u WHERE u.bid_id = t.bid_id AND u.member_id <> t.member_id) o
             GROUP BY t.member_id),
    -- Each lot of the office where a member of this panel marked an organisation of this lot.
    over_time AS (SELECT t.member_id, b.id AS bid_id, count(*) AS lots, min(h.rest) AS cases, trunc(avg(h.rest / h.cells))::bigint AS mean
             FROM (SELECT DISTINCT t.member_id, t.person_id FROM t) t
             JOIN linli.flag_bids(office, in_lot) b ON true
             JOIN linli.panel_member pm ON pm.office_id = office AND pm.person_id = t.person_id
             CROSS JOIN LATERAL linli.flag_totals(office, pm.lot_id) h
             JOIN linli.bid hb ON hb.office_id = office AND hb.id = h.bid_id AND hb.organisation_id = b.organisation_id
             WHERE h.person_id = t.person_id
             GROUP BY t.member_id, b.id),
    pair AS (SELECT x.member_id, count(*) AS pairs, sum(sign(x.total - y.total) * sign(q.price_fen - p.price_fen)) AS same,
                    count(DISTINCT x.bid_id) + 1 AS bids
             FROM t x JOIN t y ON y.member_id = x.member_id AND y.bid_id > x.bid_id
             JOIN linli.bid p ON p.office_id = office AND p.id = x.bid_id JOIN linli.bid q ON q.office_id = office AND q.id = y.bid_id
             GROUP BY x.member_id),
    found AS (
        SELECT 'far_from_panel' AS code, x.member_id AS subject, x.bid_id AS other, x.z AS measure, x.cells AS n FROM far x
        UNION ALL SELECT 'same_sheets', x.member_id, y.member_id, count(*), count(*) FROM m x
                  JOIN m y ON y.bid_id = x.bid_id AND y.criterion = x.criterion AND y.member_id > x.member_id
                  GROUP BY x.member_id, y.member_id HAVING bool_and(x.value = y.value)
        UNION ALL SELECT 'hasty', x.member_id, NULL, x.each, 0 FROM pace x
        UNION ALL SELECT 'always_extreme', x.member_id, NULL, x.share, x.n FROM edge x
        UNION ALL SELECT 'favours', x.member_id, x.bid_id, x.mean, CASE WHEN x.cases > 0 THEN x.lots ELSE 0 END FROM over_time x
        UNION ALL SELECT 'follows_price', x.member_id, NULL, (abs(x.same) * 1000 / x.pairs)::bigint, x.bids FROM pair x
        UNION ALL SELECT 'changed_late', s.member_id, s.bid_id, extract(epoch FROM s.locked - s.saved)::bigint, s.version
                  FROM linli.sheet s WHERE s.office_id = office AND s.lot_id = in_lot AND s.locked IS NOT NULL AND s.member_id IN (SELECT t.member_id FROM t))
    SELECT x.code, x.subject, x.other, x.measure FROM found x JOIN f USING (code)
    WHERE x.n >= f.cases AND CASE WHEN x.code IN ('hasty', 'changed_late') THEN x.measure < f.threshold
                                  WHEN x.code = 'far_from_panel' THEN x.measure > f.threshold
                                  ELSE x.measure >= f.threshold END
$$;
REVOKE ALL ON FUNCTION red_flags_of(integer), flag_ppm(bigint, bigint, bigint), flag_bids(integer, uuid), flags_of_bids(integer, uuid), flag_totals(integer, uuid),
    flags_of_evaluators(integer, uuid) FROM PUBLIC;
COMMIT;
