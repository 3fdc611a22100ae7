/** Where a command writes: results on stdout, progress and reasons on stderr; `json` asks for the machine form. */
export type CliIo = {
  stdout(text: string): void
  stderr(text: string): void
  json: boolean
}
