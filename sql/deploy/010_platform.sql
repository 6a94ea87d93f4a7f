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
    combined_duties boolean NOT NULL DEFAULT false,     -- one person may be more than one of 系统、安全、审计管理员 here
    address text, contact_person text, phone text,           -- where it is, who answers what is asked, and at which number
    second_factor   text[] NOT NULL DEFAULT '{}',       -- roles held here only by who logged in with a second factor
    version   integer NOT NULL DEFAULT 1
);

-- Every role a person can hold, as core/domain/roles.def has it: bit is its place in token.roles.  duty: those of 三员分立,
-- which nobody combines.  named: an approver may name who holds a post that carries it.
CREATE TABLE role (
    code text PRIMARY KEY, bit integer NOT NULL UNIQUE CHECK (bit BETWEEN 1 AND 31),
    member boolean NOT NULL, post boolean NOT NULL,
    duty boolean NOT NULL DEFAULT false, named boolean NOT NULL DEFAULT false
);
INSERT INTO role (code, bit, member, post, duty, named) VALUES
    ('organisation', 1, false, false, false, false), ('office_clerk', 2, true, true, false, true),
    ('office_approver', 3, true, true, false, false), ('agent', 4, true, true, false, true),
    ('operator', 5, true, true, false, true), ('evaluator', 6, true, false, false, false),
    ('assessor', 7, true, false, false, false), ('resident', 8, true, false, false, false),
    ('supervisor', 9, true, true, false, false), ('auditor', 10, true, true, true, false),
    ('administrator', 11, true, false, true, false), ('security', 12, true, false, true, false);

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

-- What a person declared of itself, for the checks of interest.  employer, contract: an organisation by name or 统一社会信用代码;
-- family: a name; the others as they are written.  Never taken back: until is its last day.
CREATE TABLE relation (
    id        uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person,
    kind      text NOT NULL CHECK (kind IN ('employer', 'family', 'phone', 'address', 'account', 'contract')),
    value     text NOT NULL, until date,
    declared  timestamptz NOT NULL
);
CREATE INDEX ON relation (person_id);

CREATE TABLE organisation (
    id             uuid PRIMARY KEY,
    name           text NOT NULL, name_en text,
    kind           text NOT NULL CHECK (kind IN ('registered', 'enterprise', 'public_institution', 'filed')),
    uscc           text CHECK (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
    uscc_doubtful  boolean NOT NULL DEFAULT false,      -- the check digit does not fit
    host_id        uuid REFERENCES organisation,        -- a filed body bids through a host
    founded        date,                                -- day of registration or filing
    representative text, address text, phone text,
    created        timestamptz NOT NULL,
    version        integer NOT NULL DEFAULT 1,
    ended          date,                                -- deregistered, or merged into another: the last day
    successor_id   uuid REFERENCES organisation,
    CHECK (kind <> 'filed' OR host_id IS NOT NULL OR uscc IS NULL),
    CHECK (successor_id IS NULL OR ended IS NOT NULL AND successor_id <> id)
);
-- What it was called before, and why that changed.
CREATE TABLE organisation_change (
    id uuid PRIMARY KEY, organisation_id uuid NOT NULL REFERENCES organisation,
    kind text NOT NULL CHECK (kind IN ('renamed', 'deregistered', 'merged', 'divided')),
    other_id uuid REFERENCES organisation CHECK ((kind = 'divided') = (other_id IS NOT NULL)),       -- who carries part of it on
    name text NOT NULL, reason text NOT NULL, at timestamptz NOT NULL, by uuid NOT NULL
);
CREATE INDEX ON organisation_change (organisation_id);
-- What it signs its sealed bids with; note: the text that says so, signed with the key itself.  No key is ever another's.
CREATE TABLE organisation_key (
    id uuid PRIMARY KEY, organisation_id uuid NOT NULL REFERENCES organisation,
    key bytea NOT NULL UNIQUE CHECK (length(key) = 32), signer text NOT NULL, note text NOT NULL,
    registered timestamptz NOT NULL, registered_by uuid NOT NULL,
    revoked timestamptz, revoked_by uuid, reason text,
    CHECK ((revoked IS NULL) = (revoked_by IS NULL) AND (revoked IS NULL) = (reason IS NULL))
);
CREATE INDEX ON organisation_key (organisation_id);
-- The one of an organisation that was in force then; any, or the one with these bytes.
CREATE FUNCTION key_then(organisation uuid, bytes bytea, then_ timestamptz) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT k.id FROM linli.organisation_key k
    WHERE k.organisation_id = organisation AND (bytes IS NULL OR k.key = bytes) AND k.registered <= then_ AND (k.revoked IS NULL OR k.revoked > then_) LIMIT 1
$$;

-- A role at an office (and below it, where subtree) or in an organisation.
CREATE TABLE membership (
    id              uuid PRIMARY KEY,
    person_id       uuid NOT NULL REFERENCES person,
    office_id       integer REFERENCES office,
    organisation_id uuid REFERENCES organisation,
    role            text NOT NULL REFERENCES role,
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
    role      text NOT NULL REFERENCES role,
    ended     date,                             -- the last day it was there
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
    strong    boolean NOT NULL DEFAULT false,   -- opened with a second factor
    created   timestamptz NOT NULL, expires timestamptz NOT NULL
);
CREATE TABLE token (
    id        uuid PRIMARY KEY,
    hash      bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    person_id uuid NOT NULL REFERENCES person,
    name      text NOT NULL,
    roles     bigint NOT NULL DEFAULT 0,        -- bits it is limited to; 0: all of the person's
    strong    boolean NOT NULL DEFAULT false,   -- asked for by who had a second factor
    created   timestamptz NOT NULL, expires timestamptz NOT NULL, revoked timestamptz
);
CREATE INDEX ON token (person_id);
CREATE TABLE login_link (
    hash      bytea PRIMARY KEY CHECK (length(hash) = 32),
    person_id uuid NOT NULL REFERENCES person,
    expires   timestamptz NOT NULL, used timestamptz
);

-- Whoever can give a link to an account in use, or take its second factor, can be its person; so somebody else agrees first, each time.
CREATE TABLE account_consent (
    id        uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person, given_by uuid NOT NULL REFERENCES person,
    given     timestamptz NOT NULL, expires timestamptz NOT NULL, used timestamptz,
    CHECK (given_by <> person_id)
);
CREATE INDEX ON account_consent (person_id);

-- A second factor (RFC 6238): in force once confirmed.  step is the last one used, so that no code serves twice.
CREATE TABLE second_factor (
    person_id uuid PRIMARY KEY REFERENCES person,
    secret    bytea CHECK (length(secret) = 20),      -- NULL: it was reset
    enrolled  timestamptz NOT NULL, confirmed timestamptz, step bigint NOT NULL DEFAULT 0,
    failed    integer NOT NULL DEFAULT 0              -- codes tried since the last right one
);
CREATE TABLE recovery_code (
    hash      bytea PRIMARY KEY CHECK (length(hash) = 32),
    person_id uuid NOT NULL REFERENCES person,
    used      timestamptz
);
CREATE INDEX ON recovery_code (person_id);

-- The posts a person holds on a day, as A, B or delegate, while they are there.
CREATE FUNCTION posts_held(person uuid, day date) RETURNS TABLE (office_id integer, post_id uuid, place text, role text)
LANGUAGE sql STABLE AS $$
    SELECT h.office_id, h.post_id, h.place, p.role
    FROM linli.post_holder h
    JOIN linli.post p ON p.office_id = h.office_id AND p.id = h.post_id
    WHERE h.person_id = person AND (p.ended IS NULL OR p.ended >= day)
      AND h.valid_from <= day AND (h.valid_until IS NULL OR h.valid_until >= day)
$$;

-- What a person holds on a day: the one place that decides it.  By membership at an office, and below it where subtree
-- (who lives in a community lives in its street and district, too); in an organisation (office 0); by post, as A, B or
-- delegate.  strong: whether the log-in had a second factor, without which a role that an office asks one for is not held.
CREATE FUNCTION held(person uuid, day date, strong boolean)
RETURNS TABLE (office_id integer, organisation_id uuid, role text) LANGUAGE sql STABLE AS $$
    SELECT o.office_id, NULL::uuid, m.role
    FROM linli.membership m
    JOIN linli.office home ON home.office_id = m.office_id
    JOIN linli.office o ON o.office_id = m.office_id OR (m.subtree AND m.office_id = ANY (o.path))
                        OR (m.role = 'resident' AND o.office_id = ANY (home.path))
    WHERE m.person_id = person AND m.organisation_id IS NULL
      AND m.valid_from <= day AND (m.valid_until IS NULL OR m.valid_until >= day)
      AND (strong OR m.role <> ALL (o.second_factor))
    UNION ALL
    SELECT 0, m.organisation_id, m.role
    FROM linli.membership m
    WHERE m.person_id = person AND m.organisation_id IS NOT NULL
      AND m.valid_from <= day AND (m.valid_until IS NULL OR m.valid_until >= day)
    UNION ALL
    SELECT h.office_id, NULL, h.role
    FROM linli.posts_held(person, day) h JOIN linli.office o ON o.office_id = h.office_id
    WHERE strong OR h.role <> ALL (o.second_factor)
$$;

-- Does the person hold nothing outside these offices?  Whoever can open the account of an organisation can bid for it: once
-- it has a password, that takes an office that has none above it.
CREATE FUNCTION person_within(person uuid, offices bigint[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT 1 FROM linli.membership m
                       WHERE m.person_id = person AND m.office_id IS NOT NULL AND m.office_id <> ALL (offices))
       AND NOT EXISTS (SELECT 1 FROM linli.post_holder h WHERE h.person_id = person AND h.office_id <> ALL (offices))
       AND (NOT EXISTS (SELECT 1 FROM linli.membership m JOIN linli.person p ON p.id = m.person_id
                        WHERE m.person_id = person AND m.organisation_id IS NOT NULL AND p.password IS NOT NULL)
            OR EXISTS (SELECT 1 FROM linli.office o WHERE o.parent_id IS NULL AND o.office_id = ANY (offices)))
$$;
REVOKE ALL ON FUNCTION posts_held(uuid, date), held(uuid, date, boolean), person_within(uuid, bigint[]) FROM PUBLIC;

-- Who wants an account: an organisation with its first person, or a resident.  Nothing of it holds before one has looked at it and another
-- agreed; then, or when it is refused, what is personal in it is gone from here.
CREATE TABLE registration (
    office_id integer NOT NULL REFERENCES office, id uuid NOT NULL,
    kind      text NOT NULL CHECK (kind IN ('organisation', 'resident')),
    name      text, organisation_kind text, uscc text, uscc_doubtful boolean NOT NULL,     -- of an organisation
    contact   text, login text, phone text, password text,
    asked     timestamptz NOT NULL,
    state     text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'checked', 'confirmed', 'refused')),
    checked   timestamptz, checked_by uuid REFERENCES person,
    decided   timestamptz, decided_by uuid REFERENCES person, reason text,
    person_id uuid REFERENCES person, organisation_id uuid REFERENCES organisation,
    PRIMARY KEY (office_id, id),
    CHECK ((kind = 'organisation') = (name IS NOT NULL)), CHECK ((kind = 'organisation') = (organisation_kind IS NOT NULL)),
    CHECK (checked_by <> decided_by OR state = 'refused'),
    CHECK ((state IN ('confirmed', 'refused')) = (decided IS NOT NULL)), CHECK (decided IS NULL OR contact IS NULL AND login IS NULL AND phone IS NULL AND password IS NULL)
);
CREATE INDEX registration_open ON registration (office_id, asked, id) WHERE state IN ('waiting', 'checked');

-- What must be unique across offices: 'uscc', 'login', 'bank_ref', 'invoice'.
CREATE TABLE claim (
    kind text NOT NULL, value text NOT NULL, holder text NOT NULL,
    PRIMARY KEY (kind, value)
);

CREATE TABLE blob (
    sha256   bytea PRIMARY KEY CHECK (length(sha256) = 32),
    bytes    bigint NOT NULL CHECK (bytes >= 0),
    type     text NOT NULL,                     -- found by content
    sealed   bytea CHECK (length(sealed) = 174), -- of a sealed bid: its header, once form and signature were found right
    used     boolean NOT NULL DEFAULT false     -- something that may be seen refers to it
);
-- Who brought a file.  Only they may name it, in a bid or at an object: to everybody else it is not there, so that nobody finds
-- a sealed bid by trying what may be in it.  used: they named it.
CREATE TABLE upload (
    sha256    bytea NOT NULL REFERENCES blob,
    person_id uuid NOT NULL REFERENCES person,
    at        timestamptz NOT NULL,
    used      boolean NOT NULL DEFAULT false,
    PRIMARY KEY (sha256, person_id)
);
CREATE INDEX ON upload (person_id) WHERE NOT used;
-- Papers an organisation keeps in one place and names in its bids instead of bringing them again.  A bid names the file, by its digest: what
-- becomes of the paper here later changes nothing of the bid.
CREATE TABLE certificate (
    id              uuid PRIMARY KEY, organisation_id uuid NOT NULL REFERENCES organisation,
    kind            text NOT NULL CHECK (kind IN ('registration', 'grade', 'qualification', 'audit_report', 'tax', 'social_insurance',
                                                  'insurance', 'account_permit', 'other')),
    name            text NOT NULL, number text, issuer text,
    valid_until     date,                       -- the last day; NULL: it does not run out
    sha256          bytea NOT NULL REFERENCES blob,
    added           timestamptz NOT NULL, added_by uuid NOT NULL REFERENCES person,
    replaces        uuid UNIQUE REFERENCES certificate,
    retired         timestamptz, retired_by uuid REFERENCES person, reason text,
    CHECK ((retired IS NULL) = (retired_by IS NULL) AND (retired IS NULL) = (reason IS NULL))
);
CREATE INDEX certificate_of ON certificate (organisation_id);
CREATE INDEX certificate_file ON certificate (sha256);
CREATE UNIQUE INDEX certificate_kept ON certificate (organisation_id, name) WHERE retired IS NULL;
-- Was the file among its papers then?  Whoever opens a bid asks it, and sees nothing else of them.
CREATE FUNCTION certified(organisation uuid, file bytea, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = linli, pg_temp AS $$
    SELECT EXISTS (SELECT FROM certificate c WHERE c.organisation_id = organisation AND c.sha256 = file AND c.added <= at
                   AND (c.retired IS NULL OR c.retired > at))
$$;
-- What a file is called that was brought under a name alone: its type ends it, and no name is a path.
CREATE FUNCTION file_called(name text, type text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT replace(name, '/', '-') || CASE type
        WHEN 'application/pdf' THEN '.pdf' WHEN 'application/ofd' THEN '.ofd' WHEN 'image/jpeg' THEN '.jpg' WHEN 'application/zip' THEN '.zip'
        WHEN 'video/mp4' THEN '.mp4' WHEN 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' THEN '.docx'
        WHEN 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' THEN '.xlsx' ELSE '' END
$$;

-- Every plug-in that was ever let in; its file stays in the state folder.
CREATE TABLE plugin_copy (
    kind text NOT NULL, id text NOT NULL, version text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    loaded timestamptz NOT NULL,
    PRIMARY KEY (kind, id, version)
);
COMMIT;
