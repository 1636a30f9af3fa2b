-- object: feed
-- breaks
create publication feed for tables in schema {schema};
-- holds
create publication feed for table {grades};
