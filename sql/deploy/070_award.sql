-- Deploy linli:070_award to pg
-- Awards, objections, contracts and what became of them, tranches, deliveries.
BEGIN;
SET LOCAL search_path = linli;

CREATE TABLE award (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL, lot_id uuid NOT NULL, bid_id uuid NOT NULL,
    standing  text NOT NULL CHECK (standing IN ('winner', 'reserve')),
    place     integer NOT NULL CHECK (place > 0),
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    why       jsonb NOT NULL, decision_id uuid NOT NULL,
    state     text NOT NULL CHECK (state IN ('proposed', 'announced', 'contracted', 'refused', 'withdrawn', 'closed', 'stopped')),
    decided   timestamptz NOT NULL, decided_by uuid NOT NULL REFERENCES person,
    confirmed timestamptz, confirmed_by uuid REFERENCES person,        -- a second person
    announced timestamptz,
    reason    text,                             -- why it was refused, withdrawn or stopped
    version   integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot,
    FOREIGN KEY (office_id, bid_id) REFERENCES bid,
    CHECK (confirmed_by IS DISTINCT FROM decided_by)
);
CREATE UNIQUE INDEX award_once ON award (office_id, lot_id, bid_id) WHERE state NOT IN ('withdrawn', 'refused');

CREATE TABLE objection (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL, lot_id uuid, bid_id uuid, organisation_id uuid REFERENCES organisation,
    person_id uuid NOT NULL REFERENCES person,
    kind  text NOT NULL CHECK (kind IN ('documents', 'process', 'result')),
    phase text NOT NULL, body text NOT NULL, relevant boolean NOT NULL DEFAULT true,
    state text NOT NULL CHECK (state IN ('open', 'founded', 'unfounded', 'withdrawn')),
    filed timestamptz NOT NULL, due timestamptz NOT NULL, overdue timestamptz, answered timestamptz, answer text, effect text, answered_by uuid REFERENCES person,
    consequence text CHECK (consequence IN ('none', 'correct', 'next', 'again')),      -- of a founded one
    channel text NOT NULL DEFAULT 'objection' CHECK (channel IN ('objection', 'review', 'report', 'complaint')),
    reviews uuid,                               -- the objection whose answer is looked at again
    taken timestamptz, note text,               -- a report was taken up; a complaint held or let go on
    hold_ends timestamptz,                      -- by then an authority's suspension is over: a task to lift it or to hear it is prolonged
    lifting timestamptz, lifting_by uuid REFERENCES person,     -- the first of two who write down that a complaint holds no longer
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender,
    FOREIGN KEY (office_id, reviews) REFERENCES objection,
    CHECK ((channel = 'review') = (reviews IS NOT NULL)),
    CHECK (channel <> 'report' OR organisation_id IS NULL)      -- who reports is a person, and not told on
);
CREATE INDEX ON objection (office_id, tender_id);
CREATE UNIQUE INDEX objection_reviewed ON objection (office_id, reviews);

CREATE TABLE contract (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL, award_id uuid NOT NULL, number text NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisation,
    amount_fen bigint NOT NULL CHECK (amount_fen >= 0),        -- 0: an agreement under which others are called off; it binds no money
    starts date NOT NULL, ends date NOT NULL, terms text NOT NULL,
    retention_ppm bigint CHECK (retention_ppm BETWEEN 1 AND 500000), retention_until date,       -- of each tranche but an advance
    drawn_up timestamptz NOT NULL, drawn_up_by uuid NOT NULL REFERENCES person,
    signed_office uuid REFERENCES person, signed_office_at timestamptz,
    signed_organisation uuid REFERENCES person, signed_organisation_at timestamptz,
    signed timestamptz,                         -- when both had
    state  text NOT NULL CHECK (state IN ('draft', 'signed', 'suspended', 'closed', 'stopped')),
    year_no smallint NOT NULL DEFAULT 1 CHECK (year_no BETWEEN 1 AND 3), renews uuid,       -- which year of its award, after which contract
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, number),
    FOREIGN KEY (office_id, award_id) REFERENCES award,
    FOREIGN KEY (office_id, renews) REFERENCES contract,
    CHECK (ends >= starts),
    CHECK ((year_no = 1) = (renews IS NULL)),
    CHECK ((retention_ppm IS NULL) = (retention_until IS NULL))
);
CREATE INDEX ON contract (office_id, tender_id);
CREATE UNIQUE INDEX contract_once ON contract (office_id, award_id, year_no);
-- What was decided at the end of a year that may be followed by another under the same award.
CREATE TABLE renewal (
    office_id integer NOT NULL, contract_id uuid NOT NULL,      -- of the year that ends
    decision text NOT NULL CHECK (decision IN ('renewed', 'refused', 'failed')),
    reason text NOT NULL, next_id uuid,
    amount_fen bigint CHECK (amount_fen > 0),   -- of the year that follows, as it was drawn up
    decided timestamptz NOT NULL, decided_by uuid REFERENCES person,    -- NULL: it follows from the evaluation
    PRIMARY KEY (office_id, contract_id),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    FOREIGN KEY (office_id, next_id) REFERENCES contract,
    CHECK (decision <> 'renewed' OR next_id IS NOT NULL AND amount_fen IS NOT NULL),
    CHECK ((decision = 'failed') = (decided_by IS NULL))
);

CREATE TABLE tranche (
    office_id integer NOT NULL, id uuid NOT NULL, contract_id uuid NOT NULL, no integer NOT NULL CHECK (no > 0),
    code text NOT NULL, name text NOT NULL, name_en text NOT NULL,
    amount_fen bigint NOT NULL,                 -- nothing is left of one whose part was settled otherwise
    trigger_on text NOT NULL CHECK (trigger_on IN ('signing', 'milestone', 'acceptance', 'date')), due_on date,
    advance boolean NOT NULL DEFAULT false,
    state  text NOT NULL CHECK (state IN ('planned', 'reported', 'accepted', 'refused', 'released', 'paid', 'stopped')),
    accepted_fen bigint NOT NULL DEFAULT 0 CHECK (accepted_fen >= 0),
    released_fen bigint NOT NULL DEFAULT 0 CHECK (released_fen BETWEEN 0 AND amount_fen), paid_fen bigint NOT NULL DEFAULT 0 CHECK (paid_fen BETWEEN 0 AND released_fen),
    recovered_fen bigint NOT NULL DEFAULT 0 CHECK (recovered_fen BETWEEN 0 AND paid_fen),
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, contract_id, no),
    UNIQUE (office_id, contract_id, code),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    CHECK (amount_fen > 0 OR amount_fen = 0 AND state = 'stopped')
);

-- What became of a signed contract: asked for by one person, agreed by the other side where it binds it, approved by a
-- second person, and only then applied (linli.contract_apply).
CREATE TABLE contract_change (
    office_id integer NOT NULL, id uuid NOT NULL, contract_id uuid NOT NULL, no integer NOT NULL CHECK (no > 0),
    kind   text NOT NULL CHECK (kind IN ('supplement', 'change', 'suspend', 'resume', 'terminate', 'succeed', 'revoke')),
    reason text NOT NULL,
    amount_fen bigint CHECK (amount_fen >= 0),  -- of a supplement; what a terminated contract is worth as far as it was done
    ends date, terms text,
    name text, name_en text, trigger_on text CHECK (trigger_on IN ('signing', 'milestone', 'acceptance', 'date')), due_on date,
    tranches jsonb,                             -- [[id, amount in fen], ..] of those that change
    organisation_id uuid REFERENCES organisation,       -- the successor
    ground text CHECK (ground IN ('disqualified', 'unlawful', 'ordered', 'ended')),          -- of a revocation, and what follows
    consequence text CHECK (consequence IN ('next', 'again')),
    before jsonb,                               -- what it replaced
    proposed timestamptz NOT NULL, proposed_by uuid NOT NULL REFERENCES person,
    by_contractor boolean NOT NULL DEFAULT false,       -- it asked to leave its agreement itself
    agreed   timestamptz, agreed_by uuid REFERENCES person,
    state  text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
    decided timestamptz, decided_by uuid REFERENCES person, note text,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, contract_id, no),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    CHECK (state = 'proposed' OR decided_by IS NOT NULL),
    CHECK (state <> 'approved' OR decided_by <> proposed_by),
    CHECK (kind NOT IN ('supplement', 'terminate') OR amount_fen IS NOT NULL),
    CHECK (kind <> 'supplement' OR amount_fen > 0),
    CHECK (kind <> 'succeed' OR organisation_id IS NOT NULL),
    CHECK ((kind = 'revoke') = (ground IS NOT NULL AND consequence IS NOT NULL)),
    CHECK (kind <> 'revoke' OR amount_fen = 0)
);
CREATE UNIQUE INDEX contract_change_open ON contract_change (office_id, contract_id) WHERE state = 'proposed';

-- What the rules ask of the office by a day, towards somebody outside: a filing, a notice, a statement. Done outside, written down here.
CREATE TABLE duty (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL, lot_id uuid,
    code      text NOT NULL, source text NOT NULL,      -- of the rule, and its article on that day
    subject_kind text NOT NULL, subject uuid NOT NULL,
    about     text,                             -- what came in, where something did
    began     timestamptz NOT NULL, due timestamptz NOT NULL,
    done      date, done_at timestamptz, done_by uuid REFERENCES person, reference text, note text,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender,
    CHECK ((done IS NULL) = (done_by IS NULL))
);
CREATE INDEX duty_open ON duty (office_id, due) WHERE done IS NULL;

-- What came on paper, by telephone or over the counter and is entered for whoever sent it (代办): the act it asks for, as its own body, takes
-- effect once a second person of the office has confirmed it.  Of a secret act the digest of the body alone is kept: the second types it again.
CREATE TABLE behalf (
    office_id integer NOT NULL, id uuid NOT NULL, number text NOT NULL,       -- of the receipt
    act       text NOT NULL, target uuid,                       -- what it is done to; NULL: the office itself
    tender_id uuid, lot_id uuid,                                -- of the target
    organisation_id uuid REFERENCES organisation, person_id uuid REFERENCES person,     -- for whom; both NULL: somebody without an account
    sender    text NOT NULL, contact text,                      -- who sent it, and how to reach them
    channel   text NOT NULL CHECK (channel IN ('paper', 'phone', 'visit')),
    received  timestamptz NOT NULL, posted timestamptz CHECK (posted <= received),      -- by its postmark
    content   jsonb, content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
    entered   timestamptz NOT NULL, entered_by uuid NOT NULL REFERENCES person,
    state     text NOT NULL DEFAULT 'entered' CHECK (state IN ('entered', 'confirmed', 'refused')),
    decided   timestamptz, decided_by uuid REFERENCES person, reason text,
    made      uuid,                                             -- what came of it
    version   integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, number),
    CHECK (received <= entered),
    CHECK ((state = 'entered') = (decided IS NULL)),
    CHECK (state <> 'confirmed' OR decided_by <> entered_by)
);
CREATE INDEX behalf_made ON behalf (office_id, made) WHERE made IS NOT NULL;

-- A document brought to whom it is for, or put up for everybody: from the moment of service windows run that count from it.
CREATE TABLE service (
    office_id integer NOT NULL, id uuid NOT NULL, object_kind text NOT NULL REFERENCES object_kind, object_id uuid NOT NULL, tender_id uuid,
    way       text NOT NULL CHECK (way IN ('portal', 'post', 'hand', 'board')),
    organisation_id uuid REFERENCES organisation, recipient text, place text, reference text,
    sent      timestamptz NOT NULL, served timestamptz, until date,
    note      text, entered timestamptz NOT NULL, entered_by uuid NOT NULL REFERENCES person,
    served_entered timestamptz, served_by uuid REFERENCES person,
    version   integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    CHECK (served >= sent),
    CHECK ((served IS NULL) = (served_by IS NULL)),
    CHECK (way = 'board' OR recipient IS NOT NULL),
    CHECK (way <> 'board' OR place IS NOT NULL)
);
CREATE INDEX service_object ON service (office_id, object_id);

-- A report of what was done, and what the office or an assessor found of it.
CREATE TABLE delivery (
    office_id integer NOT NULL, id uuid NOT NULL, tranche_id uuid NOT NULL, paper text NOT NULL,      -- code of the paper rule
    body text NOT NULL, reported timestamptz NOT NULL, reported_by uuid NOT NULL REFERENCES person,
    finding text CHECK (finding IN ('accepted', 'refused')), finding_role text, found timestamptz, found_by uuid REFERENCES person, finding_reason text,
    score_micro bigint CHECK (score_micro BETWEEN 0 AND 100000000), value_fen bigint CHECK (value_fen >= 0),
    figures jsonb,                              -- what it counts: [{name, value, unit}, ..]
    own jsonb, marks jsonb, answers jsonb,      -- by indicator: what the organisation says, what was found, what users answered
    grade smallint CHECK (grade BETWEEN 1 AND 4), factor_ppm bigint CHECK (factor_ppm BETWEEN 0 AND 1000000),     -- what follows from them
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tranche_id) REFERENCES tranche
);
CREATE INDEX ON delivery (office_id, tranche_id);

-- What those served think of a report, each once; it leaves the report to whoever accepts it.
CREATE TABLE opinion (
    office_id integer NOT NULL, id uuid NOT NULL, delivery_id uuid NOT NULL, at timestamptz NOT NULL,
    person_id uuid REFERENCES person,           -- NULL: came over the counter from somebody without an account
    finding text NOT NULL CHECK (finding IN ('accepted', 'refused')), reason text NOT NULL,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, delivery_id, person_id),
    FOREIGN KEY (office_id, delivery_id) REFERENCES delivery
);

-- What the evaluations of a contract say of its year as a whole: the last that counts was passed, was not, or is still to come.
-- A contract ended before its time did not pass.
CREATE FUNCTION year_found(p_office integer, p_contract uuid, p_at timestamptz) RETURNS text
LANGUAGE sql STABLE SET search_path = linli, pg_temp AS $$
    SELECT CASE WHEN c.state = 'stopped' THEN 'failed'
                WHEN x.id IS NULL THEN 'waits'
                WHEN x.finding = 'refused' OR g.grade = 4 THEN 'failed'
                ELSE 'passed' END
      FROM contract c
      LEFT JOIN LATERAL (SELECT d.id, d.finding FROM tranche t JOIN delivery d ON d.office_id = t.office_id AND d.tranche_id = t.id
                          WHERE t.office_id = c.office_id AND t.contract_id = c.id AND d.finding IS NOT NULL AND d.found <= p_at
                          ORDER BY d.found DESC, d.id DESC LIMIT 1) x ON true
      LEFT JOIN LATERAL (SELECT d.grade FROM tranche t JOIN delivery d ON d.office_id = t.office_id AND d.tranche_id = t.id
                          WHERE t.office_id = c.office_id AND t.contract_id = c.id AND d.grade IS NOT NULL AND d.found <= p_at
                          ORDER BY d.found DESC, d.id DESC LIMIT 1) g ON true
     WHERE c.office_id = p_office AND c.id = p_contract
$$;

-- May another year still follow under an award, or is one of its contracts but this one open?
CREATE FUNCTION award_goes_on(p_office integer, p_award uuid, p_but uuid, p_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = linli, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM contract c WHERE c.office_id = p_office AND c.award_id = p_award AND c.id IS DISTINCT FROM p_but
                      AND (c.state IN ('signed', 'suspended') OR c.state = 'draft' AND c.renews IS NOT NULL))
        OR EXISTS (SELECT 1 FROM contract c JOIN tender t ON t.office_id = c.office_id AND t.id = c.tender_id
                    WHERE c.office_id = p_office AND c.award_id = p_award AND c.signed IS NOT NULL AND c.year_no < t.years
                      AND NOT EXISTS (SELECT 1 FROM renewal r WHERE r.office_id = c.office_id AND r.contract_id = c.id)
                      AND (c.id IS DISTINCT FROM p_but AND c.state <> 'closed' OR year_found(p_office, c.id, p_at) <> 'failed'))
$$;
-- The first of the earlier lots that is not decided yet; NULL: none.
CREATE FUNCTION lot_before(p_office integer, p_tender uuid, p_no integer) RETURNS integer LANGUAGE sql STABLE SET search_path = linli, pg_temp AS $$
    SELECT min(l.no) FROM lot l
    WHERE l.office_id = p_office AND l.tender_id = p_tender AND l.no < p_no
      AND l.state NOT IN ('decided', 'announced', 'contracted', 'delivering', 'closed', 'void', 'cancelled')
      AND NOT EXISTS (SELECT 1 FROM award w WHERE w.office_id = l.office_id AND w.lot_id = l.id AND w.state NOT IN ('withdrawn', 'refused'))
$$;
REVOKE ALL ON FUNCTION year_found(integer, uuid, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION award_goes_on(integer, uuid, uuid, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION lot_before(integer, uuid, integer) FROM PUBLIC;
COMMIT;
