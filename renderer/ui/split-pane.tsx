import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { uiText } from '../text/ui.ts'
import { Button } from './button.tsx'

interface SplitPaneProps {
  list: ReactNode
  /** What the chosen row shows; nothing chosen leaves the list alone (or `placeholder`). */
  detail?: ReactNode
  placeholder?: ReactNode
  listLabel?: string | undefined
  detailLabel?: string | undefined
  /** On a narrow screen the detail covers the list; this brings the list back. */
  onBack?: (() => void) | undefined
  /** Share of the list: "narrow" for titles, "wide" for tables. */
  listSize?: 'narrow' | 'even' | 'wide' | undefined
  /** Takes the whole height of its place (which must have one): list and detail scroll alone. */
  fill?: boolean | undefined
}

/** List and detail side by side, each scrolling alone; one at a time where there is no room. */
export function SplitPane(props: SplitPaneProps) {
  const { list, detail, placeholder, listSize = 'even' } = props
  const pane = useRef<HTMLElement>(null)
  const open = Boolean(detail)
  useEffect(() => {
    if (open) pane.current?.scrollTo?.({ top: 0 })
  }, [open])
  return (
    <div
      className="split-pane"
      data-open={open || undefined}
      data-list={listSize}
      data-fill={props.fill || undefined}
    >
      <section
        className="split-list"
        tabIndex={props.fill ? 0 : undefined}
        aria-label={props.listLabel ?? uiText.split.list}
      >
        {list}
      </section>
      {(open || placeholder) && (
        <section className="split-detail" aria-label={props.detailLabel ?? uiText.split.detail} ref={pane}>
          {open && props.onBack && (
            <div className="split-back">
              <Button kind="bare" icon={ArrowLeft} onPress={props.onBack}>
                {uiText.split.back}
              </Button>
            </div>
          )}
          {open ? detail : placeholder}
        </section>
      )}
    </div>
  )
}
