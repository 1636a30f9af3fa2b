-- object: PUBLIC at away
-- breaks
create foreign data wrapper nothing; create server away foreign data wrapper nothing; create user mapping for public server away;
-- holds
create foreign data wrapper nothing; create server away foreign data wrapper nothing; create user mapping for {owner} server away;
