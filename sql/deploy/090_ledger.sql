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
--   lapsed      the appropriation    given up at the end of its years
-- An account is credit minus debit, and never below zero but for authority.
--
-- A journal is one event.  Its kind says between which buckets it moves money, and its source is the row that entitles to it:
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
--   withdraw     payable    -> available   the tranche of an ended contract that two people took back
--   supplement   available  -> committed   the approved supplement of a contract
--   renew        available  -> committed   the contract of another year under an award, from that year's money
--   recover      paid       -> returned    the receipt of money asked back, confirmed
--   recredit     returned   -> available   the same receipt
--   transfer     available  -> authority   of one appropriation, authority -> available of another: the transfer two people agreed on
--   lapse        available  -> lapsed      the same
--   again        committed, payable or reserved -> lapsed (of money that does not lapse: available) of one appropriation, available -> the same of
--                one of a later year: what a contract bound, or is reserved for a tender, in a year that has ended is budgeted again, as two people
--                agreed on
--   reverse      the way back of an appropriate, recover or recredit: the reversal two people agreed on
--
-- Where several appropriations pay together, a journal has two lines for each of them; within each it balances, so that no
-- money crosses from one to another.  What each takes is its share to the fen: in proportion to what it holds in the bucket
-- the money leaves, the fen that are left over to the largest remainders.  So no share drifts, and whoever takes the last
-- of a bucket empties it in each.  Exactly how much is declared (what reserves a tender) or was decided before (a payment
-- goes the way its tranche was released) is taken as it is.
BEGIN;
SET LOCAL search_path = linli;

CREATE TABLE account (
    office_id        integer NOT NULL, appropriation_id uuid NOT NULL,
    bucket           text NOT NULL CHECK (bucket IN ('authority', 'available', 'reserved', 'committed', 'payable', 'in_transit', 'paid', 'returned',
                                              'lapsed')),
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
                                          'bounce', 'withdraw', 'supplement', 'renew', 'recover', 'recredit', 'reverse', 'transfer', 'lapse', 'again')),
    digest           bytea NOT NULL CHECK (length(digest) = 32),        -- over its lines
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
-- What a tender gave back, which may be several times.
CREATE INDEX journal_releases ON journal (office_id, source) WHERE kind = 'release';
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
-- Those the server may call pin their search path; those which only these call go by it.  The ledger is small on its first day and large
-- in its tenth year, and a plan is kept as long as a connection: posting goes by the indexes from the beginning.
CREATE FUNCTION office_check(p_office integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(p_office = ANY (nullif(current_setting('linli.offices', true), '')::integer[]), false)
       AND coalesce(current_setting('linli.all', true), '') <> 'on' THEN
        RAISE EXCEPTION 'auth/forbidden' USING ERRCODE = 'LD007', DETAIL = format('office %s is not yours', p_office),
            HINT = '不在您的单位范围内';
    END IF;
END $$;

-- From which bucket to which a kind moves money.
CREATE FUNCTION post_buckets(p_kind text, OUT p_from text, OUT p_to text) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    v_move text[] := CASE p_kind
        WHEN 'appropriate' THEN ARRAY['authority', 'available'] WHEN 'reserve' THEN ARRAY['available', 'reserved']
        WHEN 'release' THEN ARRAY['reserved', 'available'] WHEN 'commit' THEN ARRAY['reserved', 'committed']
        WHEN 'uncommit' THEN ARRAY['committed', 'available'] WHEN 'payable' THEN ARRAY['committed', 'payable']
        WHEN 'send' THEN ARRAY['payable', 'in_transit'] WHEN 'settle' THEN ARRAY['in_transit', 'paid']
        WHEN 'return' THEN ARRAY['in_transit', 'payable'] WHEN 'bounce' THEN ARRAY['paid', 'payable']
        WHEN 'supplement' THEN ARRAY['available', 'committed'] WHEN 'renew' THEN ARRAY['available', 'committed'] WHEN 'recover' THEN ARRAY['paid', 'returned']
        WHEN 'recredit' THEN ARRAY['returned', 'available'] WHEN 'withdraw' THEN ARRAY['payable', 'available'] END;
BEGIN
    p_from := v_move[1];
    p_to := v_move[2];
END $$;

-- Whose account a bucket is: the appropriation's, the tender's or the contract's.
CREATE FUNCTION bucket_subject(p_bucket text, p_appropriation uuid, p_tender uuid, p_contract uuid) RETURNS uuid
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN CASE WHEN p_bucket IN ('authority', 'available') THEN p_appropriation WHEN p_bucket = 'reserved' THEN p_tender ELSE p_contract END;
END $$;

-- Parts of a sum by weight, exact: whole fen, what is left over to the largest remainders, of equal ones the first.  Where no weight
-- is more than 0 all weigh the same.
CREATE FUNCTION shares(p_fen bigint, p_weights bigint[]) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE SET search_path = linli, pg_temp AS $$
BEGIN
    RETURN (SELECT array_agg((x.whole + CASE WHEN x.place <= p_fen - x.given THEN 1 ELSE 0 END)::bigint ORDER BY x.n)
        FROM (SELECT w.n, w.whole, sum(w.whole) OVER () AS given, row_number() OVER (ORDER BY w.rest DESC, w.n) AS place
              FROM (SELECT n, div(p_fen::numeric * weight, total) AS whole, mod(p_fen::numeric * weight, total) AS rest
                    FROM (SELECT v.n, v.weight, sum(v.weight::numeric) OVER () AS total
                          FROM (SELECT u.n, CASE WHEN sum(u.weight) OVER () > 0 THEN u.weight ELSE 1 END AS weight
                                FROM unnest(p_weights) WITH ORDINALITY AS u(weight, n)) v) t) w) x);
END $$;

-- Where what was let out of a tranche, and waits to be paid, stands now: as it was let out, but for what was budgeted again meanwhile.  What was
-- with the bank that day was not moved.
CREATE FUNCTION tranche_stands(p_office integer, p_contract uuid, p_tranche uuid, OUT p_appropriations uuid[], OUT p_weights bigint[])
LANGUAGE plpgsql STABLE AS $$
BEGIN
    WITH RECURSIVE part AS (
        SELECT g.line, g.appropriation_id, g.amount_fen, g.nth, 1 AS step
          FROM journal j JOIN posting g ON g.office_id = j.office_id AND g.journal_id = j.id AND g.side = 'C'
         WHERE j.office_id = p_office AND j.source = p_tranche AND j.kind = 'payable'
        UNION ALL
        SELECT p.line, c.appropriation_id, p.amount_fen, c.nth, p.step + 1
          FROM part p, LATERAL (
            SELECT d.journal_id FROM posting d JOIN journal j ON j.office_id = d.office_id AND j.id = d.journal_id AND j.kind = 'again'
             WHERE d.office_id = p_office AND d.appropriation_id = p.appropriation_id AND d.bucket = 'payable' AND d.subject = p_contract
               AND d.side = 'D' AND d.nth > p.nth
               AND NOT EXISTS (
                    SELECT 1 FROM payment y JOIN journal s ON s.office_id = y.office_id AND s.source = y.id AND s.kind = 'send'
                      JOIN posting o ON o.office_id = s.office_id AND o.journal_id = s.id AND o.side = 'D' AND o.appropriation_id = d.appropriation_id
                     WHERE y.office_id = p_office AND y.tranche_id = p_tranche AND o.nth > p.nth AND o.nth < d.nth
                       AND NOT EXISTS (SELECT 1 FROM journal b JOIN posting r ON r.office_id = b.office_id AND r.journal_id = b.id AND r.side = 'C'
                                        WHERE b.office_id = y.office_id AND b.source = y.id AND b.kind IN ('return', 'bounce')
                                          AND r.appropriation_id = d.appropriation_id AND r.nth < d.nth))
             ORDER BY d.nth LIMIT 1) n
          JOIN posting c ON c.office_id = p_office AND c.journal_id = n.journal_id AND c.bucket = 'payable' AND c.side = 'C')
    SELECT array_agg(x.appropriation_id ORDER BY x.line), array_agg(x.fen ORDER BY x.line) INTO p_appropriations, p_weights
      FROM (SELECT z.appropriation_id, sum(z.amount_fen)::bigint AS fen, min(z.line) AS line
              FROM (SELECT DISTINCT ON (p.line) p.* FROM part p ORDER BY p.line, p.step DESC) z
             GROUP BY z.appropriation_id) x;
END $$;

-- Who pays what was let out of a tranche, in their order.
CREATE FUNCTION tranche_payers(p_office integer, p_contract uuid, p_tranche uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = linli, pg_temp AS $$
BEGIN
    PERFORM office_check(p_office);
    RETURN (SELECT w.p_appropriations FROM post_sources(p_office, 'withdraw', p_tranche, p_contract, NULL) w);
END $$;

-- Which appropriations a journal draws on, in their order, and by what weights; no weights: by what each holds.
CREATE FUNCTION post_sources(p_office integer, p_kind text, p_source uuid, p_subject uuid, p_tender uuid,
                             OUT p_appropriations uuid[], OUT p_weights bigint[]) LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_from text; v_whose uuid;
BEGIN
    IF p_kind = 'appropriate' THEN
        SELECT ARRAY[a.id], ARRAY[1::bigint] INTO p_appropriations, p_weights
          FROM appropriation a WHERE a.office_id = p_office AND a.id = p_subject AND a.currency = 'CNY';
    ELSIF p_kind = 'reserve' AND p_source <> p_subject THEN
        -- Once more, since a contract was revoked: whoever paid for the tender, or pays since its money was budgeted again.
        WITH RECURSIVE paying AS (
            SELECT s.no, s.appropriation_id, s.amount_fen, 1 AS step FROM source s WHERE s.office_id = p_office AND s.owner_id = p_subject
            UNION ALL
            SELECT y.no, n.to_id, y.amount_fen, y.step + 1
              FROM paying y, LATERAL (
                SELECT x.to_id FROM transfer x LEFT JOIN contract_change k ON k.office_id = x.office_id AND k.id = p_source
                 WHERE x.office_id = p_office AND x.appropriation_id = y.appropriation_id AND x.kind = 'again' AND x.state = 'approved'
                   AND (x.tender_id = p_subject OR x.contract_id = k.contract_id)
                 ORDER BY x.decided DESC, x.id LIMIT 1) n)
        SELECT array_agg(l.appropriation_id ORDER BY l.no), array_agg(l.fen ORDER BY l.no) INTO p_appropriations, p_weights
          FROM (SELECT z.appropriation_id, min(z.no) AS no, coalesce(sum(z.amount_fen), 1)::bigint AS fen
                  FROM (SELECT DISTINCT ON (y.no) y.* FROM paying y ORDER BY y.no, y.step DESC) z
                 GROUP BY z.appropriation_id) l;
    ELSIF p_kind IN ('reserve', 'renew') THEN
        SELECT array_agg(s.appropriation_id ORDER BY s.no), array_agg(coalesce(s.amount_fen, 1) ORDER BY s.no) INTO p_appropriations, p_weights
          FROM source s WHERE s.office_id = p_office AND s.owner_id = p_subject;
    ELSIF p_kind = 'supplement' THEN
        SELECT array_agg(h.id ORDER BY s.no, h.id), array_agg(h.fen ORDER BY s.no, h.id) INTO p_appropriations, p_weights
          FROM (SELECT a.appropriation_id AS id, sum(a.credits - a.debits)::bigint AS fen FROM account a
                 WHERE a.office_id = p_office AND a.subject = p_subject
                   AND NOT EXISTS (SELECT 1 FROM transfer x WHERE x.office_id = p_office AND x.contract_id = p_subject AND x.kind = 'again'
                                      AND x.state = 'approved' AND x.appropriation_id = a.appropriation_id) -- its year is over
                 GROUP BY a.appropriation_id HAVING sum(a.credits - a.debits) > 0) h
          LEFT JOIN source s ON s.office_id = p_office AND s.owner_id = p_tender AND s.appropriation_id = h.id;
    ELSIF p_kind IN ('send', 'settle', 'return', 'bounce', 'withdraw', 'recredit') THEN
        -- As the tranche was let out, as the payment went, as the receipt came.
        SELECT array_agg(g.appropriation_id ORDER BY g.line), array_agg(g.amount_fen ORDER BY g.line) INTO p_appropriations, p_weights
          FROM journal j JOIN posting g ON g.office_id = j.office_id AND g.journal_id = j.id AND g.side = 'C'
         WHERE j.office_id = p_office
           AND j.kind = CASE WHEN p_kind IN ('send', 'withdraw') THEN 'payable' WHEN p_kind = 'recredit' THEN 'recover' ELSE 'send' END
           AND j.kind NOT IN ('release', 'reverse')        -- as journal_once has it, which finds it
           AND j.source = CASE WHEN p_kind = 'send'
               THEN (SELECT y.tranche_id FROM payment y WHERE y.office_id = p_office AND y.id = p_source) ELSE p_source END;
        IF p_kind IN ('send', 'withdraw') AND EXISTS (
            SELECT 1 FROM transfer x WHERE x.office_id = p_office AND x.contract_id = p_subject AND x.kind = 'again' AND x.state = 'approved') THEN
            SELECT * INTO p_appropriations, p_weights FROM tranche_stands(p_office, p_subject, CASE WHEN p_kind = 'send'
                THEN (SELECT y.tranche_id FROM payment y WHERE y.office_id = p_office AND y.id = p_source) ELSE p_source END);
        END IF;
    ELSIF p_kind IN ('payable', 'uncommit') AND EXISTS (SELECT 1 FROM tranche_share h WHERE h.office_id = p_office AND h.tranche_id = p_source) THEN
        -- As it was fixed for the tranche; what is not let out of it is the rest of each.
        SELECT array_agg(h.appropriation_id ORDER BY s.no, h.appropriation_id),
               array_agg(h.amount_fen - coalesce(g.amount_fen, 0) ORDER BY s.no, h.appropriation_id)
          INTO p_appropriations, p_weights
          FROM tranche_share h
          LEFT JOIN source s ON s.office_id = h.office_id AND s.owner_id = p_tender AND s.appropriation_id = h.appropriation_id
          LEFT JOIN journal j ON j.office_id = h.office_id AND j.source = h.tranche_id AND j.kind = 'payable' AND p_kind = 'uncommit'
          LEFT JOIN posting g ON g.office_id = j.office_id AND g.journal_id = j.id AND g.side = 'C' AND g.appropriation_id = h.appropriation_id
         WHERE h.office_id = p_office AND h.tranche_id = p_source AND h.amount_fen > coalesce(g.amount_fen, 0);
    ELSE
        v_from := (post_buckets(p_kind)).p_from;
        v_whose := bucket_subject(v_from, NULL, p_tender, p_subject);
        SELECT array_agg(a.appropriation_id ORDER BY s.no, a.appropriation_id) INTO p_appropriations
          FROM account a LEFT JOIN source s ON s.office_id = a.office_id AND s.owner_id = p_tender AND s.appropriation_id = a.appropriation_id
         WHERE a.office_id = p_office AND a.bucket = v_from AND a.subject = v_whose;
    END IF;
END $$;

-- The contract a journal is about, locked, before any account, so that everybody locks in one order; of a reservation the
-- tender is there, and may be paid from what is to pay for it.
CREATE FUNCTION post_subject(p_office integer, p_kind text, p_subject uuid) RETURNS contract
LANGUAGE plpgsql AS $$
DECLARE
    v_contract contract; v_regime text;
BEGIN
    IF p_kind = 'appropriate' THEN
        RETURN NULL;
    END IF;
    IF p_kind NOT IN ('reserve', 'release') THEN
        SELECT * INTO v_contract FROM contract WHERE office_id = p_office AND id = p_subject FOR UPDATE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'contract/absent' USING ERRCODE = 'LD006', DETAIL = 'no such contract';
        END IF;
        RETURN v_contract;
    END IF;
    SELECT regime INTO v_regime FROM tender WHERE office_id = p_office AND id = p_subject;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'tender/absent' USING ERRCODE = 'LD006', DETAIL = 'no such tender';
    END IF;
    IF p_kind = 'reserve' AND EXISTS (
        SELECT 1 FROM source s JOIN appropriation a ON a.office_id = s.office_id AND a.id = s.appropriation_id
          JOIN fund f ON f.office_id = a.office_id AND f.id = a.fund_id
         WHERE s.office_id = p_office AND s.owner_id = p_subject AND NOT v_regime = ANY (f.regimes)) THEN
        RAISE EXCEPTION 'fund/purpose' USING ERRCODE = 'LD008',
            DETAIL = format('the fund is not for %s', v_regime), HINT = '资金限定的用途不包括该项目的制度';
    END IF;
    RETURN NULL;
END $$;

-- Is this payment of the contract, approved by a second person, where a journal of the kind says it is, with this very amount?
CREATE FUNCTION payment_fits(p_office integer, p_kind text, p_payment uuid, p_contract uuid, p_amount numeric) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM payment p JOIN tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
         WHERE p.office_id = p_office AND p.id = p_payment AND r.contract_id = p_contract AND p.amount_fen = p_amount
           AND p.checker IS NOT NULL AND p.checker <> p.maker
           AND p.state = ANY (CASE p_kind WHEN 'send' THEN ARRAY['sent'] WHEN 'settle' THEN ARRAY['settled']
                                          WHEN 'bounce' THEN ARRAY['returned']
                                          ELSE ARRAY['returned', 'failed'] END));
END $$;

-- Is there a row that entitles to this journal, with this very amount?
CREATE FUNCTION post_source_check(p_office integer, p_kind text, p_source uuid, p_contract contract, p_tender uuid, p_amount numeric)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_fits boolean;
BEGIN
    -- A statement each, so that a connection plans what it is asked.
    CASE
    WHEN p_kind = 'appropriate' THEN v_fits := true;
    WHEN p_kind = 'release' THEN v_fits := p_source = p_tender;
    WHEN p_kind = 'reserve' THEN
        v_fits := p_source = p_tender;
        IF NOT v_fits THEN
            v_fits := EXISTS (
                SELECT 1 FROM contract_change x JOIN contract c ON c.office_id = x.office_id AND c.id = x.contract_id
                 WHERE x.office_id = p_office AND x.id = p_source AND c.tender_id = p_tender AND c.state = 'stopped'
                   AND x.kind = 'revoke' AND x.consequence = 'next' AND x.state = 'approved' AND x.decided_by <> x.proposed_by);
        END IF;
    WHEN p_kind = 'commit' THEN v_fits := p_source = p_contract.id AND p_contract.renews IS NULL AND p_contract.state IN ('draft', 'signed');
    WHEN p_kind = 'renew' THEN
        v_fits := p_source = p_contract.id AND p_contract.state = 'signed' AND p_contract.amount_fen = p_amount AND EXISTS (
            SELECT 1 FROM renewal r WHERE r.office_id = p_office AND r.contract_id = p_contract.renews AND r.next_id = p_contract.id
               AND r.decision = 'renewed' AND r.amount_fen = p_amount);
    WHEN p_kind = 'uncommit' THEN
        v_fits := p_source = p_contract.id OR EXISTS (
            SELECT 1 FROM tranche WHERE office_id = p_office AND id = p_source AND contract_id = p_contract.id
               AND state IN ('released', 'stopped') AND amount_fen - released_fen = p_amount);
    WHEN p_kind = 'supplement' THEN
        v_fits := p_contract.state = 'signed' AND EXISTS (
            SELECT 1 FROM contract_change WHERE office_id = p_office AND id = p_source AND contract_id = p_contract.id
               AND kind = 'supplement' AND state = 'approved' AND decided_by <> proposed_by AND amount_fen = p_amount);
    WHEN p_kind IN ('recover', 'recredit') THEN
        v_fits := EXISTS (
            SELECT 1 FROM receipt x JOIN recovery r ON r.office_id = x.office_id AND r.id = x.recovery_id
             WHERE x.office_id = p_office AND x.id = p_source AND r.contract_id = p_contract.id AND x.amount_fen = p_amount
               AND x.state = 'confirmed' AND x.decided_by <> x.entered_by);
    WHEN p_kind = 'withdraw' THEN
        -- Let out, of a contract that is over, and no payment of it is ordered, on its way or made.
        v_fits := p_contract.state = 'stopped' AND EXISTS (
            SELECT 1 FROM withdrawal w JOIN tranche r ON r.office_id = w.office_id AND r.id = w.tranche_id
             WHERE w.office_id = p_office AND w.tranche_id = p_source AND w.amount_fen = p_amount
               AND w.state = 'approved' AND w.decided_by <> w.proposed_by
               AND r.contract_id = p_contract.id AND r.state = 'stopped' AND r.released_fen = 0 AND r.paid_fen = 0
               AND NOT EXISTS (SELECT 1 FROM payment y WHERE y.office_id = w.office_id AND y.tranche_id = w.tranche_id
                               AND y.state NOT IN ('failed', 'returned', 'refused')))
            AND (SELECT sum(g.amount_fen) FROM journal j JOIN posting g ON g.office_id = j.office_id AND g.journal_id = j.id AND g.side = 'C'
                  WHERE j.office_id = p_office AND j.source = p_source AND j.kind = 'payable') = p_amount;
    WHEN p_kind = 'payable' THEN
        v_fits := p_contract.state = 'signed' AND EXISTS (
            SELECT 1 FROM tranche WHERE office_id = p_office AND id = p_source AND contract_id = p_contract.id
               AND state = 'released' AND released_fen = p_amount);
    ELSE v_fits := payment_fits(p_office, p_kind, p_source, p_contract.id, p_amount);
    END CASE;
    IF v_fits IS NOT TRUE THEN
        RAISE EXCEPTION 'ledger/source' USING ERRCODE = 'LD003',
            DETAIL = format('%s entitles to no %s of %s yuan', p_source, p_kind, yuan(p_amount));
    END IF;
END $$;

-- A contract never binds more than its sum; what is or was to be paid never exceeds what was accepted plus the
-- advances it allows, and with the last tranche the acceptances must have covered the advances.
CREATE FUNCTION contract_check(p_contract contract, p_kind text) RETURNS void
LANGUAGE plpgsql AS $$
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
           count(*) FILTER (WHERE state NOT IN ('released', 'paid', 'stopped'))
      INTO v_accepted, v_advance, v_open
      FROM tranche WHERE office_id = p_contract.office_id AND contract_id = p_contract.id;
    IF v_out > v_accepted + v_advance OR (v_open = 0 AND v_out > greatest(v_accepted, v_advance)) THEN
        RAISE EXCEPTION 'contract/exceeded' USING ERRCODE = 'LD005',
            DETAIL = format('%s yuan to pay where %s were accepted and %s may be advanced', yuan(v_out), yuan(v_accepted), yuan(v_advance)),
            HINT = format('累计支付 %s 元，超过已验收价值 %s 元与合同允许的预付款 %s 元', yuan(v_out), yuan(v_accepted), yuan(v_advance));
    END IF;
END $$;

-- The accounts of some lines, made where they are the first, locked in one order whoever posts; gives what each holds.
CREATE FUNCTION post_lock(p_office integer, p_appropriations uuid[], p_buckets text[], p_subjects uuid[]) RETURNS bigint[]
LANGUAGE plpgsql AS $$
DECLARE
    v_held bigint[];
BEGIN
    INSERT INTO account (office_id, appropriation_id, bucket, subject)
    SELECT p_office, l.* FROM unnest(p_appropriations, p_buckets, p_subjects) AS l(appropriation, bucket, subject)
     WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.office_id = p_office AND a.appropriation_id = l.appropriation AND a.bucket = l.bucket
                                                 AND a.subject = l.subject)        -- a conflict would wait for whoever has it
     ORDER BY l.appropriation, l.bucket COLLATE "C", l.subject ON CONFLICT DO NOTHING;
    SELECT array_agg(x.held ORDER BY x.n) INTO v_held FROM (
        SELECT l.n, a.credits - a.debits AS held
          FROM unnest(p_appropriations, p_buckets, p_subjects) WITH ORDINALITY AS l(appropriation, bucket, subject, n)
          JOIN account a ON a.office_id = p_office AND a.appropriation_id = l.appropriation AND a.bucket = l.bucket AND a.subject = l.subject
         ORDER BY a.appropriation_id, a.bucket COLLATE "C", a.subject FOR UPDATE OF a) x;
    RETURN v_held;
END $$;

CREATE FUNCTION post_insufficient(p_office integer, p_appropriation uuid, p_bucket text, p_held numeric, p_fen numeric) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_name text;
BEGIN
    SELECT name INTO v_name FROM appropriation WHERE office_id = p_office AND id = p_appropriation;
    RAISE EXCEPTION 'fund/insufficient' USING ERRCODE = 'LD002',
        DETAIL = format('%s of "%s" holds %s yuan, not %s', p_bucket, v_name, yuan(p_held), yuan(p_fen)),
        HINT = format('资金不足：%s余额 %s 元，需要 %s 元', v_name, yuan(p_held), yuan(p_fen));
END $$;

-- Writes journals of one kind, whose accounts are locked.  Each line says by its place of which journal it is; each two of a journal
-- are where money leaves and where it goes.  false: one of them is there already, or was posted for its source before; then some are
-- written and some are not, and who called has to raise.
CREATE FUNCTION post_lines(p_office integer, p_kind text, p_reverses uuid, p_actor uuid, p_at timestamptz, p_ids uuid[], p_sources uuid[],
                           p_journals integer[], p_appropriations uuid[], p_buckets text[], p_subjects uuid[], p_amounts bigint[])
RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_written integer; v_nth bigint[]; v_after bigint[]; v_lacking integer;
BEGIN
    INSERT INTO journal (office_id, id, kind, digest, source, reverses, actor, at, lines)
    SELECT p_office, p_ids[l.journal], p_kind,
           sha256(convert_to(format('linli/journal/v2 %s %s %s %s', p_office, p_kind, p_sources[l.journal], coalesce(p_reverses::text, '-'))
                             || string_agg(format(' %s %s %s %s %s', CASE l.n % 2 WHEN 1 THEN 'D' ELSE 'C' END, l.appropriation, l.bucket, l.subject, l.fen),
                                           '' ORDER BY l.n), 'UTF8')),
           p_sources[l.journal], p_reverses, p_actor, p_at, count(*)
      FROM unnest(p_journals, p_appropriations, p_buckets, p_subjects, p_amounts) WITH ORDINALITY
           AS l(journal, appropriation, bucket, subject, fen, n)
     GROUP BY l.journal
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_written = ROW_COUNT;
    IF v_written < array_length(p_ids, 1) THEN
        RETURN false;
    END IF;
    -- What each account has held after each of its lines, in their order.
    SELECT array_agg(x.nth ORDER BY x.n), array_agg(x.after ORDER BY x.n),
           min(x.n) FILTER (WHERE x.n % 2 = 1 AND x.bucket <> 'authority' AND x.after < 0)
      INTO v_nth, v_after, v_lacking
      FROM (SELECT l.n, l.bucket, a.journals + row_number() OVER w AS nth,
                   a.credits - a.debits + sum(CASE l.n % 2 WHEN 1 THEN -l.fen ELSE l.fen END) OVER w AS after
              FROM unnest(p_appropriations, p_buckets, p_subjects, p_amounts) WITH ORDINALITY AS l(appropriation, bucket, subject, fen, n)
              JOIN account a ON a.office_id = p_office AND a.appropriation_id = l.appropriation AND a.bucket = l.bucket AND a.subject = l.subject
            WINDOW w AS (PARTITION BY l.appropriation, l.bucket, l.subject ORDER BY l.n)) x;
    IF v_lacking IS NOT NULL THEN
        PERFORM post_insufficient(p_office, p_appropriations[v_lacking], p_buckets[v_lacking], v_after[v_lacking] + p_amounts[v_lacking],
                                  p_amounts[v_lacking]);
    END IF;
    UPDATE account a SET debits = a.debits + m.debits, credits = a.credits + m.credits, journals = a.journals + m.journals
      FROM (SELECT l.appropriation, l.bucket, l.subject, coalesce(sum(l.fen) FILTER (WHERE l.n % 2 = 1), 0) AS debits,
                   coalesce(sum(l.fen) FILTER (WHERE l.n % 2 = 0), 0) AS credits, count(*) AS journals
              FROM unnest(p_appropriations, p_buckets, p_subjects, p_amounts) WITH ORDINALITY AS l(appropriation, bucket, subject, fen, n)
             GROUP BY l.appropriation, l.bucket, l.subject) m
     WHERE a.office_id = p_office AND a.appropriation_id = m.appropriation AND a.bucket = m.bucket AND a.subject = m.subject;
    INSERT INTO posting (office_id, journal_id, line, appropriation_id, bucket, subject, side, amount_fen, nth, after_fen)
    SELECT p_office, p_ids[l.journal], row_number() OVER (PARTITION BY l.journal ORDER BY l.n), l.appropriation, l.bucket, l.subject,
           CASE l.n % 2 WHEN 1 THEN 'D' ELSE 'C' END, l.fen, l.nth, l.after
      FROM unnest(p_journals, p_appropriations, p_buckets, p_subjects, p_amounts, v_nth, v_after) WITH ORDINALITY
           AS l(journal, appropriation, bucket, subject, fen, nth, after, n);
    RETURN true;
END $$;

-- 'replayed' where this very journal is there; NULL where it is not; refused where it says something else.
CREATE FUNCTION post_replay(p_office integer, p_id uuid, p_kind text, p_source uuid, p_fen bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_old journal;
BEGIN
    SELECT * INTO v_old FROM journal WHERE office_id = p_office AND id = p_id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF v_old.kind = p_kind AND v_old.source = p_source
       AND (SELECT sum(amount_fen) FROM posting WHERE office_id = p_office AND journal_id = p_id AND side = 'D') = p_fen THEN
        RETURN 'replayed';
    END IF;
    RAISE EXCEPTION 'ledger/conflict' USING ERRCODE = 'LD004', DETAIL = 'journal ' || p_id || ' says something else';
END $$;

-- The way into the ledger: an event of a kind, the row that entitles to it, and whose money it moves: the appropriation's that
-- is granted, the tender's it is kept for, otherwise the contract's.  The lines follow from that.
-- 'posted', or 'replayed' where this journal is there already.
CREATE FUNCTION post(p_office integer, p_id uuid, p_kind text, p_source uuid, p_subject uuid, p_actor uuid, p_at timestamptz, p_fen bigint)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
    v_from text; v_to text; v_contract contract; v_tender uuid; v_app uuid; v_sources uuid[]; v_weights bigint[]; v_held bigint[];
    v_apps uuid[]; v_buckets text[]; v_subjects uuid[]; v_amounts bigint[];
BEGIN
    PERFORM office_check(p_office);
    IF p_fen IS NULL OR p_fen NOT BETWEEN 1 AND 1000000000000000 THEN
        RAISE EXCEPTION 'ledger/amount' USING ERRCODE = 'LD003', DETAIL = 'an amount is 1 fen to 10^15 fen';
    END IF;
    SELECT * INTO v_from, v_to FROM post_buckets(p_kind);
    IF v_from IS NULL THEN
        RAISE EXCEPTION 'ledger/move' USING ERRCODE = 'LD003', DETAIL = format('nothing is moved by %s', p_kind);
    END IF;
    v_contract := post_subject(p_office, p_kind, p_subject);
    v_tender := coalesce(v_contract.tender_id, p_subject);
    IF post_replay(p_office, p_id, p_kind, p_source, p_fen) IS NOT NULL THEN
        RETURN 'replayed';
    END IF;
    PERFORM post_source_check(p_office, p_kind, p_source, v_contract, v_tender, p_fen);
    SELECT * INTO v_sources, v_weights FROM post_sources(p_office, p_kind, p_source, p_subject, v_tender);
    IF v_sources IS NULL AND v_from NOT IN ('authority', 'available') THEN
        RAISE EXCEPTION 'fund/insufficient' USING ERRCODE = 'LD002',
            DETAIL = format('%s holds nothing, not %s yuan', v_from, yuan(p_fen)), HINT = format('资金不足：余额 0.00 元，需要 %s 元', yuan(p_fen));
    END IF;
    IF v_sources IS NULL THEN
        RAISE EXCEPTION 'fund/absent' USING ERRCODE = 'LD006', DETAIL = format('no appropriation pays for %s', p_subject);
    END IF;
    FOREACH v_app IN ARRAY v_sources LOOP
        v_apps := v_apps || ARRAY[v_app, v_app];
        v_buckets := v_buckets || ARRAY[v_from, v_to];
        v_subjects := v_subjects || ARRAY[bucket_subject(v_from, v_app, v_tender, v_contract.id), bucket_subject(v_to, v_app, v_tender, v_contract.id)];
    END LOOP;
    v_held := post_lock(p_office, v_apps, v_buckets, v_subjects);
    IF array_length(v_sources, 1) = 1 THEN
        v_amounts := ARRAY[p_fen, p_fen];
    ELSE
        SELECT array_agg(l.fen ORDER BY l.n, l.side), array_agg(v_apps[2 * l.n - 1 + l.side] ORDER BY l.n, l.side),
               array_agg(v_buckets[2 * l.n - 1 + l.side] ORDER BY l.n, l.side), array_agg(v_subjects[2 * l.n - 1 + l.side] ORDER BY l.n, l.side)
          INTO v_amounts, v_apps, v_buckets, v_subjects
          FROM (SELECT s.n::integer, s.fen, side FROM generate_series(0, 1) AS side, unnest(shares(p_fen, (
                    SELECT array_agg(coalesce(w.weight, v_held[2 * w.n - 1]) ORDER BY w.n)
                      FROM unnest(coalesce(v_weights, array_fill(NULL::bigint, ARRAY[cardinality(v_sources)]))) WITH ORDINALITY AS w(weight, n)))) WITH ORDINALITY AS s(fen, n)) l
         WHERE l.fen > 0;
    END IF;
    IF NOT post_lines(p_office, p_kind, NULL, p_actor, p_at, ARRAY[p_id], ARRAY[p_source], array_fill(1, ARRAY[cardinality(v_apps)]),
                      v_apps, v_buckets, v_subjects, v_amounts) THEN
        IF post_replay(p_office, p_id, p_kind, p_source, p_fen) IS NOT NULL THEN
            RETURN 'replayed';
        END IF;
        RAISE EXCEPTION 'ledger/duplicate' USING ERRCODE = 'LD004', DETAIL = format('%s was posted for %s before', p_kind, p_source);
    END IF;
    IF v_contract.id IS NOT NULL THEN
        PERFORM contract_check(v_contract, p_kind);
    END IF;
    RETURN 'posted';
END $$;

-- Many payments sent or settled: what post() does for each of them, asked and written for all at once.  How many were posted.
CREATE FUNCTION post_many(p_office integer, p_kind text, p_actor uuid, p_at timestamptz, p_ids uuid[], p_sources uuid[], p_subjects uuid[],
                          p_fen bigint[])
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
    v_from text; v_to text; v_bad record; v_journals integer[]; v_apps uuid[]; v_buckets text[]; v_subjects uuid[]; v_amounts bigint[];
BEGIN
    PERFORM office_check(p_office);
    SELECT * INTO v_from, v_to FROM post_buckets(p_kind) WHERE p_kind IN ('send', 'settle');
    IF v_from IS NULL THEN
        RAISE EXCEPTION 'ledger/move' USING ERRCODE = 'LD003', DETAIL = format('nothing is moved at once by %s', p_kind);
    END IF;
    PERFORM post_subject(p_office, p_kind, x.id) FROM (SELECT DISTINCT s.id FROM unnest(p_subjects) AS s(id) ORDER BY s.id) x;
    -- Where one is there already each is asked alone.
    IF EXISTS (SELECT 1 FROM journal WHERE office_id = p_office AND id = ANY (p_ids)) THEN
        RETURN (SELECT count(post(p_office, l.id, p_kind, l.source, l.subject, p_actor, p_at, l.fen))
                  FROM unnest(p_ids, p_sources, p_subjects, p_fen) AS l(id, source, subject, fen));
    END IF;
    SELECT l.source, l.fen INTO v_bad FROM unnest(p_sources, p_subjects, p_fen) AS l(source, subject, fen)
     WHERE payment_fits(p_office, p_kind, l.source, l.subject, l.fen) IS NOT TRUE LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger/source' USING ERRCODE = 'LD003',
            DETAIL = format('%s entitles to no %s of %s yuan', v_bad.source, p_kind, yuan(v_bad.fen));
    END IF;
    SELECT array_agg(x.n ORDER BY x.n, x.part, b.n), array_agg(x.appropriation ORDER BY x.n, x.part, b.n),
           array_agg(b.bucket ORDER BY x.n, x.part, b.n), array_agg(x.subject ORDER BY x.n, x.part, b.n), array_agg(x.fen ORDER BY x.n, x.part, b.n)
      INTO v_journals, v_apps, v_buckets, v_subjects, v_amounts
      FROM (SELECT l.n::integer AS n, l.subject, s.part, s.appropriation, s.fen
              FROM unnest(p_sources, p_subjects, p_fen) WITH ORDINALITY AS l(source, subject, fen, n),
                   LATERAL post_sources(p_office, p_kind, l.source, l.subject, NULL) AS w(ids, weights),
                   LATERAL unnest(w.ids, CASE cardinality(w.ids) WHEN 1 THEN ARRAY[l.fen] ELSE shares(l.fen, w.weights) END) WITH ORDINALITY
                       AS s(appropriation, fen, part)
             WHERE s.fen > 0) x,
           unnest(ARRAY[v_from, v_to]) WITH ORDINALITY AS b(bucket, n);
    IF (SELECT count(DISTINCT j) FROM unnest(v_journals) AS u(j)) <> cardinality(p_ids) THEN
        RAISE EXCEPTION 'fund/insufficient' USING ERRCODE = 'LD002',
            DETAIL = format('%s holds nothing of a payment', v_from), HINT = '资金不足：余额 0.00 元';
    END IF;
    PERFORM post_lock(p_office, v_apps, v_buckets, v_subjects);
    IF NOT post_lines(p_office, p_kind, NULL, p_actor, p_at, p_ids, p_sources, v_journals, v_apps, v_buckets, v_subjects, v_amounts) THEN
        RAISE EXCEPTION 'ledger/duplicate' USING ERRCODE = 'LD004', DETAIL = format('%s was posted for one of them before', p_kind);
    END IF;
    PERFORM contract_check(c, p_kind) FROM contract c WHERE c.office_id = p_office AND c.id = ANY (p_subjects);
    RETURN cardinality(p_ids);
END $$;

-- The way back of a journal, for a reversal that one person asked for and another approved.  Only of journals that moved
-- nothing but money: what moved a tender, a contract or a payment is undone by an act on it.
CREATE FUNCTION post_reverse(p_office integer, p_id uuid, p_reversal uuid, p_journal uuid, p_actor uuid, p_at timestamptz)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
    v_apps uuid[]; v_buckets text[]; v_subjects uuid[]; v_amounts bigint[];
BEGIN
    PERFORM office_check(p_office);
    PERFORM 1 FROM journal j
      JOIN reversal r ON r.office_id = j.office_id AND r.id = p_reversal AND r.state = 'approved' AND r.decided_by <> r.proposed_by
      JOIN journal named ON named.office_id = r.office_id AND named.id = r.journal_id
     WHERE j.office_id = p_office AND j.id = p_journal AND j.kind IN ('appropriate', 'recover', 'recredit') AND j.reverses IS NULL
       AND j.source = named.source;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'ledger/source' USING ERRCODE = 'LD003',
            DETAIL = format('%s entitles to no reversal of %s', p_reversal, p_journal);
    END IF;
    -- Each pair of lines the other way round.
    SELECT array_agg(p.appropriation_id ORDER BY o.n), array_agg(p.bucket ORDER BY o.n), array_agg(p.subject ORDER BY o.n),
           array_agg(p.amount_fen ORDER BY o.n)
      INTO v_apps, v_buckets, v_subjects, v_amounts
      FROM posting p, LATERAL (SELECT p.line + CASE p.line % 2 WHEN 1 THEN 1 ELSE -1 END AS n) o
     WHERE p.office_id = p_office AND p.journal_id = p_journal;
    PERFORM 1 FROM contract WHERE office_id = p_office AND id = ANY (v_subjects) ORDER BY id FOR UPDATE;
    PERFORM post_lock(p_office, v_apps, v_buckets, v_subjects);
    IF NOT post_lines(p_office, 'reverse', p_journal, p_actor, p_at, ARRAY[p_id], ARRAY[p_reversal], array_fill(1, ARRAY[cardinality(v_apps)]),
                      v_apps, v_buckets, v_subjects, v_amounts) THEN
        RAISE EXCEPTION 'ledger/duplicate' USING ERRCODE = 'LD004', DETAIL = format('journal %s was reversed before', p_journal);
    END IF;
    RETURN 'posted';
END $$;

-- Moves what is free to another appropriation, or gives it up, as two people agreed on a decision; what donors gave for a field
-- leaves that field only with their consent.  Each appropriation balances in itself: what the one was granted, the other is.
CREATE FUNCTION post_transfer(p_office integer, p_id uuid, p_transfer uuid, p_actor uuid, p_at timestamptz)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
    t transfer; v_apps uuid[]; v_buckets text[]; v_amounts bigint[]; v_from appropriation; v_to appropriation;
BEGIN
    PERFORM office_check(p_office);
    SELECT * INTO t FROM transfer WHERE office_id = p_office AND id = p_transfer AND state = 'approved' AND decided_by <> proposed_by
       AND kind IN ('transfer', 'lapse');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'ledger/source' USING ERRCODE = 'LD003', DETAIL = format('%s entitles to no transfer', p_transfer);
    END IF;
    SELECT * INTO v_from FROM appropriation WHERE office_id = p_office AND id = t.appropriation_id;
    SELECT * INTO v_to FROM appropriation WHERE office_id = p_office AND id = t.to_id;
    IF v_from.restriction IS NOT NULL AND v_from.restriction IS DISTINCT FROM v_to.restriction AND t.consent_id IS NULL THEN
        RAISE EXCEPTION 'fund/consent' USING ERRCODE = 'LD008', DETAIL = format('it was given for %s', v_from.restriction),
            HINT = format('捐赠限定用于“%s”，改变用途须有捐赠人书面同意', v_from.restriction);
    ELSIF v_from.origin = 'donor' AND v_to.fund_id <> v_from.fund_id AND t.consent_id IS NULL THEN
        RAISE EXCEPTION 'fund/consent' USING ERRCODE = 'LD008', DETAIL = 'it was given to this fund, for its purpose',
            HINT = '捐赠款按本基金用途使用，转入其他基金须有捐赠人书面同意';
    END IF;
    v_apps := CASE t.kind WHEN 'lapse' THEN ARRAY[t.appropriation_id, t.appropriation_id]
                          ELSE ARRAY[t.appropriation_id, t.appropriation_id, t.to_id, t.to_id] END;
    v_buckets := CASE t.kind WHEN 'lapse' THEN ARRAY['available', 'lapsed'] ELSE ARRAY['available', 'authority', 'authority', 'available'] END;
    v_amounts := array_fill(t.amount_fen, ARRAY[array_length(v_apps, 1)]);
    PERFORM post_lock(p_office, v_apps, v_buckets, v_apps);
    IF NOT post_lines(p_office, t.kind, NULL, p_actor, p_at, ARRAY[p_id], ARRAY[t.id], array_fill(1, ARRAY[cardinality(v_apps)]),
                      v_apps, v_buckets, v_apps, v_amounts) THEN
        RAISE EXCEPTION 'ledger/duplicate' USING ERRCODE = 'LD004', DETAIL = format('%s was posted before', p_transfer);
    END IF;
    RETURN 'posted';
END $$;

-- Budgets again what an appropriation whose last day has passed still holds of a contract, bound or let out, or what is reserved for a tender: it
-- lapses there (what does not lapse is free again), and is held from what is free of one of a later year.  As two people agreed on, all of it, and
-- never while a payment of the contract is ordered.  Both are one holder's money, for the regime and field of the tender.
CREATE FUNCTION post_again(p_office integer, p_id uuid, p_transfer uuid, p_actor uuid, p_at timestamptz)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
DECLARE
    t transfer; c contract; v_whose uuid; v_rest text; v_held bigint; v_bound bigint; v_bucket text; v_apps uuid[]; v_buckets text[]; v_subjects uuid[]; v_amounts bigint[];
BEGIN
    PERFORM office_check(p_office);
    SELECT * INTO t FROM transfer WHERE office_id = p_office AND id = p_transfer AND state = 'approved' AND decided_by <> proposed_by AND kind = 'again';
    SELECT * INTO c FROM contract WHERE office_id = p_office AND id = t.contract_id FOR UPDATE;
    v_whose := coalesce(c.id, t.tender_id);
    SELECT CASE f.holder_kind WHEN 'finance' THEN 'lapsed' ELSE 'available' END INTO v_rest
      FROM appropriation x JOIN fund f ON f.office_id = x.office_id AND f.id = x.fund_id
      JOIN appropriation y ON y.office_id = x.office_id AND y.id = t.to_id JOIN fund g ON g.office_id = y.office_id AND g.id = y.fund_id
      JOIN tender w ON w.office_id = x.office_id AND w.id = coalesce(c.tender_id, t.tender_id)
     WHERE x.office_id = p_office AND x.id = t.appropriation_id AND y.year > x.year
       AND x.last_request < (p_at AT TIME ZONE 'Asia/Shanghai')::date
       AND coalesce(y.last_request >= (p_at AT TIME ZONE 'Asia/Shanghai')::date, true)
       AND (g.holder_kind, g.holder) IS NOT DISTINCT FROM (f.holder_kind, f.holder) AND (x.origin = 'lottery') = (y.origin = 'lottery')
       AND w.regime = ANY (g.regimes);
    SELECT sum(a.credits - a.debits), coalesce(sum(a.credits - a.debits) FILTER (WHERE a.bucket = 'committed'), 0) INTO v_held, v_bound FROM account a
     WHERE a.office_id = p_office AND a.appropriation_id = t.appropriation_id AND a.subject = v_whose AND a.bucket IN ('committed', 'payable', 'reserved');
    IF t.id IS NULL OR v_whose IS NULL OR v_rest IS NULL OR v_held IS DISTINCT FROM t.amount_fen OR EXISTS (
        SELECT 1 FROM payment y JOIN tranche r ON r.office_id = y.office_id AND r.id = y.tranche_id
         WHERE r.office_id = p_office AND r.contract_id = c.id AND y.state IN ('ordered', 'approved')) THEN
        RAISE EXCEPTION 'ledger/source' USING ERRCODE = 'LD003',
            DETAIL = format('%s entitles to budget nothing again of %s yuan', p_transfer, yuan(coalesce(v_held, 0)));
    END IF;
    -- Each account once: what is bound and what is let out leave together, and come together.
    IF v_bound > 0 AND v_bound < v_held THEN
        v_apps := ARRAY[t.appropriation_id, t.appropriation_id, t.appropriation_id, t.to_id, t.to_id, t.to_id];
        v_buckets := ARRAY['committed', v_rest, 'payable', 'committed', 'available', 'payable'];
        v_subjects := ARRAY[v_whose, t.appropriation_id, v_whose, v_whose, t.to_id, v_whose];
        v_amounts := ARRAY[v_bound, v_held, v_held - v_bound, v_bound, v_held, v_held - v_bound];
    ELSE
        v_bucket := CASE WHEN c.id IS NULL THEN 'reserved' WHEN v_bound = 0 THEN 'payable' ELSE 'committed' END;
        v_apps := ARRAY[t.appropriation_id, t.appropriation_id, t.to_id, t.to_id];
        v_buckets := ARRAY[v_bucket, v_rest, 'available', v_bucket];
        v_subjects := ARRAY[v_whose, t.appropriation_id, t.to_id, v_whose];
        v_amounts := array_fill(v_held, ARRAY[4]);
    END IF;
    PERFORM post_lock(p_office, v_apps, v_buckets, v_subjects);
    IF NOT post_lines(p_office, 'again', NULL, p_actor, p_at, ARRAY[p_id], ARRAY[t.id], array_fill(1, ARRAY[cardinality(v_apps)]),
                      v_apps, v_buckets, v_subjects, v_amounts) THEN
        RAISE EXCEPTION 'ledger/duplicate' USING ERRCODE = 'LD004', DETAIL = format('%s was posted before', p_transfer);
    END IF;
    -- What was fixed for the one is borne by the other.
    INSERT INTO tranche_share (office_id, tranche_id, appropriation_id, amount_fen)
    SELECT h.office_id, h.tranche_id, t.to_id, h.amount_fen FROM tranche_share h JOIN tranche r ON r.office_id = h.office_id AND r.id = h.tranche_id
     WHERE r.office_id = p_office AND r.contract_id = c.id AND r.state NOT IN ('released', 'paid', 'stopped') AND h.appropriation_id = t.appropriation_id
    ON CONFLICT (office_id, tranche_id, appropriation_id) DO UPDATE SET amount_fen = tranche_share.amount_fen + excluded.amount_fen;
    DELETE FROM tranche_share h USING tranche r WHERE r.office_id = p_office AND r.contract_id = c.id AND r.state NOT IN ('released', 'paid', 'stopped')
       AND h.office_id = r.office_id AND h.tranche_id = r.id AND h.appropriation_id = t.appropriation_id;
    RETURN 'posted';
END $$;

REVOKE ALL ON FUNCTION yuan(numeric) FROM PUBLIC;
REVOKE ALL ON FUNCTION office_check(integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_buckets(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION bucket_subject(text, uuid, uuid, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION shares(bigint, bigint[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_sources(integer, text, uuid, uuid, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION tranche_stands(integer, uuid, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION tranche_payers(integer, uuid, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_subject(integer, text, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_lock(integer, uuid[], text[], uuid[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION payment_fits(integer, text, uuid, uuid, numeric) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_insufficient(integer, uuid, text, numeric, numeric) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_lines(integer, text, uuid, uuid, timestamptz, uuid[], uuid[], integer[], uuid[], text[], uuid[], bigint[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_many(integer, text, uuid, timestamptz, uuid[], uuid[], uuid[], bigint[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_replay(integer, uuid, text, uuid, bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_source_check(integer, text, uuid, contract, uuid, numeric) FROM PUBLIC;
REVOKE ALL ON FUNCTION contract_check(contract, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION post(integer, uuid, text, uuid, uuid, uuid, timestamptz, bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_reverse(integer, uuid, uuid, uuid, uuid, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_transfer(integer, uuid, uuid, uuid, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION post_again(integer, uuid, uuid, uuid, timestamptz) FROM PUBLIC;
COMMIT;
