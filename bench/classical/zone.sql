-- What a zone is made of, by psql alone: the name servers and DS records of all names that are in it. Without
-- glue and without looking at the time.
SELECT d.name, h.name, d.ds
FROM domains d CROSS JOIN LATERAL unnest(d.name_servers) AS server (id) JOIN hosts h ON h.id = server.id
WHERE d.name LIKE '%.:tld' AND d.phase IN (0, 3) AND d.statuses & 66 = 0
:order
