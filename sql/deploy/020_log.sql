-- Deploy linli:020_log to pg
-- What every act writes: its event, its idempotency answer, the deadlines it sets, the messages it sends.
BEGIN;
SET LOCAL search_path = linli;

-- One row an act, in the act's own transaction; numbered later by the sequencer.
CREATE TABLE event_queue (
    office_id integer NOT NULL,                 -- 0: shared things
    id        uuid NOT NULL,                    -- random: tells nothing of order
    at        timestamptz NOT NULL,             -- legal time
    actor     uuid,                             -- NULL: nobody, or the clock
    role      text NOT NULL,
    act       text NOT NULL,
    subject_kind text NOT NULL, subject uuid,
    tender_id uuid,
    sealed    boolean NOT NULL DEFAULT false,   -- not shown before opening
    salt      bytea NOT NULL CHECK (length(salt) = 32),
    payload   text NOT NULL,                    -- canonical JSON (RFC 8785)
    PRIMARY KEY (office_id, id)
);
CREATE INDEX ON event_queue (office_id, tender_id, at) WHERE tender_id IS NOT NULL;
CREATE INDEX ON event_queue (office_id, subject, at);

CREATE TABLE idempotency (
    actor        text NOT NULL,                 -- person, or '' for nobody
    key          text NOT NULL CHECK (length(key) BETWEEN 16 AND 64),
    office_id    integer NOT NULL,
    request_hash bytea NOT NULL CHECK (length(request_hash) = 32),
    status       integer NOT NULL,
    answer       text NOT NULL, subject text, etag text,
    keep         boolean NOT NULL,              -- money and bids: for ever; else 24 h
    at           timestamptz NOT NULL,          -- real time
    PRIMARY KEY (actor, key)
);
CREATE INDEX ON idempotency (at) WHERE NOT keep;

CREATE TABLE due (
    office_id integer NOT NULL,
    id        uuid NOT NULL,
    at        timestamptz NOT NULL,             -- legal time
    act       text NOT NULL,
    subject   uuid NOT NULL,
    tender_id uuid,
    done      timestamptz, failed text, tries integer NOT NULL DEFAULT 0,
    PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX due_once ON due (office_id, subject, act) WHERE done IS NULL;
CREATE INDEX due_open ON due (office_id, at) WHERE done IS NULL;

CREATE TABLE outbox (
    office_id integer NOT NULL, id uuid NOT NULL,
    kind text NOT NULL, recipient text NOT NULL, body jsonb NOT NULL,
    created timestamptz NOT NULL, sent timestamptz, tries integer NOT NULL DEFAULT 0,
    PRIMARY KEY (office_id, id)
);

-- Any object carries files; public or internal, a redacted copy beside the original.
CREATE TABLE attachment (
    office_id    integer NOT NULL,
    id           uuid NOT NULL,
    object_kind  text NOT NULL, object_id uuid NOT NULL,
    name         text NOT NULL,
    kind         text NOT NULL,                 -- what it is: 'notice', 'report', 'voucher' ...
    sha256       bytea NOT NULL REFERENCES blob,
    public       boolean NOT NULL,
    redacted_of  uuid,
    added        timestamptz NOT NULL, added_by uuid,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, redacted_of) REFERENCES attachment
);
CREATE INDEX ON attachment (office_id, object_id);
COMMIT;
