-- The ledger refuses, as role linli_act, all that its rules forbid; and does a worked example to the fen.
\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;
\pset tuples_only on
SET search_path = linli;
CREATE FUNCTION pg_temp.refused(what text, want text, sql text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        EXECUTE sql;
    EXCEPTION WHEN OTHERS THEN
        IF (SQLSTATE || ' ' || SQLERRM) LIKE want || '%' THEN
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
-- u('c1') is the contract at office 1; p(..) posts what core/money posts.
CREATE FUNCTION pg_temp.u(tail text, office integer DEFAULT 1) RETURNS uuid LANGUAGE sql AS $$
    SELECT format('%s-0000-8000-8000-%s', lpad(office::text, 8, '0'), lpad(tail, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.p(id text, kind text, source text, subject text, fen bigint) RETURNS text LANGUAGE sql AS $$
    SELECT linli.post(1, pg_temp.u(id), kind, pg_temp.u(source), pg_temp.u(subject), NULL, '2026-01-01Z', fen) $$;
CREATE FUNCTION pg_temp.held(buckets text[]) RETURNS bigint LANGUAGE sql AS $$
    SELECT coalesce(sum(credits - debits), 0)::bigint FROM linli.account
     WHERE office_id = 1 AND appropriation_id = pg_temp.u('a1') AND bucket = ANY (buckets) $$;
CREATE FUNCTION pg_temp.move(id text, transfer text) RETURNS text LANGUAGE sql AS $$
    SELECT linli.post_transfer(1, pg_temp.u(id), pg_temp.u(transfer), NULL, '2026-01-01Z') $$;
CREATE FUNCTION pg_temp.each(bucket text, subject text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg((credits - debits)::text, ' ' ORDER BY appropriation_id) FROM linli.account
     WHERE office_id = 1 AND bucket = $1 AND subject = CASE WHEN $2 IS NULL THEN appropriation_id ELSE pg_temp.u($2) END
       AND appropriation_id IN (pg_temp.u('a3'), pg_temp.u('a4'), pg_temp.u('a5')) $$;
CREATE FUNCTION pg_temp.tranche(id text, contract text, no integer, fen bigint, advance boolean) RETURNS uuid LANGUAGE sql AS $$
    SELECT linli.tranche_add(1, pg_temp.u(id), pg_temp.u(contract), no, 't' || no, '期', 'part', fen, 'acceptance', NULL, advance) $$;
CREATE FUNCTION pg_temp.many(kind text, ids text[], payments text[], contract text, fen bigint[], office integer DEFAULT 1) RETURNS bigint LANGUAGE sql AS $$
    SELECT linli.post_many(office, kind, NULL, '2026-01-01Z', array_agg(pg_temp.u(i)), array_agg(pg_temp.u(p)), array_agg(pg_temp.u(contract)), array_agg(f))
      FROM unnest(ids, payments, fen) AS l(i, p, f) $$;
SET ROLE linli_act;
SET linli.offices = '{1}';

\echo == a grant, replayed and contradicted
SELECT pg_temp.same('appropriate 1,000.00', 'posted', pg_temp.p('1', 'appropriate', 'a1', 'a1', 100000));
SELECT pg_temp.same('the same again', 'replayed', pg_temp.p('1', 'appropriate', 'a1', 'a1', 100000));
SELECT pg_temp.refused('the same id, other content', 'LD004 ledger/conflict', $$SELECT pg_temp.p('1', 'appropriate', 'a1', 'a1', 100001)$$);
SELECT pg_temp.refused('the same source, another id', 'LD004 ledger/duplicate', $$SELECT pg_temp.p('2', 'appropriate', 'a1', 'a1', 100000)$$);
SELECT pg_temp.same('posted once', '100000', pg_temp.held('{available}'));
SELECT pg_temp.same('authority is what was granted', '-100000', pg_temp.held('{authority}'));

\echo == lines
SELECT pg_temp.refused('zero', 'LD003 ledger/amount', $$SELECT pg_temp.p('3', 'reserve', 'e1', 'e1', 0)$$);
SELECT pg_temp.refused('negative', 'LD003 ledger/amount', $$SELECT pg_temp.p('3', 'reserve', 'e1', 'e1', -5)$$);
SELECT pg_temp.refused('one fen above 10^15', 'LD003 ledger/amount', $$SELECT pg_temp.p('3', 'appropriate', '3', 'a1', 1000000000000001)$$);
SELECT pg_temp.refused('the greatest bigint', 'LD003 ledger/amount', $$SELECT pg_temp.p('3', 'appropriate', '3', 'a1', 9223372036854775807)$$);

\echo == accounts that do not belong together
SELECT pg_temp.refused('a kind there is not', 'LD003 ledger/move', $$SELECT pg_temp.p('3', 'pocket', 'e1', 'e1', 5)$$);
SELECT pg_temp.refused('a tender nobody pays for', 'LD006 fund/absent', $$SELECT pg_temp.p('3', 'reserve', 'e7', 'e7', 5)$$);
SELECT pg_temp.refused('an appropriation of another office', 'LD006 fund/absent', $$SELECT linli.post(1, pg_temp.u('3'), 'appropriate', pg_temp.u('a1', 2), pg_temp.u('a1', 2), NULL, now(), 5)$$);
SELECT pg_temp.refused('an appropriation that is a tender', 'LD006 fund/absent', $$SELECT pg_temp.p('3', 'appropriate', 'e1', 'e1', 5)$$);
SELECT pg_temp.refused('a contract that is a tender', 'LD006 contract/absent', $$SELECT pg_temp.p('3', 'commit', 'e1', 'e1', 5)$$);
SELECT pg_temp.refused('bound for another contract than the source', 'LD003 ledger/source', $$SELECT pg_temp.p('3', 'commit', 'c2', 'c1', 5)$$);
SELECT pg_temp.refused('a tender that is not there', 'LD006 tender/absent', $$SELECT pg_temp.p('3', 'reserve', 'e0', 'e0', 5)$$);
SELECT pg_temp.refused('a purpose the fund has not', 'LD008 fund/purpose', $$SELECT pg_temp.p('3', 'reserve', 'e6', 'e6', 5)$$);
SELECT pg_temp.refused('reserved for another than the source', 'LD003 ledger/source', $$SELECT pg_temp.p('3', 'reserve', 'e2', 'e1', 5)$$);
SELECT pg_temp.refused('another office', 'LD007 auth/forbidden', $$SELECT linli.post(2, pg_temp.u('3', 2), 'appropriate', pg_temp.u('a1', 2), pg_temp.u('a1', 2), NULL, now(), 5)$$);
SET linli.offices = '';
SELECT pg_temp.refused('nobody''s office', 'LD007 auth/forbidden', $$SELECT pg_temp.p('3', 'reserve', 'e1', 'e1', 5)$$);
SET linli.offices = '{1}';

\echo == overspent
SELECT pg_temp.refused('one fen more than available', 'LD002 fund/insufficient', $$SELECT pg_temp.p('3', 'reserve', 'e1', 'e1', 100001)$$);
SELECT pg_temp.refused('from an empty bucket', 'LD002 fund/insufficient', $$SELECT pg_temp.p('3', 'release', 'e1', 'e1', 1)$$);
SELECT pg_temp.same('nothing moved', '100000', pg_temp.held('{available}'));
SELECT pg_temp.same('no journal is left of what was refused', '1', (SELECT count(*) FROM linli.journal));

-- Boundary 32.
\echo == 100,000 received, 60,000 committed, 30,000 paid, 45,000 refused, 10,000 released, 45,000 accepted
SELECT pg_temp.same('reserve 60,000', 'posted', pg_temp.p('10', 'reserve', 'e1', 'e1', 60000));
SELECT pg_temp.same('commit 60,000', 'posted', pg_temp.p('11', 'commit', 'c1', 'c1', 60000));
SELECT pg_temp.same('available 40,000', '40000', pg_temp.held('{available}'));
SELECT pg_temp.refused('a contract bound twice', 'LD004 ledger/duplicate', $$SELECT pg_temp.p('12', 'commit', 'c1', 'c1', 1)$$);
SELECT pg_temp.tranche('d1', 'c1', 1, 30000, true), pg_temp.tranche('d2', 'c1', 2, 30000, false) \g /dev/null
SELECT pg_temp.refused('not released yet', 'LD003 ledger/source', $$SELECT pg_temp.p('13', 'payable', 'd1', 'c1', 30000)$$);
UPDATE linli.tranche SET state = 'released', released_fen = 30000 WHERE office_id = 1 AND id = pg_temp.u('d1');
SELECT pg_temp.refused('a fen more than released', 'LD003 ledger/source', $$SELECT pg_temp.p('13', 'payable', 'd1', 'c1', 30001)$$);
SELECT pg_temp.same('payable 30,000', 'posted', pg_temp.p('13', 'payable', 'd1', 'c1', 30000));
SELECT pg_temp.refused('released twice', 'LD004 ledger/duplicate', $$SELECT pg_temp.p('14', 'payable', 'd1', 'c1', 30000)$$);
INSERT INTO linli.payment (office_id, id, tranche_id, amount_fen, state, maker, ordered)
VALUES (1, pg_temp.u('91'), pg_temp.u('d1'), 30000, 'ordered', pg_temp.u('f1', 0), '2026-01-01Z');
SELECT pg_temp.refused('a second live payment', '23505', $$INSERT INTO linli.payment (office_id, id, tranche_id, amount_fen, state, maker, ordered) VALUES (1, pg_temp.u('92'), pg_temp.u('d1'), 30000, 'ordered', pg_temp.u('f2', 0), '2026-01-01Z')$$);
SELECT pg_temp.refused('sent before approval', 'LD003 ledger/source', $$SELECT pg_temp.p('15', 'send', '91', 'c1', 30000)$$);
SELECT pg_temp.refused('self-approval', '23514', $$UPDATE linli.payment SET state = 'sent', checker = maker WHERE office_id = 1 AND id = pg_temp.u('91')$$);
SELECT pg_temp.refused('sent by nobody', '23514', $$UPDATE linli.payment SET state = 'sent' WHERE office_id = 1 AND id = pg_temp.u('91')$$);
SELECT pg_temp.refused('another sum than ordered', '42501', $$UPDATE linli.payment SET amount_fen = 1 WHERE office_id = 1$$);
SELECT pg_temp.refused('another maker than ordered', '42501', $$UPDATE linli.payment SET maker = pg_temp.u('f3', 0) WHERE office_id = 1$$);
UPDATE linli.payment SET state = 'sent', checker = pg_temp.u('f2', 0) WHERE office_id = 1 AND id = pg_temp.u('91');
SELECT pg_temp.refused('half of the payment', 'LD003 ledger/source', $$SELECT pg_temp.p('15', 'send', '91', 'c1', 15000)$$);
SELECT pg_temp.same('send', 'posted', pg_temp.p('15', 'send', '91', 'c1', 30000));
SELECT pg_temp.refused('sent twice', 'LD004 ledger/duplicate', $$SELECT pg_temp.p('16', 'send', '91', 'c1', 30000)$$);
SELECT pg_temp.refused('settled before the bank has', 'LD003 ledger/source', $$SELECT pg_temp.p('17', 'settle', '91', 'c1', 30000)$$);
UPDATE linli.payment SET state = 'settled' WHERE office_id = 1 AND id = pg_temp.u('91');
SELECT pg_temp.same('settle', 'posted', pg_temp.p('17', 'settle', '91', 'c1', 30000));
SELECT pg_temp.same('cash 70,000', '70000', pg_temp.held('{available,reserved,committed,payable,in_transit}'));
SELECT pg_temp.same('committed 30,000', '30000', pg_temp.held('{committed}'));
SELECT pg_temp.same('available 40,000 still', '40000', pg_temp.held('{available}'));
SELECT pg_temp.refused('a second commitment of 45,000', 'LD002 fund/insufficient', $$SELECT pg_temp.p('18', 'reserve', 'e2', 'e2', 45000)$$);
SELECT pg_temp.same('10,000 unused released', 'posted', pg_temp.p('19', 'uncommit', 'c1', 'c1', 10000));
SELECT pg_temp.same('committed 20,000', '20000', pg_temp.held('{committed}'));
SELECT pg_temp.same('available 50,000', '50000', pg_temp.held('{available}'));
SELECT pg_temp.same('45,000 accepted', 'posted', pg_temp.p('18', 'reserve', 'e2', 'e2', 45000));
SELECT pg_temp.same('5,000 left', '5000', pg_temp.held('{available}'));
SELECT pg_temp.same('the buckets add up to what was granted', '0', pg_temp.held('{authority,available,reserved,committed,payable,in_transit,paid,returned,lapsed}'));

\echo == a contract and its tranches
SELECT pg_temp.refused('more than the contract', 'LD005 contract/exceeded', $$SELECT pg_temp.tranche('d3', 'c1', 3, 1, false)$$);
SELECT pg_temp.refused('a tranche of another office', 'LD007 auth/forbidden', $$SELECT linli.tranche_add(2, pg_temp.u('d3', 2), pg_temp.u('c1', 2), 1, 't', '期', 'part', 1, 'signing', NULL, false)$$);
SELECT pg_temp.refused('a tranche of nothing', '23514', $$SELECT pg_temp.tranche('d3', 'c2', 1, 0, false)$$);
SELECT pg_temp.refused('a tranche of no contract', 'LD006 contract/absent', $$SELECT pg_temp.tranche('d3', 'c0', 1, 1, false)$$);
SELECT pg_temp.refused('past the function', '42501', $$INSERT INTO linli.tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, state) VALUES (1, pg_temp.u('d9'), pg_temp.u('c1'), 9, 't', '期', 'part', 1, 'signing', 'planned')$$);
SELECT pg_temp.refused('a bigger tranche', '42501', $$UPDATE linli.tranche SET amount_fen = amount_fen + 1 WHERE office_id = 1$$);
SELECT pg_temp.refused('a bigger contract', '42501', $$UPDATE linli.contract SET amount_fen = amount_fen + 1 WHERE office_id = 1$$);
SELECT pg_temp.refused('released above its sum', '23514', $$UPDATE linli.tranche SET released_fen = amount_fen + 1 WHERE office_id = 1 AND id = pg_temp.u('d2')$$);
SELECT pg_temp.refused('paid above what was released', '23514', $$UPDATE linli.tranche SET paid_fen = released_fen + 1 WHERE office_id = 1 AND id = pg_temp.u('d1')$$);
SELECT pg_temp.tranche('d4', 'c2', 1, 45000, false) \g /dev/null
SELECT pg_temp.refused('bound above the contract', 'LD002 fund/insufficient', $$SELECT pg_temp.p('20', 'commit', 'c2', 'c2', 60001)$$);
SELECT pg_temp.p('21', 'appropriate', '21', 'a1', 100000) \g /dev/null
SELECT pg_temp.p('22', 'reserve', 'e3', 'e3', 90000) \g /dev/null
SELECT pg_temp.refused('a fen above the contract', 'LD005 contract/exceeded', $$SELECT pg_temp.p('23', 'commit', 'c3', 'c3', 60001)$$);
SELECT pg_temp.same('exactly the contract', 'posted', pg_temp.p('23', 'commit', 'c3', 'c3', 60000));

\echo == never more than was accepted plus what may be advanced
SELECT pg_temp.tranche('41', 'c3', 1, 30000, true), pg_temp.tranche('42', 'c3', 2, 18000, false), pg_temp.tranche('43', 'c3', 3, 12000, false) \g /dev/null
UPDATE linli.tranche SET state = 'released', released_fen = amount_fen WHERE office_id = 1 AND contract_id = pg_temp.u('c3') AND no <= 2;
SELECT pg_temp.same('the advance, nothing accepted', 'posted', pg_temp.p('31', 'payable', '41', 'c3', 30000));
SELECT pg_temp.refused('the second, nothing accepted', 'LD005 contract/exceeded', $$SELECT pg_temp.p('32', 'payable', '42', 'c3', 18000)$$);
UPDATE linli.tranche SET accepted_fen = 17999 WHERE office_id = 1 AND id = pg_temp.u('42');
SELECT pg_temp.refused('a fen too little accepted', 'LD005 contract/exceeded', $$SELECT pg_temp.p('32', 'payable', '42', 'c3', 18000)$$);
UPDATE linli.tranche SET accepted_fen = 18000 WHERE office_id = 1 AND id = pg_temp.u('42');
SELECT pg_temp.same('the second, accepted', 'posted', pg_temp.p('32', 'payable', '42', 'c3', 18000));
UPDATE linli.tranche SET state = 'released', released_fen = amount_fen, accepted_fen = 41999 WHERE office_id = 1 AND id = pg_temp.u('43');
SELECT pg_temp.refused('the last must cover the advance: a fen is missing', 'LD005 contract/exceeded', $$SELECT pg_temp.p('33', 'payable', '43', 'c3', 12000)$$);
UPDATE linli.tranche SET accepted_fen = 42000 WHERE office_id = 1 AND id = pg_temp.u('43');
SELECT pg_temp.same('the last, all covered', 'posted', pg_temp.p('33', 'payable', '43', 'c3', 12000));

\echo == stopped at mid-term: what is left comes back, also where the advance was never covered
SELECT pg_temp.p('50', 'appropriate', '50', 'a1', 100000), pg_temp.p('51', 'reserve', 'e4', 'e4', 60000) \g /dev/null
SELECT pg_temp.p('52', 'commit', 'c4', 'c4', 60000), pg_temp.tranche('61', 'c4', 1, 30000, true), pg_temp.tranche('62', 'c4', 2, 30000, false) \g /dev/null
UPDATE linli.tranche SET state = 'released', released_fen = amount_fen WHERE office_id = 1 AND id = pg_temp.u('61');
SELECT pg_temp.p('53', 'payable', '61', 'c4', 30000) \g /dev/null
UPDATE linli.tranche SET state = 'stopped' WHERE office_id = 1 AND id = pg_temp.u('62');
SELECT pg_temp.same('30,000 back', 'posted', pg_temp.p('54', 'uncommit', 'c4', 'c4', 30000));
SELECT pg_temp.refused('back twice', 'LD004 ledger/duplicate', $$SELECT pg_temp.p('55', 'uncommit', 'c4', 'c4', 1)$$);
\echo == a payment sent back, and the second one
INSERT INTO linli.payment (office_id, id, tranche_id, amount_fen, state, maker, checker, ordered)
VALUES (1, pg_temp.u('93'), pg_temp.u('61'), 30000, 'sent', pg_temp.u('f1', 0), pg_temp.u('f2', 0), '2026-01-01Z');
SELECT pg_temp.p('71', 'send', '93', 'c4', 30000) \g /dev/null
SELECT pg_temp.refused('the bank did not send it back', 'LD003 ledger/source', $$SELECT pg_temp.p('72', 'return', '93', 'c4', 30000)$$);
UPDATE linli.payment SET state = 'returned' WHERE office_id = 1 AND id = pg_temp.u('93');
SELECT pg_temp.same('returned', 'posted', pg_temp.p('72', 'return', '93', 'c4', 30000));
INSERT INTO linli.payment (office_id, id, tranche_id, amount_fen, state, maker, checker, ordered)
VALUES (1, pg_temp.u('94'), pg_temp.u('61'), 30000, 'sent', pg_temp.u('f1', 0), pg_temp.u('f2', 0), '2026-01-01Z');
SELECT pg_temp.same('sent again', 'posted', pg_temp.p('73', 'send', '94', 'c4', 30000));

\echo == a signed contract changes by what two people agreed on, and by nothing else
SELECT pg_temp.refused('a change nobody asked for', 'LD006 contract/absent', $$SELECT linli.contract_apply(1, pg_temp.u('97'), pg_temp.u('98'))$$);
INSERT INTO linli.contract_change (office_id, id, contract_id, no, kind, reason, amount_fen, name, name_en, trigger_on, proposed, proposed_by, state)
VALUES (1, pg_temp.u('97'), pg_temp.u('c3'), 1, 'supplement', '-', 6000, '增', 'more', 'acceptance', '2026-01-01Z', pg_temp.u('f1', 0), 'proposed');
SELECT pg_temp.refused('not approved yet', 'LD006 contract/absent', $$SELECT linli.contract_apply(1, pg_temp.u('97'), pg_temp.u('98'))$$);
SELECT pg_temp.refused('approved by who asked', '23514', $$UPDATE linli.contract_change SET state = 'approved', decided_by = proposed_by WHERE id = pg_temp.u('97')$$);
UPDATE linli.contract_change SET state = 'approved', decided_by = pg_temp.u('f2', 0) WHERE office_id = 1 AND id = pg_temp.u('97');
SELECT pg_temp.refused('money before the contract grew', 'LD005 contract/exceeded', $$SELECT pg_temp.p('a5', 'supplement', '97', 'c3', 6000)$$);
SELECT linli.contract_apply(1, pg_temp.u('97'), pg_temp.u('98')) \g /dev/null
SELECT pg_temp.refused('twice', '23505', $$SELECT linli.contract_apply(1, pg_temp.u('97'), pg_temp.u('9a'))$$);
SELECT pg_temp.refused('a fen more than was agreed', 'LD003 ledger/source', $$SELECT pg_temp.p('a5', 'supplement', '97', 'c3', 6001)$$);
SELECT pg_temp.same('the supplement', 'posted', pg_temp.p('a5', 'supplement', '97', 'c3', 6000));
SELECT pg_temp.refused('once more', 'LD004 ledger/duplicate', $$SELECT pg_temp.p('a6', 'supplement', '97', 'c3', 6000)$$);
SELECT pg_temp.same('its tranches add up', '66000', (SELECT sum(amount_fen) FROM linli.tranche WHERE office_id = 1 AND contract_id = pg_temp.u('c3')));
SELECT pg_temp.refused('another contractor', '42501', $$UPDATE linli.contract SET organisation_id = organisation_id WHERE office_id = 1$$);

\echo == a journal is reversed once, by two people
SELECT pg_temp.p('a7', 'appropriate', 'a7', 'a1', 900) \g /dev/null
SELECT pg_temp.refused('nobody asked', 'LD003 ledger/source', $$SELECT linli.post_reverse(1, pg_temp.u('a8'), pg_temp.u('ab'), pg_temp.u('a7'), NULL, '2026-01-01Z')$$);
INSERT INTO linli.reversal (office_id, id, appropriation_id, journal_id, reason, state, proposed, proposed_by)
VALUES (1, pg_temp.u('ab'), pg_temp.u('a1'), pg_temp.u('a7'), '-', 'proposed', '2026-01-01Z', pg_temp.u('f1', 0));
SELECT pg_temp.refused('nobody agreed', 'LD003 ledger/source', $$SELECT linli.post_reverse(1, pg_temp.u('a8'), pg_temp.u('ab'), pg_temp.u('a7'), NULL, '2026-01-01Z')$$);
UPDATE linli.reversal SET state = 'approved', decided_by = pg_temp.u('f2', 0) WHERE office_id = 1 AND id = pg_temp.u('ab');
SELECT pg_temp.refused('of another journal', 'LD003 ledger/source', $$SELECT linli.post_reverse(1, pg_temp.u('a8'), pg_temp.u('ab'), pg_temp.u('50'), NULL, '2026-01-01Z')$$);
SELECT pg_temp.same('reversed', 'posted', linli.post_reverse(1, pg_temp.u('a8'), pg_temp.u('ab'), pg_temp.u('a7'), NULL, '2026-01-01Z'));
SELECT pg_temp.refused('reversed twice', 'LD004 ledger/duplicate', $$SELECT linli.post_reverse(1, pg_temp.u('a9'), pg_temp.u('ab'), pg_temp.u('a7'), NULL, '2026-01-01Z')$$);
SELECT pg_temp.refused('the reversal reversed', 'LD003 ledger/source', $$SELECT linli.post_reverse(1, pg_temp.u('a9'), pg_temp.u('ab'), pg_temp.u('a8'), NULL, '2026-01-01Z')$$);

\echo == several pay together, each its share to the fen
-- By hand: 10 in thirds is 3.33 each, one fen over; of 7:3, 0.05 is 0.035 and 0.015, one fen over, of equal remainders to the first.
SELECT pg_temp.same('a third each, the fen that is left over to the first', '{4,3,3}', linli.shares(10, '{1,1,1}'));
SELECT pg_temp.same('the largest remainder takes it', '{3,7}', linli.shares(10, '{34,66}'));
SELECT pg_temp.same('of equal remainders the first', '{4,1}', linli.shares(5, '{7,3}'));
SELECT pg_temp.same('none to whom nothing is due', '{0,1}', linli.shares(1, '{0,5}'));
SELECT pg_temp.same('of none that weighs anything, all alike', '{4,3,3}', linli.shares(10, '{0,0,0}'));
SELECT pg_temp.same('one that weighs nothing', '{7}', linli.shares(7, '{0}'));
SELECT pg_temp.same('a sum and weights of 10^15', '{333333333333334,333333333333333,333333333333333}', linli.shares(1000000000000000, '{1000000000000000,1000000000000000,1000000000000000}'));
SELECT pg_temp.p('c3', 'appropriate', 'c3', 'a3', 40000), pg_temp.p('c4', 'appropriate', 'c4', 'a4', 40000), pg_temp.p('c5', 'appropriate', 'c5', 'a5', 33333) \g /dev/null
SELECT pg_temp.refused('one of three lacks a fen', 'LD002 fund/insufficient', $$SELECT pg_temp.p('c6', 'reserve', 'e8', 'e8', 100000)$$);
SELECT pg_temp.same('nothing moved in any', '40000 40000 33333', pg_temp.each('available', NULL));
SELECT pg_temp.p('c7', 'appropriate', 'c7', 'a5', 6667) \g /dev/null
SELECT pg_temp.same('reserved as declared', 'posted 33333 33333 33334', pg_temp.p('c6', 'reserve', 'e8', 'e8', 100000) || ' ' || pg_temp.each('reserved', 'e8'));
SELECT pg_temp.same('one journal, six lines', '6', (SELECT lines FROM linli.journal WHERE id = pg_temp.u('c6')));
SELECT pg_temp.same('reserved twice', 'replayed', pg_temp.p('c6', 'reserve', 'e8', 'e8', 100000));
SELECT pg_temp.refused('who pays changes no more', 'LD003 ledger/source', $$SELECT linli.source_set(1, pg_temp.u('e8'), ARRAY[pg_temp.u('a1')], '{0}')$$);
SELECT pg_temp.refused('nor past the function', '42501', $$INSERT INTO linli.source VALUES (1, pg_temp.u('e8'), 9, pg_temp.u('a1'), 1)$$);
SELECT pg_temp.same('60,000 of them bound', 'posted 20000 20000 20000', pg_temp.p('d8', 'commit', 'c8', 'c8', 60000) || ' ' || pg_temp.each('committed', 'c8'));
SELECT pg_temp.p('d9', 'release', 'e8', 'e8', 40000) \g /dev/null
SELECT pg_temp.same('the rest goes back to whom it came from', '20000 20000 20000', pg_temp.each('available', NULL));
SELECT pg_temp.tranche('e1', 'c8', 1, 20000, true), pg_temp.tranche('e2', 'c8', 2, 20000, true), pg_temp.tranche('e3', 'c8', 3, 20000, true) \g /dev/null
UPDATE linli.tranche SET state = 'released', released_fen = amount_fen, accepted_fen = amount_fen WHERE office_id = 1 AND contract_id = pg_temp.u('c8');
SELECT pg_temp.same('the first tranche of 20,000', 'posted 6667 6667 6666', pg_temp.p('ea', 'payable', 'e1', 'c8', 20000) || ' ' || pg_temp.each('payable', 'c8'));
SELECT pg_temp.same('the second', 'posted 13334 13333 13333', pg_temp.p('eb', 'payable', 'e2', 'c8', 20000) || ' ' || pg_temp.each('payable', 'c8'));
SELECT pg_temp.same('the last takes the rest of each', 'posted 0 0 0', pg_temp.p('ec', 'payable', 'e3', 'c8', 20000) || ' ' || pg_temp.each('committed', 'c8'));
INSERT INTO linli.payment (office_id, id, tranche_id, amount_fen, state, maker, checker, ordered)
VALUES (1, pg_temp.u('ed'), pg_temp.u('e2'), 20000, 'sent', pg_temp.u('f1', 0), pg_temp.u('f2', 0), '2026-01-01Z');
SELECT pg_temp.same('a payment goes as its tranche was let out', 'posted 6667 6666 6667', pg_temp.p('ee', 'send', 'ed', 'c8', 20000) || ' ' || pg_temp.each('in_transit', 'c8'));
UPDATE linli.payment SET state = 'settled' WHERE office_id = 1 AND id = pg_temp.u('ed');
SELECT pg_temp.same('and is settled so', 'posted 6667 6666 6667', pg_temp.p('ef', 'settle', 'ed', 'c8', 20000) || ' ' || pg_temp.each('paid', 'c8'));
UPDATE linli.payment SET state = 'returned' WHERE office_id = 1 AND id = pg_temp.u('ed');
SELECT pg_temp.same('and comes back so', 'posted 20000 20000 20000', pg_temp.p('f0', 'bounce', 'ed', 'c8', 20000) || ' ' || pg_temp.each('payable', 'c8'));
SELECT pg_temp.same('within each no money crosses', '0', (SELECT count(*) FROM (SELECT 1 FROM linli.posting GROUP BY journal_id, appropriation_id
    HAVING sum(CASE side WHEN 'D' THEN amount_fen ELSE -amount_fen END) <> 0) x));

\echo == to another appropriation, or given up: as two people agreed on, with the consent of the donor
INSERT INTO linli.transfer (office_id, id, appropriation_id, kind, to_id, amount_fen, reason, decision, state, proposed, proposed_by)
VALUES (1, pg_temp.u('71'), pg_temp.u('a3'), 'transfer', pg_temp.u('a4'), 1500, '-', '1', 'proposed', '2026-01-01Z', pg_temp.u('f1', 0)),
       (1, pg_temp.u('72'), pg_temp.u('a3'), 'lapse', NULL, 500, '-', '2', 'proposed', '2026-01-01Z', pg_temp.u('f1', 0)),
       (1, pg_temp.u('73'), pg_temp.u('a3'), 'lapse', NULL, 18001, '-', '3', 'proposed', '2026-01-01Z', pg_temp.u('f1', 0));
SELECT pg_temp.refused('nobody agreed to move it', 'LD003 ledger/source', $$SELECT pg_temp.move('74', '71')$$);
SELECT pg_temp.refused('agreed to by who asked', '23514', $$UPDATE linli.transfer SET state = 'approved', decided_by = proposed_by WHERE office_id = 1$$);
SELECT pg_temp.refused('another sum than was asked', '42501', $$UPDATE linli.transfer SET amount_fen = 1 WHERE office_id = 1$$);
UPDATE linli.transfer SET state = 'approved', decided_by = pg_temp.u('f2', 0) WHERE office_id = 1;
SELECT pg_temp.same('moved', 'posted 18500 21500 20000', pg_temp.move('74', '71') || ' ' || pg_temp.each('available', NULL));
SELECT pg_temp.same('and with it what was granted', '-38500 -41500 -40000', pg_temp.each('authority', NULL));
SELECT pg_temp.refused('moved twice', 'LD004 ledger/duplicate', $$SELECT pg_temp.move('75', '71')$$);
SELECT pg_temp.same('given up', 'posted 500', pg_temp.move('76', '72') || ' ' || pg_temp.each('lapsed', NULL));
SELECT pg_temp.refused('a fen more than is free', 'LD002 fund/insufficient', $$SELECT pg_temp.move('77', '73')$$);
RESET ROLE;
UPDATE linli.appropriation SET restriction = '养老' WHERE office_id = 1 AND id = pg_temp.u('a3');
INSERT INTO linli.transfer (office_id, id, appropriation_id, kind, to_id, amount_fen, reason, decision, state, proposed, proposed_by, decided_by)
VALUES (1, pg_temp.u('78'), pg_temp.u('a3'), 'transfer', pg_temp.u('a4'), 1, '-', '4', 'approved', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0)),
       (1, pg_temp.u('79'), pg_temp.u('a4'), 'transfer', pg_temp.u('a3'), 1, '-', '5', 'approved', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0));
SET ROLE linli_act;
SELECT pg_temp.refused('what donors gave for a field, without their consent', 'LD008 fund/consent', $$SELECT pg_temp.move('7a', '78')$$);
SELECT pg_temp.same('into it nobody has to consent', 'posted', pg_temp.move('7b', '79'));

\echo == many payments at once, as one by one
-- By hand: the third of 10,000 is let out where 3,333, 3,334 and 3,334 are left: 3,332 and 6,668, 3,333 and 6,667 (twice) of 10,001; two fen go to
-- the largest remainder and to the first of the next.
SELECT pg_temp.p('da0', 'reserve', 'e9', 'e9', 30001), pg_temp.p('da1', 'commit', 'c9', 'c9', 30001) \g /dev/null
SELECT pg_temp.tranche('db1', 'c9', 1, 10000, true), pg_temp.tranche('db2', 'c9', 2, 10000, true), pg_temp.tranche('db3', 'c9', 3, 10000, true),
       pg_temp.tranche('db4', 'c9', 4, 1, true) \g /dev/null
UPDATE linli.tranche SET state = 'released', released_fen = amount_fen, accepted_fen = amount_fen WHERE office_id = 1 AND contract_id = pg_temp.u('c9');
SELECT pg_temp.p('dc1', 'payable', 'db1', 'c9', 10000), pg_temp.p('dc2', 'payable', 'db2', 'c9', 10000), pg_temp.p('dc3', 'payable', 'db3', 'c9', 10000) \g /dev/null
INSERT INTO linli.payment (office_id, id, tranche_id, amount_fen, state, maker, checker, ordered)
SELECT 1, pg_temp.u('dd' || n), pg_temp.u('db' || n), CASE n WHEN 4 THEN 1 ELSE 10000 END, 'sent', pg_temp.u('f1', 0), pg_temp.u('f2', 0), '2026-01-01Z' FROM generate_series(1, 4) n;
SELECT pg_temp.same('payable', '10000 10000 10000', pg_temp.each('payable', 'c9'));
SELECT pg_temp.refused('a kind that has no many', 'LD003 ledger/move', $$SELECT pg_temp.many('payable', '{de1}', '{db1}', 'c9', '{10000}')$$);
SELECT pg_temp.refused('nor has coming back', 'LD003 ledger/move', $$SELECT pg_temp.many('return', '{de1}', '{dd1}', 'c9', '{10000}')$$);
SELECT pg_temp.refused('many of another office', 'LD007 auth/forbidden', $$SELECT pg_temp.many('send', '{de1}', '{dd1}', 'c9', '{10000}', 2)$$);
SELECT pg_temp.refused('many of no contract', 'LD006 contract/absent', $$SELECT pg_temp.many('send', '{de1}', '{dd1}', 'c0', '{10000}')$$);
SELECT pg_temp.refused('many of another contract', 'LD003 ledger/source', $$SELECT pg_temp.many('send', '{de1,de2}', '{dd1,dd2}', 'c8', '{10000,10000}')$$);
SELECT pg_temp.refused('one of many a fen more', 'LD003 ledger/source', $$SELECT pg_temp.many('send', '{de1,de2}', '{dd1,dd2}', 'c9', '{10000,10001}')$$);
SELECT pg_temp.refused('one of many no sum', 'LD003 ledger/source', $$SELECT pg_temp.many('send', '{de1,de2}', '{dd1,dd2}', 'c9', '{10000,NULL}')$$);
SELECT pg_temp.refused('settled before the bank has', 'LD003 ledger/source', $$SELECT pg_temp.many('settle', '{de1,de2}', '{dd1,dd2}', 'c9', '{10000,10000}')$$);
SELECT pg_temp.refused('one of many twice', 'LD004 ledger/duplicate', $$SELECT pg_temp.many('send', '{de1,de2}', '{dd1,dd1}', 'c9', '{10000,10000}')$$);
SELECT pg_temp.refused('one of many was never let out', 'LD002 fund/insufficient', $$SELECT pg_temp.many('send', '{de1,de4}', '{dd1,dd4}', 'c9', '{10000,1}')$$);
SELECT pg_temp.same('nothing moved', '10000 10000 10000', pg_temp.each('payable', 'c9'));
SELECT pg_temp.same('two sent, a fen of rest each to whom its tranche took it from', '2 3333 3334 3333',
    pg_temp.many('send', '{de1,de2}', '{dd1,dd2}', 'c9', '{10000,10000}') || ' ' || pg_temp.each('payable', 'c9'));
SELECT pg_temp.same('each journal has lines from 1 to 6', '6 6', (SELECT string_agg(x.most::text, ' ') FROM (SELECT max(line) AS most FROM linli.posting
    WHERE journal_id IN (pg_temp.u('de1'), pg_temp.u('de2')) GROUP BY journal_id HAVING min(line) = 1 AND count(*) = 6) x));
SELECT pg_temp.same('one of them again, with the third', '2 0 0 0', pg_temp.many('send', '{de2,de3}', '{dd2,dd3}', 'c9', '{10000,10000}') || ' ' || pg_temp.each('payable', 'c9'));
SELECT pg_temp.same('all of them again', '3 10000 10000 10000', pg_temp.many('send', '{de1,de2,de3}', '{dd1,dd2,dd3}', 'c9', '{10000,10000,10000}') || ' ' || pg_temp.each('in_transit', 'c9'));
SELECT pg_temp.refused('again under another name', 'LD004 ledger/duplicate', $$SELECT pg_temp.many('send', '{de8,de9}', '{dd1,dd2}', 'c9', '{10000,10000}')$$);
UPDATE linli.payment SET state = 'settled' WHERE office_id = 1 AND tranche_id IN (pg_temp.u('db1'), pg_temp.u('db2'), pg_temp.u('db3'));
SELECT pg_temp.same('settled', '3 10000 10000 10000', pg_temp.many('settle', '{df1,df2,df3}', '{dd1,dd2,dd3}', 'c9', '{10000,10000,10000}') || ' ' || pg_temp.each('paid', 'c9'));

\echo == of equal remainders to the first that pays, as the tender names them
RESET ROLE;
INSERT INTO linli.source (office_id, owner_id, no, appropriation_id) VALUES (1, pg_temp.u('e7'), 1, pg_temp.u('a5')), (1, pg_temp.u('e7'), 2, pg_temp.u('a4'));
SET ROLE linli_act;
SELECT pg_temp.same('two each', 'posted 2 2', pg_temp.p('e70', 'reserve', 'e7', 'e7', 4) || ' ' || pg_temp.each('reserved', 'e7'));
SELECT pg_temp.same('one back, to the first', 'posted 2 1', pg_temp.p('e71', 'release', 'e7', 'e7', 1) || ' ' || pg_temp.each('reserved', 'e7'));
SELECT pg_temp.same('and one more, from whom holds most', 'posted 1 1', pg_temp.p('e72', 'release', 'e7', 'e7', 1) || ' ' || pg_temp.each('reserved', 'e7'));

\echo == each kind its row, and no other
RESET ROLE; UPDATE linli.contract SET state = 'stopped' WHERE office_id = 1 AND id = pg_temp.u('c2'); SET ROLE linli_act;
SELECT pg_temp.refused('bound for a contract that was stopped', 'LD003 ledger/source', $$SELECT pg_temp.p('c21', 'commit', 'c2', 'c2', 45000)$$);
RESET ROLE; UPDATE linli.contract SET state = 'draft' WHERE office_id = 1 AND id = pg_temp.u('c2'); SET ROLE linli_act;
SELECT pg_temp.same('as it is signed', 'posted', pg_temp.p('c21', 'commit', 'c2', 'c2', 45000));
UPDATE linli.tranche SET accepted_fen = 45000 WHERE office_id = 1 AND id = pg_temp.u('d4');
UPDATE linli.tranche SET state = 'released', released_fen = 44000 WHERE office_id = 1 AND id = pg_temp.u('d4');
SELECT pg_temp.refused('to be paid before it was signed', 'LD003 ledger/source', $$SELECT pg_temp.p('c22', 'payable', 'd4', 'c2', 44000)$$);
RESET ROLE; UPDATE linli.contract SET state = 'signed' WHERE office_id = 1 AND id = pg_temp.u('c2'); SET ROLE linli_act;
SELECT pg_temp.refused('for another contract', 'LD003 ledger/source', $$SELECT pg_temp.p('c22', 'payable', 'd4', 'c1', 44000)$$);
SELECT pg_temp.same('let out for less', 'posted', pg_temp.p('c22', 'payable', 'd4', 'c2', 44000));
SELECT pg_temp.refused('a fen less than is left of it', 'LD003 ledger/source', $$SELECT pg_temp.p('c23', 'uncommit', 'd4', 'c2', 999)$$);
SELECT pg_temp.refused('the rest of another contract''s', 'LD003 ledger/source', $$SELECT pg_temp.p('c23', 'uncommit', 'd4', 'c1', 1000)$$);
SELECT pg_temp.same('the rest is free again', 'posted', pg_temp.p('c23', 'uncommit', 'd4', 'c2', 1000));
INSERT INTO linli.payment (office_id, id, tranche_id, amount_fen, state, maker, checker, ordered)
VALUES (1, pg_temp.u('c24'), pg_temp.u('d4'), 44000, 'sent', pg_temp.u('f1', 0), pg_temp.u('f2', 0), '2026-01-01Z');
SELECT pg_temp.p('c25', 'send', 'c24', 'c2', 44000) \g /dev/null
UPDATE linli.payment SET state = 'settled' WHERE office_id = 1 AND id = pg_temp.u('c24');
SELECT pg_temp.refused('a settled one has not failed', 'LD003 ledger/source', $$SELECT pg_temp.p('c26', 'return', 'c24', 'c2', 44000)$$);
SELECT pg_temp.refused('nor come back', 'LD003 ledger/source', $$SELECT pg_temp.p('c26', 'bounce', 'c24', 'c2', 44000)$$);
SELECT pg_temp.refused('settled for another contract', 'LD003 ledger/source', $$SELECT pg_temp.p('c26', 'settle', 'c24', 'c1', 44000)$$);
SELECT pg_temp.p('c26', 'settle', 'c24', 'c2', 44000) \g /dev/null
INSERT INTO linli.recovery (office_id, id, contract_id, amount_fen, reason, state, proposed, proposed_by) VALUES (1, pg_temp.u('c27'), pg_temp.u('c2'), 500, '-', 'demanded', '2026-01-01Z', pg_temp.u('f1', 0));
INSERT INTO linli.receipt (office_id, id, recovery_id, amount_fen, bank_ref, state, entered, entered_by) VALUES (1, pg_temp.u('c28'), pg_temp.u('c27'), 500, 'c28', 'entered', '2026-01-01Z', pg_temp.u('f1', 0));
SELECT pg_temp.refused('what came back and nobody confirmed', 'LD003 ledger/source', $$SELECT pg_temp.p('c29', 'recover', 'c28', 'c2', 500)$$);
UPDATE linli.receipt SET state = 'confirmed', decided_by = pg_temp.u('f2', 0) WHERE office_id = 1 AND id = pg_temp.u('c28');
SELECT pg_temp.refused('a fen more of it', 'LD003 ledger/source', $$SELECT pg_temp.p('c29', 'recover', 'c28', 'c2', 501)$$);
SELECT pg_temp.refused('of another contract', 'LD003 ledger/source', $$SELECT pg_temp.p('c29', 'recover', 'c28', 'c1', 500)$$);
SELECT pg_temp.same('come back', 'posted', pg_temp.p('c29', 'recover', 'c28', 'c2', 500));
SELECT pg_temp.refused('come back twice', 'LD004 ledger/duplicate', $$SELECT pg_temp.p('c2a', 'recover', 'c28', 'c2', 500)$$);
SELECT pg_temp.same('and free again', 'posted', pg_temp.p('c2a', 'recredit', 'c28', 'c2', 500));
SELECT pg_temp.same('of 44,000 paid 43,500 are', '43500 0', (SELECT string_agg((credits - debits)::text, ' ' ORDER BY bucket) FROM linli.account WHERE subject = pg_temp.u('c2') AND bucket IN ('paid', 'returned')));
RESET ROLE;
CREATE FUNCTION pg_temp.revoke(id text, no integer, consequence text, state text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO linli.contract_change (office_id, id, contract_id, no, kind, reason, amount_fen, ground, consequence, proposed, proposed_by, state, decided_by)
    VALUES (1, pg_temp.u(id), pg_temp.u('c2'), no, 'revoke', '-', 0, 'unlawful', consequence, '2026-01-01Z', pg_temp.u('f1', 0), state, pg_temp.u('f2', 0)) $$;
SELECT pg_temp.revoke('c31', 1, 'next', 'approved'), pg_temp.revoke('c32', 2, 'again', 'approved'), pg_temp.revoke('c33', 3, 'next', 'refused') \g /dev/null
SET ROLE linli_act;
SELECT pg_temp.refused('once more for the next while the first contract stands', 'LD003 ledger/source', $$SELECT pg_temp.p('c34', 'reserve', 'c31', 'e2', 7)$$);
RESET ROLE; UPDATE linli.contract SET state = 'stopped' WHERE office_id = 1 AND id = pg_temp.u('c2'); SET ROLE linli_act;
SELECT pg_temp.refused('for nobody', 'LD003 ledger/source', $$SELECT pg_temp.p('c34', 'reserve', 'c32', 'e2', 7)$$);
SELECT pg_temp.refused('where it was refused', 'LD003 ledger/source', $$SELECT pg_temp.p('c34', 'reserve', 'c33', 'e2', 7)$$);
SELECT pg_temp.refused('for another tender', 'LD003 ledger/source', $$SELECT pg_temp.p('c34', 'reserve', 'c31', 'e1', 7)$$);
SELECT pg_temp.refused('given back for it', 'LD003 ledger/source', $$SELECT pg_temp.p('c34', 'release', 'c31', 'e2', 7)$$);
SELECT pg_temp.same('for the next candidate', 'posted', pg_temp.p('c34', 'reserve', 'c31', 'e2', 7));

\echo == another year under the same award
RESET ROLE;
UPDATE linli.contract SET amount_fen = 100, year_no = 2, renews = pg_temp.u('c5') WHERE office_id = 1 AND id = pg_temp.u('c7');
INSERT INTO linli.source (office_id, owner_id, no, appropriation_id) VALUES (1, pg_temp.u('c7'), 1, pg_temp.u('a5'));
SET ROLE linli_act;
SELECT pg_temp.refused('nobody renewed it', 'LD003 ledger/source', $$SELECT pg_temp.p('c71', 'renew', 'c7', 'c7', 100)$$);
RESET ROLE;
INSERT INTO linli.renewal (office_id, contract_id, decision, reason, next_id, decided, decided_by) VALUES (1, pg_temp.u('c5'), 'refused', '-', pg_temp.u('c7'), '2026-01-01Z', pg_temp.u('f2', 0));
SET ROLE linli_act;
SELECT pg_temp.refused('it was refused', 'LD003 ledger/source', $$SELECT pg_temp.p('c71', 'renew', 'c7', 'c7', 100)$$);
RESET ROLE; UPDATE linli.renewal SET decision = 'renewed', amount_fen = 101; SET ROLE linli_act;
SELECT pg_temp.refused('another sum than was decided', 'LD003 ledger/source', $$SELECT pg_temp.p('c71', 'renew', 'c7', 'c7', 100)$$);
RESET ROLE; UPDATE linli.renewal SET amount_fen = 100; SET ROLE linli_act;
SELECT pg_temp.refused('bound from what the first year reserved', 'LD003 ledger/source', $$SELECT pg_temp.p('c71', 'commit', 'c7', 'c7', 100)$$);
SELECT pg_temp.refused('a fen less than the contract', 'LD003 ledger/source', $$SELECT pg_temp.p('c71', 'renew', 'c7', 'c7', 99)$$);
SELECT pg_temp.refused('of the year before', 'LD003 ledger/source', $$SELECT pg_temp.p('c71', 'renew', 'c5', 'c5', 60000)$$);
RESET ROLE; UPDATE linli.contract SET state = 'draft' WHERE office_id = 1 AND id = pg_temp.u('c7'); SET ROLE linli_act;
SELECT pg_temp.refused('before it is signed', 'LD003 ledger/source', $$SELECT pg_temp.p('c71', 'renew', 'c7', 'c7', 100)$$);
RESET ROLE; UPDATE linli.contract SET state = 'signed' WHERE office_id = 1 AND id = pg_temp.u('c7'); SET ROLE linli_act;
SELECT pg_temp.same('the money of its year', 'posted', pg_temp.p('c71', 'renew', 'c7', 'c7', 100));
SELECT pg_temp.same('of who pays for it', '100', (SELECT credits FROM linli.account WHERE subject = pg_temp.u('c7') AND bucket = 'committed' AND appropriation_id = pg_temp.u('a5')));

\echo == what a year that has ended still bears is budgeted again in a later one; what was let out of an ended contract is taken back
RESET ROLE;
INSERT INTO linli.appropriation (office_id, id, fund_id, year, budget_item, name, created, last_request)
SELECT 1, pg_temp.u(x.id), pg_temp.u('f0'), x.year, x.id, x.id, '2026-01-01Z', x.last FROM (VALUES ('aa1', 2026, date '2026-12-20'), ('aa2', 2028, NULL), ('aa3', 2025, NULL)) x (id, year, last);
INSERT INTO linli.tender SELECT (jsonb_populate_record(t, jsonb_build_object('id', pg_temp.u('eb')))).* FROM linli.tender t WHERE id = pg_temp.u('e5');
INSERT INTO linli.source (office_id, owner_id, no, appropriation_id) VALUES (1, pg_temp.u('eb'), 1, pg_temp.u('aa1'));
INSERT INTO linli.lot SELECT (jsonb_populate_record(l, jsonb_build_object('id', pg_temp.u('1eb'), 'tender_id', pg_temp.u('eb')))).* FROM linli.lot l WHERE id = pg_temp.u('1e5');
INSERT INTO linli.bid SELECT (jsonb_populate_record(b, jsonb_build_object('id', pg_temp.u('beb'), 'tender_id', pg_temp.u('eb')))).* FROM linli.bid b WHERE id = pg_temp.u('b5');
INSERT INTO linli.award SELECT (jsonb_populate_record(w, jsonb_build_object('id', pg_temp.u('2eb'), 'tender_id', pg_temp.u('eb'), 'lot_id', pg_temp.u('1eb'), 'bid_id', pg_temp.u('beb')))).*
  FROM linli.award w WHERE id = pg_temp.u('2e5');
INSERT INTO linli.contract SELECT (jsonb_populate_record(c, jsonb_build_object('id', pg_temp.u('cb'), 'tender_id', pg_temp.u('eb'), 'award_id', pg_temp.u('2eb'), 'number', 'cb', 'amount_fen', 1000))).*
  FROM linli.contract c WHERE id = pg_temp.u('c5');
CREATE FUNCTION pg_temp.again(id text, transfer text, at timestamptz DEFAULT '2028-02-01Z') RETURNS text LANGUAGE sql AS $$
    SELECT linli.post_again(1, pg_temp.u(id), pg_temp.u(transfer), NULL, at) $$;
-- committed, payable, in transit, paid of the contract; free; lapsed.
CREATE FUNCTION pg_temp.bears(app text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(coalesce((SELECT sum(credits - debits) FROM linli.account WHERE office_id = 1 AND appropriation_id = pg_temp.u(app) AND bucket = b), 0)::text, ' ' ORDER BY n)
      FROM unnest(ARRAY['committed', 'payable', 'in_transit', 'paid', 'available', 'lapsed']) WITH ORDINALITY AS x(b, n) $$;
CREATE FUNCTION pg_temp.ask_again(id text, target text, fen bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO linli.transfer (office_id, id, appropriation_id, kind, to_id, contract_id, amount_fen, reason, decision, state, proposed, proposed_by)
    VALUES (1, pg_temp.u(id), pg_temp.u('aa1'), 'again', pg_temp.u(target), pg_temp.u('cb'), fen, '-', '1', 'proposed', '2026-01-01Z', pg_temp.u('f1', 0)) $$;
CREATE FUNCTION pg_temp.pays(id text, tranche text, fen bigint, state text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO linli.payment (office_id, id, tranche_id, amount_fen, state, maker, checker, ordered)
    VALUES (1, pg_temp.u(id), pg_temp.u(tranche), fen, state, pg_temp.u('f1', 0), pg_temp.u('f2', 0), '2026-01-01Z') $$;
SET ROLE linli_act;
SELECT pg_temp.p('ab1', 'appropriate', 'ab1', 'aa1', 1000), pg_temp.p('ab2', 'reserve', 'eb', 'eb', 1000), pg_temp.p('ab3', 'commit', 'cb', 'cb', 1000),
       pg_temp.tranche('eb1', 'cb', 1, 400, true), pg_temp.tranche('eb2', 'cb', 2, 300, true), pg_temp.tranche('eb3', 'cb', 3, 300, true) \g /dev/null
UPDATE linli.tranche SET state = 'released', released_fen = amount_fen, accepted_fen = amount_fen WHERE office_id = 1 AND id IN (pg_temp.u('eb1'), pg_temp.u('eb2'));
SELECT pg_temp.p('ab4', 'payable', 'eb1', 'cb', 400), pg_temp.p('ab5', 'payable', 'eb2', 'cb', 300), pg_temp.pays('ec1', 'eb1', 400, 'sent') \g /dev/null
SELECT pg_temp.same('one is with the bank, one to be paid, one bound', 'posted 300 300 400 0 0 0', pg_temp.p('ab6', 'send', 'ec1', 'cb', 400) || ' ' || pg_temp.bears('aa1'));
SELECT linli.shares_fix(1, pg_temp.u('cb'), ARRAY[pg_temp.u('eb3')], ARRAY[pg_temp.u('aa1')], '{300}') \g /dev/null
SELECT pg_temp.ask_again('ed1', 'aa2', 600), pg_temp.ask_again('ed2', 'aa2', 599), pg_temp.ask_again('ed3', 'aa3', 600) \g /dev/null
SELECT pg_temp.refused('nobody agreed to budget it again', 'LD003 ledger/source', $$SELECT pg_temp.again('ee1', 'ed1')$$);
SELECT pg_temp.refused('agreed to by who asked', '23514', $$UPDATE linli.transfer SET state = 'approved', decided_by = proposed_by WHERE id = pg_temp.u('ed1')$$);
UPDATE linli.transfer SET state = 'approved', decided_by = pg_temp.u('f2', 0) WHERE office_id = 1 AND id IN (pg_temp.u('ed1'), pg_temp.u('ed2'), pg_temp.u('ed3'));
SELECT pg_temp.refused('no transfer moves it', 'LD003 ledger/source', $$SELECT pg_temp.move('ee1', 'ed1')$$);
SELECT pg_temp.refused('nor is a transfer budgeted again', 'LD003 ledger/source', $$SELECT pg_temp.again('ee1', '71')$$);
SELECT pg_temp.refused('on its last day', 'LD003 ledger/source', $$SELECT pg_temp.again('ee1', 'ed1', '2026-12-20 15:59:59.999999Z')$$);
SELECT pg_temp.refused('a fen less than it bears', 'LD003 ledger/source', $$SELECT pg_temp.again('ee1', 'ed2')$$);
SELECT pg_temp.refused('in a year before it', 'LD003 ledger/source', $$SELECT pg_temp.again('ee1', 'ed3')$$);
SELECT pg_temp.refused('from what is not there', 'LD002 fund/insufficient', $$SELECT pg_temp.again('ee1', 'ed1')$$);
SELECT pg_temp.p('ab7', 'appropriate', 'ab7', 'aa2', 599) \g /dev/null
SELECT pg_temp.refused('a fen short', 'LD002 fund/insufficient', $$SELECT pg_temp.again('ee1', 'ed1')$$);
SELECT pg_temp.p('ab8', 'appropriate', 'ab8', 'aa2', 401), pg_temp.pays('ec2', 'eb2', 300, 'ordered') \g /dev/null
SELECT pg_temp.refused('while a payment is ordered', 'LD003 ledger/source', $$SELECT pg_temp.again('ee1', 'ed1')$$);
UPDATE linli.payment SET state = 'refused' WHERE office_id = 1 AND id = pg_temp.u('ec2');
RESET ROLE; UPDATE linli.appropriation SET last_request = '2028-01-31' WHERE office_id = 1 AND id = pg_temp.u('aa2'); SET ROLE linli_act;
SELECT pg_temp.refused('where nothing is paid from any more', 'LD003 ledger/source', $$SELECT pg_temp.again('ee1', 'ed1')$$);
RESET ROLE; UPDATE linli.appropriation SET last_request = '2028-02-01', origin = 'lottery' WHERE office_id = 1 AND id = pg_temp.u('aa2'); SET ROLE linli_act;
SELECT pg_temp.refused('by money of another mark', 'LD003 ledger/source', $$SELECT pg_temp.again('ee1', 'ed1')$$);
RESET ROLE; UPDATE linli.appropriation SET origin = 'street' WHERE office_id = 1 AND id = pg_temp.u('aa2'); SET ROLE linli_act;
SELECT pg_temp.same('what was bound and what was let out', 'posted 0 0 400 0 0 600, 300 300 0 0 400 0', pg_temp.again('ee1', 'ed1') || ' ' || pg_temp.bears('aa1') || ', ' || pg_temp.bears('aa2'));
SELECT pg_temp.same('what was fixed with it', pg_temp.u('aa2')::text, (SELECT string_agg(appropriation_id::text, ' ') FROM linli.tranche_share WHERE tranche_id = pg_temp.u('eb3')));
SELECT pg_temp.refused('twice', 'LD003 ledger/source', $$SELECT pg_temp.again('ee2', 'ed1')$$);
SELECT pg_temp.pays('ec3', 'eb2', 300, 'sent') \g /dev/null
SELECT pg_temp.same('the later year pays what was let out before', 'posted 300 0 300 0 400 0', pg_temp.p('ab9', 'send', 'ec3', 'cb', 300) || ' ' || pg_temp.bears('aa2'));
UPDATE linli.payment SET state = 'returned' WHERE office_id = 1 AND id = pg_temp.u('ec1');
SELECT pg_temp.same('what was with the bank comes back where it left', 'posted 0 400 0 0 0 600', pg_temp.p('aba', 'return', 'ec1', 'cb', 400) || ' ' || pg_temp.bears('aa1'));
SELECT pg_temp.pays('ec4', 'eb1', 400, 'sent') \g /dev/null
SELECT pg_temp.same('and leaves there again', 'posted 0 0 400 0 0 600', pg_temp.p('abb', 'send', 'ec4', 'cb', 400) || ' ' || pg_temp.bears('aa1'));
UPDATE linli.payment SET state = 'failed' WHERE office_id = 1 AND id = pg_temp.u('ec4');
SELECT pg_temp.p('abc', 'return', 'ec4', 'cb', 400), pg_temp.ask_again('ed4', 'aa2', 400) \g /dev/null
UPDATE linli.transfer SET state = 'approved', decided_by = pg_temp.u('f2', 0) WHERE office_id = 1 AND id = pg_temp.u('ed4');
SELECT pg_temp.same('until it is budgeted again as well', 'posted 0 0 0 0 0 1000, 300 400 300 0 0 0', pg_temp.again('ee3', 'ed4') || ' ' || pg_temp.bears('aa1') || ', ' || pg_temp.bears('aa2'));
SELECT pg_temp.pays('ec5', 'eb1', 400, 'sent') \g /dev/null
SELECT pg_temp.same('then the later year pays that, too', '1 300 0 700 0 0 0', pg_temp.many('send', '{abd}', '{ec5}', 'cb', '{400}') || ' ' || pg_temp.bears('aa2'));
UPDATE linli.tranche SET state = 'released', released_fen = amount_fen, accepted_fen = amount_fen WHERE office_id = 1 AND id = pg_temp.u('eb3');
SELECT pg_temp.same('and what is let out now', 'posted 0 300 700 0 0 0', pg_temp.p('abe', 'payable', 'eb3', 'cb', 300) || ' ' || pg_temp.bears('aa2'));
INSERT INTO linli.withdrawal (office_id, id, tranche_id, amount_fen, reason, state, proposed, proposed_by) VALUES (1, pg_temp.u('ef1'), pg_temp.u('eb3'), 300, '-', 'proposed', '2026-01-01Z', pg_temp.u('f1', 0));
SELECT pg_temp.refused('to be taken back twice', '23505', $$INSERT INTO linli.withdrawal (office_id, id, tranche_id, amount_fen, reason, state, proposed, proposed_by) VALUES (1, pg_temp.u('ef2'), pg_temp.u('eb3'), 300, '-', 'proposed', '2026-01-01Z', pg_temp.u('f1', 0))$$);
UPDATE linli.tranche SET state = 'stopped', released_fen = 0 WHERE office_id = 1 AND id = pg_temp.u('eb3');
RESET ROLE; UPDATE linli.contract SET state = 'stopped' WHERE office_id = 1 AND id = pg_temp.u('cb'); SET ROLE linli_act;
SELECT pg_temp.refused('taken back by one', 'LD003 ledger/source', $$SELECT pg_temp.p('abf', 'withdraw', 'eb3', 'cb', 300)$$);
SELECT pg_temp.refused('by the same twice', '23514', $$UPDATE linli.withdrawal SET state = 'approved', decided_by = proposed_by WHERE id = pg_temp.u('ef1')$$);
UPDATE linli.withdrawal SET state = 'approved', decided_by = pg_temp.u('f2', 0) WHERE office_id = 1 AND id = pg_temp.u('ef1');
RESET ROLE; UPDATE linli.contract SET state = 'signed' WHERE office_id = 1 AND id = pg_temp.u('cb'); SET ROLE linli_act;
SELECT pg_temp.refused('of a contract that goes on', 'LD003 ledger/source', $$SELECT pg_temp.p('abf', 'withdraw', 'eb3', 'cb', 300)$$);
RESET ROLE; UPDATE linli.contract SET state = 'stopped' WHERE office_id = 1 AND id = pg_temp.u('cb'); SET ROLE linli_act;
SELECT pg_temp.refused('a fen less', 'LD003 ledger/source', $$SELECT pg_temp.p('abf', 'withdraw', 'eb3', 'cb', 299)$$);
SELECT pg_temp.refused('of another contract', 'LD003 ledger/source', $$SELECT pg_temp.p('abf', 'withdraw', 'eb3', 'c2', 300)$$);
SELECT pg_temp.refused('of a tranche nobody named', 'LD003 ledger/source', $$SELECT pg_temp.p('abf', 'withdraw', 'eb1', 'cb', 400)$$);
UPDATE linli.tranche SET state = 'released', released_fen = 300 WHERE office_id = 1 AND id = pg_temp.u('eb3');
SELECT pg_temp.refused('of one that stays let out', 'LD003 ledger/source', $$SELECT pg_temp.p('abf', 'withdraw', 'eb3', 'cb', 300)$$);
UPDATE linli.tranche SET state = 'stopped', released_fen = 0 WHERE office_id = 1 AND id = pg_temp.u('eb3');
SELECT pg_temp.pays('ec6', 'eb3', 300, 'ordered') \g /dev/null
SELECT pg_temp.refused('while a payment of it is ordered', 'LD003 ledger/source', $$SELECT pg_temp.p('abf', 'withdraw', 'eb3', 'cb', 300)$$);
UPDATE linli.payment SET state = 'refused' WHERE office_id = 1 AND id = pg_temp.u('ec6');
SELECT pg_temp.same('free where it was bound last', 'posted 0 0 700 0 300 0', pg_temp.p('abf', 'withdraw', 'eb3', 'cb', 300) || ' ' || pg_temp.bears('aa2'));
SELECT pg_temp.same('the same again', 'replayed', pg_temp.p('abf', 'withdraw', 'eb3', 'cb', 300));
SELECT pg_temp.refused('under another name', 'LD004 ledger/duplicate', $$SELECT pg_temp.p('ac0', 'withdraw', 'eb3', 'cb', 300)$$);

\echo == so is what is reserved for a tender, before any contract binds it
RESET ROLE;
INSERT INTO linli.appropriation (office_id, id, fund_id, year, budget_item, name, created, last_request)
SELECT 1, pg_temp.u(x.id), pg_temp.u('f0'), x.year, x.id, x.id, '2026-01-01Z', x.last FROM (VALUES ('7a1', 2026, date '2026-12-20'), ('7a2', 2028, NULL)) x (id, year, last);
INSERT INTO linli.tender SELECT (jsonb_populate_record(t, jsonb_build_object('id', pg_temp.u('7e')))).* FROM linli.tender t WHERE id = pg_temp.u('e5');
INSERT INTO linli.source (office_id, owner_id, no, appropriation_id) VALUES (1, pg_temp.u('7e'), 1, pg_temp.u('7a1'));
INSERT INTO linli.lot SELECT (jsonb_populate_record(l, jsonb_build_object('id', pg_temp.u('17e'), 'tender_id', pg_temp.u('7e')))).* FROM linli.lot l WHERE id = pg_temp.u('1e5');
INSERT INTO linli.bid SELECT (jsonb_populate_record(b, jsonb_build_object('id', pg_temp.u('b7e'), 'tender_id', pg_temp.u('7e')))).* FROM linli.bid b WHERE id = pg_temp.u('b5');
INSERT INTO linli.award SELECT (jsonb_populate_record(w, jsonb_build_object('id', pg_temp.u('27e'), 'tender_id', pg_temp.u('7e'), 'lot_id', pg_temp.u('17e'), 'bid_id', pg_temp.u('b7e')))).*
  FROM linli.award w WHERE id = pg_temp.u('2e5');
INSERT INTO linli.contract SELECT (jsonb_populate_record(c, jsonb_build_object('id', pg_temp.u('7c'), 'tender_id', pg_temp.u('7e'), 'award_id', pg_temp.u('27e'), 'number', '7c', 'amount_fen', 800))).*
  FROM linli.contract c WHERE id = pg_temp.u('c5');
CREATE FUNCTION pg_temp.keeps(app text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(sum(credits - debits) FILTER (WHERE bucket = 'reserved'), 0) || ' ' || pg_temp.bears(app) FROM linli.account WHERE office_id = 1 AND appropriation_id = pg_temp.u(app) $$;
CREATE FUNCTION pg_temp.ask_kept(id text, fen bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO linli.transfer (office_id, id, appropriation_id, kind, to_id, tender_id, amount_fen, reason, decision, state, proposed, proposed_by, decided_by)
    VALUES (1, pg_temp.u(id), pg_temp.u('7a1'), 'again', pg_temp.u('7a2'), pg_temp.u('7e'), fen, '-', '1', 'approved', '2026-01-01Z', pg_temp.u('f1', 0), pg_temp.u('f2', 0)) $$;
SET ROLE linli_act;
SELECT pg_temp.ask_kept('7d1', 1000), pg_temp.ask_kept('7d2', 999), pg_temp.p('7b1', 'appropriate', '7b1', '7a1', 1500), pg_temp.p('7b2', 'appropriate', '7b2', '7a2', 999) \g /dev/null
SELECT pg_temp.refused('nothing is reserved yet', 'LD003 ledger/source', $$SELECT pg_temp.again('7f1', '7d1')$$);
SELECT pg_temp.same('reserved', 'posted 1000 0 0 0 0 500 0', pg_temp.p('7b3', 'reserve', '7e', '7e', 1000) || ' ' || pg_temp.keeps('7a1'));
SELECT pg_temp.refused('on its last day', 'LD003 ledger/source', $$SELECT pg_temp.again('7f1', '7d1', '2026-12-20 15:59:59.999999Z')$$);
SELECT pg_temp.refused('a fen less than it keeps', 'LD003 ledger/source', $$SELECT pg_temp.again('7f1', '7d2')$$);
SELECT pg_temp.refused('a fen short', 'LD002 fund/insufficient', $$SELECT pg_temp.again('7f1', '7d1')$$);
SELECT pg_temp.p('7b4', 'appropriate', '7b4', '7a2', 1) \g /dev/null
SELECT pg_temp.same('what was reserved lapses and is reserved anew', 'posted 0 0 0 0 0 500 1000, 1000 0 0 0 0 0 0', pg_temp.again('7f1', '7d1') || ' ' || pg_temp.keeps('7a1') || ', ' || pg_temp.keeps('7a2'));
SELECT pg_temp.refused('twice', 'LD003 ledger/source', $$SELECT pg_temp.again('7f2', '7d1')$$);
SELECT pg_temp.same('the later year is bound', 'posted 200 800 0 0 0 0 0', pg_temp.p('7b5', 'commit', '7c', '7c', 800) || ' ' || pg_temp.keeps('7a2'));
SELECT pg_temp.same('and has back what is not needed', 'posted 0 800 0 0 0 200 0', pg_temp.p('7b6', 'release', '7e', '7e', 200) || ' ' || pg_temp.keeps('7a2'));
SELECT pg_temp.tranche('7c1', '7c', 1, 400, true), pg_temp.tranche('7c2', '7c', 2, 400, true) \g /dev/null
UPDATE linli.tranche SET state = 'released', released_fen = amount_fen WHERE office_id = 1 AND id = pg_temp.u('7c1');
SELECT pg_temp.same('nobody pays what was not let out', NULL, linli.tranche_payers(1, pg_temp.u('7c'), pg_temp.u('7c2')));
SELECT pg_temp.p('7b7', 'payable', '7c1', '7c', 400) \g /dev/null
SELECT pg_temp.same('the later year pays', format('{%s}', pg_temp.u('7a2')), linli.tranche_payers(1, pg_temp.u('7c'), pg_temp.u('7c1')));
SELECT pg_temp.same('or whoever it was budgeted again from', format('{%s}', pg_temp.u('aa2')), linli.tranche_payers(1, pg_temp.u('cb'), pg_temp.u('eb2')));
SELECT pg_temp.refused('of another office', 'LD007 auth/forbidden', $$SELECT linli.tranche_payers(2, pg_temp.u('7c', 2), pg_temp.u('7c1', 2))$$);
-- Its contract is revoked: who pays now reserves once more, for the next candidate.
RESET ROLE;
UPDATE linli.contract SET state = 'stopped' WHERE office_id = 1 AND id = pg_temp.u('7c');
INSERT INTO linli.contract_change (office_id, id, contract_id, no, kind, reason, amount_fen, ground, consequence, proposed, proposed_by, state, decided_by)
VALUES (1, pg_temp.u('7c3'), pg_temp.u('7c'), 1, 'revoke', '-', 0, 'unlawful', 'next', '2026-01-01Z', pg_temp.u('f1', 0), 'approved', pg_temp.u('f2', 0));
SET ROLE linli_act;
SELECT pg_temp.same('once more from the later year', 'posted 150 400 400 0 0 50 0, 0 0 0 0 0 500 1000', pg_temp.p('7b8', 'reserve', '7c3', '7e', 150) || ' ' || pg_temp.keeps('7a2') || ', ' || pg_temp.keeps('7a1'));

\echo == who pays for a draft
RESET ROLE;
INSERT INTO linli.tender (office_id, id, title, summary, category, regime, mechanism, scheme, options, scheme_options, budget_fen, state, created, created_by)
SELECT o, pg_temp.u('ea', o), 't', 's', 'services', 'sub_threshold', 'm', 's', '{}', '{}', 9, 'draft', '2026-01-01Z', pg_temp.u('f1', 0) FROM generate_series(1, 2) o;
CREATE FUNCTION pg_temp.payers() RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(no || ' ' || right(appropriation_id::text, 2) || ' ' || coalesce(amount_fen::text, 'all'), ', ' ORDER BY no) FROM linli.source WHERE office_id = 1 AND owner_id = pg_temp.u('ea') $$;
SET ROLE linli_act;
SELECT linli.source_set(1, pg_temp.u('ea'), ARRAY[pg_temp.u('a4'), pg_temp.u('a1')], '{4,5}') \g /dev/null
SELECT pg_temp.same('in the order it names them', '1 a4 4, 2 a1 5', pg_temp.payers());
SELECT linli.source_set(1, pg_temp.u('ea'), ARRAY[pg_temp.u('a1')], '{0}') \g /dev/null
SELECT pg_temp.same('anew, all of it by one', '1 a1 all', pg_temp.payers());
SELECT pg_temp.same('those of others stay', '3', (SELECT count(*) FROM linli.source WHERE owner_id = pg_temp.u('e8')));
SELECT pg_temp.refused('a draft of another office', 'LD007 auth/forbidden', $$SELECT linli.source_set(2, pg_temp.u('ea', 2), ARRAY[pg_temp.u('a1', 2)], '{0}')$$);
SELECT pg_temp.refused('as if it were of this one', 'LD003 ledger/source', $$SELECT linli.source_set(1, pg_temp.u('ea', 2), ARRAY[pg_temp.u('a1')], '{0}')$$);

\echo == only the function writes
SELECT pg_temp.refused('a line added to an old journal', '42501', $$INSERT INTO linli.posting VALUES (1, pg_temp.u('1'), 3, pg_temp.u('a1'), 'available', pg_temp.u('a1'), 'C', 1, 9, 9)$$);
SELECT pg_temp.refused('a journal made by hand', '42501', $$INSERT INTO linli.journal (office_id, id, kind, digest, source, at, lines) VALUES (1, pg_temp.u('99'), 'reserve', sha256('x'), pg_temp.u('e1'), now(), 2)$$);
SELECT pg_temp.refused('an account made by hand', '42501', $$INSERT INTO linli.account VALUES (1, pg_temp.u('a1'), 'available', pg_temp.u('e1'), 0, 5)$$);
SELECT pg_temp.refused('a balance changed', '42501', $$UPDATE linli.account SET credits = 999$$);
SELECT pg_temp.refused('a journal changed', '42501', $$UPDATE linli.journal SET kind = 'release'$$);
SELECT pg_temp.refused('a line changed', '42501', $$UPDATE linli.posting SET amount_fen = 1$$);
SELECT pg_temp.refused('lines deleted', '42501', $$DELETE FROM linli.posting$$);
SELECT pg_temp.refused('journals deleted', '42501', $$DELETE FROM linli.journal$$);
SELECT pg_temp.refused('accounts deleted', '42501', $$DELETE FROM linli.account$$);
SELECT pg_temp.refused('lines truncated', '42501', $$TRUNCATE linli.posting$$);
SELECT pg_temp.refused('journals truncated', '42501', $$TRUNCATE linli.journal CASCADE$$);
SELECT pg_temp.refused('payments deleted', '42501', $$DELETE FROM linli.payment$$);
SELECT pg_temp.refused('tranches deleted', '42501', $$DELETE FROM linli.tranche$$);
SELECT pg_temp.refused('a trigger', '42501', $$ALTER TABLE linli.posting DISABLE TRIGGER ALL$$);
SELECT pg_temp.refused('replication role', '42501', $$SET session_replication_role = replica$$);
SELECT pg_temp.refused('the inner function', '42501', $$SELECT linli.post_lock(1, ARRAY[pg_temp.u('a1')], '{available}', ARRAY[pg_temp.u('a1')])$$);

\echo == a search path full of traps
RESET ROLE;
CREATE SCHEMA trap;
CREATE TABLE trap.appropriation (LIKE linli.appropriation); CREATE TABLE trap.account (LIKE linli.account);
CREATE TABLE trap.contract (LIKE linli.contract); CREATE TABLE trap.journal (LIKE linli.journal); CREATE TABLE trap.posting (LIKE linli.posting);
CREATE TABLE pg_temp.account (LIKE linli.account); CREATE TABLE pg_temp.journal (LIKE linli.journal); CREATE TABLE pg_temp.posting (LIKE linli.posting);
CREATE FUNCTION trap.office_check(integer) RETURNS void LANGUAGE sql AS 'SELECT';
GRANT USAGE ON SCHEMA trap TO linli_act; GRANT ALL ON ALL TABLES IN SCHEMA trap TO linli_act;
SET ROLE linli_act; SET search_path = trap, pg_temp, linli;
SELECT pg_temp.refused('overspending through it', 'LD002 fund/insufficient', $$SELECT pg_temp.p('81', 'release', 'e1', 'e1', 100000000)$$);
SELECT pg_temp.same('posting through it', 'posted', pg_temp.p('81', 'appropriate', '81', 'a1', 7));
RESET ROLE; RESET search_path;
SELECT pg_temp.same('lands in the ledger', '1', (SELECT count(*) FROM linli.journal WHERE id = pg_temp.u('81')));
SELECT pg_temp.same('not in the traps', '0', (SELECT count(*) FROM trap.journal) + (SELECT count(*) FROM pg_temp.journal));
DROP SCHEMA trap CASCADE;

\echo == at the end
SELECT pg_temp.same('every journal balances', '0', (SELECT count(*) FROM (SELECT 1 FROM linli.posting GROUP BY office_id, journal_id
    HAVING count(*) < 2 OR sum(CASE side WHEN 'D' THEN amount_fen ELSE -amount_fen END) <> 0) x));
SELECT pg_temp.same('every balance is the sum of its lines', '0', (SELECT count(*) FROM linli.account a WHERE (debits, credits) <> (
    SELECT coalesce(sum(amount_fen) FILTER (WHERE side = 'D'), 0), coalesce(sum(amount_fen) FILTER (WHERE side = 'C'), 0) FROM linli.posting p
     WHERE (p.office_id, p.appropriation_id, p.bucket, p.subject) = (a.office_id, a.appropriation_id, a.bucket, a.subject))));
SELECT pg_temp.same('the buckets add up to what was granted', '0', pg_temp.held('{authority,available,reserved,committed,payable,in_transit,paid,returned,lapsed}'));
