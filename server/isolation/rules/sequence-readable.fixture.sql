-- object: {schema:o}.tickets
-- breaks
create sequence {schema}.tickets; grant select, usage on sequence {schema}.tickets to {app};
-- holds
create sequence {schema}.tickets; grant usage on sequence {schema}.tickets to {app};
