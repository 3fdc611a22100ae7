import { cpSync, createReadStream, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const root = import.meta.dirname
const pdfjs = path.join(root, 'node_modules/pdfjs-dist')
const pdfjsFolders = ['cmaps', 'standard_fonts', 'wasm', 'iccs']

/** The tables, fonts and decoders that PDF.js fetches while reading, served by us under /pdfjs: no outside host. */
const pdfjsAssets: Plugin = {
  name: 'pdfjs-assets',
  writeBundle(output) {
    for (const folder of pdfjsFolders)
      cpSync(path.join(pdfjs, folder), path.join(output.dir ?? root, 'pdfjs', folder), { recursive: true })
  },
  configureServer(server) {
    server.middlewares.use('/pdfjs', (request, response, next) => {
      const file = path.join(pdfjs, path.normalize(decodeURIComponent(request.url?.split('?')[0] ?? '/')))
      const served = pdfjsFolders.some((folder) => file.startsWith(path.join(pdfjs, folder) + path.sep))
      if (!served || !existsSync(file) || !statSync(file).isFile()) return next()
      createReadStream(file).pipe(response)
    })
  },
}

export default defineConfig({
  root: path.join(root, 'renderer'),
  cacheDir: path.join(root, '.cache/vite'),
  plugins: [react(), pdfjsAssets],
  worker: { format: 'es' },
  build: {
    outDir: path.join(root, 'dist/renderer'),
    emptyOutDir: true,
    sourcemap: true,
    // the Electron that tests use is Chromium 114; older tablets of councillors stop at Safari 16.4
    target: ['chrome114', 'safari16.4'],
    rolldownOptions: {
      input: {
        desktop: path.join(root, 'renderer/index.html'),
        tablet: path.join(root, 'renderer/tablet/index.html'),
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: process.env['ECHARPE_HUB_URL'] ?? 'http://127.0.0.1:4280' } },
  },
})
