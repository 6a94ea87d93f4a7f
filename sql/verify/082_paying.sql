-- Verify linli:082_paying on pg
BEGIN;
SELECT 1 FROM linli.organisation_account WHERE false;
SELECT 1 FROM linli.voucher_rule WHERE false;
SELECT 1 FROM linli.voucher WHERE false;
SELECT 1 FROM linli.hold WHERE false;
SELECT 1 FROM linli.fund_account WHERE false;
SELECT batch_id, back_second FROM linli.payment WHERE false;
SELECT 1 FROM linli.batch WHERE false;
SELECT 1 FROM linli.bank_file WHERE false;
SELECT 1 FROM linli.bank_entry WHERE false;
SELECT 1 FROM linli.column_map WHERE false;
SELECT 1 FROM linli.reference_rate WHERE false;
SELECT 1 FROM linli.late_rate WHERE false;
SELECT 1 FROM linli.withholding WHERE false;
SELECT 1 FROM linli.fee WHERE false;
ROLLBACK;
