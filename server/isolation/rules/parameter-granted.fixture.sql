-- object: session_replication_role
-- breaks
grant set on parameter session_replication_role to {app};
-- holds
grant set on parameter session_replication_role to {owner};
