import { expect, it } from 'vitest'
import { contentIn } from '../payloadViewTesting'
import { textView } from './textView'

it('says when text is not valid UTF-8', () => {
  const content = contentIn(textView, Uint8Array.from([0x61, 0xff]))
  expect([content.notes, content.copyText()]).toEqual([[{ key: 'notUtf8' }], 'a\ufffd'])
})

it('shows large text as text that does not wrap, and all of it', () => {
  const text = 'temperature 21.5 °C\n'.repeat(100_000)
  const { fixed, lines, copyText, notes } = contentIn(textView, text)
  expect([fixed, lines.count, notes]).toEqual([true, 100_001, []])
  expect(copyText()).toBe(text)
})
