-- object: quiet on {students}
-- breaks
create rule quiet as on delete to {students} where old.email = 'keep' do instead nothing;
-- holds
create rule quiet as on delete to {grades} do instead nothing;
