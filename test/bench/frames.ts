import type { Page } from '@playwright/test'

export interface FrameFigures {
  readonly framesPerSecond: number
  readonly longestGapMs: number
}

interface Recorder {
  stop(): FrameFigures
}
type RecordingWindow = Window & { frameRecorder?: Recorder }

/** Counts the page's animation frames until `stop`. Asking for frames makes the page draw: measure CPU without it. */
export const recordFrames = async (page: Page): Promise<{ readonly stop: () => Promise<FrameFigures> }> => {
  await page.evaluate(() => {
    const startedAt = performance.now()
    let last = startedAt
    let frames = 0
    let longestGapMs = 0
    let isOn = true
    const tick = (now: number) => {
      if (!isOn) return
      frames += 1
      longestGapMs = Math.max(longestGapMs, now - last)
      last = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
    const stop = () => {
      isOn = false
      const now = performance.now()
      return { framesPerSecond: (frames * 1_000) / (now - startedAt), longestGapMs: Math.max(longestGapMs, now - last) }
    }
    ;(window as RecordingWindow).frameRecorder = { stop }
  })
  return {
    stop: () => page.evaluate(() => (window as RecordingWindow).frameRecorder!.stop()),
  }
}
