import type { ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components'

export interface TabItem {
  id: string
  label: string
  /** A figure beside the label: 2 annexes. */
  count?: number | undefined
  content: ReactNode
}

interface TabsProps {
  label: string
  items: readonly TabItem[]
  selected?: string | undefined
  onSelect?: ((id: string) => void) | undefined
}

/** Faces of the same thing, one visible at a time; arrows go from one to the next. */
export function Tabs({ label, items, selected, onSelect }: TabsProps) {
  return (
    <AriaTabs
      className="tabs"
      {...(selected !== undefined && { selectedKey: selected })}
      {...(onSelect && { onSelectionChange: (key: string | number) => onSelect(String(key)) })}
    >
      <TabList className="tab-list" aria-label={label}>
        {items.map((t) => (
          <Tab key={t.id} id={t.id} className="tab">
            {t.label}
            {t.count !== undefined && <span className="tab-count">{t.count}</span>}
          </Tab>
        ))}
      </TabList>
      {items.map((t) => (
        <TabPanel key={t.id} id={t.id} className="tab-panel">
          {t.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
