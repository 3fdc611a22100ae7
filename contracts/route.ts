import type { z } from 'zod'
import type { Permission } from '../core/people/rights.ts'

/** Who may call: a permission of `core/people/rights.ts`, any signed-in person, or anyone. */
export type Rights = Permission | 'signedIn' | 'public'

/** What a route answers: JSON of a schema, bytes of a file, or a stream of live events. */
export type Answer = z.ZodType | 'bytes' | 'events'

/**
 * One HTTP route, declared once: the handler, the typed client, the tests of refusal and the description for
 * outsiders all come from it. `upload` routes take multipart: a `file` part and the body's fields.
 */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  rights: Rights
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  upload?: true
  answer: Answer
  summary: string
}

type In<R, K extends 'params' | 'query' | 'body'> = R extends { [P in K]: infer S extends z.ZodType }
  ? { [P in K]: z.input<S> }
  : unknown
type Out<R, K extends 'params' | 'query' | 'body'> = R extends { [P in K]: infer S extends z.ZodType }
  ? { [P in K]: z.output<S> }
  : unknown

/** What a caller gives. */
export type RouteInput<R extends Route> = In<R, 'params'> & In<R, 'query'> & In<R, 'body'>

/** What a handler gets, parsed. */
export type RouteParsed<R extends Route> = Out<R, 'params'> & Out<R, 'query'> & Out<R, 'body'>

/** What a JSON route answers. */
export type RouteAnswer<R extends Route> = R['answer'] extends z.ZodType ? z.output<R['answer']> : never

/** `/api/sittings/:id` with its parameters filled in, each percent-encoded. */
export function pathOf(route: Pick<Route, 'path'>, params: Record<string, string> = {}): string {
  return route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}
