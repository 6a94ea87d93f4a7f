-- Deploy linli:010_platform to pg
-- Shared tables: offices, people, organisations, who may do what, how they prove it.
-- No office_id key: these become reference tables where PostgreSQL is distributed.
BEGIN;
CREATE SCHEMA IF NOT EXISTS linli;
SET LOCAL search_path = linli;

CREATE TABLE setting (
    name  text PRIMARY KEY,     -- 'mode': sandbox or production, 'clock_offset_us'
    value text NOT NULL
);

CREATE TABLE office (
    office_id integer PRIMARY KEY CHECK (office_id > 0),
    parent_id integer REFERENCES office,
    path      integer[] NOT NULL,       -- from the root to this one, itself included
    kind      text NOT NULL CHECK (kind IN ('city', 'district', 'street', 'community')),
    code      text NOT NULL CHECK (code ~ '^[0-9]{6,12}$'),     -- division code; not a key: streets merge
    name      text NOT NULL, name_en text NOT NULL,
    created   timestamptz NOT NULL,
    version   integer NOT NULL DEFAULT 1
);

CREATE TABLE person (
    id       uuid PRIMARY KEY,
    name     text NOT NULL,
    login    text NOT NULL UNIQUE,
    password text,                      -- Argon2id string; NULL until the one-time link was used
    employer text, family text[],       -- declared, for conflicts of interest
    created  timestamptz NOT NULL,
    blocked  boolean NOT NULL DEFAULT false,
    version  integer NOT NULL DEFAULT 1
);

CREATE TABLE organisation (
    id             uuid PRIMARY KEY,
    name           text NOT NULL, name_en text,
    kind           text NOT NULL CHECK (kind IN ('registered', 'enterprise', 'public_institution', 'filed')),
    uscc           text CHECK (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
    uscc_doubtful  boolean NOT NULL DEFAULT false,      -- the check digit does not fit
    host_id        uuid REFERENCES organisation,        -- a filed body bids through a host
    representative text, address text, phone text,
    bank_name text, bank_code text, bank_account text,
    created        timestamptz NOT NULL,
    version        integer NOT NULL DEFAULT 1,
    CHECK (kind <> 'filed' OR host_id IS NOT NULL OR uscc IS NULL)
);

-- A role at an office (and below it, where subtree) or in an organisation.
CREATE TABLE membership (
    id              uuid PRIMARY KEY,
    person_id       uuid NOT NULL REFERENCES person,
    office_id       integer REFERENCES office,
    organisation_id uuid REFERENCES organisation,
    role            text NOT NULL CHECK (role IN ('office_clerk', 'office_approver', 'agent', 'operator', 'organisation',
                        'evaluator', 'assessor', 'resident', 'supervisor', 'auditor', 'administrator')),
    subtree         boolean NOT NULL DEFAULT false,
    valid_from      date NOT NULL, valid_until date,    -- until is the last day
    CHECK ((role = 'organisation') = (organisation_id IS NOT NULL)),
    CHECK (office_id IS NOT NULL OR organisation_id IS NOT NULL)
);
CREATE INDEX ON membership (person_id);
CREATE INDEX ON membership (office_id, role);

-- Duties belong to posts with an A and a B holder and dated delegation.
CREATE TABLE post (
    office_id integer NOT NULL REFERENCES office,
    id        uuid NOT NULL,
    name      text NOT NULL, name_en text NOT NULL,
    role      text NOT NULL CHECK (role IN ('office_clerk', 'office_approver', 'agent', 'operator', 'supervisor', 'auditor')),
    version   integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id)
);
CREATE TABLE post_holder (
    office_id integer NOT NULL, id uuid NOT NULL, post_id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    place     text NOT NULL CHECK (place IN ('A', 'B', 'delegate')),
    valid_from date NOT NULL, valid_until date,
    CHECK (place <> 'delegate' OR valid_until IS NOT NULL),
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, post_id) REFERENCES post
);
CREATE INDEX ON post_holder (person_id);

CREATE TABLE session (
    hash      bytea PRIMARY KEY CHECK (length(hash) = 32),
    person_id uuid NOT NULL REFERENCES person,
    csrf      text NOT NULL,
    created   timestamptz NOT NULL, expires timestamptz NOT NULL
);
CREATE TABLE token (
    id        uuid PRIMARY KEY,
    hash      bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    person_id uuid NOT NULL REFERENCES person,
    name      text NOT NULL,
    roles     bigint NOT NULL DEFAULT 0,        -- bits it is limited to; 0: all of the person's
    created   timestamptz NOT NULL, expires timestamptz NOT NULL, revoked timestamptz
);
CREATE INDEX ON token (person_id);
CREATE TABLE login_link (
    hash      bytea PRIMARY KEY CHECK (length(hash) = 32),
    person_id uuid NOT NULL REFERENCES person,
    expires   timestamptz NOT NULL, used timestamptz
);

-- What must be unique across offices: 'uscc', 'login', 'bank_ref', 'invoice', 'sealed_sha256'.
CREATE TABLE claim (
    kind text NOT NULL, value text NOT NULL, holder text NOT NULL,
    PRIMARY KEY (kind, value)
);

CREATE TABLE blob (
    sha256   bytea PRIMARY KEY CHECK (length(sha256) = 32),
    bytes    bigint NOT NULL CHECK (bytes >= 0),
    type     text NOT NULL,                     -- found by content
    uploader uuid REFERENCES person,
    uploaded timestamptz NOT NULL,
    used     boolean NOT NULL DEFAULT false
);

-- Every plug-in that was ever let in; its file stays in the state folder.
CREATE TABLE plugin_copy (
    kind text NOT NULL, id text NOT NULL, version text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    loaded timestamptz NOT NULL,
    PRIMARY KEY (kind, id, version)
);
COMMIT;
