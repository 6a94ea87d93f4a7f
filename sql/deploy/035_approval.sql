-- Deploy linli:035_approval to pg
-- Approval chains as data: for an office, an act and a sum an ordered list of posts and bodies, and what they said.
BEGIN;
SET LOCAL search_path = linli;

-- A leading group, a works committee, the board of a fund: it meets, votes and leaves minutes.
CREATE TABLE body (
    office_id integer NOT NULL REFERENCES office, id uuid NOT NULL,
    name text NOT NULL, name_en text NOT NULL,
    -- a share a/b; "over": more than it, else at least it
    quorum_a integer NOT NULL, quorum_b integer NOT NULL, quorum_over boolean NOT NULL,     -- present, of those entitled
    consent_a integer NOT NULL, consent_b integer NOT NULL, consent_over boolean NOT NULL,  -- in favour
    consent_of text NOT NULL CHECK (consent_of IN ('present', 'entitled')),
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    CHECK (quorum_a >= 0 AND quorum_a <= quorum_b AND quorum_b > 0),
    CHECK (consent_a >= 0 AND consent_a <= consent_b AND consent_b > 0)
);
CREATE TABLE body_member (
    office_id integer NOT NULL, id uuid NOT NULL, body_id uuid NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    head boolean NOT NULL,
    valid_from date NOT NULL, valid_until date,         -- until is the last day
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, body_id) REFERENCES body
);
CREATE INDEX ON body_member (office_id, body_id);

-- The bodies of which a person is head on a day.
CREATE FUNCTION bodies_headed(person uuid, day date) RETURNS TABLE (office_id integer, body_id uuid)
LANGUAGE sql STABLE AS $$
    SELECT m.office_id, m.body_id FROM linli.body_member m
    WHERE m.person_id = person AND m.head AND m.valid_from <= day AND (m.valid_until IS NULL OR m.valid_until >= day)
$$;
REVOKE ALL ON FUNCTION bodies_headed(uuid, date) FROM PUBLIC;

CREATE TABLE chain (
    office_id integer NOT NULL REFERENCES office, id uuid NOT NULL,
    act text NOT NULL,
    regime text CHECK (regime IN ('statutory', 'sub_threshold', 'grants', 'charity')),     -- NULL: every one
    least_fen bigint NOT NULL CHECK (least_fen >= 0),   -- the sum from which it holds
    ended boolean NOT NULL DEFAULT false,
    made timestamptz NOT NULL, made_by uuid NOT NULL REFERENCES person,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX chain_once ON chain (office_id, act, coalesce(regime, ''), least_fen) WHERE NOT ended;
CREATE TABLE chain_step (
    office_id integer NOT NULL, chain_id uuid NOT NULL, no integer NOT NULL,
    post_id uuid, body_id uuid,
    days integer CHECK (days BETWEEN 1 AND 60),         -- working days it may take
    PRIMARY KEY (office_id, chain_id, no),
    FOREIGN KEY (office_id, chain_id) REFERENCES chain,
    FOREIGN KEY (office_id, post_id) REFERENCES post,
    FOREIGN KEY (office_id, body_id) REFERENCES body,
    CHECK ((post_id IS NULL) <> (body_id IS NULL))
);

-- What was asked of a chain: an act on a subject as it stood.  Another version of the subject asks anew.
CREATE TABLE approval (
    office_id integer NOT NULL, id uuid NOT NULL, chain_id uuid NOT NULL,
    act text NOT NULL, subject uuid NOT NULL, subject_version integer NOT NULL, amount_fen bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'approved', 'refused', 'withdrawn')),
    step integer NOT NULL, due timestamptz, escalated timestamptz,      -- of the step that is waited for
    asked timestamptz NOT NULL, asked_by uuid NOT NULL REFERENCES person,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, chain_id) REFERENCES chain
);
CREATE UNIQUE INDEX approval_once ON approval (office_id, act, subject) WHERE state = 'open';
CREATE INDEX ON approval (office_id, subject);
CREATE TABLE approval_step (
    office_id integer NOT NULL, approval_id uuid NOT NULL, no integer NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('approved', 'refused')),
    person_id uuid NOT NULL REFERENCES person,          -- the holder, or the head of the body
    at timestamptz NOT NULL, reason text, meeting jsonb,
    PRIMARY KEY (office_id, approval_id, no),
    FOREIGN KEY (office_id, approval_id) REFERENCES approval
);
COMMIT;
