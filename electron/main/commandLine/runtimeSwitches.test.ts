import { describe, expect, it } from 'vitest'
import { refusedSwitch } from './runtimeSwitches'

describe('the switches that let other programs in', () => {
  it.each(['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-io-pipes'])(
    '--%s keeps a packaged application from starting, and no other',
    (given) => {
      const hasSwitch = (name: string) => name === given
      expect(refusedSwitch(true, hasSwitch)).toBe(given)
      expect(refusedSwitch(false, hasSwitch)).toBeNull()
    },
  )

  it('are not missed where others stand beside them', () => {
    expect(refusedSwitch(true, (name) => ['lang', 'remote-debugging-pipe'].includes(name))).toBe(
      'remote-debugging-pipe',
    )
    expect(refusedSwitch(true, (name) => name === 'lang')).toBeNull()
  })
})
