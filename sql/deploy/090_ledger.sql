-- Deploy linli:090_ledger to pg
-- Earmarked money: double entry, append-only.  Nothing but linli.post() writes here; it checks
-- everything itself, since triggers cannot be distributed.
--
-- Buckets of an appropriation, and whose account each is (subject):
--   authority   the appropriation    what was granted; the one that goes negative
--   available   the appropriation    free
--   reserved    a tender             held since its publication
--   committed   a contract           signed
--   payable     a contract           released, to be paid
--   in_transit  a contract           with the bank
--   paid        a contract           settled
--   returned    a contract           came back after it was paid
-- An account is credit minus debit, and never below zero but for authority.
--
-- A journal moves money from one account to one other; its kind says between which buckets, and its source
-- is the row that entitles to it:
--   appropriate  authority  -> available   the grant itself
--   reserve      available  -> reserved    the tender
--   release      reserved   -> available   the tender; may happen several times
--   commit       reserved   -> committed   the contract
--   uncommit     committed  -> available   the contract that was stopped, or a tranche that is paid less
--   payable      committed  -> payable     the released tranche
--   send         payable    -> in_transit  the payment a second person approved
--   settle       in_transit -> paid        the payment the bank made
--   return       in_transit -> payable     the payment the bank sent back
--   bounce       paid       -> payable     the payment that came back whole after it was settled
--   supplement   available  -> committed   the approved supplement of a contract
--   recover      paid       -> returned    the receipt of money asked back, confirmed
--   recredit     returned   -> available   the same receipt
--   reverse      the way back of an appropriate, recover or recredit: the reversal two people agreed on
BEGIN;
SET LOCAL search_path = linli;

CREATE TABLE account (
    office_id        integer NOT NULL, appropriation_id uuid NOT NULL,
    bucket           text NOT NULL CHECK (bucket IN ('authority', 'available', 'reserved', 'committed', 'payable', 'in_transit', 'paid', 'returned')),
    subject          uuid NOT NULL,
    debits           bigint NOT NULL DEFAULT 0 CHECK (debits >= 0),
    credits          bigint NOT NULL DEFAULT 0 CHECK (credits >= 0),
    journals         bigint NOT NULL DEFAULT 0, -- how many have touched it
    PRIMARY KEY (office_id, appropriation_id, bucket, subject),
    FOREIGN KEY (office_id, appropriation_id) REFERENCES appropriation,
    CONSTRAINT no_overdraft CHECK (bucket = 'authority' OR credits >= debits)
);
CREATE INDEX account_by_subject ON account (office_id, subject);
CREATE TABLE journal (
    office_id        integer NOT NULL, id uuid NOT NULL,
    kind             text NOT NULL CHECK (kind IN ('appropriate', 'reserve', 'release', 'commit', 'payable', 'uncommit', 'send', 'settle', 'return',
                                          'bounce', 'supplement', 'recover', 'recredit', 'reverse')),
    request_hash     bytea NOT NULL CHECK (length(request_hash) = 32),
    source           uuid NOT NULL,             -- the appropriation, tender, contract, tranche, payment .. it is about
    reverses         uuid,                      -- the journal whose way back this is
    lines            smallint NOT NULL CHECK (lines BETWEEN 2 AND 100),
    actor            uuid,                      -- NULL: the clock
    at               timestamptz NOT NULL,      -- legal time
    PRIMARY KEY (office_id, id)
);
CREATE INDEX ON journal (office_id, at, id);
-- Whatever its id: one tender is reserved once, one tranche released once, one payment sent and settled once.
CREATE UNIQUE INDEX journal_once ON journal (office_id, source, kind) WHERE kind NOT IN ('release', 'reverse');
CREATE UNIQUE INDEX journal_reversed_once ON journal (office_id, reverses);
CREATE TABLE posting (
    office_id        integer NOT NULL, journal_id uuid NOT NULL, line smallint NOT NULL CHECK (line > 0),
    appropriation_id uuid NOT NULL, bucket text NOT NULL, subject uuid NOT NULL,
    side             text NOT NULL CHECK (side IN ('D', 'C')),
    amount_fen       bigint NOT NULL CHECK (amount_fen > 0 AND amount_fen <= 1000000000000000),
    nth              bigint NOT NULL,           -- the journal's place among those of the account
    after_fen        bigint NOT NULL,           -- what the account held after that journal
    PRIMARY KEY (office_id, journal_id, line),
    FOREIGN KEY (office_id, journal_id) REFERENCES journal,
    FOREIGN KEY (office_id, appropriation_id, bucket, subject) REFERENCES account
);
CREATE INDEX ON posting (office_id, appropriation_id, bucket, subject);

-- Fen as people read them.
CREATE FUNCTION yuan(p_fen numeric) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT to_char(p_fen / 100, 'FM99999999999999990.00')
$$;

-- The functions below run as their owner, past row-level security: they keep to the offices of the transaction.
CREATE FUNCTION office_check(p_office integer) RETURNS void LANGUAGE plpgsql SET search_path = linli, pg_temp AS $$
BEGIN
    IF NOT coalesce(p_office = ANY (nullif(current_setting('linli.offices', true), '')::integer[]), false)
       AND coalesce(current_setting('linli.all', true), '') <> 'on' THEN
        RAISE EXCEPTION 'auth/forbidden' USING ERRCODE = 'LD007', DETAIL = format('office %s is not yours', p_office),
            HINT = '不在您的单位范围内';
    END IF;
END $$;

-- Two to a hundred lines, each complete, each 1 fen to 10^15, equal on both sides, of one account each.
CREATE FUNCTION post_lines_check(p_buckets text[], p_subjects uuid[], p_sides text[], p_amounts bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = linli, pg_temp AS $$
DECLARE
    v_lines integer := coalesce(array_length(p_buckets, 1), 0); v_debit numeric; v_credit numeric; v_accounts integer;
BEGIN
    IF v_lines < 2 OR v_lines > 100 OR v_lines IS DISTINCT FROM array_length(p_subjects, 1)
       OR v_lines IS DISTINCT FROM array_length(p_sides, 1) OR v_lines IS DISTINCT FROM array_length(p_amounts, 1)
       OR array_position(p_buckets, NULL) IS NOT NULL OR array_position(p_subjects, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'ledger/lines' USING ERRCODE = 'LD003', DETAIL = 'a journal has 2 to 100 lines, each complete';
    END IF;
    IF EXISTS (SELECT 1 FROM unnest(p_sides, p_amounts) AS l(side, amount)
               WHERE side IS NULL OR side NOT IN ('D', 'C') OR amount IS NULL OR amount <= 0 OR amount > 1000000000000000) THEN
        RAISE EXCEPTION 'ledger/amount' USING ERRCODE = 'LD003', DETAIL = 'an amount is 1 fen to 10^15 fen';
    END IF;
    SELECT sum(amount::numeric) FILTER (WHERE side = 'D'), sum(amount::numeric) FILTER (WHERE side = 'C'),
           count(DISTINCT (side, bucket, subject))
      INTO v_debit, v_credit, v_accounts
      FROM unnest(p_buckets, p_subjects, p_sides, p_amounts) AS l(bucket, subject, side, amount);
    IF v_debit IS DISTINCT FROM v_credit THEN
        RAISE EXCEPTION 'ledger/unbalanced' USING ERRCODE = 'LD003', DETAIL = 'debits and credits differ';
    END IF;
    IF v_accounts <> 2 THEN
        RAISE EXCEPTION 'ledger/accounts' USING ERRCODE = 'LD003', DETAIL = 'a journal moves money from one account to one other';
    END IF;
END $$;

-- May money of this appropriation be moved so?  The kind fits the buckets, the accounts belong to the appropriation.
-- Gives the contract, if one is touched, locked: before any account, so that everybody locks in one order.
CREATE FUNCTION post_move_check(p_office integer, p_appropriation uuid, p_kind text, p_from text, p_from_subject uuid,
                                p_to text, p_to_subject uuid) RETURNS contract
LANGUAGE plpgsql SET search_path = linli, pg_temp AS $$
DECLARE
    v_contract contract; v_tender tender; v_regimes text[];
BEGIN
    IF (p_kind, p_from, p_to) NOT IN (
        ('appropriate', 'authority', 'available'), ('reserve', 'available', 'reserved'), ('release', 'reserved', 'available'),
        ('commit', 'reserved', 'committed'), ('uncommit', 'committed', 'available'), ('payable', 'committed', 'payable'),
        ('send', 'payable', 'in_transit'), ('settle', 'in_transit', 'paid'), ('return', 'in_transit', 'payable'),
        ('bounce', 'paid', 'payable'), ('supplement', 'available', 'committed'), ('recover', 'paid', 'returned'),
        ('recredit', 'returned', 'available')) THEN
        RAISE EXCEPTION 'ledger/move' USING ERRCODE = 'LD003',
            DETAIL = format('%s is not a move from %s to %s', p_kind, p_from, p_to);
    END IF;
    SELECT f.regimes INTO v_regimes FROM appropriation a JOIN fund f ON f.office_id = a.office_id AND f.id = a.fund_id
     WHERE a.office_id = p_office AND a.id = p_appropriation AND a.currency = 'CNY';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'fund/absent' USING ERRCODE = 'LD006', DETAIL = 'no appropriation ' || p_appropriation;
    END IF;
    IF p_to IN ('committed', 'payable', 'in_transit', 'paid', 'returned') OR p_from IN ('committed', 'returned') THEN
        SELECT * INTO v_contract FROM contract
         WHERE office_id = p_office AND id = CASE WHEN p_from IN ('reserved', 'available') THEN p_to_subject ELSE p_from_subject END FOR UPDATE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'contract/absent' USING ERRCODE = 'LD006', DETAIL = 'no such contract';
        END IF;
    END IF;
    IF p_from = 'reserved' OR p_to = 'reserved' OR v_contract.id IS NOT NULL THEN
        SELECT * INTO v_tender FROM tender WHERE office_id = p_office AND appropriation_id = p_appropriation
           AND id = coalesce(v_contract.tender_id, CASE p_from WHEN 'reserved' THEN p_from_subject ELSE p_to_subject END);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'tender/absent' USING ERRCODE = 'LD006', DETAIL = 'no such tender is paid from this appropriation';
        END IF;
        IF p_kind = 'reserve' AND NOT v_tender.regime = ANY (v_regimes) THEN
            RAISE EXCEPTION 'fund/purpose' USING ERRCODE = 'LD008',
                DETAIL = format('the fund is not for %s', v_tender.regime), HINT = '资金限定的用途不包括该项目的制度';
        END IF;
    END IF;
    IF EXISTS (SELECT 1 FROM (VALUES (p_from, p_from_subject), (p_to, p_to_subject)) AS l(bucket, subject)
               WHERE subject IS DISTINCT FROM CASE
                   WHEN bucket IN ('authority', 'available') THEN p_appropriation
                   WHEN bucket = 'reserved' THEN v_tender.id ELSE v_contract.id END) THEN
        RAISE EXCEPTION 'ledger/account' USING ERRCODE = 'LD003', DETAIL = 'the accounts do not belong together';
    END IF;
    RETURN v_contract;
END $$;

-- Is there a row that entitles to this journal, with this very amount?
CREATE FUNCTION post_source_check(p_office integer, p_kind text, p_source uuid, p_contract contract, p_tender uuid, p_amount numeric)
RETURNS void LANGUAGE plpgsql SET search_path = linli, pg_temp AS $$
DECLARE
    v_fits boolean;
BEGIN
    v_fits := CASE
        WHEN p_kind = 'appropriate' THEN true
        WHEN p_kind IN ('reserve', 'release') THEN p_source = p_tender OR (p_kind = 'reserve' AND EXISTS (
            SELECT 1 FROM contract_change x JOIN contract c ON c.office_id = x.office_id AND c.id = x.contract_id
             WHERE x.office_id = p_office AND x.id = p_source AND c.tender_id = p_tender AND c.state = 'stopped'
               AND x.kind = 'revoke' AND x.consequence = 'next' AND x.state = 'approved' AND x.decided_by <> x.proposed_by))
        WHEN p_kind = 'commit' THEN p_source = p_contract.id AND p_contract.state IN ('draft', 'signed')
        WHEN p_kind = 'uncommit' THEN p_source = p_contract.id OR EXISTS (
            SELECT 1 FROM tranche WHERE office_id = p_office AND id = p_source AND contract_id = p_contract.id
               AND state IN ('released', 'stopped') AND amount_fen - released_fen = p_amount)
        WHEN p_kind = 'supplement' THEN p_contract.state = 'signed' AND EXISTS (
            SELECT 1 FROM contract_change WHERE office_id = p_office AND id = p_source AND contract_id = p_contract.id
               AND kind = 'supplement' AND state = 'approved' AND decided_by <> proposed_by AND amount_fen = p_amount)
        WHEN p_kind IN ('recover', 'recredit') THEN EXISTS (
            SELECT 1 FROM receipt x JOIN recovery r ON r.office_id = x.office_id AND r.id = x.recovery_id
             WHERE x.office_id = p_office AND x.id = p_source AND r.contract_id = p_contract.id AND x.amount_fen = p_amount
               AND x.state = 'confirmed' AND x.decided_by <> x.entered_by)
        WHEN p_kind = 'payable' THEN p_contract.state = 'signed' AND EXISTS (
            SELECT 1 FROM tranche WHERE office_id = p_office AND id = p_source AND contract_id = p_contract.id
               AND state = 'released' AND released_fen = p_amount)
        ELSE EXISTS (
            SELECT 1 FROM payment p JOIN tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
             WHERE p.office_id = p_office AND p.id = p_source AND r.contract_id = p_contract.id AND p.amount_fen = p_amount
               AND p.checker IS NOT NULL AND p.checker <> p.maker
               AND p.state = ANY (CASE p_kind WHEN 'send' THEN ARRAY['sent'] WHEN 'settle' THEN ARRAY['settled']
                                              WHEN 'bounce' THEN ARRAY['returned']
                                              ELSE ARRAY['returned', 'failed'] END))
    END;
    IF NOT v_fits THEN
        RAISE EXCEPTION 'ledger/source' USING ERRCODE = 'LD003',
            DETAIL = format('%s entitles to no %s of %s yuan', p_source, p_kind, yuan(p_amount));
    END IF;
END $$;

-- A contract never binds more than its sum; what is or was to be paid never exceeds what was accepted plus the
-- advances it allows, and with the last tranche the acceptances must have covered the advances.
CREATE FUNCTION contract_check(p_contract contract, p_kind text) RETURNS void
LANGUAGE plpgsql SET search_path = linli, pg_temp AS $$
DECLARE
    v_bound numeric; v_out numeric; v_accepted numeric; v_advance numeric; v_open bigint;
BEGIN
    SELECT coalesce(sum(credits - debits), 0), coalesce(sum(credits - debits) FILTER (WHERE bucket <> 'committed'), 0)
      INTO v_bound, v_out
      FROM account WHERE office_id = p_contract.office_id AND subject = p_contract.id
       AND bucket IN ('committed', 'payable', 'in_transit', 'paid', 'returned');
    IF v_bound > p_contract.amount_fen THEN
        RAISE EXCEPTION 'contract/exceeded' USING ERRCODE = 'LD005',
            DETAIL = format('%s yuan bound where the contract is %s', yuan(v_bound), yuan(p_contract.amount_fen)),
            HINT = format('占用 %s 元，超过合同金额 %s 元', yuan(v_bound), yuan(p_contract.amount_fen));
    END IF;
    IF p_kind <> 'payable' THEN
        RETURN;
    END IF;
    SELECT coalesce(sum(accepted_fen), 0), coalesce(sum(amount_fen) FILTER (WHERE advance), 0),
           count(*) FILTER (WHERE state NOT IN ('released', 'paid'))
      INTO v_accepted, v_advance, v_open
      FROM tranche WHERE office_id = p_contract.office_id AND contract_id = p_contract.id;
    IF v_out > v_accepted + v_advance OR (v_open = 0 AND v_out > greatest(v_accepted, v_advance)) THEN
        RAISE EXCEPTION 'contract/exceeded' USING ERRCODE = 'LD005',
            DETAIL = format('%s yuan to pay where %s were accepted and %s may be advanced', yuan(v_out), yuan(v_accepted), yuan(v_advance)),
            HINT = format('累计支付 %s 元，超过已验收价值 %s 元与合同允许的预付款 %s 元', yuan(v_out), yuan(v_accepted), yuan(v_advance));
    END IF;
END $$;

-- Takes and gives: the account with the smaller name is locked first, whoever posts.
CREATE FUNCTION post_balances(p_office integer, p_appropriation uuid, p_from text, p_from_subject uuid,
                              p_to text, p_to_subject uuid, p_amount bigint) RETURNS void
LANGUAGE plpgsql SET search_path = linli, pg_temp AS $$
DECLARE
    r record; v_held bigint;
BEGIN
    FOR r IN SELECT bucket, subject, d, c
               FROM (VALUES (p_from, p_from_subject, p_amount, 0::bigint), (p_to, p_to_subject, 0::bigint, p_amount)) AS l(bucket, subject, d, c)
              ORDER BY bucket COLLATE "C", subject
    LOOP
        INSERT INTO account (office_id, appropriation_id, bucket, subject)
        VALUES (p_office, p_appropriation, r.bucket, r.subject) ON CONFLICT DO NOTHING;
        SELECT credits - debits INTO v_held FROM account
         WHERE office_id = p_office AND appropriation_id = p_appropriation AND bucket = r.bucket AND subject = r.subject FOR UPDATE;
        IF r.bucket <> 'authority' AND v_held < r.d THEN
            RAISE EXCEPTION 'fund/insufficient' USING ERRCODE = 'LD002',
                DETAIL = format('%s holds %s yuan, not %s', r.bucket, yuan(v_held), yuan(r.d)),
                HINT = format('资金不足：余额 %s 元，需要 %s 元', yuan(v_held), yuan(r.d));
        END IF;
        UPDATE account SET debits = debits + r.d, credits = credits + r.c, journals = journals + 1
         WHERE office_id = p_office AND appropriation_id = p_appropriation AND bucket = r.bucket AND subject = r.subject;
    END LOOP;
END $$;

-- The only way into the ledger.  Arrays go together, one element a line.
-- 'posted', or 'replayed' where this journal is there already with the same content.
CREATE FUNCTION post(p_office integer, p_id uuid, p_kind text, p_hash bytea, p_source uuid, p_actor uuid, p_at timestamptz,
                     p_appropriation uuid, p_buckets text[], p_subjects uuid[], p_sides text[], p_amounts bigint[])
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
DECLARE
    v_old bytea; v_from integer := array_position(p_sides, 'D'); v_to integer := array_position(p_sides, 'C');
    v_amount numeric; v_contract contract; v_tender uuid;
BEGIN
    PERFORM office_check(p_office);
    PERFORM post_lines_check(p_buckets, p_subjects, p_sides, p_amounts);
    SELECT sum(amount::numeric) FILTER (WHERE side = 'D') INTO v_amount FROM unnest(p_sides, p_amounts) AS l(side, amount);
    IF v_amount > 1000000000000000 THEN
        RAISE EXCEPTION 'ledger/amount' USING ERRCODE = 'LD003', DETAIL = 'a journal moves at most 10^15 fen';
    END IF;
    v_contract := post_move_check(p_office, p_appropriation, p_kind, p_buckets[v_from], p_subjects[v_from],
                                  p_buckets[v_to], p_subjects[v_to]);

    INSERT INTO journal (office_id, id, kind, request_hash, source, actor, at, lines)
    VALUES (p_office, p_id, p_kind, p_hash, p_source, p_actor, p_at, array_length(p_buckets, 1)) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        SELECT request_hash INTO v_old FROM journal WHERE office_id = p_office AND id = p_id;
        IF v_old = p_hash THEN
            RETURN 'replayed';
        END IF;
        IF v_old IS NULL THEN
            RAISE EXCEPTION 'ledger/duplicate' USING ERRCODE = 'LD004', DETAIL = format('%s was posted for %s before', p_kind, p_source);
        END IF;
        RAISE EXCEPTION 'ledger/conflict' USING ERRCODE = 'LD004', DETAIL = 'journal ' || p_id || ' says something else';
    END IF;

    v_tender := CASE 'reserved' WHEN p_buckets[v_from] THEN p_subjects[v_from] WHEN p_buckets[v_to] THEN p_subjects[v_to] END;
    PERFORM post_source_check(p_office, p_kind, p_source, v_contract, v_tender, v_amount);
    PERFORM post_balances(p_office, p_appropriation, p_buckets[v_from], p_subjects[v_from], p_buckets[v_to], p_subjects[v_to],
                          v_amount::bigint);
    INSERT INTO posting (office_id, journal_id, line, appropriation_id, bucket, subject, side, amount_fen, nth, after_fen)
    SELECT p_office, p_id, l.n, p_appropriation, l.bucket, l.subject, l.side, l.amount, a.journals, a.credits - a.debits
      FROM unnest(p_buckets, p_subjects, p_sides, p_amounts) WITH ORDINALITY AS l(bucket, subject, side, amount, n)
      JOIN account a ON a.office_id = p_office AND a.appropriation_id = p_appropriation AND a.bucket = l.bucket AND a.subject = l.subject;
    IF v_contract.id IS NOT NULL THEN
        PERFORM contract_check(v_contract, p_kind);
    END IF;
    RETURN 'posted';
END $$;

-- The way back of a journal, for a reversal that one person asked for and another approved.  Only of journals that moved
-- nothing but money: what moved a tender, a contract or a payment is undone by an act on it.
CREATE FUNCTION post_reverse(p_office integer, p_id uuid, p_hash bytea, p_reversal uuid, p_journal uuid, p_actor uuid, p_at timestamptz)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
DECLARE
    v_from posting; v_to posting; v_old journal;
BEGIN
    PERFORM office_check(p_office);
    SELECT j.* INTO v_old FROM journal j
      JOIN reversal r ON r.office_id = j.office_id AND r.id = p_reversal AND r.state = 'approved' AND r.decided_by <> r.proposed_by
      JOIN journal named ON named.office_id = r.office_id AND named.id = r.journal_id
     WHERE j.office_id = p_office AND j.id = p_journal AND j.kind IN ('appropriate', 'recover', 'recredit') AND j.reverses IS NULL
       AND j.source = named.source;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'ledger/source' USING ERRCODE = 'LD003',
            DETAIL = format('%s entitles to no reversal of %s', p_reversal, p_journal);
    END IF;
    INSERT INTO journal (office_id, id, kind, request_hash, source, actor, at, reverses, lines)
    VALUES (p_office, p_id, 'reverse', p_hash, p_reversal, p_actor, p_at, p_journal, 2) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'ledger/duplicate' USING ERRCODE = 'LD004', DETAIL = format('journal %s was reversed before', p_journal);
    END IF;
    SELECT * INTO v_from FROM posting WHERE office_id = p_office AND journal_id = p_journal AND side = 'C';
    SELECT * INTO v_to FROM posting WHERE office_id = p_office AND journal_id = p_journal AND side = 'D';
    PERFORM 1 FROM contract WHERE office_id = p_office AND id IN (v_from.subject, v_to.subject) FOR UPDATE;
    PERFORM post_balances(p_office, v_from.appropriation_id, v_from.bucket, v_from.subject, v_to.bucket, v_to.subject, v_from.amount_fen);
    INSERT INTO posting (office_id, journal_id, line, appropriation_id, bucket, subject, side, amount_fen, nth, after_fen)
    SELECT p_office, p_id, l.n, a.appropriation_id, a.bucket, a.subject, l.side, v_from.amount_fen, a.journals, a.credits - a.debits
      FROM (VALUES (1, 'D', v_from.bucket, v_from.subject), (2, 'C', v_to.bucket, v_to.subject)) AS l(n, side, bucket, subject)
      JOIN account a ON a.office_id = p_office AND a.appropriation_id = v_from.appropriation_id AND a.bucket = l.bucket AND a.subject = l.subject;
    RETURN 'posted';
END $$;

-- Brings an approved change into its contract: the one way its sum, its contractor or the sum of a tranche ever change.
-- Afterwards the tranches add up to the contract again.
CREATE FUNCTION contract_apply(p_office integer, p_change uuid, p_tranche uuid)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
DECLARE
    v_change contract_change; v_contract contract; v_planned numeric; v_out numeric; v_accepted numeric; v_owed bigint; r record; v_take bigint;
BEGIN
    PERFORM office_check(p_office);
    SELECT * INTO v_change FROM contract_change
     WHERE office_id = p_office AND id = p_change AND state = 'approved' AND decided_by <> proposed_by;
    IF FOUND THEN
        SELECT * INTO v_contract FROM contract
         WHERE office_id = p_office AND id = v_change.contract_id AND state IN ('signed', 'suspended') FOR UPDATE;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'contract/absent' USING ERRCODE = 'LD006', DETAIL = 'no open contract with an approved change ' || p_change;
    END IF;
    CASE v_change.kind
    WHEN 'supplement' THEN
        -- Twice the same change would grow the contract twice: its tranche is there already.
        INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, due_on, state)
        SELECT p_office, p_tranche, v_contract.id, max(no) + 1, 'supplement_' || v_change.no, v_change.name, v_change.name_en,
               v_change.amount_fen, v_change.trigger_on, v_change.due_on, 'planned'
          FROM tranche WHERE office_id = p_office AND contract_id = v_contract.id;
        UPDATE contract SET amount_fen = amount_fen + v_change.amount_fen WHERE office_id = p_office AND id = v_contract.id;
        v_contract.amount_fen := v_contract.amount_fen + v_change.amount_fen;
    WHEN 'change' THEN
        UPDATE tranche t SET amount_fen = (x.item ->> 1)::bigint, version = t.version + 1
          FROM jsonb_array_elements(coalesce(v_change.tranches, '[]')) AS x(item)
         WHERE t.office_id = p_office AND t.contract_id = v_contract.id AND t.id = (x.item ->> 0)::uuid
           AND t.state IN ('planned', 'reported', 'accepted', 'refused');
    WHEN 'succeed' THEN
        UPDATE contract SET organisation_id = v_change.organisation_id WHERE office_id = p_office AND id = v_contract.id;
    WHEN 'terminate', 'revoke' THEN
        SELECT coalesce(sum(released_fen), 0), coalesce(sum(accepted_fen), 0) INTO v_out, v_accepted
          FROM tranche WHERE office_id = p_office AND contract_id = v_contract.id;
        v_owed := greatest(v_change.amount_fen - v_out, 0);
        v_take := v_owed;
        FOR r IN SELECT id, amount_fen FROM tranche WHERE office_id = p_office AND contract_id = v_contract.id
                    AND state NOT IN ('released', 'paid', 'stopped') ORDER BY no DESC LOOP
            UPDATE tranche SET state = 'stopped', amount_fen = r.amount_fen - least(r.amount_fen, v_take), version = version + 1
             WHERE office_id = p_office AND id = r.id;
            v_take := v_take - least(r.amount_fen, v_take);
        END LOOP;
        IF v_take > 0 OR v_change.amount_fen < v_accepted THEN
            RAISE EXCEPTION 'contract/exceeded' USING ERRCODE = 'LD005',
                DETAIL = format('%s yuan cannot be settled where %s were accepted and %s are out', yuan(v_change.amount_fen), yuan(v_accepted), yuan(v_out)),
                HINT = '结算金额与已验收、已核准的金额不符';
        END IF;
        IF v_owed > 0 THEN
            INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, state, accepted_fen, released_fen)
            SELECT p_office, p_tranche, v_contract.id, max(no) + 1, 'settlement', '结算款', 'settlement', v_owed, 'acceptance', 'released',
                   v_change.amount_fen - v_accepted, v_owed
              FROM tranche WHERE office_id = p_office AND contract_id = v_contract.id;
        END IF;
    ELSE
        NULL;
    END CASE;
    SELECT coalesce(sum(amount_fen), 0) INTO v_planned FROM tranche WHERE office_id = p_office AND contract_id = v_contract.id;
    IF v_planned IS DISTINCT FROM v_contract.amount_fen THEN
        RAISE EXCEPTION 'contract/unbalanced' USING ERRCODE = 'LD005',
            DETAIL = format('tranches of %s yuan where the contract is %s', yuan(v_planned), yuan(v_contract.amount_fen)),
            HINT = format('各期合计 %s 元，与合同金额 %s 元不符', yuan(v_planned), yuan(v_contract.amount_fen));
    END IF;
END $$;

-- The only way a contract gets a tranche: never more of them than the contract is worth.
CREATE FUNCTION tranche_add(p_office integer, p_id uuid, p_contract uuid, p_no integer, p_code text, p_name text, p_name_en text,
                            p_amount bigint, p_trigger_on text, p_due_on date, p_advance boolean)
RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
DECLARE
    v_amount bigint; v_planned numeric;
BEGIN
    PERFORM office_check(p_office);
    SELECT amount_fen INTO v_amount FROM contract
     WHERE office_id = p_office AND id = p_contract AND state IN ('draft', 'signed') FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'contract/absent' USING ERRCODE = 'LD006', DETAIL = 'no open contract ' || p_contract;
    END IF;
    SELECT coalesce(sum(amount_fen), 0) + p_amount INTO v_planned FROM tranche WHERE office_id = p_office AND contract_id = p_contract;
    IF v_planned > v_amount THEN
        RAISE EXCEPTION 'contract/exceeded' USING ERRCODE = 'LD005',
            DETAIL = format('tranches of %s yuan where the contract is %s', yuan(v_planned), yuan(v_amount)),
            HINT = format('各期合计 %s 元，超过合同金额 %s 元', yuan(v_planned), yuan(v_amount));
    END IF;
    INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, due_on, advance, state)
    VALUES (p_office, p_id, p_contract, p_no, p_code, p_name, p_name_en, p_amount, p_trigger_on, p_due_on, p_advance, 'planned');
    RETURN p_id;
END $$;

-- Keeps part of a tranche that is about to be let out until the day its contract names: the same fen, in a tranche of its own.
CREATE FUNCTION tranche_retain(p_office integer, p_tranche uuid, p_id uuid, p_amount bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
DECLARE
    v_contract contract; v_part tranche;
BEGIN
    PERFORM office_check(p_office);
    SELECT c.* INTO v_contract FROM contract c JOIN tranche r ON r.office_id = c.office_id AND r.contract_id = c.id
     WHERE r.office_id = p_office AND r.id = p_tranche AND c.state = 'signed' AND c.retention_ppm IS NOT NULL FOR UPDATE OF c;
    SELECT * INTO v_part FROM tranche WHERE office_id = p_office AND id = p_tranche AND code <> 'retention' AND NOT advance
       AND state IN ('planned', 'reported', 'accepted', 'refused') FOR UPDATE;
    -- Never more than the contract says, of what the tranche is worth.
    IF v_contract.id IS NULL OR v_part.id IS NULL OR p_amount <= 0
       OR p_amount > v_part.amount_fen::numeric * v_contract.retention_ppm / 1000000 OR p_amount >= v_part.amount_fen THEN
        RAISE EXCEPTION 'contract/exceeded' USING ERRCODE = 'LD005',
            DETAIL = format('%s yuan cannot be kept of tranche %s', yuan(p_amount), p_tranche), HINT = '保留金额超过合同约定';
    END IF;
    UPDATE tranche SET amount_fen = amount_fen - p_amount WHERE office_id = p_office AND id = p_tranche;
    UPDATE tranche SET amount_fen = amount_fen + p_amount, version = version + 1
     WHERE office_id = p_office AND contract_id = v_contract.id AND code = 'retention';
    IF NOT FOUND THEN
        INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, due_on, state)
        SELECT p_office, p_id, v_contract.id, max(no) + 1, 'retention', '保留款', 'retention', p_amount, 'date', v_contract.retention_until, 'planned'
          FROM tranche WHERE office_id = p_office AND contract_id = v_contract.id;
    END IF;
END $$;

REVOKE ALL ON FUNCTION yuan(numeric) FROM PUBLIC;
REVOKE ALL ON FUNCTION office_check(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_lines_check(text[], uuid[], text[], bigint[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_move_check(integer, uuid, text, text, uuid, text, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_source_check(integer, text, uuid, contract, uuid, numeric) FROM PUBLIC;
REVOKE ALL ON FUNCTION contract_check(contract, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_balances(integer, uuid, text, uuid, text, uuid, bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION post(integer, uuid, text, bytea, uuid, uuid, timestamptz, uuid, text[], uuid[], text[], bigint[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_reverse(integer, uuid, bytea, uuid, uuid, uuid, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION contract_apply(integer, uuid, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION tranche_retain(integer, uuid, uuid, bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION tranche_add(integer, uuid, uuid, integer, text, text, text, bigint, text, date, boolean) FROM PUBLIC;
COMMIT;
