SELECT c.size, c.note FROM linli.log_checkpoint c WHERE c.origin = $1::text ORDER BY c.size DESC, c.cosigned DESC LIMIT 1
