-- Deploy linli:080_money to pg
-- Funds and their years, payments, what is asked back; the ledger itself is 090.
BEGIN;
SET LOCAL search_path = linli;

CREATE TABLE fund (
    office_id integer NOT NULL REFERENCES office, id uuid NOT NULL, code text NOT NULL, name text NOT NULL, name_en text NOT NULL,
    purpose text NOT NULL, regimes text[] NOT NULL, created timestamptz NOT NULL, version integer NOT NULL DEFAULT 1,
    holder_kind text NOT NULL DEFAULT 'finance' CHECK (holder_kind IN ('finance', 'charity', 'foundation', 'committee')),
    holder text,                                -- who holds the money and pays; NULL: the office's own finance
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, code)
);
CREATE TABLE appropriation (
    office_id integer NOT NULL, id uuid NOT NULL, fund_id uuid NOT NULL, year integer NOT NULL, budget_item text NOT NULL,
    currency text NOT NULL DEFAULT 'CNY' CHECK (currency = 'CNY'), name text NOT NULL, created timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    restriction text,                           -- the field of service donors gave it for
    origin text NOT NULL DEFAULT 'street' CHECK (origin IN ('city', 'district', 'street', 'lottery', 'donor', 'other')),
    last_request date,                          -- until when payments are asked for; NULL: no day
    carried smallint NOT NULL DEFAULT 0 CHECK (carried >= 0), carry_years smallint,     -- into how many years, and into how many at most
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, fund_id, year, budget_item),
    FOREIGN KEY (office_id, fund_id) REFERENCES fund
);
-- Money moved to another appropriation, kept for another year or given up, and what is bound to a contract or reserved for a tender budgeted again
-- in a later year: decided, asked for by one person, approved by another.
CREATE TABLE transfer (
    office_id integer NOT NULL, id uuid NOT NULL, appropriation_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('transfer', 'carry_over', 'lapse', 'again')),
    contract_id uuid, tender_id uuid,           -- whose money is budgeted again: what the one bound, or what is reserved for the other
    to_id uuid, amount_fen bigint CHECK (amount_fen > 0), last_request date,
    reason text NOT NULL, decision text NOT NULL,       -- number of what was decided on it
    consent_id uuid,                            -- the donor's consent, a file of the appropriation
    state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
    proposed timestamptz NOT NULL, proposed_by uuid NOT NULL REFERENCES person,
    decided timestamptz, decided_by uuid REFERENCES person, note text,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, appropriation_id) REFERENCES appropriation,
    FOREIGN KEY (office_id, to_id) REFERENCES appropriation,
    FOREIGN KEY (office_id, consent_id) REFERENCES attachment,
    CHECK ((kind IN ('transfer', 'again')) = (to_id IS NOT NULL)),
    CHECK ((kind = 'carry_over') = (last_request IS NOT NULL)),
    CHECK ((kind = 'carry_over') = (amount_fen IS NULL)),
    CHECK (to_id <> appropriation_id),
    CHECK (state <> 'approved' OR decided_by IS NOT NULL AND decided_by <> proposed_by),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    FOREIGN KEY (office_id, tender_id) REFERENCES tender,
    CONSTRAINT transfer_whose CHECK (num_nonnulls(contract_id, tender_id) = CASE kind WHEN 'again' THEN 1 ELSE 0 END)
);
CREATE INDEX ON transfer (office_id, appropriation_id);
CREATE INDEX transfer_again ON transfer (office_id, contract_id) WHERE kind = 'again' AND state = 'approved';
CREATE INDEX transfer_again_tender ON transfer (office_id, tender_id) WHERE kind = 'again' AND state = 'approved';
-- Who pays for a tender, and how much of its budget: one or several.
CREATE TABLE source (
    office_id integer NOT NULL, owner_id uuid NOT NULL, no smallint NOT NULL CHECK (no BETWEEN 1 AND 50), appropriation_id uuid NOT NULL,
    amount_fen bigint CHECK (amount_fen > 0),   -- NULL: all of it
    PRIMARY KEY (office_id, owner_id, no),
    UNIQUE (office_id, owner_id, appropriation_id),
    FOREIGN KEY (office_id, appropriation_id) REFERENCES appropriation
);
-- Which appropriation pays how much of a tranche, where the parties fixed that; where they did not, each pays by what it holds.
CREATE TABLE tranche_share (
    office_id integer NOT NULL, tranche_id uuid NOT NULL, appropriation_id uuid NOT NULL, amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    PRIMARY KEY (office_id, tranche_id, appropriation_id),
    FOREIGN KEY (office_id, tranche_id) REFERENCES tranche,
    FOREIGN KEY (office_id, appropriation_id) REFERENCES appropriation
);

-- What somebody else promised to bring for a contract, in step with its tranches: the organisation's own share, a donor's match.
CREATE TABLE promise (
    office_id integer NOT NULL, id uuid NOT NULL, contract_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('own_share', 'match')), promised_by text NOT NULL, rule text NOT NULL,
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    award_id uuid,                              -- of a quadratic pool: the decided result it is taken from
    recorded timestamptz NOT NULL, recorded_by uuid NOT NULL REFERENCES person,
    withdrawn timestamptz, withdrawn_by uuid REFERENCES person, note text,      -- recorded in error, or not owed any more: nothing waits for it
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, award_id) REFERENCES award,
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    CONSTRAINT promise_two CHECK (withdrawn_by <> recorded_by),
    CHECK (num_nonnulls(withdrawn, withdrawn_by, note) IN (0, 3))
);
CREATE UNIQUE INDEX promise_once ON promise (office_id, award_id) WHERE withdrawn IS NULL;
CREATE INDEX ON promise (office_id, contract_id);
CREATE TABLE evidence (
    office_id integer NOT NULL, id uuid NOT NULL, promise_id uuid NOT NULL, amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    what text NOT NULL, state text NOT NULL CHECK (state IN ('entered', 'accepted', 'refused')),
    entered timestamptz NOT NULL, entered_by uuid NOT NULL REFERENCES person,
    decided timestamptz, decided_by uuid REFERENCES person, note text,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, promise_id) REFERENCES promise,
    CHECK (state <> 'accepted' OR decided_by IS NOT NULL AND decided_by <> entered_by)
);
CREATE INDEX ON evidence (office_id, promise_id);

CREATE TABLE payment (
    office_id integer NOT NULL, id uuid NOT NULL, tranche_id uuid NOT NULL, amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    state text NOT NULL CHECK (state IN ('ordered', 'approved', 'sent', 'settled', 'failed', 'returned', 'refused')),
    maker uuid NOT NULL REFERENCES person, checker uuid REFERENCES person, bank_ref text,
    ordered timestamptz NOT NULL, approved timestamptz, sent timestamptz, settled timestamptz, reason text,
    pay_by timestamptz,
    -- Settled and come back by hand: the bank's reference of it, entered by one, entered again by another.
    back_ref text, back_by uuid REFERENCES person, back_second uuid REFERENCES person,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tranche_id) REFERENCES tranche,
    CONSTRAINT payment_back CHECK (back_second <> back_by),
    CHECK (state IN ('ordered', 'refused') OR checker IS NOT NULL),
    CHECK (checker IS DISTINCT FROM maker)
);
CREATE UNIQUE INDEX one_live_payment ON payment (office_id, tranche_id) WHERE state NOT IN ('failed', 'returned', 'refused');

-- Money asked back of a contract: by one person, approved by a second; what came back is entered by one, confirmed by another.
CREATE TABLE recovery (
    office_id integer NOT NULL, id uuid NOT NULL, contract_id uuid NOT NULL,
    amount_fen bigint NOT NULL CHECK (amount_fen > 0), recovered_fen bigint NOT NULL DEFAULT 0 CHECK (recovered_fen BETWEEN 0 AND amount_fen),
    sets_off boolean NOT NULL DEFAULT false,    -- it is taken off the next tranche
    set_off_fen bigint NOT NULL DEFAULT 0 CHECK (set_off_fen BETWEEN 0 AND recovered_fen),      -- of what was recovered
    reason text NOT NULL, due timestamptz, overdue timestamptz,
    state text NOT NULL CHECK (state IN ('proposed', 'demanded', 'recovered', 'written_off', 'refused')),
    proposed timestamptz NOT NULL, proposed_by uuid REFERENCES person,      -- NULL: the mechanism, or a settlement
    decided timestamptz, decided_by uuid REFERENCES person,
    ended timestamptz, ended_by uuid REFERENCES person, note text,          -- written off: by whom and why
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    CHECK (decided_by IS DISTINCT FROM proposed_by OR decided_by IS NULL OR state = 'refused'),
    CHECK (state <> 'written_off' OR ended_by IS NOT NULL AND ended_by IS DISTINCT FROM proposed_by)
);
CREATE INDEX ON recovery (office_id, contract_id);
CREATE TABLE receipt (
    office_id integer NOT NULL, id uuid NOT NULL, recovery_id uuid NOT NULL, amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    bank_ref text NOT NULL, state text NOT NULL CHECK (state IN ('entered', 'confirmed', 'refused', 'reversed')),
    entered timestamptz NOT NULL, entered_by uuid NOT NULL REFERENCES person,
    decided timestamptz, decided_by uuid REFERENCES person,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, recovery_id) REFERENCES recovery,
    CHECK (state NOT IN ('confirmed', 'reversed') OR decided_by IS NOT NULL AND decided_by <> entered_by)
);
-- The reference of one that was entered wrongly serves once more.
CREATE UNIQUE INDEX receipt_live ON receipt (office_id, bank_ref) WHERE state IN ('entered', 'confirmed');
CREATE INDEX ON receipt (office_id, recovery_id);

-- A tranche of an ended contract that was let out and will not be paid: taken back whole, asked for by one person, approved by another.
CREATE TABLE withdrawal (
    office_id integer NOT NULL, id uuid NOT NULL, tranche_id uuid NOT NULL, amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    reason text NOT NULL, state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
    proposed timestamptz NOT NULL, proposed_by uuid NOT NULL REFERENCES person,
    decided timestamptz, decided_by uuid REFERENCES person, note text,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tranche_id) REFERENCES tranche,
    CONSTRAINT withdrawal_two CHECK (state <> 'approved' OR decided_by IS NOT NULL AND decided_by <> proposed_by)
);
CREATE UNIQUE INDEX withdrawal_once ON withdrawal (office_id, tranche_id) WHERE state <> 'refused';

-- A journal that should not have been: asked for by one person, approved by another; then its mirror image is posted.
CREATE TABLE reversal (
    office_id integer NOT NULL, id uuid NOT NULL, appropriation_id uuid NOT NULL, journal_id uuid NOT NULL, reason text NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
    proposed timestamptz NOT NULL, proposed_by uuid NOT NULL REFERENCES person,
    decided timestamptz, decided_by uuid REFERENCES person,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, appropriation_id) REFERENCES appropriation,
    CHECK (state <> 'approved' OR decided_by IS NOT NULL AND decided_by <> proposed_by)
);
CREATE UNIQUE INDEX reversal_once ON reversal (office_id, journal_id) WHERE state <> 'refused';
COMMIT;
