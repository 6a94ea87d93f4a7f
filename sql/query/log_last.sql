-- The last entry; no row where the log is empty.
SELECT l.idx, l.entry FROM linli.log_entry l ORDER BY l.idx DESC LIMIT 1
