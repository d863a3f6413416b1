INSERT INTO links SELECT target, :id FROM unnest('{1,2,3}'::bigint[]) AS row(target);
