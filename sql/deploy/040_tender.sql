-- Deploy linli:040_tender to pg
-- A tender and its lots: what was published, where they stand, what was decided and on which facts.
BEGIN;
SET LOCAL search_path = linli;

CREATE TABLE tender (
    office_id    integer NOT NULL REFERENCES office,
    id           uuid NOT NULL,
    number       text,                          -- 310105011-2026-0007, given at publication; gaps allowed
    entry_id     uuid,                          -- the line of the list it came from
    follows      uuid,                          -- the tender of which failed lots are tendered anew
    under        uuid,                          -- the lot whose agreements it is called off from (框架协议第二阶段)
    supplements  uuid,                          -- the lot whose agreements it adds to (补充征集)
    title        text NOT NULL, summary text NOT NULL,
    contact_person text, contact_phone text,     -- who answers about this one (项目联系人)
    category     text NOT NULL CHECK (category IN ('goods', 'works', 'services', 'public_good')),
    regime       text NOT NULL CHECK (regime IN ('statutory', 'sub_threshold', 'grants', 'charity')),
    mechanism    text NOT NULL, mechanism_version text, mechanism_sha256 text,      -- version: frozen at publication
    scheme       text NOT NULL, scheme_version text, scheme_sha256 text,
    options      jsonb NOT NULL, scheme_options jsonb NOT NULL,
    acceptance   jsonb,                         -- {scheme, options} by which what is delivered is evaluated; version and sha256 frozen with it
    rule_set     text, rules jsonb,             -- code and content of the set in force at publication
    plan         jsonb,                         -- frozen at publication
    budget_fen   bigint NOT NULL CHECK (budget_fen > 0),
    ceiling_fen  bigint CHECK (ceiling_fen > 0 AND ceiling_fen <= budget_fen),
    state        text NOT NULL CHECK (state IN ('draft', 'published', 'bidding', 'opened', 'checked', 'evaluated', 'decided',
                     'announced', 'contracted', 'delivering', 'closed', 'void', 'cancelled')),
    sealing      text CHECK (sealing IN ('open_bids', 'sealed_to_due', 'sealed_to_opening', 'two_envelopes')),
    published    timestamptz, deadline timestamptz, deadline_provisional boolean NOT NULL DEFAULT false,
    opened       timestamptz,
    electorate   bigint NOT NULL DEFAULT 0,
    roll_id      uuid,
    shared_pool  boolean NOT NULL DEFAULT false,        -- the lots draw on the tender's budget together, each up to its own
    years        smallint NOT NULL DEFAULT 1 CHECK (years BETWEEN 1 AND 3),     -- contracts of a year each under one award (一招三年)
    most_bids    integer CHECK (most_bids > 0), most_awards integer CHECK (most_awards > 0),     -- of one organisation, in lots
    answers_until timestamptz,                     -- until when bidders answer the record of the opening; NULL: nobody is asked
    openers      bytea,                         -- SHA-256 of the text that names who opens its bids (opener_set); NULL: nobody in particular
    must_seal    boolean NOT NULL DEFAULT false,        -- bids are containers sealed to them, never plain files
    co_key_minutes integer CHECK (co_key_minutes > 0),  -- mode K2: so long after the deadline bidders show the keys they keep; NULL: they keep none
    marks_committed boolean NOT NULL DEFAULT false,     -- members commit to their marks before anybody reveals any
    blind_criteria text[] NOT NULL DEFAULT '{}',        -- marked first, by who does not know whose bid it is (暗标)
    blind_files  text[] NOT NULL DEFAULT '{}',          -- kinds of files that are read meanwhile; they carry no name
    reason       text,                          -- of a cancellation or a failure
    ways         jsonb,                         -- lawful ways on after a failure
    invitation_commitment bytea,                -- what is told beforehand of the secret by which those invited are drawn
    created      timestamptz NOT NULL, created_by uuid NOT NULL REFERENCES person,
    version      integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, number)
);
CREATE INDEX tender_by_deadline ON tender (office_id, deadline, id) WHERE published IS NOT NULL;
CREATE INDEX tender_by_published ON tender (published, id) WHERE published IS NOT NULL;
CREATE INDEX tender_by_office ON tender (office_id, published, id) WHERE published IS NOT NULL;
CREATE INDEX tender_calls ON tender (deadline, id) WHERE state = 'bidding';
CREATE INDEX tender_by_entry ON tender (office_id, entry_id);
CREATE INDEX tender_follows ON tender (office_id, follows) WHERE follows IS NOT NULL;
CREATE INDEX tender_under ON tender (office_id, under) WHERE under IS NOT NULL;
CREATE INDEX tender_supplements ON tender (office_id, supplements) WHERE supplements IS NOT NULL;

-- The unit that is decided.  Until opening a lot stands where its tender stands.
CREATE TABLE lot (
    office_id   integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL,
    no          integer NOT NULL CHECK (no > 0),
    title       text NOT NULL,
    budget_fen  bigint NOT NULL CHECK (budget_fen > 0), ceiling_fen bigint CHECK (ceiling_fen > 0 AND ceiling_fen <= budget_fen),
    phase       text, phase_kind text,          -- of the plan; NULL: not published
    round       integer NOT NULL DEFAULT 1,
    phase_since timestamptz, phase_due timestamptz, provisional boolean NOT NULL DEFAULT false,
    state       text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'bidding', 'opened', 'checked', 'evaluated', 'decided',
                    'announced', 'contracted', 'delivering', 'closed', 'void', 'cancelled')),
    waiting     text CHECK (waiting IN ('approval', 'ballots', 'draw', 'explanation', 'lots', 'prices')),   -- approval: step asked for one; ballots: to be typed in again; lots: those before it are decided first; prices: to be opened
    reason      jsonb,                          -- lines of the last failure or question
    ways        jsonb,                          -- lawful ways on, for a person to choose
    way         text, way_by uuid REFERENCES person,    -- the one chosen, and by whom
    follows     uuid,                           -- the lot that failed and is tendered anew as this one
    draw_commitment bytea,                      -- SHA-256 over the secret its draws will use, published with the tender
    sees        text[] NOT NULL DEFAULT '{}',   -- who reads what in this phase: 'prices:organisation'
    version     integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, tender_id, no),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender
);

-- What has happened to a lot, as the facts tell it (LINLI_PUBLISHED ..).
CREATE TABLE milestone (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL,
    lot_id    uuid,                             -- NULL: of the whole tender
    kind      text NOT NULL, role text NOT NULL, at timestamptz NOT NULL, bid_id uuid,
    phase     text,                             -- of the lot, as it happened: where a lot fails it goes on to another at once
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender
);
CREATE INDEX ON milestone (office_id, tender_id, at);

-- What a person must have done by a day: spans of the plan that end with somebody's act.  They bind nobody by themselves;
-- they are tasks, and late ones are seen by those who watch.
CREATE TABLE deadline (
    office_id integer NOT NULL, tender_id uuid NOT NULL, lot_id uuid NOT NULL,
    code      text NOT NULL, until text NOT NULL,       -- of the plan's window; the milestone that meets it
    began     timestamptz NOT NULL, due timestamptz NOT NULL, met timestamptz,
    PRIMARY KEY (office_id, lot_id, code),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot
);
CREATE INDEX deadline_open ON deadline (office_id, due) WHERE met IS NULL;

-- Every answer of a plug-in that changed something: enough to ask it again.
CREATE TABLE decision (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL, lot_id uuid,
    question  text NOT NULL,                    -- plan, step, admit, evaluate, award, schedule, release
    plugin    text NOT NULL, plugin_version text NOT NULL, plugin_sha256 text NOT NULL,
    options   text NOT NULL, facts text NOT NULL, answer text NOT NULL,     -- canonical JSON
    at        timestamptz NOT NULL,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender
);
CREATE INDEX ON decision (office_id, tender_id, at);

CREATE TABLE notice (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid, list_id uuid,
    kind      text NOT NULL,                    -- tender, correction, result, termination, contract, acceptance ...
    title     text NOT NULL, body jsonb NOT NULL,
    published timestamptz NOT NULL, period_ends timestamptz,
    replaces  uuid, reason text,                -- the notice it stands in place of, and why
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, replaces) REFERENCES notice
);
-- How to reach the office and who answers about the project, as each of the statutory notices ends (财办库〔2020〕50号); "{}" where nothing is known.
CREATE FUNCTION notice_contacts(p_office integer, p_tender uuid) RETURNS jsonb LANGUAGE sql STABLE SET search_path = linli, pg_temp AS $$
    SELECT CASE WHEN told = '{}' THEN '{}' ELSE jsonb_build_object('contacts', jsonb_build_object('name', o.name) || told) END
    FROM office o LEFT JOIN tender t ON t.office_id = p_office AND t.id = p_tender,
         LATERAL jsonb_strip_nulls(jsonb_build_object('address', o.address, 'contact_person', o.contact_person, 'phone', o.phone,
                                                      'project_contact', t.contact_person, 'project_phone', t.contact_phone)) told
    WHERE o.office_id = p_office
$$;
CREATE UNIQUE INDEX notice_replaced ON notice (office_id, replaces) WHERE replaces IS NOT NULL;
CREATE INDEX ON notice (office_id, published, id);
CREATE INDEX ON notice (published, id);
CREATE INDEX ON notice (office_id, tender_id);

CREATE TABLE question (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL,
    organisation_id uuid REFERENCES organisation,       -- never shown
    body text NOT NULL, asked timestamptz NOT NULL, due timestamptz,
    answer text, answered timestamptz, answered_by uuid REFERENCES person,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender
);

-- The secret of the draw of those invited, made with the draft, before anybody is named: its digest is told with the draft and its
-- event (tender.invitation_commitment), itself with the draw.
CREATE TABLE invitation_secret (
    office_id integer NOT NULL, tender_id uuid NOT NULL, secret bytea NOT NULL CHECK (length(secret) = 32),
    PRIMARY KEY (office_id, tender_id),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender
);

-- Who may bid where not everybody may, and how it was drawn.  The list is fixed at once and stays.  seed: the secret in hex, where
-- some were drawn of more; the order is that of core/trust/lots.h over a pool named like the tender.
CREATE TABLE invitation (
    office_id integer NOT NULL, tender_id uuid NOT NULL, organisation_id uuid NOT NULL REFERENCES organisation,
    source    text NOT NULL CHECK (source IN ('prequalified', 'pool', 'recommended')),
    place     integer NOT NULL,                 -- in the order of the draw
    invited   boolean NOT NULL,
    seed      text, witnesses text,
    at        timestamptz NOT NULL, by uuid NOT NULL REFERENCES person,
    PRIMARY KEY (office_id, tender_id, organisation_id),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender
);

-- Running number of printed ids per office and year.
CREATE TABLE series (
    office_id integer NOT NULL, kind text NOT NULL, year integer NOT NULL, last integer NOT NULL,
    PRIMARY KEY (office_id, kind, year)
);
COMMIT;
