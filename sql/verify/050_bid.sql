-- Verify linli:050_bid on pg
BEGIN;
SELECT not_admitted FROM linli.bid WHERE false;
SELECT 1 FROM linli.bid_party WHERE false;
SELECT 1 FROM linli.offer WHERE false;
SELECT 1 FROM linli.bid_check WHERE false;
SELECT price_sha256 FROM linli.bid WHERE false;
SELECT co_key, co_key_shown FROM linli.bid WHERE false;
SELECT envelope FROM linli.opener_set WHERE false;
SELECT envelope, opened FROM linli.closing WHERE false;
SELECT envelope, lot_no FROM linli.opener_post WHERE false;
SELECT 1 FROM linli.opening_answer WHERE false;
SELECT withdrawn FROM linli.support WHERE false;
ROLLBACK;
