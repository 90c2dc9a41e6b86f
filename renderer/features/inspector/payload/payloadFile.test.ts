import { describe, expect, it } from 'vitest'
import { payloadViewOf } from '../../../decode/payloadViews'
import { suggestedName } from './payloadFile'

describe('suggested file names', () => {
  it.each([
    ['plant/line1/temperature', 'json', 'temperature.json'],
    ['a//', 'text', 'a.txt'],
    ['/', 'hex', 'payload.bin'],
    ['x/\u202efdp.exe', 'hex', '_fdp_exe.bin'],
  ] as const)('of %j', (topic, view, name) => {
    expect(suggestedName(topic, payloadViewOf(view))).toBe(name)
  })
})
