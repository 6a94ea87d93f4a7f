-- Verify linli:060_panel on pg
BEGIN;
SELECT 1 FROM linli.panel_member WHERE false;
SELECT 1 FROM linli.sheet WHERE false;
SELECT 1 FROM linli.mark WHERE false;
SELECT 1 FROM linli.sheet_reopened WHERE false;
SELECT 1 FROM linli.mark_commit WHERE false;
SELECT 1 FROM linli.review WHERE false;
SELECT 1 FROM linli.panel_report WHERE false;
SELECT 1 FROM linli.roll WHERE false;
SELECT 1 FROM linli.roll_entry WHERE false;
SELECT 1 FROM linli.ballot WHERE false;
SELECT 1 FROM linli.ballot_batch WHERE false;
SELECT 1 FROM linli.draw WHERE false;
SELECT 1 FROM linli.expert, linli.panel_secret, linli.panel_draw, linli.panel_turn WHERE false;
ROLLBACK;
