-- Was anything deployed at all?
SELECT to_regclass('sqitch.changes') IS NOT NULL AS there
