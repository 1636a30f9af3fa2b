CREATE TABLE permissions (
  code text NOT NULL PRIMARY KEY,
  description text NOT NULL
);

INSERT INTO permissions (code, description) VALUES
  ('entries.read', 'Read entries'),
  ('entries.write', 'Write entries'),
  ('users.manage', 'Invite and remove users');

CREATE TABLE roles (
  id text NOT NULL PRIMARY KEY,
  name text NOT NULL UNIQUE,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE role_permissions (
  role_id text NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
  permission text NOT NULL REFERENCES permissions (code),
  PRIMARY KEY (role_id, permission)
);
