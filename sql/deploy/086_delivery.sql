-- Deploy linli:086_delivery to pg
-- How a contract is carried out beyond its tranches: what is taken off a payment and why.
BEGIN;
SET LOCAL search_path = linli;

-- What a contract says is taken off for lateness, refused service and the like: entered by one person, approved by a second,
-- taken off the tranches that are let out next until it is used up.
CREATE TABLE deduction (
    office_id integer NOT NULL, id uuid NOT NULL, contract_id uuid NOT NULL, tranche_id uuid,     -- NULL: of any tranche
    ground text NOT NULL CHECK (ground IN ('late', 'report_late', 'service_refused', 'quality', 'other')),
    rate_ppm bigint CHECK (rate_ppm BETWEEN 1 AND 1000000), days integer CHECK (days BETWEEN 1 AND 3660),     -- where it is counted
    amount_fen bigint NOT NULL CHECK (amount_fen > 0), taken_fen bigint NOT NULL DEFAULT 0 CHECK (taken_fen BETWEEN 0 AND amount_fen),
    reason text NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
    proposed timestamptz NOT NULL, proposed_by uuid NOT NULL REFERENCES person,
    decided timestamptz, decided_by uuid REFERENCES person, note text,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    FOREIGN KEY (office_id, tranche_id) REFERENCES tranche,
    CHECK (state <> 'approved' OR decided_by IS NOT NULL AND decided_by <> proposed_by),
    CHECK (taken_fen = 0 OR state = 'approved')
);
CREATE INDEX ON deduction (office_id, contract_id);

-- How the sum of a tranche was found when it was let out, term by term.
CREATE TABLE payable (
    office_id integer NOT NULL, tranche_id uuid NOT NULL, at timestamptz NOT NULL,
    planned_fen  bigint NOT NULL CHECK (planned_fen >= 0),      -- what the plan gave it
    score_fen    bigint NOT NULL CHECK (score_fen >= 0),        -- less by its evaluation
    retained_fen bigint NOT NULL CHECK (retained_fen >= 0),     -- kept until the day the contract names
    deducted_fen bigint NOT NULL CHECK (deducted_fen >= 0),     -- penalties
    set_off_fen  bigint NOT NULL CHECK (set_off_fen >= 0),      -- against money asked back
    advance_fen  bigint NOT NULL CHECK (advance_fen >= 0),      -- paid in advance, or not accepted
    payable_fen  bigint NOT NULL CHECK (payable_fen >= 0),
    PRIMARY KEY (office_id, tranche_id),
    FOREIGN KEY (office_id, tranche_id) REFERENCES tranche,
    CHECK (payable_fen = planned_fen - score_fen - retained_fen - deducted_fen - set_off_fen - advance_fen)
);
COMMIT;
