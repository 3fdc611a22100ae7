import {
  type PDFContext,
  type PDFDict,
  PDFName,
  type PDFObject,
  PDFObjectParser,
  PDFRawStream,
  type PDFRef,
} from '@cantoo/pdf-lib'
import { damaged } from './xref.ts'

const STREAM = [...'stream'].map((c) => c.charCodeAt(0))

/**
 * The fork's object parser, except that a stream ends where its /Length says (also when that length is an
 * indirect object): looking for the word `endstream` in binary data can stop too early.
 */
export class StrictParser extends PDFObjectParser {
  private readonly source: Uint8Array
  private readonly lengthOf: (value: PDFObject | undefined) => number | undefined

  constructor(
    source: Uint8Array,
    context: PDFContext,
    lengthOf: (value: PDFObject | undefined) => number | undefined,
  ) {
    // The parser's byte reader is not exported: borrow the one of a parser made by its own factory.
    super(PDFObjectParser.forBytes(source, context)['bytes'], context)
    this.source = source
    this.lengthOf = lengthOf
  }

  protected override parseDictOrStream(ref?: PDFRef): PDFDict | PDFRawStream {
    const dict = this.parseDict(ref)
    this.skipWhitespaceAndComments()
    if (!this.matchKeyword(STREAM)) return dict
    let start = this.bytes.offset()
    if (this.source[start] === 13) start++
    if (this.source[start] === 10) start++
    const length = this.lengthOf(dict.get(PDFName.of('Length')))
    if (length === undefined || length < 0 || start + length > this.source.length)
      throw damaged('un flux n’a pas de longueur utilisable')
    const end = new TextDecoder('latin1').decode(this.source.subarray(start + length, start + length + 16))
    if (!/^\s*endstream/.test(end)) throw damaged('un flux n’a pas la longueur annoncée')
    return PDFRawStream.of(dict, this.source.subarray(start, start + length))
  }
}
