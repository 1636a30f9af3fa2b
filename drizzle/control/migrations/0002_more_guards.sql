-- The first person of all is the operator, in the very statement that makes the account.
CREATE TRIGGER user_first_operator AFTER INSERT ON user
WHEN NOT EXISTS (SELECT 1 FROM user WHERE id <> new.id)
BEGIN UPDATE user SET role = 'operator' WHERE id = new.id; END;
--> statement-breakpoint
-- INSERT OR REPLACE would take an entry away without a word to the trigger on DELETE.
CREATE TRIGGER audit_entry_replace BEFORE INSERT ON sys_audit_entry
WHEN EXISTS (SELECT 1 FROM sys_audit_entry WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'freehold:audit_immutable'); END;
