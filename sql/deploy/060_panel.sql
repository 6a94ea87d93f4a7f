-- Deploy linli:060_panel to pg
-- Who scores, what they gave, who voted.
BEGIN;
SET LOCAL search_path = linli;

CREATE TABLE panel_member (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL, lot_id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    kind      text NOT NULL CHECK (kind IN ('expert', 'representative')),
    chair     boolean NOT NULL DEFAULT false,
    no        integer NOT NULL,                 -- E1, E2 .. in what is published
    state     text NOT NULL CHECK (state IN ('assigned', 'present', 'excused', 'replaced')),
    unblinded timestamptz,                      -- may know whose bid is whose: every blind mark of the panel is locked
    signed_in timestamptz, declared timestamptz, conflict boolean, conflict_reason text, report_signed timestamptz, dissent text,
    replaces_id uuid, replaced_reason text,     -- whose place this member took; why one left
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, lot_id, person_id),
    UNIQUE (office_id, lot_id, no),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot
);

-- How far the panel of a lot has come.  Nobody sees another's marks before `locked`.
CREATE TABLE sitting (
    office_id integer NOT NULL, lot_id uuid NOT NULL,
    locked    timestamptz,                      -- every sheet is
    evaluated timestamptz,                      -- the evaluation rests on these sheets
    PRIMARY KEY (office_id, lot_id),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot
);

-- One sheet a member and bid.
CREATE TABLE sheet (
    office_id integer NOT NULL, id uuid NOT NULL, lot_id uuid NOT NULL, member_id uuid NOT NULL, bid_id uuid NOT NULL,
    state     text NOT NULL CHECK (state IN ('open', 'locked')),
    saved     timestamptz NOT NULL, locked timestamptz,
    blind_locked timestamptz,                   -- its marks on the blind criteria are
    version   integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, member_id, bid_id),
    FOREIGN KEY (office_id, member_id) REFERENCES panel_member,
    FOREIGN KEY (office_id, bid_id) REFERENCES bid
);
CREATE TABLE mark (
    office_id integer NOT NULL, sheet_id uuid NOT NULL, criterion text NOT NULL,
    value bigint NOT NULL, shown text NOT NULL, reason text NOT NULL,       -- shown: as it was written
    PRIMARY KEY (office_id, sheet_id, criterion),
    FOREIGN KEY (office_id, sheet_id) REFERENCES sheet
);
-- What a member promised of its marks on a bid (SHA-256 of a nonce and the sheet), signed; the last one counts.
CREATE TABLE mark_commit (
    office_id integer NOT NULL, lot_id uuid NOT NULL, member_id uuid NOT NULL, bid_id uuid NOT NULL,
    commitment bytea NOT NULL CHECK (length(commitment) = 32), key bytea NOT NULL CHECK (length(key) = 32),
    at timestamptz NOT NULL, revealed timestamptz,      -- revealed and the sheet open again: another one is due
    PRIMARY KEY (office_id, member_id, bid_id),
    FOREIGN KEY (office_id, member_id) REFERENCES panel_member,
    FOREIGN KEY (office_id, bid_id) REFERENCES bid
);
-- A sheet is opened again only on a ground of order 87 article 64: the chair asks, an approver agrees; the marks
-- it then held stay on record.
CREATE TABLE sheet_request (
    office_id integer NOT NULL, id uuid NOT NULL, sheet_id uuid NOT NULL,
    ground text NOT NULL CHECK (ground IN ('sum_wrong', 'out_of_range', 'objective_differs', 'abnormal')),
    reason text NOT NULL, person_id uuid NOT NULL REFERENCES person, at timestamptz NOT NULL,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, sheet_id) REFERENCES sheet
);
CREATE TABLE sheet_reopened (
    office_id integer NOT NULL, id uuid NOT NULL,       -- of the request
    person_id uuid NOT NULL REFERENCES person, at timestamptz NOT NULL, marks jsonb NOT NULL,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, id) REFERENCES sheet_request
);
CREATE TABLE panel_report (
    office_id integer NOT NULL, lot_id uuid NOT NULL, summary text NOT NULL, at timestamptz NOT NULL, person_id uuid NOT NULL REFERENCES person,
    void timestamptz,                           -- a sheet or the panel changed after it, or other minutes came
    settled timestamptz,                        -- minutes of what was decided one by one: signed by all
    PRIMARY KEY (office_id, lot_id, at),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot
);

-- An evaluation that was reported on is made again only on a ground the rules name: asked for, approved by a second
-- person, reported anew.  What it overtook stays in `before`, the marks in sheet_reopened.
CREATE TABLE review (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL, lot_id uuid NOT NULL,
    ground text NOT NULL CHECK (ground IN ('qualification_wrong', 'sum_wrong', 'out_of_range', 'objective_differs', 'abnormal')),
    bid_id uuid, reason text NOT NULL,
    asked  timestamptz NOT NULL, asked_by uuid NOT NULL REFERENCES person,
    state  text NOT NULL CHECK (state IN ('asked', 'refused', 'approved', 'done')),
    decided timestamptz, decided_by uuid REFERENCES person, note text, before jsonb,
    done timestamptz, changed boolean,          -- the order of the bids is another now
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot,
    FOREIGN KEY (office_id, bid_id) REFERENCES bid,
    CHECK (state IN ('asked', 'refused') OR decided_by <> asked_by),
    CHECK (state = 'asked' OR decided IS NOT NULL)
);
CREATE UNIQUE INDEX review_once ON review (office_id, lot_id) WHERE state IN ('asked', 'approved');

-- An abnormally low price: the bidder is asked to explain it, the panel accepts the explanation or not.
CREATE TABLE explanation (
    office_id integer NOT NULL, bid_id uuid NOT NULL, asked timestamptz NOT NULL,
    body text, answered timestamptz, answered_by uuid REFERENCES person,
    accepted boolean, judged timestamptz, judged_by uuid REFERENCES person, reason text,
    PRIMARY KEY (office_id, bid_id),
    FOREIGN KEY (office_id, bid_id) REFERENCES bid
);

-- Who may vote: a roll of numbers; one ballot a number.
CREATE TABLE roll (
    office_id integer NOT NULL REFERENCES office, id uuid NOT NULL, name text NOT NULL, size bigint NOT NULL DEFAULT 0,
    created timestamptz NOT NULL, version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id)
);
CREATE TABLE roll_entry (
    office_id integer NOT NULL, roll_id uuid NOT NULL, number text NOT NULL, person_id uuid REFERENCES person, area text NOT NULL DEFAULT '',
    PRIMARY KEY (office_id, roll_id, number),
    FOREIGN KEY (office_id, roll_id) REFERENCES roll
);
CREATE UNIQUE INDEX roll_person ON roll_entry (office_id, roll_id, person_id) WHERE person_id IS NOT NULL;
CREATE TABLE ballot (
    office_id integer NOT NULL, tender_id uuid NOT NULL, lot_no integer NOT NULL, number text NOT NULL,  -- roll number
    source text NOT NULL CHECK (source IN ('paper', 'online')), area text NOT NULL DEFAULT '',
    choices jsonb NOT NULL,                     -- [[bid key, value], ..] in rank order
    entered_by uuid REFERENCES person, at timestamptz NOT NULL,  -- NULL: who voted online, and was erased
    id uuid NOT NULL,                           -- random, what the published ballot is called: made of nothing that is known
    PRIMARY KEY (office_id, tender_id, lot_no, number),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender
);

-- Paper ballots that one person typed in: they count once another has typed in the same.  Digests, one a ballot, and nothing else of them.
CREATE TABLE ballot_batch (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL, lot_id uuid NOT NULL,
    digests   text[] NOT NULL CHECK (cardinality(digests) > 0),
    entered   timestamptz NOT NULL, entered_by uuid NOT NULL REFERENCES person,
    state     text NOT NULL DEFAULT 'entered' CHECK (state IN ('entered', 'counted', 'dropped')),
    decided   timestamptz, decided_by uuid REFERENCES person, reason text,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot,
    CHECK ((state = 'entered') = (decided IS NULL)), CHECK (decided_by <> entered_by OR state = 'dropped')
);
CREATE INDEX ballot_batch_of ON ballot_batch (office_id, lot_id, entered);

-- The secret of a lot's draws, made at publication: its digest is published with the tender (lot.draw_commitment), itself with
-- the first draw.
CREATE TABLE draw_secret (
    office_id integer NOT NULL, lot_id uuid NOT NULL, secret bytea NOT NULL CHECK (length(secret) = 32),
    PRIMARY KEY (office_id, lot_id),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot
);

-- 专家库: who may be drawn for panels of this office and those below it.  A row is a stretch of time; other fields are another row.
CREATE TABLE expert (
    office_id integer NOT NULL REFERENCES office, id uuid NOT NULL, person_id uuid NOT NULL REFERENCES person,
    fields    text[] NOT NULL CHECK (cardinality(fields) > 0), basis text NOT NULL,
    entered   timestamptz NOT NULL, entered_by uuid NOT NULL REFERENCES person,
    gone      timestamptz, gone_by uuid REFERENCES person, gone_reason text,
    PRIMARY KEY (office_id, id),
    CHECK ((gone IS NULL) = (gone_by IS NULL) AND (gone IS NULL) = (gone_reason IS NULL))
);
CREATE UNIQUE INDEX expert_once ON expert (office_id, person_id) WHERE gone IS NULL;

-- The secret of the draw of a lot's panel, made at publication; another than that of its ties, which is shown later.
CREATE TABLE panel_secret (
    office_id integer NOT NULL, lot_id uuid NOT NULL, secret bytea NOT NULL CHECK (length(secret) = 32), commitment bytea NOT NULL,
    PRIMARY KEY (office_id, lot_id),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot
);
-- A panel's draw: the pool is fixed first, read out later, once (core/trust/lots.h).  pool, excluded: the two texts.
CREATE TABLE panel_draw (
    office_id integer NOT NULL, lot_id uuid NOT NULL,
    pool_office integer NOT NULL REFERENCES office, field text, experts integer NOT NULL, representatives uuid[] NOT NULL,
    pool      text NOT NULL, excluded text NOT NULL,
    sources   text[] NOT NULL, read_at timestamptz,     -- named sources of chance and the instant they are read; none: the secret
    frozen    timestamptz NOT NULL, frozen_by uuid NOT NULL REFERENCES person,
    drawn     timestamptz, drawn_by uuid REFERENCES person, readings text[], witnesses text, seed bytea, drawn_order uuid[],
    PRIMARY KEY (office_id, lot_id),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot,
    CHECK ((cardinality(sources) = 0) = (read_at IS NULL)), CHECK ((drawn IS NULL) = (seed IS NULL))
);
-- What became of each one drawn, in their order.
CREATE TABLE panel_turn (
    office_id integer NOT NULL, lot_id uuid NOT NULL, no integer NOT NULL,     -- of drawn_order, from 1
    expert_id uuid NOT NULL, outcome text NOT NULL CHECK (outcome IN ('seated', 'tied', 'unavailable')),
    why text, member_id uuid, at timestamptz NOT NULL,
    PRIMARY KEY (office_id, lot_id, no),
    FOREIGN KEY (office_id, lot_id) REFERENCES panel_draw
);

-- A public draw.  seed: the secret of the lot, in hex.  participants: SHA-256 over a line "KEY DIGEST" for each bid of the lot, by
-- key, with the digest of its file.  keys: first drawn first, that is sorted by SHA-256("linli/draw/v1", lot, seed, participants,
-- purpose, key in decimal, joined by LF), so that anybody can draw again.
CREATE TABLE draw (
    office_id integer NOT NULL, id uuid NOT NULL, lot_id uuid NOT NULL, purpose text NOT NULL,
    keys bigint[] NOT NULL, seed text NOT NULL, participants bytea NOT NULL, witnesses text NOT NULL, at timestamptz NOT NULL, person_id uuid NOT NULL REFERENCES person,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, lot_id, purpose),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot
);
COMMIT;
