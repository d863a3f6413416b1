-- All that <domain:info> shows, by one prepared statement.
\set number random(1, 100000)
SELECT d.*, r.handle AS registrant_handle, (SELECT array_agg(h.name) FROM hosts h WHERE h.id = ANY(d.name_servers)) AS hosts, (SELECT array_agg(s.name) FROM hosts s WHERE s.superordinate = d.id) AS subordinates, (SELECT array_agg(c.handle) FROM contacts c WHERE c.id = ANY(d.contacts)) AS handles FROM domains d LEFT JOIN contacts r ON r.id = d.registrant WHERE d.name = 'peer-' || :number || '.org';
