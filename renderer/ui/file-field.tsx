import { FileText, Upload, X } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { uiText } from '../text/ui.ts'
import { Button } from './button.tsx'
import { FieldFrame, type FieldProps, useField } from './field.tsx'
import { fileSize } from './format.ts'

export interface ChosenFile {
  name: string
  size: number
}

interface FileFieldProps extends FieldProps {
  /** What is already chosen or sent; shown under the zone. */
  files?: readonly ChosenFile[] | undefined
  onFiles: (files: File[]) => void
  onRemove?: ((index: number) => void) | undefined
  accept?: string | undefined
  multiple?: boolean | undefined
}

/** Drop files on it, or choose them with the button. Checking their content is the screen's work. */
export function FileField(props: FileFieldProps) {
  const wiring = useField(props)
  const [over, setOver] = useState(false)
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const { multiple = false, files = [] } = props
  const take = (list: FileList | null) => {
    const chosen = [...(list ?? [])]
    if (chosen.length > 0) props.onFiles(multiple ? chosen : chosen.slice(0, 1))
    if (input.current) input.current.value = ''
  }
  return (
    <FieldFrame {...props} wiring={wiring}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a comfort; the file input inside does the same by keyboard */}
      <div
        className="drop-zone"
        data-over={over || undefined}
        onDragOver={(e) => {
          e.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(e) => {
          e.preventDefault()
          setOver(false)
          if (!props.disabled) take(e.dataTransfer.files)
        }}
      >
        <Upload className="icon" aria-hidden />
        <span className="soft">{multiple ? uiText.file.dropMany : uiText.file.drop}</span>
        <span className="file-button">
          <input
            {...wiring.control}
            ref={input}
            type="file"
            accept={props.accept}
            multiple={multiple}
            onChange={(e) => take(e.target.files)}
          />
          <span className="button" data-kind="quiet" aria-hidden>
            {multiple ? uiText.file.chooseMany : uiText.file.choose}
          </span>
        </span>
      </div>
      {files.length > 0 && (
        <ul className="file-list" id={listId} aria-label={uiText.file.chosen}>
          {files.map((f, i) => (
            <li key={`${f.name}-${f.size}`}>
              <FileText className="icon" aria-hidden />
              <span className="file-name">{f.name}</span>
              <span className="soft">{fileSize(f.size)}</span>
              {props.onRemove && (
                <Button kind="bare" icon={X} iconOnly onPress={() => props.onRemove?.(i)}>
                  {uiText.file.remove(f.name)}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </FieldFrame>
  )
}
