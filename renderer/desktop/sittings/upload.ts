import { HubError, urlOf } from '../../../contracts/client.ts'
import { ErrorBody } from '../../../contracts/errors.ts'

export interface AnnexToSend {
  file: File
  title: string
  confidential: boolean
  toPublish: boolean
  pieceCode: string
}

/**
 * Sends one annex and tells how many of its bytes have left; `fetch` can't say it, hence this older request.
 * Rejects with the hub's `HubError`, or with a plain error when the hub can't be reached.
 */
export function sendAnnex(
  place: { id: string; itemId: string },
  annex: AnnexToSend,
  onProgress: (sent: number, total: number) => void,
): Promise<void> {
  const form = new FormData()
  // Fields first: the hub reads them before the bytes.
  form.append('title', annex.title)
  form.append('confidential', String(annex.confidential))
  form.append('toPublish', String(annex.toPublish))
  form.append('pieceCode', annex.pieceCode)
  form.append('file', annex.file, annex.file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', urlOf('annexAdd', { params: place }))
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('idempotency-key', crypto.randomUUID())
    request.upload.onprogress = (e) => onProgress(e.loaded, e.total)
    request.onerror = () => reject(new Error('unreachable'))
    request.onload = () => {
      if (request.status < 300) return resolve()
      let body: unknown = null
      try {
        body = JSON.parse(request.responseText)
      } catch {
        // not our hub's answer: said as unreachable
      }
      const parsed = ErrorBody.safeParse(body)
      reject(parsed.success ? new HubError(request.status, parsed.data) : new Error('unreadable'))
    }
    request.send(form)
  })
}

/** A title proposed from a file's name: "2026-12_tableau_des_demandes.pdf" gives "2026-12 tableau des demandes". */
export const titleFromName = (name: string): string => {
  const words = name
    .replace(/\.pdf$/i, '')
    .replace(/_+/g, ' ')
    .trim()
  return words.charAt(0).toLocaleUpperCase('fr') + words.slice(1)
}
