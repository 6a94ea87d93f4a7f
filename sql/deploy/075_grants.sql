-- Deploy linli:075_grants to pg
-- What grants need beyond purchases: papers about an application, who sits out which, who is kept out.
BEGIN;
SET LOCAL search_path = linli;

-- A paper about a bid: asked for with a last day (退回补正), or handed in unasked; accepted or not by who is entitled.
CREATE TABLE paper (
    office_id integer NOT NULL, id uuid NOT NULL, lot_id uuid NOT NULL, bid_id uuid NOT NULL, rule text NOT NULL,
    asked  timestamptz, asked_by uuid REFERENCES person, lacking text, due timestamptz,
    given  timestamptz, given_by uuid REFERENCES person, body text,
    finding text CHECK (finding IN ('accepted', 'refused')), finding_role text, found timestamptz, found_by uuid REFERENCES person,
    reason text,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, lot_id) REFERENCES lot,
    FOREIGN KEY (office_id, bid_id) REFERENCES bid,
    CHECK (asked IS NOT NULL OR given IS NOT NULL),
    CHECK ((asked IS NULL) = (lacking IS NULL) AND (asked IS NULL) = (due IS NULL)),
    CHECK ((given IS NULL) = (body IS NULL)),
    CHECK (finding IS NULL OR given IS NOT NULL AND found_by IS DISTINCT FROM given_by)
);
CREATE INDEX ON paper (office_id, bid_id);

-- A member of the panel that sits out one bid, where the plan keeps it for the others.
CREATE TABLE recusal (
    office_id integer NOT NULL, member_id uuid NOT NULL, bid_id uuid NOT NULL,
    reason text NOT NULL, at timestamptz NOT NULL,
    PRIMARY KEY (office_id, member_id, bid_id),
    FOREIGN KEY (office_id, member_id) REFERENCES panel_member,
    FOREIGN KEY (office_id, bid_id) REFERENCES bid
);

-- Organisations an office keeps out of its own programme for a time.  The bans of authorities are not its to give: it records them
-- with their paper, and they hold for the offices below it as well.
CREATE TABLE exclusion (
    office_id integer NOT NULL, id uuid NOT NULL, organisation_id uuid NOT NULL REFERENCES organisation,
    ground text NOT NULL CHECK (ground IN ('evaluation_failed', 'false_data', 'diverted', 'breach', 'banned', 'other')),
    authority text, document text,              -- of a ban: who gave it, by which paper
    reason text NOT NULL, contract_id uuid,
    starts timestamptz NOT NULL, ends timestamptz NOT NULL,
    decided_by uuid REFERENCES person,          -- NULL: the mechanism, with the contract it stopped
    lifted timestamptz, lifted_by uuid REFERENCES person, lifted_reason text,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    CHECK (ends > starts),
    CHECK ((lifted IS NULL) = (lifted_reason IS NULL)),
    CHECK (decided_by IS NOT NULL OR contract_id IS NOT NULL),
    CHECK ((ground = 'banned') = (authority IS NOT NULL) AND (authority IS NULL) = (document IS NULL))
);
CREATE INDEX ON exclusion (office_id, organisation_id);
COMMIT;
