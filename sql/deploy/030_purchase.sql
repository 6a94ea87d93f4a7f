-- Deploy linli:030_purchase to pg
-- Before the tender: needs and proposals, the project library, the yearly list and its versions.
BEGIN;
SET LOCAL search_path = linli;

CREATE TABLE need (
    office_id     integer NOT NULL REFERENCES office,
    id            uuid NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('need', 'proposal')),
    source        text NOT NULL CHECK (source IN ('department', 'committee', 'resident', 'organisation')),
    title         text NOT NULL, body text NOT NULL,
    field         text NOT NULL, beneficiaries text NOT NULL, place text NOT NULL,
    cost_fen      bigint CHECK (cost_fen >= 0),
    person_id     uuid NOT NULL REFERENCES person, organisation_id uuid REFERENCES organisation,
    state         text NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'reviewed', 'merged', 'accepted', 'refused')),
    reason        text, merged_into uuid,
    created       timestamptz NOT NULL, changed timestamptz NOT NULL,
    version       integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, merged_into) REFERENCES need,
    CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
    CHECK (state NOT IN ('returned', 'refused') OR reason IS NOT NULL)
);
CREATE INDEX ON need (office_id, changed, id);

-- The project library (项目库).
CREATE TABLE project (
    office_id   integer NOT NULL REFERENCES office,
    id          uuid NOT NULL,
    need_id     uuid,
    contract_id uuid,                                   -- the grant it grew out of, done and paid to the end
    title       text NOT NULL, goals text NOT NULL, field text NOT NULL, beneficiaries text NOT NULL, place text NOT NULL,
    budget_fen  bigint NOT NULL CHECK (budget_fen > 0),
    state       text NOT NULL CHECK (state IN ('stored', 'listed', 'closed')),
    created     timestamptz NOT NULL, changed timestamptz NOT NULL,
    version     integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, need_id) REFERENCES need
);
CREATE INDEX ON project (office_id, changed, id);
CREATE UNIQUE INDEX project_of_contract ON project (office_id, contract_id);

-- The yearly purchase list (购买服务项目清单).
CREATE TABLE list (
    office_id integer NOT NULL REFERENCES office,
    id        uuid NOT NULL,
    year      integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    title     text NOT NULL,
    state     text NOT NULL CHECK (state IN ('draft', 'approved', 'published', 'closed')),
    edition   integer NOT NULL DEFAULT 0,       -- 1 at publication, one more with each adjustment
    threshold_fen bigint,                       -- purchases above it are statutory; for the warning of splitting
    created_by uuid NOT NULL REFERENCES person, approved_by uuid REFERENCES person, published timestamptz, closed timestamptz,
    created   timestamptz NOT NULL,
    version   integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX list_year ON list (office_id, year);

CREATE TABLE list_entry (
    office_id     integer NOT NULL REFERENCES office,
    id            uuid NOT NULL,
    list_id       uuid NOT NULL,
    number        text NOT NULL,
    project_id    uuid,
    name          text NOT NULL, department text NOT NULL, field text NOT NULL, beneficiaries text NOT NULL, place text NOT NULL,
    budget_fen    bigint NOT NULL CHECK (budget_fen > 0),
    fund_id       uuid,
    budget_item   text NOT NULL, catalogue_code text NOT NULL,
    regime        text NOT NULL CHECK (regime IN ('statutory', 'sub_threshold', 'grants', 'charity')),
    method        text NOT NULL,                -- id of the mechanism
    planned_month integer NOT NULL CHECK (planned_month BETWEEN 1 AND 12),
    term_months   integer NOT NULL CHECK (term_months BETWEEN 1 AND 60),
    officer       text NOT NULL,
    state         text NOT NULL CHECK (state IN ('planned', 'stopped', 'in_tender', 'contracted', 'done', 'dropped')),
    stopped_by    text,                         -- the negative list's reason
    outcome       text,
    version       integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, list_id, number),
    FOREIGN KEY (office_id, list_id) REFERENCES list,
    FOREIGN KEY (office_id, project_id) REFERENCES project
);
CREATE INDEX ON list_entry (office_id, budget_item, catalogue_code);
CREATE INDEX ON list_entry (office_id, list_id, id);

-- Each publication and adjustment, dated and with its reason; the list as it then stood.
CREATE TABLE list_edition (
    office_id integer NOT NULL, list_id uuid NOT NULL, edition integer NOT NULL,
    at timestamptz NOT NULL, reason text NOT NULL, person_id uuid NOT NULL REFERENCES person,
    entries jsonb NOT NULL,
    PRIMARY KEY (office_id, list_id, edition),
    FOREIGN KEY (office_id, list_id) REFERENCES list
);

-- What may not be bought (负面清单), by catalogue code prefix; office 0 of the path is inherited downwards.
CREATE TABLE negative (
    office_id integer NOT NULL REFERENCES office,
    code      text NOT NULL, reason text NOT NULL,
    PRIMARY KEY (office_id, code)
);
COMMIT;
