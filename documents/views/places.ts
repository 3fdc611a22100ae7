import { z } from 'zod'
import { SignaturePlace } from '../../core/act/model.ts'

const Laid = z.array(
  z.object({
    role: SignaturePlace.shape.role,
    page: z.number(),
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
    pageHeight: z.number(),
  }),
)

const hundredth = (n: number): number => Math.round(n * 100) / 100

/** From Typst (origin top left, y downwards) to PDF (origin lower left), rounded to a hundredth of a point. */
export const placesOf = (found: unknown): SignaturePlace[] =>
  Laid.parse(found).map(({ pageHeight, y, x, width, height, ...rest }) => ({
    ...rest,
    x: hundredth(x),
    y: hundredth(pageHeight - y - height),
    width: hundredth(width),
    height: hundredth(height),
  }))
