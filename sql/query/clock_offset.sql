-- What legal time is ahead of the clock, in microseconds (sandbox only).
SELECT value::bigint AS offset_us FROM linli.setting WHERE name = 'clock_offset_us'
