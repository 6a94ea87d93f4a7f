-- Deploy linli:082_paying to pg
-- Whom money goes to, on which paper, in which batch, and what the bank said: accounts and their history, vouchers, holds, batches
-- for the treasury and for banks, files read back, experts' fees.
BEGIN;
SET LOCAL search_path = linli;

-- Where an organisation is paid.  The first account holds at once; a change takes a second person and 48 hours.
CREATE TABLE organisation_account (
    id uuid PRIMARY KEY, organisation_id uuid NOT NULL REFERENCES organisation,
    bank_name text, bank_code text, account text,
    state text NOT NULL CHECK (state IN ('proposed', 'agreed', 'refused')),
    proposed timestamptz NOT NULL, proposed_by uuid NOT NULL REFERENCES person,
    decided timestamptz, decided_by uuid REFERENCES person,     -- NULL: the first one
    valid_from timestamptz,
    CHECK (decided_by IS NULL OR decided_by <> proposed_by OR state = 'refused'),
    CHECK ((state = 'agreed') = (valid_from IS NOT NULL))
);
CREATE INDEX ON organisation_account (organisation_id, valid_from);
CREATE UNIQUE INDEX organisation_account_open ON organisation_account (organisation_id) WHERE state = 'proposed';

-- The account, and the name, an organisation had at an instant.
CREATE FUNCTION account_at(organisation uuid, at timestamptz) RETURNS SETOF organisation_account LANGUAGE sql STABLE AS $$
    SELECT * FROM linli.organisation_account a
    WHERE a.organisation_id = organisation AND a.state = 'agreed' AND a.valid_from <= at ORDER BY a.valid_from DESC, a.proposed DESC LIMIT 1
$$;
CREATE FUNCTION name_at(organisation uuid, at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT c.name FROM linli.organisation_change c WHERE c.organisation_id = o.id AND c.at > $2 ORDER BY c.at, c.id LIMIT 1), o.name)
    FROM linli.organisation o WHERE o.id = organisation
$$;

-- What an office asks of its payments: from which sum on a second checker, and whether a voucher must be there first.
ALTER TABLE office ADD COLUMN second_check_fen bigint CHECK (second_check_fen >= 0),
                   ADD COLUMN vouchers_first boolean NOT NULL DEFAULT false;

-- Which voucher is due for money of a regime; any of them.
CREATE TABLE voucher_rule (
    regime text NOT NULL CHECK (regime IN ('statutory', 'sub_threshold', 'grants', 'charity')),
    kind text NOT NULL CHECK (kind IN ('einvoice', 'invoice', 'fiscal_receipt', 'donation_receipt', 'receipt')),
    source text NOT NULL,
    PRIMARY KEY (regime, kind)
);
INSERT INTO voucher_rule (regime, kind, source) VALUES
    ('statutory', 'einvoice', '发票管理办法 §19'), ('statutory', 'invoice', '发票管理办法 §19'),
    ('sub_threshold', 'einvoice', '发票管理办法 §19'), ('sub_threshold', 'invoice', '发票管理办法 §19'),
    ('sub_threshold', 'receipt', '小额零星支出，单位内部控制制度（建议值）'),
    ('grants', 'fiscal_receipt', '财政票据管理办法（往来结算票据）'), ('grants', 'donation_receipt', '公益事业捐赠票据使用管理办法'),
    ('grants', 'einvoice', '发票管理办法 §19'), ('grants', 'invoice', '发票管理办法 §19'), ('grants', 'receipt', '备案团队据实报销（建议值）'),
    ('charity', 'donation_receipt', '慈善法 §38；公益事业捐赠票据使用管理办法'), ('charity', 'fiscal_receipt', '财政票据管理办法（往来结算票据）'),
    ('charity', 'einvoice', '发票管理办法 §19'), ('charity', 'invoice', '发票管理办法 §19'), ('charity', 'receipt', '备案团队据实报销（建议值）');

-- What somebody handed in for the money.  A red invoice takes one back; the new one is a voucher of its own.
CREATE TABLE voucher (
    office_id integer NOT NULL, id uuid NOT NULL, tranche_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('einvoice', 'invoice', 'fiscal_receipt', 'donation_receipt', 'receipt')),
    number text NOT NULL,                       -- as it is unique: of an older invoice code and number together
    seller text, seller_uscc text,
    reimburses boolean NOT NULL DEFAULT false,  -- the seller is another, whom a filed body has paid already
    amount_fen bigint NOT NULL CHECK (amount_fen > 0),
    issued date, received timestamptz NOT NULL, person_id uuid NOT NULL REFERENCES person,
    pay_by timestamptz,                         -- the clock that began when it was there and its money earned; NULL: not yet
    red_number text, reversed timestamptz, reversed_by uuid REFERENCES person, reason text,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tranche_id) REFERENCES tranche,
    CHECK (kind <> 'einvoice' OR number ~ '^[0-9]{20}$'),
    CHECK (kind <> 'invoice' OR number ~ '^([0-9]{10}|[0-9]{12})-[0-9]{8}$'),
    CHECK ((red_number IS NULL) = (reversed IS NULL))
);
CREATE INDEX ON voucher (office_id, tranche_id);

-- What stands behind a tranche, for everybody: neither a person's name nor the number of a plain receipt.
CREATE FUNCTION vouchers_shown(office integer, tranche uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = linli, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_object('kind', v.kind, 'number', CASE WHEN v.kind <> 'receipt' THEN v.number END,
                                        'seller', CASE WHEN v.seller_uscc IS NULL THEN '个人' ELSE v.seller END,
                                        'amount', to_char(v.amount_fen / 100.0, 'FM999999999999990.00'), 'issued', v.issued,
                                        'files', (SELECT jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'sha256', encode(f.sha256, 'hex')) ORDER BY f.added, f.id)
                                                  FROM attachment f WHERE f.office_id = office AND f.object_kind = 'voucher' AND f.object_id = v.id AND f.public))
                     ORDER BY v.received, v.id)
    FROM voucher v WHERE v.office_id = office AND v.tranche_id = tranche AND v.reversed IS NULL
$$;
-- The same where money is given, of which every expense is disclosed; what a supplier invoices is between it and the office.
CREATE FUNCTION vouchers_given(office integer, tranche uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = linli, pg_temp AS $$
    SELECT vouchers_shown(office, tranche)
    FROM tranche r JOIN contract c ON c.office_id = r.office_id AND c.id = r.contract_id JOIN tender t ON t.office_id = c.office_id AND t.id = c.tender_id
    WHERE r.office_id = office AND r.id = tranche AND t.regime IN ('grants', 'charity')
$$;

-- What keeps money back, placed by hand: a credit list, a challenge elsewhere.
CREATE TABLE hold (
    office_id integer NOT NULL, id uuid NOT NULL, organisation_id uuid REFERENCES organisation, contract_id uuid,
    kind text NOT NULL CHECK (kind IN ('credit_list', 'challenge', 'evaluation', 'report', 'other')),
    reason text NOT NULL, article text NOT NULL,
    placed timestamptz NOT NULL, placed_by uuid NOT NULL REFERENCES person,
    lifted timestamptz, lifted_by uuid REFERENCES person, lifted_reason text,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract,
    CHECK (num_nonnulls(organisation_id, contract_id) = 1),
    CHECK (lifted IS NULL OR lifted_by <> placed_by)
);
CREATE INDEX ON hold (office_id, contract_id);
CREATE INDEX ON hold (office_id, organisation_id);

-- The accounts a fund pays from, the newest that has begun.
CREATE TABLE fund_account (
    office_id integer NOT NULL, id uuid NOT NULL, fund_id uuid NOT NULL,
    holder text NOT NULL, bank_name text NOT NULL, bank_code text NOT NULL CHECK (bank_code ~ '^[0-9]{12}$'), account text NOT NULL,
    entered timestamptz NOT NULL, entered_by uuid NOT NULL REFERENCES person,
    confirmed timestamptz, confirmed_by uuid REFERENCES person,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, fund_id) REFERENCES fund,
    CHECK (confirmed_by IS NULL OR confirmed_by <> entered_by)
);
CREATE INDEX ON fund_account (office_id, fund_id);

-- Payments that go out together: an application to the treasury, or a file for the holder's bank.
CREATE TABLE batch (
    office_id integer NOT NULL, id uuid NOT NULL, year integer NOT NULL, number integer NOT NULL, fund_id uuid NOT NULL,
    channel text NOT NULL CHECK (channel IN ('treasury', 'bank')),
    state text NOT NULL CHECK (state IN ('made', 'checked', 'approved', 'unknown', 'settled', 'refused')),
    payments integer NOT NULL CHECK (payments > 0), total_fen bigint NOT NULL CHECK (total_fen > 0),
    indicator text, functional_class text, economic_department text, economic_government text, project_code text,
    payment_kind text, method text, procurement boolean,        -- of an application
    payer_id uuid, execute date,                                -- of a bank file
    purpose text NOT NULL,
    made timestamptz NOT NULL, maker uuid NOT NULL REFERENCES person,
    approved timestamptz, checker uuid REFERENCES person, seconded timestamptz, second uuid REFERENCES person,
    exported timestamptz, settled timestamptz, reason text,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, year, number),
    FOREIGN KEY (office_id, fund_id) REFERENCES fund,
    FOREIGN KEY (office_id, payer_id) REFERENCES fund_account,
    CHECK (checker IS DISTINCT FROM maker AND second IS DISTINCT FROM maker AND (second IS NULL OR second <> checker)),
    CHECK (state IN ('made', 'refused') OR checker IS NOT NULL),
    CHECK (channel <> 'treasury' OR num_nulls(indicator, functional_class, economic_department, economic_government, payment_kind, method,
                                              procurement) = 0),
    CHECK (channel <> 'bank' OR num_nulls(payer_id, execute) = 0)
);

-- Whom a payment goes to as it was when it was ordered; who checked it a second time; the batch it goes out with.
ALTER TABLE payment
    ADD COLUMN payee_id uuid REFERENCES organisation, ADD COLUMN payee text, ADD COLUMN payee_bank text, ADD COLUMN payee_bank_code text,
    ADD COLUMN payee_account text,
    ADD COLUMN second uuid REFERENCES person, ADD COLUMN seconded timestamptz,
    ADD COLUMN batch_id uuid, ADD COLUMN batch_no integer,
    ADD FOREIGN KEY (office_id, batch_id) REFERENCES batch,
    ADD CHECK (second IS NULL OR second <> maker AND second <> checker);
CREATE INDEX ON payment (office_id, batch_id, batch_no);

-- A file of the bank or the treasury, read once; and what it said, entry by entry.
CREATE TABLE bank_file (
    office_id integer NOT NULL, id uuid NOT NULL, sha256 bytea NOT NULL REFERENCES blob,
    format text NOT NULL CHECK (format IN ('pain_002', 'camt_054', 'csv', 'xlsx', 'entered')),
    taken timestamptz NOT NULL, taken_by uuid NOT NULL REFERENCES person,
    PRIMARY KEY (office_id, id)
);
CREATE UNIQUE INDEX bank_file_once ON bank_file (office_id, sha256);
CREATE TABLE bank_entry (
    office_id integer NOT NULL, id uuid NOT NULL, file_id uuid, no integer NOT NULL,
    bank_ref text NOT NULL, end_to_end text, payment_id uuid,
    outcome text NOT NULL CHECK (outcome IN ('settled', 'failed', 'returned', 'other')),
    amount_fen bigint NOT NULL, booked date, reason text,
    fits boolean NOT NULL,                      -- a payment of ours was waiting for exactly this
    unfit text CHECK (unfit IN ('unknown', 'unbatched', 'amount', 'pending', 'state', 'reference', 'twice', 'contradicts', 'recovered', 'demanded', 'second')),
    taken timestamptz NOT NULL, taken_by uuid NOT NULL REFERENCES person,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, file_id) REFERENCES bank_file,
    CHECK (fits = (unfit IS NULL))
);
-- What fits nothing is kept however often it is said; a payment is settled, fails or comes back once.
CREATE UNIQUE INDEX bank_entry_once ON bank_entry (office_id, payment_id, outcome) WHERE fits;
CREATE INDEX ON bank_entry (office_id, bank_ref);
CREATE INDEX ON bank_entry (office_id, payment_id);

-- The columns of a form, in their order: office 0 has those to begin with, an office its own.
CREATE TABLE column_map (
    office_id integer NOT NULL, form text NOT NULL CHECK (form IN ('treasury', 'bank_csv', 'result_csv')),
    fields text[] NOT NULL, titles text[] NOT NULL, version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (office_id, form),
    CHECK (cardinality(fields) = cardinality(titles) AND cardinality(fields) BETWEEN 1 AND 40)
);
INSERT INTO column_map (office_id, form, fields, titles) VALUES
    (0, 'treasury',
     '{no, unit, indicator, functional_class, economic_department, economic_government, project_code, payment_kind, method, contract, payee, payee_account, payee_bank, amount, amount_words, purpose, procurement, reference}',
     '{序号, 预算单位, 指标文号, 功能分类, 部门经济分类, 政府经济分类, 项目代码, 支付类型, 结算方式, 合同编号, 收款人全称, 收款人账号, 收款人开户行, 金额, 大写金额, 用途, 是否政府采购, 明细标识}'),
    (0, 'bank_csv',
     '{no, payer_account, payee, payee_account, payee_bank, payee_bank_code, amount, purpose, reference}',
     '{序号, 付款账号, 收款人名称, 收款账号, 收款开户行, 联行号, 金额, 用途, 备注}'),
    (0, 'result_csv',
     '{reference, amount, outcome, bank_ref, booked, reason}',
     '{备注, 金额, 处理结果, 交易流水号, 交易日期, 失败原因}');

-- What a contract agreed on for money that is late: a yearly rate, not below the reference rate of its day.
CREATE TABLE reference_rate (
    name text NOT NULL CHECK (name IN ('lpr_1y')), starts date NOT NULL, rate_ppm bigint NOT NULL CHECK (rate_ppm > 0),
    source text NOT NULL, unverified boolean NOT NULL,
    PRIMARY KEY (name, starts)
);
INSERT INTO reference_rate (name, starts, rate_ppm, source, unverified) VALUES
    ('lpr_1y', '2024-10-21', 31000, '全国银行间同业拆借中心公告', true), ('lpr_1y', '2025-05-20', 30000, '全国银行间同业拆借中心公告', true);
CREATE TABLE late_rate (
    office_id integer NOT NULL, contract_id uuid NOT NULL, rate_ppm bigint NOT NULL CHECK (rate_ppm > 0), source text NOT NULL,
    entered timestamptz NOT NULL, entered_by uuid NOT NULL REFERENCES person,
    PRIMARY KEY (office_id, contract_id),
    FOREIGN KEY (office_id, contract_id) REFERENCES contract
);

-- What is due and late at an instant: since the clock of its first voucher that stands, where there is none of its order, ran out.  Interest by the day where the
-- rules of the tender set it, else by the year as its contract agreed; rounded to the fen, half up.
CREATE FUNCTION overdue_at(office integer, at timestamptz)
RETURNS TABLE (tranche_id uuid, contract text, title text, payee text, amount_fen bigint, pay_by timestamptz, days integer, rate text, source text,
               interest_fen bigint) LANGUAGE sql STABLE AS $$
    WITH open AS (
        SELECT r.id, r.office_id, r.contract_id, c.number, c.organisation_id, t.title, t.rules, r.released_fen - r.paid_fen AS amount_fen,
               coalesce((SELECT min(v.pay_by) FROM linli.voucher v WHERE v.office_id = r.office_id AND v.tranche_id = r.id AND v.reversed IS NULL),
                        (SELECT min(p.pay_by) FROM linli.payment p WHERE p.office_id = r.office_id AND p.tranche_id = r.id
                         AND p.state NOT IN ('refused', 'failed', 'returned'))) AS pay_by
        FROM linli.tranche r
        JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
        JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
        WHERE r.office_id = office AND r.state = 'released' AND r.released_fen > r.paid_fen),
    late AS (
        SELECT o.*, (at AT TIME ZONE 'Asia/Shanghai')::date - (o.pay_by AT TIME ZONE 'Asia/Shanghai')::date + 1 AS days,
               jsonb_path_query_first(o.rules, '$.rules[*] ? (@.code == "late_interest_day")') AS rule
        FROM open o WHERE o.pay_by <= at)
    SELECT l.id, l.number, l.title, linli.name_at(l.organisation_id, at), l.amount_fen, l.pay_by, l.days,
           CASE WHEN a.rate_ppm IS NOT NULL THEN trim_scale(a.rate_ppm / 10000.0) || '%/年' WHEN l.rule IS NOT NULL THEN l.rule ->> 'rate' || '/日' END,
           coalesce(a.source, l.rule ->> 'source'),
           CASE WHEN a.rate_ppm IS NOT NULL THEN round(l.amount_fen::numeric * a.rate_ppm * l.days / 365000000)
                WHEN l.rule IS NOT NULL THEN round(l.amount_fen::numeric * rtrim(l.rule ->> 'rate', '%')::numeric * l.days / 100) END::bigint
    FROM late l LEFT JOIN linli.late_rate a ON a.office_id = l.office_id AND a.contract_id = l.contract_id
$$;

-- Tax to be withheld from a fee for work (劳务报酬), by month and person: what is left out of account, then bands.
CREATE TABLE withholding (
    starts date NOT NULL, above_fen bigint NOT NULL CHECK (above_fen >= 0),     -- taxable income above this
    rate_ppm bigint NOT NULL, quick_fen bigint NOT NULL, source text NOT NULL, unverified boolean NOT NULL,
    PRIMARY KEY (starts, above_fen)
);
INSERT INTO withholding (starts, above_fen, rate_ppm, quick_fen, source, unverified) VALUES
    ('2019-01-01', 0, 200000, 0, '国家税务总局公告2018年第61号 §8', true), ('2019-01-01', 2000000, 300000, 200000, '国家税务总局公告2018年第61号 §8', true),
    ('2019-01-01', 5000000, 400000, 700000, '国家税务总局公告2018年第61号 §8', true);
-- Up to 4,000 yuan 800 are free, above it a fifth.
CREATE FUNCTION fee_tax(gross_fen bigint, day date) RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH base AS (SELECT greatest(CASE WHEN gross_fen <= 400000 THEN gross_fen - 80000 ELSE gross_fen - gross_fen / 5 END, 0) AS taxable_fen)
    SELECT coalesce((SELECT greatest(round(b.taxable_fen::numeric * w.rate_ppm / 1000000) - w.quick_fen, 0)::bigint
                     FROM linli.withholding w, base b
                     WHERE w.starts = (SELECT max(x.starts) FROM linli.withholding x WHERE x.starts <= day) AND w.above_fen <= b.taxable_fen
                     ORDER BY w.above_fen DESC LIMIT 1), 0)
$$;
-- Fees of experts and helpers, with what identifies them: for the office's own eyes and the sheet they sign.
CREATE TABLE fee (
    office_id integer NOT NULL, id uuid NOT NULL, tender_id uuid, month date NOT NULL CHECK (extract(day FROM month) = 1),
    payee text NOT NULL, id_number text NOT NULL, bank_name text NOT NULL, account text NOT NULL, work text NOT NULL, worked date NOT NULL,
    gross_fen bigint NOT NULL CHECK (gross_fen > 0), tax_fen bigint NOT NULL CHECK (tax_fen >= 0 AND tax_fen < gross_fen),
    state text NOT NULL CHECK (state IN ('entered', 'approved', 'refused')),
    entered timestamptz NOT NULL, entered_by uuid NOT NULL REFERENCES person, decided timestamptz, decided_by uuid REFERENCES person,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, tender_id) REFERENCES tender,
    CHECK (decided_by IS NULL OR decided_by <> entered_by)
);
CREATE INDEX ON fee (office_id, month, id_number);
-- Somebody's number with its middle covered.
CREATE FUNCTION masked(number text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN length(number) > 8 THEN left(number, 3) || repeat('*', length(number) - 7) || right(number, 4) ELSE repeat('*', length(number)) END
$$;

REVOKE ALL ON FUNCTION account_at(uuid, timestamptz), vouchers_shown(integer, uuid), name_at(uuid, timestamptz), overdue_at(integer, timestamptz),
    fee_tax(bigint, date), masked(text) FROM PUBLIC;
COMMIT;
