/** A package that a pool does not take. Of several migrations, the last one is at fault. */
export interface RefusedCase {
  title: string;
  migrations: string[];
  reference?: string[];
  /** What the refusal must say. */
  says: string;
}

const parent = "create table a (id uuid primary key, n integer, t text);";

export const refused: RefusedCase[] = [
  {
    title: "a table without a primary key",
    migrations: ["create table a (n integer);"],
    says: "p.a: a table needs a primary key",
  },
  {
    title: "a materialized view",
    migrations: [`${parent} create materialized view m as select 1 as one;`],
    says: "p.m: a materialized view cannot tell tenants apart",
  },
  {
    title: "inheritance",
    migrations: [`${parent} create table b (primary key (id)) inherits (a);`],
    says: "p.b: a table that inherits",
  },
  {
    title: "an unlogged table",
    migrations: ["create unlogged table a (id integer primary key);"],
    says: "p.a: an unlogged table is empty after a crash",
  },
  {
    title: "a rule",
    migrations: [`${parent} create rule r as on insert to a do also notify x;`],
    says: "p.a: a rule rewrites statements",
  },
  {
    title: "a policy of its own",
    migrations: [`${parent} create policy mine on a using (true);`],
    says: "p.a: policies are for Freehold to write",
  },
  {
    title: "a column tenant_id",
    migrations: ["create table a (id integer primary key, tenant_id uuid);"],
    says: "p.a: the column tenant_id is for Freehold to add",
  },
  {
    title: "a function that acts as its owner",
    migrations: [
      `${parent} create function f() returns integer language sql security definer as 'select 1';`,
    ],
    says: "p.f: a function with SECURITY DEFINER",
  },
  {
    title: "a reference table that points at rows of tenants",
    reference: ["b"],
    migrations: [`${parent} create table b (id integer primary key, a_id uuid references a);`],
    says: "p.b: a reference table cannot point at rows of tenants",
  },
  {
    title: "MATCH FULL over two columns",
    migrations: [
      `create table a (x integer, y integer, primary key (x, y));
      create table b (id integer primary key, x integer, y integer, foreign key (x, y) references a match full);`,
    ],
    says: "MATCH FULL over several columns",
  },
  {
    title: "ON UPDATE SET NULL",
    migrations: [
      `${parent} create table b (id integer primary key, a uuid references a on update set null);`,
    ],
    says: "ON UPDATE SET NULL",
  },
  {
    title: "an exclusion constraint by hash",
    migrations: ["create table a (id integer primary key, n integer, exclude using hash (n with =));"],
    says: "an exclusion constraint must use gist or btree",
  },
  {
    title: "rows that every tenant would start with",
    migrations: [`${parent} insert into a values (gen_random_uuid(), 1, 'x');`],
    says: "rows that every tenant starts with",
  },
  {
    title: "a view that leans on a primary key",
    migrations: [`${parent} create view v as select id, t, count(*) from a group by id;`],
    says: "group by every column that it selects",
  },
  {
    title: "a foreign key to an older table that names no columns",
    migrations: [parent, "create table b (id integer primary key, a_id uuid references a);"],
    says: "names the columns that it points at",
  },
  {
    title: "a table of tenants that becomes a reference table",
    reference: ["a"],
    migrations: [parent, "create table b (id integer primary key);"],
    says: "a table of tenants cannot become a reference table",
  },
  {
    title: "dropping the tenant",
    migrations: [parent, "alter table a drop column tenant_id cascade;"],
    says: "p.a: a table needs a primary key",
  },
  {
    title: "renaming the tenant",
    migrations: [parent, "alter table a rename column tenant_id to other;"],
    says: "p.a: its column tenant_id is gone",
  },
  {
    title: "a schema of its own beside the package's",
    migrations: [`${parent} create schema other;`],
    says: "permission denied",
  },
  {
    title: "a statement that ends the transaction",
    migrations: ["/* a /* nested */ comment */ -- and\n; -- or\rcommit;"],
    says: "must not end the transaction",
  },
  {
    title: "becoming somebody else",
    migrations: ["set session authorization pg_monitor;"],
    says: "permission denied",
  },
  {
    title: "a column whose type is the row of another table",
    migrations: [`${parent} create table b (id uuid primary key, was a);`],
    says: 'p.a: cannot alter table "a" because column "b.was" uses its row type',
  },
  {
    title: "a table that is made of a type",
    migrations: ["create type t as (id integer, n integer); create table a of t (primary key (id));"],
    says: "p.a: cannot add column to typed table",
  },
  {
    title: "a function that runs a text",
    migrations: [
      `create function f() returns void language plpgsql as $$ begin execute 'reset all'; end $$;`,
    ],
    says: "EXECUTE",
  },
  {
    title: "a function that loops over a text's rows",
    migrations: [
      `create function f() returns void language plpgsql as $$ declare r record; begin for r in execute 'listen x' loop null; end loop; end $$;`,
    ],
    says: "EXECUTE",
  },
  {
    title: "a function that returns a text's rows",
    migrations: [
      `create function f() returns setof integer language plpgsql as $$ begin return query execute 'fetch c'; end $$;`,
    ],
    says: "EXECUTE",
  },
  {
    title: "a function that opens a cursor for a text",
    migrations: [
      `create function f() returns void language plpgsql as $$ declare q refcursor; begin if true then open q for execute 'show all'; end if; end $$;`,
    ],
    says: "EXECUTE",
  },
  {
    title: "a function that sets the session",
    migrations: [`create function f() returns void language plpgsql as $$ begin reset all; end $$;`],
    says: "(RESET)",
  },
  {
    title: "a function in SQL that sets the session",
    migrations: ["create function f() returns void language sql as 'reset all';"],
    says: "(VARIABLESET)",
  },
  {
    title: "a function that changes a setting by a function",
    migrations: [
      `create function f() returns text language sql as $$ select "set_config"('timezone', '1', false) $$;`,
    ],
    says: "set_config",
  },
  {
    title: "a function whose body is no text and changes a setting",
    migrations: [`create function f() returns text return pg_catalog.set_config('timezone', '1', false);`],
    says: "set_config",
  },
  {
    title: "a function that hides the name of what it calls",
    migrations: [
      `create function f() returns text language plpgsql as $$ begin return U&"\\0073et_config"('timezone', '1', false); end $$;`,
    ],
    says: "set_config",
  },
  {
    title: "a function that assigns what a setting becomes",
    migrations: [
      `create function f() returns trigger language plpgsql as $$ begin new.n[1] := set_config('timezone', '1', false); return new; end $$;`,
    ],
    says: "set_config",
  },
  {
    title: "a procedure that runs a block of code",
    migrations: [
      `create procedure f() language plpgsql as $$ begin if false then null; else do 'begin reset all; end'; end if; end $$;`,
    ],
    says: "(DO)",
  },
  {
    title: "a function that listens",
    migrations: [
      `create function f() returns void language plpgsql as $$ begin null; exception when others then listen x; end $$;`,
    ],
    says: "(LISTEN)",
  },
  {
    title: "an aggregate that changes a setting",
    migrations: [
      `create aggregate f(text, boolean) (sfunc = set_config, stype = text, initcond = 'timezone');`,
    ],
    says: "p.f(text,boolean): A function of a package",
  },
  {
    title: "a function that hides what it runs behind comments, labels and cases",
    migrations: [
      `create function f() returns void language plpgsql as $$ declare comment text := 'x'; begin
        comment := case when true then comment else comment end; comment.a = 1; <<set>> /* a */ set /* b */ timezone = 1; end $$;`,
    ],
    says: "(SET)",
  },
];
