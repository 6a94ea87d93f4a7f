-- Was anything deployed at all?
SELECT to_regclass('sqitch.tags') IS NOT NULL AS there
