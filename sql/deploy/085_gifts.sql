-- Deploy linli:085_gifts to pg
-- Gifts that were received elsewhere and are recorded here.  Nothing is raised from the public on the platform (慈善法 §27, §114).
BEGIN;
SET LOCAL search_path = linli;

CREATE TABLE gift (
    office_id integer NOT NULL, id uuid NOT NULL, fund_id uuid NOT NULL,
    appropriation_id uuid,                      -- the money of a cash gift; in kind and pledges have none
    kind   text NOT NULL CHECK (kind IN ('cash', 'in_kind', 'service', 'pledge')),
    donor  text NOT NULL,                       -- for the fund's own books
    shown  text,                                -- what the public reads; NULL: the donor wants no name
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    restriction text,                           -- the field of service it is given for; NULL: the fund's purpose
    receipt text,                               -- number of the donation receipt (捐赠票据)
    received date NOT NULL, recorded timestamptz NOT NULL, recorded_by uuid NOT NULL REFERENCES person,
    reversed timestamptz,                       -- its entry was an error: two people took it back
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, fund_id) REFERENCES fund,
    FOREIGN KEY (office_id, appropriation_id) REFERENCES appropriation,
    CHECK ((kind = 'cash') = (appropriation_id IS NOT NULL)),
    CHECK (kind = 'pledge' OR receipt IS NOT NULL)
);
CREATE INDEX ON gift (office_id, fund_id, received, id);
-- The number of one that was entered wrongly serves once more.
CREATE UNIQUE INDEX gift_live ON gift (office_id, receipt) WHERE reversed IS NULL;
COMMIT;
