-- Deploy linli:050_bid to pg
-- Bids: what came in before the deadline, byte by byte; what they said, once opened.
BEGIN;
SET LOCAL search_path = linli;

-- One row an accepted envelope.  The last that is not withdrawn counts; earlier ones stay.
CREATE TABLE bid (
    office_id       integer NOT NULL, id uuid NOT NULL, tender_id uuid NOT NULL, lot_no integer NOT NULL CHECK (lot_no > 0),
    organisation_id uuid REFERENCES organisation,               -- the lead party; NULL: a resident's proposal
    person_id       uuid NOT NULL REFERENCES person,
    sha256          bytea NOT NULL CHECK (length(sha256) = 32), bytes bigint NOT NULL CHECK (bytes > 0),
    received        timestamptz NOT NULL,       -- arrival of its last byte, legal time
    withdrawn       timestamptz, replaced_by uuid,
    key             integer,                    -- 1..n in uuid order among those that count, given at opening
    number          integer,                    -- printed serial in the order of arrival, given with the key
    state           text NOT NULL DEFAULT 'sealed' CHECK (state IN ('sealed', 'open', 'void', 'withdrawn', 'replaced')),
    void_reason     text,
    not_admitted    jsonb,                      -- why, as the mechanism last said when bids were compared or the lot failed; NULL: it is
    price_fen       bigint,                     -- last quote, known once opened
    content         jsonb,                      -- as read at opening
    price_sha256    bytea CHECK (length(price_sha256) = 32),    -- in two envelopes: of the container its price is in, known once the other is opened
    co_key          bytea CHECK (length(co_key) = 32), co_key_shown timestamptz,    -- the key that its bidder kept (mode K2), once it is shown
    PRIMARY KEY (office_id, id),
    CHECK ((co_key IS NULL) = (co_key_shown IS NULL))
);
CREATE INDEX bid_by_tender ON bid (office_id, tender_id, lot_no, id);
CREATE UNIQUE INDEX bid_live ON bid (office_id, tender_id, lot_no, organisation_id) WHERE withdrawn IS NULL AND replaced_by IS NULL;
CREATE INDEX bid_by_organisation ON bid (organisation_id, received);

CREATE TABLE bid_party (
    office_id integer NOT NULL, bid_id uuid NOT NULL, no integer NOT NULL,
    organisation_id uuid REFERENCES organisation, name text NOT NULL,
    part text NOT NULL CHECK (part IN ('lead', 'member', 'subcontractor')),
    share_ppm bigint NOT NULL CHECK (share_ppm BETWEEN 0 AND 1000000), work text,
    PRIMARY KEY (office_id, bid_id, no),
    FOREIGN KEY (office_id, bid_id) REFERENCES bid
);
CREATE INDEX bid_party_of ON bid_party (organisation_id) WHERE organisation_id IS NOT NULL;

CREATE TABLE offer (
    office_id integer NOT NULL, bid_id uuid NOT NULL, field text NOT NULL, round integer NOT NULL,
    unit text NOT NULL, value bigint NOT NULL, at timestamptz NOT NULL,
    PRIMARY KEY (office_id, bid_id, field, round),
    FOREIGN KEY (office_id, bid_id) REFERENCES bid
);

-- Who opens the bids of a tender: a text (core/trust/openers.h) signed by each of them.  Of two envelopes each has openers of its own.
CREATE TABLE opener_set (
    office_id integer NOT NULL, tender_id uuid NOT NULL,
    envelope  integer NOT NULL CHECK (envelope IN (1, 2)),  -- 1: the bid, or its technical part; 2: its price
    sha256    bytea NOT NULL CHECK (length(sha256) = 32),
    k integer NOT NULL CHECK (k BETWEEN 1 AND n), n integer NOT NULL CHECK (n BETWEEN 1 AND 15),
    note      text NOT NULL,                    -- with the signatures
    signers   text[] NOT NULL,                  -- keys that signed, in the order of the openers; empty: the signer of this server
    added     timestamptz NOT NULL, added_by uuid REFERENCES person,
    PRIMARY KEY (office_id, tender_id, envelope),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender
);
-- What a lot had taken in when it closed; logged before anything is opened.  Of two envelopes the prices close for themselves, once the
-- marks are locked and the report is signed.
CREATE TABLE closing (
    office_id integer NOT NULL, lot_id uuid NOT NULL, tender_id uuid NOT NULL,
    envelope  integer NOT NULL CHECK (envelope IN (1, 2)),
    event_id  uuid NOT NULL, bids integer NOT NULL, root bytea NOT NULL CHECK (length(root) = 32),
    at        timestamptz NOT NULL,
    shares    text,                             -- what the signer of mode K0 showed, once they are opened
    opened    timestamptz,                      -- when what the list names was opened; of the prices alone
    PRIMARY KEY (office_id, lot_id, envelope)
);
-- What openers post: first the promise of their shares, and once enough have promised, the shares.
CREATE TABLE opener_post (
    office_id integer NOT NULL, tender_id uuid NOT NULL, envelope integer NOT NULL CHECK (envelope IN (1, 2)),
    lot_no    integer NOT NULL CHECK ((lot_no > 0) = (envelope = 2)),   -- prices close, and are opened, lot by lot; the bids of all lots at once: 0
    opener    integer NOT NULL CHECK (opener BETWEEN 1 AND 15),
    promise   bytea NOT NULL CHECK (length(promise) = 32), promised timestamptz NOT NULL, promised_by uuid NOT NULL REFERENCES person,
    shares    text, posted timestamptz,
    key       bytea CHECK (length(key) = 32),   -- of this tender alone: shown where a share does not fit, to settle whose fault it is
    PRIMARY KEY (office_id, tender_id, envelope, lot_no, opener),
    UNIQUE (office_id, tender_id, envelope, opener, promise),   -- signed once, it is not posted again for another lot
    FOREIGN KEY (office_id, tender_id, envelope) REFERENCES opener_set
);

-- What a bidder says of the record of the opening, in the time it has; silence is no objection.
CREATE TABLE opening_answer (
    office_id integer NOT NULL, bid_id uuid NOT NULL, tender_id uuid NOT NULL,
    agrees  boolean NOT NULL, reason text, at timestamptz NOT NULL, person_id uuid NOT NULL REFERENCES person,
    reply   text, replied timestamptz, replied_by uuid REFERENCES person,
    PRIMARY KEY (office_id, bid_id),
    FOREIGN KEY (office_id, bid_id) REFERENCES bid,
    CHECK (agrees OR reason IS NOT NULL), CHECK ((reply IS NULL) = (replied IS NULL)), CHECK (NOT agrees OR reply IS NULL)
);
CREATE INDEX opening_answer_of ON opening_answer (office_id, tender_id);

-- Residents who support an open proposal: each once, for as long as it does not take it back.
CREATE TABLE support (
    office_id integer NOT NULL, bid_id uuid NOT NULL, person_id uuid NOT NULL REFERENCES person,
    at timestamptz NOT NULL, withdrawn timestamptz CHECK (withdrawn >= at),
    PRIMARY KEY (office_id, bid_id, person_id),
    FOREIGN KEY (office_id, bid_id) REFERENCES bid
);
-- How many support it; how many its plan asks for (the field the core states, plugin.h), and how many of those are missing, where signatures
-- on paper that it states are more than the support online.
CREATE FUNCTION supported(p_office integer, p_tender uuid, p_bid uuid, OUT supports bigint, OUT needed bigint, OUT missing bigint)
LANGUAGE sql STABLE SET search_path = linli, pg_temp AS $$
    SELECT s.supports, n.needed, CASE WHEN n.needed IS NOT NULL THEN greatest(n.needed - greatest(s.supports, o.stated), 0) END
    FROM (SELECT count(*) AS supports FROM support s WHERE s.office_id = p_office AND s.bid_id = p_bid AND s.withdrawn IS NULL) s,
         (SELECT max((f ->> 'low')::bigint) AS needed FROM tender t, jsonb_array_elements(t.plan -> 'fields') f
          WHERE t.office_id = p_office AND t.id = p_tender AND f ->> 'by' = 'clock') n,
         (SELECT max(o.value) AS stated FROM offer o WHERE o.office_id = p_office AND o.bid_id = p_bid AND o.field = 'cosigners' AND o.unit = 'count'
          AND o.round = (SELECT max(y.round) FROM offer y WHERE y.office_id = o.office_id AND y.bid_id = o.bid_id AND y.field = o.field)) o
$$;

-- Findings about a bid (资格, 符合性), by a person entitled to make them.
CREATE TABLE bid_check (
    office_id integer NOT NULL, bid_id uuid NOT NULL, rule text NOT NULL, person_id uuid NOT NULL REFERENCES person,
    role text NOT NULL, passed boolean NOT NULL, reason text NOT NULL, at timestamptz NOT NULL,
    PRIMARY KEY (office_id, bid_id, rule, person_id),
    FOREIGN KEY (office_id, bid_id) REFERENCES bid
);
COMMIT;
