-- Deploy linli:910_rls to pg
-- Row-level security: the second net under the statements, which all name their office anyway.
-- tx_begin (core/store/store.c) says with SET LOCAL what a transaction may reach.
BEGIN;
SET LOCAL search_path = linli;

-- A tenant table is one whose primary key begins with office_id; the offices themselves are shared.
CREATE FUNCTION tenant_tables() RETURNS SETOF regclass
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.oid::regclass
    FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    WHERE c.relnamespace = 'linli'::regnamespace AND c.relkind IN ('r', 'p')
      AND a.attname = 'office_id' AND c.relname <> 'office'
    ORDER BY c.relname
$$;

-- Puts the net under every tenant table that has none; a later change that makes tables calls it at its end.
-- Office 0 holds what is nobody's.  The sub-selects are run once a statement, not once a row.  The policies of a table are tried from the last
-- name back, until one lets the row pass: its office, which costs nothing, comes before whose it is.
CREATE FUNCTION guard() RETURNS void LANGUAGE plpgsql SET search_path = linli, pg_temp AS $$
DECLARE
    t regclass;
BEGIN
    FOR t IN SELECT x FROM tenant_tables() x JOIN pg_class c ON c.oid = x WHERE NOT c.relrowsecurity LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format($p$CREATE POLICY act_within ON %s TO linli_act USING (
            office_id = ANY ((SELECT current_setting('linli.offices', true))::integer[]) OR office_id = 0
            OR (SELECT current_setting('linli.all', true)) = 'on')$p$, t);
    END LOOP;
END $$;
SELECT guard();

-- The bids in which the actor's organisations take part, and their contracts: as lists, found once and only where an office does not let a row
-- pass.  Asked row by row they cost so much in the eyes of the planner that it joins contracts to their tranches without an index.
CREATE FUNCTION own_bids() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = linli, pg_temp AS $$
    SELECT array_agg(p.bid_id) FROM bid_party p WHERE p.organisation_id = ANY (current_setting('linli.organisations', true)::uuid[])
$$;
CREATE FUNCTION own_contracts() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = linli, pg_temp AS $$
    SELECT array_agg(x.id) FROM (
        SELECT c.id FROM contract c WHERE c.organisation_id = ANY (current_setting('linli.organisations', true)::uuid[])
        UNION SELECT c.id FROM award w JOIN contract c ON c.office_id = w.office_id AND c.award_id = w.id
        WHERE w.announced IS NOT NULL AND w.bid_id = ANY (own_bids())
        UNION SELECT p.contract_id FROM contract_party p
        WHERE p.organisation_id = ANY (current_setting('linli.organisations', true)::uuid[])) x
$$;
GRANT EXECUTE ON FUNCTION own_bids(), own_contracts() TO linli_act;

-- What is an organisation's own it sees at every office; what is a person's own, likewise.
CREATE POLICY act_own ON bid_party FOR SELECT TO linli_act
    USING (organisation_id = ANY ((SELECT current_setting('linli.organisations', true))::uuid[]));
CREATE POLICY act_own ON bid FOR SELECT TO linli_act
    USING (organisation_id = ANY ((SELECT current_setting('linli.organisations', true))::uuid[]) OR id = ANY ((SELECT own_bids())::uuid[]));
CREATE POLICY act_own ON objection FOR SELECT TO linli_act
    USING (organisation_id = ANY ((SELECT current_setting('linli.organisations', true))::uuid[])
           OR person_id = (SELECT nullif(current_setting('linli.person', true), ''))::uuid);
CREATE POLICY act_own ON paper FOR SELECT TO linli_act
    USING (EXISTS (SELECT 1 FROM bid b WHERE b.office_id = paper.office_id AND b.id = paper.bid_id
                   AND b.organisation_id = ANY ((SELECT current_setting('linli.organisations', true))::uuid[])));
CREATE POLICY act_own ON contract FOR SELECT TO linli_act USING (id = ANY ((SELECT own_contracts())::uuid[]));
CREATE POLICY act_own ON contract_party FOR SELECT TO linli_act
    USING (organisation_id = ANY ((SELECT current_setting('linli.organisations', true))::uuid[]));
-- Whoever sees the contract sees its tranches.
CREATE POLICY act_own ON tranche FOR SELECT TO linli_act USING (contract_id = ANY ((SELECT own_contracts())::uuid[]));
CREATE POLICY act_own ON renewal FOR SELECT TO linli_act USING (contract_id = ANY ((SELECT own_contracts())::uuid[]));
CREATE POLICY act_own ON question FOR SELECT TO linli_act
    USING (organisation_id = ANY ((SELECT current_setting('linli.organisations', true))::uuid[]));
CREATE POLICY act_own ON panel_member FOR SELECT TO linli_act
    USING (person_id = (SELECT nullif(current_setting('linli.person', true), ''))::uuid);
CREATE POLICY act_own ON need FOR SELECT TO linli_act
    USING (person_id = (SELECT nullif(current_setting('linli.person', true), ''))::uuid);
-- Whether a person holds a post anywhere decides who may open its account.
CREATE POLICY act_public ON post_holder FOR SELECT TO linli_act USING (true);
-- Streets draw from their district's pool.
CREATE POLICY act_public ON expert FOR SELECT TO linli_act USING (true);
-- Published tenders are public to those who act as well.
CREATE POLICY act_public ON tender FOR SELECT TO linli_act USING (state <> 'draft');
CREATE POLICY act_public ON lot FOR SELECT TO linli_act USING (state <> 'draft');
CREATE POLICY act_public ON notice FOR SELECT TO linli_act USING (true);
CREATE POLICY act_public ON award FOR SELECT TO linli_act USING (announced IS NOT NULL);
CREATE POLICY act_public ON exclusion FOR SELECT TO linli_act USING (ground = 'banned');
-- What a district forbids its streets must see.
CREATE POLICY act_public ON negative FOR SELECT TO linli_act USING (true);

-- Which rows are public.
CREATE POLICY read_public ON tender TO linli_read USING (state <> 'draft');
CREATE POLICY read_public ON lot TO linli_read USING (state <> 'draft');
CREATE POLICY read_public ON project TO linli_read USING (true);
CREATE POLICY read_public ON list TO linli_read USING (published IS NOT NULL);
CREATE POLICY read_public ON list_entry TO linli_read
    USING (EXISTS (SELECT 1 FROM list l WHERE l.office_id = list_entry.office_id AND l.id = list_entry.list_id));
CREATE POLICY read_public ON list_edition TO linli_read USING (true);
CREATE POLICY read_public ON negative TO linli_read USING (true);
CREATE POLICY read_public ON notice TO linli_read USING (true);
CREATE POLICY read_public ON question TO linli_read USING (answered IS NOT NULL);
CREATE POLICY read_public ON award TO linli_read USING (announced IS NOT NULL);
CREATE POLICY read_public ON contract TO linli_read USING (signed IS NOT NULL);
CREATE POLICY read_public ON tranche TO linli_read
    USING (EXISTS (SELECT 1 FROM contract c WHERE c.office_id = tranche.office_id AND c.id = tranche.contract_id));
CREATE POLICY read_public ON contract_party TO linli_read
    USING (EXISTS (SELECT 1 FROM contract c WHERE c.office_id = contract_party.office_id AND c.id = contract_party.contract_id));
CREATE POLICY read_public ON spot_draw TO linli_read USING (true);
CREATE POLICY read_public ON site_check TO linli_read USING (draw_id IS NOT NULL);
CREATE POLICY read_public ON payable TO linli_read USING (true);
CREATE POLICY read_public ON exclusion TO linli_read USING (true);
CREATE POLICY read_public ON gift TO linli_read USING (true);
CREATE POLICY read_public ON fund TO linli_read USING (true);
CREATE POLICY read_public ON appropriation TO linli_read USING (true);
-- Of a draft nobody reads who is to pay for it.
CREATE POLICY read_public ON source TO linli_read
    USING (EXISTS (SELECT 1 FROM tender t WHERE t.office_id = source.office_id AND t.id = source.owner_id)
           OR EXISTS (SELECT 1 FROM contract c WHERE c.office_id = source.office_id AND c.id = source.owner_id));
CREATE POLICY read_public ON tranche_share TO linli_read USING (true);
CREATE POLICY read_public ON transfer TO linli_read USING (true);
CREATE POLICY read_public ON payment TO linli_read USING (true);
CREATE POLICY read_public ON reversal TO linli_read USING (true);
CREATE POLICY read_public ON account TO linli_read USING (true);
CREATE POLICY read_public ON journal TO linli_read USING (true);
CREATE POLICY read_public ON posting TO linli_read USING (true);
CREATE POLICY read_public ON attachment TO linli_read USING (public);
CREATE POLICY read_public ON red_flag_set TO linli_read USING (true);
CREATE POLICY read_public ON draw TO linli_read USING (true);

-- Shared tables where acts may delete: only what has run out.
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
CREATE POLICY act_read ON idempotency FOR SELECT TO linli_act USING (true);
CREATE POLICY act_add ON idempotency FOR INSERT TO linli_act WITH CHECK (true);
CREATE POLICY act_change ON idempotency FOR UPDATE TO linli_act USING (true);
CREATE POLICY act_expire ON idempotency FOR DELETE TO linli_act USING (NOT keep);
ALTER TABLE blob ENABLE ROW LEVEL SECURITY;
CREATE POLICY act_read ON blob FOR SELECT TO linli_act USING (true);
CREATE POLICY act_add ON blob FOR INSERT TO linli_act WITH CHECK (true);
CREATE POLICY act_change ON blob FOR UPDATE TO linli_act USING (true);
CREATE POLICY act_expire ON blob FOR DELETE TO linli_act USING (NOT used);
CREATE POLICY read_public ON blob TO linli_read USING (used);
-- The papers of an organisation are its own people's alone.
ALTER TABLE certificate ENABLE ROW LEVEL SECURITY;
CREATE POLICY act_own ON certificate TO linli_act
    USING (organisation_id = ANY ((SELECT current_setting('linli.organisations', true))::uuid[]));
ALTER TABLE upload ENABLE ROW LEVEL SECURITY;
CREATE POLICY act_read ON upload FOR SELECT TO linli_act USING (true);
CREATE POLICY act_add ON upload FOR INSERT TO linli_act WITH CHECK (true);
CREATE POLICY act_change ON upload FOR UPDATE TO linli_act USING (true);
CREATE POLICY act_expire ON upload FOR DELETE TO linli_act USING (NOT used);
COMMIT;
