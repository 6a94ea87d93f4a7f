SELECT c.size, c.note FROM linli.log_checkpoint c ORDER BY c.size DESC LIMIT 1
