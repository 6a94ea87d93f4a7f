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
    salt      bytea CHECK (length(salt) = 32),
    payload   text,                             -- canonical JSON (RFC 8785)
    erasure   uuid,                             -- by which salt and payload were erased: the log's entry stays, and commits to something nobody has
    PRIMARY KEY (office_id, id),
    CHECK ((erasure IS NULL) = (payload IS NOT NULL) AND (erasure IS NULL) = (salt IS NOT NULL))
);
CREATE INDEX ON event_queue (office_id, tender_id, at) WHERE tender_id IS NOT NULL;
CREATE INDEX ON event_queue (office_id, subject, at);
CREATE INDEX ON event_queue (office_id, at, id);

-- What the sequencer (linli log) made of the events: entries of core/trust/entry.h, numbered without gaps, written once.
CREATE TABLE log_entry (
    idx       bigint PRIMARY KEY CHECK (idx >= 0),
    entry     bytea NOT NULL CHECK (length(entry) = 116),
    office_id integer NOT NULL, event_id uuid NOT NULL,
    UNIQUE (office_id, event_id)
);
-- Whoever is given a tender's salt finds the entries of that tender in the log, and those of no other.
CREATE TABLE log_salt (
    tender_id uuid PRIMARY KEY,
    salt      bytea NOT NULL CHECK (length(salt) = 32)
);
CREATE TABLE log_checkpoint (
    origin text NOT NULL,                       -- the log's name: after a loss it goes on under another (linli recover)
    size   bigint NOT NULL CHECK (size >= 0),
    cosigned integer NOT NULL CHECK (cosigned >= 0),    -- by so many witnesses
    note   text NOT NULL,                       -- as it was signed
    PRIMARY KEY (origin, size, cosigned)
);

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
    retry     timestamptz,                      -- real time: after a failure not before this
    owner_id  uuid REFERENCES person,           -- whose problem it is after five failures
    PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX due_once ON due (office_id, subject, act) WHERE done IS NULL;
CREATE INDEX due_open ON due (office_id, at) WHERE done IS NULL;
CREATE INDEX due_stuck ON due (office_id) WHERE done IS NULL AND tries >= 5;

-- A server of this database: before `clear` it has no request open, and it is waited for until its lease ends.
CREATE TABLE node (
    id    uuid PRIMARY KEY,
    clear timestamptz NOT NULL,                 -- legal time
    lease timestamptz NOT NULL                  -- real time
);

-- Up to when what is due may be done: what came in before a deadline goes first, on whichever server it waits.
CREATE FUNCTION due_horizon(latest timestamptz, counts timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = linli, pg_temp AS $$
    SELECT least(latest, (SELECT min(clear) FROM node WHERE lease > counts))
$$;
REVOKE ALL ON FUNCTION due_horizon(timestamptz, timestamptz) FROM PUBLIC;

-- The kinds of objects that carry files.  attach: roles at the office that add them; read: roles that read internal ones;
-- own_attach: so may whoever owns the object (object_find in 800_object.sql; owners and parties always read);
-- publishes: a file may be public.  At most so many files and bytes an object.
CREATE TABLE object_kind (
    code text PRIMARY KEY, name text NOT NULL, name_en text NOT NULL,
    attach text[] NOT NULL, read text[] NOT NULL, own_attach boolean NOT NULL, publishes boolean NOT NULL,
    files_max integer NOT NULL DEFAULT 100, bytes_max bigint NOT NULL DEFAULT 2147483648
);
INSERT INTO object_kind (code, name, name_en, attach, read, own_attach, publishes, files_max, bytes_max)
SELECT k.code, k.name, k.name_en, coalesce(k.attach::text[], d.desk), coalesce(k.read::text[], d.desk || d.watch), k.own_attach, k.publishes,
       coalesce(k.files_max, 100), coalesce(k.bytes_max, 2147483648)
FROM (SELECT '{office_clerk,office_approver,agent,operator}'::text[] AS desk, '{supervisor,auditor}'::text[] AS watch) d, (VALUES
    ('need', '需求', 'need', NULL, NULL, true, true, 20, 209715200), ('project', '项目', 'project', NULL, NULL, false, true, NULL, NULL),
    ('list', '清单', 'list', NULL, NULL, false, true, NULL, NULL), ('entry', '清单项', 'entry', NULL, NULL, false, true, NULL, NULL),
    ('tender', '采购项目', 'tender', NULL, NULL, false, true, 200, NULL), ('lot', '采购包', 'lot', NULL, NULL, false, true, 200, NULL),
    ('notice', '公告', 'notice', NULL, NULL, false, true, NULL, NULL), ('question', '答疑', 'question', NULL, NULL, false, true, 20, NULL),
    ('decision', '决定', 'decision', NULL, NULL, false, true, 20, NULL), ('draw', '公开抽取', 'draw', NULL, NULL, false, true, 20, NULL),
    ('bid', '投标', 'bid', '{}', '{}', true, false, 400, NULL),
    ('explanation', '报价说明', 'explanation', '{}', NULL, true, false, 20, 209715200),
    ('panel', '评审小组', 'panel', NULL, NULL, false, false, 50, NULL), ('sheet', '评分表', 'sheet', '{}', NULL, true, false, 10, 104857600),
    ('report', '评审报告', 'panel report', NULL, NULL, true, true, 50, NULL), ('award', '结果', 'award', NULL, NULL, true, true, NULL, NULL),
    ('objection', '质疑或异议', 'objection', NULL, NULL, true, false, 50, NULL), ('contract', '合同', 'contract', NULL, NULL, true, true, NULL, NULL),
    ('tranche', '拨款期次', 'tranche', NULL, '{office_clerk,office_approver,agent,operator,supervisor,auditor,assessor}', true, true, NULL, NULL),
    ('delivery', '完成情况', 'delivery', '{office_clerk,office_approver,agent,operator,assessor}',
     '{office_clerk,office_approver,agent,operator,supervisor,auditor,assessor}', true, true, 200, NULL),
    ('payment', '付款单', 'payment', NULL, NULL, false, true, 50, NULL), ('voucher', '票据', 'voucher', NULL, NULL, true, true, 10, NULL),
    ('site_check', '现场检查', 'site check', '{office_clerk,office_approver,agent,operator,assessor}',
     '{office_clerk,office_approver,agent,operator,supervisor,auditor,assessor}', false, true, 100, NULL),
    ('recovery', '追回款项', 'recovery', NULL, NULL, true, false, 50, NULL),
    ('contract_change', '合同变更', 'change of a contract', NULL, NULL, true, false, 50, NULL),
    ('paper', '申报材料', 'paper about a bid', '{}', NULL, true, false, 50, NULL),
    ('gift', '捐赠', 'gift', NULL, NULL, false, true, 50, NULL), ('exclusion', '停止申报', 'exclusion', NULL, NULL, false, false, 20, NULL),
    ('body', '议事机构', 'body', '{security,office_approver,office_clerk}', NULL, false, false, 50, NULL),
    ('approval', '审批', 'approval', NULL, NULL, false, false, 50, NULL),
    ('fund', '专项资金', 'fund', NULL, NULL, false, true, NULL, NULL), ('appropriation', '预算指标', 'appropriation', NULL, NULL, false, true, NULL, NULL),
    ('roll', '选民名册', 'roll', NULL, NULL, false, false, 20, NULL),
    ('behalf', '代录件', 'entry on behalf', NULL, NULL, false, false, 20, 209715200), ('service', '送达或张贴', 'service of a document', NULL, NULL, false, true, 20, 209715200),
    ('office', '单位', 'office', '{office_clerk,office_approver,operator,administrator,security}',
     '{office_clerk,office_approver,agent,operator,supervisor,auditor,administrator,security}', false, true, NULL, NULL),
    ('post', '岗位', 'post', '{security,office_approver}', '{security,administrator,office_approver,supervisor,auditor}', false, false, 20, NULL),
    ('organisation', '组织', 'organisation', '{office_clerk,office_approver,operator}', NULL, true, false, 50, NULL),
    ('person', '人员', 'person', '{administrator,security}', '{administrator,security,auditor}', true, false, 20, 209715200))
    k (code, name, name_en, attach, read, own_attach, publishes, files_max, bytes_max);

-- Any object carries files; public or internal, a redacted copy beside the original.
CREATE TABLE attachment (
    office_id    integer NOT NULL,
    id           uuid NOT NULL,
    object_kind  text NOT NULL REFERENCES object_kind, object_id uuid NOT NULL,
    name         text NOT NULL,
    kind         text NOT NULL,                 -- what it is: 'notice', 'report', 'voucher' ...
    sha256       bytea NOT NULL REFERENCES blob,
    public       boolean NOT NULL,
    redacted_of  uuid,                          -- of the same object, added by the same side
    side         text NOT NULL CHECK (side ~ '^(office|(organisation|person):[0-9a-f-]{36})$'),
    added        timestamptz NOT NULL, added_by uuid,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, redacted_of) REFERENCES attachment
);
CREATE INDEX ON attachment (office_id, object_id);
COMMIT;
