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
-- An account is credit minus debit, and never below zero but for authority.
BEGIN;
SET LOCAL search_path = linli;

CREATE TABLE account (
    office_id        integer NOT NULL, appropriation_id uuid NOT NULL,
    bucket           text NOT NULL CHECK (bucket IN ('authority', 'available', 'reserved', 'committed', 'payable', 'in_transit', 'paid')),
    subject          uuid NOT NULL,
    debits           bigint NOT NULL DEFAULT 0 CHECK (debits >= 0),
    credits          bigint NOT NULL DEFAULT 0 CHECK (credits >= 0),
    PRIMARY KEY (office_id, appropriation_id, bucket, subject),
    FOREIGN KEY (office_id, appropriation_id) REFERENCES appropriation,
    CONSTRAINT no_overdraft CHECK (bucket = 'authority' OR credits >= debits)
);
CREATE TABLE journal (
    office_id        integer NOT NULL, id uuid NOT NULL,
    kind             text NOT NULL CHECK (kind IN ('appropriate', 'reserve', 'release', 'commit', 'payable', 'uncommit', 'send', 'settle', 'return')),
    request_hash     bytea NOT NULL CHECK (length(request_hash) = 32),
    source           uuid NOT NULL,             -- the appropriation, tender, contract, tranche or payment it is about
    actor            uuid,                      -- NULL: the clock
    at               timestamptz NOT NULL,      -- legal time
    PRIMARY KEY (office_id, id)
);
CREATE INDEX ON journal (office_id, at, id);
CREATE TABLE posting (
    office_id        integer NOT NULL, journal_id uuid NOT NULL, line smallint NOT NULL CHECK (line > 0),
    appropriation_id uuid NOT NULL, bucket text NOT NULL, subject uuid NOT NULL,
    side             text NOT NULL CHECK (side IN ('D', 'C')),
    amount_fen       bigint NOT NULL CHECK (amount_fen > 0 AND amount_fen <= 1000000000000000),
    PRIMARY KEY (office_id, journal_id, line),
    FOREIGN KEY (office_id, journal_id) REFERENCES journal,
    FOREIGN KEY (office_id, appropriation_id, bucket, subject) REFERENCES account
);
CREATE INDEX ON posting (office_id, appropriation_id, bucket, subject);

-- What one contract may have in committed, payable, in transit and paid together, and what of it may be payable or beyond.
CREATE FUNCTION contract_check(p_office integer, p_contract uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
DECLARE
    v_amount bigint; v_bound numeric; v_out numeric; v_accepted numeric; v_advance numeric; v_open bigint;
BEGIN
    SELECT amount_fen INTO v_amount FROM contract WHERE office_id = p_office AND id = p_contract FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'contract/absent' USING ERRCODE = 'LD006', DETAIL = 'no contract ' || p_contract;
    END IF;
    SELECT coalesce(sum(credits - debits), 0),
           coalesce(sum(credits - debits) FILTER (WHERE bucket <> 'committed'), 0)
      INTO v_bound, v_out
      FROM account WHERE office_id = p_office AND subject = p_contract
       AND bucket IN ('committed', 'payable', 'in_transit', 'paid');
    IF v_bound > v_amount THEN
        RAISE EXCEPTION 'contract/exceeded' USING ERRCODE = 'LD005',
            DETAIL = format('%s fen bound where the contract is %s fen', v_bound, v_amount);
    END IF;
    SELECT coalesce(sum(accepted_fen), 0), coalesce(sum(amount_fen) FILTER (WHERE advance), 0),
           count(*) FILTER (WHERE state NOT IN ('released', 'paid', 'stopped'))
      INTO v_accepted, v_advance, v_open
      FROM tranche WHERE office_id = p_office AND contract_id = p_contract;
    IF v_out > v_accepted + v_advance OR (v_open = 0 AND v_out > v_advance AND v_out > v_accepted) THEN
        RAISE EXCEPTION 'contract/exceeded' USING ERRCODE = 'LD005',
            DETAIL = format('%s fen to pay where %s fen were accepted and %s fen may be advanced', v_out, v_accepted, v_advance);
    END IF;
END $$;

-- The only way into the ledger.  Arrays go together, one element a line.
-- 'posted', or 'replayed' where this journal is there already with the same content.
CREATE FUNCTION post(p_office integer, p_id uuid, p_kind text, p_hash bytea, p_source uuid, p_actor uuid, p_at timestamptz,
                     p_appropriation uuid, p_buckets text[], p_subjects uuid[], p_sides text[], p_amounts bigint[])
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
DECLARE
    v_old bytea; v_lines integer := coalesce(array_length(p_buckets, 1), 0); r record; v_contract uuid;
BEGIN
    IF v_lines < 2 OR v_lines > 100 OR v_lines <> array_length(p_subjects, 1) OR v_lines <> array_length(p_sides, 1)
       OR v_lines <> array_length(p_amounts, 1) THEN
        RAISE EXCEPTION 'ledger/lines' USING ERRCODE = 'LD003', DETAIL = 'a journal has 2 to 100 lines, each complete';
    END IF;
    IF EXISTS (SELECT 1 FROM unnest(p_sides, p_amounts) AS l(side, amount)
               WHERE side IS NULL OR side NOT IN ('D', 'C') OR amount IS NULL OR amount <= 0 OR amount > 1000000000000000) THEN
        RAISE EXCEPTION 'ledger/amount' USING ERRCODE = 'LD003', DETAIL = 'an amount is 1 fen to 10^15 fen';
    END IF;
    IF (SELECT sum(CASE side WHEN 'D' THEN amount::numeric ELSE -amount::numeric END)
          FROM unnest(p_sides, p_amounts) AS l(side, amount)) <> 0 THEN
        RAISE EXCEPTION 'ledger/unbalanced' USING ERRCODE = 'LD003', DETAIL = 'debits and credits differ';
    END IF;
    PERFORM 1 FROM appropriation WHERE office_id = p_office AND id = p_appropriation AND currency = 'CNY';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'fund/absent' USING ERRCODE = 'LD006', DETAIL = 'no appropriation ' || p_appropriation;
    END IF;

    INSERT INTO journal (office_id, id, kind, request_hash, source, actor, at)
    VALUES (p_office, p_id, p_kind, p_hash, p_source, p_actor, p_at) ON CONFLICT (office_id, id) DO NOTHING;
    IF NOT FOUND THEN
        SELECT request_hash INTO v_old FROM journal WHERE office_id = p_office AND id = p_id;
        IF v_old = p_hash THEN
            RETURN 'replayed';
        END IF;
        RAISE EXCEPTION 'ledger/conflict' USING ERRCODE = 'LD004', DETAIL = 'journal ' || p_id || ' says something else';
    END IF;

    -- One order of locks for everybody: by bucket and subject.
    FOR r IN SELECT bucket, subject, sum(amount) FILTER (WHERE side = 'D') AS d, sum(amount) FILTER (WHERE side = 'C') AS c
               FROM unnest(p_buckets, p_subjects, p_sides, p_amounts) AS l(bucket, subject, side, amount)
              GROUP BY bucket, subject ORDER BY bucket, subject
    LOOP
        -- A debit of an account that is not there yet would fail the check as an insert: first the row, then the sum.
        INSERT INTO account (office_id, appropriation_id, bucket, subject)
        VALUES (p_office, p_appropriation, r.bucket, r.subject) ON CONFLICT DO NOTHING;
        BEGIN
            UPDATE account SET debits = debits + coalesce(r.d, 0), credits = credits + coalesce(r.c, 0)
             WHERE office_id = p_office AND appropriation_id = p_appropriation AND bucket = r.bucket AND subject = r.subject;
        EXCEPTION WHEN check_violation THEN
            RAISE EXCEPTION 'fund/insufficient' USING ERRCODE = 'LD002',
                DETAIL = format('%s does not hold %s fen', r.bucket, r.d);
        END;
        IF r.bucket IN ('committed', 'payable', 'in_transit', 'paid') THEN
            v_contract := r.subject;
        END IF;
    END LOOP;

    INSERT INTO posting (office_id, journal_id, line, appropriation_id, bucket, subject, side, amount_fen)
    SELECT p_office, p_id, n, p_appropriation, bucket, subject, side, amount
      FROM unnest(p_buckets, p_subjects, p_sides, p_amounts) WITH ORDINALITY AS l(bucket, subject, side, amount, n);
    IF v_contract IS NOT NULL THEN
        PERFORM contract_check(p_office, v_contract);
    END IF;
    RETURN 'posted';
END $$;
REVOKE ALL ON FUNCTION post(integer, uuid, text, bytea, uuid, uuid, timestamptz, uuid, text[], uuid[], text[], bigint[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION contract_check(integer, uuid) FROM PUBLIC;
COMMIT;
