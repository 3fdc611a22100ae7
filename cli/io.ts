/** Where a command writes: results on stdout, progress and reasons on stderr; `json` asks for the machine form. */
export type CliIo = {
  stdout(text: string): void
  stderr(text: string): void
  json: boolean
}

/** The streams of the process, or those given (tests). */
export const processIo = (asJson: boolean, output?: Omit<CliIo, 'json'>): CliIo => ({
  stdout: output?.stdout ?? ((text) => void process.stdout.write(text)),
  stderr: output?.stderr ?? ((text) => void process.stderr.write(text)),
  json: asJson,
})

/** A value as the machine form prints it, with its final line end. */
export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
