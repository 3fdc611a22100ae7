import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { createTypstCompiler, type TypstCompiler } from '@myriaddreamin/typst.ts/compiler'
import { loadFonts, withAccessModel, withPackageRegistry } from '@myriaddreamin/typst.ts/options.init'

// Runs in a thread of its own (see typesetter.ts): laying out is synchronous, and its memory only comes back with the thread.

/** What the thread is asked: the template to lay out, its inputs, the pictures it may read. */
export type TypesetJob = {
  templates: string[]
  main: string
  inputs: Record<string, string>
  label: string
  images: { name: string; bytes: Uint8Array }[]
}

/** What it answers: the tagged PDF and the metadata that was asked for, or why it could not be laid out. */
export type TypesetAnswer =
  | { ok: true; pdf: Uint8Array; found: unknown[] }
  | { ok: false; diagnostics: string[] }

const fontFolder = '@expo-google-fonts/source-serif-4'
const fontFaces = ['400Regular', '400Regular_Italic', '600SemiBold', '600SemiBold_Italic']
const templateRoot = new URL('./typst/', import.meta.url)

const readFonts = (): Uint8Array[] =>
  fontFaces.map((face) => {
    const url = import.meta.resolve(`${fontFolder}/${face}/SourceSerif4_${face}.ttf`)
    return new Uint8Array(readFileSync(fileURLToPath(url)))
  })

// Nothing is ever fetched: no default font, no package of the Typst universe, no file outside what we add.
const nowhere = {
  insertFile: () => {},
  removeFile: () => {},
  getMTime: () => undefined,
  isFile: () => false,
  getRealPath: () => undefined,
  readAll: () => undefined,
}

async function startCompiler(): Promise<TypstCompiler> {
  const compiler = createTypstCompiler()
  await compiler.init({
    beforeBuild: [
      withAccessModel(nowhere),
      withPackageRegistry({ resolve: () => undefined }),
      loadFonts(readFonts(), { assets: false }),
    ],
  })
  return compiler
}

const starting = startCompiler()
const known = new Set<string>()

async function typeset(job: TypesetJob): Promise<TypesetAnswer> {
  const compiler = await starting
  for (const path of job.templates) {
    if (!known.has(path)) compiler.addSource(`/${path}`, readFileSync(new URL(path, templateRoot), 'utf8'))
    known.add(path)
  }
  for (const image of job.images) compiler.mapShadow(`/images/${image.name}`, image.bytes)
  try {
    return await compiler.runWithWorld(
      { mainFilePath: `/${job.main}`, inputs: job.inputs },
      async (world) => {
        const compiled = await world.compile({ diagnostics: 'unix' })
        if (compiled.hasError) return refused(compiled.diagnostics)
        const { label } = job
        const found =
          label === '' ? [] : await world.query<unknown[]>({ selector: `<${label}>`, field: 'value' })
        const made = await world.pdf({ diagnostics: 'unix' })
        return made.result ? { ok: true, pdf: made.result, found } : refused(made.diagnostics)
      },
    )
  } finally {
    for (const image of job.images) compiler.unmapShadow(`/images/${image.name}`)
  }
}

const refused = (diagnostics: readonly unknown[] = []): TypesetAnswer => ({
  ok: false,
  diagnostics: diagnostics.map(String),
})

parentPort?.on('message', (job: TypesetJob) => {
  typeset(job)
    .catch((error: unknown) => refused([error]))
    .then((answer) => parentPort?.postMessage(answer))
})
