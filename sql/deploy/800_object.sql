-- Deploy linli:800_object to pg
-- Every object a person can name: who owns it, who may see what belongs to it.  Files and the trail ask here.
BEGIN;
SET LOCAL search_path = linli;

-- Whose bids these are: as the lead, or as another party of the bid, known once it was opened.
CREATE FUNCTION bids_of(organisations uuid[]) RETURNS TABLE (office_id integer, bid_id uuid) LANGUAGE sql STABLE AS $$
    SELECT b.office_id, b.id FROM linli.bid b WHERE b.organisation_id = ANY (organisations)
    UNION SELECT p.office_id, p.bid_id FROM linli.bid_party p WHERE p.organisation_id = ANY (organisations) AND p.part <> 'subcontractor'
$$;
-- The organisations of a bid: its lead, and the other parties, known once it was opened.
CREATE FUNCTION parties_of(office integer, bid uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(x) FROM (
        SELECT b.organisation_id AS x FROM linli.bid b WHERE b.office_id = office AND b.id = bid
        UNION SELECT p.organisation_id FROM linli.bid_party p
        WHERE p.office_id = office AND p.bid_id = bid AND p.organisation_id IS NOT NULL AND p.part <> 'subcontractor') parties
$$;
-- Must somebody not know yet whose bids of a lot are whose?  A member of its panel, until what is marked blindly is locked.
CREATE FUNCTION in_the_dark(office integer, lot uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM linli.panel_member m
                   JOIN linli.lot l ON l.office_id = m.office_id AND l.id = m.lot_id
                   JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
                   WHERE m.office_id = office AND m.lot_id = lot AND m.person_id = person AND m.state IN ('assigned', 'present')
                     AND m.unblinded IS NULL AND cardinality(t.blind_criteria) > 0)
$$;
-- Of any lot of a tender?
CREATE FUNCTION in_the_dark_of(office integer, tender uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM linli.lot l WHERE l.office_id = office AND l.tender_id = tender AND linli.in_the_dark(office, l.id, person))
$$;
-- Is a file of a bid among those a member reads then, without its name?
CREATE FUNCTION read_blindly(office integer, what text, object uuid, file_kind text, person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT what = 'bid' AND EXISTS (
        SELECT FROM linli.bid b
        JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
        JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
        JOIN linli.panel_member m ON m.office_id = l.office_id AND m.lot_id = l.id
        WHERE b.office_id = office AND b.id = object AND b.key IS NOT NULL AND file_kind = ANY (t.blind_files) AND m.person_id = person
          AND m.state = 'present' AND m.declared IS NOT NULL AND m.unblinded IS NULL AND 'bids:evaluator' = ANY (l.sees))
$$;
-- Is the outcome of a lot public, so that everybody may be told what became of its own bid?
CREATE FUNCTION told(state text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT state IN ('announced', 'contracted', 'delivering', 'closed', 'void', 'cancelled')
$$;
-- Has an organisation to do with one of these offices: a bid that was opened, as lead or as a party, or a contract?
CREATE FUNCTION dealt(offices integer[], organisation uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM linli.bid b WHERE b.office_id = ANY (offices) AND b.organisation_id = organisation
                   AND (b.key IS NOT NULL OR b.state = 'open'))
        OR EXISTS (SELECT FROM linli.bid_party p WHERE p.office_id = ANY (offices) AND p.organisation_id = organisation)
        OR EXISTS (SELECT FROM linli.contract c WHERE c.office_id = ANY (offices) AND c.organisation_id = organisation)
$$;

-- One object of a kind (linli.object_kind) at an office:
--     owners   organisations that act for it          persons  people who do
--     parties  organisations that see it, owners too  judges   people who see it as evaluators
--     readers  roles that see it; NULL: those of its kind
--     shown    it may be seen by role yet             takes    its owners may add to it now
CREATE FUNCTION object_find(office integer, what text, object uuid)
RETURNS TABLE (tender_id uuid, owners uuid[], parties uuid[], persons uuid[], judges uuid[], readers text[], shown boolean, takes boolean)
LANGUAGE sql STABLE AS $$
    SELECT NULL::uuid, ARRAY[x.organisation_id], ARRAY[x.organisation_id], ARRAY[x.person_id], NULL::uuid[], NULL::text[], true, true
    FROM linli.need x WHERE what = 'need' AND x.office_id = office AND x.id = object
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.project x WHERE what = 'project' AND x.office_id = office AND x.id = object
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.list x WHERE what = 'list' AND x.office_id = office AND x.id = object
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.list_entry x WHERE what = 'entry' AND x.office_id = office AND x.id = object
    UNION ALL SELECT x.id, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.tender x WHERE what = 'tender' AND x.office_id = office AND x.id = object
    UNION ALL SELECT x.tender_id, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.lot x WHERE what = 'lot' AND x.office_id = office AND x.id = object
    UNION ALL SELECT x.tender_id, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.notice x WHERE what = 'notice' AND x.office_id = office AND x.id = object
    -- Who asked is never shown, so nobody owns a question.
    UNION ALL SELECT x.tender_id, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.question x WHERE what = 'question' AND x.office_id = office AND x.id = object
    UNION ALL SELECT x.tender_id, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.decision x WHERE what = 'decision' AND x.office_id = office AND x.id = object
    UNION ALL SELECT l.tender_id, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.draw x JOIN linli.lot l ON l.office_id = x.office_id AND l.id = x.lot_id
    WHERE what = 'draw' AND x.office_id = office AND x.id = object
    -- A bid: not before it has a number; by role as the plan says; to the panel unless it judges blindly.
    UNION ALL SELECT b.tender_id, ARRAY[b.organisation_id],
        linli.parties_of(office, b.id),
        CASE WHEN b.organisation_id IS NULL THEN ARRAY[b.person_id] END,
        CASE WHEN 'bids:evaluator' = ANY (l.sees) AND (t.plan -> 'panel' ->> 'blind')::boolean IS NOT TRUE
             THEN ARRAY(SELECT m.person_id FROM linli.panel_member m WHERE m.office_id = l.office_id AND m.lot_id = l.id
                        AND m.state = 'present' AND m.declared IS NOT NULL AND NOT linli.in_the_dark(office, l.id, m.person_id)) END,
        ARRAY(SELECT substr(s, 6) FROM unnest(l.sees) s WHERE s LIKE 'bids:%' AND s NOT IN ('bids:evaluator', 'bids:organisation')),
        true,
        -- What a bid says is said when it is handed in, unless the plan has its bidder clarify it now.
        EXISTS (SELECT FROM jsonb_array_elements(t.plan -> 'phases') f
                WHERE f ->> 'code' = l.phase AND f -> 'may' -> 'organisation' ? 'clarify')
    FROM linli.bid b
    JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
    JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
    WHERE what = 'bid' AND b.office_id = office AND b.id = object AND b.key IS NOT NULL
    -- What a bidder explains of its price: named by its bid.
    UNION ALL SELECT b.tender_id, ARRAY[b.organisation_id], ARRAY[b.organisation_id], NULL,
        ARRAY(SELECT m.person_id FROM linli.panel_member m WHERE m.office_id = l.office_id AND m.lot_id = l.id
              AND m.state = 'present' AND m.declared IS NOT NULL),
        NULL, true, x.judged IS NULL
    FROM linli.explanation x
    JOIN linli.bid b ON b.office_id = x.office_id AND b.id = x.bid_id
    JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
    WHERE what = 'explanation' AND x.office_id = office AND x.bid_id = object
    -- The panel, and its report, named by their lot; a sheet is its evaluator's until every sheet is locked.
    UNION ALL SELECT l.tender_id, NULL, NULL, NULL,
        ARRAY(SELECT m.person_id FROM linli.panel_member m WHERE m.office_id = l.office_id AND m.lot_id = l.id AND m.state = 'present'),
        NULL, true, true
    FROM linli.lot l WHERE what = 'panel' AND l.office_id = office AND l.id = object
    UNION ALL SELECT l.tender_id, NULL, NULL,
        ARRAY(SELECT m.person_id FROM linli.panel_member m WHERE m.office_id = l.office_id AND m.lot_id = l.id AND m.state = 'present'),
        NULL, NULL, true, true
    FROM linli.panel_report x JOIN linli.lot l ON l.office_id = x.office_id AND l.id = x.lot_id
    WHERE what = 'report' AND x.office_id = office AND x.lot_id = object
      AND x.at = (SELECT max(y.at) FROM linli.panel_report y WHERE y.office_id = office AND y.lot_id = object)
    UNION ALL SELECT l.tender_id, NULL, NULL, ARRAY[m.person_id], NULL, NULL,
        EXISTS (SELECT FROM linli.sitting s WHERE s.office_id = x.office_id AND s.lot_id = x.lot_id AND s.locked IS NOT NULL),
        x.state = 'open'
    FROM linli.sheet x
    JOIN linli.panel_member m ON m.office_id = x.office_id AND m.id = x.member_id
    JOIN linli.lot l ON l.office_id = x.office_id AND l.id = x.lot_id
    WHERE what = 'sheet' AND x.office_id = office AND x.id = object
    -- From the award on everything is its bidder's, and seen by every party of the bid.
    UNION ALL SELECT a.tender_id, CASE WHEN a.announced IS NOT NULL THEN ARRAY[b.organisation_id] END,
        CASE WHEN a.announced IS NOT NULL THEN linli.parties_of(office, b.id) END,
        NULL, NULL, NULL, true, true
    FROM linli.award a JOIN linli.bid b ON b.office_id = a.office_id AND b.id = a.bid_id
    WHERE what = 'award' AND a.office_id = office AND a.id = object
    UNION ALL SELECT x.tender_id, ARRAY[x.organisation_id], ARRAY[x.organisation_id], ARRAY[x.person_id], NULL, NULL, true, x.state = 'open'
    FROM linli.objection x WHERE what = 'objection' AND x.office_id = office AND x.id = object
    UNION ALL SELECT c.tender_id, ARRAY[c.organisation_id],
        (SELECT linli.parties_of(office, a.bid_id) FROM linli.award a WHERE a.office_id = office AND a.id = c.award_id)
        || ARRAY(SELECT p.organisation_id FROM linli.contract_party p WHERE p.office_id = office AND p.contract_id = c.id),
        NULL, NULL, NULL, true, true
    FROM linli.contract c
    WHERE what IN ('contract', 'tranche', 'delivery', 'payment', 'voucher', 'recovery', 'contract_change', 'site_check') AND c.office_id = office AND c.id = CASE what
        WHEN 'contract' THEN object
        WHEN 'tranche' THEN (SELECT r.contract_id FROM linli.tranche r WHERE r.office_id = office AND r.id = object)
        WHEN 'delivery' THEN (SELECT r.contract_id FROM linli.tranche r JOIN linli.delivery d ON d.office_id = r.office_id AND d.tranche_id = r.id
                              WHERE d.office_id = office AND d.id = object)
        WHEN 'recovery' THEN (SELECT x.contract_id FROM linli.recovery x WHERE x.office_id = office AND x.id = object)
        -- Its contractor reads of a check once it was made.
        WHEN 'site_check' THEN (SELECT x.contract_id FROM linli.site_check x WHERE x.office_id = office AND x.id = object)
        WHEN 'contract_change' THEN (SELECT x.contract_id FROM linli.contract_change x WHERE x.office_id = office AND x.id = object)
        WHEN 'payment' THEN (SELECT r.contract_id FROM linli.tranche r JOIN linli.payment p ON p.office_id = r.office_id AND p.tranche_id = r.id
                             WHERE p.office_id = office AND p.id = object)
        ELSE (SELECT r.contract_id FROM linli.tranche r JOIN linli.voucher i ON i.office_id = r.office_id AND i.tranche_id = r.id
              WHERE i.office_id = office AND i.id = object) END
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.fund x WHERE what = 'fund' AND x.office_id = office AND x.id = object
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.appropriation x WHERE what = 'appropriation' AND x.office_id = office AND x.id = object
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.roll x WHERE what = 'roll' AND x.office_id = office AND x.id = object
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.body x WHERE what = 'body' AND x.office_id = office AND x.id = object
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.approval x WHERE what = 'approval' AND x.office_id = office AND x.id = object
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.post x WHERE what = 'post' AND x.office_id = office AND x.id = object
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.gift x WHERE what = 'gift' AND x.office_id = office AND x.id = object
    UNION ALL SELECT NULL, NULL, ARRAY[x.organisation_id], NULL, NULL, NULL, true, true
    FROM linli.exclusion x WHERE what = 'exclusion' AND x.office_id = office AND x.id = object
    UNION ALL SELECT b.tender_id, ARRAY[b.organisation_id], linli.parties_of(office, b.id),
        CASE WHEN b.organisation_id IS NULL THEN ARRAY[b.person_id] END, NULL, NULL, true, x.finding IS NULL
    FROM linli.paper x JOIN linli.bid b ON b.office_id = x.office_id AND b.id = x.bid_id
    WHERE what = 'paper' AND x.office_id = office AND x.id = object
    -- A score sheet on paper is nobody's to look at before every sheet is locked.
    UNION ALL SELECT x.tender_id, NULL, NULL, NULL, NULL, NULL,
        x.act <> 'marks_put' OR EXISTS (SELECT FROM linli.sitting s WHERE s.office_id = x.office_id AND s.lot_id = x.lot_id AND s.locked IS NOT NULL), true
    FROM linli.behalf x WHERE what = 'behalf' AND x.office_id = office AND x.id = object
    UNION ALL SELECT x.tender_id, NULL, ARRAY[x.organisation_id], NULL, NULL, NULL, true, true
    FROM linli.service x WHERE what = 'service' AND x.office_id = office AND x.id = object
    -- An office is named by an id that has its number and nothing else.
    UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, true, true
    FROM linli.office x WHERE what = 'office' AND x.office_id = office
      AND object = (lpad(to_hex(office), 8, '0') || '-0000-8000-8000-000000000000')::uuid
    -- What is nobody's office's is filed at the office it is shown to; an organisation's papers only where it has to do with it.
    UNION ALL SELECT NULL, ARRAY[x.id], ARRAY[x.id], NULL, NULL, NULL, linli.dealt(ARRAY[office], x.id), true
    FROM linli.organisation x WHERE what = 'organisation' AND x.id = object
    UNION ALL SELECT NULL, NULL, NULL, ARRAY[x.id], NULL, NULL, true, true
    FROM linli.person x WHERE what = 'person' AND x.id = object
      AND EXISTS (SELECT FROM linli.membership m JOIN linli.office o ON o.office_id = office
                  WHERE m.person_id = x.id AND m.office_id = ANY (o.path)
                  UNION ALL SELECT FROM linli.post_holder h WHERE h.person_id = x.id AND h.office_id = office)
$$;

-- What somebody may do with the files of an object: the one rule.  side: on whose behalf a file of theirs is added.
CREATE FUNCTION object_rights(office integer, kind text, object uuid, roles text[], organisations uuid[], person uuid)
RETURNS TABLE (tender_id uuid, adds boolean, reads boolean, side text) LANGUAGE sql STABLE AS $$
    SELECT o.tender_id,
           k.attach && roles OR k.own_attach AND o.takes AND own.acts,
           o.shown AND coalesce(o.readers, k.read) && roles AND (kind NOT IN ('bid', 'paper', 'explanation', 'behalf') OR NOT linli.in_the_dark_of(office, o.tender_id, person))
           OR own.acts OR o.parties && organisations OR person = ANY (o.judges) AND 'evaluator' = ANY (roles),
           CASE WHEN k.attach && roles THEN 'office'
                WHEN o.owners && organisations THEN 'organisation:' || (SELECT x FROM unnest(o.owners) x WHERE x = ANY (organisations) LIMIT 1)
                ELSE 'person:' || person END
    FROM linli.object_kind k, linli.object_find(office, kind, object) o,
         LATERAL (SELECT coalesce(o.owners && organisations, false) OR coalesce(person = ANY (o.persons), false) AS acts) own
    WHERE k.code = kind
$$;

-- The minute on the office's clock.
CREATE FUNCTION shanghai(at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$ SELECT to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') $$;

-- The act by which a task is done, and the path below /api/v1 of what that is about: where its form stands.
CREATE FUNCTION task_act(office integer, task text, kind text, subject uuid, tender uuid, about text) RETURNS TABLE (act text, path text)
LANGUAGE sql STABLE AS $$
    SELECT CASE task
        WHEN 'sign_in' THEN 'panel_enter' WHEN 'declare' THEN 'panel_declare' WHEN 'panel_draw' THEN 'panel_draw' WHEN 'mark' THEN 'marks_put' WHEN 'publish' THEN 'tender_publish'
        WHEN 'check' THEN 'checks_add' WHEN 'evaluate' THEN 'lot_evaluate' WHEN 'report_write' THEN 'panel_report' WHEN 'report_sign' THEN 'panel_sign' WHEN 'list_fill' THEN 'entry_create' WHEN 'list_approve' THEN 'list_approve' WHEN 'list_publish' THEN 'list_publish' WHEN 'payment_settle' THEN 'payment_settle'
        WHEN 'way' THEN 'lot_approve' WHEN 'prices' THEN 'tender_open' WHEN 'payment_approve' THEN 'payment_approve' WHEN 'payment_return' THEN 'payment_return' WHEN 'accept' THEN CASE kind WHEN 'need' THEN 'need_accept' ELSE 'tranche_accept' END
        WHEN 'release' THEN 'tranche_release' WHEN 'pay' THEN 'payment_order' WHEN 'sign' THEN 'contract_sign' WHEN 'duty' THEN 'duty_done' WHEN 'behalf_confirm' THEN 'behalf_confirm' WHEN 'ballots_confirm' THEN 'ballots_confirm'
        WHEN 'review' THEN CASE kind WHEN 'need' THEN 'need_review' END WHEN 'recovery_approve' THEN 'recovery_approve' WHEN 'recovery' THEN 'recovery_receive'
        WHEN 'bond' THEN 'bond_add' WHEN 'annul' THEN 'award_annul' WHEN 'succeed' THEN 'contract_succeed' WHEN 'settle' THEN 'contract_terminate'
        WHEN 'approval' THEN 'approval_give' WHEN 'objection' THEN CASE about WHEN 'report' THEN 'objection_take' ELSE 'objection_answer' END
        WHEN 'suspension' THEN 'objection_take'
        WHEN 'phase' THEN (SELECT CASE l.phase_kind WHEN 'opening' THEN CASE WHEN t.opened IS NULL THEN 'tender_open' ELSE 'lot_advance' END
            WHEN 'checking' THEN CASE WHEN EXISTS (SELECT FROM linli.bid b JOIN linli.bid_check c ON c.office_id = b.office_id AND c.bid_id = b.id
                                                   WHERE b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no AND c.at >= l.phase_since)
                                      THEN 'lot_advance' ELSE 'checks_add' END
            WHEN 'evaluating' THEN 'lot_evaluate' WHEN 'deciding' THEN d.act WHEN 'contracting' THEN NULL ELSE 'lot_advance' END
            FROM linli.lot l JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id,
                 LATERAL (SELECT CASE WHEN count(*) = 0 THEN 'lot_decide' WHEN bool_and(a.confirmed IS NOT NULL) THEN 'lot_announce' ELSE 'lot_confirm' END AS act
                          FROM linli.award a WHERE a.office_id = l.office_id AND a.lot_id = l.id AND a.state = 'proposed') d
            WHERE l.office_id = office AND l.id = subject)
        WHEN 'window' THEN CASE about WHEN 'decide_window' THEN CASE WHEN EXISTS (SELECT FROM linli.award a WHERE a.office_id = office AND a.lot_id = subject
                                                                     AND a.state = 'proposed') THEN 'lot_confirm' ELSE 'lot_decide' END
                                      WHEN 'announce_window' THEN 'lot_announce' WHEN 'report_window' THEN 'panel_report'
                                      WHEN 'sign_window' THEN CASE WHEN x.award IS NOT NULL THEN 'contract_draft' END END END,
        CASE WHEN task = 'question' THEN '/tenders/' || subject || '/questions/open'
             WHEN task = 'bond_return' THEN '/tenders/' || subject || '/bonds'
             WHEN task IN ('bond', 'prices') THEN '/tenders/' || tender
             WHEN task = 'contract_change' THEN '/contracts/' || subject || '/changes'
             WHEN task = 'site_check' THEN '/contracts/' || subject || '/checks'
             WHEN task = 'budget_shift' THEN '/contracts/' || subject || '/budget'
             WHEN task IN ('subcontract', 'deduction') THEN '/contracts/' || subject || '/' || task || 's'
             WHEN task = 'withdrawal' THEN '/tranches/' || subject || '/withdrawals'
             WHEN task IN ('paper', 'paper_judge') THEN '/bids/' || subject || '/papers'
             WHEN task = 'review' AND kind = 'lot' THEN '/lots/' || subject || '/reviews'
             WHEN x.award IS NOT NULL THEN '/awards/' || x.award
             WHEN task = 'window' AND about IN ('sign_window', 'application_window') THEN '/lots/' || subject || '/awards'
             WHEN task = 'phase' AND EXISTS (SELECT FROM linli.lot l JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
                                             WHERE l.office_id = office AND l.id = subject AND l.phase_kind = 'opening' AND t.opened IS NULL) THEN '/tenders/' || tender
             WHEN task = 'phase' AND EXISTS (SELECT FROM linli.lot l WHERE l.office_id = office AND l.id = subject AND l.phase_kind = 'contracting') THEN '/lots/' || subject || '/awards'
             WHEN task = 'publish' THEN '/tenders/' || subject || '/draft'
             WHEN task = 'duty' THEN '/offices/' || office || '/duties/' || subject
             WHEN task = 'behalf_confirm' THEN '/on-behalf/' || subject
             WHEN task = 'ballots_confirm' THEN '/lots/' || subject || '/ballots/' || about
             ELSE '/' || kind || 's/' || subject END
    -- Of a lot whose contracts are being signed: the first award that has none yet.
    FROM (SELECT CASE WHEN task = 'window' AND about = 'sign_window' THEN (
              SELECT a.id FROM linli.lot l JOIN linli.award a ON a.office_id = l.office_id AND a.lot_id = l.id AND a.state = 'announced' AND a.standing = 'winner'
              WHERE l.office_id = office AND l.id = subject AND l.phase_kind = 'contracting'
                AND NOT EXISTS (SELECT FROM linli.contract c WHERE c.office_id = a.office_id AND c.award_id = a.id)
              ORDER BY a.place, a.id LIMIT 1) END AS award) x
$$;

-- What waits for somebody at an office: for whom by role, post, seat or name, and for those who watch; until when it is to be done, and by
-- which article.  others: instead what waits for somebody else, for those who work at the office, without what only few may know of.
CREATE FUNCTION tasks(office integer, who uuid, held text[], at timestamptz, others boolean)
RETURNS TABLE (task text, kind text, subject uuid, tender uuid, number text, title text, about text, roles text[], person uuid, post uuid,
               body uuid, since timestamptz, due timestamptz, source text, escalated boolean)
LANGUAGE sql STABLE AS $$
    WITH task AS (
        SELECT l.office_id, 'phase' AS task, 'lot' AS kind, l.id AS subject, l.tender_id AS tender, p ->> 'code' AS about,
               ARRAY(SELECT m.key FROM jsonb_each(p -> 'may') m WHERE m.value ? 'advance' AND m.key <> 'evaluator') AS roles, NULL::uuid AS person, NULL::uuid AS post, NULL::uuid AS body,
               l.phase_since AS since, l.phase_due AS due
        FROM linli.lot l JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
        CROSS JOIN LATERAL jsonb_array_elements(t.plan -> 'phases') p
        WHERE l.office_id = office AND l.waiting IS NULL AND l.state NOT IN ('draft', 'closed', 'void', 'cancelled')
          AND p ->> 'code' = l.phase AND p ->> 'ends' IN ('by_act', 'when_done')
        UNION ALL
        SELECT m.office_id, CASE WHEN m.signed_in IS NULL THEN 'sign_in' WHEN m.declared IS NULL THEN 'declare' ELSE 'phase' END, 'lot', m.lot_id,
               m.tender_id, l.phase, '{}', m.person_id, NULL, NULL, l.phase_since, l.phase_due
        FROM linli.panel_member m
        JOIN linli.lot l ON l.office_id = m.office_id AND l.id = m.lot_id
        JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
        CROSS JOIN LATERAL jsonb_array_elements(t.plan -> 'phases') p
        WHERE m.office_id = office AND m.state IN ('assigned', 'present') AND p ->> 'code' = l.phase AND p -> 'may' ? 'evaluator'
          AND l.waiting IS NULL AND l.state NOT IN ('draft', 'closed', 'void', 'cancelled')
          AND (m.signed_in IS NULL OR m.declared IS NULL
               OR m.chair AND p -> 'may' -> 'evaluator' ? 'advance' AND p ->> 'ends' IN ('by_act', 'when_done'))
        UNION ALL
        -- Each member finds for itself; the chair, whose phase it is, first.
        SELECT m.office_id, 'check', 'lot', m.lot_id, m.tender_id, l.phase, '{}', m.person_id, NULL, NULL, l.phase_since, l.phase_due
        FROM linli.panel_member m
        JOIN linli.lot l ON l.office_id = m.office_id AND l.id = m.lot_id
        JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
        WHERE m.office_id = office AND m.state = 'present' AND m.declared IS NOT NULL AND l.waiting IS NULL AND l.phase_kind = 'checking'
          AND l.state NOT IN ('closed', 'void', 'cancelled')
          AND EXISTS (SELECT FROM jsonb_array_elements(t.plan -> 'checks') k WHERE k ->> 'phase' = l.phase AND k ->> 'role' = 'evaluator')
          AND (NOT m.chair OR EXISTS (SELECT FROM linli.bid b JOIN linli.bid_check c ON c.office_id = b.office_id AND c.bid_id = b.id
                                      WHERE b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no AND c.at >= l.phase_since))
          AND NOT EXISTS (SELECT FROM linli.bid b JOIN linli.bid_check c ON c.office_id = b.office_id AND c.bid_id = b.id
                          WHERE b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no AND c.person_id = m.person_id AND c.at >= l.phase_since)
        UNION ALL
        -- All sheets locked, the chair puts them together, then writes the report.
        SELECT m.office_id, CASE WHEN seen.yes THEN 'report_write' ELSE 'evaluate' END, 'lot', m.lot_id, m.tender_id, NULL, '{}', m.person_id, NULL, NULL,
               l.phase_since, l.phase_due
        FROM linli.panel_member m
        JOIN linli.lot l ON l.office_id = m.office_id AND l.id = m.lot_id
        JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
        CROSS JOIN LATERAL jsonb_array_elements(t.plan -> 'phases') p
        LEFT JOIN linli.sitting s ON s.office_id = l.office_id AND s.lot_id = l.id
        LEFT JOIN LATERAL (SELECT jsonb_path_exists(d.answer::jsonb, '$.items[*] ? (@.by == "judges")') AS yes FROM linli.decision d
                           WHERE d.office_id = l.office_id AND d.tender_id = l.tender_id AND d.lot_id = l.id AND d.question = 'criteria'
                           ORDER BY d.at DESC, d.id DESC LIMIT 1) judged ON true
        CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM linli.decision d WHERE d.office_id = l.office_id AND d.tender_id = l.tender_id AND d.lot_id = l.id
                                           AND d.question = 'preview' AND d.at >= coalesce(s.locked, l.phase_since)) AS yes) seen
        WHERE m.office_id = office AND m.chair AND m.state = 'present' AND m.declared IS NOT NULL AND l.waiting IS NULL AND l.phase_kind = 'evaluating'
          AND l.state NOT IN ('closed', 'void', 'cancelled') AND p ->> 'code' = l.phase
          AND p -> 'may' -> 'evaluator' ? 'report' AND NOT p -> 'may' -> 'evaluator' ? 'advance'
          AND NOT EXISTS (SELECT FROM linli.panel_report r WHERE r.office_id = l.office_id AND r.lot_id = l.id AND r.void IS NULL)
          AND (s.locked IS NOT NULL OR NOT coalesce(judged.yes, false))
        UNION ALL
        -- The report of the panel, until all who sit have signed it.
        SELECT m.office_id, 'report_sign', 'lot', m.lot_id, m.tender_id, NULL, '{}', m.person_id, NULL, NULL, r.at, l.phase_due
        FROM linli.panel_member m
        JOIN linli.lot l ON l.office_id = m.office_id AND l.id = m.lot_id
        JOIN linli.panel_report r ON r.office_id = m.office_id AND r.lot_id = m.lot_id AND r.void IS NULL AND r.settled IS NULL
        WHERE m.office_id = office AND m.state = 'present' AND m.report_signed IS NULL AND l.state NOT IN ('closed', 'void', 'cancelled')
        UNION ALL
        SELECT t.office_id, 'publish', 'tender', t.id, t.id, NULL, ARRAY['office_clerk', 'office_approver', 'agent', 'operator'], NULL, NULL, NULL,
               t.created, NULL
        FROM linli.tender t WHERE t.office_id = office AND t.state = 'draft'
        UNION ALL
        -- A list of the year: drawn up, approved by another, published.
        SELECT y.office_id, CASE WHEN y.state = 'approved' THEN 'list_publish' WHEN e.some THEN 'list_approve' ELSE 'list_fill' END, 'list', y.id, NULL, y.title,
               CASE WHEN y.state = 'draft' AND e.some THEN ARRAY['office_approver'] ELSE ARRAY['office_clerk', 'office_approver', 'agent', 'operator'] END,
               NULL, NULL, NULL, y.created, NULL
        FROM linli.list y
        CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM linli.list_entry x WHERE x.office_id = y.office_id AND x.list_id = y.id) AS some) e
        WHERE y.office_id = office AND y.state IN ('draft', 'approved')
        UNION ALL
        SELECT d.office_id, 'panel_draw', 'lot', d.lot_id, l.tender_id, d.field, ARRAY['office_clerk', 'agent', 'operator'], NULL, NULL, NULL, d.frozen, d.read_at
        FROM linli.panel_draw d JOIN linli.lot l ON l.office_id = d.office_id AND l.id = d.lot_id
        WHERE d.office_id = office AND d.drawn IS NULL AND coalesce(d.read_at, at) <= at AND l.state NOT IN ('closed', 'void', 'cancelled')
        UNION ALL
        SELECT l.office_id, 'way', 'lot', l.id, l.tender_id, l.waiting, ARRAY['office_approver'], NULL, NULL, NULL, l.phase_since, l.phase_due
        FROM linli.lot l WHERE l.office_id = office AND l.waiting = 'approval'
        UNION ALL
        SELECT l.office_id, 'prices', 'lot', l.id, l.tender_id, l.phase, ARRAY['office_clerk', 'agent'], NULL, NULL, NULL, l.phase_since, l.phase_due
        FROM linli.lot l WHERE l.office_id = office AND l.waiting = 'prices'
        UNION ALL
        -- Signed before its turn: summed up once the lots before it are decided.
        SELECT l.office_id, 'evaluate', 'lot', l.id, l.tender_id, NULL, ARRAY['office_clerk', 'agent', 'operator'], NULL, NULL, NULL, l.phase_since, l.phase_due
        FROM linli.lot l WHERE l.office_id = office AND l.waiting = 'lots' AND linli.lot_before(l.office_id, l.tender_id, l.no) IS NULL
        UNION ALL
        SELECT o.office_id, 'objection', 'objection', o.id, o.tender_id, CASE o.channel WHEN 'objection' THEN o.kind ELSE o.channel END,
               CASE o.channel WHEN 'review' THEN ARRAY['office_approver'] ELSE ARRAY['office_clerk', 'agent', 'operator'] END, NULL, NULL, NULL, o.filed, o.due
        FROM linli.objection o WHERE o.office_id = office AND o.state = 'open'
        UNION ALL
        SELECT o.office_id, 'suspension', 'objection', o.id, o.tender_id, o.kind, ARRAY['office_clerk', 'agent', 'operator'], NULL, NULL, NULL, coalesce(o.taken, o.filed), o.hold_ends
        FROM linli.objection o WHERE o.office_id = office AND o.state = 'open' AND o.relevant AND o.hold_ends IS NOT NULL
        UNION ALL
        -- The record of the opening is objected to: answered at once, by who opened.
        SELECT x.office_id, 'opening_reply', 'bid', x.bid_id, x.tender_id, NULL, ARRAY['office_clerk', 'agent', 'operator'], NULL, NULL, NULL, x.at, t.answers_until
        FROM linli.opening_answer x JOIN linli.tender t ON t.office_id = x.office_id AND t.id = x.tender_id
        WHERE x.office_id = office AND NOT x.agrees AND x.replied IS NULL AND t.state NOT IN ('void', 'cancelled', 'closed')
        UNION ALL
        SELECT q.office_id, 'question', 'tender', q.tender_id, q.tender_id, NULL, ARRAY['office_clerk', 'agent', 'operator'], NULL, NULL, NULL, q.asked, q.due
        FROM linli.question q WHERE q.office_id = office AND q.answered IS NULL
        UNION ALL
        SELECT p.office_id, 'payment_approve', 'payment', p.id, c.tender_id, c.number, ARRAY['office_approver'], NULL, NULL, NULL, p.ordered, p.pay_by
        FROM linli.payment p
        JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
        JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
        WHERE p.office_id = office AND p.batch_id IS NULL AND (p.state = 'ordered' OR p.state = 'approved' AND p.checker IS DISTINCT FROM who)
        UNION ALL
        -- Sent, but in no batch, whose answer would tell: what became of it is entered here.
        SELECT p.office_id, 'payment_settle', 'payment', p.id, c.tender_id, c.number, ARRAY['office_clerk', 'operator'], NULL, NULL, NULL, p.sent, p.pay_by
        FROM linli.payment p
        JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
        JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
        WHERE p.office_id = office AND p.state = 'sent' AND p.batch_id IS NULL
        UNION ALL
        -- One says that settled money came back; another has to say the same.
        SELECT p.office_id, 'payment_return', 'payment', p.id, c.tender_id, c.number, ARRAY['office_clerk', 'operator', 'office_approver'], NULL, NULL, NULL,
               p.settled, NULL
        FROM linli.payment p
        JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
        JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
        WHERE p.office_id = office AND p.state = 'settled' AND p.back_ref IS NOT NULL
        UNION ALL
        SELECT r.office_id, CASE r.state WHEN 'reported' THEN 'accept' WHEN 'released' THEN 'pay' ELSE 'release' END, 'tranche', r.id, c.tender_id,
               c.number, ARRAY['office_clerk', 'operator'], NULL, NULL, NULL,
               (SELECT max(d.reported) FROM linli.delivery d WHERE d.office_id = r.office_id AND d.tranche_id = r.id),
               CASE r.state WHEN 'released' THEN (SELECT min(v.pay_by) FROM linli.voucher v WHERE v.office_id = r.office_id AND v.tranche_id = r.id AND v.reversed IS NULL) END
        FROM linli.tranche r JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
        WHERE r.office_id = office AND c.state = 'signed'
          AND (r.state IN ('reported', 'accepted', 'released')
               OR r.state = 'planned' AND (r.trigger_on = 'signing' OR r.trigger_on = 'date' AND r.due_on <= (at AT TIME ZONE 'Asia/Shanghai')::date))
          AND NOT EXISTS (SELECT FROM linli.payment p WHERE p.office_id = r.office_id AND p.tranche_id = r.id
                          AND p.state NOT IN ('failed', 'returned', 'refused'))
        UNION ALL
        SELECT c.office_id, 'sign', 'contract', c.id, c.tender_id, c.number, ARRAY['office_approver'], NULL, NULL, NULL, c.drawn_up, NULL
        FROM linli.contract c WHERE c.office_id = office AND c.state = 'draft' AND c.signed_office_at IS NULL
        UNION ALL
        SELECT d.office_id, 'duty', 'duty', d.id, d.tender_id, d.code, ARRAY['office_clerk', 'agent', 'operator'], NULL, NULL, NULL, d.began, d.due
        FROM linli.duty d WHERE d.office_id = office AND d.done IS NULL
        UNION ALL
        -- What came on paper or by telephone takes effect when somebody else has looked at it: on the day it was entered.
        SELECT b.office_id, 'behalf_confirm', 'on-behalf', b.id, b.tender_id, b.number || ' ' || b.sender, ARRAY['office_clerk', 'office_approver', 'agent', 'operator'], NULL, NULL, NULL,
               b.entered, least((((b.entered AT TIME ZONE 'Asia/Shanghai')::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'),
                                CASE WHEN b.act = 'proposal_create' THEN t.deadline END)
        FROM linli.behalf b LEFT JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id WHERE b.office_id = office AND b.state = 'entered' AND b.entered_by IS DISTINCT FROM who
        UNION ALL
        -- Paper ballots count once another person has typed them in as well.
        SELECT b.office_id, 'ballots_confirm', 'lot', b.lot_id, b.tender_id, b.id::text, ARRAY['office_clerk', 'office_approver', 'agent', 'operator'], NULL, NULL, NULL,
               b.entered, NULL
        FROM linli.ballot_batch b JOIN linli.lot l ON l.office_id = b.office_id AND l.id = b.lot_id
        WHERE b.office_id = office AND b.state = 'entered' AND b.entered_by <> who AND l.state NOT IN ('void', 'cancelled', 'closed')
        UNION ALL
        SELECT d.office_id, 'window', 'lot', d.lot_id, d.tender_id, d.code,
               CASE d.until WHEN 'evaluated' THEN ARRAY['evaluator', 'office_clerk', 'operator'] WHEN 'announced' THEN ARRAY['office_clerk', 'agent', 'operator']
                            ELSE ARRAY['office_clerk', 'office_approver', 'operator'] END, NULL, NULL, NULL, d.began, d.due
        FROM linli.deadline d JOIN linli.lot l ON l.office_id = d.office_id AND l.id = d.lot_id
        WHERE d.office_id = office AND d.met IS NULL AND l.state NOT IN ('void', 'cancelled', 'closed')
        UNION ALL
        SELECT r.office_id, 'review', 'lot', r.lot_id, r.tender_id, r.ground, ARRAY['office_approver'], NULL, NULL, NULL, r.asked, NULL
        FROM linli.review r WHERE r.office_id = office AND r.state = 'asked'
        UNION ALL
        SELECT x.office_id, 'contract_change', 'contract', x.contract_id, c.tender_id, x.kind, ARRAY['office_approver', 'operator'], NULL, NULL, NULL, x.proposed, NULL
        FROM linli.contract_change x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
        WHERE x.office_id = office AND x.state = 'proposed'
        UNION ALL
        -- Money asked back: approved by one, chased by another until the day it is due.
        SELECT r.office_id, CASE r.state WHEN 'proposed' THEN 'recovery_approve' ELSE 'recovery' END, 'recovery', r.id, c.tender_id, c.number,
               CASE r.state WHEN 'proposed' THEN ARRAY['office_approver'] ELSE ARRAY['office_clerk', 'operator'] END, NULL, NULL, NULL,
               coalesce(r.decided, r.proposed), CASE r.state WHEN 'demanded' THEN r.due END
        FROM linli.recovery r JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
        WHERE r.office_id = office AND r.state IN ('proposed', 'demanded')
        UNION ALL
        -- A bond goes back by the day the rules name; one that the contract asks for is still to come.
        SELECT x.office_id, 'bond_return', 'tender', x.tender_id, x.tender_id, x.kind, ARRAY['office_approver'], NULL, NULL, NULL, x.entered, x.due
        FROM linli.bond x WHERE x.office_id = office AND x.state = 'held' AND x.due IS NOT NULL
        UNION ALL
        SELECT c.office_id, 'bond', 'contract', c.id, c.tender_id, c.number, ARRAY['office_clerk', 'operator'], NULL, NULL, NULL, c.drawn_up, NULL
        FROM linli.contract c JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
        WHERE c.office_id = office AND c.state IN ('draft', 'signed') AND c.amount_fen > 0 AND t.plan ->> 'performance_bond' NOT IN ('0%', '0')
          AND NOT EXISTS (SELECT FROM linli.bond x WHERE x.office_id = c.office_id AND x.contract_id = c.id)
        UNION ALL
        -- The report of a tranche that has a last day: the office reminds of it, and sees that it is late.
        SELECT r.office_id, 'report', 'tranche', r.id, c.tender_id, c.number, ARRAY['office_clerk', 'operator'], NULL, NULL, NULL, c.signed,
               ((r.due_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
        FROM linli.tranche r JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
        WHERE r.office_id = office AND c.state = 'signed' AND r.state IN ('planned', 'refused') AND r.due_on IS NOT NULL
          AND r.trigger_on IN ('milestone', 'acceptance') AND r.due_on - 30 <= (at AT TIME ZONE 'Asia/Shanghai')::date
        UNION ALL
        -- A year that another may follow: whether it does is decided before it ends.
        SELECT c.office_id, 'renewal', 'contract', c.id, c.tender_id, c.number, ARRAY['office_clerk', 'office_approver', 'operator'], NULL, NULL, NULL, c.signed,
               ((c.ends + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
        FROM linli.contract c JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
        WHERE c.office_id = office AND c.state IN ('signed', 'closed') AND c.year_no < t.years AND c.ends - 90 <= (at AT TIME ZONE 'Asia/Shanghai')::date
          AND NOT EXISTS (SELECT FROM linli.renewal r WHERE r.office_id = c.office_id AND r.contract_id = c.id)
        UNION ALL
        SELECT x.office_id, 'site_check', 'contract', x.contract_id, c.tender_id, x.kind, ARRAY['office_clerk', 'operator', 'assessor'], NULL, NULL, NULL,
               x.planned, ((x.on_day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
        FROM linli.site_check x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
        WHERE x.office_id = office AND x.done IS NULL
        UNION ALL
        SELECT x.office_id, 'budget_shift', 'contract', x.contract_id, c.tender_id, c.number, ARRAY['office_approver'], NULL, NULL, NULL, x.proposed, NULL
        FROM linli.budget_shift x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
        WHERE x.office_id = office AND x.state = 'proposed'
        UNION ALL
        SELECT x.office_id, 'subcontract', 'contract', x.contract_id, c.tender_id, x.name, ARRAY['office_approver'], NULL, NULL, NULL, x.proposed, NULL
        FROM linli.subcontract x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
        WHERE x.office_id = office AND x.state = 'proposed'
        UNION ALL
        SELECT x.office_id, 'deduction', 'contract', x.contract_id, c.tender_id, x.ground, ARRAY['office_approver'], NULL, NULL, NULL, x.proposed, NULL
        FROM linli.deduction x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
        WHERE x.office_id = office AND x.state = 'proposed'
        UNION ALL
        SELECT x.office_id, 'withdrawal', 'tranche', x.tranche_id, c.tender_id, c.number, ARRAY['office_approver'], NULL, NULL, NULL, x.proposed, NULL
        FROM linli.withdrawal x JOIN linli.tranche r ON r.office_id = x.office_id AND r.id = x.tranche_id
        JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
        WHERE x.office_id = office AND x.state = 'proposed'
        UNION ALL
        -- What one person asked for and a second decides: by the day the year that keeps the money ends.
        SELECT x.office_id, 'transfer_approve', 'appropriation', x.appropriation_id, NULL, x.decision, ARRAY['office_approver', 'operator'], NULL, NULL, NULL,
               x.proposed, CASE WHEN x.kind <> 'again' THEN ((a.last_request + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') END
        FROM linli.transfer x JOIN linli.appropriation a ON a.office_id = x.office_id AND a.id = x.appropriation_id
        WHERE x.office_id = office AND x.state = 'proposed'
        UNION ALL
        SELECT v.office_id, 'reversal_approve', 'appropriation', v.appropriation_id, NULL, v.reason, ARRAY['office_approver'], NULL, NULL, NULL, v.proposed, NULL
        FROM linli.reversal v WHERE v.office_id = office AND v.state = 'proposed'
        UNION ALL
        -- A batch: checked, given out, and looked up until the bank has said what became of it.
        SELECT b.office_id, CASE WHEN b.state IN ('made', 'checked') THEN 'batch_approve' WHEN b.state = 'approved' THEN 'batch_export' ELSE 'batch_result' END,
               'batch', b.id, NULL, b.year || '-' || b.number,
               CASE WHEN b.state IN ('made', 'checked') THEN ARRAY['office_approver'] ELSE ARRAY['office_clerk', 'operator'] END, NULL, NULL, NULL,
               coalesce(b.exported, b.seconded, b.approved, b.made), CASE WHEN b.exported IS NULL THEN ((b.execute + 1)::timestamp AT TIME ZONE 'Asia/Shanghai') END
        FROM linli.batch b WHERE b.office_id = office AND b.state IN ('made', 'checked', 'approved', 'unknown')
        UNION ALL
        -- A paper that was asked for: whoever asked waits for it, and judges what came.
        SELECT p.office_id, CASE WHEN p.given IS NULL THEN 'paper' ELSE 'paper_judge' END, 'bid', p.bid_id, l.tender_id, p.rule,
               ARRAY['office_clerk', 'operator'], p.asked_by, NULL, NULL, coalesce(p.given, p.asked), CASE WHEN p.given IS NULL THEN p.due END
        FROM linli.paper p JOIN linli.lot l ON l.office_id = p.office_id AND l.id = p.lot_id
        WHERE p.office_id = office AND p.finding IS NULL AND l.state NOT IN ('void', 'cancelled', 'closed')
        UNION ALL
        -- Whoever won or works is no more: the award is annulled, the contract passed on or ended.
        SELECT w.office_id, 'annul', 'award', w.id, w.tender_id, o.name, ARRAY['office_approver'], NULL, NULL, NULL, w.announced, NULL
        FROM linli.award w
        JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
        JOIN linli.organisation o ON o.id = b.organisation_id AND o.ended IS NOT NULL
        WHERE w.office_id = office AND w.state = 'announced' AND w.standing = 'winner'
        UNION ALL
        SELECT c.office_id, CASE WHEN o.successor_id IS NULL THEN 'settle' ELSE 'succeed' END, 'contract', c.id, c.tender_id, o.name, ARRAY['office_clerk', 'operator'], NULL, NULL, NULL, c.signed, NULL
        FROM linli.contract c JOIN linli.organisation o ON o.id = c.organisation_id AND o.ended IS NOT NULL
        WHERE c.office_id = office AND c.state IN ('signed', 'suspended')
        UNION ALL
        SELECT n.office_id, CASE n.state WHEN 'submitted' THEN 'review' ELSE 'accept' END, 'need', n.id, NULL, n.title,
               CASE n.state WHEN 'submitted' THEN ARRAY['office_clerk'] ELSE ARRAY['office_approver'] END, NULL, NULL, NULL, n.changed, NULL
        FROM linli.need n WHERE n.office_id = office AND n.state IN ('submitted', 'reviewed')
        UNION ALL
        SELECT a.office_id, 'approval', 'approval', a.id, NULL, a.act, '{}', NULL, s.post_id, s.body_id, a.asked, a.due
        FROM linli.approval a
        JOIN linli.chain_step s ON s.office_id = a.office_id AND s.chain_id = a.chain_id AND s.no = a.step
        WHERE a.office_id = office AND a.state = 'open'
        UNION ALL
        -- Late: whoever asked, and whoever comes next.
        SELECT a.office_id, 'approval_late', 'approval', a.id, NULL, a.act, '{}', a.asked_by, n.post_id, n.body_id, a.escalated, a.due
        FROM linli.approval a
        LEFT JOIN linli.chain_step n ON n.office_id = a.office_id AND n.chain_id = a.chain_id AND n.no = a.step + 1
        WHERE a.office_id = office AND a.state = 'open' AND a.escalated IS NOT NULL
        UNION ALL
        SELECT m.office_id, 'mark', 'lot', m.lot_id, m.tender_id, NULL, '{}', m.person_id, NULL, NULL, l.phase_since, l.phase_due
        FROM linli.panel_member m JOIN linli.lot l ON l.office_id = m.office_id AND l.id = m.lot_id
        LEFT JOIN LATERAL (SELECT jsonb_path_exists(d.answer::jsonb, '$.items[*] ? (@.by == "judges")') AS yes FROM linli.decision d
                           WHERE d.office_id = l.office_id AND d.tender_id = l.tender_id AND d.lot_id = l.id AND d.question = 'criteria'
                           ORDER BY d.at DESC, d.id DESC LIMIT 1) judged ON true
        WHERE m.office_id = office AND m.state = 'present' AND m.declared IS NOT NULL AND l.phase_kind = 'evaluating'
          AND (judged.yes AND NOT EXISTS (SELECT FROM linli.sheet s WHERE s.office_id = m.office_id AND s.member_id = m.id)
               OR EXISTS (SELECT FROM linli.sheet s WHERE s.office_id = m.office_id AND s.member_id = m.id AND s.state = 'open'))
    )
    -- What is late is told to those above as well: whoever approves at the office.
    SELECT k.task, k.kind, k.subject, k.tender, t.number, t.title, k.about, k.roles, k.person, k.post, k.body, k.since, k.due, x.source,
           NOT o.own AND NOT others
    FROM task k LEFT JOIN linli.tender t ON t.office_id = k.office_id AND t.id = k.tender
    CROSS JOIN LATERAL (SELECT coalesce(k.roles && held, false) OR coalesce(k.person = who, false)
       OR EXISTS (SELECT FROM linli.posts_held(who, (at AT TIME ZONE 'Asia/Shanghai')::date) h
                  WHERE h.office_id = k.office_id AND h.post_id = k.post)
       OR EXISTS (SELECT FROM linli.bodies_headed(who, (at AT TIME ZONE 'Asia/Shanghai')::date) h
                  WHERE h.office_id = k.office_id AND h.body_id = k.body) AS own) o
    CROSS JOIN LATERAL (SELECT CASE
        WHEN k.task = 'duty' THEN (SELECT d.source FROM linli.duty d WHERE d.office_id = k.office_id AND d.id = k.subject)
        WHEN k.due IS NOT NULL THEN (
            SELECT r ->> 'source' FROM jsonb_array_elements(t.rules -> 'rules') r WHERE r ->> 'code' = CASE k.task
                WHEN 'window' THEN k.about WHEN 'suspension' THEN 'suspension_max' WHEN 'question' THEN 'inquiry_window' WHEN 'pay' THEN 'payment_window' WHEN 'payment_approve' THEN 'payment_window' WHEN 'payment_settle' THEN 'payment_window'
                WHEN 'objection' THEN CASE k.about WHEN 'report' THEN 'report_answer' WHEN 'review' THEN 'complaint_decision' ELSE 'challenge_answer' END END
            LIMIT 1) END AS source) x
    WHERE CASE WHEN others THEN NOT o.own AND held && ARRAY['office_clerk', 'office_approver', 'operator', 'agent']
                                AND NOT (k.task = 'objection' AND k.about = 'report') ELSE
          o.own OR held && ARRAY['supervisor', 'auditor'] OR k.due < at AND k.task NOT IN ('approval', 'approval_late') AND held && ARRAY['office_approver'] END
$$;

REVOKE ALL ON FUNCTION shanghai(timestamptz), tasks(integer, uuid, text[], timestamptz, boolean), task_act(integer, text, text, uuid, uuid, text), bids_of(uuid[]), parties_of(integer, uuid), told(text), dealt(integer[], uuid), object_find(integer, text, uuid),
    object_rights(integer, text, uuid, text[], uuid[], uuid) FROM PUBLIC;
COMMIT;
