-- Deploy linli:080_money to pg
-- Funds and their years, and payments; the ledger itself is 090.
BEGIN;
SET LOCAL search_path = linli;

CREATE TABLE fund (
    office_id integer NOT NULL REFERENCES office, id uuid NOT NULL, code text NOT NULL, name text NOT NULL, name_en text NOT NULL,
    purpose text NOT NULL, regimes text[] NOT NULL, created timestamptz NOT NULL, version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, code)
);
CREATE TABLE appropriation (
    office_id integer NOT NULL, id uuid NOT NULL, fund_id uuid NOT NULL, year integer NOT NULL, budget_item text NOT NULL,
    currency text NOT NULL DEFAULT 'CNY' CHECK (currency = 'CNY'), name text NOT NULL, created timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, fund_id, year, budget_item),
    FOREIGN KEY (office_id, fund_id) REFERENCES fund
);

CREATE TABLE invoice (
    office_id integer NOT NULL, id uuid NOT NULL, tranche_id uuid NOT NULL, number text NOT NULL, amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    received timestamptz NOT NULL, person_id uuid NOT NULL REFERENCES person,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tranche_id) REFERENCES tranche
);

CREATE TABLE payment (
    office_id integer NOT NULL, id uuid NOT NULL, tranche_id uuid NOT NULL, amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    state text NOT NULL CHECK (state IN ('ordered', 'approved', 'sent', 'settled', 'failed', 'returned', 'refused')),
    maker uuid NOT NULL REFERENCES person, checker uuid REFERENCES person, bank_ref text,
    ordered timestamptz NOT NULL, approved timestamptz, sent timestamptz, settled timestamptz, reason text,
    pay_by timestamptz,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tranche_id) REFERENCES tranche,
    CHECK (state IN ('ordered', 'refused') OR checker IS NOT NULL),
    CHECK (checker IS DISTINCT FROM maker)
);
CREATE UNIQUE INDEX one_live_payment ON payment (office_id, tranche_id) WHERE state NOT IN ('failed', 'returned', 'refused');
COMMIT;
