import { type Kysely, sql } from 'kysely'

/** The first schema. Frozen: never edited once released, a change is a new numbered file. */
export async function up(db: Kysely<unknown>, engine: 'sqlite' | 'postgres'): Promise<void> {
  const strict = engine === 'sqlite' ? ' strict' : ''
  const big = engine === 'sqlite' ? 'integer' : 'bigint'
  const table = (name: string, columns: string) =>
    sql.raw(`create table ${name} (${columns})${strict}`).execute(db)
  const index = (name: string, on: string) => sql.raw(`create index ${name} on ${on}`).execute(db)
  const tenant = 'authority_id text not null references authority (id)'
  const aggregate = 'version integer not null default 1 check (version > 0), data text not null'

  await table(
    'authority',
    `id text primary key, siren text not null unique, name text not null, ${aggregate}`,
  )
  await table('body', `id text primary key, ${tenant}, kind text not null, name text not null, ${aggregate}`)
  await index('body_authority', 'body (authority_id)')
  await table(
    'councillor',
    `id text primary key, ${tenant}, rank integer not null, last_name text not null, first_name text not null,
     ${aggregate}`,
  )
  await index('councillor_authority', 'councillor (authority_id, rank)')
  await table(
    'user_account',
    `id text primary key, ${tenant}, login text not null unique, password_hash text not null,
     display_name text not null, roles text not null, councillor_id text references councillor (id),
     disabled integer not null default 0 check (disabled in (0, 1)), created_at text not null, ${aggregate}`,
  )
  await index('user_account_authority', 'user_account (authority_id)')
  await index('user_account_councillor', 'user_account (councillor_id)')
  await table(
    'web_session',
    `id_hash text primary key, user_id text not null references user_account (id) on delete cascade,
     created_at text not null, last_seen_at text not null, expires_at text not null, user_agent text not null`,
  )
  await index('web_session_user', 'web_session (user_id)')
  await index('web_session_expiry', 'web_session (expires_at)')
  await table(
    'sitting',
    `id text primary key, ${tenant}, body_id text not null references body (id), state text not null,
     starts_at text not null, ${aggregate}`,
  )
  await index('sitting_authority', 'sitting (authority_id, starts_at)')
  await index('sitting_body', 'sitting (body_id)')
  await table(
    'convocation_dispatch',
    `id text primary key, ${tenant}, sitting_id text not null references sitting (id),
     convocation_version integer not null, recipient_id text not null, channel text not null, state text not null,
     updated_at text not null, ${aggregate}, unique (sitting_id, convocation_version, recipient_id)`,
  )
  await index('convocation_dispatch_authority', 'convocation_dispatch (authority_id, state)')
  await index('convocation_dispatch_recipient', 'convocation_dispatch (recipient_id)')
  await table(
    'act',
    `id text primary key, ${tenant}, sitting_id text references sitting (id), item_id text, number text,
     nature text not null, decided_on text not null, signature_state text not null, state_track text not null,
     publicity_state text not null, ${aggregate}, unique (authority_id, number)`,
  )
  await index('act_sitting', 'act (sitting_id)')
  await index('act_item', 'act (item_id)')
  await index('act_decided', 'act (authority_id, decided_on)')
  await index('act_state_track', 'act (authority_id, state_track)')
  await table(
    'finance_file',
    `id text primary key, ${tenant}, kind text not null check (kind in ('pes', 'budget')), state text not null,
     sha256 text not null, ${aggregate}`,
  )
  await index('finance_file_authority', 'finance_file (authority_id, state)')
  await index('finance_file_sha256', 'finance_file (sha256)')
  await table(
    'signing_folder',
    `id text primary key, ${tenant}, act_id text references act (id),
     finance_file_id text references finance_file (id), state text not null, due_on text, ${aggregate}`,
  )
  await index('signing_folder_authority', 'signing_folder (authority_id, state, due_on)')
  await index('signing_folder_act', 'signing_folder (act_id)')
  await index('signing_folder_finance_file', 'signing_folder (finance_file_id)')
  await table(
    'transmission',
    `id text primary key, ${tenant}, act_id text references act (id),
     finance_file_id text references finance_file (id), channel text not null, state text not null,
     unique_key text not null, ${aggregate}, unique (authority_id, unique_key)`,
  )
  await index('transmission_authority', 'transmission (authority_id, state)')
  await index('transmission_act', 'transmission (act_id)')
  await index('transmission_finance_file', 'transmission (finance_file_id)')
  await table(
    'blob',
    `sha256 text primary key check (length(sha256) = 64), size ${big} not null, media_type text not null,
     created_at text not null`,
  )
  await table(
    'journal',
    `${tenant}, seq ${big} not null check (seq > 0), at text not null, actor_id text not null,
     actor_label text not null, capacity text not null, action text not null, subject_kind text not null,
     subject_id text not null, data text not null, previous_hash text not null, hash text not null,
     primary key (authority_id, seq), unique (authority_id, hash)`,
  )
  await index('journal_subject', 'journal (authority_id, subject_kind, subject_id)')
  await table(
    'job',
    `id text primary key, authority_id text references authority (id), kind text not null, unique_key text not null,
     payload text not null, state text not null check (state in ('queued', 'running', 'done', 'dead')),
     attempts integer not null default 0, run_at text not null, locked_until text, last_error text, result text,
     created_at text not null, finished_at text`,
  )
  // Two communes may use the same key; a job of the installation has no commune, and NULLs would all be distinct.
  await sql`create unique index job_unique_key on job (coalesce(authority_id, ''), unique_key)`.execute(db)
  await index('job_ready', 'job (state, run_at)')
  await table(
    'command_receipt',
    'command_id text primary key, user_id text not null, name text not null, at text not null, response text not null',
  )
  await index('command_receipt_at', 'command_receipt (at)')
  await table(
    'counter',
    `${tenant}, scheme text not null, period text not null, value ${big} not null,
     primary key (authority_id, scheme, period)`,
  )
  await table('setting', 'key text primary key, value text not null')

  await (engine === 'sqlite' ? freezeJournalSqlite(db) : freezeJournalPostgres(db))
}

async function freezeJournalSqlite(db: Kysely<unknown>): Promise<void> {
  const refuse = `begin select raise(abort, 'le journal ne se modifie pas'); end`
  await sql.raw(`create trigger journal_no_update before update on journal ${refuse}`).execute(db)
  await sql.raw(`create trigger journal_no_delete before delete on journal ${refuse}`).execute(db)
  // INSERT OR REPLACE deletes without firing delete triggers.
  await sql
    .raw(
      `create trigger journal_no_replace before insert on journal
       when exists (select 1 from journal where authority_id = new.authority_id
                    and (seq >= new.seq or hash = new.hash)) ${refuse}`,
    )
    .execute(db)
}

async function freezeJournalPostgres(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create function journal_refuse() returns trigger language plpgsql as
       $$ begin raise exception 'le journal ne se modifie pas'; end $$`,
    )
    .execute(db)
  await sql
    .raw(
      `create trigger journal_no_change before update or delete or truncate on journal
       for each statement execute function journal_refuse()`,
    )
    .execute(db)
}
