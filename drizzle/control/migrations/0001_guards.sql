-- An organization never loses its last owner, whoever asks and however many ask at once.
CREATE TRIGGER member_last_owner_delete BEFORE DELETE ON member
WHEN old.role = 'owner'
  AND EXISTS (SELECT 1 FROM organization WHERE id = old.organization_id)
  AND NOT EXISTS (SELECT 1 FROM member WHERE organization_id = old.organization_id AND role = 'owner' AND id <> old.id)
BEGIN SELECT RAISE(ABORT, 'freehold:last_owner'); END;
--> statement-breakpoint
CREATE TRIGGER member_last_owner_update BEFORE UPDATE ON member
WHEN old.role = 'owner' AND (new.role <> 'owner' OR new.organization_id <> old.organization_id)
  AND NOT EXISTS (SELECT 1 FROM member WHERE organization_id = old.organization_id AND role = 'owner' AND id <> old.id)
BEGIN SELECT RAISE(ABORT, 'freehold:last_owner'); END;
--> statement-breakpoint
CREATE TRIGGER user_last_operator_delete BEFORE DELETE ON user
WHEN old.role = 'operator' AND NOT EXISTS (SELECT 1 FROM user WHERE role = 'operator' AND id <> old.id)
BEGIN SELECT RAISE(ABORT, 'freehold:last_operator'); END;
--> statement-breakpoint
CREATE TRIGGER user_last_operator_update BEFORE UPDATE OF role ON user
WHEN old.role = 'operator' AND new.role <> 'operator'
  AND NOT EXISTS (SELECT 1 FROM user WHERE role = 'operator' AND id <> old.id)
BEGIN SELECT RAISE(ABORT, 'freehold:last_operator'); END;
--> statement-breakpoint
-- A pending invitation is accepted once, in time, by its own address, proven by mail unless the link was handed over.
CREATE TRIGGER invitation_accept BEFORE UPDATE OF status ON invitation
WHEN new.status = 'accepted' AND (
  old.status <> 'pending'
  OR old.expires_at <= unixepoch('subsec') * 1000
  OR NOT EXISTS (
    SELECT 1 FROM user
    WHERE id = new.accepted_by AND email = old.email AND (email_verified = 1 OR old.delivery = 'link')
  )
)
BEGIN SELECT RAISE(ABORT, 'freehold:invitation'); END;
--> statement-breakpoint
CREATE TRIGGER invitation_final BEFORE UPDATE OF status ON invitation
WHEN old.status <> 'pending' AND new.status <> old.status
BEGIN SELECT RAISE(ABORT, 'freehold:invitation'); END;
--> statement-breakpoint
CREATE TRIGGER environment_default_delete BEFORE DELETE ON sys_environment
WHEN old.is_default = 1
BEGIN SELECT RAISE(ABORT, 'freehold:default_environment'); END;
--> statement-breakpoint
CREATE TRIGGER environment_protected_delete BEFORE DELETE ON sys_environment
WHEN old.is_protected = 1
BEGIN SELECT RAISE(ABORT, 'freehold:protected_environment'); END;
--> statement-breakpoint
CREATE TRIGGER environment_identity BEFORE UPDATE OF id, organization_id, slug ON sys_environment
WHEN new.id <> old.id OR new.organization_id <> old.organization_id OR new.slug <> old.slug
BEGIN SELECT RAISE(ABORT, 'freehold:immutable'); END;
--> statement-breakpoint
CREATE TRIGGER environment_database_name BEFORE UPDATE OF database_name, environment_id ON sys_environment_database
WHEN new.database_name <> old.database_name OR new.environment_id <> old.environment_id
BEGIN SELECT RAISE(ABORT, 'freehold:immutable'); END;
--> statement-breakpoint
-- Only the edges of the state machine; `deleting` has no way back.
CREATE TRIGGER environment_status_edge BEFORE UPDATE OF status ON sys_environment
WHEN new.status <> old.status AND NOT (
  (old.status = 'provisioning' AND new.status IN ('active', 'failed'))
  OR (old.status = 'failed' AND new.status IN ('provisioning', 'deleting'))
  OR (old.status = 'active' AND new.status IN ('suspended', 'archived', 'moving', 'deleting'))
  OR (old.status = 'suspended' AND new.status IN ('active', 'archived', 'deleting'))
  OR (old.status = 'archived' AND new.status IN ('active', 'deleting'))
  OR (old.status = 'moving' AND new.status = 'active')
)
BEGIN SELECT RAISE(ABORT, 'freehold:status_edge'); END;
--> statement-breakpoint
CREATE TRIGGER audit_entry_append BEFORE INSERT ON sys_audit_entry
WHEN new.seq <> coalesce((SELECT max(seq) FROM sys_audit_entry WHERE chain = new.chain), 0) + 1
BEGIN SELECT RAISE(ABORT, 'freehold:audit_gap'); END;
--> statement-breakpoint
CREATE TRIGGER audit_entry_update BEFORE UPDATE ON sys_audit_entry
BEGIN SELECT RAISE(ABORT, 'freehold:audit_immutable'); END;
--> statement-breakpoint
CREATE TRIGGER audit_entry_delete BEFORE DELETE ON sys_audit_entry
BEGIN SELECT RAISE(ABORT, 'freehold:audit_immutable'); END;
