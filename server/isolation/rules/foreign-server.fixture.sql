-- object: away
-- breaks
create foreign data wrapper nothing; create server away foreign data wrapper nothing; grant usage on foreign server away to {app};
-- holds
create foreign data wrapper nothing; create server away foreign data wrapper nothing; grant usage on foreign server away to {owner};
