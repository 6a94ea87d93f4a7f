-- What the tables of money take and what not, whoever writes: one row of each, and every fault it must not have.  Then what is worked out
-- in the database: holds, overdue money, accounts and names of a day, tax on fees.  Needs a migrated database with no rows.
\ir ledger_seed.sql
\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;
\pset tuples_only on
SET search_path = linli;
CREATE FUNCTION pg_temp.u(tail text, office integer DEFAULT 1) RETURNS uuid LANGUAGE sql AS $$
    SELECT format('%s-0000-8000-8000-%s', lpad(office::text, 8, '0'), lpad(tail, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.refused(what text, want text, sql text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        EXECUTE sql;
    EXCEPTION WHEN OTHERS THEN
        IF SQLSTATE = want THEN
            RETURN 'ok  ' || what;
        END IF;
        RAISE EXCEPTION '%: wanted %, got % %', what, want, SQLSTATE, SQLERRM;
    END;
    RAISE EXCEPTION '%: was not refused', what;
END $$;
CREATE FUNCTION pg_temp.same(what text, want text, got anyelement) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    IF want IS DISTINCT FROM got::text THEN
        RAISE EXCEPTION '%: wanted %, got %', what, want, got;
    END IF;
    RETURN 'ok  ' || what;
END $$;
-- Taken as it is, and nothing of it stays.
CREATE FUNCTION pg_temp.taken(what text, sql text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        EXECUTE sql;
        RAISE EXCEPTION USING ERRCODE = 'XX999';
    EXCEPTION WHEN SQLSTATE 'XX999' THEN
        RETURN 'ok  ' || what;
    END;
END $$;

\echo == one row of each
INSERT INTO blob (sha256, bytes, type) SELECT sha256('x'), 1, 'text/csv';
INSERT INTO attachment (office_id, id, object_kind, object_id, name, kind, sha256, public, side, added, added_by)
SELECT 1, pg_temp.u('71'), 'appropriation', pg_temp.u('a1'), 'f', 'consent', sha256('x'), false, 'office', '2026-01-01Z', pg_temp.u('f1', 0);
INSERT INTO fund_account (office_id, id, fund_id, holder, bank_name, bank_code, account, entered, entered_by, confirmed, confirmed_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('f0'), '会', '行', '102290000009', '1', '2026-01-01Z', pg_temp.u('f1', 0), '2026-01-01Z', pg_temp.u('f2', 0));
INSERT INTO batch (office_id, id, year, number, fund_id, channel, state, payments, total_fen, payer_id, execute, purpose, made, maker, approved, checker, seconded, second,
                   indicator, functional_class, economic_department, economic_government, payment_kind, method, procurement)
VALUES (1, pg_temp.u('1'), 2026, 1, pg_temp.u('f0'), 'bank', 'approved', 1, 100, pg_temp.u('1'), '2026-02-01', '-', '2026-01-01Z', pg_temp.u('f1', 0), '2026-01-01Z',
        pg_temp.u('f2', 0), '2026-01-01Z', pg_temp.u('f3', 0), 'i', 'f', 'd', 'g', 'k', 'm', true);
INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, state, accepted_fen, released_fen, paid_fen, recovered_fen)
VALUES (1, pg_temp.u('1'), pg_temp.u('c1'), 1, 't1', '期', 'part', 60000, 'acceptance', 'released', 40000, 30000, 20000, 10000),
       (1, pg_temp.u('2'), pg_temp.u('c2'), 1, 't1', '期', 'part', 60000, 'acceptance', 'planned', 0, 0, 0, 0);
INSERT INTO payment (office_id, id, tranche_id, amount_fen, state, maker, checker, second, ordered, batch_id, payee_id, back_ref, back_by, back_second)
VALUES (1, pg_temp.u('1'), pg_temp.u('1'), 100, 'approved', pg_temp.u('f1', 0), pg_temp.u('f2', 0), pg_temp.u('f3', 0), '2026-01-01Z', pg_temp.u('1'), pg_temp.u('d1', 0),
    'b', pg_temp.u('f1', 0), pg_temp.u('f2', 0));
INSERT INTO bank_file (office_id, id, sha256, format, taken, taken_by) VALUES (1, pg_temp.u('1'), sha256('x'), 'csv', '2026-01-01Z', pg_temp.u('f1', 0));
INSERT INTO bank_entry (office_id, id, file_id, no, bank_ref, payment_id, outcome, amount_fen, fits, taken, taken_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('1'), 1, 'r', pg_temp.u('1'), 'settled', 1, true, '2026-01-01Z', pg_temp.u('f1', 0));
INSERT INTO transfer (office_id, id, appropriation_id, kind, to_id, amount_fen, reason, decision, consent_id, state, proposed, proposed_by, decided_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('a1'), 'transfer', pg_temp.u('a2'), 5, '-', '1', pg_temp.u('71'), 'approved', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0));
INSERT INTO withdrawal (office_id, id, tranche_id, amount_fen, reason, state, proposed, proposed_by, decided_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('1'), 5, '-', 'approved', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0));
INSERT INTO promise (office_id, id, contract_id, kind, promised_by, rule, amount_fen, award_id, recorded, recorded_by, withdrawn, withdrawn_by, note)
VALUES (1, pg_temp.u('1'), pg_temp.u('c1'), 'match', 'x', '1:1', 30001, pg_temp.u('2e1'), '2026-01-01Z', pg_temp.u('f1', 0), NULL, NULL, NULL),
       (1, pg_temp.u('2'), pg_temp.u('c1'), 'own_share', 'x', 'sum', 5, NULL, '2026-01-01Z', pg_temp.u('f1', 0), '2026-01-02Z', pg_temp.u('f2', 0), '-');
INSERT INTO evidence (office_id, id, promise_id, amount_fen, what, state, entered, entered_by, decided_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('1'), 30000, '-', 'accepted', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0));
INSERT INTO recovery (office_id, id, contract_id, amount_fen, recovered_fen, set_off_fen, reason, state, proposed, proposed_by, decided_by, ended_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('c1'), 10, 5, 3, '-', 'written_off', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0), pg_temp.u('f3', 0));
INSERT INTO receipt (office_id, id, recovery_id, amount_fen, bank_ref, state, entered, entered_by, decided_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('1'), 5, 'r', 'confirmed', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0));
INSERT INTO reversal (office_id, id, appropriation_id, journal_id, reason, state, proposed, proposed_by, decided_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('a1'), pg_temp.u('1'), '-', 'approved', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0));
INSERT INTO organisation_account (id, organisation_id, bank_name, bank_code, account, state, proposed, proposed_by, decided_by, valid_from)
VALUES (pg_temp.u('1', 0), pg_temp.u('d1', 0), '行', '102', '1', 'agreed', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0), '2026-01-03Z');
INSERT INTO voucher (office_id, id, tranche_id, kind, number, amount_fen, received, person_id, red_number, reversed, reversed_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('1'), 'receipt', '1', 5, '2026-01-01Z', pg_temp.u('f1', 0), 'r', '2026-01-01Z', pg_temp.u('f2', 0));
INSERT INTO hold (office_id, id, contract_id, organisation_id, kind, reason, article, placed, placed_by, lifted, lifted_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('c1'), NULL, 'other', '-', '-', '2026-01-01Z', pg_temp.u('f1', 0), '2026-01-01Z', pg_temp.u('f2', 0)),
       (1, pg_temp.u('2'), NULL, pg_temp.u('d1', 0), 'other', '-', '-', '2026-01-01Z', pg_temp.u('f1', 0), '2026-01-01Z', pg_temp.u('f2', 0));
INSERT INTO late_rate (office_id, contract_id, rate_ppm, source, entered, entered_by) VALUES (1, pg_temp.u('c1'), 36500, '-', '2026-01-01Z', pg_temp.u('f1', 0));
INSERT INTO fee (office_id, id, tender_id, month, payee, id_number, bank_name, account, work, worked, gross_fen, tax_fen, state, entered, entered_by, decided_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('e1'), '2026-02-01', '甲', '1', '行', '1', '-', '2026-02-03', 100, 99, 'approved', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0));
INSERT INTO gift (office_id, id, fund_id, appropriation_id, kind, donor, amount_fen, receipt, received, recorded, recorded_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('f0'), pg_temp.u('a1'), 'cash', '某', 1, '1', '2026-01-01', '2026-01-01Z', pg_temp.u('f1', 0));
INSERT INTO contract_change (office_id, id, contract_id, no, kind, reason, amount_fen, organisation_id, trigger_on, ground, consequence, proposed, proposed_by, agreed_by, state, decided_by)
VALUES (1, pg_temp.u('1'), pg_temp.u('c1'), 1, 'revoke', '-', 0, pg_temp.u('d1', 0), 'date', 'unlawful', 'next', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f3', 0), 'approved', pg_temp.u('f2', 0)),
       (1, pg_temp.u('2'), pg_temp.u('c1'), 2, 'supplement', '-', 5, NULL, NULL, NULL, NULL, '2026-01-01Z', pg_temp.u('f1', 0), NULL, 'proposed', NULL);
UPDATE contract SET signed_office = pg_temp.u('f1', 0), signed_organisation = pg_temp.u('f3', 0) WHERE office_id = 1;
SET linli.offices = '{1}';
SELECT post(1, pg_temp.u('1'), 'appropriate', pg_temp.u('a1'), pg_temp.u('a1'), NULL, '2026-01-01Z', 100) \g /dev/null
SELECT post(1, pg_temp.u('2'), 'reserve', pg_temp.u('e1'), pg_temp.u('e1'), NULL, '2026-01-01Z', 100) \g /dev/null

CREATE FUNCTION pg_temp.tables() RETURNS SETOF regclass LANGUAGE sql AS $$
    SELECT t::regclass FROM unnest('{fund,appropriation,transfer,withdrawal,source,promise,evidence,payment,recovery,receipt,reversal,organisation_account,voucher,hold,fund_account,batch,
        bank_file,bank_entry,late_rate,fee,gift,account,journal,posting,contract,tranche,contract_change}'::text[]) t $$;

\echo == whoever is named is there, and whatever it belongs to
-- Every uuid of such a row but those below, which name what may be gone or of several kinds.
CREATE FUNCTION pg_temp.names(OUT t regclass, OUT c name) RETURNS SETOF record LANGUAGE sql AS $$
    SELECT a.attrelid::regclass, a.attname FROM pg_attribute a
     WHERE a.attrelid IN (SELECT pg_temp.tables()) AND a.atttypid = 'uuid'::regtype AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'id'
       AND a.attrelid::regclass || '.' || a.attname NOT IN ('bank_entry.payment_id', 'contract.tender_id', 'contract.renews', 'source.owner_id', 'reversal.journal_id', 'account.subject',
           'journal.source', 'journal.reverses', 'journal.actor', 'transfer.contract_id', 'transfer.tender_id') $$;
SELECT pg_temp.refused(format('%s.%s of nobody', t, c), '23503', format('UPDATE %s SET %I = gen_random_uuid() WHERE %I IS NOT NULL', t, c, c)) FROM pg_temp.names() ORDER BY t::text, c;
SELECT pg_temp.refused('budgeted again for nobody', '23503', $$UPDATE transfer SET kind = 'again', contract_id = gen_random_uuid()$$);
SELECT pg_temp.refused('for no tender', '23503', $$UPDATE transfer SET kind = 'again', tender_id = gen_random_uuid()$$);
SELECT pg_temp.refused('a year after none', '23503', $$UPDATE contract SET year_no = 2, renews = gen_random_uuid()$$);
SELECT pg_temp.refused('a bucket of nobody', '23503', $$UPDATE posting SET bucket = 'lapsed'$$);
SELECT pg_temp.refused('a fund of no office', '23503', $$INSERT INTO fund (office_id, id, code, name, name_en, purpose, regimes, created) VALUES (9, pg_temp.u('9', 9), 'x', 'x', 'x', 'x', '{}', now())$$);
SELECT pg_temp.refused('a file that nobody brought', '23503', $$UPDATE bank_file SET sha256 = sha256('y')$$);

\echo == each once
SELECT pg_temp.refused(format('%s twice', t), '23505', format('INSERT INTO %s SELECT * FROM %s', t, t)) FROM pg_temp.tables() t ORDER BY t::text;
-- The same id, and nothing else of it the same.
SELECT pg_temp.refused('two with one id: ' || what, '23505', sql) FROM (VALUES
    ('fund', $$INSERT INTO fund (office_id, id, code, name, name_en, purpose, regimes, created) SELECT 1, id, 'other', '-', '-', '-', '{}', now() FROM fund WHERE office_id = 1$$),
    ('appropriation', $$INSERT INTO appropriation (office_id, id, fund_id, year, budget_item, name, created) SELECT 1, id, fund_id, 2001, 'x', '-', now() FROM appropriation WHERE id = pg_temp.u('a1')$$),
    ('source', $$INSERT INTO source (office_id, owner_id, no, appropriation_id) SELECT 1, owner_id, no, pg_temp.u('a2') FROM source WHERE owner_id = pg_temp.u('e1')$$),
    ('payment', $$INSERT INTO payment (office_id, id, tranche_id, amount_fen, state, maker, ordered) SELECT 1, id, pg_temp.u('2'), 1, 'ordered', maker, ordered FROM payment$$),
    ('reversal', $$INSERT INTO reversal (office_id, id, appropriation_id, journal_id, reason, state, proposed, proposed_by) SELECT 1, id, appropriation_id, gen_random_uuid(), '-', 'proposed', proposed, proposed_by FROM reversal$$),
    ('batch', $$INSERT INTO batch (office_id, id, year, number, fund_id, channel, state, payments, total_fen, payer_id, execute, purpose, made, maker)
        SELECT 1, id, year, 2, fund_id, channel, 'made', 1, 1, payer_id, execute, '-', made, maker FROM batch$$),
    ('bank_entry', $$INSERT INTO bank_entry (office_id, id, no, bank_ref, outcome, amount_fen, fits, taken, taken_by) SELECT 1, id, 2, 'other', outcome, 1, true, taken, taken_by FROM bank_entry$$),
    ('organisation_account', $$INSERT INTO organisation_account (id, organisation_id, state, proposed, proposed_by) SELECT id, organisation_id, 'refused', proposed, proposed_by FROM organisation_account$$),
    ('tranche', $$INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, state) SELECT 1, id, pg_temp.u('c3'), 1, 'x', '-', '-', 1, 'date', 'planned' FROM tranche WHERE id = pg_temp.u('1')$$),
    ('contract_change', $$INSERT INTO contract_change (office_id, id, contract_id, no, kind, reason, proposed, proposed_by, state) SELECT 1, id, pg_temp.u('c3'), 1, 'resume', '-', proposed, proposed_by, 'proposed' FROM contract_change WHERE no = 1$$),
    ('journal', $$INSERT INTO journal (office_id, id, kind, digest, source, lines, at) SELECT 1, id, 'lapse', digest, gen_random_uuid(), 2, at FROM journal$$),
    ('transfer', $$INSERT INTO transfer SELECT * FROM transfer$$)) v(what, sql);
SELECT pg_temp.refused('two with one ' || what, '23505', sql) FROM (VALUES
    ('code of a fund', $$INSERT INTO fund (office_id, id, code, name, name_en, purpose, regimes, created) SELECT 1, pg_temp.u('99'), code, '-', '-', '-', '{}', now() FROM fund WHERE office_id = 1$$),
    ('budget item', $$INSERT INTO appropriation (office_id, id, fund_id, year, budget_item, name, created) SELECT 1, pg_temp.u('99'), fund_id, year, budget_item, '-', now() FROM appropriation WHERE id = pg_temp.u('a1')$$),
    ('payer of a tender', $$INSERT INTO source (office_id, owner_id, no, appropriation_id) SELECT 1, owner_id, 9, appropriation_id FROM source WHERE owner_id = pg_temp.u('e1')$$),
    ('number of a batch', $$INSERT INTO batch (office_id, id, year, number, fund_id, channel, state, payments, total_fen, payer_id, execute, purpose, made, maker)
        SELECT 1, pg_temp.u('99'), year, number, fund_id, channel, 'made', 1, 1, payer_id, execute, '-', made, maker FROM batch$$),
    ('file of a bank', $$INSERT INTO bank_file (office_id, id, sha256, format, taken, taken_by) SELECT 1, pg_temp.u('99'), sha256, 'csv', taken, taken_by FROM bank_file$$),
    ('outcome of a payment', $$INSERT INTO bank_entry (office_id, id, no, bank_ref, payment_id, outcome, amount_fen, fits, taken, taken_by) SELECT 1, pg_temp.u('99'), 2, 'other', payment_id, outcome, 1, true, taken, taken_by FROM bank_entry$$),
    ('award of a promise', $$INSERT INTO promise (office_id, id, contract_id, kind, promised_by, rule, amount_fen, award_id, recorded, recorded_by) SELECT 1, pg_temp.u('99'), contract_id, kind, '-', '-', 1, award_id, recorded, recorded_by FROM promise WHERE withdrawn IS NULL$$),
    ('number of a contract', $$UPDATE contract SET number = 'one' WHERE office_id = 1$$),
    ('award of a contract', $$UPDATE contract SET award_id = (SELECT award_id FROM contract WHERE id = pg_temp.u('c1')) WHERE office_id = 1$$),
    ('place of a tranche', $$INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, state) SELECT 1, pg_temp.u('99'), contract_id, no, 'other', '-', '-', 1, 'date', 'planned' FROM tranche WHERE id = pg_temp.u('1')$$),
    ('code of a tranche', $$INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, state) SELECT 1, pg_temp.u('99'), contract_id, 9, code, '-', '-', 1, 'date', 'planned' FROM tranche WHERE id = pg_temp.u('1')$$),
    ('place of a change', $$INSERT INTO contract_change (office_id, id, contract_id, no, kind, reason, proposed, proposed_by, state, decided_by) SELECT 1, pg_temp.u('99'), contract_id, no, 'resume', '-', proposed, proposed_by, 'refused', decided_by FROM contract_change WHERE no = 1$$),
    ('open change', $$INSERT INTO contract_change (office_id, id, contract_id, no, kind, reason, proposed, proposed_by, state) SELECT 1, pg_temp.u('99'), contract_id, 9, 'resume', '-', proposed, proposed_by, 'proposed' FROM contract_change WHERE no = 1$$),
    ('live payment', $$INSERT INTO payment (office_id, id, tranche_id, amount_fen, state, maker, ordered) SELECT 1, pg_temp.u('99'), tranche_id, 1, 'ordered', maker, ordered FROM payment$$),
    ('withdrawal not refused', $$INSERT INTO withdrawal (office_id, id, tranche_id, amount_fen, reason, state, proposed, proposed_by) SELECT 1, pg_temp.u('99'), tranche_id, 1, '-', 'proposed', proposed, proposed_by FROM withdrawal$$),
    ('reversal not refused', $$INSERT INTO reversal (office_id, id, appropriation_id, journal_id, reason, state, proposed, proposed_by) SELECT 1, pg_temp.u('99'), appropriation_id, journal_id, '-', 'proposed', proposed, proposed_by FROM reversal$$),
    ('account that waits', $$INSERT INTO organisation_account (id, organisation_id, state, proposed, proposed_by) SELECT gen_random_uuid(), organisation_id, 'proposed', proposed, proposed_by FROM organisation_account, generate_series(1, 2)$$),
    ('source and kind', $$INSERT INTO journal (office_id, id, kind, digest, source, lines, at) SELECT 1, pg_temp.u('99'), kind, digest, source, 2, at FROM journal WHERE id = pg_temp.u('1')$$),
    ('journal reversed', $$INSERT INTO journal (office_id, id, kind, digest, source, reverses, lines, at) SELECT 1, gen_random_uuid(), 'reverse', digest, gen_random_uuid(), id, 2, at FROM journal, generate_series(1, 2)$$)) v(what, sql);
SELECT pg_temp.refused(what || ' twice', '23505', sql) FROM (VALUES
    ('a rule of vouchers', $$INSERT INTO voucher_rule SELECT * FROM voucher_rule$$), ('a rate', $$INSERT INTO reference_rate SELECT * FROM reference_rate$$),
    ('a band of tax', $$INSERT INTO withholding SELECT * FROM withholding$$), ('a form', $$INSERT INTO column_map SELECT * FROM column_map$$)) v(what, sql);
SELECT pg_temp.taken('a second payment where the first ' || s, format($$UPDATE payment SET state = %L; INSERT INTO payment (office_id, id, tranche_id, amount_fen, state, maker, ordered)
    SELECT 1, pg_temp.u('99'), tranche_id, 1, 'ordered', maker, ordered FROM payment$$, s)) FROM unnest('{failed,returned,refused}'::text[]) s;
SELECT pg_temp.taken('a second withdrawal where the first was refused', $$UPDATE withdrawal SET state = 'refused'; INSERT INTO withdrawal (office_id, id, tranche_id, amount_fen, reason, state, proposed, proposed_by)
    SELECT 1, pg_temp.u('99'), tranche_id, 1, '-', 'proposed', proposed, proposed_by FROM withdrawal$$);
SELECT pg_temp.taken('a second reversal where the first was refused', $$UPDATE reversal SET state = 'refused'; INSERT INTO reversal (office_id, id, appropriation_id, journal_id, reason, state, proposed, proposed_by)
    SELECT 1, pg_temp.u('99'), appropriation_id, journal_id, '-', 'proposed', proposed, proposed_by FROM reversal$$);
SELECT pg_temp.taken('one file of one office by each', $$INSERT INTO bank_file (office_id, id, sha256, format, taken, taken_by) SELECT 2, pg_temp.u('1', 2), sha256, 'csv', taken, taken_by FROM bank_file$$);

\echo == words and sums
CREATE FUNCTION pg_temp.checked(what text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    v_value text;
BEGIN
    FOREACH v_value IN ARRAY string_to_array(split_part(what, ' ', 3), ',') LOOP
        RETURN NEXT pg_temp.refused(split_part(what, ' ', 1) || '.' || split_part(what, ' ', 2) || ' is not ' || v_value, '23514',
                                    format('UPDATE %s SET %I = %L', split_part(what, ' ', 1), split_part(what, ' ', 2), v_value));
    END LOOP;
END $$;
SELECT pg_temp.checked(x) FROM unnest(ARRAY['fund holder_kind none', 'appropriation currency USD', 'appropriation origin none', 'appropriation carried -1', 'transfer kind none', 'transfer state none',
    'transfer amount_fen 0,-1', 'withdrawal amount_fen 0,-1', 'withdrawal state none', 'source no 0,51', 'source amount_fen 0,-1', 'promise kind none', 'promise amount_fen 0,-1', 'evidence amount_fen 0,-1', 'evidence state none', 'payment amount_fen 0,-1',
    'payment state none', 'recovery amount_fen 0,-1,4', 'recovery recovered_fen -1,2,11', 'recovery set_off_fen -1,6', 'recovery state none', 'receipt amount_fen 0,-1', 'receipt state none', 'reversal state none',
    'organisation_account state none', 'voucher kind none', 'voucher amount_fen 0,-1', 'hold kind none', 'fund_account bank_code 10229000000,1022900000091,x02290000009', 'batch channel none',
    'batch state none', 'batch payments 0,-1', 'batch total_fen 0,-1', 'bank_file format none', 'bank_entry outcome none', 'late_rate rate_ppm 0,-1', 'fee gross_fen 0,-1,99', 'fee tax_fen -1,100,101', 'fee state none',
    'fee month 2026-02-02', 'gift kind none', 'gift amount_fen 0,-1', 'journal kind none', 'journal lines 1,101', 'journal digest x', 'posting side X', 'posting amount_fen 0,-1,1000000000000001', 'posting line 0',
    'account debits -1', 'account credits -1', 'contract amount_fen -1', 'contract state none', 'contract retention_ppm 0,500001', 'tranche no 0', 'tranche trigger_on none', 'tranche state none',
    'tranche accepted_fen -1', 'tranche released_fen -1,60001', 'tranche paid_fen -1,30001', 'tranche recovered_fen -1,20001', 'contract_change kind none', 'contract_change amount_fen -1', 'contract_change no 0',
    'contract_change state none', 'contract_change trigger_on none', 'contract_change ground none', 'contract_change consequence none', 'reference_rate name none', 'reference_rate rate_ppm 0,-1',
    'withholding above_fen -1', 'voucher_rule kind none', 'voucher_rule regime none', 'column_map form none', 'column_map titles {}', 'column_map fields {a}']) x;
SELECT pg_temp.taken(x, x) FROM unnest(ARRAY['UPDATE source SET no = 50 WHERE no = 1', 'UPDATE source SET amount_fen = 1', 'UPDATE recovery SET recovered_fen = 10', 'UPDATE recovery SET recovered_fen = 3',
    'UPDATE recovery SET set_off_fen = 5', 'UPDATE recovery SET set_off_fen = 0', 'UPDATE recovery SET set_off_fen = 0, recovered_fen = 0', 'UPDATE fee SET tax_fen = 0', 'UPDATE journal SET lines = 100', 'UPDATE journal SET lines = 2',
    'UPDATE posting SET amount_fen = 1000000000000000', 'UPDATE posting SET amount_fen = 1', 'UPDATE contract SET retention_ppm = 1, retention_until = ''2027-01-01''', 'UPDATE contract SET retention_ppm = 500000, retention_until = ''2027-01-01''',
    'UPDATE contract SET amount_fen = 0', 'UPDATE contract SET ends = starts', 'UPDATE tranche SET released_fen = 60000', 'UPDATE tranche SET recovered_fen = 0, paid_fen = 0, released_fen = 0', 'UPDATE tranche SET paid_fen = released_fen',
    'UPDATE tranche SET recovered_fen = paid_fen', 'UPDATE tranche SET amount_fen = 0, released_fen = 0, paid_fen = 0, recovered_fen = 0, state = ''stopped''', 'UPDATE appropriation SET carried = 0',
    'UPDATE account SET credits = debits', 'UPDATE account SET debits = 0', 'UPDATE account SET credits = 0 WHERE bucket = ''authority''', 'UPDATE reference_rate SET rate_ppm = 1', 'UPDATE late_rate SET rate_ppm = 1', 'UPDATE promise SET amount_fen = 1', 'UPDATE evidence SET amount_fen = 1',
    'UPDATE payment SET amount_fen = 1', 'UPDATE receipt SET amount_fen = 1', 'UPDATE voucher SET amount_fen = 1', 'UPDATE batch SET payments = 1, total_fen = 1', 'UPDATE gift SET amount_fen = 1', 'UPDATE transfer SET amount_fen = 1', 'UPDATE withdrawal SET amount_fen = 1',
    'UPDATE recovery SET amount_fen = 1, recovered_fen = 1, set_off_fen = 1', 'UPDATE fee SET gross_fen = 1, tax_fen = 0', 'UPDATE contract_change SET amount_fen = 1 WHERE no = 2', 'UPDATE tranche SET accepted_fen = 0',
    'UPDATE tranche SET amount_fen = 1, released_fen = 1, paid_fen = 1, recovered_fen = 1 WHERE no = 1', 'UPDATE column_map SET fields = array_fill(''a''::text, ''{40}''), titles = array_fill(''a''::text, ''{40}'')',
    'UPDATE column_map SET fields = ''{a}'', titles = ''{b}''']) x;
-- Every word a column may hold is taken.
SELECT pg_temp.taken(format('%s %s', t, w), format('UPDATE %s SET %s = %L %s', t, c, w, o)) FROM (VALUES
    ('fund', 'holder_kind', '{finance,charity,foundation,committee}'::text[], ''), ('appropriation', 'origin', '{city,district,street,lottery,donor,other}', ''), ('bank_file', 'format', '{pain_002,camt_054,csv,entered}', ''),
    ('bank_entry', 'outcome', '{settled,failed,returned,other}', ''), ('hold', 'kind', '{credit_list,challenge,evaluation,report,other}', ''), ('payment', 'state', '{ordered,approved,sent,settled,failed,returned,refused}', ''),
    ('batch', 'state', '{made,checked,approved,unknown,settled,refused}', ''), ('batch', 'channel', '{treasury,bank}', ''), ('receipt', 'state', '{entered,confirmed,refused,reversed}', ''),
    ('recovery', 'state', '{proposed,demanded,recovered,written_off,refused}', ''), ('contract', 'state', '{draft,signed,suspended,closed,stopped}', ''), ('promise', 'kind', '{own_share,match}', ''), ('evidence', 'state', '{entered,accepted,refused}', ''),
    ('tranche', 'state', '{planned,reported,accepted,refused,released,paid,stopped}', ''), ('tranche', 'trigger_on', '{signing,milestone,acceptance,date}', ''), ('voucher', 'kind', '{fiscal_receipt,donation_receipt,receipt}', ''),
    ('fee', 'state', '{entered,approved,refused}', ''), ('transfer', 'state', '{proposed,approved,refused}', ''), ('withdrawal', 'state', '{proposed,approved,refused}', ''), ('reversal', 'state', '{proposed,approved,refused}', ''), ('contract_change', 'ground', '{disqualified,unlawful,ordered,ended}', 'WHERE no = 1'),
    ('contract_change', 'consequence', '{next,again}', 'WHERE no = 1'), ('contract_change', 'trigger_on', '{signing,milestone,acceptance,date}', '')) v(t, c, words, o), unnest(words) w;

\echo == two people, and what belongs together
SELECT pg_temp.refused(what, '23514', sql) FROM (VALUES
    ('an account of no bucket', $$INSERT INTO account (office_id, appropriation_id, bucket, subject) VALUES (1, pg_temp.u('a1'), 'none', pg_temp.u('a1'))$$),
    ('more kept than half', $$UPDATE contract SET retention_ppm = 500001, retention_until = '2027-01-01'$$), ('none of it kept', $$UPDATE contract SET retention_ppm = 0, retention_until = '2027-01-01'$$),
    ('an entry that fits and does not', $$UPDATE bank_entry SET unfit = 'amount'$$), ('one that does not, for no reason', $$UPDATE bank_entry SET fits = false$$), ('for none of the reasons', $$UPDATE bank_entry SET fits = false, unfit = 'none'$$),
    ('a change of no kind', $$UPDATE contract_change SET kind = 'none' WHERE no = 2$$), ('a transfer of no kind', $$UPDATE transfer SET kind = 'none', to_id = NULL$$),
    ('a gift of no kind', $$UPDATE gift SET kind = 'none', appropriation_id = NULL$$), ('an account in no state', $$UPDATE organisation_account SET state = 'none', valid_from = NULL$$),
    ('overdrawn', $$UPDATE account SET credits = debits - 1 WHERE bucket = 'available'$$),
    ('a transfer to itself', $$UPDATE transfer SET to_id = appropriation_id$$), ('a transfer to nowhere', $$UPDATE transfer SET to_id = NULL$$),
    ('a lapse to somewhere', $$UPDATE transfer SET kind = 'lapse'$$), ('carried over to no day', $$UPDATE transfer SET kind = 'carry_over', to_id = NULL, amount_fen = NULL$$),
    ('a transfer until a day', $$UPDATE transfer SET last_request = '2026-12-31'$$), ('a transfer of no sum', $$UPDATE transfer SET amount_fen = NULL$$),
    ('carried over in part', $$UPDATE transfer SET kind = 'carry_over', to_id = NULL, last_request = '2026-12-31'$$),
    ('a transfer approved by nobody', $$UPDATE transfer SET decided_by = NULL$$), ('by who asked', $$UPDATE transfer SET decided_by = proposed_by$$),
    ('a transfer of a contract', $$UPDATE transfer SET contract_id = pg_temp.u('c1')$$), ('budgeted again of none', $$UPDATE transfer SET kind = 'again'$$),
    ('a transfer of a tender', $$UPDATE transfer SET tender_id = pg_temp.u('e1')$$), ('budgeted again of both', $$UPDATE transfer SET kind = 'again', contract_id = pg_temp.u('c1'), tender_id = pg_temp.u('e1')$$),
    ('budgeted again nowhere', $$UPDATE transfer SET kind = 'again', contract_id = pg_temp.u('c1'), to_id = NULL$$),
    ('taken back by nobody', $$UPDATE withdrawal SET decided_by = NULL$$), ('by who asked', $$UPDATE withdrawal SET decided_by = proposed_by$$),
    ('a promise taken back by who recorded it', $$UPDATE promise SET withdrawn = now(), note = '-', withdrawn_by = recorded_by$$), ('by nobody', $$UPDATE promise SET withdrawn = now(), note = '-'$$),
    ('evidence accepted by nobody', $$UPDATE evidence SET decided_by = NULL$$), ('by who entered it', $$UPDATE evidence SET decided_by = entered_by$$),
    ('a payment sent by nobody', $$UPDATE payment SET checker = NULL, second = NULL$$), ('checked by who ordered it', $$UPDATE payment SET checker = maker$$),
    ('checked a second time by who ordered it', $$UPDATE payment SET second = maker$$), ('by the first', $$UPDATE payment SET second = checker$$),
    ('come back by one alone', $$UPDATE payment SET back_second = back_by$$),
    ('a demand decided by who asked', $$UPDATE recovery SET decided_by = proposed_by$$), ('written off by nobody', $$UPDATE recovery SET ended_by = NULL$$), ('written off by who asked', $$UPDATE recovery SET ended_by = proposed_by$$),
    ('a receipt confirmed by nobody', $$UPDATE receipt SET decided_by = NULL$$), ('by who entered it', $$UPDATE receipt SET decided_by = entered_by$$), ('reversed by nobody', $$UPDATE receipt SET state = 'reversed', decided_by = NULL$$),
    ('a reversal approved by nobody', $$UPDATE reversal SET decided_by = NULL$$), ('by who asked', $$UPDATE reversal SET decided_by = proposed_by$$),
    ('an account agreed on by who asked', $$UPDATE organisation_account SET decided_by = proposed_by$$), ('agreed on from no day', $$UPDATE organisation_account SET valid_from = NULL$$),
    ('refused from a day', $$UPDATE organisation_account SET state = 'refused'$$), ('an account of a fund confirmed by who entered it', $$UPDATE fund_account SET confirmed_by = entered_by$$),
    ('a hold lifted by who placed it', $$UPDATE hold SET lifted_by = placed_by$$), ('a hold of nothing', $$UPDATE hold SET contract_id = NULL, organisation_id = NULL$$),
    ('a hold of two', $$UPDATE hold SET contract_id = pg_temp.u('c1'), organisation_id = pg_temp.u('d1', 0)$$),
    ('a batch checked by who made it', $$UPDATE batch SET checker = maker$$), ('a second time by who made it', $$UPDATE batch SET second = maker$$), ('by the first', $$UPDATE batch SET second = checker$$),
    ('a batch sent by nobody', $$UPDATE batch SET checker = NULL, second = NULL$$), ('a bank file from no account', $$UPDATE batch SET payer_id = NULL$$), ('for no day', $$UPDATE batch SET execute = NULL$$),
    ('a fee approved by who entered it', $$UPDATE fee SET decided_by = entered_by$$),
    ('cash in no appropriation', $$UPDATE gift SET appropriation_id = NULL$$), ('a gift in kind in one', $$UPDATE gift SET kind = 'in_kind'$$), ('cash without a receipt', $$UPDATE gift SET receipt = NULL$$),
    ('a contract that ends before it begins', $$UPDATE contract SET ends = starts - 1$$), ('a share kept until no day', $$UPDATE contract SET retention_ppm = 1$$), ('nothing kept until a day', $$UPDATE contract SET retention_until = ends$$),
    ('a tranche of nothing', $$UPDATE tranche SET amount_fen = 0, released_fen = 0, paid_fen = 0, recovered_fen = 0$$), ('a change decided by nobody', $$UPDATE contract_change SET decided_by = NULL WHERE no = 1$$),
    ('refused by nobody', $$UPDATE contract_change SET state = 'refused' WHERE no = 2$$), ('by who asked', $$UPDATE contract_change SET decided_by = proposed_by WHERE no = 1$$),
    ('a supplement of no sum', $$UPDATE contract_change SET amount_fen = NULL WHERE no = 2$$), ('a supplement of nothing', $$UPDATE contract_change SET amount_fen = 0 WHERE no = 2$$),
    ('a termination of no sum', $$UPDATE contract_change SET kind = 'terminate', amount_fen = NULL WHERE no = 2$$), ('a successor that is nobody', $$UPDATE contract_change SET kind = 'succeed' WHERE no = 2$$),
    ('revoked on no ground', $$UPDATE contract_change SET ground = NULL WHERE no = 1$$), ('to no end', $$UPDATE contract_change SET consequence = NULL WHERE no = 1$$), ('revoked for a sum', $$UPDATE contract_change SET amount_fen = 1 WHERE no = 1$$),
    ('a supplement on a ground', $$UPDATE contract_change SET ground = 'ended', consequence = 'next' WHERE no = 2$$),
    ('a red number of no day', $$UPDATE voucher SET reversed = NULL$$), ('reversed by no red number', $$UPDATE voucher SET red_number = NULL$$),
    ('an invoice of 19 digits', $$UPDATE voucher SET kind = 'einvoice', number = '1234567890123456789'$$), ('of 21', $$UPDATE voucher SET kind = 'einvoice', number = '123456789012345678901'$$),
    ('an older one of 11 and 8', $$UPDATE voucher SET kind = 'invoice', number = '12345678901-12345678'$$), ('of 10 and 7', $$UPDATE voucher SET kind = 'invoice', number = '1234567890-1234567'$$),
    ('of 10 and 9', $$UPDATE voucher SET kind = 'invoice', number = '1234567890-123456789'$$), ('of 9 and 8', $$UPDATE voucher SET kind = 'invoice', number = '123456789-12345678'$$), ('of 13 and 8', $$UPDATE voucher SET kind = 'invoice', number = '1234567890123-12345678'$$),
    ('41 columns', $$UPDATE column_map SET fields = array_fill('a'::text, '{41}'), titles = array_fill('a'::text, '{41}')$$), ('a column without a title', $$UPDATE column_map SET titles = titles[2:]$$), ('no columns', $$UPDATE column_map SET titles = '{}', fields = '{}'$$)) v(what, sql);
SELECT pg_temp.refused('an application without ' || c, '23514', format($$UPDATE batch SET channel = 'treasury', %I = NULL$$, c))
  FROM unnest('{indicator,functional_class,economic_department,economic_government,payment_kind,method,procurement}'::text[]) c;
SELECT pg_temp.taken(what, sql) FROM (VALUES
    ('a lapse', $$UPDATE transfer SET kind = 'lapse', to_id = NULL$$), ('carried over', $$UPDATE transfer SET kind = 'carry_over', to_id = NULL, amount_fen = NULL, last_request = '2026-12-31'$$),
    ('budgeted again', $$UPDATE transfer SET kind = 'again', contract_id = pg_temp.u('c1')$$), ('of a tender', $$UPDATE transfer SET kind = 'again', tender_id = pg_temp.u('e1')$$),
    ('a withdrawal nobody decided yet', $$UPDATE withdrawal SET state = 'proposed', decided_by = NULL$$), ('refused by who asked', $$UPDATE withdrawal SET state = 'refused', decided_by = proposed_by$$),
    ('a transfer nobody decided yet', $$UPDATE transfer SET state = 'proposed', decided_by = NULL$$), ('refused by who asked', $$UPDATE transfer SET state = 'refused', decided_by = proposed_by$$),
    ('evidence nobody decided yet', $$UPDATE evidence SET state = 'entered', decided_by = NULL$$), ('refused by who entered it', $$UPDATE evidence SET state = 'refused', decided_by = entered_by$$),
    ('a payment nobody checked yet', $$UPDATE payment SET state = 'ordered', checker = NULL, second = NULL$$), ('refused unchecked', $$UPDATE payment SET state = 'refused', checker = NULL, second = NULL$$), ('checked by one', $$UPDATE payment SET second = NULL$$),
    ('a demand nobody decided yet', $$UPDATE recovery SET state = 'proposed', decided_by = NULL, ended_by = NULL$$), ('refused by who asked', $$UPDATE recovery SET state = 'refused', decided_by = proposed_by$$),
    ('of nobody, the mechanism', $$UPDATE recovery SET proposed_by = NULL, decided_by = NULL$$), ('a receipt nobody decided yet', $$UPDATE receipt SET state = 'entered', decided_by = NULL$$), ('refused by who entered it', $$UPDATE receipt SET state = 'refused', decided_by = entered_by$$),
    ('a reversal nobody decided yet', $$UPDATE reversal SET state = 'proposed', decided_by = NULL$$), ('refused by who asked', $$UPDATE reversal SET state = 'refused', decided_by = proposed_by$$),
    ('a first account', $$UPDATE organisation_account SET decided_by = NULL$$), ('one that waits', $$UPDATE organisation_account SET state = 'proposed', decided_by = NULL, valid_from = NULL$$), ('one refused by who asked', $$UPDATE organisation_account SET state = 'refused', decided_by = proposed_by, valid_from = NULL$$),
    ('an account of a fund nobody confirmed yet', $$UPDATE fund_account SET confirmed_by = NULL$$), ('a hold that stands', $$UPDATE hold SET lifted = NULL, lifted_by = NULL$$), ('a batch just made', $$UPDATE batch SET state = 'made', checker = NULL, second = NULL$$),
    ('refused', $$UPDATE batch SET state = 'refused', checker = NULL, second = NULL$$), ('checked by one', $$UPDATE batch SET second = NULL$$), ('a bank file is no application', $$UPDATE batch SET indicator = NULL, method = NULL$$),
    ('an application is no bank file', $$UPDATE batch SET channel = 'treasury', payer_id = NULL, execute = NULL$$), ('a fee nobody decided yet', $$UPDATE fee SET state = 'entered', decided_by = NULL$$),
    ('a pledge', $$UPDATE gift SET kind = 'pledge', receipt = NULL, appropriation_id = NULL$$), ('a gift in kind', $$UPDATE gift SET kind = 'in_kind', appropriation_id = NULL$$), ('services', $$UPDATE gift SET kind = 'service', appropriation_id = NULL$$),
    ('an e-invoice', $$UPDATE voucher SET kind = 'einvoice', number = '12345678901234567890'$$), ('an older one of 10', $$UPDATE voucher SET kind = 'invoice', number = '1234567890-12345678'$$), ('of 12', $$UPDATE voucher SET kind = 'invoice', number = '123456789012-12345678'$$),
    ('a voucher that stands', $$UPDATE voucher SET red_number = NULL, reversed = NULL, reversed_by = NULL$$), ('a change refused by who asked', $$UPDATE contract_change SET state = 'refused', decided_by = proposed_by WHERE no = 2$$),
    ('a resumption', $$UPDATE contract_change SET kind = 'resume', amount_fen = NULL WHERE no = 2$$), ('a change', $$UPDATE contract_change SET kind = 'change', amount_fen = NULL WHERE no = 2$$), ('a suspension', $$UPDATE contract_change SET kind = 'suspend', amount_fen = NULL WHERE no = 2$$),
    ('a termination for nothing', $$UPDATE contract_change SET kind = 'terminate', amount_fen = 0 WHERE no = 2$$), ('a successor', $$UPDATE contract_change SET kind = 'succeed', organisation_id = pg_temp.u('d1', 0) WHERE no = 2$$)) v(what, sql);

\echo == tax on a fee: 国家税务总局公告2018年第61号, 800 yuan free up to 4,000, then a fifth, 20 %, 30 % less 2,000, 40 % less 7,000
SELECT pg_temp.same('of ' || gross, tax::text, fee_tax(gross, '2026-02-01')) FROM (VALUES (0, 0), (79999, 0), (80000, 0), (80003, 1), (80100, 20), (400000, 64000), (400100, 64016), (2500000, 400000), (2500100, 400024), (3000000, 520000), (6250000, 1300000),
    (6250100, 1300032), (10000000, 2500000)) v(gross, tax);
SELECT pg_temp.same('nothing before there was a rule', '0', fee_tax(500000, '2018-12-31'));
INSERT INTO withholding VALUES ('2027-01-01', 0, 100000, 0, '-', true);
SELECT pg_temp.same('the rule of its day', '80000 80000 40000', fee_tax(500000, '2019-01-01') || ' ' || fee_tax(500000, '2026-12-31') || ' ' || fee_tax(500000, '2027-01-01'));
SELECT pg_temp.same('masked', '310***********1234 *** ******** 123**6789', masked('310105199001011234') || ' ' || masked('123') || ' ' || masked('12345678') || ' ' || masked('123456789'));
SELECT pg_temp.same('fen as yuan', '0.05 1234567.80 -1.00', yuan(5) || ' ' || yuan(123456780) || ' ' || yuan(-100));

\echo == what an approved change makes of a contract
-- What a query says after a statement of which nothing stays.
CREATE FUNCTION pg_temp.made(what text, want text, sql text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_got text;
BEGIN
    BEGIN
        EXECUTE sql;
        EXECUTE query INTO v_got;
        RAISE EXCEPTION USING ERRCODE = 'XX999', MESSAGE = coalesce(v_got, '-');
    EXCEPTION WHEN SQLSTATE 'XX999' THEN
        IF SQLERRM = want THEN
            RETURN 'ok  ' || what;
        END IF;
        RAISE EXCEPTION '%: wanted %, got %', what, want, SQLERRM;
    END;
END $$;
INSERT INTO organisation (id, name, kind, created) VALUES (pg_temp.u('d2', 0), '另一组织', 'registered', '2026-01-01Z');
INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, state, accepted_fen, released_fen)
VALUES (1, pg_temp.u('31'), pg_temp.u('c3'), 1, 't1', '期', 'part', 20000, 'acceptance', 'released', 15000, 20000),
       (1, pg_temp.u('32'), pg_temp.u('c3'), 2, 't2', '期', 'part', 20000, 'acceptance', 'accepted', 5000, 0),
       (1, pg_temp.u('33'), pg_temp.u('c3'), 3, 't3', '期', 'part', 20000, 'acceptance', 'planned', 0, 0),
       (1, pg_temp.u('41'), pg_temp.u('c4'), 1, 't1', '期', 'part', 60000, 'acceptance', 'planned', 0, 0);
CREATE FUNCTION pg_temp.change(kind text, fen bigint, contract text DEFAULT 'c3', tranches jsonb DEFAULT NULL, state text DEFAULT 'approved') RETURNS void LANGUAGE sql AS $$
    INSERT INTO contract_change (office_id, id, contract_id, no, kind, reason, amount_fen, tranches, organisation_id, name, name_en, trigger_on, due_on, ground, consequence, proposed,
                                 proposed_by, state, decided_by)
    VALUES (1, pg_temp.u('77'), pg_temp.u(contract), 7, kind, '-', fen, tranches, CASE kind WHEN 'succeed' THEN pg_temp.u('d2', 0) END, '增', 'more', 'date', '2026-11-30',
            CASE kind WHEN 'revoke' THEN 'unlawful' END, CASE kind WHEN 'revoke' THEN 'next' END, '2026-01-01Z', pg_temp.u('f1', 0), state, pg_temp.u('f2', 0));
    SELECT linli.contract_apply(1, pg_temp.u('77'), pg_temp.u('78'));
$$;
CREATE FUNCTION pg_temp.parts(contract text) RETURNS text LANGUAGE sql AS $$
    SELECT c.amount_fen || ': ' || string_agg(r.code || ' ' || r.amount_fen || ' ' || r.state || ' ' || r.accepted_fen || ' ' || r.released_fen || ' v' || r.version, ', ' ORDER BY r.no)
      FROM contract c JOIN tranche r ON r.office_id = c.office_id AND r.contract_id = c.id WHERE c.id = pg_temp.u(contract) GROUP BY c.amount_fen $$;
SELECT pg_temp.made('from one part to another', '60000: t1 20000 released 15000 20000 v1, t2 25000 accepted 5000 0 v2, t3 15000 planned 0 0 v2',
    $$SELECT pg_temp.change('change', NULL, 'c3', jsonb_build_array(jsonb_build_array(pg_temp.u('32'), 25000), jsonb_build_array(pg_temp.u('33'), 15000)))$$, $$SELECT pg_temp.parts('c3')$$);
SELECT pg_temp.made('not a part that was let out', pg_temp.parts('c3'), $$SELECT pg_temp.change('change', NULL, 'c3', jsonb_build_array(jsonb_build_array(pg_temp.u('31'), 1)))$$, $$SELECT pg_temp.parts('c3')$$);
SELECT pg_temp.made('nor one of another contract', pg_temp.parts('c4'), $$SELECT pg_temp.change('change', NULL, 'c3', jsonb_build_array(jsonb_build_array(pg_temp.u('41'), 1)))$$, $$SELECT pg_temp.parts('c4')$$);
SELECT pg_temp.made('no parts named', pg_temp.parts('c3'), $$SELECT pg_temp.change('change', NULL)$$, $$SELECT pg_temp.parts('c3')$$);
SELECT pg_temp.refused('a fen more than the contract', 'LD005', $$SELECT pg_temp.change('change', NULL, 'c3', jsonb_build_array(jsonb_build_array(pg_temp.u('33'), 20001)))$$);
SELECT pg_temp.refused('a fen less', 'LD005', $$SELECT pg_temp.change('change', NULL, 'c3', jsonb_build_array(jsonb_build_array(pg_temp.u('33'), 19999)))$$);
SELECT pg_temp.refused('a change that was refused', 'LD006', $$SELECT pg_temp.change('succeed', NULL, 'c3', NULL, 'refused')$$);
SELECT pg_temp.refused('of a contract that was stopped', 'LD006', $$UPDATE contract SET state = 'stopped' WHERE id = pg_temp.u('c3'); SELECT pg_temp.change('succeed', NULL)$$);
SELECT pg_temp.refused('of a draft', 'LD006', $$UPDATE contract SET state = 'draft' WHERE id = pg_temp.u('c3'); SELECT pg_temp.change('succeed', NULL)$$);
SELECT pg_temp.refused('by another office', 'LD007', $$SET LOCAL linli.offices = '{2}'; SELECT pg_temp.change('succeed', NULL)$$);
SELECT pg_temp.made('a successor, of this one alone', 'c3', $$SELECT pg_temp.change('succeed', NULL)$$, $$SELECT string_agg(right(id::text, 2), ' ') FROM contract WHERE organisation_id = pg_temp.u('d2', 0)$$);
SELECT pg_temp.made('of a suspended one too', 'c3', $$UPDATE contract SET state = 'suspended' WHERE id = pg_temp.u('c3'); SELECT pg_temp.change('succeed', NULL)$$,
    $$SELECT string_agg(right(id::text, 2), ' ') FROM contract WHERE organisation_id = pg_temp.u('d2', 0)$$);
SELECT pg_temp.made('a suspension moves no money', pg_temp.parts('c3'), $$SELECT pg_temp.change('suspend', NULL)$$, $$SELECT pg_temp.parts('c3')$$);
SELECT pg_temp.made('a supplement', '66000: t1 20000 released 15000 20000 v1, t2 20000 accepted 5000 0 v1, t3 20000 planned 0 0 v1, supplement_7 6000 planned 0 0 v1 4 date 2026-11-30',
    $$SELECT pg_temp.change('supplement', 6000)$$, $$SELECT pg_temp.parts('c3') || (SELECT format(' %s %s %s', no, trigger_on, due_on) FROM tranche WHERE code = 'supplement_7')$$);
SELECT pg_temp.made('the other contracts stay', '60000 60000', $$SELECT pg_temp.change('supplement', 6000)$$, $$SELECT string_agg(DISTINCT amount_fen::text, ' ') || ' ' || max(amount_fen) FROM contract WHERE id <> pg_temp.u('c3')$$);
SELECT pg_temp.made('ended for what was accepted', '60000: t1 20000 released 15000 20000 v1, t2 20000 stopped 5000 0 v2, t3 20000 stopped 0 0 v2', $$SELECT pg_temp.change('terminate', 20000)$$, $$SELECT pg_temp.parts('c3')$$);
SELECT pg_temp.refused('for a fen less than was accepted', 'LD005', $$SELECT pg_temp.change('terminate', 19999)$$);
SELECT pg_temp.made('for a fen more: it is taken from the last part', '60000: t1 20000 released 15000 20000 v1, t2 20000 stopped 5000 0 v2, t3 19999 stopped 0 0 v2, settlement 1 released 1 1 v1', $$SELECT pg_temp.change('terminate', 20001)$$, $$SELECT pg_temp.parts('c3')$$);
SELECT pg_temp.made('from the last two', '60000: t1 20000 released 15000 20000 v1, t2 15000 stopped 5000 0 v2, t3 0 stopped 0 0 v2, settlement 25000 released 25000 25000 v1', $$SELECT pg_temp.change('terminate', 45000)$$, $$SELECT pg_temp.parts('c3')$$);
SELECT pg_temp.made('for all of it', '60000: t1 20000 released 15000 20000 v1, t2 0 stopped 5000 0 v2, t3 0 stopped 0 0 v2, settlement 40000 released 40000 40000 v1', $$SELECT pg_temp.change('terminate', 60000)$$, $$SELECT pg_temp.parts('c3')$$);
SELECT pg_temp.refused('for a fen more than it', 'LD005', $$SELECT pg_temp.change('terminate', 60001)$$);
-- 600 were taken off the first part for good: they are not owed again.
SELECT pg_temp.made('less what score, penalty and set-off took', '60000: t1 20000 released 15000 20000 v1, t2 15600 stopped 5000 0 v2, t3 0 stopped 0 0 v2, settlement 24400 released 25000 24400 v1',
    $$INSERT INTO payable (office_id, tranche_id, at, planned_fen, score_fen, retained_fen, deducted_fen, set_off_fen, advance_fen, payable_fen) VALUES (1, pg_temp.u('31'), '2026-01-01Z', 20600, 100, 0, 200, 300, 0, 20000);
    SELECT pg_temp.change('terminate', 45000)$$, $$SELECT pg_temp.parts('c3')$$);
SELECT pg_temp.made('what was paid or stopped before stays', '60000: t1 20000 paid 15000 20000 v1, t2 20000 stopped 5000 0 v1, t3 20000 stopped 0 0 v2',
    $$UPDATE tranche SET state = CASE no WHEN 1 THEN 'paid' ELSE 'stopped' END WHERE contract_id = pg_temp.u('c3') AND no < 3; SELECT pg_temp.change('terminate', 20000)$$, $$SELECT pg_temp.parts('c3')$$);
SELECT pg_temp.made('revoked before anything was done', '60000: t1 60000 stopped 0 0 v2', $$SELECT pg_temp.change('revoke', 0, 'c4')$$, $$SELECT pg_temp.parts('c4')$$);
SELECT pg_temp.made('and no other is touched', pg_temp.parts('c3'), $$SELECT pg_temp.change('revoke', 0, 'c4')$$, $$SELECT pg_temp.parts('c3')$$);

\echo == what is kept of a part until a day: 5 %
UPDATE contract SET retention_ppm = 50000, retention_until = '2027-06-30' WHERE office_id = 1 AND id = pg_temp.u('c5');
INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, advance, state)
VALUES (1, pg_temp.u('51'), pg_temp.u('c5'), 1, 't1', '期', 'part', 20000, 'acceptance', false, 'accepted'), (1, pg_temp.u('52'), pg_temp.u('c5'), 2, 't2', '期', 'part', 39990, 'acceptance', false, 'planned'),
       (1, pg_temp.u('53'), pg_temp.u('c5'), 3, 't3', '期', 'part', 10, 'signing', true, 'planned');
SELECT pg_temp.made('5 %, in a part of its own', '60000: t1 19000 accepted 0 0 v1, t2 39990 planned 0 0 v1, t3 10 planned 0 0 v1, retention 1000 planned 0 0 v1 4 date 2027-06-30', $$SELECT tranche_retain(1, pg_temp.u('51'), pg_temp.u('59'), 1000)$$,
    $$SELECT pg_temp.parts('c5') || (SELECT format(' %s %s %s', no, trigger_on, due_on) FROM tranche WHERE code = 'retention')$$);
SELECT pg_temp.made('of the next part more in the same', '60000: t1 19000 accepted 0 0 v1, t2 37991 planned 0 0 v1, t3 10 planned 0 0 v1, retention 2999 planned 0 0 v2', $$SELECT tranche_retain(1, pg_temp.u('51'), pg_temp.u('59'), 1000), tranche_retain(1, pg_temp.u('52'), pg_temp.u('5a'), 1999)$$, $$SELECT pg_temp.parts('c5')$$);
SELECT pg_temp.made(s || ' too', '19999', format($$UPDATE tranche SET state = %L WHERE id = pg_temp.u('51'); SELECT tranche_retain(1, pg_temp.u('51'), pg_temp.u('59'), 1)$$, s), $$SELECT amount_fen FROM tranche WHERE id = pg_temp.u('51')$$) FROM unnest('{planned,reported,accepted,refused}'::text[]) s;
SELECT pg_temp.refused(what, 'LD005', sql) FROM (VALUES
    ('a fen more', $$SELECT tranche_retain(1, pg_temp.u('51'), pg_temp.u('59'), 1001)$$), ('of an odd sum a fen more', $$SELECT tranche_retain(1, pg_temp.u('52'), pg_temp.u('59'), 2000)$$), ('nothing', $$SELECT tranche_retain(1, pg_temp.u('51'), pg_temp.u('59'), 0)$$),
    ('less than nothing', $$SELECT tranche_retain(1, pg_temp.u('51'), pg_temp.u('59'), -1)$$), ('of an advance', $$UPDATE tranche SET amount_fen = 10000 WHERE id = pg_temp.u('53'); SELECT tranche_retain(1, pg_temp.u('53'), pg_temp.u('59'), 1)$$),
    ('of what is kept', $$SELECT tranche_retain(1, pg_temp.u('51'), pg_temp.u('59'), 1000); SELECT tranche_retain(1, pg_temp.u('59'), pg_temp.u('5a'), 1)$$), ('of what was let out', $$UPDATE tranche SET state = 'released' WHERE id = pg_temp.u('51'); SELECT tranche_retain(1, pg_temp.u('51'), pg_temp.u('59'), 1)$$),
    ('where the contract keeps nothing', $$SELECT tranche_retain(1, pg_temp.u('41'), pg_temp.u('59'), 1)$$), ('of a contract nobody signed', $$UPDATE contract SET state = 'draft' WHERE id = pg_temp.u('c5'); SELECT tranche_retain(1, pg_temp.u('51'), pg_temp.u('59'), 1)$$)) v(what, sql);
SELECT pg_temp.refused('by another office', 'LD007', $$SET LOCAL linli.offices = '{2}'; SELECT tranche_retain(1, pg_temp.u('51'), pg_temp.u('59'), 1)$$);
SELECT pg_temp.refused('more, once what was kept is ' || s, '23505', format($$SELECT tranche_retain(1, pg_temp.u('51'), pg_temp.u('59'), 1000); UPDATE tranche SET state = %L WHERE id = pg_temp.u('59');
    SELECT tranche_retain(1, pg_temp.u('52'), pg_temp.u('5a'), 1999)$$, s)) FROM unnest('{released,paid,stopped}'::text[]) s;

\echo == accounts and names of a day
INSERT INTO organisation_account (id, organisation_id, account, state, proposed, proposed_by, decided_by, valid_from)
VALUES (pg_temp.u('2', 0), pg_temp.u('d1', 0), '2', 'agreed', '2026-01-05Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0), '2026-02-01Z'), (pg_temp.u('3', 0), pg_temp.u('d1', 0), '3', 'agreed', '2026-01-04Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0), '2026-02-01Z'),
       (pg_temp.u('4', 0), pg_temp.u('d1', 0), '4', 'refused', '2026-01-06Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0), NULL), (pg_temp.u('5', 0), pg_temp.u('d2', 0), '5', 'agreed', '2026-01-07Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0), '2026-02-02Z');
SELECT pg_temp.same('on ' || at, want, coalesce((SELECT account FROM account_at(pg_temp.u('d1', 0), at)), '-')) FROM (VALUES ('2026-01-02 23:59:59Z'::timestamptz, '-'), ('2026-01-03Z', '1'), ('2026-01-31 23:59:59Z', '1'), ('2026-02-01Z', '2'), ('2027-01-01Z', '2')) v(at, want);
INSERT INTO organisation_change (id, organisation_id, kind, name, reason, at, by) VALUES (pg_temp.u('1', 0), pg_temp.u('d1', 0), 'renamed', '第一', '-', '2026-03-01Z', pg_temp.u('f1', 0)), (pg_temp.u('2', 0), pg_temp.u('d1', 0), 'renamed', '第二', '-', '2026-04-01Z', pg_temp.u('f1', 0));
SELECT pg_temp.same('called on ' || at, want, name_at(pg_temp.u('d1', 0), at)) FROM (VALUES ('2026-02-28Z'::timestamptz, '第一'), ('2026-03-01Z', '第二'), ('2026-03-31Z', '第二'), ('2026-04-01Z', '组织')) v(at, want);

\echo == what keeps money back: of tranche 1 of c1, whose contract is promised a match of 300.01 yuan
CREATE FUNCTION pg_temp.held(what text, want text, sql text, at timestamptz DEFAULT '2026-06-01Z') RETURNS text LANGUAGE sql AS $$
    SELECT pg_temp.made(what, want, sql, format('SELECT string_agg(code || CASE WHEN placed THEN '' placed'' ELSE '''' END, '', '' ORDER BY code) FROM linli.holds_of(1, pg_temp.u(''1''), %L)', at)) $$;
UPDATE tender SET plan = '{"objection_stops": true}' WHERE office_id = 1;
SELECT pg_temp.held('a fen of the promise is missing', 'promise placed', $$SELECT$$);
UPDATE evidence SET amount_fen = 30001;
SELECT pg_temp.held('all of it is there', '-', $$SELECT$$);
SELECT pg_temp.held('but nobody confirmed it', 'promise placed', $$UPDATE evidence SET state = 'entered', decided_by = NULL$$);
-- By hand: of 60,000 half is due with the first of two parts: 30,001 / 2 is 15,000.5, and no half fen can be missing.
SELECT pg_temp.held('in step with the parts: half with the first half', '-', $$UPDATE evidence SET amount_fen = 15001; UPDATE tranche SET amount_fen = 30000 WHERE id = pg_temp.u('1');
    INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, state) VALUES (1, pg_temp.u('7'), pg_temp.u('c1'), 2, 't2', '-', '-', 30000, 'date', 'planned')$$);
SELECT pg_temp.held('and a fen less is missing', 'promise placed', $$UPDATE evidence SET amount_fen = 15000; UPDATE tranche SET amount_fen = 30000 WHERE id = pg_temp.u('1');
    INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, state) VALUES (1, pg_temp.u('7'), pg_temp.u('c1'), 2, 't2', '-', '-', 30000, 'date', 'planned')$$);
-- 30,000 of 120,000 are let out, 30,000 settled, the rest was stopped: half of the promise is due.
SELECT pg_temp.held('ended at half: ' || fen, want, format($$UPDATE evidence SET amount_fen = %s; UPDATE contract SET state = 'stopped' WHERE id = pg_temp.u('c1'); UPDATE tranche SET amount_fen = 30000, no = 3, code = 'settlement' WHERE id = pg_temp.u('1');
    INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, state) VALUES (1, pg_temp.u('7'), pg_temp.u('c1'), 1, 't1', '-', '-', 30000, 'date', 'paid'), (1, pg_temp.u('8'), pg_temp.u('c1'), 2, 't2', '-', '-', 60000, 'date', 'stopped')$$, fen))
  FROM (VALUES (15001, '-'), (15000, 'promise placed')) v(fen, want);
SELECT pg_temp.held('a promise for another contract', '-', $$UPDATE promise SET contract_id = pg_temp.u('c2'), amount_fen = 99999$$);
SELECT pg_temp.held('placed on the contract', 'other placed', $$UPDATE hold SET lifted = NULL, lifted_by = NULL WHERE id = pg_temp.u('1')$$);
SELECT pg_temp.held('on the organisation', 'other placed', $$UPDATE hold SET lifted = NULL, lifted_by = NULL WHERE id = pg_temp.u('2')$$);
SELECT pg_temp.held('on another contract', '-', $$UPDATE hold SET lifted = NULL, lifted_by = NULL, contract_id = pg_temp.u('c2') WHERE id = pg_temp.u('1')$$);
SELECT pg_temp.held('on another organisation', '-', $$UPDATE hold SET lifted = NULL, lifted_by = NULL, organisation_id = pg_temp.u('d2', 0) WHERE id = pg_temp.u('2')$$);
CREATE FUNCTION pg_temp.objected(tender text DEFAULT 'e1', lot uuid DEFAULT NULL, state text DEFAULT 'open', relevant boolean DEFAULT true) RETURNS void LANGUAGE sql AS $$
    INSERT INTO objection (office_id, id, tender_id, lot_id, person_id, kind, phase, body, relevant, state, filed, due)
    VALUES (1, pg_temp.u('1'), pg_temp.u(tender), lot, pg_temp.u('f1', 0), 'result', 'notice', '-', relevant, state, '2026-01-01Z', '2026-01-01Z') $$;
SELECT pg_temp.held('an objection to the tender', 'objection', $$SELECT pg_temp.objected()$$);
SELECT pg_temp.held('to its lot', 'objection', $$SELECT pg_temp.objected('e1', pg_temp.u('1e1'))$$);
SELECT pg_temp.held('to another lot', '-', $$SELECT pg_temp.objected('e1', pg_temp.u('1e2'))$$);
SELECT pg_temp.held('to another tender', '-', $$SELECT pg_temp.objected('e2')$$);
SELECT pg_temp.held('answered', '-', $$SELECT pg_temp.objected('e1', NULL, 'unfounded')$$);
SELECT pg_temp.held('of somebody it does not concern', '-', $$SELECT pg_temp.objected('e1', NULL, 'open', false)$$);
SELECT pg_temp.held('where the plan goes on', '-', $$UPDATE tender SET plan = '{"objection_stops": false}'; SELECT pg_temp.objected()$$);
CREATE FUNCTION pg_temp.found(id text, finding text, found timestamptz, tranche text DEFAULT '1') RETURNS void LANGUAGE sql AS $$
    INSERT INTO delivery (office_id, id, tranche_id, paper, body, reported, reported_by, finding, found) VALUES (1, pg_temp.u(id), pg_temp.u(tranche), '-', '-', '2026-01-01Z', pg_temp.u('f1', 0), finding, found) $$;
SELECT pg_temp.held('found wanting', 'evaluation', $$SELECT pg_temp.found('1', 'refused', '2026-06-01Z')$$);
SELECT pg_temp.held('only later', '-', $$SELECT pg_temp.found('1', 'refused', '2026-06-01 00:00:01Z')$$);
SELECT pg_temp.held('found good since', '-', $$SELECT pg_temp.found('1', 'refused', '2026-05-01Z'), pg_temp.found('2', 'accepted', '2026-05-02Z')$$);
SELECT pg_temp.held('found good before', 'evaluation', $$SELECT pg_temp.found('2', 'refused', '2026-05-02Z'), pg_temp.found('1', 'accepted', '2026-05-01Z')$$);
SELECT pg_temp.held('at one moment the later one', 'evaluation', $$SELECT pg_temp.found('2', 'refused', '2026-05-02Z'), pg_temp.found('1', 'accepted', '2026-05-02Z')$$);
SELECT pg_temp.held('of another contract', '-', $$SELECT pg_temp.found('1', 'refused', '2026-05-02Z', '2')$$);
SELECT pg_temp.held('found wanting, and ended: settled for that', '-', $$UPDATE contract SET state = 'stopped' WHERE id = pg_temp.u('c1'); SELECT pg_temp.found('1', 'refused', '2026-05-02Z')$$);
CREATE FUNCTION pg_temp.due(day date, trigger_on text DEFAULT 'acceptance', contract text DEFAULT 'c1', no integer DEFAULT 2, advance boolean DEFAULT false) RETURNS void LANGUAGE sql AS $$
    UPDATE tranche SET no = 3 WHERE id = pg_temp.u('1');
    INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, due_on, advance, state) VALUES (1, pg_temp.u('7'), pg_temp.u(contract), no, 't2', '-', '-', 1, trigger_on, day, advance, 'planned') $$;
-- 1 June 00:00 UTC is 08:00 of 1 June in Shanghai; 16:00 UTC of 31 May its beginning.
SELECT pg_temp.held('a report is late', 'report', $$SELECT pg_temp.due('2026-05-31')$$);
SELECT pg_temp.held('late for a milestone', 'report', $$SELECT pg_temp.due('2026-05-31', 'milestone')$$);
SELECT pg_temp.held('the first moment of the day after', 'report', $$SELECT pg_temp.due('2026-05-31')$$, '2026-05-31 16:00:00Z');
SELECT pg_temp.held('the last of its day', '-', $$SELECT pg_temp.due('2026-05-31')$$, '2026-05-31 15:59:59Z');
SELECT pg_temp.held('no report is asked for a day', '-', $$SELECT pg_temp.due('2026-05-31', 'date')$$);
SELECT pg_temp.held('nor for an advance', '-', $$SELECT pg_temp.due('2026-05-31', 'acceptance', 'c1', 2, true)$$);
SELECT pg_temp.held('a later part', '-', $$SELECT pg_temp.due('2026-05-31', 'acceptance', 'c1', 4)$$);
SELECT pg_temp.held('a part of another contract', '-', $$SELECT pg_temp.due('2026-05-31', 'acceptance', 'c9')$$);
SELECT pg_temp.held('handed in', '-', $$SELECT pg_temp.due('2026-05-31'); UPDATE tranche SET state = 'reported' WHERE id = pg_temp.u('7')$$);
SELECT pg_temp.held('its own is late', 'report', $$UPDATE tranche SET state = 'planned', due_on = '2026-05-31' WHERE id = pg_temp.u('1')$$);
UPDATE appropriation SET last_request = '2026-05-31' WHERE id = pg_temp.u('a1');
INSERT INTO account (office_id, appropriation_id, bucket, subject, credits) VALUES (1, pg_temp.u('a1'), 'payable', pg_temp.u('c1'), 2), (1, pg_temp.u('a1'), 'paid', pg_temp.u('c1'), 2);
SELECT pg_temp.held('it was asked for in time', '-', $$SELECT$$);
SELECT pg_temp.held('the payment ' || s || ' after the last day', 'year', format($$UPDATE payment SET state = %L$$, s)) FROM unnest('{failed,returned,refused}'::text[]) s;
SELECT pg_temp.held('it holds nothing of the contract any more', '-', $$UPDATE payment SET state = 'refused'; UPDATE account SET debits = credits WHERE bucket = 'payable' AND subject = pg_temp.u('c1')$$);
SELECT pg_temp.held('a payment of another part', 'year', $$UPDATE payment SET tranche_id = pg_temp.u('2')$$);
SELECT pg_temp.held('on the last day', '-', $$UPDATE payment SET state = 'refused'$$, '2026-05-31 15:59:59Z');
SELECT pg_temp.held('borne by another', '-', $$UPDATE payment SET state = 'refused'; UPDATE account SET appropriation_id = pg_temp.u('a2') WHERE subject = pg_temp.u('c1')$$);
SELECT pg_temp.held('by it still, whoever the tender names', 'year', $$UPDATE payment SET state = 'refused'; UPDATE source SET appropriation_id = pg_temp.u('a2') WHERE owner_id = pg_temp.u('e1')$$);
SELECT pg_temp.held('nothing of another office', '-', $$INSERT INTO hold (office_id, id, organisation_id, kind, reason, article, placed, placed_by) VALUES (2, pg_temp.u('1', 2), pg_temp.u('d1', 0), 'other', '-', '-', '2026-01-01Z', pg_temp.u('f1', 0))$$);

\echo == what is late, and what it costs: 10,000 fen at 3.65 % a year, a fen a day
CREATE FUNCTION pg_temp.late(what text, want text, sql text, at timestamptz DEFAULT '2026-03-10 16:00:00Z') RETURNS text LANGUAGE sql AS $$
    SELECT pg_temp.made(what, want, sql, format('SELECT string_agg(format(''%%s %%s %%s %%s'', amount_fen, days, rate, interest_fen), '', '' ORDER BY tranche_id) FROM linli.overdue_at(1, %L)', at)) $$;
SELECT pg_temp.late('no clock has begun', '-', $$SELECT$$);
UPDATE payment SET pay_by = '2026-02-28 16:00:00Z';
SELECT pg_temp.late('since 1 March, on 11 March', '10000 11 3.65%/年 11', $$SELECT$$);
SELECT pg_temp.late('on its day', '10000 1 3.65%/年 1', $$SELECT$$, '2026-02-28 16:00:00Z');
SELECT pg_temp.late('a moment before', '-', $$SELECT$$, '2026-02-28 15:59:59Z');
SELECT pg_temp.late('an order that was refused has no clock', '-', $$UPDATE payment SET state = 'refused'$$);
SELECT pg_temp.late('an order of another part', '-', $$UPDATE payment SET tranche_id = pg_temp.u('2')$$);
SELECT pg_temp.late('the clock of a voucher that came before', '10000 12 3.65%/年 12', $$UPDATE voucher SET pay_by = '2026-02-27 16:00:00Z', reversed = NULL, red_number = NULL$$);
SELECT pg_temp.late('the first of two', '10000 12 3.65%/年 12', $$UPDATE voucher SET pay_by = '2026-02-27 16:00:00Z', reversed = NULL, red_number = NULL;
    INSERT INTO voucher (office_id, id, tranche_id, kind, number, amount_fen, received, person_id, pay_by) SELECT 1, pg_temp.u('2'), tranche_id, kind, '2', 1, received, person_id, '2026-03-05Z' FROM voucher$$);
SELECT pg_temp.late('taken back by a red one it has none', '10000 11 3.65%/年 11', $$UPDATE voucher SET pay_by = '2026-02-27 16:00:00Z'$$);
SELECT pg_temp.late('a voucher of another part', '10000 11 3.65%/年 11', $$UPDATE voucher SET pay_by = '2026-02-27 16:00:00Z', reversed = NULL, red_number = NULL, tranche_id = pg_temp.u('2')$$);
SELECT pg_temp.late('half a fen is one', '5000 11 3.65%/年 6', $$UPDATE tranche SET paid_fen = 25000 WHERE id = pg_temp.u('1')$$);
SELECT pg_temp.late('all of it was paid', '-', $$UPDATE tranche SET paid_fen = 30000 WHERE id = pg_temp.u('1')$$);
SELECT pg_temp.late('no more to be paid', '-', $$UPDATE tranche SET state = 'stopped' WHERE id = pg_temp.u('1')$$);
SELECT pg_temp.late('by the day where the rules say so', '10000 11 0.05%/日 55', $$DELETE FROM late_rate; UPDATE tender SET rules = '{"rules": [{"code": "other", "rate": "9%"}, {"code": "late_interest_day", "rate": "0.05%"}]}'$$);
SELECT pg_temp.late('what the contract agreed on goes before', '10000 11 3.65%/年 11', $$UPDATE tender SET rules = '{"rules": [{"code": "late_interest_day", "rate": "0.05%"}]}'$$);
SELECT pg_temp.late('agreed on for another contract', '10000 11  ', $$UPDATE late_rate SET contract_id = pg_temp.u('c2')$$);
SELECT pg_temp.made('nothing of another office', '0', 'SELECT', $$SELECT count(*) FROM overdue_at(2, '2026-06-01Z')$$);
