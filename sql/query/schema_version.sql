-- The last change that was deployed.
SELECT c.change FROM sqitch.changes c WHERE c.project = 'linli' ORDER BY c.committed_at DESC LIMIT 1
