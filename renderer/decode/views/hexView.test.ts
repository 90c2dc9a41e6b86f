import { expect, it } from 'vitest'
import { linesIn } from '../payloadViewTesting'
import { hexView } from './hexView'

it('shows offset, hex and ASCII', () => {
  const payload = Uint8Array.from({ length: 18 }, (_, index) => index + 0x41)
  expect(linesIn(hexView, payload)).toEqual([
    '00000000  41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50  ABCDEFGHIJKLMNOP',
    '00000010  51 52                                             QR',
  ])
})
