-- What the schema promises, asked of pg_catalog and tried out.  TAP; run by tests/store/catalogue.sh.
\set QUIET on
\pset format unaligned
\pset tuples_only on
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE TEMP SEQUENCE test_number;
-- A test is a query for what is wrong: no row is a pass.
CREATE FUNCTION pg_temp.none(what text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
    EXECUTE format('SELECT string_agg(DISTINCT x::text, '', '') FROM (%s) AS wrong(x)', query) INTO found;
    RETURN CASE WHEN found IS NULL THEN 'ok ' ELSE 'not ok ' END || nextval('test_number') || ' - ' || what
           || coalesce(E'\n# ' || found, '');
END $$;
-- A statement as a role in a scope: how many rows it touched, or its SQLSTATE.
CREATE FUNCTION pg_temp.as_role(role name, offices text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE n bigint; state text;
BEGIN
    PERFORM set_config('linli.offices', offices, true), set_config('linli.all', 'off', true),
            set_config('linli.organisations', '{00000000-0000-4000-8000-0000000000a1}', true),
            set_config('linli.person', '00000000-0000-4000-8000-000000000001', true);
    PERFORM set_config('role', role, true);
    EXECUTE statement;
    GET DIAGNOSTICS n = ROW_COUNT;
    PERFORM set_config('role', 'none', true);
    RETURN n::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE;
    PERFORM set_config('role', 'none', true);
    RETURN state;
END $$;
CREATE FUNCTION pg_temp.is(what text, got text, wanted text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN got = wanted THEN 'ok ' ELSE 'not ok ' END || nextval('test_number') || ' - ' || what
           || CASE WHEN got IS DISTINCT FROM wanted THEN E'\n# got ' || coalesce(got, 'NULL') || ', wanted ' || wanted ELSE '' END
$$;
CREATE TEMP VIEW ours AS
    SELECT c.oid, c.relname AS name, c.relrowsecurity AS guarded, c.oid IN (SELECT linli.tenant_tables()) AS tenant
    FROM pg_class c WHERE c.relnamespace = 'linli'::regnamespace AND c.relkind IN ('r', 'p');
-- Shared tables that name an office without belonging to it.
CREATE TEMP VIEW shared AS SELECT unnest(ARRAY['office', 'membership', 'idempotency', 'log_entry']) AS name;

SELECT pg_temp.none('every table has a primary key',
    $$SELECT name FROM ours o WHERE NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = o.oid AND i.indisprimary)$$);
SELECT pg_temp.none('a table with office_id has it first in its primary key, or is known to be shared',
    $$SELECT name FROM ours o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attname = 'office_id'
      WHERE NOT tenant AND name NOT IN (SELECT name FROM shared)$$);
SELECT pg_temp.none('office_id of a tenant table is never null',
    $$SELECT name FROM ours o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attname = 'office_id' WHERE tenant AND NOT attnotnull$$);
SELECT pg_temp.none('every unique index of a tenant table begins with office_id',
    $$SELECT i.indexrelid::regclass FROM ours o JOIN pg_index i ON i.indrelid = o.oid AND i.indisunique
      JOIN pg_attribute a ON a.attrelid = o.oid AND a.attname = 'office_id' WHERE tenant AND i.indkey[0] <> a.attnum$$);
SELECT pg_temp.none('every foreign key between tenant tables begins with office_id on both sides',
    $$SELECT c.conname FROM pg_constraint c JOIN ours o ON o.oid = c.conrelid JOIN ours f ON f.oid = c.confrelid
      JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum = c.conkey[1]
      JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = c.confkey[1]
      WHERE c.contype = 'f' AND o.tenant AND f.tenant AND (a.attname <> 'office_id' OR b.attname <> 'office_id')$$);
SELECT pg_temp.none('no shared table refers to a tenant table',
    $$SELECT c.conname FROM pg_constraint c JOIN ours o ON o.oid = c.conrelid JOIN ours f ON f.oid = c.confrelid
      WHERE c.contype = 'f' AND NOT o.tenant AND f.tenant$$);
SELECT pg_temp.none('foreign keys refuse; they do not cascade or set null',
    $$SELECT conname FROM pg_constraint WHERE contype = 'f' AND (confdeltype NOT IN ('a', 'r') OR confupdtype NOT IN ('a', 'r'))
      AND connamespace = 'linli'::regnamespace$$);
SELECT pg_temp.none('no triggers',
    $$SELECT tgname FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid WHERE NOT tgisinternal$$);
SELECT pg_temp.none('no rules, views or inheritance',
    $$SELECT relname FROM pg_class WHERE relnamespace = 'linli'::regnamespace AND relkind IN ('v', 'm', 'f')
      UNION ALL SELECT inhrelid::regclass::text FROM pg_inherits JOIN ours o ON o.oid = inhparent$$);
SELECT pg_temp.none('no function or default asks the clock or for chance',
    $$SELECT proname FROM pg_proc WHERE pronamespace = 'linli'::regnamespace
        AND prosrc ~* '\m(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|random|gen_random_uuid)\s*\(|\mcurrent_(timestamp|date|time)\M|\mlocaltime'
      UNION ALL SELECT adrelid::regclass::text FROM pg_attrdef d JOIN ours o ON o.oid = d.adrelid
      WHERE pg_get_expr(adbin, adrelid) ~* '\m(now|clock_timestamp|random|gen_random_uuid)\s*\(|current_(timestamp|date|time)'$$);
SELECT pg_temp.none('a function with its owner''s rights pins its search path',
    $$SELECT proname FROM pg_proc WHERE pronamespace = 'linli'::regnamespace AND prosecdef
      AND NOT coalesce(proconfig::text ~ 'search_path', false)$$);
SELECT pg_temp.none('no function is everybody''s',
    $$SELECT proname FROM pg_proc WHERE pronamespace = 'linli'::regnamespace AND has_function_privilege('public', oid, 'EXECUTE')$$);
SELECT pg_temp.none('no table is everybody''s',
    $$SELECT name FROM ours WHERE has_table_privilege('public', oid, 'SELECT, INSERT, UPDATE, DELETE')$$);
SELECT pg_temp.none('row-level security is on for every tenant table',
    $$SELECT name FROM ours WHERE tenant AND NOT guarded$$);
SELECT pg_temp.none('every tenant table has the policy of its office',
    $$SELECT name FROM ours o WHERE tenant AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = o.oid AND polname = 'act_within')$$);
SELECT pg_temp.none('and no policy of those who act comes before it',
    $$SELECT polrelid::regclass FROM pg_policy p WHERE polname COLLATE "C" > 'act_within' AND 'linli_act'::regrole = ANY (polroles)
      AND polrelid IN (SELECT linli.tenant_tables())$$);
SELECT pg_temp.none('linli_act may read every table',
    $$SELECT name FROM ours WHERE NOT has_table_privilege('linli_act', oid, 'SELECT')$$);
SELECT pg_temp.none('what is written once stays as it is',
    $$SELECT name FROM ours WHERE name IN ('event_queue', 'milestone', 'decision', 'notice', 'list_edition', 'draw', 'sheet_reopened', 'claim',
                                               'log_entry', 'log_salt', 'log_checkpoint')
      AND (has_any_column_privilege('linli_act', oid, 'UPDATE') OR has_table_privilege('linli_act', oid, 'DELETE'))$$);
SELECT pg_temp.none('nobody but the owner changes the event queue',
    $$SELECT rolname FROM pg_roles WHERE NOT rolsuper AND rolname NOT IN ('linli_owner', 'pg_write_all_data')
      AND (has_any_column_privilege(rolname, 'linli.event_queue', 'UPDATE') OR has_table_privilege(rolname, 'linli.event_queue', 'DELETE, TRUNCATE'))
      AND NOT pg_has_role(rolname, 'linli_owner', 'MEMBER')$$);
SELECT pg_temp.none('nobody but the owner writes the ledger',
    $$SELECT r.rolname || ' ' || name FROM ours, pg_roles r WHERE name IN ('account', 'journal', 'posting')
      AND r.rolname IN ('linli', 'linli_act', 'linli_read', 'linli_intake')
      AND (has_any_column_privilege(r.rolname, ours.oid, 'INSERT, UPDATE') OR has_table_privilege(r.rolname, ours.oid, 'DELETE, TRUNCATE'))$$);
SELECT pg_temp.none('linli_act deletes nothing but what runs out',
    $$SELECT name FROM ours WHERE has_table_privilege('linli_act', oid, 'DELETE')
      AND name NOT IN ('session', 'token', 'login_link', 'idempotency', 'blob', 'upload', 'node')$$);
SELECT pg_temp.none('nobody truncates',
    $$SELECT rolname || ' ' || name FROM ours, pg_roles WHERE rolname IN ('linli', 'linli_act', 'linli_read', 'linli_intake')
      AND has_table_privilege(rolname, ours.oid, 'TRUNCATE, REFERENCES, TRIGGER')$$);
SELECT pg_temp.none('linli_read sees no bids, marks, ballots, people or secrets',
    $$SELECT name FROM ours WHERE has_any_column_privilege('linli_read', oid, 'SELECT, INSERT, UPDATE')
      AND name IN ('bid', 'bid_party', 'offer', 'bid_check', 'support', 'panel_member', 'sheet', 'mark', 'sheet_reopened', 'panel_report', 'roll',
                   'roll_entry', 'ballot', 'person', 'membership', 'post', 'post_holder', 'session', 'token', 'login_link',
                   'second_factor', 'recovery_code', 'account_consent', 'claim', 'idempotency', 'event_queue', 'log_entry', 'log_salt', 'due', 'decision', 'milestone', 'need', 'objection', 'voucher', 'organisation_account', 'hold', 'fund_account', 'batch', 'bank_file', 'bank_entry', 'fee', 'certificate', 'registration')$$);
SELECT pg_temp.none('linli_read sees no private column of an organisation',
    $$SELECT c FROM unnest(ARRAY['representative', 'address', 'phone']) c
      WHERE has_column_privilege('linli_read', 'linli.organisation', c, 'SELECT')$$);
SELECT pg_temp.none('linli_read sees no bank reference and no maker of a payment',
    $$SELECT c FROM unnest(ARRAY['bank_ref', 'maker', 'checker', 'second', 'back_ref', 'back_by', 'back_second', 'payee_account', 'payee_bank', 'payee_bank_code']) c WHERE has_column_privilege('linli_read', 'linli.payment', c, 'SELECT')$$);
SELECT pg_temp.none('linli_read writes nothing',
    $$SELECT name FROM ours WHERE has_any_column_privilege('linli_read', oid, 'INSERT, UPDATE') OR has_table_privilege('linli_read', oid, 'DELETE')$$);
SELECT pg_temp.none('linli_intake touches no table',
    $$SELECT name FROM ours WHERE has_any_column_privilege('linli_intake', oid, 'SELECT, INSERT, UPDATE')
      OR has_table_privilege('linli_intake', oid, 'DELETE')$$);
SELECT pg_temp.none('the login roles own nothing and are no superusers',
    $$SELECT rolname FROM pg_roles WHERE rolname LIKE 'linli%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
      UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'linli'::regnamespace AND relowner <> 'linli_owner'::regrole$$);

-- Tried out.
\ir small.sql
INSERT INTO linli.idempotency VALUES ('', 'kept-kept-kept-kept', 1, decode(repeat('00', 32), 'hex'), 200, '', NULL, NULL, true, '2026-01-01Z'),
                                     ('', 'gone-gone-gone-gone', 1, decode(repeat('00', 32), 'hex'), 200, '', NULL, NULL, false, '2026-01-01Z');
INSERT INTO linli.event_queue VALUES (1, '00000001-0000-8000-8000-0000000000e1', '2026-01-01Z', NULL, '', '', '', NULL, NULL, false,
                                      decode(repeat('00', 32), 'hex'), '{}');
BEGIN;
SELECT pg_temp.is('an event is not changed', pg_temp.as_role('linli_act', '{1}', 'UPDATE linli.event_queue SET payload = ''x'''), '42501');
SELECT pg_temp.is('an event is not deleted', pg_temp.as_role('linli_act', '{1}', 'DELETE FROM linli.event_queue'), '42501');
SELECT pg_temp.is('an event is read at its office', pg_temp.as_role('linli_act', '{1}', 'SELECT 1 FROM linli.event_queue'), '1');
SELECT pg_temp.is('and nowhere else', pg_temp.as_role('linli_act', '{2}', 'SELECT 1 FROM linli.event_queue'), '0');
SELECT pg_temp.is('a change of another office touches nothing', pg_temp.as_role('linli_act', '{2}', 'UPDATE linli.tender SET title = title'), '0');
SELECT pg_temp.is('a row is not moved into another office',
    pg_temp.as_role('linli_act', '{1}', 'UPDATE linli.fund SET office_id = 2'), '42501');
SELECT pg_temp.is('published tenders are seen from everywhere', pg_temp.as_role('linli_act', '{2}', 'SELECT 1 FROM linli.tender'), '1');
SELECT pg_temp.is('drafts at their office only', pg_temp.as_role('linli_act', '{1}', 'SELECT 1 FROM linli.tender'), '2');
-- A sub-select asked row by row makes the planner shun the indexes: an audit of 50,000 contracts took ten minutes.
CREATE FUNCTION pg_temp.asked_by_row(name) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('role', 'linli_act', true);
    RETURN QUERY EXECUTE format('EXPLAIN (COSTS off) SELECT 1 FROM linli.%I', $1);
    PERFORM set_config('role', 'none', true);
END $$;
SELECT pg_temp.none('whose contracts and bids are is found once a statement',
    $q$SELECT t FROM unnest('{bid,contract,tranche,renewal}'::name[]) t, pg_temp.asked_by_row(t) x WHERE x ~ '(SubPlan [0-9]+$|hashed SubPlan|[(]SubPlan)'$q$);
SELECT pg_temp.is('an organisation sees its bids at every office', pg_temp.as_role('linli_act', '{2}', 'SELECT 1 FROM linli.bid'), '1');
SELECT pg_temp.is('and changes none of them', pg_temp.as_role('linli_act', '{2}', 'UPDATE linli.bid SET bytes = 11'), '0');
SELECT pg_temp.is('answers that are kept stay', pg_temp.as_role('linli_act', '{1}', 'DELETE FROM linli.idempotency'), '1');
SELECT pg_temp.is('the public sees published tenders', pg_temp.as_role('linli_read', '{}', 'SELECT id FROM linli.tender'), '1');
SELECT pg_temp.is('but not who made them', pg_temp.as_role('linli_read', '{}', 'SELECT created_by FROM linli.tender'), '42501');
SELECT pg_temp.is('nor bids', pg_temp.as_role('linli_read', '{}', 'SELECT 1 FROM linli.bid'), '42501');
SELECT pg_temp.is('intake sees nothing', pg_temp.as_role('linli_intake', '{1}', 'SELECT 1 FROM linli.tender'), '42501');
ROLLBACK;

-- A table that a later change makes is caught, and guard() puts it right.
BEGIN;
CREATE TABLE linli.later (office_id integer NOT NULL, id uuid NOT NULL, PRIMARY KEY (office_id, id));
SELECT pg_temp.is('a new tenant table is seen', (SELECT count(*)::text FROM ours WHERE name = 'later' AND tenant AND NOT guarded), '1');
SELECT linli.guard() \gset
SELECT pg_temp.is('and guarded', (SELECT count(*)::text FROM ours WHERE name = 'later' AND guarded), '1');
ROLLBACK;
SELECT '1..' || currval('test_number');
