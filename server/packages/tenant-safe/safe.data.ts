/** A package as its team writes it, and what becomes of it in a pool. */
export interface SafeCase {
  title: string;
  migrations: string[];
  reference?: string[];
  /** Lines that the pool's catalog must show. */
  has: string[];
}

const parent = "create table a (id uuid primary key, n integer, t text);";

export const safe: SafeCase[] = [
  {
    title: "a primary and a unique key",
    migrations: [
      "create table a (id uuid primary key, email text unique, m integer, n integer, unique (m, n) include (email));",
    ],
    has: [
      "a_pkey PRIMARY KEY (tenant_id, id)",
      "a_email_key UNIQUE (tenant_id, email)",
      "a_m_n_email_key UNIQUE (tenant_id, m, n) INCLUDE (email)",
    ],
  },
  {
    title: "keys with everything that a key can say",
    migrations: [
      `create table a (id uuid primary key deferrable initially deferred, "Odd Name" text, n integer,
        constraint "odd (key" unique nulls not distinct ("Odd Name"), constraint later unique (n) deferrable);`,
    ],
    has: [
      "a_pkey PRIMARY KEY (tenant_id, id) DEFERRABLE INITIALLY DEFERRED",
      'odd (key UNIQUE NULLS NOT DISTINCT (tenant_id, "Odd Name")',
      "later UNIQUE (tenant_id, n) DEFERRABLE",
    ],
  },
  {
    title: "foreign keys with every action",
    migrations: [
      `${parent}
      create table b (id uuid primary key, self uuid references b, a1 uuid references a on delete cascade on update cascade,
        a2 uuid references a on delete set null, a3 uuid default null references a on delete set default,
        a4 uuid references a match full deferrable initially deferred, a5 uuid references a on delete restrict);
      alter table b add constraint unchecked foreign key (a1) references a not valid;`,
    ],
    has: [
      "b_self_fkey FOREIGN KEY (tenant_id, self) REFERENCES p.b(tenant_id, id)",
      "b_a1_fkey FOREIGN KEY (tenant_id, a1) REFERENCES p.a(tenant_id, id) ON UPDATE CASCADE ON DELETE CASCADE",
      "b_a2_fkey FOREIGN KEY (tenant_id, a2) REFERENCES p.a(tenant_id, id) ON DELETE SET NULL (a2)",
      "b_a3_fkey FOREIGN KEY (tenant_id, a3) REFERENCES p.a(tenant_id, id) ON DELETE SET DEFAULT (a3)",
      "b_a4_fkey FOREIGN KEY (tenant_id, a4) REFERENCES p.a(tenant_id, id) DEFERRABLE INITIALLY DEFERRED",
      "b_a5_fkey FOREIGN KEY (tenant_id, a5) REFERENCES p.a(tenant_id, id) ON DELETE RESTRICT",
      "unchecked FOREIGN KEY (tenant_id, a1) REFERENCES p.a(tenant_id, id) NOT VALID",
    ],
  },
  {
    title: "a foreign key over several columns that sets some of them",
    migrations: [
      `create table a (x integer, y integer, primary key (x, y));
      create table b (id integer primary key, x integer, y integer, foreign key (x, y) references a on delete set null (y));`,
    ],
    has: ["b_x_y_fkey FOREIGN KEY (tenant_id, x, y) REFERENCES p.a(tenant_id, x, y) ON DELETE SET NULL (y)"],
  },
  {
    title: "tables that point at each other",
    migrations: [
      `create table a (id integer primary key, b integer);
      create table b (id integer primary key, a integer references a);
      alter table a add foreign key (b) references b deferrable;`,
    ],
    has: [
      "a_b_fkey FOREIGN KEY (tenant_id, b) REFERENCES p.b(tenant_id, id) DEFERRABLE",
      "b_a_fkey FOREIGN KEY (tenant_id, a) REFERENCES p.a(tenant_id, id)",
    ],
  },
  {
    title: "an exclusion constraint",
    migrations: [
      "create table a (id integer primary key, room integer, during tsrange, exclude using gist (during with &&) where (room > 0));",
    ],
    has: ["a_during_excl EXCLUDE USING gist (tenant_id WITH =, during WITH &&) WHERE ((room > 0))"],
  },
  {
    title: "indexes of every shape",
    migrations: [
      `create table a (id uuid primary key, t text, n integer, j jsonb, during tsrange);
      create index plain on a (t);
      create index pattern on a (t text_pattern_ops, n desc nulls last) include (id);
      create index lowered on a (lower(t)) where n > 3;
      create unique index one_null on a (n) nulls not distinct;
      create index "odd USING btree (" on a (t);
      create index inside on a using gin (j);
      create index overlap on a using gist (during);
      create index hashed on a using hash (t);
      create index ranges on a using brin (n);`,
    ],
    has: [
      "CREATE INDEX plain ON p.a USING btree (tenant_id, t)",
      "CREATE INDEX pattern ON p.a USING btree (tenant_id, t text_pattern_ops, n DESC NULLS LAST) INCLUDE (id)",
      "CREATE INDEX lowered ON p.a USING btree (tenant_id, lower(t)) WHERE (n > 3)",
      "CREATE UNIQUE INDEX one_null ON p.a USING btree (tenant_id, n) NULLS NOT DISTINCT",
      'CREATE INDEX "odd USING btree (" ON p.a USING btree (tenant_id, t)',
      "CREATE INDEX inside ON p.a USING gin (j)",
      "CREATE INDEX overlap ON p.a USING gist (during)",
      "CREATE INDEX hashed ON p.a USING hash (t)",
      "CREATE INDEX ranges ON p.a USING brin (n)",
    ],
  },
  {
    title: "the newest rows, once",
    migrations: [
      `create table a (id uuid primary key, created_at timestamptz not null default now());
      create table b (id uuid primary key, created_at timestamptz not null default now());
      create index b_newest on b (created_at desc);`,
    ],
    has: [
      "CREATE INDEX a_tenant_id_created_at_idx ON p.a USING btree (tenant_id, created_at)",
      "CREATE INDEX b_newest ON p.b USING btree (tenant_id, created_at DESC)",
    ],
  },
  {
    title: "partitions, and one that comes later",
    migrations: [
      `create table a (id bigint generated always as identity, at date not null, w text, primary key (id, at)) partition by range (at);
      create table a_1 partition of a for values from ('2026-01-01') to ('2027-01-01');
      create index a_w on a (w);
      create table b (id integer primary key, a_id bigint, a_at date, foreign key (a_id, a_at) references a);`,
      "create table a_2 partition of a for values from ('2027-01-01') to ('2028-01-01');",
    ],
    has: [
      "a_pkey PRIMARY KEY (tenant_id, id, at)",
      "a_1_pkey PRIMARY KEY (tenant_id, id, at)",
      "a_2_pkey PRIMARY KEY (tenant_id, id, at)",
      "CREATE INDEX a_2_tenant_id_w_idx ON p.a_2 USING btree (tenant_id, w)",
      "b_a_id_a_at_fkey FOREIGN KEY (tenant_id, a_id, a_at) REFERENCES p.a(tenant_id, id, at)",
    ],
  },
  {
    title: "views on views, functions, triggers, types",
    migrations: [
      `create type mood as enum ('good', 'bad');
      create domain short as text check (length(value) < 9);
      create table a (id bigserial primary key, m mood not null default 'good', s short, n integer check (n > 0),
        up text generated always as (upper(s)) stored, o integer generated by default as identity);
      create view v as select id, s from a where m = 'good';
      create view w as select count(*) as n from v;
      create function bump() returns trigger language plpgsql as 'begin new.n := coalesce(new.n, 0) + 1; return new; end';
      create trigger bumped before insert on a for each row execute function bump();`,
    ],
    has: [
      "a_pkey PRIMARY KEY (tenant_id, id)",
      "view v: security_invoker=true",
      "view w: security_invoker=true",
    ],
  },
  {
    title: "functions that work on rows in every way",
    migrations: [
      `create table a (id integer primary key, n integer, t text);
      create function f(x a, rest text[] default '{set_config}') returns setof a language plpgsql as $$
        declare comment text; r a%rowtype; t a.t%type := 'execute'; c cursor (k integer) for select * from a where id = k; begin
        -- execute 'reset all'
        open c(1); fetch c into r; close c; for r in select * from a loop return next r; end loop;
        r.n := 2; comment := case when r.n > 1 then comment else comment end; with z as (select 1) insert into a values (1, 2, t) on conflict on constraint a_pkey do update set n = 1;
        perform pg_notify('x', t); notify x; return query select * from a where n = 1;
        exception when unique_violation then raise notice '%', sqlerrm; end $$;
      create function g(inout x integer, out y text) language sql begin atomic select g.x, t from a where id = g.x; end;
      create function h(x integer) returns text language sql return h.x::text;
      create procedure k() language plpgsql as $$ begin call k(); end $$;`,
    ],
    has: ["a_pkey PRIMARY KEY (tenant_id, id)"],
  },
  {
    title: "a reference table with rows, pointed at by tenants",
    reference: ["levels"],
    migrations: [
      `create table levels (code text primary key, label text unique);
      insert into levels values ('1', 'one'), ('2', 'two');
      create table a (id integer primary key, level text references levels);`,
      "insert into levels values ('3', 'three');",
    ],
    has: [
      "levels_pkey PRIMARY KEY (code)",
      "a_level_fkey FOREIGN KEY (level) REFERENCES p.levels(code)",
      "a_pkey PRIMARY KEY (tenant_id, id)",
    ],
  },
  {
    title: "new keys and columns for tables that have rows of several tenants",
    migrations: [
      `${parent} create table b (id uuid primary key, a_id uuid);`,
      `create table c (id uuid primary key, a_id uuid not null references a (id) on delete cascade, b_id uuid references p.b (id));
      alter table b add constraint b_a foreign key (a_id) references a (id);
      alter table a add column code text;
      update a set code = t;
      alter table a add constraint a_code unique (code);
      create unique index a_lower on a (lower(t));
      alter table a add column boss uuid references a (id) on delete set null;
      alter table a rename column n to number;
      create index a_number on a (number);`,
    ],
    has: [
      "c_a_id_fkey FOREIGN KEY (tenant_id, a_id) REFERENCES p.a(tenant_id, id) ON DELETE CASCADE",
      "c_b_id_fkey FOREIGN KEY (tenant_id, b_id) REFERENCES p.b(tenant_id, id)",
      "b_a FOREIGN KEY (tenant_id, a_id) REFERENCES p.a(tenant_id, id)",
      "a_code UNIQUE (tenant_id, code)",
      "a_boss_fkey FOREIGN KEY (tenant_id, boss) REFERENCES p.a(tenant_id, id) ON DELETE SET NULL (boss)",
      "CREATE UNIQUE INDEX a_lower ON p.a USING btree (tenant_id, lower(t))",
      "CREATE INDEX a_number ON p.a USING btree (tenant_id, number)",
    ],
  },
  {
    title: "a table that is dropped, and one that is renamed",
    migrations: [
      `${parent} create table b (id uuid primary key);`,
      "drop table b; alter table a rename to d;",
    ],
    has: ["a_pkey PRIMARY KEY (tenant_id, id)"],
  },
  {
    title: "a key that an older table with quotes in its names gets",
    migrations: [
      `create table "a ""b"" c" ("i ""d" integer primary key);`,
      `create table d (id integer primary key, r integer references "a ""b"" c" ("i ""d"));`,
    ],
    has: [`d_r_fkey FOREIGN KEY (tenant_id, r) REFERENCES p."a ""b"" c"(tenant_id, "i ""d")`],
  },
  {
    title: "a partition that is made apart and attached",
    migrations: [
      `create table a (id bigint not null, at date not null, primary key (id, at)) partition by range (at);`,
      `create table a_1 (id bigint not null, at date not null, primary key (id, at));
      alter table a attach partition a_1 for values from ('2026-01-01') to ('2027-01-01');`,
    ],
    has: ["a_1_pkey PRIMARY KEY (tenant_id, id, at)"],
  },
];
