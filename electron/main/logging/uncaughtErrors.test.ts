import { describe, expect, it } from 'vitest'
import { startOrEnd } from './uncaughtErrors'

const createEnd = () => {
  const logged: string[] = []
  const shown: string[] = []
  const exits: number[] = []
  const nothing = () => undefined
  const end = {
    log: { info: nothing, warn: nothing, debug: null, error: (message: string) => logged.push(message) },
    logFile: '/data/logs/main.log',
    show: (title: string, text: string) => shown.push(`${title}: ${text}`),
    exit: (code: number) => exits.push(code),
  }
  return { end, logged, shown, exits }
}

describe('a start', () => {
  it('that fails is logged and told with the log file, and ends the process', async () => {
    const { end, logged, shown, exits } = createEnd()
    await startOrEnd(() => Promise.reject(new Error('no disk')), end)
    expect(logged).toEqual(['start-up'])
    expect(shown).toEqual(['Topicscope cannot start: no disk\n\nDetails: /data/logs/main.log'])
    expect(exits).toEqual([1])
  })

  it('that succeeds says nothing', async () => {
    const { end, logged, shown, exits } = createEnd()
    await startOrEnd(() => Promise.resolve(), end)
    expect([...logged, ...shown, ...exits]).toEqual([])
  })
})
