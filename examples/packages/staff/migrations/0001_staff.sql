CREATE TABLE staff (
  id text NOT NULL PRIMARY KEY,
  user_id text UNIQUE,
  first_name text NOT NULL,
  last_name text NOT NULL,
  email text NOT NULL UNIQUE,
  manager_id text REFERENCES staff (id) ON DELETE SET NULL,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX staff_name ON staff (last_name, first_name);
CREATE INDEX staff_manager ON staff (manager_id);
