-- Deploy linli:086_delivery to pg
-- How a contract is carried out beyond its tranches: what is taken off a payment and why.
BEGIN;
SET LOCAL search_path = linli;

-- What a contract says is taken off for lateness, refused service and the like: entered by one person, approved by a second,
-- taken off the tranches that are let out next until it is used up.
CREATE TABLE deduction (
    office_id integer NOT NULL, id uuid NOT NULL, contract_id uuid NOT NULL, tranche_id uuid,     -- NULL: of any tranche
    ground text NOT NULL CHECK (ground IN ('late', 'report_late', 'service_refused', 'quality', 'other')),
    rate_ppm bigint CHECK (rate_ppm BETWEEN 1 AND 1000000), days integer CHECK (days BETWEEN 1 AND 3660),     -- where it is counted
    amount_fen bigint NOT NULL CHECK (amount_fen > 0), taken_fen bigint NOT NULL DEFAULT 0 CHECK (taken_fen BETWEEN 0 AND amount_fen),
    reason text NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
    proposed timestamptz NOT NULL, proposed_by uuid NOT NULL REFERENCES person,
    decided timestamptz, decided_by uuid REFERENCES person, note text,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    FOREIGN KEY (office_id, tranche_id) REFERENCES tranche,
    CHECK (state <> 'approved' OR decided_by IS NOT NULL AND decided_by <> proposed_by),
    CHECK (taken_fen = 0 OR state = 'approved')
);
CREATE INDEX ON deduction (office_id, contract_id);

-- How the sum of a tranche was found when it was let out, term by term.
CREATE TABLE payable (
    office_id integer NOT NULL, tranche_id uuid NOT NULL, at timestamptz NOT NULL,
    planned_fen  bigint NOT NULL CHECK (planned_fen >= 0),      -- what the plan gave it
    score_fen    bigint NOT NULL CHECK (score_fen >= 0),        -- less by its evaluation
    retained_fen bigint NOT NULL CHECK (retained_fen >= 0),     -- kept until the day the contract names
    deducted_fen bigint NOT NULL CHECK (deducted_fen >= 0),     -- penalties
    set_off_fen  bigint NOT NULL CHECK (set_off_fen >= 0),      -- against money asked back
    advance_fen  bigint NOT NULL CHECK (advance_fen >= 0),      -- paid in advance, or not accepted
    payable_fen  bigint NOT NULL CHECK (payable_fen >= 0),
    PRIMARY KEY (office_id, tranche_id),
    FOREIGN KEY (office_id, tranche_id) REFERENCES tranche,
    CHECK (payable_fen = planned_fen - score_fen - retained_fen - deducted_fen - set_off_fen - advance_fen)
);

-- Bonds (投标保证金, 履约保证金): other people's money or a guarantee, held beside the ledger of earmarked money and never part of a fund.
-- Entered by one person; returned or kept by a second.
CREATE TABLE bond (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('bid', 'performance')), bid_id uuid, contract_id uuid,
    organisation_id uuid NOT NULL REFERENCES organisation,
    form text NOT NULL CHECK (form IN ('guarantee', 'insurance', 'cheque', 'transfer')),
    amount_fen bigint NOT NULL CHECK (amount_fen > 0), reference text NOT NULL, received date NOT NULL, expires date,
    return_days integer CHECK (return_days > 0),        -- of a performance bond: from the end of its contract
    rule text, due timestamptz,                 -- until when it goes back, once that is known, and by which rule
    kept_fen bigint NOT NULL DEFAULT 0 CHECK (kept_fen BETWEEN 0 AND amount_fen),
    base_rate_ppm bigint CHECK (base_rate_ppm BETWEEN 0 AND 1000000), interest_fen bigint NOT NULL DEFAULT 0 CHECK (interest_fen >= 0),
    state text NOT NULL CHECK (state IN ('held', 'returned', 'kept')),
    entered timestamptz NOT NULL, entered_by uuid NOT NULL REFERENCES person,
    ended timestamptz, ended_by uuid REFERENCES person, bank_ref text, reason text,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender,
    FOREIGN KEY (office_id, bid_id) REFERENCES bid,
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    CHECK ((kind = 'bid') = (bid_id IS NOT NULL) AND (kind = 'performance') = (contract_id IS NOT NULL)),
    CHECK ((kind = 'performance') = (return_days IS NOT NULL)),
    CHECK ((form IN ('guarantee', 'insurance')) = (expires IS NOT NULL)),
    CHECK ((state = 'held') = (ended IS NULL) AND (ended IS NULL) = (ended_by IS NULL)),
    CHECK (ended_by IS DISTINCT FROM entered_by),
    CHECK (state <> 'kept' OR kept_fen = amount_fen), CHECK (kept_fen = 0 OR reason IS NOT NULL)
);
CREATE UNIQUE INDEX bond_of_bid ON bond (office_id, bid_id) WHERE bid_id IS NOT NULL;
CREATE UNIQUE INDEX bond_of_contract ON bond (office_id, contract_id) WHERE contract_id IS NOT NULL;
CREATE INDEX ON bond (office_id, tender_id);

-- Who signs beside the office and the contractor: the community where it lands, an operator, a host.
CREATE TABLE contract_party (
    office_id integer NOT NULL, contract_id uuid NOT NULL, organisation_id uuid NOT NULL REFERENCES organisation,
    part text NOT NULL CHECK (part IN ('community', 'operator', 'host', 'donor', 'other')),
    signed timestamptz, signed_by uuid REFERENCES person,
    PRIMARY KEY (office_id, contract_id, organisation_id),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    CHECK ((signed IS NULL) = (signed_by IS NULL))
);
CREATE INDEX contract_party_of ON contract_party (organisation_id);

-- Part of the work done by another body (分包); the whole of it never is (转包).
CREATE TABLE subcontract (
    office_id integer NOT NULL, id uuid NOT NULL, contract_id uuid NOT NULL,
    organisation_id uuid REFERENCES organisation, name text NOT NULL, work text NOT NULL,
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
    proposed timestamptz NOT NULL, proposed_by uuid NOT NULL REFERENCES person,
    decided timestamptz, decided_by uuid REFERENCES person, note text,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    CHECK (state = 'proposed' OR decided_by IS NOT NULL), CHECK (state <> 'approved' OR decided_by <> proposed_by)
);
CREATE INDEX ON subcontract (office_id, contract_id);

-- A draw of contracts to be checked on the spot.  Its secret is promised before anybody knows what will be open then, and told with the
-- draw; the order is that of core/trust/lots.h over a pool named like the draw.
CREATE TABLE spot_draw (
    office_id integer NOT NULL, id uuid NOT NULL, most integer NOT NULL CHECK (most BETWEEN 1 AND 100), reason text NOT NULL,
    commitment bytea NOT NULL CHECK (length(commitment) = 32), promised timestamptz NOT NULL, promised_by uuid NOT NULL REFERENCES person,
    drawn timestamptz, drawn_by uuid REFERENCES person, seed text, witnesses text, pool uuid[], chosen uuid[],
    PRIMARY KEY (office_id, id),
    CHECK ((drawn IS NULL) = (seed IS NULL) AND (drawn IS NULL) = (drawn_by IS NULL) AND (drawn IS NULL) = (pool IS NULL)
           AND (drawn IS NULL) = (chosen IS NULL) AND (drawn IS NULL) = (witnesses IS NULL))
);
CREATE TABLE spot_secret (
    office_id integer NOT NULL, draw_id uuid NOT NULL, secret bytea NOT NULL CHECK (length(secret) = 32),
    PRIMARY KEY (office_id, draw_id),
    FOREIGN KEY (office_id, draw_id) REFERENCES spot_draw
);

-- Somebody looks at the work where it is done: at its start, halfway, at its end, or unannounced.
CREATE TABLE site_check (
    office_id integer NOT NULL, id uuid NOT NULL, contract_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('start', 'mid', 'final', 'spot', 'other')), on_day date NOT NULL, draw_id uuid,
    planned timestamptz NOT NULL, planned_by uuid NOT NULL REFERENCES person,
    done timestamptz, done_by uuid REFERENCES person, present text, passed boolean, findings text,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    FOREIGN KEY (office_id, draw_id) REFERENCES spot_draw,
    CHECK ((done IS NULL) = (done_by IS NULL) AND (done IS NULL) = (passed IS NULL) AND (done IS NULL) = (findings IS NULL)),
    CHECK (draw_id IS NULL OR kind = 'spot')
);
CREATE INDEX ON site_check (office_id, contract_id);

-- What a project costs, by line; what was moved between lines; what was spent in the end.
CREATE TABLE budget_line (
    office_id integer NOT NULL, contract_id uuid NOT NULL, code text NOT NULL, name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('personnel', 'management', 'activity', 'equipment', 'other')),
    planned_fen bigint NOT NULL CHECK (planned_fen > 0), moved_fen bigint NOT NULL DEFAULT 0, spent_fen bigint CHECK (spent_fen >= 0),
    settled boolean NOT NULL DEFAULT false,     -- as it stands, its account was accepted
    PRIMARY KEY (office_id, contract_id, code),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    CHECK (planned_fen + moved_fen >= 0), CHECK (spent_fen <= planned_fen + moved_fen)
);
CREATE TABLE budget_shift (
    office_id integer NOT NULL, id uuid NOT NULL, contract_id uuid NOT NULL, from_code text NOT NULL, to_code text NOT NULL,
    amount_fen bigint NOT NULL CHECK (amount_fen > 0), reason text NOT NULL,
    state text NOT NULL CHECK (state IN ('free', 'proposed', 'approved', 'refused')),
    proposed timestamptz NOT NULL, proposed_by uuid NOT NULL REFERENCES person,
    decided timestamptz, decided_by uuid REFERENCES person, note text,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, contract_id, from_code) REFERENCES budget_line,
    FOREIGN KEY (office_id, contract_id, to_code) REFERENCES budget_line,
    CHECK (from_code <> to_code), CHECK ((state IN ('approved', 'refused')) = (decided_by IS NOT NULL)), CHECK (decided_by <> proposed_by)
);
CREATE INDEX ON budget_shift (office_id, contract_id);

-- What an organisation was called on a day; papers of that day name it so.
CREATE FUNCTION named_then(organisation uuid, at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT c.name FROM linli.organisation_change c
                     WHERE c.organisation_id = o.id AND c.kind = 'renamed' AND c.at > named_then.at ORDER BY c.at LIMIT 1), o.name)
    FROM linli.organisation o WHERE o.id = named_then.organisation
$$;
REVOKE ALL ON FUNCTION named_then(uuid, timestamptz) FROM PUBLIC;

-- A panel as everybody may know it, once the result of its lot was announced; NULL before, and where nobody sat.  Members by their public
-- numbers; how far each was from the mean of the panel only of what is given, whose scores are public in full: in points, over all marks the
-- member shares with others, with its sign (`bias`) and without (`distance`).  While an evaluation is made again nothing of its marks is told, and
-- of what was locked since only once a result followed; where bids are decided one by one, of each bid with what it was granted alone.
CREATE FUNCTION panel_told(p_office integer, p_lot uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = linli, pg_temp AS $$
    WITH m AS (SELECT x.* FROM panel_member x WHERE x.office_id = p_office AND x.lot_id = p_lot
                 AND EXISTS (SELECT FROM notice n WHERE n.office_id = p_office AND n.kind = 'result' AND n.body ->> 'lot' = p_lot::text)),
    given AS (SELECT t.regime IN ('grants', 'charity') AS yes FROM lot l JOIN tender t ON t.office_id = l.office_id AND t.id = l.tender_id
             WHERE l.office_id = p_office AND l.id = p_lot),
    singly AS (SELECT EXISTS (SELECT FROM milestone x WHERE x.office_id = p_office AND x.lot_id = p_lot AND x.kind = 'reported' AND x.bid_id IS NOT NULL) AS yes),
    sat AS (SELECT s.* FROM sheet s JOIN m ON m.id = s.member_id, singly WHERE s.office_id = p_office AND m.state = 'present'
            AND (NOT singly.yes OR EXISTS (SELECT FROM award w WHERE w.office_id = p_office AND w.lot_id = p_lot AND w.bid_id = s.bid_id AND w.announced IS NOT NULL))),
    s AS (SELECT x.id, x.member_id, x.bid_id FROM sat x WHERE x.state = 'locked' AND NOT EXISTS (SELECT FROM sat o WHERE o.state = 'open')
            AND x.locked <= (SELECT max(n.published) FROM notice n WHERE n.office_id = p_office AND n.kind = 'result' AND n.body ->> 'lot' = p_lot::text)),
    apart AS (SELECT s.member_id, k.value - avg(k.value) OVER w AS fall, count(*) OVER w AS beside
              FROM s JOIN mark k ON k.office_id = p_office AND k.sheet_id = s.id WINDOW w AS (PARTITION BY s.bid_id, k.criterion)),
    d AS (SELECT o.member_id, count(*) AS marks, trim_scale(round(avg(o.fall) / 1000000, 2))::text AS bias, trim_scale(round(avg(abs(o.fall)) / 1000000, 2))::text AS distance
          FROM apart o, given WHERE given.yes AND o.beside > 1 GROUP BY o.member_id)
    SELECT jsonb_build_object(
        'sat', count(*) FILTER (WHERE m.state = 'present'), 'experts', count(*) FILTER (WHERE m.state = 'present' AND m.kind = 'expert'),
        'excused', count(*) FILTER (WHERE m.state = 'excused'), 'replaced', count(*) FILTER (WHERE m.state = 'replaced' AND m.replaced_reason IS DISTINCT FROM 'named afresh'),
        'sat_out', (SELECT count(*) FROM recusal r WHERE r.office_id = p_office AND r.member_id IN (SELECT id FROM m WHERE state = 'present')),
        'sheets', (SELECT count(*) FROM s),
        'members', jsonb_agg(jsonb_strip_nulls(jsonb_build_object('member', 'E' || m.no, 'kind', m.kind, 'marks', d.marks, 'bias', d.bias, 'distance', d.distance)) ORDER BY m.no)
                   FILTER (WHERE m.state = 'present'))
    FROM m LEFT JOIN d ON d.member_id = m.id HAVING count(*) > 0
$$;
REVOKE ALL ON FUNCTION panel_told(integer, uuid) FROM PUBLIC;
-- The panels of an office and year together: counts, and how often the one sat who sat most; nobody's name.
CREATE FUNCTION panels_told(p_office integer, p_year integer) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = linli, pg_temp AS $$
    WITH told AS (SELECT (n.body ->> 'lot')::uuid AS lot FROM notice n WHERE n.office_id = p_office AND n.kind = 'result'
                  GROUP BY 1 HAVING date_part('year', max(n.published) AT TIME ZONE 'Asia/Shanghai') = p_year),
    m AS (SELECT x.* FROM panel_member x JOIN told ON told.lot = x.lot_id WHERE x.office_id = p_office),
    often AS (SELECT m.person_id, count(*) AS times FROM m WHERE m.state = 'present' GROUP BY m.person_id)
    SELECT jsonb_build_object('panels', count(DISTINCT m.lot_id), 'sittings', count(*) FILTER (WHERE m.state = 'present'),
        'evaluators', (SELECT count(*) FROM often), 'most', (SELECT coalesce(max(times), 0) FROM often),
        'excused', count(*) FILTER (WHERE m.state = 'excused'), 'replaced', count(*) FILTER (WHERE m.state = 'replaced' AND m.replaced_reason IS DISTINCT FROM 'named afresh'),
        'sat_out', (SELECT count(*) FROM recusal r WHERE r.office_id = p_office AND r.member_id IN (SELECT id FROM m WHERE state = 'present')))
    FROM m
$$;
REVOKE ALL ON FUNCTION panels_told(integer, integer) FROM PUBLIC;
COMMIT;
