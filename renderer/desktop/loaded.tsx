import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { troubleOf } from '../data/hub.ts'
import { frameText } from '../text/frame.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

interface LoadedProps<T> {
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
}

/** Draws what was asked for; until then says that it comes, and when it can't come, why and what to do. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isPending)
    return (
      <p className="soft" role="status">
        {frameText.pageWait}
      </p>
    )
  return (
    <Notice
      kind="danger"
      title={troubleOf(query.error).message}
      live
      actions={<Button onPress={() => void query.refetch()}>{frameText.retry}</Button>}
    />
  )
}
