import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Refusal } from '../core/refusal.ts'

const Config = z.object({
  host: z.string(),
  port: z.coerce.number().int().min(0).max(65_535),
  dataDir: z.string(),
  databaseUrl: z.string().optional(),
  /** Address people type, when a proxy gives HTTPS; makes cookies `Secure` with the `__Host-` prefix. */
  publicUrl: z.url().optional(),
  schemasDir: z.string().optional(),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']),
  uiDir: z.string(),
  tsaUrls: z.array(z.url()),
  smtpUrl: z.string().optional(),
})
export type Config = z.infer<typeof Config>

const expected: Readonly<Record<string, string>> = {
  port: 'donnez un nombre de 0 à 65535',
  publicUrl: 'donnez une adresse complète, comme https://conseil.ville.fr',
  tsaUrls: 'donnez des adresses complètes, séparées par des virgules',
  logLevel: 'choisissez fatal, error, warn, info, debug ou silent',
}

/** The hub's settings, read once from the command line and the environment. Throws a French `Refusal`. */
export function readConfig(argv: string[], env: NodeJS.ProcessEnv, root: string): Config {
  let values: Record<string, string | undefined>
  try {
    values = parseArgs({
      args: argv,
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        'database-url': { type: 'string' },
        'public-url': { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new Refusal(
      'USAGE',
      `${/'(--?[^' ]*)/.exec((error as Error).message)?.[1] ?? 'Cet argument'} n’est pas une option du serveur, ou il lui manque une valeur. Options : --host, --port, --data, --database-url, --public-url.`,
    )
  }
  const parsed = Config.safeParse({
    host: values['host'] ?? env['ECHARPE_HOST'] ?? '127.0.0.1',
    port: values['port'] ?? env['ECHARPE_PORT'] ?? '4280',
    dataDir: path.resolve(values['data'] ?? env['ECHARPE_DATA'] ?? path.join(root, 'donnees')),
    databaseUrl: values['database-url'] ?? env['ECHARPE_DATABASE_URL'],
    publicUrl: values['public-url'] ?? env['ECHARPE_PUBLIC_URL'],
    schemasDir: env['ECHARPE_SCHEMAS'],
    logLevel: env['ECHARPE_LOG'] ?? 'warn',
    uiDir: env['ECHARPE_UI'] ?? path.join(root, 'dist/renderer'),
    tsaUrls: (env['ECHARPE_TSA'] ?? '')
      .split(',')
      .map((u) => u.trim())
      .filter(Boolean),
    smtpUrl: env['ECHARPE_SMTP'],
  })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Refusal(
    'CONFIG',
    `Le réglage « ${issue?.path.join('.') ?? ''} » n’a pas une valeur valable : ${expected[String(issue?.path[0])] ?? 'vérifiez-le'}. Options : --host, --port, --data, --database-url, --public-url.`,
  )
}
