-- Across offices: every file that something refers to, for a backup.
SELECT encode(b.sha256, 'hex') AS sha256 FROM linli.blob b WHERE b.used ORDER BY b.sha256
