-- Deploy linli:095_contract to pg
-- How what money is bound to changes: who pays for a draft, the contract of another year, an agreed change, who pays how much of a tranche,
-- the tranches themselves, and what keeps the money of one back.
BEGIN;
SET LOCAL search_path = linli;

-- Who pays for a draft: the only way sources are written, and never after publication.
CREATE FUNCTION source_set(p_office integer, p_tender uuid, p_appropriations uuid[], p_amounts bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
BEGIN
    PERFORM office_check(p_office);
    PERFORM 1 FROM tender WHERE office_id = p_office AND id = p_tender AND state = 'draft' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'ledger/source' USING ERRCODE = 'LD003', DETAIL = 'only a draft changes who pays for it';
    END IF;
    DELETE FROM source WHERE office_id = p_office AND owner_id = p_tender;
    INSERT INTO source (office_id, owner_id, no, appropriation_id, amount_fen)
    SELECT p_office, p_tender, s.n, s.appropriation, nullif(s.fen, 0)
      FROM unnest(p_appropriations, p_amounts) WITH ORDINALITY AS s(appropriation, fen, n);
END $$;

-- The contract of the next year under an award that was published for several: at the price of the award or what the office and the contractor
-- agree on for that year, after a year that was found good, from the money of the year in which it begins.  The only way such a contract is drawn up.
CREATE FUNCTION contract_renew(p_office integer, p_id uuid, p_after uuid, p_number text, p_starts date, p_ends date, p_amount bigint, p_reason text,
                               p_appropriations uuid[], p_amounts bigint[], p_by uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
DECLARE
    c contract; v_years smallint; v_named integer; v_fen bigint; v_price bigint;
BEGIN
    PERFORM office_check(p_office);
    SELECT * INTO c FROM contract WHERE office_id = p_office AND id = p_after AND state IN ('signed', 'closed') FOR UPDATE;
    SELECT years INTO v_years FROM tender WHERE office_id = p_office AND id = c.tender_id;
    IF c.id IS NULL OR c.year_no >= v_years OR year_found(p_office, p_after, p_at) <> 'passed'
       OR EXISTS (SELECT 1 FROM renewal WHERE office_id = p_office AND contract_id = p_after) THEN
        RAISE EXCEPTION 'ledger/source' USING ERRCODE = 'LD003', DETAIL = format('%s entitles to no other year', p_after);
    END IF;
    SELECT count(*), sum(nullif(s.fen, 0)) INTO v_named, v_fen
      FROM unnest(p_appropriations, p_amounts) AS s(appropriation, fen)
      JOIN appropriation a ON a.office_id = p_office AND a.id = s.appropriation AND a.year = extract(year FROM p_starts);
    IF v_named <> array_length(p_appropriations, 1) THEN
        RAISE EXCEPTION 'renewal/year' USING ERRCODE = 'LD008', DETAIL = format('it is paid from money of %s', extract(year FROM p_starts)),
            HINT = format('应由 %s 年度的预算指标支付', extract(year FROM p_starts));
    END IF;
    -- Left out it is what the first year was awarded at: supplements end with their year.
    SELECT coalesce(p_amount, amount_fen) INTO v_price FROM award WHERE office_id = p_office AND id = c.award_id;
    IF v_price <> coalesce(v_fen, v_price) THEN
        RAISE EXCEPTION 'fund/sources' USING ERRCODE = 'LD008', DETAIL = 'what its sources give does not add up to the price of that year',
            HINT = '各资金来源之和不等于该年度金额';
    END IF;
    INSERT INTO contract (office_id, id, tender_id, award_id, number, organisation_id, amount_fen, starts, ends, terms, retention_ppm,
                          retention_until, drawn_up, drawn_up_by, state, year_no, renews)
    VALUES (p_office, p_id, c.tender_id, c.award_id, p_number, c.organisation_id, v_price, p_starts, p_ends, c.terms, c.retention_ppm,
            c.retention_until + (p_ends - c.ends), p_at, p_by, 'draft', c.year_no + 1, c.id);
    INSERT INTO contract_party (office_id, contract_id, organisation_id, part)
    SELECT office_id, p_id, organisation_id, part FROM contract_party WHERE office_id = p_office AND contract_id = c.id;
    INSERT INTO renewal (office_id, contract_id, decision, reason, next_id, amount_fen, decided, decided_by)
    VALUES (p_office, c.id, 'renewed', p_reason, p_id, v_price, p_at, p_by);
    INSERT INTO source (office_id, owner_id, no, appropriation_id, amount_fen)
    SELECT p_office, p_id, s.n, s.appropriation, nullif(s.fen, 0)
      FROM unnest(p_appropriations, p_amounts) WITH ORDINALITY AS s(appropriation, fen, n);
END $$;

-- Brings an approved change into its contract: the one way its sum, its contractor or the sum of a tranche ever change.
-- Afterwards the tranches add up to the contract again.  What a contract that ends still owes: its value, less what went out and what score,
-- penalties and set-off took off it for good.
CREATE FUNCTION contract_apply(p_office integer, p_change uuid, p_tranche uuid)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
DECLARE
    v_change contract_change; v_contract contract; v_planned numeric; v_out numeric; v_accepted numeric; v_owed bigint := 0; r record; v_take bigint; v_off numeric;
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
        SELECT v_out + coalesce(sum(p.score_fen + p.deducted_fen + p.set_off_fen), 0) INTO v_off
          FROM payable p JOIN tranche t ON t.office_id = p.office_id AND t.id = p.tranche_id
         WHERE t.office_id = p_office AND t.contract_id = v_contract.id;
        v_owed := greatest(v_change.amount_fen - v_off, 0);
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
    -- Who pays how much was fixed for other sums.
    IF v_change.kind = 'supplement' OR v_change.tranches IS NOT NULL OR v_change.kind IN ('terminate', 'revoke') THEN
        DELETE FROM tranche_share h USING tranche part WHERE part.office_id = p_office AND part.contract_id = v_contract.id
           AND part.state NOT IN ('released', 'paid') AND h.office_id = part.office_id AND h.tranche_id = part.id;
    END IF;
    SELECT coalesce(sum(amount_fen), 0) INTO v_planned FROM tranche WHERE office_id = p_office AND contract_id = v_contract.id;
    IF v_planned IS DISTINCT FROM v_contract.amount_fen THEN
        RAISE EXCEPTION 'contract/unbalanced' USING ERRCODE = 'LD005',
            DETAIL = format('tranches of %s yuan where the contract is %s', yuan(v_planned), yuan(v_contract.amount_fen)),
            HINT = format('各期合计 %s 元，与合同金额 %s 元不符', yuan(v_planned), yuan(v_contract.amount_fen));
    END IF;
    RETURN v_owed;
END $$;

-- Fixes who pays how much of each tranche that is not let out yet: what each tranche is worth, and what each appropriation still bears of the
-- contract, to the fen.  Nothing named: by what each holds, again.
CREATE FUNCTION shares_fix(p_office integer, p_contract uuid, p_tranches uuid[], p_appropriations uuid[], p_amounts bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = linli, pg_temp AS $$
DECLARE
    v_wrong text;
BEGIN
    PERFORM office_check(p_office);
    PERFORM 1 FROM contract WHERE office_id = p_office AND id = p_contract AND state = 'signed' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'contract/absent' USING ERRCODE = 'LD006', DETAIL = 'no signed contract ' || p_contract;
    END IF;
    DELETE FROM tranche_share h USING tranche r WHERE r.office_id = p_office AND r.contract_id = p_contract
       AND r.state NOT IN ('released', 'paid', 'stopped') AND h.office_id = r.office_id AND h.tranche_id = r.id;
    IF coalesce(array_length(p_tranches, 1), 0) = 0 THEN
        RETURN;
    END IF;
    INSERT INTO tranche_share (office_id, tranche_id, appropriation_id, amount_fen)
    SELECT p_office, s.tranche, s.appropriation, s.fen FROM unnest(p_tranches, p_appropriations, p_amounts) AS s(tranche, appropriation, fen)
      JOIN tranche r ON r.office_id = p_office AND r.id = s.tranche AND r.contract_id = p_contract AND r.state NOT IN ('released', 'paid', 'stopped');
    -- What was kept of a tranche belongs to whom it was kept of, which these shares would not know.
    SELECT format('%s: %s', r.code, yuan(r.amount_fen)) INTO v_wrong FROM tranche r
     WHERE r.office_id = p_office AND r.contract_id = p_contract AND r.state NOT IN ('released', 'paid', 'stopped')
       AND (r.code = 'retention' OR r.amount_fen IS DISTINCT FROM (SELECT sum(h.amount_fen) FROM tranche_share h
                                                                   WHERE h.office_id = r.office_id AND h.tranche_id = r.id))
     ORDER BY r.no LIMIT 1;
    IF v_wrong IS NULL THEN
        SELECT format('%s: %s', a.name, yuan(coalesce(x.held, 0))) INTO v_wrong
          FROM (SELECT appropriation_id, credits - debits AS held FROM account
                 WHERE office_id = p_office AND bucket = 'committed' AND subject = p_contract) x
          FULL JOIN (SELECT h.appropriation_id, sum(h.amount_fen) AS fen FROM tranche_share h JOIN tranche r ON r.office_id = h.office_id AND r.id = h.tranche_id
                      WHERE h.office_id = p_office AND r.contract_id = p_contract AND r.state NOT IN ('released', 'paid', 'stopped')
                      GROUP BY h.appropriation_id) y USING (appropriation_id)
          JOIN appropriation a ON a.office_id = p_office AND a.id = appropriation_id
         WHERE coalesce(x.held, 0) <> coalesce(y.fen, 0) ORDER BY a.id LIMIT 1;
    END IF;
    IF v_wrong IS NOT NULL OR (SELECT count(*) FROM tranche_share h JOIN tranche r ON r.office_id = h.office_id AND r.id = h.tranche_id
                                WHERE h.office_id = p_office AND r.contract_id = p_contract
                                  AND r.state NOT IN ('released', 'paid', 'stopped')) <> array_length(p_tranches, 1) THEN
        RAISE EXCEPTION 'fund/shares' USING ERRCODE = 'LD008', DETAIL = format('the shares do not add up: %s', coalesce(v_wrong, 'a tranche')),
            HINT = format('各资金来源分担的金额不符：%s', coalesce(v_wrong, '期次'));
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
     WHERE office_id = p_office AND contract_id = v_contract.id AND code = 'retention' AND state = 'planned';
    IF NOT FOUND THEN -- one that was let out is no place to keep anything: a second is refused
        INSERT INTO tranche (office_id, id, contract_id, no, code, name, name_en, amount_fen, trigger_on, due_on, state)
        SELECT p_office, p_id, v_contract.id, max(no) + 1, 'retention', '保留款', 'retention', p_amount, 'date', v_contract.retention_until, 'planned'
          FROM tranche WHERE office_id = p_office AND contract_id = v_contract.id;
    END IF;
END $$;

-- Everything that keeps the money of a tranche back now, each with its article.
CREATE FUNCTION holds_of(office integer, tranche uuid, at timestamptz) RETURNS TABLE (code text, zh text, en text, article text, placed boolean)
LANGUAGE sql STABLE AS $$
    WITH x AS (
        SELECT r.no, r.id, c.id AS contract_id, c.organisation_id, c.tender_id, c.state = 'stopped' AS ended, w.lot_id, t.plan
        FROM linli.tranche r
        JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
        JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
        JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
        WHERE r.office_id = office AND r.id = tranche)
    SELECT 'objection', '质疑或异议尚未答复：' || o.kind, 'an objection is open: ' || o.kind, '政府采购法实施条例 §54', false
    FROM x JOIN linli.objection o ON o.office_id = office AND o.tender_id = x.tender_id
    WHERE o.state = 'open' AND o.relevant AND (o.lot_id IS NULL OR o.lot_id = x.lot_id) AND (x.plan ->> 'objection_stops')::boolean
    UNION ALL
    SELECT 'evaluation', '最近一次履约评价不合格', 'what was delivered last was found wanting', '财库〔2021〕22号 §23', false
    -- An ended contract was settled by two people who knew what was found.
    FROM x WHERE NOT x.ended AND (SELECT d.finding FROM linli.delivery d JOIN linli.tranche r ON r.office_id = d.office_id AND r.id = d.tranche_id
                  WHERE d.office_id = office AND r.contract_id = x.contract_id AND d.found <= at ORDER BY d.found DESC, d.id DESC LIMIT 1) = 'refused'
    UNION ALL
    SELECT 'report', '第 ' || r.no || ' 期完成情况逾期未报', 'the report of tranche ' || r.no || ' is late', '财库〔2021〕22号 §23', false
    FROM x JOIN linli.tranche r ON r.office_id = office AND r.contract_id = x.contract_id
    WHERE r.no <= x.no AND NOT r.advance AND r.state = 'planned' AND r.due_on < (at AT TIME ZONE 'Asia/Shanghai')::date
      AND r.trigger_on IN ('milestone', 'acceptance')
    UNION ALL
    SELECT 'year', format('预算指标“%s”的支付申请截止日为 %s，须先办理结转或重新安排', p.name, p.last_request),
           format('the last day to ask for payments from "%s" was %s: it has to be carried over or budgeted again first', p.name, p.last_request), '预算法 §42', false
    -- Whoever still bears something of it, also one where it was budgeted again.
    FROM x JOIN linli.appropriation p ON p.office_id = office AND p.id IN (
        SELECT k.appropriation_id FROM linli.account k WHERE k.office_id = office AND k.subject = x.contract_id
           AND k.bucket IN ('committed', 'payable', 'in_transit') AND k.credits > k.debits)
    WHERE p.last_request < (at AT TIME ZONE 'Asia/Shanghai')::date
      AND NOT EXISTS (SELECT 1 FROM linli.payment y WHERE y.office_id = office AND y.tranche_id = x.id AND y.state NOT IN ('failed', 'returned', 'refused'))
    UNION ALL
    SELECT 'recovery', format('该合同已终止，要求追回的款项中有 %s 元尚未支付，应先退回或核销追回事项', to_char(k.fen / 100, 'FM999999999999990.00')),
           format('of what is asked back of the ended contract %s yuan never went out: refuse that demand or write it off first', to_char(k.fen / 100, 'FM999999999999990.00')),
           '民法典 §567', false
    FROM x, LATERAL (
        SELECT (SELECT coalesce(sum(d.amount_fen - d.recovered_fen), 0) FROM linli.recovery d
                WHERE d.office_id = office AND d.contract_id = x.contract_id AND d.state IN ('proposed', 'demanded'))
             - (SELECT coalesce(sum(y.amount_fen), 0) FROM linli.payment y JOIN linli.tranche r ON r.office_id = y.office_id AND r.id = y.tranche_id
                WHERE y.office_id = office AND r.contract_id = x.contract_id AND y.state IN ('sent', 'settled'))
             + (SELECT coalesce(sum(r.recovered_fen), 0) FROM linli.tranche r WHERE r.office_id = office AND r.contract_id = x.contract_id) AS fen) k
    WHERE x.ended AND k.fen > 0
      AND EXISTS (SELECT FROM linli.recovery d WHERE d.office_id = office AND d.contract_id = x.contract_id AND d.state IN ('proposed', 'demanded'))
    UNION ALL
    SELECT 'promise', format('%s承诺的%s应到位 %s 元，已确认 %s 元', m.promised_by, CASE m.kind WHEN 'match' THEN '配捐' ELSE '自筹' END,
               to_char(d.due_fen / 100, 'FM999999999999990.00'), to_char(d.have_fen / 100, 'FM999999999999990.00')),
           format('%s promised %s yuan by now, %s are confirmed', m.promised_by,
               to_char(d.due_fen / 100, 'FM999999999999990.00'), to_char(d.have_fen / 100, 'FM999999999999990.00')), '协议约定的自筹与配捐', true
    FROM x JOIN linli.promise m ON m.office_id = office AND m.contract_id = x.contract_id AND m.withdrawn IS NULL,
    LATERAL (SELECT ceil(m.amount_fen::numeric * sum(r.amount_fen) FILTER (WHERE r.no <= x.no AND NOT (x.ended AND r.state = 'stopped')) / nullif(sum(r.amount_fen), 0)) AS due_fen,
                    (SELECT coalesce(sum(e.amount_fen), 0) FROM linli.evidence e WHERE e.office_id = office AND e.promise_id = m.id AND e.state = 'accepted') AS have_fen
             FROM linli.tranche r WHERE r.office_id = office AND r.contract_id = x.contract_id) d
    WHERE d.have_fen < d.due_fen
    UNION ALL
    SELECT h.kind, h.reason, h.reason, h.article, true FROM x JOIN linli.hold h ON h.office_id = office
    WHERE h.lifted IS NULL AND (h.contract_id = x.contract_id OR h.organisation_id = x.organisation_id)
$$;

REVOKE ALL ON FUNCTION holds_of(integer, uuid, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION source_set(integer, uuid, uuid[], bigint[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION shares_fix(integer, uuid, uuid[], uuid[], bigint[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION contract_renew(integer, uuid, uuid, text, date, date, bigint, text, uuid[], bigint[], uuid, timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION contract_apply(integer, uuid, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION tranche_retain(integer, uuid, uuid, bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION tranche_add(integer, uuid, uuid, integer, text, text, text, bigint, text, date, boolean) FROM PUBLIC;
COMMIT;
