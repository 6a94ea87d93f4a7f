SELECT value FROM linli.setting WHERE name = 'files'
